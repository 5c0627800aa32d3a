//! Where the files of a build wait until all of them are there.
//!
//! Refuses: the writer's own names.
//! Invariant: until the commit nothing of the output is touched, and dropping the work leaves nothing behind.

use super::apply::NEW;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::journal::Journal;
use super::lock::Lock;
use super::place::Place;
use crate::world::OutPath;
use std::collections::HashSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Name of the lock in the work folder.
pub(super) const WORK_LOCK: &str = "lock";

/// A work folder in use.
#[derive(Debug)]
pub(super) struct Work {
    /// The folder.
    pub folder: PathBuf,
    /// Whether its tree can be swapped in: not where it lies inside the output.
    pub swappable: bool,
    lock: Option<Lock>,
}

impl Work {
    /// Makes the work folder: beside the output, or inside it where nothing can be made beside it or swapped there.
    pub fn start(place: &Place) -> WriteResult<Self> {
        if let Some(parent) = place.output.parent() {
            fs::create_dir_all(parent).at(parent)?;
        }
        if place.same_disk() {
            match Self::make(&place.beside, true) {
                Err(WriteError { reason: Reason::Denied | Reason::ReadOnly, .. })
                    if place.output.is_dir() => {}
                made => return made.and_then(|work| work.with_tree(place)),
            }
        }
        Self::make(&place.inside, false)?.with_tree(place)
    }

    fn make(folder: &Path, swappable: bool) -> WriteResult<Self> {
        match fs::create_dir(folder) {
            Ok(()) => {}
            // Recovery has just been here. What it could not remove goes now, or somebody else is at work.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                drop(Lock::take(folder, WORK_LOCK)?);
                if Journal::is_open(folder) {
                    return Err(WriteError::new(folder, Reason::Busy));
                }
                disk::remove_tree(folder).at(folder)?;
                fs::create_dir(folder).at(folder)?;
            }
            Err(error) => return Err(error).at(folder),
        }
        let lock = Some(Lock::take(folder, WORK_LOCK)?);
        Ok(Self { folder: folder.to_owned(), swappable, lock })
    }

    /// The new tree has the rights of the old one, so that a swap takes no reader's access away.
    fn with_tree(self, place: &Place) -> WriteResult<Self> {
        let tree = self.tree();
        fs::create_dir(&tree).at(&tree)?;
        if let Ok(old) = fs::metadata(&place.output) {
            #[cfg(unix)]
            {
                use std::os::unix::fs::{MetadataExt, chown};
                // Only allowed to some; the others' folders already have the group that they can give.
                let _ = chown(&tree, None, Some(old.gid()));
            }
            fs::set_permissions(&tree, old.permissions()).at(&tree)?;
        }
        Ok(self)
    }

    /// The tree of new files.
    pub fn tree(&self) -> PathBuf {
        self.folder.join(NEW)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // A panic may have come from anywhere; an open journal says that something is unfinished. Both are for the
        // next command to look at.
        if std::thread::panicking() || Journal::is_open(&self.folder) {
            return;
        }
        drop(self.lock.take());
        let _ = disk::remove_tree(&self.folder);
    }
}

/// The folders of the new tree, each made once.
pub(super) struct Folders {
    tree: PathBuf,
    made: Mutex<HashSet<Box<str>>>,
}

impl Folders {
    /// None made yet.
    pub fn new(tree: PathBuf) -> Self {
        Self { tree, made: Mutex::default() }
    }

    /// The place of a file in the tree, its folder made.
    pub fn ready(&self, path: &OutPath) -> WriteResult<PathBuf> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            // One thread at a time: folders made at once in one folder above would wait for each other in the system.
            self.make(folder, &mut self.made.lock().unwrap_or_else(PoisonError::into_inner))?;
        }
        Ok(super::place::inside(&self.tree, path))
    }

    fn make(&self, folder: &str, made: &mut HashSet<Box<str>>) -> WriteResult<()> {
        if made.contains(folder) {
            return Ok(());
        }
        if let Some((above, _)) = folder.rsplit_once('/') {
            self.make(above, made)?;
        }
        let mut full = self.tree.clone();
        full.extend(folder.split('/'));
        match fs::create_dir(&full) {
            // On a disk without letter case it may be there under other letters. If a file is there, what goes into
            // the folder will say so.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error).at(&full),
            _ => {}
        }
        made.insert(folder.into());
        Ok(())
    }
}
