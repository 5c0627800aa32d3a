//! The pipeline in one screen: collect, plan, check, render, write.
//!
//! Refuses: writing anything of a site that the gate refused.
//! Invariant: an incremental build's bytes equal a clean build's.

pub mod addresses;
mod handouts;
pub mod live;
pub mod machine;
pub mod make;
pub mod preview;
pub mod results;
pub mod run;
pub mod seed;
pub mod sheets;
pub mod standing;
pub mod state;
pub mod store;
pub mod watch;
pub mod write;

use crate::diag::{Diagnostic, Message, Reported, Sink, codes};
use crate::lint::gate::{self, Checked};
use crate::model::Model;
use crate::model::collect::{self, Options};
use crate::output::template::Theme;
use crate::output::trace::{self, Dep, Trace};
use crate::output::workshop::Workshop;
use crate::output::{OUTPUTS, Phase, Plan, Reader, Target};
use crate::source::Memo;
use crate::statistics::{self, safe::SafeData};
use crate::world::{Cache, OutPath, World};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeMap;

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
}

/// Reads the site, loads its theme, protects its statistics and plans every file.
pub fn prepare(
    world: &dyn World,
    memo: &Memo,
    options: &Options,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Prepared {
    let mut collected = collect::collect(world, memo, options, sink);
    let name = collected.config.theme.clone();
    let theme = Theme::load(world, &name, &mut collected.model.sources, sink);
    let statistics = statistics::protect::protect(&collected, cache, sink);
    // The raw counts end here.
    let mut model = collected.model;
    crate::lint::register_file::check(world, &mut model, sink);
    let workshop = Workshop::default();
    let targets = plan(&model, &theme, &statistics, &workshop, sink);
    Prepared { model, theme, statistics, workshop, targets }
}

/// Plans every file. Two owners of one path, also by letter case, are refused with both named.
fn plan(
    model: &Model,
    theme: &Theme,
    statistics: &SafeData,
    workshop: &Workshop,
    sink: &mut Sink,
) -> BTreeMap<OutPath, Target> {
    let mut targets: BTreeMap<OutPath, Target> = BTreeMap::new();
    let mut folded: BTreeMap<String, OutPath> = BTreeMap::new();
    for phase in [Phase::Content, Phase::Last] {
        for output in OUTPUTS.iter().filter(|output| output.phase() == phase) {
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
                match folded.get(&target.path.fold()) {
                    None => {
                        folded.insert(target.path.fold(), target.path.clone());
                        targets.insert(target.path.clone(), target);
                    }
                    Some(first) => {
                        let finding = collision(model, &targets[first], &target);
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
            workshop.set_planned(targets.keys().cloned());
        }
    }
    refuse_folders_on_files(model, &targets, &folded, sink);
    targets
}

/// No disk holds a file and a folder of one name: a bulletin at `/atom.xml/` leaves no room for the feed.
fn refuse_folders_on_files(
    model: &Model,
    targets: &BTreeMap<OutPath, Target>,
    folded: &BTreeMap<String, OutPath>,
    sink: &mut Sink,
) {
    let mut above = "";
    for (fold, path) in folded {
        for (end, _) in fold.match_indices('/') {
            // In their order, most paths lie in the folder of the one before, which was looked at.
            if above.get(..=end) == fold.get(..=end) {
                continue;
            }
            if let Some(file) = folded.get(&fold[..end]) {
                sink.report(collision(model, &targets[file], &targets[path]));
            }
        }
        above = fold;
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

/// Opens the gate or not.
///
/// # Errors
/// Where a finding at `Deny` or above remains.
pub fn check<'p>(prepared: &'p Prepared, sink: &mut Sink) -> Result<Checked<'p>, Reported> {
    handouts::check(prepared, sink);
    let planned = prepared.targets.iter().map(|(path, target)| (path.clone(), target.output)).collect();
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
    let output = crate::output::named(target.output).expect("targets are planned by outputs");
    let reader = Reader::new(site, &prepared.theme, &prepared.workshop, world, cache);
    let bytes = output.render(target, &reader);
    let (trace, remarks) = reader.end();
    Made { bytes, trace, remarks }
}

/// Which targets must be made, and why: the first dependency that differs, or none where it is new, shows something else by now, or has other
/// bytes than were made. Nothing else decides, so whatever parts the memory from the site is mended by the next build.
pub fn stale<'p>(
    prepared: &'p Prepared,
    state: &state::State,
    present: &make::Present,
) -> BTreeMap<&'p OutPath, Option<Dep>> {
    let sorted = make::by_part(prepared);
    let found = sorted.par_iter().zip(state.parts()).flat_map_iter(|(targets, last)| {
        let differs =
            |(dep, hash): &(Dep, [u8; 32])| hash_of(prepared, dep).is_none_or(|now| now.as_bytes() != hash);
        let changed: Vec<bool> = last.deps.iter().map(differs).collect();
        let mut stale = Vec::new();
        for (key, target) in targets {
            let known = last.targets.get(key).filter(|last| {
                last.output == target.output
                    && last.subject == state::SubjectName::of(&prepared.model, &target.subject)
                    && present(&target.path).is_some_and(|hash| *hash.as_bytes() == last.bytes)
            });
            match known.map(|last| last.deps.iter().find(|&&ix| changed[ix as usize])) {
                Some(None) => {}
                Some(Some(&ix)) => stale.push((&target.path, Some(last.deps[ix as usize].0.clone()))),
                None => stale.push((&target.path, None)),
            }
        }
        stale
    });
    found.collect::<Vec<_>>().into_iter().collect()
}

/// Today's hash of a dependency; none if it does not exist any more.
pub fn hash_of(prepared: &Prepared, dep: &Dep) -> Option<Hash> {
    trace::hash_of(&prepared.model, &prepared.theme, &prepared.workshop, &prepared.statistics, dep)
}
