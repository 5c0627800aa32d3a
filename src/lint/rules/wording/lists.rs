//! The words that are looked for: the program's lists, and what the site adds to them or takes out of them in `content/words/`.
//!
//! Invariant: of two words at one place the longer is found, and a word without a mend is none that is told.

use crate::model::words::Words;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// Words with their mends.
pub struct List {
    searcher: Option<AhoCorasick>,
    mends: Vec<String>,
}

impl List {
    fn new(words: &BTreeMap<String, String>) -> Self {
        let searcher = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.keys()).ok();
        Self { searcher, mends: words.values().cloned().collect() }
    }

    /// The words in a text with their mends.
    pub fn find<'l>(&'l self, text: &'l str) -> impl Iterator<Item = (Range<usize>, &'l str)> {
        let found = self.searcher.iter().flat_map(move |searcher| searcher.find_iter(text));
        let found = found.map(|one| (one.range(), self.mends[one.pattern().as_usize()].as_str()));
        found.filter(|(_, mend)| !mend.is_empty())
    }
}

/// All lists of a site.
pub struct Lists {
    /// Officialese.
    pub hard: List,
    /// Names that are miswritten.
    pub strict: List,
    /// Claims that nobody can keep.
    pub absolute: List,
}

impl Lists {
    /// The program's lists with a site's own words.
    pub fn of(words: &Words) -> Self {
        let with = |list: &str, own: &BTreeMap<String, String>| {
            let mut all = pairs(list);
            all.extend(own.clone());
            List::new(&all)
        };
        Self {
            hard: with(include_str!("../../../text/data/hard-words.yaml"), &words.hard),
            strict: with(include_str!("../../../text/data/strict.yaml"), &words.strict),
            absolute: with(include_str!("../../../text/data/absolute.yaml"), &words.absolute),
        }
    }
}

/// The pairs of a list of the program; a test reads it with a reader of YAML.
fn pairs(list: &str) -> BTreeMap<String, String> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once(": "));
    pairs.map(|(word, mend)| (word.to_owned(), mend.trim_matches('\'').to_owned())).collect()
}

/// Whether a Chinese character is one of the 3,500 that everybody reads who can read.
pub fn is_common(sign: char) -> bool {
    static COMMON: LazyLock<HashSet<char>> = LazyLock::new(|| {
        let list = include_str!("../../../text/data/common-characters.txt");
        list.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect()
    });
    COMMON.contains(&sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_as_long_as_promised_and_well_formed() {
        for (list, least) in [
            (include_str!("../../../text/data/hard-words.yaml"), 200),
            (include_str!("../../../text/data/strict.yaml"), 100),
            (include_str!("../../../text/data/absolute.yaml"), 30),
        ] {
            let read: BTreeMap<String, String> = serde_yaml::from_str(list).unwrap();
            assert_eq!(read, pairs(list));
            assert!(read.values().filter(|mend| !mend.is_empty()).count() >= least, "{}", read.len());
        }
        assert!(is_common('院') && is_common('坝') && !is_common('镲'));
    }

    #[test]
    fn no_right_name_holds_a_wrong_one() {
        let words = Words::default();
        let lists = Lists::of(&words);
        for right in pairs(include_str!("../../../text/data/strict.yaml")).values() {
            let wrong: Vec<_> = lists.strict.find(right).collect();
            assert!(wrong.is_empty(), "{right}: {wrong:?}");
        }
        let own = Words { hard: [("予以".to_owned(), String::new())].into(), ..Words::default() };
        assert_eq!(Lists::of(&own).hard.find("予以方便").count(), 0, "a site takes a word out");
    }
}
