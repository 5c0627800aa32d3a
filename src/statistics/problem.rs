//! The problem of protection, without names: leaves that add up to cells, and what must stay uncertain about some cells.
//!
//! Refuses: floating point, names, and knowledge of how a table is laid out.
//! Invariant: a cell's leaves ascend, and its value is their sum.

use serde::{Deserialize, Serialize};

/// Index of a cell in [`Problem::cells`]. Listed cells come first, in the order in which they were made.
pub type CellId = usize;

/// All that is to be published together, and all that was published before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The smallest parts that any cell tells apart. Nobody outside knows their values, except that none is negative.
    pub leaves: Vec<Leaf>,
    /// Sums of leaves.
    pub cells: Vec<Cell>,
    /// How leaves are numbered, as far as it is known. It helps the search and proves nothing.
    pub spaces: Vec<Space>,
    /// Guard also against the one person behind a count of 1, who knows that this count is 1.
    pub insiders: bool,
    /// Picks among answers of nearly equal cost. Whoever knows it can tell from the pattern of suppressions which tables
    /// the program would not have answered so; it is as confidential as the figures.
    pub seed: u64,
}

/// A run of leaves that are all combinations of classes of some dimensions; the first dimension varies fastest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Space {
    /// The first leaf.
    pub start: u32,
    /// How many classes each dimension has.
    pub sizes: Vec<u32>,
}

/// A smallest part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf {
    /// Its true value, 0 or more.
    pub value: i64,
    /// Everybody knows that it is empty, and why.
    pub empty: bool,
}

/// A sum of leaves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// Ascending indices into [`Problem::leaves`].
    pub leaves: Vec<u32>,
    /// Sum of its leaves.
    pub value: i64,
    /// A count of people or cases; otherwise an amount.
    pub count: bool,
    /// It stands in a table. A cell that is not listed may follow from some that are, as the 18-year-olds from "up to 18"
    /// and "up to 17", or a village from the total and all the others.
    pub listed: bool,
    /// What must stay uncertain, where it is sensitive.
    pub need: Option<Need>,
    /// What of this must hold even where earlier releases, of a lower threshold, have given more away: the same as
    /// `need`, or less.
    pub firm: Option<Need>,
    /// Whoever does not see its value knows that it is at least so much: a mark that does not stand for 0 says 1, and an
    /// amount that is printed beside it says the fewest contributors. A cell of less is never suppressed.
    pub least: i64,
    /// What of this earlier releases told: no more than `least`.
    pub least_before: i64,
    /// What is decided already.
    pub pin: Option<Pin>,
    /// How dear it is to hide, 1 as a rule.
    pub weight: u32,
}

/// What must stay uncertain about a sensitive cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Need {
    /// Two possible values are at least so far apart.
    Width(i64),
    /// It may be lower than it is by `down`, and higher by `up`.
    Interval {
        /// Below the true value.
        down: i64,
        /// Above the true value.
        up: i64,
    },
}

/// What is decided already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pin {
    /// An earlier release printed it: hiding it now is of no use.
    Printed,
    /// An earlier release hid it: printing it now would open what it guarded.
    Hidden,
    /// It is to be printed where that is possible.
    MustPrint,
}

/// What becomes of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    /// Its value is published.
    Printed,
    /// Hidden since it is sensitive.
    Primary,
    /// Hidden to guard others.
    Secondary,
}

/// What the checker accepts as proof: complete tables, each written as its differences to the true one, that agree with
/// everything printed. It tells hidden values, so it is as confidential as the raw counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Certificate {
    /// The tables.
    pub witnesses: Vec<Witness>,
}

/// A table that is as possible as the true one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Witness {
    /// Leaves with another value, ascending, and how much higher it is than the true one.
    pub differences: Vec<(u32, i64)>,
}

impl Cell {
    /// Whether a value of it or a narrow range must not be found out.
    pub fn sensitive(&self) -> bool {
        self.need.is_some()
    }

    /// How far it can fall before readers know that it cannot be so.
    pub(super) fn room(&self) -> i64 {
        (self.value - self.least).max(0)
    }
}

impl Need {
    /// Whether a cell that may lie `low` below (as a negative number) and `high` above its true value is uncertain enough.
    pub fn met(self, low: i64, high: i64) -> bool {
        match self {
            Self::Width(width) => high.checked_sub(low).is_some_and(|range| range >= width),
            Self::Interval { down, up } => low.checked_neg().is_some_and(|low| low >= down) && high >= up,
        }
    }
}

impl Problem {
    /// The true value of a cell.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn value(&self, cell: CellId) -> i64 {
        self.cells[cell].value
    }

    /// The space that a cell's leaves are in.
    pub(super) fn space(&self, cell: CellId) -> Option<&Space> {
        let leaf = self.cells[cell].leaves.first()?;
        self.spaces.iter().find(|space| (space.start..space.start + space.count()).contains(leaf))
    }

    /// The cells that a leaf is part of, for every leaf.
    pub(super) fn cells_of_leaves(&self) -> Vec<Vec<u32>> {
        let mut of = vec![Vec::new(); self.leaves.len()];
        for (id, cell) in self.cells.iter().enumerate() {
            let id = u32::try_from(id).expect("a problem has fewer than four thousand million cells");
            for leaf in &cell.leaves {
                of[*leaf as usize].push(id);
            }
        }
        of
    }
}

impl Space {
    fn count(&self) -> u32 {
        self.sizes.iter().product()
    }

    /// How many leaves it has.
    pub(super) fn size(&self) -> usize {
        self.count() as usize
    }

    /// The class of every dimension that a leaf is in.
    pub(super) fn classes(&self, leaf: u32) -> Vec<u32> {
        let mut rest = leaf - self.start;
        let class = |size: &u32| {
            let class = rest % size;
            rest /= size;
            class
        };
        self.sizes.iter().map(class).collect()
    }
}
