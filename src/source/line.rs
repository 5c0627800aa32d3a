//! Lines of a text with their places.
//!
//! `\n`, `\r\n` and the lone `\r` of old Macs all end a line.
//! Invariant: the lines, each up to its `end`, make the whole range.

use std::ops::Range;

/// A line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Its text without the line end.
    pub text: &'t str,
    /// Its first byte in the whole text.
    pub start: usize,
    /// One past its line end.
    pub end: usize,
}

impl Line<'_> {
    /// The place of its text without white space around it.
    pub fn trimmed(&self) -> Range<usize> {
        let start = self.start + self.indent();
        start..start + self.text.trim().len()
    }

    /// How many bytes of white space it begins with.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }
}

/// The lines in a range of a text.
pub(super) fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Line<'_>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = &text[at..range.end];
        if rest.is_empty() {
            return None;
        }
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let after = match &rest.as_bytes()[length..] {
            [b'\r', b'\n', ..] => 2,
            [] => 0,
            _ => 1,
        };
        let line = Line { text: &rest[..length], start: at, end: at + length + after };
        at = line.end;
        Some(line)
    })
}

/// The number of the line that holds a byte, from 1.
pub(super) fn number(text: &str, at: usize) -> usize {
    lines(text, 0..text.len()).take_while(|line| line.end <= at).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_end_counts_once() {
        let text = "甲\r\n\r乙\n\n丙";
        let found: Vec<_> = lines(text, 0..text.len()).collect();
        assert_eq!(found.iter().map(|line| line.text).collect::<Vec<_>>(), ["甲", "", "乙", "", "丙"]);
        assert!(found.windows(2).all(|pair| pair[0].end == pair[1].start));
        assert_eq!((number(text, 0), number(text, text.len() - 1)), (1, 5));
        let padded = Line { text: "　 - a ", start: 10, end: 18 };
        assert_eq!((padded.indent(), padded.trimmed()), (4, 14..17));
    }
}
