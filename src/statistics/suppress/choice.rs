//! How much the choice of suppressed cells tells by itself: a measurement, not a test of right or wrong.
//!
//! The program is public. Whoever has it can run it on every table that fits what is printed and strike out those for which it would
//! have suppressed other cells ("minimality attack", Wong et al. 2007). Small tables of villages by types are protected; then every
//! table that fits is tried without a seed, with a seed that the attacker knows, and with other seeds than the true one. The more of
//! these are tried, the fewer tables are struck out: the last figure is an upper bound of what the choice tells.
//!
//! `cargo test --release --lib statistics::suppress::choice -- --ignored --nocapture` prints the figures that README has;
//! `tests/statistics/attack_choice.py` does the same from outside, through the whole program, and takes hours.

use super::super::draft::{Draft, Entry, Hierarchy, MeasureKind, Policy};
use super::super::problem::Status;
use super::super::promise::MarkPromise;
use super::{Budget, Random, suppress};
use std::collections::BTreeSet;

/// Tables that are looked at.
const TABLES: usize = 50;
/// Seeds that an attacker tries who does not know the true one.
const SEEDS: u64 = 16;
/// Tables that fit; where there are more, all of them cannot be tried.
const MOST: usize = 400;

/// Rows and columns.
type Size = (usize, usize);

/// Which cells are suppressed, inner ones first, with totals behind them; none where the mark may stand for 0 or there is no answer.
fn suppressed((rows, columns): Size, values: &[i64], seed: u64) -> Option<Vec<bool>> {
    let number = |at: usize| u32::try_from(at).unwrap();
    let dimension = |leaves: usize| Hierarchy {
        leaves: number(leaves),
        groups: (0..leaves)
            .map(|leaf| vec![number(leaf)])
            .chain([(0..leaves).map(number).collect()])
            .collect(),
    };
    let mut draft = Draft::new(Policy::new(5), vec![dimension(rows), dimension(columns)]);
    draft.seed(seed);
    let entries = values.iter().enumerate().map(|(at, value)| Entry {
        at: vec![number(at / columns), number(at % columns)],
        value: *value,
        ..Entry::default()
    });
    let measure = draft.measure(MeasureKind::Count, entries.collect());
    for row in 0..=rows {
        for column in 0..=columns {
            let cell = draft.cell(measure, &[number(row), number(column)]);
            draft.marked(cell, MarkPromise::NotZero.least());
        }
    }
    let problem = draft.finish().unwrap();
    let answer = suppress(&problem, Budget::default()).ok()?;
    Some(answer.status[..draft.listed()].iter().map(|status| *status != Status::Printed).collect())
}

/// Every table without a hidden nothing that agrees with what is printed; none where there are too many.
fn fitting((rows, columns): Size, values: &[i64], hidden: &[bool]) -> Option<Vec<Vec<i64>>> {
    let at = |row: usize, column: usize| row * (columns + 1) + column;
    let inside = |row: usize, column: usize| {
        (0..rows * columns).filter(move |cell| {
            (row == rows || cell / columns == row) && (column == columns || cell % columns == column)
        })
    };
    let sums: Vec<(i64, Vec<usize>)> = (0..=rows)
        .flat_map(|row| (0..=columns).map(move |column| (row, column)))
        .filter(|(row, column)| (*row == rows || *column == columns) && !hidden[at(*row, *column)])
        .map(|(row, column)| {
            (inside(row, column).map(|cell| values[cell]).sum(), inside(row, column).collect())
        })
        .collect();
    let open: Vec<usize> =
        (0..rows * columns).filter(|cell| hidden[at(cell / columns, cell % columns)]).collect();
    let most = sums.iter().map(|(sum, _)| *sum).max()?;
    let mut table = values.to_vec();
    open.iter().for_each(|cell| table[*cell] = 1);
    let mut found = Vec::new();
    fill(&mut table, &open, &sums, most, &mut found).then_some(found)
}

/// Gives every value to what is left to fill; whether all tables were found.
fn fill(
    table: &mut Vec<i64>,
    open: &[usize],
    sums: &[(i64, Vec<usize>)],
    most: i64,
    found: &mut Vec<Vec<i64>>,
) -> bool {
    let Some((cell, rest)) = open.split_first() else {
        let right =
            |(sum, inside): &(i64, Vec<usize>)| inside.iter().map(|cell| table[*cell]).sum::<i64>() == *sum;
        if sums.iter().all(right) {
            found.push(table.clone());
        }
        return found.len() <= MOST;
    };
    for value in 1..=most {
        table[*cell] = value;
        if sums.iter().any(|(sum, inside)| inside.iter().map(|cell| table[*cell]).sum::<i64>() > *sum) {
            break;
        }
        if !fill(table, rest, sums, most, found) {
            return false;
        }
    }
    table[*cell] = 1;
    true
}

/// What is left of the tables that fit, and how many small counts keep fewer than five values, or one.
#[derive(Default)]
struct Told {
    fit: usize,
    remain: usize,
    small: usize,
    few: usize,
    exact: usize,
}

impl Told {
    fn add(&mut self, truth: &[i64], fit: usize, kept: &BTreeSet<Vec<i64>>) {
        self.fit += fit;
        self.remain += kept.len();
        for (cell, value) in truth.iter().enumerate().filter(|(_, value)| (1..5).contains(*value)) {
            let values: BTreeSet<i64> = kept.iter().map(|table| table[cell]).collect();
            self.small += 1;
            self.few += usize::from(values.len() < 5);
            self.exact += usize::from(values.len() == 1);
            assert!(values.contains(value), "the truth is one of them");
        }
    }
}

#[test]
#[ignore = "a measurement: minutes in an optimised build"]
#[expect(clippy::print_stdout, reason = "it is what the measurement is for")]
fn what_the_choice_tells() {
    let mut random = Random::new(2026);
    let mut told = [Told::default(), Told::default(), Told::default()];
    let mut used = 0;
    while used < TABLES {
        let size = (2 + random.below(3), 2 + random.below(2));
        let value = |random: &mut Random| match random.below(3) {
            0 => random.below(5),
            1 => 5 + random.below(6),
            _ => random.below(15),
        };
        let truth: Vec<i64> =
            (0..size.0 * size.1).map(|_| i64::try_from(value(&mut random)).unwrap()).collect();
        let seed = random.next() | 1;
        let tables = |seed: u64| {
            let hidden = suppressed(size, &truth, seed)?;
            let tables = fitting(size, &truth, &hidden)?;
            (tables.len() > 1 && hidden.contains(&true)).then_some((hidden, tables))
        };
        let (Some(without), Some(with)) = (tables(0), tables(seed)) else { continue };
        used += 1;
        let others: Vec<u64> = (0..SEEDS).map(|_| random.next() | 1).collect();
        let ways = [(&without, vec![0]), (&with, vec![seed]), (&with, others)];
        for (told, ((hidden, fit), seeds)) in told.iter_mut().zip(ways) {
            let same = |table: &&Vec<i64>| {
                **table == truth
                    || seeds.iter().any(|seed| suppressed(size, table, *seed).as_ref() == Some(hidden))
            };
            let kept: BTreeSet<Vec<i64>> = fit.iter().filter(same).cloned().collect();
            told.add(&truth, fit.len(), &kept);
        }
    }
    for (name, one) in ["no seed", "a known seed", "a secret seed"].iter().zip(told) {
        let Told { fit, remain, small, few, exact } = one;
        println!(
            "{name}: {used} tables, {fit} fit what is printed, {remain} remain; of {small} small counts {few} keep fewer than five \
             values, {exact} one"
        );
    }
}
