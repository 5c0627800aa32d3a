//! The world on disk. Besides `build`, `host`, `publish` and `cli`, only this file touches the disk.
//!
//! Refuses: following a link out of the site, also where a folder above is the link or becomes one (see `beneath`); files
//! larger than their kind may be; devices and pipes, which never end.
//! Invariant: what [`World::read`] gives lies inside the site's folder, links resolved.
#![expect(clippy::disallowed_methods, reason = "this is the place where the disk is read")]

use super::folder::read_all;
use super::{
    FileError, FileReason, FileResult, Listed, OpenFolder, Stamp, VPath, World, beneath, is_leaving,
    read_limit,
};
use jiff::Timestamp;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Links between folders can make a few folders look like millions; a site of people stays far below this.
const MAX_FILES: usize = 1_000_000;
/// Stands for the target of a link whose name cannot be said. It is hidden, so nothing of it is published.
const UNNAMED: &str = ".unnamed";

/// The folder of a site.
#[derive(Clone, Debug)]
pub struct DiskWorld {
    root: PathBuf,
    now: Timestamp,
    /// Links that listing met, with where they lead.
    links: Arc<Mutex<BTreeMap<VPath, VPath>>>,
    /// The folder held open, so that the system itself can keep a path inside it.
    folder: Arc<OpenFolder>,
}

impl DiskWorld {
    /// Opens a site's folder. The moment that it calls now is taken here, once.
    ///
    /// # Errors
    /// Where the folder cannot be opened.
    pub fn open(root: &Path) -> std::io::Result<Self> {
        let root = root.canonicalize()?;
        let folder = Arc::new(OpenFolder::open(&root)?);
        Ok(Self { folder, root, now: now(), links: Arc::default() })
    }

    /// The folder, links resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    fn real(&self, path: &Path, named: &VPath) -> FileResult<PathBuf> {
        let fail = |reason| FileError { path: named.to_string(), reason };
        let real = path.canonicalize().map_err(|error| fail(reason_of(&error)))?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(fail(FileReason::LinkOutside)) }
    }

    /// The path below the root with `/` between its parts; as good as it can be shown where it is not Unicode.
    fn name_of(&self, path: &Path) -> Result<String, String> {
        let below = path.strip_prefix(&self.root).unwrap_or(path);
        let mut name = String::new();
        for part in below.components() {
            let Some(part) = part.as_os_str().to_str() else {
                return Err(below.to_string_lossy().replace('\\', "/"));
            };
            if !name.is_empty() {
                name.push('/');
            }
            name.push_str(part);
        }
        Ok(name)
    }

    /// What the walk met, as a file of the site; none for folders.
    fn found(&self, entry: &walkdir::DirEntry) -> Option<FileResult<VPath>> {
        let name = self.name_of(entry.path());
        let fail = |path: String, reason| Some(Err(FileError { path, reason }));
        if entry.path_is_symlink() {
            match entry.path().canonicalize() {
                Ok(real) if real.starts_with(&self.root) => self.note_link(name.as_deref(), &real),
                _ => return fail(lossy(name), FileReason::LinkOutside),
            }
        }
        if entry.file_type().is_dir() {
            return None;
        }
        if !entry.file_type().is_file() {
            return fail(lossy(name), FileReason::NotAFile);
        }
        match name {
            Err(lossy) => fail(lossy, FileReason::BadName),
            Ok(text) => {
                Some(VPath::new(&text).map_err(|_| FileError { path: text, reason: FileReason::BadName }))
            }
        }
    }

    /// Remembers where a link leads. One to a name that is no path of the site leads to nothing that could be published.
    fn note_link(&self, name: Result<&str, &String>, real: &Path) {
        let path = name.ok().and_then(|name| VPath::new(name).ok());
        let real = self.name_of(real).ok().and_then(|name| VPath::new(&name).ok());
        if let Some(path) = path {
            let real = real.unwrap_or_else(|| VPath::new(UNNAMED).expect("a plain name"));
            self.links.lock().unwrap_or_else(PoisonError::into_inner).insert(path, real);
        }
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
                None => FileReason::Unreadable(crate::diag::no_reason()),
            }
        };
        FileError { path, reason }
    }
}

