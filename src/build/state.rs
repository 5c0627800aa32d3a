//! What the last build made from what: the memory of incremental builds.
//!
//! The memory and the site are two things that can part: a build is killed between them, a disk is full, one of them comes back from a backup. So each
//! trace holds the hash of the bytes that were made by it, and counts only for a file that has these bytes.
//!
//! It is kept in parts, each with the targets whose paths fall to it, so that an edit rewrites few of them. Beside each part stands a [`Summary`], from which it is
//! seen that all of the part still holds; the part itself is read only where something of it does not.
//!
//! Refuses: a memory of another program, of another output folder or of another form.
//! Invariant: what stands in a [`Last`] or a [`Summary`] is true whenever it is read: these bytes follow from these outputs, subjects and dependencies at these hashes.

use crate::model::Model;
use crate::output::Subject;
use crate::output::handout::Owner;
use crate::output::trace::Dep;
use crate::source::SharedMemory;
use crate::world::{Memory, OutPath};
use blake3::{Hash, Hasher};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::{self, Write};
use std::sync::{Arc, OnceLock};

/// How many parts there are. With ten thousand bulletins one has some two hundred targets.
const PARTS: usize = 64;
/// The part of the files that are made from the bytes of others: it can be compared only when those are there.
pub const LAST: usize = PARTS;
/// Kind of the parts in the store.
const KIND: &str = "trace";
/// Kind of their summaries.
const SUMMARY: &str = "trace summary";
/// The hash of what does not exist: nothing that exists has it.
pub const NOTHING: [u8; 32] = [0; 32];

/// The memory: what every target of the last build was made from.
#[derive(Clone)]
pub struct State {
    parts: Vec<Kept>,
}

/// A part with its summary.
#[derive(Clone)]
pub struct Kept {
    /// What tells whether all of it still holds.
    pub summary: Summary,
    part: Held,
}

#[derive(Clone)]
enum Held {
    Here(Arc<Part>),
    Stored(Arc<Stored>),
}

/// A part that is read when somebody asks for it.
struct Stored {
    memory: SharedMemory,
    key: Vec<u8>,
    part: OnceLock<Arc<Part>>,
}

/// What tells whether a whole part still holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Hash of the targets: see [`TargetsHash`].
    pub targets: [u8; 32],
    /// Hash of the hashes of the dependencies, first of `entries`, then of `others`, in their order.
    pub hashes: [u8; 32],
    /// The dependencies on one entry.
    pub entries: Vec<EntryDep>,
    /// All others.
    pub others: Vec<Dep>,
}

/// A dependency on one entry: the first bytes of the hash of its path, and which of the dependencies that an entry can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryDep(pub [u8; 16]);

/// The targets whose paths fall to one part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// Every dependency of theirs, with its hash when the targets were made.
    pub deps: Vec<(Dep, [u8; 32])>,
    /// The targets.
    pub targets: BTreeMap<Key, Last>,
}

/// A target in the memory: the first half of the hash of its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key([u8; 16]);

/// A subject in the memory, told by paths and names: positions in a model mean nothing in the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectName([u8; 16]);

/// A target as it was made last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The output that made it.
    pub output: String,
    /// What it shows.
    pub subject: SubjectName,
    /// Numbers of its dependencies in [`Part::deps`].
    pub deps: Vec<u32>,
    /// Hash of its bytes.
    pub bytes: [u8; 32],
}

/// Which of the dependencies on an entry it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum EntryDepKind {
    /// [`Dep::Meta`]
    Meta,
    /// [`Dep::Body`]
    Body,
    /// [`Dep::Neighbours`]
    Neighbours,
    /// [`Dep::Above`]
    Above,
}

/// All of them, by the numbers that they are kept under.
const KINDS: [EntryDepKind; 4] =
    [EntryDepKind::Meta, EntryDepKind::Body, EntryDepKind::Neighbours, EntryDepKind::Above];

impl EntryDep {
    /// The name of an entry in it: that of a path, without a kind.
    pub fn entry(path: &str) -> [u8; 15] {
        let hash = blake3::hash(path.as_bytes());
        std::array::from_fn(|n| hash.as_bytes()[n])
    }

