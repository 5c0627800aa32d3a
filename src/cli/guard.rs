//! Ends the program where a template of the site's own would never end, or fill the memory.
//!
//! Invariant: nothing is half published by it, for pages are rendered before any is put in place.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::diag::Report;
use crate::output::template::beyond;
use crate::print::Limits;
use crate::source::Sources;
use std::time::Duration;

/// How often is looked: in this time a program can take some hundred megabytes.
const GLANCE: Duration = Duration::from_millis(50);

/// The limits that the surroundings name by these variables, else the usual ones.
pub(super) fn limits(seconds: &str, megabytes: &str) -> Limits {
    let number = |name| std::env::var(name).ok().and_then(|text| text.trim().parse().ok());
    let usual = Limits::default();
    Limits {
        seconds: number(seconds).unwrap_or(usual.seconds),
        megabytes: number(megabytes).unwrap_or(usual.megabytes),
    }
}

/// Begins to look, until the program ends.
pub fn begin(common: &Common) {
    let limits = limits("YUANBA_RENDER_SECONDS", "YUANBA_RENDER_MEGABYTES");
    let common = common.clone();
    // Where no thread can be had, nothing is looked at.
    let _ = std::thread::Builder::new().name("limits".to_owned()).spawn(move || {
        loop {
            std::thread::sleep(GLANCE);
            let Some(finding) = beyond(limits) else { continue };
            let terminal = Terminal::new(&common);
            let terminal = match locate::open(&common, &terminal) {
                Ok(world) => locate::in_language_of(&world, &common, terminal),
                Err(_) => terminal,
            };
            let nothing = Sources::new();
            terminal.findings(&Report::new(vec![finding], &nothing), &nothing);
            std::process::exit(Ending::Refused.code().into());
        }
    });
}
