//! Texts and their syntax: decoded sources, front matter, Markdown.
//!
//! Refuses: bytes. What arrives here is text; `world::decode` made it.
//! Invariant: a [`Parsed`] is a pure function of its source's text.

pub mod address;
pub mod block;
pub mod cjk;
pub mod doc;
pub mod markdown;
pub mod raw_html;
pub mod slip;

use crate::diag::{FileId, Span, Spanned};
use doc::Doc;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A decoded text file.
#[derive(Clone, Debug)]
pub struct Source {
    /// Its interned identity.
    pub id: FileId,
    /// Its text, UTF-8, without byte order mark, line ends as they were.
    pub text: Arc<str>,
}

/// A bulletin as written: its front matter and its body.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// Where it comes from.
    pub source: FileId,
    /// Front matter, keys and values with their places.
    pub meta: Spanned<RawMeta>,
    /// The body.
    pub body: Doc,
}

/// Front matter or another YAML mapping, with the place of every key and value.
#[derive(Clone, Debug, Default)]
pub struct RawMeta {
    /// The mapping as YAML sees it.
    pub value: serde_yaml::Mapping,
    /// Places of values by dotted path: `title`, `laws[0].article`. A key's own place is at `title:key`.
    pub spans: BTreeMap<String, Span>,
}
