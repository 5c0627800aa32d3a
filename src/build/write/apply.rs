//! Does the entries of a journal one by one, or undoes them.
//!
//! What an entry replaces or removes is kept in the work folder until all are done, so that a failure halfway (a file
//! held open, a folder without write permission) leaves the old site, not a mixture. Each file is looked at before it
//! moves: the journal may be days old, and what somebody put there since is theirs.
//!
//! Refuses: following links, and touching folders that still hold something.
//! Invariant: every file of the output is whole at every moment.

use super::error::{At, WriteError, WriteResult};
use super::journal::{Journal, Op};
use super::manifest::Written;
use super::steps::{Step, Steps};
use super::survey::{Stamps, look};
use super::sync;
use super::tree::Tree;
use crate::world::{OpenFolder, OutPath};
use std::collections::BTreeSet;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Folder of staged files inside the work folder.
pub(super) const NEW: &str = "new";
/// Folder of what they replace.
pub(super) const OLD: &str = "old";

/// The folders that a journal is about.
pub(super) struct Apply<'a> {
    work: &'a OpenFolder,
    output: &'a Tree,
    new: Tree,
    old: Tree,
    /// When files of the output had the bytes of the list.
    stamps: &'a Stamps,
    steps: &'a Steps,
}

impl<'a> Apply<'a> {
    /// Opens them.
    pub fn new(
        work: &'a OpenFolder,
        output: &'a Tree,
        stamps: &'a Stamps,
        steps: &'a Steps,
    ) -> WriteResult<Self> {
        let open = |name| work.make(name).map(Tree::new).at(&work.path().join(name));
        Ok(Self { work, output, new: open(NEW)?, old: open(OLD)?, stamps, steps })
    }

    /// Does all entries and closes the journal. After an error everything is as before, unless undoing failed too:
    /// then the journal stays open and the next build tries again.
    pub fn run(&self, ops: &[Op]) -> WriteResult<()> {
        for (number, op) in ops.iter().enumerate() {
            if let Err(error) = self.forward(number, op) {
                let failed = WriteError::from_io(self.output.shown(&**op.path()), &error);
                Journal::turn_back(self.work)?;
                self.undo(ops)?;
                return Err(failed);
            }
            self.steps.pass(Step::Applied);
        }
        self.sync_folders(ops);
        // All is in place. A journal that cannot be removed is read again by the next build, which finds it done.
        let _ = Journal::close(self.work);
        Ok(())
    }

    /// Undoes all entries that were done, and closes the journal.
    pub fn undo(&self, ops: &[Op]) -> WriteResult<()> {
        for (number, op) in ops.iter().enumerate().rev() {
            self.backward(number, op).at(&self.output.shown(&**op.path()))?;
            self.steps.pass(Step::Undone);
        }
        self.sync_folders(ops);
        Journal::close(self.work)
    }

