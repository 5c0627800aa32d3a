//! Making the files that must be made, in parallel, and remembering what each was made from.
//!
//! Refuses: stopping at the first error; one run reports all of them.
//! Invariant: a file that is not stale is not rendered. A file with something to say of it is stale at every build.

use super::state::{Last, State};
use super::{Made, Prepared, hashes, render};
use crate::diag::Sink;
use crate::lint::gate::{self, Checked};
use crate::output::trace::{Dep, Trace};
use crate::output::{Subject, Target};
use crate::world::{Cache, OutPath, World};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Who wants to know how far the work is.
pub trait Progress: Sync {
    /// So many files will be made.
    fn begin(&self, total: usize);
    /// This one is being made, and it takes a while.
    fn start(&self, path: &OutPath);
    /// One more is made.
    fn step(&self, path: &OutPath);
    /// All are made.
    fn end(&self);
}

/// Nobody.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _total: usize) {}
    fn start(&self, _path: &OutPath) {}
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

/// What came of making files.
#[derive(Debug, Default)]
pub struct Makings {
    /// What was read for each file that was made.
    pub traces: BTreeMap<OutPath, Trace>,
    /// Files that were left out.
    pub left_out: BTreeSet<OutPath>,
    /// Files to be made again at the next build, because there is something to say of them.
    again: BTreeSet<OutPath>,
}

impl Maker<'_> {
    /// Makes the files of `wanted` and gives each to `put`.
    ///
    /// Handouts are typeset one at a time, each in its turn; all else is made beside them.
    pub fn make(&self, wanted: &[&Target], put: &Put, sink: &mut Sink) -> Makings {
        self.progress.begin(wanted.len());
        let (slow, quick): (Vec<&Target>, Vec<&Target>) =
            wanted.iter().copied().partition(|target| matches!(target.subject, Subject::Handout(..)));
        let one = |target: &Target| {
            let made = render(self.prepared, self.checked, self.world, self.cache, target);
            let Made { bytes, trace, remarks } = made;
            let result = bytes.and_then(|bytes| put(target, bytes)).map(|()| trace);
            self.progress.step(&target.path);
            (target.path.clone(), result, remarks)
        };
        let in_turn = || -> Vec<_> {
            let each = slow.iter().map(|target| {
                self.progress.start(&target.path);
                one(target)
            });
            each.collect()
        };
        let beside = || -> Vec<_> { quick.par_iter().map(|target| one(target)).collect() };
        let (slow_made, quick_made) = rayon::join(in_turn, beside);
        self.progress.end();
        let mut makings = Makings::default();
        let mut notes = Sink::new();
        for (path, result, remarks) in quick_made.into_iter().chain(slow_made) {
            if !remarks.is_empty() {
                makings.again.insert(path.clone());
                remarks.into_iter().for_each(|remark| notes.report(remark));
            }
            match result {
                Ok(trace) => {
                    makings.traces.insert(path, trace);
                }
                Err(finding) => {
                    notes.report(*finding);
                    makings.left_out.insert(path);
                }
            }
        }
        gate::settle_late(&self.prepared.model, &mut notes);
        sink.append(notes);
        makings
    }
}

/// The memory after a build: what was made now, and what stayed from the last one.
///
/// # Panics
/// If there are 2^32 dependencies.
pub fn remember(prepared: &Prepared, last: &State, makings: &Makings, program: &str) -> State {
    let mut numbers: BTreeMap<&Dep, u32> = BTreeMap::new();
    let mut targets = BTreeMap::new();
    let number = |dep, numbers: &mut BTreeMap<_, u32>| {
        let next = u32::try_from(numbers.len()).expect("fewer than 2^32 dependencies");
        *numbers.entry(dep).or_insert(next)
    };
    for (path, target) in &prepared.targets {
        if makings.left_out.contains(path) || makings.again.contains(path) {
            continue;
        }
        let deps = match (makings.traces.get(path), last.targets.get(path)) {
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
