//! The neutral form of cases (`sdc-case/1`) and of what is published (`sdc-audit/1`), for tests and their independent attacker.
//!
//! Refuses: a case that it does not understand, by panicking: it is read by tests alone.
//! Invariant: what it prints comes from an answer that the checker accepted.

use super::audit::{self, Audited};
use super::draft::{Draft, Entry, Hierarchy, MeasureKind, Policy};
use super::problem::{CellId, Pin, Problem};
use super::promise::MarkPromise;
use super::suppress::{Answer, Budget, Refusal, suppress};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// A case as a draft, and where each cell is shown.
pub struct Case {
    /// To be finished.
    pub draft: Draft,
    /// The case.
    pub json: Value,
    dims: Vec<Dim>,
    measures: Vec<String>,
    /// By table: coordinates and cell.
    tables: Vec<Vec<(Value, CellId)>>,
    rates: Vec<(CellId, CellId)>,
}

struct Dim {
    name: String,
    total: u32,
    /// Codes of leaves and groups; the number is the group's.
    codes: HashMap<String, u32>,
}

/// A case that is solved.
pub struct Solved {
    /// What was solved.
    pub problem: Problem,
    /// How.
    pub answer: Answer,
    /// What the checker says of it.
    pub audited: Audited,
    /// What is said of the mark.
    pub promise: MarkPromise,
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Case {
    /// Reads a case.
    ///
    /// # Panics
    /// If it is no case.
    pub fn new(json: Value) -> Self {
        let mut dims = Vec::new();
        let mut shapes = Vec::new();
        for (name, dim) in json["dims"].as_object().unwrap() {
            let leaves: Vec<String> = list(dim, "leaves").iter().map(text).collect();
            let count = u32::try_from(leaves.len()).unwrap();
            let mut groups: Vec<Vec<u32>> = (0..count).map(|leaf| vec![leaf]).collect();
            let mut codes: HashMap<String, u32> = leaves.into_iter().zip(0..).collect();
            for (code, members) in dim["groups"].as_object().unwrap_or(&Map::new()) {
                let members = members.as_array().unwrap().iter();
                let group =
                    members.flat_map(|member| groups[codes[&text(member)] as usize].clone()).collect();
                codes.insert(code.clone(), u32::try_from(groups.len()).unwrap());
                groups.push(group);
            }
            let total = dim["total"].as_str().unwrap_or("ALL").to_owned();
            let total = *codes.entry(total).or_insert_with(|| {
                groups.push((0..count).collect());
                u32::try_from(groups.len() - 1).unwrap()
            });
            shapes.push(Hierarchy { leaves: count, groups });
            dims.push(Dim { name: name.clone(), total, codes });
        }
        let mut case = Self {
            draft: Draft::new(policy(&json), shapes),
            dims,
            measures: Vec::new(),
            tables: Vec::new(),
            rates: Vec::new(),
            json,
        };
        case.fill();
        case
    }

    fn fill(&mut self) {
        let json = self.json.clone();
        let default = Map::from_iter([("cases".to_owned(), json!("count"))]);
        for (name, kind) in json["measures"].as_object().unwrap_or(&default) {
            let kind = if kind == "amount" { MeasureKind::Amount } else { MeasureKind::Count };
            let entry = |row: &Value, value: i64| Entry {
                at: self.at(&row["at"]),
                value,
                contributors: 1,
                largest: if kind == MeasureKind::Amount { vec![value] } else { Vec::new() },
            };
            let raw = list(&json, "raw_counts")
                .iter()
                .filter(|row| row["measure"].as_str().unwrap_or("cases") == name);
            let mut entries: Vec<Entry> = raw.map(|row| entry(row, row["n"].as_i64().unwrap())).collect();
            entries.extend(list(&json, "microdata").iter().map(|row| {
                let value = if kind == MeasureKind::Count { 1 } else { row[name].as_i64().unwrap() };
                entry(row, value)
            }));
            self.measures.push(name.clone());
            self.draft.measure(kind, entries);
        }
        for table in list(&json, "tables") {
            let mut all = vec![Map::new()];
            for dim in &self.dims {
                let Some(levels) = table["levels"][&dim.name].as_array() else { continue };
                let codes = |map: &Map<String, Value>| {
                    let with = |code: &Value| {
                        let mut map = map.clone();
                        map.insert(dim.name.clone(), code.clone());
                        map
                    };
                    levels.iter().map(with).collect::<Vec<_>>()
                };
                all = all.iter().flat_map(codes).collect();
            }
            let cells = all.into_iter().map(|at| {
                let at = Value::Object(at);
                let id = self.cell(table, &at);
                (at, id)
            });
            let cells = cells.collect();
            self.tables.push(cells);
        }
        for wish in list(&json, "must_publish") {
            let id = self.cell(wish, &wish["at"]);
            self.draft.pin(id, Pin::MustPrint);
        }
        for rate in list(&json, "rates") {
            let (num, den) = (&rate["num"], &rate["den"]);
            let pair = (self.cell(num, &num["at"]), self.cell(den, &den["at"]));
            self.draft.rate(pair.0, pair.1);
            self.rates.push(pair);
        }
        for zero in list(&json, "structural_zeros") {
            let groups: Vec<Option<u32>> =
                self.dims.iter().map(|dim| zero[&dim.name].as_str().map(|code| dim.codes[code])).collect();
            self.draft.structural_zero(&groups);
        }
    }

    fn at(&self, at: &Value) -> Vec<u32> {
        self.dims
            .iter()
            .map(|dim| at.get(&dim.name).map_or(dim.total, |code| dim.codes[&text(code)]))
            .collect()
    }

    fn cell(&mut self, of: &Value, at: &Value) -> CellId {
        let measure = of["measure"].as_str().unwrap_or("cases");
        let measure = self.measures.iter().position(|name| name == measure).unwrap();
        let groups = self.at(at);
        self.draft.cell(measure, &groups)
    }

    /// Solves the case; the checker accepts the answer.
    ///
    /// # Panics
    /// If the checker does not.
    pub fn solve(&self, budget: Budget) -> Result<Solved, Refusal> {
        let preferred = MarkPromise::preferred(self.json["policy"]["zeros_sensitive"] == true);
        self.solve_under(preferred, budget).or_else(|_| self.solve_under(MarkPromise::AnyNumber, budget))
    }

    /// Solves the case under a promise.
    ///
    /// # Panics
    /// If the checker does not accept the answer.
    pub fn solve_under(&self, promise: MarkPromise, budget: Budget) -> Result<Solved, Refusal> {
        let mut draft = self.draft.clone();
        (0..draft.listed()).for_each(|cell| draft.marked(cell, promise.least()));
        let problem = draft.finish().unwrap();
        let answer = suppress(&problem, budget)?;
        let audited = audit::check(&problem, &answer.status, &answer.certificate).unwrap();
        Ok(Solved { problem, answer, audited, promise })
    }

    /// What is published.
    ///
    /// # Panics
    /// If the case is none.
    pub fn published(&self, solved: &Solved) -> Value {
        let (problem, audited) = (&solved.problem, &solved.audited);
        let mut tables = Vec::new();
        for (table, cells) in list(&self.json, "tables").iter().zip(&self.tables) {
            let cells = cells.iter().map(|(at, id)| {
                if audited.printed(*id) {
                    json!({"at": at, "value": problem.value(*id)})
                } else {
                    json!({"at": at, "value": null, "mark": "*"})
                }
            });
            let mut shown = json!({"id": table["id"], "cells": cells.collect::<Vec<_>>()});
            for key in ["release", "measure"] {
                if !table[key].is_null() {
                    shown[key] = table[key].clone();
                }
            }
            tables.push(shown);
        }
        let mut rates = Vec::new();
        for (rate, (num, den)) in list(&self.json, "rates").iter().zip(&self.rates) {
            if audited.printed(*num) && audited.printed(*den) && problem.value(*den) > 0 {
                let scale = 10_i64.pow(u32::try_from(rate["decimals"].as_i64().unwrap_or(1)).unwrap());
                let (num, den) = (problem.value(*num), problem.value(*den));
                let rounded = (num * 100 * scale * 2 + den) / (den * 2);
                let mut rate = rate.clone();
                rate["value"] = json!(super::solver::real(rounded) / super::solver::real(scale));
                rates.push(rate);
            }
        }
        let mut published =
            json!({"format": "sdc-audit/1", "id": self.json["id"], "k": self.json["k"], "tables": tables});
        for key in ["dims", "measures", "policy", "structural_zeros"] {
            if !self.json[key].is_null() {
                published[key] = self.json[key].clone();
            }
        }
        published["rates"] = json!(rates);
        published["marks"] = json!({"*": {"range": solved.promise.range()}});
        published
    }
}

fn policy(json: &Value) -> Policy {
    let (policy, k) = (&json["policy"], json["k"].as_i64().unwrap());
    let number = |key: &str| policy[key].as_i64();
    let flag = |key: &str| policy[key].as_bool().unwrap_or(false);
    Policy {
        width: number("min_width").unwrap_or(k),
        zeros_sensitive: flag("zeros_sensitive"),
        p: number("p").unwrap_or(10),
        dominance: list(policy, "dominance").first().map(|most| {
            (u32::try_from(most.as_i64().unwrap()).unwrap(), policy["dominance"][1].as_i64().unwrap())
        }),
        contributors: u32::try_from(number("min_contributors").unwrap_or(k)).unwrap(),
        insiders: flag("insider"),
        ..Policy::new(k)
    }
}
