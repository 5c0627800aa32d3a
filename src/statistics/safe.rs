//! What may be published of the datasets: tables in which sensitive counts, and those that would give them away, are gone.
//!
//! Refuses: holding a hidden value. A hidden cell does not know what it hides, nor why.
//! Invariant: the fields are private, and `statistics::protect` alone fills them.

use super::promise::MarkPromise;
use super::standing::Kept;
use blake3::Hash;
use std::collections::{BTreeMap, BTreeSet};

mod about;

pub use about::{SafeMeasure, SafePolicy, SafeRate};

/// All that may be published of all datasets, by name of the dataset.
#[derive(Clone, Debug, Default)]
pub struct SafeData {
    pub(super) datasets: BTreeMap<String, SafeDataset>,
    pub(super) kept: Kept,
}

/// One dataset.
#[derive(Clone, Debug)]
pub struct SafeDataset {
    pub(super) name: String,
    /// Name of its figures; datasets that share them speak of the same people.
    pub(super) figures: String,
    pub(super) title: String,
    pub(super) source: String,
    pub(super) licence: Option<String>,
    /// As staff wrote it or as its months say, e.g. `2026年1月至12月`.
    pub(super) period: Option<String>,
    /// What the mark means, with the thresholds in words; none where nothing is hidden in any table.
    pub(super) footnote: Option<String>,
    pub(super) tables: Vec<SafeTable>,
    pub(super) charts: Vec<SafeChart>,
    /// What its codes mean; names only.
    pub(super) dimensions: Vec<SafeDimension>,
    /// What is counted; names only.
    pub(super) measures: Vec<SafeMeasure>,
    /// How its rates are made; names only.
    pub(super) rates: Vec<SafeRate>,
    /// What stands in place of hidden figures.
    pub(super) mark: String,
    /// What it tells.
    pub(super) promise: MarkPromise,
    /// Codes that stand in no table, for that they exist would tell of a case: dimension and code.
    pub(super) left_out: Vec<(String, String)>,
    /// Tables as they would be with them. What readers see never comes from here; what must not be said does.
    pub(super) whole: Vec<SafeTable>,
    /// What readers may know of how it is protected.
    pub(super) policy: SafePolicy,
    /// Its tables and charts that nobody has signed, `table NAME` and `chart NAME`: they are no open data.
    pub(super) unsigned: BTreeSet<String>,
    /// Covers everything above: outputs depend on it.
    pub(super) hash: Hash,
}

/// A dimension of a dataset: its codes and what they are called.
#[derive(Clone, Debug)]
pub struct SafeDimension {
    /// Its key, as [`AxisEntry::codes`] has it.
    pub key: String,
    /// Its name, e.g. 村社区.
    pub label: String,
    /// Whether it is time.
    pub time: bool,
    /// Codes with their labels in order; groups and the total are among them.
    pub entries: Vec<(String, String)>,
    /// Those that are no group.
    pub leaves: Vec<String>,
    /// Codes of groups and of what they hold.
    pub groups: Vec<(String, Vec<String>)>,
    /// Code of the total.
    pub total: String,
}

/// A protected table: rows, columns, and a cell for each pair.
#[derive(Clone, Debug)]
pub struct SafeTable {
    pub(super) name: String,
    pub(super) title: String,
    /// The release that it belongs to; none: the current one.
    pub(super) release: Option<String>,
    /// Unit of the figures, e.g. 件; none where columns have units of their own.
    pub(super) unit: Option<String>,
    pub(super) rows: Axis,
    pub(super) columns: Axis,
    /// `cells[row][column]`.
    pub(super) cells: Vec<Vec<SafeCell>>,
}

/// The rows or the columns of a table.
#[derive(Clone, Debug)]
pub struct Axis {
    /// What the entries are, e.g. 村社区.
    pub label: String,
    /// In the order shown.
    pub entries: Vec<AxisEntry>,
}

