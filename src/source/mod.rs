//! Texts and their syntax: decoded sources, front matter, Markdown, tables; and what is known of a file without its text.
//!
//! Refuses: bytes. What arrives here is text; `world::decode` made it.
//! Invariant: an [`Outline`] and a [`Tree`] are pure functions of their file's bytes.

pub mod address;
pub mod align;
pub mod block;
pub mod cjk;
pub mod derived;
pub mod digit;
pub mod doc;
pub mod front_matter;
mod line;
pub mod markdown;
pub mod mask;
pub mod memo;
pub mod node;
pub mod outline;
pub mod passage;
pub mod plain;
pub mod raw_html;
pub mod slip;
pub mod sources;
pub mod surname;
pub mod table;
pub mod tree;
pub mod unclean;
mod unusable;
pub mod walk;
pub mod written;
pub mod yaml;
mod yaml_error;
mod yaml_slip;

use crate::diag::{FileId, Sink, Span};
use crate::world::{FileResult, Listed, VPath};
use blake3::Hash;
pub use derived::Derived;
pub use memo::{Memo, Reading, SharedMemory};
use node::Node;
use outline::BodyOutline;
pub use outline::Outline;
use rayon::prelude::*;
pub use sources::Sources;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use tree::{Tree, decoded};
pub use unusable::file_finding;

/// The outlines of files, in parallel. Findings go to `sink`; a file that cannot be read is one.
pub fn read_all(
    reading: &Reading,
    files: &[(Listed, FileId)],
    sources: &mut Sources,
    sink: &mut Sink,
) -> BTreeMap<FileId, Outlined> {
    let read: Vec<_> =
        files.par_iter().map(|(file, id)| (*id, outline(reading, file, *id, false, sources))).collect();
    let mut outlines = BTreeMap::new();
    for (id, result) in read {
        if let Some(mut read) = or_report(result, sources, sink) {
            read.outline.register(id, read.hash, sources, sink);
            outlines.insert(id, read);
        }
    }
    outlines
}

/// What was read, or a report why it could not be.
pub fn or_report<T>(result: FileResult<T>, sources: &mut Sources, sink: &mut Sink) -> Option<T> {
    result.map_err(|error| sink.report(file_finding(&error, sources))).ok()
}

/// The outline of one file; `verse` says that it is verse, unless its front matter names another kind. A tree that had to be parsed for it is held, if there is room.
///
/// # Errors
/// Where the file cannot be read.
pub fn outline(
    reading: &Reading,
    file: &Listed,
    id: FileId,
    verse: bool,
    sources: &Sources,
) -> FileResult<Outlined> {
    let kind = match verse {
        _ if is_yaml(&file.path) => "outline of settings",
        true => "outline of verse",
        false => "outline",
    };
    let (hash, outline) = reading.value(kind, file, id, |bytes, hash| {
        let (outline, tree) = parse_file(&file.path, id, bytes, hash, verse);
        sources.trees().offer(id, &Arc::new(tree));
        outline
    })?;
    Ok(Outlined { hash, outline })
}

/// A file's outline, with the hash of the bytes that it is the outline of.
#[derive(Clone, Debug)]
pub struct Outlined {
    /// Hash of the file's bytes.
    pub hash: Hash,
    /// The outline.
    pub outline: Outline,
}

impl Outline {
    /// Says to `sources` where the text is, and to `sink` what was found.
    pub fn register(&mut self, id: FileId, hash: Hash, sources: &mut Sources, sink: &mut Sink) {
        sources.set_on_disk(id, hash, self.body_start, self.verse);
        std::mem::take(&mut self.findings).into_iter().for_each(|finding| sink.report(finding));
    }
}

fn is_yaml(path: &VPath) -> bool {
    matches!(path.extension(), Some("yaml" | "yml"))
}

fn parse_file(path: &VPath, id: FileId, bytes: &[u8], hash: Hash, verse: bool) -> (Outline, Tree) {
    let mut sink = Sink::new();
    let mut verse = verse;
    let text = match decoded(id, bytes, &mut sink) {
        Ok(text) => text,
        Err(readable) => {
            // A file that is no text: its bytes are all that can be told of it.
            let body = BodyOutline { hash, ..BodyOutline::default() };
            let outline = Outline {
                meta: unreadable_meta(id),
                meta_hash: hash,
                body: Arc::new(body),
                body_start: 0,
                verse,
                findings: sink.take(),
            };
            return (outline, Tree { text: readable, ..Tree::default() });
        }
    };
    unclean::text(id, &text, &mut sink);
    let (meta, body, start) = if is_yaml(path) {
        (front_matter::parse_yaml(id, &text, &mut sink), doc::Doc::default(), text.len())
    } else {
        let (meta, range) = front_matter::split_and_parse(id, &text, &mut sink);
        verse = meta.as_ref().and_then(kind_of).map_or(verse, |kind| matches!(kind, "verse" | "快板"));
        let options = markdown::MarkdownOptions { verse, ..Default::default() };
        let body = markdown::parse(id, &text, range.clone(), &options, &mut sink);
        let meta = match meta {
            Some(meta) => meta,
            // The file's own finding says enough; one about its missing title would only confuse.
            None if sink.verdict().is_err() => unreadable_meta(id),
            None => Node::empty(Span::whole(id)),
        };
        (meta, body, range.start)
    };
    unclean::values(&text, &meta, &mut sink);
    unclean::body(&text, &body, &mut sink);
    let (before, after) = text.split_at(start);
    let outline = Outline {
        meta_hash: blake3::hash(before.as_bytes()),
        body: Arc::new(BodyOutline::new(&body, before, meta.span.range(), after)),
        body_start: u32::try_from(start).unwrap_or(u32::MAX),
        verse,
        meta,
        findings: sink.take(),
    };
    (outline, Tree { text, body })
}

/// The kind that front matter names.
fn kind_of(meta: &Node) -> Option<&str> {
    let node::NodeKind::Map(entries) = &meta.kind else { return None };
    entries.iter().find(|(key, _)| matches!(key.value.trim(), "kind" | "类型"))?.1.text().map(str::trim)
}

/// Front matter that could not be read: the null node, which fields read as nothing at all.
fn unreadable_meta(id: FileId) -> Node {
    Node { span: Span::whole(id), kind: node::NodeKind::Null }
}
