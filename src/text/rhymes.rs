//! Words that rhyme, those of outreach first.
//!
//! Refuses: to make words up; what is not in `data/rhymes.txt` is not suggested.
//! Invariant: the order follows from the list and the question alone.

use super::rhyme::{Pitch, Scheme};
use super::verse::{Ending, Spoken};
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
    /// The group that words must have; none where any will do.
    pub group: Option<&'q str>,
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
    pinyin: String,
    syllables: usize,
    ending: Ending,
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
        let spoken = Spoken::of(text, &BTreeMap::new());
        let Some(ending) = spoken.ending_as_said() else { return };
        let place = self.all.len();
        self.all.push(Word {
            text,
            topic,
            place,
            pinyin: spoken.pinyin(),
            syllables: spoken.count(),
            ending,
        });
    }

    /// Whether some word can stand for this one.
    fn has_sense(&self, word: &str) -> bool {
        self.senses.iter().any(|senses| senses.contains(word))
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
        let plain = word.ending.sound.group(question.scheme);
        let own = word.ending.group(question.scheme);
        let fits = question.group.is_none_or(|group| plain == Some(group) || own == group)
            && question.pitch.is_none_or(|pitch| word.ending.sound.pitch() == pitch)
            && question.syllables.is_none_or(|count| word.syllables == count)
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
        // A rolled ending is of its full group and of a small one: the one that was asked for is told.
        let group = plain.filter(|plain| question.group == Some(plain)).unwrap_or(own);
        let Word { text, topic, place, ref pinyin, syllables, .. } = *word;
        found.push((
            (rank, place),
            Rhyme { word: text, pinyin: pinyin.clone(), topic, group, syllables, same_sense },
        ));
    }
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, rhyme)| rhyme).collect()
}

/// Three words for the end of a line: ones that keep its meaning, then words of two or three syllables of what the line is about. `group` is
/// what they rhyme on; none for a line that rhymes with nothing.
pub fn suggestions(scheme: Scheme, group: Option<&str>, pitch: Pitch, line: &str) -> Vec<&'static str> {
    let spoken: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    let ends = WORDS.all.iter().filter(|word| spoken.ends_with(word.text));
    let inside = || WORDS.all.iter().filter(|word| word.topic != EVERYDAY && spoken.contains(word.text));
    let last = ends.max_by_key(|word| word.text.len());
    let about = last.filter(|word| word.topic != EVERYDAY || WORDS.has_sense(word.text));
    let about = about.or_else(|| inside().max_by_key(|word| word.text.len())).or(last);
    let ask = |group: Option<&str>| {
        rhymes(&Question {
            scheme,
            group,
            pitch: Some(pitch),
            syllables: None,
            about: about.map(|word| word.text),
        })
    };
    let mut all = ask(group);
    // A rolled ending rhymes with the words of its full group as well.
    let full = match group {
        Some("小言前儿") => Some("言前"),
        Some("小人辰儿") => Some("人辰"),
        _ => None,
    };
    all.extend(full.map(|group| ask(Some(group))).into_iter().flatten());
    let same = all.iter().filter(|one| one.same_sense);
    let short = all.iter().filter(|one| !one.same_sense && matches!(one.syllables, 2 | 3));
    let mut found: Vec<&str> = Vec::new();
    for one in same.chain(short) {
        if !spoken.ends_with(one.word) && !found.contains(&one.word) {
            found.push(one.word);
        }
    }
    found.truncate(3);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_the_topic_come_first() {
        let question = Question {
            group: Some("言前"),
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
            let question = Question { group: Some(group), pitch: Some(Pitch::Level), ..Question::default() };
            assert!(rhymes(&question).len() >= 10, "{group}");
        }
    }

    #[test]
    fn what_means_the_same_is_suggested_first() {
        assert_eq!(suggestions(Scheme::Thirteen, Some("言前"), Pitch::Level, "有事就找派出所，")[0], "警官");
        assert_eq!(
            suggestions(Scheme::Thirteen, Some("江阳"), Pitch::Level, "两家和好乐悠悠。")[0],
            "喜洋洋"
        );
    }

    #[test]
    fn words_can_be_read_and_stand_once() {
        let mut seen = BTreeSet::new();
        for word in &WORDS.all {
            let (signs, rolling) = (word.text.chars().count(), word.text.matches('儿').count());
            assert!((signs - rolling..=signs).contains(&word.syllables), "{}", word.text);
            assert!(seen.insert(word.text), "{}", word.text);
        }
    }

    /// 提防 and 说和 end on a light syllable, which carries no rhyme.
    #[test]
    fn nothing_light_is_suggested() {
        for group in Scheme::Thirteen.groups() {
            let question = Question { group: Some(group), pitch: Some(Pitch::Level), ..Question::default() };
            for rhyme in rhymes(&question) {
                assert!(
                    !["提防", "说和", "便宜", "莫贪便宜", "爷爷", "大爷"].contains(&rhyme.word),
                    "{rhyme:?}"
                );
            }
        }
    }

    #[test]
    fn a_rolled_ending_is_answered_by_rolled_words() {
        let found = suggestions(Scheme::Thirteen, Some("小言前儿"), Pitch::Level, "大家都来听仔细");
        assert!(found.iter().all(|word| word.ends_with('儿')), "{found:?}");
        let question = Question { group: Some("小言前儿"), ..Question::default() };
        let garden = rhymes(&question).into_iter().find(|one| one.word == "花园儿").expect("it is a word");
        assert_eq!((&*garden.pinyin, garden.syllables, garden.group), ("huā yuánr", 2, "小言前儿"));
        assert_eq!(Scheme::Thirteen.group_named("言前辙"), Some("言前"));
        assert_eq!(Scheme::Fourteen.group_named("小言前儿"), None);
    }

    #[test]
    fn a_line_between_rhymes_gets_words_in_oblique_tones() {
        let found = suggestions(Scheme::Thirteen, None, Pitch::Oblique, "骗子打来电话真嚣张");
        assert_eq!(found.len(), 3);
    }
}
