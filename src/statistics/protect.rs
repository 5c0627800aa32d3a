//! From the datasets of the model to what may be published of them.
//!
//! Refuses: tables for which no certificate is found, and figures that contradict what was published before.
//! Invariant: this module alone makes [`SafeData`], from answers that the checker accepted, also where they were kept.

use super::audit::{self, Audited};
use super::draft::DraftError;
use super::joint::{Claim, Figure, Study, study, views};
use super::ledger::{self, Release};
use super::problem::{Problem, Status};
use super::promise::MarkPromise;
use super::safe::{SafeData, SafeDataset};
use super::suppress::{self, Answer, Budget, Refusal};
use super::{assemble, names, refused, standing};
use crate::diag::Sink;
use crate::model::Collected;
use crate::model::dataset::Dataset;
use crate::model::dataset::stated::share;
use crate::world::Cache;
use std::collections::{BTreeMap, BTreeSet};

/// Protects all datasets. Findings go to `sink`; what is refused is not among what comes back.
pub fn protect(model: &Collected, cache: &dyn Cache, sink: &mut Sink) -> SafeData {
    let releases = ledger::read_all(model, sink);
    let mut safe = SafeData::default();
    for datasets in studies(model) {
        if let Some(done) = protect_study(model, &datasets, &releases, cache, sink) {
            safe.extend(done.datasets);
        }
    }
    safe.kept = standing::kept(model, &safe, &releases);
    safe
}

/// What picks among answers for these datasets. Without a seed nothing does: such figures are for the eyes of staff.
fn seed_of(model: &Collected, datasets: &[&Dataset]) -> u64 {
    let seed = model.data.seed.as_ref().zip(datasets.first());
    seed.map_or(0, |(seed, dataset)| seed.of(&dataset.figures_name()))
}

/// The datasets, those together that share a file.
pub fn studies(model: &Collected) -> Vec<Vec<&Dataset>> {
    let mut by_file: BTreeMap<&str, Vec<&Dataset>> = BTreeMap::new();
    for dataset in model.datasets().values() {
        by_file.entry(&dataset.figures).or_default().push(dataset);
    }
    by_file.into_values().collect()
}

/// What came of the datasets of one file.
pub struct Done {
    /// What may be published.
    pub datasets: Vec<SafeDataset>,
    /// By dataset: a line for each of its tables, then of its charts.
    pub reports: Vec<Vec<Report>>,
    /// Whether an answer of an earlier run was used.
    pub kept: bool,
}

/// What became of a table.
#[derive(Clone, Debug)]
pub struct Report {
    /// Its name.
    pub name: String,
    /// Its caption.
    pub title: String,
    /// Whether it is drawn as a chart.
    pub chart: bool,
    /// Its cells.
    pub cells: usize,
    /// Hidden for being small.
    pub small: usize,
    /// Hidden so that others cannot be worked out.
    pub others: usize,
    /// The narrowest range that is left open about a cell that is hidden for being small.
    pub narrowest: Option<i64>,
}

