//! A dataset: every row as long as the head, every cell behind the one before it.

use crate::promises::{FILE, findings, inside, text};
use yuanba::diag::Sink;
use yuanba::source::table;

/// Feeds it.
pub fn run(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let mut sink = Sink::new();
    let table = table::parse(FILE, &text, &mut sink);
    let mut at = 0;
    for row in std::iter::once(&table.head).chain(&table.rows) {
        assert_eq!(row.len(), table.head.len(), "a row of another length in {text:?}");
        for cell in row {
            inside(&text, cell.span, &(at..text.len()));
            at = cell.span.range().end;
        }
    }
    findings(&text, &sink);
}
