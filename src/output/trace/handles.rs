//! What a [`super::Reader`] gives out: handles that show only what their dependency covers.
//!
//! Refuses: the entry, section or list behind a handle. Whatever is not covered has a getter of `Reader` that notes it.
//! Invariant: only this module's parent makes handles, and it notes their dependency when it does; plans, which are not
//! traced, make them from the model.

use super::Reader;
use crate::diag::{Span, Spanned};
use crate::model::Model;
use crate::model::config::Config;
use crate::model::entry::{Entry, EntryIx, Section};
use crate::model::kind::Kind;
use crate::model::lists::{List, ListKey};
use crate::model::meta::Meta;
use crate::model::neighbours;
use crate::model::own::Notice;
use crate::model::public_file::PublicFile;
use crate::model::review::{ReviewStamp, Signature};
use crate::model::route::LinkTarget;
use crate::model::when::When;
use crate::source::Tree;
use crate::source::doc::Doc;
use crate::source::outline::BodyOutline;
use crate::world::VPath;
use blake3::Hash;
use jiff::civil::DateTime;
use std::sync::Arc;

/// A bulletin or page without its body: what its own front matter and its place say.
#[derive(Clone, Copy, Debug)]
pub struct Bulletin<'m> {
    ix: EntryIx,
    entry: &'m Entry,
}

impl<'m> Bulletin<'m> {
    pub(super) fn new(model: &'m Model, ix: EntryIx) -> Self {
        Self { ix, entry: model.entry(ix) }
    }

    /// One of the model, for a plan.
    pub(in crate::output) fn planned(ix: EntryIx, entry: &'m Entry) -> Self {
        Self { ix, entry }
    }

    /// By which targets know it.
    pub fn ix(self) -> EntryIx {
        self.ix
    }

    /// Its path.
    pub fn path(self) -> &'m VPath {
        &self.entry.path
    }

    /// Its title.
    pub fn title(self) -> &'m str {
        self.entry.title()
    }

    /// Its address.
    pub fn address(self) -> &'m str {
        &self.entry.address
    }

    /// Its front matter.
    pub fn meta(self) -> &'m Meta {
        &self.entry.meta
    }

    /// Its kind.
    pub fn kind(self) -> Kind {
        self.entry.meta.kind
    }

    /// A sentence or two.
    pub fn summary(self) -> &'m str {
        &self.entry.summary
    }

    /// Codes of its villages.
    pub fn areas(self) -> &'m [String] {
        &self.entry.areas
    }

    /// Names of its villages.
    pub fn area_names(self, config: &Config) -> Vec<&str> {
        self.entry.area_names(config)
    }

    /// Whether it is a draft.
    pub fn draft(self) -> bool {
        self.entry.draft
    }

    /// Whether its time is over.
    pub fn expired(self) -> bool {
        self.entry.expired
    }

    /// Its stamp, where nobody has approved it and all is shown; and who has signed it, where that is printed.
    pub fn review(self) -> (Option<ReviewStamp>, &'m [Signature]) {
        (self.entry.stamp, &self.entry.signed)
    }

    /// The fields of a notice.
    pub fn notice(self) -> Option<&'m Notice> {
        self.entry.notice()
    }

    /// When a meeting begins.
    pub fn meeting_start(self) -> Option<When> {
        self.entry.meeting_start()
    }

    /// When a meeting is over.
    pub fn meeting_end(self) -> Option<DateTime> {
        self.entry.meeting_end()
    }

    /// The moment that it is sorted by.
    pub fn sort_key(self) -> Option<When> {
        self.entry.sort_key()
    }

    /// The place to name when it made its own page impossible.
    pub fn span(self) -> Span {
        self.entry.meta.title.span
    }
}

/// A section without its words.
#[derive(Clone, Copy, Debug)]
pub struct SectionHead<'m>(&'m Section);

impl<'m> SectionHead<'m> {
    pub(super) fn new(section: &'m Section) -> Self {
        Self(section)
    }

