//! Making the files that must be made, in parallel, and remembering what each was made from.
//!
//! Refuses: stopping at the first error; one run reports all of them.
//! Invariant: a file that is not stale is not rendered.

use super::state::{Last, State};
use super::{Prepared, hashes, render};
use crate::diag::Sink;
use crate::lint::gate::Checked;
use crate::output::Target;
use crate::output::trace::{Dep, Trace};
use crate::world::{Cache, OutPath, World};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Who wants to know how far the work is.
pub trait Progress: Sync {
    /// So many files will be made.
    fn begin(&self, total: usize);
    /// One more is made.
    fn step(&self, path: &OutPath);
    /// All are made.
    fn end(&self);
}

/// Nobody.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _total: usize) {}
    fn step(&self, _path: &OutPath) {}
    fn end(&self) {}
}

/// What the making of files needs.
pub struct Maker<'p> {
    /// The site.
    pub prepared: &'p Prepared,
    /// Proof that it may be published.
    pub checked: Checked<'p>,
    /// Where pictures are read from.
    pub world: &'p dyn World,
    /// Where costly results are kept.
    pub cache: &'p dyn Cache,
    /// Who watches.
    pub progress: &'p dyn Progress,
}

/// Where finished files go. An error stops nothing; it is reported with all others.
pub type Put<'f> = dyn Fn(&Target, Vec<u8>) -> Result<(), Box<crate::diag::Diagnostic>> + Sync + 'f;

impl Maker<'_> {
    /// Makes the files of `wanted` and gives each to `put`. What was read for each comes back.
    pub fn make(&self, wanted: &[&Target], put: &Put, sink: &mut Sink) -> BTreeMap<OutPath, Trace> {
        self.progress.begin(wanted.len());
        let made: Vec<_> = wanted
            .par_iter()
            .map(|target| {
                let made = render(self.prepared, self.checked, self.world, self.cache, target)
                    .and_then(|made| put(target, made.bytes).map(|()| made.trace));
                self.progress.step(&target.path);
                (target.path.clone(), made)
            })
            .collect();
        self.progress.end();
        let mut traces = BTreeMap::new();
        for (path, result) in made {
            match result {
                Ok(trace) => {
                    traces.insert(path, trace);
                }
                Err(finding) => sink.report(*finding),
            }
        }
        traces
    }
}

/// The memory after a build: what was made now, and what stayed from the last one.
///
/// # Panics
/// If there are 2^32 dependencies.
pub fn remember(
    prepared: &Prepared,
    last: &State,
    traces: &BTreeMap<OutPath, Trace>,
    program: &str,
) -> State {
    let mut numbers: BTreeMap<&Dep, u32> = BTreeMap::new();
    let mut targets = BTreeMap::new();
    let number = |dep, numbers: &mut BTreeMap<_, u32>| {
        let next = u32::try_from(numbers.len()).expect("fewer than 2^32 dependencies");
        *numbers.entry(dep).or_insert(next)
    };
    for (path, target) in &prepared.targets {
        let deps = match (traces.get(path), last.targets.get(path)) {
            (Some(trace), _) => trace.iter().map(|dep| number(dep, &mut numbers)).collect(),
            (None, Some(kept)) => {
                kept.deps.iter().map(|&ix| number(&last.deps[ix as usize].0, &mut numbers)).collect()
            }
            (None, None) => continue,
        };
        targets.insert(path.clone(), Last { output: target.output.to_owned(), deps });
    }
    let named: BTreeSet<Dep> = numbers.keys().map(|dep| (*dep).clone()).collect();
    let now = hashes(prepared, std::iter::once(&named));
    let mut deps: Vec<Option<(Dep, blake3::Hash)>> = vec![None; numbers.len()];
    for (dep, &place) in &numbers {
        // A dependency that does not exist keeps a hash that nothing has.
        let hash = now.get(*dep).copied().unwrap_or_else(|| blake3::Hash::from_bytes([0; 32]));
        deps[place as usize] = Some(((*dep).clone(), hash));
    }
    State { program: program.to_owned(), deps: deps.into_iter().flatten().collect(), targets }
}
