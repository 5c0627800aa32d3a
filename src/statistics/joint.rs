//! Everything that is published of one file of figures, as one draft: tables, charts and rates of all datasets that
//! share the file, and every earlier release of them.
//!
//! Refuses: datasets that share a file and disagree about what is in it; releases whose codes are gone.
//! Invariant: the same people are the same leaves, whichever dataset, table or release names them.

use super::draft::{Dimension as Shape, Draft, Entry, MeasureKind, Policy};
use super::ledger::{Release, ReleasedCell};
use super::past::Past;
use super::problem::{CellId, Pin};
use crate::diag::{Diagnostic, Message, Sink, codes};
use crate::model::dataset::dimension::{Dimension, Level};
use crate::model::dataset::measure::Kind;
use crate::model::dataset::stated::both;
use crate::model::dataset::view::{Series, View};
use crate::model::dataset::{Dataset, rows::Row};
use std::collections::{BTreeMap, BTreeSet};

/// Datasets about the same people, as a problem in the making.
pub struct Study<'m> {
    /// The datasets, with where each of their views takes its figures from.
    pub shown: Vec<Shown<'m>>,
    /// Their cells.
    pub draft: Draft,
    /// The keys of the dimensions, as the draft numbers them.
    pub dimensions: Vec<String>,
    /// What earlier releases printed: which release, which cell of it, and which cell of the draft.
    pub printed: Vec<Printed<'m>>,
}

/// A dataset with its places.
pub struct Shown<'m> {
    /// The dataset.
    pub dataset: &'m Dataset,
    /// Of each table, then of each chart: row by row, column by column, series by series.
    pub places: Vec<Vec<Place>>,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cell.
    Cell(CellId),
    /// A share of one cell in another.
    Rate {
        /// Above the line.
        numerator: CellId,
        /// Below it.
        denominator: CellId,
        /// Digits behind the point.
        decimals: u8,
    },
    /// Nothing: a share of what the row or column leaves out.
    Empty,
}

/// What an earlier release printed.
pub struct Printed<'m> {
    /// The release.
    pub release: &'m Release,
    /// Its cell, for messages.
    pub cell: &'m ReleasedCell,
    /// What must be so still.
    pub claim: Claim,
}

/// What an earlier release said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A number.
    Number(CellId, i64),
    /// A rate: its parts, digits and decimals.
    Rate(CellId, CellId, i64, u8),
}

/// The views of a dataset: tables, then charts.
pub fn views(dataset: &Dataset) -> impl Iterator<Item = &View> {
    dataset.tables.iter().chain(dataset.charts.iter().map(|chart| &chart.view))
}

/// One dimension of the study: codes and sets of them, numbered.
pub(super) struct Space {
    pub(super) key: String,
    pub(super) codes: BTreeMap<String, u32>,
    groups: Vec<Vec<u32>>,
    numbers: BTreeMap<Vec<u32>, u32>,
    /// By dataset: its codes as leaves.
    leaves: Vec<Vec<u32>>,
}

impl Space {
    pub(super) fn number(&mut self, mut set: Vec<u32>) -> u32 {
        set.sort_unstable();
        set.dedup();
        let next = u32::try_from(self.groups.len()).expect("fewer than 2^32 groups");
        *self.numbers.entry(set).or_insert_with_key(|set| {
            self.groups.push(set.clone());
            next
        })
    }

    pub(super) fn all(&self) -> Vec<u32> {
        (0..u32::try_from(self.codes.len()).expect("no more than MOST_CODES")).collect()
    }

    /// The number of a level of a dataset's dimension.
    fn level(&mut self, dataset: usize, dimension: &Dimension, level: Level) -> u32 {
        let set =
            dimension.leaves(level).into_iter().map(|code| self.leaves[dataset][code as usize]).collect();
        self.number(set)
    }
}

