//! Cells that no table lists and that readers may work out from several that are listed.
//!
//! Along each line of cells, which differ in one dimension alone, they tell sets apart, as a village that a table leaves out
//! beside its total, or a quarter less two of its months; sets add up to groups, and what follows is looked at again.
//! Listed cells tell classes of leaves apart along every dimension. Where they are not too many, each combination of classes is a
//! cell too, with groups and differences of groups in the place of classes: unions along an axis. Where they are too many with the differences, they are
//! taken without.
//!
//! What an earlier release lists is looked at by itself as well, under the policy of its time: that was promised then.
//!
//! Refuses: cells of which nothing is asked.
//! Invariant: no two cells have the same leaves, except listed ones.

use super::finish::{PARTS, Space};
use super::{BTreeMap, Cell, CellId, Draft, DraftError, HashMap, MeasureKind, NOW, Problem};
use std::collections::{BTreeSet, HashSet};

/// Most combinations that are looked at, and most small ones; beyond it cells are those that follow along lines.
const COMBINATIONS: usize = 1 << 16;
const SMALL: usize = 1200;
/// So often what follows is looked at again.
const STEPS: usize = 3;
/// Most cells that are told apart along lines.
const TOLD: usize = 100_000;

/// By dimension: sets of classes.
type Sets = Vec<Vec<Vec<u32>>>;
/// A set of codes along one dimension, and what is told of it.
type Told<'t> = (&'t Vec<u32>, i64);

/// Puts cells into a problem, each once.
struct Adder<'d> {
    draft: &'d Draft,
    problem: &'d mut Problem,
    known: HashMap<Vec<u32>, CellId>,
    parts: usize,
    rule: usize,
}

impl Draft {
    /// Adds the sensitive cells that follow from listed ones.
    pub(super) fn unlisted(&self, problem: &mut Problem, spaces: &[Space]) -> Result<(), DraftError> {
        let known = problem.cells.iter().enumerate().map(|(id, cell)| (cell.leaves.clone(), id)).collect();
        let mut adder = Adder { draft: self, problem, known, parts: 0, rule: NOW };
        for rule in 0..self.rules.len() {
            adder.rule = rule;
            let stands = |cell: &super::Listed| rule == NOW || cell.rules >> rule & 1 == 1;
            let cells: Vec<CellId> = (0..self.cells.len()).filter(|id| stands(&self.cells[*id])).collect();
            for (measure, space) in spaces.iter().enumerate() {
                let own: Vec<CellId> =
                    cells.iter().copied().filter(|id| self.cells[*id].measure == measure).collect();
                if space.kind == MeasureKind::Count {
                    let all = adder.combinations(space, &self.sets(&own, space, true))?;
                    if !all {
                        adder.combinations(space, &self.sets(&own, space, false))?;
                    }
                }
                adder.lines(&own, space, &self.sets(&own, space, false))?;
            }
            for (outer, inner) in &self.differences {
                if stands(&self.cells[*outer]) && stands(&self.cells[*inner]) {
                    adder.difference(*outer, *inner, spaces)?;
                }
            }
        }
        Ok(())
    }

    /// By dimension: the classes that some cells tell apart and the groups that they use, with differences of these if asked.
    fn sets(&self, cells: &[CellId], space: &Space, differences: bool) -> Sets {
        let mut all = Vec::new();
        for (at, shape) in self.dimensions.iter().enumerate() {
            let mut used = vec![false; shape.groups.len()];
            cells.iter().for_each(|id| used[self.cells[*id].groups[at] as usize] = true);
            let (class, classes) = shape.classes(&used);
            let mut sets: BTreeSet<Vec<u32>> = BTreeSet::new();
            let mut own: Vec<BTreeSet<u32>> = vec![BTreeSet::new(); classes];
            for (leaf, class) in class.into_iter().enumerate() {
                own[class as usize].insert(space.class[at][leaf]);
            }
            sets.extend(own.into_iter().map(|class| class.into_iter().collect()));
            let groups: Vec<&Vec<u32>> =
                space.groups[at].iter().zip(used).filter(|(_, used)| *used).map(|(group, _)| group).collect();
            for outer in groups.iter().filter(|_| differences) {
                let inside: HashSet<u32> = outer.iter().copied().collect();
                for inner in groups.iter().filter(|inner| {
                    inner.len() < outer.len() && inner.iter().all(|class| inside.contains(class))
                }) {
                    sets.insert(without(outer, inner));
                }
            }
            sets.extend(groups.into_iter().cloned());
            all.push(sets.into_iter().collect());
        }
        all
    }
}

