//! What the tables of a dataset say of a cell that a text names.
//!
//! Refuses: to choose between two cells. Invariant: a cell is found by names, its unit and its time, and no other way.

use super::super::{chart::month, number, shown};
use super::quantity::{Quantity, same_unit};
use super::time::When;
use super::words::COUNTED;
use super::{Claim, Wrong};
use crate::model::dataset::period;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeChart, SafeDataset, SafeTable};
use std::collections::{BTreeMap, BTreeSet};

/// A code for each dimension that is named.
pub type Codes = BTreeMap<usize, String>;

/// A cell that names lead to.
#[derive(Clone, Copy, Debug)]
pub struct NamedCell<'d> {
    /// Its table.
    pub table: &'d SafeTable,
    /// Its row.
    pub row: usize,
    /// Its column.
    pub column: usize,
    /// Whether only a part of its time is meant.
    pub part: bool,
    /// Whether its row and its column are named, and not only one of them.
    pub both: bool,
}

impl NamedCell<'_> {
    /// What the table prints there.
    pub fn cell(&self) -> SafeCell {
        self.table.cell(self.row, self.column)
    }

    /// What is wrong with a number there.
    pub fn claim(&self, range: std::ops::Range<usize>, wrong: Wrong) -> Claim {
        let labels = [&self.table.rows().entries[self.row], &self.table.columns().entries[self.column]];
        let labels = labels.map(shown::label).into_iter().filter(|label| !label.is_empty());
        let of = labels.collect::<Vec<_>>().join(" ");
        Claim { range, of, table: self.table.title().to_owned(), wrong }
    }

    /// What the table prints there, as it is read.
    pub fn printed(&self) -> String {
        number::cell(self.cell(), shown::unit(self.table, self.row, self.column)).unwrap_or_default()
    }
}

/// How a time fits that of a table.
enum Fit {
    /// It is that of the table, or of the code of one of its rows.
    Same(Option<(String, String)>),
    /// It is a part of it.
    Part,
    /// It is another.
    Other,
}

/// The tables of a dataset, and what time they are of.
pub struct Judge<'d> {
    dataset: &'d SafeDataset,
    /// Key of the time, and the months of each of its codes.
    time: Option<(&'d str, BTreeMap<&'d str, BTreeSet<i32>>)>,
    /// All months of the figures; none where nobody said.
    months: Option<BTreeSet<i32>>,
    /// The year of the bulletin.
    year: Option<i32>,
}

/// All tables of a dataset, those of charts too, and as they would be with the names that are left out.
pub fn tables(dataset: &SafeDataset) -> impl Iterator<Item = &SafeTable> {
    let shown = dataset.tables().iter().chain(dataset.charts().iter().map(SafeChart::table));
    shown.chain(dataset.whole())
}

impl<'d> Judge<'d> {
    /// For a dataset; `year` is the bulletin's.
    pub fn new(dataset: &'d SafeDataset, year: Option<i32>) -> Self {
        let time = dataset.dimensions().iter().find(|dimension| dimension.time).map(|dimension| {
            let mut codes: BTreeMap<&str, BTreeSet<i32>> = BTreeMap::new();
            for (code, _) in &dimension.entries {
                codes.insert(code, months_of(code));
            }
            for leaf in &dimension.leaves {
                codes.insert(leaf, months_of(leaf));
            }
            for (group, members) in &dimension.groups {
                codes.insert(group, members.iter().flat_map(|member| months_of(member)).collect());
            }
            (dimension.key.as_str(), codes)
        });
        let whole = |time: &(&str, BTreeMap<&str, BTreeSet<i32>>)| -> BTreeSet<i32> {
            time.1.values().flatten().copied().collect()
        };
        let said = || {
            let (from, to) = period::months_of(dataset.period()?)?;
            let at = |month: period::Month| i32::from(month.year) * 12 + i32::from(month.month) - 1;
            Some((at(from)..=at(to)).collect())
        };
        let months = time.as_ref().map(whole).filter(|months| !months.is_empty()).or_else(said);
        let last = months.as_ref().and_then(|months| months.last()).map(|month| month.div_euclid(12));
        Self { dataset, time, months, year: year.or(last) }
    }

