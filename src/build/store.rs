//! The folder `.yuanba/`: small values by key, kept between runs.
//!
//! Refuses: being needed. Everything in it can be made again; deleting the folder costs time, nothing else.
//! Invariant: a value read is a value put under that key, whole. A file torn by a power cut reads as none.

#![expect(clippy::disallowed_methods, reason = "build/ is where the disk is written (DESIGN §3, rule 9)")]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Name of the folder in the site.
pub const FOLDER: &str = ".yuanba";
/// Bytes of the hash before every value.
const SEAL: usize = blake3::OUT_LEN;

/// An open store.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    used: Mutex<BTreeSet<PathBuf>>,
    next: AtomicU64,
}

impl Store {
    /// Opens the store of a site, making its folder where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be made.
    pub fn open(site: &Path) -> io::Result<Self> {
        let folder = site.join(FOLDER);
        match fs::create_dir(&folder) {
            Ok(()) => {
                // So that it is never committed, in whatever repository the site lies.
                fs::write(folder.join(".gitignore"), "*\n")?;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
        Ok(Self { folder, used: Mutex::default(), next: AtomicU64::new(0) })
    }

    /// The folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A value, if it is kept.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        let file = self.file(key);
        let mut bytes = fs::read(&file).ok()?;
        if bytes.len() < SEAL {
            return None;
        }
        let value = bytes.split_off(SEAL);
        if bytes != blake3::hash(&value).as_bytes() {
            return None;
        }
        self.use_of(file);
        Some(value)
    }

    /// Keeps a value.
    ///
    /// # Errors
    /// Where the disk does not take it; the old value stays.
    pub fn put(&self, key: &str, value: &[u8]) -> io::Result<()> {
        let file = self.file(key);
        let folder = file.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        // The process and a counter keep writers of one key apart; the rename makes the last one win, whole.
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let fresh = folder.join(format!("new-{}-{number}", std::process::id()));
        let written = File::create(&fresh).and_then(|mut out| {
            out.write_all(blake3::hash(value).as_bytes())?;
            out.write_all(value)
        });
        if let Err(error) = written.and_then(|()| fs::rename(&fresh, &file)) {
            let _ = fs::remove_file(&fresh);
            return Err(error);
        }
        self.use_of(file);
        Ok(())
    }

    /// Drops a value.
    pub fn remove(&self, key: &str) {
        let _ = fs::remove_file(self.file(key));
    }

    /// Drops values that no run has asked for in so long a time, and what killed runs left half written.
    /// Values used by this run count as used at `now`.
    pub fn sweep(&self, now: SystemTime, idle: Duration) {
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let Ok(shelves) = fs::read_dir(self.folder.join("values")) else { return };
        for shelf in shelves.flatten() {
            let Ok(values) = fs::read_dir(shelf.path()) else { continue };
            for value in values.flatten() {
                let path = value.path();
                if used.contains(&path) {
                    let _ = File::options().append(true).open(&path).and_then(|file| file.set_modified(now));
                    continue;
                }
                let last = value.metadata().and_then(|meta| meta.modified()).unwrap_or(now);
                if now.duration_since(last).is_ok_and(|age| age > idle) {
                    let _ = fs::remove_file(&path);
                }
            }
        }
    }

    fn use_of(&self, file: PathBuf) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(file);
    }

    /// Keys may be anything; their hashes are names on every disk. 256 shelves keep folders small.
    fn file(&self, key: &str) -> PathBuf {
        let hash = blake3::hash(key.as_bytes()).to_hex();
        self.folder.join("values").join(&hash[..2]).join(&hash[2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_values_whole() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::open(site.path()).unwrap();
        assert_eq!(store.get("照片 1"), None);
        store.put("照片 1", b"one").unwrap();
        store.put("照片 1", b"two").unwrap();
        store.put("empty", b"").unwrap();
        let store = Store::open(site.path()).unwrap();
        assert_eq!(store.get("照片 1").as_deref(), Some(&b"two"[..]));
        assert_eq!(store.get("empty").as_deref(), Some(&b""[..]));
        let file = store.file("照片 1");
        let bytes = fs::read(&file).unwrap();
        for torn in [&bytes[..0], &bytes[..5], &bytes[..bytes.len() - 1], &vec![0; bytes.len()]] {
            fs::write(&file, torn).unwrap();
            assert_eq!(store.get("照片 1"), None);
        }
        store.remove("empty");
        assert_eq!(store.get("empty"), None);
    }

    #[test]
    fn many_writers_of_one_key_leave_one_whole_value() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::open(site.path()).unwrap();
        std::thread::scope(|scope| {
            for letter in b'a'..b'i' {
                let store = &store;
                scope.spawn(move || (0..50).for_each(|_| store.put("key", &[letter; 9999]).unwrap()));
            }
        });
        let value = store.get("key").unwrap();
        assert!(value.len() == 9999 && value.iter().all(|byte| *byte == value[0]));
        assert_eq!(fs::read_dir(store.file("key").parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn sweeping_keeps_what_is_used() {
        let site = tempfile::tempdir().unwrap();
        let store = Store::open(site.path()).unwrap();
        store.put("old", b"1").unwrap();
        store.put("used", b"2").unwrap();
        let store = Store::open(site.path()).unwrap();
        store.get("used").unwrap();
        let later = fs::metadata(store.file("old")).unwrap().modified().unwrap() + Duration::from_secs(100);
        store.sweep(later, Duration::from_secs(200));
        assert!(store.get("old").is_some());
        let store = Store::open(site.path()).unwrap();
        store.sweep(later + Duration::from_secs(50), Duration::from_mins(2));
        assert_eq!((store.get("old"), store.get("used").is_some()), (None, true));
    }
}
