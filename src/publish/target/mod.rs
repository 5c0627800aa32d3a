//! A place to which a site is published, and what can go wrong there.
//!
//! Refuses: to hand on what a library or a server says of an error: it may hold an address with a key in it, and nobody reads it. A [`Cause`] says what staff
//! can do something about.
//! Invariant: a [`Target`] does one thing at the far side for each call, as far as the protocol allows.

#[cfg(test)]
pub(super) mod fake;
pub mod folder;
pub mod patient;
#[cfg(feature = "publish")]
mod sftp;
#[cfg(feature = "publish")]
mod store;

#[cfg(feature = "publish")]
pub use sftp::Sftp;
#[cfg(feature = "publish")]
pub use store::Store;

use crate::diag::Message;
use bytes::Bytes;

/// How a file is to be given to readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct How {
    /// Its media type with the character set.
    pub media: &'static str,
    /// How long it may be kept.
    pub cache: &'static str,
    /// Whether the bytes are packed by gzip.
    pub packed: bool,
}

/// Why something did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    /// Name, key or password are not accepted, or may not do this.
    Denied,
    /// The server is not known to `ssh`, or shows another key than before.
    Stranger,
    /// The bucket or folder is not there.
    NoPlace,
    /// Nobody answers at the address.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The server asks for fewer requests.
    Crowded,
    /// The disk there is full.
    Full,
    /// The clock of this machine is wrong, so that what it signs is not believed.
    Clock,
    /// Something else stands at the path, a folder for instance.
    InTheWay,
    /// A setting makes no sense to the server.
    Setting,
    /// A program that is needed is not installed.
    NoProgram,
    /// Anything else that the server did not do.
    Failed,
}

impl Cause {
    /// In words.
    pub fn message(self) -> Message {
        Message::new(match self {
            Self::Denied => "publish-cause-denied",
            Self::Stranger => "publish-cause-stranger",
            Self::NoPlace => "publish-cause-no-place",
            Self::Unreachable => "publish-cause-unreachable",
            Self::TimedOut => "publish-cause-timed-out",
            Self::Crowded => "publish-cause-crowded",
            Self::Full => "publish-cause-full",
            Self::Clock => "publish-cause-clock",
            Self::InTheWay => "publish-cause-in-the-way",
            Self::Setting => "publish-cause-setting",
            Self::NoProgram => "publish-cause-no-program",
            Self::Failed => "publish-cause-failed",
        })
    }
}

/// Something did not come about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// Why.
    pub cause: Cause,
    /// Whether it may go better in a moment.
    pub passing: bool,
}

impl Trouble {
    /// That passes.
    pub fn passing(cause: Cause) -> Self {
        Self { cause, passing: true }
    }

    /// That stays.
    pub fn lasting(cause: Cause) -> Self {
        Self { cause, passing: false }
    }

    /// Of a disk.
    pub fn of_disk(error: &std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Self::lasting(Cause::Denied),
            Kind::NotFound => Self::lasting(Cause::NoPlace),
            Kind::StorageFull | Kind::QuotaExceeded => Self::lasting(Cause::Full),
            Kind::IsADirectory | Kind::NotADirectory | Kind::AlreadyExists | Kind::InvalidInput => {
                Self::lasting(Cause::InTheWay)
            }
            Kind::TimedOut => Self::passing(Cause::TimedOut),
            Kind::NetworkUnreachable | Kind::HostUnreachable | Kind::ConnectionRefused => {
                Self::passing(Cause::Unreachable)
            }
            _ => Self::passing(Cause::Failed),
        }
    }
}

/// A setting or a secret that is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing(pub &'static str);

/// What came of a call.
pub type Answer<T> = Result<T, Trouble>;

/// A place to which a site is published. Paths are those of the output, below the place's own root.
pub trait Target: Sync {
    /// The bytes of a file; none where there is no such file.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>>;

    /// Puts a file in place, over what stands there.
    ///
    /// # Errors
    /// Where it is not sure that it stands there now.
    fn write(&self, path: &str, bytes: &Bytes, how: How) -> Answer<()>;

    /// Whether a file stands at a path.
    ///
    /// # Errors
    /// Where it cannot be told.
    fn stands(&self, path: &str) -> Answer<bool>;

    /// Every file there is, ours or not.
    ///
    /// # Errors
    /// Where they cannot be listed.
    fn list(&self) -> Answer<Vec<String>>;

    /// Removes a file; that there is none is fine.
    ///
    /// # Errors
    /// Where it may still be there.
    fn remove(&self, path: &str) -> Answer<()>;

    /// How many files one request removes.
    fn removes_at_once(&self) -> usize {
        1
    }

    /// Removes as many files in one request as [`Self::removes_at_once`] says.
    ///
    /// # Errors
    /// Where any of them may still be there.
    fn remove_many(&self, paths: &[&str]) -> Answer<()> {
        paths.iter().try_for_each(|path| self.remove(path))
    }

    /// Whether a file can be kept there with its content encoding.
    fn keeps_encoding(&self) -> bool {
        false
    }

    /// Whether a file is replaced whole or not at all, also when the line is cut.
    fn replaces_whole(&self) -> bool {
        true
    }

    /// Whether there are real folders there: a file is in the way of a folder, and somebody may serve them as they are.
    fn has_folders(&self) -> bool {
        false
    }
}