    fn forward(&self, number: usize, op: &Op) -> io::Result<()> {
        let kept = number.to_string();
        match op {
            Op::Folder(path) => match self.output.create_dir(&**path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists && self.is_dir(path) => Ok(()),
                // Removals before this entry may have emptied the folder above and taken it along.
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    self.output.create_dir_all(Path::new(&**path))
                }
                result => result,
            },
            Op::Add(path, new) => {
                if !self.is_staged(path, new)? {
                    return Ok(());
                }
                match self.output.stat(&**path) {
                    Ok(meta) if meta.is_dir() => self.output.remove_empty(&**path)?,
                    // It came after this was planned.
                    Ok(_) => return Err(ErrorKind::AlreadyExists.into()),
                    Err(_) => {}
                }
                self.place(path)
            }
            Op::Replace(path, old, new) => {
                if !self.is_staged(path, new)? {
                    return Ok(());
                }
                if self.output.stands(&**path) {
                    if !self.holds(path, old) {
                        // Changed after this was planned.
                        return Err(ErrorKind::NotFound.into());
                    }
                    if !self.old.stands(&kept) {
                        absent_is_fine(self.output.link_or_copy(&**path, &self.old, &kept))?;
                    }
                }
                self.place(path)
            }
            Op::Remove(path, old) => {
                // Done already: on a disk without letter case something new may stand there by now. What has other
                // bytes is somebody else's.
                if self.old.stands(&kept) || !self.holds(path, old) {
                    return Ok(());
                }
                self.output.rename(&**path, &self.old, &kept)?;
                self.prune(path);
                Ok(())
            }
            Op::Aside(path, to) => {
                if self.output.stands(&**to) || !self.is_file(path) {
                    return Ok(());
                }
                self.output.rename(&**path, self.output, &**to)
            }
        }
    }

    fn backward(&self, number: usize, op: &Op) -> io::Result<()> {
        let kept = number.to_string();
        match op {
            Op::Folder(path) => {
                // If it was never made, or holds something by now, it stays as it is.
                let _ = self.output.remove_dir(&**path);
                Ok(())
            }
            Op::Add(path, new) if !self.new.stands(&**path) && self.is_placed(path, new) => {
                absent_is_fine(self.output.remove_file(&**path))
            }
            Op::Replace(path, _, new) if self.old.stands(&kept) => {
                // What has other bytes than ours was put there since.
                if self.output.stands(&**path) && !self.is_placed(path, new) {
                    return Ok(());
                }
                self.put_back(&kept, path)
            }
            Op::Remove(path, _) if self.old.stands(&kept) && !self.output.stands(&**path) => {
                self.put_back(&kept, path)
            }
            Op::Aside(path, to) if self.is_file(to) && !self.output.stands(&**path) => {
                self.output.rename(&**to, self.output, &**path)
            }
            Op::Add(..) | Op::Replace(..) | Op::Remove(..) | Op::Aside(..) => Ok(()),
        }
    }

    /// Puts a staged file in its place.
    fn place(&self, path: &OutPath) -> io::Result<()> {
        match self.new.rename(&**path, self.output, &**path) {
            // A folder went along with the last file in it, on a disk where it had other letters.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.output.make_way(&**path)?;
                self.new.rename(&**path, self.output, &**path)
            }
            result => result,
        }
    }

    fn put_back(&self, kept: &str, path: &OutPath) -> io::Result<()> {
        self.output.make_way(&**path)?;
        self.old.rename(kept, self.output, &**path)
    }

    /// Whether a file waits to be put in place; one that is not what the journal says is an error.
    fn is_staged(&self, path: &OutPath, new: &Written) -> io::Result<bool> {
        match self.new.stat(&**path) {
            Ok(meta) if meta.is_file() && meta.len() == new.len => Ok(true),
            Ok(_) => Err(ErrorKind::InvalidData.into()),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Whether a file of the output still has the bytes of the old site.
    fn holds(&self, path: &OutPath, old: &Written) -> bool {
        look(self.output, path, old, self.stamps.get(path).copied()).is_some()
    }

    /// Whether a file of the output is one that was put there by this journal.
    fn is_placed(&self, path: &OutPath, new: &Written) -> bool {
        look(self.output, path, new, None).is_some()
    }

    fn is_file(&self, path: &OutPath) -> bool {
        self.output.stat(&**path).is_ok_and(|meta| meta.is_file())
    }

    fn is_dir(&self, path: &OutPath) -> bool {
        self.output.stat(&**path).is_ok_and(|meta| meta.is_dir())
    }

    /// Removes the folders above a removed file that are empty now; they were made for it.
    fn prune(&self, path: &OutPath) {
        for folder in Path::new(&**path).ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty()) {
            if self.output.remove_dir(folder).is_err() {
                return;
            }
        }
    }

    /// Makes the renames last before the journal goes.
    fn sync_folders(&self, ops: &[Op]) {
        let folders: BTreeSet<&Path> = ops.iter().filter_map(|op| Path::new(&**op.path()).parent()).collect();
        sync::folders(self.output, folders.into_iter());
    }
}

fn absent_is_fine(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}
