//! Finishes or drops what an interrupted build left behind.
//!
//! Refuses: guessing. A commit with a journal is finished; work without one never touched the output and is dropped.
//! Invariant: afterwards the output is the site from before the interrupted build, or the one from after it, whole.

use super::apply::Apply;
use super::disk;
use super::error::{Reason, WriteError, WriteResult};
use super::journal::Journal;
use super::lock::Lock;
use super::place::Place;
use super::stage::WORK_LOCK;
use super::steps::{Step, Steps};
use super::swap;
use std::path::Path;

/// What recovery did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recovered {
    /// Nothing was left behind.
    Nothing,
    /// A build was interrupted while it put its files in place; now all of them are.
    Finished,
    /// A build was interrupted before; its half-made files are gone.
    Dropped,
}

/// Whether there is anything to recover.
pub(super) fn is_due(place: &Place) -> bool {
    disk::stands(&place.beside) || disk::stands(&place.inside)
}

/// Recovers; the caller holds the site's lock.
pub(super) fn recover(place: &Place, steps: &Steps) -> WriteResult<Recovered> {
    let mut done = Recovered::Nothing;
    for work in [&place.beside, &place.inside] {
        if disk::stands(work) {
            done = one(place, work, steps)?;
        }
    }
    Ok(done)
}

fn one(place: &Place, work: &Path, steps: &Steps) -> WriteResult<Recovered> {
    if !std::fs::symlink_metadata(work).is_ok_and(|meta| meta.is_dir()) {
        return Err(WriteError::new(work, Reason::InTheWay));
    }
    // A build of another site may be writing to the same output; the site's lock knows nothing of it.
    let lock = Lock::take(work, WORK_LOCK)?;
    let apply = Apply { work, output: &place.output, steps };
    let finished = match Journal::load(work) {
        None => false,
        Some(Journal::Swap(hash)) => swap::resume(place, work, hash, steps)?,
        Some(Journal::Undo(ops)) => apply.undo(&ops).map(|()| false)?,
        Some(Journal::Place(ops)) => match apply.run(&ops) {
            Ok(()) => true,
            // What could not be finished was undone: the old site is whole.
            Err(_) if !Journal::is_open(work) => false,
            Err(error) => return Err(error),
        },
    };
    steps.pass(Step::Done);
    drop(lock);
    if !Journal::is_open(work) {
        // A file in it that another program holds open is no reason to refuse the command.
        let _ = disk::remove_tree(work);
    }
    Ok(if finished { Recovered::Finished } else { Recovered::Dropped })
}
