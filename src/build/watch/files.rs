//! What there is to see of a site's files without the system's word: which folders, which files, which bytes.
//!
//! Refuses: to take a stamp for the whole truth while it is young.
#![expect(clippy::disallowed_methods, reason = "build/ looks at the disk (DESIGN §3, rule 9)")]

use crate::world::{DiskWorld, FileError, FileReason, Listed, Stamp, VPath, World};
use blake3::Hash;
use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::Path;
use std::time::SystemTime;

/// Folders of a site that pages are made from.
pub(super) const FOLDERS: [&str; 2] = ["content", "themes"];
/// What tells a folder from another that was put in its place.
pub(super) type Identity = (u64, u64, Option<SystemTime>);

pub(super) fn identities(root: &Path) -> [Option<Identity>; FOLDERS.len()] {
    FOLDERS.map(|folder| {
        fs::metadata(root.join(folder)).ok().filter(Metadata::is_dir).map(|about| identity(&about))
    })
}

#[cfg(unix)]
fn identity(about: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (about.dev(), about.ino(), None)
}

/// Without numbers, the moment when a folder was made has to do; a copy is made now.
#[cfg(not(unix))]
fn identity(about: &Metadata) -> Identity {
    (0, 0, about.created().ok())
}

/// What is known of every file.
#[derive(Default)]
pub(super) struct Files {
    known: BTreeMap<VPath, Known>,
    /// What cannot be used, and why.
    unusable: Vec<FileError>,
}

/// What is known of a file.
#[derive(Clone, Copy)]
struct Known {
    /// None where the file is so young that another change could leave the same one.
    stamp: Option<Stamp>,
    /// Of its bytes, where they were looked at.
    hash: Option<Hash>,
}

impl PartialEq for Files {
    fn eq(&self, other: &Self) -> bool {
        let same = |((a, one), (b, other)): ((&VPath, &Known), (&VPath, &Known))| {
            a == b
                && match (one.hash, other.hash) {
                    (Some(one), Some(other)) => one == other,
                    _ => one.stamp == other.stamp,
                }
        };
        self.unusable == other.unusable
            && self.known.len() == other.known.len()
            && self.known.iter().zip(&other.known).all(same)
    }
}

impl Files {
    /// What there is now. A file whose stamp is the one that is known is not read.
    pub fn look(&self, root: &Path) -> Self {
        let mut seen = Self::default();
        let world = match DiskWorld::open(root) {
            Ok(world) => world,
            Err(error) => {
                let reason = FileReason::Unreadable(crate::diag::reason(&error));
                seen.unusable.push(FileError { path: String::new(), reason });
                return seen;
            }
        };
        let first = self.known.is_empty();
        for folder in FOLDERS {
            let folder = VPath::new(folder).expect("a plain name");
            for listed in world.list(&folder) {
                let known = listed.and_then(|Listed { path, stamp }| {
                    let known = match self.known.get(&path) {
                        Some(known) if stamp.is_some() && known.stamp == stamp => *known,
                        // Nothing is known to compare with yet.
                        _ if first && stamp.is_some() => Known { stamp, hash: None },
                        _ => Known { stamp, hash: Some(blake3::hash(&world.read(&path)?)) },
                    };
                    Ok((path, known))
                });
                match known {
                    Ok((path, known)) => {
                        seen.known.insert(path, known);
                    }
                    Err(error) => seen.unusable.push(error),
                }
            }
        }
        seen
    }
}
