//! Where the output folder is, and where work on it goes on.
//!
//! A symbolic link (or a junction) as output is followed once, here: the link stays, and what it leads to is written
//! like any other folder. That is how sites reach `/var/www`, and the rules below hold for where it leads. From here on
//! no link is followed any more: see `tree`.
//!
//! Refuses: an output that is the site, above it, among its sources, somebody's home or a whole disk.
//! Invariant: `output` is absolute and has no link in it, so two spellings of one folder have one lock and one journal.

use super::error::{At, Reason, WriteError, WriteResult};
use super::manifest::MANIFEST;
use super::tree::Tree;
use crate::build::results::{self, Unfit};
use crate::world::OpenFolder;
use crate::world::folder::is_link;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What systems and Git leave in folders that are empty to their owners.
const NOTHING: [&str; 6] = [".DS_Store", "Thumbs.db", "desktop.ini", ".gitkeep", "lost+found", INSIDE];

/// Name of the work folder where it has to lie inside the output.
pub(super) const INSIDE: &str = ".yuanba-work";

/// An output folder and its work folders.
#[derive(Clone, Debug)]
pub(super) struct OutputFolder {
    /// The output folder, whether it exists or not.
    pub output: PathBuf,
    /// The folder above it.
    above: PathBuf,
    /// Its name there.
    pub name: OsString,
    /// Name of the work folder beside it, where a new tree is staged, so that it can be swapped in.
    beside: OsString,
}

/// Where a work folder lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// Beside the output.
    Beside,
    /// Inside it, where the folder above takes no writes or is another disk, as with a mounted volume.
    Inside,
}

impl OutputFolder {
    /// Finds the output folder of a site.
    pub fn find(site: &Path, output: &Path) -> WriteResult<Self> {
        let output = match results::folder(Some(site), output) {
            Ok(output) => output,
            Err(Unfit::Unreadable(path, error)) => return Err(error).at(&path),
            Err(Unfit::Sources(path) | Unfit::NoPlace(path)) => {
                return Err(WriteError::new(path, Reason::BadPlace));
            }
        };
        let (Some(above), Some(name)) = (output.parent(), output.file_name()) else {
            return Err(WriteError::new(output, Reason::BadPlace));
        };
        let mut beside = OsString::from(".");
        beside.push(name);
        beside.push(".yuanba-work");
        Ok(Self { above: above.to_owned(), name: name.to_owned(), beside, output })
    }

    /// The folder above the output, held open; none where it is not there yet.
    pub fn above(&self) -> WriteResult<Option<OpenFolder>> {
        absent_is_none(OpenFolder::open(&self.above)).at(&self.above)
    }

    /// The output, held open; none where it is not there yet.
    pub fn tree(&self) -> WriteResult<Option<Tree>> {
        match self.above()? {
            None => Ok(None),
            Some(above) => self.tree_in(&above),
        }
    }

    /// The same where the folder above is open.
    pub fn tree_in(&self, above: &OpenFolder) -> WriteResult<Option<Tree>> {
        match above.below(&self.name) {
            Ok(folder) => Ok(Some(Tree::new(folder))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            // It was a folder or nothing when it was found.
            Err(error) if is_link(&error) => Err(WriteError::new(&self.output, Reason::Vanished)),
            Err(error) if error.kind() == ErrorKind::NotADirectory => {
                Err(WriteError::new(&self.output, Reason::NoFolder))
            }
            Err(error) => Err(error).at(&self.output),
        }
    }

    /// Makes the folder above the output and opens it.
    pub fn make_above(&self) -> WriteResult<OpenFolder> {
        fs::create_dir_all(&self.above).and_then(|()| OpenFolder::open(&self.above)).at(&self.above)
    }

    /// Makes the output, which is not there, and opens it.
    pub fn make(&self) -> WriteResult<Tree> {
        let above = self.make_above()?;
        above.make(&self.name).map(Tree::new).at(&self.output)
    }

    /// The folder that holds a work folder, and the name there; none where that folder is not there.
    pub fn home(&self, spot: Spot) -> WriteResult<Option<OpenFolder>> {
        match spot {
            Spot::Beside => self.above(),
            Spot::Inside => match self.above()? {
                Some(above) => {
                    absent_is_none(above.below(&self.name).or_else(link_is_absent)).at(&self.output)
                }
                None => Ok(None),
            },
        }
    }

    /// The name of the work folder.
    pub fn work_name(&self, spot: Spot) -> &OsStr {
        match spot {
            Spot::Beside => &self.beside,
            Spot::Inside => OsStr::new(INSIDE),
        }
    }

    /// Whether the output holds nothing yet; an error where it holds something and no list of ours.
    pub fn require_ours(&self, output: Option<&Tree>, has_manifest: bool) -> WriteResult<()> {
        let Some(output) = output.filter(|_| !has_manifest) else { return Ok(()) };
        for entry in output.root().dir().entries().at(&self.output)? {
            let name = entry.at(&self.output)?.file_name();
            if !NOTHING.iter().any(|nothing| name == *nothing) {
                return Err(WriteError::new(&self.output, Reason::Foreign));
            }
        }
        Ok(())
    }

    /// Whether a tree made beside could be renamed to the output's place: not where that is a mounted volume.
    pub fn same_disk(&self) -> bool {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let device = |path: &Path| fs::symlink_metadata(path).map(|it| it.dev()).ok();
            let above = device(&self.above);
            device(&self.output).is_none_or(|own| Some(own) == above)
        }
        // Windows mounts volumes by junctions, which `find` has followed.
        #[cfg(not(unix))]
        true
    }
}

fn absent_is_none(opened: io::Result<OpenFolder>) -> io::Result<Option<OpenFolder>> {
    match opened {
        Ok(folder) => Ok(Some(folder)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(error),
    }
}

/// There is no output behind a link: it was followed when the place was found.
fn link_is_absent(error: io::Error) -> io::Result<OpenFolder> {
    Err(if is_link(&error) { ErrorKind::NotFound.into() } else { error })
}

/// Whether a path is the writer's own.
pub(super) fn is_reserved(path: &str) -> bool {
    path == MANIFEST || path.split('/').next() == Some(INSIDE)
}
