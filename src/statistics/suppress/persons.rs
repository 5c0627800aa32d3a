//! Guarding sensitive counts against the one person behind a count of 1, who knows that this count is 1.
//!
//! Invariant: a move that leaves the 1 as it is and changes the other count is what guards it.

use super::super::audit::known_leaves;
use super::super::problem::CellId;
use super::search::{HOODS, Search};

impl Search<'_> {
    /// Guards every sensitive count against every person who is alone in another. Gives what could not be guarded.
    pub(super) fn guard_insiders(&mut self, hidden: &mut [bool], more: bool) -> Vec<CellId> {
        let cells = &self.problem.cells;
        let counts: Vec<CellId> =
            self.needy.iter().copied().filter(|id| cells[*id].listed && cells[*id].count).collect();
        let persons: Vec<CellId> = (0..cells.len())
            .filter(|id| cells[*id].listed && cells[*id].count && cells[*id].value == 1 && hidden[*id])
            .collect();
        let mut failed = Vec::new();
        for person in persons {
            for other in &counts {
                if person != *other && !self.protect_from(person, *other, hidden, more) {
                    failed.push(*other);
                    if !more {
                        return failed;
                    }
                }
            }
        }
        failed
    }

    /// Whether a person who is alone in one cell is known not to learn another.
    pub(super) fn open_to(&self, person: CellId, other: CellId, hidden: &[bool]) -> bool {
        let still = |at: u32| {
            let cells = &self.pool[at as usize].cells;
            cells.binary_search_by_key(&person, |(cell, _)| *cell as usize).is_err()
        };
        let mut moves = self.moved_by[other].iter();
        moves.any(|(at, _)| still(*at) && self.fits(*at, hidden)) || self.same_people(person, other, hidden)
    }

    /// Guards one cell against a person who is alone in another.
    fn protect_from(&mut self, person: CellId, other: CellId, hidden: &mut [bool], more: bool) -> bool {
        if self.open_to(person, other, hidden) {
            return true;
        }
        let leaves = self.hood(&[person, other], HOODS[2], hidden);
        let goals: &[i64] = if self.problem.cells[other].room() > 0 { &[1, -1] } else { &[1] };
        goals.iter().any(|goal| self.reach(other, &[*goal], Some(person), &leaves, hidden, more))
    }

    /// Whether a person learns nothing, or need not with what is hidden already.
    pub(super) fn prove_to(&mut self, person: CellId, other: CellId, hidden: &[bool]) -> bool {
        self.protect_from(person, other, &mut hidden.to_vec(), false)
    }

    fn same_people(&self, one: CellId, other: CellId, hidden: &[bool]) -> bool {
        let printed: Vec<bool> = hidden.iter().map(|hidden| !hidden).collect();
        let known = known_leaves(self.problem, &printed);
        let unknown =
            |id: CellId| self.problem.cells[id].leaves.iter().filter(|leaf| !known[**leaf as usize]);
        unknown(one).eq(unknown(other))
    }
}
