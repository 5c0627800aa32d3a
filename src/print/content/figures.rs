//! Pictures, tables of figures and charts as paper shows them.
//!
//! Refuses: a hidden figure; [`SafeTable`] does not hold it.
//! Invariant: cells are texts that need nothing but setting.

use crate::statistics::safe::{Role, SafeCell, SafeTable};
use serde::Serialize;
use std::sync::Arc;

/// A picture in a size for paper.
#[derive(Clone, Debug)]
pub struct Photo {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// How the file's name ends: `jpg`, `png`, `webp`.
    pub ending: &'static str,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// The drawing, as SVG.
    pub svg: Arc<[u8]>,
    /// What it shows, in a sentence.
    pub alt: String,
    /// Its caption.
    pub title: String,
    /// What its marks mean.
    pub note: Option<String>,
    /// Its width in units of the drawing.
    pub width: u32,
    /// Its height in units of the drawing.
    pub height: u32,
}

/// A protected table, ready to be set.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataTable {
    /// Its caption.
    pub title: String,
    /// Unit of its figures.
    pub unit: Option<String>,
    /// What its marks mean.
    pub note: Option<String>,
    /// The heading of each column, one part a level, outermost first.
    pub columns: Vec<Vec<String>>,
    /// What the rows are.
    pub row_label: String,
    /// The rows.
    pub rows: Vec<DataRow>,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DataRow {
    /// Its heading, outermost part first.
    pub labels: Vec<String>,
    /// `category`, `group`, `total` or `rate`.
    pub role: &'static str,
    /// Its cells.
    pub cells: Vec<String>,
}

/// A table as paper shows it. `note` says what `*` means.
pub fn data_table(table: &SafeTable, note: Option<&str>) -> DataTable {
    let (rows, columns) = (table.rows(), table.columns());
    let with_unit = |labels: &[String], unit: Option<&str>| {
        let mut labels = labels.to_vec();
        if let (Some(last), Some(unit)) = (labels.last_mut(), unit) {
            last.push('（');
            last.push_str(unit);
            last.push('）');
        }
        labels
    };
    DataTable {
        title: table.title().to_owned(),
        unit: table.unit().map(str::to_owned),
        note: note.filter(|_| table.hides()).map(str::to_owned),
        columns: columns
            .entries
            .iter()
            .map(|column| with_unit(&column.labels, column.unit.as_deref()))
            .collect(),
        row_label: rows.label.clone(),
        rows: rows
            .entries
            .iter()
            .enumerate()
            .map(|(y, row)| DataRow {
                labels: with_unit(&row.labels, row.unit.as_deref()),
                role: role(row.role),
                cells: (0..columns.entries.len()).map(|x| cell(table.cell(y, x))).collect(),
            })
            .collect(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Category => "category",
        Role::Group => "group",
        Role::Total => "total",
        Role::Rate => "rate",
    }
}

fn cell(cell: SafeCell) -> String {
    match cell {
        SafeCell::Number(number) => grouped(number),
        SafeCell::Rate { value, decimals } => format!("{}%", decimal(value, decimals)),
        SafeCell::Hidden => "*".to_owned(),
        SafeCell::Empty => "—".to_owned(),
    }
}

/// Digits as official figures have them: as they are up to four, then in threes (GB/T 15835).
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            // A space that does not break.
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

fn decimal(value: i64, decimals: u8) -> String {
    let decimals = usize::from(decimals);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = decimals + 1);
    let (whole, part) = digits.split_at(digits.len() - decimals);
    let sign = if value < 0 { "−" } else { "" };
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_ready_to_print() {
        assert_eq!(cell(SafeCell::Number(0)), "0");
        assert_eq!(cell(SafeCell::Number(1_234)), "1234");
        assert_eq!(cell(SafeCell::Number(1_234_567)), "1\u{a0}234\u{a0}567");
        assert_eq!(cell(SafeCell::Number(-12_345)), "−12\u{a0}345");
        assert_eq!(cell(SafeCell::Rate { value: 1234, decimals: 1 }), "123.4%");
        assert_eq!(cell(SafeCell::Rate { value: 5, decimals: 2 }), "0.05%");
        assert_eq!(cell(SafeCell::Rate { value: -50, decimals: 0 }), "−50%");
        assert_eq!(cell(SafeCell::Hidden), "*");
    }
}
