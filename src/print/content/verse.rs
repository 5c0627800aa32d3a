//! Verse with a reading for every Chinese character.
//!
//! Refuses: to guess over the author's own `行{háng}`, or over the site's words.
//! Invariant: the characters are those of the verse, in order.

use super::tree::{BlockKind, Part, Stanza, Syllable};
use crate::source::doc::{Verse, VerseLine, VersePart};
use crate::text::pinyin::{change, marked, readings};
use crate::text::verse::MOST_LINES;
use std::collections::BTreeMap;

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
    let mut parts = Vec::new();
    // What is sung in one breath is read in one piece: a word may stand across a reading that the author gave.
    let mut sung = String::new();
    let mut given: BTreeMap<usize, &str> = BTreeMap::new();
    for part in &line.parts {
        match part {
            VersePart::Text(text) => sung.push_str(text),
            VersePart::Reading { character, reading } => {
                given.insert(sung.len(), reading);
                sung.push(*character);
            }
            VersePart::Aside(aside) => {
                parts.extend(chars(&sung, &given, own));
                sung.clear();
                given.clear();
                parts.push(Part::Aside { s: aside.clone() });
            }
        }
    }
    parts.extend(chars(&sung, &given, own));
    parts
}

fn chars(text: &str, given: &BTreeMap<usize, &str>, own: Option<&BTreeMap<String, String>>) -> Option<Part> {
    let found = own.map_or_else(Vec::new, |own| readings(text, own));
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
        match c.last_mut() {
            // Numbers and Latin words stay in one piece.
            Some(last) if read.is_none() && word && joins => last.s.push(sign),
            _ => c.push(Syllable { s: sign.to_string(), p: read.clone(), v: spoken.map(|one| marked(&one)) }),
        }
        joins = word && read.is_none();
    }
    (!c.is_empty()).then_some(Part::Chars { c })
}
