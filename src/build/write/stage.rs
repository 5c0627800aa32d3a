//! Where the files of a build wait until all of them are there.
//!
//! A work folder bears a mark, sealed with the key of this machine and of the output's place, from its first moment on:
//! by it the next build knows that it may be emptied.
//!
//! Refuses: the writer's own names; a work folder that is not ours.
//! Invariant: until the commit nothing of the output is touched, and dropping the work leaves nothing behind.

use super::apply::NEW;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::journal::Journal;
use super::lock::Lock;
use super::place::{OutputFolder, Spot};
use super::seal::Seal;
use super::tree::Tree;
use crate::world::{OpenFolder, OutPath};
use std::collections::HashSet;
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Name of the lock in the work folder.
pub(super) const WORK_LOCK: &str = "lock";
/// Name of the mark in the work folder.
const MARK: &str = "mark";
const MARK_TEXT: &str = "yuanba-work 1\n";

/// A work folder in use.
#[derive(Debug)]
pub(super) struct Work {
    /// Where it lies.
    pub spot: Spot,
    /// Open until the work is dropped: Windows removes no folder that is held open.
    folder: Option<OpenFolder>,
    home: OpenFolder,
    name: OsString,
    lock: Option<Lock>,
}

impl Work {
    /// Makes the work folder: beside the output, or inside it where nothing can be made beside it or swapped there.
    pub fn start(place: &OutputFolder) -> WriteResult<Self> {
        let above = place.make_above()?;
        if place.same_disk() {
            match Self::make(place, above, Spot::Beside) {
                Err(WriteError { reason: Reason::Denied | Reason::ReadOnly, .. })
                    if place.output.is_dir() => {}
                made => return made.and_then(|work| work.with_tree(place)),
            }
        }
        let output = place.tree()?.ok_or_else(|| WriteError::new(&place.output, Reason::Vanished))?;
        Self::make(place, output.into_root(), Spot::Inside)?.with_tree(place)
    }

    fn make(place: &OutputFolder, home: OpenFolder, spot: Spot) -> WriteResult<Self> {
        let name = place.work_name(spot).to_owned();
        let path = home.path().join(&name);
        match home.dir().create_dir(&name) {
            Ok(()) => {}
            // Recovery has just been here. What it could not remove goes now, or somebody else is at work.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                let folder = open(&home, &name)?;
                if !is_ours(&folder, Seal::of_work(place)).at(&path)? {
                    return Err(WriteError::new(path, Reason::StrayWork));
                }
                drop(Lock::take(&folder, WORK_LOCK)?);
                if Journal::is_open(&folder) {
                    return Err(WriteError::new(path, Reason::Busy));
                }
                empty(&folder).at(&path)?;
                drop(folder);
                home.dir().remove_dir(&name).at(&path)?;
                home.dir().create_dir(&name).at(&path)?;
            }
            Err(error) => return Err(error).at(&path),
        }
        let folder = Tree::new(open(&home, &name)?);
        let mark = Seal::of_work(place).close(MARK_TEXT.to_owned());
        folder.write_new(MARK, &mark).and_then(|_| folder.sync(MARK)).at(&folder.shown(MARK))?;
        let folder = folder.into_root();
        let lock = Some(Lock::take(&folder, WORK_LOCK)?);
        Ok(Self { spot, folder: Some(folder), home, name, lock })
    }

    /// The new tree has the rights of the old one, so that a swap takes no reader's access away.
    fn with_tree(self, place: &OutputFolder) -> WriteResult<Self> {
        let folder = self.folder();
        let path = folder.path().join(NEW);
        folder.dir().create_dir(NEW).at(&path)?;
        if let Some(old) = place.tree()? {
            let old = old.root().dir().dir_metadata().at(&place.output)?;
            #[cfg(unix)]
            {
                use cap_std::fs::MetadataExt;
                use rustix::fs::{AtFlags, Gid, chownat};
                // Only allowed to some; the others' folders already have the group that they can give.
                let group = Some(Gid::from_raw(old.gid()));
                let _ = chownat(folder.dir(), NEW, None, group, AtFlags::SYMLINK_NOFOLLOW);
            }
            folder.dir().set_permissions(NEW, old.permissions()).at(&path)?;
        }
        Ok(self)
    }

    /// The folder.
    pub fn folder(&self) -> &OpenFolder {
        self.folder.as_ref().expect("it is open until the work is dropped")
    }

    /// The tree of new files.
    pub fn tree(&self) -> WriteResult<Tree> {
        self.folder().below(NEW).map(Tree::new).at(&self.folder().path().join(NEW))
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // A panic may have come from anywhere; an open journal says that something is unfinished. Both are for the
        // next build to look at.
        if std::thread::panicking() || Journal::is_open(self.folder()) {
            return;
        }
        drop(self.lock.take());
        if self.folder.take().is_some_and(|folder| empty(&folder).is_ok()) {
            let _ = disk::patiently(|| self.home.dir().remove_dir(&self.name));
        }
    }
}

