//! Packs the lexicon from the lists that `data/README.md` names, and measures it. Not part of the program: it is run by
//! hand when a list changes, `YUANBA_POLYPHONE=<folder> cargo test --lib pack -- --ignored --nocapture`.
//!
//! The form, all numbers little-endian: the syllables (`u16` count; length in a byte, letters); the characters of all
//! phrases in order (`u16` count; `u32` character, `u16` the syllable it has in most phrases); the phrases in order
//! (`u32` count; a byte with how many characters it shares with the one before and how many follow, those as `u16`
//! indices); where a phrase differs from the syllables above (`u32` count; `u16` distance, `u16` syllable); and the
//! characters that are read otherwise when alone (`u16` count; `u16` index, `u16` syllable).
//!
//! Refuses: phrases longer than [`LONGEST`], or without a syllable for each character.
//! Invariant: the same lists give the same bytes.

use super::lexicon::LONGEST;
use super::{plain, readings};
use std::collections::BTreeMap;
use std::path::Path;

type Counts<K> = BTreeMap<K, BTreeMap<String, u32>>;

/// Phrases with their syllables; of two lists the first one counts.
fn phrases(lists: &[String]) -> BTreeMap<Vec<char>, Vec<String>> {
    let mut phrases = BTreeMap::new();
    for line in lists.iter().flat_map(|list| list.lines()) {
        let Some((word, reading)) = line.split_once('\t') else { continue };
        let (word, reading): (Vec<char>, Vec<String>) =
            (word.chars().collect(), reading.split(' ').map(str::to_owned).collect());
        if word.len() == reading.len() && (2..=LONGEST).contains(&word.len()) {
            phrases.entry(word).or_insert(reading);
        }
    }
    phrases
}

/// The most frequent of several; of equals the first in the alphabet.
fn most(counts: &BTreeMap<String, u32>) -> String {
    let best =
        counts.iter().max_by_key(|(syllable, count)| (**count, std::cmp::Reverse((*syllable).clone())));
    best.map(|(syllable, _)| syllable.clone()).unwrap_or_default()
}

fn put(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u16::try_from(number).expect("small").to_le_bytes());
}

fn put_count(bytes: &mut Vec<u8>, number: usize) {
    bytes.extend(u32::try_from(number).expect("small").to_le_bytes());
}

/// The packed bytes of phrases and of readings alone.
fn pack(phrases: &BTreeMap<Vec<char>, Vec<String>>, alone: &BTreeMap<char, String>) -> Vec<u8> {
    let mut counts: Counts<char> = Counts::new();
    for (word, reading) in phrases {
        for (c, syllable) in word.iter().zip(reading) {
            *counts.entry(*c).or_default().entry(syllable.clone()).or_default() += 1;
        }
    }
    let usual: BTreeMap<char, String> = counts.iter().map(|(c, counts)| (*c, most(counts))).collect();
    let mut syllables: Vec<&String> = phrases.values().flatten().chain(alone.values()).collect();
    syllables.sort();
    syllables.dedup();
    let syllable = |of: &String| syllables.binary_search(&of).expect("collected above");
    let characters: Vec<char> = usual.keys().copied().collect();
    let index = |c: char| characters.binary_search(&c).expect("collected above");
    let mut bytes = Vec::new();
    put(&mut bytes, syllables.len());
    for text in &syllables {
        bytes.push(u8::try_from(text.len()).expect("short"));
        bytes.extend(text.bytes());
    }
    put(&mut bytes, characters.len());
    for (c, reading) in &usual {
        put_count(&mut bytes, *c as usize);
        put(&mut bytes, syllable(reading));
    }
    put_count(&mut bytes, phrases.len());
    let mut before: &[char] = &[];
    let (mut at, mut last, mut differing) = (0, 0, Vec::new());
    for (word, reading) in phrases {
        let shared = word.iter().zip(before).take_while(|(a, b)| a == b).count();
        bytes.push(u8::try_from(shared << 4 | (word.len() - shared)).expect("both below 16"));
        for c in &word[shared..] {
            put(&mut bytes, index(*c));
        }
        for (c, one) in word.iter().zip(reading) {
            if usual[c] != *one {
                differing.push((at - last, syllable(one)));
                last = at;
            }
            at += 1;
        }
        before = word;
    }
    put_count(&mut bytes, differing.len());
    for (distance, one) in differing {
        put(&mut bytes, distance);
        put(&mut bytes, one);
    }
    let alone: Vec<_> =
        alone.iter().filter(|(c, one)| usual.get(c).is_some_and(|usual| usual != *one)).collect();
    put(&mut bytes, alone.len());
    for (c, one) in alone {
        put(&mut bytes, index(*c));
        put(&mut bytes, syllable(one));
    }
    bytes
}

