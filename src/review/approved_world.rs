//! The site as it was last approved: a world in which edited bulletins have the text, pictures and attachments that were signed.
//!
//! Everything behind it reads as from the folder itself, so addresses, places and lists come out as they did when the version was approved.
//!
//! Invariant: a file that is not substituted is the one below, with its stamp; one that is has no stamp, so that its bytes are read.

use crate::world::{FileResult, Listed, VPath, World};
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Such a world.
#[derive(Clone)]
pub struct ApprovedWorld {
    below: Arc<dyn World>,
    files: Arc<BTreeMap<VPath, Arc<[u8]>>>,
}

impl ApprovedWorld {
    /// A world with these files in place of those below.
    pub fn new(below: &dyn World, files: BTreeMap<VPath, Arc<[u8]>>) -> Self {
        Self { below: below.share(), files: Arc::new(files) }
    }
}

impl World for ApprovedWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None => self.below.read(path),
        }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        let mut listed = self.below.list(dir);
        let mut missing: BTreeSet<&VPath> = self.files.keys().filter(|path| path.is_inside(dir)).collect();
        for one in listed.iter_mut().flatten() {
            if missing.remove(&one.path) {
                one.stamp = None;
            }
        }
        if !missing.is_empty() {
            let added = missing.into_iter().map(|path| Ok(Listed { path: path.clone(), stamp: None }));
            listed.extend(added);
            listed.sort_by_cached_key(|one| one.as_ref().ok().map(|one| one.path.clone()));
        }
        listed
    }

    fn origin(&self, path: &VPath) -> VPath {
        if self.files.contains_key(path) { path.clone() } else { self.below.origin(path) }
    }

    fn now(&self) -> Timestamp {
        self.below.now()
    }

    fn share(&self) -> Arc<dyn World> {
        Arc::new(self.clone())
    }
}
