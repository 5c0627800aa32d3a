//! Counts of which one is part of another: the cases, and those of them that were settled.
//!
//! Who reads 57 cases and 55 settled reads of 2 that were not, whether or not a rate stands beside them. So such counts are
//! sums of the same leaves, divided by one dimension more: in which of the counts a case is. What is left of the whole is a
//! line of that dimension, like a village that a table leaves out.
//!
//! A count that a rate measures per another is its part, unless the rate is declared to be of two separate things, or some
//! row has more of the part than of the whole.
//!
//! Refuses: nothing; more counts than can be told apart stand for themselves.
//! Invariant: in every row, the leaves of a count add up to its figure.

use super::draft::{Draft, Entry, Hierarchy, MeasureKind};
use super::problem::CellId;
use crate::model::dataset::Dataset;
use crate::model::dataset::measure::Kind;
use crate::model::dataset::rows::Row;
use std::collections::BTreeSet;

/// Most counts of one family; each may double its leaves.
const MOST: usize = 6;

/// How the measures of datasets of one file are related.
pub(super) struct Families {
    all: Vec<Family>,
    /// By measure: its family, and its place there.
    of: Vec<(usize, usize)>,
    /// How many dimensions the datasets have.
    dimensions: usize,
}

/// Measures that are parts of one another, or one alone.
struct Family {
    measures: Vec<usize>,
    kind: MeasureKind,
    /// What a case can be: a bit for each measure that it is counted in.
    sorts: Vec<u32>,
}

