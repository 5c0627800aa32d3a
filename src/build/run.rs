//! A build from disk to disk.
//!
//! Refuses: touching the output of a site that the gate refused.
//! Invariant: whatever goes wrong, the last good output stays.

use super::baseline::{self, Begun};
use super::compress::Packing;
use super::fresh::{Comparison, Stale};
use super::make::{Maker, Makings, Progress};
use super::standing::{self, Asked, Once, Standing};
use super::state::State;
use super::store::Store;
use super::write::{Batch, Reason, Recovered, Summary, WriteError, Writer};
use super::{Prepared, check, prepare};
use crate::diag::{Diagnostic, Message, Sink, codes};
use crate::model::collect::Options;
use crate::output::Target;
use crate::output::trace::Dep;
use crate::source::Memo;
use crate::world::{OutPath, World};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A build that is asked for.
pub struct Request<'r> {
    /// The site's folder.
    pub site: &'r Path,
    /// The folder to publish into.
    pub output: &'r Path,
    /// Whether somebody named that folder just now. A link that stands where the output usually does may have come with the site from a stranger.
    pub named: bool,
    /// How the site is read: with drafts, without handouts, with another address.
    pub options: Options,
    /// Which program this is; another one makes everything anew.
    pub program: String,
    /// Whether warnings refuse as errors do.
    pub deny_warnings: bool,
}

/// What came of a build.
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
    /// What there is to say of the store: that it begins anew, or keeps nothing.
    pub notes: Vec<Message>,
    /// What the last build found and held back, where nothing has changed since and nothing was done.
    pub standing: Option<Standing>,
}

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

/// How often a build is planned anew because a file changed after it was read.
const ATTEMPTS: usize = 3;

/// Reads a site, checks it and writes what changed into its output.
pub fn run(world: &dyn World, request: &Request, progress: &dyn Progress) -> Outcome {
    let mut stages = Stages::begin();
    let mut outcome = Outcome {
        found: Vec::new(),
        prepared: None,
        summary: None,
        why: BTreeMap::new(),
        timings: Vec::new(),
        disk: None,
        recovered: Recovered::Nothing,
        notes: Vec::new(),
        standing: None,
    };
    let once = Once::new(world);
    let world: &dyn World = &once;
    if let Some(standing) = stands(world, request) {
        outcome.summary = Some(Summary { unchanged: standing.files, ..Summary::default() });
        outcome.standing = Some(standing);
        stages.done("look");
        outcome.timings = stages.timings;
        return outcome;
    }
    let mut sink = Sink::new();
    match Writer::open(request.site, request.output) {
        Ok(mut writer) => {
            stages.done("open");
            outcome.recovered = writer.recovered();
            let store = writer.store().clone();
            let begun = baseline::begin(world, request.site, &asked_options(request), &store, &writer);
            let taken = match begun {
                Ok(Begun::Taken(count)) => {
                    once.forget();
                    Some(Message::new("review-baseline").with("count", count))
                }
                Ok(Begun::Nothing) => None,
                Err(finding) => {
                    outcome.found = vec![*finding];
                    outcome.prepared = None;
                    outcome.timings = stages.timings;
                    return outcome;
                }
            };
            for attempt in 1..=ATTEMPTS {
                pipeline(world, request, &mut writer, progress, &mut sink, &mut stages, &mut outcome);
                let changed = sink.found().iter().any(|finding| finding.code == codes::CHANGED_FILE);
                if !changed || attempt == ATTEMPTS {
                    break;
                }
                // What was planned fits no more, and nothing of it was published.
                sink = Sink::new();
                once.forget();
            }
            outcome.notes.extend(taken);
        }
        Err(error) => refuse(error, &mut sink, &mut outcome),
    }
    outcome.found = sink.take();
    outcome.timings = stages.timings;
    outcome
}

/// The site as it stands, if nothing has changed since the last build. A store that has something to say of itself is left to a build.
fn stands(world: &dyn World, request: &Request) -> Option<Standing> {
    if request.options.full {
        return None;
    }
    let store = Store::existing(request.site);
    let options = asked_options(request);
    let asked = asked(request, &options);
    let standing = standing::recall(world, &store, request.site, request.output, &asked)?;
    store.notes().is_empty().then_some(standing)
}

fn asked_options(request: &Request) -> Options {
    Options { kept_slugs: kept_slugs(request.site), ..request.options.clone() }
}

