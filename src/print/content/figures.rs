//! Pictures, tables of figures and charts as paper shows them.
//!
//! Refuses: a hidden figure; [`SafeTable`] does not hold it.
//! Invariant: cells are texts that need nothing but setting.

use crate::statistics::safe::{Role, SafeTable};
use crate::statistics::shown::Shown;
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
    /// What stands for a hidden figure.
    pub mark: String,
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

/// A table as paper shows it. `mark` stands for hidden figures, `note` says what it means.
pub fn data_table(table: &SafeTable, mark: &str, note: Option<&str>) -> DataTable {
    let shown = Shown::new(table, mark);
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
        unit: shown.unit(),
        mark: mark.to_owned(),
        note: note.filter(|_| table.hides()).map(str::to_owned),
        columns: columns
            .entries
            .iter()
            .map(|column| with_unit(&column.labels, shown.own_unit(column).as_deref()))
            .collect(),
        row_label: rows.label.clone(),
        rows: rows
            .entries
            .iter()
            .enumerate()
            .map(|(y, row)| DataRow {
                labels: with_unit(&row.labels, shown.own_unit(row).as_deref()),
                role: role(row.role),
                cells: (0..columns.entries.len()).map(|x| shown.cell(y, x)).collect(),
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
