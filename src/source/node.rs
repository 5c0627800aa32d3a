//! A YAML value in which every key and value knows where it stands.
//!
//! Refuses: YAML's guesses about types; a scalar is the text that staff wrote, and the field that reads it decides.
//! Invariant: spans of children lie inside the span of their parent.

use crate::diag::{Span, Spanned};
use serde::{Deserialize, Serialize};

/// A value with its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind,
}

/// Kinds of values.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum NodeKind {
    /// Nothing after the colon, `~` or `null`.
    Null,
    /// A scalar as written, quotes removed.
    Scalar(String),
    /// A list.
    List(Vec<Node>),
    /// A mapping in the order written.
    Map(Vec<(Spanned<String>, Node)>),
}

impl Node {
    /// An empty mapping, for files without front matter.
    pub fn empty(span: Span) -> Self {
        Self { span, kind: NodeKind::Map(Vec::new()) }
    }

    /// The scalar's text.
    pub fn text(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Scalar(text) => Some(text),
            _ => None,
        }
    }

    /// The value of a mapping's key, which may be written in several ways.
    pub fn get(&self, names: &[&str]) -> Option<&Self> {
        let NodeKind::Map(entries) = &self.kind else { return None };
        entries.iter().find(|(key, _)| names.contains(&key.value.as_str())).map(|(_, value)| value)
    }
}
