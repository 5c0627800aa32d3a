//! The files that a document may read: the theme's templates, its data, its pictures.
//!
//! Refuses: every other path, packages, the clock.
//! Invariant: no disk is touched; a path that was not listed is not there.

use super::kit::Kit;
use jiff::civil::Date;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

/// The world of one document.
pub(super) struct Sheet<'k> {
    kit: &'k Kit,
    main: FileId,
    /// A main file that is the program's, not the theme's.
    own: Option<Source>,
    files: HashMap<FileId, Bytes>,
    date: Option<Date>,
}

impl<'k> Sheet<'k> {
    /// A world whose main file is a template of the theme.
    pub fn of_theme(kit: &'k Kit, main: FileId, date: Option<Date>) -> Self {
        Self { kit, main, own: None, files: HashMap::new(), date }
    }

    /// A world whose main file is given.
    pub fn own(kit: &'k Kit, text: String, date: Option<Date>) -> Option<Self> {
        let main = file_id("/main.typ")?;
        Some(Self { kit, main, own: Some(Source::new(main, text)), files: HashMap::new(), date })
    }

    /// Adds a file, or takes another in its place.
    pub fn put(&mut self, path: &str, bytes: Bytes) {
        if let Some(id) = file_id(path) {
            self.files.insert(id, bytes);
        }
    }

    /// Adds pictures.
    pub fn put_all<'f>(&mut self, files: impl IntoIterator<Item = (&'f String, &'f Arc<[u8]>)>) {
        for (path, bytes) in files {
            self.put(path, Bytes::new(bytes.clone()));
        }
    }
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.kit.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.kit.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if let Some(own) = self.own.as_ref().filter(|own| own.id() == id) {
            return Ok(own.clone());
        }
        match self.kit.sources.get(&id) {
            Some((_, source)) => source.clone(),
            None if self.files.contains_key(&id) => Err(FileError::NotSource),
            None => Err(not_found(id)),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let theme = || self.kit.sources.get(&id).map(|(bytes, _)| bytes);
        self.files.get(&id).or_else(theme).cloned().ok_or_else(|| not_found(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.kit.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.date.and_then(datetime)
    }
}

/// The id of a path. Ids are never given back, so there may only be as many paths as a theme and a bulletin have names for:
/// templates, `/data.json`, `/img-0.jpg` and on.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?).intern())
}

/// A day as Typst has it.
pub(super) fn datetime(date: Date) -> Option<Datetime> {
    Datetime::from_ymd(date.year().into(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

fn not_found(id: FileId) -> FileError {
    match id.root() {
        VirtualRoot::Project => FileError::NotFound(PathBuf::from(id.vpath().get_with_slash())),
        VirtualRoot::Package(_) => FileError::AccessDenied,
    }
}