    /// Its folder below `content/`.
    pub fn dir(self) -> &'m str {
        &self.0.dir
    }

    /// Its title.
    pub fn title(self) -> &'m str {
        &self.0.title
    }

    /// Its address.
    pub fn address(self) -> &'m str {
        &self.0.address
    }

    /// The kind of its bulletins.
    pub fn kind(self) -> Kind {
        self.0.kind
    }

    /// What it is about.
    pub fn summary(self) -> &'m str {
        &self.0.summary
    }

    /// Hash of all that it shows.
    pub(super) fn hash(self) -> Hash {
        head_hash(self.0)
    }

    /// Its key words.
    pub fn tags(self) -> &'m [String] {
        &self.0.tags
    }
}

/// Hash of what [`SectionHead`] shows.
pub(super) fn head_hash(section: &Section) -> Hash {
    let mut hasher = blake3::Hasher::new();
    let parts = [&section.dir, &section.title, &section.address, &section.summary];
    let parts = parts.into_iter().map(String::as_str).chain([section.kind.name()]);
    for part in parts.chain(section.tags.iter().map(String::as_str)) {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    hasher.update(&section.order.to_le_bytes());
    hasher.finalize()
}

/// The sections from the top down to a folder's own; the root is not among them.
pub(super) fn way_to<'m>(model: &'m Model, dir: &str) -> Vec<SectionHead<'m>> {
    let ends = dir.match_indices('/').map(|(end, _)| end).chain((!dir.is_empty()).then_some(dir.len()));
    ends.filter_map(|end| model.section_at(&dir[..end])).map(SectionHead::new).collect()
}

/// A text that links can be written in, with what its links mean; its dependency covers both.
#[derive(Clone)]
pub struct Body<'s, 'm> {
    site: &'s Reader<'m>,
    path: &'m VPath,
    tree: Arc<Tree>,
}

impl<'s, 'm> Body<'s, 'm> {
    pub(super) fn new(site: &'s Reader<'m>, path: &'m VPath, tree: Arc<Tree>) -> Self {
        Self { site, path, tree }
    }

    /// The text.
    pub fn doc(&self) -> &Doc {
        &self.tree
    }

    /// Where an address of the text leads.
    pub fn link(&self, target: &str) -> Destination<'m> {
        Destination::of(self.site.model(), self.path, target)
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination<'m> {
    /// To a page of this site, and perhaps a place on it.
    Page(&'m str, Option<String>),
    /// To a place on the same page.
    Fragment(String),
    /// To an address that an output publishes, and perhaps a place there.
    Path(String, Option<String>),
    /// Elsewhere.
    External(String),
    /// To a picture or a document.
    File(PublicFile),
    /// Nowhere.
    Nowhere,
}

impl<'m> Destination<'m> {
    pub(super) fn of(model: &'m Model, from: &VPath, target: &str) -> Self {
        match model.resolve(from, target) {
            LinkTarget::Entry(ix, fragment) => Self::Page(&model.entry(ix).address, fragment),
            LinkTarget::Section(ix) => Self::Page(&model.section(ix).address, None),
            LinkTarget::Fragment(id) => Self::Fragment(id),
            LinkTarget::Path(address, fragment) => Self::Path(address, fragment),
            LinkTarget::External(address) => Self::External(address),
            LinkTarget::Asset(file) => Self::File(file),
            LinkTarget::Held(_) | LinkTarget::Broken | LinkTarget::Unsafe | LinkTarget::Unpublishable(_) => {
                Self::Nowhere
            }
        }
    }
}

/// What stands around a bulletin.
#[derive(Clone, Copy)]
pub struct Around<'m> {
    model: &'m Model,
    of: EntryIx,
}

impl<'m> Around<'m> {
    pub(super) fn new(model: &'m Model, of: EntryIx) -> Self {
        Self { model, of }
    }

