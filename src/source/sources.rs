//! Which file has which identity, and where its text and its tree are to be had.
//!
//! Texts are not held: a text or a tree is read from the disk when somebody asks, and only if the file still has the bytes that its
//! outline was made from. A file that changed in between is noted ([`Sources::report_changed`]), and nothing of it is given out, so
//! that no page and no finding is a mix of two states.
//!
//! Refuses: two identities for one path; an identity for a path that nobody gave one.
//! Invariant: identities are given out in the order of asking, and grow: a new file shifts no other. They mean nothing beyond one build, though mostly they
//! are the same in the next.

use super::memo::{Memo, SharedMemory};
use super::tree::{Tree, Trees, decoded};
use crate::diag::{Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::world::{VPath, World};
use blake3::Hash;
use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// What a file is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Name(Arc<str>);

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Identities by path. It only grows.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    by_name: HashMap<Name, FileId>,
    names: Vec<(Name, Option<VPath>)>,
}

/// So many identities are kept in any case.
const FORGOTTEN: usize = 1_000;

/// The files of one build.
#[derive(Default)]
pub struct Sources {
    ids: Arc<Ids>,
    /// By identity; none where this build does not know the file.
    files: Vec<Option<Contents>>,
    world: Option<Arc<dyn World>>,
    memory: Option<SharedMemory>,
    trees: Trees,
    /// Files whose bytes were not what they had been.
    changed: Mutex<BTreeSet<String>>,
}

/// What is known of a file's text.
enum Contents {
    /// Nothing: it is no text, or could not be read.
    None,
    /// It is here.
    Text(Arc<str>),
    /// It is on the disk.
    OnDisk(Box<OnDisk>),
}

/// A text on the disk.
struct OnDisk {
    /// Hash of the file's bytes.
    hash: Hash,
    /// Where the body begins in the text.
    body_start: u32,
    /// Whether its plain lines are verse.
    verse: bool,
    /// The text, once somebody has asked for it alone.
    text: OnceLock<Arc<str>>,
}

impl Sources {
    /// An empty table.
    pub fn new() -> Self {
        Self::default()
    }

    /// The table of a new build: identities are those of the memo's earlier builds, texts are those of `world`.
    pub fn begin(world: &dyn World, memo: &Memo) -> Self {
        Self {
            ids: memo.ids(),
            world: Some(world.share()),
            memory: memo.memory().cloned(),
            ..Self::default()
        }
    }

    /// Tells the memo which identities there are, for its next build. When most of them are of files that are gone, the next build begins a new table.
    pub fn remember_ids(&self, memo: &Memo) {
        let known = self.files.iter().flatten().count();
        if self.ids.names.len() > FORGOTTEN && self.ids.names.len() > known * 2 {
            memo.set_ids(&Arc::default());
        } else {
            memo.set_ids(&self.ids);
        }
    }

    /// The identity of a path.
    pub fn intern(&mut self, path: &VPath) -> FileId {
        self.intern_as(path, || Some(path.clone()))
    }

    /// The identity of something that can be shown as a path but may be none.
    pub fn intern_text(&mut self, path: &str) -> FileId {
        self.intern_as(path, || VPath::new(path).ok().filter(|known| **known == *path))
    }

    fn intern_as(&mut self, name: &str, path: impl FnOnce() -> Option<VPath>) -> FileId {
        let id = match self.ids.by_name.get(name) {
            Some(id) => *id,
            None => {
                let ids = Arc::make_mut(&mut self.ids);
                let id = FileId(u32::try_from(ids.names.len()).expect("fewer than 2^32 files"));
                let name = Name(name.into());
                ids.names.push((name.clone(), path()));
                ids.by_name.insert(name, id);
                id
            }
        };
        let at = id.0 as usize;
        if self.files.len() <= at {
            self.files.resize_with(at + 1, || None);
        }
        self.files[at].get_or_insert(Contents::None);
        id
    }

    /// The identity of a path; none where this build does not know the path.
    pub fn id(&self, path: &str) -> Option<FileId> {
        let id = *self.ids.by_name.get(path)?;
        self.contents(id).map(|_| id)
    }

    /// The path of a file.
    ///
    /// # Panics
    /// If the file is known by a text that is no path.
    pub fn vpath(&self, id: FileId) -> &VPath {
        self.path_of(id).expect("files that are read have paths")
    }

    fn path_of(&self, id: FileId) -> Option<&VPath> {
        self.ids.names.get(id.0 as usize)?.1.as_ref()
    }

