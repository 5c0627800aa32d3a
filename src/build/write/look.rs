//! Whether an output is as a build left it, told by its list and by the lengths and times of its files. No file is read but the list.
//!
//! Refuses: an output with unfinished work.
//! Invariant: the same hash means the same list, and files that nobody has written to since.

use super::disk::Stamp;
use super::manifest::MANIFEST;
use super::place::OutputFolder;
use super::{Writer, recover};
use crate::world::OpenFolder;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Most bytes of a list: four times what 1,000,000 files need.
const LARGEST: u64 = 1 << 30;

/// The output folder of a site, links followed; none where there cannot be one.
pub fn place_of(site: &Path, output: &Path) -> Option<PathBuf> {
    OutputFolder::find(site, output).ok().map(|place| place.output)
}

/// A hash of what an output holds; none where it cannot be told, or something is unfinished.
pub fn look(site: &Path, output: &Path) -> Option<[u8; 32]> {
    let place = OutputFolder::find(site, output).ok()?;
    if recover::is_due(&place).unwrap_or(true) {
        return None;
    }
    let list = OpenFolder::open(&place.output).ok()?.read(MANIFEST, LARGEST).ok()?;
    let text = std::str::from_utf8(&list).ok()?;
    // A line of a file has its hash, its length and its path; the first and the last line have other forms.
    let paths: Vec<&str> = text.lines().filter_map(path_of).collect();
    let found: Option<Vec<(u64, Stamp)>> =
        paths.par_iter().with_min_len(64).map(|path| stamp(&place.output.join(path))).collect();
    Some(hash(&list, found?.into_iter()))
}

impl Writer {
    /// The hash that [`look`] gives of the output as this writer left it.
    pub fn look(&self) -> Option<[u8; 32]> {
        let list = OpenFolder::open(self.output()).ok()?.read(MANIFEST, LARGEST).ok()?;
        if list != self.manifest.print() {
            return None;
        }
        let known = self.manifest.iter().map(|(path, written)| Some((written.len, *self.stamps.get(path)?)));
        Some(hash(&list, known.collect::<Option<Vec<_>>>()?.into_iter()))
    }
}

fn path_of(line: &str) -> Option<&str> {
    let (hash, rest) = line.split_once(' ')?;
    let (len, path) = rest.split_once(' ')?;
    (hash.len() == 64 && len.bytes().all(|byte| byte.is_ascii_digit())).then_some(path)
}

/// Whether a link stands in the place of an output.
pub fn is_led_away(output: &Path) -> bool {
    fs::symlink_metadata(output).is_ok_and(|meta| meta.is_symlink())
}

/// Length and time of a file.
fn stamp(file: &Path) -> Option<(u64, Stamp)> {
    let meta = fs::symlink_metadata(file).ok()?;
    let time = meta.modified().ok()?;
    let nanoseconds = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i128::try_from(after.as_nanos()).ok()?,
        Err(before) => -i128::try_from(before.duration().as_nanos()).ok()?,
    };
    meta.is_file().then_some((meta.len(), nanoseconds))
}

fn hash(list: &[u8], files: impl Iterator<Item = (u64, Stamp)>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(blake3::hash(list).as_bytes());
    for (len, stamp) in files {
        hasher.update(&len.to_le_bytes()).update(&stamp.to_le_bytes());
    }
    *hasher.finalize().as_bytes()
}
