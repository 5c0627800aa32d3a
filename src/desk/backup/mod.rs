//! Backups: everything that cannot be made again, in one file.
//!
//! A backup is a ZIP file, so that any computer can look into it when this program is long gone. It holds the site's own files: content with its
//! register of addresses, ledger, reviews and settings, the seed of its statistics, and its own theme. What a build makes is left out. Its last entry
//! lists every file with length and BLAKE3 hash (see [`list`]).
//!
//! Refuses: to leave anything out unsaid; to write over anything; to write a single file of a backup that is not whole.
//! Invariant: what [`restore`](unpack::restore) makes has the bytes that [`back_up`](pack::back_up) read.

pub mod list;
pub mod pack;
pub mod unpack;

use crate::build::write::WriteError;
use crate::diag::{Diagnostic, Message, codes};
use crate::source::Sources;
use crate::world::shown;
use std::path::Path;

/// Why there is no backup, or nothing was restored.
#[derive(Debug)]
pub struct Refused {
    /// What was found.
    pub found: Vec<Diagnostic>,
    /// The files that findings speak of.
    pub sources: Box<Sources>,
    /// Whose fault it is.
    pub blame: Blame,
}

/// Whose fault a refusal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blame {
    /// The site, or the backup.
    Site,
    /// The place that was named.
    Place,
    /// The disk.
    Disk,
}

impl Refused {
    fn new(found: Vec<Diagnostic>, blame: Blame) -> Self {
        Self { found, sources: Box::default(), blame }
    }

    /// One finding about a backup, with its hint `ID-hint`.
    fn because(id: &'static str, hint: &'static str, path: &Path, file: Option<&str>, blame: Blame) -> Self {
        let mut message = Message::new(id).with("path", shown(path));
        if let Some(file) = file {
            message = message.with("file", printable(file));
        }
        Self::new(vec![Diagnostic::new(codes::BAD_BACKUP, message).hint(Message::new(hint))], blame)
    }
}

impl From<WriteError> for Refused {
    fn from(error: WriteError) -> Self {
        use crate::build::write::Reason;
        let blame = match error.reason {
            Reason::Sources | Reason::BadName | Reason::NoSuchFolder => Blame::Place,
            _ => Blame::Disk,
        };
        Self::new(vec![error.diagnostic()], blame)
    }
}

/// A name out of an archive as it can stand in a message: short, and without signs that change what stands around it.
fn printable(name: &str) -> String {
    const LONGEST: usize = 120;
    let safe = |c: char| if c.is_control() || crate::world::path::misleads(c) { '\u{fffd}' } else { c };
    let mut shown: String = name.chars().take(LONGEST).map(safe).collect();
    if name.chars().count() > LONGEST {
        shown.push('…');
    }
    shown
}

/// A size as people read it.
fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "one decimal is shown")]
    let float = bytes as f64;
    match bytes {
        0..0x400 => format!("{bytes} B"),
        0x400..0x10_0000 => format!("{:.1} KB", float / 1024.0),
        0x10_0000..0x4000_0000 => format!("{:.1} MB", float / 1_048_576.0),
        _ => format!("{:.1} GB", float / 1_073_741_824.0),
    }
}

#[cfg(test)]
mod tests;
