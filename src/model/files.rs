//! The files of `content/`, sorted by what they are, with the stamps that tell whether they changed.
//!
//! What cannot be used is a finding.
//! Invariant: each list is in the order of paths.

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
    };
    for found in world.list(&root) {
        match found {
            Ok(file) => match file.path.extension() {
                Some("md" | "markdown" | "yaml" | "yml") => {
                    let id = sources.intern(&file.path);
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

pub(super) fn below_content(path: &str) -> &str {
    path.strip_prefix("content").unwrap_or(path).trim_start_matches('/')
}

fn is_bulletin(path: &VPath) -> bool {
    let below = below_content(path);
    matches!(path.extension(), Some("md" | "markdown"))
        && !path.file_name().starts_with('_')
        && !["data/", "words/", "reviews/"].iter().any(|folder| below.starts_with(folder))
}
