//! Very many small values in one file.
//!
//! Opening reads the index alone; a value is read with those around it, and its seal looked at, when somebody asks for it. What is new is put behind what is there, as one
//! segment; when more than half of the file is waste, or a value that is in use has not been marked so for a month, the file is written anew, without
//! what nobody has used for ninety days.
//!
//! Any number of commands may read. One at a time writes; another one that wants to lets it be, which costs time at its next run. What was not
//! written to the end, and what a power cut took, has no seal and reads as nothing.
//!
//! Refuses: believing a byte without its seal.
//! Invariant: a value read is one that was kept under that kind and key, whole. After a restored backup or a cut it may be an earlier one.

use super::segment::{Index, Keys, Name, Record, Segment, Unfit, read_at};
use crate::world::OpenFolder;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{OnceLock, PoisonError, RwLock};

/// Name of the file in the store.
pub(super) const FILE: &str = "memory";
/// Name of the lock for those who write it.
const LOCK: &str = "memory-lock";
/// So many segments are put one behind the other.
const SEGMENTS: usize = 200;
/// A value in use is marked anew after so many days.
const MARK: u32 = 30;
/// A value that is not in use goes after so many days.
pub(super) const IDLE: u32 = 90;
/// Bytes that are read at once.
const BLOCK: u64 = 1 << 18;
/// So many bytes of new values wait in memory; then they are written, in the middle of a run.
const WAITING: usize = 24 << 20;
/// Largest value. What is larger has a file of its own.
const LARGEST: usize = 64 << 20;

/// The packed file.
pub(super) struct Packed {
    keys: Keys,
    folder: OpenFolder,
    opened: RwLock<Opened>,
    fresh: RwLock<BTreeMap<Name, Fresh>>,
    /// Bytes in `fresh`, nearly.
    waiting: AtomicUsize,
    /// What waits at most.
    most_waiting: usize,
}

/// A value that this run keeps.
struct Fresh {
    value: Vec<u8>,
    seal: [u8; 16],
}

/// The file as it was found.
#[derive(Default)]
struct Opened {
    file: Option<File>,
    /// The first segment.
    base: Index,
    /// All later ones, made one.
    later: Index,
    segments: usize,
    waste: u64,
    /// Where the next segment begins; what follows is no segment.
    end: u64,
    /// Whether something follows that is no segment.
    torn: bool,
    /// The file in parts, each read when a value in it is asked for: one read for very many values, which is what most runs ask for.
    blocks: Vec<OnceLock<Option<Vec<u8>>>>,
    /// A bit a record, those of `base` first: whether this run used it.
    used: Vec<AtomicU64>,
    /// Whether one of them had not been marked for a month.
    aged: AtomicBool,
    /// Values that were found not to be as they were written.
    spoilt: RwLock<BTreeSet<Name>>,
}

