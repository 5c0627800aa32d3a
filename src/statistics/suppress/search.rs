//! Moves: finding them, keeping them, and knowing which cells they guard.
//!
//! Refuses: going on beyond the limit of work.
//! Invariant: every move in the pool keeps leaves at 0 or more and changes no cell that is known to be empty.

use super::super::problem::{CellId, Need, Pin, Problem};
use super::super::solver::{Ask, Price, Reply, cheapest, real};
use super::hood::hood;
use super::{Random, goals};
use std::collections::{BTreeMap, HashMap};

/// A change of the table.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// Leaves, ascending, and how much they change.
    pub(super) leaves: Vec<(u32, i64)>,
    /// Cells that change, ascending, and how much.
    pub(super) cells: Vec<(u32, i64)>,
}

pub(super) struct Search<'p> {
    pub(super) problem: &'p Problem,
    pub(super) of: Vec<Vec<u32>>,
    /// Sensitive cells, largest first.
    pub(super) needy: Vec<CellId>,
    pub(super) cost: Vec<f64>,
    /// By cell: in 64ths, how much dearer the seed makes it. What costs nothing is left suppressed where it was of use.
    pub(super) whim: Vec<u8>,
    /// Cells that must not be hidden for the time being.
    pub(super) forbidden: Vec<bool>,
    /// Cells that should be printed may be hidden after all.
    pub(super) relaxed: bool,
    /// No answer has so many holes.
    pub(super) most_holes: usize,
    /// Proofs are worth a long search.
    pub(super) long: bool,
    pub(super) pool: Vec<Move>,
    /// By cell: moves that change it, and by how much.
    pub(super) moved_by: Vec<Vec<(u32, i64)>>,
    known: HashMap<Vec<(u32, i64)>, usize>,
    /// Moves that were looked at, which is work too.
    looks: std::cell::Cell<u64>,
    pub(super) work: u64,
    pub(super) limit: u64,
}

/// Leaves that are looked at together: first few, then more, in the end all.
pub(super) const HOODS: [usize; 4] = [100, 300, 1000, LAST];
/// Where more cells are sensitive, what is hidden for others is close by: the first look is a narrow one.
const MANY: usize = 60;
const LAST: usize = usize::MAX;
/// Steps to find one.
const HOOD: u64 = 1000;
/// One cell in so many costs nothing.
const FREE: usize = 6;
/// In 64ths, how much dearer a cell may be.
const DEARER: usize = 48;
/// How often a move is asked for with other prices.
const ROUNDS: usize = 4;
/// Up to so many leaves, they are all looked at together in the end.
const ALL: usize = 6000;

impl<'p> Search<'p> {
    pub(super) fn new(problem: &'p Problem) -> Self {
        let mut needy: Vec<CellId> =
            (0..problem.cells.len()).filter(|id| problem.cells[*id].sensitive()).collect();
        // What is hidden for listed cells is of use to those that follow from them.
        needy.sort_by_key(|id| {
            let cell = &problem.cells[*id];
            (!cell.listed, std::cmp::Reverse(cell.value), *id)
        });
        let whim = whim(problem);
        let cost = problem.cells.iter().zip(&whim).map(|(cell, whim)| {
            // One more hole is what counts. Among equals, sums and great numbers tell readers more; nothing covers least.
            let sum = real(i64::try_from(cell.leaves.len()).unwrap_or(i64::MAX)).log2().min(10.0);
            let nothing = if cell.value == 0 { 0.15 } else { 0.0 };
            let wish = if cell.pin == Some(Pin::MustPrint) { 40.0 } else { 1.0 };
            f64::from(cell.weight) * wish * (1.0 + 0.015 * sum + nothing) * f64::from(*whim) / 64.0
        });
        Self {
            problem,
            of: problem.cells_of_leaves(),
            needy,
            cost: cost.collect(),
            whim,
            forbidden: vec![false; problem.cells.len()],
            relaxed: false,
            most_holes: usize::MAX,
            long: false,
            pool: Vec::new(),
            moved_by: vec![Vec::new(); problem.cells.len()],
            known: HashMap::new(),
            looks: std::cell::Cell::new(0),
            work: 0,
            limit: u64::MAX,
        }
    }

    /// Sensitive cells and those that were hidden before. Cells that are not listed count as hidden.
    pub(super) fn hidden_anyway(&self) -> Vec<bool> {
        let cells = self.problem.cells.iter();
        cells.map(|cell| !cell.listed || cell.sensitive() || cell.pin == Some(Pin::Hidden)).collect()
    }

    /// Whether there are cells that should be printed but need not.
    pub(super) fn has_wishes(&self) -> bool {
        self.problem.cells.iter().any(|cell| cell.pin == Some(Pin::MustPrint) && !cell.sensitive())
    }

