//! Where front matter begins and ends in a bulletin.
//!
//! Refuses: fences that are not `---` alone on their line, a missing second fence.
//! Invariant: a file that does not look as if it wanted front matter is all body; one that does has it found, or a
//! finding that says where the fence belongs.

use super::line::{Line, lines};
use super::node::{Node, NodeKind};
pub use super::yaml::{parse_range, parse_yaml};
use super::yaml_slip::key_of;
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use std::ops::Range;

/// Words that begin front matter; a file that opens with one of them and a colon has lost its first fence.
const FIRST_KEYS: &[&str] = &["title", "标题", "kind", "类型", "date", "日期"];

/// Divides a bulletin into its front matter and the range of its body. Blank lines may come before the first fence.
/// Without front matter there is no node and the body is everything. Front matter that cannot be read is a
/// [`NodeKind::Null`], so that no finding complains about what it may well hold.
pub fn split_and_parse(file: FileId, text: &str, sink: &mut Sink) -> (Option<Node>, Range<usize>) {
    let whole = 0..text.len();
    let mut rest = lines(text, whole.clone()).skip_while(|line| line.text.trim().is_empty());
    let Some(opening) = rest.next() else { return (None, whole) };
    let rest: Vec<Line> = rest.take(MAX_LINES).collect();
    if !is_fence(opening.text) {
        let key_follows = rest
            .iter()
            .find(|line| !line.text.trim().is_empty())
            .is_some_and(|line| key_of(line.text).is_some());
        if !(looks_like_fence(opening.text) && key_follows) {
            let keys =
                std::iter::once(&opening).chain(&rest).take_while(|line| key_of(line.text).is_some()).count();
            if keys > 0
                && key_of(opening.text).is_some_and(|key| FIRST_KEYS.contains(&key))
                && (keys > 1 || rest.iter().any(closes))
            {
                return (Some(not_opened(file, opening, sink)), text.len()..text.len());
            }
            return (None, whole);
        }
        sink.report(wrong_fence(file, opening));
    }
    if let Some(at) = rest.iter().position(closes) {
        let closing = rest[at];
        if !is_fence(closing.text) && is_fence(opening.text) {
            sink.report(wrong_fence(file, closing));
        }
        let node = parse_range(file, text, opening.end..closing.start, sink);
        return (Some(node), closing.end..text.len());
    }
    let end = likely_end(&rest);
    sink.report(unclosed(file, opening, end.map_or(opening, |at| rest[at])));
    // What stands above the likely end is read, so that its other findings come in the same run; but a reading that
    // fails may only mean that the end was guessed wrong.
    let start =
        end.map_or(text.len(), |at| if may_belong(rest[at].text) { rest[at].end } else { rest[at].start });
    let mut guessed = Sink::new();
    let node = parse_range(file, text, opening.end.min(start)..start, &mut guessed);
    if guessed.found().is_empty() {
        (Some(node), start..text.len())
    } else {
        (Some(Node { kind: NodeKind::Null, ..node }), text.len()..text.len())
    }
}

/// Front matter that long is no front matter; a second fence is not looked for behind it.
const MAX_LINES: usize = 10_000;

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// `－－－`, `———`, `–––`: what Word and Chinese input methods make of three hyphens; and two, four or indented ones.
fn looks_like_fence(line: &str) -> bool {
    let line = line.trim();
    (2..=12).contains(&line.chars().count())
        && line.chars().all(|c| matches!(c, '-' | '－' | '—' | '–' | '―' | '─' | '﹣' | '−'))
        || line == "—"
}

/// Whether a line ends front matter, well written or not.
fn closes(line: &Line) -> bool {
    is_fence(line.text) || looks_like_fence(line.text)
}

fn wrong_fence(file: FileId, line: Line) -> Diagnostic {
    Diagnostic::new(codes::UNCLOSED_FRONT_MATTER, Message::new("wrong-fence").with("fence", line.text.trim()))
        .at(Span::new(file, line.trimmed()))
        .hint(Message::new("wrong-fence-hint"))
}

fn not_opened(file: FileId, first: Line, sink: &mut Sink) -> Node {
    let span = Span::new(file, first.trimmed());
    sink.report(
        Diagnostic::new(codes::UNCLOSED_FRONT_MATTER, Message::new("front-matter-not-opened"))
            .at(span)
            .hint(Message::new("front-matter-not-opened-hint")),
    );
    Node { span, kind: NodeKind::Null }
}

fn unclosed(file: FileId, opening: Line, end: Line) -> Diagnostic {
    Diagnostic::new(codes::UNCLOSED_FRONT_MATTER, Message::new("unclosed-front-matter"))
        .at(Span::new(file, end.trimmed()))
        .label(Message::new("unclosed-front-matter-label"))
        .hint(Message::new("unclosed-front-matter-hint"))
        .related(Span::new(file, opening.trimmed()), Message::new("front-matter-opens-here"))
}

/// The first line that is no front matter: neither key, list item, comment nor indented. Blank lines before it belong
/// to the body. Where every line could be front matter, the last one.
fn likely_end(rest: &[Line]) -> Option<usize> {
    let mut blank = None;
    for (at, line) in rest.iter().enumerate() {
        let text = line.text;
        if text.trim().is_empty() {
            blank = blank.or(Some(at));
            continue;
        }
        let comment = text.starts_with('#') && blank.is_none();
        let listed = text.starts_with("- ") && blank.is_none();
        let indented = text.starts_with([' ', '\t']) && blank.is_none();
        if !(comment || listed || indented || key_of(text).is_some()) {
            return Some(blank.unwrap_or(at));
        }
        blank = None;
    }
    blank.or(rest.len().checked_sub(1))
}

/// Whether a line looks like front matter. The likely end does only where nothing else follows it.
fn may_belong(line: &str) -> bool {
    line.starts_with("- ")
        || (line.starts_with([' ', '\t', '#']) && !line.trim().is_empty())
        || key_of(line).is_some()
}

#[cfg(test)]
#[path = "front_matter_tests.rs"]
mod tests;
