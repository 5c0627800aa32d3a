//! The site on its way to a [`super::Model`]: a type for each stage, and the next one is made of the one before.
//!
//! ```text
//! Entries ──settle::addressed──▶ Addressed ──lists::grouped─▶ Grouped ──Grouped::model──▶ Model
//! what was read                  who stands where             who stands together      neighbours, banner, pictures in use
//! ```
//!
//! What a stage does not know yet it has no field for: a list cannot be asked for before there are addresses, and no link means anything
//! before. Each stage shows all of the one before by `Deref`.
//!
//! Invariant: a stage is made whole, by one function, and does not change afterwards.

use super::Model;
use super::addresses::AddressBook;
use super::config::Config;
use super::dataset::FigureNames;
use super::entry::{Entry, EntryIx, Held, Section, SectionIx};
use super::kind::Kind;
use super::lists::{List, ListKey};
use super::now::Now;
use super::picture::Used;
use super::public_file::Assets;
use super::words::Words;
use super::{neighbours, settle};
use crate::diag::FileId;
use crate::source::{Sources, Tree};
use crate::world::VPath;
use blake3::Hash;
use std::collections::{BTreeMap, HashMap};
use std::ops::Deref;
use std::sync::Arc;

/// What was read, and what follows from each file alone.
#[derive(Debug)]
pub struct Entries {
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
    /// Files beside the bulletins.
    pub assets: Assets,
    /// The tables and charts that may be named. The figures themselves are no part of the model: see [`super::Collected`].
    pub figure_names: FigureNames,
    /// The sections below the root, in the order in which menus show them.
    pub menu: Vec<SectionIx>,
    /// Where each entry stands in `entries`.
    pub(super) places: HashMap<VPath, EntryIx>,
}

impl Entries {
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
        self.places.get(path).copied()
    }

    /// Text and tree of an entry's body. It is parsed for this call, unless it is at hand; who needs no tree asks the outline.
    pub fn body(&self, entry: &Entry) -> Arc<Tree> {
        self.sources.tree(entry.file)
    }

    /// All entries with their indices.
    pub fn entries(&self) -> impl Iterator<Item = (EntryIx, &Entry)> {
        (0u32..).map(EntryIx).zip(&self.entries)
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
}

/// The places of entries that are sorted by path.
///
/// # Panics
/// If there are 2^32 entries.
pub(super) fn places(entries: &[Entry]) -> HashMap<VPath, EntryIx> {
    let number = |at: usize| EntryIx(u32::try_from(at).expect("fewer than 2^32 entries"));
    entries.iter().enumerate().map(|(at, entry)| (entry.path.clone(), number(at))).collect()
}

/// The sections in the order of menus.
pub(super) fn menu(sections: &[Section]) -> Vec<SectionIx> {
    let mut menu: Vec<(&Section, SectionIx)> = sections.iter().zip((0u32..).map(SectionIx)).collect();
    menu.retain(|(section, _)| !section.dir.is_empty());
    menu.sort_by(|(a, _), (b, _)| a.order.cmp(&b.order).then_with(|| a.dir.cmp(&b.dir)));
    menu.into_iter().map(|(_, ix)| ix).collect()
}

/// Who stands at which address. From here on a link means something: [`Addressed::resolve`].
#[derive(Debug)]
pub struct Addressed {
    pub(super) read: Entries,
    /// Entries by address.
    pub addresses: BTreeMap<String, EntryIx>,
    /// Old addresses that lead to entries.
    pub aliases: BTreeMap<String, EntryIx>,
    /// What is held back, by the address that it would have.
    pub held_addresses: BTreeMap<String, usize>,
}

impl Deref for Addressed {
    type Target = Entries;

    fn deref(&self) -> &Entries {
        &self.read
    }
}

/// The entries in their lists.
#[derive(Debug)]
pub struct Grouped {
    pub(super) addressed: Addressed,
    /// Lists.
    pub lists: BTreeMap<ListKey, List>,
    /// The bulletins of each kind, newest first.
    pub kinds: BTreeMap<Kind, Vec<EntryIx>>,
}

impl Deref for Grouped {
    type Target = Addressed;

    fn deref(&self) -> &Addressed {
        &self.addressed
    }
}

impl Grouped {
    /// The list of a key.
    ///
    /// # Panics
    /// If there is no such list; keys come from the model itself.
    pub fn list(&self, key: &ListKey) -> &List {
        self.lists.get(key).expect("keys of lists come from the model")
    }

    /// The bulletins of a kind, newest first.
    pub fn of_kind(&self, kind: Kind) -> &[EntryIx] {
        self.kinds.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// The sources, for findings about files that nobody read as texts.
    pub(super) fn sources_mut(&mut self) -> &mut Sources {
        &mut self.addressed.read.sources
    }

    /// The last stage: what stands around each entry, and what is chosen among all.
    pub(super) fn model(self, Used { pictures, documents, document_uses }: Used) -> Model {
        let pages = self.entries().filter(|(_, entry)| entry.meta.kind == Kind::Page);
        Model {
            neighbours: neighbours::make(&self),
            banner: settle::banner(&self),
            coming_meetings: settle::coming_meetings(&self),
            pinned: settle::pinned(&self),
            pages: pages.map(|(ix, _)| ix).collect(),
            pictures,
            documents,
            document_uses,
            reviews: super::review::Reviews::default(),
            grouped: self,
        }
    }
}
