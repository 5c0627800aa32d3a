//! Making an answer better: printing again what is hidden in vain, and trying other ways.
//!
//! Refuses: a change after which something sensitive is not guarded.
//! Invariant: what comes out costs no more than what went in.

use super::super::problem::CellId;
use super::exact;
use super::search::Search;

/// The best answer that the budget allows, and whether it is proven to be the best.
pub(super) fn better(search: &mut Search, first: &[bool], hidden: Vec<bool>) -> (Vec<bool>, bool) {
    let hidden = tidy(search, first, hidden);
    let (hidden, optimal) = exact::fewest(search, first, hidden);
    if optimal { (hidden, true) } else { (elsewhere(search, first, hidden), false) }
}

/// What an answer costs.
pub(super) fn cost(search: &Search, first: &[bool], hidden: &[bool]) -> f64 {
    secondaries(first, hidden).map(|id| search.cost[id]).sum()
}

fn secondaries<'h>(first: &'h [bool], hidden: &'h [bool]) -> impl Iterator<Item = CellId> + 'h {
    (0..hidden.len()).filter(|id| hidden[*id] && !first[*id])
}

/// Prints again what need not be hidden, dearest first.
pub(super) fn tidy(search: &mut Search, first: &[bool], mut hidden: Vec<bool>) -> Vec<bool> {
    let mut order: Vec<CellId> = secondaries(first, &hidden).filter(|id| search.whim[*id] > 0).collect();
    order.sort_by(|a, b| {
        search.cost[*b]
            .total_cmp(&search.cost[*a])
            .then(search.problem.value(*b).cmp(&search.problem.value(*a)))
    });
    for id in order {
        if search.tired() {
            break;
        }
        hidden[id] = false;
        if !stands(search, &hidden) {
            hidden[id] = true;
        }
    }
    hidden
}

/// Whether everything sensitive is guarded, or can be.
fn stands(search: &mut Search, hidden: &[bool]) -> bool {
    let open: Vec<CellId> = search.needy.iter().copied().filter(|cell| !search.met(*cell, hidden)).collect();
    if !open.into_iter().all(|cell| search.prove(cell, hidden)) {
        return false;
    }
    !search.problem.insiders || search.guard_insiders(&mut hidden.to_vec(), false).is_empty()
}

/// Takes some of the answer away, forbids one cell of it, and mends the rest with prices that are a little different.
fn elsewhere(search: &mut Search, first: &[bool], hidden: Vec<bool>) -> Vec<bool> {
    let prices = search.cost.clone();
    let mut best = hidden;
    let mut lowest = cost(search, first, &best);
    let mut random = super::Random::new(search.problem.seed);
    let mut vain = 0;
    while !search.tired() && vain < 60 {
        let extra: Vec<CellId> = secondaries(first, &best).collect();
        if extra.is_empty() {
            break;
        }
        let without = extra[random.below(extra.len())];
        let mut trial = best.clone();
        let share = 1 + random.below(4);
        for id in &extra {
            if *id == without || random.below(6) < share {
                trial[*id] = false;
            }
        }
        for (id, price) in prices.iter().enumerate() {
            search.cost[id] = price * (1.0 + super::real_share(random.below(64)) * 0.4);
        }
        search.forbidden[without] = true;
        let failed = search.guard(&mut trial);
        search.forbidden[without] = false;
        search.cost.clone_from(&prices);
        vain += 1;
        if failed.is_empty() {
            let trial = tidy(search, first, trial);
            let price = cost(search, first, &trial);
            if price < lowest - 1e-9 {
                vain = 0;
            }
            if price <= lowest + 1e-9 {
                (best, lowest) = (trial, price);
            }
        }
    }
    best
}
