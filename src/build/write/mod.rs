//! The only code that writes `public/`.
//!
//! Files are staged in a hidden work folder beside the output (`.public.yuanba-work`), on the same disk. At the commit
//! the writer knows what really changes. Much of it: what stays is linked into the staged tree, the tree is synced
//! and swapped in, so that readers see the old site or the new one. Little of it: the staged files are synced,
//! entered in a journal and renamed into place one by one, what pages need first, then pages, then lists, then
//! removals. Nothing at all: nothing is touched. Whatever interrupts this, the next build finishes or drops it.
//!
//! The output may be a symbolic link; it is followed once (see `place`). Below it, and in the work folder, no link is
//! followed: everything is reached by handles (see `tree`). Where nothing can be made beside the output, as
//! with a mounted volume, the work folder lies inside it and every change goes file by file.
//!
//! A site may come from a stranger, `public/` and the work folder with it. So work is finished or dropped only where its seal
//! was made by this user on this machine for this output (see `seal`), and a listed file is replaced or removed only while
//! it has the bytes that the list says.
//!
//! Refuses: an output folder that is not ours, that is another site's, that is the site or above it; a file of somebody
//! else's where one of ours has to go; unfinished work of somebody else.
//! Invariant: every file of `public/` is whole at every moment, and after the next build so is the site.

#![expect(clippy::disallowed_methods, reason = "build/ is where the disk is written (DESIGN §3, rule 9)")]

mod apply;
mod commit;
mod disk;
mod error;
mod foreign;
mod journal;
mod lock;
mod look;
mod manifest;
mod place;
mod plan;
mod recover;
mod seal;
mod stage;
mod steps;
mod survey;
mod swap;
mod sync;
#[cfg(test)]
mod tests;
mod tree;

pub use error::{Reason, WriteError, WriteResult};
pub use look::{is_led_away, look, place_of};
pub use manifest::{MANIFEST, Manifest, Written};
pub use recover::{Recovered, unfinished};

use crate::build::store::Store;
pub use crate::output::Rank;
use crate::output::workshop::ReadFile;
use crate::world::{OutPath, SiteId};
use disk::Stamp;
use error::At;
use lock::Lock;
use place::OutputFolder;
use stage::{Folders, Work};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};
use steps::Steps;
use survey::Stamps;

/// Name of the lock in `.yuanba/`.
const SITE_LOCK: &str = "lock";

/// The most bytes of a file of ours that is read again.
const LARGEST_FILE: u64 = 1 << 30;

/// What a commit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that kept their bytes and times.
    pub unchanged: usize,
    /// Files of ours that are gone.
    pub removed: usize,
    /// Files that are not ours and were carried over into a new tree, as staff would name them.
    pub carried: Vec<String>,
    /// Files that the site has no more, but that somebody changed: they stay, and are ours no longer.
    pub left: Vec<String>,
    /// Files that somebody changed and that made room for ours, with their new names.
    pub aside: Vec<(String, String)>,
}

/// The right to write an output folder. Holds the lock.
pub struct Writer {
    place: OutputFolder,
    store: Store,
    /// Who is writing, where that was said.
    site: Option<SiteId>,
    manifest: Manifest,
    /// What the list's file holds; none where there is none, and one is written even if nothing else is.
    list: Option<Written>,
    stamps: Stamps,
    recovered: Recovered,
    steps: Steps,
    _lock: Lock,
}

impl Writer {
    /// Takes the lock, finishes or drops what an interrupted build left, and looks at what the output holds.
    ///
    /// # Errors
    /// Where another build is at work, the output is not ours or cannot be there, or the disk fails.
    pub fn open(site: &Path, output: &Path) -> WriteResult<Self> {
        Self::open_with(site, output, Steps::default())
    }

    fn open_with(site: &Path, output: &Path, steps: Steps) -> WriteResult<Self> {
        let place = OutputFolder::find(site, output)?;
        let store = Store::open(site).at(&site.join(crate::build::store::FOLDER))?;
        let lock = take_site_lock(&store)?;
        let recovered = recover::recover(&place, &|| survey::recall_for(&store, &place), &steps)?;
        let tree = place.tree()?;
        let found = tree.as_ref().map(Manifest::read).transpose()?.flatten();
        place.require_ours(tree.as_ref(), found.is_some())?;
        let (manifest, list) = found.map_or_else(Default::default, |(list, bytes)| (list, Some(bytes)));
        let mut stamps = Stamps::new();
        if let (Some(tree), Some(list)) = (&tree, &list) {
            let known = survey::recall(&store, &place.output, &manifest, list);
            stamps = survey::survey(tree, &manifest, &known);
            if stamps != known {
                survey::remember(&store, &place.output, &manifest, list, &stamps);
            }
        }
        Ok(Self { place, store, site: None, manifest, list, stamps, recovered, steps, _lock: lock })
    }

    /// Says which site is going to be written. A list of an older version, which names none, is adopted.
    ///
    /// # Errors
    /// Where the output is another site's.
    pub fn claim(&mut self, site: SiteId) -> WriteResult<()> {
        match &self.manifest.site {
            Some(other) if *other != site => {
                Err(WriteError::new(&self.place.output, Reason::OtherSite(other.to_string())))
            }
            _ => {
                self.site = Some(site);
                Ok(())
            }
        }
    }

    /// What our list says of the output.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A file's entry if the file is there as we wrote it. A file that somebody changed or deleted is not; it has to
    /// be made anew.
    pub fn intact(&self, path: &OutPath) -> Option<&Written> {
        self.stamps.get(path).and_then(|_| self.manifest.get(path))
    }

