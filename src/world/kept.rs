//! What is kept between runs: the interfaces behind which the store stands, and their stand-ins for tests.
//!
//! Two sorts of results are kept. A [`Cache`] takes few large ones (a resized photo, a typeset sheet), each a file of its own. A
//! [`Memory`] takes very many small ones (what a bulletin's outline says, what was found in it) in one file.
//!
//! Invariant: keeping is never needed. A result that is gone is worked out again, with the same bytes.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Keeps costly results between runs, by keys that say everything that they depend on.
pub trait Cache: Sync {
    /// A result, if it is kept.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Keeps a result; failing to is no error.
    fn put(&self, key: &str, bytes: &[u8]);
}

/// Keeps small values between runs, in one file.
///
/// A value has a kind (`"outline"`) and a key within the kind. One that is read was kept under that kind and key, whole, by this program, on this
/// machine, for this site; anything else reads as none. After a restored backup it may be an earlier one: so a value has to be true on its own, by a
/// key that says all that it depends on, or by holding the hash of what it speaks of. What is neither recalled nor kept again for ninety days goes.
pub trait Memory: Sync {
    /// A value, if it is kept. Any thread may ask; a value is read from the disk when it is asked for.
    fn recall(&self, kind: &'static str, key: &[u8]) -> Option<Cow<'_, [u8]>>;
    /// Keeps a value; failing to is no error. Keeping the same value again writes nothing.
    fn keep(&self, kind: &'static str, key: &[u8], value: Vec<u8>);
}

/// A cache that keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoCache;

impl Cache for NoCache {
    fn get(&self, _key: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _key: &str, _bytes: &[u8]) {}
}

/// A memory that keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoMemory;

impl Memory for NoMemory {
    fn recall(&self, _kind: &'static str, _key: &[u8]) -> Option<Cow<'_, [u8]>> {
        None
    }

    fn keep(&self, _kind: &'static str, _key: &[u8], _value: Vec<u8>) {}
}

/// A memory and a cache that end with the process: for the preview, and for tests. Whoever runs for long says when a round of work
/// begins and when what nobody needs any more can go.
#[derive(Debug, Default)]
pub struct Volatile {
    values: Shelf<(&'static str, Vec<u8>)>,
    files: Shelf<String>,
    round: AtomicU32,
}

/// Values, each with the round in which it was asked for last.
type Shelf<K> = Mutex<BTreeMap<K, (Arc<[u8]>, u32)>>;

/// For so many rounds a small value stays that nobody asks for.
const ROUNDS: u32 = 64;

impl Volatile {
    /// Begins a round.
    pub fn begin(&self) {
        self.round.fetch_add(1, Ordering::Relaxed);
    }

    /// Drops the large results that neither this round asked for nor `needed` names, and small values that have long not been asked for.
    pub fn tidy(&self, needed: &BTreeSet<&str>) {
        let round = self.round();
        locked(&self.files).retain(|key, (_, last)| *last == round || needed.contains(key.as_str()));
        locked(&self.values).retain(|_, (_, last)| round - *last <= ROUNDS);
    }

    /// How many bytes are kept.
    pub fn size(&self) -> usize {
        let files: usize = locked(&self.files).values().map(|(bytes, _)| bytes.len()).sum();
        files + locked(&self.values).values().map(|(bytes, _)| bytes.len()).sum::<usize>()
    }

    fn round(&self) -> u32 {
        self.round.load(Ordering::Relaxed)
    }
}

fn locked<T>(shelf: &Mutex<T>) -> MutexGuard<'_, T> {
    shelf.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory for Volatile {
    fn recall(&self, kind: &'static str, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        let mut values = locked(&self.values);
        let (value, last) = values.get_mut(&(kind, key.to_vec()))?;
        *last = self.round();
        Some(Cow::Owned(value.to_vec()))
    }

    fn keep(&self, kind: &'static str, key: &[u8], value: Vec<u8>) {
        locked(&self.values).insert((kind, key.to_vec()), (value.into(), self.round()));
    }
}

impl Cache for Volatile {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let mut files = locked(&self.files);
        let (bytes, last) = files.get_mut(key)?;
        *last = self.round();
        Some(bytes.to_vec())
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        locked(&self.files).insert(key.to_owned(), (bytes.into(), self.round()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_volatile_memory_tells_kinds_and_keys_apart() {
        let memory = Volatile::default();
        memory.keep("outline", b"a", b"1".to_vec());
        memory.keep("outline", b"a", b"2".to_vec());
        memory.keep("finding", b"a", b"3".to_vec());
        assert_eq!(memory.recall("outline", b"a").as_deref(), Some(&b"2"[..]));
        assert_eq!(memory.recall("finding", b"a").as_deref(), Some(&b"3"[..]));
        assert_eq!(memory.recall("outline", b"b"), None);
        assert_eq!(NoMemory.recall("outline", b"a"), None);
    }

    #[test]
    fn what_nobody_needs_goes() {
        let kept = Volatile::default();
        for (key, bytes) in [("needed", b"1"), ("asked", b"2"), ("old", b"3")] {
            kept.put(key, bytes);
        }
        kept.keep("outline", b"a", b"4".to_vec());
        kept.begin();
        assert!(kept.get("asked").is_some());
        kept.tidy(&BTreeSet::from(["needed"]));
        assert_eq!((kept.get("old"), kept.get("needed").as_deref()), (None, Some(&b"1"[..])));
        assert_eq!(kept.size(), 3);
        (0..=ROUNDS).for_each(|_| kept.begin());
        kept.tidy(&BTreeSet::new());
        assert_eq!(kept.size(), 0);
    }
}
