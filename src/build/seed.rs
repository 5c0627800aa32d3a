//! The seed of statistics: made at first use, beside the raw counts.
//!
//! Which cells are suppressed depends on it, so that nobody outside learns the figures from the choice (`statistics::suppress`). It
//! belongs to the figures as a key to a lock: kept with them, in the same backup and the same repository, and shown to nobody who may
//! not see them. A name that begins with a point is listed by no folder, so no page, link or attachment can lead to it.
//!
//! Refuses: changing a seed that is there; writing through a link.
//! Invariant: a seed is whole or not there.

use crate::diag::{Diagnostic, Message, codes};
use crate::model::dataset::SEED;
use crate::world::OpenFolder;
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Name of the file in its folder.
const NAME: &str = ".seed";

/// Makes the seed of a site that has datasets and no seed.
///
/// # Errors
/// A finding, where it cannot be made: figures are not to be published without.
pub fn ensure(site: &Path) -> Result<(), Box<Diagnostic>> {
    make(site).map_err(|error| {
        let message = Message::new("seed-not-made").with("path", SEED).with("error", error);
        Box::new(Diagnostic::new(codes::NOT_PROTECTABLE, message).hint(Message::new("seed-not-made-hint")))
    })
}

fn make(site: &Path) -> io::Result<()> {
    // A folder that is not there, or that a link leads to, holds no datasets of this site.
    let Ok(folder) = OpenFolder::open(site)
        .and_then(|site| site.below("content"))
        .and_then(|content| content.below("data"))
    else {
        return Ok(());
    };
    if !has_datasets(&folder)? || folder.dir().symlink_metadata(NAME).is_ok() {
        return Ok(());
    }
    let mut fresh = [0_u8; 32];
    getrandom::fill(&mut fresh).map_err(io::Error::other)?;
    let mut text = String::with_capacity(65);
    for byte in fresh {
        let _ = write!(text, "{byte:02x}");
    }
    text.push('\n');
    match folder.create_secret(NAME, text.as_bytes()) {
        // Another command was quicker; its seed is as good.
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn has_datasets(folder: &OpenFolder) -> io::Result<bool> {
    for entry in folder.dir().entries()? {
        let name = entry?.file_name();
        let name = name.to_string_lossy().to_ascii_lowercase();
        if !name.starts_with('.') && (name.ends_with(".yaml") || name.ends_with(".yml")) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::dataset::FOLDER;

    #[test]
    fn a_seed_is_made_once_and_only_where_there_are_figures() {
        let site = tempfile::tempdir().unwrap();
        ensure(site.path()).unwrap();
        assert!(!site.path().join(SEED).exists());
        std::fs::create_dir_all(site.path().join(FOLDER)).unwrap();
        std::fs::write(site.path().join(FOLDER).join("x.yaml"), "title: x\n").unwrap();
        ensure(site.path()).unwrap();
        let seed = std::fs::read_to_string(site.path().join(SEED)).unwrap();
        assert_eq!(seed.trim().len(), 64);
        ensure(site.path()).unwrap();
        assert_eq!(std::fs::read_to_string(site.path().join(SEED)).unwrap(), seed);
    }
}