    /// What was found of an interrupted build when this writer was opened.
    pub fn recovered(&self) -> Recovered {
        self.recovered
    }

    /// The site's store.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The output folder, links followed.
    pub fn output(&self) -> &Path {
        &self.place.output
    }

    /// Begins a build.
    ///
    /// # Errors
    /// None yet: a work folder is made when the first file has to wait in it.
    pub fn begin(&mut self) -> WriteResult<Batch<'_>> {
        Ok(Batch { writer: self, staging: OnceLock::new(), made: Mutex::default() })
    }

    /// Whether the list has to be written although no file changes.
    fn list_is_old(&self) -> bool {
        self.list.is_none() || (self.site.is_some() && self.site != self.manifest.site)
    }

    /// Another site, or another copy of this one, may have been built into the output since it was looked at; the
    /// site's lock knows nothing of it. What was planned then fits no more.
    fn require_list_as_it_was(&self) -> WriteResult<()> {
        let tree = self.place.tree()?;
        let found = tree.as_ref().map(Manifest::look).transpose()?.flatten();
        if found == self.list { Ok(()) } else { Err(WriteError::new(&self.place.output, Reason::Overtaken)) }
    }

    fn vanished(&self) -> WriteError {
        WriteError::new(&self.place.output, Reason::Vanished)
    }
}

fn take_site_lock(store: &Store) -> WriteResult<Lock> {
    let folder = store.handle().ok_or_else(|| WriteError::new(store.folder(), Reason::Vanished))?;
    Lock::take(folder, SITE_LOCK)
}

/// Finishes or drops what an interrupted build left behind. Cheap where nothing was; takes no lock then.
///
/// # Errors
/// Where a build is at work, what was left is not ours, or the disk fails.
pub fn recover(site: &Path, output: &Path) -> WriteResult<Recovered> {
    let place = OutputFolder::find(site, output)?;
    if !recover::is_due(&place)? {
        return Ok(Recovered::Nothing);
    }
    let store = Store::open(site).at(&site.join(crate::build::store::FOLDER))?;
    let _lock = take_site_lock(&store)?;
    recover::recover(&place, &|| survey::recall_for(&store, &place), &Steps::default())
}

/// A build under way. Dropping it without a commit leaves the output as it was and nothing behind.
pub struct Batch<'w> {
    writer: &'w mut Writer,
    /// Made when the first file needs it: a build that changes nothing makes nothing.
    staging: OnceLock<WriteResult<Staging>>,
    made: Mutex<Vec<(OutPath, Made)>>,
}

/// Where files wait. The folders are let go first: Windows removes none that is held open.
struct Staging {
    folders: Folders,
    work: Work,
}

/// A file of the new site.
struct Made {
    rank: Rank,
    written: Written,
    stamp: Option<Stamp>,
    /// Staged; else the output's file stays.
    fresh: bool,
}

impl Batch<'_> {
    /// Takes the bytes of a file. Any thread may call it.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn put(&self, path: &OutPath, rank: Rank, bytes: &[u8]) -> WriteResult<Written> {
        if place::is_reserved(path) {
            return Err(WriteError::new(self.output_of(path), Reason::InTheWay));
        }
        let written = Written::of(bytes);
        if self.writer.intact(path) == Some(&written) {
            self.stays(path, rank, written);
            return Ok(written);
        }
        let folders = &self.staging()?.folders;
        folders.ready(path)?;
        let stamp = folders.tree().write_new(&**path, bytes).at(&folders.shown(path))?;
        self.note(path, Made { rank, written, stamp, fresh: true });
        Ok(written)
    }

    /// A file's entry if the output has it as we wrote it.
    pub fn intact(&self, path: &OutPath) -> Option<&Written> {
        self.writer.intact(path)
    }

    /// Reads files as they wait here, else as the output has them. It holds folders open, and has to be dropped before the commit.
    ///
    /// # Errors
    /// Where a folder cannot be opened.
    pub fn reader(&self) -> WriteResult<ReadFile> {
        let staged = match self.staging.get() {
            Some(Ok(staging)) => Some(staging.work.tree()?),
            _ => None,
        };
        let trees = [staged, self.writer.place.tree()?];
        Ok(Box::new(move |path: &OutPath| {
            trees.iter().flatten().find_map(|tree| tree.read(&**path, LARGEST_FILE).ok())
        }))
    }

    /// Keeps a file as it is in the output; ask [`Writer::intact`] first.
    ///
    /// # Errors
    /// Where the output does not hold it as we wrote it.
    pub fn keep(&self, path: &OutPath) -> WriteResult<()> {
        match self.writer.intact(path) {
            Some(written) => {
                self.stays(path, Rank::Page, *written);
                Ok(())
            }
            None => Err(WriteError::new(self.output_of(path), Reason::Vanished)),
        }
    }

    /// The work folder and its lock. What the output holds is looked at again once the lock is held.
    fn staging(&self) -> WriteResult<&Staging> {
        let made = self.staging.get_or_init(|| {
            let work = Work::start(&self.writer.place)?;
            self.writer.require_list_as_it_was()?;
            Ok(Staging { folders: Folders::new(work.tree()?), work })
        });
        made.as_ref().map_err(Clone::clone)
    }

    fn stays(&self, path: &OutPath, rank: Rank, written: Written) {
        let stamp = self.writer.stamps.get(path).copied();
        self.note(path, Made { rank, written, stamp, fresh: false });
    }

    fn note(&self, path: &OutPath, made: Made) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), made));
    }

    fn output_of(&self, path: &OutPath) -> PathBuf {
        let mut shown = self.writer.place.output.clone();
        shown.extend(path.split('/'));
        shown
    }
}
