//! The checker: whether a certificate proves that nothing sensitive can be worked out from what is printed.
//!
//! It is written apart from the search, trusts nothing that the search says, and computes with integers only; every sum is
//! checked for overflow. A witness is a complete table without negative numbers. When all witnesses agree with all that is
//! printed, the footnotes included, then an outsider cannot tell them from the truth. What two of them say about a cell is
//! therefore a part of its feasibility interval (Hundepool et al. 2012, 4.3), whatever method is used to narrow it.
//!
//! Refuses: an answer without its proof, and an answer that undoes what an earlier release decided.
//! Invariant: an [`Audited`] is made by [`check`] alone.

use super::problem::{CellId, Certificate, Pin, Problem, Status, Witness};
use std::collections::HashMap;

#[cfg(test)]
mod tests;

/// Why an answer is not accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The problem or the answer is not well formed: wrong lengths, wrong sums, indices that do not ascend.
    Malformed,
    /// A number is too great to compute with.
    Overflow,
    /// A sensitive cell is printed.
    Exposed(CellId),
    /// A cell is marked as sensitive without being it.
    NotSensitive(CellId),
    /// It is against what an earlier release decided.
    AgainstPin(CellId),
    /// It is suppressed, and readers would think that it is more than it is.
    Misleading(CellId),
    /// Two cells are the same quantity, and one is printed.
    Twins(CellId, CellId),
    /// A witness is not a possible table: the leaf would be negative, or is known to be empty.
    Impossible {
        /// Index of the witness.
        witness: usize,
        /// The leaf.
        leaf: u32,
    },
    /// A witness contradicts a printed cell.
    Contradicts {
        /// Index of the witness.
        witness: usize,
        /// The cell.
        cell: CellId,
    },
    /// A witness gives a cell less than readers know it to be.
    BelowLeast {
        /// Index of the witness.
        witness: usize,
        /// The cell.
        cell: CellId,
    },
    /// The range that is proven to be open is too narrow.
    Narrow {
        /// The cell.
        cell: CellId,
        /// Lowest value that a witness gives it.
        low: i64,
        /// Highest value that a witness gives it.
        high: i64,
    },
    /// The person behind a count of 1 may learn another count exactly.
    Insider {
        /// The count of 1.
        person: CellId,
        /// What would be learnt.
        learns: CellId,
    },
}

/// An answer that the checker accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    status: Vec<Status>,
    /// By cell: lowest and highest difference to its true value among the witnesses.
    open: Vec<(i64, i64)>,
    value: Vec<i64>,
}

impl Audited {
    /// What becomes of a cell.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn status(&self, cell: CellId) -> Status {
        self.status[cell]
    }

    /// Whether a cell's value may be published.
    ///
    /// # Panics
    /// If there is no such cell.
    pub fn printed(&self, cell: CellId) -> bool {
        self.status[cell] == Status::Printed
    }

    /// A range that is proven to stay open for a hidden cell: an outsider can exclude neither end. It may be wider.
    /// It is computed from true values and as confidential as they are; its width is not.
    pub fn range(&self, cell: CellId) -> Option<(i64, i64)> {
        let (low, high) = self.open[cell];
        (!self.printed(cell)).then(|| (self.value[cell] + low, self.value[cell] + high))
    }
}

/// Checks an answer. Nothing else makes an [`Audited`].
pub fn check(problem: &Problem, status: &[Status], certificate: &Certificate) -> Result<Audited, Fault> {
    well_formed(problem, status)?;
    let printed: Vec<bool> = (problem.cells.iter().zip(status))
        .map(|(cell, status)| cell.listed && *status == Status::Printed)
        .collect();
    let of = problem.cells_of_leaves();
    let mut open = vec![(0, 0); problem.cells.len()];
    let mut moved = vec![0_i64; problem.cells.len()];
    let mut tables = Vec::with_capacity(certificate.witnesses.len());
    for (index, witness) in certificate.witnesses.iter().enumerate() {
        let touched = possible(problem, &of, witness, index, &mut moved)?;
        let mut table = HashMap::new();
        for cell in touched {
            let difference = std::mem::take(&mut moved[cell]);
            if difference == 0 {
                continue;
            }
            if printed[cell] {
                return Err(Fault::Contradicts { witness: index, cell });
            }
            let known = &problem.cells[cell];
            if known.value.checked_add(difference).ok_or(Fault::Overflow)? < known.least {
                return Err(Fault::BelowLeast { witness: index, cell });
            }
            let (low, high) = &mut open[cell];
            (*low, *high) = ((*low).min(difference), (*high).max(difference));
            table.insert(cell, difference);
        }
        tables.push(table);
    }
    for (id, cell) in problem.cells.iter().enumerate() {
        let (low, high) = open[id];
        let low_value = cell.value.checked_add(low).ok_or(Fault::Overflow)?;
        let high_value = cell.value.checked_add(high).ok_or(Fault::Overflow)?;
        if cell.need.is_some_and(|need| !need.met(low, high)) {
            return Err(Fault::Narrow { cell: id, low: low_value, high: high_value });
        }
    }
    if problem.insiders {
        insiders(problem, &printed, &tables)?;
    }
    Ok(Audited {
        status: status.to_vec(),
        open,
        value: problem.cells.iter().map(|cell| cell.value).collect(),
    })
}

