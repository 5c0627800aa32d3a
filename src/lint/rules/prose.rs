//! What the rules about numbers in running text share: which passages of a bulletin speak of which tables.
//!
//! Refuses: blocks of tables and charts themselves, which are made from the tables.
//! Invariant: a claim's place is that of the number as it was written.

use crate::diag::{Files, Span};
use crate::lint::Site;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::privacy::published;
use crate::source::doc::{BlockKind, Doc};
use crate::source::walk::{Visit, walk};
use crate::figures::prose::{Claim, Reading};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// A table or chart that a body names.
pub(super) struct Block<'d> {
    pub name: &'d crate::diag::Spanned<String>,
    pub chart: bool,
}

/// The tables and charts that a body shows.
pub(super) fn blocks(doc: &Doc) -> Vec<Block<'_>> {
    let mut found = Vec::new();
    walk(doc, &mut |visit| {
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

/// The datasets that a bulletin shows.
fn shown<'s>(site: &Site<'s>, entry: &Entry) -> BTreeSet<&'s str> {
    let mut shown = BTreeSet::new();
    for block in blocks(&entry.body) {
        let dataset = if block.chart {
            site.statistics.chart(&block.name.value).map(|(dataset, _)| dataset)
        } else {
            site.statistics.table(&block.name.value).map(|(dataset, _)| dataset)
        };
        shown.extend(dataset.map(crate::statistics::safe::SafeDataset::name));
    }
    if let Own::Report { reported } = &entry.meta.own {
        for one in reported {
            shown.extend(site.statistics.table(&one.table.value).map(|(dataset, _)| dataset.name()));
        }
    }
    shown
}

/// Everything that bulletins say of tables and that is wrong.
pub(super) fn claims(site: &Site) -> Vec<(Span, Claim, String)> {
    if site.statistics.datasets().next().is_none() {
        return Vec::new();
    }
    let of = |entry: &Entry| -> Vec<(Span, Claim, String)> {
        let shown = shown(site, entry);
        let source = site.model.sources.text(entry.file);
        let mut found = Vec::new();
        for dataset in site.statistics.datasets() {
            let reading = Reading::new(dataset, shown.contains(dataset.name()));
            let mut see = |passage: &published::Passage| {
                for claim in reading.claims(passage.text()) {
                    let said = passage.text()[claim.range.clone()].to_owned();
                    if let Some(span) = passage.locate(&claim.range, source) {
                        found.push((span, claim, said));
                    }
                }
            };
            published::one(&entry.meta.title.value, entry.meta.title.span, &mut see);
            published::passages(&entry.body, &mut see);
        }
        found
    };
    let found: Vec<Vec<_>> = site.model.entries.par_iter().map(of).collect();
    found.into_iter().flatten().collect()
}
