//! What the rules about numbers in running text share: which texts speak of which tables.
//!
//! Refuses: to read for figures that a text cannot be of, for it names nothing of them.
//! Invariant: what is found in a file is a pure function of its text, of the tables that it shows and of what is published.

#[cfg(test)]
mod tests;
mod walk;

use super::personal_data::settings_files;
use crate::diag::{FileId, Files, Sink};
use crate::figures::prose::{Reading, Standing};
use crate::lint::Site;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::source::doc::{BlockKind, Doc};
use crate::source::front_matter;
use crate::source::walk::{Visit, walk as visit};
use crate::statistics::safe::{SafeData, SafeDataset};
use rayon::prelude::*;
use std::collections::BTreeSet;
use walk::{Found, Walk};

/// A table or chart that a body names.
pub(super) struct Block<'d> {
    pub name: &'d crate::diag::Spanned<String>,
    pub chart: bool,
}

/// The tables and charts that a body shows.
pub(super) fn blocks(doc: &Doc) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    visit(doc, &mut |visit| {
        if let Visit::Block(block) = visit {
            match &block.kind {
                BlockKind::DataTable(name) => found.push(Block { name, chart: false }),
                BlockKind::DataChart(name) => found.push(Block { name, chart: true }),
                _ => {}
            }
        }
    });
    found
}

/// A text with front matter, or settings.
pub(super) struct Text<'t> {
    /// Its file, and the text of it.
    pub file: FileId,
    pub source: &'t str,
    /// Which part of it is front matter or settings.
    pub meta: std::ops::Range<usize>,
    pub body: Option<&'t Doc>,
    pub title: &'t str,
    /// Its year.
    pub year: Option<i32>,
    /// Names of the datasets that it shows.
    pub shown: BTreeSet<&'t str>,
}

/// What is wrong in a text.
pub(super) fn of(text: &Text, statistics: &SafeData) -> Vec<Found> {
    let mut found = Vec::new();
    let mut meta = None;
    for dataset in statistics.datasets() {
        let shown = text.shown.contains(dataset.name());
        let reading = Reading::new(dataset, Standing { shown, year: text.year });
        if !reading.concerns(text.source) {
            continue;
        }
        let mut walk = Walk::new(&reading, text.source, text.title);
        let meta = meta.get_or_insert_with(|| {
            front_matter::parse_range(text.file, text.source, text.meta.clone(), &mut Sink::new())
        });
        walk.values(meta);
        if let Some(body) = text.body {
            walk.doc(body);
        }
        found.extend(walk.finish());
    }
    // One number may be said of the tables of two datasets, and be read in two ways.
    found.sort_by_key(|(span, claim, _)| (span.start, span.end, claim.wrong.is_hidden()));
    found.dedup_by(|later, kept| {
        let same = later.0 == kept.0
            && (later.1.wrong == kept.1.wrong || later.1.wrong.is_hidden() == kept.1.wrong.is_hidden());
        if same && later.1.wrong.is_hidden() {
            kept.1 = later.1.clone();
        }
        same
    });
    found
}

/// The datasets that a bulletin shows.
fn shown<'s>(statistics: &'s SafeData, entry: &Entry) -> BTreeSet<&'s str> {
    let mut shown = BTreeSet::new();
    for block in blocks(&entry.body) {
        let dataset = if block.chart {
            statistics.chart(&block.name.value).map(|(dataset, _)| dataset)
        } else {
            statistics.table(&block.name.value).map(|(dataset, _)| dataset)
        };
        shown.extend(dataset.map(SafeDataset::name));
    }
    if let Own::Report { reported } = &entry.meta.own {
        for one in reported {
            shown.extend(statistics.table(&one.table.value).map(|(dataset, _)| dataset.name()));
        }
    }
    shown
}

/// Everything that is said of tables and that is wrong, in all that is published.
pub(super) fn claims(site: &Site) -> Vec<Found> {
    let (model, statistics) = (site.model, site.statistics);
    if statistics.datasets().next().is_none() {
        return Vec::new();
    }
    let source = |file| model.sources.text(file);
    let entries = model.entries.par_iter().map(|entry| {
        let year = entry.meta.date.map(|when| i32::from(when.start().year()));
        let text = Text {
            file: entry.file,
            source: source(entry.file),
            meta: entry.meta.span.range(),
            body: Some(&entry.body),
            title: &entry.meta.title.value,
            year,
            shown: shown(statistics, entry),
        };
        of(&text, statistics)
    });
    let found: Vec<Vec<Found>> = entries.collect();
    let mut found: Vec<Found> = found.into_iter().flatten().collect();
    let alone = |file: FileId, meta, body, title, shown| Text {
        file,
        source: source(file),
        meta,
        body,
        title,
        year: None,
        shown,
    };
    for section in &model.sections {
        let Some(file) = section.file else { continue };
        let (node, _) = front_matter::split_and_parse(file, source(file), &mut Sink::new());
        let meta = node.map_or(0..0, |node| node.span.range());
        let text = alone(file, meta, Some(&*section.body), section.title.as_str(), BTreeSet::new());
        found.extend(of(&text, statistics));
    }
    for file in settings_files(model) {
        let whole = 0..source(file).len();
        // What a definition says of its own figures is shown with them.
        let own = model.datasets().values().find(|dataset| dataset.file == file);
        let shown = own.and_then(|dataset| statistics.dataset(&dataset.name)).map(SafeDataset::name);
        let text = alone(file, whole, None, "", shown.into_iter().collect());
        found.extend(of(&text, statistics));
    }
    found
}
