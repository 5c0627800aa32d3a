//! The untrusted solver: the cheapest change of a table that keeps what is printed and moves one cell.
//!
//! What it answers is only a proposal: whoever asks rounds nothing and trusts nothing, and the checker looks at the result.
//!
//! Refuses: an answer that is not in whole numbers.
//! Invariant: the same question gets the same answer; effort is counted in steps, not in time.

use super::problem::Problem;
use microlp::{ComparisonOp, OptimizationDirection, SolveOptions, Variable};
use std::collections::HashMap;

pub(super) mod bound;

/// What it costs that a cell changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Price {
    /// It is hidden: nothing.
    Free,
    /// It is printed and stays so: it must not change.
    Closed,
    /// It is printed and could be hidden: so much a unit.
    Each(f64),
    /// It must change by so much.
    By(i64),
    /// It is to change by as much of this as it can.
    Toward(i64),
}

/// A question.
pub(super) struct Ask<'a> {
    pub(super) problem: &'a Problem,
    /// By leaf: the cells that it is part of.
    pub(super) of: &'a [Vec<u32>],
    /// Leaves that may change, ascending.
    pub(super) leaves: &'a [u32],
    /// Whether to go on where the answer is not in whole numbers.
    pub(super) whole: bool,
}

/// An answer and what it took.
pub(super) struct Reply {
    /// Leaves and how much they change, ascending.
    pub(super) change: Option<Vec<(u32, i64)>>,
    /// What it cost, in units of [`Price::Each`].
    pub(super) cost: f64,
    pub(super) work: u64,
}

/// One constraint: the sum of the changes of some leaves.
#[derive(Default)]
struct Row {
    leaves: Vec<usize>,
    closed: bool,
    cost: f64,
    by: Option<i64>,
    toward: Option<i64>,
    /// How far the sum may fall, where some cell may not fall to 0.
    room: Option<i64>,
    /// Whether the program looks at `room`. Few sums of many leaves ever fall so far, so that is found out by asking.
    watched: bool,
}

impl Row {
    /// Only an ordinary cell of one leaf can be left to that leaf's own price and room.
    fn alone(&self) -> bool {
        self.leaves.len() == 1 && self.by.is_none() && self.toward.is_none()
    }

    /// Whether it says something to the program beyond its room.
    fn binds(&self) -> bool {
        self.closed || self.cost > 0.0 || self.by.is_some() || self.toward.is_some()
    }
}

/// So that a change touches no more leaves than it must.
const LEAF: f64 = 0.001;
/// What it is worth that a cell goes toward its goal: more than any way there costs.
const FAR: f64 = 1000.0;
/// Farthest from a whole number that still is one.
const NEAR: f64 = 1e-6;
/// Effort for whole numbers.
const NODES: u64 = 60;
/// How often a program is asked again since a sum fell too far.
const AGAIN: usize = 8;

/// The cheapest change in which every cell does what its price says.
pub(super) fn cheapest(ask: &Ask, price: &dyn Fn(usize) -> Price) -> Reply {
    let Some((mut rows, open, work)) = rows(ask, price) else {
        return Reply { change: None, cost: 0.0, work: ask.leaves.len() as u64 };
    };
    let mut spent = work;
    for _ in 0..AGAIN {
        let mut reply = solved(ask, &rows, &open, false);
        spent += reply.work;
        if reply.change.is_none() && reply.cost.is_finite() && ask.whole {
            reply = solved(ask, &rows, &open, true);
            spent += reply.work;
        }
        reply.work = spent;
        let Some(change) = &reply.change else { return reply };
        if !watch(&mut rows, ask.leaves, change) {
            return reply;
        }
    }
    Reply { change: None, cost: f64::INFINITY, work: spent }
}