    /// The paths of all files of this build.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        let known = self.ids.names.iter().zip(&self.files).filter(|(_, file)| file.is_some());
        known.map(|((name, _), _)| &*name.0)
    }

    fn contents(&self, id: FileId) -> Option<&Contents> {
        self.files.get(id.0 as usize)?.as_ref()
    }

    /// Sets the text of a file.
    ///
    /// # Panics
    /// If the identity is none of this table.
    pub fn set_text(&mut self, id: FileId, text: Arc<str>) {
        self.files[id.0 as usize] = Some(Contents::Text(text));
    }

    /// Says that a file's text is on the disk, and which bytes it has.
    ///
    /// # Panics
    /// If the identity is none of this table.
    pub(super) fn set_on_disk(&mut self, id: FileId, hash: Hash, body_start: u32, verse: bool) {
        let contents = OnDisk { hash, body_start, verse, text: OnceLock::new() };
        self.files[id.0 as usize] = Some(Contents::OnDisk(Box::new(contents)));
    }

    /// The hash of a file's bytes; none of a file that is not known from the disk.
    pub fn hash(&self, id: FileId) -> Option<Hash> {
        self.on_disk(id).map(|disk| disk.hash)
    }

    fn on_disk(&self, id: FileId) -> Option<&OnDisk> {
        match self.contents(id)? {
            Contents::OnDisk(disk) => Some(disk),
            _ => None,
        }
    }

    pub(super) fn memory(&self) -> Option<&SharedMemory> {
        self.memory.as_ref()
    }

    pub(super) fn trees(&self) -> &Trees {
        &self.trees
    }

    /// Text and tree of a file, parsed now unless one is at hand. Of a file that changed since its outline was made they are empty,
    /// and the build will say so.
    pub fn tree(&self, id: FileId) -> Arc<Tree> {
        if let Some(tree) = self.trees.get(id) {
            return tree;
        }
        let Some(disk) = self.on_disk(id) else { return Arc::default() };
        let Some(bytes) = self.bytes(id, &disk.hash) else { return Arc::default() };
        let tree = Arc::new(Tree::read(id, &bytes, disk.body_start as usize, disk.verse));
        self.trees.offer(id, &tree);
        tree
    }

    /// The bytes of a file, if they are still those with this hash.
    fn bytes(&self, id: FileId, hash: &Hash) -> Option<Arc<[u8]>> {
        self.document(self.path_of(id)?, hash)
    }

    /// The bytes of any file of the site, if they are still those with this hash.
    pub(super) fn document(&self, path: &VPath, hash: &Hash) -> Option<Arc<[u8]>> {
        let read = self.world.as_ref()?.read(path).ok();
        let same = read.filter(|bytes| blake3::hash(bytes) == *hash);
        if same.is_none() {
            self.note_changed(path);
        }
        same
    }

    /// Notes that a file has not the bytes that it had earlier in this build.
    pub fn note_changed(&self, path: &str) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
    }

    /// Whether a file had other bytes when it was read again.
    pub(super) fn has_changed(&self, id: FileId) -> bool {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).contains(self.path(id))
    }

    /// Reads the texts of the files that findings name, and reports files that changed since the build began. What was made of
    /// such a file is not published: one part of it may be old and another new.
    pub fn report_changed(&self, sink: &mut Sink) {
        for finding in sink.found() {
            for span in finding.primary.iter().chain(finding.related.iter().map(|label| &label.span)) {
                self.text(span.file);
            }
        }
        for path in self.changed.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let finding =
                Diagnostic::new(codes::CHANGED_FILE, Message::new("changed-file").with("path", path))
                    .hint(Message::new("changed-file-hint"));
            sink.report(match self.id(path) {
                Some(id) => finding.at(Span::whole(id)),
                None => finding,
            });
        }
    }
}

impl Files for Sources {
    fn path(&self, file: FileId) -> &str {
        self.ids.names.get(file.0 as usize).map_or("", |(name, _)| &name.0)
    }

    fn text(&self, file: FileId) -> &str {
        match self.contents(file) {
            None | Some(Contents::None) => "",
            Some(Contents::Text(text)) => text,
            Some(Contents::OnDisk(disk)) => disk.text.get_or_init(|| {
                if let Some(tree) = self.trees.get(file) {
                    return tree.text.clone();
                }
                let Some(bytes) = self.bytes(file, &disk.hash) else { return "".into() };
                let (Ok(text) | Err(text)) = decoded(file, &bytes, &mut Sink::new());
                text
            }),
        }
    }
}

impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.paths()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    /// The identities that a build gives to files of these numbers.
    fn build(memo: &Memo, files: std::ops::Range<usize>) -> Vec<FileId> {
        let world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH);
        let mut sources = Sources::begin(&world, memo);
        let ids = files.map(|number| sources.intern_text(&format!("content/{number}.md"))).collect();
        sources.remember_ids(memo);
        ids
    }

    #[test]
    fn identities_of_files_that_are_gone_are_forgotten() {
        let memo = Memo::on();
        let first = build(&memo, 0..FORGOTTEN + 100);
        assert_eq!(build(&memo, 100..FORGOTTEN + 100), first[100..], "the same in the next build");
        assert_eq!(build(&memo, 50..60), first[50..60]);
        assert_eq!(build(&memo, 50..60), first[..10], "a new table");
    }
}
