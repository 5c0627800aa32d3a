//! What is published of a dataset, for programs and spreadsheets: CSV and JSON.
//!
//! Refuses: anything that pages do not print. A hidden figure is `*`, as it is there.
//! Invariant: figures are whole numbers of their unit, rates have the decimals that are printed, and each file says
//! whose figures they are and under which terms they may be used.

use super::number;
use super::shown;
use super::words::Language;
use crate::source::written::{self, LineEnd};
use crate::statistics::names;
use crate::statistics::safe::{
    Axis, AxisEntry, ChartForm, Role, SafeCell, SafeChart, SafeDataset, SafeTable,
};
use serde_json::{Map, Value, json};

/// A table as CSV: UTF-8 with the mark that spreadsheets need to know it, a row a line, period, source and terms in each.
pub fn csv(dataset: &SafeDataset, table: &SafeTable, language: Language) -> Vec<u8> {
    let deep = table.rows().entries.iter().map(|row| row.labels.len()).max().unwrap_or(1).max(1);
    let columns = &table.columns().entries;
    let mut head: Vec<String> = vec![table.rows().label.clone()];
    head.resize(deep, String::new());
    head.extend((0..columns.len()).map(|column| column_name(table, column)));
    head.extend(
        ["期间", "来源", "许可"]
            .iter()
            .zip(["period", "source", "licence"])
            .map(|(chinese, english)| language.pick(chinese, english).to_owned()),
    );
    let mut lines = vec![head];
    for (index, row) in table.rows().entries.iter().enumerate() {
        let mut cells = row.labels.clone();
        cells.resize(deep, String::new());
        cells.extend((0..columns.len()).map(|column| plain(table.cell(index, column), dataset.mark())));
        let about = [shown::period(dataset, table), Some(dataset.source()), dataset.licence()];
        cells.extend(about.into_iter().map(|text| text.unwrap_or_default().to_owned()));
        lines.push(cells);
    }
    let guarded = lines.into_iter().map(|line| line.into_iter().map(guarded));
    let mut text = "\u{feff}".as_bytes().to_vec();
    text.extend(written::csv(guarded, LineEnd::CrLf));
    text
}

/// The name of a column with its unit, for it has no caption there.
fn column_name(table: &SafeTable, column: usize) -> String {
    let entry = &table.columns().entries[column];
    let label = shown::label(entry);
    let unit = entry.unit.as_deref().or(table.unit()).filter(|_| entry.role != Role::Rate);
    match unit {
        Some(unit) => format!("{label}（{unit}）"),
        None if entry.role == Role::Rate => format!("{label}（%）"),
        None => label,
    }
}

/// A cell as a program reads it.
fn plain(cell: SafeCell, mark: &str) -> String {
    match cell {
        SafeCell::Number(value) => value.to_string(),
        SafeCell::Rate { value, decimals } => number::decimal(value, decimals),
        SafeCell::Hidden => mark.to_owned(),
        SafeCell::Empty => String::new(),
    }
}

/// A text that no spreadsheet takes for a formula.
fn guarded(cell: String) -> String {
    let formula =
        cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    if formula { format!("'{cell}") } else { cell }
}

/// A table as JSON.
pub fn table_json(dataset: &SafeDataset, table: &SafeTable) -> Value {
    let mut about = about(dataset, std::iter::once(table));
    about.insert("table".to_owned(), json!(table.name()));
    about.extend(table_parts(table, dataset.mark()));
    Value::Object(about)
}

/// A dataset with all its open tables and charts as JSON.
pub fn dataset_json(dataset: &SafeDataset) -> Value {
    let shown = dataset.open_tables().chain(dataset.open_charts().map(SafeChart::table));
    let mut all = about(dataset, shown);
    let named = |table: &SafeTable| {
        let mut parts = Map::from_iter([("name".to_owned(), json!(table.name()))]);
        parts.extend(table_parts(table, dataset.mark()));
        parts
    };
    let charts = dataset.open_charts().map(|chart| {
        let mut parts = named(chart.table());
        parts.insert("name".to_owned(), json!(chart.name()));
        parts.insert("form".to_owned(), json!(form_name(chart.form())));
        parts
    });
    all.insert("tables".to_owned(), dataset.open_tables().map(named).collect());
    all.insert("charts".to_owned(), charts.collect());
    Value::Object(all)
}