impl Opened {
    /// Opens the file. What is of no use is left out, and why is told.
    fn open(folder: &OpenFolder, keys: &Keys) -> (Self, Option<Unfit>) {
        match folder.file(FILE) {
            Ok(file) => Self::read(file, keys),
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Self::default(), None),
            Err(_) => (Self::default(), Some(Unfit::Damaged)),
        }
    }

    fn read(file: File, keys: &Keys) -> (Self, Option<Unfit>) {
        let Ok(size) = file.metadata().map(|meta| meta.len()) else {
            return (Self::default(), Some(Unfit::Damaged));
        };
        let mut opened = Self::default();
        let mut later: BTreeMap<Name, Record> = BTreeMap::new();
        let mut unfit = None;
        while opened.end < size {
            match Segment::read(keys, &file, opened.end, size) {
                Ok(segment) => {
                    (opened.end, opened.waste) = (segment.end, segment.waste);
                    if opened.segments == 0 {
                        opened.base = segment.index;
                    } else {
                        later.extend(segment.index.iter().map(|record| (record.name, record)));
                    }
                    opened.segments += 1;
                }
                Err(why) => {
                    (unfit, opened.torn) = (Some(why), true);
                    break;
                }
            }
        }
        opened.later = Index::of(later.into_values().collect());
        let records = opened.base.len() + opened.later.len();
        opened.used = (0..records.div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        opened.blocks = (0..opened.end.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect();
        opened.file = Some(file);
        (opened, unfit)
    }

    /// A record and the number of its bit.
    fn find(&self, name: &Name) -> Option<(usize, Record)> {
        if let Some(number) = self.later.find(name) {
            return Some((self.base.len() + number, self.later.get(number)));
        }
        self.base.find(name).map(|number| (number, self.base.get(number)))
    }

    fn mark(&self, number: usize, record: &Record, today: u32) {
        self.used[number / 64].fetch_or(1 << (number % 64), Ordering::Relaxed);
        if record.day + MARK <= today {
            self.aged.store(true, Ordering::Relaxed);
        }
    }

    fn is_used(&self, number: usize) -> bool {
        self.used[number / 64].load(Ordering::Relaxed) & (1 << (number % 64)) != 0
    }

    /// A part of the file; none where it cannot be read.
    fn block(&self, number: u64) -> Option<&[u8]> {
        let block = self.blocks.get(usize::try_from(number).ok()?)?;
        let read = || {
            let len = (self.end - number * BLOCK).min(BLOCK);
            let mut bytes = vec![0; usize::try_from(len).ok()?];
            read_at(self.file.as_ref()?, &mut bytes, number * BLOCK).ok()?;
            Some(bytes)
        };
        block.get_or_init(read).as_deref()
    }

    fn bytes(&self, record: &Record) -> Option<Vec<u8>> {
        let mut value = Vec::with_capacity(record.len as usize);
        let end = record.at + u64::from(record.len);
        let mut at = record.at;
        while at < end {
            let block = self.block(at / BLOCK)?;
            let from = usize::try_from(at % BLOCK).ok()?;
            let until = block.len().min(from + usize::try_from(end - at).ok()?);
            let part = block.get(from..until).filter(|part| !part.is_empty())?;
            value.extend_from_slice(part);
            at += part.len() as u64;
        }
        Some(value)
    }

    fn value(&self, record: &Record, keys: &Keys) -> Option<Vec<u8>> {
        let value = self.bytes(record).unwrap_or_default();
        if keys.seal(&record.name, &value) == record.seal {
            return Some(value);
        }
        self.spoilt.write().unwrap_or_else(PoisonError::into_inner).insert(record.name);
        None
    }

    fn is_spoilt(&self, name: &Name) -> bool {
        self.spoilt.read().unwrap_or_else(PoisonError::into_inner).contains(name)
    }

    /// Whether the file of that name is still the one that was opened, as long as it was.
    fn is_current(&self, folder: &OpenFolder) -> bool {
        let now = folder.file(FILE).ok();
        match (&self.file, now) {
            (None, None) => true,
            (Some(then), Some(now)) => same(then, &now).unwrap_or(false),
            _ => false,
        }
    }

    /// The records that are worth keeping, in the order in which their values stand.
    fn live(&self, fresh: &BTreeMap<Name, Fresh>, today: u32) -> Vec<Record> {
        let base = self.base.iter().enumerate().filter(|(_, record)| self.later.find(&record.name).is_none());
        let later = self.later.iter().enumerate().map(|(number, record)| (self.base.len() + number, record));
        let mut live: Vec<Record> = base
            .chain(later)
            .filter(|(_, record)| !fresh.contains_key(&record.name))
            .filter_map(|(number, record)| {
                if self.is_used(number) {
                    return Some(Record { day: today.max(record.day), ..record });
                }
                (record.day + IDLE >= today).then_some(record)
            })
            .collect();
        live.sort_unstable_by_key(|record| record.at);
        live
    }
}

/// Whether two handles are of one file, as long by the one as by the other.
fn same(one: &File, other: &File) -> io::Result<bool> {
    let (one, other) = (one.metadata()?, other.metadata()?);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (one.dev(), one.ino()) != (other.dev(), other.ino()) {
            return Ok(false);
        }
    }
    Ok(one.len() == other.len() && one.modified()? == other.modified()?)
}

impl Packed {
    /// Opens the memory of a store, and tells what of it was of no use.
    pub fn open(folder: OpenFolder, keys: Keys) -> (Self, Option<Unfit>) {
        let (opened, unfit) = Opened::open(&folder, &keys);
        let (opened, fresh) = (RwLock::new(opened), RwLock::default());
        (Self { keys, folder, opened, fresh, waiting: AtomicUsize::new(0), most_waiting: WAITING }, unfit)
    }

    /// A value.
    pub fn recall(&self, kind: &str, key: &[u8], today: u32) -> Option<Vec<u8>> {
        let name = self.keys.name(kind, key);
        if let Some(fresh) = self.fresh.read().unwrap_or_else(PoisonError::into_inner).get(&name) {
            return Some(fresh.value.clone());
        }
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        let (number, record) = opened.find(&name)?;
        let value = opened.value(&record, &self.keys)?;
        opened.mark(number, &record, today);
        Some(value)
    }

