//! Random sparse tables of one to four dimensions: the checker accepts what the search finds, and refuses whatever is spoilt.
//! `PROPTEST_CASES=10000` makes as many.

use super::super::draft::{Draft, Entry, Hierarchy, MeasureKind, Policy};
use super::super::problem::{Certificate, Problem, Status, Witness};
use super::super::suppress::{Answer, Budget, Refusal, suppress};
use super::{Fault, check};
use proptest::prelude::*;

/// A table: sizes of dimensions, whether each has a group, values, and what is sensitive.
#[derive(Clone, Debug)]
struct Table {
    sizes: Vec<u32>,
    groups: Vec<bool>,
    values: Vec<i64>,
    threshold: i64,
    zeros: bool,
    insiders: bool,
    /// The mark says that nothing marked is 0.
    marks: bool,
    kind: u8,
}

fn table() -> impl Strategy<Value = Table> {
    let sizes = prop_oneof![
        prop::collection::vec(2_u32..8, 1),
        prop::collection::vec(2_u32..6, 2),
        prop::collection::vec(2_u32..4, 3),
        prop::collection::vec(2_u32..3, 4),
    ];
    sizes.prop_flat_map(|sizes| {
        let count = sizes.iter().product::<u32>() as usize;
        let value = prop_oneof![3 => Just(0_i64), 3 => 1_i64..5, 3 => 5_i64..40];
        (
            prop::collection::vec(any::<bool>(), sizes.len()),
            prop::collection::vec(value, count),
            prop_oneof![Just(3_i64), Just(5), Just(10)],
            prop::bool::weighted(0.15),
            prop::bool::weighted(0.2),
            prop::bool::weighted(0.7),
            0_u8..8,
        )
            .prop_map(move |(groups, values, threshold, zeros, insiders, marks, kind)| Table {
                sizes: sizes.clone(),
                groups,
                values,
                threshold,
                zeros,
                insiders,
                marks: marks && !zeros,
                kind,
            })
    })
}

impl Table {
    fn problem(&self) -> Problem {
        let dimensions = self.sizes.iter().zip(&self.groups).map(|(size, group)| {
            let mut groups: Vec<Vec<u32>> = (0..*size).map(|leaf| vec![leaf]).collect();
            if *group && *size > 2 {
                groups.push(vec![0, 1]);
            }
            groups.push((0..*size).collect());
            Hierarchy { leaves: *size, groups }
        });
        let dimensions: Vec<Hierarchy> = dimensions.collect();
        let policy =
            Policy { zeros_sensitive: self.zeros, insiders: self.insiders, ..Policy::new(self.threshold) };
        let counts: Vec<u32> =
            dimensions.iter().map(|dimension| u32::try_from(dimension.groups.len()).unwrap()).collect();
        let mut draft = Draft::new(policy, dimensions);
        let amount = self.kind == 7;
        let entries = self.values.iter().enumerate().map(|(at, value)| Entry {
            at: places(u32::try_from(at).unwrap(), &self.sizes),
            value: if amount { value * 1000 } else { *value },
            contributors: if amount { 3 } else { 0 },
            largest: if amount { vec![value * 600, value * 300] } else { Vec::new() },
        });
        let kind = if amount { MeasureKind::Amount } else { MeasureKind::Count };
        let measure = draft.measure(kind, entries.collect());
        for at in 0..counts.iter().product() {
            let groups = places(at, &counts);
            // Some tables leave out their total or their innermost cells.
            let total = |dimension: usize| groups[dimension] + 1 == counts[dimension];
            let totals = (0..counts.len()).filter(|dimension| total(*dimension)).count();
            if (self.kind == 1 && totals == counts.len())
                || (self.kind == 2 && counts.len() > 2 && totals == 0)
            {
                continue;
            }
            let cell = draft.cell(measure, &groups);
            draft.marked(cell, i64::from(self.marks));
        }
        draft.finish().unwrap()
    }
}

fn places(mut at: u32, sizes: &[u32]) -> Vec<u32> {
    let mut places = Vec::new();
    for size in sizes {
        places.push(at % size);
        at /= size;
    }
    places
}

/// Whether a witness agrees with everything printed, from scratch and in whole tables.
fn plainly_possible(problem: &Problem, status: &[Status], witness: &Witness) -> bool {
    let mut values: Vec<i64> = problem.leaves.iter().map(|leaf| leaf.value).collect();
    for (leaf, difference) in &witness.differences {
        values[*leaf as usize] += difference;
    }
    let sum = |leaves: &[u32]| leaves.iter().map(|leaf| values[*leaf as usize]).sum::<i64>();
    let mut printed =
        problem.cells.iter().zip(status).filter(|(cell, status)| cell.listed && **status == Status::Printed);
    let mut marked =
        problem.cells.iter().zip(status).filter(|(cell, status)| cell.listed && **status != Status::Printed);
    let honest = marked.all(|(cell, _)| sum(&cell.leaves) >= cell.least);
    honest
        && values.iter().all(|value| *value >= 0)
        && printed.all(|(cell, _)| sum(&cell.leaves) == cell.value)
}

