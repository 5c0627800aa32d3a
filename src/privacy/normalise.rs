//! A text as a reader takes it in, whatever it was written with: `１３８`, `幺三八` and `138` are one number.
//!
//! Refuses: guessing. Each sign is folded alone; what a run of digits means is for the detectors.
//! Invariant: every folded sign knows the bytes of the original that it came from, and they follow each other in order.

use std::ops::Range;

/// How a digit was written. A number seldom changes its script, so a change is where a number may begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// `0`–`9`.
    Ascii,
    /// Full-width and other decorated forms.
    Decorated,
    /// 〇一二三, 零, 幺, 拐, 洞, 两, 勾 and the forms of cheques.
    Chinese,
}

/// What a sign is to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Digit(u8, Script),
    Separator,
    Invisible,
    Other,
}

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
/// The fewest digits of any number that a detector knows, a mobile one.
const MIN_DIGITS: usize = 11;
/// The fewest digits of any other.
const CARD_DIGITS: usize = 13;

/// Whether a text can hold any number that a detector knows. Quick, and never wrongly no: nearly every text of a site
/// is let pass here, landlines and dates included.
pub fn may_hold_number(text: &str) -> bool {
    let (mut digits, mut last) = (0, 0);
    // Where a mobile number could begin: a 1, then 3 to 9.
    let mut mobile: Option<usize> = None;
    for sign in text.chars() {
        match class(sign) {
            Class::Digit(digit, _) => {
                digits += 1;
                if last == 1 && digit >= 3 && digits > 1 {
                    mobile = mobile.or(Some(digits - 2));
                }
                if digits >= CARD_DIGITS || mobile.is_some_and(|start| digits - start >= MIN_DIGITS) {
                    return true;
                }
                last = digit;
            }
            Class::Separator | Class::Invisible => {}
            Class::Other => (digits, last, mobile) = (0, 0, None),
        }
    }
    false
}

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

fn class(sign: char) -> Class {
    use Script::{Ascii, Chinese, Decorated};
    let digit = |zero: u32| u8::try_from((u32::from(sign) - zero) % 10).unwrap_or(0);
    match sign {
        '0'..='9' => Class::Digit(digit('0'.into()), Ascii),
        '\u{4e00}'..='\u{9fff}' => match chinese(sign) {
            Some(value) => Class::Digit(value, Chinese),
            None => Class::Other,
        },
        '〇' | '○' | '◯' => Class::Digit(0, Chinese),
        '０'..='９' => Class::Digit(digit('０'.into()), Decorated),
        '\u{1d7ce}'..='\u{1d7ff}' => Class::Digit(digit(0x1d7ce), Decorated),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        // The frame of a keycap, as in 1️⃣.
        | '\u{20e3}' => Class::Invisible,
        ' ' | '-' | '.' | '\n' | '\r' | '\t' | ',' | '*' | '_' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}'
        | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' | '﹣' | '─'
        | '～' | '·' | '•' | '・' | '．' | '，' | '、' => Class::Separator,
        _ => Class::Other,
    }
}

/// 幺 (1), 拐 (7), 洞 (0), 勾 (9) and 两 (2) are how numbers are read out over radio and telephone.
fn chinese(sign: char) -> Option<u8> {
    Some(match sign {
        '零' | '洞' => 0,
        '一' | '幺' | '壹' | '弌' => 1,
        '二' | '两' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '拐' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '勾' | '玖' => 9,
        _ => return None,
    })
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
        assert!(may_hold_number("a 幺三八-1234 5678"));
        assert!(may_hold_number("卡 4000 0000 0000 0") && may_hold_number("0086 138 1234 5678"));
        for text in ["2024年5月18日10时30分至20240518", "0857-4222110", "12 12 12 12 12 12"] {
            assert!(!may_hold_number(text), "{text}");
        }
    }
}
