//! S610: a block, or the key figures of a report, that name no table, chart or period.
//!
//! Refuses: a page with a hole where a table or chart should be.
//! Invariant: each is reported at its name; where a dataset is broken, that is told already.

use crate::diag::{Code, Diagnostic, Message, Sink, Spanned, codes};
use crate::figures::report;
use crate::lint::{Lint, Site};
use crate::model::fields::nearest;
use crate::model::own::{Own, Reported};
use crate::source::outline::Figure;

/// The lint.
pub struct UnknownTable;

impl Lint for UnknownTable {
    fn code(&self) -> Code {
        codes::UNKNOWN_TABLE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        if !site.model.figure_names.whole {
            return;
        }
        let entries = site.model.entries.iter().map(|entry| &entry.outline);
        let outlines = entries.chain(site.model.sections.iter().map(|section| &section.outline));
        outlines.flat_map(|outline| &outline.figures).for_each(|figure| check_figure(site, figure, sink));
        for entry in &site.model.entries {
            if let Own::Report { reported } = &entry.meta.own {
                reported.iter().for_each(|one| check_report(site, one, sink));
            }
        }
    }
}

/// The key figures of a report. What could not be protected is told elsewhere.
fn check_report(site: &Site, reported: &Reported, sink: &mut Sink) {
    let all = names(site, false);
    if let Some(hint) = judge(&reported.table, &all, false) {
        let message = Message::new("unknown-table").with("name", &reported.table.value);
        sink.report(Diagnostic::new(codes::UNKNOWN_TABLE, message).at(reported.table.span).hint(hint));
        return;
    }
    let Some((_, table)) = site.statistics.table(&reported.table.value) else { return };
    let periods = report::periods(table);
    if periods.contains(&reported.period.value.as_str()) {
        return;
    }
    let hint = if periods.is_empty() {
        Message::new("report-period-none-hint")
    } else {
        Message::new("report-period-hint").with("periods", periods.join("、"))
    };
    let message =
        Message::new("report-period").with("table", table.title()).with("period", &reported.period.value);
    sink.report(Diagnostic::new(codes::UNKNOWN_TABLE, message).at(reported.period.span).hint(hint));
}

fn check_figure(site: &Site, figure: &Figure, sink: &mut Sink) {
    let (name, chart) = (&figure.name, figure.chart);
    let all = names(site, chart);
    if let Some(hint) = judge(name, &all, chart) {
        let id = if chart { "unknown-chart" } else { "unknown-table" };
        let message = Message::new(id).with("name", &name.value);
        sink.report(Diagnostic::new(codes::UNKNOWN_TABLE, message).at(name.span).hint(hint));
    }
}

/// Dataset and name of each table, or of each chart.
fn names<'s>(site: &Site<'s>, chart: bool) -> Vec<(&'s str, &'s str)> {
    let names = &site.model.figure_names;
    let names = if chart { &names.charts } else { &names.tables };
    names.iter().map(|(dataset, own)| (dataset.as_str(), own.as_str())).collect()
}

/// What to do about a name that means nothing, or two things: the rules of `SafeData::table`.
fn judge(name: &Spanned<String>, all: &[(&str, &str)], chart: bool) -> Option<Message> {
    let word = name.value.as_str();
    let whole = |(dataset, own): &(&str, &str)| format!("{dataset}/{own}");
    let meant: Vec<&(&str, &str)> = match word.split_once('/') {
        Some(pair) => all.iter().filter(|one| **one == pair).collect(),
        None => all.iter().filter(|(_, own)| *own == word).collect(),
    };
    match meant[..] {
        [_] => return None,
        [] => {}
        [first, ..] => return Some(Message::new("table-of-several-hint").with("first", whole(first))),
    }
    let of_dataset: Vec<&(&str, &str)> = all.iter().filter(|(dataset, _)| *dataset == word).collect();
    match of_dataset[..] {
        [_] => return None,
        [] => {}
        _ => {
            let names = of_dataset.iter().map(|one| whole(one)).collect::<Vec<_>>().join("、");
            return Some(Message::new("dataset-of-several-hint").with("names", names));
        }
    }
    let written: Vec<String> =
        all.iter().flat_map(|one| [one.1.to_owned(), whole(one), one.0.to_owned()]).collect();
    Some(match nearest(word, written.iter().map(String::as_str)) {
        Some(near) => Message::new("unknown-table-hint").with("nearest", near),
        None if all.is_empty() => {
            Message::new("no-table-hint").with("chart", if chart { "yes" } else { "no" })
        }
        None => {
            let names = all.iter().map(whole).collect::<Vec<_>>().join("、");
            Message::new("unknown-table-none-hint").with("names", names)
        }
    })
}
