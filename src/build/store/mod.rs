//! The folder `.yuanba/`: what is kept between runs.
//!
//! Many small values lie in one file (`memory`, see `packed`), few large ones each in a file of their own (`kept/`). A run opens the store once and
//! hands it on: as a [`Cache`] to whoever makes pictures, sheets and proofs, as a [`Memory`] to whoever works something out for each bulletin.
//!
//! All values are sealed with a key of this user on this machine for this folder and this program (see [`super::machine`]), so that a value that came with a
//! clone, from another site, from another user or from another version of the program reads as none.
//!
//! Refuses: being needed. Everything in it can be made again; deleting the folder costs time, nothing else.
//! Invariant: a value read is one that was kept under that key, whole. It may be an earlier one where the folder was restored from a backup, so
//! whoever keeps a value makes it true on its own, by a key that says all that it depends on, or by a hash of what it speaks of.

#![expect(clippy::disallowed_methods, reason = "build/ is where the disk is written (DESIGN §3, rule 9)")]

mod kept;
mod packed;
mod segment;

use super::machine;
use crate::diag::Message;
use crate::world::{Cache, Memory, OpenFolder};
use kept::Kept;
use packed::{IDLE, Packed};
use segment::{Keys, Unfit};
use std::borrow::Cow;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// Name of the folder in the site.
pub const FOLDER: &str = ".yuanba";
/// What the seals of a store are made for.
const PURPOSE: &str = "store";
/// Where the store of earlier versions kept its values.
const EARLIER: &str = "values";

/// An open store, or one that keeps nothing. A copy is the same store: whoever works in a run has one.
#[derive(Clone)]
pub struct Store(Arc<Opened>);

struct Opened {
    path: PathBuf,
    handle: Option<OpenFolder>,
    values: Option<Values>,
    notes: Vec<Message>,
    now: SystemTime,
}

struct Values {
    kept: Kept,
    memory: Packed,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("path", &self.0.path).finish_non_exhaustive()
    }
}

impl Store {
    /// Opens the store of a site, making its folder where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be made, or is a link.
    pub fn open(site: &Path) -> io::Result<Self> {
        let above = OpenFolder::open(site)?;
        let is_new = above.dir().symlink_metadata(FOLDER).is_err();
        let folder = above.make(FOLDER)?;
        if is_new {
            // So that it is never committed, in whatever repository the site lies.
            folder.replace_loosely(".gitignore", b"*\n")?;
        }
        Ok(Self::of(site, folder, &machine::program(), clock()))
    }

    /// The store of a site that was built before; else one that keeps nothing, and no folder is made.
    pub fn existing(site: &Path) -> Self {
        match OpenFolder::open(site).and_then(|above| above.below(FOLDER)) {
            Ok(folder) => Self::of(site, folder, &machine::program(), clock()),
            Err(error) => {
                let mut nothing = Opened::nothing(site);
                if error.kind() != ErrorKind::NotFound {
                    nothing.notes.push(Message::new("store-unusable").with("reason", error));
                }
                Self(Arc::new(nothing))
            }
        }
    }

    fn of(site: &Path, folder: OpenFolder, program: &str, now: SystemTime) -> Self {
        let mut store = Opened { now, ..Opened::nothing(site) };
        let place = site.canonicalize().map(|site| site.join(FOLDER));
        let key = place.ok().and_then(|place| machine::seal_key(PURPOSE, &place));
        match key {
            Some(key) => match Values::open(&folder, &Keys::new(&key, program)) {
                Ok((values, unfit)) => {
                    store.notes.extend(unfit.map(|unfit| Message::new(said(unfit))));
                    store.values = Some(values);
                }
                Err(error) => store.notes.push(Message::new("store-unusable").with("reason", error)),
            },
            None => store.notes.push(Message::new("store-no-key")),
        }
        store.handle = Some(folder);
        Self(Arc::new(store))
    }

    /// Where the folder is.
    pub fn folder(&self) -> &Path {
        &self.0.path
    }

    /// The folder held open; none for a store that keeps nothing because there is no folder.
    pub fn handle(&self) -> Option<&OpenFolder> {
        self.0.handle.as_ref()
    }

    /// What there is to say of the store: why it keeps nothing, or begins anew.
    pub fn notes(&self) -> &[Message] {
        &self.0.notes
    }

    /// The same store as a memory that many may hold.
    pub fn shared(&self) -> Arc<dyn Memory + Send + Sync> {
        Arc::new(self.clone())
    }

