//! Where results of a command may go: pages, sheets, figures for checking, a new site.
//!
//! Every option that names a folder or file to be written asks here, so that no result lands among the sources of a site,
//! of this one or of any other that the place lies in.
//!
//! Refuses: the folders that hold a site's sources, our store and Git's; a site itself and what is above it, a home, a
//! whole disk; links to nothing.
//! Invariant: a place that was given out is absolute and has no link in it.

#![expect(clippy::disallowed_methods, reason = "build/ is where the disk is written (DESIGN §3, rule 9)")]

use super::write::{Manifest, Reason, WriteError, WriteResult, Written};
use crate::world::path::fits_every_disk;
use crate::world::replace::Writing;
use crate::world::{OpenFolder, OutPath};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Folders of a site that hold its sources or our store.
const SOURCES: [&str; 3] = ["content", "themes", ".yuanba"];
/// Git's own, wherever it lies.
const GIT: &str = ".git";

/// Why a place is unfit for results.
#[derive(Debug)]
pub(super) enum Unfit {
    /// It lies among the sources of a site.
    Sources(PathBuf),
    /// It is a site or above one, a home or a whole disk, or leads to nothing.
    NoPlace(PathBuf),
    /// The disk does not let it be looked at.
    Unreadable(PathBuf, io::Error),
}

/// A folder for results, all of them in files of one folder. Only [`ResultFolder::at`] makes one.
///
/// It holds a list of them with the hashes of their bytes, so that a file of somebody else, or one of ours that somebody changed, is
/// never replaced.
#[derive(Debug)]
pub struct ResultFolder {
    path: PathBuf,
}

/// A file for results. Only [`ResultFile::at`] makes one.
#[derive(Debug)]
pub struct ResultFile {
    path: PathBuf,
}

/// Name of the list of results in their folder.
const LIST: &str = ".yuanba-results";
/// The most bytes of a list, and of an old result to be compared.
const LIMIT: u64 = 256 << 20;

impl ResultFolder {
    /// The folder at a place; it need not be there yet.
    ///
    /// # Errors
    /// Where no results may be.
    pub fn at(site: Option<&Path>, named: &Path) -> WriteResult<Self> {
        let path = folder(site, named).map_err(refused)?;
        outside_of_pages(&path)?;
        Ok(Self { path })
    }

    /// Where it is, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether something is in it, or something else stands in its place.
    pub fn is_taken(&self) -> bool {
        match fs::read_dir(&self.path) {
            Ok(mut entries) => entries.next().is_some(),
            Err(_) => fs::symlink_metadata(&self.path).is_ok(),
        }
    }

    /// The folder that holds it, made where it is missing, and its name there: for what is made beside it and put in its place.
    ///
    /// # Errors
    /// Where that folder can be neither made nor opened.
    pub fn beside(&self) -> io::Result<(OpenFolder, String)> {
        let name = self.path.file_name().and_then(|name| name.to_str()).ok_or(ErrorKind::InvalidFilename)?;
        let above = self.path.parent().ok_or(ErrorKind::InvalidFilename)?;
        fs::create_dir_all(above)?;
        Ok((OpenFolder::open(above)?, name.to_owned()))
    }

    /// Puts a file into it, unless its bytes are there already.
    ///
    /// # Errors
    /// Where something stands there that we did not make, or the disk fails.
    pub fn put(&self, name: &str, bytes: &[u8]) -> WriteResult<PathBuf> {
        let path = self.path.join(name);
        let failed = |error: io::Error| WriteError::from_io(&path, &error);
        let entry = OutPath::new(name).ok().filter(|_| fits_every_disk(name) && name != LIST);
        let entry = entry.ok_or_else(|| WriteError::new(&path, Reason::BadName))?;
        fs::create_dir_all(&self.path).map_err(failed)?;
        let folder = OpenFolder::open(&self.path).map_err(failed)?;
        let mut list = match folder.read(LIST, LIMIT) {
            Ok(bytes) => Manifest::parse(&bytes).unwrap_or_default(),
            Err(_) => Manifest::default(),
        };
        match folder.read(name, LIMIT) {
            Ok(old) if old == bytes => {}
            Ok(old) if list.get(&entry) == Some(&Written::of(&old)) => {
                folder.replace(name, bytes).map_err(failed)?;
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                folder.create(name, bytes).map_err(failed)?;
            }
            Err(error) if error.kind() == ErrorKind::PermissionDenied => return Err(failed(error)),
            _ => return Err(WriteError::new(path, Reason::InTheWay)),
        }
        let written = Written::of(bytes);
        if list.insert(entry, written) != Some(written) {
            folder.replace(LIST, &list.print()).map_err(failed)?;
        }
        Ok(path)
    }
}

