//! Keeps two builds apart.
//!
//! Refuses: guessing from a left-over file. The system holds the lock for as long as the process lives, so a killed
//! build leaves none behind.
//! Invariant: at most one [`Lock`] on a path is held on a machine, and on network shares that know locks.

use super::error::{At, Reason, WriteError, WriteResult};
use std::fs::{self, File, TryLockError};
use std::path::Path;

/// A held lock; dropping it lets go.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Lock {
    /// Takes the lock `name` in a folder that exists.
    ///
    /// Who holds it stands in a second file, because Windows lets nobody read a locked one.
    pub fn take(folder: &Path, name: &str) -> WriteResult<Self> {
        let path = folder.join(name);
        let holder = folder.join(format!("{name}-holder"));
        let file = File::options().create(true).truncate(false).write(true).open(&path).at(&path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                let pid = fs::read_to_string(&holder).ok().and_then(|text| text.trim().parse().ok());
                return Err(WriteError::new(folder, Reason::Locked(pid)));
            }
            // Some network shares know no locks. To refuse to build there at all would help nobody.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        // For a message only, so a failure to write it is none.
        let _ = fs::write(&holder, std::process::id().to_string());
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
