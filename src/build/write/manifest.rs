//! The list of what we wrote into `public/`, kept there as `.yuanba-manifest`.
//!
//! It lies inside `public/` for two reasons: it changes in the same rename as the files that it lists, and deleting
//! `.yuanba/` loses no knowledge of which files are ours (a bulletin withdrawn later would stay published for good,
//! or a file that staff put there would be taken for ours). It holds only paths, lengths and hashes of files that are
//! public anyway, the site's identity, and no time or machine, so equal sites have equal lists. `publish` and `host`
//! pass it by.
//!
//! It is no proof: whoever sends us a site can write one. So a listed file is replaced or removed only while it has the
//! listed bytes. A list of an older version has no identity; the next build adds it.
//!
//! Refuses: a list that is not whole, and paths that lead out of the folder.
//! Invariant: printing what was read gives the same bytes.

use super::disk::LIST_LIMIT;
use super::error::{At, Reason, WriteError, WriteResult};
use super::seal::Seal;
use super::tree::Tree;
use crate::world::{OpenFolder, OutPath, SiteId};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::ErrorKind;

/// Name of the list inside the output folder.
pub const MANIFEST: &str = ".yuanba-manifest";
/// First line of a list without an identity.
const HEAD: &str = "yuanba-manifest 1";
/// First line of one with.
const HEAD_OF_SITE: &str = "yuanba-manifest 2";

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

    /// As it is printed, and what follows it.
    pub fn parse(text: &str) -> Option<(Self, &str)> {
        let mut parts = text.splitn(3, ' ');
        let hash = blake3::Hash::from_hex(parts.next()?).ok()?;
        let len = parts.next()?.parse().ok()?;
        Some((Self { hash, len }, parts.next()?))
    }
}

/// All files that we published, by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    pub(super) site: Option<SiteId>,
    pub(super) files: BTreeMap<OutPath, Written>,
}

impl Manifest {
    /// Which site it is of; none in lists of older versions.
    pub fn site(&self) -> Option<&SiteId> {
        self.site.as_ref()
    }

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

    /// The list of an output folder with the hash of its file, for whoever serves or sends the files; none where there is none that is whole.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn of_output(folder: &OpenFolder) -> std::io::Result<Option<(Self, blake3::Hash)>> {
        match folder.read(MANIFEST, LIST_LIMIT) {
            Ok(bytes) => Ok(Self::parse(&bytes).map(|manifest| (manifest, blake3::hash(&bytes)))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The bytes of a list of these files.
    pub fn listing(site: Option<SiteId>, files: impl Iterator<Item = (OutPath, Written)>) -> Vec<u8> {
        Self { site, files: files.collect() }.print()
    }

    /// The list of a folder and what its file holds; none where the folder has none.
    pub(super) fn read(folder: &Tree) -> WriteResult<Option<(Self, Written)>> {
        let Some(bytes) = bytes_of(folder)? else { return Ok(None) };
        match Self::parse(&bytes) {
            Some(manifest) => Ok(Some((manifest, Written::of(&bytes)))),
            None => Err(WriteError::new(folder.shown(MANIFEST), Reason::BadList)),
        }
    }

    /// What the file of a folder's list holds, unread.
    pub(super) fn look(folder: &Tree) -> WriteResult<Option<Written>> {
        Ok(bytes_of(folder)?.map(|bytes| Written::of(&bytes)))
    }

    /// Puts a file on it; what stood there before.
    pub(in crate::build) fn insert(&mut self, path: OutPath, written: Written) -> Option<Written> {
        self.files.insert(path, written)
    }

    pub(in crate::build) fn print(&self) -> Vec<u8> {
        let mut text = match &self.site {
            None => format!("{HEAD}\n"),
            Some(site) => format!("{HEAD_OF_SITE}\nsite {site}\n"),
        };
        for (path, Written { hash, len }) in &self.files {
            writeln!(text, "{} {len} {path}", hash.to_hex()).expect("a String takes every write");
        }
        Seal::Plain.close(text)
    }

    pub(in crate::build) fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = Seal::Plain.open(bytes)?.lines();
        let site = match lines.next()? {
            HEAD => None,
            HEAD_OF_SITE => Some(SiteId::parse(lines.next()?.strip_prefix("site ")?)?),
            _ => return None,
        };
        let file = |line| {
            let (written, path) = Written::parse(line)?;
            Some((OutPath::new(path).ok()?, written))
        };
        Some(Self { site, files: lines.map(file).collect::<Option<_>>()? })
    }
}

fn bytes_of(folder: &Tree) -> WriteResult<Option<Vec<u8>>> {
    match folder.read(MANIFEST, LIST_LIMIT) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(error).at(&folder.shown(MANIFEST)),
        // A link, a folder, a pipe, an endless file.
        Err(_) => Err(WriteError::new(folder.shown(MANIFEST), Reason::BadList)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        for site in [None, SiteId::parse("0123456789abcdef")] {
            reads_back(Manifest { site, ..Manifest::default() });
        }
    }

    fn reads_back(mut manifest: Manifest) {
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
        assert_eq!(Manifest::parse(&Seal::Plain.close(line)), None);
    }
}
