//! Few large values, each a file of its own below `kept/`.
//!
//! Refuses: links, pipes, and files that are larger than any value.
//! Invariant: a value read is one that was kept under that name by this program for this store, whole.

use super::segment::Keys;
use crate::world::OpenFolder;
use std::io;
use std::time::{Duration, SystemTime};

/// Name of the folder in the store.
const FOLDER: &str = "kept";
/// Says by its time when the folder was last swept.
const SWEPT: &str = "swept";
/// Bytes of the seal before every value.
const SEAL: usize = blake3::OUT_LEN;
/// Largest value; a film of sheets has less.
const LARGEST: u64 = 512 << 20;
/// Use is noted to a week, so that looking at a value writes nothing on most days.
const NOTED: Duration = Duration::from_hours(24 * 7);
const DAY: Duration = Duration::from_hours(24);

/// The folder of large values.
pub(super) struct Kept {
    keys: Keys,
    folder: OpenFolder,
}

impl Kept {
    /// Opens it, making it where there is none.
    pub fn open(store: &OpenFolder, keys: Keys) -> io::Result<Self> {
        Ok(Self { keys, folder: store.make(FOLDER)? })
    }

    /// A value. Having been asked for is its use.
    pub fn get(&self, key: &str, now: SystemTime) -> Option<Vec<u8>> {
        let name = name(key);
        let shelf = self.folder.below(&name[..2]).ok()?;
        let mut bytes = shelf.read(&name[2..], LARGEST).ok()?;
        if bytes.len() < SEAL {
            return None;
        }
        // The seal is the shorter part, and stands behind the value so that this moves nothing.
        let seal = bytes.split_off(bytes.len() - SEAL);
        if self.keys.long_seal(name.as_bytes(), &bytes).as_bytes() != seal.as_slice() {
            return None;
        }
        note_use(&shelf, &name[2..], now);
        Some(bytes)
    }

    /// Keeps a value.
    pub fn put(&self, key: &str, value: &[u8], now: SystemTime) -> io::Result<()> {
        let name = name(key);
        let seal = self.keys.long_seal(name.as_bytes(), value);
        let shelf = self.folder.make(&name[..2])?;
        shelf.replace_loosely_with(&name[2..], &mut |out| {
            out.write_all(value)?;
            out.write_all(seal.as_bytes())
        })?;
        note_use(&shelf, &name[2..], now);
        Ok(())
    }

    /// Drops values that nobody has asked for in so long a time, and what killed commands left half written. Once a day.
    pub fn sweep(&self, now: SystemTime, idle: Duration) {
        if age(&self.folder, SWEPT, now).is_some_and(|age| age < DAY) {
            return;
        }
        let _ = self.folder.replace_loosely(SWEPT, b"");
        let _ = self.folder.file_to_change(SWEPT).and_then(|file| file.set_modified(now));
        for shelf in names(&self.folder).iter().filter(|name| is_ours(name, 2)) {
            let Ok(shelf) = self.folder.below(shelf) else { continue };
            for name in names(&shelf) {
                let limit = if is_ours(&name, 62) {
                    idle
                } else if name.starts_with(".yuanba-") {
                    DAY
                } else {
                    continue;
                };
                if age(&shelf, &name, now).is_some_and(|age| age > limit) {
                    let _ = shelf.dir().remove_file(&name);
                }
            }
        }
    }
}

/// Keys may be anything; their hashes are names on every disk. 256 shelves keep folders small.
pub(super) fn name(key: &str) -> String {
    blake3::hash(key.as_bytes()).to_hex().to_string()
}

/// Whether a name is one that [`name`] gives: so many hexadecimal digits.
pub(super) fn is_ours(name: &str, digits: usize) -> bool {
    name.len() == digits && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The names in a folder.
pub(super) fn names(folder: &OpenFolder) -> Vec<String> {
    let entries = folder.dir().entries().into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().into_string().ok()).collect()
}

/// A file's time says when it was used last.
fn note_use(folder: &OpenFolder, name: &str, now: SystemTime) {
    if age(folder, name, now).is_some_and(|age| age > NOTED) {
        let _ = folder.file_to_change(name).and_then(|file| file.set_modified(now));
    }
}

/// How long ago a file was used.
fn age(folder: &OpenFolder, name: &str, now: SystemTime) -> Option<Duration> {
    let meta = folder.dir().symlink_metadata(name).ok()?;
    now.duration_since(meta.modified().ok()?.into_std()).ok()
}
