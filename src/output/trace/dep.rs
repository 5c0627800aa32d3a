//! What a target can depend on, and the hash of each such thing as it is now.
//!
//! Refuses: positions. Entries are named by path, so that a memory of the last build still means the same.
//! Invariant: where a hash is unchanged, everything that [`super::Reader`] gives out under it is unchanged.

use super::handles::{Destination, ListPage, head_hash, way_to};
use crate::model::Model;
use crate::model::entry::{EntryIx, Section};
use crate::model::kind::Kind;
use crate::model::listed_pages;
use crate::model::lists::ListKey;
use crate::output::handout::shelves::Shelves;
use crate::output::template::Theme;
use crate::output::workshop::Workshop;
use crate::print::choice;
use crate::source::outline::BodyOutline;
use crate::statistics::safe::{SafeData, SafeDataset};
use crate::world::{OutPath, VPath};
use blake3::Hash;
use std::collections::BTreeSet;

/// Something that a target depends on. Entries are named by path, never by position.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Dep {
    /// Settings and words.
    Config,
    /// The theme's files.
    Theme,
    /// The titles and addresses of the sections.
    Sections,
    /// The notices that every page shows.
    Banner,
    /// The meetings that are coming.
    ComingMeetings,
    /// The pinned bulletins.
    Pinned,
    /// The pages of the site itself.
    Pages,
    /// All notices.
    Notices,
    /// All meetings.
    Meetings,
    /// The addresses of all pages, with when each last changed.
    Addresses,
    /// Whether a moment has passed: a meeting is over, a notice has begun.
    Passed(jiff::civil::DateTime),
    /// Whether there is a meeting that a calendar can hold.
    HasCalendar,
    /// A list's title and address, and which entries it holds, in which order.
    Roster(ListKey),
    /// The same of one page of a list: 0 is the newest.
    ListPage(ListKey, usize),
    /// Which lists there are, and how many entries each holds.
    Lists,
    /// A list's title and address.
    Name(ListKey),
    /// What cards and lists show of an entry.
    Meta(VPath),
    /// An entry's body, with the addresses of what it links to.
    Body(VPath),
    /// The cards around an entry.
    Neighbours(VPath),
    /// The title and address of a section, and what it is about.
    Section(String),
    /// The words before a section's list, with the addresses of what they link to.
    SectionBody(String),
    /// Which section an entry belongs to, and what [`Dep::Section`] says of it.
    Above(VPath),
    /// The same of the sections from the top down to a folder's own.
    WayTo(String),
    /// Where an address in the front matter of an entry leads.
    Link(VPath, String),
    /// A picture's or document's bytes.
    Asset(VPath),
    /// The theme's templates and fonts for handouts.
    PrintTheme,
    /// Which handouts there are, with what a list shows of their bulletins.
    Handouts,
    /// The list of all files that outputs of the first phase plan.
    Planned,
    /// The bytes of a file that another output makes.
    File(OutPath),
    /// Which bulletins a booklet of the settings holds.
    Booklet(usize),
    /// All that may be published of the datasets.
    Statistics,
    /// What may be published of a dataset.
    Dataset(String),
    /// The table that a block names.
    Table(String),
    /// The chart that a block names.
    Chart(String),
}

crate::diag::print_themselves!(Dep);

