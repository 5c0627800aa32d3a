//! Numbers of vehicles (VIN): 17 letters and digits with a check digit, GB 16735 and ISO 3779.
//!
//! Refuses: numbers that fail the check; codes of digits alone; codes of enterprises, which have 18 signs.

use super::normalise::Folded;
use super::{Context, Detector, code};
use std::ops::Range;

/// The detector.
pub struct Vin;

const LENGTH: usize = 17;

impl Detector for Vin {
    fn kind(&self) -> &'static str {
        "vin"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_latin()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found = Vec::new();
        for run in code::runs(signs, &[' ', '-', '.'], char::is_ascii_alphanumeric) {
            if run.len() < LENGTH {
                continue;
            }
            // A run goes on through blanks, so a word before or behind may touch the number: each part may begin it.
            let begins = run.clone().filter(|at| *at == run.start || !signs[at - 1].is_ascii_alphanumeric());
            for begin in begins {
                let inner = (begin..run.end).filter(|at| signs[*at].is_ascii_alphanumeric());
                let places: Vec<usize> = inner.take(LENGTH).collect();
                let Some(last) = places.get(LENGTH - 1) else { break };
                let letters: Vec<char> = places.iter().map(|at| signs[*at]).collect();
                let divided = last + 1 - begin > LENGTH;
                let whole = signs.get(last + 1).is_none_or(|next| !next.is_ascii_alphanumeric());
                let cued = || {
                    let name = code::name(text, begin, 24);
                    ["车架", "识别", "vin", "底盘", "车辆"].iter().any(|word| name.contains(word))
                };
                if whole && passes(&letters) && (!divided || cued()) {
                    found.push(begin..last + 1);
                    break;
                }
            }
        }
        found
    }
}

/// GB 16735, annex A.
fn passes(letters: &[char]) -> bool {
    const WEIGHTS: [u32; LENGTH] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let mut sum = 0;
    for (letter, weight) in letters.iter().zip(WEIGHTS) {
        let value = match letter {
            '0'..='9' => u32::from(*letter) - u32::from('0'),
            'a'..='h' => u32::from(*letter) - u32::from('a') + 1,
            'j'..='n' => u32::from(*letter) - u32::from('j') + 1,
            'p' => 7,
            'r' => 9,
            's'..='z' => u32::from(*letter) - u32::from('s') + 2,
            _ => return false,
        };
        sum += value * weight;
    }
    let check = match sum % 11 {
        10 => 'x',
        rest => char::from_digit(rest, 10).unwrap_or('0'),
    };
    letters[8] == check && letters.iter().filter(|letter| letter.is_ascii_alphabetic()).count() >= 2
}
