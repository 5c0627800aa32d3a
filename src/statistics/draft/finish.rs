//! The last step of a draft: leaves, values, and what must stay open about listed cells.

use super::rule::{GREATEST, Parts, stronger, weaker};
use super::{
    BTreeMap, Beside, Cell, Draft, DraftError, Entry, HashMap, Leaf, MeasureKind, NOW, Pin, Problem, Shape,
    index,
};

/// Most leaves of all measures together.
const LEAVES: usize = 1 << 20;
/// Most pairs of a cell and a leaf of it.
pub(super) const PARTS: usize = 1 << 25;

/// The leaves of one measure: those of each dimension that its cells tell apart.
pub(super) struct Space {
    /// Index of its first leaf in the problem.
    pub(super) start: u32,
    /// By dimension and leaf: the class of leaves that it is in.
    pub(super) class: Vec<Vec<u32>>,
    /// By dimension and group: its classes, ascending.
    pub(super) groups: Vec<Vec<Vec<u32>>>,
    /// By dimension: how many leaves further on the next class is.
    strides: Vec<u32>,
    pub(super) size: usize,
    pub(super) kind: MeasureKind,
    /// By leaf, for amounts: number of contributors and the largest contributions.
    contributors: BTreeMap<u32, (u64, Vec<i64>)>,
}

impl Draft {
    /// The problem. Its first cells are the listed ones, in the order of their numbers.
    pub fn finish(&self) -> Result<Problem, DraftError> {
        let (mut problem, spaces) = self.listed_cells()?;
        self.unlisted(&mut problem, &spaces)?;
        Ok(problem)
    }

    /// The problem without what follows from several cells.
    pub(super) fn listed_cells(&self) -> Result<(Problem, Vec<Space>), DraftError> {
        let mut problem =
            Problem { insiders: self.rules[NOW].insiders, seed: self.seed, ..Problem::default() };
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
            let mut cell = Cell::of(&problem, space, space.leaves(&sets));
            (cell.listed, cell.pin, cell.weight) = (true, listed.pin, listed.weight);
            // A mark of a release that stands for 0, whatever its footnote said, tells nothing.
            let then = if cell.value < listed.least_then { 0 } else { listed.least_then };
            (cell.least, cell.least_before) = (listed.least.max(then), then);
            self.demand(&mut cell, &problem, space, listed.rules);
            problem.cells.push(cell);
        }
        self.contributors(&mut problem, &spaces);
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
            for beside in self.beside.iter().filter(|beside| beside.measure == measure) {
                used[beside.groups[at] as usize] = true;
            }
            let (class, classes) = shape.classes(&used);
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
            self.keep_largest(largest);
        }
        Ok(())
    }

    /// What must stay open about a cell: by today's policy, and by those of the releases that it stands in or follows from.
    pub(super) fn demand(&self, cell: &mut Cell, problem: &Problem, space: &Space, rules: u64) {
        let parts = self.parts(cell, problem, space);
        let empty = cell.leaves.iter().all(|leaf| problem.leaves[*leaf as usize].empty);
        let by = |rule: usize| if empty { None } else { self.rules[rule].need(&parts) };
        let (mut now, mut then, mut firm) = (by(NOW), None, None);
        // What a release asks for is firm as far as releases before it, which may have asked for less, had not given it away.
        let (mut weakest, mut before) = (now, None);
        for rule in 1..self.rules.len() {
            let asked = by(rule);
            before = if rule == 1 { asked } else { weaker(before, asked) };
            weakest = weaker(weakest, asked);
            if rules >> rule & 1 == 1 {
                then = stronger(then, asked);
                firm = stronger(firm, before);
            }
        }
        if cell.pin == Some(Pin::Printed) {
            // It is known. That it should never have been is another matter.
            (now, weakest) = (None, None);
        }
        cell.need = stronger(stronger(now, then), cell.need);
        cell.firm = stronger(stronger(weakest, firm), cell.firm);
    }

    fn parts(&self, cell: &Cell, problem: &Problem, space: &Space) -> Parts {
        let mut parts = Parts {
            kind: space.kind,
            value: cell.value,
            contributors: 0,
            largest: Vec::new(),
            least: cell.least,
        };
        if space.kind == MeasureKind::Amount {
            for (contributors, largest) in cell.leaves.iter().filter_map(|leaf| space.contributors.get(leaf))
            {
                parts.contributors += contributors;
                parts.largest.extend(largest);
            }
            self.keep_largest(&mut parts.largest);
        }
        debug_assert!(problem.leaves.len() >= space.size, "the space is one of the problem");
        parts
    }

    /// Keeps as many of the largest contributions as any rule looks at.
    fn keep_largest(&self, largest: &mut Vec<i64>) {
        largest.sort_unstable_by(|a, b| b.cmp(a));
        largest.truncate(self.rules.iter().map(super::Policy::looks_at).max().unwrap_or(2));
    }

    /// An amount that is printed has as many contributors as the policy of that time asked for, and there are no fewer cases
    /// beside it.
    fn contributors(&self, problem: &mut Problem, spaces: &[Space]) {
        let mut known: HashMap<Vec<u32>, usize> = HashMap::new();
        for (id, cell) in problem.cells.iter().enumerate() {
            known.entry(cell.leaves.clone()).or_insert(id);
        }
        for Beside { amount, rule, measure, groups } in &self.beside {
            let (listed, cell) = (&self.cells[*amount], &problem.cells[*amount]);
            let parts = self.parts(cell, problem, &spaces[listed.measure]);
            let asked = self.rules[*rule].contributors;
            // One that is sensitive today is not printed today, unless it is known already; then it tells nothing new.
            let open = (*rule != NOW || cell.need.is_none())
                && cell.value > 0
                && parts.contributors >= u64::from(asked);
            let space = &spaces[*measure];
            let sets: Vec<&[u32]> =
                groups.iter().enumerate().map(|(at, group)| &*space.groups[at][*group as usize]).collect();
            let count = Cell::of(problem, space, space.leaves(&sets));
            let least = i64::from(asked);
            if !open || least == 0 || count.value < least {
                continue;
            }
            let next = problem.cells.len();
            let at = *known.entry(count.leaves.clone()).or_insert(next);
            if at == next {
                problem.cells.push(count);
            }
            let known = &mut problem.cells[at];
            known.least = known.least.max(least);
            if *rule != NOW {
                known.least_before = known.least_before.max(least);
            }
        }
    }
}

impl Cell {
    /// A cell that is not listed, of which nothing is asked.
    pub(super) fn of(problem: &Problem, space: &Space, leaves: Vec<u32>) -> Self {
        Self {
            value: leaves.iter().map(|leaf| problem.leaves[*leaf as usize].value).sum(),
            leaves,
            count: space.kind == MeasureKind::Count,
            listed: false,
            need: None,
            firm: None,
            least: 0,
            least_before: 0,
            pin: None,
            weight: 1,
        }
    }
}

impl Shape {
    /// The class of each leaf, and how many there are: leaves are of one class if they are in the same of the used groups.
    pub(super) fn classes(&self, used: &[bool]) -> (Vec<u32>, usize) {
        let mut class = vec![0_u32; self.leaves as usize];
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
}

impl Space {
    /// The leaves of a product of classes, ascending.
    pub(super) fn leaves(&self, sets: &[&[u32]]) -> Vec<u32> {
        let mut leaves = vec![self.start];
        for (set, stride) in sets.iter().zip(&self.strides) {
            leaves =
                leaves.iter().flat_map(|leaf| set.iter().map(move |class| leaf + class * stride)).collect();
        }
        leaves.sort_unstable();
        leaves
    }
}
