//! How far a cell can be bounded from what is printed, and which printed cells bound it.
//!
//! What it answers is a hint for the search.
//! Invariant: cells that are not among the reasons do not matter: without them, the bounds are the same.

use super::super::problem::{CellId, Problem};
use super::real;
use microlp::{ComparisonOp, OptimizationDirection, Variable};

/// Bounds of a cell's value, and why.
pub(in super::super) struct Bounds {
    /// Lowest possible value, not rounded.
    pub(in super::super) low: f64,
    /// Highest possible value, not rounded.
    pub(in super::super) high: f64,
    /// Printed cells that give the bounds.
    pub(in super::super) reasons: Vec<CellId>,
    pub(in super::super) work: u64,
}

/// The dual programs: the cheapest weights of printed cells that cover the cell bound it from above, the dearest that it
/// covers from below. Cells with weight are the reasons.
///
/// `others` are cells of which readers know the least value, suppressed or not; they are no reasons.
pub(in super::super) fn bounds(
    problem: &Problem,
    of: &[Vec<u32>],
    cell: CellId,
    printed: &[CellId],
    others: &[CellId],
) -> Bounds {
    let mut column = vec![usize::MAX; problem.cells.len()];
    for (at, id) in printed.iter().chain(others).enumerate() {
        column[*id] = at;
    }
    let mut inside = vec![false; problem.leaves.len()];
    for leaf in &problem.cells[cell].leaves {
        inside[*leaf as usize] = true;
    }
    let mut answer = Bounds { low: 0.0, high: f64::INFINITY, reasons: Vec::new(), work: 0 };
    for above in [true, false] {
        let (direction, side, sign) = if above {
            (OptimizationDirection::Minimize, ComparisonOp::Ge, (f64::NEG_INFINITY, 0.0))
        } else {
            (OptimizationDirection::Maximize, ComparisonOp::Le, (0.0, f64::INFINITY))
        };
        let mut program = microlp::Problem::new(direction);
        let known = printed.iter().map(|id| (problem.cells[*id].value, (f64::NEG_INFINITY, f64::INFINITY)));
        let known = known.chain(others.iter().map(|id| (problem.cells[*id].least, sign)));
        let weights: Vec<Variable> =
            known.map(|(value, range)| program.add_var(real(value), range)).collect();
        let mut rows = std::collections::HashSet::new();
        for (leaf, cells) in of.iter().enumerate().filter(|(leaf, _)| !problem.leaves[*leaf].empty) {
            let terms: Vec<usize> =
                cells.iter().map(|id| column[*id as usize]).filter(|column| *column != usize::MAX).collect();
            if (terms.is_empty() && !inside[leaf]) || !rows.insert((terms.clone(), inside[leaf])) {
                continue;
            }
            let terms: Vec<(Variable, f64)> =
                terms.into_iter().map(|column| (weights[column], 1.0)).collect();
            program.add_constraint(terms, side, if inside[leaf] { 1.0 } else { 0.0 });
        }
        answer.work += (weights.len() as u64 + 4) * (rows.len() as u64 + 4).isqrt();
        // Without answer nothing printed bounds the cell.
        let Some(solution) = program.solve().ok().and_then(|outcome| outcome.into_solution().ok()) else {
            continue;
        };
        if above {
            answer.high = solution.objective();
        } else {
            answer.low = solution.objective();
        }
        let reasons =
            printed.iter().zip(&weights).filter(|(_, weight)| solution.var_value(**weight).abs() > 1e-7);
        answer.reasons.extend(reasons.map(|(id, _)| *id));
    }
    answer.reasons.sort_unstable();
    answer.reasons.dedup();
    answer
}
