//! The datasets of the site: `content/data/NAME.yaml` says what the figures of `NAME.csv` mean and what is shown of them.
//!
//! Refuses: figures that contradict each other, categories that nobody named, and definitions that lead nowhere.
//! Invariant: whatever is wrong with a dataset is told, whether or not a page shows it; a [`Dataset`] is whole, and
//! every index in it is one of its own.

pub mod axis;
mod copies;
pub mod definition;
pub mod dimension;
pub mod findings;
mod groups;
pub mod measure;
pub mod period;
pub mod policy;
pub mod rows;
pub mod stated;
#[cfg(test)]
mod tests;
pub mod view;

use super::config::StatisticsSettings;
use crate::diag::{FileId, Message, Sink, Span, Spanned};
use crate::source::{Outlined, Sources, decoded, file_finding, table, unclean};
use crate::world::{Listed, VPath, World};
use dimension::{Dimension, Member};
use findings::definition;
use measure::{Measure, Rate};
use period::Period;
use policy::Policy;
use rows::Row;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use view::{Chart, View};

/// The folder of the datasets.
pub const FOLDER: &str = "content/data";
/// The folder of what was published before.
pub const RELEASES: &str = "content/data/releases";
/// The file in it that has the digest of each release.
pub const DIGESTS: &str = "digests.txt";

/// What picks among answers of nearly equal cost when figures are protected; `build::seed` makes it.
pub const SEED: &str = "content/data/.seed";

/// Raw counts with their meaning.
#[derive(Clone, Debug)]
pub struct Dataset {
    /// Name of the file without its ending.
    pub name: String,
    /// The definition's file.
    pub file: FileId,
    /// The figures' file; datasets that share it are about the same people.
    pub figures: VPath,
    /// Title.
    pub title: Spanned<String>,
    /// Whose figures they are.
    pub source: String,
    /// Under which terms they may be used.
    pub licence: Option<String>,
    /// The time that they cover.
    pub period: Option<Period>,
    /// What the figures are divided by.
    pub dimensions: Vec<Dimension>,
    /// What is counted.
    pub measures: Vec<Measure>,
    /// Shares of one count in another.
    pub rates: Vec<Rate>,
    /// What is small.
    pub policy: Policy,
    /// What is shown as tables.
    pub tables: Vec<View>,
    /// What is shown as charts.
    pub charts: Vec<Chart>,
    /// The figures: each combination of codes once.
    pub rows: Vec<Row>,
}

impl Dataset {
    /// Name of the figures' file without its ending: what is said of one file has one name.
    pub fn figures_name(&self) -> String {
        stem(&self.figures)
    }

    /// A dimension by its key or label.
    pub fn dimension(&self, word: &str) -> Option<usize> {
        dimension::find(&self.dimensions, word)
    }

    /// The sum of a measure over everything that these restrict; a dimension that is left out is not restricted.
    pub fn sum(&self, measure: usize, at: &[(usize, Member)]) -> i64 {
        rows::Sums::new(&self.dimensions, &self.rows).of(measure, at)
    }
}

/// What `content/data/` holds.
#[derive(Debug, Default)]
pub struct Datasets {
    /// Those that can be used, by name.
    pub sound: BTreeMap<String, Dataset>,
    /// Names of the others; findings say why.
    pub broken: BTreeSet<String>,
    /// What was published before, by path.
    pub releases: BTreeMap<VPath, FileId>,
    /// The digests of it, once there are some.
    pub digests: Option<FileId>,
    /// What picks among answers, as confidential as the figures; none where no command has needed it yet.
    pub seed: Option<Seed>,
}

/// See [`SEED`].
#[derive(Clone)]
pub struct Seed([u8; 32]);

impl Seed {
    fn read(world: &dyn World) -> Option<Self> {
        let bytes = world.read(&VPath::new(SEED).ok()?).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?.trim();
        (!text.is_empty()).then(|| Self(blake3::derive_key("yuanba seed of statistics, 1", text.as_bytes())))
    }

    /// A number for figures of a name.
    pub fn of(&self, figures: &str) -> u64 {
        let hash = blake3::keyed_hash(&self.0, figures.as_bytes());
        let mut number = [0; 8];
        number.copy_from_slice(&hash.as_bytes()[..8]);
        // 0 stands for no seed.
        u64::from_le_bytes(number).max(1)
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Seed(…)")
    }
}

/// What blocks and reports may name, without a figure of it.
#[derive(Debug, Default)]
pub struct FigureNames {
    /// Dataset and name of each table.
    pub tables: Vec<(String, String)>,
    /// Dataset and name of each chart.
    pub charts: Vec<(String, String)>,
    /// Whether every dataset could be read; else what a name means is not known.
    pub whole: bool,
}

