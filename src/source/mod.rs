//! Texts and their syntax: decoded sources, front matter, Markdown, tables.
//!
//! Refuses: bytes. What arrives here is text; `world::decode` made it.
//! Invariant: a [`ParsedFile`] is a pure function of its file's bytes.

pub mod address;
pub mod block;
pub mod cjk;
pub mod doc;
pub mod front_matter;
mod line;
pub mod markdown;
pub mod memo;
pub mod node;
pub mod raw_html;
pub mod slip;
pub mod sources;
pub mod table;
mod unusable;
pub mod walk;
pub mod yaml;
mod yaml_error;
mod yaml_slip;

use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::world::{VPath, World, decode};
use blake3::Hash;
use doc::Doc;
pub use memo::Memo;
use node::Node;
use rayon::prelude::*;
pub use sources::Sources;
use std::collections::BTreeMap;
use std::sync::Arc;
pub use unusable::file_finding;

/// A file as written: its front matter or settings, and its body.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// Its text.
    pub text: Arc<str>,
    /// Front matter, or the whole of a YAML file.
    pub meta: Node,
    /// The body; empty for YAML files.
    pub body: Arc<Doc>,
    /// Hash of the file's bytes.
    pub hash: Hash,
    /// Hash of the front matter's text.
    pub meta_hash: Hash,
    /// Hash of the body's text.
    pub body_hash: Hash,
    /// What was found while reading it.
    pub findings: Sink,
}

/// Reads and parses files in parallel; unchanged ones come from the memo. Findings go to `sink`.
pub fn read_all(
    world: &dyn World,
    files: &[(VPath, FileId)],
    sources: &mut Sources,
    memo: &Memo,
    sink: &mut Sink,
) -> BTreeMap<FileId, Arc<ParsedFile>> {
    let read: Vec<_> = files
        .par_iter()
        .map(|(path, id)| {
            let bytes = world.read(path)?;
            Ok((*id, memo.file(path, *id, &bytes, || parse_file(path, *id, &bytes))))
        })
        .collect();
    let mut parsed = BTreeMap::new();
    for result in read {
        match result {
            Ok((id, file)) => {
                sources.set_text(id, file.text.clone());
                sink.append(file.findings.clone());
                parsed.insert(id, file);
            }
            Err(error) => sink.report(file_finding(&error, sources)),
        }
    }
    parsed
}

fn parse_file(path: &VPath, id: FileId, bytes: &[u8]) -> ParsedFile {
    let mut sink = Sink::new();
    let hash = blake3::hash(bytes);
    let text = match decoded(id, bytes, &mut sink) {
        Ok(text) => text,
        Err(readable) => return undecodable(readable, id, hash, sink),
    };
    let is_yaml = matches!(path.extension(), Some("yaml" | "yml"));
    let (meta, body, range) = if is_yaml {
        (front_matter::parse_yaml(id, &text, &mut sink), Doc::default(), text.len()..text.len())
    } else {
        let (meta, range) = front_matter::split_and_parse(id, &text, &mut sink);
        let body =
            markdown::parse(id, &text, range.clone(), &markdown::MarkdownOptions::default(), &mut sink);
        let meta = match meta {
            Some(meta) => meta,
            // The file's own finding says enough; one about its missing title would only confuse.
            None if sink.verdict().is_err() => unreadable_meta(id),
            None => Node::empty(Span::whole(id)),
        };
        (meta, body, range)
    };
    ParsedFile {
        meta_hash: blake3::hash(&text.as_bytes()[..range.start]),
        body_hash: blake3::hash(&text.as_bytes()[range]),
        text,
        meta,
        body: Arc::new(body),
        hash,
        findings: sink,
    }
}

/// The text of a file. What its encoding gives cause to say goes to `sink`.
///
/// # Errors
/// If it is no text, as much of it as is needed to show the place.
pub fn decoded(id: FileId, bytes: &[u8], sink: &mut Sink) -> Result<Arc<str>, Arc<str>> {
    let decoded = decode::decode(bytes).map_err(|error| {
        sink.report(unusable::undecodable(id, &error));
        Arc::from(error.readable)
    })?;
    if let Some(encoding) = decoded.foreign {
        sink.report(
            Diagnostic::new(codes::RE_ENCODED, Message::new("re-encoded").with("encoding", encoding.name()))
                .at(Span::whole(id))
                .hint(Message::new("re-encoded-hint")),
        );
    }
    Ok(decoded.text.into())
}

/// A file that is no text.
fn undecodable(readable: Arc<str>, id: FileId, hash: Hash, findings: Sink) -> ParsedFile {
    ParsedFile {
        text: readable,
        meta: unreadable_meta(id),
        body: Arc::default(),
        hash,
        meta_hash: hash,
        body_hash: hash,
        findings,
    }
}

/// Front matter that could not be read: the null node, which fields read as nothing at all.
fn unreadable_meta(id: FileId) -> Node {
    Node { span: Span::whole(id), kind: node::NodeKind::Null }
}
