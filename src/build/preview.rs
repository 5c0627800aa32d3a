//! The site in memory, for the preview: built, changed, built again.
//!
//! Refuses: writing; a preview never touches `public/`.
//! Invariant: what is shown is one whole build; a build with errors leaves the last one standing beside its findings.

use super::fresh::Comparison;
use super::make::{Maker, Silent};
use super::state::State;
use super::{Prepared, check, prepare};
use crate::diag::{Diagnostic, Sink};
use crate::model::collect::Options;
use crate::output::Target;
use crate::source::Memo;
use crate::world::{OutPath, Volatile, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The files of a site by path.
pub type Files = BTreeMap<OutPath, Arc<[u8]>>;

/// A preview that is kept up to date.
#[derive(Default)]
pub struct Preview {
    memo: Memo,
    /// What the memo keeps: stamps and outlines. Those of files that are gone, and of earlier texts, go after a while.
    outlines: Arc<Volatile>,
    state: State,
    files: Files,
    hashes: BTreeMap<OutPath, blake3::Hash>,
    kept: Arc<Volatile>,
    /// Which kept results each file was made from: who edits a bulletin two thousand times has one sheet of it, not two thousand.
    asked: BTreeMap<OutPath, BTreeSet<String>>,
}

/// What one build of the preview gave.
pub struct Shown {
    /// The files; none where this build failed, and the last ones stay.
    pub files: Option<Files>,
    /// Everything that the build found, warnings and errors.
    pub found: Vec<Diagnostic>,
    /// The site that was built or refused, with the texts and paths of what was found.
    pub prepared: Prepared,
    /// The files that were made anew; where the gate refused the site, none.
    pub made: Vec<OutPath>,
}

impl Preview {
    /// A preview that has built nothing yet.
    pub fn new() -> Self {
        let outlines = Arc::<Volatile>::default();
        Self { memo: Memo::new(outlines.clone()), outlines, ..Self::default() }
    }

    /// A preview that has built nothing yet, and uses the resized pictures, sheets and proofs of another.
    #[must_use]
    pub fn beside(&self) -> Self {
        Self { kept: self.kept.clone(), ..Self::new() }
    }

    /// Forgets the files and what each was made from; what was typeset and resized stays.
    pub fn forget(&mut self) {
        *self = self.beside();
    }

    /// The site as the last build that passed left it.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// How many bytes of results are kept for later builds, beside the files themselves.
    pub fn kept(&self) -> usize {
        self.kept.size()
    }

    /// Builds the site as `world` has it now, making only the files that something changed for.
    pub fn build(&mut self, world: &dyn World, options: &Options) -> Shown {
        let mut sink = Sink::new();
        self.kept.begin();
        self.outlines.begin();
        let prepared = prepare(world, &self.memo, options, &*self.kept, &mut sink);
        let mut made = Vec::new();
        let mut files = None;
        if let Ok(checked) = check(&prepared, &mut sink) {
            let compared = Comparison::new(&prepared, &self.state, &|path| self.hashes.get(path).copied());
            let wanted = compared.stale();
            let targets: Vec<&Target> = wanted.keys().map(|path| &prepared.targets[*path]).collect();
            made = wanted.keys().map(|path| (*path).clone()).collect();
            let fresh: Mutex<Files> = Mutex::default();
            let put = |target: &Target, bytes: Vec<u8>| {
                fresh
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(target.path.clone(), bytes.into());
                Ok(())
            };
            let maker = Maker { prepared: &prepared, checked, world, cache: &*self.kept, progress: &Silent };
            let mut notes = Sink::new();
            let makings = maker.make(&targets, &put, &mut notes);
            let sound = notes.verdict().is_ok();
            sink.append(notes);
            if sound {
                let stays =
                    |path: &OutPath| prepared.targets.contains_key(path) && !makings.left_out.contains(path);
                self.asked.retain(|path, _| stays(path) && !makings.traces.contains_key(path));
                self.asked.extend(makings.asked.iter().map(|(path, keys)| (path.clone(), keys.clone())));
                self.kept.tidy(&self.asked.values().flatten().map(String::as_str).collect());
                self.outlines.tidy(&BTreeSet::new());
                self.files.retain(|path, _| stays(path));
                self.hashes.retain(|path, _| stays(path));
                for (path, bytes) in fresh.into_inner().unwrap_or_else(PoisonError::into_inner) {
                    self.hashes.insert(path.clone(), blake3::hash(&bytes));
                    self.files.insert(path, bytes);
                }
                self.state = compared.remember(&self.state, &makings, &|path| self.hashes.get(path).copied());
                files = Some(self.files.clone());
            }
        }
        Shown { files, found: sink.take(), prepared, made }
    }
}
