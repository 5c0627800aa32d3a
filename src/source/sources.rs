//! Which file has which identity, and what its text is.
//!
//! Refuses: two identities for one path.
//! Invariant: identities are given out in the order of asking and stay for the life of the table.

use crate::diag::{FileId, Files};
use crate::world::VPath;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The table of files.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    by_path: BTreeMap<String, FileId>,
    files: Vec<(String, Option<VPath>, Arc<str>)>,
}

impl Sources {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The identity of a path.
    pub fn intern(&mut self, path: &VPath) -> FileId {
        let id = self.intern_text(path);
        self.files[id.0 as usize].1 = Some(path.clone());
        id
    }

    /// The identity of something that can be shown as a path but may be none.
    ///
    /// # Panics
    /// If there are 2^32 files.
    pub fn intern_text(&mut self, path: &str) -> FileId {
        if let Some(id) = self.by_path.get(path) {
            return *id;
        }
        let id = FileId(u32::try_from(self.files.len()).expect("fewer than 2^32 files"));
        self.files.push((path.to_owned(), VPath::new(path).ok(), "".into()));
        self.by_path.insert(path.to_owned(), id);
        id
    }

    /// The identity of a path that was interned; the first file's for others.
    pub fn id(&self, path: &str) -> FileId {
        self.by_path.get(path).copied().unwrap_or(FileId(0))
    }

    /// The path of a file.
    ///
    /// # Panics
    /// If the file is known by a text that is no path.
    pub fn vpath(&self, id: FileId) -> &VPath {
        self.files[id.0 as usize].1.as_ref().expect("files that are read have paths")
    }

    /// The paths of all files.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(path, ..)| path.as_str())
    }

    /// Sets the text of a file.
    pub fn set_text(&mut self, id: FileId, text: Arc<str>) {
        self.files[id.0 as usize].2 = text;
    }
}

impl Files for Sources {
    fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(path, ..)| path)
    }

    fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |(.., text)| text)
    }
}
