//! Cutting Chinese into words, as far as readings need it.
//!
//! Among all ways to cover the text with words of the lexicon and single characters the one with the fewest words wins
//! (Chen and Liu, "Word identification for Mandarin Chinese sentences", COLING 1992, begin with the same rule); then
//! the one with more of our own outreach words, then the one with words of more even length, then the longer first word.
//! The site's own words come before all of these.
//!
//! Invariant: the words cover the text in order and without gaps.

use super::lexicon::{LONGEST, Lexicon};
use std::collections::BTreeMap;
use std::ops::Range;

/// Longest of the site's own words, in characters.
const LONGEST_OWN: usize = 12;

/// A word: which characters it holds, and what is known of their readings.
pub(super) struct Word<'o> {
    pub range: Range<usize>,
    pub readings: Readings<'o>,
}

/// What is known of a word's readings.
#[derive(Clone)]
pub(super) enum Readings<'o> {
    /// As the site wrote them, divided by spaces.
    Site(&'o str),
    /// One for each character, of a phrase.
    Word(Vec<&'static str>),
    /// One for each character, of a word of outreach.
    Outreach(&'static [&'static str]),
    /// It is a single character.
    Alone,
}

/// What a way to go on from a place costs; the smallest wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Cost {
    /// Minus the characters in the site's own words.
    own: i32,
    words: i32,
    /// Minus the characters in words of outreach.
    outreach: i32,
    /// Sum of squared lengths.
    uneven: i32,
}

/// What stands at a place: how long it is and what is known of it.
#[derive(Clone, Copy)]
enum Step<'o> {
    Site(usize, &'o str),
    Outreach(usize, &'static [&'static str]),
    Phrase(usize, usize),
    Alone,
}

impl Step<'_> {
    fn length(&self) -> usize {
        match self {
            Self::Site(length, _) | Self::Outreach(length, _) | Self::Phrase(length, _) => *length,
            Self::Alone => 1,
        }
    }

    fn cost(&self, rest: Cost) -> Cost {
        let length = i32::try_from(self.length()).expect("words are short");
        let own = if matches!(self, Self::Site(..)) { length } else { 0 };
        let outreach = if matches!(self, Self::Outreach(..)) { length } else { 0 };
        Cost {
            own: rest.own - own,
            words: rest.words + 1,
            outreach: rest.outreach - outreach,
            uneven: rest.uneven + length * length,
        }
    }
}

/// Cuts a text, given with its characters, into words.
pub(super) fn segment<'o>(
    lexicon: &'static Lexicon,
    text: &str,
    characters: &[(usize, char)],
    own: &'o BTreeMap<String, String>,
) -> Vec<Word<'o>> {
    let indices: Vec<Option<u16>> = characters.iter().map(|&(_, c)| lexicon.index(c)).collect();
    let byte = |at: usize| characters.get(at).map_or(text.len(), |&(byte, _)| byte);
    // From the end: the best way to go on from every place.
    let mut best: Vec<(Cost, Step)> = vec![(Cost::default(), Step::Alone); characters.len() + 1];
    let mut steps = Vec::new();
    for start in (0..characters.len()).rev() {
        steps.clear();
        steps.push(Step::Alone);
        let longest = LONGEST_OWN.min(characters.len() - start);
        if !own.is_empty() {
            for length in 1..=longest {
                if let Some((_, reading)) = own.get_key_value(&text[byte(start)..byte(start + length)]) {
                    // A single character's reading is for where no longer word decides.
                    steps.push(Step::Site(length, reading));
                }
            }
        }
        if indices[start].is_some() {
            for length in 2..=longest.min(LONGEST) {
                if let Some(reading) = lexicon.outreach(&text[byte(start)..byte(start + length)]) {
                    steps.push(Step::Outreach(length, reading));
                }
            }
            lexicon.phrases(&indices[start..], |length, phrase| steps.push(Step::Phrase(length, phrase)));
        }
        let rated = steps.iter().map(|step| {
            let mut cost = step.cost(best[start + step.length()].0);
            if matches!(step, Step::Site(1, _)) {
                cost.own += 1;
                cost.outreach -= 1;
            }
            (cost, *step)
        });
        // Of equals the longer one, so that reading from the left decides.
        best[start] = rated
            .min_by_key(|(cost, step)| (*cost, std::cmp::Reverse(step.length())))
            .expect("one character is always a step");
    }
    let mut words = Vec::new();
    let mut at = 0;
    while at < characters.len() {
        let step = best[at].1;
        let range = at..at + step.length();
        at = range.end;
        let readings = match step {
            Step::Site(_, reading) => Readings::Site(reading),
            Step::Outreach(_, syllables) => Readings::Outreach(syllables),
            Step::Phrase(_, phrase) => Readings::Word(lexicon.syllables(phrase).collect()),
            Step::Alone => Readings::Alone,
        };
        words.push(Word { range, readings });
    }
    words
}
