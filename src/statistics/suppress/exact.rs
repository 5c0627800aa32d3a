//! The fewest cells to hide, in small problems.
//!
//! A set of hidden cells that leaves something unguarded yields a condition: of the printed cells that bound it, at least
//! one must be hidden. The cheapest set that meets all conditions so far is tried next. When it guards everything, no
//! cheaper set does.
//!
//! Refuses: problems with too many cells to choose from.
//! Invariant: an answer that it calls optimal is so if the bounds of the solver are right; whether it is safe does not depend on that.

use super::super::problem::{CellId, Need, Pin};
use super::super::solver::bound::{Bounds, bounds};
use super::super::solver::real;
use super::improve::tidy;
use super::search::Search;

/// Most cells to choose from; a set of them is a number of so many bits.
const CHOICES: usize = 128;
const LEAVES: usize = 500;
/// Most sets that are looked at for one cheapest set.
const NODES: u64 = 10_000;

/// What became of the look at one cell.
enum Look {
    Guarded,
    /// One of these must be hidden.
    Condition(u128),
    Unclear,
}

struct Exact<'s, 'p> {
    search: &'s mut Search<'p>,
    choices: Vec<CellId>,
    prices: Vec<u64>,
    conditions: Vec<u128>,
}

/// The cheapest answer, or the one that is known; and whether it is proven to be the cheapest.
pub(super) fn fewest(search: &mut Search, first: &[bool], known: Vec<bool>) -> (Vec<bool>, bool) {
    let choices: Vec<CellId> = (0..first.len()).filter(|id| !first[*id] && search.eligible(*id)).collect();
    if choices.len() > CHOICES || search.problem.leaves.len() > LEAVES {
        return (known, false);
    }
    let prices = choices.iter().map(|id| {
        let cell = &search.problem.cells[*id];
        let wish = if cell.pin == Some(Pin::MustPrint) { 40 } else { 1 };
        let sum = u64::from(cell.leaves.len() > 1) + u64::from(cell.leaves.len() > 12);
        let price = u64::from(cell.weight) * wish * 16 + sum + if cell.value == 0 { 2 } else { 0 };
        price * u64::from(search.whim[*id])
    });
    let mut exact = Exact { prices: prices.collect(), choices, search, conditions: Vec::new() };
    exact.run(first, known)
}

impl Exact<'_, '_> {
    fn run(&mut self, first: &[bool], known: Vec<bool>) -> (Vec<bool>, bool) {
        let mut best = known;
        let mut lowest = self.price(self.set(&best));
        let mut certain = true;
        for round in 1_u32.. {
            let (cheapest, nodes) = cheapest_set(&self.conditions, &self.prices, lowest);
            self.search.work += nodes * (self.conditions.len() as u64 + 20) / 20;
            let set = match cheapest {
                Cheapest::Set(set) => set,
                Cheapest::None => return (best, certain),
                Cheapest::TooLong => break,
            };
            let mut hidden = self.with(first, set);
            let before = self.conditions.len();
            let clear = self.look(&mut hidden);
            if self.search.tired() {
                break;
            }
            if self.conditions.len() == before {
                if clear {
                    return (hidden, certain);
                }
                // Whatever guards it hides something else as well; that much is certain only if this set does not do.
                certain = false;
                self.conditions.push(self.all() & !set);
            } else if clear && round.is_power_of_two() {
                let tidied = tidy(self.search, first, hidden);
                let price = self.price(self.set(&tidied));
                if price < lowest {
                    (best, lowest) = (tidied, price);
                }
            }
        }
        (best, false)
    }

    /// Looks at everything sensitive; adds conditions, and hides what they name so that the next ones are of other cells.
    /// Tells whether what is hidden then guards everything.
    fn look(&mut self, hidden: &mut [bool]) -> bool {
        let mut clear = true;
        for cell in self.search.needy.clone() {
            clear &= self.until_guarded(cell, None, hidden);
        }
        if self.search.problem.insiders {
            let cells = &self.search.problem.cells;
            let counts = |id: &CellId| cells[*id].listed && cells[*id].count && cells[*id].sensitive();
            let others: Vec<CellId> = (0..cells.len()).filter(counts).collect();
            let persons: Vec<CellId> = others.iter().copied().filter(|id| cells[*id].value == 1).collect();
            for person in persons {
                for other in others.iter().filter(|other| **other != person) {
                    clear &= self.until_guarded(*other, Some(person), hidden);
                }
            }
        }
        clear
    }

    fn until_guarded(&mut self, cell: CellId, person: Option<CellId>, hidden: &mut [bool]) -> bool {
        loop {
            if self.search.tired() {
                return false;
            }
            match self.guarded(cell, person, hidden) {
                Look::Guarded => return true,
                Look::Unclear => return false,
                Look::Condition(set) => {
                    self.conditions.push(set);
                    for (at, id) in self.choices.iter().enumerate() {
                        hidden[*id] |= set >> at & 1 == 1;
                    }
                }
            }
        }
    }

