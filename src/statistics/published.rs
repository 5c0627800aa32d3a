//! What is published, in the neutral form that an attacker can read: tables, rates, dimensions, policy.
//!
//! A table of amounts names how many contributors its policy asks for: whoever sees one of them knows of as many.
//!
//! Refuses: raw counts; it sees [`SafeData`] and releases alone.
//! Invariant: a number in it stands on a page; a hidden figure is `null` with its mark.

use super::ledger::{FORMAT, RELEASE_FORMAT, Release, ReleasedCell};
use super::names::unname;
use super::promise::MarkPromise;
use super::safe::{Role, SafeCell, SafeData, SafeDataset, SafeTable};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Names of several files of figures are told apart by the file's name before them; those of one alone stay as they are.
/// Datasets that share a file agree about its codes and groups, so their names are the same.
#[derive(Clone, Copy)]
struct Names<'n> {
    figures: &'n str,
    prefixed: bool,
}

impl Names<'_> {
    fn of(self, name: &str) -> String {
        if self.prefixed { format!("{}/{name}", self.figures) } else { name.to_owned() }
    }

    fn at(self, codes: &[(String, String)]) -> Map<String, Value> {
        codes.iter().map(|(dimension, code)| (self.of(dimension), json!(code))).collect()
    }
}

/// All that is published now, with all earlier releases.
pub fn document(safe: &SafeData, releases: &[Release]) -> Value {
    let files: BTreeSet<&str> = safe.datasets().map(SafeDataset::figures).collect();
    let prefixed = files.len() != 1;
    let mut document = current(safe, prefixed);
    let mut past = Past { safe, prefixed, groups: BTreeMap::new(), marks: Map::new() };
    let mut unnamed = Vec::new();
    let mut tables = Vec::new();
    for release in releases {
        tables.extend(past.tables(release));
    }
    let mut rates = Vec::new();
    for release in releases {
        rates.extend(past.rates(release));
    }
    for ((dimension, code), leaves) in past.groups {
        document["dims"][dimension]["groups"][code] = json!(leaves);
    }
    for (mark, range) in past.marks {
        document["marks"][mark] = range;
    }
    for dataset in safe.datasets() {
        let names = Names { figures: dataset.figures(), prefixed };
        for dimension in dataset.dimensions() {
            let gone = dataset.left_out().iter().filter(|(key, _)| *key == dimension.key);
            let gone: Vec<&str> = gone.map(|(_, code)| code.as_str()).collect();
            unnamed.push((names.of(&dimension.key), gone));
        }
    }
    for (key, more) in [("tables", tables), ("rates", rates)] {
        if let Some(list) = document[key].as_array_mut() {
            list.extend(more);
        }
    }
    for (dimension, codes) in unnamed {
        unname(&mut document, &dimension, &codes);
    }
    document
}

/// A release of what is published now, for the ledger.
pub fn release(safe: &SafeData, name: &str) -> Value {
    let mut document = current(safe, true);
    document["format"] = json!(RELEASE_FORMAT);
    document["release"] = json!(name);
    let mut policies = Map::new();
    for dataset in safe.datasets() {
        let own = dataset.policy();
        let mut policy = json!({
            "threshold": own.threshold,
            "width": own.width,
            "zeros_sensitive": own.zeros_sensitive,
            "p": own.p,
            "contributors": own.contributors,
            "insiders": own.insiders,
            "least": dataset.promise().least(),
        });
        if let Some((n, percent)) = own.dominance {
            policy["dominance"] = json!([n, percent]);
        }
        policies.insert(dataset.figures().to_owned(), policy);
    }
    document["policies"] = Value::Object(policies);
    document
}

/// The name of a mark in the neutral form: that of the page; marks that look alike and promise less have one of their own.
fn mark_of(mark: &str, promise: MarkPromise) -> String {
    match promise {
        MarkPromise::NotZero => mark.to_owned(),
        MarkPromise::AnyNumber => format!("{mark}0"),
    }
}