    /// The year that 今年 is.
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// The cells that names lead to, one of each table that has one.
    pub fn places(&self, codes: &Codes, unit: &str, when: Option<&When>) -> Vec<NamedCell<'d>> {
        let mut named: Vec<(String, String)> = codes
            .iter()
            .map(|(dimension, code)| (self.dataset.dimensions()[*dimension].key.clone(), code.clone()))
            .collect();
        let mut found = Vec::new();
        for table in tables(self.dataset) {
            let part = match self.fit(table, when) {
                Fit::Other => continue,
                Fit::Part => true,
                Fit::Same(None) => false,
                Fit::Same(Some(time)) => {
                    named.push(time);
                    let placed = place(table, &named, unit);
                    named.pop();
                    found.extend(placed.map(|(row, column, both)| NamedCell {
                        table,
                        row,
                        column,
                        part: false,
                        both,
                    }));
                    continue;
                }
            };
            if named.is_empty() {
                continue;
            }
            let placed = place(table, &named, unit);
            found.extend(placed.map(|(row, column, both)| NamedCell { table, row, column, part, both }));
        }
        found
    }

    fn fit(&self, table: &SafeTable, when: Option<&When>) -> Fit {
        let Some(when) = when else { return Fit::Same(None) };
        let (rows, columns) = (&table.rows().entries, &table.columns().entries);
        let mut codes: BTreeSet<&str> = BTreeSet::new();
        let mut unrestricted = false;
        if let Some((key, _)) = &self.time {
            for entry in rows.iter().chain(columns) {
                codes.extend(entry.codes.iter().filter(|(own, _)| own == key).map(|(_, code)| code.as_str()));
            }
            let lacks = |entry: &AxisEntry| entry.codes.iter().all(|(own, _)| own != key);
            unrestricted = rows.iter().any(lacks) && columns.iter().any(lacks);
        }
        let apart = codes.len() > 1 || (codes.len() == 1 && unrestricted);
        let months = match when {
            When::Day | When::Other => return Fit::Other,
            When::Current => return if apart { Fit::Other } else { Fit::Same(None) },
            When::Months(months) => Some(months.clone()),
            When::OfYear(_) => None,
        };
        let Some(all) = &self.months else {
            // Nobody said what time the figures are of.
            return match (months, self.year) {
                (Some(months), Some(year)) if months == (year * 12..year * 12 + 12) => Fit::Same(None),
                (Some(months), Some(year)) if months.start.div_euclid(12) != year => Fit::Other,
                _ => Fit::Part,
            };
        };
        let of = |code: &str| self.time.as_ref().and_then(|(_, codes)| codes.get(code));
        let covered: &BTreeSet<i32> = match codes.first() {
            Some(code) if !apart => of(code).unwrap_or(all),
            _ => all,
        };
        let months = match (months, when) {
            (None, When::OfYear(range)) => match year_of(range, covered) {
                Some(year) => year * 12 + range.start - 1..year * 12 + range.end - 1,
                None => return Fit::Other,
            },
            (Some(months), _) => months,
            (None, _) => return Fit::Other,
        };
        let meant: BTreeSet<i32> = all.iter().copied().filter(|month| months.contains(month)).collect();
        if meant.is_empty() {
            return Fit::Other;
        }
        if apart {
            let code = codes.iter().find(|code| of(code).is_some_and(|own| *own == meant));
            let key = self.time.as_ref().map_or("", |(key, _)| *key);
            return match code {
                Some(code) => Fit::Same(Some((key.to_owned(), (*code).to_owned()))),
                None if meant == *all => Fit::Same(None),
                None => Fit::Other,
            };
        }
        if meant == *covered {
            Fit::Same(None)
        } else if meant.is_subset(covered) {
            Fit::Part
        } else {
            Fit::Other
        }
    }
}

/// The months of a code: of `2026-05`, or of a year.
fn months_of(code: &str) -> BTreeSet<i32> {
    if let Some((year, of_year)) = month(code) {
        return BTreeSet::from([i32::from(year) * 12 + i32::from(of_year) - 1]);
    }
    match code.parse::<i32>() {
        Ok(year) if code.len() == 4 => (year * 12..year * 12 + 12).collect(),
        _ => BTreeSet::new(),
    }
}

/// The only year that has these months.
fn year_of(of_year: &std::ops::Range<i32>, months: &BTreeSet<i32>) -> Option<i32> {
    let years: BTreeSet<i32> = months
        .iter()
        .filter(|month| of_year.contains(&(month.rem_euclid(12) + 1)))
        .map(|month| month.div_euclid(12))
        .collect();
    years.first().copied().filter(|_| years.len() == 1)
}

