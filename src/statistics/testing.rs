//! Protected tables for tests: written as they are read.

use super::promise::MarkPromise;
use super::safe::{
    Axis, AxisEntry, ChartForm, Role, SafeCell, SafeChart, SafeDataset, SafeDimension, SafePolicy, SafeTable,
};
use crate::figures::words::{Language, Words};

/// An entry: `V1=石桥村`, `+north=北片` for a group, `=合计` for the total, `%success=成功率` for a rate, `loss=金额[元]` with a
/// unit of its own. Several dimensions: `V1|T1=石桥村|邻里纠纷`.
fn entry(dims: &[&str], text: &str) -> AxisEntry {
    let (role, rest) = match text.chars().next() {
        Some('+') => (Role::Group, &text[1..]),
        Some('=') => (Role::Total, text),
        Some('%') => (Role::Rate, &text[1..]),
        _ => (Role::Category, text),
    };
    let (code, label) = rest.split_once('=').expect("code=label");
    let (label, unit) = match label.split_once('[') {
        Some((label, unit)) => (label, Some(unit.trim_end_matches(']').to_owned())),
        None => (label, None),
    };
    let measure = (dims == ["measure"]).then(|| code.to_owned());
    let codes = match (role, &measure) {
        (Role::Total | Role::Rate, _) | (_, Some(_)) => Vec::new(),
        _ => {
            dims.iter().zip(code.split('|')).map(|(dim, code)| ((*dim).to_owned(), code.to_owned())).collect()
        }
    };
    let labels = label.split('|').map(str::to_owned).collect();
    AxisEntry { codes, measure, labels, role, unit }
}

fn axis(text: &str) -> Axis {
    let (head, entries) = text.split_once(": ").expect("dim/label: entries");
    let (dims, label) = head.split_once('/').expect("dim/label");
    let dims: Vec<&str> = dims.split('|').collect();
    Axis { label: label.to_owned(), entries: entries.split(' ').map(|text| entry(&dims, text)).collect() }
}

fn cell(text: &str) -> SafeCell {
    match text {
        "*" => SafeCell::Hidden,
        "-" => SafeCell::Empty,
        text => match text.strip_suffix('%') {
            Some(rate) => {
                let decimals = rate.split_once('.').map_or(0, |(_, part)| part.len());
                let value = rate.replace('.', "").parse().expect("a rate");
                SafeCell::Rate { value, decimals: u8::try_from(decimals).expect("few") }
            }
            None => SafeCell::Number(text.parse().expect("a number")),
        },
    }
}

/// The words of a Chinese site.
pub const CHINESE: Words<'static> =
    Words { language: Language::Chinese, mark: "*", promise: MarkPromise::NotZero };

/// A table. `rows` and `columns` are `dim/label: entry entry …`, `cells` its lines.
pub fn table(name: &str, title: &str, unit: &str, rows: &str, columns: &str, cells: &[&str]) -> SafeTable {
    SafeTable {
        name: name.to_owned(),
        title: title.to_owned(),
        release: None,
        unit: (!unit.is_empty()).then(|| unit.to_owned()),
        rows: axis(rows),
        columns: axis(columns),
        cells: cells.iter().map(|line| line.split_whitespace().map(cell).collect()).collect(),
    }
}

/// A chart of a table.
pub fn chart(form: ChartForm, table: SafeTable) -> SafeChart {
    SafeChart { name: table.name.clone(), form, table }
}

/// A dataset named `mediation`.
pub fn dataset(tables: Vec<SafeTable>, charts: Vec<SafeChart>) -> SafeDataset {
    let mut dimensions: Vec<SafeDimension> = Vec::new();
    for table in tables.iter().chain(charts.iter().map(|chart| &chart.table)) {
        for axis in [&table.rows, &table.columns] {
            for entry in &axis.entries {
                for ((dim, code), label) in entry.codes.iter().zip(&entry.labels) {
                    let at = dimensions.iter().position(|known| known.key == *dim).unwrap_or_else(|| {
                        dimensions.push(SafeDimension {
                            key: dim.clone(),
                            label: axis.label.clone(),
                            time: dim == "month",
                            entries: Vec::new(),
                            leaves: Vec::new(),
                            groups: Vec::new(),
                            total: "ALL".to_owned(),
                        });
                        dimensions.len() - 1
                    });
                    let dimension = &mut dimensions[at];
                    if !dimension.entries.iter().any(|(known, _)| known == code) {
                        dimension.entries.push((code.clone(), label.clone()));
                        if entry.role == Role::Category {
                            dimension.leaves.push(code.clone());
                        }
                    }
                }
            }
        }
    }
    SafeDataset {
        name: "mediation".to_owned(),
        figures: "mediation".to_owned(),
        title: "矛盾纠纷调解".to_owned(),
        source: "清水镇派出所调解登记".to_owned(),
        licence: Some("CC BY 4.0".to_owned()),
        period: Some("2026年1月至12月".to_owned()),
        footnote: Some("“*”表示数值小于5，或为防止推算出小于5的数值而不予公布；“*”不代表0。".to_owned()),
        tables,
        charts,
        dimensions,
        measures: Vec::new(),
        rates: Vec::new(),
        mark: "*".to_owned(),
        promise: MarkPromise::NotZero,
        left_out: Vec::new(),
        unsigned: std::collections::BTreeSet::new(),
        whole: Vec::new(),
        policy: SafePolicy {
            threshold: 5,
            width: 5,
            zeros_sensitive: false,
            insiders: true,
            p: 10,
            contributors: 5,
            dominance: None,
            structural_zeros: Vec::new(),
        },
        hash: blake3::hash(b"test"),
    }
}
