//! What a commit is about to do, on the disk before it is done, so that the next command can finish it.
//!
//! Refuses: a journal that is not whole; that one was never acted upon.
//! Invariant: doing its entries a second time changes nothing, nor does undoing them a second time.

use super::disk;
use super::error::{At, WriteResult};
use super::manifest::{seal, unseal};
use super::sync;
use crate::world::OutPath;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const JOURNAL: &str = "journal";
const UNDO: &str = "journal-undo";
const HEAD: &str = "yuanba-journal 1";

/// What is going on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Journal {
    /// A whole tree takes the place of the old one. The hash is of the new tree's list of files.
    Swap(blake3::Hash),
    /// Files take their places one by one.
    Place(Vec<Op>),
    /// The same, given up: what was done of it is undone.
    Undo(Vec<Op>),
}

/// One change of the output folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// A folder is made.
    Folder(OutPath),
    /// A staged file goes where none was.
    Add(OutPath),
    /// A staged file goes where one of ours was.
    Replace(OutPath),
    /// A file of ours goes.
    Remove(OutPath),
}

impl Journal {
    /// Puts the journal on the disk; from then on it counts.
    pub fn save(&self, work: &Path) -> WriteResult<()> {
        let path = work.join(JOURNAL);
        let fresh = work.join("journal-new");
        let _ = fs::remove_file(&fresh);
        disk::write_new(&fresh, &self.print()).at(&fresh)?;
        sync::file(&fresh).at(&fresh)?;
        disk::rename(&fresh, &path).at(&path)?;
        sync::folder(work);
        Ok(())
    }

    /// The journal of a work folder, if it has a whole one.
    pub fn load(work: &Path) -> Option<Self> {
        let parsed = |name| fs::read(work.join(name)).ok().and_then(|bytes| Self::parse(&bytes));
        match parsed(UNDO) {
            Some(Self::Place(ops)) => Some(Self::Undo(ops)),
            _ => parsed(JOURNAL),
        }
    }

    /// From now on the saved journal means that it is to be undone.
    pub fn turn_back(work: &Path) -> WriteResult<()> {
        disk::rename(&work.join(JOURNAL), &work.join(UNDO)).at(work)?;
        sync::folder(work);
        Ok(())
    }

    /// Ends it: all is done, or undone.
    pub fn close(work: &Path) -> WriteResult<()> {
        for name in [JOURNAL, UNDO] {
            let path = work.join(name);
            if disk::stands(&path) {
                disk::patiently(|| fs::remove_file(&path)).at(&path)?;
            }
        }
        sync::folder(work);
        Ok(())
    }

    /// Whether a journal is still open.
    pub fn is_open(work: &Path) -> bool {
        [JOURNAL, UNDO].iter().any(|name| disk::stands(&work.join(name)))
    }

    fn print(&self) -> Vec<u8> {
        let mut text = format!("{HEAD}\n");
        match self {
            Self::Swap(hash) => writeln!(text, "swap {}", hash.to_hex()).expect("a String takes every write"),
            Self::Place(ops) | Self::Undo(ops) => {
                for op in ops {
                    let (verb, path) = op.parts();
                    writeln!(text, "{verb} {path}").expect("a String takes every write");
                }
            }
        }
        seal(text)
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let text = unseal(bytes)?.strip_prefix(HEAD)?.strip_prefix('\n')?;
        if let Some(hash) = text.strip_prefix("swap ") {
            return Some(Self::Swap(blake3::Hash::from_hex(hash.trim_end()).ok()?));
        }
        text.lines().map(Op::parse).collect::<Option<_>>().map(Self::Place)
    }
}

impl Op {
    fn parts(&self) -> (&'static str, &OutPath) {
        match self {
            Self::Folder(path) => ("folder", path),
            Self::Add(path) => ("add", path),
            Self::Replace(path) => ("replace", path),
            Self::Remove(path) => ("remove", path),
        }
    }

    fn parse(line: &str) -> Option<Self> {
        let (verb, path) = line.split_once(' ')?;
        let path = OutPath::new(path).ok()?;
        match verb {
            "folder" => Some(Self::Folder(path)),
            "add" => Some(Self::Add(path)),
            "replace" => Some(Self::Replace(path)),
            "remove" => Some(Self::Remove(path)),
            _ => None,
        }
    }

    /// The path that it changes.
    pub fn path(&self) -> &OutPath {
        self.parts().1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let path = |text: &str| OutPath::new(text).unwrap();
        let ops = vec![
            Op::Remove(path("tips")),
            Op::Folder(path("tips")),
            Op::Add(path("tips/一 二.html")),
            Op::Replace(path("index.html")),
        ];
        for journal in [Journal::Swap(blake3::hash(b"x")), Journal::Place(ops), Journal::Place(vec![])] {
            let printed = journal.print();
            assert_eq!(Journal::parse(&printed), Some(journal));
            for cut in 0..printed.len() {
                assert_eq!(Journal::parse(&printed[..cut]), None, "cut at {cut}");
            }
        }
    }
}
