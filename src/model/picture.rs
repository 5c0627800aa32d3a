//! The pictures and documents that bulletins use.
//!
//! Refuses: files that nothing refers to; they are not published.
//! Invariant: a [`Picture`] that could be read has at least one variant, narrowest first.

use super::Model;
use super::route::LinkTarget;
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::picture::{self, PictureInfo, PictureProblem, Variant};
use crate::source::{Reading, file_finding};
use crate::world::{FileResult, Listed, Stamp, VPath};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeMap;

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

/// Finds the pictures and documents in use, and what the headers of the pictures say. A file with a known stamp is not read.
pub(super) fn inspect_all(
    model: &mut Model,
    reading: &Reading,
    stamps: &BTreeMap<VPath, Stamp>,
    sink: &mut Sink,
) {
    let (pictures, documents) = used(model);
    let listed = |path: &VPath| Listed { path: path.clone(), stamp: stamps.get(path).copied() };
    let inspected: Vec<_> = pictures
        .into_par_iter()
        .map(|(path, used_at)| (inspect(reading, &listed(&path), used_at), path, used_at))
        .collect();
    for (picture, path, span) in inspected {
        match picture {
            Ok(picture) => {
                model.pictures.insert(path, picture);
            }
            Err(error) => sink.report(file_finding(&error, &mut model.sources).at(span)),
        }
    }
    let hashes: Vec<_> =
        documents.into_par_iter().map(|(path, span)| (reading.hash(&listed(&path)), path, span)).collect();
    for (hash, path, span) in hashes {
        match hash {
            Ok((hash, _)) => {
                model.documents.insert(path, hash);
            }
            Err(error) => sink.report(file_finding(&error, &mut model.sources).at(span)),
        }
    }
}

fn inspect(reading: &Reading, file: &Listed, used_at: Span) -> FileResult<Picture> {
    let header = |bytes: &[u8], _| picture::inspect(bytes);
    let (hash, info) = reading.value("picture", file, used_at.file, header)?;
    let stem = file.path.stem();
    let variants = info.as_ref().map_or_else(|_| Vec::new(), |info| picture::plan(info, &hash, stem));
    Ok(Picture { hash, info, variants, used_at })
}

type Places = BTreeMap<VPath, Span>;

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
        entry.outline.links_and_images().for_each(|target| note(&entry.path, target));
    }
    for section in &model.sections {
        let Some(file) = section.file else { continue };
        let path = model.sources.vpath(file);
        section.outline.links_and_images().for_each(|target| note(path, target));
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
