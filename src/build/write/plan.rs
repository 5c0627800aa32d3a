//! The order in which a small change is put in place, and what stands against it.
//!
//! A file of ours that somebody changed is theirs now. Where the site has no file of that name any more it stays; where
//! it has, theirs makes room under the next free name. Both are told.
//!
//! Refuses: replacing or removing what has other bytes than the list says, and going through links.
//! Invariant: an error is found before the first file moves.

use super::Rank;
use super::disk;
use super::error::{At, Reason, WriteError, WriteResult};
use super::journal::Op;
use super::manifest::{MANIFEST, Manifest, Written};
use super::survey::{Stamps, look};
use super::tree::Tree;
use crate::world::{OpenFolder, OutPath};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::path::Path;

/// A change of an output folder whose staged files lie in a work folder.
pub(super) struct Change<'a> {
    pub output: &'a Tree,
    /// The staged files.
    pub new: &'a Tree,
    pub old: &'a Manifest,
    /// When the files of the list had its bytes.
    pub stamps: &'a Stamps,
    /// The list that is there now.
    pub list: Option<Written>,
    /// The one that will be.
    pub new_list: Written,
    /// Staged files.
    pub fresh: Vec<(Rank, &'a OutPath, Written)>,
    /// Files of ours that go: those that have the bytes that the list says.
    pub gone: Vec<&'a OutPath>,
}

impl Change<'_> {
    /// The entries of the journal, in order: removals that make room, files by rank, other removals, the list.
    pub fn plan(mut self) -> WriteResult<Vec<Op>> {
        self.fresh.sort_unstable_by_key(|(rank, path, _)| (*rank, *path));
        // By folded path: on a disk without letter case `Tips/` and `tips/` are one folder.
        let going: BTreeMap<String, &OutPath> = self.gone.iter().map(|path| (path.fold(), *path)).collect();
        let mut first: BTreeSet<&OutPath> = BTreeSet::new();
        for (_, path, _) in &self.fresh {
            first.extend(in_the_way(&path.fold(), &going));
        }
        let remove = |path: &OutPath| {
            let there = present(self.output, path, &self.old.files[path], self.stamps)?;
            Some(Op::Remove(path.clone(), there))
        };
        let mut ops: Vec<Op> = first.iter().filter_map(|path| remove(path)).collect();
        let mut folders = BTreeSet::new();
        for (_, path, new) in &self.fresh {
            self.folders(path, &going, &mut folders, &mut ops)?;
            self.file(path, *new, &going, &mut ops)?;
        }
        ops.extend(self.gone.iter().filter(|path| !first.contains(*path)).filter_map(|path| remove(path)));
        let list = OutPath::new(MANIFEST).expect("a plain name");
        ops.push(match self.list {
            Some(old) => Op::Replace(list, old, self.new_list),
            None => Op::Add(list, self.new_list),
        });
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
            match self.output.stat(&*above) {
                Ok(meta) if meta.is_dir() => {}
                Ok(_) if going.contains_key(&above.fold()) => ops.push(Op::Folder(above)),
                Ok(_) => return Err(WriteError::new(self.output.shown(&*above), Reason::InTheWay)),
                Err(error) if is_absent(error.kind()) => ops.push(Op::Folder(above)),
                Err(error) => return Err(error).at(&self.output.shown(&*above)),
            }
        }
        Ok(())
    }

    /// How a file gets its place; nothing where it is there already.
    fn file(
        &self,
        path: &OutPath,
        new: Written,
        going: &BTreeMap<String, &OutPath>,
        ops: &mut Vec<Op>,
    ) -> WriteResult<()> {
        let in_the_way = || Err(WriteError::new(self.output.shown(&**path), Reason::InTheWay));
        let meta = match self.output.stat(&**path) {
            Ok(meta) => meta,
            Err(error) if is_absent(error.kind()) => {
                ops.push(Op::Add(path.clone(), new));
                return Ok(());
            }
            Err(error) => return Err(error).at(&self.output.shown(&**path)),
        };
        if meta.is_dir() {
            let folder = self.output.folder(Path::new(&**path));
            let free = folder.and_then(|folder| holds_only(&folder, path, going));
            if !free.at(&self.output.shown(&**path))? {
                return in_the_way();
            }
            ops.push(Op::Add(path.clone(), new));
        } else if let Some(old) = self.old.get(path) {
            if let Some(there) = present(self.output, path, old, self.stamps) {
                ops.push(Op::Replace(path.clone(), there, new));
            } else if self.same_as_staged(path) {
                // Somebody else made what we want.
            } else {
                let Some(free) = free_name(self.output, path) else { return in_the_way() };
                ops.extend([Op::Aside(path.clone(), free), Op::Add(path.clone(), new)]);
            }
        } else if going.contains_key(&path.fold()) {
            ops.push(Op::Add(path.clone(), new));
        } else if !self.same_as_staged(path) {
            // Not ours. The same bytes are what we want; others are not ours to lose.
            return in_the_way();
        }
        Ok(())
    }

    fn same_as_staged(&self, path: &OutPath) -> bool {
        disk::same_bytes(self.output, Path::new(&**path), self.new, Path::new(&**path))
    }
}

/// What a file of the list holds, if it is ours to replace or remove: what the list says, or nothing at all. A file without bytes,
/// as a power cut may leave, is no loss to anybody.
pub(super) fn present(output: &Tree, path: &OutPath, listed: &Written, stamps: &Stamps) -> Option<Written> {
    if look(output, path, listed, stamps.get(path).copied()).is_some() {
        return Some(*listed);
    }
    let meta = output.stat(&**path).ok()?;
    (meta.is_file() && meta.len() == 0).then(|| Written::of(b""))
}

/// The next free name beside a path: `index.html.1`, `index.html.2` …
pub(super) fn free_name(output: &Tree, path: &OutPath) -> Option<OutPath> {
    (1..1000)
        .map_while(|number| OutPath::new(&format!("{path}.{number}")).ok())
        .find(|name| !output.stands(&**name))
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
fn holds_only(folder: &OpenFolder, path: &OutPath, going: &BTreeMap<String, &OutPath>) -> io::Result<bool> {
    for entry in folder.dir().entries()? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(below) = name.to_str().and_then(|name| OutPath::new(&format!("{path}/{name}")).ok()) else {
            return Ok(false);
        };
        let free = if entry.file_type()?.is_dir() {
            holds_only(&folder.below(&name)?, &below, going)?
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
