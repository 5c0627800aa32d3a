//! A whole bulletin's file: where its front matter ends, and what stands in it.

use crate::promises::{FILE, findings, node, text};
use yuanba::diag::Sink;
use yuanba::source::front_matter::split_and_parse;

/// Feeds it.
pub fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut sink = Sink::new();
    let (meta, body) = split_and_parse(FILE, &text, &mut sink);
    assert!(text.get(body.clone()).is_some(), "the body {body:?} is no part of {text:?}");
    if let Some(meta) = meta {
        node(&text, &meta, &(0..body.start));
    }
    findings(&text, &sink);
}
