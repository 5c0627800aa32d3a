//! A draft with some leaves of a dimension made one.
//!
//! Refuses: changing what an earlier release shows.
//! Invariant: leaves of the new dimension are in the order of the first old leaf of each.

use super::{Draft, DraftError, Pin, Problem, Shape, index};

impl Draft {
    /// Number of dimensions.
    pub(in super::super) fn dimensions(&self) -> usize {
        self.dimensions.len()
    }

    /// Number of leaves of a dimension.
    pub(in super::super) fn leaves(&self, dimension: usize) -> u32 {
        self.dimensions[dimension].leaves
    }

    /// The listed cells alone, to estimate by.
    pub(in super::super) fn outline(&self) -> Result<Problem, DraftError> {
        Self { differences: Vec::new(), ..self.clone() }.listed_cells().map(|(problem, _)| problem)
    }

    /// Whether a dimension's leaves may be merged.
    pub(in super::super) fn may_merge(&self, dimension: usize) -> bool {
        !self.dimensions[dimension].fixed
    }

    /// Value of each leaf of a dimension, over the first measure.
    pub(in super::super) fn totals(&self, dimension: usize) -> Vec<i64> {
        let mut totals = vec![0_i64; self.dimensions[dimension].leaves as usize];
        for entry in self.measures.first().map(|(_, entries)| entries).into_iter().flatten() {
            let total = &mut totals[entry.at[dimension] as usize];
            *total = total.saturating_add(entry.value);
        }
        totals
    }

    /// Leaves that no listed cell tells apart except by naming one of them alone.
    pub(in super::super) fn alike(&self, dimension: usize) -> Vec<Vec<u32>> {
        let shape = &self.dimensions[dimension];
        let mut used = vec![false; shape.groups.len()];
        for cell in &self.cells {
            let group = cell.groups[dimension] as usize;
            used[group] = shape.groups[group].len() > 1;
        }
        let (class, classes) = shape.classes(&used);
        let mut sets = vec![Vec::new(); classes];
        for (leaf, class) in (0..).zip(class) {
            sets[class as usize].push(leaf);
        }
        sets
    }

    /// The leaves after a merge, each as the old leaves that it is made of.
    pub(in super::super) fn after(&self, dimension: usize, sets: &[Vec<u32>]) -> Vec<Vec<u32>> {
        let mut of: Vec<Option<usize>> = vec![None; self.dimensions[dimension].leaves as usize];
        for (number, set) in sets.iter().enumerate() {
            set.iter().for_each(|leaf| of[*leaf as usize] = Some(number));
        }
        let mut seen = vec![false; sets.len()];
        let mut groups = Vec::new();
        for (leaf, set) in (0..).zip(of) {
            match set {
                None => groups.push(vec![leaf]),
                Some(number) if !seen[number] => {
                    seen[number] = true;
                    groups.push(sets[number].clone());
                }
                Some(_) => {}
            }
        }
        groups
    }

    /// The draft with each set of leaves made one. Cells that name a part of a set name the set; cells that cut one are left
    /// out. Nothing where an earlier release shows such a cell.
    pub(in super::super) fn merged(&self, dimension: usize, sets: &[Vec<u32>]) -> Option<Self> {
        let shape = &self.dimensions[dimension];
        let leaves = self.after(dimension, sets);
        let mut new = vec![0_u32; shape.leaves as usize];
        for (number, old) in leaves.iter().enumerate() {
            old.iter().for_each(|leaf| new[*leaf as usize] = index(number));
        }
        let image = |group: &[u32]| {
            let mut image: Vec<u32> = group.iter().map(|leaf| new[*leaf as usize]).collect();
            image.sort_unstable();
            image.dedup();
            image
        };
        let whole = |group: &[u32]| {
            let size: usize = image(group).iter().map(|leaf| leaves[*leaf as usize].len()).sum();
            size == group.len()
        };
        let mut draft = Self { cells: Vec::new(), known: super::HashMap::new(), ..self.clone() };
        // Groups that became equal have one number again.
        let groups = shape.groups.iter().map(|group| image(group)).collect();
        draft.dimensions[dimension] = Shape::new(super::Hierarchy { leaves: index(leaves.len()), groups });
        let same = draft.dimensions[dimension].same.clone();
        for (_, entries) in &mut draft.measures {
            entries.iter_mut().for_each(|entry| entry.at[dimension] = new[entry.at[dimension] as usize]);
        }
        let mut moved = vec![None; self.cells.len()];
        for (id, cell) in self.cells.iter().enumerate() {
            let group = cell.groups[dimension];
            let old = &shape.groups[group as usize];
            if !whole(old) && matches!(cell.pin, Some(Pin::Printed | Pin::Hidden)) {
                return None;
            }
            if !whole(old) && image(old).len() > 1 {
                continue;
            }
            let mut groups = cell.groups.clone();
            groups[dimension] = same[group as usize];
            let key = (cell.measure, groups.clone());
            let new = *draft.known.entry(key).or_insert_with(|| {
                draft.cells.push(super::Listed { groups, ..cell.clone() });
                draft.cells.len() - 1
            });
            moved[id] = Some(new);
        }
        draft.differences =
            (self.differences.iter()).filter_map(|(a, b)| Some((moved[*a]?, moved[*b]?))).collect();
        draft.beside = (self.beside.iter())
            .filter(|beside| whole(&shape.groups[beside.groups[dimension] as usize]))
            .filter_map(|beside| {
                let mut groups = beside.groups.clone();
                groups[dimension] = same[groups[dimension] as usize];
                Some(super::Beside { amount: moved[beside.amount]?, groups, ..beside.clone() })
            })
            .collect();
        draft.empty = (self.empty.iter())
            .filter(|zero| whole(&shape.groups[zero[dimension] as usize]))
            .map(|zero| {
                let mut zero = zero.clone();
                zero[dimension] = same[zero[dimension] as usize];
                zero
            })
            .collect();
        Some(draft)
    }
}
