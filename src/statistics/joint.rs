//! Everything that is published of one file of figures, as one draft: tables, charts and rates of all datasets that
//! share the file, and every earlier release of them.
//!
//! Refuses: datasets that share a file and disagree about what is in it; releases whose codes are gone.
//! Invariant: the same people are the same leaves, whichever dataset, table or release names them.

use super::draft::{Draft, Hierarchy, Policy};
use super::family::Families;
use super::ledger::{Release, ReleasedCell};
use super::past::Past;
use super::problem::{CellId, Pin};
use super::promise::MarkPromise;
use super::space::{Space, groups, spaces};
use crate::diag::{Diagnostic, Message, Sink, codes};
use crate::model::dataset::Dataset;
use crate::model::dataset::dimension::Member;
use crate::model::dataset::measure::Kind;
use crate::model::dataset::stated::both;
use crate::model::dataset::view::{Series, View};
use std::collections::{BTreeMap, BTreeSet};

/// Datasets about the same people, as a problem in the making.
pub struct Study<'m> {
    /// The datasets, with where each of their views takes its figures from.
    pub shown: Vec<Shown<'m>>,
    /// Their cells.
    draft: Draft,
    /// The keys of the dimensions, as the draft numbers them.
    pub dimensions: Vec<String>,
    /// What earlier releases showed: which release, which cell of it, and which cell of the draft.
    pub released: Vec<Released<'m>>,
    /// The promise to make where it can be kept.
    pub preferred: MarkPromise,
    /// Why what earlier releases give away together may be taken as known, where somebody said so.
    pub accepted: bool,
}

impl Study<'_> {
    /// The draft, with what marks tell today and told in releases.
    pub fn under(&self, promise: MarkPromise) -> Draft {
        let mut draft = self.draft.clone();
        let places = self.shown.iter().flat_map(|shown| shown.places.iter().flatten());
        for place in places {
            match *place {
                Figure::Cell(cell) => draft.marked(cell, promise.least()),
                Figure::Rate { numerator, denominator, .. } => {
                    draft.marked(numerator, promise.least());
                    draft.marked(denominator, promise.least());
                }
                Figure::Empty => {}
            }
        }
        for released in &self.released {
            // Releases of before promises were written down said the same as is preferred now, and proved it for any number.
            let said = released.release.promise(&released.cell.figures);
            let least = said.unwrap_or(promise.min(released.rule.1)).least();
            draft.released(released.claim.cell(), released.rule.0, least);
        }
        draft
    }

    /// The draft as it is, to look at what it is made of.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }
}

/// A dataset with its places.
pub struct Shown<'m> {
    /// The dataset.
    pub dataset: &'m Dataset,
    /// Of each table, then of each chart: row by row, column by column, series by series.
    pub places: Vec<Vec<Figure>>,
}

/// Where a figure comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
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

/// What an earlier release showed.
pub struct Released<'m> {
    /// The release.
    pub release: &'m Release,
    /// Its cell, for messages.
    pub cell: &'m ReleasedCell,
    /// What must be so still.
    pub claim: Claim,
    /// The number of its policy in the draft, and the promise that this policy prefers.
    pub(super) rule: (usize, MarkPromise),
}

/// What an earlier release said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// A number.
    Number(CellId, i64),
    /// A rate: its parts, digits and decimals.
    Rate(CellId, CellId, i64, u8),
    /// Nothing but its mark.
    Hidden(CellId),
}

impl Claim {
    /// The cell, or the numerator.
    pub fn cell(self) -> CellId {
        match self {
            Self::Number(cell, _) | Self::Rate(cell, ..) | Self::Hidden(cell) => cell,
        }
    }
}

/// The views of a dataset: tables, then charts.
pub fn views(dataset: &Dataset) -> impl Iterator<Item = &View> {
    dataset.tables.iter().chain(dataset.charts.iter().map(|chart| &chart.view))
}