/// The name of a form of chart, as `form:` and the data files have it.
pub fn form_name(form: ChartForm) -> &'static str {
    match form {
        ChartForm::Bar => "bar",
        ChartForm::Grouped => "grouped",
        ChartForm::Stacked => "stacked",
        ChartForm::Line => "line",
        ChartForm::Dot => "dot",
        ChartForm::Tiles => "tiles",
    }
}

/// What is told of a dataset in each of its files: codes and dimensions only where these tables name them, for a code
/// that exists tells that there was a case.
fn about<'t>(
    dataset: &SafeDataset,
    tables: impl Iterator<Item = &'t SafeTable> + Clone,
) -> Map<String, Value> {
    let named = names::named(dataset, tables);
    let dimensions: Vec<Value> = dataset
        .dimensions()
        .iter()
        .filter_map(|dimension| {
            let known = named.get(&dimension.key)?;
            let codes = dimension.entries.iter().filter(|(code, _)| known.contains(code));
            let codes: Map<String, Value> = codes.map(|(code, label)| (code.clone(), json!(label))).collect();
            Some(json!({ "key": dimension.key, "label": dimension.label, "codes": codes }))
        })
        .collect();
    let Value::Object(about) = json!({
        "dataset": dataset.name(),
        "title": dataset.title(),
        "period": dataset.period(),
        "source": dataset.source(),
        "licence": dataset.licence(),
        "mark": dataset.mark(),
        "note": dataset.footnote(),
        "dimensions": dimensions,
    }) else {
        unreachable!("an object was written")
    };
    about
}

fn table_parts(table: &SafeTable, mark: &str) -> Map<String, Value> {
    let rows = 0..table.rows().entries.len();
    let columns = 0..table.columns().entries.len();
    let cells: Vec<Vec<Value>> = rows
        .map(|row| columns.clone().map(|column| value(table.cell(row, column), mark)).collect())
        .collect();
    let Value::Object(parts) = json!({
        "caption": table.title(),
        "unit": table.unit(),
        "rows": axis(table.rows()),
        "columns": axis(table.columns()),
        "cells": cells,
    }) else {
        unreachable!("an object was written")
    };
    parts
}

fn axis(axis: &Axis) -> Value {
    json!({ "label": axis.label, "entries": axis.entries.iter().map(entry).collect::<Vec<_>>() })
}

fn entry(entry: &AxisEntry) -> Value {
    let codes: Map<String, Value> =
        entry.codes.iter().map(|(dimension, code)| (dimension.clone(), json!(code))).collect();
    let role = match entry.role {
        Role::Category => "category",
        Role::Group => "group",
        Role::Total => "total",
        Role::Rate => "rate",
    };
    let mut about = Map::from_iter([
        ("codes".to_owned(), Value::Object(codes)),
        ("labels".to_owned(), json!(entry.labels)),
        ("role".to_owned(), json!(role)),
    ]);
    for (key, text) in [("measure", &entry.measure), ("unit", &entry.unit)] {
        if let Some(text) = text {
            about.insert(key.to_owned(), json!(text));
        }
    }
    Value::Object(about)
}

/// A number, `"*"`, or null where there is nothing to say.
fn value(cell: SafeCell, mark: &str) -> Value {
    match cell {
        SafeCell::Number(value) => json!(value),
        SafeCell::Rate { .. } => json!(number::size(cell)),
        SafeCell::Hidden => json!(mark),
        SafeCell::Empty => Value::Null,
    }
}

#[cfg(test)]
mod tests;
