//! The world outside: files, and what time it is. Everything that a build can depend on comes through [`World`].
//!
//! Refuses: paths that leave the site, and links (symbolic ones and Windows junctions) that do.
//! Invariant: two calls with the same world give the same answers in the same order.

mod beneath;
pub mod decode;
pub mod disk;
pub mod embed;
pub mod folder;
pub mod kept;
pub mod memory;
pub mod path;
pub mod replace;
pub mod site_id;
pub mod stamp;

pub use disk::DiskWorld;
pub use embed::{embedded_site, embedded_theme};
pub use folder::OpenFolder;
use jiff::Timestamp;
pub use kept::{Cache, Memory, NoCache, NoMemory, Volatile};
pub use memory::MemoryWorld;
pub use path::{OutPath, PathError, VPath, shown};
pub use site_id::SiteId;
pub use stamp::{Listed, Stamp};
use std::sync::Arc;

/// Why a file could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// Its path as far as it is known, for messages.
    pub path: String,
    /// The reason.
    pub reason: FileReason,
}

/// Reasons for a [`FileError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileReason {
    /// No such file.
    NotFound,
    /// The system refuses to open or read it; its own words.
    Unreadable(String),
    /// A symbolic link or junction that leads out of the site.
    LinkOutside,
    /// A link that leads back to a folder above it.
    LinkLoop,
    /// A link to nothing.
    LinkBroken,
    /// Its name is not Unicode, or cannot be a [`VPath`].
    BadName,
    /// Its name is written in another normal form, but is the same as another's.
    Twin,
    /// A folder, a device or a pipe.
    NotAFile,
    /// So many files that a link must multiply them.
    TooMany {
        /// The most that are listed.
        limit: usize,
    },
    /// Larger than its kind may be, in bytes.
    TooLarge {
        /// Its size.
        size: u64,
        /// The most that is read.
        limit: u64,
    },
}

/// Result of asking the world.
pub type FileResult<T> = Result<T, FileError>;

/// Where a build reads from. `DiskWorld` serves the program, `MemoryWorld` the tests.
pub trait World: Send + Sync {
    /// The bytes of a file.
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>>;
    /// All files below a folder with their stamps, sorted by path; those that cannot be used are errors in their place.
    /// A folder that does not exist holds no files. Dotfiles (`.git`, `.DS_Store`), `~$…`, `*.bak` and other leavings
    /// of editors and systems (`Thumbs.db`, `node_modules`) are not listed. Links are followed inside the site.
    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>>;
    /// Where a file truly lies: the path itself, or where links on the disk lead that it or a folder above it is. It is
    /// known for files that were listed.
    fn origin(&self, path: &VPath) -> VPath;
    /// The moment that the whole build calls now (`SOURCE_DATE_EPOCH` where that is set).
    fn now(&self) -> Timestamp;
    /// The same world for whoever asks it later than this borrow lasts: texts of findings and trees of bodies are read on demand.
    fn share(&self) -> Arc<dyn World>;
}

/// The most bytes read of a file, so that a film among the texts does not fill the memory: 4 MiB of text, which is
/// more than a long novel, and 64 MiB of anything else, which is more than any photo.
pub fn read_limit(path: &VPath) -> u64 {
    let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "md" | "markdown" | "yaml" | "yml" | "html" | "css" | "js" | "csv" | "txt" => 4 << 20,
        _ => 64 << 20,
    }
}

/// Names that editors, office programs and systems leave behind, and folders of tools. None of them was meant for
/// publication, and a half-written copy of a bulletin (`a.md.bak`) must never become a page.
/// A folder named `public` is none: 公共 is a fair name for a section, and our own `public/` lies outside `content/`.
fn is_leaving(name: &str) -> bool {
    const ENDINGS: &[&str] = &[".tmp", ".bak", ".swp", ".part", ".crdownload"];
    let lower = name.to_ascii_lowercase();
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || ENDINGS.iter().any(|ending| lower.ends_with(ending))
        || matches!(lower.as_str(), "thumbs.db" | "desktop.ini" | "node_modules" | "__macosx" | "@eadir")
}
