//! Which cells to hide besides the sensitive ones, so that nobody works them out.
//!
//! Complementary cell suppression, by the attacker's own means: a cell is guarded when the table can be changed so that
//! everything printed stays, nothing becomes negative, and the cell moves far enough. A *move* is such a change. The search
//!
//! 1. takes the sensitive cells, largest first; where no move that is known already guards one, the cheapest move is asked
//!    for (a linear program in which changing a hidden cell is free), and what it changes is hidden (`search`);
//! 2. prints again what is hidden in vain, dearest first (`improve`);
//! 3. in small problems, looks for the fewest: a set that leaves some cell unguarded gives, by duality, a few printed cells
//!    of which one must be hidden; a smallest set that meets all these conditions and guards everything is optimal (`exact`);
//! 4. in larger ones, forbids parts of the answer in turn, repairs, and keeps what became better.
//!
//! The linear programs are solved in floating point by code that is not trusted. All that counts is the list of moves in
//! the end, which `audit` checks with integers.
//!
//! The model is that of Fischetti and Salazar, "Solving the cell suppression problem on tabular data with linear
//! constraints", *Management Science* 47 (2001); on the practice, Hundepool et al., *Statistical Disclosure Control* (2012).
//!
//! Refuses: tables with more holes than figures, and what it cannot prove.
//! Invariant: the same problem has the same answer; effort is counted in steps, never in time.

use super::problem::{CellId, Certificate, Need, Pin, Problem, Status, Witness};
use search::Search;
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod choice;
mod exact;
mod hood;
mod improve;
mod inner;
mod known;
mod persons;
mod proofs;
mod search;
#[cfg(test)]
mod tests;

pub use known::{given_away_by, known};

/// Changes with every change of answers, so that older ones are not taken from the cache.
pub const VERSION: u32 = 2;

/// How much effort is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Steps to find any answer.
    pub find: u64,
    /// Steps to find a better one; more where more is sensitive.
    pub improve: u64,
    /// From so many figures that are not 0, more holes than figures are refused.
    pub sparse_from: usize,
}

impl Default for Budget {
    /// About two seconds at most, and a quarter of a second as a rule, on one core of an office computer.
    fn default() -> Self {
        Self { find: 6_000_000, improve: 600_000, sparse_from: 200 }
    }
}

/// What to hide, and the proof that it is enough.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// By cell. Cells that are not listed are primary where they are sensitive.
    pub status: Vec<Status>,
    /// For the checker.
    pub certificate: Certificate,
    /// Whether it is proven that no answer hides fewer cells.
    pub optimal: bool,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Earlier releases print what would have to be hidden.
    Pinned {
        /// Sensitive cells that are open for good.
        cells: Vec<CellId>,
    },
    /// More of the figures that are not 0 would be hidden than printed.
    Sparse {
        /// How many would be hidden, at least.
        hidden: usize,
        /// Out of how many.
        figures: usize,
    },
    /// No proof was found within the budget, though there may be one.
    NotFound {
        /// Sensitive cells without proof.
        cells: Vec<CellId>,
    },
}

/// Finds what to suppress.
pub fn suppress(whole: &Problem, budget: Budget) -> Result<Answer, Refusal> {
    let inner = inner::inner(whole);
    let (problem, numbers) = without(whole, &inner.met);
    let old = |cells: Vec<CellId>| cells.into_iter().map(|cell| numbers[cell]).collect();
    let mut answer = searched(&problem, budget).map_err(|refusal| match refusal {
        Refusal::Pinned { cells } => Refusal::Pinned { cells: old(cells) },
        Refusal::NotFound { cells } => Refusal::NotFound { cells: old(cells) },
        refusal @ Refusal::Sparse { .. } => refusal,
    })?;
    let mut status: Vec<Status> = (whole.cells.iter())
        .map(|cell| if cell.sensitive() { Status::Primary } else { Status::Printed })
        .collect();
    for (cell, found) in numbers.iter().zip(&answer.status) {
        status[*cell] = *found;
    }
    answer.status = status;
    answer.certificate.witnesses.extend(inner.witnesses);
    Ok(answer)
}

/// The problem without cells that are not listed and need no more proof, and the old number of each cell of it.
fn without(problem: &Problem, met: &[bool]) -> (Problem, Vec<CellId>) {
    let keep = |id: &CellId| {
        let cell = &problem.cells[*id];
        cell.listed || cell.least > 0 || (cell.sensitive() && !met[*id])
    };
    let numbers: Vec<CellId> = (0..problem.cells.len()).filter(keep).collect();
    let cells = numbers.iter().map(|id| problem.cells[*id].clone()).collect();
    let mut rest =
        Problem { cells, leaves: problem.leaves.clone(), spaces: problem.spaces.clone(), ..*problem };
    for (cell, id) in rest.cells.iter_mut().zip(&numbers) {
        if met[*id] {
            cell.need = None;
        }
    }
    (rest, numbers)
}