/// Opens a work folder.
pub(super) fn open(home: &OpenFolder, name: impl AsRef<Path>) -> WriteResult<OpenFolder> {
    let path = home.path().join(name.as_ref());
    home.below(name).map_err(|_| WriteError::new(path, Reason::InTheWay))
}

/// Whether a work folder was made by this user's program on this machine, for this output. One without anything in it
/// is anybody's: a build was killed in its first moment.
pub(super) fn is_ours(work: &OpenFolder, seal: Seal) -> io::Result<bool> {
    match work.read(MARK, 1024) {
        Ok(bytes) if !bytes.is_empty() => return Ok(seal.open(&bytes) == Some(MARK_TEXT)),
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(_) => return Ok(false),
    }
    for entry in work.dir().entries()? {
        if entry?.file_name() != MARK {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Removes what a work folder of ours holds; the mark goes last.
pub(super) fn empty(work: &OpenFolder) -> io::Result<()> {
    for entry in work.dir().entries()? {
        let entry = entry?;
        let name = entry.file_name();
        if entry.file_type()?.is_dir() {
            disk::remove_tree(work, &name)?;
        } else if name != MARK {
            disk::patiently(|| work.dir().remove_file(&name))?;
        }
    }
    match work.dir().remove_file(MARK) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// The new tree, its folders each made once.
pub(super) struct Folders {
    tree: Option<Tree>,
    made: Mutex<HashSet<Box<str>>>,
}

impl Folders {
    /// None made yet.
    pub fn new(tree: Tree) -> Self {
        Self { tree: Some(tree), made: Mutex::default() }
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        self.tree.as_ref().expect("it is open until it is swapped in")
    }

    /// Lets go of the tree: Windows renames no folder that is held open.
    pub fn close(&mut self) {
        self.tree = None;
    }

    /// Makes the folder of a file.
    pub fn ready(&self, path: &OutPath) -> WriteResult<()> {
        match path.rsplit_once('/') {
            // One thread at a time: folders made at once in one folder above would wait for each other in the system.
            Some((folder, _)) => {
                self.make(folder, &mut self.made.lock().unwrap_or_else(PoisonError::into_inner))
            }
            None => Ok(()),
        }
    }

    /// Where a file will be, for messages.
    pub fn shown(&self, path: &OutPath) -> PathBuf {
        self.tree().shown(&**path)
    }

    fn make(&self, folder: &str, made: &mut HashSet<Box<str>>) -> WriteResult<()> {
        if made.contains(folder) {
            return Ok(());
        }
        if let Some((above, _)) = folder.rsplit_once('/') {
            self.make(above, made)?;
        }
        match self.tree().create_dir(folder) {
            // On a disk without letter case it may be there under other letters. If a file is there, what goes into
            // the folder will say so.
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return Err(error).at(&self.tree().shown(folder));
            }
            _ => {}
        }
        made.insert(folder.into());
        Ok(())
    }
}
