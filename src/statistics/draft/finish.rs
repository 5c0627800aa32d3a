//! The last step of a draft: leaves, values, needs, and the differences of nested groups.

use super::{
    BTreeMap, Cell, CellId, Draft, DraftError, Entry, HashMap, Leaf, MeasureKind, Need, Policy, Problem,
    Shape, index,
};

/// Most leaves of all measures together.
const LEAVES: usize = 1 << 20;
/// Most pairs of a cell and a leaf of it.
const PARTS: usize = 1 << 25;
/// Greatest number that may occur, so that sums of a million stay far from overflow and exact in floating point.
const GREATEST: i64 = 1 << 48;

/// The leaves of one measure: those of each dimension that its cells tell apart.
pub(super) struct Space {
    /// Index of its first leaf in the problem.
    start: u32,
    /// By dimension and leaf: the class of leaves that it is in.
    class: Vec<Vec<u32>>,
    /// By dimension and group: its classes, ascending.
    groups: Vec<Vec<Vec<u32>>>,
    /// By dimension: how many leaves further on the next class is.
    strides: Vec<u32>,
    size: usize,
    kind: MeasureKind,
    /// By leaf, for amounts: number of contributors and the largest contributions.
    contributors: BTreeMap<u32, (u64, Vec<i64>)>,
}

/// Cells that differ in one dimension alone: the group of each.
type Line = Vec<(u32, CellId)>;

/// What a cell is made of, as far as rules look at it.
struct Parts {
    value: i64,
    contributors: u64,
    largest: Vec<i64>,
}

impl Draft {
    /// The problem. Its first cells are the listed ones, in the order of their numbers.
    pub fn finish(&self) -> Result<Problem, DraftError> {
        let (mut problem, spaces) = self.listed_cells()?;
        self.virtuals(&mut problem, &spaces)?;
        Ok(problem)
    }

    /// The problem without what follows from two cells.
    pub(super) fn listed_cells(&self) -> Result<(Problem, Vec<Space>), DraftError> {
        let mut problem = Problem { insiders: self.policy.insiders, ..Problem::default() };
        let mut spaces = Vec::new();
        for measure in 0..self.measures.len() {
            spaces.push(self.space(measure, &mut problem)?);
        }
        let mut parts = 0_usize;
        for listed in &self.cells {
            let space = &spaces[listed.measure];
            let sets: Vec<&[u32]> = listed
                .groups
                .iter()
                .enumerate()
                .map(|(at, group)| &*space.groups[at][*group as usize])
                .collect();
            parts = parts.saturating_add(sets.iter().fold(1, |size, set| size.saturating_mul(set.len())));
            if parts > PARTS {
                return Err(DraftError::TooLarge);
            }
            let mut cell = self.made(&problem, space, space.leaves(&sets));
            (cell.listed, cell.pin, cell.weight) = (true, listed.pin, listed.weight);
            problem.cells.push(cell);
        }
        Ok((problem, spaces))
    }

    /// Merges what cells of a measure do not tell apart, and puts its leaves into the problem.
    fn space(&self, measure: usize, problem: &mut Problem) -> Result<Space, DraftError> {
        let (kind, entries) = &self.measures[measure];
        let mut space = Space {
            start: index(problem.leaves.len()),
            class: Vec::new(),
            groups: Vec::new(),
            strides: Vec::new(),
            size: 1,
            kind: *kind,
            contributors: BTreeMap::new(),
        };
        for (at, shape) in self.dimensions.iter().enumerate() {
            let mut used = vec![false; shape.groups.len()];
            for group in self.cells.iter().filter(|cell| cell.measure == measure).map(|cell| cell.groups[at])
            {
                used[group as usize] = true;
            }
            for zero in &self.empty {
                used[zero[at] as usize] = true;
            }
            let (class, classes) = shape.classes(&used, self.policy.unlisted);
            let groups = shape.groups.iter().zip(used).map(|(group, used)| {
                let mut of: Vec<u32> =
                    group.iter().filter(|_| used).map(|leaf| class[*leaf as usize]).collect();
                of.sort_unstable();
                of.dedup();
                of
            });
            space.groups.push(groups.collect());
            space.strides.push(index(space.size));
            space.class.push(class);
            space.size =
                space.size.checked_mul(classes).filter(|size| *size <= LEAVES).ok_or(DraftError::TooLarge)?;
        }
        if problem.leaves.len() + space.size > LEAVES {
            return Err(DraftError::TooLarge);
        }
        let sizes = space.class.iter().map(|class| class.iter().max().map_or(0, |most| most + 1)).collect();
        problem.spaces.push(super::Space { start: space.start, sizes });
        problem.leaves.resize(problem.leaves.len() + space.size, Leaf::default());
        for entry in entries {
            self.enter(entry, &mut space, &mut problem.leaves)?;
        }
        for zero in &self.empty {
            let sets: Vec<&[u32]> =
                zero.iter().enumerate().map(|(at, group)| &*space.groups[at][*group as usize]).collect();
            for leaf in space.leaves(&sets) {
                let leaf = &mut problem.leaves[leaf as usize];
                // Data that contradicts a structural zero is the caller's to report; it is not empty here.
                leaf.empty = leaf.value == 0;
            }
        }
        Ok(space)
    }

