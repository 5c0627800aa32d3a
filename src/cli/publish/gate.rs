//! What must hold before a site leaves the house: a build of the content as it is, and its figures in the ledger.

use super::Job;
use crate::build::Prepared;
use crate::cli::progress::Bar;
use crate::cli::{Ending, locate, released};
use crate::desk::site::Site;
use crate::diag::{Message, Report, Sink};
use crate::publish::gate::{Gate, pass};
use crate::source::Sources;
use crate::world::{DiskWorld, World};
use std::path::Path;

impl Job<'_> {
    /// Refuses a build that is not of the content as it is now, or that has errors.
    pub(super) fn pass_gate(&self, output: &Path) -> Result<(), Ending> {
        let bar = Bar::new(self.terminal.quiet, self.terminal.language);
        match pass(self.world, self.world.root(), output, &locate::program(), &bar) {
            Gate::Stands(_) => Ok(()),
            Gate::Built(outcome, same) => {
                let nothing = Sources::new();
                let sources = outcome.prepared.as_ref().map_or(&nothing, |prepared| &prepared.model.sources);
                if outcome.summary.is_none() {
                    self.terminal.findings(&Report::new(outcome.found.clone(), sources), sources);
                    return Err(if outcome.disk.is_some() { Ending::Failed } else { Ending::Refused });
                }
                if same || self.args.build {
                    return Ok(());
                }
                self.refuse(&Message::new("publish-rebuilt"), Ending::Refused)
            }
        }
    }

    /// Keeps figures that no release holds in the ledger, before anybody can read them.
    pub(super) fn keep_figures(&self) -> Result<(), Ending> {
        let root = self.world.root();
        // The moment is that of the ledger's name, and the site is read as it is now.
        let Ok(world) = DiskWorld::open(root) else { return Err(Ending::Failed) };
        if world
            .list(&crate::world::VPath::new(crate::model::dataset::FOLDER).expect("a plain path"))
            .is_empty()
        {
            return Ok(());
        }
        let site = Site::open(world).keeping();
        let mut sink = Sink::new();
        let prepared: Prepared = site.prepare(&mut sink);
        let kept = prepared.statistics.kept();
        if kept.standing.unreleased.is_empty() {
            return Ok(());
        }
        self.terminal.say(&Message::new("publish-released"));
        released::begin_digests(&self.terminal, kept, root);
        let today = prepared.model.now.date();
        let name = (1..10_000)
            .map(|number| if number == 1 { today.to_string() } else { format!("{today}-{number}") })
            .find(|name| !kept.digests.contains_key(name))
            .unwrap_or_default();
        match released::keep(&self.terminal, kept, &prepared.statistics, root, (&name, today)) {
            Ending::Done => Ok(()),
            _ => self.refuse(&Message::new("publish-not-released"), Ending::Failed),
        }
    }
}
