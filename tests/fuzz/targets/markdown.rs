//! A bulletin's body.

use crate::promises::{FILE, doc, findings, text};
use yuanba::diag::Sink;
use yuanba::source::markdown::{self, MarkdownOptions};

/// Feeds it.
pub fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut sink = Sink::new();
    let parsed = markdown::parse(FILE, &text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    doc(&text, &parsed);
    findings(&text, &sink);
}
