//! The few things that the writer does to a disk, each with what disks and systems do differently.
//!
//! Refuses: opening an existing file for writing. What readers may be reading is replaced as a whole, by a rename.
//! Invariant: after an error a path holds what it held before.

use std::fs::{self, File, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// How long to wait for a virus scanner or a viewer to let go of a file: about a second and a half in all.
const WAITS: [u64; 7] = [5, 10, 25, 60, 150, 400, 900];

/// Tries again where Windows says that another program holds the file: scanners open every new file for a moment.
pub(super) fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for wait in WAITS {
        match attempt() {
            Err(error) if may_pass(&error) => thread::sleep(Duration::from_millis(wait)),
            result => return result,
        }
    }
    attempt()
}

/// `ERROR_ACCESS_DENIED` (also said of a file that waits for its removal), sharing violation, lock violation.
fn may_pass(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// When a file was last written, in nanoseconds since 1970, as the disk tells it.
pub(super) type Stamp = i128;

/// The stamp of a file.
pub(super) fn stamp_of(meta: &fs::Metadata) -> Option<Stamp> {
    let time = meta.modified().ok()?;
    let nanos = |duration: Duration| i128::try_from(duration.as_nanos()).ok();
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => nanos(after),
        Err(before) => Some(-nanos(before.duration())?),
    }
}

/// Writes a file that does not exist yet.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
    let mut file = patiently(|| File::create_new(path))?;
    file.write_all(bytes)?;
    Ok(file.metadata().ok().as_ref().and_then(stamp_of))
}

/// A second name for a file; where the disk knows none (FAT, some shares), a copy with its time.
pub(super) fn link_or_copy(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {
            let meta = fs::symlink_metadata(from)?;
            if !meta.is_file() {
                return Err(error);
            }
            if stands(to) {
                return Err(ErrorKind::AlreadyExists.into());
            }
            // Under another name until it is whole: a later run takes what stands at `to` for good.
            let mut part = to.as_os_str().to_owned();
            part.push(".part");
            let part = Path::new(&part);
            fs::copy(from, part)?;
            let times = FileTimes::new().set_modified(meta.modified().unwrap_or(SystemTime::UNIX_EPOCH));
            File::options().write(true).open(part)?.set_times(times)?;
            fs::rename(part, to)
        }
        result => result,
    }
}

/// Puts a file in the place of another, or of none, in one step.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    patiently(|| fs::rename(from, to))
}

/// Whether two files hold the same bytes.
pub(super) fn same_bytes(one: &Path, other: &Path) -> bool {
    let size =
        |path: &Path| fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file).map(|meta| meta.len());
    let read = |path: &Path| fs::read(path).ok();
    size(one).is_some()
        && size(one) == size(other)
        && read(one).is_some_and(|bytes| Some(bytes) == read(other))
}

/// Removes a folder and the folders in it if no file is there.
pub(super) fn remove_empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        remove_empty(&entry.path())?;
    }
    patiently(|| fs::remove_dir(folder))
}

/// Removes a folder of our own making, if it is there.
pub(super) fn remove_tree(folder: &Path) -> io::Result<()> {
    match patiently(|| fs::remove_dir_all(folder)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Whether anything stands at a path, be it a link to nothing.
pub(super) fn stands(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
