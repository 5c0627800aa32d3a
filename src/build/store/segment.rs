//! The form of the packed file: segments one after the other, each a head, an index, and values.
//!
//! ```text
//! head    16 magic and version · 16 owner · 16 program · 8 waste · 4 records · 4 nothing · 8 bytes of values · 24 nothing · 32 seal
//! index   a record a value, sorted by name: 16 name · 8 position in the file · 4 length · 4 day of last use · 16 seal
//! values  one after the other
//! ```
//!
//! All numbers are little-endian. The name of a value is a keyed hash of its kind and key, so that names have one length. A later segment's value
//! stands in the place of an earlier one's of the same name; the earlier one is waste. A head is sealed together with its index and its place in the
//! file, a value together with its name: what was cut off, shifted, flipped or made elsewhere is seen to be so.
//!
//! Invariant: a record that was read was written by this program for this store.

use std::fs::File;
use std::io;

/// Bytes of a head.
pub(super) const HEAD: usize = 128;
/// Bytes of a record.
pub(super) const RECORD: usize = 48;
/// Form of the file; the number goes up with every change of it.
const MAGIC: &[u8; 16] = b"yuanba memory 2\n";
/// More records than any site has; a head that claims more is no head.
const MOST: u32 = 1 << 22;

/// A value's name in the file.
pub(super) type Name = [u8; 16];

/// Where a value stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub name: Name,
    pub at: u64,
    pub len: u32,
    /// Days since 1970 when it was last known to be used, to a month.
    pub day: u32,
    pub seal: [u8; 16],
}

/// Why a file, or the rest of it, is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// Another version of the form.
    Version,
    /// Another user, another machine, or another place.
    Owner,
    /// Another program.
    Program,
    /// It is not as it was written.
    Damaged,
}

/// Secrets of a store.
#[derive(Clone)]
pub(super) struct Keys {
    owner: [u8; 16],
    program: [u8; 16],
    naming: [u8; 32],
    sealing: [u8; 32],
}

impl Keys {
    /// Those that follow from a store's key and the program at work.
    pub fn new(key: &[u8; 32], program: &str) -> Self {
        let derive = |purpose: &str, more: &str| {
            *blake3::Hasher::new_keyed(key)
                .update(purpose.as_bytes())
                .update(&[0])
                .update(more.as_bytes())
                .finalize()
                .as_bytes()
        };
        Self {
            owner: half(derive("owner", "")),
            program: half(derive("program", program)),
            naming: derive("naming", program),
            sealing: derive("sealing", program),
        }
    }

    /// The name of a value.
    pub fn name(&self, kind: &str, key: &[u8]) -> Name {
        let mut hasher = blake3::Hasher::new_keyed(&self.naming);
        hasher.update(kind.as_bytes()).update(&[0]).update(key);
        half(*hasher.finalize().as_bytes())
    }

    /// The seal of a value.
    pub fn seal(&self, name: &Name, value: &[u8]) -> [u8; 16] {
        half(*self.long_seal(name, value).as_bytes())
    }

    /// The same, not shortened: for values that have a file of their own.
    pub fn long_seal(&self, name: &[u8], value: &[u8]) -> blake3::Hash {
        blake3::Hasher::new_keyed(&self.sealing).update(name).update(value).finalize()
    }

    fn head_seal(&self, at: u64, head: &[u8], index: &[u8]) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_keyed(&self.sealing);
        hasher.update(b"segment").update(&at.to_le_bytes()).update(head).update(index);
        *hasher.finalize().as_bytes()
    }
}

fn half(hash: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&hash[..16]);
    half
}

/// Records, sorted by name, as they stand in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    bytes: Vec<u8>,
    /// Names are hashes. By their first bits they fall into about as many drawers as there are records; here is the number of each drawer's first record, and at the end
    /// how many there are.
    drawers: Vec<u32>,
}

impl Index {
    /// Of records in any order, one a name.
    pub fn of(mut records: Vec<Record>) -> Self {
        records.sort_unstable_by_key(|a| a.name);
        let mut bytes = Vec::with_capacity(records.len() * RECORD);
        for record in &records {
            bytes.extend_from_slice(&record.name);
            bytes.extend_from_slice(&record.at.to_le_bytes());
            bytes.extend_from_slice(&record.len.to_le_bytes());
            bytes.extend_from_slice(&record.day.to_le_bytes());
            bytes.extend_from_slice(&record.seal);
        }
        Self::read(bytes)
    }

    /// Of records as they stand in the file, sorted.
    fn read(bytes: Vec<u8>) -> Self {
        let mut index = Self { bytes, drawers: Vec::new() };
        let count = index.len();
        let mut drawers = vec![0; count.next_power_of_two() + 1];
        for number in 0..count {
            drawers[drawer(index.name(number), count) + 1] += 1;
        }
        for at in 1..drawers.len() {
            drawers[at] += drawers[at - 1];
        }
        index.drawers = drawers;
        index
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.bytes.len() / RECORD
    }

    fn name(&self, number: usize) -> &[u8] {
        &self.bytes[number * RECORD..number * RECORD + 16]
    }

