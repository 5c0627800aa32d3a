use super::super::audit::check;
use super::super::draft::{Draft, Entry, Hierarchy, MeasureKind, Policy};
use super::super::problem::Pin;
use super::super::suppress::{Budget, Refusal, suppress};
use super::{Merge, propose};

/// `kinds` by 12 months, all pairs listed, with one or two cases in most.
fn monthly(kinds: u32) -> Draft {
    let dimension = |leaves: u32| Hierarchy {
        leaves,
        groups: (0..leaves).map(|leaf| vec![leaf]).chain([(0..leaves).collect()]).collect(),
    };
    let mut draft = Draft::new(Policy::new(5), vec![dimension(kinds), dimension(12)]);
    let pairs = || (0..kinds).flat_map(|kind| (0..12).map(move |month| (kind, month)));
    let entry = |(kind, month): (u32, u32)| Entry {
        at: vec![kind, month],
        value: i64::from((kind * 7 + month * 5) % 4 + u32::from(kind < 4) * 4),
        ..Entry::default()
    };
    let measure = draft.measure(MeasureKind::Count, pairs().map(entry).collect());
    for kind in 0..=kinds {
        for month in 0..=12 {
            draft.cell(measure, &[kind, month]);
        }
    }
    draft
}

#[test]
fn sparse_months_become_longer_periods() {
    let draft = monthly(30);
    let problem = draft.finish().unwrap();
    assert!(matches!(suppress(&problem, Budget::default()), Err(Refusal::Sparse { .. })));
    let proposals = propose(&draft);
    let best = proposals.first().expect("merging months or kinds helps");
    assert!(best.hidden * 2 <= best.figures, "{best:?}");
    // What is proposed can be published.
    let mut merged = draft.clone();
    for merge in &best.merges {
        merged = merged.merged(merge.dimension, &merge.sets).unwrap();
    }
    let problem = merged.finish().unwrap();
    let answer = suppress(&problem, Budget::default()).unwrap();
    check(&problem, &answer.status, &answer.certificate).unwrap();
}

#[test]
fn what_earlier_releases_show_is_not_merged() {
    let mut draft = monthly(30);
    for month in 0..12 {
        let cell = draft.cell(0, &[30, month]);
        draft.pin(cell, Pin::Printed);
    }
    for kind in 0..30 {
        let cell = draft.cell(0, &[kind, 12]);
        draft.pin(cell, Pin::Hidden);
    }
    assert_eq!(propose(&draft), []);
}

#[test]
fn merges_of_merges_name_the_first_leaves() {
    let draft = monthly(4);
    let first = Merge { dimension: 1, sets: vec![vec![0, 1], vec![2, 3], vec![10, 11]] };
    let next = Merge { dimension: 1, sets: vec![vec![0, 1], vec![2, 3]] };
    let joined = super::joined(&draft, &[first], &next);
    assert_eq!(joined, [Merge { dimension: 1, sets: vec![vec![0, 1, 2, 3], vec![4, 5], vec![10, 11]] }]);
}

#[test]
fn a_merge_keeps_values_and_leaves_out_what_it_cuts() {
    let dimension = Hierarchy {
        leaves: 4,
        groups: vec![vec![0], vec![1], vec![2], vec![3], vec![0, 1, 2], vec![0, 1, 2, 3]],
    };
    let mut draft = Draft::new(Policy::new(5), vec![dimension]);
    let entry = |leaf: u32| Entry { at: vec![leaf], value: i64::from(leaf) + 1, ..Entry::default() };
    let measure = draft.measure(MeasureKind::Count, (0..4).map(entry).collect());
    for group in 0..6 {
        draft.cell(measure, &[group]);
    }
    let merged = draft.merged(0, &[vec![2, 3]]).unwrap().finish().unwrap();
    let values: Vec<i64> = merged.cells.iter().filter(|cell| cell.listed).map(|cell| cell.value).collect();
    assert_eq!(values, [1, 2, 7, 10], "the group of the first three is cut");
}