    /// That of a dependency, if it is one on a single entry.
    pub fn of(dep: &Dep) -> Option<Self> {
        let (kind, path) = match dep {
            Dep::Meta(path) => (EntryDepKind::Meta, path),
            Dep::Body(path) => (EntryDepKind::Body, path),
            Dep::Neighbours(path) => (EntryDepKind::Neighbours, path),
            Dep::Above(path) => (EntryDepKind::Above, path),
            _ => return None,
        };
        let entry = Self::entry(path);
        Some(Self(std::array::from_fn(|n| entry.get(n).copied().unwrap_or(kind as u8))))
    }

    /// The entry's name, and which dependency on it.
    pub fn parts(&self) -> ([u8; 15], Option<EntryDepKind>) {
        (std::array::from_fn(|n| self.0[n]), KINDS.get(usize::from(self.0[15])).copied())
    }
}

/// Hashes the targets of a part, one after the other in the order of their keys: where it goes, who makes it, what it shows, which bytes it has.
#[derive(Default)]
pub struct TargetsHash {
    hasher: Hasher,
    subject: String,
}

impl TargetsHash {
    /// Takes the next one.
    pub fn add(&mut self, path: &OutPath, output: &str, subject: SubjectText, bytes: &[u8; 32]) {
        self.subject.clear();
        let _ = write!(self.subject, "{subject}");
        for part in [path, output, self.subject.as_str()] {
            self.hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
        }
        self.hasher.update(bytes);
    }

    /// The hash of all of them.
    pub fn end(self) -> [u8; 32] {
        *self.hasher.finalize().as_bytes()
    }
}

impl Key {
    /// That of a path.
    pub fn of(path: &OutPath) -> Self {
        Self(half(&blake3::hash(path.as_bytes())))
    }

    /// The number of its part.
    pub fn part(&self) -> usize {
        usize::from(self.0[0]) % PARTS
    }
}

/// A subject in words: by paths and names.
#[derive(Clone, Copy)]
pub struct SubjectText<'m>(pub &'m Model, pub &'m Subject);

impl fmt::Display for SubjectText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = |ix| &self.0.entry(ix).path;
        match self.1 {
            Subject::Site => f.write_str("site"),
            Subject::Entry(ix) => write!(f, "entry {}", path(*ix)),
            Subject::List(key, page) => write!(f, "list {page} {key:?}"),
            Subject::Section(dir) => write!(f, "section {dir}"),
            Subject::Alias(address, ix) => write!(f, "alias {address:?} {}", path(*ix)),
            Subject::ThemeFile(file) => write!(f, "theme {file}"),
            Subject::Picture(file, variant) => write!(f, "picture {variant} {file}"),
            Subject::Document(file) => write!(f, "document {file}"),
            Subject::Handout(handout, form) => {
                write!(f, "handout {} {form:?} ", handout.layout().name)?;
                match &handout.owner {
                    Owner::Bulletin(ix) => write!(f, "bulletin {}", path(*ix)),
                    Owner::Booklet(number) => write!(f, "booklet {number}"),
                    Owner::Village(code) => write!(f, "village {code}"),
                }
            }
            Subject::Gallery(filter, page) => write!(f, "gallery {page} {filter:?}"),
            Subject::Dataset(name, table) => write!(f, "dataset {name:?} {table:?}"),
        }
    }
}

impl SubjectName {
    /// That of a subject.
    pub fn of(model: &Model, subject: &Subject) -> Self {
        Self(half(&blake3::hash(SubjectText(model, subject).to_string().as_bytes())))
    }
}

fn half(hash: &Hash) -> [u8; 16] {
    std::array::from_fn(|n| hash.as_bytes()[n])
}

impl Summary {
    /// As it is kept: two hashes, how many dependencies on entries, these, all others.
    fn print(&self) -> Option<Vec<u8>> {
        let count = u32::try_from(self.entries.len()).ok()?;
        let mut bytes = Vec::with_capacity(72 + self.entries.len() * 16);
        bytes.extend_from_slice(&self.targets);
        bytes.extend_from_slice(&self.hashes);
        bytes.extend_from_slice(&count.to_le_bytes());
        self.entries.iter().for_each(|entry| bytes.extend_from_slice(&entry.0));
        postcard::to_extend(&self.others, bytes).ok()
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let (targets, rest) = bytes.split_first_chunk::<32>()?;
        let (hashes, rest) = rest.split_first_chunk::<32>()?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (entries, others) = rest.split_at_checked(u32::from_le_bytes(*count) as usize * 16)?;
        let entry = |bytes: &[u8]| EntryDep(std::array::from_fn(|n| bytes[n]));
        Some(Self {
            targets: *targets,
            hashes: *hashes,
            entries: entries.chunks_exact(16).map(entry).collect(),
            others: postcard::from_bytes(others).ok()?,
        })
    }
}

