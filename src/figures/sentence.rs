//! What a table says, in a sentence or two: for who cannot see the drawing, and for who wants it told.
//!
//! Refuses: saying anything of a hidden figure but that it is not published. Where figures are hidden, “most” and
//! “least” are said of the published ones, and that is said too.
//! Invariant: every number in a sentence is printed in the table, or is a sum or difference of such.

use super::chart::month;
use super::number;
use super::shown;
use super::words::{Language, Words};
use crate::statistics::safe::{Role, SafeCell, SafeTable};

mod extremes;

/// The most lines of a table that each get a sentence.
const EACH: usize = 3;

/// The finding of a table.
pub fn of(table: &SafeTable, words: Words) -> String {
    let told = Telling {
        table,
        language: words.language,
        mark: words.mark,
        rows: parts(table, true),
        columns: parts(table, false),
    };
    let mut sentences = match told.columns.as_slice() {
        [] => Vec::new(),
        [only] => told.column(*only, None),
        some if some.len() <= EACH || told.mixed() => {
            some.iter().take(EACH).flat_map(|&column| told.column(column, Some(column))).collect()
        }
        _ => told.cells(),
    };
    sentences.extend(told.hidden());
    sentences.concat()
}

/// The rows or columns that are no sums, or all where there is nothing else.
fn parts(table: &SafeTable, rows: bool) -> Vec<usize> {
    let entries = if rows { &table.rows().entries } else { &table.columns().entries };
    let single = |role| matches!(role, Role::Category | Role::Rate);
    let some: Vec<usize> = (0..entries.len()).filter(|&index| single(entries[index].role)).collect();
    if !some.is_empty() {
        return some;
    }
    let groups: Vec<usize> = (0..entries.len()).filter(|&index| entries[index].role == Role::Group).collect();
    if groups.is_empty() { (0..entries.len()).collect() } else { groups }
}

struct Telling<'t> {
    table: &'t SafeTable,
    language: Language,
    mark: &'t str,
    rows: Vec<usize>,
    columns: Vec<usize>,
}

/// A printed figure with what it is called.
struct Named {
    label: String,
    cell: SafeCell,
    size: f64,
}

