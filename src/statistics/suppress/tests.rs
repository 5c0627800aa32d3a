use super::super::audit::{Fault, check};
use super::super::neutral::{Case, Solved};
use super::super::problem::{Cell, Leaf, Need, Pin, Problem, Status};
use super::super::promise::MarkPromise;
use super::{Answer, Budget, Refusal, known, suppress};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/statistics")
}

#[expect(clippy::disallowed_methods, reason = "a test reads its data")]
fn case(name: &str) -> Case {
    let text = std::fs::read_to_string(folder().join(format!("{name}.json"))).unwrap();
    Case::new(serde_json::from_str(&text).unwrap())
}

/// Where to write what is published, for the attacker.
#[expect(clippy::disallowed_methods, reason = "only on request, outside of any site")]
fn write(name: &str, published: &Value) {
    if let Some(out) = std::env::var_os("STATISTICS_OUT") {
        std::fs::write(Path::new(&out).join(format!("{name}.json")), published.to_string()).unwrap();
    }
}

fn secondaries(solved: &Solved) -> usize {
    solved.answer.status.iter().filter(|status| **status == Status::Secondary).count()
}

fn solve(name: &str) -> (Case, Solved) {
    let case = case(name);
    let solved = case.solve(Budget::default()).unwrap();
    write(name, &case.published(&solved));
    (case, solved)
}

/// The checker accepts each, as `Case::solve` makes sure; what must be printed is. Where the mark says nothing, the fewest
/// cells are hidden; that it is not 0 costs less than half as many again.
#[test]
fn cases_with_known_answers() {
    let names = "c01 c02 c03 c04 c05 c06 c10 c11 c12 c15 c16 c17 c19 c21 c24 c27".split(' ');
    let (mut ours, mut silent, mut fewest) = (0, 0, 0);
    for name in names {
        let (case, solved) = solve(name);
        if let Some(optimum) = case.json["optimal"]["secondary"].as_u64() {
            ours += secondaries(&solved);
            silent += secondaries(&case.solve_under(MarkPromise::AnyNumber, Budget::default()).unwrap());
            fewest += usize::try_from(optimum).unwrap();
            assert!(solved.answer.optimal, "{name} is small enough to be sure");
        }
        let wanted = solved.problem.cells.iter().zip(&solved.answer.status);
        let mut wanted = wanted.filter(|(cell, _)| cell.pin == Some(Pin::MustPrint));
        assert!(wanted.all(|(_, status)| *status == Status::Printed), "{name}");
    }
    assert_eq!(silent, fewest);
    assert!(ours * 10 <= fewest * 14, "{ours} where the mark is not 0, {fewest} where it says nothing");
    assert!(fewest > 30, "the known answers were compared");
}

/// About 3,000 cells in three linked tables.
#[test]
fn a_town_in_linked_tables() {
    let (_, solved) = solve("c26");
    let listed = solved.problem.cells.iter().zip(&solved.answer.status).filter(|(cell, _)| cell.listed);
    assert_eq!(listed.filter(|(_, status)| **status == Status::Primary).count(), 5);
    assert!(secondaries(&solved) <= 40, "{} hidden to guard five", secondaries(&solved));
}

#[test]
fn the_same_answer_every_time() {
    for name in ["c04", "c24", "c27"] {
        let case = case(name);
        let answers: Vec<Answer> =
            (0..2).map(|_| suppress(&case.draft.finish().unwrap(), Budget::default()).unwrap()).collect();
        assert_eq!(answers[0], answers[1], "{name}");
    }
}

/// What is hidden besides the sensitive cells is all needed: with any of it printed, no certificate is found.
#[test]
fn nothing_is_hidden_in_vain() {
    for name in ["c01", "c05", "c10", "c17", "c19", "c27"] {
        let (_, solved) = solve(name);
        let needed: Vec<usize> = (0..solved.problem.cells.len())
            .filter(|id| solved.answer.status[*id] == Status::Secondary)
            .collect();
        for id in needed {
            let mut status = solved.answer.status.clone();
            status[id] = Status::Printed;
            assert!(check(&solved.problem, &status, &solved.answer.certificate).is_err(), "{name}: {id}");
            let mut search = super::search::Search::new(&solved.problem);
            let hidden: Vec<bool> = status.iter().map(|status| *status != Status::Printed).collect();
            let mut hidden: Vec<bool> = hidden
                .iter()
                .zip(&solved.problem.cells)
                .map(|(hidden, cell)| *hidden || !cell.listed)
                .collect();
            search.forbidden.fill(true);
            assert!(!search.guard(&mut hidden).is_empty(), "{name}: {id} is hidden in vain");
        }
    }
}

