//! Opening a file of a site by its path, without ever leaving the site.
//!
//! Links inside a site are fair: one folder of pictures may serve two sections. Those that lead out of it are not, and a
//! folder may become such a link while a build is running. So no path is looked at first and opened afterwards: each part is
//! opened by its name in the folder before it, links are read and walked in the same way, and `..` never leads above the
//! site. Linux does all of it in one call; where that call fails, the walk finds out why.
//!
//! Refuses: links out of the site, loops of links, and waiting for the other end of a pipe.
//! Invariant: the file that is given out lay in the site's folder when it was opened.

use super::folder::is_link;
use super::{FileReason, OpenFolder};
use std::collections::VecDeque;
use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// More links than this on one way are a loop. Linux stops there as well.
const MAX_LINKS: usize = 40;

/// Opens the file at a path below `root`, whose own path has no link in it.
pub(super) fn open(root: &OpenFolder, path: &str) -> Result<File, FileReason> {
    #[cfg(target_os = "linux")]
    if let Some(file) = open_at_once(root, path) {
        return Ok(file);
    }
    Walk { root, way: Vec::new(), links: 0 }.open(path)
}

/// The quick way: Linux itself refuses to leave the folder. None where it cannot say why, where a link is absolute or
/// where a name is not written as it is asked for.
#[cfg(target_os = "linux")]
fn open_at_once(root: &OpenFolder, path: &str) -> Option<File> {
    use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
    let resolve = ResolveFlags::BENEATH | ResolveFlags::NO_MAGICLINKS;
    openat2(root.dir(), path, flags, Mode::empty(), resolve).ok().map(File::from)
}

/// A walk through folders, by hand.
struct Walk<'r> {
    root: &'r OpenFolder,
    /// The folders between the root and where the walk is.
    way: Vec<OpenFolder>,
    links: usize,
}

impl Walk<'_> {
    fn open(mut self, path: &str) -> Result<File, FileReason> {
        let mut left: VecDeque<OsString> = path.split('/').map(OsString::from).collect();
        while let Some(name) = left.pop_front() {
            if name == ".." {
                // Only links have such parts.
                if self.way.pop().is_none() {
                    self.come_back(&mut left)?;
                }
                continue;
            }
            let here = self.way.last().unwrap_or(self.root);
            let name = as_written(here, &name).ok_or(FileReason::NotFound)?;
            let step = if left.is_empty() {
                match here.file(&name) {
                    Ok(file) => return Ok(file),
                    Err(error) => error,
                }
            } else {
                match here.below(&name) {
                    Ok(folder) => {
                        self.way.push(folder);
                        continue;
                    }
                    Err(error) => error,
                }
            };
            if !is_link(&step) {
                return Err(reason_of(&step));
            }
            self.follow(&name, &mut left)?;
        }
        Err(FileReason::NotAFile)
    }

    /// Puts what a link says in the place of its name.
    fn follow(&mut self, name: &OsStr, left: &mut VecDeque<OsString>) -> Result<(), FileReason> {
        self.links += 1;
        if self.links > MAX_LINKS {
            return Err(FileReason::LinkLoop);
        }
        let here = self.way.last().unwrap_or(self.root);
        let target = here.dir().read_link_contents(name).map_err(|error| reason_of(&error))?;
        let below = if target.has_root() || target.components().next().is_some_and(is_prefix) {
            // A link by a whole path may lead back into the site.
            let inside = target.strip_prefix(self.root.path()).ok().map(Path::to_owned);
            self.way.clear();
            inside.or_else(|| self.canonical(&target)).ok_or(FileReason::LinkOutside)?
        } else {
            target
        };
        for part in below.components().rev() {
            match part {
                Component::Normal(part) => left.push_front(part.to_owned()),
                Component::ParentDir => left.push_front("..".into()),
                Component::CurDir => {}
                Component::RootDir | Component::Prefix(_) => return Err(FileReason::LinkOutside),
            }
        }
        Ok(())
    }

    /// A link may lead out of the site and back into it by the names of the folders above. Those are compared, not walked.
    fn come_back(&self, left: &mut VecDeque<OsString>) -> Result<(), FileReason> {
        let mut outside = self.root.path().to_owned();
        outside.pop();
        while let Some(name) = left.pop_front() {
            if name == ".." {
                outside.pop();
            } else {
                outside.push(name);
            }
            if outside == self.root.path() {
                return Ok(());
            }
        }
        Err(FileReason::LinkOutside)
    }

    /// The site may be named by another of its names. What is found is only a path: it is walked like any other.
    #[expect(clippy::disallowed_methods, reason = "world/ is where the disk is read")]
    fn canonical(&self, target: &Path) -> Option<PathBuf> {
        let real = target.canonicalize().ok()?;
        real.strip_prefix(self.root.path()).ok().map(Path::to_owned)
    }
}

fn is_prefix(part: Component) -> bool {
    matches!(part, Component::Prefix(_))
}

/// The name as the disk has it, where it is not NFC: archives packed on older Macs unpack so.
fn as_written(folder: &OpenFolder, name: &OsStr) -> Option<OsString> {
    if folder.dir().symlink_metadata(name).is_ok() {
        return Some(name.to_owned());
    }
    let wanted = name.to_str().filter(|name| !name.is_ascii())?;
    let entries = folder.dir().entries().ok()?;
    let mut names: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.file_name())).collect();
    names.sort();
    names.into_iter().find(|name| name.to_str().is_some_and(|name| name.nfc().eq(wanted.chars())))
}

fn reason_of(error: &io::Error) -> FileReason {
    match error.kind() {
        // What is there is no file.
        ErrorKind::InvalidInput | ErrorKind::IsADirectory => FileReason::NotAFile,
        _ => super::disk::reason_of(error),
    }
}
