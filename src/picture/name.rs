//! Public names of pictures. Names of files tell more than staff think: the moment it was taken
//! (`IMG_20260501_093015`), somebody's number, whole sentences.
//!
//! Invariant: a public name is of `a-z`, `0-9` and `-`, and carries no run of six or more digits.

use pinyin::ToPinyin;

const MAX_LEN: usize = 40;
const DIGITS_THAT_TELL: usize = 6;

/// A public stem for the file name `stem`; empty where nothing of it can be kept.
pub fn public_stem(stem: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in stem.chars() {
        if c.is_ascii_alphanumeric() {
            let word = words.last_mut().expect("there is always a word");
            let digit_meets_letter = word.ends_with(|last: char| last.is_ascii_digit() != c.is_ascii_digit());
            if digit_meets_letter && c.is_ascii_digit() {
                words.push(c.to_string());
            } else {
                word.push(c.to_ascii_lowercase());
            }
        } else {
            words.push(c.to_pinyin().map(|syllable| ascii(syllable.plain())).unwrap_or_default());
            if c.to_pinyin().is_some() {
                words.push(String::new());
            }
        }
    }
    words.retain(|word| !word.is_empty());
    let mut stem = String::new();
    for word in drop_numbers(&words) {
        if stem.len() + 1 + word.len() > MAX_LEN {
            break;
        }
        if !stem.is_empty() {
            stem.push('-');
        }
        stem.push_str(&word);
    }
    stem
}

/// Pinyin's `ü` as passports write it.
fn ascii(syllable: &str) -> String {
    syllable.replace('ü', "yu")
}

/// Drops neighbouring words of digits that together are long enough to be a moment or somebody's number.
fn drop_numbers(words: &[String]) -> Vec<String> {
    let digits = |word: &String| word.bytes().filter(u8::is_ascii_digit).count();
    let numeric = |word: &String| word.starts_with(|c: char| c.is_ascii_digit());
    words
        .chunk_by(|a, b| numeric(a) && numeric(b))
        .filter(|run| !(numeric(&run[0]) && run.iter().map(digits).sum::<usize>() >= DIGITS_THAT_TELL))
        .flatten()
        .cloned()
        .collect()
}
