//! From the datasets of the model to what may be published of them.
//!
//! Refuses: tables for which no certificate is found, and figures that contradict what was published before.
//! Invariant: this module alone makes [`SafeData`], from answers that the checker accepted, also where they were kept.

use super::audit::{self, Audited};
use super::draft::DraftError;
use super::joint::{Claim, Place, Study, study, views};
use super::ledger::{self, Release};
use super::problem::{Problem, Status};
use super::safe::{SafeData, SafeDataset};
use super::suppress::{self, Answer, Budget};
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
    let study = study(datasets, releases, sink)?;
    let problem = match study.draft.finish() {
        Ok(problem) => problem,
        Err(error) => {
            let id = match error {
                DraftError::TooLarge => "study-too-large",
                DraftError::Number => "study-number",
            };
            sink.report(refused::plain(&study, id));
            return None;
        }
    };
    if !claims_hold(&study, &problem, sink) {
        return None;
    }
    let (audited, kept) = solve(&study, &problem, cache, sink)?;
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
    let mut safe: Vec<SafeDataset> =
        study.shown.iter().map(|shown| assemble::dataset(shown, &problem, &audited, &model.config)).collect();
    names::leave_out(&mut safe, datasets);
    let datasets = safe;
    Some(Done { datasets, reports, kept })
}

/// An answer that the checker accepts: the one of an earlier run, or a new one.
fn solve(study: &Study, problem: &Problem, cache: &dyn Cache, sink: &mut Sink) -> Option<(Audited, bool)> {
    let bytes = serde_json::to_vec(problem).expect("a problem is numbers and lists");
    let key = format!("statistics/{}/{}", suppress::VERSION, blake3::hash(&bytes).to_hex());
    let kept = cache.get(&key).and_then(|bytes| serde_json::from_slice::<Answer>(&bytes).ok());
    if let Some(answer) = kept
        && let Ok(audited) = audit::check(problem, &answer.status, &answer.certificate)
    {
        return Some((audited, true));
    }
    let answer = match suppress::suppress(problem, Budget::default()) {
        Ok(answer) => answer,
        Err(refusal) => {
            sink.report(refused::refusal(study, problem, &refusal));
            return None;
        }
    };
    match audit::check(problem, &answer.status, &answer.certificate) {
        Ok(audited) => {
            if let Ok(bytes) = serde_json::to_vec(&answer) {
                cache.put(&key, &bytes);
            }
            Some((audited, false))
        }
        Err(_) => {
            sink.report(refused::plain(study, "study-unproven"));
            None
        }
    }
}

/// Whether what was printed before is still so.
fn claims_hold(study: &Study, problem: &Problem, sink: &mut Sink) -> bool {
    let mut told = BTreeSet::new();
    for printed in &study.printed {
        let (then, now, decimals) = match printed.claim {
            Claim::Number(cell, value) => (Some(value), Some(problem.value(cell)), 0),
            Claim::Rate(above, below, digits, decimals) => {
                (Some(digits), share(problem.value(above), problem.value(below), decimals), decimals)
            }
        };
        // A figure stands in several tables and releases; it is told once, and not a thousand of them.
        let (Claim::Number(cell, _) | Claim::Rate(cell, ..)) = printed.claim;
        if then != now && told.insert((cell, decimals)) && told.len() <= refused::NAMED {
            sink.report(refused::revision(study, printed, then, now, decimals));
        }
    }
    if told.len() > refused::NAMED {
        sink.report(refused::revisions(study, told.len() - refused::NAMED));
    }
    told.is_empty()
}

fn count(places: &[Place], audited: &Audited) -> Report {
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
        let Place::Cell(cell) = *place else { continue };
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
