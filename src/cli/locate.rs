//! Finding the site's folder.
//!
//! Refuses: guessing; a site is a folder with `content/site.yaml`.
//! Invariant: what is returned exists.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending};
pub use crate::build::machine::program;
use crate::build::write::{Reason, WriteError};
use crate::desk::site::{Site, language};
use crate::diag::{Message, Report};
use crate::source::Sources;
use crate::world::{DiskWorld, shown};
use std::path::{Path, PathBuf};

/// The site that the options name, or the one that holds the current folder.
///
/// # Errors
/// Where there is none, or it cannot be opened; the terminal has been told.
pub fn open(common: &Common, terminal: &Terminal) -> Result<DiskWorld, Ending> {
    let folder = match &common.site {
        Some(folder) => holds_site(folder).then(|| folder.clone()),
        None => std::env::current_dir().ok().and_then(|here| above(&here)),
    };
    let Some(folder) = folder else {
        terminal.complain(&Message::new("cli-no-site"));
        terminal.complain(&Message::new("cli-no-site-hint"));
        return Err(Ending::Usage);
    };
    DiskWorld::open(&folder).map_err(|error| {
        let path = shown(&folder);
        terminal.complain(&Message::new("cli-site-unreadable").with("path", path).with("reason", error));
        Ending::Failed
    })
}

/// The site, and the terminal in its language, where its settings need not be read whole first.
///
/// # Errors
/// As [`open`].
pub fn begin(common: &Common) -> Result<(DiskWorld, Terminal), Ending> {
    let terminal = Terminal::new(common);
    let world = open(common, &terminal)?;
    let terminal = in_language_of(&world, common, terminal);
    Ok((world, terminal))
}

/// Says why nothing is written to a place.
pub fn refuse(terminal: &Terminal, error: &WriteError) -> Ending {
    let nothing = Sources::new();
    terminal.findings(&Report::new(vec![error.diagnostic()], &nothing), &nothing);
    match error.reason {
        Reason::Sources | Reason::BadName | Reason::NoSuchFolder => Ending::Usage,
        _ => Ending::Failed,
    }
}

/// The terminal in the language of a site that is not read yet.
pub fn in_language_of(world: &DiskWorld, common: &Common, terminal: Terminal) -> Terminal {
    terminal.in_language_of(common, &language(world).unwrap_or_default())
}

/// The same site, opened to be looked at.
///
/// # Errors
/// As [`open`].
pub fn site(common: &Common, terminal: &Terminal) -> Result<Site, Ending> {
    open(common, terminal).map(Site::open)
}

/// Whether the site that holds the current folder speaks English.
pub fn speaks_english() -> bool {
    let folder = std::env::current_dir().ok().and_then(|here| above(&here));
    let settings = folder.and_then(|folder| std::fs::read_to_string(folder.join("content/site.yaml")).ok());
    settings
        .is_some_and(|text| text.lines().any(|line| matches!(line.trim_end(), "language: en" | "语言: en")))
}

fn holds_site(folder: &Path) -> bool {
    folder.join("content").join("site.yaml").is_file()
}

fn above(here: &Path) -> Option<PathBuf> {
    here.ancestors().find(|folder| holds_site(folder)).map(Path::to_owned)
}
