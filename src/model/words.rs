//! `content/words/*.yaml`: types of scams, readings, local words, names, and what is to be said in other words.
//!
//! Refuses: unknown keys, readings of another length than their word.
//! Invariant: words are sorted; a type of scam has one name.

use super::fields::{Fields, Key, key};
use crate::diag::Sink;
use crate::source::node::{Node, NodeKind};
use std::collections::BTreeMap;

/// The site's own words.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// Types of scams in the order written.
    pub scams: Vec<Scam>,
    /// Readings that differ from the common ones: word → pinyin, syllables divided by spaces.
    pub readings: BTreeMap<String, String>,
    /// Names of persons that may be published.
    pub names: Vec<String>,
    /// Local words and the common forms of them.
    pub local: BTreeMap<String, String>,
    /// Hard words and plainer ones; a word without one is no hard word here.
    pub hard: BTreeMap<String, String>,
    /// Names that are miswritten, and the right ones.
    pub strict: BTreeMap<String, String>,
    /// Claims that nobody can keep, and safer ones.
    pub absolute: BTreeMap<String, String>,
}

/// A type of scam.
#[derive(Clone, Debug)]
pub struct Scam {
    /// Its name.
    pub name: String,
    /// Other names of it.
    pub also: Vec<String>,
    /// What it is, in a sentence.
    pub about: Option<String>,
}

/// A mapping of words to words.
fn pairs(fields: &mut Fields, name: &str) -> BTreeMap<String, String> {
    let mut pairs = BTreeMap::new();
    match fields.node(name) {
        None => {}
        Some(Node { kind: NodeKind::Map(entries), .. }) => {
            for (word, other) in entries {
                match other.text() {
                    Some(text) => drop(pairs.insert(word.value.clone(), text.to_owned())),
                    None => fields.wrong(other.span, "expected-text"),
                }
            }
        }
        Some(node) => fields.wrong(node.span, "expected-mapping"),
    }
    pairs
}

const KEYS: &[Key] = &[
    key("scams", &["诈骗类型"]),
    key("readings", &["读音"]),
    key("names", &["人名"]),
    key("local", &["方言"]),
    key("hard", &["难词"]),
    key("strict", &["严格"]),
    key("absolute", &["绝对"]),
];

impl Words {
    /// Adds the words of one file.
    pub fn read(&mut self, node: &Node, sink: &mut Sink) {
        const SCAM: &[Key] = &[key("name", &["名称"]), key("also", &["别名"]), key("about", &["说明"])];
        let mut fields = Fields::open(node, &[KEYS], sink);
        for item in fields.items("scams") {
            let mut one = Fields::open(item, &[SCAM], fields.sink());
            match one.plain("name") {
                Some(name) => self.scams.push(Scam {
                    name,
                    also: one.texts("also").into_iter().map(|text| text.value).collect(),
                    about: one.plain("about"),
                }),
                None => one.wrong(item.span, "expected-scam"),
            }
        }
        self.names.extend(fields.texts("names").into_iter().map(|text| text.value));
        self.local.extend(pairs(&mut fields, "local"));
        self.hard.extend(pairs(&mut fields, "hard"));
        self.strict.extend(pairs(&mut fields, "strict"));
        self.absolute.extend(pairs(&mut fields, "absolute"));
        if let Some(node) = fields.node("readings") {
            match &node.kind {
                NodeKind::Map(entries) => {
                    for (word, reading) in entries {
                        match reading.text() {
                            Some(text) if text.split_whitespace().count() == word.value.chars().count() => {
                                self.readings.insert(word.value.clone(), text.to_owned());
                            }
                            _ => fields.wrong(reading.span, "expected-reading"),
                        }
                    }
                }
                _ => fields.wrong(node.span, "expected-mapping"),
            }
        }
    }

    /// The name of a type of scam for any of its names; an unknown one is its own.
    pub fn scam<'a>(&'a self, word: &'a str) -> &'a str {
        self.scams
            .iter()
            .find(|scam| scam.name == word || scam.also.iter().any(|also| also == word))
            .map_or(word, |scam| scam.name.as_str())
    }
}
