//! A far side in memory that fails when it is told to, for tests.
//!
//! Invariant: a write that fails may have happened or not, as at a real server whose answer is lost.

use super::{Answer, Cause, How, Target, Trouble};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::sync::Mutex;

/// What stands there.
type Files = BTreeMap<String, (Vec<u8>, Option<How>)>;

/// What is looked at after every call that changed something.
type Watcher = Box<dyn Fn(&Files) + Send + Sync>;

/// A far side in memory.
#[derive(Default)]
pub(in crate::publish) struct Fake {
    pub(in crate::publish) files: Mutex<Files>,
    pub(in crate::publish) told: Mutex<Told>,
    /// How many files one request removes; 0 is one.
    pub bulk: usize,
    /// Whether it has folders.
    pub folders: bool,
    /// Whether a write that is cut leaves half a file.
    pub halves: bool,
    /// Called with what stands there after each change.
    pub watcher: Option<Watcher>,
}

#[derive(Default)]
pub(in crate::publish) struct Told {
    calls: Vec<String>,
    failing: Vec<(Cause, bool)>,
    /// From this call on nothing is reached; whether the first of them still happens.
    cut: Option<(usize, bool)>,
}

impl Fake {
    /// The next calls fail.
    pub fn fail_next(&self, times: usize, cause: Cause, passing: bool) {
        self.told.lock().unwrap().failing = vec![(cause, passing); times];
    }

    /// The line is cut at call `number`, counted from 0 from now; it may happen all the same, unheard.
    pub fn cut_at(&self, number: Option<usize>, happens: bool) {
        let mut told = self.told.lock().unwrap();
        told.calls.clear();
        told.cut = number.map(|number| (number, happens));
    }

    /// How many calls there were.
    pub fn calls(&self) -> usize {
        self.told.lock().unwrap().calls.len()
    }

    /// What was called.
    pub fn log(&self) -> Vec<String> {
        self.told.lock().unwrap().calls.clone()
    }

    /// What stands there.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.files.lock().unwrap().iter().map(|(path, (bytes, _))| (path.clone(), bytes.clone())).collect()
    }

    /// How a file is given out.
    pub fn how(&self, path: &str) -> Option<How> {
        self.files.lock().unwrap().get(path).and_then(|(_, how)| *how)
    }

    /// Somebody puts a file there.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        self.files.lock().unwrap().insert(path.to_owned(), (bytes.to_vec(), None));
    }

    /// Somebody takes a file away.
    pub fn take(&self, path: &str) {
        self.files.lock().unwrap().remove(path);
    }

    fn call<T>(&self, what: String, doing: impl FnOnce(&mut Files) -> Answer<T>) -> Answer<T> {
        let (failing, cut) = {
            let mut told = self.told.lock().unwrap();
            let number = told.calls.len();
            told.calls.push(what);
            (told.failing.pop(), told.cut.map(|(at, happens)| (number >= at, number == at && happens)))
        };
        if let Some((cause, passing)) = failing {
            return Err(Trouble { cause, passing });
        }
        if matches!(cut, Some((true, false))) {
            return Err(Trouble::lasting(Cause::Unreachable));
        }
        let mut files = self.files.lock().unwrap();
        let done = doing(&mut files);
        if let Some(watcher) = &self.watcher {
            watcher(&files);
        }
        if matches!(cut, Some((true, true))) && self.halves {
            let told = self.told.lock().unwrap();
            let written = told.calls.last().and_then(|call| call.strip_prefix("write "));
            if let Some((bytes, _)) = written.and_then(|path| files.get_mut(path)) {
                bytes.truncate(bytes.len() / 2);
            }
        }
        if matches!(cut, Some((true, true))) { Err(Trouble::lasting(Cause::Unreachable)) } else { done }
    }
}

impl Target for Fake {
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>> {
        self.call(format!("read {path}"), |files| Ok(files.get(path).map(|(bytes, _)| bytes.clone())))
    }

    fn write(&self, path: &str, bytes: &Bytes, how: How) -> Answer<()> {
        self.call(format!("write {path}"), |files| {
            if self.folders {
                let above = path.match_indices('/').any(|(end, _)| files.contains_key(&path[..end]));
                let below = format!("{path}/");
                if above || files.keys().any(|other| other.starts_with(&below)) {
                    return Err(Trouble::lasting(Cause::InTheWay));
                }
            }
            files.insert(path.to_owned(), (bytes.to_vec(), Some(how)));
            Ok(())
        })
    }

    fn stands(&self, path: &str) -> Answer<bool> {
        self.call(format!("stands {path}"), |files| Ok(files.contains_key(path)))
    }

    fn list(&self) -> Answer<Vec<String>> {
        self.call("list".to_owned(), |files| Ok(files.keys().cloned().collect()))
    }

    fn remove(&self, path: &str) -> Answer<()> {
        self.call(format!("remove {path}"), |files| {
            files.remove(path);
            Ok(())
        })
    }

    fn removes_at_once(&self) -> usize {
        self.bulk.max(1)
    }

    fn remove_many(&self, paths: &[&str]) -> Answer<()> {
        self.call(format!("remove {}", paths.join(" ")), |files| {
            paths.iter().for_each(|path| {
                files.remove(*path);
            });
            Ok(())
        })
    }

    fn keeps_encoding(&self) -> bool {
        !self.folders
    }

    fn replaces_whole(&self) -> bool {
        !self.halves
    }

    fn has_folders(&self) -> bool {
        self.folders
    }
}
