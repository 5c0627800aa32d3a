//! The list of a backup: its last entry, a line for each file.
//!
//! ```text
//! yuanba-backup 1
//! <BLAKE3 of the bytes> <length> content/site.yaml
//! …
//! whole <BLAKE3 of all lines before>
//! ```
//!
//! Refuses: a path that no backup of ours has, whatever its bytes are: outside of the folders that are backed up, hidden (the seed of statistics aside),
//! unfit for some disk, equal to another but for letter case, or a folder that another line says is a file.
//! Invariant: a list that was read can be unpacked on every disk, and prints the same bytes.

use crate::build::write::Written;
use crate::model::dataset::SEED;
use crate::world::path::fold;
use crate::world::{VPath, read_limit};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Name of the entry.
pub const NAME: &str = "yuanba-backup";
/// First words of the list, and its version.
const HEAD: &str = "yuanba-backup ";
const VERSION: &str = "1";
/// First word of the last line.
const WHOLE: &str = "whole ";
/// The folders of a site that are backed up.
pub const FOLDERS: [&str; 2] = ["content", "themes"];
/// The most bytes of a site that are backed up.
pub const LARGEST: u64 = 32 << 30;
/// The most bytes of the list itself: some hundred thousand files.
pub(super) const LONGEST: u64 = 64 << 20;

/// What is wrong with an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// It is no backup of ours.
    NotOurs,
    /// It is one of a newer program.
    Newer,
    /// A file is not what the list says.
    Damaged(String),
    /// A file is there that the list does not have.
    Stray(String),
    /// A path that is in no backup of ours.
    Hostile(String),
}

/// The files of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct List {
    files: BTreeMap<VPath, Written>,
}

impl List {
    /// All files, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&VPath, &Written)> {
        self.files.iter()
    }

    /// A file's entry.
    pub fn get(&self, path: &str) -> Option<&Written> {
        self.files.get(path)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Notes a file.
    pub(super) fn insert(&mut self, path: VPath, written: Written) {
        self.files.insert(path, written);
    }

    /// The bytes of the entry.
    pub(super) fn print(&self) -> Vec<u8> {
        let mut text = format!("{HEAD}{VERSION}\n");
        for (path, written) in &self.files {
            let _ = writeln!(text, "{} {} {path}", written.hash.to_hex(), written.len);
        }
        let whole = blake3::hash(text.as_bytes()).to_hex();
        let _ = writeln!(text, "{WHOLE}{whole}");
        text.into_bytes()
    }

    /// Reads the entry.
    ///
    /// # Errors
    /// Where it is not whole, or names what no backup holds.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Flaw> {
        let damaged = || Flaw::Damaged(NAME.to_owned());
        let text = std::str::from_utf8(bytes).map_err(|_| damaged())?;
        let version = text.lines().next().and_then(|line| line.strip_prefix(HEAD)).ok_or_else(damaged)?;
        if version != VERSION {
            let newer = version.parse::<u32>().is_ok_and(|number| number > 1);
            return Err(if newer { Flaw::Newer } else { damaged() });
        }
        let last = text.trim_end_matches('\n').rfind('\n').ok_or_else(damaged)? + 1;
        let (lines, end) = text.split_at(last);
        let whole = blake3::hash(lines.as_bytes()).to_hex();
        if end != format!("{WHOLE}{whole}\n") {
            return Err(damaged());
        }
        let mut list = Self::default();
        for line in lines.lines().skip(1) {
            let (written, path) = Written::parse(line).ok_or_else(damaged)?;
            let fit = VPath::new(path).ok().filter(|fit| **fit == *path && is_ours(fit));
            let fit = fit.filter(|fit| written.len <= read_limit(fit));
            let fit = fit.ok_or_else(|| Flaw::Hostile(path.to_owned()))?;
            list.files.insert(fit, written);
        }
        match list.clash() {
            Some((path, _)) => Err(Flaw::Hostile(path.to_string())),
            None if list.total() > LARGEST => Err(damaged()),
            None if list.print() != bytes => Err(damaged()),
            None => Ok(list),
        }
    }

    /// How many bytes the files have.
    pub fn total(&self) -> u64 {
        self.files.values().fold(0, |sum, written| sum.saturating_add(written.len))
    }

    /// Two paths that some disk cannot hold beside each other.
    pub(super) fn clash(&self) -> Option<(&VPath, String)> {
        let mut seen: BTreeMap<String, &VPath> = BTreeMap::new();
        let mut folders: BTreeSet<String> = BTreeSet::new();
        for path in self.files.keys() {
            let folded = fold(path);
            if let Some(other) = seen.get(&folded) {
                return Some((path, other.to_string()));
            }
            folders.extend(folded.match_indices('/').map(|(end, _)| folded[..end].to_owned()));
            seen.insert(folded, path);
        }
        let file = folders.iter().find_map(|folder| seen.get(folder));
        file.map(|path| (*path, format!("{path}/")))
    }
}

/// Whether a backup may hold a file of this path.
pub(super) fn is_ours(path: &VPath) -> bool {
    let hidden = path.split('/').any(|part| part.starts_with('.')) && **path != *SEED;
    path.is_portable() && !hidden && FOLDERS.iter().any(|folder| path.is_inside(folder))
}