    /// Whether a cell may be hidden to guard others.
    pub(super) fn eligible(&self, id: CellId) -> bool {
        let cell = &self.problem.cells[id];
        let wish = cell.pin != Some(Pin::MustPrint) || self.relaxed;
        let honest = cell.value >= cell.least;
        cell.listed && honest && cell.pin != Some(Pin::Printed) && wish && !self.forbidden[id]
    }

    /// Hides what it takes to guard all sensitive cells. Gives those that could not be guarded.
    pub(super) fn guard(&mut self, hidden: &mut [bool]) -> Vec<CellId> {
        let order = self.needy.clone();
        let mut failed: Vec<CellId> = Vec::new();
        for (nth, cell) in order.into_iter().enumerate() {
            if !self.protect(cell, hidden, true) {
                failed.push(cell);
            }
            // What is hidden in vain will be printed again, but not that much.
            if nth % 16 == 15 && (self.tired() || self.holes(hidden) > self.most_holes) {
                failed.extend(self.needy.iter().skip(nth + 1));
                return failed;
            }
        }
        if failed.is_empty() && self.problem.insiders {
            failed = self.guard_insiders(hidden, true);
        }
        failed
    }

    /// How many figures that are not 0 are hidden.
    pub(super) fn holes(&self, hidden: &[bool]) -> usize {
        self.problem
            .cells
            .iter()
            .zip(hidden)
            .filter(|(cell, hidden)| cell.listed && cell.value > 0 && **hidden)
            .count()
    }

    /// Whether a cell is guarded, or can be with what is hidden already.
    pub(super) fn prove(&mut self, cell: CellId, hidden: &[bool]) -> bool {
        let mut same = hidden.to_vec();
        self.protect(cell, &mut same, false)
    }

    /// Whether a cell can be guarded by moves that change hidden cells only: as far up as needed, and the rest down.
    fn stretch(&mut self, cell: CellId, hidden: &[bool], size: usize) -> bool {
        let Some(need) = self.problem.cells[cell].need else { return true };
        let leaves = self.hood(&[cell], size, hidden);
        for up in [true, false] {
            let (low, high) = self.open(cell, hidden);
            if need.met(low, high) {
                return true;
            }
            let goal = match (need, up) {
                (Need::Width(width), true) => width + low,
                (Need::Width(width), false) => high - width,
                (Need::Interval { up, .. }, true) => up,
                (Need::Interval { down, .. }, false) => -down,
            };
            if goal != 0
                && let Some(change) = self.ask(&[(cell, Price::Toward(goal))], &leaves, hidden, &[]).change
                && !change.is_empty()
            {
                self.keep(change);
            }
        }
        self.met(cell, hidden)
    }

    /// Guards one cell; hides more for it if that is allowed.
    pub(super) fn protect(&mut self, cell: CellId, hidden: &mut [bool], more: bool) -> bool {
        let Some(need) = self.problem.cells[cell].need else { return true };
        let (low, high) = self.open(cell, hidden);
        if need.met(low, high) {
            return true;
        }
        if !more {
            // A proof with what is hidden is close by, or not worth a long search.
            return self.stretch(cell, hidden, if self.long { LAST } else { HOODS[1] });
        }
        if !self.problem.cells[cell].listed && self.stretch(cell, hidden, HOODS[1]) {
            return true;
        }
        for size in HOODS.into_iter().skip(usize::from(self.needy.len() <= MANY)) {
            let leaves = self.hood(&[cell], size, hidden);
            if self.spent() + look(leaves.len()) > self.limit {
                self.work = self.work.max(self.limit);
                return false;
            }
            let last = leaves.len() == self.problem.leaves.len() || size == LAST;
            for (nth, goals) in goals(need, self.problem.cells[cell].room(), low, high).iter().enumerate() {
                // Splitting the range is for the last, widest look: it seldom helps where nothing else does.
                if nth > 1 && !last {
                    break;
                }
                if self.reach(cell, goals, None, &leaves, hidden, more) {
                    return true;
                }
                if self.tired() {
                    return false;
                }
            }
            if last {
                break;
            }
        }
        false
    }

    /// Finds one move for each goal, or leaves everything as it was.
    pub(super) fn reach(
        &mut self,
        cell: CellId,
        goals: &[i64],
        still: Option<CellId>,
        leaves: &[u32],
        hidden: &mut [bool],
        more: bool,
    ) -> bool {
        let mut newly: Vec<usize> = Vec::new();
        for goal in goals {
            let fixed = [Some((cell, Price::By(*goal))), still.map(|still| (still, Price::By(0)))];
            let fixed: Vec<(CellId, Price)> = fixed.into_iter().flatten().collect();
            let Some(at) = self.thrifty(&fixed, leaves, hidden, more) else {
                newly.iter().for_each(|cell| hidden[*cell] = false);
                return false;
            };
            for (cell, _) in &self.pool[at].cells {
                if !std::mem::replace(&mut hidden[*cell as usize], true) {
                    newly.push(*cell as usize);
                }
            }
        }
        true
    }