/// Puts together what is to be published of datasets that share a file. Nothing where they disagree; the sink says why.
///
/// # Panics
/// Never: datasets of one file that do not name the same dimensions and codes are refused.
pub fn study<'m>(
    datasets: &[&'m Dataset],
    releases: &'m [Release],
    seed: u64,
    sink: &mut Sink,
) -> Option<Study<'m>> {
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
    let families = Families::new(datasets);
    let mut spaces = spaces(datasets);
    // Every group is numbered before the draft is made.
    let mut wanted = Vec::new();
    for (at, dataset) in datasets.iter().enumerate() {
        let mut places = Places { at, dataset, spaces: &mut spaces, families: &families };
        wanted.push(views(dataset).map(|view| places.of(view)).collect::<Vec<_>>());
    }
    let past_cells = Past { datasets, spaces: &mut spaces, sink }.cells(releases);
    let policy: Vec<Special> =
        datasets.iter().enumerate().map(|(at, one)| special(at, one, &mut spaces)).collect();
    let past_cells = past_cells?;
    let shapes = spaces.iter().map(|space| Hierarchy {
        leaves: u32::try_from(space.codes.len()).expect("no more than MOST_CODES"),
        groups: space.groups.clone(),
    });
    let now = policy_of(first);
    let preferred = MarkPromise::preferred(now.zeros_sensitive);
    let mut draft = Draft::new(now, shapes.chain(families.dimensions()).collect());
    draft.seed(seed);
    families.enter(first, &mut draft);
    let shown = datasets.iter().zip(wanted).map(|(dataset, views)| {
        let places = views.into_iter().map(|places| figures_of(&places, &families, &mut draft)).collect();
        Shown { dataset, places }
    });
    let shown = shown.collect();
    for special in policy {
        for zero in special.zeros {
            draft.structural_zero(&families.anywhere(zero));
        }
        for cell in special.must_print {
            let id = families.cell(&mut draft, 0, &cell);
            draft.pin(id, Pin::MustPrint);
        }
    }
    let mut released = Vec::new();
    for past in past_cells {
        past.add_to(&families, &mut draft, &mut released);
    }
    let dimensions = spaces.into_iter().map(|space| space.key).collect();
    let accepted = datasets.iter().any(|dataset| dataset.policy.already_public.is_some());
    Some(Study { shown, draft, dimensions, released, preferred, accepted })
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
            let of = |level: Member| {
                let leaves = dimension.leaves(level).into_iter();
                let codes = leaves.map(|leaf| dimension.code(Member::Code(leaf)).to_owned()).collect();
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
    }
}

/// A place before its cells have numbers.
enum Wanted {
    Cell(usize, Vec<u32>),
    Rate { top: (usize, Vec<u32>), bottom: (usize, Vec<u32>), part: bool, decimals: u8 },
    Empty,
}

/// Where the views of a dataset take their figures from.
struct Places<'s, 'm> {
    at: usize,
    dataset: &'m Dataset,
    spaces: &'s mut Vec<Space>,
    families: &'s Families,
}

impl Places<'_, '_> {
    fn of(&mut self, view: &View) -> Vec<Wanted> {
        let mut found = Vec::new();
        for row in &view.rows.entries {
            for column in &view.columns.entries {
                let mut place: Vec<(usize, Member)> = view.filter.clone();
                place.extend(view.rows.dimensions.iter().copied().zip(row.iter().copied()));
                place.extend(view.columns.dimensions.iter().copied().zip(column.iter().copied()));
                for series in &view.series {
                    found.push(match series {
                        Series::Measure(measure) => {
                            Wanted::Cell(*measure, groups(self.at, self.dataset, &place, self.spaces))
                        }
                        Series::Rate(rate) => self.rate(*rate, &place),
                    });
                }
            }
        }
        found
    }

    fn rate(&mut self, rate: usize, place: &[(usize, Member)]) -> Wanted {
        let rate = &self.dataset.rates[rate];
        let Some((top, bottom)) = both(place, &rate.numerator).zip(both(place, &rate.denominator)) else {
            return Wanted::Empty;
        };
        let top = groups(self.at, self.dataset, &top, self.spaces);
        let bottom = groups(self.at, self.dataset, &bottom, self.spaces);
        let within = |(space, (top, bottom)): (&Space, (&u32, &u32))| {
            let outer = &space.groups[*bottom as usize];
            space.groups[*top as usize].iter().all(|leaf| outer.binary_search(leaf).is_ok())
        };
        let part = self.families.within(rate.measure, rate.per)
            && self.spaces.iter().zip(top.iter().zip(&bottom)).all(within);
        Wanted::Rate { top: (rate.measure, top), bottom: (rate.per, bottom), part, decimals: rate.decimals }
    }
}

fn figures_of(wanted: &[Wanted], families: &Families, draft: &mut Draft) -> Vec<Figure> {
    let place = |wanted: &Wanted| match wanted {
        Wanted::Cell(measure, groups) => {
            let cell = families.cell(draft, *measure, groups);
            families.beside(draft, cell, None, *measure, groups);
            Figure::Cell(cell)
        }
        Wanted::Rate { top, bottom, part, decimals } => {
            let numerator = families.cell(draft, top.0, &top.1);
            let denominator = families.cell(draft, bottom.0, &bottom.1);
            if *part {
                draft.rate(numerator, denominator);
            }
            Figure::Rate { numerator, denominator, decimals: *decimals }
        }
        Wanted::Empty => Figure::Empty,
    };
    wanted.iter().map(place).collect()
}

/// What a policy says of single places.
struct Special {
    zeros: Vec<Vec<Option<u32>>>,
    must_print: Vec<Vec<u32>>,
}

fn special(at: usize, dataset: &Dataset, spaces: &mut Vec<Space>) -> Special {
    let zero = |restricted: &Vec<(usize, Member)>, spaces: &mut Vec<Space>| {
        groups(at, dataset, restricted, spaces).into_iter().map(Some).collect()
    };
    let zeros = dataset.policy.structural_zeros.iter().map(|one| zero(one, spaces)).collect();
    let print = dataset.policy.must_print.iter().map(|one| groups(at, dataset, one, spaces)).collect();
    Special { zeros, must_print: print }
}
