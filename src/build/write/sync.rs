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
use super::tree::Tree;
use crate::world::OutPath;
use rayon::prelude::*;
use std::path::Path;

/// From so many files on, Linux syncs the whole file system: it also waits for what other programs have written.
#[cfg(target_os = "linux")]
const MANY: usize = 32;

/// Syncs files of a tree.
pub(super) fn files(tree: &Tree, files: &[&OutPath]) -> WriteResult<()> {
    #[cfg(target_os = "linux")]
    if files.len() > MANY {
        return whole_disk(tree).at(tree.root().path());
    }
    files.par_iter().try_for_each(|path| tree.sync(&***path).at(&tree.shown(&***path)))
}

/// Syncs folders of a tree, so that renames in them last. Failing to is no error: some disks cannot.
pub(super) fn folders<'p>(tree: &Tree, paths: impl ExactSizeIterator<Item = &'p Path>) {
    #[cfg(target_os = "linux")]
    if paths.len() > MANY {
        let _ = whole_disk(tree);
        return;
    }
    paths.for_each(|path| tree.sync_names(path));
}

/// A handle that only names a folder cannot sync; one that can read it can.
#[cfg(target_os = "linux")]
fn whole_disk(tree: &Tree) -> std::io::Result<()> {
    Ok(rustix::fs::syncfs(tree.root().dir().open(".")?)?)
}