fn current(safe: &SafeData, prefixed: bool) -> Value {
    let (mut dims, mut measures) = (Map::new(), Map::new());
    let (mut tables, mut rates, mut zeros) = (Vec::new(), Vec::new(), Vec::new());
    let mut marks = Map::new();
    for dataset in safe.datasets() {
        let names = Names { figures: dataset.figures(), prefixed };
        let several = prefixed || safe.datasets().count() > 1;
        let id = |name: &str| if several { format!("{}/{name}", dataset.name()) } else { name.to_owned() };
        let mark = mark_of(dataset.mark(), dataset.promise());
        marks.insert(mark, json!({"range": dataset.promise().range()}));
        for dimension in dataset.dimensions() {
            let value = dims.entry(names.of(&dimension.key)).or_insert_with(
                || json!({"leaves": dimension.leaves, "groups": {}, "total": dimension.total}),
            );
            for (code, members) in &dimension.groups {
                value["groups"][code] = json!(members);
            }
        }
        for measure in dataset.measures() {
            measures.insert(names.of(&measure.key), json!(if measure.amount { "amount" } else { "count" }));
        }
        for table in dataset.tables() {
            tables.extend(table_of(table, &id(table.name()), dataset, names));
            rates.extend(rates_of(table, dataset, names));
        }
        for chart in dataset.charts() {
            let id = id(&format!("chart-{}", chart.name()));
            tables.extend(table_of(chart.table(), &id, dataset, names));
            rates.extend(rates_of(chart.table(), dataset, names));
        }
        zeros.extend(dataset.policy().structural_zeros.iter().map(|zero| Value::Object(names.at(zero))));
    }
    let mut policy = Map::new();
    let strictest = |of: &dyn Fn(&SafeDataset) -> u32| safe.datasets().map(of).min();
    let k = strictest(&|dataset| dataset.policy().threshold);
    if let Some(first) = safe.datasets().next() {
        let own = first.policy();
        policy.insert(
            "zeros_sensitive".to_owned(),
            json!(safe.datasets().all(|one| one.policy().zeros_sensitive)),
        );
        policy.insert("min_width".to_owned(), json!(strictest(&|dataset| dataset.policy().width)));
        policy.insert("insider".to_owned(), json!(safe.datasets().all(|one| one.policy().insiders)));
        policy.insert("p".to_owned(), json!(own.p));
        if let Some((n, percent)) = own.dominance {
            policy.insert("dominance".to_owned(), json!([n, percent]));
        }
    }
    json!({
        "format": FORMAT,
        "k": k,
        "policy": policy,
        "dims": dims,
        "measures": measures,
        "tables": tables,
        "rates": rates,
        "structural_zeros": zeros,
        "marks": marks,
    })
}

/// The tables that one is: one for each measure.
fn table_of(table: &SafeTable, id: &str, dataset: &SafeDataset, names: Names) -> Vec<Value> {
    let mut cells: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (row, row_entry) in table.rows().entries.iter().enumerate() {
        for (column, entry) in table.columns().entries.iter().enumerate() {
            let Some(measure) = entry.measure.as_deref().filter(|_| entry.role != Role::Rate) else {
                continue;
            };
            let mut at = names.at(&row_entry.codes);
            at.extend(names.at(&entry.codes));
            cells.entry(measure).or_default().push(match table.cell(row, column) {
                SafeCell::Number(value) => json!({"at": at, "value": value}),
                _ => {
                    let mark = mark_of(dataset.mark(), dataset.promise());
                    json!({"at": at, "value": null, "mark": mark})
                }
            });
        }
    }
    let several = cells.len() > 1;
    let amount = |key: &str| dataset.measures().iter().any(|measure| measure.key == key && measure.amount);
    let table_value = |(measure, cells): (&str, Vec<Value>)| {
        let id = if several { format!("{id}-{measure}") } else { id.to_owned() };
        let mut value = json!({"id": id, "measure": names.of(measure), "cells": cells});
        if amount(measure) {
            value["contributors"] = json!(dataset.policy().contributors);
        }
        if let Some(release) = table.release() {
            value["release"] = json!(release);
        }
        value
    };
    cells.into_iter().map(table_value).collect()
}

fn rates_of(table: &SafeTable, dataset: &SafeDataset, names: Names) -> Vec<Value> {
    let mut rates = Vec::new();
    for (row, row_entry) in table.rows().entries.iter().enumerate() {
        for (column, entry) in table.columns().entries.iter().enumerate() {
            let SafeCell::Rate { value, decimals } = table.cell(row, column) else { continue };
            let key = entry.measure.as_deref();
            let Some(rate) = dataset.rates().iter().find(|rate| Some(rate.key.as_str()) == key) else {
                continue;
            };
            let side = |measure: &str, own: &[(String, String)]| {
                let mut at = names.at(&row_entry.codes);
                at.extend(names.at(&entry.codes));
                at.extend(names.at(own));
                json!({"measure": names.of(measure), "at": at})
            };
            rates.push(json!({
                "num": side(&rate.measure, &rate.numerator),
                "den": side(&rate.per, &rate.denominator),
                "value": decimal(value, decimals),
                "decimals": decimals,
            }));
        }
    }
    rates
}