impl Adder<'_> {
    /// All combinations of sets; false where they are too many.
    fn combinations(&mut self, space: &Space, sets: &Sets) -> Result<bool, DraftError> {
        let count = |sets: &Sets| sets.iter().fold(1_usize, |count, sets| count.saturating_mul(sets.len()));
        if count(sets) > COMBINATIONS {
            return Ok(false);
        }
        // Values of all combinations: one dimension after the other is summed over its sets.
        let start = space.start as usize;
        let mut values: Vec<i64> =
            self.problem.leaves[start..start + space.size].iter().map(|leaf| leaf.value).collect();
        let mut before = 1;
        for (sets, class) in sets.iter().zip(&space.class) {
            let classes = class.iter().max().map_or(1, |most| *most as usize + 1);
            let after = values.len() / (before * classes);
            let mut sums = vec![0_i64; before * sets.len() * after];
            for outer in 0..after {
                for (at, set) in sets.iter().enumerate() {
                    for class in set {
                        let from = (outer * classes + *class as usize) * before;
                        let to = (outer * sets.len() + at) * before;
                        for inner in 0..before {
                            sums[to + inner] += values[from + inner];
                        }
                    }
                }
            }
            before *= sets.len();
            values = sums;
        }
        let small = values.iter().filter(|value| self.draft.rules[self.rule].count(**value)).count();
        if small > SMALL {
            return Ok(false);
        }
        for (at, value) in values.into_iter().enumerate() {
            if !self.draft.rules[self.rule].count(value) {
                continue;
            }
            let mut rest = at;
            let mut chosen: Vec<&[u32]> = Vec::with_capacity(sets.len());
            for sets in sets {
                chosen.push(&sets[rest % sets.len()]);
                rest /= sets.len();
            }
            self.add(space, space.leaves(&chosen))?;
        }
        Ok(true)
    }

    /// What follows by adding and subtracting along lines: cells that differ in one dimension alone. What follows is looked at like
    /// what is listed, a few times over.
    fn lines(&mut self, cells: &[CellId], space: &Space, sets: &Sets) -> Result<(), DraftError> {
        let mut told: BTreeMap<Vec<Vec<u32>>, i64> = BTreeMap::new();
        for id in cells {
            let groups = self.draft.cells[*id].groups.iter().enumerate();
            let place = groups.map(|(at, group)| space.groups[at][*group as usize].clone()).collect();
            told.insert(place, self.problem.cells[*id].value);
        }
        for _ in 0..STEPS {
            let mut more: BTreeMap<Vec<Vec<u32>>, i64> = BTreeMap::new();
            for at in 0..sets.len() {
                let mut lines: BTreeMap<Vec<&Vec<u32>>, Vec<Told>> = BTreeMap::new();
                for (place, value) in &told {
                    let others = place.iter().enumerate().filter(|(other, _)| *other != at);
                    lines.entry(others.map(|(_, set)| set).collect()).or_default().push((&place[at], *value));
                }
                for (others, line) in lines.into_iter().filter(|(_, line)| line.len() > 1) {
                    let place = |set: &[u32]| {
                        let mut place: Vec<Vec<u32>> = others.iter().map(|set| (*set).clone()).collect();
                        place.insert(at, set.to_vec());
                        place
                    };
                    for (set, value) in self.differences(&line, space) {
                        // Most differences are plainly not sensitive: their leaves are not looked at.
                        if space.kind == MeasureKind::Amount || self.draft.rules[self.rule].count(value) {
                            self.add_place(space, &place(&set))?;
                        }
                    }
                    for set in told_apart(&line).into_iter().chain(sums(&line, &sets[at])) {
                        let place = place(&set);
                        if !told.contains_key(&place) && !more.contains_key(&place) {
                            let value = self.add_place(space, &place)?;
                            more.insert(place, value);
                        }
                    }
                }
            }
            if more.is_empty() || told.len() + more.len() > TOLD {
                break;
            }
            told.append(&mut more);
        }
        Ok(())
    }

    /// Differences of nested sets of a line, with their values.
    fn differences(&self, line: &[(&Vec<u32>, i64)], space: &Space) -> Vec<(Vec<u32>, i64)> {
        let mut found = Vec::new();
        for (outer, all) in line.iter().filter(|(outer, _)| outer.len() > 1) {
            for (inner, some) in line.iter().filter(|(inner, _)| inner.len() < outer.len()) {
                let value = all - some;
                if (space.kind == MeasureKind::Amount || self.draft.rules[self.rule].count(value))
                    && inner.iter().all(|class| outer.binary_search(class).is_ok())
                {
                    found.push((without(outer, inner), value));
                }
            }
        }
        found
    }

    /// Adds the cell of a place; gives its value.
    fn add_place(&mut self, space: &Space, place: &[Vec<u32>]) -> Result<i64, DraftError> {
        let sets: Vec<&[u32]> = place.iter().map(Vec::as_slice).collect();
        let leaves = space.leaves(&sets);
        let value = leaves.iter().map(|leaf| self.problem.leaves[*leaf as usize].value).sum();
        if space.kind == MeasureKind::Amount || self.draft.rules[self.rule].count(value) {
            self.add(space, leaves)?;
        }
        Ok(value)
    }

    /// What is left of one cell beyond another, where it holds it.
    fn difference(&mut self, outer: CellId, inner: CellId, spaces: &[Space]) -> Result<(), DraftError> {
        let (all, some) = (&self.problem.cells[outer].leaves, &self.problem.cells[inner].leaves);
        let leaves = without(all, some);
        if leaves.len() + some.len() == all.len() && !leaves.is_empty() {
            self.add(&spaces[self.draft.cells[outer].measure], leaves)?;
        }
        Ok(())
    }

    /// Adds a cell if it is sensitive, or asks more of the one that is there.
    fn add(&mut self, space: &Space, leaves: Vec<u32>) -> Result<(), DraftError> {
        let rules = if self.rule == NOW { 0 } else { 1 << self.rule };
        if let Some(id) = self.known.get(&leaves) {
            if self.rule != NOW {
                let mut cell = self.problem.cells[*id].clone();
                self.draft.demand(&mut cell, self.problem, space, rules);
                self.problem.cells[*id] = cell;
            }
            return Ok(());
        }
        let mut cell = Cell::of(self.problem, space, leaves);
        self.draft.demand(&mut cell, self.problem, space, rules);
        if cell.sensitive() {
            self.parts += cell.leaves.len();
            self.known.insert(cell.leaves.clone(), self.problem.cells.len());
            self.problem.cells.push(cell);
        }
        if self.parts > PARTS { Err(DraftError::TooLarge) } else { Ok(()) }
    }
}

