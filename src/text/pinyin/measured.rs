//! How many readings are right: on the development sentences of the CPP benchmark and on sentences of outreach.
//!
//! `YUANBA_READINGS=all` reads all sentences of the benchmark; without it every sixteenth, since the network is slow where the program
//! is compiled for finding faults.

use super::readings;
use crate::text::rhyme::{Scheme, Sound};
use std::collections::BTreeMap;

/// A sentence with the places of characters in it, and how they are read.
struct Labelled {
    text: String,
    labels: Vec<(usize, String)>,
}

/// The sentences of the benchmark: the polyphone stands between two ▁, its reading in the other list.
fn benchmark() -> Vec<Labelled> {
    let (sentences, labels) = (
        include_str!("../../../tests/data/polyphone/cpp-dev.sent"),
        include_str!("../../../tests/data/polyphone/cpp-dev.lb"),
    );
    let pairs = sentences.lines().zip(labels.lines());
    pairs
        .map(|(sentence, label)| {
            let at = sentence.find('▁').expect("the polyphone is marked");
            // `r5`, the syllable that melts into the one before, is written out as in the phrases.
            let label = label.trim().replace("r5", "er5");
            Labelled { text: sentence.replace('▁', ""), labels: vec![(at, label)] }
        })
        .collect()
}

/// Sentences of outreach, with readings in braces behind the characters.
fn outreach() -> Vec<Labelled> {
    let read = |line: &str| {
        let mut one = Labelled { text: String::new(), labels: Vec::new() };
        let mut rest = line;
        while let Some((before, behind)) = rest.split_once('{') {
            let (label, behind) = behind.split_once('}').expect("a brace closes");
            one.text.push_str(before);
            let last = before.chars().next_back().expect("a reading follows its character");
            one.labels.push((one.text.len() - last.len_utf8(), label.to_owned()));
            rest = behind;
        }
        one.text.push_str(rest);
        one
    };
    include_str!("../../../tests/data/polyphone/outreach.txt").lines().map(read).collect()
}

/// Shares of readings and of rhyme groups that are right.
fn measure(name: &str, sentences: &[Labelled]) -> (f64, f64) {
    let group = |syllable: &str| Sound::of(syllable).and_then(|sound| sound.group(Scheme::Thirteen));
    let (mut all, mut right, mut rhyming) = (0u32, 0u32, 0u32);
    let mut wrong = Vec::new();
    for Labelled { text, labels } in sentences {
        let found = readings(text, &BTreeMap::new());
        for (at, label) in labels {
            let syllable = found.iter().find(|one| one.at == *at).map_or("", |one| &*one.syllable);
            all += 1;
            right += u32::from(syllable == label);
            rhyming += u32::from(group(syllable) == group(label));
            if syllable != label {
                wrong.push(format!("{text} {label}, not {syllable}"));
            }
        }
    }
    let (readings, rhymes) = (f64::from(right) / f64::from(all), f64::from(rhyming) / f64::from(all));
    println!("{name}: {readings:.4} of {all} readings, {rhymes:.4} of rhyme groups");
    wrong.iter().take(20).for_each(|one| println!("  {one}"));
    (readings, rhymes)
}

#[test]
fn readings_of_an_encyclopaedia_are_right() {
    #[expect(clippy::disallowed_methods, reason = "how much is read is the caller's choice")]
    let all = std::env::var_os("YUANBA_READINGS").is_some_and(|value| value == "all");
    let sentences: Vec<Labelled> = benchmark().into_iter().step_by(if all { 1 } else { 16 }).collect();
    let (readings, rhymes) = measure("cpp-dev", &sentences);
    // A sixteenth of the sentences tells less exactly.
    let (least, rhyming) = if all { (0.97, 0.993) } else { (0.965, 0.988) };
    assert!(readings >= least && rhymes >= rhyming, "{readings} {rhymes}");
}

#[test]
fn readings_of_outreach_are_right() {
    let (readings, rhymes) = measure("outreach", &outreach());
    assert!(readings >= 0.98 && rhymes >= 0.98, "{readings} {rhymes}");
}
