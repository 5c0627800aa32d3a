//! The key figures that a report begins with, the same on its page and on paper.
//!
//! Refuses: figures of a table or period that is not published; the lint of such names has reported them.
//! Invariant: every number is one that [`report`] gives.

use crate::model::own::Reported;
use crate::output::Reader;
use crate::statistics::report;
use crate::statistics::words::Language;
use serde::Serialize;

/// The key figures of a period.
#[derive(Serialize)]
pub struct ReportView {
    /// The table's title.
    pub title: String,
    /// The period in words.
    pub period: String,
    /// Its figures.
    pub figures: Vec<FigureView>,
    /// What they say.
    pub sentence: String,
}

/// One figure.
#[derive(Serialize)]
pub struct FigureView {
    /// What it counts.
    pub label: String,
    /// The number alone.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// How it differs from earlier ones.
    pub changes: Vec<String>,
}

/// What cannot be found was reported by its lint, and is left out.
pub fn reports(reported: &[Reported], site: &Reader) -> Vec<ReportView> {
    let language = Language::named(&site.config().language);
    let one = |reported: &Reported| {
        let (_, table) = site.safe_table(&reported.table.value)?;
        let found = report::of(table, &reported.period.value, language)?;
        let figures = found.figures.into_iter().map(|figure| FigureView {
            label: figure.label,
            value: figure.value,
            unit: figure.unit,
            changes: figure.changes,
        });
        Some(ReportView {
            title: table.title().to_owned(),
            period: found.period,
            figures: figures.collect(),
            sentence: found.sentence,
        })
    };
    reported.iter().filter_map(one).collect()
}
