//! Lists of entries: by section, tag, village, type of scam and month.
//!
//! Refuses: looking at all entries for one entry. Every list is made once, here.
//! Invariant: a list is newest first, ties by path; its address is free of collisions with its sisters.

use super::Model;
use super::entry::{Entry, EntryIx};
use super::kind::Kind;
use crate::text::pinyin;
use blake3::Hash;
use std::collections::BTreeMap;

/// What a list collects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum ListKey {
    /// Every bulletin.
    All,
    /// The bulletins of a section, by its folder, with those of folders below it.
    Section(String),
    /// The bulletins with a tag.
    Tag(String),
    /// The bulletins that concern a village, by its code.
    Area(String),
    /// The tips about a type of scam.
    Scam(String),
    /// The bulletins of a month.
    Month(i16, i8),
}

/// A list.
#[derive(Clone, Debug)]
pub struct List {
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
    /// Its entries, newest first.
    pub entries: Vec<EntryIx>,
    /// Hash of the paths in order.
    pub hash: Hash,
}

/// Bulletins on one page of a list.
pub const PAGE: usize = 20;

impl List {
    /// How many pages it takes; an empty list has one.
    pub fn pages(&self) -> usize {
        self.entries.len().div_ceil(PAGE).max(1)
    }

    /// The entries of a page, from 1.
    pub fn page(&self, number: usize) -> &[EntryIx] {
        let start = (number - 1) * PAGE;
        &self.entries[start.min(self.entries.len())..(start + PAGE).min(self.entries.len())]
    }

    /// The address of a page, from 1.
    pub fn page_address(&self, number: usize) -> String {
        if number == 1 { self.address.clone() } else { format!("{}page/{number}/", self.address) }
    }
}

/// Makes all lists. `sections` gives the sections that each entry belongs to, its own first.
pub(super) fn make(model: &Model) -> BTreeMap<ListKey, List> {
    let mut found: BTreeMap<ListKey, Vec<EntryIx>> = BTreeMap::new();
    found.insert(ListKey::All, Vec::new());
    for section in &model.sections {
        if !section.dir.is_empty() {
            found.insert(ListKey::Section(section.dir.clone()), Vec::new());
        }
    }
    for area in &model.config.areas {
        found.insert(ListKey::Area(area.code.clone()), Vec::new());
    }
    for ix in newest_first(&model.entries) {
        let entry = &model.entries[ix.0 as usize];
        if entry.meta.kind == Kind::Page {
            continue;
        }
        for key in keys_of(model, entry) {
            found.entry(key).or_default().push(ix);
        }
    }
    let mut slugs = BTreeMap::new();
    found
        .into_iter()
        .map(|(key, entries)| {
            let (title, address) = name(model, &key, &mut slugs);
            let hash = roster_hash(model, &entries);
            (key, List { title, address, entries, hash })
        })
        .collect()
}

/// The lists that an entry stands in.
fn keys_of(model: &Model, entry: &Entry) -> Vec<ListKey> {
    let mut keys = vec![ListKey::All];
    let mut dir = model.section(entry.section).dir.as_str();
    while !dir.is_empty() {
        if model.sections.iter().any(|section| section.dir == dir) {
            keys.push(ListKey::Section(dir.to_owned()));
        }
        dir = dir.rsplit_once('/').map_or("", |(above, _)| above);
    }
    let mut tags: Vec<&str> = entry.meta.tags.iter().map(|tag| tag.value.as_str()).collect();
    tags.sort_unstable();
    tags.dedup();
    keys.extend(tags.into_iter().map(|tag| ListKey::Tag(tag.to_owned())));
    keys.extend(entry.areas.iter().map(|code| ListKey::Area(code.clone())));
    if let super::own::Own::Tip { scam: Some(scam), .. } = &entry.meta.own {
        keys.push(ListKey::Scam(model.words.scam(&scam.value).to_owned()));
    }
    if let Some(date) = entry.meta.date {
        keys.push(ListKey::Month(date.date.year(), date.date.month()));
    }
    keys
}

fn newest_first(entries: &[Entry]) -> Vec<EntryIx> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|&a, &b| entries[b].sort_key().cmp(&entries[a].sort_key()).then(a.cmp(&b)));
    order.into_iter().map(|ix| EntryIx(u32::try_from(ix).expect("fewer than 2^32 entries"))).collect()
}

fn name(model: &Model, key: &ListKey, slugs: &mut BTreeMap<String, u32>) -> (String, String) {
    let mut free = |folder: &str, word: &str| {
        let slug = pinyin::slug(word, &model.words.readings);
        // Two words may sound alike (诈骗, 榨骗): the later one in the order of characters gets its hash behind it.
        let base = if slug.is_empty() { short_hash(word) } else { slug };
        let seen = slugs.entry(format!("{folder}{base}")).or_insert(0);
        *seen += 1;
        let slug = if *seen == 1 { base } else { format!("{base}-{}", short_hash(word)) };
        format!("/{folder}/{slug}/")
    };
    match key {
        ListKey::All => (model.config.title.clone(), "/archive/".to_owned()),
        ListKey::Section(dir) => {
            let section = model
                .sections
                .iter()
                .find(|section| section.dir == *dir)
                .expect("lists are made from sections");
            (section.title.clone(), section.address.clone())
        }
        ListKey::Tag(tag) => (tag.clone(), free("tags", tag)),
        ListKey::Scam(scam) => (scam.clone(), free("scams", scam)),
        ListKey::Area(code) => {
            let area = model.config.area(code);
            (area.map_or_else(|| code.clone(), |area| area.name.clone()), format!("/areas/{code}/"))
        }
        ListKey::Month(year, month) => (format!("{year}年{month}月"), format!("/archive/{year}-{month:02}/")),
    }
}

fn short_hash(word: &str) -> String {
    blake3::hash(word.as_bytes()).to_hex()[..6].to_owned()
}

fn roster_hash(model: &Model, entries: &[EntryIx]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for ix in entries {
        hasher.update(model.entries[ix.0 as usize].path.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize()
}
