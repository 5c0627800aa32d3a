//! What the program and its typesetting child say to each other: a frame is the length of a header, the header as JSON, and the
//! bytes that the header counts.
//!
//! Refuses: frames longer than [`LONGEST`], so that a child gone mad cannot fill the memory of the program.

use crate::print::problem::Problem;
use crate::print::sheet::Sheets;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::io::{self, Read, Write};

/// The most bytes of one part of a frame.
const LONGEST: u64 = 1 << 30;

/// A file that comes behind the header: its path and its length.
pub type Listed = (String, u64);

/// What the child is asked to do.
#[derive(Debug, Serialize, Deserialize)]
pub enum Order {
    /// To work with these templates and fonts from now on. One without a length is the built-in file of that path.
    Theme {
        /// By path below the theme.
        files: Vec<(String, Option<u64>)>,
    },
    /// To typeset a handout; its data and its files follow.
    Handout {
        /// Name of its layout.
        layout: String,
        /// Length of `/data.json`.
        data: u64,
        /// Its pictures.
        files: Vec<Listed>,
        /// Its time stamp.
        date: Option<Date>,
        /// How wide its thumbnail shall be.
        thumbnail: Option<u32>,
        /// How long it may take.
        seconds: u64,
    },
    /// To typeset a document of the program's own; its markup and its files follow.
    Plain {
        /// Length of its markup.
        main: u64,
        /// Its files.
        files: Vec<Listed>,
        /// Its time stamp.
        date: Option<Date>,
        /// How long it may take.
        seconds: u64,
    },
}

/// What the child answers to an order to typeset.
#[derive(Debug, Serialize, Deserialize)]
pub struct Reply {
    /// The sheets without their bytes, which follow, or what stands in the way.
    pub outcome: Result<Sheets, Vec<Problem>>,
    /// Length of the sheets.
    pub bytes: u64,
    /// Length of the thumbnail, where there is one.
    pub thumbnail: Option<u64>,
    /// Whether the child ends now, because it has grown.
    pub last: bool,
}

/// Writes a frame.
pub fn write(out: &mut impl Write, header: &impl Serialize, parts: &[&[u8]]) -> io::Result<()> {
    let header = serde_json::to_vec(header)?;
    out.write_all(&(header.len() as u64).to_le_bytes())?;
    out.write_all(&header)?;
    for part in parts {
        out.write_all(part)?;
    }
    out.flush()
}

/// The header of the next frame; none at the end.
pub fn read<T: DeserializeOwned>(input: &mut impl Read) -> io::Result<Option<T>> {
    let mut length = [0; 8];
    match input.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let header = part(input, u64::from_le_bytes(length))?;
    Ok(Some(serde_json::from_slice(&header)?))
}

/// So many bytes behind a header.
pub fn part(input: &mut impl Read, length: u64) -> io::Result<Vec<u8>> {
    if length > LONGEST {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    let mut bytes = Vec::new();
    input.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_through_whole_or_not_at_all() {
        let order = Order::Plain { main: 3, files: vec![("/a".to_owned(), 2)], date: None, seconds: 7 };
        let mut sent = Vec::new();
        write(&mut sent, &order, &[b"abc", b"de"]).unwrap();
        let mut input = sent.as_slice();
        let Some(Order::Plain { main, files, seconds: 7, .. }) = read(&mut input).unwrap() else { panic!() };
        assert_eq!(
            (part(&mut input, main).unwrap(), part(&mut input, files[0].1).unwrap()),
            (b"abc".into(), b"de".into())
        );
        assert!(read::<Order>(&mut input).unwrap().is_none());
        for cut in 8..sent.len() - 5 {
            assert!(read::<Order>(&mut &sent[..cut]).is_err(), "{cut}");
        }
        assert!(part(&mut b"ab".as_slice(), 3).is_err() && part(&mut b"ab".as_slice(), u64::MAX).is_err());
    }
}