/// Three villages and their total: 3, 20, 30.
fn villages(values: [i64; 3]) -> Problem {
    let cell = |leaves: &[u32], value: i64| Cell {
        leaves: leaves.to_vec(),
        value,
        count: true,
        listed: true,
        need: (1..5).contains(&value).then_some(Need::Width(5)),
        firm: (1..5).contains(&value).then_some(Need::Width(5)),
        least: 0,
        least_before: 0,
        pin: None,
        weight: 1,
    };
    let mut cells: Vec<Cell> = (0..3).map(|leaf| cell(&[leaf], values[leaf as usize])).collect();
    cells.push(cell(&[0, 1, 2], values.iter().sum()));
    let leaves = values.map(|value| Leaf { value, empty: false }).to_vec();
    Problem { leaves, cells, ..Problem::default() }
}

#[test]
fn what_earlier_releases_printed_stays_printed() {
    let mut problem = villages([3, 20, 30]);
    problem.cells[1].pin = Some(Pin::Printed);
    let answer = suppress(&problem, Budget::default()).unwrap();
    assert_eq!(answer.status, [Status::Primary, Status::Printed, Status::Secondary, Status::Printed]);
    problem.cells[2].pin = Some(Pin::Printed);
    problem.cells[3].pin = Some(Pin::Printed);
    assert_eq!(suppress(&problem, Budget::default()), Err(Refusal::Pinned { cells: vec![0] }));
    problem = villages([3, 20, 30]);
    problem.cells[0].pin = Some(Pin::Printed);
    assert_eq!(suppress(&problem, Budget::default()), Err(Refusal::Pinned { cells: vec![0] }));
}

#[test]
fn what_earlier_releases_hid_stays_hidden() {
    let mut problem = villages([30, 20, 40]);
    problem.cells[1].pin = Some(Pin::Hidden);
    let answer = suppress(&problem, Budget::default()).unwrap();
    assert_eq!(answer.status[1], Status::Secondary);
    let mut status = answer.status.clone();
    status[1] = Status::Printed;
    assert_eq!(check(&problem, &status, &answer.certificate), Err(Fault::AgainstPin(1)));
}

/// A total that is out leaves 15 values of the first village open. What today's mark says of the second would leave 12, but nobody
/// has read that yet: it is for today's answer to say less, not for the release to have promised less.
#[test]
fn what_is_published_today_has_given_nothing_away() {
    let mut problem = villages([8, 9, 0]);
    problem.cells.remove(2);
    problem.cells[2].pin = Some(Pin::Printed);
    problem.cells[0].pin = Some(Pin::Hidden);
    problem.cells[0].need = Some(Need::Width(15));
    problem.cells[1].least = 5;
    assert_eq!(known(&problem, false).cells[0].need, Some(Need::Width(15)));
    problem.cells[1].least_before = 5;
    assert_eq!(known(&problem, false).cells[0].need, Some(Need::Width(12)));
}

#[test]
fn a_wish_gives_way_to_safety() {
    let mut problem = villages([3, 20, 30]);
    problem.cells[3].pin = Some(Pin::MustPrint);
    problem.cells[1].pin = Some(Pin::MustPrint);
    let answer = suppress(&problem, Budget::default()).unwrap();
    assert_eq!(answer.status, [Status::Primary, Status::Printed, Status::Secondary, Status::Printed]);
    problem.cells[2].pin = Some(Pin::MustPrint);
    let answer = suppress(&problem, Budget::default()).unwrap();
    assert_eq!(answer.status.iter().filter(|status| **status == Status::Secondary).count(), 1);
    check(&problem, &answer.status, &answer.certificate).unwrap();
}

#[test]
fn more_holes_than_figures_are_refused() {
    let problem = case("c26").draft.finish().unwrap();
    let mut sparse = problem.clone();
    for leaf in &mut sparse.leaves {
        leaf.value = i64::from(leaf.value > 3);
    }
    for cell in &mut sparse.cells {
        cell.value = cell.leaves.iter().map(|leaf| sparse.leaves[*leaf as usize].value).sum();
        cell.need = (1..5).contains(&cell.value).then_some(Need::Width(5));
    }
    let refusal = suppress(&sparse, Budget { find: 400_000, ..Budget::default() });
    assert!(matches!(refusal, Err(Refusal::Sparse { .. } | Refusal::NotFound { .. })), "{refusal:?}");
    let budget = Budget { find: 0, improve: 0, sparse_from: 200 };
    assert!(matches!(suppress(&problem, budget), Err(Refusal::NotFound { .. })));
}
