//! What linked files say: Word files, tables, slides, PDF, archives and plain text, as passages with the place of each.
//!
//! Everything that such a file tells its reader or somebody who looks closer is a passage: text, headers, notes, comments, hidden
//! sheets, what tracked changes deleted, properties, names. What a file is, its first bytes say, for names lie.
//! Refuses: files that ask for more than [`LIMIT`] when they are unpacked, that want a password, or that hold text which nobody can
//! read here. `Contents::unreadable` says why; what could be read is given all the same.
//! Invariant: no input ends the program or makes it use more than a bounded share of memory.

mod markup;
mod old;
mod package;
mod pdf;
mod place;
mod plain;
mod sheet;
mod table;
#[cfg(test)]
pub mod tests;

pub use place::{Place, PlaceKind};
use serde::{Deserialize, Serialize};

/// The most bytes that all parts of a file may have when they are unpacked, and all text that is taken from it.
pub const LIMIT: usize = 128 << 20;
/// How deep a file may lie in files.
const DEPTH: usize = 3;

/// A text of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub text: String,
}

/// Why a file, or a part of it, cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Unreadable {
    /// It wants a password.
    Locked,
    /// It is broken, or is not what it seems.
    Damaged,
    /// Unpacked it is larger than any document.
    TooLarge,
    /// Pages that are pictures.
    Scanned,
    /// Signs that cannot be told by the font.
    Signs,
    /// Layers or forms that a reader does not see at first.
    Hidden,
    /// Something inside it that is itself unreadable: an object of another program, a macro.
    Embedded,
    /// A format that cannot be read here.
    Format,
}

impl Unreadable {
    /// Its name in messages and in the JSON form.
    pub fn name(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Damaged => "damaged",
            Self::TooLarge => "too-large",
            Self::Scanned => "scanned",
            Self::Signs => "signs",
            Self::Hidden => "hidden",
            Self::Embedded => "embedded",
            Self::Format => "format",
        }
    }
}

/// What a file says.
#[derive(Clone, Debug, Default)]
pub struct Contents {
    /// Its texts.
    pub parts: Vec<Part>,
    /// Why not all of it could be read.
    pub unreadable: Option<Unreadable>,
    /// Whether it holds what has no text: pictures, sound, film.
    pub unseen: bool,
}

impl Contents {
    fn add(&mut self, place: Place, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.parts.push(Part { place, text });
        }
    }

    fn refuse(&mut self, why: Unreadable) {
        self.unreadable.get_or_insert(why);
    }

    fn unreadable(why: Unreadable) -> Self {
        Self { unreadable: Some(why), ..Self::default() }
    }
}

/// How much more may be unpacked.
struct Budget {
    left: usize,
}

impl Budget {
    /// Takes some of it; false where there is not so much.
    fn take(&mut self, bytes: usize) -> bool {
        let enough = bytes <= self.left;
        self.left = self.left.saturating_sub(bytes);
        enough
    }
}

/// Reads a file. `ending` is that of its name, in small letters.
pub fn read(ending: &str, bytes: &[u8]) -> Contents {
    read_inner(ending, bytes, 0, &mut Budget { left: LIMIT })
}

fn read_inner(ending: &str, bytes: &[u8], depth: usize, budget: &mut Budget) -> Contents {
    if depth > DEPTH {
        return Contents::unreadable(Unreadable::TooLarge);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return package::read(bytes, depth, budget);
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return old::read(bytes, budget);
    }
    if bytes.get(..1024.min(bytes.len())).is_some_and(|head| memchr::memmem::find(head, b"%PDF-").is_some()) {
        return pdf::read(bytes, depth, budget);
    }
    match ending {
        "txt" | "ics" | "vcf" | "gpx" | "kml" => plain::text(bytes),
        "csv" | "tsv" => plain::table(bytes),
        "xml" | "html" | "htm" | "xhtml" | "opf" | "ncx" | "svg" => markup::read(bytes, budget),
        _ if is_without_text(ending) => Contents { unseen: true, ..Contents::default() },
        _ => Contents::unreadable(if has_reader(ending) { Unreadable::Damaged } else { Unreadable::Format }),
    }
}

/// Whether a format is read here at all.
fn has_reader(ending: &str) -> bool {
    matches!(
        ending,
        "pdf"
            | "ofd"
            | "epub"
            | "docx"
            | "docm"
            | "dotx"
            | "odt"
            | "xls"
            | "xlsx"
            | "xlsm"
            | "ods"
            | "pptx"
            | "odp"
            | "zip"
    )
}

/// Whether a file of this ending holds no text: what it shows has to be looked at, or heard.
fn is_without_text(ending: &str) -> bool {
    matches!(
        ending,
        "mp3"
            | "m4a"
            | "aac"
            | "amr"
            | "ogg"
            | "opus"
            | "wav"
            | "wma"
            | "mp4"
            | "m4v"
            | "mov"
            | "webm"
            | "avi"
            | "3gp"
            | "dwg"
            | "jpg"
            | "jpeg"
            | "png"
            | "gif"
            | "webp"
            | "bmp"
            | "tif"
            | "tiff"
            | "heic"
            | "emf"
            | "wmf"
            | "ico"
    )
}
