//! What was worked out for a file's bytes before: between the builds of one `serve`, and between runs.
//!
//! Values are known by their kind and by the hash of all that they follow from, so one for other bytes cannot be taken. Stamps tell
//! which bytes a file has without its being read.
//!
//! Invariant: with or without a memo the results are the same.

use super::sources::Ids;
use crate::diag::FileId;
use crate::diag::stored::in_file;
use crate::world::{FileResult, Listed, Memory, Stamp, VPath, Volatile, World};
use blake3::Hash;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::sync::{Arc, Mutex, PoisonError};

/// A memory of small values that many may hold.
pub type SharedMemory = Arc<dyn Memory + Send + Sync>;

/// A memory of files.
#[derive(Default)]
pub struct Memo {
    memory: Option<SharedMemory>,
    ids: Mutex<Arc<Ids>>,
}

impl Memo {
    /// A memo that keeps its values in `memory`.
    pub fn new(memory: SharedMemory) -> Self {
        Self { memory: Some(memory), ids: Mutex::default() }
    }

    /// A memo that ends with the process.
    pub fn on() -> Self {
        Self::new(Arc::new(Volatile::default()))
    }

    /// A memo that keeps nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// Where its values are kept.
    pub(super) fn memory(&self) -> Option<&SharedMemory> {
        self.memory.as_ref()
    }

    /// Which file has which identity so far.
    pub(super) fn ids(&self) -> Arc<Ids> {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes over a table of identities that grew out of [`Self::ids`].
    pub(super) fn set_ids(&self, ids: &Arc<Ids>) {
        *self.ids.lock().unwrap_or_else(PoisonError::into_inner) = ids.clone();
    }

    /// A value that follows from bytes with this hash alone. Places in it are those of `file`.
    pub(super) fn recall<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        key: &[u8],
        file: FileId,
    ) -> Option<T> {
        recall(self.memory.as_ref()?, kind, key, file)
    }

    /// Keeps a value.
    pub(super) fn keep<T: Serialize>(&self, kind: &'static str, key: &[u8], file: FileId, value: &T) {
        if let Some(memory) = &self.memory {
            keep(memory, kind, key, file, value);
        }
    }
}

/// A value of a memory, if there is one and this program can read it.
pub(super) fn recall<T: DeserializeOwned>(
    memory: &SharedMemory,
    kind: &'static str,
    key: &[u8],
    file: FileId,
) -> Option<T> {
    let bytes = memory.recall(kind, key)?;
    in_file(file, || postcard::from_bytes(&bytes).ok())
}

/// Keeps a value. One with a place in another file follows from more than its key says, so it is not kept.
pub(super) fn keep<T: Serialize>(
    memory: &SharedMemory,
    kind: &'static str,
    key: &[u8],
    file: FileId,
    value: &T,
) {
    if let Ok(bytes) = in_file(file, || postcard::to_stdvec(value)) {
        memory.keep(kind, key, bytes);
    }
}

/// How the files of a site are read: through the stamps and values of a memo.
pub struct Reading<'r> {
    world: &'r dyn World,
    memo: &'r Memo,
    /// Whether no stamp is trusted.
    full: bool,
}

impl<'r> Reading<'r> {
    /// Reads from `world`, and what the memo knows not at all. `full` trusts no stamp: every file is read.
    pub fn new(world: &'r dyn World, memo: &'r Memo, full: bool) -> Self {
        Self { world, memo, full }
    }

