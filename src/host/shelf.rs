//! A finished site, as it is served: one immutable value, exchanged whole when a new build is there.
//!
//! It holds the files that the build's list names, and no others. Each is read once and compared with the hash of the list; small ones stay in memory,
//! for larger ones it is noted which file on the disk it was (length, times, inode). That file is opened again for a request, part by part of its path and
//! through no link, and is given out only while it is still the one that was read. So no request can name a file that is not the site's, and none
//! gets bytes of another build.
//!
//! Refuses: files whose bytes are not those of the list; `.br` and `.gz` without the file that they are of.
//! Invariant: whatever a [`Shelf`] gives out has the hash that the list says.

use super::security::Security;
use crate::build::compress;
use crate::build::delivery::{cache_rule, media_type};
use crate::build::write::{Manifest, Written};
use crate::model::addresses::{self, Bond};
use crate::world::{OpenFolder, OutPath};
use bytes::Bytes;
use hyper::header::{self, HeaderMap, HeaderValue};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// A file this long or shorter may stay in memory.
const SMALL: u64 = 256 << 10;
/// The most bytes of files in memory: a site of a thousand pages, compressed.
const HELD: u64 = 16 << 20;
/// A finished site.
#[derive(Default)]
pub struct Shelf {
    folder: PathBuf,
    files: HashMap<Box<str>, Arc<Shown>>,
    /// Former addresses, and where their bulletins are now.
    moved: HashMap<String, String>,
    /// Addresses where something stood.
    gone: HashSet<String>,
    kept: HashMap<OutPath, (Written, Stored)>,
    build: Option<blake3::Hash>,
    /// Listed files that are not there as they were written.
    pub missing: Vec<OutPath>,
}

/// A file of the site in its encodings.
pub struct Shown {
    /// As it is.
    pub plain: Piece,
    /// By Brotli.
    pub br: Option<Piece>,
    /// By gzip.
    pub gzip: Option<Piece>,
}

/// One encoding of a file.
pub struct Piece {
    /// Its head, complete for an answer that gives all of it.
    pub head: HeaderMap,
    /// Its tag, from the hash of these very bytes.
    pub etag: Box<str>,
    /// How many bytes it has.
    pub len: u64,
    /// Where they are.
    pub stored: Stored,
}

/// Where bytes are.
#[derive(Clone)]
pub enum Stored {
    /// In memory.
    Held(Bytes),
    /// On the disk, in the file that this was.
    OnDisk(OutPath, Seen),
}

/// Which file on the disk it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    len: u64,
    modified: Option<SystemTime>,
    identity: [u64; 2],
    changed: [i64; 2],
}

impl Seen {
    /// Of an open file.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn of(file: &File) -> io::Result<Self> {
        let about = file.metadata()?;
        #[cfg(unix)]
        let (identity, changed) = {
            use std::os::unix::fs::MetadataExt;
            ([about.dev(), about.ino()], [about.ctime(), about.ctime_nsec()])
        };
        #[cfg(windows)]
        let (identity, changed) = {
            use std::os::windows::fs::MetadataExt;
            ([about.creation_time(), about.last_write_time()], [0, 0])
        };
        #[cfg(not(any(unix, windows)))]
        let (identity, changed) = ([0, 0], [0, 0]);
        Ok(Self { len: about.len(), modified: about.modified().ok(), identity, changed })
    }
}

