//! Counting how often pages are read.
//!
//! Refuses: to count where the site does not tell its readers.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::{Ending, Served, Terminal, locate};
use crate::diag::Message;
use crate::host::visits::Visits;
use crate::world::{DiskWorld, shown};
use std::path::Path;
use std::sync::Arc;

/// Begins to count, if the site tells its readers.
pub(super) fn begin(folder: &Path, place: &Served, terminal: &Terminal) -> Result<Arc<Visits>, Ending> {
    let world = place.site.as_ref().and_then(|site| DiskWorld::open(site).ok());
    if !world.is_some_and(|world| crate::desk::site::counts_visits(&world)) {
        terminal.complain(&Message::new("host-count-untold"));
        return Err(Ending::Usage);
    }
    let made = crate::build::results::ResultFolder::at(place.site.as_deref(), folder)
        .map_err(|error| locate::refuse(terminal, &error))?;
    let begun = std::fs::create_dir_all(made.path()).and_then(|()| Visits::begin(made.path(), today()));
    begun.map(Arc::new).map_err(|error| {
        terminal
            .complain(&Message::new("cli-cannot-write").with("path", shown(folder)).with("reason", error));
        Ending::Failed
    })
}

/// Writes what was counted.
pub(super) fn keep(visits: &Visits, terminal: &Terminal) {
    if let Err(error) = visits.keep(today()) {
        terminal.say(&Message::new("host-count-unkept").with("reason", error));
    }
}

/// The day in China, where the readers are.
fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(8))).date()
}
