//! Writing a file, whole or not at all.
//!
//! The bytes are written beside the place, made to last, and put into it by a rename; then the folder is made to last. Whoever reads meanwhile
//! finds the old file or the new one, and so does the next run after a power cut. Whatever the program writes outside of `public/` goes through
//! here; `tests/shape.rs` says so.
//!
//! Refuses: writing through a link. Where one stands, it is replaced, and what it leads to stays.
//! Invariant: after an error the place holds what it held before, and nothing is left beside it.

use super::OpenFolder;
use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt};
use cap_std::fs::{OpenOptions, Permissions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

/// How long to wait for a virus scanner or a viewer to let go of a file: about a second and a half in all.
const WAITS: [u64; 7] = [5, 10, 25, 60, 150, 400, 900];

/// Tries again where Windows says that another program holds the file: scanners open every new file for a moment.
///
/// # Errors
/// Those of the last attempt.
pub fn patiently<T>(mut attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for wait in WAITS {
        match attempt() {
            Err(error) if may_pass(&error) => thread::sleep(Duration::from_millis(wait)),
            result => return result,
        }
    }
    attempt()
}

/// `ERROR_ACCESS_DENIED` (also said of a file that waits for its removal), sharing violation, lock violation.
fn may_pass(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33))
}

/// Puts bytes in the place of a file, or where there is none. Its folder has to be there; rights of the old file stay.
///
/// # Errors
/// Where the disk does not take them.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (folder, name) = parted(path)?;
    folder.replace(name, bytes)
}

/// Puts bytes where there is no file yet.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`] where something stands there; else where the disk does not take them.
pub fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (folder, name) = parted(path)?;
    folder.create(name, bytes)
}

fn parted(path: &Path) -> io::Result<(OpenFolder, &str)> {
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(ErrorKind::InvalidFilename)?;
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    Ok((OpenFolder::open(parent)?, name))
}

/// What writes the bytes, all of them each time it is called.
pub type Writing<'w> = dyn FnMut(&mut dyn Write) -> io::Result<()> + 'w;

/// What a write is to be like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// It lasts through a power cut.
    Lasting,
    /// The same, and nobody else may read it.
    Secret,
    /// It may be gone after a power cut.
    Loose,
}

impl OpenFolder {
    /// Puts bytes in the place of a file of this folder, or where there is none.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn replace(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put(name, &mut |file| file.write_all(bytes), Manner::Lasting)
    }

    /// The same for what can be made again and has its own seal: it waits for no disk, and after a power cut the file may be empty.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn replace_loosely(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.replace_loosely_with(name, &mut |file| file.write_all(bytes))
    }

    /// The same for bytes that are written one after the other.
    ///
    /// # Errors
    /// Where the disk does not take them, or `write` fails.
    pub fn replace_loosely_with(&self, name: &str, write: &mut Writing) -> io::Result<()> {
        self.put(name, write, Manner::Loose)
    }

    /// Puts bytes where there is no file yet.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`] where something stands there; else where the disk does not take them.
    pub fn create(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.put_new(name, &mut |file| file.write_all(bytes), Manner::Lasting)
    }

    /// The same for a file that nobody else may read.
    ///
    /// # Errors
    /// As [`Self::create`].
    pub fn create_secret(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.create_secret_with(name, &mut |file| file.write_all(bytes))
    }

    /// The same for bytes that are written one after the other. Where the disk knows no second names `write` is called once more.
    ///
    /// # Errors
    /// As [`Self::create`], and where `write` fails.
    pub fn create_secret_with(&self, name: &str, write: &mut Writing) -> io::Result<()> {
        self.put_new(name, write, Manner::Secret)
    }

    /// Puts bytes behind those of a file of this folder, which is made where there is none. They are there when this returns; of a write that was
    /// interrupted a part may be, so whoever reads the file has to be able to tell. Two who append at once leave the bytes of both.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn append(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.append(true).create(true).follow(FollowSymlinks::No);
        let mut file = patiently(|| self.dir().open_with(name, &options))?;
        if !file.metadata()?.is_file() {
            return Err(ErrorKind::InvalidInput.into());
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        self.sync();
        Ok(())
    }

    fn put(&self, name: &str, write: &mut Writing, manner: Manner) -> io::Result<()> {
        let old = self.dir().symlink_metadata(name).ok().filter(cap_std::fs::Metadata::is_file);
        let beside = self.beside(write, manner, old.map(|meta| meta.permissions()).as_ref())?;
        patiently(|| self.dir().rename(&beside.name, self.dir(), name))?;
        if manner != Manner::Loose {
            self.sync();
        }
        Ok(())
    }

    fn put_new(&self, name: &str, write: &mut Writing, manner: Manner) -> io::Result<()> {
        let beside = self.beside(write, manner, None)?;
        // A second name for the finished file: in one step, and never over another one.
        match self.dir().hard_link(&beside.name, self.dir(), name) {
            // The disk knows no second names (FAT, some shares).
            Err(error) if !matches!(error.kind(), ErrorKind::AlreadyExists | ErrorKind::NotFound) => {
                drop(beside);
                self.write_new(name, write, manner, None).inspect(|()| self.sync())
            }
            linked => {
                let done = linked.inspect(|()| self.sync());
                drop(beside);
                done
            }
        }
    }

    /// Writes the bytes under a name that nobody else uses.
    fn beside(
        &self,
        write: &mut Writing,
        manner: Manner,
        rights: Option<&Permissions>,
    ) -> io::Result<Beside<'_>> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        // The process and a counter keep writers apart. What a killed one left is in nobody's way: the number goes up.
        for _ in 0..1000 {
            let number = NEXT.fetch_add(1, Ordering::Relaxed);
            let name = format!(".yuanba-{}-{number}.part", std::process::id());
            match self.write_new(&name, write, manner, rights.cloned()) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                written => return written.map(|()| Beside { folder: self, name }),
            }
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    fn write_new(
        &self,
        name: &str,
        write: &mut Writing,
        manner: Manner,
        rights: Option<Permissions>,
    ) -> io::Result<()> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        if manner == Manner::Secret {
            use cap_std::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        let mut file = patiently(|| self.dir().open_with(name, &options))?;
        let written = write(&mut file).and_then(|()| {
            if let Some(rights) = rights {
                // Where the disk knows no rights there are none to lose.
                let _ = file.set_permissions(rights);
            }
            if manner == Manner::Loose { Ok(()) } else { file.sync_all() }
        });
        if written.is_err() {
            drop(file);
            let _ = self.dir().remove_file(name);
        }
        written
    }
}

