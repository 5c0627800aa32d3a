//! What earlier releases have given away already, and what can still be asked.
//!
//! A threshold that rises asks more of figures that were printed under the lower one. What readers have they keep: where
//! everything that is not printed yet is suppressed and a cell is still not open enough, what is asked of it becomes what is
//! still open, but never less than the releases promised (`firm`). Where even that is gone, as after two branches of
//! releases that did not know of one another, somebody has to say so, and then it is known for good.
//!
//! Refuses: asking less of anything that no earlier release concerns.
//! Invariant: what is asked of a cell never grows.

use super::super::problem::{CellId, Need, Pin, Problem};
use super::super::solver::bound::bounds;
use super::search::Search;
use super::{inner, without};

/// Steps for all proofs together.
const EFFORT: u64 = 3_000_000;

/// Most leaves of a problem whose reasons are looked for.
const LEAVES: usize = 3000;

/// The problem with as much asked of each cell as earlier releases leave open. With `accepted`, what they promised and do
/// not keep is taken as known as well.
pub fn known(problem: &Problem, accepted: bool) -> Problem {
    let pinned = problem.cells.iter().any(|cell| cell.pin == Some(Pin::Printed));
    let raised =
        |cell: &&super::super::problem::Cell| cell.sensitive() && (accepted || cell.need != cell.firm);
    if !pinned || !problem.cells.iter().any(|cell| raised(&cell)) {
        return problem.clone();
    }
    let mut known = problem.clone();
    let past = before(problem);
    // What nobody has to protect from what is printed needs no look.
    let (rest, numbers) = without(&past, &inner::inner(&past).met);
    let mut search = Search::new(&rest);
    let hidden: Vec<bool> =
        rest.cells.iter().map(|cell| !cell.listed || cell.pin != Some(Pin::Printed)).collect();
    search.limit = EFFORT;
    search.long = true;
    let needy: Vec<CellId> = search.needy.iter().copied().filter(|id| raised(&&rest.cells[*id])).collect();
    for id in needy {
        let cell = &rest.cells[id];
        let printed = cell.listed && cell.pin == Some(Pin::Printed);
        if !printed && search.prove(id, &hidden) {
            continue;
        }
        let open = if printed { (0, 0) } else { search.open(id, &hidden) };
        known.cells[numbers[id]].need = still(cell.need, cell.firm.filter(|_| !accepted), open);
    }
    known
}

/// The problem as readers know it who have not seen what is published today: its marks and amounts have told nothing yet.
pub(super) fn before(problem: &Problem) -> Problem {
    let mut past = problem.clone();
    past.cells.iter_mut().for_each(|cell| cell.least = cell.least_before);
    past
}

/// What is asked of a cell that may be no more than so far below and above: as much as that, and at least what is firm.
fn still(need: Option<Need>, firm: Option<Need>, (low, high): (i64, i64)) -> Option<Need> {
    match (need?, firm) {
        (Need::Width(_), None) if high == low => None,
        (Need::Width(_), None) => Some(Need::Width(high - low)),
        (Need::Width(_), Some(Need::Width(firm))) => Some(Need::Width(firm.max(high - low))),
        // An amount is guarded as far as it is open on both sides, or not at all.
        (_, firm) => firm,
    }
}

/// The cells that earlier releases printed and that give a cell away together.
pub fn given_away_by(problem: &Problem, cell: CellId) -> Vec<CellId> {
    let printed = |id: &CellId| problem.cells[*id].listed && problem.cells[*id].pin == Some(Pin::Printed);
    if printed(&cell) {
        return vec![cell];
    }
    if problem.leaves.len() > LEAVES {
        return Vec::new();
    }
    let printed: Vec<CellId> = (0..problem.cells.len()).filter(printed).collect();
    let past = before(problem);
    let others: Vec<CellId> =
        (0..past.cells.len()).filter(|id| past.cells[*id].least > 0 && !printed.contains(id)).collect();
    bounds(&past, &past.cells_of_leaves(), cell, &printed, &others).reasons
}
