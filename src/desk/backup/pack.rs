//! Making a backup.
//!
//! Every file is read once, and its hash is taken of the bytes that were packed, so the archive is true of itself whatever somebody saves meanwhile.
//! When it is written it is opened again and checked as [`super::unpack`] would: a backup that was never read is a hope.
//!
//! Refuses: a site with files that cannot be read, or that some computer could not unpack; a place where something stands.
//! Invariant: equal sites have equal backups, to the byte.

use super::list::{FOLDERS, LARGEST, List, NAME, is_ours};
use super::unpack::Archive;
use super::{Blame, Refused, size};
use crate::build::results::ResultFile;
use crate::build::write::Written;
use crate::diag::{Diagnostic, Message, codes};
use crate::model::dataset::SEED;
use crate::source::Sources;
use crate::source::file_finding;
use crate::world::{DiskWorld, FileError, FileReason, VPath, World};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

/// A backup that was made.
#[derive(Debug)]
pub struct BackedUp {
    /// Where it is.
    pub path: PathBuf,
    /// How many files it holds.
    pub files: usize,
    /// How long they are together, in words.
    pub size: String,
    /// Whether raw figures are among them.
    pub has_figures: bool,
}

/// Packs a site into a file.
///
/// # Errors
/// Where a file of the site cannot be packed, the place is taken or unfit, or the disk fails.
pub fn back_up(world: &DiskWorld, named: &Path) -> Result<BackedUp, Refused> {
    let place = ResultFile::at(Some(world.root()), named)?;
    if place.is_taken() {
        return Err(Refused::because("backup-exists", "backup-exists-hint", named, None, Blame::Place));
    }
    let paths = to_pack(world)?;
    let mut list = List::default();
    let mut lost: Option<FileError> = None;
    let written = place.create_secret(&mut |file| {
        list = List::default();
        pack(world, &paths, &mut list, &mut lost, file)
    });
    if let Some(error) = lost {
        let mut sources = Box::<Sources>::default();
        let found = vec![file_finding(&error, &mut sources)];
        return Err(Refused { found, sources, blame: Blame::Site });
    }
    if list.total() > LARGEST {
        let message = Message::new("backup-too-large").with("size", size(list.total()));
        let finding = Diagnostic::new(codes::BAD_BACKUP, message.with("limit", size(LARGEST)));
        return Err(Refused::new(vec![finding.hint(Message::new("backup-too-large-hint"))], Blame::Site));
    }
    written?;
    let mut archive = Archive::open(place.path())?;
    archive.check()?;
    Ok(BackedUp {
        path: place.path().to_owned(),
        files: list.len(),
        size: size(list.total()),
        has_figures: list.iter().any(|(path, _)| path.is_inside(crate::model::dataset::FOLDER)),
    })
}

/// Every file of the site that belongs into a backup.
fn to_pack(world: &DiskWorld) -> Result<Vec<VPath>, Refused> {
    let (mut paths, mut found, mut sources) = (Vec::new(), Vec::new(), Box::<Sources>::default());
    let mut sizes = List::default();
    for folder in FOLDERS {
        for listed in VPath::new(folder).map(|folder| world.list(&folder)).unwrap_or_default() {
            match listed {
                Ok(listed) => paths.push(listed.path),
                Err(error) => found.push(file_finding(&error, &mut sources)),
            }
        }
    }
    if let Ok(seed) = VPath::new(SEED)
        && !matches!(world.read(&seed), Err(FileError { reason: FileReason::NotFound, .. }))
    {
        paths.push(seed);
    }
    paths.sort();
    let nothing = Written { hash: blake3::hash(b""), len: 0 };
    for path in &paths {
        if !is_ours(path) {
            let message = Message::new("backup-unfit-name").with("path", path);
            found
                .push(Diagnostic::new(codes::BAD_NAME, message).hint(Message::new("backup-unfit-name-hint")));
        }
        sizes.insert(path.clone(), nothing);
    }
    if let Some((path, other)) = sizes.clash() {
        let message = Message::new("backup-same-name").with("path", path).with("other", other);
        found.push(Diagnostic::new(codes::BAD_NAME, message).hint(Message::new("backup-same-name-hint")));
    }
    if found.is_empty() { Ok(paths) } else { Err(Refused { found, sources, blame: Blame::Site }) }
}

/// Writes the archive. What could not be read of the site is left in `lost`.
fn pack(
    world: &DiskWorld,
    paths: &[VPath],
    list: &mut List,
    lost: &mut Option<FileError>,
    file: &mut dyn Write,
) -> io::Result<()> {
    let mut zip = ZipWriter::new_stream(io::BufWriter::with_capacity(1 << 18, file));
    for path in paths {
        let bytes = world.read(path).map_err(|error| {
            *lost = Some(error);
            io::Error::other("a file of the site cannot be read")
        })?;
        put(&mut zip, path, &bytes)?;
        list.insert(path.clone(), Written::of(&bytes));
        if list.total() > LARGEST {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
    }
    put(&mut zip, NAME, &list.print())?;
    zip.finish()?.into_inner().flush()
}

fn put<W: Write>(zip: &mut ZipWriter<StreamWriter<W>>, name: &str, bytes: &[u8]) -> io::Result<()> {
    // Pictures and documents of offices are packed already.
    const PACKED: &[&str] =
        &["jpg", "jpeg", "png", "webp", "gif", "pdf", "docx", "xlsx", "zip", "woff2", "mp3", "mp4"];
    let ending = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let method =
        if PACKED.contains(&&*ending) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    // No time and no owner: equal sites have equal backups.
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o600);
    zip.start_file(name, options)?;
    zip.write_all(bytes)
}
