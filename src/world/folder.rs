//! A folder held open. Its files are reached through the handle, by names, and never through a link.
//!
//! A path that is checked and then opened can become a link in between; a handle cannot. So whatever may have been laid by somebody
//! else (a cloned site, a shared disk) is opened here.
//!
//! Refuses: links, pipes, devices and sockets in the place of files, and reading more than was asked for.
//! Invariant: what is read or written through a [`OpenFolder`] lies in it.

use cap_fs_ext::{DirExt, FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, OpenOptions};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// A folder that is open.
#[derive(Debug)]
pub struct OpenFolder {
    dir: Dir,
    path: PathBuf,
}

/// Said of a link where a file or folder of ours should be.
#[derive(Debug)]
struct IsLink;

impl std::fmt::Display for IsLink {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("it is a symbolic link")
    }
}

impl std::error::Error for IsLink {}

/// Whether a link was refused.
pub fn is_link(error: &io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync + 'static>::is::<IsLink>)
}

impl OpenFolder {
    /// Opens the folder at a path that the user named; links on the way are theirs, and followed.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { dir: Dir::open_ambient_dir(path, ambient_authority())?, path: path.to_owned() })
    }

    /// Where it was opened, for messages.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The handle, for what else a folder can do. Its methods stay below the folder, but follow links that do.
    pub fn dir(&self) -> &Dir {
        &self.dir
    }

    /// A second handle.
    ///
    /// # Errors
    /// Where the system gives no more of them.
    pub fn try_clone(&self) -> io::Result<Self> {
        Ok(Self { dir: self.dir.try_clone()?, path: self.path.clone() })
    }

    /// The handle alone.
    pub fn into_dir(self) -> Dir {
        self.dir
    }

    /// Opens a folder that lies in this one.
    ///
    /// # Errors
    /// Where there is none, or a link in its place ([`is_link`]).
    pub fn below(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        let dir = self.dir.open_dir_nofollow(name).map_err(|error| self.explain(name, error))?;
        Ok(Self { dir, path: self.path.join(name) })
    }

    /// The same; it is made where there is none.
    ///
    /// # Errors
    /// Where it can be neither made nor opened.
    pub fn make(&self, name: impl AsRef<Path>) -> io::Result<Self> {
        let name = name.as_ref();
        match self.below(name) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                match self.dir.create_dir(name) {
                    Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                    _ => {}
                }
                self.below(name)
            }
            other => other,
        }
    }

    /// The folder of a path with `/`, each part made where it is missing.
    ///
    /// # Errors
    /// As [`Self::make`].
    pub fn make_all(&self, path: &str) -> io::Result<Self> {
        let mut parts = path.split('/').filter(|part| !part.is_empty());
        let first = parts.next().ok_or(ErrorKind::InvalidInput)?;
        parts.try_fold(self.make(first)?, |folder, part| folder.make(part))
    }

    /// The folder of a path with `/` as the site sees it, made where it is missing: links are followed that stay in this folder.
    ///
    /// # Errors
    /// Where a link leads out, or a file is in the way.
    pub fn within(&self, path: &str) -> io::Result<Self> {
        self.dir.create_dir_all(path)?;
        Ok(Self { dir: self.dir.open_dir(path)?, path: self.path.join(path) })
    }

    /// Gives a folder that lies in this one the name of one that is empty or not there.
    ///
    /// # Errors
    /// Where something stands there, or the disk fails.
    pub fn put_in_place(&self, folder: &str, name: &str) -> io::Result<()> {
        match self.dir.remove_dir(name) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        super::replace::patiently(|| self.dir.rename(folder, &self.dir, name))?;
        self.sync();
        Ok(())
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// Where there is none, or something else in its place.
    pub fn file(&self, name: impl AsRef<Path>) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true);
        self.open_with(name.as_ref(), options)
    }

    /// Opens a file for reading and writing; it is made, empty, where there is none.
    ///
    /// # Errors
    /// Where it cannot be, or something else stands in its place.
    pub fn file_to_change(&self, name: impl AsRef<Path>) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        self.open_with(name.as_ref(), options)
    }

    fn open_with(&self, name: &Path, mut options: OpenOptions) -> io::Result<File> {
        // A pipe is opened without waiting for its other end, and then seen to be none of ours.
        options.follow(FollowSymlinks::No).nonblock(true);
        let file = self.dir.open_with(name, &options).map_err(|error| self.explain(name, error))?.into_std();
        if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// Where there is none, something else stands in its place, or it has more than `limit` bytes.
    pub fn read(&self, name: impl AsRef<Path>, limit: u64) -> io::Result<Vec<u8>> {
        read_all(self.file(name)?, limit)
    }

    /// Makes what happened to names in this folder last. Failing to is no error: some disks cannot.
    pub fn sync(&self) {
        if cfg!(unix) {
            let _ = self.dir.open(".").and_then(|folder| folder.sync_all());
        }
    }

    /// Systems say of a link that was not followed what they say of other things, too.
    fn explain(&self, name: &Path, error: io::Error) -> io::Error {
        match self.dir.symlink_metadata(name) {
            Ok(meta) if meta.is_symlink() => io::Error::other(IsLink),
            _ => error,
        }
    }
}

