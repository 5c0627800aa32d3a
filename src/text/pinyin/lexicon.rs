//! The lexicon of readings: packed phrases, the common reading of every character in them, and words of outreach.
//!
//! Refuses: to be loaded before it is needed; a site whose names are all Latin never pays for it.
//! Invariant: the phrases are sorted by the indices of their characters, so that those which continue a text are one
//! stretch, narrowed sign by sign.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Longest phrase, in characters.
pub(super) const LONGEST: usize = 8;

/// 63,507 phrases in 374 KB; `data/README.md` tells where they come from, `pack.rs` how they are packed.
static PACKED: &[u8] = include_bytes!("../data/phrases.bin");
/// Words of police outreach, and mends of the phrases: `word reading…` a line.
static OUTREACH: &str = include_str!("../data/outreach.txt");

/// The unpacked lexicon.
pub(super) struct Lexicon {
    syllables: Vec<&'static str>,
    /// Sorted; the place is the character's index.
    characters: Vec<char>,
    /// By character index: how it is mostly read alone.
    alone: Vec<u16>,
    /// Characters of all phrases, one after another, as indices.
    signs: Vec<u16>,
    /// As many syllables.
    readings: Vec<u16>,
    /// Where each phrase begins in both; one more at the end.
    starts: Vec<u32>,
    /// By character index: the first phrase that begins with it; one more at the end.
    first: Vec<u32>,
    outreach: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Lexicon {
    /// The lexicon, unpacked at the first call.
    pub fn get() -> &'static Self {
        static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
            let mut lexicon = Lexicon::unpack(PACKED).expect("the packed file is ours");
            lexicon.outreach = outreach(OUTREACH);
            lexicon
        });
        &LEXICON
    }

    /// Unpacks the form that `pack.rs` describes; none where it ends early.
    pub(super) fn unpack(bytes: &'static [u8]) -> Option<Self> {
        let mut bytes = Bytes(bytes);
        let syllables: Vec<&str> = (0..bytes.u16()?).map(|_| bytes.text()).collect::<Option<_>>()?;
        let count = bytes.u16()?;
        let (mut characters, mut alone) = (Vec::new(), Vec::new());
        for _ in 0..count {
            characters.push(char::from_u32(bytes.u32()?)?);
            alone.push(bytes.u16()?);
        }
        let phrases = bytes.u32()?;
        let (mut signs, mut starts): (Vec<u16>, Vec<u32>) = (Vec::new(), vec![0]);
        let mut first = vec![0; characters.len() + 1];
        let mut last = 0;
        for _ in 0..phrases {
            let header = bytes.u8()?;
            let shared = last..last + usize::from(header >> 4);
            last = signs.len();
            signs.extend_from_within(shared);
            for _ in 0..header & 0xF {
                signs.push(bytes.u16()?);
            }
            starts.push(u32::try_from(signs.len()).ok()?);
            first[usize::from(signs[last]) + 1] += 1;
        }
        for at in 1..first.len() {
            first[at] += first[at - 1];
        }
        let mut readings: Vec<u16> = signs.iter().map(|&sign| alone[usize::from(sign)]).collect();
        let mut at = 0;
        for _ in 0..bytes.u32()? {
            at += bytes.u16()? as usize;
            readings[at] = bytes.u16()?;
        }
        // A second table: the reading alone is not always the one that most phrases have.
        for _ in 0..bytes.u16()? {
            let character = usize::from(bytes.u16()?);
            alone[character] = bytes.u16()?;
        }
        Some(Self { syllables, characters, alone, signs, readings, starts, first, outreach: BTreeMap::new() })
    }

    /// The index of a character, if any phrase holds it.
    pub fn index(&self, c: char) -> Option<u16> {
        self.characters.binary_search(&c).ok().and_then(|at| u16::try_from(at).ok())
    }

    /// How a character is mostly read alone.
    pub fn character(&self, c: char) -> Option<&'static str> {
        self.index(c).map(|index| self.syllables[usize::from(self.alone[usize::from(index)])])
    }

    /// The readings of a word of outreach.
    pub fn outreach(&self, word: &str) -> Option<&[&'static str]> {
        self.outreach.get(word).map(Vec::as_slice)
    }

    /// Tells every phrase that the text begins with: its length and its number.
    pub fn phrases(&self, text: &[Option<u16>], mut found: impl FnMut(usize, usize)) {
        let Some(Some(sign)) = text.first() else { return };
        let mut range = self.first[usize::from(*sign)] as usize..self.first[usize::from(*sign) + 1] as usize;
        for (depth, sign) in text.iter().enumerate().take(LONGEST).skip(1) {
            let Some(sign) = *sign else { return };
            // Shorter phrases sort before longer ones with the same beginning.
            let from = range.start + partition(range.clone(), |phrase| self.sign(phrase, depth) < Some(sign));
            let to = from + partition(from..range.end, |phrase| self.sign(phrase, depth) <= Some(sign));
            range = from..to;
            if range.is_empty() {
                return;
            }
            if self.length(range.start) == depth + 1 {
                found(depth + 1, range.start);
            }
        }
    }

    fn length(&self, phrase: usize) -> usize {
        (self.starts[phrase + 1] - self.starts[phrase]) as usize
    }

    fn sign(&self, phrase: usize, depth: usize) -> Option<u16> {
        (depth < self.length(phrase)).then(|| self.signs[self.starts[phrase] as usize + depth])
    }

    /// The syllables of a phrase.
    pub fn syllables(&self, phrase: usize) -> impl Iterator<Item = &'static str> + '_ {
        let range = self.starts[phrase] as usize..self.starts[phrase + 1] as usize;
        self.readings[range].iter().map(|&reading| self.syllables[usize::from(reading)])
    }
}