impl Telling<'_> {
    fn unit(&self, row: usize, column: usize) -> Option<&str> {
        shown::unit(self.table, row, column)
    }

    /// Whether the columns are of several units, so that their figures cannot be compared.
    fn mixed(&self) -> bool {
        let Some(&row) = self.rows.first() else { return false };
        self.columns.iter().any(|&column| self.unit(row, column) != self.unit(row, self.columns[0]))
    }

    fn row(&self, row: usize) -> String {
        shown::label(&self.table.rows().entries[row])
    }

    fn is_rate(&self, column: usize) -> bool {
        self.table.columns().entries[column].role == Role::Rate
            || self.rows.iter().any(|&row| matches!(self.table.cell(row, column), SafeCell::Rate { .. }))
    }

    /// What one column says, under its name where there are several.
    fn column(&self, column: usize, name: Option<usize>) -> Vec<String> {
        let printed: Vec<Named> = self
            .rows
            .iter()
            .filter_map(|&row| {
                let cell = self.table.cell(row, column);
                Some(Named { label: self.row(row), cell, size: number::size(cell)? })
            })
            .collect();
        let unit = self.rows.first().and_then(|&row| self.unit(row, column));
        let lead = name.map(|column| {
            let label = shown::label(&self.table.columns().entries[column]);
            format!("{label}{}", self.language.pick("：", ": "))
        });
        let stop = self.language.pick("。", ". ");
        // Of several columns each says its most only, else nobody listens to the end.
        let all: Vec<(usize, usize)> = self.rows.iter().map(|&row| (row, column)).collect();
        let Some(extremes) = self.extremes(&printed, &all, unit, self.is_rate(column), lead.is_none()) else {
            return Vec::new();
        };
        if let Some(lead) = lead {
            return vec![format!("{lead}{extremes}{stop}")];
        }
        let mut said = vec![format!("{extremes}{stop}")];
        said.extend(self.change(column));
        said.extend(self.total(column, unit));
        said
    }

    /// What rows are, with the word that counts them.
    fn counted(&self) -> String {
        let months = self.rows.iter().all(|&row| self.month(row).is_some());
        let label = self.table.rows().label.as_str();
        match self.language {
            Language::Chinese if months => "个月".to_owned(),
            Language::Chinese => {
                let kinds = ["类型", "种类", "类别", "方式"].iter().any(|end| label.ends_with(end));
                let label = if label.is_empty() { "项" } else { label };
                if kinds { format!("种{label}") } else { format!("个{label}") }
            }
            Language::English if months => "months".to_owned(),
            Language::English => format!("({label})"),
        }
    }

    fn month(&self, row: usize) -> Option<(i16, u8)> {
        // The row's own codes stand before those of the table as a whole.
        let (_, code) = self.table.rows().entries[row].codes.first()?;
        month(code)
    }

    /// “1月30件，12月41件，多了11件。” Only along months, and only where both ends are printed.
    fn change(&self, column: usize) -> Option<String> {
        let (&first, &last) = (self.rows.first()?, self.rows.last()?);
        let months: Vec<(i16, u8)> = self.rows.iter().map(|&row| self.month(row)).collect::<Option<_>>()?;
        // Rows that stand in another order than time goes tell no change, nor does a month of which a part is counted.
        let part = |row: usize| self.row(row).contains('日');
        if first == last || months.windows(2).any(|pair| pair[0] >= pair[1]) || part(first) || part(last) {
            return None;
        }
        let (before, after) = (self.table.cell(first, column), self.table.cell(last, column));
        let unit = self.unit(first, column);
        let difference = difference(before, after, unit, self.language)?;
        let (from, to) = (self.row(first), self.row(last));
        let (old, new) = (number::cell(before, unit)?, number::cell(after, unit)?);
        Some(match self.language {
            Language::Chinese => format!("{from}{old}，{to}{new}，{}。", done(&difference)),
            Language::English => format!("{from}: {old}; {to}: {new}, {difference}. "),
        })
    }

    /// What all rows are together, where the table prints it or prints all of them.
    fn total(&self, column: usize, unit: Option<&str>) -> Option<String> {
        if self.is_rate(column) || self.rows.len() < 2 {
            return None;
        }
        let entries = &self.table.rows().entries;
        let printed = (0..entries.len()).find(|&row| entries[row].role == Role::Total);
        let sum = match printed.map(|row| self.table.cell(row, column)) {
            Some(SafeCell::Number(sum)) => sum,
            Some(_) => return None,
            None => self.rows.iter().try_fold(0_i64, |sum, &row| match self.table.cell(row, column) {
                SafeCell::Number(value) if entries[row].role == Role::Category => sum.checked_add(value),
                _ => None,
            })?,
        };
        let sum = number::short(sum, unit);
        Some(match self.language {
            Language::Chinese => format!("合计{sum}。"),
            Language::English => format!("Total: {sum}. "),
        })
    }

    /// What many columns say: the largest figure of all.
    fn cells(&self) -> Vec<String> {
        let mut printed = Vec::new();
        let mut all = 0_usize;
        for &row in &self.rows {
            for &column in &self.columns {
                let cell = self.table.cell(row, column);
                all += usize::from(cell != SafeCell::Empty);
                if let Some(size) = number::size(cell) {
                    let column = shown::label(&self.table.columns().entries[column]);
                    let label = match self.language {
                        Language::Chinese => format!("{}的{column}", self.row(row)),
                        Language::English => format!("{}, {column}", self.row(row)),
                    };
                    printed.push(Named { label, cell, size });
                }
            }
        }
        let (Some(&row), Some(&column)) = (self.rows.first(), self.columns.first()) else {
            return Vec::new();
        };
        let unit = self.unit(row, column).map(str::to_owned);
        let rate = self.is_rate(column);
        let highest = printed.iter().map(|named| named.size).fold(f64::NEG_INFINITY, f64::max);
        let Some(top) = printed.iter().find(|named| same(named.size, highest)) else { return Vec::new() };
        let Some(value) = number::cell(top.cell, unit.as_deref()) else { return Vec::new() };
        let word = match (self.language, rate) {
            (Language::Chinese, false) => "最多",
            (Language::Chinese, true) => "最高",
            (Language::English, false) => "most",
            (Language::English, true) => "highest",
        };
        let every: Vec<(usize, usize)> =
            self.rows.iter().flat_map(|&row| self.columns.iter().map(move |&column| (row, column))).collect();
        if self.may_exceed(&every, highest) {
            let lowest = printed.iter().map(|named| named.size).fold(f64::INFINITY, f64::min);
            let least = printed.iter().find(|named| same(named.size, lowest));
            let least = least.and_then(|named| number::cell(named.cell, unit.as_deref())).unwrap_or_default();
            let mut said = vec![match self.language {
                Language::Chinese => format!("公布了的数，从{least}到{value}。"),
                Language::English => format!("The figures published go from {least} to {value}. "),
            }];
            said.extend(self.largest_sum());
            return said;
        }
        let place = self.place(&printed, highest, word, &value);
        let mut said = vec![match (self.language, printed.len() == all) {
            (Language::Chinese, true) => format!("{place}。"),
            (Language::Chinese, false) => format!("公布了的数里，{place}。"),
            (Language::English, true) => format!("{place}. "),
            (Language::English, false) => format!("Of the figures published, {place}. "),
        }];
        said.extend(self.largest_sum());
        said
    }

    /// The row whose printed total is the largest, where all totals are printed.
    fn largest_sum(&self) -> Option<String> {
        let columns = &self.table.columns().entries;
        let total = columns.iter().position(|entry| entry.role == Role::Total)?;
        let sums: Option<Vec<Named>> = self
            .rows
            .iter()
            .map(|&row| {
                let cell = self.table.cell(row, total);
                Some(Named { label: self.row(row), cell, size: number::size(cell)? })
            })
            .collect();
        let unit = self.unit(*self.rows.first()?, total);
        let extremes = self.extremes(&sums?, &[], unit, false, true)?;
        Some(match self.language {
            Language::Chinese => format!("各项合起来，{extremes}。"),
            Language::English => format!("All together: {extremes}. "),
        })
    }

    /// How many figures are hidden.
    fn hidden(&self) -> Option<String> {
        let count = |row: &usize| {
            self.columns.iter().filter(|&&column| self.table.cell(*row, column) == SafeCell::Hidden).count()
        };
        let hidden: usize = self.rows.iter().map(count).sum();
        if hidden == 0 {
            return None;
        }
        let what = if self.columns.len() == 1 { self.counted() } else { "处".to_owned() };
        Some(match self.language {
            Language::Chinese => format!("标“{}”的{hidden}{what}未公布。", self.mark),
            Language::English => format!("{hidden} figures marked {} are not published.", self.mark),
        })
    }
}

