//! A world in memory, for tests.
//!
//! Refuses: what [`super::DiskWorld`] refuses, as far as it can occur here.
//! Invariant: it answers as a disk with the same files would.

use super::{FileError, FileReason, FileResult, VPath, World, is_leaving, read_limit};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;

/// Files by path, and a moment.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: BTreeMap<VPath, Arc<[u8]>>,
    links: BTreeMap<VPath, VPath>,
    now: Timestamp,
}

impl MemoryWorld {
    /// An empty world at a moment.
    pub fn new(now: Timestamp) -> Self {
        Self { files: BTreeMap::new(), links: BTreeMap::new(), now }
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

    /// Adds a link to a file, which is listed and read as that file is.
    ///
    /// # Panics
    /// If one of them is no [`VPath`].
    #[must_use]
    pub fn with_link(mut self, path: &str, to: &str) -> Self {
        let path_of = |text| VPath::new(text).expect("tests write real paths");
        self.links.insert(path_of(path), path_of(to));
        self
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        self.files.remove(path);
    }

    /// Changes the moment.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let fail = |reason| FileError { path: path.to_string(), reason };
        let bytes = self.files.get(&self.origin(path)).ok_or_else(|| fail(FileReason::NotFound))?;
        let (size, limit) = (bytes.len() as u64, read_limit(path));
        if size > limit { Err(fail(FileReason::TooLarge { size, limit })) } else { Ok(bytes.clone()) }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<VPath>> {
        let folder = format!("{dir}/");
        let range = (Bound::Included(folder.as_str()), Bound::Unbounded);
        let files = self.files.range::<str, _>(range).map(|(path, _)| path);
        let links = self.links.range::<str, _>(range).map(|(path, _)| path);
        let below = |path: &VPath| {
            path.strip_prefix(folder.as_str()).is_some_and(|below| !below.split('/').any(is_leaving))
        };
        let inside = |path: &&VPath| path.starts_with(folder.as_str());
        let mut found: Vec<VPath> = files.take_while(inside).chain(links.take_while(inside)).cloned().collect();
        found.retain(below);
        found.sort();
        found.into_iter().map(Ok).collect()
    }

    fn origin(&self, path: &VPath) -> VPath {
        self.links.get(path).unwrap_or(path).clone()
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> VPath {
        VPath::new(text).expect("a path")
    }

    #[test]
    fn answers_as_a_disk_would() {
        let mut world = MemoryWorld::new(Timestamp::UNIX_EPOCH)
            .with("content/tips/a.md", "甲")
            .with("content/tips/~$a.md", "")
            .with("content/tips2/b.md", "乙")
            .with("content/large.md", vec![b' '; (4 << 20) + 1]);
        assert_eq!(world.list(&path("content/tips")), [Ok(path("content/tips/a.md"))]);
        assert!(world.list(&path("content/tips/a.md")).is_empty());
        assert_eq!(world.list(&path("content")).len(), 3);
        assert_eq!(world.read(&path("content/tips")).expect_err("a folder").reason, FileReason::NotFound);
        let large = world.read(&path("content/large.md")).expect_err("too large").reason;
        assert_eq!(large, FileReason::TooLarge { size: (4 << 20) + 1, limit: 4 << 20 });
        world.remove("content/tips/a.md");
        assert!(world.list(&path("content/tips")).is_empty());
        let moment = Timestamp::from_second(1_795_000_000).expect("in range");
        world.set_now(moment);
        assert_eq!(world.now(), moment);
    }
}
