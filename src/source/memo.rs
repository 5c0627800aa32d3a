//! What was worked out for a file's bytes before; it makes `serve` quick.
//!
//! Refuses: results for other bytes or another identity.
//! Invariant: with or without a memo the results are the same.

use super::ParsedFile;
use crate::diag::FileId;
use crate::world::VPath;
use blake3::Hash;
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

type Kept<T> = Mutex<HashMap<VPath, (Hash, FileId, T)>>;

/// Results by path and hash. A build that runs once uses [`Memo::off`], which keeps nothing.
#[derive(Default)]
pub struct Memo {
    on: bool,
    files: Kept<Arc<ParsedFile>>,
    others: Kept<Arc<dyn Any + Send + Sync>>,
}

impl Memo {
    /// A memo that keeps everything.
    pub fn on() -> Self {
        Self { on: true, ..Self::default() }
    }

    /// A memo that keeps nothing.
    pub fn off() -> Self {
        Self::default()
    }

    /// A parsed file.
    pub fn file(
        &self,
        path: &VPath,
        id: FileId,
        bytes: &[u8],
        make: impl FnOnce() -> ParsedFile,
    ) -> Arc<ParsedFile> {
        self.keep(&self.files, path, id, bytes, || Arc::new(make()))
    }

    /// Anything else that follows from a file's bytes alone, one kind of value for one path.
    ///
    /// # Panics
    /// If two kinds of values are asked for one path.
    pub fn other<T: Any + Send + Sync>(
        &self,
        path: &VPath,
        bytes: &[u8],
        make: impl FnOnce() -> T,
    ) -> Arc<T> {
        let kept = self
            .keep(&self.others, path, FileId(0), bytes, || Arc::new(make()) as Arc<dyn Any + Send + Sync>);
        kept.downcast().expect("one kind of value for one path")
    }

    fn keep<T: Clone>(
        &self,
        kept: &Kept<T>,
        path: &VPath,
        id: FileId,
        bytes: &[u8],
        make: impl FnOnce() -> T,
    ) -> T {
        if !self.on {
            return make();
        }
        let hash = blake3::hash(bytes);
        if let Some((known, file, value)) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(path)
            && *known == hash
            && *file == id
        {
            return value.clone();
        }
        let value = make();
        kept.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), (hash, id, value.clone()));
        value
    }
}