fn asked<'r>(request: &'r Request, options: &'r Options) -> Asked<'r> {
    Asked { options, program: &request.program, deny_warnings: request.deny_warnings }
}

fn refuse(error: WriteError, sink: &mut Sink, outcome: &mut Outcome) {
    sink.report(error.diagnostic());
    outcome.disk = Some(error);
}

fn pipeline(
    world: &dyn World,
    request: &Request,
    writer: &mut Writer,
    progress: &dyn Progress,
    sink: &mut Sink,
    stages: &mut Stages,
    outcome: &mut Outcome,
) {
    // One store in a run: what the writer opened is what everybody uses.
    let store = writer.store().clone();
    let output = writer.output().to_string_lossy().into_owned();
    let state = State::recall(&store.shared(), &output, &request.program);
    let mut options = asked_options(request);
    if let Err(finding) = super::seed::ensure(request.site) {
        sink.report(*finding);
    }
    if !super::addresses::is_noted(world) {
        options.kept_pages = super::addresses::published_pages(request.output);
    }
    let prepared = prepare(world, &Memo::new(store.shared()), &options, &store, sink);
    stages.done("read");
    let mut noted = [0; 32];
    let passed = match check(&prepared, sink) {
        Ok(checked) if !request.deny_warnings || sink.found().is_empty() => Some(checked),
        _ => None,
    };
    stages.done("check");
    if let Some(checked) = passed {
        let mut compared = Comparison::new(&prepared, &state, &|path| present(writer, path));
        stages.done("compare");
        let maker = Maker { prepared: &prepared, checked, world, cache: &store, progress };
        let written = write(writer, request, &maker, &mut compared, &state, sink);
        stages.done("render and write");
        match written {
            Ok(Some(Written { summary, makings, addresses })) => {
                outcome.summary = Some(summary);
                noted = addresses;
                let next = compared.remember(&state, &makings, &|path| present(writer, path));
                next.keep(&store, &output, &request.program);
                stages.done("remember");
            }
            Ok(None) => {}
            Err(error) => refuse(error, sink, outcome),
        }
        outcome.why = compared.stale().into_iter().map(|(path, dep)| (path.clone(), dep)).collect();
    }
    if outcome.summary.is_some() {
        let options = asked_options(request);
        let asked = asked(request, &options);
        baseline::note(&prepared, &store);
        standing::keep(world, &store, writer, &prepared, sink.found(), &asked, noted);
    }
    store.save();
    stages.done("save");
    outcome.notes = store.notes().to_vec();
    outcome.prepared = Some(prepared);
}

/// The hash of a file of the output that is there as the list says.
fn present(writer: &Writer, path: &OutPath) -> Option<blake3::Hash> {
    writer.intact(path).map(|written| written.hash)
}

/// What came of writing.
struct Written {
    summary: Summary,
    makings: Makings,
    /// Hash of the list of addresses.
    addresses: [u8; 32],
}

fn write(
    writer: &mut Writer,
    request: &Request,
    maker: &Maker,
    compared: &mut Comparison,
    state: &State,
    sink: &mut Sink,
) -> Result<Option<Written>, WriteError> {
    let list = request.site.join(crate::model::addresses::PATH);
    let failed_at = |error: std::io::Error| WriteError::from_io(&list, &error);
    let site = super::addresses::identity(&maker.prepared.model).map_err(failed_at)?;
    let leads = !request.named && super::write::is_led_away(request.output);
    if leads && writer.manifest().site() != Some(&site) {
        return Err(WriteError::new(request.output, Reason::Leads(writer.output().to_owned())));
    }
    writer.claim(site.clone())?;
    let store = writer.store().clone();
    let batch = writer.begin()?;
    let mut notes = Sink::new();
    let packing = request.options.compress.then_some(Packing { batch: &batch, memory: &store });
    let making = Making { batch: &batch, maker, packing, hashes: Mutex::default(), failed: Mutex::default() };
    let mut makings = making.phase(&compared.stale(), false, &mut notes)?;
    if compared.has_last() {
        let prepared = maker.prepared;
        prepared.workshop.set_made(making.files(&makings), batch.reader()?);
        let last = compared.compare_last(state, &|path| batch.intact(path).map(|written| written.hash));
        makings.append(making.phase(&last, true, &mut notes)?);
        // No folder may be held open when the new tree takes its place.
        prepared.workshop.close_files();
    }
    drop(making);
    let refused = notes.verdict().is_err() || (request.deny_warnings && !notes.found().is_empty());
    sink.append(notes);
    if refused {
        return Ok(None);
    }
    // Before anybody can read an address, it is noted whose it is.
    let model = &maker.prepared.model;
    let Some(addresses) = super::addresses::note(maker.world, &list, model, site).map_err(failed_at)? else {
        model.sources.note_changed(crate::model::addresses::PATH);
        model.sources.report_changed(sink);
        return Ok(None);
    };
    Ok(Some(Written { summary: batch.commit()?, makings, addresses }))
}

