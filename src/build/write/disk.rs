//! What the writer asks of a disk beside the calls of [`super::tree`].
//!
//! Refuses: opening an existing file for writing. What readers may be reading is replaced as a whole, by a rename.
//! Invariant: after an error a path holds what it held before.

use super::tree::Tree;
use crate::world::OpenFolder;
pub(super) use crate::world::replace::patiently;
use cap_std::fs::Metadata;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::Path;
use std::time::UNIX_EPOCH;

/// The most bytes read of a list or a journal: half a million files.
pub(super) const LIST_LIMIT: u64 = 64 << 20;
/// The most bytes read of a published file, to compare it: our largest is a document of 64 MiB.
pub(super) const FILE_LIMIT: u64 = 1 << 30;

/// When a file was last written, in nanoseconds since 1970, as the disk tells it.
pub(super) type Stamp = i128;

/// The stamp of a file.
pub(super) fn stamp_of(meta: &Metadata) -> Option<Stamp> {
    let time = meta.modified().ok()?.into_std();
    let nanos = |duration: std::time::Duration| i128::try_from(duration.as_nanos()).ok();
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => Some(-nanos(before.duration())?),
    }
}

/// Whether two files are the same, or hold the same bytes.
pub(super) fn same_bytes(one: &Tree, path: &Path, other: &Tree, other_path: &Path) -> bool {
    let stat = |tree: &Tree, path| tree.stat(path).ok().filter(Metadata::is_file);
    let (Some(first), Some(second)) = (stat(one, path), stat(other, other_path)) else { return false };
    if first.len() != second.len() {
        return false;
    }
    #[cfg(unix)]
    {
        use cap_std::fs::MetadataExt;
        if (first.dev(), first.ino()) == (second.dev(), second.ino()) {
            return true;
        }
    }
    let read = |tree: &Tree, path| tree.read(path, FILE_LIMIT).ok();
    read(one, path).is_some_and(|bytes| Some(bytes) == read(other, other_path))
}

/// Removes a folder of our own making, if it is there. Of a link only the link goes.
pub(super) fn remove_tree(home: &OpenFolder, name: &OsStr) -> io::Result<()> {
    match patiently(|| home.dir().remove_dir_all(name)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Whether anything stands under a name, be it a link to nothing.
pub(super) fn stands(folder: &OpenFolder, name: impl AsRef<Path>) -> bool {
    folder.dir().symlink_metadata(name).is_ok()
}
