//! Tones as marks over vowels, the way a performer's sheet and a schoolbook have them.
//!
//! Refuses: to change a tone (`change` tells which do in speech). 一 and 不 keep the tone of the dictionary, and 儿 is a syllable of its
//! own: Chinese schoolbooks print it so.
//! Invariant: composed letters (NFC); what is no syllable with a number comes out as it went in.

use unicode_normalization::UnicodeNormalization;

/// Marks of the four tones, as combining characters. The neutral tone has none.
const MARKS: [char; 4] = ['\u{304}', '\u{301}', '\u{30C}', '\u{300}'];

/// A syllable with its tone as a mark: `lu:4` and `lv4` are `lǜ`, `hang2` is `háng`, `ma5` is `ma`. One that has its mark
/// already, or no tone at all, is only composed.
pub fn marked(syllable: &str) -> String {
    let (letters, tone) = match syllable.char_indices().next_back() {
        Some((at, digit @ '0'..='5')) => (&syllable[..at], digit.to_digit(10)),
        _ => (syllable, None),
    };
    let letters = letters.replace("u:", "ü").replace("U:", "Ü").replace('v', "ü").replace('V', "Ü");
    let mark = tone.and_then(|tone| MARKS.get((tone as usize).checked_sub(1)?));
    let (Some(mark), Some(bearer)) = (mark, bearer(&letters)) else { return letters.nfc().collect() };
    let mut with_mark = String::with_capacity(letters.len() + 2);
    for (at, c) in letters.char_indices() {
        with_mark.push(c);
        if at == bearer {
            with_mark.push(*mark);
        }
    }
    with_mark.nfc().collect()
}

/// Where the mark stands: over a, o or e; else over the last of i, u, ü (`liú`, `guī`); in `ń`, `ḿg` over the consonant.
fn bearer(letters: &str) -> Option<usize> {
    let find = |wanted: &[char]| letters.find(|c: char| wanted.contains(&c.to_ascii_lowercase()));
    find(&['a'])
        .or_else(|| find(&['o', 'e', 'ê']))
        .or_else(|| letters.rfind(['i', 'u', 'ü', 'I', 'U', 'Ü']))
        .or_else(|| find(&['n', 'm']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn marks_stand_where_the_scheme_of_1958_puts_them() {
        for (number, mark) in [
            ("hang2", "háng"),
            ("zhuang4", "zhuàng"),
            ("liu2", "liú"),
            ("gui1", "guī"),
            ("xue2", "xué"),
            ("lu:e4", "lüè"),
            ("lu:4", "lǜ"),
            ("nv3", "nǚ"),
            ("er2", "ér"),
            ("dou1", "dōu"),
            ("jiao3", "jiǎo"),
            ("ma5", "ma"),
            ("de0", "de"),
            ("ng2", "ńg"),
            ("m2", "ḿ"),
            ("n4", "ǹ"),
        ] {
            assert_eq!(marked(number), mark, "{number}");
        }
    }

    #[test]
    fn what_has_its_mark_keeps_it() {
        assert_eq!(marked("háng"), "háng");
        assert_eq!(marked("ha\u{301}ng"), "háng");
        assert_eq!(marked("hang"), "hang");
        assert_eq!(marked(""), "");
        assert_eq!(marked("7"), "7");
    }

    #[test]
    fn every_syllable_of_the_lexicon_gets_one_mark() {
        for c in ('一'..='龥').step_by(7) {
            for reading in super::super::readings(&c.to_string(), &BTreeMap::new()) {
                let marks = marked(&reading.syllable).nfd().filter(|c| MARKS.contains(c)).count();
                let tone = reading.syllable.chars().next_back().unwrap();
                assert_eq!(marks, usize::from(('1'..='4').contains(&tone)), "{c} {}", reading.syllable);
            }
        }
    }
}
