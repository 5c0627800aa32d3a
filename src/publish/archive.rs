//! The last releases, kept in `.yuanba/releases/`, so that a publication can be taken back.
//!
//! They are kept here and not at the far side: what was withdrawn must not lie there under another name. Files are known by their hash and are, where the disk
//! can, second names of those in the output, so that only what changed since takes room.
//!
//! Refuses: giving out bytes that are not those of the release.
//! Invariant: no more than [`KEPT`] releases before the present one are kept of a target, and no file that none of them needs.

use super::finished::{Finished, Source};
use super::lease::random;
use super::manifest::{Published, Sent};
use super::plan::Wanted;
use crate::build::write::{Manifest, Written};
use crate::world::{OpenFolder, OutPath};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};

/// Where they are.
const FOLDER: &str = "releases";
/// Which copy of the site this is.
const OWNER: &str = "owner";
/// How many releases before the present one.
pub const KEPT: usize = 3;
/// The most bytes of a list and of a file.
const LARGEST: u64 = 1 << 32;

/// The releases of a site.
pub struct Archive {
    folder: OpenFolder,
    files: OpenFolder,
}

impl Archive {
    /// Opens them in `.yuanba/`.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn open(store: &OpenFolder) -> io::Result<Self> {
        let folder = store.make(FOLDER)?;
        let files = folder.make("files")?;
        Ok(Self { folder, files })
    }

    /// The number at random by which leases know this copy of the site.
    ///
    /// # Errors
    /// Where the disk fails, or there are no random numbers.
    pub fn owner(&self) -> io::Result<String> {
        if let Ok(bytes) = self.folder.read(OWNER, 64)
            && let Ok(text) = String::from_utf8(bytes)
            && text.len() == 32
        {
            return Ok(text);
        }
        let own = random()?;
        self.folder.replace(OWNER, own.as_bytes())?;
        Ok(own)
    }

    /// Keeps two publications of this copy of the site apart, until it is dropped; none where another one is at work.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn lock(&self) -> io::Result<Option<std::fs::File>> {
        let file = self.folder.file_to_change("lock")?;
        match file.try_lock() {
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            // Some network shares know no locks.
            Ok(()) | Err(std::fs::TryLockError::Error(_)) => Ok(Some(file)),
        }
    }

    /// The release `number` before the present one of a target.
    pub fn release(&self, target: &str, number: usize) -> Option<Published> {
        Published::parse(&self.folder.read(name(target, number), LARGEST).ok()?)
    }

    /// How many releases before the present one there are.
    pub fn before(&self, target: &str) -> usize {
        (1..=KEPT).take_while(|number| self.release(target, *number).is_some()).count()
    }

    /// Keeps the release that was just published; that it is the present one already is fine.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn keep(&self, target: &str, site: &Finished) -> io::Result<()> {
        let plain = |written: &Written| Sent::plain(*written);
        let files = site.manifest.iter().map(|(path, written)| (path.clone(), plain(written)));
        let release = Published {
            site: site.manifest.site().cloned(),
            build: site.build,
            attempt: "-".to_owned(),
            files: files.collect(),
            kept: BTreeMap::new(),
            gone: BTreeSet::new(),
        };
        for (path, sent) in &release.files {
            self.keep_file(path, &sent.plain, site)?;
        }
        self.push(target, &release)
    }

    /// Makes a release the present one.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn push(&self, target: &str, release: &Published) -> io::Result<()> {
        if self.release(target, 0).is_some_and(|present| present.build == release.build) {
            return Ok(());
        }
        for number in (0..KEPT).rev() {
            match self.folder.read(name(target, number), LARGEST) {
                Ok(bytes) => self.folder.replace(&name(target, number + 1), &bytes)?,
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
        self.folder.replace(&name(target, 0), &release.print())?;
        self.prune()
    }

    fn keep_file(&self, path: &OutPath, written: &Written, site: &Finished) -> io::Result<()> {
        let name = written.hash.to_hex().to_string();
        if self.files.dir().symlink_metadata(&name).is_ok() {
            return Ok(());
        }
        if site.folder().dir().hard_link(&**path, self.files.dir(), &name).is_ok() {
            return Ok(());
        }
        match site.bytes(path, written) {
            Some(bytes) => self.files.replace_loosely(&name, &bytes),
            None => Err(ErrorKind::InvalidData.into()),
        }
    }

    /// Removes files that no release needs.
    fn prune(&self) -> io::Result<()> {
        let mut needed = BTreeSet::new();
        for entry in self.folder.dir().entries()? {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if !name.starts_with("of-") {
                continue;
            }
            // One that cannot be read may need anything.
            let Some(release) =
                self.folder.read(&name, LARGEST).ok().and_then(|bytes| Published::parse(&bytes))
            else {
                return Ok(());
            };
            needed.extend(release.files.values().map(|sent| sent.plain.hash.to_hex().to_string()));
        }
        for entry in self.files.dir().entries()? {
            let name = entry?.file_name();
            if !needed.contains(&*name.to_string_lossy()) {
                let _ = self.files.dir().remove_file(&name);
            }
        }
        Ok(())
    }

    /// The files of a release that are not there as they were.
    pub fn lacks(&self, release: &Published) -> Vec<OutPath> {
        let lacking = release.files.iter().filter(|(path, sent)| self.bytes(path, &sent.plain).is_none());
        lacking.map(|(path, _)| path.clone()).collect()
    }
}

impl Source for Archive {
    fn bytes(&self, _: &OutPath, written: &Written) -> Option<Vec<u8>> {
        let bytes = self.files.read(written.hash.to_hex().as_str(), LARGEST).ok()?;
        (Written::of(&bytes) == *written).then_some(bytes)
    }
}

/// The files of a release that are wanted again.
pub fn wanted(release: &Published, packs: bool) -> BTreeMap<OutPath, Wanted> {
    let is_encoded = |path: &OutPath| {
        let of = path.strip_suffix(".br").or_else(|| path.strip_suffix(".gz"));
        of.and_then(|of| OutPath::new(of).ok()).is_some_and(|of| release.files.contains_key(&of))
    };
    let own = release.files.iter().filter(|(path, _)| !packs || !is_encoded(path));
    own.map(|(path, sent)| {
        let packed = packs && crate::build::compress::is_packable(path);
        (path.clone(), Wanted { written: sent.plain, packed })
    })
    .collect()
}

/// The list that the build of a release had, for whoever serves the files as they are.
pub fn list_of(release: &Published) -> Vec<u8> {
    let files = release.files.iter().map(|(path, sent)| (path.clone(), sent.plain));
    Manifest::listing(release.site.clone(), files)
}

/// Names of targets may be anything; files are named by a hash of them.
fn name(target: &str, number: usize) -> String {
    format!("of-{}.{number}", &blake3::hash(target.as_bytes()).to_hex()[..16])
}