/// The labelled sentences of a benchmark: text, the byte of the polyphone, its reading.
fn sentences(folder: &Path) -> Vec<(String, usize, String)> {
    let read = |name: &str| text(&folder.join(name));
    let (sentences, labels) = (read("cpp-dev.sent"), read("cpp-dev.lb"));
    let pairs = sentences.lines().zip(labels.lines());
    pairs
        .map(|(sentence, label)| {
            let at = sentence.find('▁').expect("the polyphone is marked");
            // `r5`, the syllable that melts into the one before, is written out as in the phrases.
            (sentence.replace('▁', ""), at, label.trim().replace("r5", "er5"))
        })
        .collect()
}

fn folder() -> std::path::PathBuf {
    #[expect(clippy::disallowed_methods, reason = "run by hand")]
    std::env::var_os("YUANBA_POLYPHONE").expect("YUANBA_POLYPHONE names the folder of the lists").into()
}

fn text(path: &Path) -> String {
    #[expect(clippy::disallowed_methods, reason = "run by hand")]
    std::fs::read_to_string(path).expect("a list")
}

#[test]
#[ignore = "run by hand when a list changes"]
fn pack_the_lists() {
    let folder = folder();
    let list = |name: &str| text(&folder.join(name));
    let phrases = phrases(&[list("phrases-pypinyin.tsv"), list("phrases-cedict.tsv")]);
    // How polyphones are read where no phrase holds them. Counted with the lexicon packed last, so run it twice.
    let mut counts: Counts<char> = Counts::new();
    for (sentence, at, label) in sentences(&folder) {
        let covered = readings(&sentence, &BTreeMap::new()).into_iter().find(|one| one.at == at);
        if covered.is_some_and(|one| one.basis == super::Basis::Character) {
            let c = sentence[at..].chars().next().expect("marked");
            *counts.entry(c).or_default().entry(label).or_default() += 1;
        }
    }
    let alone = counts.iter().map(|(c, counts)| (*c, most(counts))).collect();
    let bytes = pack(&phrases, &alone);
    println!("{} phrases, {} bytes", phrases.len(), bytes.len());
    #[expect(clippy::disallowed_methods, reason = "run by hand")]
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/data/phrases.bin"), bytes)
        .expect("written");
}

#[test]
#[ignore = "run by hand when a list changes"]
fn measure() {
    let (mut right, mut toneless, mut all) = (0u32, 0u32, 0u32);
    for (sentence, at, label) in sentences(&folder()) {
        let found = readings(&sentence, &BTreeMap::new()).into_iter().find(|one| one.at == at);
        let found = found.map(|one| one.syllable.into_owned()).unwrap_or_default();
        right += u32::from(found == label);
        toneless += u32::from(plain(&found) == plain(&label));
        all += 1;
    }
    println!("{right} with tone, {toneless} without, of {all}");
}

#[test]
fn packing_is_undone_by_unpacking() {
    let list = "长大\tzhang3 da4\n长城\tchang2 cheng2\n长度\tchang2 du4\n大大的\tda4 da4 de5\n𥻗子\tcha2 zi5\n太长太长太长太长太长\tx\n";
    let phrases = phrases(&[list.to_owned()]);
    assert_eq!(phrases.len(), 5);
    let bytes = pack(&phrases, &BTreeMap::from([('长', "zhang3".to_owned()), ('大', "da4".to_owned())]));
    let lexicon = super::Lexicon::unpack(bytes.leak()).expect("whole");
    assert_eq!(lexicon.character('长'), Some("zhang3"), "chang2 in most phrases, zhang3 alone");
    for (word, reading) in &phrases {
        let text: Vec<_> = word.iter().map(|&c| lexicon.index(c)).collect();
        let mut found = Vec::new();
        lexicon.phrases(&text, |length, phrase| found.push((length, phrase)));
        assert_eq!(found.len(), 1, "{word:?}");
        assert_eq!(lexicon.syllables(found[0].1).collect::<Vec<_>>(), *reading);
    }
}
