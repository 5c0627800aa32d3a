//! Which files beside the bulletins may be published at all: pictures, and documents that readers open.
//!
//! Raw figures, notes of reviewers, word lists, settings and the program's own memory lie in the same folder as the
//! bulletins, so any link could name them. [`PublicFile`] is what pictures and documents are known by from the model to
//! the outputs, and only [`PublicFile::new`] makes one.
//!
//! Refuses: whatever lies in a kept place, by its own name or by that of the file that a link on the disk leads to; and
//! what is no document, since a page or a script of somebody else's would run as if it were ours.
//! Invariant: no path of a [`PublicFile`] names a kept place, whatever its letter case.

use crate::diag::{Diagnostic, FileId, Message, Span, codes};
use crate::world::{VPath, World};
use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

/// A file beside the bulletins that may be published.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicFile(VPath);

crate::diag::print_themselves!(PublicFile);

/// What a document is that a text links to: what its address and the link's words say of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// Hash of its bytes.
    pub hash: blake3::Hash,
    /// Its length in bytes.
    pub length: u64,
}

/// Why a file must not be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unpublishable {
    /// It lies in a kept place, here named: itself, or where a link on the disk leads.
    Kept(VPath),
    /// It is nothing that readers open.
    NoDocument,
}

/// Folders below `content/` that are read and never published as they are.
const FOLDERS: [&str; 3] = ["data", "reviews", "words"];
/// Files in `content/` of the same kind.
const FILES: [&str; 4] = ["site.yaml", "site.yml", "addresses.yaml", "addresses.yml"];

/// Endings of files that readers open on a telephone or in an office, and that run nothing where they are opened.
const DOCUMENTS: &[&str] = &[
    "pdf", "ofd", "epub", "doc", "docx", "docm", "dot", "dotx", "wps", "wpt", "rtf", "odt", "xls", "xlsx",
    "xlsm", "et", "ett", "ods", "csv", "tsv", "ppt", "pptx", "dps", "odp", "txt", "zip", "rar", "7z", "mp3",
    "m4a", "aac", "amr", "ogg", "opus", "wav", "wma", "mp4", "m4v", "mov", "webm", "avi", "3gp", "ics",
    "vcf", "gpx", "kml", "dwg",
];

impl PublicFile {
    /// The file at a path of the site, unless it must stay where it is.
    ///
    /// # Errors
    /// Why it must not be published.
    pub fn new(path: &VPath, world: &dyn World) -> Result<Self, Unpublishable> {
        let real = world.origin(path);
        for place in [path, &real] {
            if is_kept(place) {
                return Err(Unpublishable::Kept(place.clone()));
            }
        }
        let sound = |path: &VPath| super::picture::is_picture(path) || is_document(path);
        if sound(path) && sound(&real) { Ok(Self(path.clone())) } else { Err(Unpublishable::NoDocument) }
    }

    /// Its path.
    pub fn path(&self) -> &VPath {
        &self.0
    }
}

impl Deref for PublicFile {
    type Target = VPath;
    fn deref(&self) -> &VPath {
        &self.0
    }
}

impl Borrow<VPath> for PublicFile {
    fn borrow(&self) -> &VPath {
        &self.0
    }
}

impl std::fmt::Display for PublicFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a path names a place whose files are never published as they are. Letter case does not matter: on the disks
/// of Windows and macOS `content/Data` is `content/data`.
pub fn is_kept(path: &VPath) -> bool {
    let lower = path.to_lowercase();
    let mut parts = lower.split('/').peekable();
    // `.yuanba`, `.git`, `.env`: what is hidden from people was not meant for them.
    if parts.clone().any(|part| part.starts_with('.')) {
        return true;
    }
    if parts.next() != Some("content") {
        return false;
    }
    let Some(first) = parts.next() else { return false };
    if parts.peek().is_some() { FOLDERS.contains(&first) } else { FILES.contains(&first) }
}

/// The dataset that a path of figures belongs to, if it is one: `fraud` of `content/data/fraud.csv`.
pub fn dataset_of(path: &VPath) -> Option<&str> {
    let head = path.get(.."content/data/".len())?;
    let name = head.eq_ignore_ascii_case("content/data/").then(|| &path[head.len()..])?;
    let name = name.strip_prefix("releases/").unwrap_or(name);
    name.rsplit_once('.').map(|(stem, _)| stem)
}

/// The finding for a text of the site that is a link into a kept place.
pub fn link_finding(file: FileId, path: &VPath, real: &VPath) -> Diagnostic {
    let message = Message::new("unpublishable-link").with("path", path).with("original", real);
    Diagnostic::new(codes::UNPUBLISHABLE_FILE, message)
        .at(Span::whole(file))
        .hint(Message::new("unpublishable-link-hint"))
}

fn is_document(path: &VPath) -> bool {
    path.extension().is_some_and(|ending| DOCUMENTS.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The files beside the bulletins: those that may be published, and why others may not.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    /// Those that may be.
    pub public: BTreeSet<PublicFile>,
    /// Those that may not be, with the reason.
    pub others: BTreeMap<VPath, Unpublishable>,
}

impl Assets {
    /// Sorts files into those that may be published and others.
    pub fn sort(paths: &BTreeSet<VPath>, world: &dyn World) -> Self {
        let mut assets = Self::default();
        for path in paths {
            match PublicFile::new(path, world) {
                Ok(file) => {
                    assets.public.insert(file);
                }
                Err(reason) => {
                    assets.others.insert(path.clone(), reason);
                }
            }
        }
        assets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::MemoryWorld;

    fn path(text: &str) -> VPath {
        VPath::new(text).unwrap()
    }

    #[test]
    fn only_documents_and_pictures_outside_of_kept_places_are_public() {
        let world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH)
            .with_link("content/tips/figures.csv", "content/data/x.csv")
            .with_link("content/tips/state.txt", ".yuanba/state")
            .with_link("content/tips/form.pdf", "shared/form.pdf")
            .with_link("content/tips/page.pdf", "shared/page.html");
        for (name, public) in [
            ("content/tips/form.pdf", true),
            ("content/tips/表.DOCX", true),
            ("content/tips/photo.JPG", true),
            ("content/database/x.csv", true),
            ("content/tips/data/x.csv", true),
            ("content/data.csv", true),
            ("content/data/x.csv", false),
            ("content/DATA/x.csv", false),
            ("content/data/releases/1/x.csv", false),
            ("content/data/photo.jpg", false),
            ("content/reviews/scan.pdf", false),
            ("content/words/list.txt", false),
            ("content/tips/.hidden/x.pdf", false),
            (".yuanba/x.pdf", false),
            ("content/site.yaml", false),
            ("content/Site.YAML", false),
            ("content/tips/page.html", false),
            ("content/tips/run.js", false),
            ("content/tips/README", false),
            ("content/tips/figures.csv", false),
            ("content/tips/state.txt", false),
            ("content/tips/page.pdf", false),
        ] {
            assert_eq!(PublicFile::new(&path(name), &world).is_ok(), public, "{name}");
        }
    }

    #[test]
    fn figures_name_their_dataset() {
        assert_eq!(dataset_of(&path("content/data/fraud.csv")), Some("fraud"));
        assert_eq!(dataset_of(&path("content/DATA/fraud.2026.csv")), Some("fraud.2026"));
        assert_eq!(dataset_of(&path("content/tips/fraud.csv")), None);
        assert_eq!(dataset_of(&path("content/data/x")), None);
    }
}
