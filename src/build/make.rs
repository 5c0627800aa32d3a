//! Making the files that must be made, in parallel, and noting what each was made from.
//!
//! Refuses: stopping at the first error; one run reports all of them.
//! Invariant: a file that is not stale is not rendered. A file with something to say of it is stale at every build.

use super::net::Net;
use super::{Made, Prepared, render};
use crate::diag::Sink;
use crate::lint::gate::{self, Checked};
use crate::output::trace::Trace;
use crate::output::{Subject, Target};
use crate::world::{Cache, OutPath, World};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

/// Is told how far the making of files is, from any thread. The command line shows a bar.
pub trait Progress: Sync {
    /// The work begins; `total` files will be made.
    fn begin(&self, total: usize);
    /// A file that takes a while, a handout, is begun.
    fn start(&self, path: &OutPath);
    /// A file is done, whatever came of it.
    fn step(&self, path: &OutPath);
    /// The work is over.
    fn end(&self);
}

/// Shows no progress: for builds that nobody waits for.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _total: usize) {}
    fn start(&self, _path: &OutPath) {}
    fn step(&self, _path: &OutPath) {}
    fn end(&self) {}
}

/// What the making of files needs.
pub struct Maker<'p> {
    /// The site as it was read, with every file that is planned.
    pub prepared: &'p Prepared,
    /// Proof that it may be published.
    pub checked: Checked<'p>,
    /// Where pictures are read from.
    pub world: &'p dyn World,
    /// Where costly results are kept.
    pub cache: &'p dyn Cache,
    /// Is told how far the work is.
    pub progress: &'p dyn Progress,
}

/// Takes a finished file: the writer stages it, the preview keeps it. Called from several threads. An error stops nothing; it is reported with all others.
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
    /// Which kept results each file asked for, so that the others can go.
    pub asked: BTreeMap<OutPath, BTreeSet<String>>,
}

/// A cache that notes what it was asked for.
struct Noting<'c> {
    cache: &'c dyn Cache,
    asked: Mutex<BTreeSet<String>>,
}

impl Noting<'_> {
    fn note(&self, key: &str) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned());
    }
}

impl Cache for Noting<'_> {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.note(key);
        self.cache.get(key)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.note(key);
        self.cache.put(key, bytes);
    }
}

impl Makings {
    /// Adds what came of another phase.
    pub(super) fn append(&mut self, mut other: Self) {
        self.traces.append(&mut other.traces);
        self.left_out.append(&mut other.left_out);
        self.again.append(&mut other.again);
        self.asked.append(&mut other.asked);
    }

    /// Whether nothing is remembered of a file.
    pub(super) fn is_forgotten(&self, path: &OutPath) -> bool {
        self.left_out.contains(path) || self.again.contains(path)
    }
}

impl Maker<'_> {
    /// Makes the files of `wanted` and gives each to `put`.
    ///
    /// Handouts are typeset one at a time, each in its turn; all else is made beside them.
    pub fn make(&self, wanted: &[&Target], put: &Put, sink: &mut Sink) -> Makings {
        self.progress.begin(wanted.len());
        let (slow, quick): (Vec<&Target>, Vec<&Target>) =
            wanted.iter().copied().partition(|target| matches!(target.subject, Subject::Handout(..)));
        let net = Net::new(self.prepared);
        let one = |target: &Target| {
            let cache = Noting { cache: self.cache, asked: Mutex::default() };
            let made = render(self.prepared, self.checked, self.world, &cache, target);
            let asked = cache.asked.into_inner().unwrap_or_else(PoisonError::into_inner);
            let Made { bytes, trace, remarks } = made;
            let looked = bytes.and_then(|bytes| match net.look(target, &bytes) {
                Some(finding) => Err(finding),
                None => Ok(bytes),
            });
            let result = looked.and_then(|bytes| put(target, bytes)).map(|()| trace);
            self.progress.step(&target.path);
            (target.path.clone(), result, remarks, asked)
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
        for (path, result, remarks, asked) in quick_made.into_iter().chain(slow_made) {
            if !asked.is_empty() {
                makings.asked.insert(path.clone(), asked);
            }
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
        gate::judge_late(&self.prepared.model, &mut notes);
        sink.append(notes);
        makings
    }
}

/// Hashes of the bytes that stand at a path now, whoever made them: of `public/` by its list, of a preview by its files.
pub type Present<'f> = dyn Fn(&OutPath) -> Option<Hash> + Sync + 'f;
