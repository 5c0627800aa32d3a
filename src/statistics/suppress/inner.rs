//! Witnesses that change no listed cell at all, for cells that no table lists.
//!
//! Most of what linked tables tell apart is told by none of them: the cases of one village, kind and month, where tables show
//! two of these at a time. Such a cell moves while everything listed stays, along the corners of a box: more at one corner,
//! less at its neighbours, more at theirs. A witness made of many such boxes proves many cells at once, and holds whatever is
//! suppressed. So these cells need no linear program, and the search need not know of them.
//!
//! Refuses: nothing; what it cannot prove so is left to the search.
//! Invariant: no leaf goes below 0, no listed cell changes, and the same problem has the same witnesses.

use super::super::problem::{CellId, Need, Problem, Space, Witness};
use super::Random;
use std::collections::HashMap;

/// Witnesses at most.
const WITNESSES: usize = 16;
/// Boxes that are tried for a cell and a witness.
const TRIES: usize = 40;
/// Rounds with no more tries than that.
const EASY: usize = 6;
/// Classes that are tried for a side of a box.
const PARTNERS: usize = 5;
/// Corners that are looked at in all.
const CORNERS: u64 = 12_000_000;

/// What was found.
pub(super) struct Inner {
    pub(super) witnesses: Vec<Witness>,
    /// By cell: whether it needs no more proof.
    pub(super) met: Vec<bool>,
    /// Corners that were looked at.
    pub(super) work: u64,
}

struct Walk<'p> {
    problem: &'p Problem,
    /// Cells to prove.
    needy: Vec<CellId>,
    /// By leaf: cells that must not change.
    still: Vec<Vec<u32>>,
    /// By leaf: cells to prove, as indices of `needy`.
    of: Vec<Vec<u32>>,
    /// Of the table that is being made: how much leaves and cells differ from the true one.
    leaves: Vec<i64>,
    moved: Vec<i64>,
    /// By cell to prove: the range that is proven.
    open: Vec<(i64, i64)>,
    /// Sums over the corners of a box, cleared after use.
    sums: Vec<i64>,
    /// By space, dimension and class: classes close by.
    closest: HashMap<(u32, usize, u32), std::rc::Rc<[u32]>>,
    /// By space and dimensions of a box: how often it was tried, and how often it led somewhere.
    kinds: HashMap<(u32, u32), (u64, u64)>,
    random: Random,
    work: u64,
}

/// Looks for witnesses.
pub(super) fn inner(problem: &Problem) -> Inner {
    let needy: Vec<CellId> = (0..problem.cells.len())
        .filter(|id| !problem.cells[*id].listed && problem.cells[*id].sensitive())
        .collect();
    let mut found = Inner { witnesses: Vec::new(), met: vec![false; problem.cells.len()], work: 0 };
    if needy.is_empty() {
        return found;
    }
    let mut walk = Walk::new(problem, needy);
    let mut vain = 0;
    for round in 0..WITNESSES {
        let open = walk.unmet();
        // Once up and once down without any gain, and there is none.
        if walk.work > CORNERS || open == 0 || (vain > 1 && (found.witnesses.is_empty() || round > EASY + 1))
        {
            break;
        }
        // Those that are left are hard, and few.
        let tries = if round < EASY { TRIES } else { TRIES * 8 };
        found.witnesses.extend(walk.round(round % 2 == 0, tries));
        vain = if walk.unmet() == open { vain + 1 } else { 0 };
    }
    for at in 0..walk.needy.len() {
        found.met[walk.needy[at]] = walk.met(at);
    }
    found.work = walk.work;
    found
}

impl<'p> Walk<'p> {
    fn new(problem: &'p Problem, needy: Vec<CellId>) -> Self {
        let (mut still, mut of) =
            (vec![Vec::new(); problem.leaves.len()], vec![Vec::new(); problem.leaves.len()]);
        let number =
            |at: usize| u32::try_from(at).expect("a problem has fewer than four thousand million cells");
        for (id, cell) in problem.cells.iter().enumerate().filter(|(_, cell)| cell.listed || cell.least > 0) {
            cell.leaves.iter().for_each(|leaf| still[*leaf as usize].push(number(id)));
        }
        for (at, id) in needy.iter().enumerate() {
            problem.cells[*id].leaves.iter().for_each(|leaf| of[*leaf as usize].push(number(at)));
        }
        Self {
            problem,
            still,
            of,
            leaves: vec![0; problem.leaves.len()],
            moved: vec![0; needy.len()],
            open: vec![(0, 0); needy.len()],
            sums: vec![0; problem.cells.len()],
            closest: HashMap::new(),
            kinds: HashMap::new(),
            random: Random::new(problem.seed),
            work: 0,
            needy,
        }
    }

