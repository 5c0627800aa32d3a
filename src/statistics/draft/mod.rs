//! From dimensions, measures and listed cells to a [`Problem`]: which cells are sensitive, and which follow from others.
//!
//! Leaves that no listed cell tells apart are one leaf, so a dimension that no table uses costs nothing. What listed cells
//! tell apart is a cell as well, listed or not: a reader may work it out from several of them, also of different releases.
//!
//! Each earlier release brings the policy of its time: what stands in it is protected as it was promised then, and what
//! stands in tables of today as it is today. Where today's policy is the stricter one, what earlier releases have given away
//! cannot be taken back; `firm` says of each cell what must hold nevertheless.
//!
//! See Hundepool et al., *Statistical Disclosure Control* (2012), chapter 4, on sensitive cells and linked tables.
//!
//! Refuses: a problem too large to be solved on a village office's computer.
//! Invariant: cells with equal leaves are one cell.

use super::problem::{Cell, CellId, Leaf, Pin, Problem, Space};
use std::collections::{BTreeMap, HashMap};

mod finish;
mod merge;
mod rule;
#[cfg(test)]
mod tests;
mod unlisted;

pub use rule::Policy;

/// A dimension: how many leaves, and its groups of leaves. Single leaves and the total are groups too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hierarchy {
    /// Number of leaves.
    pub leaves: u32,
    /// Leaves of each group.
    pub groups: Vec<Vec<u32>>,
}

/// What a measure measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// People or cases.
    Count,
    /// Money, or what else has contributors.
    Amount,
}

/// The data of one combination of leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// One leaf of every dimension.
    pub at: Vec<u32>,
    /// Count or amount, 0 or more.
    pub value: i64,
    /// How many contributed to an amount.
    pub contributors: u32,
    /// The largest contributions, descending: two at least where so many contributed, more where dominance asks for it.
    pub largest: Vec<i64>,
}

/// Why there is no problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DraftError {
    /// Too many combinations of categories, or too many cells.
    TooLarge,
    /// A number is negative or too great.
    Number,
}

/// The policy of today; others are numbered as [`Draft::rule`] gives them.
const NOW: usize = 0;
/// Most policies.
const RULES: usize = 64;

/// A problem in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    /// Today's, then those of earlier releases.
    rules: Vec<Policy>,
    dimensions: Vec<Shape>,
    measures: Vec<(MeasureKind, Vec<Entry>)>,
    cells: Vec<Listed>,
    known: HashMap<(usize, Vec<u32>), CellId>,
    /// Pairs whose difference is to be guarded though they do not nest along one dimension.
    differences: Vec<(CellId, CellId)>,
    /// For each, the group of every dimension.
    empty: Vec<Vec<u32>>,
    beside: Vec<Beside>,
    seed: u64,
}

/// An amount that is shown, and the count of those who may have contributed.
#[derive(Clone, Debug)]
struct Beside {
    amount: CellId,
    /// The policy under which it is shown.
    rule: usize,
    /// The measure and groups of the count.
    measure: usize,
    groups: Vec<u32>,
}

/// A dimension whose equal groups have one number.
#[derive(Clone, Debug)]
struct Shape {
    leaves: u32,
    /// Different groups, each ascending. The last one is the total.
    groups: Vec<Vec<u32>>,
    /// From the numbers that were given.
    same: Vec<u32>,
    /// Its leaves are not to be merged: they are no categories that somebody chose.
    fixed: bool,
}

#[derive(Clone, Debug)]
struct Listed {
    measure: usize,
    groups: Vec<u32>,
    pin: Option<Pin>,
    weight: u32,
    /// Policies of the releases that it stands in, a bit each.
    rules: u64,
    /// What its mark says of it today.
    least: i64,
    /// What its mark said in releases.
    least_then: i64,
}

impl Shape {
    fn new(dimension: Hierarchy) -> Self {
        let mut groups: Vec<Vec<u32>> = Vec::new();
        let mut numbers: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut number = |mut group: Vec<u32>| {
            group.sort_unstable();
            group.dedup();
            *numbers.entry(group).or_insert_with_key(|group| {
                groups.push(group.clone());
                index(groups.len() - 1)
            })
        };
        let mut same: Vec<u32> = dimension.groups.into_iter().map(&mut number).collect();
        same.push(number((0..dimension.leaves).collect()));
        Self { leaves: dimension.leaves, groups, same, fixed: false }
    }

    fn total(&self) -> u32 {
        *self.same.last().expect("the total is put in last")
    }
}

impl Draft {
    /// Without measures and cells.
    pub fn new(policy: Policy, dimensions: Vec<Hierarchy>) -> Self {
        Self {
            rules: vec![policy],
            dimensions: dimensions.into_iter().map(Shape::new).collect(),
            measures: Vec::new(),
            cells: Vec::new(),
            known: HashMap::new(),
            differences: Vec::new(),
            empty: Vec::new(),
            beside: Vec::new(),
            seed: 0,
        }
    }

