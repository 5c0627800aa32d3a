//! What is said of a publication.

use crate::cli::Ending;
use crate::cli::terminal::Terminal;
use crate::diag::Message;
use crate::output::html::size;
use crate::publish::finished::Unfit;
use crate::publish::plan::Plan;
use crate::publish::send::{Done, Stopped};
use crate::world::shown;
use std::path::Path;

/// How many paths are named.
const NAMED: usize = 20;

/// What is going to be done; each path where `whole`.
pub(super) fn plan(terminal: &Terminal, plan: &Plan, whole: bool) {
    if plan.is_empty() && plan.room.is_empty() {
        terminal.say(&Message::new("publish-plan-nothing").with("unchanged", plan.unchanged));
        return;
    }
    let message = Message::new("publish-plan").with("files", plan.sent()).with("size", size(plan.bytes));
    let message = message.with("added", plan.added.len()).with("changed", plan.sent() - plan.added.len());
    let message = message.with("removed", plan.gone.len() + plan.room.len());
    terminal.say(&message.with("unchanged", plan.unchanged).with("kept", plan.kept.len()));
    if !whole {
        return;
    }
    let line = |id: &'static str, path| terminal.print(&terminal.words(&Message::new(id).with("path", path)));
    for path in plan.uploads() {
        line(
            if plan.added.contains(path) { "publish-plan-added" } else { "publish-plan-changed" },
            path.to_string(),
        );
    }
    for path in plan.room.iter().chain(&plan.gone) {
        line("publish-plan-removed", path.to_string());
    }
}

/// What was done.
pub(super) fn done(terminal: &Terminal, done: &Done, all: usize, verified: bool) {
    let plan = &done.plan;
    if done.changed {
        let removed = plan.gone.len() + plan.room.len();
        let message = Message::new("publish-done").with("files", plan.sent()).with("size", size(plan.bytes));
        terminal.say(&message.with("removed", removed).with("all", all));
    } else {
        terminal.say(&Message::new("publish-plan-nothing").with("unchanged", plan.unchanged));
    }
    if !done.mended.is_empty() {
        terminal.complain(&Message::new("publish-mended").with("count", done.mended.len()));
    }
    if verified {
        terminal.say(&Message::new("publish-verified"));
    }
}

/// Why the folder cannot be published.
pub(super) fn unfit(terminal: &Terminal, output: &Path, unfit: &Unfit) -> Ending {
    let path = shown(output);
    match unfit {
        Unfit::NoBuild => terminal.complain(&Message::new("publish-no-build").with("path", path)),
        Unfit::Empty => terminal.complain(&Message::new("publish-empty").with("path", path)),
        Unfit::Strange(files) => {
            terminal.complain(&Message::new("publish-strange").with("path", path).with("count", files.len()));
            named(terminal, files.iter());
            terminal.complain(&Message::new("publish-strange-hint"));
        }
        Unfit::Disk(error) => {
            terminal.complain(&Message::new("publish-disk").with("path", path).with("reason", error));
            return Ending::Failed;
        }
    }
    Ending::Refused
}

/// Why it was not done, or not all of it.
pub(super) fn stopped(terminal: &Terminal, stopped: &Stopped) -> Ending {
    match stopped {
        Stopped::Busy(label) => {
            let label = labelled(terminal, label);
            terminal.complain(&Message::new("publish-busy").with("label", label));
        }
        Stopped::OtherSite => {
            terminal.complain(&Message::new("publish-other-site"));
            return Ending::Refused;
        }
        Stopped::Foreign(files) => {
            terminal.complain(&Message::new("publish-foreign").with("count", files.len()));
            named(terminal, files.iter());
            terminal.complain(&Message::new("publish-foreign-hint"));
            return Ending::Refused;
        }
        Stopped::TooMany(removed, before) => {
            terminal.complain(
                &Message::new("publish-too-many").with("removed", *removed).with("before", *before),
            );
            terminal.complain(&Message::new("publish-too-many-hint").with("removed", *removed));
            return Ending::Refused;
        }
        Stopped::BadList => terminal.complain(&Message::new("publish-bad-list")),
        Stopped::Changed(path) => {
            terminal.complain(&Message::new("publish-changed").with("path", path));
        }
        Stopped::Damaged(files) => {
            terminal.complain(&Message::new("publish-damaged").with("count", files.len()));
            named(terminal, files.iter());
        }
        Stopped::Failed(trouble, path, left) => {
            let reason = terminal.words(&trouble.cause.message());
            terminal.complain(&Message::new("publish-failed").with("reason", reason).with("path", path));
            if !left.is_empty() {
                terminal.complain(&Message::new("publish-left").with("count", left.len()));
                named(terminal, left.iter());
            }
        }
    }
    Ending::Failed
}

/// A computer's name, or that it has none.
pub(super) fn labelled(terminal: &Terminal, label: &str) -> String {
    if label.is_empty() { terminal.words(&Message::new("publish-label-none")) } else { label.to_owned() }
}

fn named<T: ToString>(terminal: &Terminal, files: impl ExactSizeIterator<Item = T>) {
    let count = files.len();
    for path in files.take(NAMED) {
        terminal.print(&format!("  {}", path.to_string()));
    }
    if count > NAMED {
        terminal.complain(&Message::new("publish-more").with("count", count - NAMED));
    }
}
