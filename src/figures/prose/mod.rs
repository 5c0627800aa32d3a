//! Numbers in running text that are said of a cell of a table: do they agree with it, and is it published at all?
//!
//! Refuses: to guess. Where two cells could be meant, where a number is of another time, or where it counts things that
//! are no cases, nothing is claimed.
//! Invariant: a pure function of a text, of what stands around it, and of what is published; a claim rests on names of
//! the dataset and on the number's unit.

mod fold;
mod group;
mod judge;
mod mention;
mod numeral;
mod quantity;
mod saying;
mod sentence;
#[cfg(test)]
mod tests;
mod time;
mod verdict;
mod words;

use crate::statistics::safe::{SafeDataset, SafeTable};
use fold::Folded;
use judge::{Judge, tables};
use mention::Names;
use sentence::Sentence;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use time::When;

/// A number that is said of a cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Claim {
    /// Where the number stands.
    pub range: Range<usize>,
    /// What it is said of, e.g. 石桥村 邻里纠纷.
    pub of: String,
    /// The title of the table.
    pub table: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a claim.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Wrong {
    /// The table prints another number.
    Differs {
        /// The number that it prints.
        printed: String,
    },
    /// The table hides it.
    Hidden,
}

impl Wrong {
    /// Whether it gives away what the table hides.
    pub fn is_hidden(&self) -> bool {
        *self == Self::Hidden
    }
}

/// What a bulletin is to a dataset.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing {
    /// It shows one of its tables or charts, so that it is known to speak of them.
    pub shown: bool,
    /// Its year, for 今年.
    pub year: Option<i32>,
}

/// What is known of a passage from what stands above and before it.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// Codes by dimension.
    names: BTreeMap<usize, BTreeSet<String>>,
    when: Option<When>,
    /// Whether the matter of the figures was spoken of.
    on_topic: bool,
}

/// A reader of one dataset's figures.
pub struct Reading<'d> {
    names: Names,
    units: Vec<String>,
    topics: Vec<String>,
    standing: Standing,
    judge: Judge<'d>,
    dataset: &'d SafeDataset,
}

/// The marks that end a sentence.
const STOPS: [char; 6] = ['。', '！', '？', '!', '?', '\n'];

impl<'d> Reading<'d> {
    /// For one dataset.
    pub fn new(dataset: &'d SafeDataset, standing: Standing) -> Self {
        let mut units: Vec<String> = dataset.measures().iter().filter_map(|one| one.unit.clone()).collect();
        for table in tables(dataset) {
            let columns = &table.columns().entries;
            units.extend(table.unit().map(str::to_owned));
            units.extend(columns.iter().chain(&table.rows().entries).filter_map(|entry| entry.unit.clone()));
        }
        units.retain(|unit| unit != "%");
        units.sort();
        units.dedup();
        let judge = Judge::new(dataset, standing.year);
        Self { names: Names::of(dataset), units, topics: topics(dataset), standing, judge, dataset }
    }

    /// What texts that stand above a passage say of it, the outermost first.
    pub fn around<'t>(&self, texts: impl IntoIterator<Item = &'t str>) -> Settled {
        let mut settled = Settled::default();
        for text in texts {
            self.remember(text, &mut settled);
        }
        settled
    }

    /// Adds what one more text says.
    pub fn remember(&self, text: &str, settled: &mut Settled) {
        let folded = Folded::new(text);
        settled.on_topic |= self.on_topic(&folded.text);
        for sentence in folded.text.split_inclusive(STOPS) {
            Sentence::new(self, sentence).remember(settled);
        }
    }

    /// What is wrong in a passage.
    pub fn claims(&self, text: &str, around: &Settled) -> Vec<Claim> {
        let folded = Folded::new(text);
        let mut settled = around.clone();
        settled.on_topic |= self.on_topic(&folded.text);
        let mut claims = Vec::new();
        let mut start = 0;
        for sentence in folded.text.split_inclusive(STOPS) {
            let read = Sentence::new(self, sentence);
            for saying in read.sayings(&settled) {
                if let Some(mut claim) = verdict::of(self, &saying, settled.on_topic) {
                    claim.range = folded.written(&(claim.range.start + start..claim.range.end + start));
                    claims.push(claim);
                }
            }
            read.remember(&mut settled);
            start += sentence.len();
        }
        claims
    }

    /// What is wrong in a cell of a table that somebody wrote by hand; `heads` are those of its row, then of its column.
    pub fn cell(&self, text: &str, heads: &[&str], around: &Settled) -> Vec<Claim> {
        let folded = Folded::new(text);
        let mut own = Settled { on_topic: true, ..Settled::default() };
        for head in heads {
            let head = Folded::new(head).text;
            let mut one = Settled::default();
            Sentence::new(self, &head).remember(&mut one);
            for (dimension, codes) in one.names {
                // Of two villages at once: nobody knows what the cell is.
                if own.names.get(&dimension).is_some_and(|other| *other != codes) {
                    return Vec::new();
                }
                own.names.insert(dimension, codes);
            }
            own.when = one.when.or(own.when);
        }
        let mut settled = around.clone();
        let named = !own.names.is_empty();
        settled.names.extend(own.names);
        settled.when = own.when.or(settled.when);
        settled.on_topic |= named;
        match verdict::alone(&folded.text, self) {
            Some(quantity) => {
                let column = heads.last().map(|head| Folded::new(head).text).unwrap_or_default();
                let saying = Sentence::new(self, &column).head(quantity, &settled);
                let claim = saying.filter(|_| named).and_then(|saying| verdict::of(self, &saying, true));
                let written = claim.map(|claim| Claim { range: folded.written(&claim.range), ..claim });
                written.into_iter().collect()
            }
            None => self.claims(text, &settled),
        }
    }

    /// Whether a file as it was written can speak of the figures at all: most name nothing of them.
    pub fn concerns(&self, source: &str) -> bool {
        if source.contains('&') {
            return true;
        }
        let mut bare = String::with_capacity(source.len());
        let mut inside = false;
        for (at, sign) in source.char_indices() {
            match sign {
                // A tag; comments are published, too.
                '<' if source[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                    inside = true;
                }
                '>' => inside = false,
                '*' | '_' | '~' | '`' | '\\' | '\n' | '\r' | ' ' => {}
                _ if !inside => bare.push(sign),
                _ => {}
            }
        }
        let bare = Folded::new(&bare).text;
        let dimensions = self.names.dimensions(&bare);
        let time = self.dataset.dimensions().iter().any(|dimension| dimension.time);
        let named = dimensions + usize::from(time);
        if self.standing.shown { named > 0 } else { named > 1 && dimensions > 0 && self.on_topic(&bare) }
    }

    fn on_topic(&self, text: &str) -> bool {
        self.topics.iter().any(|topic| text.contains(topic.as_str()))
    }
}

/// Pairs of characters that tell what a dataset is about: 调解, 纠纷, 诈骗.
fn topics(dataset: &SafeDataset) -> Vec<String> {
    let mut pairs = Vec::new();
    let titles = tables(dataset).map(SafeTable::title).chain([dataset.title()]);
    for title in titles {
        let chars: Vec<char> = title.chars().collect();
        for pair in chars.windows(2) {
            let plain = |c: &char| {
                !c.is_ascii()
                    && !"各每年月村镇数的和与、，—（）：量上下件起情况统计分按类型全社区".contains(*c)
            };
            if pair.iter().all(plain) {
                pairs.push(pair.iter().collect());
            }
        }
    }
    pairs.sort();
    pairs.dedup();
    pairs
}
