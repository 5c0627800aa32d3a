//! Pictures, tables of figures and charts as paper shows them.
//!
//! Refuses: a hidden figure; [`SafeTable`] does not hold it.
//! Invariant: cells are texts that need nothing but setting.

use crate::figures::chart::{self as drawn, Medium, Room};
use crate::figures::sentence;
use crate::figures::shown::{self, Shown};
use crate::figures::words::Words;
use crate::statistics::safe::{AxisEntry, Role, SafeChart, SafeDataset, SafeTable};
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

/// A table as paper shows it, with what its marks mean and whose figures they are.
pub fn data_table(dataset: &SafeDataset, table: &SafeTable, source: &str) -> DataTable {
    let (rows, columns) = (&table.rows().entries, &table.columns().entries);
    let shown = Shown::new(table, dataset.mark());
    let with_unit = |entry: &AxisEntry| {
        let mut labels = entry.labels.clone();
        if let (Some(last), Some(unit)) = (labels.last_mut(), shown.own_unit(entry)) {
            last.extend(["（", &unit, "）"]);
        }
        labels
    };
    let footnote = dataset.footnote().filter(|_| table.hides());
    DataTable {
        title: title(dataset, table),
        unit: shown.unit(),
        mark: dataset.mark().to_owned(),
        note: Some(footnote.into_iter().chain([source]).collect::<Vec<_>>().join("")),
        columns: columns.iter().map(with_unit).collect(),
        row_label: table.rows().label.clone(),
        rows: (0..rows.len())
            .map(|row| DataRow {
                labels: with_unit(&rows[row]),
                role: role(dataset, rows, row),
                cells: (0..columns.len()).map(|column| shown.cell(row, column)).collect(),
            })
            .collect(),
    }
}

/// A chart as paper shows it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "drawings are small and not negative"
)]
pub fn chart(dataset: &SafeDataset, chart: &SafeChart, words: Words, room: Room, source: &str) -> Chart {
    let drawing = drawn::draw(chart, &Medium::Paper, room, words);
    Chart {
        svg: drawing.svg.into_bytes().into(),
        alt: sentence::of(chart.table(), words).trim_end().to_owned(),
        title: title(dataset, chart.table()),
        note: Some(format!("{} {source}", sentence::of(chart.table(), words).trim_end())),
        width: drawing.width.ceil() as u32,
        height: drawing.height.ceil() as u32,
    }
}

/// The caption with the time, for a sheet on a wall says nothing else of it.
fn title(dataset: &SafeDataset, table: &SafeTable) -> String {
    match shown::period(dataset, table).filter(|period| !table.title().contains(period)) {
        Some(period) => format!("{}（{period}）", table.title()),
        None => table.title().to_owned(),
    }
}

fn role(dataset: &SafeDataset, entries: &[AxisEntry], index: usize) -> &'static str {
    match entries[index].role {
        Role::Total => "total",
        Role::Group if shown::sums(dataset, entries, index) => "group",
        Role::Rate => "rate",
        Role::Category | Role::Group => "category",
    }
}
