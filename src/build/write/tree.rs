//! A folder held open, in which paths of any depth are reached without going through a link.
//!
//! `public/` and the work folder may have come with somebody else's site. A path that is checked and then used can
//! become a link in between; here every folder on the way is opened by its name in the one above, and a link in its
//! place is refused by the system itself. Linux does a whole path in one call.
//!
//! Refuses: links in the place of folders, links and pipes in the place of files that are read, and endless files.
//! Invariant: what a [`Tree`] reads or changes lies in its folder.

use super::disk::{Stamp, patiently, stamp_of};
use crate::world::OpenFolder;
use crate::world::folder::read_all;
use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, Metadata, OpenOptions};
use std::ffi::OsStr;
use std::fs::{File, FileTimes};
use std::io::{self, ErrorKind, Write};
use std::ops::Deref;
use std::path::{Path, PathBuf};

/// An open folder and all that lies in it.
#[derive(Debug)]
pub(super) struct Tree {
    root: OpenFolder,
}

/// The folder that holds a path's last part.
pub(super) enum Above<'t> {
    /// The root of the tree.
    Root(&'t Dir),
    /// One below.
    Below(Dir),
}

impl Deref for Above<'_> {
    type Target = Dir;
    fn deref(&self) -> &Dir {
        match self {
            Self::Root(dir) => dir,
            Self::Below(dir) => dir,
        }
    }
}

impl Tree {
    /// All that lies in a folder.
    pub fn new(root: OpenFolder) -> Self {
        Self { root }
    }

    /// The folder.
    pub fn root(&self) -> &OpenFolder {
        &self.root
    }

    /// The folder alone.
    pub fn into_root(self) -> OpenFolder {
        self.root
    }

    /// Where a path below it lies, for messages.
    pub fn shown(&self, path: impl AsRef<Path>) -> PathBuf {
        let mut shown = self.root.path().to_owned();
        // Part by part: canonical paths of Windows take no `/`.
        shown.extend(path.as_ref());
        shown
    }

    /// What stands at a path; a link is a link.
    pub fn stat(&self, path: impl AsRef<Path>) -> io::Result<Metadata> {
        let (above, name) = self.above(path.as_ref())?;
        above.symlink_metadata(name)
    }

    /// Whether anything stands at a path, be it a link to nothing.
    pub fn stands(&self, path: impl AsRef<Path>) -> bool {
        self.stat(path).is_ok()
    }

    /// The bytes of a file.
    pub fn read(&self, path: impl AsRef<Path>, limit: u64) -> io::Result<Vec<u8>> {
        let (above, name) = self.above(path.as_ref())?;
        read_in(&above, name, limit)
    }

    /// A folder below; none of the way may be a link.
    pub fn folder(&self, path: &Path) -> io::Result<OpenFolder> {
        let mut parts = path.iter();
        let first = self.root.below(parts.next().ok_or(ErrorKind::InvalidInput)?)?;
        parts.try_fold(first, |folder, part| folder.below(part))
    }

    /// Writes a file that does not exist yet.
    pub fn write_new(&self, path: impl AsRef<Path>, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let (above, name) = self.above(path.as_ref())?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let mut file = patiently(|| above.open_with(name, &options))?;
        file.write_all(bytes)?;
        Ok(file.metadata().ok().as_ref().and_then(stamp_of))
    }

    /// Makes sure that a file is on the disk.
    pub fn sync(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let (above, name) = self.above(path.as_ref())?;
        // Windows flushes only through a handle that may write.
        open_in(&above, name, cfg!(windows))?.sync_all()
    }

    /// Makes what happened to names in a folder last. Failing to is no error: some disks cannot.
    pub fn sync_names(&self, folder: &Path) {
        if folder.as_os_str().is_empty() {
            self.root.sync();
        } else if let Ok(folder) = self.folder(folder) {
            folder.sync();
        }
    }

    /// Makes a folder.
    pub fn create_dir(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let (above, name) = self.above(path.as_ref())?;
        above.create_dir(name)
    }

