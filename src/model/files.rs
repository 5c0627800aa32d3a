//! The files of `content/`, sorted by what they are, with the stamps that tell whether they changed.
//!
//! What cannot be used is a finding.
//! Refuses: texts that are links into a place whose files must not be published.
//! Invariant: each list is in the order of paths.

use super::addresses::{self, AddressBook};
use super::public_file::{self, is_kept};
use crate::diag::{FileId, Sink};
use crate::source::{Sources, file_finding};
use crate::world::{Listed, Stamp, VPath, World};
use std::collections::{BTreeMap, BTreeSet};

/// The files of `content/`, sorted by what they are.
pub(super) struct FileList {
    /// `site.yaml`, whether or not there is one: a finding about a setting that is missing needs the file.
    pub settings: FileId,
    /// Bulletins.
    pub bulletins: Vec<(Listed, FileId)>,
    /// Settings, words, sections, definitions of datasets: texts that are no bulletins.
    pub others: Vec<(Listed, FileId)>,
    /// Everything else.
    pub assets: BTreeSet<VPath>,
    /// Stamps of the assets.
    pub stamps: BTreeMap<VPath, Stamp>,
    /// `addresses.yaml`, if there is one. It can be long and has a reader of its own.
    pub addresses: Option<(VPath, FileId)>,
}

impl FileList {
    /// The texts that have addresses, or give one to their folder.
    pub fn named(&self) -> impl Iterator<Item = &VPath> {
        let sections = self.others.iter().map(|(file, _)| &file.path).filter(|path| is_section(path));
        self.bulletins.iter().map(|(file, _)| &file.path).chain(sections)
    }
}

/// The list of addresses, if the site has one.
pub(super) fn read_book(
    world: &dyn World,
    files: &FileList,
    sources: &mut Sources,
    sink: &mut Sink,
) -> AddressBook {
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
            let mut book = addresses::read(*id, &text, sink);
            book.set_read_from(&bytes);
            book
        }
        Err(readable) => {
            sources.set_text(*id, readable);
            AddressBook::default()
        }
    }
}

/// Lists them. Files that cannot be used are findings.
pub(super) fn list(world: &dyn World, sources: &mut Sources, sink: &mut Sink) -> FileList {
    let root = VPath::new("content").expect("a plain name");
    let settings = sources.intern_text("content/site.yaml");
    let mut list = FileList {
        settings,
        bulletins: Vec::new(),
        others: Vec::new(),
        assets: BTreeSet::new(),
        stamps: BTreeMap::new(),
        addresses: None,
    };
    for found in world.list(&root) {
        match found {
            Ok(file) => match file.path.extension() {
                Some("md" | "markdown" | "yaml" | "yml") => {
                    let id = sources.intern(&file.path);
                    let origin = world.origin(&file.path);
                    if origin != file.path && is_kept(&origin) && !is_kept(&file.path) {
                        sink.report(public_file::link_finding(id, &file.path, &origin));
                        continue;
                    }
                    if &*file.path == addresses::PATH {
                        list.addresses = Some((file.path, id));
                        continue;
                    }
                    let texts = if is_bulletin(&file.path) { &mut list.bulletins } else { &mut list.others };
                    texts.push((file, id));
                }
                _ => {
                    if let Some(stamp) = file.stamp {
                        list.stamps.insert(file.path.clone(), stamp);
                    }
                    list.assets.insert(file.path);
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

fn is_bulletin(path: &VPath) -> bool {
    let below = below_content(path);
    matches!(path.extension(), Some("md" | "markdown"))
        && !path.file_name().starts_with('_')
        && !["data/", "words/", "reviews/"].iter().any(|folder| below.starts_with(folder))
}
