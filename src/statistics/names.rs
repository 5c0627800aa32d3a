//! Names that would tell of a case: where the codes of a dimension come from a register, one that stands there tells that
//! a case exists, even where every figure of it is hidden.
//!
//! Refuses: to take out a name of a list that staff wrote; that it is on the list says nothing.
//! Invariant: a name that is left out stands in no table, chart or file of its figures; totals have it in them.

use super::safe::{Axis, Role, SafeCell, SafeDataset, SafeTable};
use crate::model::dataset::Dataset;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// A dimension's key and a code of it.
type Name = (String, String);

/// Takes the rows and columns out of which every table of one file of figures hides every cell.
pub(super) fn leave_out(safe: &mut [SafeDataset], raw: &[&Dataset]) {
    let open: BTreeSet<&str> = raw
        .iter()
        .flat_map(|dataset| &dataset.dimensions)
        .filter(|dimension| dimension.from_register && dimension.time.is_none())
        .map(|dimension| dimension.key.as_str())
        .collect();
    if open.is_empty() {
        return;
    }
    let shown: BTreeSet<Name> = safe.iter().flat_map(|dataset| shown(dataset, &open)).collect();
    for dataset in safe.iter_mut() {
        let mut gone: BTreeSet<Name> = BTreeSet::new();
        for dimension in dataset.dimensions.iter().filter(|one| open.contains(one.key.as_str())) {
            let codes = dimension.leaves.iter().map(|code| (dimension.key.clone(), code.clone()));
            gone.extend(codes.filter(|name| !shown.contains(name)));
        }
        if gone.is_empty() {
            continue;
        }
        let mut whole = Vec::new();
        let charts = dataset.charts.iter_mut().map(|chart| &mut chart.table);
        for table in dataset.tables.iter_mut().chain(charts) {
            let before = table.clone();
            if without(table, &gone) {
                whole.push(before);
            }
        }
        dataset.left_out = gone.into_iter().collect();
        dataset.whole = whole;
        dataset.seal();
    }
}

impl SafeDataset {
    /// Takes the hash of everything else.
    pub(super) fn seal(&mut self) {
        self.hash = blake3::hash(b"");
        // What is written out for debugging says everything, field by field.
        self.hash = blake3::hash(format!("{self:?}").as_bytes());
    }
}

/// Whether a figure says of a code more than that it exists: a nothing beside hidden figures does not.
fn tells(cell: SafeCell) -> bool {
    match cell {
        SafeCell::Number(value) => value != 0,
        SafeCell::Rate { .. } => true,
        _ => false,
    }
}

/// The codes of which some figure is printed that is not nothing.
fn shown(dataset: &SafeDataset, open: &BTreeSet<&str>) -> BTreeSet<Name> {
    let mut shown = BTreeSet::new();
    let charts = dataset.charts.iter().map(|chart| &chart.table);
    for table in dataset.tables.iter().chain(charts) {
        for (row, entry) in table.rows.entries.iter().enumerate() {
            for (column, other) in table.columns.entries.iter().enumerate() {
                if tells(table.cells[row][column]) {
                    let names = entry.codes.iter().chain(&other.codes);
                    shown.extend(names.filter(|(key, _)| open.contains(key.as_str())).cloned());
                }
            }
        }
    }
    shown
}

/// Takes entries out of a table; whether there were any. A table of nothing else keeps them: its caption tells as much.
fn without(table: &mut SafeTable, gone: &BTreeSet<Name>) -> bool {
    let kept = |axis: &Axis| -> Vec<usize> {
        let stays = |index: &usize| axis.entries[*index].codes.iter().all(|code| !gone.contains(code));
        (0..axis.entries.len()).filter(stays).collect()
    };
    let (rows, columns) = (kept(&table.rows), kept(&table.columns));
    let all = (table.rows.entries.len(), table.columns.entries.len());
    if (rows.len(), columns.len()) == all || rows.is_empty() || columns.is_empty() {
        return false;
    }
    let pick = |axis: &mut Axis, kept: &[usize]| {
        axis.entries = kept.iter().map(|&index| axis.entries[index].clone()).collect();
    };
    pick(&mut table.rows, &rows);
    pick(&mut table.columns, &columns);
    let cells = rows.iter().map(|&row| columns.iter().map(|&column| table.cells[row][column]).collect());
    table.cells = cells.collect();
    true
}

/// The codes that tables name, by dimension: open data lists no others. A total is named where a table has one.
pub fn named<'t>(
    dataset: &SafeDataset,
    tables: impl Iterator<Item = &'t SafeTable> + Clone,
) -> BTreeMap<String, BTreeSet<String>> {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in tables {
        for axis in [table.rows(), table.columns()] {
            let mut told: BTreeSet<&str> = BTreeSet::new();
            for (key, code) in axis.entries.iter().flat_map(|entry| &entry.codes) {
                named.entry(key.clone()).or_default().insert(code.clone());
                told.insert(key);
            }
            if axis.entries.iter().any(|entry| entry.role == Role::Total) {
                let totals = dataset.dimensions().iter().filter(|one| told.contains(one.key.as_str()));
                for dimension in totals {
                    named.entry(dimension.key.clone()).or_default().insert(dimension.total.clone());
                }
            }
        }
    }
    named
}

/// Gives the codes that are left out a number in place of their names, wherever a document names them.
pub(super) fn unname(document: &mut Value, dimension: &str, codes: &[&str]) {
    let numbers: BTreeMap<&str, String> =
        codes.iter().zip(1..).map(|(code, number)| (*code, format!("未列{number}"))).collect();
    let rename = |value: &mut Value| {
        if let Some(number) = value.as_str().and_then(|code| numbers.get(code)) {
            *value = json!(number);
        }
    };
    let all = |list: &mut Value| list.as_array_mut().into_iter().flatten().for_each(rename);
    if let Some(about) = document["dims"].get_mut(dimension) {
        all(&mut about["leaves"]);
        if let Some(groups) = about["groups"].as_object_mut() {
            groups.values_mut().for_each(all);
        }
    }
    let place = |at: Option<&mut Value>| {
        if let Some(code) = at.and_then(|at| at.get_mut(dimension)) {
            rename(code);
        }
    };
    for table in document["tables"].as_array_mut().into_iter().flatten() {
        let cells = table["cells"].as_array_mut().into_iter().flatten();
        cells.for_each(|cell| place(cell.get_mut("at")));
    }
    for rate in document["rates"].as_array_mut().into_iter().flatten() {
        for side in ["num", "den"] {
            place(rate.get_mut(side).and_then(|side| side.get_mut("at")));
        }
    }
    for zero in document["structural_zeros"].as_array_mut().into_iter().flatten() {
        place(Some(zero));
    }
}
