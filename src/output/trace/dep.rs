//! What a target can depend on, and the hash of each such thing as it is now.
//!
//! Refuses: positions. Entries are named by path, so that a memory of the last build still means the same.
//! Invariant: where a hash is unchanged, everything that [`super::Reader`] gives out under it is unchanged.

use crate::model::Model;
use crate::model::addresses;
use crate::model::entry::EntryIx;
use crate::model::kind::Kind;
use crate::model::lists::ListKey;
use crate::output::template::Theme;
use crate::print::choice;
use crate::statistics::safe::{SafeData, SafeDataset};
use crate::world::VPath;
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
    /// Which entries a list holds, in which order.
    Roster(ListKey),
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
    /// A section's own words.
    Section(String),
    /// A picture's or document's bytes.
    Asset(VPath),
    /// The theme's templates and fonts for handouts.
    PrintTheme,
    /// Which handouts there are, with what a list shows of their bulletins.
    Handouts,
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

impl std::fmt::Display for Dep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config => f.write_str("site.yaml, words/"),
            Self::Theme => f.write_str("theme"),
            Self::Sections => f.write_str("sections"),
            Self::Banner => f.write_str("notices in force"),
            Self::ComingMeetings => f.write_str("coming meetings"),
            Self::Passed(moment) => write!(f, "whether {moment} has passed"),
            Self::Roster(key) => write!(f, "list {key:?}"),
            Self::Lists => f.write_str("lists"),
            Self::Meta(path) => write!(f, "front matter of {path}"),
            Self::Body(path) => write!(f, "body of {path}"),
            Self::Neighbours(path) => write!(f, "what stands around {path}"),
            Self::Section(dir) => write!(f, "section {dir}"),
            Self::Asset(path) => write!(f, "file {path}"),
            Self::PrintTheme => f.write_str("templates and fonts of handouts"),
            Self::Handouts => f.write_str("handouts"),
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
pub fn hash_of(model: &Model, theme: &Theme, statistics: &SafeData, dep: &Dep) -> Option<Hash> {
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
        Dep::Sections => {
            let mut hasher = blake3::Hasher::new();
            for section in &model.sections {
                hasher.update(section.dir.as_bytes()).update(section.hash.as_bytes());
            }
            Some(hasher.finalize())
        }
        Dep::Banner => Some(cards(&model.banner)),
        Dep::ComingMeetings => Some(cards(&model.coming_meetings)),
        Dep::Pinned => Some(cards(&model.pinned)),
        Dep::Pages => Some(cards(&model.pages)),
        Dep::Notices => Some(cards(&of_kind(model, Kind::Notice))),
        Dep::Meetings => Some(cards(&of_kind(model, Kind::Meeting))),
        Dep::Addresses => {
            let mut hasher = blake3::Hasher::new();
            for page in addresses::all(model) {
                hasher.update(page.address.as_bytes()).update(&[0]);
                if let Some(when) = page.changed {
                    hasher.update(when.start().to_string().as_bytes());
                }
                hasher.update(&[0]);
            }
            Some(hasher.finalize())
        }
        Dep::Passed(moment) => Some(blake3::hash(&[u8::from(model.now.is_after(*moment))])),
        Dep::Roster(key) => model.lists.get(key).map(|list| list.hash),
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
        Dep::Body(path) => model.entry_at(path).map(|ix| body_hash(model, ix)),
        Dep::Neighbours(path) => model.entry_at(path).map(|ix| model.neighbours[ix.0 as usize].hash),
        Dep::Section(dir) => {
            model.sections.iter().find(|section| section.dir == *dir).map(|section| section.hash)
        }
        Dep::Asset(path) => model
            .pictures
            .get(path)
            .map(|picture| picture.hash)
            .or_else(|| model.documents.get(path).copied()),
        Dep::PrintTheme => Some(theme.print().hash()),
        Dep::Handouts => Some(handouts_hash(model)),
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
fn handouts_hash(model: &Model) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(model.config_hash.as_bytes());
    for (_, entry) in model.entries() {
        for layout in choice::layouts(&model.config, entry) {
            hasher.update(entry.path.as_bytes()).update(&[0]).update(layout.name.as_bytes()).update(&[0]);
            hasher.update(entry.meta_hash.as_bytes());
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

/// The bulletins of a kind, newest first.
pub(super) fn of_kind(model: &Model, kind: Kind) -> Vec<EntryIx> {
    let all = &model.list(&ListKey::All).entries;
    all.iter().copied().filter(|&ix| model.entry(ix).meta.kind == kind).collect()
}

/// Hash of a body together with where its links lead now.
fn body_hash(model: &Model, ix: EntryIx) -> Hash {
    let entry = model.entry(ix);
    let mut hasher = blake3::Hasher::new();
    hasher.update(entry.outline.hash.as_bytes());
    for target in entry.outline.links_and_images() {
        hasher.update(resolved(model, &entry.path, &target.value).as_bytes());
    }
    hasher.finalize()
}

fn resolved(model: &Model, from: &VPath, target: &str) -> String {
    use crate::model::route::LinkTarget;
    match model.resolve(from, target) {
        LinkTarget::Entry(ix, fragment) => format!("{}#{fragment:?}", model.entry(ix).address),
        LinkTarget::Section(ix) => model.section(ix).address.clone(),
        other => format!("{other:?}"),
    }
}