/// How many numbers at the beginning of a range have a property that later ones lack.
fn partition(range: std::ops::Range<usize>, has: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (range.start, range.end);
    while low < high {
        let middle = low.midpoint(high);
        if has(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low - range.start
}

/// Words of outreach; `#` begins a remark.
fn outreach(text: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default());
    lines
        .filter_map(|line| {
            let mut parts = line.split_whitespace();
            Some((parts.next()?, parts.collect()))
        })
        .collect()
}

/// Little-endian numbers, one after another.
struct Bytes(&'static [u8]);

impl Bytes {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*head)
    }

    fn u8(&mut self) -> Option<u8> {
        self.take::<1>().map(|[byte]| byte)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_le_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn text(&mut self) -> Option<&'static str> {
        let length = usize::from(self.u8()?);
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_outreach_have_a_syllable_for_each_character() {
        for (word, readings) in outreach(OUTREACH) {
            assert_eq!(word.chars().count(), readings.len(), "{word}");
            assert!((2..=LONGEST).contains(&readings.len()), "{word}");
            for reading in readings {
                let (letters, tone) = reading.split_at(reading.len() - 1);
                assert!(letters.bytes().all(|b| b.is_ascii_lowercase() || b == b':'), "{word} {reading}");
                assert!(matches!(tone, "1" | "2" | "3" | "4" | "5"), "{word} {reading}");
            }
        }
    }

    #[test]
    fn every_phrase_is_found_by_its_text() {
        let lexicon = Lexicon::get();
        let count = lexicon.starts.len() - 1;
        assert!(count > 60_000, "{count}");
        for phrase in (0..count).step_by(97) {
            let range = lexicon.starts[phrase] as usize..lexicon.starts[phrase + 1] as usize;
            let text: Vec<Option<u16>> = lexicon.signs[range].iter().map(|&sign| Some(sign)).collect();
            let mut all = Vec::new();
            lexicon.phrases(&text, |length, found| all.push((length, found)));
            assert_eq!(all.last(), Some(&(text.len(), phrase)));
        }
    }

    #[test]
    fn a_cut_file_is_no_lexicon() {
        assert!(Lexicon::unpack(&PACKED[..PACKED.len() / 2]).is_none());
        assert!(Lexicon::unpack(&[]).is_none());
    }
}