/// Files on their way into a batch.
struct Making<'w, 'b> {
    batch: &'w Batch<'b>,
    maker: &'w Maker<'w>,
    packing: Option<Packing<'w, 'b>>,
    /// Hashes of those that were made.
    hashes: Mutex<BTreeMap<OutPath, blake3::Hash>>,
    failed: Mutex<Option<WriteError>>,
}

impl Making<'_, '_> {
    /// Makes the stale files of a phase, and keeps the others.
    fn phase(&self, stale: &Stale, last: bool, notes: &mut Sink) -> Result<Makings, WriteError> {
        let prepared = self.maker.prepared;
        let (mut targets, mut kept) = (Vec::new(), Vec::new());
        for (path, target) in prepared.targets.iter().filter(|(_, target)| prepared.is_last(target) == last) {
            if stale.contains_key(path) {
                targets.push(target);
            } else {
                self.batch.keep(path)?;
                kept.push(target);
            }
        }
        self.pack_kept(&kept)?;
        let put = |target: &Target, bytes: Vec<u8>| match self.put(target, bytes) {
            Ok(written) => {
                locked(&self.hashes).insert(target.path.clone(), written.hash);
                Ok(())
            }
            Err(error) => {
                let finding = Box::new(error.diagnostic());
                locked(&self.failed).get_or_insert(error);
                Err(finding)
            }
        };
        let makings = if targets.is_empty() && last {
            Makings::default()
        } else {
            self.maker.make(&targets, &put, notes)
        };
        match locked(&self.failed).take() {
            // A full disk fails a thousand files; one finding says it.
            Some(error) => Err(error),
            None => Ok(makings),
        }
    }

    /// Puts a file, and its packed forms beside it.
    fn put(&self, target: &Target, bytes: Vec<u8>) -> Result<super::write::Written, WriteError> {
        let written = self.batch.put(&target.path, target.rank, &bytes)?;
        if let Some(packing) = &self.packing {
            packing.beside(&target.path, target.rank, &written, |path| self.is_free(path), || Some(bytes))?;
        }
        Ok(written)
    }

    /// Keeps the packed forms of files that stay; those that are missing are made.
    fn pack_kept(&self, kept: &[&Target]) -> Result<(), WriteError> {
        let Some(packing) = &self.packing else { return Ok(()) };
        // It holds folders open, and is let go before anything is put in place.
        let read = self.batch.reader()?;
        kept.par_iter().try_for_each(|target| match self.batch.intact(&target.path).copied() {
            Some(written) => packing.beside(
                &target.path,
                target.rank,
                &written,
                |path| self.is_free(path),
                || read(&target.path),
            ),
            None => Ok(()),
        })
    }

    /// Whether nothing of the site's own stands at a path.
    fn is_free(&self, path: &OutPath) -> bool {
        !self.maker.prepared.targets.contains_key(path)
    }

    /// The hashes of all files of the first phases.
    fn files(&self, makings: &Makings) -> BTreeMap<OutPath, blake3::Hash> {
        let (prepared, made) = (self.maker.prepared, locked(&self.hashes));
        let planned = prepared.targets.iter().filter(|(_, target)| !prepared.is_last(target));
        let hash = |path: &OutPath| {
            let kept = || self.batch.intact(path).map(|written| written.hash);
            made.get(path).copied().or_else(kept).filter(|_| !makings.left_out.contains(path))
        };
        planned.filter_map(|(path, _)| Some((path.clone(), hash(path)?))).collect()
    }
}

fn locked<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where slugs are kept.
const SLUGS: &str = "slugs";

/// The slugs that builds of a site gave to Chinese names, so that every command shows the same addresses.
pub fn kept_slugs(site: &Path) -> BTreeMap<String, String> {
    let kept = super::store::of_earlier_version(site, SLUGS);
    kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}
