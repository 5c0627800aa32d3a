//! A bulletin's body as the tree that templates see; `themes/default/print/README.md` tells its form.
//!
//! Refuses: markup of any kind. Text is a string, whatever it looks like.
//! Invariant: the number that a block carries is the index of its place in [`Content::spans`].

mod body;
mod figures;
mod html;
mod tree;
mod verse;

pub use figures::{Chart, DataRow, DataTable, Photo, chart, data_table};
pub use tree::{Block, BlockKind, Body, Definition, Inline, Item, Part, Stanza, Syllable};
pub use verse::line as spelled_line;

use crate::diag::Span;
use crate::source::doc::{CalloutTone, Doc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a body needs from the site around it.
pub trait Around {
    /// Where a link leads, as a whole address; none where only its text is shown.
    fn link(&self, target: &str) -> Option<String>;
    /// The picture at a target, in a size for paper; none where only its alternative text is shown.
    fn picture(&self, target: &str) -> Option<Photo>;
    /// The name of a village or community that is written by its code; every other word as it is.
    fn village<'w>(&'w self, word: &'w str) -> &'w str {
        word
    }
    /// A protected table of a dataset.
    fn data_table(&self, _name: &str) -> Option<DataTable> {
        None
    }
    /// A chart of a dataset.
    fn chart(&self, _name: &str) -> Option<Chart> {
        None
    }
    /// The site's own words with their readings.
    fn readings(&self) -> &BTreeMap<String, String>;
    /// The word that stands over a callout.
    fn callout(&self, tone: CalloutTone) -> &str;
}

/// The bodies of one handout, with the pictures that they show and the places that they come from.
#[derive(Default)]
pub struct Content {
    /// Pictures by the path that the tree names: `/img-0.jpg`.
    pub files: BTreeMap<String, Arc<[u8]>>,
    /// Where each numbered block stands.
    pub spans: Vec<Span>,
    known: BTreeMap<[u8; 32], String>,
}

impl Content {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a body. Numbers of blocks and names of pictures go on from those of the bodies before.
    pub fn body(&mut self, doc: &Doc, around: &dyn Around) -> Body {
        body::body(doc, around, self)
    }

    /// Adds a picture and gives the path to name it by. The same picture has one path.
    pub fn file(&mut self, bytes: &Arc<[u8]>, ending: &str) -> String {
        let hash = *blake3::hash(bytes).as_bytes();
        if let Some(path) = self.known.get(&hash) {
            return path.clone();
        }
        let path = format!("/img-{}.{ending}", self.files.len());
        self.files.insert(path.clone(), bytes.clone());
        self.known.insert(hash, path.clone());
        path
    }

    /// The number of a place.
    fn at(&mut self, span: Span) -> usize {
        self.spans.push(span);
        self.spans.len() - 1
    }
}

#[cfg(test)]
mod tests;
