//! What the moves that are known prove: how far each sensitive cell can be taken by moves that change hidden cells only.
//!
//! Invariant: a cell counts as guarded only by moves that the checker will see.

use super::super::problem::CellId;
use super::search::Search;

impl Search<'_> {
    /// How far moves that are known take a cell down and up, or far enough.
    pub(super) fn open(&self, cell: CellId, hidden: &[bool]) -> (i64, i64) {
        let (mut low, mut high) = (0, 0);
        for (at, by) in self.moved_by[cell].iter().rev() {
            if (*by < low || *by > high) && self.fits(*at, hidden) {
                (low, high) = (low.min(*by), high.max(*by));
                if self.problem.cells[cell].need.is_some_and(|need| need.met(low, high)) {
                    break;
                }
            }
        }
        (low, high)
    }

    /// Whether known moves guard a cell.
    pub(super) fn met(&self, cell: CellId, hidden: &[bool]) -> bool {
        let (low, high) = self.open(cell, hidden);
        self.problem.cells[cell].need.is_none_or(|need| need.met(low, high))
    }

    /// Moves that prove that every sensitive cell is guarded.
    pub(super) fn proofs(&self, hidden: &[bool]) -> Vec<usize> {
        let fit: Vec<u32> = (0..u32::try_from(self.pool.len()).expect("work is limited, and so are moves"))
            .filter(|at| self.fits(*at, hidden))
            .collect();
        if self.problem.insiders {
            return fit.into_iter().map(|at| at as usize).collect();
        }
        let mut used: Vec<usize> = Vec::new();
        let (mut low, mut high) = (vec![0; self.problem.cells.len()], vec![0; self.problem.cells.len()]);
        let take = |at: u32, low: &mut [i64], high: &mut [i64], used: &mut Vec<usize>| {
            for (cell, by) in &self.pool[at as usize].cells {
                let cell = *cell as usize;
                (low[cell], high[cell]) = (low[cell].min(*by), high[cell].max(*by));
            }
            used.push(at as usize);
        };
        for cell in &self.needy {
            let Some(need) = self.problem.cells[*cell].need else { continue };
            if need.met(low[*cell], high[*cell]) {
                continue;
            }
            let ends = self.moved_by[*cell].iter().filter(|(at, _)| self.fits(*at, hidden));
            let ends: Vec<(i64, u32)> = ends.map(|(at, by)| (*by, *at)).collect();
            for end in [ends.iter().max(), ends.iter().min()].into_iter().flatten() {
                if !need.met(low[*cell], high[*cell]) {
                    take(end.1, &mut low, &mut high, &mut used);
                }
            }
        }
        used
    }
}
