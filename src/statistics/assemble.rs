//! A dataset as it may be published, put together from what the checker accepted.
//!
//! Refuses: looking at a figure that is hidden.
//! Invariant: every number comes from a cell whose status is printed.

use super::audit::Audited;
use super::joint::{Figure, Shown};
use super::problem::Problem;
use super::promise::{Footnote, MarkPromise};
use super::safe::{
    Axis, AxisEntry, Role, SafeCell, SafeChart, SafeDataset, SafeDimension, SafeMeasure, SafePolicy,
    SafeRate, SafeTable,
};
use crate::model::config::Config;
use crate::model::dataset::Dataset;
use crate::model::dataset::dimension::Member;
use crate::model::dataset::measure::Kind;
use crate::model::dataset::stated::share;
use crate::model::dataset::view::{Series, View};
use std::collections::BTreeSet;

/// The dataset.
pub(super) fn dataset(
    shown: &Shown,
    problem: &Problem,
    audited: &Audited,
    promise: MarkPromise,
    config: &Config,
) -> SafeDataset {
    let raw = shown.dataset;
    let mut all = super::joint::views(raw)
        .zip(&shown.places)
        .map(|(view, places)| table(raw, view, places, problem, audited));
    let tables: Vec<SafeTable> = all.by_ref().take(raw.tables.len()).collect();
    let charts: Vec<SafeChart> = all
        .zip(&raw.charts)
        .map(|(table, chart)| SafeChart { name: chart.view.name.clone(), form: chart.form, table })
        .collect();
    let mark = config.statistics.mark.clone().unwrap_or_else(|| "*".to_owned());
    let everything = tables.iter().chain(charts.iter().map(|chart| &chart.table));
    let (mut hides, mut amounts) = (false, false);
    for table in everything.filter(|table| table.hides()) {
        hides = true;
        let amount = |entry: &AxisEntry| {
            raw.measures.iter().any(|one| Some(&one.key) == entry.measure.as_ref() && one.kind != Kind::Count)
        };
        amounts |= table.columns.entries.iter().any(amount);
    }
    let (threshold, zeros) = (raw.policy.threshold, raw.policy.zeros_sensitive);
    let about = Footnote { mark: &mark, threshold, zeros, amounts };
    let footnote = hides.then(|| promise.words(about, &config.language));
    let mut safe = SafeDataset {
        name: raw.name.clone(),
        figures: raw.figures_name(),
        title: raw.title.value.clone(),
        source: raw.source.clone(),
        licence: raw.licence.clone(),
        period: raw.period.as_ref().map(|period| period.text.clone()),
        footnote,
        tables,
        charts,
        dimensions: raw.dimensions.iter().map(dimension).collect(),
        measures: raw.measures.iter().map(measure).collect(),
        rates: raw.rates.iter().map(|rate| self::rate(raw, rate)).collect(),
        mark,
        promise,
        left_out: Vec::new(),
        whole: Vec::new(),
        policy: policy(raw),
        unsigned: BTreeSet::new(),
        hash: blake3::hash(b""),
    };
    safe.seal();
    safe
}

fn table(raw: &Dataset, view: &View, places: &[Figure], problem: &Problem, audited: &Audited) -> SafeTable {
    let cell = |place: &Figure| match *place {
        Figure::Empty => SafeCell::Empty,
        Figure::Cell(id) if audited.printed(id) => SafeCell::Number(problem.value(id)),
        Figure::Rate { numerator, denominator, decimals }
            if audited.printed(numerator) && audited.printed(denominator) =>
        {
            let value = share(problem.value(numerator), problem.value(denominator), decimals);
            value.map_or(SafeCell::Empty, |value| SafeCell::Rate { value, decimals })
        }
        Figure::Cell(_) | Figure::Rate { .. } => SafeCell::Hidden,
    };
    let width = view.columns.entries.len() * view.series.len();
    let cells = places.chunks(width.max(1)).map(|row| row.iter().map(cell).collect()).collect();
    let units: Vec<Option<String>> = view.series.iter().map(|series| unit(raw, *series)).collect();
    let one_unit = units.windows(2).all(|pair| pair[0] == pair[1]);
    SafeTable {
        name: view.name.clone(),
        title: view.title.clone(),
        release: view.release.clone(),
        unit: one_unit.then(|| units[0].clone()).flatten(),
        rows: rows(raw, view),
        columns: columns(raw, view, &units, one_unit),
        cells,
    }
}

fn unit(raw: &Dataset, series: Series) -> Option<String> {
    match series {
        Series::Measure(measure) => raw.measures[measure].unit.clone(),
        Series::Rate(_) => Some("%".to_owned()),
    }
}

