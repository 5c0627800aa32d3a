//! Where the output folder is, and where work on it goes on.
//!
//! A symbolic link (or a junction) as output is followed once, here: the link stays, and what it leads to is written
//! like any other folder. That is how sites reach `/var/www`, and the rules below hold for where it leads.
//!
//! Refuses: an output that is the site, above it, among its sources, somebody's home or a whole disk.
//! Invariant: `output` is absolute and has no link in it, so two spellings of one folder have one lock and one journal.

use super::error::{At, Reason, WriteError, WriteResult};
use super::manifest::MANIFEST;
use crate::world::OutPath;
use std::ffi::OsString;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Folders of a site that hold its sources or our store.
const SOURCES: [&str; 4] = ["content", "themes", ".yuanba", ".git"];

/// What systems and Git leave in folders that are empty to their owners.
const NOTHING: [&str; 6] = [".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", "lost+found", INSIDE];

/// Name of the work folder where it has to lie inside the output.
pub(super) const INSIDE: &str = ".yuanba-work";

/// An output folder and its work folders.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The output folder, whether it exists or not.
    pub output: PathBuf,
    /// Where a new tree is staged, so that it can be swapped in.
    pub beside: PathBuf,
    /// The same where the folder above takes no writes or is another disk, as with a mounted volume.
    pub inside: PathBuf,
}

impl Place {
    /// Finds the output folder of a site.
    pub fn find(site: &Path, output: &Path) -> WriteResult<Self> {
        let site = resolve(site).at(site)?;
        let output = match resolve(output) {
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidInput) => {
                return Err(WriteError::new(output, Reason::BadPlace));
            }
            found => found.at(output)?,
        };
        let refused = || WriteError::new(&output, Reason::BadPlace);
        let (Some(parent), Some(name)) = (output.parent(), output.file_name()) else { return Err(refused()) };
        let home = std::env::home_dir().filter(|home| !home.as_os_str().is_empty());
        let home = home.and_then(|home| resolve(&home).ok());
        if site.starts_with(&output) || home.is_some_and(|home| home.starts_with(&output)) {
            return Err(refused());
        }
        if SOURCES.iter().any(|folder| output.starts_with(site.join(folder))) {
            return Err(refused());
        }
        let mut work = OsString::from(".");
        work.push(name);
        work.push(".yuanba-work");
        Ok(Self { beside: parent.join(work), inside: output.join(INSIDE), output })
    }

    /// Whether the output holds nothing yet; an error where it holds something and no list of ours.
    pub fn require_ours(&self, has_manifest: bool) -> WriteResult<()> {
        if has_manifest {
            return Ok(());
        }
        let entries = match fs::read_dir(&self.output) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                return Err(WriteError::new(&self.output, Reason::NoFolder));
            }
            Err(error) => return Err(error).at(&self.output),
        };
        for entry in entries {
            let name = entry.at(&self.output)?.file_name();
            if !NOTHING.iter().any(|nothing| name == *nothing) {
                return Err(WriteError::new(&self.output, Reason::Foreign));
            }
        }
        Ok(())
    }

    /// Whether a tree made at `beside` could be renamed to the output's place: not where that is a mounted volume.
    pub fn same_disk(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let device = |path: &Path| fs::metadata(path).map(|it| it.dev()).ok();
            let above = self.output.parent().and_then(device);
            device(&self.output).is_none_or(|own| Some(own) == above)
        }
        // Windows mounts volumes by junctions, which `resolve` has followed.
        #[cfg(not(unix))]
        true
    }
}

/// The file of a path inside a folder.
pub(super) fn inside(folder: &Path, path: &OutPath) -> PathBuf {
    let mut file = PathBuf::with_capacity(folder.as_os_str().len() + path.len() + 1);
    file.push(folder);
    // Part by part: canonical paths of Windows take no `/`.
    file.extend(path.split('/'));
    file
}

/// Whether a path is the writer's own.
pub(super) fn is_reserved(path: &str) -> bool {
    path == MANIFEST || path.split('/').next() == Some(INSIDE)
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
