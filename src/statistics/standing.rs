//! How what is published now stands to the ledger: which figures no release holds, and what is hidden that was printed.
//!
//! Refuses: raw counts; it sees what is published alone.
//! Invariant: a cell is known by the codes that it sums, not by their names: a total of ten months is none of eleven.

use super::digests::{self, Digests};
use super::ledger::{self, Release, ReleasedCell};
use super::safe::{SafeData, SafeDataset};
use crate::diag::Message;
use crate::model::Collected;
use crate::model::dataset::Dataset;
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// What a build says of the ledger, and what it needs to add to it.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// How what is published stands to it.
    pub standing: Standing,
    /// The releases that are there.
    pub digests: Digests,
    /// Whether they have no digests of their own yet.
    pub lacking: bool,
    /// What is softer than usual, and why.
    pub soft: Vec<Message>,
    /// There are figures, and no seed yet: which of them are withheld may differ once there is one.
    pub seedless: bool,
}

/// How many hidden figures are named.
const NAMED: usize = 12;

impl Kept {
    /// What every build says of it: also one that finds nothing changed.
    pub fn told(&self) -> Vec<Message> {
        let mut told = self.soft.clone();
        told.extend(self.standing.told_hidden());
        if !self.standing.unreleased.is_empty() {
            let names = self.standing.unreleased.join("、");
            told.push(Message::new("build-unreleased").with("names", names));
        }
        told
    }
}

impl Standing {
    /// What the last release printed and what is hidden now.
    pub fn told_hidden(&self) -> Vec<Message> {
        let all = &self.newly_hidden;
        if all.is_empty() {
            return Vec::new();
        }
        let mut told = vec![Message::new("newly-hidden").with("count", all.len())];
        let one = |(table, of): &(String, String)| {
            Message::new("newly-hidden-one").with("table", table).with("of", of)
        };
        told.extend(all.iter().take(NAMED).map(one));
        if all.len() > NAMED {
            told.push(Message::new("newly-hidden-more").with("more", all.len() - NAMED));
        }
        told
    }
}

/// What there is to say.
pub fn kept(model: &Collected, safe: &SafeData, releases: &[Release]) -> Kept {
    let told = |dataset: &Dataset| {
        let name = dataset.name.clone();
        dataset.policy.soft.clone().into_iter().map(move |soft| soft.with("dataset", &name))
    };
    Kept {
        standing: of(safe, releases),
        digests: digests::present(model),
        lacking: digests::lacking(model),
        soft: model.datasets().values().flat_map(told).collect(),
        seedless: safe.datasets().next().is_some() && model.data.seed.is_none(),
    }
}

/// How it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Names of the datasets of which some table is in no release.
    pub unreleased: Vec<String>,
    /// What the last release printed and what is hidden now: table, then what it is.
    pub newly_hidden: Vec<(String, String)>,
}

/// A cell: of which figures, which measure, the codes that it sums by dimension, and what is printed.
type Key = (String, String, Vec<blake3::Hash>, Option<i64>);

/// Compares what is published now with the ledger.
pub fn of(safe: &SafeData, releases: &[Release]) -> Standing {
    let mut standing = Standing::default();
    let Some(now) = ledger::current(safe) else { return standing };
    let held: HashSet<Key> = releases.iter().flat_map(keys).map(|(_, key)| key).collect();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for (cell, key) in keys(&now) {
        if !held.contains(&key) {
            missing.insert(cell.figures.as_str());
        }
    }
    let lacks = |dataset: &&SafeDataset| missing.contains(dataset.figures());
    standing.unreleased = safe.datasets().filter(lacks).map(|dataset| dataset.name().to_owned()).collect();
    let Some(last) = releases.last() else { return standing };
    let place = |cell: &ReleasedCell| (cell.table.clone(), cell.measure.clone(), cell.at.clone());
    let printed: BTreeSet<_> = last.cells.iter().filter(|cell| cell.value.is_some()).map(place).collect();
    for cell in now.cells.iter().filter(|cell| cell.value.is_none()) {
        if printed.contains(&place(cell)) {
            standing.newly_hidden.extend(told(safe, cell));
        }
    }
    standing
}

/// The cells of a release with what they are known by.
fn keys(release: &Release) -> Vec<(&ReleasedCell, Key)> {
    let mut sets: BTreeMap<(&str, &str, &str), blake3::Hash> = BTreeMap::new();
    let mut keys = Vec::new();
    for cell in &release.cells {
        let own = release.dimensions.iter().filter(|((figures, _), _)| *figures == cell.figures);
        let hashes = own.map(|((figures, dimension), then)| {
            let code = cell.at.get(dimension).unwrap_or(&then.total).as_str();
            *sets.entry((figures, dimension, code)).or_insert_with(|| {
                let codes: Vec<&str> = then.of(code).into_iter().flatten().collect();
                blake3::hash(codes.join("\n").as_bytes())
            })
        });
        let key = (cell.figures.clone(), cell.measure.clone(), hashes.collect(), cell.value);
        keys.push((cell, key));
    }
    keys
}

/// The title of a cell's table, and its names.
fn told(safe: &SafeData, cell: &ReleasedCell) -> Option<(String, String)> {
    let dataset = safe.datasets().find(|dataset| dataset.figures() == cell.figures)?;
    let id = cell.table.rsplit('/').next().unwrap_or_default();
    let own = id.strip_prefix("chart-").unwrap_or(id);
    let tables = dataset.tables().iter().chain(dataset.charts().iter().map(super::safe::SafeChart::table));
    let title =
        tables.into_iter().find(|table| own.starts_with(table.name())).map_or(id, |table| table.title());
    let names = dataset.dimensions().iter().filter_map(|dimension| {
        let code = cell.at.get(&dimension.key)?;
        dimension.entries.iter().find(|(known, _)| known == code).map(|(_, label)| label.as_str())
    });
    let names = names.collect::<Vec<_>>().join(" ");
    Some((title.to_owned(), names))
}
