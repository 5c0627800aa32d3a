//! The inside of a fenced block: verse, contact card, QR code, table, chart.

use crate::promises::{FILE, doc, findings, text};
use yuanba::diag::Sink;
use yuanba::source::markdown::{self, MarkdownOptions};

const KINDS: &[&str] = &["verse", "快板", "contact", "联系", "qr", "table 数字", "表", "chart a", "图 ../a"];

/// Feeds it.
pub fn run(bytes: &[u8]) {
    // The first byte tells which block; the rest is its body.
    let Some((first, rest)) = bytes.split_first() else { return };
    let Some(body) = text(rest) else { return };
    let fence = "`".repeat(longest_run(&body).max(2) + 1);
    let text = format!("{fence}{}\n{body}\n{fence}\n", KINDS[usize::from(*first) % KINDS.len()]);
    let mut sink = Sink::new();
    let parsed = markdown::parse(FILE, &text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    doc(&text, &parsed);
    findings(&text, &sink);
}

/// The longest run of backticks, which the fence must outdo.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}
