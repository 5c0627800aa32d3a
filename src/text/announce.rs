//! A text as a loudspeaker says it: numbers in words, in breaths, what matters twice.
//!
//! Refuses: to leave anything out; where it is too long, it says which passages take the most time.
//! Invariant: each passage's words are said in order; a time is that of the characters at [`PACE`].

use super::numerals;
use super::pinyin::{self, Basis, marked};
use serde::Serialize;
use std::collections::BTreeMap;

/// Characters a minute: slow enough for a loudspeaker between houses.
pub const PACE: usize = 200;
/// Characters of one breath.
const BREATH: usize = 16;
/// Listeners stay for three minutes.
pub const LONGEST: usize = 180;

/// A sentence to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sentence {
    /// Its breaths, numbers in words.
    pub breaths: Vec<String>,
    /// Whether it is said once more: it tells a number to ring, a time or a place.
    pub twice: bool,
    /// Characters that are easily misread here, with their readings.
    pub readings: Vec<(String, String)>,
    /// The number of the passage it stands in.
    pub passage: usize,
}

/// A text to say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Script {
    /// Its sentences.
    pub sentences: Vec<Sentence>,
    /// How long it takes.
    pub seconds: usize,
    /// Where it takes too long: the passages that take the longest, by their first words, with their seconds.
    pub cut: Vec<(String, usize)>,
}

/// The script of a text, given passage by passage. `own` are the site's words with their readings.
pub fn script(passages: &[String], own: &BTreeMap<String, String>) -> Script {
    let mut script = Script::default();
    let mut times: Vec<(usize, usize)> = Vec::new();
    let mut all = 0;
    for (number, passage) in passages.iter().enumerate() {
        let mut length = 0;
        for sentence in sentences(passage) {
            let said = numerals::said(sentence);
            let twice = matters(sentence);
            length += spoken(&said) * if twice { 2 } else { 1 };
            script.sentences.push(Sentence {
                readings: difficult(&said, own),
                breaths: breaths(&said),
                twice,
                passage: number,
            });
        }
        all += length;
        times.push((length, number));
    }
    script.seconds = seconds(all);
    if script.seconds > LONGEST {
        times.sort_by_key(|&(length, number)| (std::cmp::Reverse(length), number));
        let begins = |number: usize| passages[number].chars().take(12).collect();
        script.cut =
            times.iter().take(3).map(|&(length, number)| (begins(number), seconds(length))).collect();
    }
    script
}

fn seconds(characters: usize) -> usize {
    (characters * 60).div_ceil(PACE)
}

/// Characters that are spoken.
fn spoken(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

/// The sentences of a passage.
fn sentences(passage: &str) -> impl Iterator<Item = &str> {
    let ends = |c: char| matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | '\n');
    let closes = |c: char| matches!(c, '”' | '’' | '」' | '）');
    let mut rest = passage;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(ends).map_or(rest.len(), |at| {
            let mut end = at + rest[at..].chars().next().map_or(0, char::len_utf8);
            while let Some(c) = rest[end..].chars().next().filter(|c| ends(*c) || closes(*c)) {
                end += c.len_utf8();
            }
            end
        });
        let (sentence, behind) = rest.split_at(end);
        rest = behind;
        Some(sentence.trim_end())
    })
    .filter(|sentence| spoken(sentence) > 0)
}

/// Whether a sentence tells what a listener wants to write down.
fn matters(sentence: &str) -> bool {
    const TOLD: &[&str] =
        &["电话", "拨打", "打110", "打119", "打120", "热线", "地点", "地址", "时间：", "集合"];
    let digits = sentence.chars().filter(char::is_ascii_digit).count();
    let clock = ["点", ":", "："].iter().any(|mark| {
        sentence.match_indices(mark).any(|(at, _)| sentence[..at].ends_with(|c: char| c.is_ascii_digit()))
    });
    let day = ["月", "日", "号"].iter().any(|mark| {
        sentence.match_indices(mark).any(|(at, _)| sentence[..at].ends_with(|c: char| c.is_ascii_digit()))
    });
    (digits >= 3 && TOLD.iter().any(|word| sentence.contains(word)))
        || clock
        || day
        || sentence.starts_with("地点")
}

/// A sentence in breaths: at its marks, and where there are none, between words.
fn breaths(sentence: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in sentence.split_inclusive(['，', '、', '：', '；', ',', '—']) {
        match pieces.last_mut() {
            Some(last) if spoken(last) + spoken(piece) <= BREATH => last.push_str(piece),
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.iter().flat_map(|piece| halves(piece)).collect()
}

/// A piece that is longer than a breath, cut between words near its middle.
fn halves(piece: &str) -> Vec<String> {
    if spoken(piece) <= BREATH {
        return vec![piece.to_owned()];
    }
    let middle = piece.len() / 2;
    let cuts = pinyin::words(piece).into_iter().filter(|&at| at > 0 && at < piece.len());
    match cuts.min_by_key(|at| at.abs_diff(middle)) {
        Some(at) => [&piece[..at], &piece[at..]].into_iter().flat_map(halves).collect(),
        None => vec![piece.to_owned()],
    }
}

/// Polyphones that are not read here as they mostly are.
fn difficult(said: &str, own: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for reading in pinyin::readings(said, own) {
        let Some(c) = said[reading.at..].chars().next() else { continue };
        let light = reading.syllable.ends_with('5');
        let usual = pinyin::possible(c).first().is_some_and(|first| *first == reading.syllable);
        let pair = (c.to_string(), marked(&reading.syllable));
        if reading.basis != Basis::Character && !usual && !light && !found.contains(&pair) {
            found.push(pair);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(passages: &[&str]) -> Script {
        let passages: Vec<String> = passages.iter().map(|one| (*one).to_owned()).collect();
        script(&passages, &BTreeMap::new())
    }

    #[test]
    fn what_matters_is_said_twice_and_numbers_in_words() {
        let script =
            of(&["接到这样的电话，先挂断。拿不准的，拨打96110问一问。", "11月20日9:00在龙潭村院坝开会。"]);
        let twice: Vec<bool> = script.sentences.iter().map(|one| one.twice).collect();
        assert_eq!(twice, [false, true, true]);
        assert_eq!(script.sentences[1].breaths.concat(), "拿不准的，拨打九六幺幺零问一问。");
        assert!(script.sentences[2].breaths.concat().starts_with("十一月二十日九点在"));
        assert!(script.cut.is_empty());
    }

    #[test]
    fn no_breath_is_too_long_and_nothing_is_lost() {
        let long =
            "请各位村民朋友在冬季用火用电高峰期间务必做好家庭防火安全检查工作并及时清理房前屋后可燃物。";
        let script = of(&[long]);
        assert_eq!(script.sentences[0].breaths.concat(), long);
        assert!(script.sentences[0].breaths.iter().all(|breath| spoken(breath) <= BREATH), "{script:?}");
    }

    #[test]
    fn what_is_too_long_names_what_to_cut() {
        let short = "先挂电话。";
        let long = "骗子的花样很多。".repeat(100);
        let script = of(&[short, &long]);
        assert_eq!(script.seconds, seconds(4 + 700));
        assert_eq!(script.cut[0].0, "骗子的花样很多。骗子的花");
    }

    #[test]
    fn readings_that_are_easily_missed_are_told() {
        let script = of(&["欠的钱要还。"]);
        assert_eq!(script.sentences[0].readings, [("还".to_owned(), "huán".to_owned())]);
    }
}
