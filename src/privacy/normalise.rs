//! A text as a reader takes it in, whatever it was written with: `１３８`, `幺三八` and `138` are one number.
//!
//! Refuses: guessing. Each sign is folded alone; what a run of digits means is for the detectors.
//! Invariant: every folded sign knows the bytes of the original that it came from, and they follow each other in order.

pub use crate::source::digit::Script;
use crate::source::digit::{Class, class};
use std::ops::Range;
use std::sync::LazyLock;

/// One sign of a [`Folded`] text.
#[derive(Clone, Copy, Debug)]
struct Sign {
    start: u32,
    len: u8,
    separates: bool,
    digit: Option<(u8, Script)>,
}

/// What is known of a character: its class, its folded form, that form with Chinese digits kept, and what it may begin.
#[derive(Clone, Copy)]
struct Form {
    folded: char,
    kept: char,
    marks: u16,
    class: Class,
}

/// The forms of the basic plane, in one table, so that a character costs one look.
static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let marks = super::marks::all();
    (0..0x1_0000)
        .map(|code| {
            let mut form = form(char::from_u32(code).unwrap_or(' '));
            form.marks = marks.get(form.kept as usize).copied().unwrap_or(0);
            form
        })
        .collect()
});

fn form(sign: char) -> Form {
    let class = class(sign);
    let folded = match class {
        Class::Digit(value, _) => char::from(b'0' + value),
        _ => fold_sign(sign),
    };
    let kept = if matches!(class, Class::Digit(_, Script::Chinese)) { sign } else { folded };
    Form { folded, kept, marks: 0, class }
}

/// A folded text.
#[derive(Debug)]
pub struct Folded {
    signs: Vec<Sign>,
    all: Vec<char>,
    plain: Vec<char>,
    marks: Vec<u16>,
    runs: Vec<Vec<Group>>,
    latin: bool,
    digits: usize,
    figures: usize,
}

/// Digits that stand side by side in one script: indices of signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The signs.
    pub signs: Range<usize>,
    /// How the digits are written.
    pub script: Script,
}

/// The fewest digits of a number that is looked at: a local telephone number.
const MIN_DIGITS: usize = 7;
/// The most separators between two digits of one number.
const MAX_GAP: usize = 3;
impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        // A Chinese character takes three bytes.
        let room = text.len() / 2 + 1;
        let (mut signs, mut all) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let (mut plain, mut marks) = (Vec::with_capacity(room), Vec::with_capacity(room));
        let forms = &**FORMS;
        let (mut latin, mut digits, mut figures) = (false, 0, 0);
        for (start, sign) in text.char_indices() {
            let Form { folded, kept, marks: mark, class } =
                forms.get(sign as usize).copied().unwrap_or_else(|| form(sign));
            let digit = match class {
                Class::Invisible => continue,
                Class::Digit(value, script) => {
                    digits += 1;
                    figures += usize::from(script != Script::Chinese);
                    Some((value, script))
                }
                _ => None,
            };
            latin |= kept.is_ascii_alphabetic();
            plain.push(kept);
            all.push(folded);
            marks.push(mark);
            let len = u8::try_from(sign.len_utf8()).unwrap_or(4);
            // A text of a site is far smaller than 4 GB.
            let start = u32::try_from(start).unwrap_or(u32::MAX);
            signs.push(Sign { start, len, separates: class == Class::Separator, digit });
        }
        let runs = if digits < MIN_DIGITS { Vec::new() } else { runs(&signs) };
        Self { signs, all, plain, marks, runs, latin, digits, figures }
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
        let last = self.signs[signs.end - 1];
        self.signs[signs.start].start as usize..last.start as usize + usize::from(last.len)
    }

    /// The folded sign at an index.
    pub fn sign(&self, at: usize) -> Option<char> {
        self.all.get(at).copied()
    }

    /// All folded signs: digits of any script are ASCII.
    pub fn folded(&self) -> &[char] {
        &self.all
    }

    /// The same signs where a Chinese digit stays as it is written, since it may be a surname or a part of a word.
    pub fn plain(&self) -> &[char] {
        &self.plain
    }

    /// Whether any Latin letter stands in it.
    pub fn has_latin(&self) -> bool {
        self.latin
    }

    /// Whether any digit stands in it, of any script.
    pub fn has_digits(&self) -> bool {
        self.digits > 0
    }

    /// Whether it has as many digits as the shortest number of an account or a document.
    pub fn has_numbers(&self) -> bool {
        self.figures > 4 || self.digits > 6
    }

    /// What each sign may begin; see [`super::marks`].
    pub fn marks(&self) -> &[u16] {
        &self.marks
    }

    /// Whether a digit stands at an index that is not written as a Chinese character.
    pub fn is_figure(&self, at: usize) -> bool {
        self.plain.get(at).is_some_and(char::is_ascii_digit)
    }

    /// Whether a separator stands at an index.
    pub fn separates(&self, at: usize) -> bool {
        self.signs.get(at).is_some_and(|sign| sign.separates)
    }

    /// At most `count` folded signs before an index.
    pub fn before(&self, at: usize, count: usize) -> String {
        self.all[at.saturating_sub(count)..at].iter().collect()
    }

    /// At most `count` folded signs from an index on.
    pub fn after(&self, at: usize, count: usize) -> String {
        self.all[at..].iter().take(count).collect()
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
        '·' | '•' | '・' | '‧' | '∙' => '.',
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
        Folded::new(text).all.iter().collect()
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
        assert_eq!(groups("138123"), [0; 0], "too short");
        assert_eq!(groups("138    123456"), [0; 0], "too far apart");
    }
}
