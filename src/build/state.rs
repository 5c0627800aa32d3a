//! What the last build made from what: the memory of incremental builds.
//!
//! The memory and the site are two things that can part: a build is killed between them, a disk is full, one of them comes back from a backup. So each
//! trace holds the hash of the bytes that were made by it, and counts only for a file that has these bytes.
//!
//! It is kept in parts, each with the targets whose paths fall to it, so that an edit rewrites few of them.
//!
//! Refuses: a memory of another program, of another output folder or of another form.
//! Invariant: what stands in a [`Last`] is true whenever it is read: these bytes follow from an output, a subject and these dependencies at these hashes.

use crate::model::Model;
use crate::output::Subject;
use crate::output::handout::Owner;
use crate::output::trace::Dep;
use crate::world::{Memory, OutPath};
use blake3::Hash;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many parts there are. With ten thousand bulletins one has some two hundred targets.
const PARTS: usize = 64;
/// Kind of the values in the store.
const KIND: &str = "trace";

/// The memory: what every target of the last build was made from.
#[derive(Clone, Debug)]
pub struct State {
    parts: Vec<Arc<Part>>,
}

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

impl SubjectName {
    /// That of a subject.
    pub fn of(model: &Model, subject: &Subject) -> Self {
        let path = |ix| &model.entry(ix).path;
        let name = match subject {
            Subject::Site => "site".to_owned(),
            Subject::Entry(ix) => format!("entry {}", path(*ix)),
            Subject::List(key, page) => format!("list {page} {key:?}"),
            Subject::Section(dir) => format!("section {dir}"),
            Subject::Alias(address, ix) => format!("alias {address:?} {}", path(*ix)),
            Subject::ThemeFile(file) => format!("theme {file}"),
            Subject::Picture(file, variant) => format!("picture {variant} {file}"),
            Subject::Document(file) => format!("document {file}"),
            Subject::Handout(handout, form) => {
                let owner = match &handout.owner {
                    Owner::Bulletin(ix) => format!("bulletin {}", path(*ix)),
                    Owner::Booklet(number) => format!("booklet {number}"),
                    Owner::Village(code) => format!("village {code}"),
                };
                format!("handout {} {form:?} {owner}", handout.layout().name)
            }
            Subject::Gallery(filter, page) => format!("gallery {page} {filter:?}"),
            Subject::Dataset(name, table) => format!("dataset {name:?} {table:?}"),
        };
        Self(half(&blake3::hash(name.as_bytes())))
    }
}

fn half(hash: &Hash) -> [u8; 16] {
    std::array::from_fn(|n| hash.as_bytes()[n])
}

impl Default for State {
    fn default() -> Self {
        Self { parts: vec![Arc::default(); PARTS] }
    }
}

impl State {
    /// All parts, in order.
    pub fn parts(&self) -> &[Arc<Part>] {
        &self.parts
    }

    /// Made of all parts, in order.
    pub fn of(parts: Vec<Arc<Part>>) -> Self {
        debug_assert_eq!(parts.len(), PARTS);
        Self { parts }
    }

    /// The state that is kept for an output folder by a program; empty where none is.
    pub fn recall(memory: &dyn Memory, output: &str, program: &str) -> Self {
        let parts = (0..PARTS).into_par_iter().map(|number| {
            let bytes = memory.recall(KIND, &key(output, program, number))?;
            let part: Part = postcard::from_bytes(&bytes).ok()?;
            let known = |ix: &u32| (*ix as usize) < part.deps.len();
            part.targets.values().all(|last| last.deps.iter().all(known)).then(|| Arc::new(part))
        });
        Self { parts: parts.map(Option::unwrap_or_default).collect() }
    }

    /// Keeps what differs from the state before.
    pub fn keep(&self, before: &Self, memory: &dyn Memory, output: &str, program: &str) {
        self.parts.par_iter().zip(&before.parts).enumerate().for_each(|(number, (part, earlier))| {
            if !Arc::ptr_eq(part, earlier)
                && let Ok(bytes) = postcard::to_allocvec(&**part)
            {
                memory.keep(KIND, &key(output, program, number), bytes);
            }
        });
    }
}

fn key(output: &str, program: &str, part: usize) -> Vec<u8> {
    format!("{program}\n{part}\n{output}").into_bytes()
}
