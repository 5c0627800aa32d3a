//! Who is publishing, and what is on its way: `.yuanba-publishing` at the far side.
//!
//! It keeps two publishers apart without conditional writes, which some servers ignore: who wants to publish puts its own lease there, waits until whoever did
//! the same at the same moment has done so, and reads it back; the last one stays, and the others see that it is not theirs. It is renewed while work goes on. One that is
//! not renewed for a while, counted by our own stopwatch from when we first saw it, is left over and taken over: no clock of another machine is believed.
//!
//! It holds the journal, too: which paths may have other bytes than the list says, since a run that is cut leaves some files sent and others not.
//!
//! Refuses: publishing beside somebody else.
//! Invariant: a lease is finished when the list names its attempt; then its journal means nothing.

use super::manifest::{Sent, close, open, parse_file, print_file, published_path};
use crate::world::OutPath;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// Name of the lease.
pub const LEASE: &str = ".yuanba-publishing";

const HEAD: &str = "yuanba-publishing 1";

/// How fast publishers wait for each other.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long one waits before reading a lease back: longer than any other takes from looking to writing.
    pub settle: Duration,
    /// How often a lease is renewed.
    pub beat: Duration,
    /// How long a lease of somebody else must be unchanged to be taken for a left-over one.
    pub stale: Duration,
    /// How often one looks at it meanwhile.
    pub look: Duration,
    /// After how many files the journal is written again.
    pub record: usize,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            settle: Duration::from_secs(2),
            beat: Duration::from_secs(40),
            stale: Duration::from_secs(150),
            look: Duration::from_secs(10),
            record: 200,
        }
    }
}

/// A lease with its journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Number of the attempt, at random.
    pub attempt: String,
    /// Which copy of the site is at work: a number at random that stays in its `.yuanba/`.
    pub owner: String,
    /// What that copy of the site is called: a part of its number, since the lease is as public as the site.
    pub label: String,
    /// When it was begun, as the owner's clock says; for messages alone.
    pub begun: String,
    /// How often it was renewed.
    pub beats: u64,
    /// What stands at paths of which the list may say something else; none where that is not known.
    pub journal: BTreeMap<OutPath, Option<Sent>>,
}

impl Lease {
    /// As it is kept.
    pub fn print(&self) -> Vec<u8> {
        let line = |text: &str| text.replace(['\n', '\r'], " ");
        let mut text = format!(
            "{HEAD}\nattempt {}\nowner {}\nlabel {}\nbegun {}\nbeats {}\n",
            self.attempt,
            line(&self.owner),
            line(&self.label),
            line(&self.begun),
            self.beats
        );
        for (path, sent) in &self.journal {
            let _ = match sent {
                Some(sent) => writeln!(text, "= {}", print_file(path, sent)),
                None => writeln!(text, "? {path}"),
            };
        }
        close(text)
    }

    /// Reads one.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut lines = open(bytes)?.lines();
        if lines.next()? != HEAD {
            return None;
        }
        let mut field = |name: &str| Some(lines.next()?.strip_prefix(name)?.strip_prefix(' ')?.to_owned());
        let (attempt, owner, label, begun) =
            (field("attempt")?, field("owner")?, field("label")?, field("begun")?);
        let beats = field("beats")?.parse().ok()?;
        let mut journal = BTreeMap::new();
        for line in lines {
            match line.split_once(' ')? {
                ("=", rest) => {
                    let (path, sent) = parse_file(rest)?;
                    journal.insert(path, Some(sent));
                }
                ("?", path) => {
                    journal.insert(published_path(path)?, None);
                }
                _ => return None,
            }
        }
        Some(Self { attempt, owner, label, begun, beats, journal })
    }
}

/// A number at random, as text.
///
/// # Errors
/// Where the system has none to give.
pub fn random() -> std::io::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::write::Written;

    #[test]
    fn reads_what_it_prints_and_nothing_else() {
        let lease = Lease {
            attempt: random().unwrap(),
            owner: "1".to_owned(),
            label: "值班室\n电脑".to_owned(),
            begun: String::new(),
            beats: 3,
            journal: [
                (OutPath::new("a b.html").unwrap(), None),
                (OutPath::new("c.html").unwrap(), Some(Sent::plain(Written::of(b"1")))),
            ]
            .into(),
        };
        let printed = lease.print();
        let read = Lease::parse(&printed).unwrap();
        assert_eq!(read, Lease { label: "值班室 电脑".to_owned(), ..lease });
        for cut in 0..printed.len() {
            assert_eq!(Lease::parse(&printed[..cut]), None, "cut at {cut}");
        }
    }
}