    /// The number of an earlier release's policy, also where it is today's. Releases are asked about in their order; those that
    /// follow one another with one policy share its number.
    pub fn rule(&mut self, policy: Policy) -> usize {
        if self.rules.iter().skip(NOW + 1).next_back() == Some(&policy) {
            return self.rules.len() - 1;
        }
        // So many different ones nobody has had; if so, the last number stands for the strictest of the rest.
        if self.rules.len() == RULES {
            let last = &mut self.rules[RULES - 1];
            last.threshold = last.threshold.max(policy.threshold);
            last.width = last.width.max(policy.width);
            last.zeros_sensitive |= policy.zeros_sensitive;
            last.p = last.p.max(policy.p);
            last.contributors = last.contributors.max(policy.contributors);
            return RULES - 1;
        }
        self.rules.push(policy);
        self.rules.len() - 1
    }

    /// What picks among answers of nearly equal cost.
    pub fn seed(&mut self, seed: u64) {
        self.seed = seed;
    }

    /// Says that a dimension's leaves are not to be merged.
    ///
    /// # Panics
    /// If there is no such dimension.
    pub fn fix(&mut self, dimension: usize) {
        self.dimensions[dimension].fixed = true;
    }

    /// A measure; gives its number. Combinations that no entry names are 0; entries of the same one add up.
    pub fn measure(&mut self, kind: MeasureKind, entries: Vec<Entry>) -> usize {
        self.measures.push((kind, entries));
        self.measures.len() - 1
    }

    /// A cell that is published or was, by the group of every dimension. The same quantity twice is one cell.
    ///
    /// # Panics
    /// If there is no such measure or group.
    pub fn cell(&mut self, measure: usize, groups: &[u32]) -> CellId {
        assert!(measure < self.measures.len(), "measures come before cells");
        assert_eq!(groups.len(), self.dimensions.len(), "a cell names a group of every dimension");
        let groups: Vec<u32> =
            self.dimensions.iter().zip(groups).map(|(shape, group)| shape.same[*group as usize]).collect();
        *self.known.entry((measure, groups)).or_insert_with_key(|(measure, groups)| {
            self.cells.push(Listed {
                measure: *measure,
                groups: groups.clone(),
                pin: None,
                weight: 1,
                rules: 0,
                least: 0,
                least_then: 0,
            });
            self.cells.len() - 1
        })
    }

    /// Number of listed cells so far.
    pub fn listed(&self) -> usize {
        self.cells.len()
    }

    /// Says what is decided about a cell. What an earlier release did outweighs what is wished for.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn pin(&mut self, cell: CellId, pin: Pin) {
        let old = &mut self.cells[cell].pin;
        if old.is_none() || (*old == Some(Pin::MustPrint)) {
            *old = Some(pin);
        } else if pin == Pin::Printed {
            // Once printed it is known for good, even if another release hid it.
            *old = Some(pin);
        }
    }

    /// Says what the mark tells of a cell where it stands in tables of today.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn marked(&mut self, cell: CellId, least: i64) {
        let old = &mut self.cells[cell].least;
        *old = least.max(*old);
    }

    /// Says that a cell stands in a release of a policy, and what its mark told there.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn released(&mut self, cell: CellId, rule: usize, least: i64) {
        let listed = &mut self.cells[cell];
        listed.rules |= 1 << rule;
        listed.least_then = least.max(listed.least_then);
    }

    /// Says whose number an amount tells something of: where it is printed under a policy, there are at least as many as that
    /// one asks for. No policy means today's; under that of a release, it was printed.
    ///
    /// # Panics
    /// If there is no such measure or group.
    pub fn beside(&mut self, amount: CellId, rule: Option<usize>, measure: usize, groups: &[u32]) {
        let groups = self.dimensions.iter().zip(groups).map(|(shape, group)| shape.same[*group as usize]);
        let (rule, groups) = (rule.unwrap_or(NOW), groups.collect());
        self.beside.push(Beside { amount, rule, measure, groups });
    }

    /// Makes a cell dearer to hide.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn weight(&mut self, cell: CellId, weight: u32) {
        self.cells[cell].weight = weight.clamp(1, 9);
    }

    /// Guards what is left of the denominator of a rate, where the numerator is part of it.
    pub fn rate(&mut self, numerator: CellId, denominator: CellId) {
        self.differences.push((denominator, numerator));
    }

    /// Says that a combination of groups is known to be empty; a dimension without group is not restricted.
    ///
    /// # Panics
    /// If there is no such group.
    pub fn structural_zero(&mut self, groups: &[Option<u32>]) {
        let zero = self.dimensions.iter().zip(groups);
        self.empty.push(
            zero.map(|(shape, group)| group.map_or(shape.total(), |group| shape.same[group as usize]))
                .collect(),
        );
    }
}

/// Whatever a problem numbers, there are fewer than four thousand million of it.
fn index(at: usize) -> u32 {
    u32::try_from(at).expect("fewer than four thousand million")
}