/// Dimension and code of what restricts; the total restricts nothing.
fn restricted(raw: &Dataset, at: impl Iterator<Item = (usize, Member)>) -> Vec<(String, String)> {
    at.filter(|(_, level)| *level != Member::Total)
        .map(|(dimension, level)| {
            let dimension = &raw.dimensions[dimension];
            (dimension.key.clone(), dimension.code(level).to_owned())
        })
        .collect()
}

fn role(levels: &[Member]) -> Role {
    if levels.contains(&Member::Total) {
        Role::Total
    } else if levels.iter().any(|level| matches!(level, Member::Group(_))) {
        Role::Group
    } else {
        Role::Category
    }
}

fn label_of(raw: &Dataset, dimensions: &[usize]) -> String {
    dimensions.iter().map(|&at| raw.dimensions[at].label.as_str()).collect::<Vec<_>>().join("、")
}

fn rows(raw: &Dataset, view: &View) -> Axis {
    let own = &view.rows;
    let entry = |levels: &Vec<Member>| {
        let at = own.dimensions.iter().copied().zip(levels.iter().copied());
        let labels =
            own.dimensions.iter().zip(levels).map(|(&at, level)| raw.dimensions[at].label(*level).to_owned());
        AxisEntry {
            codes: restricted(raw, at.chain(view.filter.iter().copied())),
            measure: None,
            labels: labels.collect(),
            role: role(levels),
            unit: None,
        }
    };
    Axis { label: label_of(raw, &own.dimensions), entries: own.entries.iter().map(entry).collect() }
}

fn columns(raw: &Dataset, view: &View, units: &[Option<String>], one_unit: bool) -> Axis {
    let own = &view.columns;
    let mut entries = Vec::new();
    for levels in &own.entries {
        let at = || own.dimensions.iter().copied().zip(levels.iter().copied());
        for (series, unit) in view.series.iter().zip(units) {
            let (key, label, is_rate) = match series {
                Series::Measure(at) => (&raw.measures[*at].key, &raw.measures[*at].label, false),
                Series::Rate(at) => (&raw.rates[*at].key, &raw.rates[*at].label, true),
            };
            let mut labels: Vec<String> =
                at().map(|(at, level)| raw.dimensions[at].label(level).to_owned()).collect();
            if labels.is_empty() || view.series.len() > 1 {
                labels.push(label.clone());
            }
            entries.push(AxisEntry {
                codes: restricted(raw, at()),
                measure: Some(key.clone()),
                labels,
                role: if is_rate { Role::Rate } else { role(levels) },
                unit: unit.clone().filter(|_| !one_unit),
            });
        }
    }
    Axis { label: label_of(raw, &own.dimensions), entries }
}

fn dimension(raw: &crate::model::dataset::dimension::Dimension) -> SafeDimension {
    let code = |at: u32| raw.codes[at as usize].code.clone();
    let entries =
        raw.all().into_iter().map(|level| (raw.code(level).to_owned(), raw.label(level).to_owned()));
    let groups = raw
        .groups
        .iter()
        .map(|group| (group.code.clone(), group.members.iter().map(|member| code(*member)).collect()));
    SafeDimension {
        key: raw.key.clone(),
        label: raw.label.clone(),
        time: raw.time.is_some(),
        entries: entries.collect(),
        leaves: (0..raw.len()).map(code).collect(),
        groups: groups.collect(),
        total: raw.total.0.clone(),
    }
}

fn measure(raw: &crate::model::dataset::measure::Measure) -> SafeMeasure {
    SafeMeasure {
        key: raw.key.clone(),
        label: raw.label.clone(),
        unit: raw.unit.clone(),
        amount: raw.kind != Kind::Count,
    }
}

fn rate(raw: &Dataset, rate: &crate::model::dataset::measure::Rate) -> SafeRate {
    SafeRate {
        key: rate.key.clone(),
        label: rate.label.clone(),
        measure: raw.measures[rate.measure].key.clone(),
        per: raw.measures[rate.per].key.clone(),
        numerator: restricted(raw, rate.numerator.iter().copied()),
        denominator: restricted(raw, rate.denominator.iter().copied()),
    }
}

fn policy(raw: &Dataset) -> SafePolicy {
    let own = &raw.policy;
    SafePolicy {
        threshold: own.threshold,
        width: own.width,
        zeros_sensitive: own.zeros_sensitive,
        insiders: own.insiders,
        p: own.p,
        contributors: own.contributors,
        dominance: own.dominance,
        structural_zeros: own
            .structural_zeros
            .iter()
            .map(|zero| restricted(raw, zero.iter().copied()))
            .collect(),
    }
}
