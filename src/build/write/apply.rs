//! Does the entries of a journal one by one, or undoes them.
//!
//! What an entry replaces or removes is kept in the work folder until all are done, so that a failure halfway (a file
//! held open, a folder without write permission) leaves the old site, not a mixture.
//!
//! Refuses: following links, and touching folders that still hold something.
//! Invariant: every file of the output is whole at every moment.

use super::disk;
use super::error::{At, WriteError, WriteResult};
use super::journal::{Journal, Op};
use super::place::inside;
use super::steps::{Step, Steps};
use super::sync;
use crate::world::OutPath;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Folder of staged files inside the work folder.
pub(super) const NEW: &str = "new";
/// Folder of what they replace.
pub(super) const OLD: &str = "old";

/// The two folders that a journal is about.
pub(super) struct Apply<'a> {
    pub work: &'a Path,
    pub output: &'a Path,
    pub steps: &'a Steps,
}

impl Apply<'_> {
    /// Does all entries and closes the journal. After an error everything is as before, unless undoing failed too:
    /// then the journal stays open and the next command tries again.
    pub fn run(&self, ops: &[Op]) -> WriteResult<()> {
        let old = self.work.join(OLD);
        fs::create_dir_all(&old).at(&old)?;
        for (number, op) in ops.iter().enumerate() {
            if let Err(error) = self.forward(number, op) {
                let failed = WriteError::from_io(inside(self.output, op.path()), &error);
                Journal::turn_back(self.work)?;
                self.undo(ops)?;
                return Err(failed);
            }
            self.steps.pass(Step::Applied);
        }
        self.settle(ops);
        Journal::close(self.work)
    }

    /// Undoes all entries that were done, and closes the journal.
    pub fn undo(&self, ops: &[Op]) -> WriteResult<()> {
        for (number, op) in ops.iter().enumerate().rev() {
            self.backward(number, op).at(&inside(self.output, op.path()))?;
            self.steps.pass(Step::Undone);
        }
        self.settle(ops);
        Journal::close(self.work)
    }

    fn forward(&self, number: usize, op: &Op) -> io::Result<()> {
        let target = inside(self.output, op.path());
        let kept = self.kept(number);
        match op {
            Op::Folder(_) => match fs::create_dir(&target) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && target.is_dir() => Ok(()),
                // Removals before this entry may have emptied the folder above and taken it along.
                Err(error) if error.kind() == ErrorKind::NotFound => fs::create_dir_all(&target),
                result => result,
            },
            Op::Add(path) | Op::Replace(path) => {
                let staged = self.staged(path);
                if !disk::stands(&staged) {
                    return Ok(());
                }
                if matches!(op, Op::Replace(_)) && !disk::stands(&kept) {
                    absent_is_fine(disk::link_or_copy(&target, &kept))?;
                }
                if fs::symlink_metadata(&target).is_ok_and(|meta| meta.is_dir()) {
                    disk::remove_empty(&target)?;
                }
                match disk::rename(&staged, &target) {
                    // The same, on a disk where the folder had other letters.
                    Err(error) if error.kind() == ErrorKind::NotFound => {
                        fs::create_dir_all(target.parent().expect("a file of the output lies in a folder"))?;
                        disk::rename(&staged, &target)
                    }
                    result => result,
                }
            }
            Op::Remove(_) => {
                // Done already: on a disk without letter case something new may stand there by now.
                if disk::stands(&kept) {
                    return Ok(());
                }
                match fs::symlink_metadata(&target) {
                    Ok(meta) if !meta.is_dir() => disk::rename(&target, &kept)?,
                    _ => return Ok(()),
                }
                self.prune(&target);
                Ok(())
            }
        }
    }

    fn backward(&self, number: usize, op: &Op) -> io::Result<()> {
        let target = inside(self.output, op.path());
        let kept = self.kept(number);
        match op {
            Op::Folder(_) => {
                // If it was never made, or holds something by now, it stays as it is.
                let _ = fs::remove_dir(&target);
                Ok(())
            }
            Op::Add(path) if !disk::stands(&self.staged(path)) => {
                absent_is_fine(disk::patiently(|| fs::remove_file(&target)))
            }
            Op::Replace(_) | Op::Remove(_) if disk::stands(&kept) => {
                fs::create_dir_all(target.parent().expect("a file of the output lies in a folder"))?;
                disk::rename(&kept, &target)
            }
            Op::Add(_) | Op::Replace(_) | Op::Remove(_) => Ok(()),
        }
    }

    /// Removes the folders above a removed file that are empty now; they were made for it.
    fn prune(&self, target: &Path) {
        let above = target.ancestors().skip(1).take_while(|folder| *folder != self.output);
        for folder in above {
            if fs::remove_dir(folder).is_err() {
                return;
            }
        }
    }

    /// Makes the renames last before the journal goes.
    fn settle(&self, ops: &[Op]) {
        let changed: Vec<PathBuf> = ops.iter().map(|op| inside(self.output, op.path())).collect();
        let folders: BTreeSet<&Path> = changed.iter().filter_map(|path| path.parent()).collect();
        sync::folders(self.work, folders.into_iter());
    }

    fn staged(&self, path: &OutPath) -> PathBuf {
        inside(&self.work.join(NEW), path)
    }

    fn kept(&self, number: usize) -> PathBuf {
        self.work.join(OLD).join(number.to_string())
    }
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
