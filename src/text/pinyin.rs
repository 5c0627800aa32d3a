//! Readings of Chinese characters, and addresses made from them.
//!
//! A character's reading depends on the word it stands in (银行 yin-hang, 行人 xing-ren), so the text is first cut into
//! words, see `segment`. What no word decides is read as that character is mostly read alone.
//! On half of the CPP benchmark's development sentences (the other half gave the readings of single characters) 97.9 %
//! of the polyphones get the right syllable; the first reading of each character gives 80 % (tones counted).
//!
//! Signs without a reading are left out.
//! Invariant: an address holds only `a-z`, `0-9` and single `-` between syllables, and the same text and words give the
//! same address, on every machine.

mod lexicon;
#[cfg(test)]
mod pack;
mod segment;
mod tone;

use lexicon::Lexicon;
use pinyin::ToPinyin;
use segment::segment;
use std::borrow::Cow;
use std::collections::BTreeMap;
pub use tone::marked;
use unicode_normalization::UnicodeNormalization;

/// Longest address part that is made, in bytes. An address is read out over the telephone at times.
const MAX_SLUG: usize = 60;

/// The reading of one character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Where the character stands, in bytes.
    pub at: usize,
    /// Its syllable with the tone as a digit (5 for none) and `u:` for ü; as written where the site gave it.
    pub syllable: Cow<'static, str>,
    /// What it rests on.
    pub basis: Basis,
}

/// What a reading rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// The character alone: most likely right, but nothing around it was looked at.
    Character,
    /// A word of the lexicon.
    Word,
    /// The site's own words.
    Site,
}

/// The readings of all Chinese characters in a text, in order. `own` are the site's words with their readings,
/// syllables divided by spaces, with or without tones; they come before everything else.
pub fn readings(text: &str, own: &BTreeMap<String, String>) -> Vec<Reading> {
    let lexicon = Lexicon::get();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for word in segment(lexicon, text, &characters, own) {
        let characters = &characters[word.range.clone()];
        match word.readings {
            segment::Readings::Site(syllables) => {
                for ((at, _), syllable) in characters.iter().zip(syllables.split_whitespace()) {
                    found.push(Reading {
                        at: *at,
                        syllable: Cow::Owned(syllable.to_owned()),
                        basis: Basis::Site,
                    });
                }
            }
            segment::Readings::Word(syllables) => {
                for ((at, _), syllable) in characters.iter().zip(syllables) {
                    found.push(Reading { at: *at, syllable: Cow::Borrowed(syllable), basis: Basis::Word });
                }
            }
            segment::Readings::Alone => {
                for &(at, c) in characters {
                    if let Some(syllable) = alone(lexicon, c) {
                        found.push(Reading {
                            at,
                            syllable: Cow::Borrowed(syllable),
                            basis: Basis::Character,
                        });
                    }
                }
            }
        }
    }
    found
}

/// How a character is mostly read when no word decides.
fn alone(lexicon: &'static Lexicon, c: char) -> Option<&'static str> {
    lexicon.character(c).or_else(|| Some(c.to_pinyin()?.with_tone_num_end()))
}

/// A syllable as it stands in an address: without tone, and with `v` for ü, which is what every Chinese keyboard has
/// for it (`lv` is 绿, `lu` is 路). Passports write `yu`; but 鱼 is that, and an address is typed, not pronounced.
fn plain(syllable: &str) -> String {
    let mut plain = String::with_capacity(syllable.len());
    for c in syllable.nfd() {
        match c {
            // The dots of ü: the letter before them becomes v.
            ':' | '\u{308}' if plain.ends_with('u') => {
                plain.pop();
                plain.push('v');
            }
            c if c.is_ascii_alphabetic() => plain.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    plain
}

/// A part of an address from any text: Chinese in pinyin, syllables joined by `-`; Latin letters and digits stay, in
/// lower case; full-width ones become plain; everything else divides or is dropped. Empty where nothing remains.
pub fn slug(text: &str, own: &BTreeMap<String, String>) -> String {
    let text: String = text.nfkc().collect();
    let mut spoken = readings(&text, own).into_iter().peekable();
    let mut parts: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, c) in text.char_indices() {
        if let Some(reading) = spoken.next_if(|reading| reading.at == at) {
            parts.push(std::mem::take(&mut word));
            parts.push(plain(&reading.syllable));
        } else if let Some(letter) = latin(c) {
            word.push(letter);
        } else if !joins(c) {
            parts.push(std::mem::take(&mut word));
        }
    }
    parts.push(word);
    let mut slug = String::new();
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if slug.is_empty() {
            slug.push_str(&part[..part.len().min(MAX_SLUG)]);
        } else if slug.len() + 1 + part.len() <= MAX_SLUG {
            slug.push('-');
            slug.push_str(&part);
        } else {
            break;
        }
    }
    slug
}

/// A letter or digit as it stands in an address; letters lose their accents.
fn latin(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c.to_ascii_lowercase());
    }
    let base = std::iter::once(c).nfd().next()?;
    (base != c && base.is_ascii_alphabetic()).then(|| base.to_ascii_lowercase())
}

/// Signs inside a word: `don't`, a combining accent.
fn joins(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests;
