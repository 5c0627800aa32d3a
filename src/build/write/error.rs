//! What can go wrong with a disk, in the words of staff.
//!
//! Refuses: raw system errors without the path that they are about.
//! Invariant: every reason has a message and a hint in both languages (`messages/{zh,en}/build.ftl`).

use crate::diag::{Diagnostic, Message, codes, reason};
use crate::world::folder::is_link;
use crate::world::shown;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// A write that was not done, and where. What was in `public/` before is still there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WriteError {
    /// The file or folder it is about.
    pub path: PathBuf,
    /// Why.
    pub reason: Reason,
}

/// Reasons for a [`WriteError`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Another build is at work, by the process of this number where it is known.
    Locked(Option<u32>),
    /// The output folder holds files, and none of it is ours.
    Foreign,
    /// The output folder belongs to another site, of this identity.
    OtherSite(String),
    /// The output is a link that nobody named, and it leads to a folder in which this site does not stand yet.
    Leads(PathBuf),
    /// Another build changed the output folder since it was looked at.
    Overtaken,
    /// Unfinished work that this user's program on this machine did not begin for this output.
    StrayWork,
    /// Our own list of files in the output folder cannot be read, so that nothing proves what is ours.
    BadList,
    /// The output folder cannot be here: it is the site, above it, among its sources, a home or a whole disk.
    BadPlace,
    /// No result may be written here: it is among the sources or the pages of a site, a home or a whole disk.
    Sources,
    /// The folder that a result shall go into is not there.
    NoSuchFolder,
    /// Some computer could not hold a file of this name.
    BadName,
    /// The output is no folder.
    NoFolder,
    /// Something that is not ours stands where a file has to go.
    InTheWay,
    /// No room left.
    Full,
    /// The disk takes no writes.
    ReadOnly,
    /// The system allows no writes here.
    Denied,
    /// Another program holds the file open.
    Busy,
    /// The path is too long for this disk.
    TooLong,
    /// Somebody removed or changed the file while the build was running.
    Vanished,
    /// Anything else, in the system's own words.
    Other(String),
}

/// Result of writing.
pub type WriteResult<T> = Result<T, WriteError>;

impl WriteError {
    /// An error at a path.
    pub fn new(path: impl Into<PathBuf>, reason: Reason) -> Self {
        Self { path: path.into(), reason }
    }

    /// What the system said about a path.
    pub fn from_io(path: impl Into<PathBuf>, error: &io::Error) -> Self {
        Self::new(path, reason_of(error))
    }

    /// The finding that staff see: F423, F424 or F425.
    pub fn diagnostic(&self) -> Diagnostic {
        let (code, id, hint) = match &self.reason {
            Reason::Locked(None) => (codes::LOCKED, "locked", "locked-hint"),
            Reason::Locked(Some(_)) => (codes::LOCKED, "locked-by", "locked-hint"),
            Reason::Foreign => (codes::FOREIGN_OUTPUT, "foreign-output", "foreign-output-hint"),
            Reason::OtherSite(_) => (codes::FOREIGN_OUTPUT, "output-other-site", "output-other-site-hint"),
            Reason::Leads(_) => (codes::FOREIGN_OUTPUT, "output-leads", "output-leads-hint"),
            Reason::Overtaken => (codes::LOCKED, "output-overtaken", "output-overtaken-hint"),
            Reason::StrayWork => (codes::FOREIGN_OUTPUT, "output-stray-work", "output-stray-work-hint"),
            Reason::BadList => (codes::FOREIGN_OUTPUT, "output-bad-list", "output-bad-list-hint"),
            Reason::BadPlace => (codes::FOREIGN_OUTPUT, "output-bad-place", "output-bad-place-hint"),
            Reason::Sources => (codes::FOREIGN_OUTPUT, "results-bad-place", "results-bad-place-hint"),
            Reason::NoSuchFolder => (codes::WRITE_FAILED, "results-no-folder", "results-no-folder-hint"),
            Reason::BadName => (codes::BAD_NAME, "results-bad-name", "results-bad-name-hint"),
            Reason::NoFolder => (codes::FOREIGN_OUTPUT, "output-no-folder", "output-no-folder-hint"),
            Reason::InTheWay => (codes::FOREIGN_OUTPUT, "output-in-the-way", "output-in-the-way-hint"),
            Reason::Full => (codes::WRITE_FAILED, "write-full", "write-full-hint"),
            Reason::ReadOnly => (codes::WRITE_FAILED, "write-read-only", "write-read-only-hint"),
            Reason::Denied => (codes::WRITE_FAILED, "write-denied", "write-denied-hint"),
            Reason::Busy => (codes::WRITE_FAILED, "write-busy", "write-busy-hint"),
            Reason::TooLong => (codes::WRITE_FAILED, "write-too-long", "write-too-long-hint"),
            Reason::Vanished => (codes::WRITE_FAILED, "write-vanished", "write-vanished-hint"),
            Reason::Other(_) => (codes::WRITE_FAILED, "write-other", "write-other-hint"),
        };
        let mut message = Message::new(id).with("path", shown(&self.path));
        match &self.reason {
            Reason::Locked(Some(pid)) => message = message.with("pid", pid),
            Reason::OtherSite(site) => message = message.with("site", site),
            Reason::Leads(folder) => message = message.with("folder", shown(folder)),
            Reason::Other(words) => message = message.with("reason", words),
            _ => {}
        }
        let mut hint = Message::new(hint);
        match &self.reason {
            Reason::OtherSite(site) => hint = hint.with("site", site),
            Reason::Leads(folder) => hint = hint.with("folder", shown(folder)),
            _ => {}
        }
        Diagnostic::new(code, message).hint(hint)
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:?}", shown(&self.path), self.reason)
    }
}

impl std::error::Error for WriteError {}

fn reason_of(error: &io::Error) -> Reason {
    if is_link(error) {
        return Reason::InTheWay;
    }
    // ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION and ERROR_FILENAME_EXCED_RANGE have no kind of their own.
    if cfg!(windows) {
        match error.raw_os_error() {
            Some(32 | 33) => return Reason::Busy,
            Some(206) => return Reason::TooLong,
            _ => {}
        }
    }
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Reason::Full,
        ErrorKind::ReadOnlyFilesystem => Reason::ReadOnly,
        ErrorKind::PermissionDenied => Reason::Denied,
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => Reason::Busy,
        ErrorKind::InvalidFilename => Reason::TooLong,
        ErrorKind::AlreadyExists
        | ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::DirectoryNotEmpty => Reason::InTheWay,
        ErrorKind::NotFound => Reason::Vanished,
        _ => Reason::Other(reason(error)),
    }
}

/// Names the path that an I/O result is about.
pub(super) trait At<T> {
    fn at(self, path: &Path) -> WriteResult<T>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &Path) -> WriteResult<T> {
        self.map_err(|error| WriteError::from_io(path, &error))
    }
}
