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
use crate::world::{Cache, OutPath, World};
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
    shelf: Shelf,
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
        let prepared = prepare(world, &self.memo, options, &self.shelf, &mut sink);
        let mut made = 0;
        let mut files = None;
        if let Ok(checked) = check(&prepared, &mut sink) {
            let wanted = stale(&prepared, &self.state);
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
            let maker = Maker { prepared: &prepared, checked, world, cache: &self.shelf, progress: &Silent };
            let mut notes = Sink::new();
            let makings = maker.make(&targets, &put, &mut notes);
            let sound = notes.verdict().is_ok();
            sink.append(notes);
            if sound {
                self.state = remember(&prepared, &self.state, &makings, "");
                let stays =
                    |path: &OutPath| prepared.targets.contains_key(path) && !makings.left_out.contains(path);
                self.files.retain(|path, _| stays(path));
                self.files.extend(fresh.into_inner().unwrap_or_else(PoisonError::into_inner));
                files = Some(self.files.clone());
            }
        }
        let language = prepared.model.config.language.clone();
        Shown { files, found: sink.take(), sources: prepared.model.sources, language, made }
    }
}

/// Resized pictures and certificates in memory.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Cache for Shelf {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.to_vec());
    }
}
