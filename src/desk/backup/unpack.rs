//! Opening a backup, checking it, and restoring it.
//!
//! An archive may come from anybody. Names are taken from our list alone, which holds none that leads anywhere (see [`super::list`]); an entry that the
//! list does not have, a link, or a file whose bytes differ refuses all of it. Everything is checked first, then unpacked into a
//! folder beside the place, which gets its name in one step.
//!
//! Refuses: a folder that holds anything.
//! Invariant: the place holds the whole site or what it held before.

use super::list::{Flaw, LONGEST, List, NAME};
use super::{Blame, Refused};
use crate::build::results::ResultFolder;
use crate::build::write::{WriteError, Written};
use crate::diag::{Diagnostic, Message, codes};
use crate::model::dataset::SEED;
use crate::world::{OpenFolder, shown};
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// The most entries of an archive.
const MOST: usize = 1_000_000;

/// An archive whose list was read.
pub struct Archive {
    path: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    list: List,
}

/// A site that was restored.
#[derive(Debug)]
pub struct Restored {
    /// Where it is.
    pub path: PathBuf,
    /// How many files it has.
    pub files: usize,
}

impl Archive {
    /// Opens an archive and reads its list.
    ///
    /// # Errors
    /// Where it cannot be read, or is no backup of ours.
    pub fn open(path: &Path) -> Result<Self, Refused> {
        let file = regular_file(path).map_err(|error| unreadable(path, &error))?;
        let told = |flaw: &Flaw| refused(path, flaw);
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| told(&Flaw::NotOurs))?;
        if zip.len() > MOST || zip.index_for_name(NAME).is_none() {
            return Err(told(&Flaw::NotOurs));
        }
        let list = read(&mut zip, NAME, LONGEST).and_then(|bytes| List::parse(&bytes));
        let list = list.map_err(|flaw| told(&flaw))?;
        Ok(Self { path: path.to_owned(), zip, list })
    }

    /// Whether every file is there as it was, and no other.
    ///
    /// # Errors
    /// With the first that is not.
    pub fn check(&mut self) -> Result<(), Refused> {
        self.flaw().map_or(Ok(()), |flaw| Err(refused(&self.path, &flaw)))
    }

    fn flaw(&mut self) -> Option<Flaw> {
        let stray = self.zip.file_names_raw().find(|raw| {
            let listed = |name: &str| self.list.get(name).is_some() || name == NAME;
            !std::str::from_utf8(raw).is_ok_and(listed)
        });
        if let Some(raw) = stray {
            return Some(Flaw::Stray(String::from_utf8_lossy(raw).into_owned()));
        }
        if self.zip.has_duplicate_names() {
            return Some(Flaw::Damaged(NAME.to_owned()));
        }
        let list = self.list.clone();
        list.iter().find_map(|(path, written)| self.bytes(path, written).err())
    }

    /// The bytes of a file, which are those of the list.
    fn bytes(&mut self, path: &str, written: &Written) -> Result<Vec<u8>, Flaw> {
        let bytes = read(&mut self.zip, path, written.len)?;
        if Written::of(&bytes) == *written { Ok(bytes) } else { Err(Flaw::Damaged(path.to_owned())) }
    }
}

/// The bytes of an entry, which has no more than `limit`.
fn read(zip: &mut ZipArchive<BufReader<File>>, name: &str, limit: u64) -> Result<Vec<u8>, Flaw> {
    let damaged = || Flaw::Damaged(name.to_owned());
    let entry = zip.by_name(name).map_err(|_| damaged())?;
    if !entry.is_file() || entry.is_symlink() {
        return Err(Flaw::Hostile(name.to_owned()));
    }
    // What the archive says of a length is not believed.
    let mut bytes = Vec::new();
    entry.take(limit + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 > limit { Err(damaged()) } else { Ok(bytes) }
}

/// Restores a site into a folder that is empty or not there.
///
/// # Errors
/// Where the backup is not whole, the folder holds anything, or the disk fails.
pub fn restore(backup: &Path, named: &Path) -> Result<Restored, Refused> {
    let place = ResultFolder::at(None, named)?;
    if place.is_taken() {
        return Err(Refused::because("restore-exists", "restore-exists-hint", named, None, Blame::Place));
    }
    let mut archive = Archive::open(backup)?;
    archive.check()?;
    let path = place.path();
    let failed = |error: io::Error| Refused::from(WriteError::from_io(path, &error));
    let (above, name) = place.beside().map_err(failed)?;
    let (folder, work) = empty_folder(&above, &name).map_err(failed)?;
    let unpacked = unpack(&mut archive, &folder);
    // Windows renames no folder that is held open.
    drop(folder);
    let settled = unpacked.and_then(|()| above.put_in_place(&work, &name).map_err(failed));
    if let Err(refused) = settled {
        let _ = above.dir().remove_dir_all(&work);
        return Err(refused);
    }
    Ok(Restored { path: path.to_owned(), files: archive.list.len() })
}

/// A new folder beside the place.
fn empty_folder(above: &OpenFolder, name: &str) -> io::Result<(OpenFolder, String)> {
    for number in 0..1000 {
        let work = format!(".{name}.yuanba-restore-{number}");
        match above.dir().create_dir(&work) {
            Ok(()) => return Ok((above.below(&work)?, work)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

fn unpack(archive: &mut Archive, folder: &OpenFolder) -> Result<(), Refused> {
    let list = archive.list.clone();
    for (path, written) in list.iter() {
        let bytes = archive.bytes(path, written).map_err(|flaw| refused(&archive.path, &flaw))?;
        let failed =
            |error: io::Error| Refused::from(WriteError::from_io(folder.path().join(&**path), &error));
        let (above, name) = path.rsplit_once('/').ok_or(ErrorKind::InvalidFilename.into()).map_err(failed)?;
        let above = folder.make_all(above).map_err(failed)?;
        let made =
            if **path == *SEED { above.create_secret(name, &bytes) } else { above.create(name, &bytes) };
        made.map_err(failed)?;
    }
    Ok(())
}

/// Opens a file without waiting for the other end of a pipe. Links that the user names are theirs, and followed.
#[expect(clippy::disallowed_methods, reason = "desk/ opens the file that staff name, as it opens a register")]
fn regular_file(path: &Path) -> io::Result<File> {
    let path = path.canonicalize()?;
    let (above, name) = (path.parent(), path.file_name());
    let (Some(above), Some(name)) = (above, name) else { return Err(ErrorKind::InvalidInput.into()) };
    OpenFolder::open(above)?.file(name)
}

fn unreadable(path: &Path, error: &io::Error) -> Refused {
    let message = Message::new("backup-unreadable").with("path", shown(path)).with("reason", error);
    let finding = Diagnostic::new(codes::BAD_BACKUP, message).hint(Message::new("backup-unreadable-hint"));
    Refused::new(vec![finding], if error.kind() == ErrorKind::NotFound { Blame::Place } else { Blame::Disk })
}

fn refused(path: &Path, flaw: &Flaw) -> Refused {
    let (id, hint, file) = match flaw {
        Flaw::NotOurs => ("backup-not-ours", "backup-not-ours-hint", None),
        Flaw::Newer => ("backup-newer", "backup-newer-hint", None),
        Flaw::Damaged(file) => ("backup-damaged", "backup-damaged-hint", Some(&**file)),
        Flaw::Stray(file) => ("backup-stray", "backup-stray-hint", Some(&**file)),
        Flaw::Hostile(file) => ("backup-hostile", "backup-hostile-hint", Some(&**file)),
    };
    Refused::because(id, hint, path, file, Blame::Site)
}
