//! Cells that no table lists and that readers may work out from several that are listed.
//!
//! Listed cells tell classes of leaves apart along every dimension. Each combination of classes is a cell; so is each of the
//! groups that are used, or of what one such group has beyond another, in place of a class: unions along an axis. And
//! along each line of listed cells, what they tell apart there, as a village that a table leaves out beside its total.
//!
//! What an earlier release lists is looked at by itself as well, under the policy of its time: that was promised then.
//!
//! Refuses: cells of which nothing is asked.
//! Invariant: no two cells have the same leaves, except listed ones.

use super::finish::{PARTS, Space};
use super::{BTreeMap, Cell, CellId, Draft, DraftError, HashMap, MeasureKind, NOW, Problem};
use std::collections::{BTreeSet, HashSet};

/// Most combinations that are looked at; beyond it unions are left to lines.
const COMBINATIONS: usize = 1 << 22;

/// By dimension: sets of classes.
type Sets = Vec<Vec<Vec<u32>>>;

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
                let mut sets = self.sets(&own, space);
                if space.kind == MeasureKind::Count {
                    adder.combinations(space, &mut sets)?;
                }
                adder.lines(&own, space, &sets)?;
            }
            for (outer, inner) in &self.differences {
                if stands(&self.cells[*outer]) && stands(&self.cells[*inner]) {
                    adder.difference(*outer, *inner, spaces)?;
                }
            }
        }
        Ok(())
    }

    /// By dimension: the classes that some cells tell apart, the groups that they use, and differences of these.
    fn sets(&self, cells: &[CellId], space: &Space) -> Sets {
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
            for outer in &groups {
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
    /// All combinations of sets.
    fn combinations(&mut self, space: &Space, sets: &mut Sets) -> Result<(), DraftError> {
        let count =
            |sets: &Sets| sets.iter().fold(1_usize, |count, sets| count.saturating_mul(sets.len()));
        while count(sets) > COMBINATIONS {
            // The dimension with most sets keeps the small ones, classes among them.
            let Some(most) = sets.iter_mut().max_by_key(|sets| sets.len()) else { break };
            most.sort_by_key(Vec::len);
            most.truncate(most.len() * 3 / 4);
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
        for (at, value) in values.into_iter().enumerate() {
            if !self.draft.rules[self.rule].count(value) {
                continue;
            }
            let mut rest = at;
            let mut chosen: Vec<&[u32]> = Vec::with_capacity(sets.len());
            for sets in sets.iter() {
                chosen.push(&sets[rest % sets.len()]);
                rest /= sets.len();
            }
            self.add(space, space.leaves(&chosen))?;
        }
        Ok(())
    }

    /// What cells that differ in one dimension alone tell apart.
    fn lines(&mut self, cells: &[CellId], space: &Space, sets: &Sets) -> Result<(), DraftError> {
        for at in 0..sets.len() {
            let mut lines: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
            for id in cells {
                let mut others = self.draft.cells[*id].groups.clone();
                let group = std::mem::replace(&mut others[at], 0);
                lines.entry(others).or_default().push(group);
            }
            // Classes and differences are there already, for counts; amounts are looked at here alone.
            let seen: HashSet<&Vec<u32>> =
                sets[at].iter().filter(|_| space.kind == MeasureKind::Count).collect();
            for (others, line) in lines.into_iter().filter(|(_, line)| line.len() > 1) {
                for set in told_apart(&line, &space.groups[at], space.kind == MeasureKind::Amount) {
                    if seen.contains(&set) {
                        continue;
                    }
                    let own = others.iter().enumerate().map(|(other, group)| {
                        if other == at { &*set } else { &*space.groups[other][*group as usize] }
                    });
                    let own: Vec<&[u32]> = own.collect();
                    self.add(space, space.leaves(&own))?;
                }
            }
        }
        Ok(())
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

/// Classes of a line by the groups that they are in; with all differences of two groups where these are asked for.
fn told_apart(line: &[u32], groups: &[Vec<u32>], differences: bool) -> BTreeSet<Vec<u32>> {
    let mut of: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for group in line {
        for class in &groups[*group as usize] {
            of.entry(*class).or_default().push(*group);
        }
    }
    let mut sets: HashMap<Vec<u32>, Vec<u32>> = HashMap::new();
    for (class, of) in of {
        sets.entry(of).or_default().push(class);
    }
    let mut sets: BTreeSet<Vec<u32>> = sets.into_values().collect();
    if differences {
        for outer in line.iter().map(|group| &groups[*group as usize]) {
            for inner in line.iter().map(|group| &groups[*group as usize]) {
                let rest = without(outer, inner);
                if !rest.is_empty() && rest.len() + inner.len() == outer.len() {
                    sets.insert(rest);
                }
            }
        }
    }
    sets
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
