//! What the rules about numbers in running text share: which texts speak of which tables.
//!
//! Refuses: to read for figures that a text cannot be of, for it names nothing of them.
//! Invariant: what is found in a file is a pure function of its text, of the tables that it shows and of what is published.

#[cfg(test)]
mod tests;
mod walk;

use super::personal_data::settings_files;
use crate::diag::{FileId, Sink};
use crate::figures::prose::{Reading, Standing};
use crate::lint::Site;
use crate::model::dataset::FOLDER;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::source::doc::Doc;
use crate::source::{Derived, front_matter};
use crate::statistics::safe::{SafeData, SafeDataset};
use rayon::prelude::*;
use std::collections::BTreeSet;
use walk::{Found, Walk};

/// A text with front matter, or settings.
struct Text<'t> {
    /// Its file, and the text of it.
    file: FileId,
    source: &'t str,
    /// Which part of it is front matter or settings.
    meta: std::ops::Range<usize>,
    body: Option<&'t Doc>,
    title: &'t str,
    standing: &'t About<'t>,
}

/// What a text is to the figures, besides its words.
#[derive(Debug, Default)]
struct About<'t> {
    /// Its year.
    year: Option<i32>,
    /// Names of the datasets that it shows.
    shown: BTreeSet<&'t str>,
}

impl About<'_> {
    /// What the findings follow from besides the file and the figures.
    fn key(&self) -> Vec<u8> {
        format!("{self:?}").into_bytes()
    }
}

/// What is wrong in a text.
fn of(text: &Text, statistics: &SafeData) -> Vec<Found> {
    let mut found = Vec::new();
    let mut meta = None;
    for dataset in statistics.datasets() {
        let shown = text.standing.shown.contains(dataset.name());
        let reading = Reading::new(dataset, Standing { shown, year: text.standing.year });
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
    found.dedup_by(|later, kept| later.0 == kept.0 && later.1.wrong.is_hidden() == kept.1.wrong.is_hidden());
    found
}

/// What a bulletin is to the figures.
fn about<'s>(statistics: &'s SafeData, entry: &Entry) -> About<'s> {
    let mut shown = BTreeSet::new();
    for figure in &entry.outline.figures {
        let dataset = if figure.chart {
            statistics.chart(&figure.name.value).map(|(dataset, _)| dataset)
        } else {
            statistics.table(&figure.name.value).map(|(dataset, _)| dataset)
        };
        shown.extend(dataset.map(SafeDataset::name));
    }
    if let Own::Report { reported } = &entry.meta.own {
        for one in reported {
            shown.extend(statistics.table(&one.table.value).map(|(dataset, _)| dataset.name()));
        }
    }
    About { year: entry.meta.date.map(|when| i32::from(when.start().year())), shown }
}

/// Everything that is said of tables and that is wrong, in all that is published.
pub(super) fn claims(site: &Site) -> Vec<Found> {
    let (model, statistics) = (site.model, site.statistics);
    if statistics.datasets().next().is_none() {
        return Vec::new();
    }
    let mut hasher = blake3::Hasher::new();
    statistics.datasets().for_each(|dataset| {
        hasher.update(dataset.hash().as_bytes());
    });
    let derived = Derived::new(&model.sources, "numbers in prose", hasher.finalize());
    let entries = model.entries.par_iter().map(|entry| {
        let about = about(statistics, entry);
        derived.of(entry.file, &about.key(), || {
            let tree = model.sources.tree(entry.file);
            let (file, meta, title) = (entry.file, entry.meta.span.range(), entry.meta.title.value.as_str());
            of(
                &Text { file, source: &tree.text, meta, body: Some(&tree), title, standing: &about },
                statistics,
            )
        })
    });
    let sections = model.sections.par_iter().map(|section| {
        let Some(file) = section.file else { return Vec::new() };
        derived.of(file, section.title.as_bytes(), || {
            let tree = model.sources.tree(file);
            let (node, _) = front_matter::split_and_parse(file, &tree.text, &mut Sink::new());
            let meta = node.map_or(0..0, |node| node.span.range());
            let (title, standing) = (section.title.as_str(), &About::default());
            of(&Text { file, source: &tree.text, meta, body: Some(&tree), title, standing }, statistics)
        })
    });
    let found: Vec<Vec<Found>> = entries.chain(sections).collect();
    let settings = settings_files(model).into_iter().map(|file| {
        // What a definition says of its own figures is shown with them.
        let path = model.sources.vpath(file);
        let name = path.file_name().rsplit_once('.').map_or("", |(stem, _)| stem);
        let own = statistics.dataset(name).filter(|_| &*path.parent() == FOLDER);
        let shown = own.map(SafeDataset::name);
        let about = About { year: None, shown: shown.into_iter().collect() };
        derived.of(file, &about.key(), || {
            let tree = model.sources.tree(file);
            let (source, meta) = (&*tree.text, 0..tree.text.len());
            of(&Text { file, source, meta, body: None, title: "", standing: &about }, statistics)
        })
    });
    found.into_iter().chain(settings).flatten().collect()
}
