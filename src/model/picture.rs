//! The pictures and documents that bulletins use.
//!
//! Refuses: files that nothing refers to; they are not published.
//! Invariant: a [`Picture`] that could be read has at least one variant, narrowest first.

use super::Model;
use super::public_file::{PublicFile, Unpublishable};
use super::route::LinkTarget;
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::picture::{self, PictureInfo, PictureProblem, Variant};
use crate::source::Memo;
use crate::source::doc::InlineKind;
use crate::source::walk::{Visit, walk};
use crate::world::{VPath, World};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A picture that some bulletin uses.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Hash of the original file.
    pub hash: Hash,
    /// What its header says, or why it cannot be used.
    pub info: Result<PictureInfo, PictureProblem>,
    /// The sizes that are published, narrowest first.
    pub variants: Vec<Variant>,
    /// The first place that uses it.
    pub used_at: Span,
}

impl Picture {
    /// The address of a variant. All pictures live in one folder; their names carry a hash of the content.
    pub fn address(variant: &Variant) -> String {
        format!("/pictures/{}", variant.file_name)
    }
}

/// Endings of names that are pictures, whether we can read them or not.
const ENDINGS: [&str; 13] =
    ["jpg", "jpeg", "png", "webp", "gif", "svg", "bmp", "tif", "tiff", "heic", "heif", "avif", "jfif"];

/// Whether a file is a picture by its name.
pub fn is_picture(path: &VPath) -> bool {
    path.extension().is_some_and(|ending| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// Finds the pictures and documents in use, and reads the headers of the pictures.
pub(super) fn inspect_all(model: &mut Model, world: &dyn World, memo: &Memo, sink: &mut Sink) {
    let (pictures, documents) = used(model);
    let read: Vec<_> = pictures
        .into_par_iter()
        .map(|(path, span)| {
            let bytes = world.read(&path);
            let inspected = bytes.map(|bytes| memo.other(&path, &bytes, || inspect(&path, &bytes)));
            (path, span, inspected)
        })
        .collect();
    for (path, span, inspected) in read {
        match inspected {
            Ok(inspected) => {
                let (hash, info, variants) = (*inspected).clone();
                model.pictures.insert(path, Picture { hash, info, variants, used_at: span });
            }
            Err(error) => sink.report(crate::source::file_finding(&error, &mut model.sources).at(span)),
        }
    }
    let kept = if documents.is_empty() { BTreeMap::new() } else { kept_contents(model, world) };
    for (path, span) in documents {
        match world.read(&path) {
            Ok(bytes) => match kept.get(&content(&bytes)) {
                Some(original) => sink.report(copy_of(&path, original, span)),
                None => {
                    model.documents.insert(path, blake3::hash(&bytes));
                }
            },
            Err(error) => sink.report(crate::source::file_finding(&error, &mut model.sources).at(span)),
        }
    }
}

/// The contents of files that must not be published: a copy of one beside a bulletin tells as much as the original.
fn kept_contents(model: &Model, world: &dyn World) -> BTreeMap<[u8; 32], VPath> {
    let kept = model.assets.others.iter().filter(|(_, why)| matches!(why, Unpublishable::Kept(_)));
    let read = kept.filter_map(|(path, _)| Some((content(&world.read(path).ok()?), path.clone())));
    read.collect()
}

/// Hash of what a file says, whatever program saved it: without the mark at its beginning and with plain ends of lines.
fn content(bytes: &[u8]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for line in text.split(|byte| *byte == b'\n') {
        hasher.update(line.strip_suffix(b"\r").unwrap_or(line)).update(b"\n");
    }
    *hasher.finalize().as_bytes()
}

fn copy_of(path: &VPath, original: &VPath, span: Span) -> Diagnostic {
    let message = Message::new("unpublishable-copy").with("path", path).with("original", original);
    Diagnostic::new(codes::UNPUBLISHABLE_FILE, message).at(span).hint(Message::new("unpublishable-copy-hint"))
}

/// A picture's hash, header and sizes.
pub type Inspected = Arc<(Hash, Result<PictureInfo, PictureProblem>, Vec<Variant>)>;

fn inspect(path: &VPath, bytes: &[u8]) -> (Hash, Result<PictureInfo, PictureProblem>, Vec<Variant>) {
    let hash = blake3::hash(bytes);
    let info = picture::inspect(bytes);
    let variants = info.as_ref().map_or_else(|_| Vec::new(), |info| picture::plan(info, &hash, path.stem()));
    (hash, info, variants)
}

type Places = BTreeMap<PublicFile, Span>;

fn used(model: &Model) -> (Places, Places) {
    let (mut pictures, mut documents) = (Places::new(), Places::new());
    let mut note = |from: &VPath, target: &Spanned<String>| {
        if let LinkTarget::Asset(path) = model.resolve(from, &target.value) {
            let places = if is_picture(&path) { &mut pictures } else { &mut documents };
            places.entry(path).or_insert(target.span);
        }
    };
    for entry in &model.entries {
        if let Some(cover) = &entry.meta.cover {
            note(&entry.path, cover);
        }
        walk(&entry.body, &mut |visit| {
            if let Visit::Inline(inline) = visit
                && let InlineKind::Image { target, .. } | InlineKind::Link { target, .. } = &inline.kind
            {
                note(&entry.path, target);
            }
        });
    }
    for section in &model.sections {
        let Some(file) = section.file else { continue };
        let path = model.sources.vpath(file).clone();
        walk(&section.body, &mut |visit| {
            if let Visit::Inline(inline) = visit
                && let InlineKind::Image { target, .. } | InlineKind::Link { target, .. } = &inline.kind
            {
                note(&path, target);
            }
        });
    }
    (pictures, documents)
}

/// The finding for a picture that cannot be used.
pub fn problem(path: &VPath, problem: &PictureProblem, span: Span) -> Diagnostic {
    Diagnostic::new(problem.code(), problem.message(path)).at(span).hint(problem.hint())
}

/// The finding for a picture that is not there.
pub fn missing(target: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(codes::MISSING_PICTURE, Message::new("missing-picture").with("target", &target.value))
        .at(target.span)
        .hint(Message::new("missing-picture-hint"))
}
