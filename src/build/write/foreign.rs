//! Files in `public/` that are not ours: a PDF that a colleague put there stays, whatever is built around it. So does a
//! file of ours that somebody changed.
//!
//! Refuses: links and devices in a swap. A tree that holds such things is changed file by file instead.
//! Invariant: a file that has other bytes than our list says is in the output folder after every build that it was in
//! before, if need be under the next free name.

use super::disk::{self, stamp_of};
use super::error::{At, Reason, WriteError, WriteResult};
use super::manifest::{MANIFEST, Manifest, Written};
use super::place::INSIDE;
use super::plan::free_name;
use super::survey::{Stamps, look_in};
use super::tree::Tree;
use crate::world::replace::patiently;
use crate::world::{OpenFolder, OutPath};
use cap_std::fs::{DirEntry, FileType};
use rayon::prelude::*;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What the list says of an output, and when its files had those bytes.
#[derive(Clone, Copy)]
pub(super) struct Ours<'a> {
    pub list: &'a Manifest,
    pub stamps: &'a Stamps,
}

/// One thing that is not ours.
pub(super) struct Foreign {
    /// Its path below the output.
    pub path: PathBuf,
    /// Whether it can be given a place in a new tree: a file, or a folder with nothing in it.
    pub movable: bool,
    /// On the list, but somebody changed it.
    listed: bool,
    folder: bool,
}

/// What became of a thing that is not ours.
pub(super) enum Carried {
    /// It keeps its name.
    Same(PathBuf),
    /// It had to make room.
    Aside(OutPath, OutPath),
}

/// Everything in a tree that is not ours, sorted.
pub(super) fn find(root: &Tree, ours: Ours) -> io::Result<Vec<Foreign>> {
    let mut found = look(root.root(), Path::new(""), ours)?;
    found.sort_unstable_by(|one, other| one.path.cmp(&other.path));
    Ok(found)
}

fn look(folder: &OpenFolder, path: &Path, ours: Ours) -> io::Result<Vec<Foreign>> {
    let entries = entries(folder)?;
    if entries.is_empty() && !path.as_os_str().is_empty() {
        return Ok(vec![Foreign { path: path.to_owned(), movable: true, listed: false, folder: true }]);
    }
    let parts: Vec<Vec<Foreign>> = entries
        .par_iter()
        .map(|(entry, kind)| {
            let path = path.join(entry.file_name());
            if path == Path::new(INSIDE) || path == Path::new(MANIFEST) {
                return Ok(Vec::new());
            }
            if kind.is_dir() {
                return look(&folder.below(entry.file_name())?, &path, ours);
            }
            let listed = ours.entry(&path);
            if let Some((name, written)) = listed
                && (ours.knows(name, entry) || is_torn(entry, written))
            {
                return Ok(Vec::new());
            }
            Ok(vec![Foreign { path, movable: kind.is_file(), listed: listed.is_some(), folder: false }])
        })
        .collect::<io::Result<_>>()?;
    Ok(parts.into_iter().flatten().collect())
}

/// Gives everything foreign its place in the new tree, beside the one that it keeps in the old.
pub(super) fn carry(foreign: &[Foreign], output: &Tree, new: &Tree) -> WriteResult<Vec<Carried>> {
    let mut carried = Vec::new();
    for one in foreign {
        let made = if one.folder {
            new.create_dir_all(&one.path)
        } else {
            new.make_way(&one.path).and_then(|()| output.link_or_copy(&one.path, new, &one.path))
        };
        let is_same = || disk::same_bytes(output, &one.path, new, &one.path);
        match made {
            Ok(()) => carried.push(Carried::Same(one.path.clone())),
            // We want to publish under this very name. The same bytes are what we want; others are not ours to lose.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && is_same() => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists && one.listed => {
                let path = named(&one.path).ok_or_else(|| in_the_way(output, &one.path))?;
                let free = free_name(new, &path).ok_or_else(|| in_the_way(output, &one.path))?;
                output.link_or_copy(&one.path, new, &*free).at(&output.shown(&one.path))?;
                carried.push(Carried::Aside(path, free));
            }
            Err(error) if matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotADirectory) => {
                return Err(in_the_way(output, &one.path));
            }
            Err(error) => return Err(error).at(&output.shown(&one.path)),
        }
    }
    Ok(carried)
}

fn in_the_way(output: &Tree, path: &Path) -> WriteError {
    WriteError::new(output.shown(path), Reason::InTheWay)
}