/// A finished file under a name of its own; dropping it takes it away.
struct Beside<'f> {
    folder: &'f OpenFolder,
    name: String,
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        // Renamed by now, or of no use.
        let _ = self.folder.dir().remove_file(&self.name);
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use std::fs;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let held = tempfile::tempdir().unwrap();
        let file = held.path().join("名单.csv");
        replace(&file, b"1").unwrap();
        replace(&file, b"22").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"22");
        assert_eq!(names(held.path()), ["名单.csv"]);
        assert_eq!(replace(&held.path().join("no/a"), b"1").unwrap_err().kind(), ErrorKind::NotFound);
        // A folder is no file, and what failed leaves nothing.
        fs::create_dir_all(held.path().join("folder/full")).unwrap();
        assert!(replace(&held.path().join("folder"), b"1").is_err());
        assert_eq!(names(held.path()), ["folder", "名单.csv"]);
    }

    #[test]
    fn a_new_file_is_never_put_over_another() {
        let held = tempfile::tempdir().unwrap();
        let file = held.path().join("2026.json");
        create(&file, b"first").unwrap();
        assert_eq!(create(&file, b"second").unwrap_err().kind(), ErrorKind::AlreadyExists);
        assert_eq!((fs::read(&file).unwrap(), names(held.path()).len()), (b"first".to_vec(), 1));
        // Of many at once one wins, whole.
        let race = held.path().join("race");
        let won = thread::scope(|scope| {
            let each = (b'a'..b'i').map(|letter| {
                let race = &race;
                scope.spawn(move || create(race, &[letter; 5000]).is_ok())
            });
            let each: Vec<_> = each.collect();
            each.into_iter().map(|one| one.join().unwrap()).filter(|won| *won).count()
        });
        let bytes = fs::read(&race).unwrap();
        assert!(won == 1 && bytes.len() == 5000 && bytes.iter().all(|byte| *byte == bytes[0]));
        assert_eq!(names(held.path()).len(), 2);
    }

    #[test]
    fn bytes_are_put_behind_those_of_a_file() {
        let held = tempfile::tempdir().unwrap();
        let folder = OpenFolder::open(held.path()).unwrap();
        folder.append("log", b"one\n").unwrap();
        folder.append("log", b"two\n").unwrap();
        assert_eq!(fs::read(held.path().join("log")).unwrap(), b"one\ntwo\n");
        fs::create_dir(held.path().join("folder")).unwrap();
        assert!(folder.append("folder", b"x").is_err());
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("log", held.path().join("link")).unwrap();
            assert!(folder.append("link", b"x").is_err());
        }
        assert_eq!(fs::read(held.path().join("log")).unwrap(), b"one\ntwo\n");
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link_and_rights_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let held = tempfile::tempdir().unwrap();
        let theirs = held.path().join("theirs");
        fs::write(&theirs, "theirs").unwrap();
        for target in [theirs.as_path(), Path::new("nowhere")] {
            let link = held.path().join("link");
            symlink(target, &link).unwrap();
            assert_eq!(create(&link, b"ours").unwrap_err().kind(), ErrorKind::AlreadyExists);
            replace(&link, b"ours").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_file());
            fs::remove_file(&link).unwrap();
        }
        assert_eq!((fs::read(&theirs).unwrap(), names(held.path()).len()), (b"theirs".to_vec(), 1));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        fs::set_permissions(&theirs, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&theirs, b"ours").unwrap();
        assert_eq!(mode(&theirs), 0o640);
        OpenFolder::open(held.path()).unwrap().create_secret("key", b"k").unwrap();
        assert_eq!(mode(&held.path().join("key")), 0o600);
    }
}