impl ResultFile {
    /// The file at a place; it need not be there yet, its folder does.
    ///
    /// # Errors
    /// Where no result may be.
    pub fn at(site: Option<&Path>, named: &Path) -> WriteResult<Self> {
        let path = outside_of_sources(site, named).map_err(refused)?;
        outside_of_pages(&path)?;
        match path.parent() {
            Some(above) if !above.is_dir() => Err(WriteError::new(above, Reason::NoSuchFolder)),
            _ => Ok(Self { path }),
        }
    }

    /// Where it is, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes it, over nothing or over an earlier result: `is_ours` knows one by its bytes.
    ///
    /// # Errors
    /// Where something stands there that we did not make, or the disk fails.
    pub fn write(&self, bytes: &[u8], is_ours: impl Fn(&[u8]) -> bool) -> WriteResult<()> {
        let failed = |error: io::Error| WriteError::from_io(&self.path, &error);
        let (Some(above), Some(name)) = (self.path.parent(), self.path.file_name()) else {
            return Err(WriteError::new(&self.path, Reason::Sources));
        };
        let name = name.to_str().ok_or_else(|| WriteError::new(&self.path, Reason::BadName))?;
        let folder = OpenFolder::open(above).map_err(failed)?;
        match folder.read(name, LIMIT) {
            Ok(old) if old == bytes => Ok(()),
            Ok(old) if is_ours(&old) => folder.replace(name, bytes).map_err(failed),
            Err(error) if error.kind() == ErrorKind::NotFound => folder.create(name, bytes).map_err(failed),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => Err(failed(error)),
            _ => Err(WriteError::new(&self.path, Reason::InTheWay)),
        }
    }
}

impl ResultFile {
    /// Whether something stands there.
    pub fn is_taken(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }

    /// Writes it where nothing stands, piece by piece; nobody else may read it. `write` may be called twice.
    ///
    /// # Errors
    /// Where something stands there, the disk fails, or `write` does.
    pub fn create_secret(&self, write: &mut Writing) -> WriteResult<()> {
        let failed = |error: io::Error| WriteError::from_io(&self.path, &error);
        let name = self.path.file_name().and_then(|name| name.to_str()).filter(|name| fits_every_disk(name));
        let name = name.ok_or_else(|| WriteError::new(&self.path, Reason::BadName))?;
        let above = self.path.parent().ok_or_else(|| WriteError::new(&self.path, Reason::Sources))?;
        OpenFolder::open(above).and_then(|folder| folder.create_secret_with(name, write)).map_err(failed)
    }
}

/// The pages of a site are the writer's alone.
fn outside_of_pages(path: &Path) -> WriteResult<()> {
    let lists = path.ancestors().map(|folder| folder.join(super::write::MANIFEST));
    if path.parent().is_none() || lists.into_iter().any(|list| fs::symlink_metadata(list).is_ok()) {
        return Err(WriteError::new(path, Reason::Sources));
    }
    Ok(())
}

fn refused(unfit: Unfit) -> WriteError {
    match unfit {
        Unfit::Sources(path) | Unfit::NoPlace(path) => WriteError::new(path, Reason::Sources),
        Unfit::Unreadable(path, error) => WriteError::from_io(path, &error),
    }
}

/// A folder for results; it need not be there yet.
///
/// # Errors
/// Where it is unfit.
pub(super) fn folder(site: Option<&Path>, named: &Path) -> Result<PathBuf, Unfit> {
    let place = outside_of_sources(site, named)?;
    let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
    let home = home.and_then(|home| resolve(&home).ok());
    let site = site.and_then(|site| resolve(site).ok());
    let above = |inner: &Option<PathBuf>| inner.as_ref().is_some_and(|inner| inner.starts_with(&place));
    if place.parent().is_none() || above(&site) || above(&home) {
        return Err(Unfit::NoPlace(place));
    }
    Ok(place)
}

