//! Verse with a reading for every Chinese character.
//!
//! Refuses: to guess over the author's own `行{háng}`, or over the site's words.
//! Invariant: the characters are those of the verse, in order.

use super::tree::{BlockKind, Part, Stanza, Syllable};
use crate::source::doc::{Verse, VerseLine, VersePart};
use crate::text::numerals;
use crate::text::pinyin::{change, marked, readings};
use crate::text::verse::{self, MOST_LINES, Spoken};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn block(verse: &Verse, own: &BTreeMap<String, String>) -> BlockKind {
    // What no paper holds is counted and refused later; to read it would take long for nothing.
    let own = Some(own).filter(|_| verse.length() <= MOST_LINES);
    let stanza = |stanza: &crate::source::doc::Stanza| Stanza {
        title: stanza.title.as_ref().map(|title| title.value.clone()),
        lines: stanza.lines.iter().map(|one| read(one, own)).collect(),
    };
    BlockKind::Verse { stanzas: verse.stanzas.iter().map(stanza).collect() }
}

/// A line with a reading for every Chinese character.
pub fn line(line: &VerseLine, own: &BTreeMap<String, String>) -> Vec<Part> {
    read(line, Some(own))
}

fn read(line: &VerseLine, own: Option<&BTreeMap<String, String>>) -> Vec<Part> {
    let (mut parts, rest) = match role(line) {
        Some((parts, rest)) => (parts, rest),
        None => (Vec::new(), line.parts.clone()),
    };
    // What is sung in one breath is read in one piece: a word may stand across a reading that the author gave.
    let mut sung = Sung::default();
    let whole = !rest.iter().any(|part| matches!(part, VersePart::Aside(_)));
    for part in &rest {
        match part {
            VersePart::Text(text) => sung.text.push_str(text),
            VersePart::Reading { character, reading } => {
                sung.given.insert(sung.text.len(), reading);
                sung.text.push(*character);
            }
            VersePart::Aside(aside) => {
                parts.extend(std::mem::take(&mut sung).chars(own, false));
                parts.push(Part::Aside { s: aside.clone() });
            }
        }
    }
    parts.extend(sung.chars(own, whole));
    parts
}

/// The role before a line with what it does meanwhile, and the line without it.
fn role(line: &VerseLine) -> Option<(Vec<Part>, Vec<VersePart>)> {
    match &line.parts[..] {
        [VersePart::Text(first), rest @ ..] if verse::role(first) > 0 => {
            let (role, said) = first.split_at(verse::role(first));
            let said = VersePart::Text(said.trim_start().to_owned());
            let rest = std::iter::once(said).chain(rest.iter().cloned()).collect();
            Some((vec![Part::Role { s: verse::role_name(role).to_owned() }], rest))
        }
        [VersePart::Text(first), VersePart::Aside(aside), VersePart::Text(said), rest @ ..]
            if verse::role(&format!("{first}（{aside}）{said}")) > 0 =>
        {
            let said = VersePart::Text(said.trim_start_matches(['：', ':']).trim_start().to_owned());
            let rest = std::iter::once(said).chain(rest.iter().cloned()).collect();
            Some((
                vec![Part::Role { s: verse::role_name(first).to_owned() }, Part::Aside { s: aside.clone() }],
                rest,
            ))
        }
        _ => None,
    }
}

/// Gives numbers the reading of what is said for them: 96110 jiǔ liù yāo yāo líng, 50 wǔ shí.
fn say_numbers(syllables: &mut [Syllable]) {
    for at in 0..syllables.len() {
        let number = syllables[at].s.clone();
        if syllables[at].p.is_some() || !number.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        // What is counted decides: 110 is a number to ring, 110元 a sum.
        let behind: String = syllables[at + 1..].iter().take(2).map(|one| one.s.as_str()).collect();
        let before: String = syllables[at.saturating_sub(4)..at].iter().map(|one| one.s.as_str()).collect();
        let said = numerals::said(&format!("{before}{number}{behind}"));
        let Some(words) = said.strip_prefix(&*before).and_then(|said| said.strip_suffix(&*behind)) else {
            continue;
        };
        let read: Vec<String> =
            readings(words, &BTreeMap::new()).iter().map(|one| marked(&one.syllable)).collect();
        syllables[at].p = (!read.is_empty()).then(|| read.join(" "));
    }
}

/// A part of a line that is sung, with the readings that the author gave by their places.
#[derive(Default)]
struct Sung<'l> {
    text: String,
    given: BTreeMap<usize, &'l str>,
}

impl Sung<'_> {
    /// Its characters; `whole` says that it is the whole line, which rests where its form says.
    fn chars(self, own: Option<&BTreeMap<String, String>>, whole: bool) -> Option<Part> {
        let Self { text, given } = self;
        let found = own.map_or_else(Vec::new, |own| readings(&text, own));
        let heard = own.map(|own| Spoken::of(&text, own));
        let rest = heard.as_ref().filter(|_| whole).and_then(|heard| heard.caesura(&text));
        let rolling: BTreeSet<usize> = heard.iter().flat_map(Spoken::rolling_places).collect();
        let mut reads = found.iter().peekable();
        let mut line: Vec<change::Read> = Vec::new();
        for (at, sign) in text.char_indices() {
            let read = reads.next_if(|reading| reading.at == at).map(|reading| &*reading.syllable);
            // What the author wrote is spoken as it is written.
            line.push((sign, read.filter(|_| !given.contains_key(&at))));
        }
        let spoken = change::spoken(&line);
        let mut c: Vec<Syllable> = Vec::new();
        let mut joins = false;
        for (((at, sign), (_, read)), spoken) in text.char_indices().zip(&line).zip(spoken) {
            let read = given.get(&at).copied().or(*read).map(marked);
            let word = sign.is_ascii_alphanumeric();
            // A mark is a rest of its own.
            let spoken_before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
            match c.last_mut() {
                // 儿 that rolls the syllable before has no reading of its own: 花园儿 huā yuánr.
                Some(last) if rolling.contains(&at) && !given.contains_key(&at) && last.p.is_some() => {
                    last.s.push(sign);
                    for reading in [&mut last.p, &mut last.v].into_iter().flatten() {
                        reading.push('r');
                    }
                }
                // Numbers and Latin words stay in one piece.
                Some(last) if read.is_none() && word && joins => last.s.push(sign),
                _ => c.push(Syllable {
                    s: sign.to_string(),
                    p: read.clone(),
                    v: spoken.map(|one| marked(&one)),
                    r: rest == Some(at) && spoken_before,
                }),
            }
            joins = word && read.is_none();
        }
        if own.is_some() {
            say_numbers(&mut c);
        }
        (!c.is_empty()).then_some(Part::Chars { c })
    }
}
