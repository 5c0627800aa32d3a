//! Words that rhyme, those of outreach first.
//!
//! Refuses: to make words up; what is not in `data/rhymes.txt` is not suggested.
//! Invariant: the order follows from the list and the question alone.

use super::pinyin;
use super::rhyme::{Pitch, Scheme, Sound};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static LIST: &str = include_str!("data/rhymes.txt");

/// The topic of words that everybody says.
const EVERYDAY: &str = "日常";

/// A word that rhymes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rhyme {
    /// The word.
    pub word: &'static str,
    /// How it is read, with marks.
    pub pinyin: String,
    /// The topic of outreach that it belongs to, or 日常.
    pub topic: &'static str,
    /// Its group.
    pub group: &'static str,
    /// How many syllables it has.
    pub syllables: usize,
    /// Whether it may stand for the word that was asked about.
    pub same_sense: bool,
}

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Question<'q> {
    /// The division into groups.
    pub scheme: Scheme,
    /// The group that words must have.
    pub group: &'q str,
    /// The tone that they must have.
    pub pitch: Option<Pitch>,
    /// How many syllables.
    pub syllables: Option<usize>,
    /// A word or topic: what means the same comes first, then words of its topic.
    pub about: Option<&'q str>,
}

/// A word of the list.
struct Word {
    text: &'static str,
    topic: &'static str,
    place: usize,
    readings: Vec<String>,
}

struct Words {
    all: Vec<Word>,
    /// Which words can stand for each other.
    senses: Vec<BTreeSet<&'static str>>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut words = Words { all: Vec::new(), senses: Vec::new() };
    let mut seen = BTreeSet::new();
    let mut later = Vec::new();
    for line in LIST.lines().filter(|line| !line.starts_with('#')) {
        if let Some(senses) = line.strip_prefix("= ") {
            words.senses.push(senses.split(' ').collect());
            later.extend(senses.split(' '));
        } else if let Some((topic, list)) = line.split_once(": ") {
            list.split(' ').filter(|word| seen.insert(*word)).for_each(|word| words.add(topic, word));
        }
    }
    later.into_iter().filter(|word| seen.insert(*word)).for_each(|word| words.add(EVERYDAY, word));
    words
});

impl Words {
    fn add(&mut self, topic: &'static str, text: &'static str) {
        let readings = pinyin::readings(text, &BTreeMap::new());
        let readings = readings.into_iter().map(|one| one.syllable.into_owned()).collect();
        self.all.push(Word { text, topic, place: self.all.len(), readings });
    }

    /// Whether two words can stand for each other.
    fn same_sense(&self, one: &str, other: &str) -> bool {
        one != other && self.senses.iter().any(|senses| senses.contains(one) && senses.contains(other))
    }
}

/// The words that fit, best first: what means the same, the topic that was asked about, other topics, what everybody says.
pub fn rhymes(question: &Question) -> Vec<Rhyme> {
    let about = question.about.unwrap_or_default();
    let topic = WORDS
        .all
        .iter()
        .find(|word| word.text == about)
        .map(|word| word.topic)
        .filter(|one| *one != EVERYDAY);
    let topic = topic.unwrap_or(about);
    let mut found: Vec<((u8, usize), Rhyme)> = Vec::new();
    for word in &WORDS.all {
        let Some(sound) = word.readings.last().and_then(|reading| Sound::of(reading)) else { continue };
        let group = sound.group(question.scheme);
        let fits = group == Some(question.group)
            && question.pitch.is_none_or(|pitch| sound.pitch() == pitch)
            && question.syllables.is_none_or(|count| word.readings.len() == count)
            && word.text != about;
        if !fits {
            continue;
        }
        let same_sense = !about.is_empty() && WORDS.same_sense(about, word.text);
        let rank = match word.topic {
            _ if same_sense => 0,
            one if one == topic => 1,
            EVERYDAY => 3,
            _ => 2,
        };
        let pinyin = word.readings.iter().map(|one| pinyin::marked(one)).collect::<Vec<_>>().join(" ");
        let syllables = word.readings.len();
        let group = group.unwrap_or_default();
        found.push((
            (rank, word.place),
            Rhyme { word: word.text, pinyin, topic: word.topic, group, syllables, same_sense },
        ));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, rhyme)| rhyme).collect()
}

/// Three words for the end of a line that does not rhyme: ones that keep its meaning, and else words of one or two syllables.
pub fn suggestions(scheme: Scheme, group: &str, level: bool, line: &str) -> Vec<&'static str> {
    let group = match group {
        "小言前儿" => "言前",
        "小人辰儿" => "人辰",
        group => group.trim_end_matches('儿'),
    };
    let spoken: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    let ends = |word: &&Word| spoken.ends_with(word.text);
    let last = WORDS.all.iter().filter(ends).max_by_key(|word| word.readings.len());
    let question = Question {
        scheme,
        group,
        pitch: level.then_some(Pitch::Level),
        syllables: None,
        about: last.map(|word| word.text),
    };
    let all = rhymes(&question);
    let same = all.iter().filter(|one| one.same_sense);
    let short = all.iter().filter(|one| !one.same_sense && matches!(one.syllables, 2 | 3));
    let found: Vec<&str> = same.chain(short).map(|one| one.word).collect();
    found.into_iter().filter(|word| !spoken.ends_with(*word)).take(3).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_topic_come_first() {
        let question = Question {
            group: "言前",
            pitch: Some(Pitch::Level),
            syllables: Some(2),
            about: Some("反诈"),
            ..Question::default()
        };
        let found = rhymes(&question);
        assert!(found.len() > 10, "{found:?}");
        assert!(found.iter().all(|one| one.group == "言前" && one.syllables == 2));
        assert!(found.is_sorted_by_key(|one| one.topic != "反诈"), "{found:?}");
        assert_eq!(found[0].topic, "反诈");
    }

    #[test]
    fn every_group_has_words_for_every_need() {
        for group in Scheme::Thirteen.groups() {
            let question = Question { group, pitch: Some(Pitch::Level), ..Question::default() };
            assert!(rhymes(&question).len() >= 10, "{group}");
        }
    }

    #[test]
    fn what_means_the_same_is_suggested_first() {
        assert_eq!(suggestions(Scheme::Thirteen, "言前", true, "有事就找派出所，")[0], "警官");
        assert_eq!(suggestions(Scheme::Thirteen, "江阳", true, "两家和好乐悠悠。")[0], "喜洋洋");
    }

    #[test]
    fn words_can_be_read_and_stand_once() {
        let mut seen = BTreeSet::new();
        for word in &WORDS.all {
            assert_eq!(word.readings.len(), word.text.chars().count(), "{}", word.text);
            assert!(seen.insert(word.text), "{}", word.text);
        }
    }
}