/// The one cell of a table that has these names, no other restriction than they say, and whether both sides are named.
fn place(table: &SafeTable, named: &[(String, String)], unit: &str) -> Option<(usize, usize, bool)> {
    let (rows, columns) = (&table.rows().entries, &table.columns().entries);
    // A dimension that is named must be one that the table tells apart or is restricted by.
    let knows = |dimension: &str| {
        rows.iter().chain(columns).any(|entry| entry.codes.iter().any(|(key, _)| key == dimension))
    };
    if named.iter().any(|(dimension, _)| !knows(dimension)) {
        return None;
    }
    let fits = |entry: &AxisEntry| {
        entry.codes.iter().all(|(dimension, code)| {
            named.iter().find(|(key, _)| key == dimension).is_none_or(|(_, wanted)| wanted == code)
        })
    };
    let right_unit = |row: usize, column: usize| {
        let rate = columns[column].role == Role::Rate
            || rows[row].role == Role::Rate
            || matches!(table.cell(row, column), SafeCell::Rate { .. });
        if unit == "%" || rate {
            return unit == "%" && rate;
        }
        let own = shown::unit(table, row, column);
        if unit.is_empty() {
            // A number alone counts cases, or what the only unit is.
            return own.is_none_or(|own| COUNTED.contains(&own) || table.unit().is_some());
        }
        own.is_some_and(|own| same_unit(own, unit))
    };
    let row = only(rows, named, &fits, &|row| (0..columns.len()).any(|column| right_unit(row, column)))?;
    let column = only(columns, named, &fits, &|column| right_unit(row, column))?;
    // Every name must have been used by the row or the column: not only fitted by the total.
    let used = |(dimension, code): &(String, String)| {
        let has = |entry: &AxisEntry| entry.codes.iter().any(|(key, own)| key == dimension && own == code);
        has(&rows[row]) || has(&columns[column])
    };
    let both = explicit(rows, row, named) && explicit(columns, column, named);
    named.iter().all(used).then_some((row, column, both))
}

/// The one entry of an axis that is meant: that which is named, else the total, else the only one there is.
fn only(
    entries: &[AxisEntry],
    named: &[(String, String)],
    fits: &dyn Fn(&AxisEntry) -> bool,
    useful: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let fitting: Vec<usize> =
        (0..entries.len()).filter(|&index| fits(&entries[index]) && useful(index)).collect();
    let by_name: Vec<&usize> = fitting.iter().filter(|&&index| explicit(entries, index, named)).collect();
    if let [one] = by_name.as_slice() {
        return Some(**one);
    }
    if !by_name.is_empty() {
        return None;
    }
    let totals: Vec<&usize> = fitting.iter().filter(|&&index| entries[index].role == Role::Total).collect();
    match (totals.as_slice(), fitting.as_slice()) {
        ([one], _) => Some(**one),
        ([], [one]) => Some(*one),
        _ => None,
    }
}

/// Whether an entry is named by more than being the total or the only one.
fn explicit(entries: &[AxisEntry], index: usize, named: &[(String, String)]) -> bool {
    let common =
        |code: &(String, String)| entries.len() > 1 && entries.iter().all(|entry| entry.codes.contains(code));
    let mut own = entries[index].codes.iter().filter(|code| !common(code)).peekable();
    own.peek().is_some() && own.all(|code| named.contains(code))
}

/// Whether a number is what a cell prints, as rounded as it is written.
pub fn agrees(quantity: &Quantity, cell: SafeCell) -> bool {
    let scale = |decimals: u8| 10_i128.pow(u32::from(decimals.min(18)));
    // Both as fractions over the same power of ten.
    let (value, decimals) = match cell {
        SafeCell::Number(value) => (i128::from(value), 0),
        SafeCell::Rate { value, decimals } => (i128::from(value), decimals),
        SafeCell::Hidden | SafeCell::Empty => return true,
    };
    let said = i128::from(quantity.value) * i128::from(quantity.times) * scale(decimals);
    let printed = value * scale(quantity.decimals);
    let step = i128::from(quantity.times) * scale(decimals);
    // 12.3万元 is right for 123456元, 91% for 91.2%.
    let rounded = quantity.times > 1 || matches!(cell, SafeCell::Rate { .. });
    if rounded { (said - printed).abs() * 2 <= step } else { said == printed }
}
