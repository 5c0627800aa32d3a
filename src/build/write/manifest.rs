//! The list of what we wrote into `public/`, kept there as `.yuanba-manifest`.
//!
//! It lies inside `public/` for two reasons: it changes in the same rename as the files that it lists, and deleting
//! `.yuanba/` loses no knowledge of which files are ours (a bulletin withdrawn later would stay published for good,
//! or a file that staff put there would be taken for ours). It holds only paths, lengths and hashes of files that are
//! public anyway, and no time or machine, so equal sites have equal lists. `publish` and `host` pass it by.
//!
//! Refuses: a list that is not whole, and paths that lead out of the folder.
//! Invariant: printing what was read gives the same bytes.

use super::error::{At, Reason, WriteError, WriteResult};
use crate::world::OutPath;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// Name of the list inside the output folder.
pub const MANIFEST: &str = ".yuanba-manifest";
const HEAD: &str = "yuanba-manifest 1";

/// What a published file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// Hash of its bytes.
    pub hash: blake3::Hash,
    /// How many they are.
    pub len: u64,
}

impl Written {
    /// Of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: blake3::hash(bytes), len: bytes.len() as u64 }
    }
}

/// All files that we published, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub(super) files: BTreeMap<OutPath, Written>,
}

impl Manifest {
    /// A file's entry.
    pub fn get(&self, path: &OutPath) -> Option<&Written> {
        self.files.get(path)
    }

    /// All entries, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Written)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The list of a folder; none where the folder has none.
    pub(super) fn read(folder: &Path) -> WriteResult<Option<Self>> {
        let path = folder.join(MANIFEST);
        match fs::read(&path) {
            Ok(bytes) => match Self::parse(&bytes) {
                Some(manifest) => Ok(Some(manifest)),
                None => Err(WriteError::new(path, Reason::BadList)),
            },
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(error).at(&path),
        }
    }

    pub(super) fn print(&self) -> Vec<u8> {
        let mut text = format!("{HEAD}\n");
        for (path, Written { hash, len }) in &self.files {
            writeln!(text, "{} {len} {path}", hash.to_hex()).expect("a String takes every write");
        }
        seal(text)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = unseal(bytes)?.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut files = BTreeMap::new();
        for line in lines {
            let mut parts = line.splitn(3, ' ');
            let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
            let len = parts.next()?.parse().ok()?;
            files.insert(OutPath::new(parts.next()?).ok()?, Written { hash, len });
        }
        Some(Self { files })
    }
}

/// Ends a text with its own hash, so that a torn or edited file is seen to be one.
pub(super) fn seal(mut text: String) -> Vec<u8> {
    let hash = blake3::hash(text.as_bytes());
    writeln!(text, "end {}", hash.to_hex()).expect("a String takes every write");
    text.into_bytes()
}

/// The text that [`seal`] ended; none if it is not whole.
pub(super) fn unseal(bytes: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (body, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let body = &text[..=body.len()];
    let hash = blake3::Hash::from_hex(end.strip_prefix("end ")?).ok()?;
    (blake3::hash(body.as_bytes()) == hash).then_some(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let mut manifest = Manifest::default();
        assert_eq!(Manifest::parse(&manifest.print()), Some(manifest.clone()));
        for path in ["index.html", "tips/刷单 返利/index.html"] {
            manifest.files.insert(OutPath::new(path).unwrap(), Written::of(path.as_bytes()));
        }
        let printed = manifest.print();
        assert_eq!(Manifest::parse(&printed), Some(manifest));
        for cut in 0..printed.len() {
            assert_eq!(Manifest::parse(&printed[..cut]), None, "cut at {cut}");
        }
    }

    #[test]
    fn a_path_that_leads_out_is_no_path() {
        let line = format!("{HEAD}\n{} 1 ../outside\n", blake3::hash(b"x").to_hex());
        assert_eq!(Manifest::parse(&seal(line)), None);
    }
}
