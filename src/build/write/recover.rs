//! Finishes or drops what an interrupted build left behind.
//!
//! Refuses: guessing, and work that this user's program on this machine did not begin for this output: that is named and
//! left. A commit with a journal is finished; work without one never touched the output and is dropped.
//! Invariant: afterwards the output is the site from before the interrupted build, or the one from after it, whole.

use super::apply::Apply;
use super::disk::{self, patiently};
use super::error::{At, Reason, WriteError, WriteResult};
use super::journal::Journal;
use super::lock::Lock;
use super::place::{OutputFolder, Spot};
use super::seal::Seal;
use super::stage::{self, WORK_LOCK};
use super::steps::{Step, Steps};
use super::survey::Stamps;
use super::swap::Swap;
use crate::diag::Message;
use crate::world::{OpenFolder, shown};
use std::ffi::OsStr;
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
pub(super) fn is_due(place: &OutputFolder) -> WriteResult<bool> {
    for spot in [Spot::Beside, Spot::Inside] {
        if place.home(spot)?.is_some_and(|home| disk::stands(&home, place.work_name(spot))) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What an interrupted build left of an output, for commands that only look: it is named, and nothing is touched.
pub fn unfinished(site: &Path, output: &Path) -> Vec<Message> {
    let Ok(place) = OutputFolder::find(site, output) else { return Vec::new() };
    [Spot::Beside, Spot::Inside].into_iter().flat_map(|spot| named(&place, spot)).collect()
}

fn named(place: &OutputFolder, spot: Spot) -> Vec<Message> {
    let name = place.work_name(spot);
    let Ok(Some(home)) = place.home(spot) else { return Vec::new() };
    if !disk::stands(&home, name) {
        return Vec::new();
    }
    let path = home.path().join(name);
    let ours =
        stage::open(&home, name).and_then(|work| stage::is_ours(&work, Seal::of_work(place)).at(work.path()));
    let error = match ours {
        Ok(true) => return vec![Message::new("output-unfinished").with("path", shown(&path))],
        Ok(false) => WriteError::new(path, Reason::StrayWork),
        Err(error) => error,
    };
    let finding = error.diagnostic();
    std::iter::once(finding.message).chain(finding.hint).collect()
}

/// Recovers; the caller holds the site's lock. `stamps` gives the times at which files of the output had the bytes of the list.
pub(super) fn recover(
    place: &OutputFolder,
    stamps: &dyn Fn() -> Stamps,
    steps: &Steps,
) -> WriteResult<Recovered> {
    let mut done = Recovered::Nothing;
    for spot in [Spot::Beside, Spot::Inside] {
        let name = place.work_name(spot);
        if let Some(home) = place.home(spot)?.filter(|home| disk::stands(home, name)) {
            done = one(place, &home, name, &stamps(), steps)?;
        }
    }
    Ok(done)
}

fn one(
    place: &OutputFolder,
    home: &OpenFolder,
    name: &OsStr,
    stamps: &Stamps,
    steps: &Steps,
) -> WriteResult<Recovered> {
    let work = stage::open(home, name)?;
    let seal = Seal::of_work(place);
    if !stage::is_ours(&work, seal).at(work.path())? {
        return Err(WriteError::new(work.path(), Reason::StrayWork));
    }
    let journal = Journal::load(&work, seal)?;
    // A build of another site may be writing to the same output; the site's lock knows nothing of it.
    let lock = Lock::take(&work, WORK_LOCK)?;
    let finished = match journal {
        None => false,
        Some(Journal::Swap(hash)) => {
            let above = place.make_above()?;
            Swap { place, above: &above, work: &work, stamps, steps }.resume(hash)?
        }
        Some(Journal::Undo(ops)) => {
            let output = place.tree()?.map_or_else(|| place.make(), Ok)?;
            Apply::new(&work, &output, stamps, steps)?.undo(&ops).map(|()| false)?
        }
        Some(Journal::Place(ops)) => {
            let output = place.tree()?.map_or_else(|| place.make(), Ok)?;
            match Apply::new(&work, &output, stamps, steps)?.run(&ops) {
                Ok(()) => true,
                // What could not be finished was undone: the old site is whole.
                Err(_) if !Journal::is_open(&work) => false,
                Err(error) => return Err(error),
            }
        }
    };
    steps.pass(Step::Done);
    drop(lock);
    if !Journal::is_open(&work) {
        // A file in it that another program holds open is no reason to refuse the build.
        let emptied = stage::empty(&work);
        drop(work);
        if emptied.is_ok() {
            let _ = patiently(|| home.dir().remove_dir(name));
        }
    }
    Ok(if finished { Recovered::Finished } else { Recovered::Dropped })
}