/// Puts together what is to be published of datasets that share a file. Nothing where they disagree; the sink says why.
///
/// # Panics
/// Never: datasets of one file that do not name the same dimensions and codes are refused.
pub fn study<'m>(datasets: &[&'m Dataset], releases: &'m [Release], sink: &mut Sink) -> Option<Study<'m>> {
    let first = datasets.first()?;
    if let Some(other) = datasets.iter().find(|other| !agree(first, other)) {
        sink.report(
            Diagnostic::new(
                codes::DATASET_DEFINITION,
                Message::new("shared-differs").with("other", &first.name),
            )
            .at(other.title.span)
            .hint(Message::new("shared-differs-hint")),
        );
        return None;
    }
    let mut spaces = spaces(datasets);
    // Every group is numbered before the draft is made.
    let mut wanted = Vec::new();
    for (at, dataset) in datasets.iter().enumerate() {
        wanted.push(views(dataset).map(|view| places(at, dataset, view, &mut spaces)).collect::<Vec<_>>());
    }
    let past_cells = Past { datasets, spaces: &mut spaces, sink }.cells(releases);
    let policy: Vec<Special> =
        datasets.iter().enumerate().map(|(at, one)| special(at, one, &mut spaces)).collect();
    let past_cells = past_cells?;
    let shapes = spaces.iter().map(|space| Shape {
        leaves: u32::try_from(space.codes.len()).expect("no more than MOST_CODES"),
        groups: space.groups.clone(),
    });
    let mut draft = Draft::new(policy_of(first), shapes.collect());
    measures(first, &mut draft);
    let shown = datasets.iter().zip(wanted).map(|(dataset, views)| {
        let places = views.into_iter().map(|places| settle(&places, &mut draft)).collect();
        Shown { dataset, places }
    });
    let shown = shown.collect();
    for special in policy {
        special.zeros.iter().for_each(|zero| draft.structural_zero(zero));
        for cell in special.must_print {
            let id = draft.cell(0, &cell);
            draft.pin(id, Pin::MustPrint);
        }
    }
    let mut printed = Vec::new();
    for past in past_cells {
        past.settle(&mut draft, &mut printed);
    }
    let dimensions = spaces.into_iter().map(|space| space.key).collect();
    Some(Study { shown, draft, dimensions, printed })
}

/// Whether two datasets of one file say the same of it.
fn agree(one: &Dataset, other: &Dataset) -> bool {
    let codes = |dataset: &Dataset| -> BTreeMap<String, BTreeSet<String>> {
        let dimensions = dataset.dimensions.iter();
        dimensions
            .map(|dimension| {
                let codes = dimension.codes.iter().map(|category| category.code.clone());
                (dimension.key.clone(), codes.collect())
            })
            .collect()
    };
    let measures = |dataset: &Dataset| -> Vec<(String, Kind)> {
        dataset.measures.iter().map(|measure| (measure.key.clone(), measure.kind.clone())).collect()
    };
    // Groups that have a code in common are the same groups, for what is published names them by it.
    let groups = |dataset: &Dataset| -> BTreeMap<(String, String), BTreeSet<String>> {
        let groups = dataset.dimensions.iter().flat_map(|dimension| {
            let of = |level: Level| {
                let leaves = dimension.leaves(level).into_iter();
                let codes = leaves.map(|leaf| dimension.code(Level::Code(leaf)).to_owned()).collect();
                ((dimension.key.clone(), dimension.code(level).to_owned()), codes)
            };
            dimension.all().into_iter().map(of).collect::<Vec<_>>()
        });
        groups.collect()
    };
    let (own, others) = (groups(one), groups(other));
    let same = own.iter().all(|(code, set)| others.get(code).is_none_or(|other| other == set));
    same && codes(one) == codes(other)
        && measures(one) == measures(other)
        && policy_of(one) == policy_of(other)
}

fn policy_of(dataset: &Dataset) -> Policy {
    let own = &dataset.policy;
    Policy {
        threshold: i64::from(own.threshold),
        width: i64::from(own.width),
        zeros_sensitive: own.zeros_sensitive,
        p: i64::from(own.p),
        dominance: own.dominance.map(|(n, percent)| (n, i64::from(percent))),
        contributors: own.contributors,
        insiders: own.insiders,
        unlisted: own.unlisted,
    }
}

fn spaces(datasets: &[&Dataset]) -> Vec<Space> {
    let first = datasets[0];
    let space = |dimension: &Dimension| {
        let codes: BTreeMap<String, u32> =
            dimension.codes.iter().map(|category| category.code.clone()).zip(0..).collect();
        let leaves = datasets.iter().map(|dataset| {
            let own = dataset.dimensions.iter().find(|own| own.key == dimension.key);
            let own = own.expect("datasets of one file agree about its dimensions");
            own.codes.iter().map(|category| codes[&category.code]).collect()
        });
        Space {
            key: dimension.key.clone(),
            leaves: leaves.collect(),
            codes,
            groups: Vec::new(),
            numbers: BTreeMap::new(),
        }
    };
    first.dimensions.iter().map(space).collect()
}

/// Which dimension of the study a dataset's is.
fn space_of(spaces: &[Space], dataset: &Dataset, dimension: usize) -> usize {
    let key = &dataset.dimensions[dimension].key;
    spaces
        .iter()
        .position(|space| space.key == *key)
        .expect("datasets of one file agree about its dimensions")
}

