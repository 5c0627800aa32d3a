//! The pipeline in one screen: collect, plan, check, render, write.
//!
//! Refuses: writing anything of a site that the gate refused.
//! Invariant: an incremental build's bytes equal a clean build's.

pub mod addresses;
mod baseline;
pub mod compress;
pub mod delivery;
pub mod fresh;
mod handouts;
pub mod live;
pub mod machine;
pub mod make;
mod net;
pub mod preview;
pub mod results;
mod reviewed;
pub mod run;
pub mod seed;
pub mod sheets;
pub mod signing;
pub mod standing;
pub mod state;
pub mod store;
#[cfg(all(test, feature = "typst"))]
mod views;
pub mod watch;
pub mod write;

use crate::diag::{Diagnostic, Message, Reported, Sink, codes};
use crate::lint::gate::{self, Checked};
use crate::model::Model;
use crate::model::collect::Options;
use crate::output::template::Theme;
use crate::output::trace::{self, Dep, Trace};
use crate::output::workshop::Workshop;
use crate::output::{OUTPUTS, Outputs, Phase, Plan, Reader, Target};
use crate::source::Memo;
use crate::statistics::safe::SafeData;
use crate::world::{Cache, OutPath, World};
use blake3::Hash;
use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};
use std::sync::Arc;

/// Everything that is known before the gate.
pub struct Prepared {
    /// The site.
    pub model: Model,
    /// Its theme.
    pub theme: Theme,
    /// What may be published of its datasets.
    pub statistics: SafeData,
    /// What is worked out once in this build.
    pub workshop: Workshop,
    /// Every file that would be published, by path.
    pub targets: BTreeMap<OutPath, Target>,
    /// The site as it was approved, where the folder holds other versions.
    approved: Option<Arc<dyn World>>,
    /// Who makes them.
    outputs: Outputs,
    /// Those of them whose files are made when all others are there.
    last: Vec<&'static str>,
}

