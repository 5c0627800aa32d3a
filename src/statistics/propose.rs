//! What to merge when a table has more holes than figures: categories of a dimension, or periods into longer ones.
//!
//! Candidates are the smallest categories together, and neighbours by twos, threes, fours and sixes, which for months are
//! quarters and half-years. The one that leaves most figures to print is tried in earnest; where none helps alone, the
//! most promising is kept and the rest is looked at again.
//!
//! Refuses: a proposal that was not tried, and one that changes what an earlier release shows.
//! Invariant: effort is counted in steps; it is a few seconds at most.

use super::draft::Draft;
use super::problem::{Problem, Status};
use super::suppress::{Budget, suppress};

#[cfg(test)]
mod tests;

/// A way to make tables that can be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What to merge, in one dimension or several.
    pub merges: Vec<Merge>,
    /// How many figures that are not 0 the tables would then have.
    pub figures: usize,
    /// How many of these would be hidden.
    pub hidden: usize,
}

/// Leaves of one dimension that become one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merge {
    /// Number of the dimension.
    pub dimension: usize,
    /// Sets of two leaves or more, without common ones; leaves as the dimension numbers them.
    pub sets: Vec<Vec<u32>>,
}

/// Tables are made better at most so often.
const ROUNDS: usize = 4;
/// Candidates that are tried in earnest in each round.
const TRIED: usize = 2;
/// A candidate is tried if at most one in so many figures is sensitive.
const EASY: usize = 6;
/// Effort for each.
const BUDGET: Budget = Budget { find: 2_000_000, improve: 100_000, sparse_from: 1 };
/// Most pairs of candidate and cell that are looked at.
const LOOKS: usize = 2_000_000;

/// A candidate, and what is left of the tables with it.
struct Candidate {
    merge: Merge,
    draft: Draft,
    /// Figures that would probably be printed.
    score: usize,
    /// Few enough of them are sensitive.
    easy: bool,
}

/// Proposals, best first; none where merging does not help.
pub fn propose(draft: &Draft) -> Vec<Proposal> {
    let mut base = draft.clone();
    let mut done: Vec<Merge> = Vec::new();
    for _ in 0..ROUNDS {
        let mut candidates = candidates(&base);
        candidates.sort_by_key(|candidate| (!candidate.easy, std::cmp::Reverse(candidate.score)));
        let mut found: Vec<Proposal> = Vec::new();
        for candidate in candidates.iter().take(TRIED).filter(|candidate| candidate.easy) {
            let Ok(problem) = candidate.draft.finish() else { continue };
            let Ok(answer) = suppress(&problem, BUDGET) else { continue };
            let (figures, hidden) = figures(&problem, |id| answer.status[id] != Status::Printed);
            let merges = joined(draft, &done, &candidate.merge);
            found.push(Proposal { merges, figures, hidden });
        }
        if !found.is_empty() {
            found.sort_by_key(|proposal| std::cmp::Reverse(proposal.figures - proposal.hidden));
            return found;
        }
        let Some(best) = candidates.into_iter().next() else { break };
        done = joined(draft, &done, &best.merge);
        base = best.draft;
    }
    Vec::new()
}

/// Figures that are not 0, and how many of them are hidden.
fn figures(problem: &Problem, hidden: impl Fn(usize) -> bool) -> (usize, usize) {
    let listed = problem.cells.iter().enumerate().filter(|(_, cell)| cell.listed && cell.value > 0);
    listed.fold((0, 0), |(all, gone), (id, _)| (all + 1, gone + usize::from(hidden(id))))
}

/// All candidates that leave something to print.
fn candidates(base: &Draft) -> Vec<Candidate> {
    let mut all = Vec::new();
    let mut looks = 0;
    for dimension in (0..base.dimensions()).filter(|dimension| base.may_merge(*dimension)) {
        let mut tried: Vec<Vec<Vec<u32>>> = Vec::new();
        for sets in smallest(base, dimension).into_iter().chain(neighbours(base, dimension)) {
            if sets.is_empty() || tried.contains(&sets) || looks > LOOKS {
                continue;
            }
            tried.push(sets.clone());
            let merge = Merge { dimension, sets };
            let Some(draft) = base.merged(merge.dimension, &merge.sets) else { continue };
            let Ok(problem) = draft.outline() else { continue };
            looks += problem.cells.len();
            let (figures, hidden) = figures(&problem, |id| problem.cells[id].sensitive());
            // Each small cell takes another one or two with it, as a rule.
            let score = figures.saturating_sub(hidden * 5 / 2);
            all.push(Candidate { merge, draft, score, easy: figures > 0 && hidden * EASY <= figures });
        }
    }
    all
}

/// The smallest categories together: the smaller half, all but the three greatest, and those that are small in themselves;
/// each within what groups do not tell apart.
fn smallest(base: &Draft, dimension: usize) -> Vec<Vec<Vec<u32>>> {
    let totals = base.totals(dimension);
    let sets = |keep: &dyn Fn(usize) -> usize| {
        let mut sets = Vec::new();
        for mut alike in base.alike(dimension) {
            alike.sort_by_key(|leaf| (std::cmp::Reverse(totals[*leaf as usize]), *leaf));
            let mut small = alike.split_off(keep(alike.len()).min(alike.len()));
            if small.len() > 1 {
                small.sort_unstable();
                sets.push(small);
            }
        }
        sets
    };
    vec![sets(&|len| len / 2), sets(&|len| len * 3 / 4), sets(&|_| 3), sets(&|_| 1), sets(&|_| 0)]
}

/// Neighbours by twos, threes, fours and sixes.
fn neighbours(base: &Draft, dimension: usize) -> Vec<Vec<Vec<u32>>> {
    let leaves: Vec<u32> = (0..base.leaves(dimension)).collect();
    [2, 3, 4, 6]
        .map(|size| leaves.chunks(size).filter(|chunk| chunk.len() > 1).map(<[u32]>::to_vec).collect())
        .into_iter()
        .collect()
}

/// What was merged before with what is merged now, in leaves of the first draft.
fn joined(first: &Draft, done: &[Merge], next: &Merge) -> Vec<Merge> {
    let mut all = done.to_vec();
    let earlier = all.iter().position(|merge| merge.dimension == next.dimension);
    let sets = match earlier {
        None => next.sets.clone(),
        Some(at) => {
            // Leaves of the merged dimension are numbered by their first leaf's place.
            let old = all.remove(at).sets;
            let groups = first.after(next.dimension, &old);
            let mut sets: Vec<Vec<u32>> = Vec::new();
            let mut used = vec![false; groups.len()];
            for set in &next.sets {
                let mut members: Vec<u32> =
                    set.iter().flat_map(|leaf| groups[*leaf as usize].clone()).collect();
                members.sort_unstable();
                sets.push(members);
                set.iter().for_each(|leaf| used[*leaf as usize] = true);
            }
            sets.extend(
                groups
                    .into_iter()
                    .zip(used)
                    .filter(|(group, used)| !used && group.len() > 1)
                    .map(|(group, _)| group),
            );
            sets
        }
    };
    all.push(Merge { dimension: next.dimension, sets });
    all
}
