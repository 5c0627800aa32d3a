//! Puts a whole new tree in the place of the old one.
//!
//! Linux and macOS exchange two folders in one step. Elsewhere the old one is renamed away and the new one in: for a
//! moment there is none, and a build killed in it leaves a journal from which the next build goes on.
//!
//! Refuses: a new tree without its list of files.
//! Invariant: one of the two trees is whole at the output's place, or the journal tells which one goes there.

use super::apply::{NEW, OLD};
use super::disk::{self, LIST_LIMIT, patiently};
use super::error::{At, Reason, WriteError, WriteResult};
use super::foreign;
use super::journal::Journal;
use super::manifest::MANIFEST;
use super::place::OutputFolder;
use super::seal::Seal;
use super::steps::{Step, Steps};
use super::survey::Stamps;
use super::tree::Tree;
use crate::world::OpenFolder;
use std::ffi::OsStr;
use std::io;

/// A swap of the tree in a work folder for the output. Windows renames no folder that is held open, so neither is.
pub(super) struct Swap<'a> {
    pub place: &'a OutputFolder,
    /// The folder that holds the output.
    pub above: &'a OpenFolder,
    pub work: &'a OpenFolder,
    /// When files of the old tree had the bytes of its list.
    pub stamps: &'a Stamps,
    pub steps: &'a Steps,
}

impl Swap<'_> {
    /// Swaps the new tree in and removes the old one. An error leaves the old one in place, journal closed.
    pub fn swap(&self) -> WriteResult<()> {
        let hash = self.work.below(NEW).and_then(hash_of).at(&self.work.path().join(NEW))?;
        Journal::Swap(hash).save(self.work, Seal::of_work(self.place))?;
        self.steps.pass(Step::Journalled);
        if let Err(error) = self.exchange() {
            // Where the old tree did not come back either, the next build finds the journal and goes on.
            if self.output_stands() || !disk::stands(self.work, OLD) {
                Journal::close(self.work)?;
            }
            return Err(error).at(&self.place.output);
        }
        self.finish();
        Ok(())
    }

    /// Goes on after an interruption. Whether the new tree got its place.
    pub fn resume(&self, hash: blake3::Hash) -> WriteResult<bool> {
        let there = |folder: &OpenFolder, name: &OsStr| {
            folder.below(name).and_then(hash_of).is_ok_and(|found| found == hash)
        };
        if !there(self.above, &self.place.name) {
            if there(self.work, NEW.as_ref()) {
                self.exchange().at(&self.place.output)?;
            } else {
                // Somebody took the new tree away. The old one is a whole site too.
                if self.work.below(OLD).is_ok() && !self.output_stands() {
                    self.rename_in(OLD).at(&self.place.output)?;
                }
                Journal::close(self.work)?;
                return Ok(false);
            }
        }
        self.finish();
        Ok(true)
    }

    /// After this the new tree is at the output's place, and the old one, if there was one, in the work folder.
    fn exchange(&self) -> io::Result<()> {
        if self.output_stands() {
            if self.steps.may_exchange() && exchange_at_once(self.work, NEW, self.above, &self.place.name)? {
                return Ok(());
            }
            patiently(|| self.above.dir().rename(&self.place.name, self.work.dir(), OLD))?;
            self.steps.pass(Step::Between);
        }
        self.rename_in(NEW).inspect_err(|_| {
            if disk::stands(self.work, OLD) && !self.output_stands() {
                let _ = self.rename_in(OLD);
            }
        })
    }

    fn rename_in(&self, name: &str) -> io::Result<()> {
        patiently(|| self.work.dir().rename(name, self.above.dir(), &self.place.name))
    }

    fn output_stands(&self) -> bool {
        disk::stands(self.above, &self.place.name)
    }

    /// Makes the swap last, removes the old tree, and closes the journal. A file of the old tree that another program
    /// holds open cannot be removed now; the journal then stays open, and the next build tries again.
    fn finish(&self) {
        self.above.sync();
        self.steps.pass(Step::Swapped);
        if self.retire().is_ok() {
            let _ = Journal::close(self.work);
        }
    }

    fn retire(&self) -> WriteResult<()> {
        let vanished = || WriteError::new(&self.place.output, Reason::Vanished);
        let output = self.place.tree_in(self.above)?.ok_or_else(vanished)?;
        for name in [NEW, OLD] {
            foreign::retire(self.work, name, &output, self.stamps).at(&self.work.path().join(name))?;
        }
        Ok(())
    }
}

/// Whether the system could do it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange_at_once(work: &OpenFolder, new: &str, above: &OpenFolder, output: &OsStr) -> io::Result<bool> {
    use rustix::fs::{RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(work.dir(), new, above.dir(), output, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // File systems without it say so in one of these ways (NFS, FUSE, old kernels).
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange_at_once(
    _work: &OpenFolder,
    _new: &str,
    _above: &OpenFolder,
    _output: &OsStr,
) -> io::Result<bool> {
    Ok(false)
}

fn hash_of(folder: OpenFolder) -> io::Result<blake3::Hash> {
    Ok(blake3::hash(&Tree::new(folder).read(MANIFEST, LIST_LIMIT)?))
}
