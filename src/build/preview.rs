//! The site in memory, for the preview: built, changed, built again.
//!
//! Refuses: writing; a preview never touches `public/`.
//! Invariant: what is shown is one whole build; a build with errors leaves the last one standing beside its findings.

use super::fresh::{Comparison, Stale};
use super::make::{Maker, Makings, Silent};
use super::state::State;
use super::{Prepared, check, prepare_for};
use crate::diag::{Diagnostic, Sink};
use crate::model::collect::Options;
use crate::output::{OUTPUTS, Outputs, Target};
use crate::source::Memo;
use crate::world::{OutPath, Volatile, World};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// The files of a site by path.
pub type Files = BTreeMap<OutPath, Arc<[u8]>>;

/// A preview that is kept up to date.
#[derive(Default)]
pub struct Preview {
    outputs: Option<Outputs>,
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
        let outputs = self.outputs.unwrap_or(OUTPUTS);
        let prepared = prepare_for(outputs, world, &self.memo, options, &*self.kept, &mut sink);
        let mut made = Vec::new();
        let mut files = None;
        if let Ok(checked) = check(&prepared, &mut sink) {
            let present = |path: &OutPath| self.hashes.get(path).copied();
            let mut compared = Comparison::new(&prepared, &self.state, &present);
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
            let targets = |stale: &Stale| -> Vec<&Target> {
                stale.keys().map(|path| &prepared.targets[*path]).collect()
            };
            let mut makings = maker.make(&targets(&compared.stale()), &put, &mut notes);
            if compared.has_last() {
                let files = self.with(&prepared, &makings, &fresh);
                let hashes = files.iter().map(|(path, bytes)| (path.clone(), blake3::hash(bytes))).collect();
                let read = move |path: &OutPath| files.get(path).map(|bytes| bytes.to_vec());
                prepared.workshop.set_made(hashes, Box::new(read));
                let last = compared.compare_last(&self.state, &present);
                makings.append(maker.make(&targets(&last), &put, &mut notes));
                prepared.workshop.close_files();
            }
            made = compared.stale().into_keys().cloned().collect();
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

    /// The files of the first phases: those that stay, and those that were made now.
    fn with(&self, prepared: &Prepared, makings: &Makings, fresh: &Mutex<Files>) -> Files {
        let mut files = self.files.clone();
        files.extend(fresh.lock().unwrap_or_else(PoisonError::into_inner).clone());
        files.retain(|path, _| {
            let target = prepared.targets.get(path);
            target.is_some_and(|target| !prepared.is_last(target)) && !makings.left_out.contains(path)
        });
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Diagnostic;
    use crate::model::Model;
    use crate::output::{Output, Phase, Plan, Rank, Reader, Subject, named};
    use crate::world::MemoryWorld;

    /// A list of all pages with the lengths of their files: made from the bytes of others.
    struct Lengths;

    impl Output for Lengths {
        fn name(&self) -> &'static str {
            "lengths"
        }

        fn phase(&self) -> Phase {
            Phase::Files
        }

        fn plan(&self, _model: &Model, plan: &mut Plan) {
            plan.add("/lengths.txt", Rank::List, Subject::Site);
        }

        fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
            let pages = site.planned().paths().filter(|path| path.ends_with(".html"));
            let line = |path: &OutPath| format!("{path} {:?}\n", site.file(path).map(|bytes| bytes.len()));
            Ok(pages.map(line).collect::<String>().into_bytes())
        }
    }

    fn world(body: &str) -> MemoryWorld {
        MemoryWorld::new("2026-11-24T08:00:00+08:00".parse().unwrap())
            .with("content/site.yaml", "title: 站\nbase_url: https://example.cn\n")
            .with("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n")
            .with(
                "content/tips/a.md",
                format!("---\ntitle: 甲\ndate: 2026-10-01\nsummary: 字。\n---\n\n{body}\n"),
            )
    }

    #[test]
    fn a_file_that_is_made_from_the_bytes_of_others_follows_them() {
        let outputs: Outputs = Box::leak(OUTPUTS.iter().copied().chain([&Lengths as &dyn Output]).collect());
        assert!(named(outputs, "lengths").is_some());
        let new = || Preview { outputs: Some(outputs), ..Preview::new() };
        let mut preview = new();
        let made = |shown: &Shown| shown.made.iter().any(|path| **path == *"lengths.txt");
        let lengths = OutPath::new("lengths.txt").unwrap();
        for (body, is_made) in
            [("一", true), ("一", false), ("一二三", true), ("一二三", false), ("三二一", true)]
        {
            let shown = preview.build(&world(body), &Options::default());
            let files = shown.files.clone().expect("it passes");
            assert_eq!(made(&shown), is_made, "{body}");
            let clean = new().build(&world(body), &Options::default()).files.expect("it passes");
            assert_eq!(files[&lengths], clean[&lengths]);
            let text = String::from_utf8_lossy(&files[&lengths]).into_owned();
            let page = files[&OutPath::new("tips/a/index.html").unwrap()].len();
            assert!(text.contains(&format!("tips/a/index.html Some({page})")), "{text}");
            assert!(!text.contains("None"), "{text}");
        }
    }
}
