//! A build from disk to disk.
//!
//! Refuses: touching the output of a site that the gate refused.
//! Invariant: whatever goes wrong, the last good output stays.

use super::make::{Maker, Makings, Progress, remember};
use super::state::State;
use super::store::Store;
use super::write::{Recovered, Summary, WriteError, Writer};
use super::{Prepared, check, prepare, stale};
use crate::diag::{Diagnostic, Sink};
use crate::model::collect::Options;
use crate::output::Target;
use crate::output::trace::Dep;
use crate::source::Memo;
use crate::world::{Cache, OutPath, World};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

/// What is to be built.
pub struct Request<'r> {
    /// The site's folder.
    pub site: &'r Path,
    /// Where it goes.
    pub output: &'r Path,
    /// How.
    pub options: Options,
    /// Which program this is; another one makes everything anew.
    pub program: String,
    /// Whether warnings refuse as errors do.
    pub deny_warnings: bool,
}

/// What came of it.
pub struct Outcome {
    /// Every finding.
    pub found: Vec<Diagnostic>,
    /// The site, if the output folder could be opened at all.
    pub prepared: Option<Prepared>,
    /// What was written; none where nothing was published.
    pub summary: Option<Summary>,
    /// Which files were made, and the first dependency that differed.
    pub why: BTreeMap<OutPath, Option<Dep>>,
    /// How long each stage took.
    pub timings: Vec<(&'static str, Duration)>,
    /// Where the disk refused.
    pub disk: Option<WriteError>,
    /// What an interrupted build had left behind.
    pub recovered: Recovered,
}

/// Where slugs are kept.
const SLUGS: &str = "slugs";

struct Stages {
    last: Instant,
    timings: Vec<(&'static str, Duration)>,
}

impl Stages {
    #[expect(clippy::disallowed_methods, reason = "--timings looks at a stopwatch; no page depends on it")]
    fn begin() -> Self {
        Self { last: Instant::now(), timings: Vec::new() }
    }

    #[expect(clippy::disallowed_methods, reason = "--timings looks at a stopwatch; no page depends on it")]
    fn done(&mut self, stage: &'static str) {
        let now = Instant::now();
        self.timings.push((stage, now - self.last));
        self.last = now;
    }
}

/// Builds.
pub fn run(world: &dyn World, request: Request, progress: &dyn Progress) -> Outcome {
    let mut stages = Stages::begin();
    let mut outcome = Outcome {
        found: Vec::new(),
        prepared: None,
        summary: None,
        why: BTreeMap::new(),
        timings: Vec::new(),
        disk: None,
        recovered: Recovered::Nothing,
    };
    let mut sink = Sink::new();
    match Writer::open(request.site, request.output) {
        Ok(mut writer) => {
            stages.done("open");
            outcome.recovered = writer.recovered();
            publish(world, request, &mut writer, progress, &mut sink, &mut stages, &mut outcome);
        }
        Err(error) => refuse(error, &mut sink, &mut outcome),
    }
    outcome.found = sink.take();
    outcome.timings = stages.timings;
    outcome
}

fn refuse(error: WriteError, sink: &mut Sink, outcome: &mut Outcome) {
    sink.report(error.diagnostic());
    outcome.disk = Some(error);
}

fn publish(
    world: &dyn World,
    request: Request,
    writer: &mut Writer,
    progress: &dyn Progress,
    sink: &mut Sink,
    stages: &mut Stages,
    outcome: &mut Outcome,
) {
    let key = state_key(writer.output());
    let state = load(writer.store(), &key, &request.program);
    let mut options = Options { kept_slugs: kept_slugs(request.site), ..request.options };
    if !super::addresses::is_noted(world) {
        options.kept_pages = super::addresses::published_pages(request.output);
    }
    let cache = StoreCache::open(request.site);
    let prepared = prepare(world, &Memo::off(), &options, &cache, sink);
    stages.done("read");
    let passed = match check(&prepared, sink) {
        Ok(checked) if !request.deny_warnings || sink.found().is_empty() => Some(checked),
        _ => None,
    };
    stages.done("check");
    if let Some(checked) = passed {
        let to_make = wanted(&prepared, &state, writer);
        let targets: Vec<&Target> = to_make.keys().map(|path| &prepared.targets[*path]).collect();
        let maker = Maker { prepared: &prepared, checked, world, cache: &cache, progress };
        let written = write(writer, request.site, &maker, &to_make, &targets, request.deny_warnings, sink);
        stages.done("render and write");
        match written {
            Ok(Some((summary, makings))) => {
                outcome.summary = Some(summary);
                let state = remember(&prepared, &state, &makings, &request.program);
                save(writer.store(), &key, &state);
                sweep(writer.store());
                stages.done("remember");
            }
            Ok(None) => {}
            Err(error) => refuse(error, sink, outcome),
        }
        outcome.why = to_make.into_iter().map(|(path, dep)| (path.clone(), dep)).collect();
    }
    outcome.prepared = Some(prepared);
}

/// The files to make: stale ones, and those that somebody removed or changed in the output.
fn wanted<'p>(prepared: &'p Prepared, state: &State, writer: &Writer) -> BTreeMap<&'p OutPath, Option<Dep>> {
    let mut wanted = stale(prepared, state);
    for path in prepared.targets.keys() {
        if !wanted.contains_key(path) && writer.intact(path).is_none() {
            wanted.insert(path, None);
        }
    }
    wanted
}

