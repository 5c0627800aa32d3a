//! Readings of Chinese characters, and addresses made from them.
//!
//! A character's reading depends on the word it stands in (银行 yin-hang, 行人 xing-ren). It is decided, in this order, by the
//! site's own words; by patterns around the character (see `context`) and our own words of outreach, the longer of the two; by the
//! phrases of the lexicon, into which `segment` cuts the text; and by a network that has read the whole sentence. The network is
//! strong on the prose of encyclopaedias and weak on everyday contrasts (校长, 会计, 还钱), the lists the other way round.
//! The tests in `measured` print how many are right.
//!
//! Signs without a reading are left out.
//! Invariant: an address holds only `a-z`, `0-9` and single `-` between syllables, and the same text and words give the
//! same address, on every machine.

pub mod change;
mod context;
mod lexicon;
#[cfg(test)]
mod measured;
mod network;
#[cfg(test)]
mod pack;
mod segment;
mod tone;
mod weights;

use context::Found;
use lexicon::Lexicon;
use network::{Likely, Network, Polyphones};
use pinyin::ToPinyin;
use segment::segment;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
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
    /// The character alone: it has one reading, or nothing around it was looked at.
    Character,
    /// What the network made of the sentence.
    Sentence,
    /// A word of the lexicon, or what stands around the character.
    Word,
    /// The site's own words.
    Site,
}

/// The readings of all Chinese characters in a text, in order. `own` are the site's words with their readings,
/// syllables divided by spaces, with or without tones; they come before everything else.
pub fn readings(text: &str, own: &BTreeMap<String, String>) -> Vec<Reading> {
    let lexicon = Lexicon::get();
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let plain: Vec<char> = characters.iter().map(|&(_, c)| c).collect();
    let mut found = Vec::new();
    // Places in the text and in what was found that the network is to read.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for word in segment(lexicon, text, &characters, own) {
        let mut site = match word.readings {
            segment::Readings::Site(syllables) => Some(syllables.split_whitespace()),
            _ => None,
        };
        for (place, at) in word.range.clone().enumerate() {
            let (byte, c) = characters[at];
            if let Some(site) = &mut site {
                let Some(syllable) = site.next() else { break };
                found.push(Reading {
                    at: byte,
                    syllable: Cow::Owned(syllable.to_owned()),
                    basis: Basis::Site,
                });
                continue;
            }
            match decided(&word, place, &plain, at) {
                Decided::Word(syllable) => {
                    let syllable = Cow::Borrowed(unchanged(c, syllable));
                    found.push(Reading { at: byte, syllable, basis: Basis::Word });
                }
                Decided::Open => {
                    let usual = context::usual(c);
                    if let Some(syllable) = usual.or_else(|| alone(lexicon, c)) {
                        if usual.is_none() && Polyphones::get().has(c) {
                            open.push((at, found.len()));
                        }
                        found.push(Reading {
                            at: byte,
                            syllable: Cow::Borrowed(syllable),
                            basis: Basis::Character,
                        });
                    }
                }
            }
        }
    }
    ask(&plain, &open, &mut found);
    found
}

/// Where words begin, in bytes, as far as the lexicon knows them; characters that stand alone are words of their own.
pub fn words(text: &str) -> Vec<usize> {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let none = BTreeMap::new();
    let words = segment(Lexicon::get(), text, &characters, &none);
    words.into_iter().map(|word| characters[word.range.start].0).collect()
}