fn searched(problem: &Problem, budget: Budget) -> Result<Answer, Refusal> {
    let pinned: Vec<CellId> = (problem.cells.iter().enumerate())
        .filter(|(_, cell)| cell.listed && cell.sensitive() && cell.pin == Some(Pin::Printed))
        .map(|(id, _)| id)
        .collect();
    if !pinned.is_empty() {
        return Err(Refusal::Pinned { cells: pinned });
    }
    let mut search = Search::new(problem);
    let first = search.hidden_anyway();
    let misleading = |id: &CellId| {
        let cell = &problem.cells[*id];
        cell.listed && first[*id] && cell.value < cell.least
    };
    let misleading: Vec<CellId> = (0..problem.cells.len()).filter(misleading).collect();
    if !misleading.is_empty() {
        return Err(Refusal::NotFound { cells: misleading });
    }
    not_sparse(problem, &first, budget)?;
    search.limit = budget.find;
    let figures = problem.cells.iter().filter(|cell| cell.listed && cell.value > 0).count();
    if figures >= budget.sparse_from {
        search.most_holes = figures * 2 / 3;
    }
    let hidden = match guarded(&mut search, &first) {
        Ok(hidden) => hidden,
        Err((_, holes)) if figures >= budget.sparse_from && holes * 2 > figures => {
            return Err(Refusal::Sparse { hidden: holes, figures });
        }
        Err((cells, _)) => return Err(refusal(problem, &first, cells)),
    };
    let listed = search.needy.iter().filter(|cell| problem.cells[**cell].listed).count();
    let share = listed.min(200) as u64;
    search.limit = search.spent() + budget.improve + budget.improve / 40 * share;
    let (hidden, optimal) = improve::better(&mut search, &first, hidden);
    not_sparse(problem, &hidden, budget)?;
    let status = (problem.cells.iter().zip(&hidden)).map(|(cell, hidden)| match (cell.sensitive(), hidden) {
        (true, _) => Status::Primary,
        (false, true) if cell.listed => Status::Secondary,
        _ => Status::Printed,
    });
    Ok(Answer { status: status.collect(), certificate: certificate(&search, &hidden), optimal })
}

/// Any answer: without touching what must be printed, and else with.
/// Otherwise what is not guarded, and how many figures are hidden by then.
fn guarded(search: &mut Search, first: &[bool]) -> Result<Vec<bool>, (Vec<CellId>, usize)> {
    let (mut cells, mut holes) = (Vec::new(), 0);
    for relaxed in [false, true] {
        search.relaxed = relaxed;
        let mut hidden = first.to_vec();
        cells = search.guard(&mut hidden);
        if cells.is_empty() {
            return Ok(hidden);
        }
        holes = search.holes(&hidden);
        if !search.has_wishes() || search.tired() {
            break;
        }
    }
    Err((cells, holes))
}

/// Why some cells cannot be guarded: are they open even when all that can be hidden is? What today's marks and amounts tell is
/// no fault of earlier releases, so it is left out of the question.
fn refusal(problem: &Problem, first: &[bool], cells: Vec<CellId>) -> Refusal {
    let mut all = first.to_vec();
    for (id, hidden) in all.iter_mut().enumerate() {
        *hidden |= problem.cells[id].listed && problem.cells[id].pin != Some(Pin::Printed);
    }
    let pinned = problem.cells.iter().any(|cell| cell.pin == Some(Pin::Printed));
    let past = known::before(problem);
    let mut search = Search::new(&past);
    search.limit = 200_000;
    search.long = true;
    let open: Vec<CellId> =
        cells.iter().copied().filter(|cell| pinned && !search.prove(*cell, &all)).collect();
    if open.is_empty() { Refusal::NotFound { cells } } else { Refusal::Pinned { cells: open } }
}

/// Whether enough figures are left. Nobody misses a nothing.
fn not_sparse(problem: &Problem, hidden: &[bool], budget: Budget) -> Result<(), Refusal> {
    let figures = || problem.cells.iter().zip(hidden).filter(|(cell, _)| cell.listed && cell.value > 0);
    let (all, gone) = (figures().count(), figures().filter(|(_, hidden)| **hidden).count());
    if all >= budget.sparse_from && gone * 2 > all {
        return Err(Refusal::Sparse { hidden: gone, figures: all });
    }
    Ok(())
}

/// The moves that guard something, as few as come to hand.
fn certificate(search: &Search, hidden: &[bool]) -> Certificate {
    let mut used = search.proofs(hidden);
    used.sort_unstable();
    used.dedup();
    let witnesses = used.into_iter().map(|at| Witness { differences: search.pool[at].leaves.clone() });
    Certificate { witnesses: witnesses.collect() }
}

/// What would have to be true of a cell that may fall by `room`: differences to its value that must be possible, all of
/// them. One such list is enough.
fn goals(need: Need, room: i64, low: i64, high: i64) -> Vec<Vec<i64>> {
    match need {
        Need::Interval { down, up } => {
            let mut all = Vec::new();
            if high < up {
                all.push(up);
            }
            if -low < down {
                all.push(-down);
            }
            vec![all]
        }
        Need::Width(width) => {
            // What is known to be open on one side makes the other side's task smaller.
            let mut lists = vec![vec![width + low]];
            let below = width - high;
            if below <= room {
                lists.push(vec![-below]);
            }
            lists.extend((1..=room.min(width - 1)).rev().map(|below| vec![-below, width - below]));
            lists
        }
    }
}

/// Numbers without pattern, the same every time.
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        // No seed leads to 0, where it would stay.
        Self((seed ^ 0x9E37_79B9_7F4A_7C15).max(1))
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end as u64)).expect("it is below a number of that type")
    }
}

/// A number below 64 as a share of 64.
fn real_share(of: usize) -> f64 {
    f64::from(u8::try_from(of).unwrap_or(64)) / 64.0
}
