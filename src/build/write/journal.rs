//! What a commit is about to do, on the disk before it is done, so that the next command can finish it.
//!
//! It is sealed with the key of this machine and of the output's place. For each file it says which bytes go and which come:
//! days may pass before it is finished, and what somebody put there meanwhile is theirs.
//!
//! Refuses: a journal that is not whole, or not ours.
//! Invariant: doing its entries a second time changes nothing, nor does undoing them a second time.

use super::disk::{self, LIST_LIMIT};
use super::error::{At, Reason, WriteError, WriteResult};
use super::manifest::Written;
use super::seal::Seal;
use crate::world::replace::patiently;
use crate::world::{OpenFolder, OutPath};
use std::fmt::Write as _;
use std::io::ErrorKind;

const JOURNAL: &str = "journal";
const UNDO: &str = "journal-undo";
const HEAD: &str = "yuanba-journal 2";

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
    /// A staged file of these bytes goes where none was.
    Add(OutPath, Written),
    /// A staged file goes where one of ours was: what goes, what comes.
    Replace(OutPath, Written, Written),
    /// A file of ours that has these bytes goes.
    Remove(OutPath, Written),
    /// A file that somebody changed makes room; it gets the second path.
    Aside(OutPath, OutPath),
}

impl Journal {
    /// Puts the journal on the disk; from then on it counts.
    pub fn save(&self, work: &OpenFolder, seal: Seal) -> WriteResult<()> {
        work.replace(JOURNAL, &self.print(seal)).at(&work.path().join(JOURNAL))
    }

    /// The journal of a work folder, if it has one.
    ///
    /// # Errors
    /// Where what stands in its place is not ours.
    pub fn load(work: &OpenFolder, seal: Seal) -> WriteResult<Option<Self>> {
        let read = |name| match work.read(name, LIST_LIMIT) {
            Ok(bytes) => Self::parse(&bytes, seal).map(Some),
            Err(error) if error.kind() == ErrorKind::NotFound => Some(None),
            Err(_) => None,
        };
        match (read(UNDO), read(JOURNAL)) {
            (Some(Some(Self::Place(ops))), _) => Ok(Some(Self::Undo(ops))),
            (Some(None), Some(journal)) => Ok(journal),
            _ => Err(WriteError::new(work.path(), Reason::StrayWork)),
        }
    }

    /// From now on the saved journal means that it is to be undone.
    pub fn turn_back(work: &OpenFolder) -> WriteResult<()> {
        patiently(|| work.dir().rename(JOURNAL, work.dir(), UNDO)).at(work.path())?;
        work.sync();
        Ok(())
    }

    /// Ends it: all is done, or undone.
    pub fn close(work: &OpenFolder) -> WriteResult<()> {
        for name in [JOURNAL, UNDO] {
            if disk::stands(work, name) {
                patiently(|| work.dir().remove_file(name)).at(&work.path().join(name))?;
            }
        }
        work.sync();
        Ok(())
    }

    /// Whether a journal is still open.
    pub fn is_open(work: &OpenFolder) -> bool {
        [JOURNAL, UNDO].iter().any(|name| disk::stands(work, name))
    }

    fn print(&self, seal: Seal) -> Vec<u8> {
        let mut text = format!("{HEAD}\n");
        match self {
            Self::Swap(hash) => writeln!(text, "swap {}", hash.to_hex()).expect("a String takes every write"),
            Self::Place(ops) | Self::Undo(ops) => ops.iter().for_each(|op| op.print(&mut text)),
        }
        seal.close(text)
    }

    fn parse(bytes: &[u8], seal: Seal) -> Option<Self> {
        let text = seal.open(bytes)?.strip_prefix(HEAD)?.strip_prefix('\n')?;
        if let Some(hash) = text.strip_prefix("swap ") {
            return Some(Self::Swap(blake3::Hash::from_hex(hash.trim_end()).ok()?));
        }
        text.lines().map(Op::parse).collect::<Option<_>>().map(Self::Place)
    }
}

impl Op {
    fn print(&self, text: &mut String) {
        let bytes = |written: &Written| format!("{} {}", written.hash.to_hex(), written.len);
        let line = match self {
            Self::Folder(path) => format!("folder {path}"),
            Self::Add(path, new) => format!("add {} {path}", bytes(new)),
            Self::Replace(path, old, new) => format!("replace {} {} {path}", bytes(old), bytes(new)),
            Self::Remove(path, old) => format!("remove {} {path}", bytes(old)),
            // No path of the output has two slashes in a row.
            Self::Aside(path, to) => format!("aside {path}//{to}"),
        };
        text.push_str(&line);
        text.push('\n');
    }

    fn parse(line: &str) -> Option<Self> {
        let (verb, rest) = line.split_once(' ')?;
        let path = |text: &str| OutPath::new(text).ok();
        Some(match verb {
            "folder" => Self::Folder(path(rest)?),
            "add" => {
                let (new, rest) = Written::parse(rest)?;
                Self::Add(path(rest)?, new)
            }
            "replace" => {
                let (old, rest) = Written::parse(rest)?;
                let (new, rest) = Written::parse(rest)?;
                Self::Replace(path(rest)?, old, new)
            }
            "remove" => {
                let (old, rest) = Written::parse(rest)?;
                Self::Remove(path(rest)?, old)
            }
            "aside" => {
                let (from, to) = rest.split_once("//")?;
                Self::Aside(path(from)?, path(to)?)
            }
            _ => return None,
        })
    }

    /// The path that it changes.
    pub fn path(&self) -> &OutPath {
        match self {
            Self::Folder(path)
            | Self::Add(path, _)
            | Self::Replace(path, ..)
            | Self::Remove(path, _)
            | Self::Aside(path, _) => path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let path = |text: &str| OutPath::new(text).unwrap();
        let (old, new) = (Written::of(b"old"), Written::of(b"new"));
        let ops = vec![
            Op::Remove(path("tips"), old),
            Op::Folder(path("tips")),
            Op::Add(path("tips/一 二.html"), new),
            Op::Aside(path("index.html"), path("index.html.1")),
            Op::Replace(path("index.html"), old, new),
        ];
        let seal = Seal::Ours([1; 32]);
        for journal in [Journal::Swap(blake3::hash(b"x")), Journal::Place(ops), Journal::Place(vec![])] {
            let printed = journal.print(seal);
            for other in [Seal::Plain, Seal::Ours([2; 32])] {
                assert_eq!(Journal::parse(&printed, other), None);
            }
            for cut in 0..printed.len() {
                assert_eq!(Journal::parse(&printed[..cut], seal), None, "cut at {cut}");
            }
            assert_eq!(Journal::parse(&printed, seal), Some(journal));
        }
    }
}
