//! What every target asks of what was read: nothing may panic, and every place must be a place in the text.
//!
//! The bytes go through the decoder first, as a file's do, so that GB18030 and UTF-16 are fed too.
//! Invariant: a target that returns has held its promises; a broken one panics with the text and the place.

use std::ops::Range;
use yuanba::diag::{FileId, Sink, Span};
use yuanba::source::doc::{Block, BlockKind, Cell, Doc, Inline, InlineKind, Verse, VersePart};
use yuanba::source::node::{Node, NodeKind};
use yuanba::world::decode::decode;

/// The one file that there is.
pub const FILE: FileId = FileId(0);

/// The text of a file with these bytes, if it has one.
pub fn text(bytes: &[u8]) -> Option<String> {
    let text = decode(bytes).ok()?.text.into_owned();
    assert!(
        !text.contains('\0') && !text.starts_with('\u{feff}'),
        "the decoder let NUL or a byte order mark through"
    );
    Some(text)
}

/// The span lies in `around`, on boundaries of characters.
pub fn inside(text: &str, span: Span, around: &Range<usize>) {
    let range = span.range();
    assert_eq!(span.file, FILE, "a span in a file that does not exist");
    assert!(range.start <= range.end, "{range:?} ends before it begins, in {text:?}");
    assert!(
        around.start <= range.start && range.end <= around.end,
        "{range:?} is not inside {around:?} of {text:?}"
    );
    assert!(text.get(range.clone()).is_some(), "{range:?} cuts a character of {text:?}");
}

/// Every finding has a place in the text, and something to say.
pub fn findings(text: &str, sink: &Sink) {
    for finding in sink.found() {
        let spans = finding.primary.iter().chain(finding.related.iter().map(|label| &label.span));
        for span in spans {
            inside(text, *span, &(0..text.len()));
        }
        assert!(!finding.message.id.is_empty());
    }
}

/// A YAML value: children inside their parents.
pub fn node(text: &str, value: &Node, around: &Range<usize>) {
    inside(text, value.span, around);
    let around = value.span.range();
    match &value.kind {
        NodeKind::Null | NodeKind::Scalar(_) => {}
        NodeKind::List(items) => items.iter().for_each(|item| node(text, item, &around)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                inside(text, key.span, &around);
                node(text, value, &around);
            }
        }
    }
}

/// A document: children inside their parents, rows as long as their heads, footnotes that exist.
pub fn doc(text: &str, doc: &Doc) {
    let whole = 0..text.len();
    blocks(text, &doc.blocks, &whole, doc);
    for note in &doc.footnotes {
        inside(text, note.span, &whole);
        blocks(text, &note.blocks, &whole, doc);
    }
}

fn blocks(text: &str, list: &[Block], around: &Range<usize>, doc: &Doc) {
    for block in list {
        inside(text, block.span, around);
        let around = &block.span.range();
        match &block.kind {
            BlockKind::Signature(content) | BlockKind::Paragraph(content) => {
                inlines(text, content, around, doc)
            }
            BlockKind::Heading { level, content, .. } => {
                assert!((1..=6).contains(level), "a heading of level {level} in {text:?}");
                inlines(text, content, around, doc);
            }
            BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => {
                blocks(text, inner, around, doc)
            }
            BlockKind::List { items, .. } => {
                for item in items {
                    inside(text, item.span, around);
                    blocks(text, &item.blocks, &item.span.range(), doc);
                }
            }
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    inlines(text, &entry.term, around, doc);
                    entry.definitions.iter().for_each(|inner| blocks(text, inner, around, doc));
                }
            }
            BlockKind::Table { align, head, rows } => {
                let row = |cells: &[Cell]| {
                    assert_eq!(cells.len(), align.len(), "a row of another length in {text:?}");
                    for cell in cells {
                        inside(text, cell.span, around);
                        inlines(text, &cell.content, &cell.span.range(), doc);
                    }
                };
                row(head);
                rows.iter().for_each(|cells| row(cells));
            }
            BlockKind::Verse(verse) => lines(text, verse, around),
            BlockKind::Qr { address: place, .. }
            | BlockKind::DataTable(place)
            | BlockKind::DataChart(place) => {
                inside(text, place.span, around);
            }
            BlockKind::Code { .. } | BlockKind::Html(_) | BlockKind::Rule | BlockKind::Contact(_) => {}
        }
    }
}

fn lines(text: &str, verse: &Verse, around: &Range<usize>) {
    for stanza in &verse.stanzas {
        if let Some(title) = &stanza.title {
            inside(text, title.span, around);
        }
        for line in &stanza.lines {
            inside(text, line.span, around);
            for part in &line.parts {
                if let VersePart::Reading { reading, .. } = part {
                    assert!(!reading.is_empty(), "a reading without sound in {text:?}");
                }
            }
        }
    }
}

fn inlines(text: &str, list: &[Inline], around: &Range<usize>, doc: &Doc) {
    for inline in list {
        inside(text, inline.span, around);
        let around = &inline.span.range();
        match &inline.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content) => {
                inlines(text, content, around, doc);
            }
            InlineKind::Link { target, content, .. } => {
                // A link by reference has its address elsewhere in the file.
                inside(text, target.span, &(0..text.len()));
                inlines(text, content, around, doc);
            }
            InlineKind::Image { target, .. } => inside(text, target.span, &(0..text.len())),
            InlineKind::FootnoteRef { index, nth } => {
                assert!(*index < doc.footnotes.len() && *nth > 0, "a reference to no footnote in {text:?}");
            }
            InlineKind::Text(_)
            | InlineKind::Code(_)
            | InlineKind::Html(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak => {}
        }
    }
}
