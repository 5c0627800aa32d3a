//! What is kept between runs: the interfaces behind which the store stands, and their stand-ins for tests.
//!
//! Two sorts of results are kept. A [`Cache`] takes few large ones (a resized photo, a typeset sheet), each a file of its own. A
//! [`Memory`] takes very many small ones (what a bulletin's outline says, what was found in it) in one file.
//!
//! Invariant: keeping is never needed. A result that is gone is worked out again, with the same bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

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

/// A memory and a cache that end with the process: for the preview, and for tests.
#[derive(Debug, Default)]
pub struct Volatile {
    values: Mutex<BTreeMap<(&'static str, Vec<u8>), Arc<[u8]>>>,
    files: Mutex<BTreeMap<String, Arc<[u8]>>>,
}

impl Memory for Volatile {
    fn recall(&self, kind: &'static str, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        let found =
            self.values.lock().unwrap_or_else(PoisonError::into_inner).get(&(kind, key.to_vec())).cloned();
        found.map(|value| Cow::Owned(value.to_vec()))
    }

    fn keep(&self, kind: &'static str, key: &[u8], value: Vec<u8>) {
        self.values.lock().unwrap_or_else(PoisonError::into_inner).insert((kind, key.to_vec()), value.into());
    }
}

impl Cache for Volatile {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        let found = self.files.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        found.map(|bytes| bytes.to_vec())
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.into());
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
}