/// Classes of a line by the sets that they are in.
fn told_apart(line: &[(&Vec<u32>, i64)]) -> Vec<Vec<u32>> {
    let mut of: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (number, (set, _)) in line.iter().enumerate() {
        set.iter().for_each(|class| of.entry(*class).or_default().push(number));
    }
    let mut sets: BTreeMap<Vec<usize>, Vec<u32>> = BTreeMap::new();
    for (class, of) in of {
        sets.entry(of).or_default().push(class);
    }
    sets.into_values().collect()
}

/// Groups and classes that sets of a line without common ones add up to.
fn sums(line: &[(&Vec<u32>, i64)], wanted: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut sets: Vec<&Vec<u32>> = line.iter().map(|(set, _)| *set).collect();
    sets.sort_by_key(|set| set.len());
    let adds_up = |whole: &&Vec<u32>| {
        let mut left: BTreeSet<u32> = whole.iter().copied().collect();
        for set in sets.iter().filter(|set| set.len() < whole.len()) {
            if set.iter().all(|class| left.contains(class)) {
                set.iter().for_each(|class| {
                    left.remove(class);
                });
            }
        }
        left.is_empty()
    };
    wanted.iter().filter(|whole| whole.len() > 1 && !sets.contains(whole)).filter(adds_up).cloned().collect()
}

/// Of two ascending lists, what is in the first alone.
fn without(all: &[u32], some: &[u32]) -> Vec<u32> {
    let mut some = some.iter().peekable();
    let mut rest = Vec::with_capacity(all.len());
    for leaf in all {
        while some.next_if(|other| *other < leaf).is_some() {}
        if some.peek() != Some(&leaf) {
            rest.push(*leaf);
        }
    }
    rest
}