impl Shelf {
    /// Reads a finished site. What `before` has of it is not read again. `book` is the text of `content/addresses.yaml`.
    ///
    /// # Errors
    /// Where the disk fails.
    pub fn read(folder: &Path, book: &str, security: Security, before: &Self) -> io::Result<Option<Self>> {
        let root = match OpenFolder::open(folder) {
            Ok(root) => root,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let Some((manifest, build)) = Manifest::of_output(&root)? else { return Ok(None) };
        let mut shelf = Self { folder: folder.to_owned(), build: Some(build), ..Self::default() };
        shelf.keep(&root, &manifest, before);
        shelf.show(&manifest, security);
        shelf.readdress(book);
        Ok(Some(shelf))
    }

    /// Reads every listed file, those first that are asked for most.
    fn keep(&mut self, root: &OpenFolder, manifest: &Manifest, before: &Self) {
        let mut files: Vec<(&OutPath, &Written)> = manifest.iter().collect();
        let class = |path: &str| match path.rsplit('.').next() {
            Some("br" | "css" | "js") => 0,
            Some("html") => 1,
            _ => 2,
        };
        files.sort_by_key(|(path, written)| (class(path), written.len));
        let mut held = 0;
        for (path, written) in files {
            let may_stay = written.len <= SMALL && held + written.len <= HELD;
            let known = before.kept.get(path).filter(|(old, stored)| {
                old == written
                    && match stored {
                        Stored::Held(_) => may_stay,
                        Stored::OnDisk(path, seen) => is_seen(root, path, seen),
                    }
            });
            let stored = match known {
                Some((_, stored)) => Some(stored.clone()),
                None => read_listed(root, path, written, may_stay).ok().flatten(),
            };
            match stored {
                Some(stored) => {
                    if matches!(stored, Stored::Held(_)) {
                        held += written.len;
                    }
                    self.kept.insert(path.clone(), (*written, stored));
                }
                None => self.missing.push(path.clone()),
            }
        }
        self.missing.sort();
    }

    /// Puts files and their encodings together.
    fn show(&mut self, manifest: &Manifest, security: Security) {
        // One copy of their values for all files.
        let mut safe = HeaderMap::new();
        security.put_into(&mut safe);
        for (path, _) in manifest.iter().filter(|(path, _)| !compress::is_encoded(path, manifest)) {
            let Some((written, stored)) = self.kept.get(path) else { continue };
            let beside = |ending: &str| {
                let beside = OutPath::new(&format!("{path}{ending}")).ok()?;
                if !compress::is_encoded(&beside, manifest) {
                    return None;
                }
                self.kept.get(&beside)
            };
            let (br, gzip) = (beside(compress::BROTLI), beside(compress::GZIP));
            let varies = br.is_some() || gzip.is_some();
            let cache = cache_rule(path, written);
            let piece = |(written, stored): &(Written, Stored), encoding: Option<&'static str>| {
                let mut head = HeaderMap::with_capacity(16);
                head.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type(path)));
                head.insert(header::CONTENT_LENGTH, written.len.into());
                head.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
                let etag = format!("\"{}\"", &written.hash.to_hex()[..32]);
                if let Ok(tag) = HeaderValue::from_str(&etag) {
                    head.insert(header::ETAG, tag);
                }
                match encoding {
                    Some(encoding) => {
                        head.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
                    }
                    None => {
                        head.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
                    }
                }
                if varies {
                    head.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
                }
                head.extend(safe.iter().map(|(name, value)| (name.clone(), value.clone())));
                Piece { head, etag: etag.into(), len: written.len, stored: stored.clone() }
            };
            let shown = Shown {
                plain: piece(&(*written, stored.clone()), None),
                br: br.map(|kept| piece(kept, Some("br"))),
                gzip: gzip.map(|kept| piece(kept, Some("gzip"))),
            };
            self.files.insert((**path).into(), Arc::new(shown));
        }
    }

    /// Where former addresses lead now, and what is withdrawn. The list of addresses is written before the output changes, so each line is
    /// compared with the files that are there.
    fn readdress(&mut self, text: &str) {
        let book = addresses::read(crate::diag::FileId(0), text, &mut crate::diag::Sink::new());
        let stands = |shelf: &Self, address: &str| shelf.file(&file_of(address)).is_some();
        let (mut moved, mut gone) = (HashMap::new(), HashSet::new());
        for (address, line) in book.lines() {
            let now = book.current(&line.owner).filter(|now| *now != address && stands(self, now));
            match (line.bond, now) {
                (Bond::Former, Some(now)) => {
                    moved.insert(address.to_owned(), now.to_owned());
                }
                (Bond::Former | Bond::Current, _) if !stands(self, address) => {
                    gone.insert(address.to_owned());
                }
                _ => {}
            }
        }
        (self.moved, self.gone) = (moved, gone);
    }

    /// A file by its path in the output.
    pub fn file(&self, path: &str) -> Option<&Arc<Shown>> {
        self.files.get(path)
    }

    /// The names of all files.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(|name| &**name)
    }

    /// Where a former address leads now.
    pub fn moved(&self, address: &str) -> Option<&str> {
        self.moved.get(address).map(String::as_str)
    }

    /// Whether something stood at an address and was withdrawn.
    pub fn is_gone(&self, address: &str) -> bool {
        self.gone.contains(address)
    }

    /// Which build it is: the hash of its list; none of nothing.
    pub fn build(&self) -> Option<blake3::Hash> {
        self.build
    }

    /// How many files it shows.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether it shows none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// How many bytes of files are in memory.
    pub fn held(&self) -> u64 {
        let held = self.kept.values().filter(|(_, stored)| matches!(stored, Stored::Held(_)));
        held.map(|(written, _)| written.len).sum()
    }

    /// Opens a file on the disk again. It is the one that was read, or there is none.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] where another build has taken its place.
    pub fn open(&self, path: &OutPath, seen: &Seen) -> io::Result<File> {
        let file = open_listed(&OpenFolder::open(&self.folder)?, path)?;
        if Seen::of(&file)? == *seen { Ok(file) } else { Err(ErrorKind::NotFound.into()) }
    }
}

/// The file of an address.
pub fn file_of(address: &str) -> String {
    let inner = address.trim_start_matches('/');
    if inner.is_empty() || inner.ends_with('/') { format!("{inner}index.html") } else { inner.to_owned() }
}

/// Opens a file of the output, no link on the way followed.
fn open_listed(root: &OpenFolder, path: &str) -> io::Result<File> {
    match path.split_once('/') {
        Some((folder, rest)) => open_listed(&root.below(folder)?, rest),
        None => root.file(path),
    }
}

fn is_seen(root: &OpenFolder, path: &OutPath, seen: &Seen) -> bool {
    open_listed(root, path).and_then(|file| Seen::of(&file)).is_ok_and(|now| now == *seen)
}

/// Reads a file and compares it with the list; none where it differs.
fn read_listed(
    root: &OpenFolder,
    path: &OutPath,
    written: &Written,
    stays: bool,
) -> io::Result<Option<Stored>> {
    let mut file = open_listed(root, path)?;
    let seen = Seen::of(&file)?;
    if seen.len != written.len {
        return Ok(None);
    }
    if stays {
        // Of its very length: what is held for months has no room to spare.
        let mut bytes = vec![0; usize::try_from(seen.len).map_err(io::Error::other)?];
        file.read_exact(&mut bytes)?;
        return Ok((Written::of(&bytes) == *written).then(|| Stored::Held(bytes.into())));
    }
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(&mut file)?;
    Ok((hasher.finalize() == written.hash).then(|| Stored::OnDisk(path.clone(), seen)))
}

/// Former addresses by text, for tests and messages.
impl std::fmt::Debug for Shelf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let moved: BTreeMap<_, _> = self.moved.iter().collect();
        f.debug_struct("Shelf")
            .field("files", &self.files.len())
            .field("moved", &moved)
            .finish_non_exhaustive()
    }
}