/// A row or a column.
#[derive(Clone, Debug)]
pub struct AxisEntry {
    /// Dimension and code of what it covers; a dimension that is left out is not restricted. Open data names it so.
    /// What restricts the table as a whole stands in every row.
    pub codes: Vec<(String, String)>,
    /// Key of the measure or rate, in columns.
    pub measure: Option<String>,
    /// Its heading, one part for each dimension on this side, outermost first.
    pub labels: Vec<String>,
    /// Whether it sums others.
    pub role: Role,
    /// Unit where entries differ in it (measures and rates side by side).
    pub unit: Option<String>,
}

/// What a row or column is to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// One category.
    Category,
    /// Some categories together.
    Group,
    /// All of them.
    Total,
    /// A rate.
    Rate,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SafeCell {
    /// A count, or an amount in its unit.
    Number(i64),
    /// A rate: `value / 10^decimals` per cent.
    Rate {
        /// Its digits.
        value: i64,
        /// How many of them stand after the point.
        decimals: u8,
    },
    /// Hidden, `*`.
    Hidden,
    /// There is nothing to say, e.g. a rate of nothing.
    Empty,
}

/// A chart: a form for a protected table of its own.
#[derive(Clone, Debug)]
pub struct SafeChart {
    pub(super) name: String,
    pub(super) form: ChartForm,
    pub(super) table: SafeTable,
}

/// Forms of charts. Rows are categories, columns are series.
pub use crate::model::dataset::view::Form as ChartForm;

impl SafeData {
    /// Takes in datasets that were protected apart from these, for they share no file.
    pub fn extend(&mut self, more: Vec<SafeDataset>) {
        self.datasets.extend(more.into_iter().map(|dataset| (dataset.name.clone(), dataset)));
    }

    /// Leaves of open data what is shown by what is published: dataset, and `table NAME` or `chart NAME` in it.
    pub fn open_only(&mut self, shown: &BTreeSet<(String, String)>) {
        for dataset in self.datasets.values_mut() {
            let tables = dataset.tables.iter().map(|table| format!("table {}", table.name));
            let all = tables.chain(dataset.charts.iter().map(|chart| format!("chart {}", chart.name)));
            let is_shown = |one: &String| shown.contains(&(dataset.name.clone(), one.clone()));
            dataset.unsigned = all.filter(|one| !is_shown(one)).collect();
            dataset.seal();
        }
    }

    /// A dataset.
    pub fn dataset(&self, name: &str) -> Option<&SafeDataset> {
        self.datasets.get(name)
    }

    /// How they stand to what was published before.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }

    /// All datasets by name.
    pub fn datasets(&self) -> impl Iterator<Item = &SafeDataset> {
        self.datasets.values()
    }

    /// The table that a block names: `DATASET/TABLE`, a table's name that no other dataset has, or a dataset's name where
    /// it has one table only. With it the dataset that it belongs to.
    pub fn table(&self, name: &str) -> Option<(&SafeDataset, &SafeTable)> {
        one(self, name, |dataset| &dataset.tables, |table| &table.name)
    }

    /// The chart that a block names, by the same rules.
    pub fn chart(&self, name: &str) -> Option<(&SafeDataset, &SafeChart)> {
        one(self, name, |dataset| &dataset.charts, |chart| &chart.name)
    }
}

fn one<'d, T>(
    data: &'d SafeData,
    name: &str,
    all: impl Fn(&'d SafeDataset) -> &'d Vec<T>,
    named: impl Fn(&T) -> &str,
) -> Option<(&'d SafeDataset, &'d T)> {
    if let Some((dataset, inner)) = name.split_once('/') {
        let dataset = data.dataset(dataset)?;
        return all(dataset).iter().find(|one| named(one) == inner).map(|one| (dataset, one));
    }
    let mut found = data
        .datasets()
        .flat_map(|dataset| all(dataset).iter().map(move |one| (dataset, one)))
        .filter(|(_, one)| named(one) == name);
    match (found.next(), found.next()) {
        (Some(only), None) => Some(only),
        (Some(_), Some(_)) => None,
        (None, _) => match data.dataset(name).map(|dataset| (dataset, all(dataset).as_slice())) {
            Some((dataset, [only])) => Some((dataset, only)),
            _ => None,
        },
    }
}

