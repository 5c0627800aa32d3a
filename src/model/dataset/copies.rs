//! The same figures in two files: each is protected by itself, and the two together may tell what each hides.
//!
//! Refuses: nothing; two files may agree by chance. Invariant: a pair is told once, at the later of the two.

use super::Dataset;
use super::dimension::Member;
use super::findings::finding;
use crate::diag::{Message, Sink, codes};
use std::collections::BTreeMap;

/// Counts of a dimension by the names of its codes, without those that have none.
type Margin<'d> = BTreeMap<&'d str, i64>;

/// Tells of datasets whose figures are the same, as far as a dimension that they share can show it.
pub(super) fn check(datasets: &BTreeMap<String, Dataset>, sink: &mut Sink) {
    let all: Vec<(&Dataset, Vec<(&str, Margin)>)> =
        datasets.values().map(|dataset| (dataset, margins(dataset))).collect();
    for (at, (later, own)) in all.iter().enumerate() {
        let twin = all[..at].iter().find_map(|(earlier, others)| {
            if earlier.figures == later.figures {
                return None;
            }
            let shared = own.iter().find(|(_, margin)| others.iter().any(|(_, other)| other == margin))?;
            Some((earlier, shared))
        });
        let Some((earlier, (label, _))) = twin else { continue };
        let message = Message::new("copied-figures").with("name", &earlier.name).with("dimension", *label);
        let hint = Message::new("copied-figures-hint").with("file", earlier.figures.file_name());
        sink.report(finding(codes::COPIED_FIGURES, later.title.span, message, hint));
    }
}

/// The margins that are no chance: of three codes or more with cases, or of two with many.
fn margins(dataset: &Dataset) -> Vec<(&str, Margin<'_>)> {
    let mut found = Vec::new();
    for (at, dimension) in dataset.dimensions.iter().enumerate() {
        let mut counts: BTreeMap<u32, i64> = BTreeMap::new();
        for row in dataset.rows.iter().filter(|row| row.values[0] > 0) {
            *counts.entry(row.at[at]).or_default() += row.values[0];
        }
        let total: i64 = counts.values().sum();
        if counts.len() >= 3 || (counts.len() == 2 && total >= 20) {
            let named = counts.into_iter().map(|(code, count)| (dimension.label(Member::Code(code)), count));
            found.push((dimension.label.as_str(), named.collect()));
        }
    }
    found
}