    /// A large value, if it is kept.
    pub fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.values.as_ref()?.kept.get(key, self.0.now)
    }

    /// Keeps a large value.
    ///
    /// # Errors
    /// Where the disk does not take it; the old value stays.
    pub fn put(&self, key: &str, value: &[u8]) -> io::Result<()> {
        self.0.values.as_ref().map_or(Ok(()), |values| values.kept.put(key, value, self.0.now))
    }

    /// Ends a run: writes the small values that are new, and drops those that no run has used for ninety days. What the disk does not take is
    /// worked out again by the next run.
    pub fn save(&self) {
        let Some(values) = &self.0.values else { return };
        let _ = values.memory.save(self.0.today());
        values.kept.sweep(self.0.now, Duration::from_hours(24 * u64::from(IDLE)));
        if let Some(folder) = &self.0.handle {
            drop_earlier(folder);
        }
    }
}

impl Opened {
    /// A store that keeps nothing.
    fn nothing(site: &Path) -> Self {
        Self {
            path: site.join(FOLDER),
            handle: None,
            values: None,
            notes: Vec::new(),
            now: SystemTime::UNIX_EPOCH,
        }
    }

    fn today(&self) -> u32 {
        let age = self.now.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        u32::try_from(age.as_secs() / 86_400).unwrap_or(u32::MAX)
    }
}

impl Values {
    fn open(folder: &OpenFolder, keys: &Keys) -> io::Result<(Self, Option<Unfit>)> {
        let kept = Kept::open(folder, keys.clone())?;
        let (memory, unfit) = Packed::open(folder.try_clone()?, keys.clone());
        Ok((Self { kept, memory }, unfit))
    }
}

fn said(unfit: Unfit) -> &'static str {
    match unfit {
        Unfit::Version => "store-other-version",
        Unfit::Owner => "store-other-owner",
        Unfit::Program => "store-other-program",
        Unfit::Damaged => "store-damaged",
    }
}

impl Cache for Store {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        Self::get(self, key)
    }

    fn put(&self, key: &str, bytes: &[u8]) {
        // What is not kept is worked out again.
        let _ = Self::put(self, key, bytes);
    }
}

impl Memory for Store {
    fn recall(&self, kind: &'static str, key: &[u8]) -> Option<Cow<'_, [u8]>> {
        self.0.values.as_ref()?.memory.recall(kind, key, self.0.today()).map(Cow::Owned)
    }

    fn keep(&self, kind: &'static str, key: &[u8], value: Vec<u8>) {
        if let Some(values) = &self.0.values {
            values.memory.keep(kind, key, value, self.0.today());
        }
    }
}

/// When values count as used: the clock, or a later moment that the environment calls now. No page depends on it.
fn clock() -> SystemTime {
    let said = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok());
    let said = said.and_then(|seconds| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds)));
    said.map_or_else(SystemTime::now, |said| said.max(SystemTime::now()))
}

/// Drops the values of earlier versions of the program: files with names of 62 hexadecimal digits, in folders of two.
fn drop_earlier(folder: &OpenFolder) {
    let Ok(values) = folder.below(EARLIER) else { return };
    for shelf in kept::names(&values).iter().filter(|name| kept::is_ours(name, 2)) {
        let Ok(inside) = values.below(shelf) else { continue };
        for name in kept::names(&inside).iter().filter(|name| kept::is_ours(name, 62)) {
            if kept::name("slugs") == format!("{shelf}{name}") {
                continue;
            }
            let _ = inside.dir().remove_file(name);
        }
        let _ = values.dir().remove_dir(shelf);
    }
    let _ = folder.dir().remove_dir(EARLIER);
}

/// A value that an earlier version of the program kept, which had no key to its seal: only for what is looked at anew by whoever asks.
pub fn of_earlier_version(site: &Path, key: &str) -> Option<Vec<u8>> {
    let name = kept::name(key);
    let shelf =
        OpenFolder::open(site).ok()?.below(FOLDER).ok()?.below(EARLIER).ok()?.below(&name[..2]).ok()?;
    let mut bytes = shelf.read(&name[2..], 64 << 20).ok()?;
    if bytes.len() < blake3::OUT_LEN {
        return None;
    }
    let value = bytes.split_off(blake3::OUT_LEN);
    (bytes == blake3::hash(&value).as_bytes()).then_some(value)
}

#[cfg(test)]
mod tests;
