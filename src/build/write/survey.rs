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
use super::manifest::{Manifest, Written, seal, unseal};
use super::place;
use crate::build::store::Store;
use crate::world::OutPath;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Files that are as we wrote them, with their times.
pub(super) type Stamps = BTreeMap<OutPath, Stamp>;

/// Which files of the list are there unharmed.
pub(super) fn survey(output: &Path, manifest: &Manifest, known: &Stamps) -> Stamps {
    let files: Vec<_> = manifest.files.iter().collect();
    let found: Vec<_> = files
        .par_iter()
        .filter_map(|(path, written)| {
            let stamp = look(&place::inside(output, path), written, known.get(path).copied())?;
            Some(((*path).clone(), stamp))
        })
        .collect();
    found.into_iter().collect()
}

/// A file's time if it holds what it should.
pub(super) fn look(file: &Path, written: &Written, known: Option<Stamp>) -> Option<Stamp> {
    let meta = fs::symlink_metadata(file).ok()?;
    if !meta.is_file() || meta.len() != written.len {
        return None;
    }
    let stamp = stamp_of(&meta)?;
    let unharmed = known == Some(stamp) || blake3::hash(&fs::read(file).ok()?) == written.hash;
    unharmed.then_some(stamp)
}

/// The times remembered for an output folder; none is no loss.
pub(super) fn recall(store: &Store, output: &Path) -> Stamps {
    let Some(bytes) = store.get(&key(output)) else { return Stamps::new() };
    let entry = |line: &str| {
        let (stamp, path) = line.split_once(' ')?;
        Some((OutPath::new(path).ok()?, stamp.parse().ok()?))
    };
    unseal(&bytes).map(|text| text.lines().filter_map(entry).collect()).unwrap_or_default()
}

/// Remembers them.
pub(super) fn remember(store: &Store, output: &Path, stamps: &Stamps) {
    let mut text = String::new();
    for (path, stamp) in stamps {
        writeln!(text, "{stamp} {path}").expect("a String takes every write");
    }
    // Forgetting costs one read of every file next time, nothing else.
    let _ = store.put(&key(output), &seal(text));
}

fn key(output: &Path) -> String {
    format!("stamps {}", output.display())
}
