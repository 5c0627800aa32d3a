//! Files in `public/` that are not ours: a PDF that a colleague put there stays, whatever is built around it.
//!
//! Refuses: links and devices in a swap. A tree that holds such things is changed file by file instead.
//! Invariant: a file that is not on our list is in the output folder after every build that it was in before.

use super::apply::NEW;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::manifest::{MANIFEST, Manifest};
use super::place::INSIDE;
use crate::world::OutPath;
use rayon::prelude::*;
use std::fs::{self, DirEntry, FileType};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// One thing that is not ours.
pub(super) struct Foreign {
    /// Its path below the output.
    pub path: PathBuf,
    /// Whether it can be given a place in a new tree: a file, or a folder with nothing in it.
    pub movable: bool,
    folder: bool,
}

/// Everything in a tree that is not ours, sorted.
pub(super) fn find(root: &Path, ours: &Manifest) -> io::Result<Vec<Foreign>> {
    let mut found = Vec::new();
    if disk::stands(root) {
        found = look(root, Path::new(""), ours)?;
    }
    found.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn look(root: &Path, folder: &Path, ours: &Manifest) -> io::Result<Vec<Foreign>> {
    let entries = entries(&root.join(folder))?;
    if entries.is_empty() && !folder.as_os_str().is_empty() {
        return Ok(vec![Foreign { path: folder.to_owned(), movable: true, folder: true }]);
    }
    let parts: Vec<Vec<Foreign>> = entries
        .par_iter()
        .map(|(entry, kind)| {
            let path = folder.join(entry.file_name());
            if path == Path::new(INSIDE) || (!kind.is_dir() && is_ours(ours, &path)) {
                return Ok(Vec::new());
            }
            if kind.is_dir() {
                return look(root, &path, ours);
            }
            Ok(vec![Foreign { path, movable: kind.is_file(), folder: false }])
        })
        .collect::<io::Result<_>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// Gives everything foreign its place in the new tree, beside the one that it keeps in the old.
pub(super) fn carry(foreign: &[Foreign], output: &Path, work: &Path) -> WriteResult<()> {
    for one in foreign {
        let from = output.join(&one.path);
        let to = work.join(NEW).join(&one.path);
        let folder = if one.folder { Some(to.as_path()) } else { to.parent() };
        let mut made = folder.map_or(Ok(()), fs::create_dir_all);
        if !one.folder {
            made = made.and_then(|()| disk::link_or_copy(&from, &to));
        }
        match made {
            Ok(()) => {}
            // We want to publish under this very name. The same bytes are what we want; others are not ours to lose.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && disk::same_bytes(&from, &to) => {}
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
                return Err(WriteError::new(from, Reason::InTheWay));
            }
            Err(error) => return Err(error).at(&from),
        }
    }
    Ok(())
}

/// Removes a tree that was swapped out. What arrived in it after the new tree was made is moved to the new one.
pub(super) fn retire(tree: &Path, output: &Path) -> io::Result<()> {
    if !disk::stands(tree) {
        return Ok(());
    }
    let ours = Manifest::read(tree).ok().flatten().unwrap_or_default();
    clear(tree, Path::new(""), &ours, output)
}

fn clear(tree: &Path, folder: &Path, ours: &Manifest, output: &Path) -> io::Result<()> {
    let own = tree.join(folder);
    entries(&own)?.par_iter().try_for_each(|(entry, kind)| {
        let path = folder.join(entry.file_name());
        let file = entry.path();
        if kind.is_dir() {
            return clear(tree, &path, ours, output);
        }
        // The list goes last: without it nothing tells a later run which files of a half-removed tree are ours.
        if path == Path::new(MANIFEST) {
            return Ok(());
        }
        if is_ours(ours, &path) || disk::same_bytes(&file, &output.join(&path)) {
            return disk::patiently(|| fs::remove_file(&file));
        }
        rescue(&file, &output.join(&path))
    })?;
    if folder.as_os_str().is_empty() && disk::stands(&own.join(MANIFEST)) {
        disk::patiently(|| fs::remove_file(own.join(MANIFEST)))?;
    }
    disk::patiently(|| fs::remove_dir(&own))
}

/// Moves a late file to its place in the new tree, or to the next free name there.
fn rescue(file: &Path, wanted: &Path) -> io::Result<()> {
    if let Some(folder) = wanted.parent() {
        fs::create_dir_all(folder)?;
    }
    let numbered = |number: usize| {
        let mut name = wanted.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    };
    let mut names = std::iter::once(wanted.to_owned()).chain((1..).map(numbered));
    let free = names.find(|name| !disk::stands(name)).unwrap_or_else(|| wanted.to_owned());
    disk::rename(file, &free)
}

/// Whether a file below the output is on our list. The list itself is ours.
fn is_ours(ours: &Manifest, path: &Path) -> bool {
    let Some(mut text) = path.to_str().map(str::to_owned) else { return false };
    if std::path::MAIN_SEPARATOR != '/' {
        text = text.replace(std::path::MAIN_SEPARATOR, "/");
    }
    if text == MANIFEST {
        return true;
    }
    // Apple's disks may give names in another normal form than we wrote.
    OutPath::new(&text)
        .is_ok_and(|path| (cfg!(target_vendor = "apple") || *path == *text) && ours.get(&path).is_some())
}

fn entries(folder: &Path) -> io::Result<Vec<(DirEntry, FileType)>> {
    fs::read_dir(folder)?
        .map(|entry| {
            let entry = entry?;
            let kind = entry.file_type()?;
            Ok((entry, kind))
        })
        .collect()
}