/// That the problem is what it says, and that the answer hides what is sensitive and respects what was decided.
fn well_formed(problem: &Problem, status: &[Status]) -> Result<(), Fault> {
    if status.len() != problem.cells.len() || problem.leaves.iter().any(|leaf| leaf.value < 0) {
        return Err(Fault::Malformed);
    }
    if problem.leaves.iter().any(|leaf| leaf.empty && leaf.value != 0) {
        return Err(Fault::Malformed);
    }
    let mut twins: HashMap<&[u32], (CellId, Status)> = HashMap::new();
    for (id, (cell, status)) in problem.cells.iter().zip(status).enumerate() {
        let ascending = cell.leaves.windows(2).all(|pair| pair[0] < pair[1]);
        let inside = cell.leaves.last().is_some_and(|last| (*last as usize) < problem.leaves.len());
        if !ascending || !inside {
            return Err(Fault::Malformed);
        }
        let sum = (cell.leaves.iter())
            .try_fold(0_i64, |sum, leaf| sum.checked_add(problem.leaves[*leaf as usize].value));
        if sum.ok_or(Fault::Overflow)? != cell.value {
            return Err(Fault::Malformed);
        }
        match (cell.sensitive(), *status) {
            (true, Status::Printed | Status::Secondary) => return Err(Fault::Exposed(id)),
            (false, Status::Primary) => return Err(Fault::NotSensitive(id)),
            _ => {}
        }
        if !cell.listed {
            continue;
        }
        if *status != Status::Printed && cell.value < cell.least {
            return Err(Fault::Misleading(id));
        }
        match (cell.pin, *status) {
            (Some(Pin::Printed), Status::Primary | Status::Secondary)
            | (Some(Pin::Hidden), Status::Printed) => {
                return Err(Fault::AgainstPin(id));
            }
            _ => {}
        }
        if let Some((other, first)) = twins.insert(&cell.leaves, (id, *status))
            && (first == Status::Printed) != (*status == Status::Printed)
        {
            return Err(Fault::Twins(other, id));
        }
    }
    Ok(())
}

/// Adds up what a witness changes, cell by cell; gives the cells that its leaves touch, each once.
fn possible(
    problem: &Problem,
    of: &[Vec<u32>],
    witness: &Witness,
    index: usize,
    moved: &mut [i64],
) -> Result<Vec<CellId>, Fault> {
    if !witness.differences.windows(2).all(|pair| pair[0].0 < pair[1].0) {
        return Err(Fault::Malformed);
    }
    let mut touched = Vec::new();
    for (leaf, difference) in &witness.differences {
        let known = problem.leaves.get(*leaf as usize).ok_or(Fault::Malformed)?;
        let value = known.value.checked_add(*difference).ok_or(Fault::Overflow)?;
        if value < 0 || (known.empty && value != 0) {
            return Err(Fault::Impossible { witness: index, leaf: *leaf });
        }
        for cell in &of[*leaf as usize] {
            let cell = *cell as usize;
            moved[cell] = moved[cell].checked_add(*difference).ok_or(Fault::Overflow)?;
            touched.push(cell);
        }
    }
    touched.sort_unstable();
    touched.dedup();
    Ok(touched)
}

/// Whoever is alone in a cell of 1 knows this cell. For every other sensitive cell, some witness keeps the 1 and changes
/// the other: it stays open even for that person.
fn insiders(problem: &Problem, printed: &[bool], tables: &[HashMap<CellId, i64>]) -> Result<(), Fault> {
    let hidden = |id: &CellId| problem.cells[*id].listed && problem.cells[*id].count && !printed[*id];
    let persons = (0..problem.cells.len()).filter(|id| hidden(id) && problem.cells[*id].value == 1);
    let known = known_leaves(problem, printed);
    let unknown = |id: CellId| problem.cells[id].leaves.iter().filter(|leaf| !known[**leaf as usize]);
    for person in persons {
        for learns in (0..problem.cells.len()).filter(hidden) {
            if learns == person || !problem.cells[learns].sensitive() {
                continue;
            }
            let open = tables.iter().any(|table| !table.contains_key(&person) && table.contains_key(&learns));
            // The same people under two names: the person learns nothing about others.
            if !open && !unknown(person).eq(unknown(learns)) {
                return Err(Fault::Insider { person, learns });
            }
        }
    }
    Ok(())
}

/// Leaves whose value anybody can work out by subtraction alone.
pub(super) fn known_leaves(problem: &Problem, printed: &[bool]) -> Vec<bool> {
    let mut known: Vec<bool> = problem.leaves.iter().map(|leaf| leaf.empty).collect();
    loop {
        let mut changed = false;
        for (cell, _) in problem.cells.iter().zip(printed).filter(|(_, printed)| **printed) {
            let unknown = || cell.leaves.iter().filter(|leaf| !known[**leaf as usize]);
            let rest: i128 = unknown().map(|leaf| i128::from(problem.leaves[*leaf as usize].value)).sum();
            let count = unknown().count();
            if count == 1 || (count > 0 && rest == 0) {
                for leaf in &cell.leaves {
                    known[*leaf as usize] = true;
                }
                changed = true;
            }
        }
        if !changed {
            return known;
        }
    }
}
