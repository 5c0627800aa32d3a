//! Makes sure that files are on the disk before anything relies on them: after a power cut a rename may otherwise
//! have happened, and the bytes of the file not.
//!
//! On Linux many files are synced by one `syncfs`. Elsewhere each file is flushed by itself, in parallel: Windows
//! can flush a whole volume for administrators only. Folders are synced where the system can open them (not Windows,
//! where NTFS logs renames in order).
//!
//! Refuses: syncing file by file what a single call does.
//! Invariant: after `files` returned, their bytes survive a power cut, as far as the disk is honest.

use super::error::{At, WriteResult};
use rayon::prelude::*;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// From so many files on, Linux syncs the whole file system: it also waits for what other programs have written.
#[cfg(target_os = "linux")]
const MANY: usize = 32;

/// Syncs files that lie on the disk of `work`.
pub(super) fn files(work: &Path, files: &[PathBuf]) -> WriteResult<()> {
    #[cfg(target_os = "linux")]
    if files.len() > MANY {
        return whole_disk(work).at(work);
    }
    let _ = work;
    files.par_iter().try_for_each(|path| file(path).at(path))
}

/// Syncs one file. Windows flushes only through a handle that may write.
pub(super) fn file(path: &Path) -> io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}

/// Syncs folders on the disk of `work`, so that renames in them last. Failing to is no error: some disks cannot.
pub(super) fn folders<'p>(work: &Path, paths: impl ExactSizeIterator<Item = &'p Path>) {
    #[cfg(target_os = "linux")]
    if paths.len() > MANY {
        let _ = whole_disk(work);
        return;
    }
    let _ = work;
    paths.for_each(folder);
}

/// Syncs one folder.
pub(super) fn folder(path: &Path) {
    if cfg!(unix) {
        let _ = File::open(path).and_then(|folder| folder.sync_all());
    }
}

#[cfg(target_os = "linux")]
fn whole_disk(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}
