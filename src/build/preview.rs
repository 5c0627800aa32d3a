//! The site in memory, for the preview: built, changed, built again.
//!
//! Refuses: writing; a preview never touches `public/`.
//! Invariant: what is shown is one whole build; a build with errors leaves the last one standing beside its findings.

use super::make::{Maker, Silent, remember};
use super::state::State;
use super::{check, prepare, stale};
use crate::diag::{Diagnostic, Sink};
use crate::model::collect::Options;
use crate::output::Target;
use crate::source::{Memo, Sources};
use crate::world::{OutPath, Volatile, World};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The files of a site by path.
pub type Files = BTreeMap<OutPath, Arc<[u8]>>;

/// A preview that is kept up to date.
#[derive(Default)]
pub struct Preview {
    memo: Memo,
    state: State,
    files: Files,
    hashes: BTreeMap<OutPath, blake3::Hash>,
    kept: Volatile,
}

/// What one build of the preview gave.
pub struct Shown {
    /// The files; none where this build failed, and the last ones stay.
    pub files: Option<Files>,
    /// The findings.
    pub found: Vec<Diagnostic>,
    /// Texts and paths for them.
    pub sources: Sources,
    /// Language of the site.
    pub language: String,
    /// How many files were made anew.
    pub made: usize,
}

impl Preview {
    /// Nothing built yet.
    pub fn new() -> Self {
        Self { memo: Memo::on(), ..Self::default() }
    }

    /// Builds what changed.
    pub fn build(&mut self, world: &dyn World, options: &Options) -> Shown {
        let mut sink = Sink::new();
        let prepared = prepare(world, &self.memo, options, &self.kept, &mut sink);
        let mut made = 0;
        let mut files = None;
        if let Ok(checked) = check(&prepared, &mut sink) {
            let wanted = stale(&prepared, &self.state, &|path| self.hashes.get(path).copied());
            let targets: Vec<&Target> = wanted.keys().map(|path| &prepared.targets[*path]).collect();
            made = targets.len();
            let fresh: Mutex<Files> = Mutex::default();
            let put = |target: &Target, bytes: Vec<u8>| {
                fresh
                    .lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(target.path.clone(), bytes.into());
                Ok(())
            };
            let maker = Maker { prepared: &prepared, checked, world, cache: &self.kept, progress: &Silent };
            let mut notes = Sink::new();
            let makings = maker.make(&targets, &put, &mut notes);
            let sound = notes.verdict().is_ok();
            sink.append(notes);
            if sound {
                let stays =
                    |path: &OutPath| prepared.targets.contains_key(path) && !makings.left_out.contains(path);
                self.files.retain(|path, _| stays(path));
                self.hashes.retain(|path, _| stays(path));
                for (path, bytes) in fresh.into_inner().unwrap_or_else(PoisonError::into_inner) {
                    self.hashes.insert(path.clone(), blake3::hash(&bytes));
                    self.files.insert(path, bytes);
                }
                self.state =
                    remember(&prepared, &self.state, &makings, &|path| self.hashes.get(path).copied());
                files = Some(self.files.clone());
            }
        }
        let language = prepared.model.config.language.clone();
        Shown { files, found: sink.take(), sources: prepared.model.sources, language, made }
    }
}