/// `912` with one decimal as the number 91.2, written digit by digit.
fn decimal(value: i64, decimals: u8) -> Value {
    let scale = 10i64.pow(u32::from(decimals));
    let text = match decimals {
        0 => value.to_string(),
        places => format!("{}.{:0width$}", value / scale, value % scale, width = usize::from(places)),
    };
    serde_json::from_str(&text).expect("digits with a point are a number")
}

/// Earlier releases in today's names.
struct Past<'s> {
    safe: &'s SafeData,
    prefixed: bool,
    /// Groups that today's dimensions lack, by dimension and code.
    groups: BTreeMap<(String, String), Vec<String>>,
    marks: Map<String, Value>,
}

impl<'s> Past<'s> {
    /// A dataset of these figures.
    fn of(&self, figures: &str) -> Option<&'s SafeDataset> {
        self.safe.datasets().find(|dataset| dataset.figures() == figures)
    }

    fn tables(&mut self, release: &Release) -> Vec<Value> {
        let mut tables: BTreeMap<(&str, &str, &str), Vec<Value>> = BTreeMap::new();
        for cell in &release.cells {
            let Some(at) = self.at(release, cell) else { continue };
            let Some(today) = self.of(&cell.figures) else { continue };
            let promise = release.promise(&cell.figures).unwrap_or(today.promise());
            let mark = mark_of(today.mark(), promise);
            let value = match cell.value {
                Some(value) => json!({"at": at, "value": value}),
                None => {
                    self.marks.insert(mark.clone(), json!({"range": promise.range()}));
                    json!({"at": at, "value": null, "mark": mark})
                }
            };
            tables.entry((&cell.figures, &cell.table, &cell.measure)).or_default().push(value);
        }
        let table = |((figures, id, measure), cells): ((&str, &str, &str), Vec<Value>)| {
            let names = Names { figures, prefixed: self.prefixed };
            let mut value =
                json!({"id": id, "release": release.name, "measure": names.of(measure), "cells": cells});
            let dataset = self.safe.datasets().find(|dataset| dataset.figures() == figures);
            let mut measures = dataset.into_iter().flat_map(SafeDataset::measures);
            if measures.any(|own| own.key == measure && own.amount) {
                value["contributors"] = json!(release.policy(figures).contributors);
            }
            value
        };
        tables.into_iter().map(table).collect()
    }

    fn rates(&mut self, release: &Release) -> Vec<Value> {
        let mut rates = Vec::new();
        for rate in &release.rates {
            let Some(above) = self.at(release, &rate.numerator) else { continue };
            let Some(below) = self.at(release, &rate.denominator) else { continue };
            let names = Names { figures: &rate.numerator.figures, prefixed: self.prefixed };
            rates.push(json!({
                "num": {"measure": names.of(&rate.numerator.measure), "at": above},
                "den": {"measure": names.of(&rate.denominator.measure), "at": below},
                "value": decimal(rate.digits, rate.decimals),
                "decimals": rate.decimals,
            }));
        }
        rates
    }

    /// Where a cell was, in codes of today; sets that no code has today get one.
    fn at(&mut self, release: &Release, cell: &ReleasedCell) -> Option<Map<String, Value>> {
        let dataset = self.of(&cell.figures)?;
        let names = Names { figures: &cell.figures, prefixed: self.prefixed };
        let mut at = Map::new();
        for dimension in dataset.dimensions() {
            let then = release.dimensions.get(&(cell.figures.clone(), dimension.key.clone()));
            let Some(then) = then else { continue };
            let code = cell.at.get(&dimension.key).unwrap_or(&then.total);
            let set = then.of(code)?;
            let all: BTreeSet<&str> = dimension.leaves.iter().map(String::as_str).collect();
            if set == all {
                continue;
            }
            let name = names.of(&dimension.key);
            let leaf = dimension.leaves.iter().find(|leaf| set.len() == 1 && set.contains(leaf.as_str()));
            let group = dimension
                .groups
                .iter()
                .find(|(_, members)| members.iter().map(String::as_str).collect::<BTreeSet<_>>() == set);
            let today = leaf.or(group.map(|(code, _)| code)).cloned().unwrap_or_else(|| {
                let code = format!("{code}@{}", release.name);
                self.groups.insert(
                    (name.clone(), code.clone()),
                    set.iter().map(|leaf| (*leaf).to_owned()).collect(),
                );
                code
            });
            at.insert(name, json!(today));
        }
        Some(at)
    }
}
