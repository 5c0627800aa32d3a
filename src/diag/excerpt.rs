//! The lines of a file that a finding points at, cut to what fits, and text made harmless to look at.
//!
//! Refuses: control and direction characters, which could move the cursor or turn a line around.
//! Invariant: the width of an excerpt is counted in columns of a terminal, where a Chinese character takes two, and
//! the cost is bound by that width, not by the length of the line.

use super::LineIndex;
use std::ops::Range;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns from one tab stop to the next.
const TAB: usize = 4;

/// One line of an excerpt in three parts, the middle one marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub number: usize,
    /// Whether the line has text before what is shown.
    pub cut_before: bool,
    pub before: &'t str,
    pub marked: &'t str,
    pub after: &'t str,
    /// Whether the line has text after what is shown.
    pub cut_after: bool,
}

/// The line of a range, or its first and its last line. Each is at most `width` columns wide.
pub(super) fn excerpt<'t>(index: &LineIndex<'t>, range: Range<usize>, width: usize) -> Vec<Line<'t>> {
    let start = index.nearest(range.start);
    let end = index.nearest(range.end).max(start);
    let first = index.position(start).line;
    let last = index.position(end).line;
    let within = |line: usize| index.line(line).expect("a position has a line");
    let bounds = within(first);
    let mut lines =
        vec![cut(index.text(), first, &bounds, start.min(bounds.end)..end.min(bounds.end), width)];
    if last > first {
        let bounds = within(last);
        let indent =
            index.text()[bounds.start..end].len() - index.text()[bounds.start..end].trim_start().len();
        if bounds.start + indent < end {
            lines.push(cut(index.text(), last, &bounds, bounds.start + indent..end, width));
        }
    }
    lines
}

/// Cuts a line to `width` columns around what is marked.
fn cut<'t>(
    text: &'t str,
    number: usize,
    line: &Range<usize>,
    marked: Range<usize>,
    width: usize,
) -> Line<'t> {
    let room = width.saturating_sub(2).max(8); // for an ellipsis at either end
    // What follows the start of the mark may take two thirds, what comes before takes what is left, and what is
    // then left goes to the end again.
    let (after_first, used) = walk(text[marked.start..line.end].char_indices(), room - room / 3);
    let (before, used_before) = walk_back(&text[line.start..marked.start], room - used);
    let from = marked.start - before;
    let rest = marked.start + after_first;
    let (more, _) = walk(text[rest..line.end].char_indices(), room - used - used_before);
    let to = rest + more;
    let split = marked.end.min(to);
    Line {
        number,
        cut_before: from > line.start,
        before: &text[from..marked.start],
        marked: &text[marked.start..split],
        after: &text[split..to],
        cut_after: to < line.end,
    }
}

/// How many bytes fit into so many columns, and how many columns they take.
fn walk(chars: impl Iterator<Item = (usize, char)>, room: usize) -> (usize, usize) {
    let (mut bytes, mut used) = (0, 0);
    for (at, char) in chars {
        let columns = columns(char);
        if used + columns > room || at > 8 * room {
            break;
        }
        bytes = at + char.len_utf8();
        used += columns;
    }
    (bytes, used)
}

fn walk_back(text: &str, room: usize) -> (usize, usize) {
    let backwards = text.char_indices().rev().map(|(at, char)| (text.len() - at - char.len_utf8(), char));
    walk(backwards, room)
}

fn columns(char: char) -> usize {
    if char == '\t' { TAB } else { char.width().unwrap_or(1) }
}

/// The text as a terminal may show it: tabs are spaces up to the next stop, counted from `column`, and characters
/// that would move the cursor or turn the direction of writing have become visible.
pub(super) fn spell(text: &str, column: usize) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if char == '\t' {
            let at = column + out.width();
            out.extend(std::iter::repeat_n(' ', TAB - at % TAB));
        } else {
            out.push(harmless(char));
        }
    }
    out
}

/// The text on one line, all of it visible; for sentences.
pub(super) fn sentence(text: &str) -> String {
    text.chars().map(|char| if matches!(char, '\n' | '\r' | '\t') { ' ' } else { harmless(char) }).collect()
}

fn harmless(char: char) -> char {
    match char {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(char)).unwrap_or('\u{fffd}'), // ␀ to ␟
        '\u{7f}' => '␡',
        '\u{80}'..='\u{9f}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(text: &str, range: Range<usize>, width: usize) -> Vec<String> {
        let mark = |line: &Line| {
            let dots = |cut| if cut { "…" } else { "" };
            format!(
                "{}{}<{}>{}{}",
                dots(line.cut_before),
                line.before,
                line.marked,
                line.after,
                dots(line.cut_after)
            )
        };
        excerpt(&LineIndex::new(text), range, width).iter().map(mark).collect()
    }

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(shown("首\r\n看[电话](a)吧\r\n尾", 8..19, 80), ["看<[电话](a)>吧"]);
        assert_eq!(shown("甲\n乙", 4..4, 80), ["<>乙"]);
        assert_eq!(shown("甲\n", 3..4, 80), ["甲<>"], "the line end alone");
        assert_eq!(shown("甲", 90..99, 80), ["甲<>"], "past the end");
        assert_eq!(shown("甲乙", 1..4, 80), ["<甲>乙"], "inside characters");
    }

    #[test]
    fn several_lines_show_the_first_and_the_last() {
        let text = "a: [\n  1,\n  2,\n";
        assert_eq!(shown(text, 3..14, 80), ["a: <[>", "  <2,>"]);
        assert_eq!(shown(text, 3..5, 80), ["a: <[>"], "up to the next line's start");
        assert_eq!(shown(text, 3..7, 80), ["a: <[>"], "up to the next line's text");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let long = "字".repeat(500_000);
        let lines = shown(&long, 600_000..600_006, 20);
        assert_eq!(lines, ["…字字字<字字>字字字字…"]);
        assert_eq!(shown(&long, 0..6, 20), ["<字字>字字字字字字字…"]);
        let end = long.len();
        assert_eq!(shown(&long, end - 3..end, 20), ["…字字字字字字字字<字>"]);
        assert_eq!(shown(&long, 0..end, 20), ["<字字字字字字字字字>…"]);
    }

    #[test]
    fn nothing_moves_the_cursor() {
        assert_eq!(spell("\u{1b}[31m\u{202e}x\0", 0), "␛[31m\u{fffd}x␀");
        assert_eq!(spell("\ta\tb", 0), "    a   b");
        assert_eq!(spell("中\tb", 1), "中 b");
        assert_eq!(sentence("a\r\nb\tc\u{7}"), "a  b c␇");
    }

    proptest! {
        #[test]
        fn never_wider_than_asked(text in "[a甲😀\t\u{200b}\r\n ]{0,200}", start in 0_usize..300, len in 0_usize..300, width in 10_usize..60) {
            for line in excerpt(&LineIndex::new(&text), start..start + len, width) {
                let whole = [line.before, line.marked, line.after].concat();
                prop_assert!(whole.chars().map(columns).sum::<usize>() + 2 <= width.max(10));
                prop_assert!(text.contains(&whole));
            }
        }
    }
}
