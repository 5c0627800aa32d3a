//! The leaves that a search looks at together when there are too many of them to look at all.
//!
//! Moves that keep sums are made of corners of boxes: some villages by some types by some months. So a neighbourhood is a
//! box around the cell: its own classes, those that share a small sum with it, and those where something is hidden already.
//!
//! Invariant: not more leaves than asked for, and the same ones every time.

use super::super::problem::{CellId, Problem, Space};
use std::cmp::Reverse;

/// Cells with more leaves tell nothing about where to look.
const WIDE: usize = 600;

/// Leaves around some cells, ascending; at most about `size`.
pub(super) fn hood(
    problem: &Problem,
    of: &[Vec<u32>],
    hidden: &[bool],
    cells: &[CellId],
    size: usize,
) -> Vec<u32> {
    let all = u32::try_from(problem.leaves.len()).expect("leaves are numbered in 32 bits");
    if problem.leaves.len() <= size {
        return (0..all).collect();
    }
    let space = cells.first().and_then(|cell| problem.space(*cell));
    match space {
        Some(space) if space.size() <= size => {
            (space.start..space.start + u32::try_from(space.size()).unwrap_or(0)).collect()
        }
        Some(space) => boxed(problem, of, hidden, cells, space, size),
        None => ring(problem, of, cells, size),
    }
}

/// A box in a space of dimensions.
fn boxed(
    problem: &Problem,
    of: &[Vec<u32>],
    hidden: &[bool],
    cells: &[CellId],
    space: &Space,
    size: usize,
) -> Vec<u32> {
    let mut core: Vec<u32> = Vec::new();
    for cell in cells {
        let mut leaves = problem.cells[*cell].leaves.clone();
        leaves.sort_by_key(|leaf| (Reverse(problem.leaves[*leaf as usize].value), *leaf));
        core.extend(leaves.into_iter().take(5));
    }
    let core_classes: Vec<Vec<u32>> = core.iter().map(|leaf| space.classes(*leaf)).collect();
    let orders: Vec<(Vec<u32>, usize)> = (0..space.sizes.len())
        .map(|at| order(problem, of, hidden, space, &core, &core_classes, at))
        .collect();
    // What is closest comes in first. Then every dimension gets one class more in turn, while the box is small enough.
    let mut taken: Vec<usize> = orders.iter().map(|(_, close)| (*close).max(1)).collect();
    let orders: Vec<Vec<u32>> = orders.into_iter().map(|(order, _)| order).collect();
    while taken.iter().product::<usize>() > size {
        let most = (0..taken.len()).max_by_key(|at| taken[*at]).unwrap_or(0);
        taken[most] -= 1;
    }
    loop {
        let mut grown = false;
        for at in 0..taken.len() {
            let rest: usize =
                taken.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, taken)| taken).product();
            if taken[at] < orders[at].len() && rest * (taken[at] + 1) <= size {
                taken[at] += 1;
                grown = true;
            }
        }
        if !grown {
            break;
        }
    }
    let mut leaves = vec![space.start];
    let mut stride = 1;
    for ((order, taken), size) in orders.iter().zip(&taken).zip(&space.sizes) {
        let classes = &order[..*taken];
        leaves =
            leaves.iter().flat_map(|leaf| classes.iter().map(move |class| leaf + class * stride)).collect();
        stride *= size;
    }
    leaves.sort_unstable();
    leaves
}

/// Classes of one dimension, those to look at first in front, and how many of them are close.
fn order(
    problem: &Problem,
    of: &[Vec<u32>],
    hidden: &[bool],
    space: &Space,
    core: &[u32],
    core_classes: &[Vec<u32>],
    at: usize,
) -> (Vec<u32>, usize) {
    let count = space.sizes[at] as usize;
    let stride: u32 = space.sizes[..at].iter().product();
    let mut own: Vec<u32> = Vec::new();
    for classes in core_classes {
        if !own.contains(&classes[at]) && own.len() < 5 {
            own.push(classes[at]);
        }
    }
    // How many hidden cells lie on the lines through the core, how many cells both are part of, how much is there.
    let (mut holes, mut shared, mut value) = (vec![0_usize; count], vec![0_usize; count], vec![0_i64; count]);
    for (leaf, classes) in core.iter().zip(core_classes) {
        for class in 0..space.sizes[at] {
            let other = leaf - classes[at] * stride + class * stride;
            let class = class as usize;
            value[class] += problem.leaves[other as usize].value;
            let together =
                of[*leaf as usize].iter().filter(|cell| of[other as usize].binary_search(cell).is_ok());
            shared[class] = shared[class].max(together.count());
            let cells = of[other as usize].iter().map(|cell| *cell as usize);
            holes[class] += cells
                .filter(|cell| {
                    hidden[*cell] && problem.cells[*cell].listed && problem.cells[*cell].leaves.len() < WIDE
                })
                .count();
        }
    }
    let mut by_holes: Vec<u32> = (0..space.sizes[at]).filter(|class| holes[*class as usize] > 0).collect();
    by_holes.sort_by_key(|class| (Reverse(holes[*class as usize]), Reverse(shared[*class as usize]), *class));
    let mut by_sums: Vec<u32> = (0..space.sizes[at]).collect();
    by_sums.sort_by_key(|class| (Reverse(shared[*class as usize]), Reverse(value[*class as usize]), *class));
    // The classes that share most with the core: those of its village group, kind, or quarter.
    let most = by_sums.iter().filter(|class| !own.contains(class)).map(|class| shared[*class as usize]).max();
    let mut close: Vec<u32> =
        by_sums.iter().copied().filter(|class| Some(shared[*class as usize]) == most).collect();
    close.truncate(if close.len() + own.len() <= 8 { 8 } else { 2 });
    let mut order = own;
    for class in close.into_iter().chain(by_holes.iter().copied().take(2)) {
        if !order.contains(&class) {
            order.push(class);
        }
    }
    let first = order.len();
    let mut lists = (by_sums.into_iter(), by_holes.into_iter());
    loop {
        let next = [lists.0.next(), lists.1.next(), lists.0.next()];
        if next == [None; 3] {
            return (order, first);
        }
        for class in next.into_iter().flatten() {
            if !order.contains(&class) {
                order.push(class);
            }
        }
    }
}

/// Where nothing is known of dimensions: leaves of the cells, then whatever shares a small cell with them.
fn ring(problem: &Problem, of: &[Vec<u32>], cells: &[CellId], size: usize) -> Vec<u32> {
    let mut inside = std::collections::BTreeSet::new();
    let mut queue = std::collections::VecDeque::new();
    for cell in cells {
        let mut start = problem.cells[*cell].leaves.clone();
        start.sort_by_key(|leaf| (Reverse(problem.leaves[*leaf as usize].value), *leaf));
        start.truncate(size / 20 / cells.len().min(4) + 1);
        queue.extend(start.iter().copied().filter(|leaf| inside.insert(*leaf)));
    }
    while let Some(leaf) = queue.pop_front() {
        let mut rings: Vec<u32> = of[leaf as usize].clone();
        rings.sort_by_key(|cell| (problem.cells[*cell as usize].leaves.len(), *cell));
        for leaf in rings.iter().flat_map(|cell| &problem.cells[*cell as usize].leaves) {
            if inside.len() >= size {
                return inside.into_iter().collect();
            }
            if inside.insert(*leaf) {
                queue.push_back(*leaf);
            }
        }
    }
    inside.into_iter().collect()
}
