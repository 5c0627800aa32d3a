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

/// The script of a text, given passage by passage. `own` are the site's words with their readings, `names` those of its places.
pub fn script(passages: &[String], own: &BTreeMap<String, String>, names: &[&str]) -> Script {
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
                breaths: breaths(&said, names),
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

/// Whether a sentence tells what a listener wants to write down: a number to ring, a day, a time, a place.
fn matters(sentence: &str) -> bool {
    numerals::tells_a_number(sentence)
        || numerals::tells_a_time(sentence)
        || ["地点", "地址", "集合"].iter().any(|word| sentence.starts_with(word))
}

/// A sentence in breaths: at its marks, and where there are none, between words.
fn breaths(sentence: &str, names: &[&str]) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in sentence.split_inclusive(['，', '、', '：', '；', ',', '—']) {
        match pieces.last_mut() {
            Some(last) if spoken(last) + spoken(piece) <= BREATH => last.push_str(piece),
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.iter().flat_map(|piece| halves(piece, names)).collect()
}

/// A piece that is longer than a breath, cut between words near its middle; numbers with what they count, dates, names of places and of laws
/// stay whole.
fn halves(piece: &str, names: &[&str]) -> Vec<String> {
    if spoken(piece) <= BREATH {
        return vec![piece.to_owned()];
    }
    let middle = piece.len() / 2;
    let words = pinyin::words(piece);
    let cuts = words.iter().copied().filter(|&at| at > 0 && at < piece.len() && !parts_one(piece, at, names));
    match cuts.min_by_key(|&at| (is_between_letters(&words, at, piece), at.abs_diff(middle))) {
        Some(at) => [&piece[..at], &piece[at..]].into_iter().flat_map(|part| halves(part, names)).collect(),
        None => vec![piece.to_owned()],
    }
}

/// Whether both sides of a place are words of one character, which may be a name that no list has.
fn is_between_letters(words: &[usize], at: usize, piece: &str) -> bool {
    let alone = |from: usize| {
        let next = words.iter().copied().find(|&one| one > from).unwrap_or(piece.len());
        piece[from..next].chars().count() == 1
    };
    let before = words.iter().copied().rev().find(|&one| one < at).unwrap_or_default();
    alone(before) && alone(at)
}

/// Whether a cut would part what is one: a number, a date, a name, a title between brackets; or leave a mark at the head of a breath.
fn parts_one(piece: &str, at: usize, names: &[&str]) -> bool {
    const NUMERALS: &str = "零一二两三四五六七八九十百千万亿半点幺";
    let (left, right) = piece.split_at(at);
    let (Some(last), Some(next)) = (left.chars().next_back(), right.chars().next()) else { return true };
    let number = |c: char| NUMERALS.contains(c) || c.is_ascii_alphanumeric();
    let within = |open: char, close: char| {
        left.rfind(open).is_some_and(|from| !left[from..].contains(close)) && right.contains(close)
    };
    let named =
        |name: &&str| piece.match_indices(*name).any(|(from, name)| from < at && at < from + name.len());
    number(last)
        || (number(next) && ("年月日点第周期号之百分到".contains(last)))
        || !next.is_alphanumeric() && !"（《“‘「".contains(next)
        || "（《“‘「".contains(last)
        || within('《', '》')
        || within('（', '）')
        || names.iter().any(named)
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
        script(&passages, &BTreeMap::new(), &["龙潭村"])
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

    #[test]
    fn no_breath_parts_a_number_a_date_or_a_name() {
        for (text, whole) in [
            ("请大家务必在二零二六年十二月五日以前把材料交到村委会", "十二月五日"),
            ("定于2026年12月5日14:30到16:30在镇政府三楼会议室开会", "十四点三十分"),
            ("请各位村民明天早上一起到位于镇上的龙潭村委会院坝里集合", "龙潭村"),
            ("大家都来一起学一学新修订的《反电信网络诈骗法》里面的规定", "《反电信网络诈骗法》"),
            ("上个月我们全镇一共被骗子骗走了人民币12300元整而且都没有追回", "一万二千三百元"),
        ] {
            let breaths = of(&[text]).sentences[0].breaths.clone();
            assert!(breaths.iter().any(|breath| breath.contains(whole)), "{breaths:?}");
        }
    }

    #[test]
    fn what_is_to_be_noted_is_said_twice_and_nothing_else() {
        let twice = |text: &str| of(&[text]).sentences[0].twice;
        for text in [
            "请记住三个号码：96110、12348、12345。",
            "请牢记“96110”。",
            "2026-12-05 前交材料。",
            "下午3点集合。",
        ] {
            assert!(twice(text), "{text}");
        }
        for text in ["按公通字〔2023〕5号文件办。", "18—60周岁都能办。", "第12345号执行案。", "提三点要求。"]
        {
            assert!(!twice(text), "{text}");
        }
    }
}
