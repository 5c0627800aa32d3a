//! The pictures and documents that bulletins use.
//!
//! Refuses: files that nothing refers to; they are not published.
//! Invariant: a [`Picture`] that could be read has at least one variant, narrowest first.

use super::public_file::{Document, PublicFile, Unpublishable};
use super::route::LinkTarget;
use super::stages::{Addressed, Entries, Grouped};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, Spanned, codes};
use crate::picture::{self, PictureInfo, PictureProblem, Variant};
use crate::source::{Reading, file_finding};
use crate::world::{FileResult, Listed, Stamp, VPath};
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

/// The pictures and documents in use.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Pictures, inspected.
    pub pictures: BTreeMap<PublicFile, Picture>,
    /// Documents, with their hashes.
    pub documents: BTreeMap<PublicFile, Document>,
    /// Where the documents are linked to.
    pub document_uses: Vec<DocumentUse>,
}

/// Finds the pictures and documents in use, and what the headers of the pictures say. A file with a known stamp is not read.
pub(super) fn in_use(
    site: &mut Grouped,
    reading: &Reading,
    stamps: &BTreeMap<VPath, Stamp>,
    sink: &mut Sink,
) -> Used {
    let mut used = Used::default();
    let (pictures, documents) = places(site);
    let uses: Vec<(PublicFile, Vec<Span>)> =
        documents.into_iter().map(|(path, places)| (path, places.into_values().collect())).collect();
    let listed = |path: &VPath| Listed { path: path.clone(), stamp: stamps.get(path).copied() };
    let inspected: Vec<_> = pictures
        .into_par_iter()
        .map(|(path, used_at)| (inspect(reading, &listed(&path), used_at), path, used_at))
        .collect();
    for (picture, path, span) in inspected {
        match picture {
            Ok(picture) => {
                used.pictures.insert(path, picture);
            }
            Err(error) => sink.report(file_finding(&error, site.sources_mut()).at(span)),
        }
    }
    let kept = if uses.is_empty() { BTreeMap::new() } else { kept_contents(site, reading) };
    // Few sites keep figures and publish documents beside them: only there a known document is read.
    let read: Vec<_> = uses
        .into_par_iter()
        .map(|(path, places)| (document(reading, &listed(&path), !kept.is_empty()), path, places))
        .collect();
    for (document, path, places) in read {
        match document {
            Ok((document, bytes)) => match bytes.as_ref().and_then(|bytes| kept.get(&content(bytes))) {
                Some(original) => sink.report(copy_of(&path, original, places[0])),
                None => {
                    let of = |span: Span| DocumentUse { path: path.clone(), span };
                    used.document_uses.extend(places.into_iter().map(of));
                    used.documents.insert(path, document);
                }
            },
            Err(error) => sink.report(file_finding(&error, site.sources_mut()).at(places[0])),
        }
    }
    used
}

/// A document that a file links to.
#[derive(Clone, Debug)]
pub struct DocumentUse {
    /// The document.
    pub path: PublicFile,
    /// The first place of the file that links to it.
    pub span: Span,
}

/// A document's hash and length, and its bytes where they are asked for or had to be read for that: those bytes have that hash.
fn document(reading: &Reading, file: &Listed, is_read: bool) -> FileResult<(Document, Option<Arc<[u8]>>)> {
    let (mut hash, mut bytes) = reading.hash(file)?;
    if is_read && bytes.is_none() {
        // What the file holds now counts, as in [`Reading::value`].
        let now = reading.bytes(&file.path)?;
        hash = blake3::hash(&now);
        bytes = Some(now);
    }
    // Without bytes the stamp was known, and with it the length.
    let length = bytes.as_ref().map(|bytes| bytes.len() as u64).or(file.stamp.map(|stamp| stamp.len));
    Ok((Document { hash, length: length.unwrap_or(0) }, bytes))
}

/// The contents of files that must not be published: a copy of one beside a bulletin tells as much as the original.
fn kept_contents(model: &Entries, reading: &Reading) -> BTreeMap<[u8; 32], VPath> {
    let kept = model.assets.others.iter().filter(|(_, why)| matches!(why, Unpublishable::Kept(_)));
    // What stands there was approved for publication, and is kept for the day when the original changes.
    let kept = kept.filter(|(path, _)| !path.is_inside(super::review::KEPT));
    let read = kept.filter_map(|(path, _)| Some((content(&reading.bytes(path).ok()?), path.clone())));
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

fn inspect(reading: &Reading, file: &Listed, used_at: Span) -> FileResult<Picture> {
    let header = |bytes: &[u8], _| picture::inspect(bytes);
    let (hash, info) = reading.value("picture", file, used_at.file, header)?;
    let stem = file.path.stem();
    let variants = info.as_ref().map_or_else(|_| Vec::new(), |info| picture::plan(info, &hash, stem));
    Ok(Picture { hash, info, variants, used_at })
}

/// The first place that uses a file.
type Places = BTreeMap<PublicFile, Span>;
/// The first place in each file that links to a document.
type Links = BTreeMap<PublicFile, BTreeMap<FileId, Span>>;

fn places(model: &Addressed) -> (Places, Links) {
    let (mut pictures, mut documents) = (Places::new(), Links::new());
    let mut note = |from: &VPath, target: &Spanned<String>| {
        if let LinkTarget::Asset(path) = model.resolve(from, &target.value) {
            if is_picture(&path) {
                pictures.entry(path).or_insert(target.span);
            } else {
                documents.entry(path).or_default().entry(target.span.file).or_insert(target.span);
            }
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
