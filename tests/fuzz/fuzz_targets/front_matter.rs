//! A whole bulletin's file: where its front matter ends, and what stands in it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuanba::diag::Sink;
use yuanba::source::front_matter::split_and_parse;
use yuanba_fuzz::{FILE, findings, node, text};

fuzz_target!(|bytes: &[u8]| {
    let Some(text) = text(bytes) else { return };
    let mut sink = Sink::new();
    let (meta, body) = split_and_parse(FILE, &text, &mut sink);
    assert!(text.get(body.clone()).is_some(), "the body {body:?} is no part of {text:?}");
    if let Some(meta) = meta {
        node(&text, &meta, &(0..body.start));
    }
    findings(&text, &sink);
});
