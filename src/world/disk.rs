//! The world on disk. Besides `build`, `host`, `publish` and `cli`, only this file touches the disk.
//!
//! Refuses: following a link out of the site, files larger than their kind may be.
//! Invariant: what [`World::read`] gives lies inside the site's folder, links resolved.
#![expect(clippy::disallowed_methods, reason = "this is the place where the disk is read")]

use super::{FileError, FileReason, FileResult, VPath, World, is_leaving, read_limit};
use jiff::Timestamp;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The folder of a site.
pub struct DiskWorld {
    root: PathBuf,
    now: Timestamp,
}

impl DiskWorld {
    /// Opens a site's folder.
    ///
    /// # Errors
    /// Where the folder cannot be opened.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        Ok(Self { root: root.canonicalize()?, now: now() })
    }

    /// The folder, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn real(&self, path: &str) -> FileResult<PathBuf> {
        let fail = |reason| FileError { path: path.to_owned(), reason };
        let real = self.root.join(path).canonicalize().map_err(|error| fail(reason_of(&error)))?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(fail(FileReason::LinkOutside)) }
    }
}

/// `SOURCE_DATE_EPOCH` (reproducible-builds.org) where set, else the clock.
fn now() -> Timestamp {
    std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.trim().parse().ok()?).ok())
        .unwrap_or_else(Timestamp::now)
}

fn reason_of(error: &std::io::Error) -> FileReason {
    match error.kind() {
        std::io::ErrorKind::NotFound => FileReason::NotFound,
        // ELOOP has no stable kind; its number is the same on Linux only, so its words are looked at too.
        _ if error.to_string().contains("symbolic links") => FileReason::LinkLoop,
        _ => FileReason::Unreadable(error.to_string()),
    }
}

impl World for DiskWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let fail = |reason| FileError { path: path.to_string(), reason };
        let real = self.real(path)?;
        let file = std::fs::File::open(&real).map_err(|error| fail(reason_of(&error)))?;
        let size = file.metadata().map_err(|error| fail(reason_of(&error)))?.len();
        let limit = read_limit(path);
        if size > limit {
            return Err(fail(FileReason::TooLarge { size, limit }));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| fail(reason_of(&error)))?;
        Ok(bytes.into())
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<VPath>> {
        let top = self.root.join(&**dir);
        if !top.is_dir() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let walk = walkdir::WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        let mut walk = walk.filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_leaving));
        while let Some(entry) = walk.next() {
            match entry {
                Ok(entry) => {
                    let name = self.name_of(entry.path());
                    if entry.path_is_symlink() {
                        match entry.path().canonicalize() {
                            Ok(real) if real.starts_with(&self.root) => {}
                            Ok(_) => {
                                if entry.file_type().is_dir() {
                                    walk.skip_current_dir();
                                }
                                found.push(Err(FileError { path: lossy(name), reason: FileReason::LinkOutside }));
                                continue;
                            }
                            Err(_) => {}
                        }
                    }
                    if entry.file_type().is_dir() {
                        continue;
                    }
                    found.push(match name {
                        Ok(text) => VPath::new(&text).map_err(|_| FileError { path: text, reason: FileReason::BadName }),
                        Err(lossy) => Err(FileError { path: lossy, reason: FileReason::BadName }),
                    });
                }
                Err(error) => found.push(Err(self.walk_error(&error))),
            }
        }
        found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
        found
    }

    fn now(&self) -> Timestamp {
        self.now
    }
}

impl DiskWorld {
    /// The path below the root with `/` between its parts; as good as it can be shown where it is not Unicode.
    fn name_of(&self, path: &Path) -> Result<String, String> {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let mut parts = Vec::new();
        for part in below.components() {
            match part.as_os_str().to_str() {
                Some(part) => parts.push(part),
                None => return Err(below.to_string_lossy().replace('\\', "/")),
            }
        }
        Ok(parts.join("/"))
    }

    fn walk_error(&self, error: &walkdir::Error) -> FileError {
        let path = error.path().map_or_else(String::new, |path| lossy(self.name_of(path)));
        let reason = if error.loop_ancestor().is_some() {
            FileReason::LinkLoop
        } else {
            match error.io_error().map(reason_of) {
                // The walk met the name, so it is a link whose target is gone.
                Some(FileReason::NotFound) => FileReason::LinkBroken,
                Some(reason) => reason,
                None => FileReason::Unreadable(error.to_string()),
            }
        };
        FileError { path, reason }
    }
}

fn lossy(name: Result<String, String>) -> String {
    name.unwrap_or_else(|lossy| lossy)
}

fn sort_key(found: &FileResult<VPath>) -> &str {
    match found {
        Ok(path) => path,
        Err(error) => &error.path,
    }
}
