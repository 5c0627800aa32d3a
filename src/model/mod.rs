//! The site as one value: settings, sections, entries, lists, and what is held back.
//!
//! Refuses: half-valid entries. What could not be read is a finding, not an entry.
//! Invariant: the model is a pure function of the world and the options; everything in it is sorted.

pub mod addresses;
pub mod collect;
pub mod config;
pub mod dataset;
mod dates;
pub mod entry;
pub mod fields;
mod files;
pub mod handouts;
pub mod kind;
pub mod listed_pages;
pub mod lists;
pub mod meta;
pub mod neighbours;
pub mod now;
pub mod own;
pub mod picture;
pub mod public_file;
pub mod route;
pub mod section;
pub mod settings;
pub mod settle;
mod unread;
pub mod when;
pub mod words;

use crate::diag::FileId;
use crate::source::{Sources, Tree};
use crate::world::VPath;
use addresses::AddressBook;
use blake3::Hash;
use config::Config;
use dataset::{Dataset, Datasets, FigureNames};
use entry::{Entry, EntryIx, Held, Section, SectionIx};
use kind::Kind;
use lists::{List, ListKey};
use neighbours::Neighbours;
use now::Now;
use picture::Picture;
use public_file::{Assets, PublicFile};
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;
use words::Words;

/// The whole site.
#[derive(Debug)]
pub struct Model {
    /// Texts and paths by file.
    pub sources: Sources,
    /// `content/site.yaml`.
    pub config: Config,
    /// Its file.
    pub config_file: FileId,
    /// Hash of everything that is a setting: `site.yaml`, `words/`, the options of the build.
    pub config_hash: Hash,
    /// `content/words/`.
    pub words: Words,
    /// Now, in the site's time zone.
    pub now: Now,
    /// The sections by folder; the first is the root.
    pub sections: Vec<Section>,
    /// What is published, by path.
    pub entries: Vec<Entry>,
    /// What is held back, by path.
    pub held: Vec<Held>,
    /// The addresses that were published before.
    pub book: AddressBook,
    /// Entries by address.
    pub addresses: BTreeMap<String, EntryIx>,
    /// Old addresses that lead to entries.
    pub aliases: BTreeMap<String, EntryIx>,
    /// Files beside the bulletins.
    pub assets: Assets,
    /// Those of them that are pictures and used somewhere, inspected.
    pub pictures: BTreeMap<PublicFile, Picture>,
    /// Those of them that are documents and linked to from somewhere, with their hashes.
    pub documents: BTreeMap<PublicFile, Hash>,
    /// Where they are linked to, once for each file, and what is in those that are plain text.
    pub document_uses: Vec<picture::DocumentUse>,
    /// The tables and charts that may be named. The figures themselves are no part of the model: see [`Collected`].
    pub figure_names: FigureNames,
    /// Lists.
    pub lists: BTreeMap<ListKey, List>,
    /// What stands around each entry, in the order of `entries`.
    pub neighbours: Vec<Neighbours>,
    /// Notices in force that every page shows, gravest first.
    pub banner: Vec<EntryIx>,
    /// Meetings that are not over, soonest first.
    pub coming_meetings: Vec<EntryIx>,
    /// Pinned bulletins, newest first.
    pub pinned: Vec<EntryIx>,
    /// Pages of the site itself, by path.
    pub pages: Vec<EntryIx>,
    /// The bulletins of each kind, newest first.
    pub kinds: BTreeMap<Kind, Vec<EntryIx>>,
    /// The sections below the root, in the order in which menus show them.
    pub menu: Vec<SectionIx>,
    /// What is held back, by the address that it would have.
    pub held_addresses: BTreeMap<String, usize>,
}

/// A site that has just been collected: the model, and beside it the raw counts of `content/data/`.
///
/// Only `statistics` takes it. What plans, checks or renders takes a [`Model`], and a model holds no count.
#[derive(Debug)]
pub struct Collected {
    /// The model.
    pub model: Model,
    /// Raw counts.
    pub data: Datasets,
}

impl Collected {
    /// The datasets that can be used, by name.
    pub fn datasets(&self) -> &BTreeMap<String, Dataset> {
        &self.data.sound
    }
}

impl Deref for Collected {
    type Target = Model;

    fn deref(&self) -> &Model {
        &self.model
    }
}

impl Model {
    /// An entry.
    pub fn entry(&self, ix: EntryIx) -> &Entry {
        &self.entries[ix.0 as usize]
    }

    /// A section.
    pub fn section(&self, ix: SectionIx) -> &Section {
        &self.sections[ix.0 as usize]
    }

    /// The entry of a file.
    pub fn entry_at(&self, path: &VPath) -> Option<EntryIx> {
        let found = self.entries.binary_search_by(|entry| entry.path.cmp(path)).ok()?;
        u32::try_from(found).ok().map(EntryIx)
    }

    /// Text and tree of an entry's body. It is parsed for this call, unless it is at hand; who needs no tree asks the outline.
    pub fn body(&self, entry: &Entry) -> Arc<Tree> {
        self.sources.tree(entry.file)
    }

    /// All entries with their indices.
    pub fn entries(&self) -> impl Iterator<Item = (EntryIx, &Entry)> {
        (0u32..).map(EntryIx).zip(&self.entries)
    }

    /// The list of a key.
    ///
    /// # Panics
    /// If there is no such list; keys come from the model itself.
    pub fn list(&self, key: &ListKey) -> &List {
        self.lists.get(key).expect("keys of lists come from the model")
    }

    /// The sections below the root in the order in which menus show them.
    pub fn sections_in_order(&self) -> impl Iterator<Item = &Section> {
        self.menu.iter().map(|&ix| self.section(ix))
    }

    /// The section of a folder below `content/`; the root's is the empty one.
    pub fn section_at(&self, dir: &str) -> Option<&Section> {
        self.section_ix(dir).map(|ix| self.section(ix))
    }

    /// The index of the section of a folder.
    pub fn section_ix(&self, dir: &str) -> Option<SectionIx> {
        let found = self.sections.binary_search_by(|section| section.dir.as_str().cmp(dir)).ok()?;
        u32::try_from(found).ok().map(SectionIx)
    }

    /// What is held back at a path.
    pub fn held_at(&self, path: &VPath) -> Option<usize> {
        self.held.binary_search_by(|held| held.path.cmp(path)).ok()
    }

    /// The bulletins of a kind, newest first.
    pub fn of_kind(&self, kind: Kind) -> &[EntryIx] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The list of addresses as it is once this model has been published.
    pub fn recorded(&self) -> AddressBook {
        self.book.record(self)
    }

    /// The sections in the order of menus.
    fn menu(&self) -> Vec<SectionIx> {
        let mut menu: Vec<SectionIx> = (0u32..).map(SectionIx).take(self.sections.len()).collect();
        menu.retain(|&ix| !self.section(ix).dir.is_empty());
        menu.sort_by(|&a, &b| {
            let (a, b) = (self.section(a), self.section(b));
            a.order.cmp(&b.order).then_with(|| a.dir.cmp(&b.dir))
        });
        menu
    }
}