fn outside_of_sources(site: Option<&Path>, named: &Path) -> Result<PathBuf, Unfit> {
    let place = match resolve(named) {
        Ok(place) => place,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput) => {
            return Err(Unfit::NoPlace(named.to_owned()));
        }
        Err(error) => return Err(Unfit::Unreadable(named.to_owned(), error)),
    };
    let site = site.and_then(|site| resolve(site).ok());
    let sites = place.ancestors().filter(|folder| {
        Some(*folder) == site.as_deref() || folder.join("content").join("site.yaml").is_file()
    });
    // By folded names: on a disk without letter case `Content` is the same folder.
    let below =
        |folder: &Path| place.strip_prefix(folder).ok()?.iter().next()?.to_str().map(str::to_lowercase);
    let among = sites.filter_map(below).any(|first| SOURCES.contains(&first.as_str()));
    let git = place.iter().any(|part| part.eq_ignore_ascii_case(GIT));
    if among || git { Err(Unfit::Sources(place)) } else { Ok(place) }
}

/// The canonical path; parts that do not exist yet are kept as they are.
fn resolve(path: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        match fs::canonicalize(existing) {
            Ok(mut found) => {
                found.extend(missing.into_iter().rev());
                return Ok(found);
            }
            // A link to nothing is no place: where it will lead one day is not ours to guess.
            Err(error) if error.kind() == ErrorKind::NotFound && fs::symlink_metadata(existing).is_err() => {}
            Err(error) => return Err(error),
        }
        match (existing.parent(), existing.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name);
                existing = parent;
            }
            // `a/missing/..` cannot be told from a path to somewhere else.
            _ => return Err(io::Error::from(ErrorKind::InvalidInput)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site() -> tempfile::TempDir {
        let held = tempfile::tempdir().unwrap();
        fs::create_dir_all(held.path().join("content/tips")).unwrap();
        fs::write(held.path().join("content/site.yaml"), "title: T\n").unwrap();
        held
    }

    #[test]
    fn no_result_lands_among_sources() {
        let (one, other) = (site(), site());
        let name = |path: &str| one.path().join(path);
        for place in ["content", "content/tips", "Content/new", "themes/x", ".yuanba", ".git/hooks", "a/.git"]
        {
            for site in [Some(one.path()), Some(other.path()), None] {
                assert_eq!(
                    ResultFolder::at(site, &name(place)).unwrap_err().reason,
                    Reason::Sources,
                    "{place}"
                );
                let file = name(place).join("result.json");
                assert_eq!(ResultFile::at(site, &file).unwrap_err().reason, Reason::Sources, "{place}");
            }
        }
        assert!(ResultFolder::at(Some(one.path()), one.path()).is_err(), "the site itself");
        assert!(ResultFile::at(None, &name("content/site.yaml")).is_err());
        assert!(
            ResultFolder::at(None, &name("handouts")).is_ok()
                && ResultFile::at(None, &name("a.json")).is_ok()
        );
        // What a build publishes is the writer's alone.
        fs::create_dir(name("public")).unwrap();
        fs::write(name("public").join(super::super::write::MANIFEST), "").unwrap();
        assert!(
            ResultFolder::at(None, &name("public")).is_err()
                && ResultFile::at(None, &name("public/a")).is_err()
        );
    }

    #[test]
    fn only_our_own_results_are_replaced() {
        let held = tempfile::tempdir().unwrap();
        let folder = ResultFolder::at(None, &held.path().join("handouts")).unwrap();
        let file = folder.put("a.pdf", b"1").unwrap();
        folder.put("a.pdf", b"2").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"2");
        fs::write(&file, "theirs").unwrap();
        assert_eq!(folder.put("a.pdf", b"3").unwrap_err().reason, Reason::InTheWay);
        assert_eq!(fs::read(&file).unwrap(), b"theirs");
        folder.put("a.pdf", b"theirs").unwrap();
        folder.put("a.pdf", b"3").unwrap();
        for name in ["con.pdf", "a/b.pdf", "../b.pdf", "a?.pdf", LIST] {
            assert_eq!(folder.put(name, b"1").unwrap_err().reason, Reason::BadName, "{name}");
        }
        let file = ResultFile::at(None, &held.path().join("a.json")).unwrap();
        let ours = |bytes: &[u8]| bytes.starts_with(b"ours");
        file.write(b"ours 1", ours).unwrap();
        file.write(b"ours 2", ours).unwrap();
        fs::write(file.path(), "theirs").unwrap();
        assert_eq!(file.write(b"ours 3", ours).unwrap_err().reason, Reason::InTheWay);
        assert_eq!(fs::read(file.path()).unwrap(), b"theirs");
    }
}
