//! What a new site begins with: the sample, or sections and settings alone.
//!
//! Refuses: a bulletin of the sample in an empty site.
//! Invariant: both build as they are; the empty one with remarks on what is still to be written.

#![expect(clippy::disallowed_methods, reason = "desk/ touches the disk (DESIGN §3, rule 9)")]

use crate::diag::Sink;
use crate::model::words::Words;
use crate::source::Sources;
use crate::source::front_matter::parse_yaml;
use crate::text;
use crate::world::{embedded_site, replace};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What a new site begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// The sample.
    Sample,
    /// The sample with its local words in common Chinese.
    Plain,
    /// Sections, and settings to fill in.
    Empty,
}

/// Writes a new site into an empty folder.
///
/// # Errors
/// Where the disk refuses.
pub fn write(folder: &Path, begin: Begin) -> io::Result<()> {
    match begin {
        Begin::Empty => write_empty(folder),
        Begin::Sample => write_site(folder, false),
        Begin::Plain => write_site(folder, true),
    }
}

/// The settings of an empty site.
const SETTINGS: &str = include_str!("empty_site.yaml");

/// The files of an empty site: settings to fill in, the sections, and the types of scams.
pub fn empty() -> Vec<(&'static str, &'static [u8])> {
    let kept = |path: &str| path.ends_with("/_index.md") || path == "content/words/scams.yaml";
    let files = embedded_site().iter().filter(|(path, _)| kept(path));
    std::iter::once(("content/site.yaml", SETTINGS.as_bytes()))
        .chain(files.map(|(path, bytes)| (&**path, front_matter(bytes))))
        .collect()
}

/// A file as far as its front matter goes: what follows was written for the sample. A file without one is whole.
fn front_matter(bytes: &[u8]) -> &[u8] {
    const END: &[u8] = b"\n---\n";
    match bytes.windows(END.len()).position(|window| window == END) {
        Some(at) if bytes.starts_with(b"---\n") => &bytes[..at + END.len()],
        _ => bytes,
    }
}

/// The list of the sample's local words; a site in common words needs none.
const LOCAL: &str = "content/words/local.yaml";

/// What git is not to keep.
const IGNORED: &[u8] = b"/public/\n/handouts/\n/.yuanba/\n";

fn write_empty(folder: &Path) -> io::Result<()> {
    for (path, bytes) in empty() {
        let file = path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        replace::create(&file, bytes)?;
    }
    replace::create(&folder.join(".gitignore"), IGNORED)
}

fn write_site(folder: &Path, plain: bool) -> io::Result<()> {
    let local = if plain { local_words() } else { BTreeMap::new() };
    std::fs::create_dir_all(folder)?;
    for (path, bytes) in embedded_site() {
        if plain && **path == *LOCAL {
            continue;
        }
        let file = path.split('/').fold(folder.to_owned(), |folder, part| folder.join(part));
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        if &**path == crate::model::addresses::PATH {
            // The addresses are the same, the site is another.
            replace::create(&file, crate::build::addresses::for_new_site(bytes)?.as_bytes())?;
            continue;
        }
        let is_text = path.ends_with(".md") || path.ends_with(".yaml");
        match std::str::from_utf8(bytes) {
            Ok(words) if plain && is_text => {
                replace::create(&file, text::dialect::in_common_words(words, &local).as_bytes())?;
            }
            _ => replace::create(&file, bytes)?,
        }
    }
    replace::create(&folder.join(".gitignore"), IGNORED)
}

/// The local words that the sample names, with their common forms.
pub(super) fn local_words() -> BTreeMap<String, String> {
    let (mut sources, mut sink, mut words) = (Sources::default(), Sink::new(), Words::default());
    let file = embedded_site().iter().find(|(path, _)| ***path == *LOCAL);
    if let Some((path, bytes)) = file {
        let id = sources.intern(path);
        let node = parse_yaml(id, &String::from_utf8_lossy(bytes), &mut sink);
        words.read(&node, &mut sink);
    }
    words.local
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_site_has_sections_and_nothing_of_the_sample() {
        let files = empty();
        assert!(files.len() > 8 && files.iter().any(|(path, _)| *path == "content/tips/_index.md"));
        for (path, bytes) in files {
            let text = std::str::from_utf8(bytes).expect("texts");
            for word in ["清水", "0000-711", "龙潭", "示例备"] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
    }
}
