//! Files that servers can send as they are to readers whose browsers unpack: `.br` and `.gz` beside each text of the site (`build --compress`).
//!
//! They are files of the build like all others: the list names them, and they go with the file that they are of. What they hold follows from its bytes alone; which hashes
//! came of which bytes is remembered in the store, under its seal, so a file that stays is not packed again, and what a stranger laid beside it is not kept.
//!
//! Refuses: what is packed already, and what would not become a fifth smaller.
//! Invariant: a `.br` or `.gz` of the list, unpacked, is the file beside it.

use super::write::{Batch, Manifest, Rank, WriteResult, Written};
use crate::world::{Memory, OutPath};
use std::io::Write as _;

/// What is put behind the name of a file packed by Brotli.
pub const BROTLI: &str = ".br";
/// The same for gzip.
pub const GZIP: &str = ".gz";
/// Shorter files travel in one packet anyway.
const LEAST: usize = 400;
/// Of eleven levels; the last two take ten times as long for one part in thirty.
const BROTLI_LEVEL: u32 = 9;
/// Base-2 logarithm of the window.
const WINDOW: u32 = 20;

/// Whether a file of this name is worth packing.
pub fn is_packable(path: &str) -> bool {
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, ending)| ending);
    matches!(ending, "html" | "css" | "js" | "json" | "xml" | "ics" | "txt" | "svg" | "csv" | "webmanifest")
}

/// The paths of a file's packed forms.
pub fn beside(path: &OutPath) -> [Option<OutPath>; 2] {
    [BROTLI, GZIP].map(|ending| OutPath::new(&format!("{path}{ending}")).ok())
}

/// Whether a listed file is a packed form of another, and no file of its own.
pub fn is_encoded(path: &str, manifest: &Manifest) -> bool {
    let of = path.strip_suffix(BROTLI).or_else(|| path.strip_suffix(GZIP));
    of.is_some_and(|of| is_packable(of) && OutPath::new(of).is_ok_and(|of| manifest.get(&of).is_some()))
}

/// Whether a finished site has packed files, so that the next build makes them, too.
pub fn is_packed(folder: &std::path::Path) -> bool {
    let list = crate::world::OpenFolder::open(folder).and_then(|open| Manifest::of_output(&open));
    list.ok().flatten().is_some_and(|(list, _)| list.iter().any(|(path, _)| is_encoded(path, &list)))
}

/// The packed forms of a file's bytes, Brotli first; none where one is not worth it.
pub fn pack(bytes: &[u8]) -> [Option<Vec<u8>>; 2] {
    if bytes.len() < LEAST {
        return [None, None];
    }
    let worth = |packed: &Vec<u8>| packed.len() < bytes.len() / 5 * 4;
    [brotli(bytes).filter(worth), gzip(bytes).filter(worth)]
}

/// Kind of the values in the store: by the hash of a file, the hashes of its packed forms.
const KIND: &str = "packed";

/// Packing as a part of a build.
pub struct Packing<'b, 'w> {
    /// Where files go.
    pub batch: &'b Batch<'w>,
    /// What was packed before.
    pub memory: &'b dyn Memory,
}

impl Packing<'_, '_> {
    /// Puts the packed forms of a file beside it, or keeps those that are there. `is_free` says whether nothing else is planned at a path; the bytes are
    /// asked for only where they are needed.
    ///
    /// # Errors
    /// Where the disk does not take them.
    pub fn beside(
        &self,
        path: &OutPath,
        rank: Rank,
        written: &Written,
        is_free: impl Fn(&OutPath) -> bool,
        bytes: impl FnOnce() -> Option<Vec<u8>>,
    ) -> WriteResult<()> {
        let places = beside(path).map(|place| place.filter(&is_free));
        if !is_packable(path) || places.iter().all(Option::is_none) {
            return Ok(());
        }
        let key = written.hash.as_bytes();
        let known: Option<[Option<[u8; 32]>; 2]> =
            self.memory.recall(KIND, key).and_then(|kept| postcard::from_bytes(&kept).ok());
        if let Some(known) = known {
            let stands = |(place, hash): (&Option<OutPath>, &Option<[u8; 32]>)| match (place, hash) {
                (Some(place), Some(hash)) => {
                    self.batch.intact(place).is_some_and(|there| there.hash.as_bytes() == hash)
                }
                _ => true,
            };
            if places.iter().zip(&known).all(stands) {
                let wanted = places.iter().zip(&known).filter(|(_, hash)| hash.is_some());
                return wanted
                    .filter_map(|(place, _)| place.as_ref())
                    .try_for_each(|place| self.batch.keep(place));
            }
        }
        let Some(bytes) = bytes() else { return Ok(()) };
        let packed = pack(&bytes);
        let hashes = packed.each_ref().map(|form| form.as_ref().map(|form| *blake3::hash(form).as_bytes()));
        for (place, form) in places.iter().zip(&packed) {
            if let (Some(place), Some(form)) = (place, form) {
                self.batch.put(place, rank, form)?;
            }
        }
        if let Ok(value) = postcard::to_allocvec(&hashes) {
            self.memory.keep(KIND, key, value);
        }
        Ok(())
    }
}

fn brotli(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::with_capacity(bytes.len() / 3);
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, BROTLI_LEVEL, WINDOW);
    writer.write_all(bytes).ok()?;
    drop(writer);
    Some(packed)
}

/// Without a time or a name: the same bytes give the same file.
/// A file packed by gzip.
pub fn gzip(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut writer =
        flate2::write::GzEncoder::new(Vec::with_capacity(bytes.len() / 3), flate2::Compression::best());
    writer.write_all(bytes).ok()?;
    writer.finish().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_unpacks_to_the_same() {
        let text = "院坝里，村民围坐听讲。<p>不要告诉任何人验证码。</p>\n".repeat(50);
        let [Some(br), Some(gz)] = pack(text.as_bytes()) else { panic!("text shrinks") };
        assert_eq!([Some(br.clone()), Some(gz.clone())], pack(text.as_bytes()), "same bytes, same file");
        let mut unpacked = String::new();
        brotli::Decompressor::new(&*br, 4096).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        unpacked.clear();
        flate2::read::GzDecoder::new(&*gz).read_to_string(&mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert_eq!(pack(b"short"), [None, None]);
        let noise: Vec<u8> = blake3::hash(b"x").as_bytes().iter().cycle().take(32).copied().collect();
        let mut random = Vec::new();
        for number in 0..64_u32 {
            random.extend(blake3::hash(&[&noise[..], &number.to_le_bytes()].concat()).as_bytes());
        }
        assert_eq!(pack(&random), [None, None]);
    }

    #[test]
    fn only_texts_are_packed() {
        for (path, packed) in
            [("index.html", true), ("a/b.svg", true), ("a.pdf", false), ("a.jpg", false), ("html", false)]
        {
            assert_eq!(is_packable(path), packed, "{path}");
        }
    }
}