    fn enter(&self, entry: &Entry, space: &mut Space, leaves: &mut [Leaf]) -> Result<(), DraftError> {
        let at =
            entry.at.iter().enumerate().map(|(at, leaf)| space.class[at][*leaf as usize] * space.strides[at]);
        let leaf = space.start + at.sum::<u32>();
        let value = &mut leaves[leaf as usize].value;
        let sum = value.checked_add(entry.value).filter(|sum| *sum <= GREATEST && entry.value >= 0);
        *value = sum.ok_or(DraftError::Number)?;
        if space.kind == MeasureKind::Amount {
            let (contributors, largest) = space.contributors.entry(leaf).or_default();
            *contributors += u64::from(entry.contributors);
            largest.extend(&entry.largest);
            self.policy.keep_largest(largest);
        }
        Ok(())
    }

    fn made(&self, problem: &Problem, space: &Space, leaves: Vec<u32>) -> Cell {
        let value = leaves.iter().map(|leaf| problem.leaves[*leaf as usize].value).sum();
        let empty = leaves.iter().all(|leaf| problem.leaves[*leaf as usize].empty);
        let need = match space.kind {
            _ if empty => None,
            MeasureKind::Count => self.policy.count(value).then_some(Need::Width(self.policy.width)),
            MeasureKind::Amount => {
                let mut parts = Parts { value, contributors: 0, largest: Vec::new() };
                for (contributors, largest) in leaves.iter().filter_map(|leaf| space.contributors.get(leaf)) {
                    parts.contributors += contributors;
                    parts.largest.extend(largest);
                }
                self.policy.keep_largest(&mut parts.largest);
                self.policy.amount(&parts)
            }
        };
        Cell {
            leaves,
            value,
            count: space.kind == MeasureKind::Count,
            listed: false,
            need,
            pin: None,
            weight: 1,
        }
    }