    /// A move that changes some cells as asked and hides few others. A linear program counts how much cells change, not
    /// how many do; so it is asked again, with lower prices for what changes much and higher ones for the rest.
    fn thrifty(
        &mut self,
        fixed: &[(CellId, Price)],
        leaves: &[u32],
        hidden: &[bool],
        more: bool,
    ) -> Option<usize> {
        let mut factors = vec![1.0; if more { self.problem.cells.len() } else { 0 }];
        let mut best: Option<(f64, usize)> = None;
        let by = |price: &Price| if let Price::By(by) = price { by.abs() } else { 0 };
        let far = fixed.iter().map(|(_, price)| by(price)).max().unwrap_or(1).max(1);
        let rounds = if !more {
            1
        } else if self.needy.len() > MANY {
            2
        } else {
            ROUNDS
        };
        for _ in 0..rounds {
            let Some(change) = self.ask(fixed, leaves, hidden, &factors).change else { break };
            let at = self.keep(change);
            let cells = self.pool[at].cells.iter().filter(|(cell, _)| !hidden[*cell as usize]);
            let (mut price, mut new) = (0.0, 0);
            for (cell, _) in cells.clone() {
                price += self.cost[*cell as usize];
                new += 1;
            }
            if best.is_some_and(|(lowest, _)| price >= lowest - 1e-9) {
                break;
            }
            best = Some((price, at));
            if new <= 1 {
                break;
            }
            factors.fill(1.0 / 0.25);
            for (cell, by) in cells {
                factors[*cell as usize] = 1.0 / (0.25 + real(by.abs()) / real(far));
            }
        }
        best.map(|(_, at)| at)
    }

    /// The cheapest move that changes some cells as asked. With factors for prices, it may change cells that are printed.
    fn ask(&mut self, fixed: &[(CellId, Price)], leaves: &[u32], hidden: &[bool], factors: &[f64]) -> Reply {
        let price = |id: usize| {
            if let Some((_, price)) = fixed.iter().find(|(cell, _)| *cell == id) {
                *price
            } else if hidden[id] {
                Price::Free
            } else if let Some(factor) = factors.get(id)
                && self.eligible(id)
            {
                Price::Each(self.cost[id] * factor)
            } else {
                Price::Closed
            }
        };
        let ask = Ask { problem: self.problem, of: &self.of, leaves, whole: true };
        let reply = cheapest(&ask, &price);
        self.work += reply.work;
        reply
    }

    /// Puts a move into the pool.
    pub(super) fn keep(&mut self, leaves: Vec<(u32, i64)>) -> usize {
        if let Some(at) = self.known.get(&leaves) {
            return *at;
        }
        let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
        for (leaf, by) in &leaves {
            for cell in &self.of[*leaf as usize] {
                *sums.entry(*cell).or_default() += by;
            }
        }
        let cells: Vec<(u32, i64)> = sums.into_iter().filter(|(_, by)| *by != 0).collect();
        let at = u32::try_from(self.pool.len()).expect("work is limited, and so are moves");
        for (cell, by) in &cells {
            self.moved_by[*cell as usize].push((at, *by));
        }
        self.known.insert(leaves.clone(), self.pool.len());
        self.pool.push(Move { leaves, cells });
        self.pool.len() - 1
    }

    /// Whether a move changes hidden cells only.
    pub(super) fn fits(&self, at: u32, hidden: &[bool]) -> bool {
        self.looks.set(self.looks.get() + 1);
        self.pool[at as usize].cells.iter().all(|(cell, _)| hidden[*cell as usize])
    }

    /// Whether the work that was allowed is done.
    pub(super) fn tired(&self) -> bool {
        self.spent() >= self.limit
    }

    /// Work so far. A step is about a quarter of a microsecond.
    pub(super) fn spent(&self) -> u64 {
        self.work + self.looks.get() / 10
    }

    /// Leaves around some cells: a box, or all where that is feasible and asked for.
    pub(super) fn hood(&mut self, cells: &[CellId], size: usize, hidden: &[bool]) -> Vec<u32> {
        let size = if size == LAST { ALL } else { size };
        self.work += HOOD;
        hood(self.problem, &self.of, hidden, cells, size)
    }
}

/// Whoever runs the program on every table that fits what is printed would learn which of them give the pattern of
/// suppressions that was published. So prices are not known outside: a seed makes cells dearer by up to half, and some cost
/// nothing at all, so that more is suppressed than the true figures need.
fn whim(problem: &Problem) -> Vec<u8> {
    let mut random = Random::new(problem.seed);
    let whim = problem.cells.iter().map(|_| match (problem.seed, random.below(FREE), random.below(DEARER)) {
        (0, ..) => 64,
        (_, 0, _) => 0,
        (_, _, dearer) => 64 + u8::try_from(dearer).unwrap_or(0),
    });
    whim.collect()
}

/// About how many steps a linear program over so many leaves takes.
fn look(leaves: usize) -> u64 {
    let leaves = leaves as u64;
    leaves * 4 * leaves.isqrt()
}
