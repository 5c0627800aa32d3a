//! A text as a reader takes it in, whatever it was written with: `１３８`, `幺三八` and `138` are one number.
//!
//! Refuses: guessing. Each sign is folded alone; what a run of digits means is for the detectors.
//! Invariant: every folded sign knows the bytes of the original that it came from, and they follow each other in order.

use crate::source::digit::{Class, MIN_DIGITS, class};
pub use crate::source::digit::{Script, may_hold_number};
use std::ops::Range;

/// One sign of a [`Folded`] text.
#[derive(Clone, Copy, Debug)]
pub struct Sign {
    /// The sign folded: ASCII where it has such a form, letters small.
    pub folded: char,
    digit: Option<(u8, Script)>,
    separates: bool,
    start: usize,
    end: usize,
}

/// A folded text.
#[derive(Debug)]
pub struct Folded {
    signs: Vec<Sign>,
    runs: Vec<Vec<Group>>,
}

/// Digits that stand side by side in one script: indices of signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The signs.
    pub signs: Range<usize>,
    /// How the digits are written.
    pub script: Script,
}

/// The most separators between two digits of one number.
const MAX_GAP: usize = 3;
impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut signs = Vec::with_capacity(text.len() / 2);
        for (start, sign) in text.char_indices() {
            let class = class(sign);
            if class == Class::Invisible {
                continue;
            }
            let (folded, digit) = match class {
                Class::Digit(value, script) => (char::from(b'0' + value), Some((value, script))),
                _ => (fold_sign(sign), None),
            };
            let separates = class == Class::Separator;
            signs.push(Sign { folded, digit, separates, start, end: start + sign.len_utf8() });
        }
        let runs = runs(&signs);
        Self { signs, runs }
    }

    /// Runs of groups with nothing but a few separators between them, long enough to be looked at.
    pub fn runs(&self) -> &[Vec<Group>] {
        &self.runs
    }

    /// The bytes of the original that a range of signs came from.
    ///
    /// # Panics
    /// If the range is empty or beyond the text.
    pub fn original(&self, signs: Range<usize>) -> Range<usize> {
        self.signs[signs.start].start..self.signs[signs.end - 1].end
    }

    /// The folded sign at an index.
    pub fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).map(|sign| sign.folded)
    }

    /// Whether a separator stands at an index.
    pub fn separates(&self, at: usize) -> bool {
        self.signs.get(at).is_some_and(|sign| sign.separates)
    }

    /// At most `count` folded signs before an index.
    pub fn before(&self, at: usize, count: usize) -> String {
        self.signs[at.saturating_sub(count)..at].iter().map(|sign| sign.folded).collect()
    }

    /// At most `count` folded signs from an index on.
    pub fn after(&self, at: usize, count: usize) -> String {
        self.signs[at..].iter().take(count).map(|sign| sign.folded).collect()
    }

    /// The digits of a group.
    pub fn digits<'f>(&'f self, group: &Group) -> impl Iterator<Item = u8> + use<'f> {
        self.signs[group.signs.clone()].iter().filter_map(|sign| sign.digit.map(|(value, _)| value))
    }
}

fn runs(signs: &[Sign]) -> Vec<Vec<Group>> {
    let mut runs = Vec::new();
    let mut run: Vec<Group> = Vec::new();
    let mut gap = 0;
    for (at, sign) in signs.iter().enumerate() {
        match sign.digit {
            Some((_, script)) => {
                match run.last_mut() {
                    Some(last) if gap == 0 && last.script == script => last.signs.end = at + 1,
                    _ => run.push(Group { signs: at..at + 1, script }),
                }
                gap = 0;
            }
            None if sign.separates && gap < MAX_GAP => gap += 1,
            None => {
                keep(&mut runs, &mut run);
                gap = 0;
            }
        }
    }
    keep(&mut runs, &mut run);
    runs
}

fn keep(runs: &mut Vec<Vec<Group>>, run: &mut Vec<Group>) {
    if run.iter().map(|group| group.signs.len()).sum::<usize>() >= MIN_DIGITS {
        runs.push(std::mem::take(run));
    }
    run.clear();
}

/// ASCII for full-width forms, dashes, spaces and dots; small letters.
fn fold_sign(sign: char) -> char {
    match sign {
        'A'..='Z' => sign.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = u8::try_from(u32::from(sign) - 0xfee0).map_or(sign, char::from);
            ascii.to_ascii_lowercase()
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '﹣' | '─' => '-',
        '·' | '•' | '・' => '.',
        '、' => ',',
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => ' ',
        '\r' | '\u{2028}' | '\u{2029}' => '\n',
        '〔' | '【' => '(',
        '〕' | '】' => ')',
        '×' | '╳' => 'x',
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Folded::new(text).signs.iter().map(|sign| sign.folded).collect()
    }

    #[test]
    fn signs_fold() {
        assert_eq!(folded("１３８　Ａ（＋）：／ｘ×"), "138 a(+):/xx");
        assert_eq!(folded("幺三八洞拐两勾〇零"), "138072900");
        assert_eq!(folded("1\u{200b}3\u{ad}8\u{fe0f}\u{20e3}"), "138");
        assert_eq!(folded("𝟏𝟑𝟖𝟘"), "1380");
    }

    #[test]
    fn places_are_those_of_the_original() {
        let text = "号５２\u{200b}０ a";
        let folded = Folded::new(text);
        assert_eq!(&text[folded.original(1..4)], "５２\u{200b}０");
        assert_eq!(folded.original(5..6), text.len() - 1..text.len());
    }

    #[test]
    fn runs_end_where_numbers_end() {
        let groups = |text: &str| Folded::new(text).runs().iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(groups("138 1234 5678 和 139-1234-5678"), [3, 3]);
        assert_eq!(groups("一13812345678"), [2], "another script begins another group");
        assert_eq!(groups("1381234"), [0; 0], "too short");
        assert_eq!(groups("138    12345678"), [0; 0], "too far apart");
    }
}
