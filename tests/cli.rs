//! The program as staff and other programs use it: every command, how it ends and what it says.

#![expect(
    clippy::disallowed_methods,
    reason = "tests of the program touch the disk, the network and start it"
)]

#[path = "cli/backup.rs"]
mod backup;
#[path = "cli/commands.rs"]
mod commands;
#[path = "cli/cost.rs"]
mod cost;
#[path = "cli/findings.rs"]
mod findings;
#[path = "cli/fix.rs"]
mod fix;
#[path = "cli/freshness.rs"]
mod freshness;
#[path = "cli/host.rs"]
mod host;
#[cfg(unix)]
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/memory.rs"]
mod memory;
#[path = "cli/odd.rs"]
mod odd;
#[path = "cli/places.rs"]
mod places;
#[path = "cli/preview.rs"]
mod preview;
#[path = "cli/print.rs"]
mod print;
#[path = "cli/publish.rs"]
mod publish;
#[path = "cli/review.rs"]
mod review;
#[path = "support/site.rs"]
mod site;
#[path = "cli/start.rs"]
mod start;
#[path = "cli/station.rs"]
mod station;
#[path = "cli/tabulate.rs"]
mod tabulate;
#[path = "cli/writing.rs"]
mod writing;

/// A bulletin.
fn bulletin(title: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n{more}---\n\n{body}\n")
}