    fn enough(&self, cell: CellId, (low, high): (i64, i64)) -> bool {
        self.problem.cells[cell].need.is_none_or(|need| need.met(low, high))
    }

    fn met(&self, at: usize) -> bool {
        self.enough(self.needy[at], self.open[at])
    }

    fn unmet(&self) -> usize {
        (0..self.needy.len()).filter(|at| !self.met(*at)).count()
    }

    /// Whether a cell is proven with the table that is being made.
    fn will_be_met(&self, at: usize) -> bool {
        let ((low, high), moved) = (self.open[at], self.moved[at]);
        self.enough(self.needy[at], (low.min(moved), high.max(moved)))
    }

    /// One more table: cells that are not proven yet go up in it, or down.
    fn round(&mut self, up: bool, tries: usize) -> Option<Witness> {
        self.leaves.fill(0);
        self.moved.fill(0);
        let first = self.random.below(self.needy.len());
        for nth in 0..self.needy.len() {
            let at = (first + nth) % self.needy.len();
            for _ in 0..tries {
                if self.will_be_met(at) || self.work > CORNERS {
                    break;
                }
                self.try_box(at, up);
            }
        }
        for (open, moved) in self.open.iter_mut().zip(&self.moved) {
            *open = (open.0.min(*moved), open.1.max(*moved));
        }
        let differences: Vec<(u32, i64)> =
            (0..).zip(&self.leaves).filter(|(_, by)| **by != 0).map(|(leaf, by)| (leaf, *by)).collect();
        (!differences.is_empty()).then_some(Witness { differences })
    }

    /// Moves a cell along a box, if that is possible.
    fn try_box(&mut self, at: usize, up: bool) {
        let cell = &self.problem.cells[self.needy[at]];
        let Some(need) = cell.need else { return };
        let Some(space) = self.problem.space(self.needy[at]) else { return };
        let leaf = cell.leaves[self.random.below(cell.leaves.len())];
        let Some(sides) = self.sides(space) else { return };
        self.kinds.entry((space.start, sides)).or_insert((0, 0)).0 += 1;
        let Some(corners) = self.corners(space, leaf, up, sides) else { return };
        self.work += corners.len() as u64;
        let net: i64 = corners
            .iter()
            .filter(|(leaf, _)| self.of[*leaf as usize].iter().any(|own| *own as usize == at))
            .map(|(_, sign)| *sign)
            .sum();
        if net == 0 || (net > 0) != up || !self.listed_stay(&corners) {
            return;
        }
        let (low, high) = self.open[at];
        let goal = match (need, up) {
            (Need::Width(width), true) => width + low,
            (Need::Width(width), false) => width - high,
            (Need::Interval { up, .. }, true) => up,
            (Need::Interval { down, .. }, false) => down,
        };
        let mut far = (goal - self.moved[at].abs()).max(1);
        for (leaf, sign) in &corners {
            let known = &self.problem.leaves[*leaf as usize];
            if known.empty {
                return;
            }
            if *sign < 0 {
                far = far.min(known.value + self.leaves[*leaf as usize]);
            }
        }
        if far <= 0 {
            return;
        }
        self.kinds.entry((space.start, sides)).or_insert((0, 0)).1 += 1;
        for (leaf, sign) in corners {
            self.leaves[leaf as usize] += sign * far;
            for own in &self.of[leaf as usize] {
                self.moved[*own as usize] += sign * far;
            }
        }
    }