impl World for DiskWorld {
    fn read(&self, path: &VPath) -> FileResult<Arc<[u8]>> {
        let fail = |reason| FileError { path: path.to_string(), reason };
        let failed = |error: std::io::Error| fail(reason_of(&error));
        let file = beneath::open(&self.folder, path).map_err(fail)?;
        let about = file.metadata().map_err(failed)?;
        if !about.is_file() {
            return Err(fail(FileReason::NotAFile));
        }
        let (size, limit) = (about.len(), read_limit(path));
        if size > limit {
            return Err(fail(FileReason::TooLarge { size, limit }));
        }
        match read_all(file, limit) {
            Ok(bytes) => Ok(bytes.into()),
            // It has grown since it was measured.
            Err(error) if error.kind() == ErrorKind::FileTooLarge => {
                Err(fail(FileReason::TooLarge { size: limit + 1, limit }))
            }
            Err(error) => Err(failed(error)),
        }
    }

    fn list(&self, dir: &VPath) -> Vec<FileResult<Listed>> {
        // The clock is read before the first file is looked at: what is written from now on is younger.
        let clock = SystemTime::now();
        let top = self.root.join(&**dir);
        match self.real(&top, dir) {
            Ok(real) if real.is_dir() => {}
            Ok(_) | Err(FileError { reason: FileReason::NotFound, .. }) => return Vec::new(),
            Err(error) => return vec![Err(error)],
        }
        let mut found = Vec::new();
        let walk = walkdir::WalkDir::new(&top).follow_links(true).sort_by_file_name().into_iter();
        let mut walk = walk
            .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_str().is_some_and(is_leaving));
        while let Some(entry) = walk.next() {
            if found.len() >= MAX_FILES {
                let reason = FileReason::TooMany { limit: MAX_FILES };
                found.push(Err(FileError { path: dir.to_string(), reason }));
                break;
            }
            match entry {
                Ok(entry) => {
                    let met = self.found(&entry);
                    if matches!(met, Some(Err(_))) && entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    found.extend(met);
                }
                Err(error) => found.push(Err(self.walk_error(&error))),
            }
        }
        found.sort_by(|a, b| sort_key(a).cmp(sort_key(b)));
        refuse_twins(&mut found);
        let stamp = |path: &VPath| Stamp::of(&std::fs::metadata(self.root.join(&**path)).ok()?, clock);
        found.into_par_iter().map(|found| found.map(|path| Listed { stamp: stamp(&path), path })).collect()
    }

    fn origin(&self, path: &VPath) -> VPath {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        if links.is_empty() {
            return path.clone();
        }
        // The longest beginning that is a link decides: it was followed to its end.
        let ends = std::iter::once(path.len()).chain(path.rmatch_indices('/').map(|(at, _)| at));
        for end in ends {
            if let Some(real) = links.get(&path[..end]) {
                let rest = path[end..].trim_start_matches('/');
                let whole = if rest.is_empty() { real.to_string() } else { format!("{real}/{rest}") };
                return VPath::new(&whole).unwrap_or_else(|_| real.clone());
            }
        }
        path.clone()
    }

    fn now(&self) -> Timestamp {
        self.now
    }

    fn share(&self) -> Arc<dyn World> {
        Arc::new(self.clone())
    }
}

/// `SOURCE_DATE_EPOCH` (reproducible-builds.org) where set, else the clock.
fn now() -> Timestamp {
    std::env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.trim().parse().ok()?).ok())
        .unwrap_or_else(Timestamp::now)
}

/// Why the disk gives no file.
pub(super) fn reason_of(error: &std::io::Error) -> FileReason {
    match error.kind() {
        // A file where a folder should be: below it there is nothing.
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileReason::NotFound,
        _ if is_loop(error) => FileReason::LinkLoop,
        _ => FileReason::Unreadable(crate::diag::reason(error)),
    }
}

#[cfg(unix)]
fn is_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error())
}

/// `ERROR_CANT_RESOLVE_FILENAME`, "The name of the file cannot be resolved by the system".
#[cfg(windows)]
fn is_loop(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(1921)
}

#[cfg(not(any(unix, windows)))]
fn is_loop(_: &std::io::Error) -> bool {
    false
}

/// Two names that differ on disk but not in NFC would be one path; the second is refused.
fn refuse_twins(found: &mut [FileResult<VPath>]) {
    for at in 1..found.len() {
        if let (Ok(first), Ok(second)) = (&found[at - 1], &found[at])
            && first == second
        {
            found[at] = Err(FileError { path: second.to_string(), reason: FileReason::Twin });
        }
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

#[cfg(test)]
#[path = "disk_tests.rs"]
mod tests;