    /// Makes a folder and those above it.
    pub fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        let mut folder = None;
        for part in path {
            let above: &OpenFolder = folder.as_ref().unwrap_or(&self.root);
            let next = above.make(part)?;
            folder = Some(next);
        }
        Ok(())
    }

    /// Makes the folders above a path.
    pub fn make_way(&self, path: impl AsRef<Path>) -> io::Result<()> {
        path.as_ref().parent().map_or(Ok(()), |above| self.create_dir_all(above))
    }

    /// Removes an empty folder.
    pub fn remove_dir(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let (above, name) = self.above(path.as_ref())?;
        above.remove_dir(name)
    }

    /// Removes a folder and the folders in it if no file is there.
    pub fn remove_empty(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        remove_empty(&self.folder(path)?)?;
        patiently(|| self.remove_dir(path))
    }

    /// Removes a file, or a link itself.
    pub fn remove_file(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let (above, name) = self.above(path.as_ref())?;
        patiently(|| above.remove_file(name))
    }

    /// Puts what stands at a path in another place, in one step.
    pub fn rename(&self, from: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        let (above, name) = self.above(from.as_ref())?;
        let (new_above, new_name) = to.above(new.as_ref())?;
        patiently(|| above.rename(name, &new_above, new_name))
    }

    /// A second name for a file; where the disk knows none (FAT, some shares), a copy with its time.
    pub fn link_or_copy(&self, from: impl AsRef<Path>, to: &Self, new: impl AsRef<Path>) -> io::Result<()> {
        let (from, new) = (from.as_ref(), new.as_ref());
        let (above, name) = self.above(from)?;
        let (new_above, new_name) = to.above(new)?;
        match above.hard_link(name, &new_above, new_name) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => {
                let mut source = open_in(&above, name, false).map_err(|_| error)?;
                let meta = source.metadata()?;
                if new_above.symlink_metadata(new_name).is_ok() {
                    return Err(ErrorKind::AlreadyExists.into());
                }
                // Under another name until it is whole: a later run takes what stands at `new` for good.
                let mut part = new_name.to_owned();
                part.push(".part");
                let mut options = OpenOptions::new();
                options.write(true).create_new(true);
                let mut copy = new_above.open_with(&part, &options)?.into_std();
                io::copy(&mut source, &mut copy)?;
                copy.set_permissions(meta.permissions())?;
                copy.set_times(FileTimes::new().set_modified(meta.modified()?))?;
                drop(copy);
                patiently(|| new_above.rename(&part, &new_above, new_name))
            }
            result => result,
        }
    }

    /// The folder that holds a path's last part, and that part.
    pub fn above<'p>(&self, path: &'p Path) -> io::Result<(Above<'_>, &'p OsStr)> {
        let name = name_of(path)?;
        let above = match path.parent().filter(|above| !above.as_os_str().is_empty()) {
            None => Above::Root(self.root.dir()),
            Some(above) => Above::Below(self.dir(above)?),
        };
        Ok((above, name))
    }

    fn dir(&self, path: &Path) -> io::Result<Dir> {
        #[cfg(target_os = "linux")]
        if let Some(dir) = self.dir_at_once(path) {
            return Ok(dir);
        }
        Ok(self.folder(path)?.into_dir())
    }

    /// The quick way. None where it fails; the slow way then says why.
    #[cfg(target_os = "linux")]
    fn dir_at_once(&self, path: &Path) -> Option<Dir> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        let flags = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        let opened = openat2(self.root.dir(), path, flags, Mode::empty(), resolve).ok()?;
        Some(Dir::from_std_file(File::from(opened)))
    }
}

/// The bytes of a file of a folder.
pub(super) fn read_in(folder: &Dir, name: &OsStr, limit: u64) -> io::Result<Vec<u8>> {
    read_all(open_in(folder, name, false)?, limit)
}

/// Opens a file, without waiting for the other end should it be a pipe.
fn open_in(folder: &Dir, name: &OsStr, write: bool) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(write).follow(FollowSymlinks::No).nonblock(true);
    let file = folder.open_with(name, &options)?.into_std();
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

fn name_of(path: &Path) -> io::Result<&OsStr> {
    path.file_name().ok_or_else(|| ErrorKind::InvalidInput.into())
}

fn remove_empty(folder: &OpenFolder) -> io::Result<()> {
    for entry in folder.dir().entries()? {
        let entry = entry?;
        if !entry.file_type()?.is_dir() {
            return Err(ErrorKind::DirectoryNotEmpty.into());
        }
        let name = entry.file_name();
        remove_empty(&folder.below(&name)?)?;
        patiently(|| folder.dir().remove_dir(&name))?;
    }
    Ok(())
}