    /// Keeps a value; one that is kept already is marked as used.
    pub fn keep(&self, kind: &str, key: &[u8], value: Vec<u8>, today: u32) {
        if value.len() > LARGEST {
            return;
        }
        let name = self.keys.name(kind, key);
        let seal = self.keys.seal(&name, &value);
        let opened = self.opened.read().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = self.fresh.write().unwrap_or_else(PoisonError::into_inner);
        match opened.find(&name) {
            Some((number, record))
                if record.seal == seal && record.len as usize == value.len() && !opened.is_spoilt(&name) =>
            {
                fresh.remove(&name);
                opened.mark(number, &record, today);
            }
            _ => {
                self.waiting.fetch_add(value.len(), Ordering::Relaxed);
                fresh.insert(name, Fresh { value, seal });
            }
        }
        drop((opened, fresh));
        if self.waiting.load(Ordering::Relaxed) > self.most_waiting {
            // What the disk does not take now waits for the end.
            let _ = self.save(today);
            self.waiting.store(0, Ordering::Relaxed);
        }
    }

    /// Writes what is new.
    ///
    /// # Errors
    /// Where the disk does not take it; what was there stays.
    pub fn save(&self, today: u32) -> io::Result<()> {
        let mut opened = self.opened.write().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = self.fresh.write().unwrap_or_else(PoisonError::into_inner);
        let is_due = |opened: &Opened| opened.torn || opened.aged.load(Ordering::Relaxed);
        if fresh.is_empty() && !is_due(&opened) {
            return Ok(());
        }
        let lock = self.folder.file_to_change(LOCK)?;
        match lock.try_lock() {
            // Another command is writing. What this one has is worked out again.
            Err(std::fs::TryLockError::WouldBlock) => return Ok(()),
            // Some network shares know no locks; a file that two have written has no seal.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => {}
        }
        if !opened.is_current(&self.folder) {
            *opened = Opened::open(&self.folder, &self.keys).0;
            if fresh.is_empty() && !is_due(&opened) {
                return Ok(());
            }
        }
        let shadowed: u64 =
            fresh.keys().filter_map(|name| opened.find(name)).map(|(_, one)| u64::from(one.len)).sum();
        let waste = opened.waste + shadowed;
        let values: u64 = fresh.values().map(|one| one.value.len() as u64).sum();
        let anew = opened.segments == 0
            || opened.segments >= SEGMENTS
            || is_due(&opened)
            || waste * 2 > opened.end + values;
        if anew {
            self.rewrite(&opened, &fresh, today)?;
        } else {
            self.append(&opened, &fresh, waste, today)?;
        }
        drop(lock);
        fresh.clear();
        self.waiting.store(0, Ordering::Relaxed);
        *opened = Opened::open(&self.folder, &self.keys).0;
        Ok(())
    }

    /// Puts a segment behind the last one.
    fn append(
        &self,
        opened: &Opened,
        fresh: &BTreeMap<Name, Fresh>,
        waste: u64,
        today: u32,
    ) -> io::Result<()> {
        let mut at = opened.end + Segment::before_values(fresh.len());
        let begin = at;
        let index = Index::of(fresh.iter().map(|(name, one)| record(name, one, &mut at, today)).collect());
        let mut bytes = Segment::print(&self.keys, opened.end, &index, at - begin, waste);
        fresh.values().for_each(|one| bytes.extend_from_slice(&one.value));
        let mut file = self.folder.file_to_change(FILE)?;
        file.seek(SeekFrom::Start(opened.end))?;
        file.write_all(&bytes)
    }

    /// Writes the whole file, without what is waste or idle.
    fn rewrite(&self, opened: &Opened, fresh: &BTreeMap<Name, Fresh>, today: u32) -> io::Result<()> {
        let old = opened.live(fresh, today);
        let begin = Segment::before_values(old.len() + fresh.len());
        let mut at = begin;
        let moved = old.iter().map(|record| {
            let place = at;
            at += u64::from(record.len);
            Record { at: place, ..*record }
        });
        let mut records: Vec<Record> = moved.collect();
        records.extend(fresh.iter().map(|(name, one)| record(name, one, &mut at, today)));
        let head = Segment::print(&self.keys, 0, &Index::of(records), at - begin, 0);
        self.folder.replace_loosely_with(FILE, &mut |out| {
            let mut out = io::BufWriter::with_capacity(1 << 20, out);
            out.write_all(&head)?;
            for record in &old {
                // A value that cannot be read, or is damaged, stays so: its seal goes with it.
                let value = opened.bytes(record).unwrap_or_else(|| vec![0; record.len as usize]);
                out.write_all(&value)?;
            }
            fresh.values().try_for_each(|one| out.write_all(&one.value))?;
            out.flush()
        })
    }
}

/// The record of a new value that stands at `at`, which moves on behind it.
fn record(name: &Name, one: &Fresh, at: &mut u64, today: u32) -> Record {
    let len = u32::try_from(one.value.len()).expect("a value has less than 2^32 bytes");
    let record = Record { name: *name, at: *at, len, day: today, seal: one.seal };
    *at += u64::from(len);
    record
}

#[cfg(test)]
#[path = "packed_tests.rs"]
mod tests;
