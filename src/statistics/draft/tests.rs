use super::super::problem::{Need, Pin, Problem};
use super::{Draft, DraftError, Entry, Hierarchy, MeasureKind, Policy};

/// Ages up to 17, 18, 19—24, 25 and older, with the groups of two tables.
fn ages() -> Hierarchy {
    Hierarchy { leaves: 4, groups: vec![vec![0], vec![0, 1], vec![1, 2], vec![3], vec![0, 1, 2, 3]] }
}

fn counts(values: &[i64]) -> Vec<Entry> {
    (0..)
        .zip(values)
        .map(|(leaf, value)| Entry { at: vec![leaf], value: *value, ..Entry::default() })
        .collect()
}

fn drafted(policy: Policy, values: &[i64]) -> Problem {
    let mut draft = Draft::new(policy, vec![ages()]);
    let measure = draft.measure(MeasureKind::Count, counts(values));
    for group in 0..5 {
        draft.cell(measure, &[group]);
    }
    draft.finish().unwrap()
}

#[test]
fn small_counts_are_sensitive_and_nothing_is_not() {
    let problem = drafted(Policy::new(5), &[4, 30, 30, 0]);
    let needs: Vec<Option<Need>> = problem.cells[..5].iter().map(|cell| cell.need).collect();
    assert_eq!(needs, [Some(Need::Width(5)), None, None, None, None]);
    let zeros = drafted(Policy { zeros_sensitive: true, width: 3, ..Policy::new(5) }, &[4, 30, 30, 0]);
    assert_eq!(zeros.cells[3].need, Some(Need::Width(3)));
}

#[test]
fn differences_of_nested_groups_are_sensitive_too() {
    let problem = drafted(Policy::new(5), &[20, 3, 30, 40]);
    let virtuals: Vec<_> =
        problem.cells.iter().filter(|cell| !cell.listed).map(|cell| (&*cell.leaves, cell.value)).collect();
    assert_eq!(virtuals, [(&[1][..], 3)], "the 18-year-olds");
}

#[test]
fn the_same_quantity_is_one_cell() {
    let dimension = Hierarchy { leaves: 2, groups: vec![vec![0], vec![1], vec![1, 0], vec![0, 1]] };
    let mut draft = Draft::new(Policy::new(5), vec![dimension.clone(), dimension]);
    let measure = draft.measure(MeasureKind::Count, Vec::new());
    assert_eq!(draft.cell(measure, &[2, 0]), draft.cell(measure, &[3, 0]));
    assert_ne!(draft.cell(measure, &[2, 0]), draft.cell(measure, &[0, 2]));
}

#[test]
fn what_no_cell_tells_apart_is_one_leaf() {
    let dimension = |leaves: u32| Hierarchy {
        leaves,
        groups: (0..leaves).map(|leaf| vec![leaf]).chain([(0..leaves).collect()]).collect(),
    };
    let mut draft =
        Draft::new(Policy::new(5), vec![dimension(3), dimension(1000), dimension(1000), dimension(1000)]);
    let entry = |leaf: u32| Entry { at: vec![leaf, leaf, 7, 999], value: 10, ..Entry::default() };
    let measure = draft.measure(MeasureKind::Count, (0..3).map(entry).collect());
    for village in 0..4 {
        draft.cell(measure, &[village, 1000, 1000, 1000]);
    }
    let problem = draft.finish().unwrap();
    assert_eq!(problem.leaves.iter().map(|leaf| leaf.value).collect::<Vec<_>>(), [10, 10, 10]);
    assert_eq!(problem.value(3), 30);
    for group in 0..1000 {
        draft.cell(measure, &[0, group, 1000, 1000]);
        draft.cell(measure, &[0, 1000, group, 1000]);
    }
    assert_eq!(draft.finish(), Err(DraftError::TooLarge));
}

#[test]
fn structural_zeros_are_empty_and_not_sensitive() {
    let mut draft = Draft::new(Policy { zeros_sensitive: true, ..Policy::new(5) }, vec![ages()]);
    let measure = draft.measure(MeasureKind::Count, counts(&[0, 9, 9, 9]));
    let cell = draft.cell(measure, &[0]);
    draft.cell(measure, &[4]);
    draft.structural_zero(&[Some(0)]);
    let problem = draft.finish().unwrap();
    assert!(!problem.cells[cell].sensitive());
    assert_eq!(problem.leaves.iter().filter(|leaf| leaf.empty).count(), 1);
}

fn amount(policy: Policy, entries: Vec<(i64, u32, Vec<i64>)>) -> Option<Need> {
    let mut draft = Draft::new(policy, vec![ages()]);
    let entries = (0..).zip(entries).map(|(leaf, (value, contributors, largest))| Entry {
        at: vec![leaf],
        value,
        contributors,
        largest,
    });
    let measure = draft.measure(MeasureKind::Amount, entries.collect());
    let total = draft.cell(measure, &[4]);
    draft.finish().unwrap().cells[total].need
}

#[test]
fn amounts_are_sensitive_by_contributors_and_dominance() {
    let even = vec![(3000, 3, vec![1000, 1000]), (3000, 3, vec![1000, 1000])];
    assert_eq!(amount(Policy::new(5), even.clone()), None);
    // Six contributors of 1000 are fewer than seven: each is uncertain by 10 %.
    let few = Policy { contributors: 7, ..Policy::new(5) };
    assert_eq!(amount(few, even), Some(Need::Interval { down: 100, up: 100 }));
    // All but the largest two hold 60, under 10 % of 9000: 840 are missing.
    let one = vec![(9000, 1, vec![9000]), (160, 5, vec![100, 15])];
    assert_eq!(amount(Policy::new(5), one.clone()), Some(Need::Interval { down: 840, up: 840 }));
    // The largest two are 9100 of 9160; 85 % of 10706 would be as much.
    let dominance = Policy { dominance: Some((2, 85)), p: 0, ..Policy::new(5) };
    assert_eq!(amount(dominance, one), Some(Need::Interval { down: 1546, up: 1546 }));
}

#[test]
fn numbers_that_cannot_be_are_refused() {
    for value in [-1, i64::MAX] {
        let mut draft = Draft::new(Policy::new(5), vec![ages()]);
        let measure = draft.measure(MeasureKind::Count, counts(&[1, value]));
        draft.cell(measure, &[4]);
        assert_eq!(draft.finish(), Err(DraftError::Number));
    }
}

/// Who saw an amount under a lower threshold knows what that one asked for, also when today's asks for more than there are.
#[test]
fn an_amount_tells_what_the_policy_of_its_time_asked_for() {
    let least = |people: u32, today: i64| {
        let mut draft = Draft::new(Policy::new(today), vec![ages()]);
        let rule = draft.rule(Policy::new(3));
        let count = draft.measure(MeasureKind::Count, counts(&[20, 0, 0, 0]));
        let entry =
            Entry { at: vec![0], value: 9000, contributors: people, largest: vec![100; people as usize] };
        let measure = draft.measure(MeasureKind::Amount, vec![entry]);
        let (beside, amount) = (draft.cell(count, &[4]), draft.cell(measure, &[4]));
        draft.pin(amount, Pin::Printed);
        draft.released(amount, rule, 0);
        draft.beside(amount, Some(rule), count, &[4]);
        draft.beside(amount, None, count, &[4]);
        let cell = &draft.finish().unwrap().cells[beside];
        (cell.least, cell.least_before)
    };
    assert_eq!(least(12, 10), (10, 3));
    assert_eq!(least(6, 10), (3, 3));
    assert_eq!(least(6, 1), (3, 3));
}