/// The bytes of an open file.
///
/// # Errors
/// Where it has more than `limit` bytes, or the disk fails.
pub fn read_all(file: File, limit: u64) -> io::Result<Vec<u8>> {
    let size = file.metadata()?.len();
    if size > limit {
        return Err(ErrorKind::FileTooLarge.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    // It may have grown since it was measured.
    if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use std::fs;

    #[test]
    fn gives_files_and_nothing_else() {
        let held = tempfile::tempdir().unwrap();
        let folder = OpenFolder::open(held.path()).unwrap();
        assert_eq!(folder.read("a", 9).unwrap_err().kind(), ErrorKind::NotFound);
        fs::write(held.path().join("a"), "12345").unwrap();
        assert_eq!(folder.read("a", 5).unwrap(), b"12345");
        assert_eq!(folder.read("a", 4).unwrap_err().kind(), ErrorKind::FileTooLarge);
        let below = folder.make_all("b/c").unwrap();
        assert!(folder.read("b", 9).is_err() && folder.make("a").is_err());
        fs::write(held.path().join("b/c/d"), "1").unwrap();
        assert_eq!(below.read("d", 1).unwrap(), b"1");
        assert!(below.read("../../a", 9).is_err(), "nothing above is reached");
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_and_no_pipe_waited_for() {
        use std::os::unix::fs::symlink;
        let held = tempfile::tempdir().unwrap();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a"), "secret").unwrap();
        symlink(outside.path().join("a"), held.path().join("file")).unwrap();
        symlink(outside.path(), held.path().join("folder")).unwrap();
        symlink("nowhere", held.path().join("broken")).unwrap();
        fs::create_dir(held.path().join("real")).unwrap();
        symlink("real", held.path().join("inside")).unwrap();
        let pipe = std::process::Command::new("mkfifo").arg(held.path().join("pipe")).status();
        let folder = OpenFolder::open(held.path()).unwrap();
        for name in ["file", "broken"] {
            assert!(is_link(&folder.read(name, 99).unwrap_err()), "{name}");
            assert!(is_link(&folder.file_to_change(name).unwrap_err()), "{name}");
        }
        for name in ["folder", "inside"] {
            assert!(is_link(&folder.below(name).unwrap_err()), "{name}");
            assert!(is_link(&folder.make(name).unwrap_err()), "{name}");
        }
        if pipe.is_ok_and(|status| status.success()) {
            assert!(folder.read("pipe", 99).is_err());
        }
        assert!(!held.path().join("nowhere").exists());
        // What the site may hold: a link of its own, to a folder of its own.
        assert!(folder.within("inside/new").is_ok() && held.path().join("real/new").is_dir());
        assert!(folder.within("folder/new").is_err() && !outside.path().join("new").exists());
    }
}
