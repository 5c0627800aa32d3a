//! Passports and permits for travel: of the mainland, to and from Hong Kong, Macau and Taiwan, and of foreigners.
//!
//! Refuses: to find one by its look; a word before it says what it is.

use super::normalise::Folded;
use super::{Context, Detector, code};
use std::ops::Range;

/// The detector.
pub struct Passport;

/// How far before a number its name may stand.
const REACH: usize = 16;

/// Names of documents, and the shapes of their numbers: letters, then digits.
const SHAPES: &[(&[&str], &[Shape])] = &[
    (&["护照", "passport"], &[Shape(1, 8), Shape(2, 7), Shape(1, 7), Shape(0, 9), Shape(2, 6), Shape(2, 8)]),
    (
        &["通行证", "往来港澳", "往来台湾", "港澳证", "大通证", "入台证"],
        &[Shape(1, 8), Shape(2, 7), Shape(1, 10), Shape(0, 8), Shape(0, 10), Shape(0, 9)],
    ),
    (&["回乡证", "回乡卡", "来往内地"], &[Shape(1, 10), Shape(1, 8)]),
    (&["台胞证", "来往大陆"], &[Shape(0, 8), Shape(0, 10), Shape(1, 9)]),
    (&["永久居留", "永居证", "绿卡"], &[Shape(3, 12), Shape(3, 9)]),
    (&["旅行证"], &[Shape(1, 8), Shape(1, 7)]),
    (&["香港身份证", "香港居民身份证", "香港永久"], &[Shape(1, 7), Shape(2, 7), Shape(1, 6), Shape(2, 6)]),
    (&["澳门身份证", "澳门居民身份证"], &[Shape(0, 8), Shape(0, 7)]),
    (&["台湾身份证", "国民身份证", "台湾居民身份证"], &[Shape(1, 9)]),
    (&["海员证"], &[Shape(1, 8), Shape(0, 8), Shape(1, 7)]),
];

/// How many letters, then how many digits.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shape(usize, usize);

impl Detector for Passport {
    fn kind(&self) -> &'static str {
        "passport"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_numbers()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.folded();
        let mut found = Vec::new();
        for run in code::runs(signs, &[' ', '-', '.'], char::is_ascii_digit) {
            let mut letters: Vec<char> =
                signs[run.clone()].iter().copied().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
            if !(7..=15).contains(&letters.len()) {
                continue;
            }
            let mut end = run.end;
            // The check digit of Hong Kong's and Macau's cards stands in brackets.
            if let (Some('('), Some(check), Some(')')) =
                (text.sign(end), text.sign(end + 1), text.sign(end + 2))
                && check.is_ascii_alphanumeric()
            {
                letters.push('0');
                end += 3;
            }
            let name = name(text, run.start);
            let known = SHAPES.iter().filter(|(names, _)| names.iter().any(|word| name.contains(word)));
            let shape = Shape(
                letters.iter().take_while(|sign| sign.is_ascii_alphabetic()).count(),
                letters.iter().filter(|sign| sign.is_ascii_digit()).count(),
            );
            if letters.len() == shape.0 + shape.1
                && known.into_iter().any(|(_, shapes)| shapes.contains(&shape))
            {
                found.push(run.start..end);
            }
        }
        found
    }
}

/// What is said before, in the same clause.
fn name(text: &Folded, at: usize) -> String {
    let before = code::name(text, at, REACH);
    before.rsplit(['。', '；', ';', '\n']).next().unwrap_or_default().to_owned()
}