    fn all(self) -> &'m neighbours::Neighbours {
        &self.model.neighbours[self.of.0 as usize]
    }

    fn one(self, ix: Option<EntryIx>) -> Option<Bulletin<'m>> {
        ix.map(|ix| Bulletin::new(self.model, ix))
    }

    /// The next newer one in the section.
    pub fn newer(self) -> Option<Bulletin<'m>> {
        self.one(self.all().newer)
    }

    /// The next older one in the section.
    pub fn older(self) -> Option<Bulletin<'m>> {
        self.one(self.all().older)
    }

    /// Those on the same matter, nearest first.
    pub fn related(self) -> impl Iterator<Item = Bulletin<'m>> {
        self.all().related.iter().map(move |&ix| Bulletin::new(self.model, ix))
    }

    /// For a notice: the earlier one that it changes or takes back.
    pub fn replaces(self) -> Option<Bulletin<'m>> {
        self.one(self.all().replaces)
    }

    /// For a notice: the newest one that changes it or takes it back.
    pub fn replaced_by(self) -> Option<Bulletin<'m>> {
        self.one(self.all().replaced_by)
    }
}

/// A list by its name.
#[derive(Clone, Copy, Debug)]
pub struct ListName<'m> {
    /// What it collects.
    pub key: &'m ListKey,
    /// Its title.
    pub title: &'m str,
    /// Its address.
    pub address: &'m str,
    /// How many bulletins it holds.
    pub count: usize,
}

impl<'m> ListName<'m> {
    pub(super) fn new((key, list): (&'m ListKey, &'m List)) -> Self {
        Self { key, title: &list.title, address: &list.address, count: list.entries.len() }
    }
}

/// A page of a list. What it says of the rest of the list is no more than its dependency covers.
#[derive(Clone, Copy, Debug)]
pub struct ListPage<'m> {
    /// The list's title.
    pub title: &'m str,
    /// The list's address.
    pub address: &'m str,
    /// Its bulletins, newest first; none where the page was given up.
    pub entries: &'m [EntryIx],
    /// Which one it is.
    pub order: PageOrder,
}

/// Which page of a list it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrder {
    /// The newest, at the list's own address.
    Newest {
        /// How many pages of older ones there are.
        older: usize,
        /// How many bulletins the list holds.
        count: usize,
    },
    /// One of the older ones, numbered from the oldest.
    Older {
        /// Its number.
        number: usize,
        /// Whether the next newer page is the list's own.
        last: bool,
    },
    /// One that there is no more; it leads to the list's own address.
    GivenUp,
}

impl<'m> ListPage<'m> {
    pub(super) fn new(list: &'m List, number: usize) -> Self {
        let older = list.older_pages();
        let order = match number {
            0 => PageOrder::Newest { older, count: list.entries.len() },
            _ if number <= older => PageOrder::Older { number, last: number == older },
            _ => PageOrder::GivenUp,
        };
        Self { title: &list.title, address: &list.address, entries: list.page(number), order }
    }

    /// Hash of all that it shows; `path` names an entry.
    pub(super) fn hash(&self, path: impl Fn(EntryIx) -> &'m VPath) -> Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.title.as_bytes()).update(&[0]).update(self.address.as_bytes()).update(&[0]);
        hasher.update(format!("{:?}", self.order).as_bytes());
        for &ix in self.entries {
            hasher.update(&[0]).update(path(ix).as_bytes());
        }
        hasher.finalize()
    }
}

/// A whole list.
#[derive(Clone, Copy, Debug)]
pub struct Roster<'m> {
    /// Its title.
    pub title: &'m str,
    /// Its address.
    pub address: &'m str,
    /// Its bulletins, newest first.
    pub entries: &'m [EntryIx],
}

/// What is known of a body without its text. It leaves out what an outline says of the whole file, its front matter too.
#[derive(Clone, Copy, Debug)]
pub struct BodyFacts<'m>(pub(super) &'m BodyOutline);

impl<'m> BodyFacts<'m> {
    /// Hash of its text.
    pub fn hash(self) -> &'m Hash {
        &self.0.hash
    }

    /// The addresses of its pictures, as written.
    pub fn images(self) -> impl Iterator<Item = &'m Spanned<String>> {
        self.0.images()
    }
}