impl Families {
    /// Finds out; the datasets agree about measures, and each rate of any of them counts.
    pub(super) fn new(datasets: &[&Dataset]) -> Self {
        let first = datasets[0];
        let count = |measure: usize| first.measures[measure].kind == Kind::Count;
        let mut parents: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); first.measures.len()];
        for rate in datasets.iter().flat_map(|dataset| &dataset.rates) {
            let within = |row: &Row| row.values[rate.measure] <= row.values[rate.per];
            if rate.separate.is_none()
                && rate.measure != rate.per
                && count(rate.measure)
                && count(rate.per)
                && first.rows.iter().all(within)
            {
                parents[rate.measure].insert(rate.per);
            }
        }
        let mut families: Vec<Vec<usize>> = Vec::new();
        for measure in 0..first.measures.len() {
            let related = |family: &Vec<usize>| {
                family
                    .iter()
                    .any(|other| parents[measure].contains(other) || parents[*other].contains(&measure))
            };
            let (mut joined, rest): (Vec<Vec<usize>>, Vec<Vec<usize>>) =
                families.into_iter().partition(related);
            families = rest;
            if joined.iter().map(Vec::len).sum::<usize>() < MOST {
                families.push(joined.drain(..).flatten().chain([measure]).collect());
            } else {
                families.extend(joined);
                families.push(vec![measure]);
            }
        }
        families.iter_mut().for_each(|family| family.sort_unstable());
        families.sort();
        let mut of = vec![(0, 0); first.measures.len()];
        for (number, family) in families.iter().enumerate() {
            family.iter().enumerate().for_each(|(place, measure)| of[*measure] = (number, place));
        }
        let families = families.into_iter().map(|measures| {
            // Whoever is counted in a part is counted in the whole.
            let whole = |sort: &u32| {
                measures.iter().enumerate().filter(|(place, _)| sort >> place & 1 == 1).all(|(_, measure)| {
                    let mut wholes =
                        measures.iter().enumerate().filter(|(_, one)| parents[*measure].contains(one));
                    wholes.all(|(place, _)| sort >> place & 1 == 1)
                })
            };
            let sorts = (1..1_u32 << measures.len()).filter(whole).collect();
            let kind = if count(measures[0]) { MeasureKind::Count } else { MeasureKind::Amount };
            Family { measures, kind, sorts }
        });
        Self { all: families.collect(), of, dimensions: first.dimensions.len() }
    }

    /// The dimensions that the families add, one each where it is more than one measure.
    pub(super) fn dimensions(&self) -> Vec<Hierarchy> {
        let own = self.all.iter().filter(|family| family.measures.len() > 1).map(|family| Hierarchy {
            leaves: u32::try_from(family.sorts.len()).expect("no more than 64"),
            groups: (0..family.measures.len()).map(|place| family.group(place)).collect(),
        });
        own.collect()
    }

    /// Enters the figures.
    pub(super) fn enter(&self, dataset: &Dataset, draft: &mut Draft) {
        let added = self.dimensions().len();
        (0..added).for_each(|at| draft.fix(self.dimensions + at));
        let mut next = 0;
        for family in &self.all {
            let own = family.measures.len() > 1;
            let mut entries = Vec::with_capacity(dataset.rows.len());
            for row in &dataset.rows {
                for (sort, value) in family.values(row) {
                    let mut at = row.at.clone();
                    at.extend((0..added).map(|dimension| if own && dimension == next { sort } else { 0 }));
                    let shares = &row.shares[family.measures[0]];
                    let (contributors, largest) = (shares.number, shares.largest.clone());
                    entries.push(Entry { at, value, contributors, largest });
                }
            }
            draft.measure(family.kind, entries);
            next += usize::from(own);
        }
    }

    /// A measure of the draft, and the groups of all its dimensions.
    fn place(&self, measure: usize, groups: &[u32]) -> (usize, Vec<u32>) {
        let (family, place) = self.of[measure];
        let mut all = groups.to_vec();
        for (number, other) in self.all.iter().enumerate().filter(|(_, family)| family.measures.len() > 1) {
            let total = other.measures.len();
            all.push(u32::try_from(if number == family { place } else { total }).expect("no more than six"));
        }
        (family, all)
    }

    /// The cell of a measure, by the groups of the datasets' dimensions.
    pub(super) fn cell(&self, draft: &mut Draft, measure: usize, groups: &[u32]) -> CellId {
        let (measure, groups) = self.place(measure, groups);
        draft.cell(measure, &groups)
    }

    /// What readers who see an amount know of the counts beside it: today, or by the policy of a release.
    pub(super) fn beside(
        &self,
        draft: &mut Draft,
        amount: CellId,
        rule: Option<usize>,
        measure: usize,
        groups: &[u32],
    ) {
        if self.all[self.of[measure].0].kind == MeasureKind::Count {
            return;
        }
        let whole = |one: &usize| self.all[self.of[*one].0].kind == MeasureKind::Count && self.is_whole(*one);
        for count in (0..self.of.len()).filter(whole) {
            let (count, groups) = self.place(count, groups);
            draft.beside(amount, rule, count, &groups);
        }
    }

    /// Whether a measure is no part of another. Whoever lost something is among all cases, not among those that were settled.
    fn is_whole(&self, measure: usize) -> bool {
        let family = &self.all[self.of[measure].0];
        let part_of = |other: &usize| self.within(measure, *other) && !self.within(*other, measure);
        !family.measures.iter().any(part_of)
    }

    /// Whether one measure is the other or a part of it.
    pub(super) fn within(&self, part: usize, whole: usize) -> bool {
        let ((family, part), (other, whole)) = (self.of[part], self.of[whole]);
        let inside = |sort: &u32| sort >> part & 1 == 0 || sort >> whole & 1 == 1;
        family == other && self.all[family].sorts.iter().all(inside)
    }

    /// A restriction of the datasets' dimensions, for all of the draft's.
    pub(super) fn anywhere(&self, mut groups: Vec<Option<u32>>) -> Vec<Option<u32>> {
        groups.extend(self.dimensions().iter().map(|_| None));
        groups
    }
}

impl Family {
    /// The sorts of cases that are counted in a measure.
    fn group(&self, place: usize) -> Vec<u32> {
        (0..).zip(&self.sorts).filter(|(_, sort)| *sort >> place & 1 == 1).map(|(at, _)| at).collect()
    }

    /// How many cases of each sort a row has. Nobody knows who is counted in several parts; as many as possible are.
    fn values(&self, row: &Row) -> Vec<(u32, i64)> {
        if self.measures.len() == 1 {
            return vec![(0, row.values[self.measures[0]])];
        }
        let mut ends: Vec<i64> = self.measures.iter().map(|measure| row.values[*measure]).collect();
        ends.push(0);
        ends.sort_unstable();
        ends.dedup();
        let step = |pair: &[i64]| {
            let counted =
                self.measures.iter().enumerate().filter(|(_, measure)| row.values[**measure] > pair[0]);
            let sort = counted.fold(0, |sort, (place, _)| sort | 1_u32 << place);
            let at = self.sorts.iter().position(|one| *one == sort)?;
            Some((u32::try_from(at).expect("no more than 64"), pair[1] - pair[0]))
        };
        ends.windows(2).filter_map(step).collect()
    }
}
