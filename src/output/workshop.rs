//! What is worked out once in a build and used by many files: the frame of all pages, bodies in their form for feeds, sheets
//! that were typeset, the handouts by shelf.
//!
//! Refuses: anything that a dependency does not cover. Whoever takes something from here has noted what it was made of.
//! Invariant: a workshop lives no longer than one build, and what is taken from it twice was made once.

use super::handout::pressed::Press;
use super::handout::shelves::Shelves;
use crate::model::Model;
use crate::world::OutPath;
use blake3::Hash;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::Value;

/// The workshop of one build.
#[derive(Default)]
pub struct Workshop {
    /// What was typeset.
    pub press: Press,
    shared: OnceLock<Shared>,
    shelves: OnceLock<Shelves>,
    planned: OnceLock<Planned>,
    made: OnceLock<MadeFiles>,
    portable: Mutex<BTreeMap<[u8; 32], Arc<str>>>,
}

/// What every page of a build shares, as the values that templates work with.
pub struct Shared {
    pub(super) frame: Value,
    pub(super) texts: Value,
}

impl Shared {
    /// The frame and the interface texts.
    pub fn new(frame: &impl serde::Serialize, texts: &impl serde::Serialize) -> Self {
        Self { frame: Value::from_serializable(frame), texts: Value::from_serializable(texts) }
    }
}

/// The files that the outputs of the first phase plan, for those of the last.
#[derive(Debug, Default)]
pub struct Planned {
    /// Sorted.
    paths: Vec<OutPath>,
    hash: OnceLock<Hash>,
}

impl Planned {
    /// Whether a page is planned at an address.
    pub fn has_page(&self, address: &str) -> bool {
        let wanted = format!("{}index.html", address.trim_start_matches('/'));
        self.paths.binary_search_by(|path| (**path).cmp(wanted.as_str())).is_ok()
    }

    /// Every path, sorted.
    pub fn paths(&self) -> impl Iterator<Item = &OutPath> {
        self.paths.iter()
    }

    /// Hash of the list.
    pub fn hash(&self) -> Hash {
        *self.hash.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            for path in &self.paths {
                hasher.update(path.as_bytes()).update(&[0]);
            }
            hasher.finalize()
        })
    }
}

/// Reads a file that another output made.
pub type ReadFile = Box<dyn Fn(&OutPath) -> Option<Vec<u8>> + Send + Sync>;

/// The files that are there when outputs of [`Phase::Files`](super::Phase) are made.
struct MadeFiles {
    hashes: BTreeMap<OutPath, Hash>,
    read: Mutex<Option<ReadFile>>,
}

impl MadeFiles {
    /// The bytes of a file, as its hash says.
    fn bytes(&self, path: &OutPath) -> Option<Vec<u8>> {
        let hash = self.hashes.get(path)?;
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = read.as_ref()?(path)?;
        drop(read);
        (blake3::hash(&bytes) == *hash).then_some(bytes)
    }
}

impl Workshop {
    /// Hands over the files of all other outputs, by the hashes of their bytes, and a way to read them; once.
    pub fn set_made(&self, hashes: BTreeMap<OutPath, Hash>, read: ReadFile) {
        let _ = self.made.set(MadeFiles { hashes, read: Mutex::new(Some(read)) });
    }

    /// Lets go of the way to read files; their hashes stay.
    pub fn close_files(&self) {
        if let Some(made) = self.made.get() {
            *made.read.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }

    /// Hash of a file that another output made; none before all of them are made.
    pub fn file_hash(&self, path: &OutPath) -> Option<Hash> {
        self.made.get()?.hashes.get(path).copied()
    }

    /// Bytes of a file that another output made.
    pub(super) fn file(&self, path: &OutPath) -> Option<Vec<u8>> {
        self.made.get()?.bytes(path)
    }

    /// Hands the list of planned files to the last phase; once.
    pub fn set_planned(&self, paths: impl Iterator<Item = OutPath>) {
        let mut paths: Vec<OutPath> = paths.collect();
        paths.sort();
        self.planned.get_or_init(|| Planned { paths, hash: OnceLock::new() });
    }

    /// The files that the first phase planned; none before it is over.
    pub fn planned(&self) -> &Planned {
        static NOTHING: Planned = Planned { paths: Vec::new(), hash: OnceLock::new() };
        self.planned.get().unwrap_or(&NOTHING)
    }

    /// What every page shares; made once.
    pub fn shared(&self, make: impl FnOnce() -> Shared) -> &Shared {
        self.shared.get_or_init(make)
    }

    /// All handouts, sorted onto the shelves of the gallery; sorted once.
    pub fn shelves(&self, model: &Model) -> &Shelves {
        self.shelves.get_or_init(|| Shelves::new(model))
    }

    /// A body's form for feeds, made once for all feeds that hold it. It follows from the body's HTML and its page.
    pub fn portable(&self, html: &str, page: &str, make: impl FnOnce(&str, &str) -> String) -> Arc<str> {
        let key = *blake3::Hasher::new()
            .update(page.as_bytes())
            .update(&[0])
            .update(html.as_bytes())
            .finalize()
            .as_bytes();
        let kept = || self.portable.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(&key) {
            return known.clone();
        }
        let fit: Arc<str> = make(html, page).into();
        kept().insert(key, fit.clone());
        fit
    }
}