/// Empties a tree that was swapped out, which lies at `name` in the work folder. What arrived in it after the new tree
/// was made, or was changed in it, is moved to the new one.
pub(super) fn retire(work: &OpenFolder, name: &str, output: &Tree, stamps: &Stamps) -> io::Result<()> {
    let tree = match work.below(name) {
        Ok(folder) => Tree::new(folder),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let list = Manifest::read(&tree).ok().flatten().map(|(list, _)| list).unwrap_or_default();
    clear(tree.root(), Path::new(""), &tree, Ours { list: &list, stamps }, output)?;
    drop(tree);
    patiently(|| work.dir().remove_dir(name))
}

fn clear(folder: &OpenFolder, path: &Path, tree: &Tree, ours: Ours, output: &Tree) -> io::Result<()> {
    entries(folder)?.par_iter().try_for_each(|(entry, kind)| {
        let name = entry.file_name();
        let path = path.join(&name);
        if kind.is_dir() {
            clear(&folder.below(&name)?, &path, tree, ours, output)?;
            return patiently(|| folder.dir().remove_dir(&name));
        }
        // The list goes last: without it nothing tells a later run which files of a half-removed tree are ours.
        if path == Path::new(MANIFEST) {
            return Ok(());
        }
        let intact = ours.entry(&path).is_some_and(|(listed, written)| {
            look_in(folder.dir(), &name, written, ours.stamps.get(listed).copied()).is_some()
                || is_torn(entry, written)
        });
        if intact || has_twin(tree, &path, output) {
            return patiently(|| folder.dir().remove_file(&name));
        }
        rescue(tree, &path, output)
    })?;
    if path.as_os_str().is_empty() && disk::stands(folder, MANIFEST) {
        patiently(|| folder.dir().remove_file(MANIFEST))?;
    }
    Ok(())
}

/// A path, then the same with a number: `a`, `a.1`, `a.2` …
fn names(path: &Path) -> impl Iterator<Item = PathBuf> {
    let numbered = |number: usize| {
        let mut name = path.as_os_str().to_owned();
        name.push(format!(".{number}"));
        PathBuf::from(name)
    };
    std::iter::once(path.to_owned()).chain((1..1000).map(numbered))
}

/// Whether the new tree has this file, be it under a number.
fn has_twin(tree: &Tree, path: &Path, output: &Tree) -> bool {
    names(path).take_while(|name| output.stands(name)).any(|name| disk::same_bytes(tree, path, output, &name))
}

/// Moves a late file to its place in the new tree, or to the next free name there.
fn rescue(tree: &Tree, path: &Path, output: &Tree) -> io::Result<()> {
    output.make_way(path)?;
    let free = names(path).find(|name| !output.stands(name)).ok_or(ErrorKind::AlreadyExists)?;
    tree.rename(path, output, free)
}

impl Ours<'_> {
    /// The list's entry for a file below the output.
    fn entry(&self, path: &Path) -> Option<(&OutPath, &Written)> {
        let name = named(path)?;
        // Apple's disks may give names in another normal form than we wrote.
        let same = cfg!(target_vendor = "apple") || Path::new(&*name) == path;
        self.list.files.get_key_value(&name).filter(|_| same)
    }

    /// Whether a file still has the time at which it had our bytes.
    fn knows(&self, path: &OutPath, entry: &DirEntry) -> bool {
        let stamp = entry.metadata().ok().as_ref().and_then(stamp_of);
        stamp.is_some() && stamp.as_ref() == self.stamps.get(path)
    }
}

/// A file without bytes where ours had some, as a power cut may leave: no loss to anybody.
fn is_torn(entry: &DirEntry, written: &Written) -> bool {
    written.len > 0 && entry.metadata().is_ok_and(|meta| meta.is_file() && meta.len() == 0)
}

fn named(path: &Path) -> Option<OutPath> {
    let mut text = path.to_str()?.to_owned();
    if std::path::MAIN_SEPARATOR != '/' {
        text = text.replace(std::path::MAIN_SEPARATOR, "/");
    }
    OutPath::new(&text).ok()
}

fn entries(folder: &OpenFolder) -> io::Result<Vec<(DirEntry, FileType)>> {
    folder
        .dir()
        .entries()?
        .map(|entry| {
            let entry = entry?;
            let kind = entry.file_type()?;
            Ok((entry, kind))
        })
        .collect()
}
