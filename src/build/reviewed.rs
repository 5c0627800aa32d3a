//! Reading a site so that what is not approved is not in it.
//!
//! The site is read as it stands in its folder; where something in it is not approved, it is read again without that, or with its last approved version
//! in its place, until all of it is approved. Readings after the first find nearly everything in the memory.
//!
//! Refuses: a site whose log of reviews has a fault; the gate says so.
//! Invariant: unless all is to be shown, every bulletin of the model is approved as it is.

use crate::diag::{Diagnostic, Files as _, Level, Sink};
use crate::model::Model;
use crate::model::collect::{self, Options};
use crate::model::dataset::FOLDER;
use crate::model::review::Reviews;
use crate::output::template::Theme;
use crate::review::{ApprovedWorld, Book, Plan, look};
use crate::source::Memo;
use crate::statistics::{self, safe::SafeData};
use crate::world::{Cache, World};
use std::sync::Arc;

/// A site as it was read.
pub(super) struct Site {
    pub(super) model: Model,
    pub(super) theme: Theme,
    pub(super) statistics: SafeData,
    /// The world that it was read from, where that is not the folder itself.
    pub(super) world: Option<Arc<dyn World>>,
}

/// So often a site is read at most. Each reading holds back what the one before gave away, and two are nearly always enough.
const READINGS: usize = 8;

/// Reads a site.
pub(super) fn read(
    world: &dyn World,
    memo: &Memo,
    options: &Options,
    cache: &dyn Cache,
    sink: &mut Sink,
) -> Site {
    let mut notes = Sink::new();
    let mut site = once(world, memo, options, cache, &mut notes);
    if !site.model.config.review.on() {
        sink.append(notes);
        return site;
    }
    let book = Book::read(world);
    let faults: Vec<_> = book.log.faults.iter().map(|fault| fault.what.clone()).collect();
    if !faults.is_empty() || options.unreviewed {
        let looked = look(&book, world, &site.model, &site.statistics);
        let standing = looked.into_iter().map(|(path, (_, standing))| (path, standing)).collect();
        let reviews = Reviews { on: true, shows_all: true, standing, log: faults, ..Reviews::default() };
        site.model.review(reviews);
        sink.append(notes);
        return site;
    }
    let mut plan = Plan::new(&book, world, &site.model, &site.statistics);
    let faults_of_today = faults_of_figures(&notes, &site.model);
    for _ in 0..READINGS {
        if !plan.is_empty() {
            let approved = ApprovedWorld::new(world, plan.stand_ins());
            let options = Options { withheld: plan.withheld.clone(), ..options.clone() };
            notes = Sink::new();
            site = once(&approved, memo, &options, cache, &mut notes);
            site.world = Some(Arc::new(approved));
        }
        if plan.has_former_figures() && faults_of_figures(&notes, &site.model) > faults_of_today {
            // They contradict what was released since, or cannot be protected any more.
            plan.give_up_figures();
            continue;
        }
        let now: &dyn World = site.world.as_deref().unwrap_or(world);
        if plan.holds(&book, now, &site.model, &site.statistics) {
            break;
        }
    }
    site.statistics.open_only(&plan.shown);
    site.model.review(plan.reviews());
    sink.append(notes);
    site
}

/// How many faults were found in the figures and in what was released of them.
fn faults_of_figures(notes: &Sink, model: &Model) -> usize {
    let of_figures = |finding: &&Diagnostic| {
        let file = finding.primary.map(|span| model.sources.path(span.file));
        finding.level >= Level::Deny && file.is_some_and(|path| path.starts_with(FOLDER))
    };
    notes.found().iter().filter(of_figures).count()
}

fn once(world: &dyn World, memo: &Memo, options: &Options, cache: &dyn Cache, sink: &mut Sink) -> Site {
    let mut collected = collect::collect(world, memo, options, sink);
    let config = collected.config.clone();
    let theme = Theme::load(world, &config, collected.model.sources_mut(), sink);
    let statistics = statistics::protect::protect(&collected, cache, sink);
    // The raw counts end here.
    let mut model = collected.model;
    crate::lint::register_file::check(world, &mut model, sink);
    Site { model, theme, statistics, world: None }
}
