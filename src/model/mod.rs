//! The site as one value: settings, sections, entries, lists, and what is held back.
//!
//! Refuses: half-valid entries. What could not be read is a finding, not an entry.
//! Invariant: the model is a pure function of the world and the options; everything in it is sorted.

pub mod addresses;
pub mod brand;
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
pub mod publishing;
pub mod reach;
pub mod review;
pub mod route;
pub mod section;
pub mod settings;
pub mod settle;
pub mod stages;
mod unread;
pub mod when;
pub mod words;

use crate::source::Sources;
use dataset::{Dataset, Datasets};
use entry::EntryIx;
use neighbours::Neighbours;
use picture::Picture;
use public_file::{Document, PublicFile};
use stages::Grouped;
use std::collections::BTreeMap;
use std::ops::Deref;

/// The whole site: all that the stages before it know, and this.
#[derive(Debug)]
pub struct Model {
    grouped: Grouped,
    /// Those of the files beside the bulletins that are pictures and used somewhere, inspected.
    pub pictures: BTreeMap<PublicFile, Picture>,
    /// Those of them that are documents and linked to from somewhere.
    pub documents: BTreeMap<PublicFile, Document>,
    /// Where they are linked to, once for each file, and what is in those that are plain text.
    pub document_uses: Vec<picture::DocumentUse>,
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
    /// What the log of reviews says.
    pub reviews: review::Reviews,
}

impl Deref for Model {
    type Target = Grouped;

    fn deref(&self) -> &Grouped {
        &self.grouped
    }
}

impl Model {
    /// The texts and paths, for files that are read after the content: those of the theme.
    pub fn sources_mut(&mut self) -> &mut Sources {
        self.grouped.sources_mut()
    }

    /// Whether publishing this model leaves the list of addresses as it is.
    pub fn is_recorded(&self) -> bool {
        self.book.covers(self)
    }

    /// The list of addresses as it is once this model has been published.
    pub fn recorded(&self) -> addresses::AddressBook {
        self.book.record(self)
    }
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