    fn guarded(&mut self, cell: CellId, person: Option<CellId>, hidden: &[bool]) -> Look {
        let known = match person {
            None => self.search.met(cell, hidden),
            Some(person) => self.search.open_to(person, cell, hidden),
        };
        if known {
            return Look::Guarded;
        }
        let value = self.search.problem.value(cell);
        let need = match person {
            None => self.search.problem.cells[cell].need.unwrap_or(Need::Width(0)),
            Some(_) => Need::Width(1),
        };
        let mut printed: Vec<CellId> =
            (0..hidden.len()).filter(|id| !hidden[*id] && self.search.problem.cells[*id].listed).collect();
        printed.extend(person);
        let others: Vec<CellId> = (0..hidden.len())
            .filter(|id| {
                let known = &self.search.problem.cells[*id];
                hidden[*id] && known.least > 0 && known.value >= known.least && Some(*id) != person
            })
            .collect();
        let found = self.bounds(cell, &printed, &others);
        if possible(need, value, &found) {
            let guarded = match person {
                None => self.search.prove(cell, hidden),
                Some(person) => self.search.prove_to(person, cell, hidden),
            };
            return if guarded { Look::Guarded } else { Look::Unclear };
        }
        // Fewer reasons make a stronger condition.
        let mut reasons = found.reasons;
        for id in reasons.clone() {
            if !self.choices.contains(&id) || reasons.len() > 40 {
                continue;
            }
            let fewer: Vec<CellId> = reasons.iter().copied().filter(|reason| *reason != id).collect();
            let found = self.bounds(cell, &fewer, &others);
            if !possible(need, value, &found) {
                reasons = fewer;
            }
        }
        let set = self.choices.iter().enumerate().filter(|(_, id)| reasons.contains(id));
        let set = set.fold(0, |set, (at, _)| set | 1 << at);
        if set == 0 { Look::Unclear } else { Look::Condition(set) }
    }

    fn bounds(&mut self, cell: CellId, printed: &[CellId], others: &[CellId]) -> Bounds {
        let found = bounds(self.search.problem, &self.search.of, cell, printed, others);
        self.search.work += found.work;
        found
    }

    fn all(&self) -> u128 {
        (0..self.choices.len()).fold(0, |set, at| set | 1 << at)
    }

    fn set(&self, hidden: &[bool]) -> u128 {
        let chosen = self.choices.iter().enumerate().filter(|(_, id)| hidden[**id]);
        chosen.fold(0, |set, (at, _)| set | 1 << at)
    }

    fn with(&self, first: &[bool], set: u128) -> Vec<bool> {
        let mut hidden = first.to_vec();
        for (at, id) in self.choices.iter().enumerate() {
            hidden[*id] |= set >> at & 1 == 1;
        }
        hidden
    }

    fn price(&self, set: u128) -> u64 {
        price(&self.prices, set)
    }
}

/// Whether bounds leave a cell uncertain enough.
fn possible(need: Need, value: i64, found: &Bounds) -> bool {
    match need {
        Need::Width(width) => (found.high + 1e-6).floor() - (found.low - 1e-6).ceil() >= real(width),
        Need::Interval { down, up } => {
            found.low <= real(value - down) + 1e-6 && found.high >= real(value + up) - 1e-6
        }
    }
}

fn price(prices: &[u64], set: u128) -> u64 {
    prices.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1).map(|(_, price)| price).sum()
}

/// The outcome of a search for a set.
enum Cheapest {
    Set(u128),
    /// No set costs less than what is known.
    None,
    TooLong,
}

/// The cheapest set that shares something with every condition and costs less than `below`; how many sets were looked at.
fn cheapest_set(conditions: &[u128], prices: &[u64], below: u64) -> (Cheapest, u64) {
    struct Choice<'c> {
        prices: &'c [u64],
        best: Option<u128>,
        below: u64,
        nodes: u64,
    }
    impl Choice<'_> {
        fn go(&mut self, conditions: &[u128], set: u128, spent: u64, out: u128) -> Option<()> {
            self.nodes += 1;
            if self.nodes > NODES {
                return None;
            }
            let mut open: Vec<u128> = Vec::with_capacity(conditions.len());
            for condition in conditions.iter().filter(|condition| *condition & set == 0) {
                if condition & !out == 0 {
                    return Some(());
                }
                open.push(condition & !out);
            }
            open.sort_unstable_by_key(|condition| (condition.count_ones(), *condition));
            // Conditions without anything in common each cost at least their cheapest.
            let (mut least, mut seen) = (spent, 0_u128);
            for condition in &open {
                if condition & seen == 0 {
                    seen |= condition;
                    least += bits(*condition).map(|at| self.prices[at]).min().unwrap_or(0);
                }
            }
            if least >= self.below {
                return Some(());
            }
            let Some(&narrowest) = open.first() else {
                (self.best, self.below) = (Some(set), spent);
                return Some(());
            };
            let mut choices: Vec<usize> = bits(narrowest).collect();
            let meets = |at: usize| open.iter().filter(|condition| *condition >> at & 1 == 1).count();
            choices.sort_by_cached_key(|at| (std::cmp::Reverse(meets(*at)), self.prices[*at], *at));
            let mut out = out;
            for at in choices {
                self.go(&open, set | 1 << at, spent + self.prices[at], out)?;
                out |= 1 << at;
            }
            Some(())
        }
    }
    let mut choice = Choice { prices, best: None, below, nodes: 0 };
    let cheapest = match (choice.go(conditions, 0, 0, 0), choice.best) {
        (None, _) => Cheapest::TooLong,
        (Some(()), None) => Cheapest::None,
        (Some(()), Some(set)) => Cheapest::Set(set),
    };
    (cheapest, choice.nodes)
}

fn bits(set: u128) -> impl Iterator<Item = usize> {
    (0..128).filter(move |at| set >> at & 1 == 1)
}