/// Protects the datasets of one file together.
pub fn protect_study(
    model: &Collected,
    datasets: &[&Dataset],
    releases: &[Release],
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Option<Done> {
    let study = study(datasets, releases, seed_of(model, datasets), sink)?;
    let (problem, audited, promise, kept) = protected(&study, cache, sink)?;
    let reports = study.shown.iter().map(|shown| {
        let places = views(shown.dataset).zip(&shown.places).enumerate();
        places
            .map(|(at, (view, places))| Report {
                name: view.name.clone(),
                title: view.title.clone(),
                chart: at >= shown.dataset.tables.len(),
                ..count(places, &audited)
            })
            .collect()
    });
    let reports = reports.collect();
    let mut safe: Vec<SafeDataset> = study
        .shown
        .iter()
        .map(|shown| assemble::dataset(shown, &problem, &audited, promise, &model.config))
        .collect();
    names::leave_out(&mut safe, datasets);
    let datasets = safe;
    Some(Done { datasets, reports, kept })
}

/// An answer under the promise that is preferred, else under one that says less of the mark.
fn protected(
    study: &Study,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Option<(Problem, Audited, MarkPromise, bool)> {
    let mut refusal = None;
    for promise in [study.preferred, MarkPromise::AnyNumber] {
        let problem = match study.under(promise).finish() {
            Ok(problem) => problem,
            Err(error) => {
                let id = match error {
                    DraftError::TooLarge => "study-too-large",
                    DraftError::Number => "study-number",
                };
                sink.report(refused::plain(study, id));
                return None;
            }
        };
        if refusal.is_none() && !claims_hold(study, &problem, sink) {
            return None;
        }
        let problem = suppress::known(&problem, study.accepted);
        match solve(&problem, cache) {
            Ok((audited, kept)) => return Some((problem, audited, promise, kept)),
            Err(Unsolved::Unproven) => {
                sink.report(refused::plain(study, "study-unproven"));
                return None;
            }
            // Figures that are worth nothing to readers are no cover: merging is the better way.
            Err(Unsolved::Refused(found @ Refusal::Sparse { .. })) => {
                refusal = Some((found, problem));
                break;
            }
            Err(Unsolved::Refused(found)) => refusal = Some((found, problem)),
        }
        if promise == MarkPromise::AnyNumber {
            break;
        }
    }
    let (refusal, problem) = refusal?;
    sink.report(refused::refusal(study, &problem, &refusal));
    None
}

/// Why there is no answer.
enum Unsolved {
    Refused(Refusal),
    Unproven,
}

/// An answer that the checker accepts: the one of an earlier run, or a new one.
fn solve(problem: &Problem, cache: &dyn Cache) -> Result<(Audited, bool), Unsolved> {
    let bytes = serde_json::to_vec(problem).expect("a problem is numbers and lists");
    let key = format!("statistics/{}/{}", suppress::VERSION, blake3::hash(&bytes).to_hex());
    let kept = cache.get(&key).and_then(|bytes| serde_json::from_slice::<Answer>(&bytes).ok());
    if let Some(answer) = kept
        && let Ok(audited) = audit::check(problem, &answer.status, &answer.certificate)
    {
        return Ok((audited, true));
    }
    let answer = suppress::suppress(problem, Budget::default()).map_err(Unsolved::Refused)?;
    let audited = audit::check(problem, &answer.status, &answer.certificate);
    let audited = audited.map_err(|_| Unsolved::Unproven)?;
    if let Ok(bytes) = serde_json::to_vec(&answer) {
        cache.put(&key, &bytes);
    }
    Ok((audited, false))
}

/// Whether what was printed before is still so.
fn claims_hold(study: &Study, problem: &Problem, sink: &mut Sink) -> bool {
    let mut told = BTreeSet::new();
    for released in &study.released {
        let (then, now, decimals) = match released.claim {
            Claim::Hidden(_) => continue,
            Claim::Number(cell, value) => (Some(value), Some(problem.value(cell)), 0),
            Claim::Rate(above, below, digits, decimals) => {
                (Some(digits), share(problem.value(above), problem.value(below), decimals), decimals)
            }
        };
        // A figure stands in several tables and releases; it is told once, and not a thousand of them.
        let cell = released.claim.cell();
        if then != now && told.insert((cell, decimals)) && told.len() <= refused::NAMED {
            sink.report(refused::revision(study, released, then, now, decimals));
        }
    }
    if told.len() > refused::NAMED {
        sink.report(refused::revisions(study, told.len() - refused::NAMED));
    }
    told.is_empty()
}

fn count(places: &[Figure], audited: &Audited) -> Report {
    let mut report = Report {
        name: String::new(),
        title: String::new(),
        chart: false,
        cells: 0,
        small: 0,
        others: 0,
        narrowest: None,
    };
    for place in places {
        let Figure::Cell(cell) = *place else { continue };
        report.cells += 1;
        match audited.status(cell) {
            Status::Printed => {}
            Status::Secondary => report.others += 1,
            Status::Primary => {
                report.small += 1;
                let width = audited.range(cell).map(|(low, high)| high - low);
                report.narrowest = report.narrowest.into_iter().chain(width).min();
            }
        }
    }
    report
}