type Written = (Summary, Makings);

fn write(
    writer: &mut Writer,
    site: &Path,
    maker: &Maker,
    stale: &BTreeMap<&OutPath, Option<Dep>>,
    targets: &[&Target],
    deny_warnings: bool,
    sink: &mut Sink,
) -> Result<Option<Written>, WriteError> {
    let batch = writer.begin()?;
    for path in maker.prepared.targets.keys().filter(|path| !stale.contains_key(path)) {
        batch.keep(path)?;
    }
    let failed = std::sync::Mutex::new(None);
    let put = |target: &Target, bytes: Vec<u8>| {
        batch.put(&target.path, target.rank, &bytes).map_err(|error| {
            let finding = Box::new(error.diagnostic());
            failed.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
            finding
        })
    };
    let mut notes = Sink::new();
    let makings = maker.make(targets, &put, &mut notes);
    if let Some(error) = failed.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        // A full disk fails a thousand files; one finding says it.
        return Err(error);
    }
    let refused = notes.verdict().is_err() || (deny_warnings && !notes.found().is_empty());
    sink.append(notes);
    if refused {
        return Ok(None);
    }
    // Before anybody can read an address, it is noted whose it is.
    super::addresses::note(maker.world, site, &maker.prepared.model)
        .map_err(|error| WriteError::from_io(site.join(crate::model::addresses::PATH), &error))?;
    Ok(Some((batch.commit()?, makings)))
}

fn state_key(output: &Path) -> String {
    let hash = blake3::hash(output.to_string_lossy().as_bytes()).to_hex();
    format!("state/{}", &hash[..16])
}

fn load(store: &Store, key: &str, program: &str) -> State {
    let state: State =
        store.get(key).and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let broken =
        state.targets.values().flat_map(|last| &last.deps).any(|&ix| ix as usize >= state.deps.len());
    if state.program == program && !broken {
        return state;
    }
    State::default()
}

#[expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]
/// The slugs that builds of a site gave to Chinese names, so that every command shows the same addresses.
pub fn kept_slugs(site: &Path) -> BTreeMap<String, String> {
    // A site that was never built has none, and asking makes no folder.
    if !site.join(super::store::FOLDER).is_dir() {
        return BTreeMap::new();
    }
    let kept = Store::open(site).ok().and_then(|store| store.get(SLUGS));
    kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Failing to remember costs time at the next build, nothing else.
fn save(store: &Store, key: &str, state: &State) {
    if let Ok(bytes) = serde_json::to_vec(state) {
        let _ = store.put(key, &bytes);
    }
}

/// Drops resized pictures that no build has asked for in ninety days.
#[expect(clippy::disallowed_methods, reason = "the store is tidied by the clock; no page depends on it")]
fn sweep(store: &Store) {
    store.sweep(std::time::SystemTime::now(), Duration::from_hours(2160));
}

/// Costly results in `.yuanba/`: a photo is resized, a sheet typeset and a table protected once in their lives.
pub struct StoreCache(Option<Store>);

impl StoreCache {
    /// That of a site, for a command that may make the folder.
    pub fn open(site: &Path) -> Self {
        Self(Store::open(site).ok())
    }

    /// That of a site that was built before; else one that keeps nothing, and no folder is made.
    #[expect(clippy::disallowed_methods, reason = "build/ touches the disk (DESIGN §3, rule 9)")]
    pub fn existing(site: &Path) -> Self {
        Self(site.join(super::store::FOLDER).is_dir().then(|| Store::open(site).ok()).flatten())
    }
}

impl Cache for StoreCache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.as_ref()?.get(&format!("kept/{key}"))
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        if let Some(store) = &self.0 {
            let _ = store.put(&format!("kept/{key}"), bytes);
        }
    }
}
