//! Lists of entries: by section, tag, village, type of scam and month.
//!
//! A list's newest bulletins stand at its own address. The others stand on pages of twenty, numbered from the oldest: page
//! 1 holds the first twenty bulletins for good, and a new bulletin changes the first page, seldom one other.
//!
//! Refuses: looking at all entries for one entry. Every list is made once, here.
//! Invariant: a list is newest first, ties by path; its address is the one that was published, else one of its own.

use super::addresses::{AddressBook, Owner, short_hash};
use super::entry::{Entry, EntryIx};
use super::kind::Kind;
use super::stages::{Addressed, Grouped};
use crate::text::pinyin;
use blake3::Hash;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The highest number of a page that was ever published.
    pub(super) published: usize,
}

/// Bulletins on one page of a list.
pub const PAGE: usize = 20;

impl List {
    /// How many full pages of older bulletins there are. The newest twenty at least stand at the list's own address, so
    /// that nobody finds a single one there.
    pub fn older_pages(&self) -> usize {
        (self.entries.len() / PAGE).saturating_sub(1)
    }

    /// The entries of a page: 0 is the newest at the list's own address, 1 the oldest twenty, and so on. Newest first.
    pub fn page(&self, number: usize) -> &[EntryIx] {
        let (count, older) = (self.entries.len(), self.older_pages());
        match number {
            0 => &self.entries[..count - older * PAGE],
            _ if number <= older => &self.entries[count - number * PAGE..count - (number - 1) * PAGE],
            _ => &[],
        }
    }

    /// The address of a page, numbered as for [`Self::page`].
    pub fn page_address(&self, number: usize) -> String {
        if number == 0 { self.address.clone() } else { format!("{}page/{number}/", self.address) }
    }

    /// The highest number of a page that has an address: those beyond [`Self::older_pages`] were published once, and
    /// lead to the newest.
    pub fn last_page(&self) -> usize {
        self.older_pages().max(self.published)
    }
}

/// Makes all lists. `pages` are the highest pages of lists that were published before the site had a list of addresses.
pub(super) fn grouped(site: Addressed, pages: &BTreeMap<String, usize>) -> Grouped {
    let lists = make(&site, pages);
    let kinds = by_kind(&site, &lists[&ListKey::All].entries);
    Grouped { addressed: site, lists, kinds }
}

fn make(model: &Addressed, pages: &BTreeMap<String, usize>) -> BTreeMap<ListKey, List> {
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
        if entry.meta.kind == Kind::Page || entry.expired {
            continue;
        }
        for key in keys_of(model, entry) {
            found.entry(key).or_default().push(ix);
        }
    }
    let mut names = Names { book: &model.book, model, taken: BTreeSet::new() };
    found
        .into_iter()
        .map(|(key, entries)| {
            let (title, address) = names.of(&key);
            let known = Owner::of_list(&key).map_or(0, |owner| model.book.last_page(&owner));
            let published = known.max(pages.get(&address).copied().unwrap_or(0));
            let hash = roster_hash(model, &entries);
            (key, List { title, address, entries, hash, published })
        })
        .collect()
}

/// The bulletins of each kind, newest first.
fn by_kind(model: &Addressed, newest_first: &[EntryIx]) -> BTreeMap<Kind, Vec<EntryIx>> {
    let mut kinds: BTreeMap<Kind, Vec<EntryIx>> = BTreeMap::new();
    for &ix in newest_first {
        kinds.entry(model.entry(ix).meta.kind).or_default().push(ix);
    }
    kinds
}

/// The lists that an entry stands in.
fn keys_of(model: &Addressed, entry: &Entry) -> Vec<ListKey> {
    let mut keys = vec![ListKey::All];
    let mut dir = model.section(entry.section).dir.as_str();
    while !dir.is_empty() {
        if model.section_at(dir).is_some() {
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

/// Gives lists their titles and addresses.
struct Names<'m> {
    book: &'m AddressBook,
    model: &'m Addressed,
    /// Addresses that were given to new lists.
    taken: BTreeSet<String>,
}

impl Names<'_> {
    fn of(&mut self, key: &ListKey) -> (String, String) {
        let model = self.model;
        match key {
            ListKey::All => (model.config.title.clone(), "/archive/".to_owned()),
            ListKey::Section(dir) => {
                let section = model.section_at(dir).expect("lists are made from sections");
                (section.title.clone(), section.address.clone())
            }
            ListKey::Tag(tag) => (tag.clone(), self.sounding("tags", tag, &Owner::Tag(tag.clone()))),
            ListKey::Scam(scam) => (scam.clone(), self.sounding("scams", scam, &Owner::Scam(scam.clone()))),
            ListKey::Area(code) => {
                let area = model.config.area(code);
                (area.map_or_else(|| code.clone(), |area| area.name.clone()), format!("/areas/{code}/"))
            }
            ListKey::Month(year, month) => {
                (format!("{year}年{month}月"), format!("/archive/{year}-{month:02}/"))
            }
        }
    }

    /// The address that a word was published under, else one made of its sound.
    fn sounding(&mut self, folder: &str, word: &str, owner: &Owner) -> String {
        if let Some(known) = self.book.current(owner) {
            return known.to_owned();
        }
        let slug = pinyin::slug(word, &self.model.words.readings);
        let base = if slug.is_empty() { short_hash(word) } else { slug };
        let plain = format!("/{folder}/{base}/");
        // Two words may sound alike (诈骗, 榨骗). The one that was published first keeps the address, though nothing may be in
        // its list by now; among new ones the first in the order of characters. The other gets its hash behind it.
        let free = self.book.owner(&plain).is_none_or(|line| line.owner == *owner);
        let address = if free && !self.taken.contains(&plain) {
            plain
        } else {
            format!("/{folder}/{base}-{}/", short_hash(word))
        };
        self.taken.insert(address.clone());
        address
    }
}

fn roster_hash(model: &Addressed, entries: &[EntryIx]) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for ix in entries {
        hasher.update(model.entries[ix.0 as usize].path.as_bytes());
        hasher.update(&[0]);
    }
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(count: u32) -> List {
        List {
            title: String::new(),
            address: "/tips/".to_owned(),
            entries: (0..count).map(EntryIx).collect(),
            hash: blake3::hash(b""),
            published: 0,
        }
    }

    #[test]
    fn pages_are_numbered_from_the_oldest_and_stay() {
        for count in 0..200 {
            let list = list(count);
            let older = list.older_pages();
            let all: Vec<EntryIx> = list
                .page(0)
                .iter()
                .chain((1..=older).rev().flat_map(|page| list.page(page)))
                .copied()
                .collect();
            assert_eq!(all, list.entries, "every entry stands once, in order");
            assert!(list.page(0).len() < 2 * PAGE && (older == 0 || list.page(0).len() >= PAGE), "{count}");
            assert!((1..=older).all(|page| list.page(page).len() == PAGE));
            assert!(list.page(older + 1).is_empty());
        }
        // The newest comes first, so the oldest twenty of 90 have the highest indices.
        assert_eq!(list(90).page(1), (70..90).map(EntryIx).collect::<Vec<_>>());
        assert_eq!(list(91).page(1), (71..91).map(EntryIx).collect::<Vec<_>>());
        assert_eq!(
            (list(90).page_address(0), list(90).page_address(3)),
            ("/tips/".into(), "/tips/page/3/".into())
        );
    }
}
