//! From bytes to what people count: lines, and characters in a line.
//!
//! An offset inside a character, a line end or past the text is moved back to the nearest place.
//! Invariant: lines and columns count from 1, columns in characters; LF, CRLF and a lone CR end a line.

use super::{FileId, Files};
use std::collections::BTreeMap;
use std::ops::Range;

/// Every so many bytes the number of characters so far is kept, so that a column in a very long line costs no more
/// than one in a short line.
const STEP: usize = 1024;

/// A place as people say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The lines of one text.
#[derive(Clone, Debug)]
pub struct LineIndex<'t> {
    text: &'t str,
    /// Where each line starts; the first is 0.
    starts: Vec<usize>,
    /// Characters that start before each multiple of `STEP`.
    chars: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    /// Reads the text once.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        let mut chars = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut seen = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if at % STEP == 0 {
                chars.push(seen);
            }
            seen += usize::from(starts_char(byte));
            if byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n')) {
                starts.push(at + 1);
            }
        }
        if bytes.len().is_multiple_of(STEP) {
            chars.push(seen);
        }
        Self { text, starts, chars }
    }

    /// The text.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// How many lines there are; a text that ends with a line end has an empty last one.
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.nearest(offset);
        let line = self.starts.partition_point(|&start| start <= offset);
        let column = self.chars_before(offset) - self.chars_before(self.starts[line - 1]) + 1;
        Position { line, column }
    }

    /// The byte at a place; none where the text has no such line, or the line no such column. One past the last
    /// character of a line is still a place.
    pub fn offset(&self, position: Position) -> Option<usize> {
        let line = self.line(position.line)?;
        let wanted = self.chars_before(line.start) + position.column.checked_sub(1)?;
        let step = self.chars.partition_point(|&seen| seen <= wanted) - 1;
        let mut left = wanted - self.chars[step];
        let mut offset = step * STEP;
        loop {
            while offset < self.text.len() && !self.text.is_char_boundary(offset) {
                offset += 1;
            }
            if offset > line.end {
                return None;
            }
            if left == 0 {
                return Some(offset);
            }
            left -= 1;
            offset += 1;
        }
    }

    /// The bytes of a line (from 1) without its end.
    pub fn line(&self, line: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(line.checked_sub(1)?)?;
        let Some(&next) = self.starts.get(line) else { return Some(start..self.text.len()) };
        let content = self.text[start..next].trim_end_matches(['\r', '\n']);
        Some(start..start + content.len())
    }

    /// The nearest place at or before `offset` that lies between two characters and not inside a CRLF.
    pub(super) fn nearest(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut offset = offset.min(bytes.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        if offset > 0 && bytes.get(offset) == Some(&b'\n') && bytes[offset - 1] == b'\r' {
            offset - 1
        } else {
            offset
        }
    }

    fn chars_before(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let rest = &self.text.as_bytes()[step * STEP..offset];
        self.chars[step] + rest.iter().filter(|&&byte| starts_char(byte)).count()
    }
}

fn starts_char(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

/// The indexes of the files that a report speaks of, each made once.
pub(super) struct Indexes<'f> {
    files: &'f dyn Files,
    made: BTreeMap<FileId, LineIndex<'f>>,
}

impl<'f> Indexes<'f> {
    pub(super) fn new(files: &'f dyn Files) -> Self {
        Self { files, made: BTreeMap::new() }
    }

    /// The index of a file; none where it has no text, like a picture or a folder.
    pub(super) fn get(&mut self, file: FileId) -> Option<&LineIndex<'f>> {
        let text = self.files.text(file);
        (!text.is_empty()).then(|| &*self.made.entry(file).or_insert_with(|| LineIndex::new(text)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(line: usize, column: usize) -> Position {
        Position { line, column }
    }

    #[test]
    fn every_kind_of_line_end() {
        let index = LineIndex::new("甲\r\n乙乙\n丙\r丁\n");
        assert_eq!(index.lines(), 5);
        let lines: Vec<&str> =
            (1..=5).filter_map(|line| index.line(line)).map(|range| &index.text()[range]).collect();
        assert_eq!(lines, ["甲", "乙乙", "丙", "丁", ""]);
        assert_eq!(index.line(6), None);
        assert_eq!(index.line(0), None);
    }

    #[test]
    fn columns_count_characters() {
        let index = LineIndex::new("标题：甲\r\nb😀c\n");
        assert_eq!(index.position(0), at(1, 1));
        assert_eq!(index.position(6), at(1, 3));
        assert_eq!(index.position(12), at(1, 5), "before the line end");
        assert_eq!(index.position(13), at(1, 5), "inside CRLF");
        assert_eq!(index.position(14), at(2, 1));
        assert_eq!(index.position(19), at(2, 3), "after the emoji");
        assert_eq!(index.position(17), at(2, 2), "inside the emoji");
        assert_eq!(index.position(999), at(3, 1), "past the end");
        assert_eq!(LineIndex::new("").position(0), at(1, 1));
    }

    #[test]
    fn places_that_do_not_exist() {
        let index = LineIndex::new("ab\nc");
        assert_eq!(index.offset(at(1, 3)), Some(2), "one past the last character");
        assert_eq!(index.offset(at(1, 4)), None);
        assert_eq!(index.offset(at(2, 2)), Some(4));
        assert_eq!(index.offset(at(2, 3)), None);
        assert_eq!(index.offset(at(3, 1)), None);
        assert_eq!(index.offset(at(0, 0)), None);
    }

    #[test]
    fn a_very_long_line_costs_little() {
        let text = format!("首行\n{}", "长".repeat(4_000_000));
        let index = LineIndex::new(&text);
        for column in (1..4_000_000).step_by(40) {
            let offset = 7 + (column - 1) * 3;
            assert_eq!(index.position(offset), at(2, column));
            assert_eq!(index.offset(at(2, column)), Some(offset));
        }
    }

    proptest! {
        #[test]
        fn offsets_and_places_agree(text in "(?s)[a甲😀\r\n\u{301}]{0,60}", pad in 1000_usize..1100) {
            let text = "x".repeat(pad) + &text;
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices() {
                let nearest = index.nearest(offset);
                let place = index.position(offset);
                prop_assert_eq!(index.offset(place), Some(nearest));
                let line = index.line(place.line).expect("a position has a line");
                prop_assert_eq!(text[line.start..nearest].chars().count() + 1, place.column);
            }
        }
    }
}