/// “多5件” as what has come about: “多了5件”.
fn done(difference: &str) -> String {
    match difference.chars().next() {
        Some(first @ ('多' | '少' | '高' | '低')) => {
            format!("{first}了{}", &difference[first.len_utf8()..])
        }
        _ => difference.to_owned(),
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

/// How a printed figure differs from an earlier one, without blame: “多了5件”, “少了1.2个百分点”, “一样多”. None where either
/// is not printed.
pub fn difference(
    before: SafeCell,
    after: SafeCell,
    unit: Option<&str>,
    language: Language,
) -> Option<String> {
    match (before, after) {
        (SafeCell::Number(before), SafeCell::Number(after)) => {
            let by = after.checked_sub(before)?;
            let size = number::short(by.checked_abs()?, unit);
            Some(match (language, by.signum()) {
                (Language::Chinese, 1) => format!("多{size}"),
                (Language::Chinese, -1) => format!("少{size}"),
                (Language::Chinese, _) => "一样多".to_owned(),
                (Language::English, 1) => format!("{size} more"),
                (Language::English, -1) => format!("{size} fewer"),
                (Language::English, _) => "the same".to_owned(),
            })
        }
        (SafeCell::Rate { value: before, decimals }, SafeCell::Rate { value: after, decimals: also })
            if decimals == also =>
        {
            let by = after.checked_sub(before)?;
            let size = number::decimal(by.checked_abs()?, decimals);
            Some(match (language, by.signum()) {
                (Language::Chinese, 1) => format!("高{size}个百分点"),
                (Language::Chinese, -1) => format!("低{size}个百分点"),
                (Language::Chinese, _) => "一样高".to_owned(),
                (Language::English, 1) => format!("{size} points higher"),
                (Language::English, -1) => format!("{size} points lower"),
                (Language::English, _) => "the same".to_owned(),
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