    /// Adds the sensitive cells that follow from two listed ones.
    fn virtuals(&self, problem: &mut Problem, spaces: &[Space]) -> Result<(), DraftError> {
        let mut known: HashMap<Vec<u32>, CellId> = HashMap::new();
        let listed: Vec<Vec<u32>> = problem.cells.iter().map(|cell| cell.leaves.clone()).collect();
        known.extend(listed.into_iter().enumerate().map(|(id, leaves)| (leaves, id)));
        let mut parts = 0;
        let mut add = |problem: &mut Problem, cell: Cell| {
            if cell.sensitive() && !known.contains_key(&cell.leaves) {
                parts += cell.leaves.len();
                known.insert(cell.leaves.clone(), problem.cells.len());
                problem.cells.push(cell);
            }
            if parts > PARTS { Err(DraftError::TooLarge) } else { Ok(()) }
        };
        for (at, shape) in self.dimensions.iter().enumerate() {
            // By measure and groups of the other dimensions: groups of this one, and their cells.
            let mut lines: BTreeMap<(usize, Vec<u32>), Line> = BTreeMap::new();
            for (id, cell) in self.cells.iter().enumerate() {
                let mut others = cell.groups.clone();
                others.remove(at);
                lines.entry((cell.measure, others)).or_default().push((cell.groups[at], id));
            }
            let within = shape.nested();
            for ((measure, _), line) in lines {
                for (outer, outer_id) in &line {
                    for (_, inner_id) in line.iter().filter(|(inner, _)| within.contains(&(*inner, *outer))) {
                        let space = &spaces[measure];
                        // Most differences are plainly not sensitive: look at their leaves only where they may be.
                        let value = problem.cells[*outer_id].value - problem.cells[*inner_id].value;
                        if space.kind == MeasureKind::Amount || self.policy.count(value) {
                            let leaves =
                                without(&problem.cells[*outer_id].leaves, &problem.cells[*inner_id].leaves);
                            let cell = self.made(problem, space, leaves);
                            add(problem, cell)?;
                        }
                    }
                }
            }
        }
        for (outer, inner) in &self.differences {
            let leaves = without(&problem.cells[*outer].leaves, &problem.cells[*inner].leaves);
            let nested =
                leaves.len() + problem.cells[*inner].leaves.len() == problem.cells[*outer].leaves.len();
            if nested && !leaves.is_empty() {
                let cell = self.made(problem, &spaces[self.cells[*outer].measure], leaves);
                add(problem, cell)?;
            }
        }
        if self.policy.unlisted {
            for space in spaces.iter().filter(|space| space.kind == MeasureKind::Count) {
                for leaf in space.start..space.start + index(space.size) {
                    let mut cell = self.made(problem, space, vec![leaf]);
                    if (1..self.policy.threshold).contains(&cell.value) {
                        cell.need = Some(Need::Width(1));
                        add(problem, cell)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Shape {
    /// The class of each leaf, and how many there are: leaves are of one class if they are in the same of the used groups.
    pub(super) fn classes(&self, used: &[bool], apart: bool) -> (Vec<u32>, usize) {
        let mut class = vec![0_u32; self.leaves as usize];
        if apart {
            return ((0..self.leaves).collect(), self.leaves as usize);
        }
        let mut classes = 1;
        for group in self.groups.iter().zip(used).filter(|(_, used)| **used).map(|(group, _)| group) {
            // Leaves inside go to a new class if some of their class stay outside; renumbering keeps the order of leaves.
            let mut inside = vec![false; class.len()];
            for leaf in group {
                inside[*leaf as usize] = true;
            }
            let mut numbers: HashMap<(u32, bool), u32> = HashMap::new();
            for (class, inside) in class.iter_mut().zip(inside) {
                let next = index(numbers.len());
                *class = *numbers.entry((*class, inside)).or_insert(next);
            }
            classes = numbers.len();
        }
        (class, classes)
    }

    /// All pairs of a group and another that holds it and more.
    fn nested(&self) -> std::collections::HashSet<(u32, u32)> {
        let mut within = std::collections::HashSet::new();
        let mut holds = vec![vec![false; self.leaves as usize]; self.groups.len()];
        for (group, holds) in self.groups.iter().zip(&mut holds) {
            for leaf in group {
                holds[*leaf as usize] = true;
            }
        }
        for (outer, holds) in holds.iter().enumerate() {
            for (inner, group) in self.groups.iter().enumerate() {
                if group.len() < self.groups[outer].len() && group.iter().all(|leaf| holds[*leaf as usize]) {
                    within.insert((index(inner), index(outer)));
                }
            }
        }
        within
    }
}

impl Space {
    /// The leaves of a product of classes, ascending.
    fn leaves(&self, sets: &[&[u32]]) -> Vec<u32> {
        let mut leaves = vec![self.start];
        for (set, stride) in sets.iter().zip(&self.strides) {
            leaves =
                leaves.iter().flat_map(|leaf| set.iter().map(move |class| leaf + class * stride)).collect();
        }
        leaves.sort_unstable();
        leaves
    }
}

impl Policy {
    fn count(&self, value: i64) -> bool {
        (0 < value && value < self.threshold) || (self.zeros_sensitive && value == 0)
    }

    /// What must stay open about an amount, if it is sensitive.
    fn amount(&self, parts: &Parts) -> Option<Need> {
        let &first = parts.largest.first()?;
        let second = parts.largest.get(1).copied().unwrap_or(0);
        let (total, first, second) = (i128::from(parts.value), i128::from(first), i128::from(second));
        let (p, rest) = (i128::from(self.p), (total - first - second).max(0));
        let (mut up, mut sensitive) = (p * first - 100 * rest, p * first > 100 * rest);
        if parts.contributors < u64::from(self.contributors) {
            (up, sensitive) = (up.max(p * first), true);
        }
        let mut up = rounded_up(up, 100);
        if let Some((most, percent)) = self.dominance {
            let (top, percent) = (parts.largest.iter().take(most as usize), i128::from(percent.max(1)));
            let top = top.map(|amount| i128::from(*amount)).sum::<i128>() * 100;
            if top > percent * total {
                (up, sensitive) = (up.max(rounded_up(top - percent * total, percent)), true);
            }
        }
        // Even a rule that asks for next to nothing asks for more than the last digits.
        let up = up.max(total / 100_000 + 1);
        let up = i64::try_from(up).unwrap_or(GREATEST);
        sensitive.then_some(Need::Interval { down: up.min(parts.value), up })
    }

    /// Keeps as many of the largest contributions as the rules look at.
    fn keep_largest(&self, largest: &mut Vec<i64>) {
        largest.sort_unstable_by(|a, b| b.cmp(a));
        largest.truncate(self.dominance.map_or(2, |(most, _)| most as usize).max(2));
    }
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

/// `of / by`, rounded up; nothing below 0.
fn rounded_up(of: i128, by: i128) -> i128 {
    if of <= 0 { 0 } else { (of + by - 1) / by }
}