impl std::fmt::Display for Dep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config => f.write_str("site.yaml, words/"),
            Self::Theme => f.write_str("theme"),
            Self::Sections => f.write_str("sections"),
            Self::Banner => f.write_str("notices in force"),
            Self::ComingMeetings => f.write_str("coming meetings"),
            Self::Passed(moment) => write!(f, "whether {moment} has passed"),
            Self::HasCalendar => f.write_str("whether there are meetings"),
            Self::Roster(key) => write!(f, "list {key:?}"),
            Self::ListPage(key, number) => write!(f, "page {number} of list {key:?}"),
            Self::Lists => f.write_str("lists"),
            Self::Meta(path) => write!(f, "front matter of {path}"),
            Self::Body(path) => write!(f, "body of {path}"),
            Self::Neighbours(path) => write!(f, "what stands around {path}"),
            Self::Section(dir) => write!(f, "section {dir}"),
            Self::SectionBody(dir) => write!(f, "words of section {dir}"),
            Self::Above(path) => write!(f, "section of {path}"),
            Self::WayTo(dir) => write!(f, "sections above {dir}"),
            Self::Link(path, target) => write!(f, "link of {path} to {target}"),
            Self::Asset(path) => write!(f, "file {path}"),
            Self::PrintTheme => f.write_str("templates and fonts of handouts"),
            Self::Handouts => f.write_str("handouts"),
            Self::Planned => f.write_str("list of files"),
            Self::File(path) => write!(f, "bytes of {path}"),
            Self::Booklet(number) => write!(f, "bulletins of booklet {}", number + 1),
            Self::Statistics => f.write_str("statistics"),
            Self::Dataset(name) => write!(f, "dataset {name}"),
            Self::Table(name) => write!(f, "table {name}"),
            Self::Chart(name) => write!(f, "chart {name}"),
            Self::Pinned => f.write_str("pinned bulletins"),
            Self::Pages => f.write_str("pages of the site"),
            Self::Name(key) => write!(f, "title of {key:?}"),
            Self::Notices => f.write_str("notices"),
            Self::Meetings => f.write_str("meetings"),
            Self::Addresses => f.write_str("addresses of all pages"),
        }
    }
}

/// The dependencies of one target.
pub type Trace = BTreeSet<Dep>;

/// Today's hash of a dependency; none if it does not exist any more.
pub fn hash_of(
    model: &Model,
    theme: &Theme,
    workshop: &Workshop,
    statistics: &SafeData,
    dep: &Dep,
) -> Option<Hash> {
    let cards = |entries: &[EntryIx]| {
        let mut hasher = blake3::Hasher::new();
        for &ix in entries {
            hasher.update(model.entry(ix).meta_hash.as_bytes());
        }
        hasher.finalize()
    };
    match dep {
        Dep::Config => Some(model.config_hash),
        Dep::Theme => Some(theme.hash),
        Dep::Sections => Some(heads(model.sections_in_order())),
        Dep::Section(dir) => model.section_at(dir).map(head_hash),
        Dep::SectionBody(dir) => {
            let section = model.section_at(dir)?;
            let path = model.sources.vpath(section.file?);
            Some(text_hash(model, path, &section.outline))
        }
        Dep::Above(path) => model.entry_at(path).map(|ix| head_hash(model.section(model.entry(ix).section))),
        Dep::WayTo(dir) => {
            let mut hasher = blake3::Hasher::new();
            way_to(model, dir).into_iter().for_each(|head| {
                hasher.update(head.hash().as_bytes());
            });
            Some(hasher.finalize())
        }
        Dep::Link(path, target) => model.entry_at(path).map(|_| {
            let destination = Destination::of(model, path, target);
            blake3::hash(format!("{destination:?}").as_bytes())
        }),
        Dep::Banner => Some(cards(&model.banner)),
        Dep::ComingMeetings => Some(cards(&model.coming_meetings)),
        Dep::Pinned => Some(cards(&model.pinned)),
        Dep::Pages => Some(cards(&model.pages)),
        Dep::Notices => Some(cards(model.of_kind(Kind::Notice))),
        Dep::Meetings => Some(cards(model.of_kind(Kind::Meeting))),
        Dep::HasCalendar => Some(blake3::hash(&[u8::from(has_calendar(model))])),
        Dep::Addresses => {
            let mut hasher = blake3::Hasher::new();
            for page in listed_pages::all(model) {
                hasher.update(page.address.as_bytes()).update(&[0]);
                if let Some(when) = page.changed {
                    hasher.update(when.start().to_string().as_bytes());
                }
                hasher.update(&[0]);
            }
            Some(hasher.finalize())
        }
        Dep::Passed(moment) => Some(blake3::hash(&[u8::from(model.now.is_after(*moment))])),
        Dep::Roster(key) => model.lists.get(key).map(|list| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(list.title.as_bytes()).update(&[0]).update(list.address.as_bytes()).update(&[0]);
            hasher.update(list.hash.as_bytes()).finalize()
        }),
        Dep::ListPage(key, number) => {
            let page = ListPage::new(model.lists.get(key)?, *number);
            Some(page.hash(|ix| &model.entry(ix).path))
        }
        Dep::Name(key) => model.lists.get(key).map(|list| {
            blake3::Hasher::new()
                .update(list.title.as_bytes())
                .update(&[0])
                .update(list.address.as_bytes())
                .finalize()
        }),
        Dep::Lists => {
            let mut hasher = blake3::Hasher::new();
            for list in model.lists.values() {
                hasher.update(list.title.as_bytes()).update(list.address.as_bytes());
                hasher.update(&list.entries.len().to_le_bytes());
            }
            Some(hasher.finalize())
        }
        Dep::Meta(path) => model.entry_at(path).map(|ix| model.entry(ix).meta_hash),
        Dep::Body(path) => model.entry_at(path).map(|ix| {
            let entry = model.entry(ix);
            text_hash(model, &entry.path, &entry.outline)
        }),
        Dep::Neighbours(path) => model.entry_at(path).map(|ix| model.neighbours[ix.0 as usize].hash),
        Dep::Asset(path) => model
            .pictures
            .get(path)
            .map(|picture| picture.hash)
            .or_else(|| model.documents.get(path).map(|document| document.hash)),
        Dep::PrintTheme => Some(theme.print_hash),
        Dep::Handouts => Some(handouts_hash(model, workshop.shelves(model))),
        Dep::Planned => Some(workshop.planned().hash()),
        Dep::File(path) => workshop.file_hash(path),
        Dep::Booklet(number) => booklet_hash(model, *number),
        Dep::Statistics => {
            let mut hasher = blake3::Hasher::new();
            for dataset in statistics.datasets() {
                hasher.update(dataset.hash().as_bytes());
            }
            Some(hasher.finalize())
        }
        Dep::Dataset(name) => statistics.dataset(name).map(SafeDataset::hash),
        // Which table a name means can change as well.
        Dep::Table(name) => statistics.table(name).map(|(dataset, table)| named(dataset, table.name())),
        Dep::Chart(name) => statistics.chart(name).map(|(dataset, chart)| named(dataset, chart.name())),
    }
}

