//! The order in which a small change is put in place, and what stands against it.
//!
//! Refuses: replacing what is not ours, and going through links.
//! Invariant: an error is found before the first file moves.

use super::Rank;
use super::apply::NEW;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::journal::Op;
use super::manifest::{MANIFEST, Manifest};
use super::place::inside;
use crate::world::OutPath;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

/// A change of an output folder whose staged files lie in a work folder.
pub(super) struct Change<'a> {
    pub output: &'a Path,
    pub work: &'a Path,
    pub old: &'a Manifest,
    /// Staged files.
    pub fresh: Vec<(Rank, &'a OutPath)>,
    /// Files of ours that go.
    pub gone: Vec<&'a OutPath>,
}

impl Change<'_> {
    /// The entries of the journal, in order: removals that make room, files by rank, other removals, the list.
    pub fn plan(mut self) -> WriteResult<Vec<Op>> {
        self.fresh.sort_unstable();
        // By folded path: on a disk without letter case `Tips/` and `tips/` are one folder.
        let going: BTreeMap<String, &OutPath> = self.gone.iter().map(|path| (path.fold(), *path)).collect();
        let mut first: BTreeSet<&OutPath> = BTreeSet::new();
        for (_, path) in &self.fresh {
            first.extend(in_the_way(&path.fold(), &going));
        }
        let mut ops: Vec<Op> = first.iter().map(|path| Op::Remove((*path).clone())).collect();
        let mut folders = BTreeSet::new();
        for (_, path) in &self.fresh {
            self.folders(path, &going, &mut folders, &mut ops)?;
            ops.extend(self.file(path, &going)?);
        }
        let later = self.gone.iter().filter(|path| !first.contains(*path));
        ops.extend(later.map(|path| Op::Remove((*path).clone())));
        let list = OutPath::new(MANIFEST).expect("a plain name");
        let listed = disk::stands(&self.output.join(MANIFEST));
        ops.push(if listed { Op::Replace(list) } else { Op::Add(list) });
        Ok(ops)
    }

    /// The folders above a file that have to be made.
    fn folders<'p>(
        &self,
        path: &'p OutPath,
        going: &BTreeMap<String, &OutPath>,
        known: &mut BTreeSet<&'p str>,
        ops: &mut Vec<Op>,
    ) -> WriteResult<()> {
        for (end, _) in path.match_indices('/') {
            let above = &path[..end];
            if !known.insert(above) {
                continue;
            }
            let above = OutPath::new(above).expect("a part of a path is one");
            let file = inside(self.output, &above);
            match fs::symlink_metadata(&file) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) if going.contains_key(&above.fold()) => ops.push(Op::Folder(above)),
                Ok(_) => return Err(WriteError::new(file, Reason::InTheWay)),
                Err(error) if is_absent(error.kind()) => ops.push(Op::Folder(above)),
                Err(error) => return Err(error).at(&file),
            }
        }
        Ok(())
    }

    /// How a file gets its place; none where it is there already.
    fn file(&self, path: &OutPath, going: &BTreeMap<String, &OutPath>) -> WriteResult<Option<Op>> {
        let file = inside(self.output, path);
        let meta = match fs::symlink_metadata(&file) {
            Ok(meta) => meta,
            Err(error) if is_absent(error.kind()) => return Ok(Some(Op::Add(path.clone()))),
            Err(error) => return Err(error).at(&file),
        };
        if meta.is_dir() {
            let free = holds_only(&file, path, going).at(&file)?;
            return if free {
                Ok(Some(Op::Add(path.clone())))
            } else {
                Err(WriteError::new(file, Reason::InTheWay))
            };
        }
        if self.old.get(path).is_some() {
            return Ok(Some(Op::Replace(path.clone())));
        }
        if going.contains_key(&path.fold()) {
            return Ok(Some(Op::Add(path.clone())));
        }
        // Not ours. The same bytes are what we want; others are not ours to lose.
        let staged = inside(&self.work.join(NEW), path);
        if disk::same_bytes(&file, &staged) { Ok(None) } else { Err(WriteError::new(file, Reason::InTheWay)) }
    }
}

/// Files that go and whose place is needed: the same name in other letters, a file where a folder is needed, files
/// in a folder where a file is needed.
fn in_the_way<'p>(path: &str, going: &BTreeMap<String, &'p OutPath>) -> Vec<&'p OutPath> {
    let above = path.match_indices('/').map(|(end, _)| &path[..end]);
    let mut found: Vec<_> = above.chain([path]).filter_map(|path| going.get(path).copied()).collect();
    let folder = format!("{path}/");
    found.extend(
        going
            .range(folder.clone()..)
            .take_while(|(path, _)| path.starts_with(&folder))
            .map(|(_, path)| *path),
    );
    found
}

/// Whether a folder holds nothing but files that go.
fn holds_only(folder: &Path, path: &OutPath, going: &BTreeMap<String, &OutPath>) -> std::io::Result<bool> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(below) = name.to_str().and_then(|name| OutPath::new(&format!("{path}/{name}")).ok()) else {
            return Ok(false);
        };
        let free = if entry.file_type()?.is_dir() {
            holds_only(&entry.path(), &below, going)?
        } else {
            going.contains_key(&below.fold())
        };
        if !free {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}