    /// The corners of a box with a leaf at one of them, with signs that alternate. Where something is to become less, something
    /// is there.
    fn corners(&mut self, space: &Space, leaf: u32, up: bool, sides: u32) -> Option<Vec<(u32, i64)>> {
        let classes = space.classes(leaf);
        let mut corners = vec![(leaf, if up { 1 } else { -1 })];
        if !up && self.now(leaf) == 0 {
            return None;
        }
        let mut stride = 1;
        for (at, (size, class)) in space.sizes.iter().zip(&classes).enumerate() {
            if sides >> at & 1 == 1 {
                let close = self.close(space, at, leaf, *class, stride);
                let mut found = None;
                for _ in 0..PARTNERS {
                    self.work += corners.len() as u64;
                    let other = if close.is_empty() || self.random.below(2) == 0 {
                        (class + 1 + u32::try_from(self.random.below(*size as usize - 1)).unwrap_or(0)) % size
                    } else {
                        close[self.random.below(close.len())]
                    };
                    let far =
                        corners.iter().map(|(leaf, sign)| (leaf - class * stride + other * stride, -sign));
                    let far: Vec<(u32, i64)> = far.collect();
                    if far.iter().all(|(leaf, sign)| *sign > 0 || self.now(*leaf) > 0) {
                        found = Some(far);
                        break;
                    }
                }
                corners.extend(found?);
            }
            stride *= size;
        }
        Some(corners)
    }

    /// Which dimensions have two classes in the next box: those that have led somewhere as a rule, any now and then. Tables that show two
    /// dimensions at a time need three; two are enough where tables have no dimension in common.
    fn sides(&mut self, space: &Space) -> Option<u32> {
        let long: Vec<u32> =
            (0..).zip(&space.sizes).filter(|(_, size)| **size > 1).map(|(at, _)| at).take(6).collect();
        let all: Vec<u32> = (1..1_u32 << long.len())
            .filter(|some| some.count_ones() > 1)
            .map(|some| {
                (0..)
                    .zip(&long)
                    .filter(|(bit, _)| some >> bit & 1 == 1)
                    .fold(0, |sides, (_, at)| sides | 1 << at)
            })
            .collect();
        if all.is_empty() {
            return None;
        }
        if self.random.below(4) == 0 {
            return Some(all[self.random.below(all.len())]);
        }
        let hope = |sides: &&u32| {
            let (tried, led) = self.kinds.get(&(space.start, **sides)).copied().unwrap_or((0, 0));
            // In thousandths, as if each had led somewhere once.
            (led + 1) * 1000 / (tried + 2)
        };
        all.iter().max_by_key(hope).copied()
    }

    /// The value of a leaf in the table that is being made.
    fn now(&self, leaf: u32) -> i64 {
        self.problem.leaves[leaf as usize].value + self.leaves[leaf as usize]
    }

    /// Of one dimension, the classes that share most listed cells with that of a leaf: those of its village group, kind, or
    /// quarter.
    fn close(&mut self, space: &Space, at: usize, leaf: u32, class: u32, stride: u32) -> std::rc::Rc<[u32]> {
        if let Some(close) = self.closest.get(&(space.start, at, class)) {
            return std::rc::Rc::clone(close);
        }
        let own = &self.still[leaf as usize];
        let shared = (0..space.sizes[at]).map(|other| {
            let there = &self.still[(leaf - class * stride + other * stride) as usize];
            if other == class {
                0
            } else {
                own.iter().filter(|cell| there.binary_search(cell).is_ok()).count()
            }
        });
        let shared: Vec<usize> = shared.collect();
        let most = shared.iter().copied().max().unwrap_or(0);
        let close = (0..).zip(&shared).filter(|(other, shared)| *other != class && **shared == most);
        let close: std::rc::Rc<[u32]> = close.map(|(other, _)| other).collect();
        self.work += u64::from(space.sizes[at]) * 4;
        self.closest.insert((space.start, at, class), std::rc::Rc::clone(&close));
        close
    }

    /// Whether no listed cell changes.
    fn listed_stay(&mut self, corners: &[(u32, i64)]) -> bool {
        for (leaf, sign) in corners {
            for cell in &self.still[*leaf as usize] {
                self.sums[*cell as usize] += sign;
            }
        }
        let mut stay = true;
        for (leaf, _) in corners {
            for cell in &self.still[*leaf as usize] {
                stay &= std::mem::take(&mut self.sums[*cell as usize]) == 0;
            }
        }
        stay
    }
}
