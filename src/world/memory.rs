//! A world in memory, for tests.
//!
//! Refuses: what [`super::DiskWorld`] refuses, as far as it can occur here.
//! Invariant: it answers as a disk with the same files would.

use super::{FileError, FileReason, FileResult, VPath, World, is_leaving, read_limit};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Files by path, and a moment.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: BTreeMap<VPath, Arc<[u8]>>,
    now: Timestamp,
}

impl MemoryWorld {
    /// An empty world at a moment.
    pub fn new(now: Timestamp) -> Self {
        Self { files: BTreeMap::new(), now }
    }

    /// Adds or replaces a file.
    ///
    /// # Panics
    /// If `path` is no [`VPath`]; tests write real paths.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl AsRef<[u8]>) -> Self {
        self.put(path, bytes);
        self
    }

    /// Adds or replaces a file.
    ///
    /// # Panics
    /// If `path` is no [`VPath`].
    pub fn put(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        self.files.insert(VPath::new(path).expect("tests write real paths"), bytes.as_ref().into());
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        self.files.retain(|held, _| &**held != path);
    }

    /// Changes the moment.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let fail = |reason| FileError { path: path.to_string(), reason };
        let bytes = self.files.get(path).ok_or_else(|| fail(FileReason::NotFound))?;
        let (size, limit) = (bytes.len() as u64, read_limit(path));
        if size > limit { Err(fail(FileReason::TooLarge { size, limit })) } else { Ok(bytes.clone()) }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<VPath>> {
        let folder = format!("{dir}/");
        let inside = |path: &&VPath| {
            path.strip_prefix(folder.as_str()).is_some_and(|below| !below.split('/').any(is_leaving))
        };
        self.files.keys().filter(inside).cloned().map(Ok).collect()
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}
