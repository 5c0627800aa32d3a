//! Keeps two builds apart.
//!
//! Refuses: guessing from a left-over file. The system holds the lock for as long as the process lives, so a killed
//! build leaves none behind.
//! Invariant: at most one [`Lock`] on a path is held on a machine, and on network shares that know locks.

use super::error::{At, Reason, WriteError, WriteResult};
use crate::world::OpenFolder;
use std::fs::{File, TryLockError};

/// More than any number of a process takes.
const HOLDER_LIMIT: u64 = 64;

/// A held lock; dropping it lets go.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock `name` in a folder.
    ///
    /// Who holds it stands in a second file, because Windows lets nobody read a locked one.
    pub fn take(folder: &OpenFolder, name: &str) -> WriteResult<Self> {
        let holder = format!("{name}-holder");
        let file = folder.file_to_change(name).at(&folder.path().join(name))?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let bytes = folder.read(&holder, HOLDER_LIMIT).unwrap_or_default();
                let pid = std::str::from_utf8(&bytes).ok().and_then(|text| text.trim().parse().ok());
                return Err(WriteError::new(folder.path(), Reason::Locked(pid)));
            }
            // Some network shares know no locks. To refuse to build there at all would help nobody.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // For a message only, so a failure to write it is none.
        let _ = folder.replace_loosely(&holder, std::process::id().to_string().as_bytes());
        Ok(Self { file })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing would do, were it not for a program that another thread starts just now: until it runs it holds a
        // copy of every open file, and the lock with it.
        let _ = self.file.unlock();
    }
}