/// The groups of a place that is restricted so.
fn groups(at: usize, dataset: &Dataset, restricted: &[(usize, Level)], spaces: &mut [Space]) -> Vec<u32> {
    let mut groups: Vec<u32> = Vec::with_capacity(spaces.len());
    for space in spaces.iter_mut() {
        let all = space.all();
        groups.push(space.number(all));
    }
    for (dimension, level) in restricted {
        let place = space_of(spaces, dataset, *dimension);
        groups[place] = spaces[place].level(at, &dataset.dimensions[*dimension], *level);
    }
    groups
}

/// A place before its cells have numbers.
enum Wanted {
    Cell(usize, Vec<u32>),
    Rate { top: (usize, Vec<u32>), bottom: (usize, Vec<u32>), part: bool, decimals: u8 },
    Empty,
}

fn places(at: usize, dataset: &Dataset, view: &View, spaces: &mut [Space]) -> Vec<Wanted> {
    let mut found = Vec::new();
    for row in &view.rows.entries {
        for column in &view.columns.entries {
            let mut place: Vec<(usize, Level)> = view.filter.clone();
            place.extend(view.rows.dimensions.iter().copied().zip(row.iter().copied()));
            place.extend(view.columns.dimensions.iter().copied().zip(column.iter().copied()));
            for series in &view.series {
                found.push(match series {
                    Series::Measure(measure) => Wanted::Cell(*measure, groups(at, dataset, &place, spaces)),
                    Series::Rate(rate) => wanted_rate(at, dataset, *rate, &place, spaces),
                });
            }
        }
    }
    found
}

fn wanted_rate(
    at: usize,
    dataset: &Dataset,
    rate: usize,
    place: &[(usize, Level)],
    spaces: &mut [Space],
) -> Wanted {
    let rate = &dataset.rates[rate];
    let Some((top, bottom)) = both(place, &rate.numerator).zip(both(place, &rate.denominator)) else {
        return Wanted::Empty;
    };
    let (top, bottom) = (groups(at, dataset, &top, spaces), groups(at, dataset, &bottom, spaces));
    let within = |(space, (top, bottom)): (&Space, (&u32, &u32))| {
        let outer = &space.groups[*bottom as usize];
        space.groups[*top as usize].iter().all(|leaf| outer.binary_search(leaf).is_ok())
    };
    let part = rate.measure == rate.per && spaces.iter().zip(top.iter().zip(&bottom)).all(within);
    Wanted::Rate { top: (rate.measure, top), bottom: (rate.per, bottom), part, decimals: rate.decimals }
}

fn settle(wanted: &[Wanted], draft: &mut Draft) -> Vec<Place> {
    let place = |wanted: &Wanted| match wanted {
        Wanted::Cell(measure, groups) => Place::Cell(draft.cell(*measure, groups)),
        Wanted::Rate { top, bottom, part, decimals } => {
            let (numerator, denominator) = (draft.cell(top.0, &top.1), draft.cell(bottom.0, &bottom.1));
            if *part {
                draft.rate(numerator, denominator);
            }
            Place::Rate { numerator, denominator, decimals: *decimals }
        }
        Wanted::Empty => Place::Empty,
    };
    wanted.iter().map(place).collect()
}

/// The measures of a study, numbered as in its datasets.
fn measures(dataset: &Dataset, draft: &mut Draft) {
    for (at, measure) in dataset.measures.iter().enumerate() {
        let entry = |row: &Row| Entry {
            at: row.at.clone(),
            value: row.values[at],
            contributors: row.shares[at].number,
            largest: row.shares[at].largest.clone(),
        };
        let kind = if measure.kind == Kind::Count { MeasureKind::Count } else { MeasureKind::Amount };
        draft.measure(kind, dataset.rows.iter().map(entry).collect());
    }
}

/// What a policy says of single places.
struct Special {
    zeros: Vec<Vec<Option<u32>>>,
    must_print: Vec<Vec<u32>>,
}

fn special(at: usize, dataset: &Dataset, spaces: &mut [Space]) -> Special {
    let zero = |restricted: &Vec<(usize, Level)>, spaces: &mut [Space]| {
        groups(at, dataset, restricted, spaces).into_iter().map(Some).collect()
    };
    let zeros = dataset.policy.structural_zeros.iter().map(|one| zero(one, spaces)).collect();
    let print = dataset.policy.must_print.iter().map(|one| groups(at, dataset, one, spaces)).collect();
    Special { zeros, must_print: print }
}
