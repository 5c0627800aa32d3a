//! A finished site in its output folder, as it is about to be published.
//!
//! Refuses: a folder without a list, a list without a first page, files that the list does not know.
//! Invariant: bytes that are given out have the hash that the list says.

use super::plan::Wanted;
use crate::build::compress::{is_encoded, is_packable};
use crate::build::write::{MANIFEST, Manifest, Written};
use crate::world::{OpenFolder, OutPath};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The most bytes of a list.
const LARGEST_LIST: u64 = 1 << 30;

/// Why a folder cannot be published.
#[derive(Debug)]
pub enum Unfit {
    /// There is no finished site in it.
    NoBuild,
    /// Its first page is missing.
    Empty,
    /// Files that no build of ours made, or that somebody took away.
    Strange(Vec<String>),
    /// The disk fails.
    Disk(io::Error),
}

/// Whence the bytes of files come.
pub trait Source: Sync {
    /// The bytes of a file; none where it has others than it should.
    fn bytes(&self, path: &OutPath, written: &Written) -> Option<Vec<u8>>;
}

/// A finished site.
pub struct Finished {
    folder: OpenFolder,
    /// Its list.
    pub manifest: Manifest,
    /// Hash of the list: which build it is.
    pub build: blake3::Hash,
    /// The list as it stands there.
    pub list: Vec<u8>,
}

impl Finished {
    /// Looks at an output folder.
    ///
    /// # Errors
    /// Where it is not fit to be published.
    pub fn open(folder: &Path) -> Result<Self, Unfit> {
        let folder = match OpenFolder::open(folder) {
            Ok(folder) => folder,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(Unfit::NoBuild),
            Err(error) => return Err(Unfit::Disk(error)),
        };
        let Some((manifest, build)) = Manifest::of_output(&folder).map_err(Unfit::Disk)? else {
            return Err(Unfit::NoBuild);
        };
        let list = folder.read(MANIFEST, LARGEST_LIST).map_err(Unfit::Disk)?;
        if blake3::hash(&list) != build {
            // Another build took its place just now.
            return Err(Unfit::Strange(vec![MANIFEST.to_owned()]));
        }
        let finished = Self { folder, manifest, build, list };
        let has_first = |(path, written): (&OutPath, &Written)| &**path == "index.html" && written.len > 0;
        if !finished.manifest.iter().any(has_first) {
            return Err(Unfit::Empty);
        }
        let strange = finished.strange().map_err(Unfit::Disk)?;
        if strange.is_empty() { Ok(finished) } else { Err(Unfit::Strange(strange)) }
    }

    /// Whether the folder at this path has the list still that was read.
    pub fn stands_at(&self, folder: &Path) -> bool {
        let list = OpenFolder::open(folder).and_then(|folder| folder.read(MANIFEST, LARGEST_LIST));
        list.is_ok_and(|list| list == self.list)
    }

    /// Files that the list does not know, and those that it knows and that are not there, in their length.
    fn strange(&self) -> io::Result<Vec<String>> {
        let mut missing: BTreeMap<&str, u64> =
            self.manifest.iter().map(|(path, written)| (&**path, written.len)).collect();
        let mut strange = Vec::new();
        walk(&self.folder, "", &mut |path, len| {
            if path != MANIFEST && missing.remove(path) != Some(len) {
                strange.push(path.to_owned());
            }
        })?;
        strange.extend(missing.keys().map(|path| (*path).to_owned()));
        strange.sort();
        strange.dedup();
        Ok(strange)
    }

    /// The files that are wanted at a far side; `packs` where it can say that a file is packed, and is to.
    pub fn wanted(&self, packs: bool) -> BTreeMap<OutPath, Wanted> {
        let own = self.manifest.iter().filter(|(path, _)| !packs || !is_encoded(path, &self.manifest));
        own.map(|(path, written)| {
            (path.clone(), Wanted { written: *written, packed: packs && is_packable(path) })
        })
        .collect()
    }

    /// The folder, held open.
    pub fn folder(&self) -> &OpenFolder {
        &self.folder
    }
}

impl Source for Finished {
    fn bytes(&self, path: &OutPath, written: &Written) -> Option<Vec<u8>> {
        let bytes = read_below(&self.folder, path, written.len).ok()?;
        (Written::of(&bytes) == *written).then_some(bytes)
    }
}

/// Reads a file of a folder and the folders in it, no link followed.
pub(super) fn read_below(folder: &OpenFolder, path: &str, limit: u64) -> io::Result<Vec<u8>> {
    match path.split_once('/') {
        Some((name, rest)) => read_below(&folder.below(name)?, rest, limit),
        None => folder.read(path, limit),
    }
}

fn walk(folder: &OpenFolder, above: &str, found: &mut dyn FnMut(&str, u64)) -> io::Result<()> {
    for entry in folder.dir().entries()? {
        let entry = entry?;
        let name = entry.file_name();
        let path = format!("{above}{}", name.to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            walk(&folder.below(&name)?, &format!("{path}/"), found)?;
        } else {
            // A link is no file of ours, whatever it leads to.
            found(&path, if kind.is_file() { entry.metadata()?.len() } else { u64::MAX });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_no_build_made_is_refused() {
        let held = tempfile::tempdir().unwrap();
        assert!(matches!(Finished::open(&held.path().join("none")), Err(Unfit::NoBuild)));
        assert!(matches!(Finished::open(held.path()), Err(Unfit::NoBuild)));
        std::fs::write(held.path().join(MANIFEST), "half a list").unwrap();
        assert!(matches!(Finished::open(held.path()), Err(Unfit::NoBuild)));
    }
}