    /// The record of a number.
    pub fn get(&self, number: usize) -> Record {
        let bytes = &self.bytes[number * RECORD..(number + 1) * RECORD];
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|n| bytes[at + n]));
        let short = |at: usize| u32::from_le_bytes(std::array::from_fn(|n| bytes[at + n]));
        let sixteen = |at: usize| std::array::from_fn(|n| bytes[at + n]);
        Record { name: sixteen(0), at: long(16), len: short(24), day: short(28), seal: sixteen(32) }
    }

    /// The number of a name.
    pub fn find(&self, name: &Name) -> Option<usize> {
        if self.bytes.is_empty() {
            return None;
        }
        let drawer = drawer(name, self.len());
        let within = self.drawers[drawer] as usize..self.drawers[drawer + 1] as usize;
        within.into_iter().find(|&number| self.name(number) == name)
    }

    /// All records.
    pub fn iter(&self) -> impl Iterator<Item = Record> {
        (0..self.len()).map(|number| self.get(number))
    }
}

/// The drawer of a name among `count` records: their count to the next power of two, by the first bits.
fn drawer(name: &[u8], count: usize) -> usize {
    let first = u32::from_be_bytes(std::array::from_fn(|n| name[n]));
    let bits = count.next_power_of_two().trailing_zeros();
    usize::try_from(u64::from(first) >> (32 - bits)).unwrap_or(0)
}

/// A segment without its values.
#[derive(Debug)]
pub(super) struct Segment {
    pub index: Index,
    /// Bytes of values that are waste by now, in this segment and those before it.
    pub waste: u64,
    /// Where the next segment begins.
    pub end: u64,
}

impl Segment {
    /// How many bytes stand before the values of a segment.
    pub fn before_values(records: usize) -> u64 {
        (HEAD + records * RECORD) as u64
    }

    /// Head and index, for a segment that begins at `at`.
    ///
    /// # Panics
    /// If there are 2^32 records.
    pub fn print(keys: &Keys, at: u64, index: &Index, values: u64, waste: u64) -> Vec<u8> {
        let records = u32::try_from(index.len()).expect("fewer than 2^32 records");
        let mut head = Vec::with_capacity(HEAD + index.bytes.len());
        head.extend_from_slice(MAGIC);
        head.extend_from_slice(&keys.owner);
        head.extend_from_slice(&keys.program);
        head.extend_from_slice(&waste.to_le_bytes());
        head.extend_from_slice(&records.to_le_bytes());
        head.extend_from_slice(&[0; 4]);
        head.extend_from_slice(&values.to_le_bytes());
        head.extend_from_slice(&[0; 24]);
        let seal = keys.head_seal(at, &head, &index.bytes);
        head.extend_from_slice(&seal);
        head.extend_from_slice(&index.bytes);
        head
    }

    /// Reads the segment that begins at `at` of a file of `size` bytes.
    pub fn read(keys: &Keys, file: &File, at: u64, size: u64) -> Result<Self, Unfit> {
        let damaged = |_: io::Error| Unfit::Damaged;
        let mut head = [0; HEAD];
        if size - at < HEAD as u64 {
            return Err(Unfit::Damaged);
        }
        read_at(file, &mut head, at).map_err(damaged)?;
        if &head[..16] != MAGIC {
            let ours = head.starts_with(&MAGIC[..14]);
            return Err(if ours { Unfit::Version } else { Unfit::Damaged });
        }
        if head[16..32] != keys.owner {
            return Err(Unfit::Owner);
        }
        if head[32..48] != keys.program {
            return Err(Unfit::Program);
        }
        let long = |at: usize| u64::from_le_bytes(std::array::from_fn(|n| head[at + n]));
        let (waste, values) = (long(48), long(64));
        let records = u32::from_le_bytes(std::array::from_fn(|n| head[56 + n]));
        let before = Self::before_values(records as usize);
        let end = at.checked_add(before).and_then(|end| end.checked_add(values)).ok_or(Unfit::Damaged)?;
        if records > MOST || end > size {
            return Err(Unfit::Damaged);
        }
        let mut index = vec![0; records as usize * RECORD];
        read_at(file, &mut index, at + HEAD as u64).map_err(damaged)?;
        if head[96..] != keys.head_seal(at, &head[..96], &index) {
            return Err(Unfit::Damaged);
        }
        Ok(Self { index: Index::read(index), waste, end })
    }
}

/// Reads at a place of a file; any thread may.
pub(super) fn read_at(file: &File, bytes: &mut [u8], at: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        std::os::unix::fs::FileExt::read_exact_at(file, bytes, at)
    }
    #[cfg(windows)]
    {
        use std::os::windows::fs::FileExt;
        let (mut done, mut at) = (0, at);
        while done < bytes.len() {
            match file.seek_read(&mut bytes[done..], at)? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => {
                    done += read;
                    at += read as u64;
                }
            }
        }
        Ok(())
    }
    #[cfg(not(any(unix, windows)))]
    {
        let _ = (file, bytes, at);
        Err(io::ErrorKind::Unsupported.into())
    }
}
