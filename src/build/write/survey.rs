//! Compares what our list says of `public/` with what is there, so that a file which somebody changed or deleted is
//! made anew.
//!
//! Length and time of a file settle it without reading; they are remembered in `.yuanba/`. A file with another time,
//! or a forgotten one, is read and hashed once. An edit that keeps both the length and the time to the nanosecond
//! goes unseen, as it does with Git and make.
//!
//! Refuses: links. What we wrote are files.
//! Invariant: a file in [`Stamps`] had, when it was looked at, the bytes that the list says.

use super::disk::{Stamp, stamp_of};
use super::manifest::{Manifest, Written};
use super::place::OutputFolder;
use super::tree::{Tree, read_in};
use crate::build::store::Store;
use crate::world::OutPath;
use cap_std::fs::Dir;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

/// Stands for the time of a file that is not as we wrote it.
const UNKNOWN: i64 = i64::MIN;

/// Files that are as we wrote them, with their times.
pub(super) type Stamps = BTreeMap<OutPath, Stamp>;

/// Which files of the list are there unharmed. Each folder is opened once, and each file of it looked at by its name.
pub(super) fn survey(output: &Tree, manifest: &Manifest, known: &Stamps) -> Stamps {
    let files: Vec<(&OutPath, &Written)> = manifest.files.iter().collect();
    let folder = |path: &OutPath| path.rfind('/').map_or(0, |end| end + 1);
    let same =
        |one: &(&OutPath, _), other: &(&OutPath, _)| one.0[..folder(one.0)] == other.0[..folder(other.0)];
    let folders: Vec<&[(&OutPath, &Written)]> = files.chunk_by(same).collect();
    let found: Vec<(OutPath, Stamp)> = folders
        .par_iter()
        .with_min_len(16)
        .flat_map_iter(|files| {
            let above = output.above(Path::new(&**files[0].0));
            files.iter().filter_map(move |(path, written)| {
                let (folder, _) = above.as_ref().ok()?;
                let name = OsStr::new(&path[path.rfind('/').map_or(0, |end| end + 1)..]);
                let stamp = look_in(folder, name, written, known.get(*path).copied())?;
                Some(((*path).clone(), stamp))
            })
        })
        .collect();
    found.into_iter().collect()
}

/// A file's time if it holds what it should.
pub(super) fn look(output: &Tree, path: &OutPath, written: &Written, known: Option<Stamp>) -> Option<Stamp> {
    let (folder, name) = output.above(Path::new(&**path)).ok()?;
    look_in(&folder, name, written, known)
}

/// The same for a file of an open folder.
pub(super) fn look_in(folder: &Dir, name: &OsStr, written: &Written, known: Option<Stamp>) -> Option<Stamp> {
    let meta = folder.symlink_metadata(name).ok()?;
    if !meta.is_file() || meta.len() != written.len {
        return None;
    }
    let stamp = stamp_of(&meta)?;
    let unharmed =
        known == Some(stamp) || blake3::hash(&read_in(folder, name, written.len).ok()?) == written.hash;
    unharmed.then_some(stamp)
}

/// The times remembered for an output folder with this list; none is no loss.
pub(super) fn recall(store: &Store, output: &Path, manifest: &Manifest, list: &Written) -> Stamps {
    let Some(bytes) = store.get(&key(output)) else { return Stamps::new() };
    let Some(times) = bytes.strip_prefix(list.hash.as_bytes()) else { return Stamps::new() };
    let times = times.chunks_exact(8).map(|time| i64::from_le_bytes(std::array::from_fn(|n| time[n])));
    let known = manifest.files.keys().zip(times).filter(|(_, time)| *time != UNKNOWN);
    known.map(|(path, time)| (path.clone(), Stamp::from(time))).collect()
}

/// The same of a folder whose list has not been read.
pub(super) fn recall_for(store: &Store, place: &OutputFolder) -> Stamps {
    let read = place.tree().ok().flatten().and_then(|tree| Manifest::read(&tree).ok().flatten());
    read.map_or_else(Stamps::new, |(manifest, list)| recall(store, &place.output, &manifest, &list))
}

/// Remembers them: the hash of the list, then a time for each of its files, in its order.
pub(super) fn remember(store: &Store, output: &Path, manifest: &Manifest, list: &Written, stamps: &Stamps) {
    let mut bytes = list.hash.as_bytes().to_vec();
    bytes.reserve(manifest.files.len() * 8);
    let mut stamps = stamps.iter().peekable();
    for path in manifest.files.keys() {
        // Both are in the order of paths.
        while stamps.next_if(|(other, _)| *other < path).is_some() {}
        let time =
            stamps.next_if(|(other, _)| *other == path).and_then(|(_, time)| i64::try_from(*time).ok());
        bytes.extend_from_slice(&time.unwrap_or(UNKNOWN).to_le_bytes());
    }
    // Forgetting costs one read of every file next time, nothing else.
    let _ = store.put(&key(output), &bytes);
}

fn key(output: &Path) -> String {
    format!("times {}", output.display())
}