    /// The hash of a file's bytes, and the bytes where they had to be read for it.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn hash(&self, file: &Listed) -> FileResult<(Hash, Option<Arc<[u8]>>)> {
        if let Some(hash) = self.known(file) {
            return Ok((hash, None));
        }
        let bytes = self.world.read(&file.path)?;
        let hash = blake3::hash(&bytes);
        if let Some(stamp) = file.stamp {
            self.memo.keep(STAMPS, file.path.as_bytes(), NO_FILE, &(stamp, hash.as_bytes()));
        }
        Ok((hash, Some(bytes)))
    }

    /// The hash that a file with this stamp had.
    fn known(&self, file: &Listed) -> Option<Hash> {
        let stamp = file.stamp.filter(|_| !self.full)?;
        let (kept, hash): (Stamp, [u8; 32]) = self.memo.recall(STAMPS, file.path.as_bytes(), NO_FILE)?;
        (kept == stamp).then(|| Hash::from_bytes(hash))
    }

    /// A value that follows from a file's bytes alone: one that was kept, or a new one. Its places are those of `id`.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn value<T: Serialize + DeserializeOwned>(
        &self,
        kind: &'static str,
        file: &Listed,
        id: FileId,
        make: impl FnOnce(&[u8], Hash) -> T,
    ) -> FileResult<(Hash, T)> {
        let (hash, bytes) = self.hash(file)?;
        if let Some(value) = self.memo.recall(kind, hash.as_bytes(), id) {
            return Ok((hash, value));
        }
        let (hash, bytes) = match bytes {
            Some(bytes) => (hash, bytes),
            // The stamp is known and the value is not: the file is read after all, and what it holds now counts.
            None => {
                let bytes = self.world.read(&file.path)?;
                (blake3::hash(&bytes), bytes)
            }
        };
        let value = make(&bytes, hash);
        self.memo.keep(kind, hash.as_bytes(), id, &value);
        Ok((hash, value))
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn bytes(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        self.world.read(path)
    }
}

/// The kind under which stamps are kept, by path, each with the hash of the bytes.
const STAMPS: &str = "stamp";
/// For values without places.
const NO_FILE: FileId = FileId(u32::MAX);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;
    use jiff::Timestamp;

    fn listed(world: &MemoryWorld) -> Listed {
        world.list(&VPath::new("content").unwrap()).remove(0).unwrap()
    }

    /// Reads the one file of a world; whether its bytes were read for the hash.
    fn read(world: &MemoryWorld, memo: &Memo, full: bool) -> (Hash, bool) {
        let (hash, bytes) = Reading::new(world, memo, full).hash(&listed(world)).unwrap();
        (hash, bytes.is_some())
    }

    #[test]
    fn a_file_with_its_old_stamp_is_not_read() {
        let memo = Memo::on();
        let mut world = MemoryWorld::new(Timestamp::UNIX_EPOCH).with("content/a.jpg", "one");
        let (hash, was_read) = read(&world, &memo, false);
        assert!(was_read);
        assert_eq!(read(&world, &memo, false), (hash, false));
        assert_eq!(read(&world, &memo, true), (hash, true), "--full trusts no stamp");
        assert_eq!(read(&world, &Memo::off(), false), (hash, true));
        world.put("content/a.jpg", "two");
        let (other, was_read) = read(&world, &memo, false);
        assert!(was_read && other != hash);
        let unstamped = Listed { stamp: None, ..listed(&world) };
        let (_, bytes) = Reading::new(&world, &memo, false).hash(&unstamped).unwrap();
        assert!(bytes.is_some(), "a file without a stamp is read");
    }

    #[test]
    fn two_kinds_of_value_of_one_file_stand_side_by_side() {
        let memo = Memo::on();
        let world = MemoryWorld::new(Timestamp::UNIX_EPOCH).with("content/a.jpg", "one");
        let (reading, file) = (Reading::new(&world, &memo, false), listed(&world));
        for _ in 0..2 {
            let (_, length) = reading.value("length", &file, FileId(0), |bytes, _| bytes.len()).unwrap();
            let (_, text) = reading
                .value("text", &file, FileId(0), |bytes, _| String::from_utf8_lossy(bytes).into_owned())
                .unwrap();
            assert_eq!((length, text.as_str()), (3, "one"));
        }
        let kept = reading.value("length", &file, FileId(0), |_, _| 7_usize).unwrap().1;
        assert_eq!(kept, 3, "worked out once");
    }

    #[test]
    fn a_value_that_cannot_be_read_is_worked_out_again() {
        let memory = Arc::new(Volatile::default());
        let memo = Memo::new(memory.clone());
        let world = MemoryWorld::new(Timestamp::UNIX_EPOCH).with("content/a.jpg", "one");
        memory.keep("text", blake3::hash(b"one").as_bytes(), vec![0xff, 0xff]);
        let reading = Reading::new(&world, &memo, false);
        let (_, text) = reading.value("text", &listed(&world), FileId(0), |_, _| "new".to_owned()).unwrap();
        assert_eq!(text, "new");
    }
}
