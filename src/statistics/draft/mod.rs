//! From dimensions, measures and listed cells to a [`Problem`]: which cells are sensitive, and which follow from two others.
//!
//! Leaves that no listed cell tells apart are one leaf, so a dimension that no table uses costs nothing. Sensitive are
//! counts under the threshold, and amounts with few contributors or with contributors so great that one could estimate
//! another: the p % rule and the (n, k) rule of dominance. Groups that nest give their difference away when both are
//! printed, so sensitive differences are cells as well.
//!
//! See Hundepool et al., *Statistical Disclosure Control* (2012), chapter 4, on these rules.
//!
//! Refuses: a problem too large to be solved on a village office's computer.
//! Invariant: cells with equal leaves are one cell.

use super::problem::{Cell, CellId, Leaf, Need, Pin, Problem, Space};
use std::collections::{BTreeMap, HashMap};

mod finish;
mod merge;
#[cfg(test)]
mod tests;

/// What is sensitive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Counts from 1 to one under it are sensitive.
    pub threshold: i64,
    /// How wide a range must stay open about a sensitive count.
    pub width: i64,
    /// Counts of 0 are sensitive too.
    pub zeros_sensitive: bool,
    /// An amount is sensitive where the second-largest contributor could estimate the largest within so many per cent.
    pub p: i64,
    /// An amount is sensitive where so many contributors hold more than so many per cent of it.
    pub dominance: Option<(u32, i64)>,
    /// An amount with fewer contributors is sensitive.
    pub contributors: u32,
    /// Guard against the one person behind a count of 1.
    pub insiders: bool,
    /// Guard small counts that no table lists, in all dimensions.
    pub unlisted: bool,
}

impl Policy {
    /// The default for a threshold.
    pub fn new(threshold: i64) -> Self {
        Self {
            threshold,
            width: threshold,
            zeros_sensitive: false,
            p: 10,
            dominance: None,
            contributors: u32::try_from(threshold).unwrap_or(u32::MAX),
            insiders: false,
            unlisted: false,
        }
    }
}

/// A dimension: how many leaves, and its groups of leaves. Single leaves and the total are groups too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dimension {
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

/// A problem in the making.
#[derive(Clone, Debug)]
pub struct Draft {
    policy: Policy,
    dimensions: Vec<Shape>,
    measures: Vec<(MeasureKind, Vec<Entry>)>,
    cells: Vec<Listed>,
    known: HashMap<(usize, Vec<u32>), CellId>,
    /// Pairs whose difference is to be guarded though they do not nest along one dimension.
    differences: Vec<(CellId, CellId)>,
    /// For each, the group of every dimension.
    empty: Vec<Vec<u32>>,
}

/// A dimension whose equal groups have one number.
#[derive(Clone, Debug)]
struct Shape {
    leaves: u32,
    /// Different groups, each ascending. The last one is the total.
    groups: Vec<Vec<u32>>,
    /// From the numbers that were given.
    same: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Listed {
    measure: usize,
    groups: Vec<u32>,
    pin: Option<Pin>,
    weight: u32,
}

impl Shape {
    fn new(dimension: Dimension) -> Self {
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
        Self { leaves: dimension.leaves, groups, same }
    }

    fn total(&self) -> u32 {
        *self.same.last().expect("the total is put in last")
    }
}

impl Draft {
    /// Without measures and cells.
    pub fn new(policy: Policy, dimensions: Vec<Dimension>) -> Self {
        Self {
            policy,
            dimensions: dimensions.into_iter().map(Shape::new).collect(),
            measures: Vec::new(),
            cells: Vec::new(),
            known: HashMap::new(),
            differences: Vec::new(),
            empty: Vec::new(),
        }
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
            self.cells.push(Listed { measure: *measure, groups: groups.clone(), pin: None, weight: 1 });
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

    /// Makes a cell dearer to hide.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn weight(&mut self, cell: CellId, weight: u32) {
        self.cells[cell].weight = weight.clamp(1, 9);
    }

    /// Guards the difference of the parts of a rate, where the numerator is part of the denominator.
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