/// Whether witnesses leave every sensitive cell open, from scratch.
fn plainly_wide(problem: &Problem, certificate: &Certificate) -> bool {
    problem.cells.iter().all(|cell| {
        let moved = |witness: &Witness| {
            let inside = witness.differences.iter().filter(|(leaf, _)| cell.leaves.contains(leaf));
            inside.map(|(_, difference)| difference).sum::<i64>()
        };
        let moved = || certificate.witnesses.iter().map(moved).chain([0]);
        cell.need.is_none_or(|need| need.met(moved().min().unwrap(), moved().max().unwrap()))
    })
}

fn answer(problem: &Problem) -> Option<Answer> {
    match suppress(problem, Budget { find: 2_000_000, improve: 15_000, sparse_from: usize::MAX }) {
        Ok(answer) => Some(answer),
        Err(Refusal::NotFound { .. }) => None,
        Err(other) => panic!("{other:?}"),
    }
}

/// Every way to spoil an answer that is tried, and that the checker sees it.
fn spoilt(problem: &Problem, answer: &Answer, pick: usize) -> Result<(), TestCaseError> {
    let Answer { status, certificate, .. } = answer;
    for (id, cell) in problem.cells.iter().enumerate() {
        // Un-hide one.
        let mut open = status.clone();
        open[id] = Status::Printed;
        let fault = check(problem, &open, certificate);
        if cell.sensitive() {
            prop_assert_eq!(fault, Err(Fault::Exposed(id)));
        } else if status[id] == Status::Secondary {
            let fits = certificate.witnesses.iter().all(|witness| plainly_possible(problem, &open, witness));
            if problem.insiders && fits {
                continue;
            }
            prop_assert_eq!(fault.is_ok(), fits);
            // Each cell of the answer is hidden for the sake of some witness, unless the search had to stop early.
            prop_assert!(!fits || !answer.optimal, "cell {} is hidden in vain", id);
        }
    }
    let Some(witness) = (!certificate.witnesses.is_empty()).then(|| pick % certificate.witnesses.len())
    else {
        return Ok(());
    };
    // Perturb one leaf of a witness.
    for by in [-1, 1] {
        let mut other = certificate.clone();
        let differences = &mut other.witnesses[witness].differences;
        let at = pick % differences.len();
        differences[at].1 += by;
        let possible = plainly_possible(problem, status, &other.witnesses[witness]);
        if !possible {
            let fault = check(problem, status, &other);
            let seen = matches!(
                fault,
                Err(Fault::Contradicts { .. } | Fault::Impossible { .. } | Fault::BelowLeast { .. })
            );
            prop_assert!(seen, "{:?}", fault);
        }
    }
    // Leave one out, or halve it.
    let mut fewer = certificate.clone();
    fewer.witnesses.remove(witness);
    let mut narrow = certificate.clone();
    narrow.witnesses[witness].differences.iter_mut().for_each(|(_, difference)| *difference /= 2);
    for other in [fewer, narrow] {
        let possible = other.witnesses.iter().all(|witness| plainly_possible(problem, status, witness));
        let accepted = check(problem, status, &other).is_ok();
        if problem.insiders {
            prop_assert!(!accepted || (possible && plainly_wide(problem, &other)));
        } else {
            prop_assert_eq!(accepted, possible && plainly_wide(problem, &other));
        }
    }
    Ok(())
}

/// Skip a constraint: what is found without a printed cell is no proof with it.
fn skipped(problem: &Problem, answer: &Answer, pick: usize) -> Result<(), TestCaseError> {
    let printed: Vec<usize> = (0..problem.cells.len())
        .filter(|id| problem.cells[*id].listed && answer.status[*id] == Status::Printed)
        .collect();
    let Some(skip) = (!printed.is_empty()).then(|| printed[pick % printed.len()]) else { return Ok(()) };
    let mut without = problem.clone();
    without.cells.remove(skip);
    let Some(other) = self::answer(&without) else { return Ok(()) };
    prop_assert!(check(&without, &other.status, &other.certificate).is_ok());
    let mut status = other.status;
    status.insert(skip, Status::Printed);
    let possible =
        other.certificate.witnesses.iter().all(|witness| plainly_possible(problem, &status, witness));
    let fault = check(problem, &status, &other.certificate);
    let seen = matches!(fault, Err(Fault::Contradicts { cell, .. }) if cell == skip);
    prop_assert!(possible || seen, "{:?}", fault);
    Ok(())
}

proptest! {
    #[test]
    fn found_answers_are_accepted_and_spoilt_ones_are_not(table in table(), pick in 0_usize..10_000) {
        let problem = table.problem();
        let Some(answer) = answer(&problem) else {
            // Some tables have none that is found with the effort of a test; there is nothing to check then.
            return Err(TestCaseError::reject("no answer"));
        };
        let audited = check(&problem, &answer.status, &answer.certificate);
        prop_assert!(audited.is_ok(), "{:?}", audited);
        for witness in &answer.certificate.witnesses {
            prop_assert!(plainly_possible(&problem, &answer.status, witness));
        }
        prop_assert!(plainly_wide(&problem, &answer.certificate));
        spoilt(&problem, &answer, pick)?;
        skipped(&problem, &answer, pick)?;
    }
}
