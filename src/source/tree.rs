//! A file's text and the tree of its body, for whoever needs more than the outline.
//!
//! Parsing a body again costs less than holding all trees of a large site, so only so many are held as fit `BUDGET`: those that are
//! made first, for the outlines. On a site of some thousand bulletins that is all of them.
//!
//! Invariant: a tree is a pure function of the file's bytes; whether it was held or parsed again cannot be seen.

use super::doc::Doc;
use super::{markdown, unusable};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::world::decode;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

/// Text and tree of a file. It can be used as its tree.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The decoded text, front matter and all.
    pub text: Arc<str>,
    /// The body.
    pub body: Doc,
}

impl Default for Tree {
    fn default() -> Self {
        Self { text: "".into(), body: Doc::default() }
    }
}

impl Deref for Tree {
    type Target = Doc;

    fn deref(&self) -> &Doc {
        &self.body
    }
}

impl Tree {
    /// Reads it once more; what there was to find was found when the outline was made.
    pub(super) fn read(id: FileId, bytes: &[u8], body_start: usize, verse: bool) -> Self {
        let mut silent = Sink::new();
        let text = match decoded(id, bytes, &mut silent) {
            Ok(text) => text,
            Err(readable) => return Self { text: readable, body: Doc::default() },
        };
        let options = markdown::MarkdownOptions { findings: false, verse, ..Default::default() };
        let start = body_start.min(text.len());
        let body = markdown::parse(id, &text, start..text.len(), &options, &mut silent);
        Self { text, body }
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

/// How many bytes of text are held with their trees.
const BUDGET: usize = 16 << 20;

/// Trees that are held.
#[derive(Default)]
pub(super) struct Trees(Mutex<Held>);

#[derive(Default)]
struct Held {
    trees: HashMap<FileId, Arc<Tree>>,
    bytes: usize,
}

impl Trees {
    /// The tree of a file, if it is held.
    pub(super) fn get(&self, id: FileId) -> Option<Arc<Tree>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).trees.get(&id).cloned()
    }

    /// Holds a tree, if there is room.
    pub(super) fn offer(&self, id: FileId, tree: &Arc<Tree>) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if held.bytes + tree.text.len() <= BUDGET {
            held.bytes += tree.text.len();
            held.trees.insert(id, tree.clone());
        }
    }
}