/// Reads the site, loads its theme, protects its statistics and plans every file.
pub fn prepare(
    world: &dyn World,
    memo: &Memo,
    options: &Options,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Prepared {
    prepare_for(OUTPUTS, world, memo, options, cache, sink)
}

/// The same for these outputs.
fn prepare_for(
    outputs: Outputs,
    world: &dyn World,
    memo: &Memo,
    options: &Options,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Prepared {
    let reviewed::Site { model, theme, statistics, world } =
        reviewed::read(world, memo, options, cache, sink);
    let workshop = Workshop::default();
    let targets = plan(outputs, &model, &theme, &statistics, &workshop, sink);
    let last = outputs.iter().filter(|output| output.phase() == Phase::Files).map(|output| output.name());
    Prepared { model, theme, statistics, workshop, targets, approved: world, outputs, last: last.collect() }
}

/// Plans every file. Two owners of one path, also by letter case, are refused with both named.
fn plan(
    outputs: Outputs,
    model: &Model,
    theme: &Theme,
    statistics: &SafeData,
    workshop: &Workshop,
    sink: &mut Sink,
) -> BTreeMap<OutPath, Target> {
    let mut all: Vec<Target> = Vec::new();
    // Where in `all` whatever stands at a path, letter case aside.
    let mut folded: HashMap<String, usize> = HashMap::new();
    for phase in [Phase::Content, Phase::Last, Phase::Files] {
        for output in outputs.iter().filter(|output| output.phase() == phase) {
            let mut plan = Plan::new(theme, statistics, workshop, output.name());
            output.plan(model, &mut plan);
            let (planned, unfit) = plan.into_parts();
            for path in unfit {
                sink.report(
                    Diagnostic::new(
                        codes::UNFIT_ADDRESS,
                        Message::new("unfit-address").with("address", path),
                    )
                    .hint(Message::new("unfit-address-hint")),
                );
            }
            for target in planned {
                match folded.entry(target.path.fold()) {
                    Entry::Vacant(free) => {
                        free.insert(all.len());
                        all.push(target);
                    }
                    Entry::Occupied(first) => {
                        let finding = collision(model, &all[*first.get()], &target);
                        // Two bulletins on one address were told so when their addresses were settled.
                        let known = |other: &Diagnostic| {
                            other.code == finding.code && other.primary == finding.primary
                        };
                        if finding.primary.is_none() || !sink.found().iter().any(known) {
                            sink.report(finding);
                        }
                    }
                }
            }
        }
        if phase == Phase::Content {
            workshop.set_planned(all.iter().map(|target| target.path.clone()));
        }
    }
    refuse_folders_on_files(model, &all, &folded, sink);
    all.into_iter().map(|target| (target.path.clone(), target)).collect()
}

/// No disk holds a file and a folder of one name: a bulletin at `/atom.xml/` leaves no room for the feed.
fn refuse_folders_on_files(model: &Model, all: &[Target], folded: &HashMap<String, usize>, sink: &mut Sink) {
    let mut folders: HashMap<&str, usize> = HashMap::new();
    let mut by_place: Vec<(&str, usize)> = folded.iter().map(|(fold, at)| (fold.as_str(), *at)).collect();
    by_place.sort_unstable_by_key(|&(_, at)| at);
    for (fold, at) in by_place {
        for (end, _) in fold.match_indices('/') {
            // Of the files below such a folder, the first in the plan is told.
            folders.entry(&fold[..end]).or_insert(at);
        }
    }
    let mut found: Vec<(usize, usize)> =
        folders.into_iter().filter_map(|(folder, below)| Some((*folded.get(folder)?, below))).collect();
    found.sort_unstable();
    for (file, below) in found {
        sink.report(collision(model, &all[file], &all[below]));
    }
}

fn collision(model: &Model, first: &Target, second: &Target) -> Diagnostic {
    let owner = |target: &Target| match &target.subject {
        crate::output::Subject::Entry(ix) | crate::output::Subject::Alias(_, ix) => {
            model.entry(*ix).path.to_string()
        }
        _ => target.output.to_owned(),
    };
    let mut finding = Diagnostic::new(
        codes::TAKEN_ADDRESS,
        Message::new("taken-path")
            .with("path", &second.path)
            .with("first", owner(first))
            .with("second", owner(second)),
    )
    .hint(Message::new("taken-path-hint"));
    for target in [first, second] {
        if let crate::output::Subject::Entry(ix) | crate::output::Subject::Alias(_, ix) = &target.subject {
            let entry = model.entry(*ix);
            finding = finding.at(entry.meta.slug.as_ref().map_or(entry.meta.title.span, |slug| slug.span));
        }
    }
    finding
}

impl Prepared {
    /// The world that its files are to be read from; `folder` is the site's own.
    pub fn world<'w>(&'w self, folder: &'w dyn World) -> &'w dyn World {
        self.approved.as_deref().unwrap_or(folder)
    }

    /// Whether a file is made when all others are there.
    fn is_last(&self, target: &Target) -> bool {
        self.last.contains(&target.output)
    }
}

/// Opens the gate or not.
///
/// # Errors
/// Where a finding at `Deny` or above remains.
pub fn check<'p>(prepared: &'p Prepared, sink: &mut Sink) -> Result<Checked<'p>, Reported> {
    handouts::check(prepared, sink);
    let planned: Vec<&OutPath> = prepared.targets.keys().collect();
    gate::check(&prepared.model, &planned, &prepared.statistics, sink)
}

/// One file as made: its bytes and what it was made from.
pub struct Made {
    /// Its bytes, or why there are none. A finding below an error leaves the file out.
    pub bytes: Result<Vec<u8>, Box<Diagnostic>>,
    /// What was read for it.
    pub trace: Trace,
    /// What else there is to say of it.
    pub remarks: Vec<Diagnostic>,
}

/// Makes one file.
///
/// # Panics
/// If the target was planned by no output.
pub fn render(
    prepared: &Prepared,
    site: Checked,
    world: &dyn World,
    cache: &dyn Cache,
    target: &Target,
) -> Made {
    let output =
        crate::output::named(prepared.outputs, target.output).expect("targets are planned by outputs");
    let world = prepared.world(world);
    let reader = Reader::new(site, &prepared.theme, &prepared.workshop, world, cache);
    let bytes = output.render(target, &reader);
    let (trace, remarks) = reader.end();
    Made { bytes, trace, remarks }
}

/// Today's hash of a dependency; none if it does not exist any more.
pub fn hash_of(prepared: &Prepared, dep: &Dep) -> Option<Hash> {
    trace::hash_of(&prepared.model, &prepared.theme, &prepared.workshop, &prepared.statistics, dep)
}
