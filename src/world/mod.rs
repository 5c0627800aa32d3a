//! The world outside: files, and what time it is. Everything that a build can depend on comes through [`World`].
//!
//! Refuses: paths that leave the site, and links (symbolic ones and Windows junctions) that do.
//! Invariant: two calls with the same world give the same answers in the same order.

pub mod decode;
pub mod disk;
pub mod embed;
pub mod memory;
pub mod path;

use jiff::Timestamp;
pub use disk::DiskWorld;
pub use embed::{embedded_site, embedded_theme};
pub use memory::MemoryWorld;
pub use path::{OutPath, PathError, VPath};
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
pub trait World: Sync {
    /// The bytes of a file.
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>>;
    /// All files below a folder, sorted by path; those that cannot be used are errors in their place.
    /// Dotfiles, `~$…` and other leavings of editors and systems (`Thumbs.db`, `.DS_Store`) are not listed.
    fn list(&self, dir: &VPath) -> Vec<FileResult<VPath>>;
    /// The moment that the whole build calls now (`SOURCE_DATE_EPOCH` where that is set).
    fn now(&self) -> Timestamp;
}

/// The most bytes read of a file: 4 MiB of text, 64 MiB of anything else.
fn read_limit(path: &VPath) -> u64 {
    match path.extension() {
        Some("md" | "markdown" | "yaml" | "yml" | "html" | "css" | "js" | "csv") => 4 << 20,
        _ => 64 << 20,
    }
}

/// Names that editors and systems leave behind, and folders that are not the site's text.
fn is_leaving(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name.ends_with('~')
        || name.to_ascii_lowercase().ends_with(".tmp")
        || matches!(name, "Thumbs.db" | "desktop.ini" | "node_modules")
}
