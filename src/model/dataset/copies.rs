//! The same figures in two files: each is protected by itself, and the two together may tell what each hides.
//!
//! Refuses: nothing; two files may agree by chance. Invariant: a pair is told once, at the later of the two.

use super::Dataset;
use super::dimension::Member;
use super::findings::finding;
use crate::diag::{Message, Sink, codes};
use std::collections::BTreeMap;

/// Counts by the names of codes, without those that have none.
type Counts<'d> = BTreeMap<Vec<&'d str>, i64>;

/// Figures agree by chance less often than once in two to the power of this.
const CERTAIN: f64 = 10.0;

/// Tells of datasets whose figures are the same, as far as dimensions that they share can show it.
pub(super) fn check(datasets: &BTreeMap<String, Dataset>, sink: &mut Sink) {
    let all: Vec<_> = datasets.values().map(|dataset| (dataset, margins(dataset))).collect();
    for (at, (later, own)) in all.iter().enumerate() {
        let twin = all[..at].iter().find_map(|(earlier, others)| {
            let apart = earlier.figures != later.figures;
            apart.then(|| same(earlier, others, later, own)).flatten().map(|label| (earlier, label))
        });
        let Some((earlier, label)) = twin else { continue };
        let message = Message::new("copied-figures").with("name", &earlier.name).with("dimension", label);
        let hint = Message::new("copied-figures-hint").with("file", earlier.figures.file_name());
        sink.report(finding(codes::COPIED_FIGURES, later.title.span, message, hint));
    }
}

/// The dimension by which two datasets have the same figures, so that it is no chance.
fn same<'d>(earlier: &Dataset, others: &[Counts], later: &'d Dataset, own: &[Counts]) -> Option<&'d str> {
    let alike: Vec<usize> = (0..own.len()).filter(|at| others.contains(&own[*at])).collect();
    let label = |at: usize| later.dimensions[at].label.as_str();
    if let Some(at) = alike.iter().find(|at| evidence(&own[**at]) >= CERTAIN) {
        return Some(label(*at));
    }
    // Few figures tell little along one dimension; all of them together may tell more.
    let shared: Vec<(usize, usize)> = alike
        .iter()
        .filter_map(|at| {
            let there = earlier.dimensions.iter().position(|other| other.label == label(*at))?;
            Some((there, *at))
        })
        .collect();
    let (there, here): (Vec<usize>, Vec<usize>) = shared.into_iter().unzip();
    let (first, second) = (counts(earlier, &there), counts(later, &here));
    let first_label = here.first().map(|at| label(*at))?;
    (first == second && evidence(&second) >= CERTAIN).then_some(first_label)
}

/// How many cases a dataset has by each of its dimensions.
fn margins(dataset: &Dataset) -> Vec<Counts<'_>> {
    (0..dataset.dimensions.len()).map(|at| counts(dataset, &[at])).collect()
}

/// How many cases a dataset has by some of its dimensions.
fn counts<'d>(dataset: &'d Dataset, dimensions: &[usize]) -> Counts<'d> {
    let mut counts = Counts::new();
    for row in dataset.rows.iter().filter(|row| row.values[0] > 0) {
        let label = |at: &usize| dataset.dimensions[*at].label(Member::Code(row.at[*at]));
        *counts.entry(dimensions.iter().map(label).collect()).or_default() += row.values[0];
    }
    counts
}

/// How sure it is, in bits, that figures which agree are the same. Two independent counts of about `n` agree once in `2√(πn)` times
/// (two Poisson variables of mean n), so three of 1 agree once in 45 times and three of 30 once in 7,000.
fn evidence(counts: &Counts) -> f64 {
    let bits = |count: &i64| {
        let count = f64::from(u32::try_from(*count).unwrap_or(u32::MAX));
        1.0 + 0.5 * (std::f64::consts::PI * count).log2()
    };
    counts.values().map(bits).sum()
}