impl SafeDataset {
    /// Its name: that of its files.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name of its figures; datasets that share them speak of the same people.
    pub fn figures(&self) -> &str {
        &self.figures
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whose figures they are.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Under which terms they may be used.
    pub fn licence(&self) -> Option<&str> {
        self.licence.as_deref()
    }

    /// The time that they cover, in words.
    pub fn period(&self) -> Option<&str> {
        self.period.as_deref()
    }

    /// What the mark `*` means.
    pub fn footnote(&self) -> Option<&str> {
        self.footnote.as_deref()
    }

    /// Its tables.
    pub fn tables(&self) -> &[SafeTable] {
        &self.tables
    }

    /// Its dimensions.
    pub fn dimensions(&self) -> &[SafeDimension] {
        &self.dimensions
    }

    /// What it counts.
    pub fn measures(&self) -> &[SafeMeasure] {
        &self.measures
    }

    /// Its rates.
    pub fn rates(&self) -> &[SafeRate] {
        &self.rates
    }

    /// What stands in place of hidden figures, `*` as a rule.
    pub fn mark(&self) -> &str {
        &self.mark
    }

    /// What the mark tells.
    pub fn promise(&self) -> MarkPromise {
        self.promise
    }

    /// What readers may know of how it is protected.
    pub fn policy(&self) -> &SafePolicy {
        &self.policy
    }

    /// Codes that stand in no table, for that they exist would tell of a case: dimension and code.
    pub fn left_out(&self) -> &[(String, String)] {
        &self.left_out
    }

    /// Its tables as they would be with those codes, for knowing what a text must not tell. Never to be shown.
    pub fn whole(&self) -> &[SafeTable] {
        &self.whole
    }

    /// Its charts.
    pub fn charts(&self) -> &[SafeChart] {
        &self.charts
    }

    /// Its tables that are open data: all of them, or, where bulletins are reviewed, those that approved ones show.
    pub fn open_tables(&self) -> impl Iterator<Item = &SafeTable> + Clone {
        self.tables.iter().filter(|table| !self.unsigned.contains(&format!("table {}", table.name)))
    }

    /// Its charts that are open data.
    pub fn open_charts(&self) -> impl Iterator<Item = &SafeChart> + Clone {
        self.charts.iter().filter(|chart| !self.unsigned.contains(&format!("chart {}", chart.name)))
    }

    /// Whether anything of it is open data.
    pub fn is_open(&self) -> bool {
        self.open_tables().next().is_some() || self.open_charts().next().is_some()
    }

    /// Covers everything that can be had from it.
    pub fn hash(&self) -> Hash {
        self.hash
    }
}

impl SafeTable {
    /// Its name in the dataset.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its caption.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Unit of its figures.
    pub fn unit(&self) -> Option<&str> {
        self.unit.as_deref()
    }

    /// The release that it belongs to.
    pub fn release(&self) -> Option<&str> {
        self.release.as_deref()
    }

    /// Its rows.
    pub fn rows(&self) -> &Axis {
        &self.rows
    }

    /// Its columns.
    pub fn columns(&self) -> &Axis {
        &self.columns
    }

    /// A cell.
    ///
    /// # Panics
    /// Beyond the axes.
    pub fn cell(&self, row: usize, column: usize) -> SafeCell {
        self.cells[row][column]
    }

    /// Whether any cell is hidden.
    pub fn hides(&self) -> bool {
        self.cells.iter().flatten().any(|cell| *cell == SafeCell::Hidden)
    }
}

impl SafeChart {
    /// Its name in the dataset.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its form.
    pub fn form(&self) -> ChartForm {
        self.form
    }

    /// What it draws.
    pub fn table(&self) -> &SafeTable {
        &self.table
    }
}