impl Default for Kept {
    fn default() -> Self {
        Self { summary: Summary::default(), part: Held::Here(Arc::default()) }
    }
}

impl Kept {
    /// A part that was just made.
    pub fn new(summary: Summary, part: Part) -> Self {
        Self { summary, part: Held::Here(Arc::new(part)) }
    }

    /// The part; an empty one where it cannot be read.
    pub fn part(&self) -> &Arc<Part> {
        match &self.part {
            Held::Here(part) => part,
            Held::Stored(stored) => stored.part.get_or_init(|| stored.read().unwrap_or_default()),
        }
    }
}

impl Stored {
    fn read(&self) -> Option<Arc<Part>> {
        let part: Part = postcard::from_bytes(&self.memory.recall(KIND, &self.key)?).ok()?;
        let known = |ix: &u32| (*ix as usize) < part.deps.len();
        part.targets.values().all(|last| last.deps.iter().all(known)).then(|| Arc::new(part))
    }
}

impl Default for State {
    fn default() -> Self {
        Self { parts: vec![Kept::default(); PARTS + 1] }
    }
}

impl State {
    /// All parts, in order.
    pub fn parts(&self) -> &[Kept] {
        &self.parts
    }

    /// Made of all parts, in order.
    pub fn of(parts: Vec<Kept>) -> Self {
        debug_assert_eq!(parts.len(), PARTS + 1);
        Self { parts }
    }

    /// The state that is kept for an output folder by a program; empty where none is.
    pub fn recall(memory: &SharedMemory, output: &str, program: &str) -> Self {
        let parts = (0..=LAST).into_par_iter().map(|number| {
            let key = key(output, program, number);
            let summary = memory.recall(SUMMARY, &key).and_then(|bytes| Summary::read(&bytes));
            let stored = Stored { memory: memory.clone(), key, part: OnceLock::new() };
            Kept { summary: summary.unwrap_or_default(), part: Held::Stored(Arc::new(stored)) }
        });
        Self { parts: parts.collect() }
    }

    /// Keeps what a build has made since it was recalled.
    pub fn keep(&self, memory: &dyn Memory, output: &str, program: &str) {
        self.parts.par_iter().enumerate().for_each(|(number, kept)| {
            let Held::Here(part) = &kept.part else { return };
            if let (Ok(part), Some(summary)) = (postcard::to_allocvec(&**part), kept.summary.print()) {
                let key = key(output, program, number);
                memory.keep(KIND, &key, part);
                memory.keep(SUMMARY, &key, summary);
            }
        });
    }
}

fn key(output: &str, program: &str, part: usize) -> Vec<u8> {
    format!("{program}\n{part}\n{output}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::VPath;

    #[test]
    fn a_summary_reads_what_it_prints() {
        let path = VPath::new("content/tips/a.md").unwrap();
        let deps = [
            Dep::Meta(path.clone()),
            Dep::Body(path.clone()),
            Dep::Neighbours(path.clone()),
            Dep::Above(path.clone()),
        ];
        for (dep, kind) in deps.iter().zip(KINDS) {
            assert_eq!(EntryDep::of(dep).unwrap().parts(), (EntryDep::entry(&path), Some(kind)), "{dep}");
        }
        let entries: Vec<EntryDep> = deps.iter().filter_map(EntryDep::of).collect();
        let others = vec![Dep::Config, Dep::Link(path, "b.md".to_owned())];
        assert!(others.iter().all(|dep| EntryDep::of(dep).is_none()));
        let summary = Summary { targets: [1; 32], hashes: [2; 32], entries, others };
        let bytes = summary.print().unwrap();
        assert_eq!(Summary::read(&bytes), Some(summary));
        assert!((0..bytes.len()).all(|cut| Summary::read(&bytes[..cut]).is_none()));
    }
}
