//! A world in memory, for tests.
//!
//! Refuses: what [`super::DiskWorld`] refuses, as far as it can occur here.
//! Invariant: it answers as a disk with the same files would.

use super::{FileError, FileReason, FileResult, Listed, Stamp, VPath, World, is_leaving, read_limit};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// A file's bytes and its stamp.
type Held = (Arc<[u8]>, Stamp);

/// Files by path, and a moment.
#[derive(Clone, Debug)]
pub struct MemoryWorld {
    files: Arc<BTreeMap<VPath, Held>>,
    links: Arc<BTreeMap<VPath, VPath>>,
    now: Timestamp,
}

/// Every file that is put anywhere gets a stamp of its own, as on a disk whose clock never stands still.
static CLOCK: AtomicI64 = AtomicI64::new(1);

impl MemoryWorld {
    /// An empty world at a moment.
    pub fn new(now: Timestamp) -> Self {
        Self { files: Arc::default(), links: Arc::default(), now }
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
        let bytes: Arc<[u8]> = bytes.as_ref().into();
        let modified = CLOCK.fetch_add(1, Ordering::Relaxed);
        let stamp = Stamp { len: bytes.len() as u64, modified, identity: [0; 3] };
        Arc::make_mut(&mut self.files)
            .insert(VPath::new(path).expect("tests write real paths"), (bytes, stamp));
    }

    /// Adds a link to a file, which is listed and read as that file is.
    ///
    /// # Panics
    /// If one of them is no [`VPath`].
    #[must_use]
    pub fn with_link(mut self, path: &str, to: &str) -> Self {
        let path_of = |text| VPath::new(text).expect("tests write real paths");
        Arc::make_mut(&mut self.links).insert(path_of(path), path_of(to));
        self
    }

    /// Removes a file.
    pub fn remove(&mut self, path: &str) {
        Arc::make_mut(&mut self.files).remove(path);
    }

    /// Changes the moment.
    pub fn set_now(&mut self, now: Timestamp) {
        self.now = now;
    }
}

impl World for MemoryWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let fail = |reason| FileError { path: path.to_string(), reason };
        let (bytes, _) = self.files.get(&self.origin(path)).ok_or_else(|| fail(FileReason::NotFound))?;
        let (size, limit) = (bytes.len() as u64, read_limit(path));
        if size > limit { Err(fail(FileReason::TooLarge { size, limit })) } else { Ok(bytes.clone()) }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        let folder = format!("{dir}/");
        let range = (Bound::Included(folder.as_str()), Bound::Unbounded);
        let inside = |path: &VPath| path.starts_with(folder.as_str());
        let files = self.files.range::<str, _>(range).take_while(|(path, _)| inside(path));
        let links = self.links.range::<str, _>(range).take_while(|(path, _)| inside(path));
        let links = links.filter_map(|(path, to)| Some((path, self.files.get(to)?)));
        let mut found: Vec<Listed> = files
            .chain(links)
            .filter(|(path, _)| !path[folder.len()..].split('/').any(is_leaving))
            .map(|(path, (_, stamp))| Listed { path: path.clone(), stamp: Some(*stamp) })
            .collect();
        found.sort_by(|a, b| a.path.cmp(&b.path));
        found.into_iter().map(Ok).collect()
    }

    fn origin(&self, path: &VPath) -> VPath {
        self.links.get(path).unwrap_or(path).clone()
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn share(&self) -> Arc<dyn World> {
        Arc::new(self.clone())
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
        let listed = |world: &MemoryWorld| world.list(&path("content/tips"))[0].clone().expect("a file");
        assert_eq!(
            (world.list(&path("content/tips")).len(), listed(&world).path),
            (1, path("content/tips/a.md"))
        );
        let before = listed(&world).stamp;
        world.put("content/tips/a.md", "甲");
        assert!(before.is_some() && before != listed(&world).stamp, "what was put again has another stamp");
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
