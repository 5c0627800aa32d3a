//! What the rules about numbers in running text share: which passages of a bulletin speak of which tables.
//!
//! Refuses: blocks of tables and charts themselves, which are made from the tables.
//! Invariant: a claim's place is that of the number as it was written.

use crate::diag::Span;
use crate::figures::prose::{Claim, Reading};
use crate::lint::Site;
use crate::model::entry::Entry;
use crate::model::own::Own;
use crate::privacy::published;
use crate::source::Derived;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The datasets that a bulletin shows.
fn shown<'s>(site: &Site<'s>, entry: &Entry) -> BTreeSet<&'s str> {
    let mut shown = BTreeSet::new();
    for figure in &entry.outline.figures {
        let dataset = if figure.chart {
            site.statistics.chart(&figure.name.value).map(|(dataset, _)| dataset)
        } else {
            site.statistics.table(&figure.name.value).map(|(dataset, _)| dataset)
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
    let mut hasher = blake3::Hasher::new();
    site.statistics.datasets().for_each(|dataset| {
        hasher.update(dataset.hash().as_bytes());
    });
    let derived = Derived::new(&site.model.sources, "numbers in prose", hasher.finalize());
    let of = |entry: &Entry| -> Vec<(Span, Claim, String)> {
        let shown = shown(site, entry);
        let own = shown.iter().copied().collect::<Vec<_>>().join("\n");
        derived.of(entry.file, own.as_bytes(), || claims_of(site, entry, &shown))
    };
    let found: Vec<Vec<_>> = site.model.entries.par_iter().map(of).collect();
    found.into_iter().flatten().collect()
}

fn claims_of(site: &Site, entry: &Entry, shown: &BTreeSet<&str>) -> Vec<(Span, Claim, String)> {
    let tree = site.model.body(entry);
    let mut found = Vec::new();
    for dataset in site.statistics.datasets() {
        let reading = Reading::new(dataset, shown.contains(dataset.name()));
        let mut see = |passage: &published::Passage| {
            for claim in reading.claims(passage.text()) {
                let said = passage.text()[claim.range.clone()].to_owned();
                if let Some(span) = passage.locate(&claim.range, &tree.text) {
                    found.push((span, claim, said));
                }
            }
        };
        published::one(&entry.meta.title.value, entry.meta.title.span, &mut see);
        published::passages(&tree, &mut see);
    }
    found
}