/// 一 and 不 in the tone of the dictionary: some phrases have them as they change in speech, which `change` tells.
fn unchanged(c: char, syllable: &'static str) -> &'static str {
    match (c, syllable) {
        ('一', "yi2" | "yi4") => "yi1",
        ('不', "bu2") => "bu4",
        _ => syllable,
    }
}

/// What lists say of a character.
enum Decided {
    Word(&'static str),
    Open,
}

/// What patterns and words say of the character at `at`, which is the one at `place` of its word.
fn decided(word: &segment::Word, place: usize, text: &[char], at: usize) -> Decided {
    let context = Polyphones::get().has(text[at]).then(|| context::find(text, at)).flatten();
    let length = word.range.len();
    match (&word.readings, context) {
        // A word of ours that is as long as the pattern was written down for this very text.
        (segment::Readings::Outreach(syllables), Some(context)) if context.length > length => {
            context.reading.map_or(Decided::Word(syllables[place]), Decided::Word)
        }
        (segment::Readings::Outreach(syllables), _) => Decided::Word(syllables[place]),
        // A proverb is read as a whole, whatever two characters of it would be elsewhere.
        (segment::Readings::Word(syllables), Some(Found { reading: Some(_), length: 0..=2 }))
            if length >= 4 =>
        {
            Decided::Word(syllables[place])
        }
        (_, Some(context)) => context.reading.map_or(Decided::Open, Decided::Word),
        (segment::Readings::Word(syllables), None) => Decided::Word(syllables[place]),
        (segment::Readings::Alone | segment::Readings::Site(_), None) => Decided::Open,
    }
}

/// Lets the network read the sentences with characters that are open.
fn ask(text: &[char], open: &[(usize, usize)], found: &mut [Reading]) {
    let mut rest = open;
    while let Some(&(first, _)) = rest.first() {
        let ends = |c: &char| matches!(c, '。' | '！' | '？' | '；' | '\n' | '!' | '?');
        let from = text[..first].iter().rposition(ends).map_or(0, |end| end + 1);
        let to = text[first..].iter().position(ends).map_or(text.len(), |end| first + end + 1);
        let (inside, behind) = rest.split_at(rest.partition_point(|&(at, _)| at < to));
        let wanted: Vec<usize> = inside.iter().map(|&(at, _)| at - from).collect();
        for (syllable, &(_, place)) in heard(&text[from..to], wanted).into_iter().zip(inside) {
            if let Some(syllable) = syllable {
                (found[place].syllable, found[place].basis) = (Cow::Borrowed(syllable), Basis::Sentence);
            }
        }
        rest = behind;
    }
}

/// What the network makes of the polyphones of a sentence. A verse is read for its check, its page and its sheet, so sentences that were
/// read a moment ago are remembered.
fn heard(sentence: &[char], wanted: Vec<usize>) -> Vec<Option<&'static str>> {
    type Heard = BTreeMap<(Vec<char>, Vec<usize>), Vec<Option<&'static str>>>;
    /// Sentences that are remembered at most.
    const MANY: usize = 4096;
    static HEARD: Mutex<Heard> = Mutex::new(BTreeMap::new());
    let key = (sentence.to_vec(), wanted);
    if let Some(known) = HEARD.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return known.clone();
    }
    let best = |likely: Vec<Likely>| {
        let best = likely.into_iter().max_by(|a, b| a.chance.total_cmp(&b.chance))?;
        // `r5`, the syllable that melts into the one before, is written out as in the phrases.
        Some(if best.syllable == "r5" { "er5" } else { best.syllable })
    };
    let found: Vec<_> = Network::get().likely(&key.0, &key.1).into_iter().map(best).collect();
    let mut known = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MANY {
        known.clear();
    }
    known.insert(key, found.clone());
    found
}

/// What a character can be read as, the likeliest of the lexicon first; one where it has one reading, none where it has none.
pub fn possible(c: char) -> Vec<&'static str> {
    let first = alone(Lexicon::get(), c);
    let others = Polyphones::get().readings(c).into_iter().flatten().filter(|one| Some(*one) != first);
    first.into_iter().chain(others.filter(|one| *one != "r5")).collect()
}

/// How a character is mostly read when no word decides.
fn alone(lexicon: &'static Lexicon, c: char) -> Option<&'static str> {
    lexicon.character(c).or_else(|| Some(c.to_pinyin()?.with_tone_num_end()))
}

/// A syllable as it stands in an address: without tone, and with `v` for ü, which is what every Chinese keyboard has
/// for it (`lv` is 绿, `lu` is 路). Passports write `yu`; but 鱼 is that, and an address is typed, not pronounced.
pub(super) fn plain(syllable: &str) -> String {
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