/// Watches the rows that a change takes too far down. Tells whether there are any.
fn watch(rows: &mut [Row], leaves: &[u32], change: &[(u32, i64)]) -> bool {
    let mut by = vec![0_i64; leaves.len()];
    for (leaf, difference) in change {
        if let Ok(at) = leaves.binary_search(leaf) {
            by[at] = *difference;
        }
    }
    let mut any = false;
    for row in rows.iter_mut().filter(|row| !row.watched) {
        let Some(room) = row.room else { continue };
        if row.leaves.iter().map(|at| by[*at]).sum::<i64>() < -room {
            row.watched = true;
            any = true;
        }
    }
    any
}

/// The constraints, with equal ones joined; which leaves can change at all. Nothing where it is plain that there is no answer.
fn rows(ask: &Ask, price: &dyn Fn(usize) -> Price) -> Option<(Vec<Row>, Vec<bool>, u64)> {
    let mut members: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut order = Vec::new();
    for (at, leaf) in ask.leaves.iter().enumerate() {
        for cell in &ask.of[*leaf as usize] {
            members.entry(*cell).or_insert_with(|| {
                order.push(*cell);
                Vec::new()
            });
            members.get_mut(cell).expect("it was just put in").push(at);
        }
    }
    let mut open: Vec<bool> =
        ask.leaves.iter().map(|leaf| !ask.problem.leaves[*leaf as usize].empty).collect();
    let mut prices = Vec::with_capacity(order.len());
    for cell in order {
        let price = price(cell as usize);
        // A printed nothing is made of nothing.
        if price == Price::Closed && ask.problem.cells[cell as usize].value == 0 {
            members[&cell].iter().for_each(|at| open[*at] = false);
        } else if price != Price::Free || ask.problem.cells[cell as usize].least > 0 {
            prices.push((cell, price));
        }
    }
    // A leaf alone in a printed cell is fixed, which may leave another one alone.
    loop {
        let mut changed = false;
        for (cell, price) in &prices {
            if *price == Price::Closed {
                let mut free = members[cell].iter().filter(|at| open[**at]);
                if let (Some(only), None) = (free.next(), free.next()) {
                    open[*only] = false;
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let mut numbers: HashMap<Vec<usize>, usize> = HashMap::new();
    let mut rows: Vec<Row> = Vec::new();
    for (cell, price) in &prices {
        let leaves: Vec<usize> = members[cell].iter().copied().filter(|at| open[*at]).collect();
        if leaves.is_empty() {
            match price {
                Price::By(by) if *by != 0 => return None,
                Price::Toward(_) => return None,
                _ => continue,
            }
        }
        let number = *numbers.entry(leaves).or_insert_with_key(|leaves| {
            rows.push(Row { leaves: leaves.clone(), ..Row::default() });
            rows.len() - 1
        });
        let row = &mut rows[number];
        let known = &ask.problem.cells[*cell as usize];
        if known.least > 0 {
            row.room = Some(row.room.unwrap_or(i64::MAX).min(known.room()));
        }
        match price {
            Price::Free => {}
            Price::Closed => row.closed = true,
            Price::Each(cost) => row.cost += cost,
            Price::By(by) if row.by.is_some_and(|other| other != *by) => return None,
            Price::By(by) => row.by = Some(*by),
            Price::Toward(by) => row.toward = Some(*by),
        }
    }
    let cannot = |row: &Row| {
        let (by, room) = (row.by.unwrap_or(0), row.room.unwrap_or(i64::MAX));
        (row.closed && (row.toward.is_some() || by != 0)) || by < -room
    };
    if rows.iter().any(cannot) {
        return None;
    }
    let work = rows.iter().map(|row| row.leaves.len() as u64).sum::<u64>() / 8;
    Some((rows, open, work))
}

fn solved(ask: &Ask, rows: &[Row], open: &[bool], whole: bool) -> Reply {
    let mut program = microlp::Problem::new(OptimizationDirection::Minimize);
    let mut alone: Vec<f64> = vec![LEAF; ask.leaves.len()];
    let mut rooms: Vec<i64> =
        ask.leaves.iter().map(|leaf| ask.problem.leaves[*leaf as usize].value).collect();
    for row in rows.iter().filter(|row| row.alone()) {
        let leaf = row.leaves[0];
        alone[leaf] += row.cost;
        rooms[leaf] = rooms[leaf].min(row.room.unwrap_or(i64::MAX));
    }
    let most = rows
        .iter()
        .filter_map(|row| row.by.or(row.toward))
        .map(i64::abs)
        .max()
        .unwrap_or(0)
        .saturating_mul(64)
        .max(64);
    let mut columns = 0_u64;
    let mut variable = |program: &mut microlp::Problem, cost: f64, most: i64| {
        columns += 1;
        match i32::try_from(most) {
            Ok(most) if whole => program.add_integer_var(cost, (0, most)),
            _ => program.add_var(cost, (0.0, real(most))),
        }
    };
    let mut changes: Vec<Option<(Variable, Option<Variable>)>> = Vec::with_capacity(ask.leaves.len());
    for (at, room) in rooms.into_iter().enumerate() {
        changes.push(open[at].then(|| {
            let up = variable(&mut program, alone[at], most);
            (up, (room > 0).then(|| variable(&mut program, alone[at], room.min(most))))
        }));
    }
    let mut height = 0_u64;
    for row in rows {
        if row.alone() || !(row.binds() || row.watched) {
            continue;
        }
        let mut terms = Vec::with_capacity(row.leaves.len() * 2 + 2);
        for (up, down) in row.leaves.iter().filter_map(|at| changes[*at]) {
            terms.push((up, 1.0));
            terms.extend(down.map(|down| (down, -1.0)));
        }
        if !row.binds() {
            height += 1;
            program.add_constraint(terms, ComparisonOp::Ge, -real(row.room.unwrap_or(0)));
            continue;
        }
        if let Some(toward) = row.toward {
            let most = if toward > 0 { toward } else { row.room.unwrap_or(i64::MAX).min(-toward) };
            let far = program.add_var(-FAR, (0.0, real(most)));
            terms.push((far, if toward > 0 { -1.0 } else { 1.0 }));
        } else if row.by.is_none() && !row.closed {
            columns += 2;
            let down = row.room.map_or(f64::INFINITY, real);
            terms.push((program.add_var(row.cost, (0.0, f64::INFINITY)), -1.0));
            terms.push((program.add_var(row.cost, (0.0, down)), 1.0));
        }
        height += 1;
        program.add_constraint(terms, ComparisonOp::Eq, real(row.by.unwrap_or(0)));
    }
    let work = columns * (height + 4).isqrt() * if whole { 10 } else { 1 };
    let mut options = SolveOptions::default();
    options.node_limit = Some(NODES);
    let nothing = |cost| Reply { change: None, cost, work };
    let Some(solution) = program.solve_with(options).ok().and_then(|outcome| outcome.into_solution().ok())
    else {
        return nothing(f64::INFINITY);
    };
    let mut change = Vec::new();
    for (at, leaf) in ask.leaves.iter().enumerate() {
        let Some((up, down)) = changes[at] else { continue };
        let by = solution.var_value(up) - down.map_or(0.0, |down| solution.var_value(down));
        match nearest(by) {
            None => return nothing(solution.objective()),
            Some(0) => {}
            Some(by) => change.push((*leaf, by)),
        }
    }
    Reply { change: Some(change), cost: solution.objective(), work }
}

/// Exact up to 2^53; greater numbers do not occur, see `draft`.
#[expect(
    clippy::cast_precision_loss,
    reason = "numbers of a problem stay below 2^53, and the answer is checked"
)]
pub(super) fn real(number: i64) -> f64 {
    number as f64
}

/// The whole number that a result means, if it means one.
#[expect(clippy::cast_possible_truncation, reason = "looked at before, and the answer is checked")]
pub(super) fn nearest(number: f64) -> Option<i64> {
    let whole = number.round();
    ((number - whole).abs() <= NEAR * (1.0 + whole.abs() * 1e-3) && whole.abs() < 1e15)
        .then_some(whole as i64)
}
