//! A folder: of this machine, on a network share, on a stick.
//!
//! Refuses: going through links, and removing folders that hold anything.
//! Invariant: a file is replaced whole, so that whoever serves the folder never gives half of it.

use super::{Answer, Cause, How, Target, Trouble};
use crate::world::OpenFolder;
use crate::world::folder::is_link;
use bytes::Bytes;
use std::io::{self, ErrorKind};
use std::path::Path;

/// More than any file of a site has.
const LARGEST: u64 = 1 << 32;

/// A folder.
pub struct Folder {
    root: OpenFolder,
}

impl Folder {
    /// Opens it. It must be there: a share that is not connected would else be taken for an empty folder of that name.
    ///
    /// # Errors
    /// Where there is none.
    pub fn open(path: &Path) -> Answer<Self> {
        OpenFolder::open(path).map(|root| Self { root }).map_err(|error| Trouble::of_disk(&error))
    }

    /// The folder of a path and its last part; none where the folder is not there.
    fn place<'p>(&self, path: &'p str) -> io::Result<Option<(OpenFolder, &'p str)>> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut folder = self.root.try_clone()?;
        for part in above.split('/').filter(|part| !part.is_empty()) {
            folder = match folder.below(part) {
                Ok(below) => below,
                Err(error) if is_absent(&error) => return Ok(None),
                Err(error) => return Err(error),
            };
        }
        Ok(Some((folder, name)))
    }

    fn walk(folder: &OpenFolder, above: &str, found: &mut Vec<String>) -> io::Result<()> {
        for entry in folder.dir().entries()? {
            let entry = entry?;
            let name = entry.file_name();
            let path = format!("{above}{}", name.to_string_lossy());
            if entry.file_type()?.is_dir() {
                Self::walk(&folder.below(&name)?, &format!("{path}/"), found)?;
            } else {
                found.push(path);
            }
        }
        Ok(())
    }
}

fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

fn told(error: &io::Error) -> Trouble {
    if is_link(error) { Trouble::lasting(Cause::InTheWay) } else { Trouble::of_disk(error) }
}

impl Target for Folder {
    fn read(&self, path: &str) -> Answer<Option<Vec<u8>>> {
        let read = || match self.place(path)? {
            Some((folder, name)) => match folder.read(name, LARGEST) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if is_absent(&error) => Ok(None),
                Err(error) => Err(error),
            },
            None => Ok(None),
        };
        read().map_err(|error| told(&error))
    }

    fn write(&self, path: &str, bytes: &Bytes, _: How) -> Answer<()> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = if above.is_empty() { self.root.try_clone() } else { self.root.make_all(above) };
        folder.and_then(|folder| folder.replace(name, bytes)).map_err(|error| told(&error))
    }

    fn stands(&self, path: &str) -> Answer<bool> {
        let stands = || match self.place(path)? {
            Some((folder, name)) => match folder.dir().symlink_metadata(name) {
                Ok(about) => Ok(!about.is_dir()),
                Err(error) if is_absent(&error) => Ok(false),
                Err(error) => Err(error),
            },
            None => Ok(false),
        };
        stands().map_err(|error| told(&error))
    }

    fn list(&self) -> Answer<Vec<String>> {
        let mut found = Vec::new();
        Self::walk(&self.root, "", &mut found).map_err(|error| told(&error))?;
        Ok(found)
    }

    fn remove(&self, path: &str) -> Answer<()> {
        let remove = || {
            let Some((folder, name)) = self.place(path)? else { return Ok(()) };
            match folder.dir().remove_file(name) {
                Err(error) if !is_absent(&error) => return Err(error),
                _ => {}
            }
            // Folders that hold nothing any more; the first that holds something stays, and those above it.
            let mut above = path;
            while let Some((rest, _)) = above.rsplit_once('/') {
                if self.root.dir().remove_dir(rest).is_err() {
                    break;
                }
                above = rest;
            }
            Ok(())
        };
        remove().map_err(|error: io::Error| told(&error))
    }

    fn has_folders(&self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOW: How = How { media: "text/plain; charset=utf-8", cache: "no-cache", packed: false };

    #[test]
    fn keeps_what_it_is_given_and_removes_no_more() {
        let held = tempfile::tempdir().unwrap();
        assert_eq!(Folder::open(&held.path().join("none")).err().unwrap().cause, Cause::NoPlace);
        let folder = Folder::open(held.path()).unwrap();
        let bytes = Bytes::from_static("内容".as_bytes());
        assert_eq!(folder.read("a/乙/c.txt"), Ok(None));
        folder.write("a/乙/c.txt", &bytes, HOW).unwrap();
        folder.write("a/d.txt", &bytes, HOW).unwrap();
        assert_eq!(folder.read("a/乙/c.txt"), Ok(Some(bytes.to_vec())));
        assert_eq!((folder.stands("a/d.txt"), folder.stands("a")), (Ok(true), Ok(false)));
        folder.remove("a/乙/c.txt").unwrap();
        folder.remove("a/乙/c.txt").unwrap();
        assert!(!held.path().join("a/乙").exists(), "an empty folder goes");
        assert_eq!(folder.list(), Ok(vec!["a/d.txt".to_owned()]));
        assert_eq!(folder.write("a", &bytes, HOW).unwrap_err().cause, Cause::InTheWay);
    }

    #[cfg(unix)]
    #[test]
    fn goes_through_no_link() {
        let (held, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::fs::write(outside.path().join("a"), "theirs").unwrap();
        std::os::unix::fs::symlink(outside.path(), held.path().join("out")).unwrap();
        let folder = Folder::open(held.path()).unwrap();
        assert!(folder.read("out/a").is_err() && folder.remove("out/a").is_err());
        assert!(folder.write("out/a", &Bytes::from_static(b"ours"), HOW).is_err());
        assert_eq!(std::fs::read(outside.path().join("a")).unwrap(), b"theirs");
    }
}
