//! F409 and F436: signs that no text has: control characters, and what stands where characters were lost.
//!
//! One gate for all that is read, after decoding and after escapes of YAML and entities of Markdown are resolved.
//! Refuses: to repair; what was lost only its author knows.
//! Invariant: each line is named once.

use super::doc::Doc;
use super::node::{Node, NodeKind};
use super::walk;
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use std::ops::Range;

/// How many findings one file can have: the eleventh helps nobody.
const MOST: usize = 10;
/// What the wrong encoding makes of nothing: lost signs read as GBK, memory that a program never filled.
const LOST: [&str; 4] = ["锟斤拷", "烫烫烫", "屯屯屯", "\u{fffd}"];

/// Whether a text holds such a sign.
pub fn is_unclean(text: &str) -> bool {
    find(text).is_some()
}

/// The first such sign of a text.
fn find(text: &str) -> Option<Range<usize>> {
    if text.is_ascii() && text.bytes().all(|byte| matches!(byte, 9 | 10 | 13 | 32..=126)) {
        return None;
    }
    let control = text.char_indices().find(|(_, c)| is_control(*c)).map(|(at, c)| at..at + c.len_utf8());
    let lost = LOST.iter().filter_map(|word| text.find(word).map(|at| at..at + word.len()));
    lost.chain(control).min_by_key(|range| range.start)
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// Reports such signs in a text as it was decoded.
pub fn text(file: FileId, text: &str, sink: &mut Sink) {
    if find(text).is_none() {
        return;
    }
    let mut at = 0;
    let mut found = 0;
    for line in text.split_inclusive('\n') {
        if let Some(place) = find(line).filter(|_| found < MOST) {
            found += 1;
            report(Span::new(file, at + place.start..at + place.end), &line[place], sink);
        }
        at += line.len();
    }
}

/// Reports those that escapes made, in front matter or settings.
pub(super) fn values(written: &str, node: &Node, sink: &mut Sink) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(value) => escaped(written, value, node.span, sink),
        NodeKind::List(items) => items.iter().for_each(|item| values(written, item, sink)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                escaped(written, &key.value, key.span, sink);
                values(written, value, sink);
            }
        }
    }
}

/// Reports those that entities made, in a body.
pub(super) fn body(written: &str, doc: &Doc, sink: &mut Sink) {
    walk::texts(doc, &mut |text, span| escaped(written, text, span, sink));
}

fn escaped(written: &str, value: &str, span: Span, sink: &mut Sink) {
    if let Some(place) = find(value)
        && written.get(span.range()).is_none_or(|written| find(written).is_none())
    {
        report(span, &value[place], sink);
    }
}

fn report(span: Span, sign: &str, sink: &mut Sink) {
    let finding = match sign.chars().next() {
        Some(c) if is_control(c) => {
            let number = format!("U+{:04X}", u32::from(c));
            Diagnostic::new(codes::NUL_BYTES, Message::new("control-character").with("number", number))
                .hint(Message::new("control-character-hint"))
        }
        _ => Diagnostic::new(codes::LOST_CHARACTERS, Message::new("lost-characters").with("found", sign))
            .hint(Message::new("lost-characters-hint")),
    };
    sink.report(finding.at(span));
}

/// Whether a text shows nothing: blanks and signs without width.
pub fn is_invisible(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{3164}' | '\u{115f}' | '\u{1160}' | '\u{fe00}'..='\u{fe0f}')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_no_text_has() {
        for (sample, wanted) in [
            ("正文\u{fffd}", Some("\u{fffd}")),
            ("正文，锟斤拷。", Some("锟斤拷")),
            ("a\u{8}b", Some("\u{8}")),
            ("甲\u{1b}[31m", Some("\u{1b}")),
            ("甲\u{85}乙", Some("\u{85}")),
            ("甲\t乙\r\n丙", None),
            ("烫烫的水，屯屯有余", None),
            ("plain text", None),
        ] {
            assert_eq!(find(sample).map(|range| &sample[range]), wanted, "{sample:?}");
        }
        assert!(
            is_invisible("\u{200b}") && is_invisible(" \u{feff}") && is_invisible("") && !is_invisible("甲")
        );
    }
}
