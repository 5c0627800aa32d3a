//! A bulletin's body.
#![no_main]

use libfuzzer_sys::fuzz_target;
use yuanba::diag::Sink;
use yuanba::source::markdown::{self, MarkdownOptions};
use yuanba_fuzz::{FILE, doc, findings, text};

fuzz_target!(|bytes: &[u8]| {
    let Some(text) = text(bytes) else { return };
    let mut sink = Sink::new();
    let parsed = markdown::parse(FILE, &text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    doc(&text, &parsed);
    findings(&text, &sink);
});
