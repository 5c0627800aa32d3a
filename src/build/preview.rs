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
use std::collections::{BTreeMap, BTreeSet};
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
    /// Which kept results each file was made from: who edits a bulletin two thousand times has one sheet of it, not two thousand.
    asked: BTreeMap<OutPath, BTreeSet<String>>,
}

/// What one build of the preview gave.
pub struct Shown {
    /// The files; none where this build failed, and the last ones stay.
    pub files: Option<Files>,
    /// Everything that the build found, warnings and errors.
    pub found: Vec<Diagnostic>,
    /// Texts and paths for them.
    pub sources: Sources,
    /// Language tag of the site, as `zh-CN`.
    pub language: String,
    /// How many files were made anew.
    pub made: usize,
    /// It shows figures without the site's seed: which ones are withheld may differ once there is one.
    pub seedless: bool,
}

impl Preview {
    /// A preview that has built nothing yet.
    pub fn new() -> Self {
        Self { memo: Memo::on(), ..Self::default() }
    }

    /// How many bytes of results are kept for later builds, beside the files themselves.
    pub fn kept(&self) -> usize {
        self.kept.size()
    }

    /// Builds the site as `world` has it now, making only the files that something changed for.
    pub fn build(&mut self, world: &dyn World, options: &Options) -> Shown {
        let mut sink = Sink::new();
        self.kept.begin();
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
                self.asked.retain(|path, _| stays(path) && !makings.traces.contains_key(path));
                self.asked.extend(makings.asked.iter().map(|(path, keys)| (path.clone(), keys.clone())));
                self.kept.tidy(&self.asked.values().flatten().map(String::as_str).collect());
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
        let seedless = prepared.statistics.kept().seedless;
        Shown { files, found: sink.take(), sources: prepared.model.sources, language, made, seedless }
    }
}
