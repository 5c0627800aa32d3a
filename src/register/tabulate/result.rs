//! What was counted, and what was understood on the way.
//!
//! Refuses: anything of a single row.
//! Invariant: every code of a cell is one of its dimension's.

use super::columns::Sum;
use super::time::{Period, Unit};
use crate::register::identity::Sort;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Dimensions in the order asked.
    pub dimensions: Vec<CountedDimension>,
    /// Columns that were added up.
    pub sums: Vec<Sum>,
    /// Cells with cases, by the positions of their codes.
    pub cells: BTreeMap<Vec<usize>, Cell>,
    /// What was understood.
    pub seen: Seen,
    /// The time that the counts cover.
    pub period: Option<Period>,
    /// Whether that time was asked for, and is not what was found.
    pub asked: bool,
}

/// A dimension as it was counted, with its codes in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedDimension {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The header of its column.
    pub header: String,
    /// The column, from 0.
    pub column: usize,
    /// Its unit of time.
    pub time: Option<Unit>,
    /// Codes in order.
    pub codes: Vec<Code>,
    /// What was counted as something else, as the dataset's file says: as written, code, cases.
    pub merged: Vec<(String, String, u64)>,
    /// Cells in which full width or blanks around were not taken for a difference.
    pub folded: u64,
    /// Codes that may mean the same: the commoner first.
    pub alike: Vec<(String, String)>,
    /// Whether its codes are the site's villages and communities.
    pub areas: bool,
}

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// As the table has it.
    pub code: String,
    /// As readers see it.
    pub label: String,
    /// Cases.
    pub count: u64,
}

/// A combination of codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Cases.
    pub count: u64,
    /// For each column that is added up.
    pub sums: Vec<Total>,
}

/// A sum with what its protection needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// In ten-thousandths of a yuan.
    pub total: i64,
    /// How many cases have a share in it.
    pub contributors: u64,
    /// The largest shares, the largest first.
    pub largest: Vec<i64>,
}

impl Total {
    /// Adds a share, of which the `keep` largest are kept.
    pub(super) fn add(&mut self, amount: i64, keep: usize) {
        if amount == 0 {
            return;
        }
        self.total += amount;
        self.contributors += 1;
        let at = self.largest.partition_point(|one| *one >= amount);
        if at < keep {
            self.largest.insert(at, amount);
            self.largest.truncate(keep);
        }
    }

    fn join(&mut self, other: &Self, keep: usize) {
        self.total += other.total;
        self.contributors += other.contributors;
        self.largest.extend(&other.largest);
        self.largest.sort_unstable_by(|a, b| b.cmp(a));
        self.largest.truncate(keep);
    }
}

impl Cell {
    pub(super) fn join(&mut self, other: &Self, keep: &[usize]) {
        self.count += other.count;
        self.sums.resize(other.sums.len(), Total::default());
        for ((sum, other), keep) in self.sums.iter_mut().zip(&other.sums).zip(keep) {
            sum.join(other, *keep);
        }
    }
}

/// What was understood of a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// First and last row of the header.
    pub header: (u32, u32),
    /// First and last row with a case.
    pub rows: (u32, u32),
    /// Rows with a case, or with the number of some.
    pub cases: u64,
    /// Rows below the header with anything in them.
    pub lines: u64,
    /// The column whose numbers were added up, from 0, and its header; none where each row is a case.
    pub counts: Option<(usize, String)>,
    /// Rows that sum others.
    pub sums: Vec<u32>,
    /// Rows that say the header again.
    pub headers: Vec<u32>,
    /// Rows with a remark.
    pub notes: Vec<u32>,
    /// Rows outside the period.
    pub outside: u64,
    /// Hidden rows that were left out.
    pub hidden: u64,
    /// Empty cells that were counted as 未填, or as no money.
    pub blanks: u64,
    /// First and last day.
    pub days: Option<(Date, Date)>,
    /// Columns that were not read, and what they tell of a person.
    pub unread: Vec<(String, Option<Sort>)>,
}

impl Counted {
    /// All cases.
    pub fn total(&self) -> u64 {
        self.cells.values().map(|cell| cell.count).sum()
    }

    /// All of a sum.
    pub fn sum(&self, at: usize) -> i64 {
        self.cells.values().filter_map(|cell| cell.sums.get(at)).map(|sum| sum.total).sum()
    }
}
