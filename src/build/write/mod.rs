//! The only code that writes `public/`.
//!
//! Files are staged in a hidden work folder beside the output (`.public.yuanba-work`), on the same disk. At the commit
//! the writer knows what really changes. Much of it: what stays is linked into the staged tree, the tree is synced
//! and swapped in, so that readers see the old site or the new one. Little of it: the staged files are synced,
//! entered in a journal and renamed into place one by one, what pages need first, then pages, then lists, then
//! removals. Nothing at all: nothing is touched. Whatever interrupts this, the next command finishes or drops it.
//!
//! The output may be a symbolic link; it is followed (see `place`). Where nothing can be made beside the output, as
//! with a mounted volume, the work folder lies inside it and every change goes file by file.
//!
//! Refuses: an output folder that is not ours, that is the site or above it, and a file of somebody else's where one
//! of ours has to go. Only files on our own list are ever replaced or removed.
//! Invariant: every file of `public/` is whole at every moment, and after the next command so is the site.

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
mod stage;
mod steps;
mod survey;
mod swap;
mod sync;
#[cfg(test)]
mod tests;

pub use look::{look, place_of};
pub use error::{Reason, WriteError, WriteResult};
pub use manifest::{MANIFEST, Manifest, Written};
pub use recover::Recovered;

use crate::build::store::Store;
pub use crate::output::Rank;
use crate::world::OutPath;
use disk::Stamp;
use error::At;
use lock::Lock;
use place::Place;
use stage::{Folders, Work};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use steps::Steps;
use survey::Stamps;

/// Name of the lock in `.yuanba/`.
const SITE_LOCK: &str = "lock";

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
}

/// The right to write an output folder. Holds the lock.
pub struct Writer {
    place: Place,
    store: Store,
    manifest: Manifest,
    /// Whether the list was there: an output without it gets one even if nothing else is written.
    listed: bool,
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
        let place = Place::find(site, output)?;
        let store = Store::open(site).at(&site.join(crate::build::store::FOLDER))?;
        let lock = Lock::take(store.folder(), SITE_LOCK)?;
        let recovered = recover::recover(&place, &steps)?;
        let found = Manifest::read(&place.output)?;
        place.require_ours(found.is_some())?;
        let listed = found.is_some();
        let manifest = found.unwrap_or_default();
        let known = survey::recall(&store, &place.output);
        let stamps = survey::survey(&place.output, &manifest, &known);
        if stamps != known {
            survey::remember(&store, &place.output, &stamps);
        }
        Ok(Self { place, store, manifest, listed, stamps, recovered, steps, _lock: lock })
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
    /// Where no work folder can be made.
    pub fn begin(&mut self) -> WriteResult<Batch<'_>> {
        let work = Work::start(&self.place)?;
        let folders = Folders::new(work.tree());
        Ok(Batch { writer: self, work, folders, made: Mutex::default() })
    }
}

/// Finishes or drops what an interrupted build left behind. Cheap where nothing was; takes no lock then.
///
/// # Errors
/// Where a build is at work, or the disk fails.
pub fn recover(site: &Path, output: &Path) -> WriteResult<Recovered> {
    let place = Place::find(site, output)?;
    if !recover::is_due(&place) {
        return Ok(Recovered::Nothing);
    }
    let store = Store::open(site).at(&site.join(crate::build::store::FOLDER))?;
    let _lock = Lock::take(store.folder(), SITE_LOCK)?;
    recover::recover(&place, &Steps::default())
}

/// A build under way. Dropping it without a commit leaves the output as it was and nothing behind.
pub struct Batch<'w> {
    writer: &'w mut Writer,
    work: Work,
    folders: Folders,
    made: Mutex<Vec<(OutPath, Made)>>,
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
    pub fn put(&self, path: &OutPath, rank: Rank, bytes: &[u8]) -> WriteResult<()> {
        if place::is_reserved(path) {
            return Err(WriteError::new(self.output_of(path), Reason::InTheWay));
        }
        let written = Written::of(bytes);
        if self.writer.intact(path) == Some(&written) {
            self.stays(path, rank, written);
            return Ok(());
        }
        let file = self.folders.ready(path)?;
        let stamp = disk::write_new(&file, bytes).at(&file)?;
        self.note(path, Made { rank, written, stamp, fresh: true });
        Ok(())
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

    fn stays(&self, path: &OutPath, rank: Rank, written: Written) {
        let stamp = self.writer.stamps.get(path).copied();
        self.note(path, Made { rank, written, stamp, fresh: false });
    }

    fn note(&self, path: &OutPath, made: Made) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).push((path.clone(), made));
    }

    fn output_of(&self, path: &OutPath) -> PathBuf {
        place::inside(&self.writer.place.output, path)
    }
}
