//! A table as it is read: the text of each cell and the units, the same on the page and on paper.
//!
//! Refuses: a scale that a hidden figure had a part in.
//! Invariant: all figures of one unit in one table are told in the same unit, so that they can be compared and added.

use super::number;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeDataset, SafeTable};

/// What stands where there is nothing to say.
pub const NOTHING: &str = "—";

/// From which largest amount on a table is told in 万元.
const LONG: i64 = 100_000;

/// A table as it is read.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'t> {
    table: &'t SafeTable,
    /// What stands for a hidden figure.
    mark: &'t str,
    /// Whether amounts are told in 万元.
    in_wan: bool,
}

impl<'t> Shown<'t> {
    /// That of a table.
    pub fn new(table: &'t SafeTable, mark: &'t str) -> Self {
        let all = (0..table.rows().entries.len())
            .flat_map(|row| (0..table.columns().entries.len()).map(move |column| (row, column)));
        let amounts = all.filter(|&(row, column)| unit(table, row, column).is_some_and(number::is_money));
        let largest = amounts.filter_map(|(row, column)| match table.cell(row, column) {
            SafeCell::Number(value) => Some(value.saturating_abs()),
            _ => None,
        });
        Self { table, mark, in_wan: largest.max().is_some_and(|largest| largest >= LONG) }
    }

    /// Whether amounts are told in 万元.
    pub fn in_wan(&self) -> bool {
        self.in_wan
    }

    /// The unit of all figures; none where columns have units of their own.
    pub fn unit(&self) -> Option<String> {
        self.table.unit().map(|unit| self.told(unit))
    }

    /// The unit of a column or row that has one of its own. That of a rate stands in its cells.
    pub fn own_unit(&self, entry: &AxisEntry) -> Option<String> {
        let unit = entry.unit.as_deref().filter(|_| entry.role != Role::Rate)?;
        Some(self.told(unit))
    }

    fn told(&self, unit: &str) -> String {
        if self.in_wan && number::is_money(unit) { format!("万{unit}") } else { unit.to_owned() }
    }

    /// The text of a cell, without its unit.
    pub fn cell(&self, row: usize, column: usize) -> String {
        match self.table.cell(row, column) {
            SafeCell::Number(value) => {
                let money = unit(self.table, row, column).is_some_and(number::is_money);
                if self.in_wan && money {
                    number::decimal(number::divide(value, 100), 2)
                } else {
                    number::exact(value)
                }
            }
            SafeCell::Rate { value, decimals } => number::rate(value, decimals),
            SafeCell::Hidden => self.mark.to_owned(),
            SafeCell::Empty => NOTHING.to_owned(),
        }
    }
}

/// The unit of a cell, as it is counted.
pub fn unit(table: &SafeTable, row: usize, column: usize) -> Option<&str> {
    let own = |entry: &'_ AxisEntry| entry.unit.is_some() || entry.role == Role::Rate;
    let (row, column) = (&table.rows().entries[row], &table.columns().entries[column]);
    [column, row].into_iter().find(|entry| own(entry)).map_or(table.unit(), |entry| entry.unit.as_deref())
}

/// The time that a table covers: as it is restricted, else that of its dataset.
pub fn period<'d>(dataset: &'d SafeDataset, table: &SafeTable) -> Option<&'d str> {
    let entries = &table.rows().entries;
    let common = |code: &&(String, String)| entries.iter().all(|entry| entry.codes.contains(code));
    let mut restricted = entries.first()?.codes.iter().filter(common);
    let own = restricted.find_map(|(dimension, code)| {
        let time = dataset.dimensions().iter().find(|one| one.time && one.key == *dimension)?;
        time.entries.iter().find(|(known, _)| known == code).map(|(_, label)| label.as_str())
    });
    own.or(dataset.period())
}

/// Whether an entry sums some that stand on the same side. A group that stands for its members is like any category.
pub fn sums(dataset: &SafeDataset, entries: &[AxisEntry], index: usize) -> bool {
    let entry = &entries[index];
    match entry.role {
        Role::Total => true,
        Role::Category | Role::Rate => false,
        Role::Group => entry.codes.iter().any(|(dimension, code)| {
            let of = dataset.dimensions().iter().filter(|one| one.key == *dimension);
            let mut members = of.flat_map(|one| &one.groups).filter(|(group, _)| group == code);
            members.any(|(_, members)| {
                let stands = |(key, other): &(String, String)| {
                    key == dimension && other != code && members.contains(other)
                };
                entries.iter().any(|other| other.codes.iter().any(stands))
            })
        }),
    }
}

/// The heading of a row or column in one line.
pub fn label(entry: &AxisEntry) -> String {
    entry.labels.join(" ")
}
