//! Puts a whole new tree in the place of the old one.
//!
//! Linux and macOS exchange two folders in one step. Elsewhere the old one is renamed away and the new one in: for a
//! moment there is none, and a build killed in it leaves a journal from which the next command goes on.
//!
//! Refuses: a new tree without its list of files.
//! Invariant: one of the two trees is whole at the output's place, or the journal tells which one goes there.

use super::apply::{NEW, OLD};
use super::disk;
use super::error::{At, WriteResult};
use super::foreign;
use super::journal::Journal;
use super::manifest::MANIFEST;
use super::place::Place;
use super::steps::{Step, Steps};
use super::sync;
use std::fs;
use std::io;
use std::path::Path;

/// Swaps the tree at `work/new` in and removes the old one. An error leaves the old one in place, journal closed.
pub(super) fn swap(place: &Place, work: &Path, steps: &Steps) -> WriteResult<()> {
    let new = work.join(NEW);
    let hash = hash_of(&new).at(&new.join(MANIFEST))?;
    Journal::Swap(hash).save(work)?;
    steps.pass(Step::Journalled);
    if let Err(error) = exchange(place, work, steps) {
        // Where the old tree did not come back either, the next command finds the journal and goes on.
        if disk::stands(&place.output) || !disk::stands(&work.join(OLD)) {
            Journal::close(work)?;
        }
        return Err(error).at(&place.output);
    }
    finish(place, work, steps);
    Ok(())
}

/// Goes on after an interruption. Whether the new tree got its place.
pub(super) fn resume(place: &Place, work: &Path, hash: blake3::Hash, steps: &Steps) -> WriteResult<bool> {
    let (new, old) = (work.join(NEW), work.join(OLD));
    let there = |tree: &Path| hash_of(tree).is_ok_and(|found| found == hash);
    if !there(&place.output) {
        if there(&new) {
            exchange(place, work, steps).at(&place.output)?;
        } else {
            // Somebody took the new tree away. The old one is a whole site too.
            if disk::stands(&old) && !disk::stands(&place.output) {
                disk::rename(&old, &place.output).at(&place.output)?;
            }
            Journal::close(work)?;
            return Ok(false);
        }
    }
    finish(place, work, steps);
    Ok(true)
}

/// After this the new tree is at the output's place, and the old one, if there was one, in the work folder.
fn exchange(place: &Place, work: &Path, steps: &Steps) -> io::Result<()> {
    let (new, old) = (work.join(NEW), work.join(OLD));
    if disk::stands(&place.output) {
        if steps.may_exchange() && exchange_at_once(&new, &place.output)? {
            return Ok(());
        }
        disk::rename(&place.output, &old)?;
        steps.pass(Step::Between);
    }
    disk::rename(&new, &place.output).inspect_err(|_| {
        if disk::stands(&old) && !disk::stands(&place.output) {
            let _ = disk::rename(&old, &place.output);
        }
    })
}

/// Whether the system could do it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_at_once(new: &Path, output: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, new, CWD, output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // File systems without it say so in one of these ways (NFS, FUSE, old kernels).
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_at_once(_new: &Path, _output: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Makes the swap last, removes the old tree, and closes the journal. A file of the old tree that another program
/// holds open cannot be removed now; the journal then stays open, and the next command tries again.
fn finish(place: &Place, work: &Path, steps: &Steps) {
    place.output.parent().into_iter().for_each(sync::folder);
    steps.pass(Step::Swapped);
    let retired = [NEW, OLD].iter().try_for_each(|name| foreign::retire(&work.join(name), &place.output));
    if retired.is_ok() {
        let _ = Journal::close(work);
    }
}

fn hash_of(tree: &Path) -> io::Result<blake3::Hash> {
    Ok(blake3::hash(&fs::read(tree.join(MANIFEST))?))
}
