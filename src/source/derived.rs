//! Values that follow from a file and from something besides: kept between runs until one of the two changes.
//!
//! What was found in a text under the site's settings, what the search takes from it, how it is read aloud: each is worked out where
//! it is asked for, and only if the file or the other inputs differ from the last time.
//!
//! ```ignore
//! let derived = Derived::new(&model.sources, "personal-data", inputs_hash(&allowed, today));
//! let found: Vec<Vec<Diagnostic>> = model.entries.par_iter()
//!     .map(|entry| derived.of(entry.file, b"", || search(&model.sources.tree(entry.file))))
//!     .collect();
//! ```
//!
//! Refuses: to keep a value with a place in another file.
//! Invariant: what `work` gives depends on the file's bytes, on `inputs` and on `own`, and on nothing else; that is the caller's word.

use super::Sources;
use super::memo::{keep, recall};
use crate::diag::FileId;
use crate::world::VPath;
use blake3::Hash;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Values of one kind, for any number of files.
pub struct Derived<'s> {
    sources: &'s Sources,
    kind: &'static str,
    inputs: Hash,
}

/// A value, and what it followed from besides its key.
#[derive(Serialize, Deserialize)]
struct Kept<T> {
    inputs: [u8; 16],
    value: T,
}

impl<'s> Derived<'s> {
    /// Values of `kind` that follow from files and from what `inputs` is the hash of: settings, word lists, the day.
    pub fn new(sources: &'s Sources, kind: &'static str, inputs: Hash) -> Self {
        Self { sources, kind, inputs }
    }

    /// The value of one file: the kept one, or what `work` gives. `own` is what it follows from besides the file and the inputs of
    /// all. Any number of threads may ask at once.
    pub fn of<T: Serialize + DeserializeOwned>(
        &self,
        file: FileId,
        own: &[u8],
        work: impl FnOnce() -> T,
    ) -> T {
        let (Some(memory), Some(hash)) = (self.sources.memory(), self.sources.hash(file)) else {
            return work();
        };
        let mut key = hash.as_bytes().to_vec();
        if !own.is_empty() {
            key.extend_from_slice(&blake3::hash(own).as_bytes()[..16]);
        }
        let mut inputs = [0; 16];
        inputs.copy_from_slice(&self.inputs.as_bytes()[..16]);
        // One slot for a file, so that a value that follows from the day is one value and not one a day.
        if let Some(kept) = recall::<Kept<T>>(memory, self.kind, &key, file)
            && kept.inputs == inputs
        {
            return kept.value;
        }
        let kept = Kept { inputs, value: work() };
        if !self.sources.has_changed(file) {
            keep(memory, self.kind, &key, file, &kept);
        }
        kept.value
    }
}

impl Derived<'_> {
    /// The value of a file that is no text of the site: a document beside a bulletin, of which the hash is known. Its bytes are read where the value has
    /// to be worked out; none where they have another hash by now, which the build will say.
    pub fn of_document<T: Serialize + DeserializeOwned>(
        &self,
        path: &VPath,
        hash: &Hash,
        own: &[u8],
        work: impl FnOnce(&[u8]) -> T,
    ) -> Option<T> {
        let mut key = hash.as_bytes().to_vec();
        key.extend_from_slice(&blake3::hash(own).as_bytes()[..16]);
        let mut inputs = [0; 16];
        inputs.copy_from_slice(&self.inputs.as_bytes()[..16]);
        let memory = self.sources.memory();
        if let Some(kept) = memory.and_then(|memory| recall::<Kept<T>>(memory, self.kind, &key, NO_FILE))
            && kept.inputs == inputs
        {
            return Some(kept.value);
        }
        let kept = Kept { inputs, value: work(&self.sources.document(path, hash)?) };
        if let Some(memory) = memory {
            keep(memory, self.kind, &key, NO_FILE, &kept);
        }
        Some(kept.value)
    }
}

/// For values without places.
const NO_FILE: FileId = FileId(u32::MAX);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Files, Span};
    use crate::source::{Memo, Reading, read_all};
    use crate::world::{MemoryWorld, World};
    use std::cell::Cell;

    fn sources(world: &MemoryWorld, memo: &Memo) -> (Sources, FileId) {
        let mut sources = Sources::begin(world, memo);
        let listed = world.list(&VPath::new("content").unwrap()).remove(0).unwrap();
        let id = sources.intern(&listed.path);
        let reading = Reading::new(world, memo, false);
        read_all(&reading, &[(listed, id)], &mut sources, &mut crate::diag::Sink::new());
        (sources, id)
    }

    #[test]
    fn a_value_is_worked_out_again_only_when_something_differs() {
        let memo = Memo::on();
        let mut world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH).with("content/a.md", "一二三");
        let worked = Cell::new(0);
        let length = |world: &MemoryWorld, inputs: &[u8], own: &[u8]| {
            let (sources, id) = sources(world, &memo);
            Derived::new(&sources, "length", blake3::hash(inputs)).of(id, own, || {
                worked.set(worked.get() + 1);
                sources.text(id).chars().count()
            })
        };
        assert_eq!((length(&world, b"1", b""), length(&world, b"1", b""), worked.get()), (3, 3, 1));
        assert_eq!((length(&world, b"2", b""), worked.get()), (3, 2), "other inputs");
        assert_eq!((length(&world, b"2", b"own"), worked.get()), (3, 3), "of its own");
        world.put("content/a.md", "一二三四");
        assert_eq!((length(&world, b"2", b""), worked.get()), (4, 4), "another text");
    }

    #[test]
    fn places_come_back_and_those_elsewhere_are_not_kept() {
        let memo = Memo::on();
        let world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH).with("content/a.md", "一二三");
        let (sources, id) = sources(&world, &memo);
        let derived = Derived::new(&sources, "place", blake3::hash(b""));
        let place = Span::new(id, 3..6);
        assert_eq!(derived.of(id, b"", || place), place);
        assert_eq!(derived.of(id, b"", || Span::whole(id)), place, "kept");
        let elsewhere = Span::whole(FileId(9));
        assert_eq!(derived.of(id, b"x", || elsewhere), elsewhere);
        assert_eq!(derived.of(id, b"x", || place), place, "not kept");
    }
}