/// Hash of all handouts. Those of the settings are covered by the settings.
fn handouts_hash(model: &Model, shelves: &Shelves) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(model.config_hash.as_bytes()).update(&[u8::from(shelves.filters.is_empty())]);
    for handout in &shelves.all {
        if let Some(ix) = handout.bulletin() {
            let entry = model.entry(ix);
            hasher.update(entry.path.as_bytes()).update(&[0]).update(handout.layout().name.as_bytes());
            hasher.update(&[0]).update(entry.meta_hash.as_bytes());
        }
    }
    hasher.finalize()
}

fn booklet_hash(model: &Model, number: usize) -> Option<Hash> {
    let mut hasher = blake3::Hasher::new();
    for part in choice::parts(model, model.config.handouts.booklets.get(number)?) {
        hasher.update(part.title.unwrap_or_default().as_bytes()).update(&[1]);
        for ix in part.entries {
            hasher.update(model.entry(ix).path.as_bytes()).update(&[0]);
        }
    }
    Some(hasher.finalize())
}

fn named(dataset: &SafeDataset, name: &str) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(dataset.hash().as_bytes()).update(name.as_bytes());
    hasher.finalize()
}

/// Whether some meeting has a beginning, so that calendars can hold it.
pub(super) fn has_calendar(model: &Model) -> bool {
    let mut meetings = model.of_kind(Kind::Meeting).iter().map(|&ix| model.entry(ix));
    meetings.any(|entry| entry.meeting_start().is_some() && !entry.draft)
}

fn heads<'m>(sections: impl Iterator<Item = &'m Section>) -> Hash {
    let mut hasher = blake3::Hasher::new();
    for section in sections {
        hasher.update(head_hash(section).as_bytes());
    }
    hasher.finalize()
}

/// Hash of a text together with where its addresses lead now.
fn text_hash(model: &Model, path: &VPath, outline: &BodyOutline) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(outline.hash.as_bytes());
    for reference in &outline.references {
        let destination = Destination::of(model, path, &reference.target.value);
        hasher.update(format!("{destination:?}").as_bytes()).update(&[0]);
    }
    hasher.finalize()
}
