//! The dimensions of datasets that share a file, with their codes and sets of codes numbered alike.
//!
//! Refuses: nothing; whether datasets agree is looked at before.
//! Invariant: equal sets of codes have one number.

use crate::model::dataset::Dataset;
use crate::model::dataset::dimension::{Dimension, Member};
use std::collections::BTreeMap;

/// One dimension of the study: codes and sets of them, numbered.
pub(super) struct Space {
    pub(super) key: String,
    pub(super) codes: BTreeMap<String, u32>,
    pub(super) groups: Vec<Vec<u32>>,
    numbers: BTreeMap<Vec<u32>, u32>,
    /// By dataset: its codes as leaves.
    leaves: Vec<Vec<u32>>,
}

impl Space {
    pub(super) fn number(&mut self, mut set: Vec<u32>) -> u32 {
        set.sort_unstable();
        set.dedup();
        let next = u32::try_from(self.groups.len()).expect("fewer than 2^32 groups");
        *self.numbers.entry(set).or_insert_with_key(|set| {
            self.groups.push(set.clone());
            next
        })
    }

    pub(super) fn all(&self) -> Vec<u32> {
        (0..u32::try_from(self.codes.len()).expect("no more than MOST_CODES")).collect()
    }

    /// The number of a level of a dataset's dimension.
    fn level(&mut self, dataset: usize, dimension: &Dimension, level: Member) -> u32 {
        let set =
            dimension.leaves(level).into_iter().map(|code| self.leaves[dataset][code as usize]).collect();
        self.number(set)
    }
}

/// The dimensions of some datasets.
pub(super) fn spaces(datasets: &[&Dataset]) -> Vec<Space> {
    let first = datasets[0];
    let space = |dimension: &Dimension| {
        let codes: BTreeMap<String, u32> =
            dimension.codes.iter().map(|category| category.code.clone()).zip(0..).collect();
        let leaves = datasets.iter().map(|dataset| {
            let own = dataset.dimensions.iter().find(|own| own.key == dimension.key);
            let own = own.expect("datasets of one file agree about its dimensions");
            own.codes.iter().map(|category| codes[&category.code]).collect()
        });
        Space {
            key: dimension.key.clone(),
            leaves: leaves.collect(),
            codes,
            groups: Vec::new(),
            numbers: BTreeMap::new(),
        }
    };
    first.dimensions.iter().map(space).collect()
}

/// Which dimension of the study a dataset's is.
fn space_of(spaces: &[Space], dataset: &Dataset, dimension: usize) -> usize {
    let key = &dataset.dimensions[dimension].key;
    spaces
        .iter()
        .position(|space| space.key == *key)
        .expect("datasets of one file agree about its dimensions")
}

/// The groups of a place that is restricted so.
pub(super) fn groups(
    at: usize,
    dataset: &Dataset,
    restricted: &[(usize, Member)],
    spaces: &mut [Space],
) -> Vec<u32> {
    let mut groups: Vec<u32> = Vec::with_capacity(spaces.len());
    for space in spaces.iter_mut() {
        let all = space.all();
        groups.push(space.number(all));
    }
    for (dimension, level) in restricted {
        let place = space_of(spaces, dataset, *dimension);
        groups[place] = spaces[place].level(at, &dataset.dimensions[*dimension], *level);
    }
    groups
}
