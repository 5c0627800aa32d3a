//! Which files a site has, sorted by what they are.
//!
//! Refuses: texts that are links into a place whose files must not be published.
//! Invariant: every file of `content/` is a text, an asset, or told.

use super::addresses::{self, AddressBook};
use super::public_file::{self, is_kept};
use crate::diag::{FileId, Sink};
use crate::source::{Sources, file_finding};
use crate::world::{VPath, World};
use std::collections::BTreeSet;

/// The files of `content/`, sorted by what they are.
pub(super) struct FileList {
    /// Texts and settings.
    pub texts: Vec<(VPath, FileId)>,
    /// Everything else.
    pub assets: BTreeSet<VPath>,
    /// `addresses.yaml`, if there is one. It can be long and has a reader of its own.
    pub addresses: Option<(VPath, FileId)>,
}

impl FileList {
    /// The texts that have addresses, or give one to their folder.
    pub fn named(&self) -> impl Iterator<Item = &VPath> {
        self.texts.iter().map(|(path, _)| path).filter(|path| is_bulletin(path) || is_section(path))
    }
}

/// The list of addresses, if the site has one.
pub(super) fn read_book(world: &dyn World, files: &FileList, sources: &mut Sources, sink: &mut Sink) -> AddressBook {
    let Some((path, id)) = &files.addresses else { return AddressBook::default() };
    let bytes = match world.read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            sink.report(file_finding(&error, sources));
            return AddressBook::default();
        }
    };
    match crate::source::decoded(*id, &bytes, sink) {
        Ok(text) => {
            sources.set_text(*id, text.clone());
            addresses::read(*id, &text, sink)
        }
        Err(readable) => {
            sources.set_text(*id, readable);
            AddressBook::default()
        }
    }
}

/// Lists them.
pub(super) fn list(world: &dyn World, sources: &mut Sources, sink: &mut Sink) -> FileList {
    let root = VPath::new("content").expect("a plain name");
    // A finding about a setting that is missing needs the file, also where there is none.
    sources.intern_text("content/site.yaml");
    let mut list = FileList { texts: Vec::new(), assets: BTreeSet::new(), addresses: None };
    for found in world.list(&root) {
        match found {
            Ok(path) => match path.extension() {
                Some("md" | "markdown" | "yaml" | "yml") => {
                    let id = sources.intern(&path);
                    let real = world.origin(&path);
                    if real != path && is_kept(&real) && !is_kept(&path) {
                        sink.report(public_file::link_finding(id, &path, &real));
                        continue;
                    }
                    if &*path == addresses::PATH {
                        list.addresses = Some((path, id));
                    } else {
                        list.texts.push((path, id));
                    }
                }
                _ => {
                    list.assets.insert(path);
                }
            },
            Err(error) => {
                sink.report(file_finding(&error, sources));
            }
        }
    }
    list
}

/// A path without `content/` before it.
pub(super) fn below_content(path: &str) -> &str {
    path.strip_prefix("content").unwrap_or(path).trim_start_matches('/')
}

/// Whether a file says what its folder is.
pub(super) fn is_section(path: &VPath) -> bool {
    matches!(path.file_name(), "_index.md" | "_index.markdown")
}

/// Whether a file is a bulletin or a page.
pub(super) fn is_bulletin(path: &VPath) -> bool {
    let below = below_content(path);
    matches!(path.extension(), Some("md" | "markdown"))
        && !path.file_name().starts_with('_')
        && !["data/", "words/", "reviews/"].iter().any(|folder| below.starts_with(folder))
}