impl Datasets {
    /// What may be named.
    pub fn names(&self) -> FigureNames {
        let own = |dataset: &Dataset, name: &str| (dataset.name.clone(), name.to_owned());
        let (mut tables, mut charts) = (Vec::new(), Vec::new());
        for dataset in self.sound.values() {
            tables.extend(dataset.tables.iter().map(|table| own(dataset, &table.name)));
            charts.extend(dataset.charts.iter().map(|chart| own(dataset, &chart.view.name)));
        }
        FigureNames { tables, charts, whole: self.broken.is_empty() }
    }
}

/// Reads every dataset. Findings go to `sink`.
pub(super) fn read_all(
    world: &dyn World,
    texts: &[(Listed, FileId)],
    outlines: &BTreeMap<FileId, Outlined>,
    assets: &BTreeSet<VPath>,
    settings: &StatisticsSettings,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Datasets {
    let mut tables = BTreeMap::new();
    for path in assets.iter().filter(|path| lies_in(path, FOLDER, "csv")) {
        let id = sources.intern(path);
        match world.read(path) {
            Ok(bytes) => {
                let (text, table) = read_table(id, &bytes, sink);
                sources.set_text(id, text);
                tables.insert(path.clone(), (id, table));
            }
            Err(error) => {
                sink.report(file_finding(&error, sources));
                tables.insert(path.clone(), (id, None));
            }
        }
    }
    let mut datasets = releases(world, texts, assets, sources, sink);
    datasets.seed = Seed::read(world);
    let mut used = BTreeSet::new();
    for (Listed { path, .. }, id) in texts.iter().filter(|(file, _)| is_definition(&file.path)) {
        let name = stem(path);
        let Some(read) = outlines.get(id) else {
            datasets.broken.insert(name);
            // Its figures are not told to lack a definition: it is there, and what is wrong with it is told.
            used.insert(VPath::new(&format!("{FOLDER}/{}.csv", stem(path))).ok());
            continue;
        };
        let mut reader = definition::Reader { name: &name, file: *id, settings, tables: &tables, sink };
        let (read, figures) = reader.read(&read.outline.meta);
        used.insert(figures);
        match read {
            Some(dataset) => {
                datasets.sound.insert(name, dataset);
            }
            None => {
                datasets.broken.insert(name);
            }
        }
    }
    // A file that is no table was told so; it may be no dataset at all.
    for (path, (id, _)) in tables.iter().filter(|(_, (_, table))| table.is_some()) {
        if !used.contains(&Some(path.clone())) {
            let message = Message::new("dataset-without-definition").with("name", stem(path));
            let hint = Message::new("dataset-without-definition-hint").with("name", stem(path));
            sink.report(definition(Span::new(*id, 0..0), message, hint));
            datasets.broken.insert(stem(path));
        }
    }
    copies::check(&datasets.sound, sink);
    datasets
}

/// What could be read of the figures' text, and its rows where all of them are there.
fn read_table(id: FileId, bytes: &[u8], sink: &mut Sink) -> (Arc<str>, Option<table::Table>) {
    match decoded(id, bytes, sink) {
        Ok(text) => {
            let before = sink.found().len();
            unclean::text(id, &text, sink);
            let table = table::parse(id, &text, sink);
            let whole = sink.found().len() == before;
            (text, whole.then_some(table))
        }
        Err(readable) => (readable, None),
    }
}

/// The files of earlier releases, with their texts. What lies there and is not read would be missed by nobody.
fn releases(
    world: &dyn World,
    texts: &[(Listed, FileId)],
    assets: &BTreeSet<VPath>,
    sources: &mut Sources,
    sink: &mut Sink,
) -> Datasets {
    let mut found = Datasets::default();
    let below = |path: &&VPath| path.strip_prefix(RELEASES).is_some_and(|rest| rest.starts_with('/'));
    for path in texts.iter().map(|(file, _)| &file.path).chain(assets).filter(below) {
        let name = path.file_name();
        let direct = &*path.parent() == RELEASES;
        if name.to_ascii_lowercase().starts_with("readme") {
            continue;
        }
        let id = sources.intern(path);
        if !direct || !(name == DIGESTS || lies_in(path, RELEASES, "json")) {
            let message = Message::new("release-not-read").with("path", path);
            sink.report(definition(Span::new(id, 0..0), message, Message::new("release-not-read-hint")));
            continue;
        }
        match world.read(path) {
            Ok(bytes) => {
                let (Ok(text) | Err(text)) = decoded(id, &bytes, sink);
                sources.set_text(id, text);
                if name == DIGESTS {
                    found.digests = Some(id);
                } else {
                    found.releases.insert(path.clone(), id);
                }
            }
            Err(error) => sink.report(file_finding(&error, sources)),
        }
    }
    found
}

fn lies_in(path: &VPath, folder: &str, wanted: &str) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(wanted)) && &*path.parent() == folder
}

fn is_definition(path: &VPath) -> bool {
    lies_in(path, FOLDER, "yaml") || lies_in(path, FOLDER, "yml")
}

fn stem(path: &VPath) -> String {
    let name = path.file_name();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}
