//! Sending a finished site elsewhere: to a folder, an object store, a `WebDAV` server, over SFTP.
//!
//! ```text
//! public/ ──Finished──▶ wanted ─┐
//!                               ├─plan──▶ Plan ──send──▶ files, phase by phase ──▶ list ──▶ removals
//! .yuanba-published ──State─────┘           │
//! .yuanba-publishing (who is at it, what is on its way) ◀──────┘
//! ```
//!
//! What stands at the far side is known by our own list there, never by times or tags of the store, which stores make in ways of their own. Before the
//! first file is sent, a second object says who is publishing and which files are on their way; so a run that was cut is finished by the next one, and two
//! computers do not publish at once.
//!
//! Refuses: a build that did not pass the gates; touching a file that our list does not name.
//! Invariant: at every moment, whatever a page at the far side links to is there.

#![expect(
    clippy::disallowed_methods,
    reason = "publish/ touches the disk, the clock and the network (DESIGN §3, rule 9)"
)]

pub mod archive;
pub mod finished;
pub mod gate;
pub mod lease;
pub mod manifest;
pub mod plan;
pub mod purge;
pub mod secrets;
pub mod send;
pub mod state;
pub mod target;
#[cfg(test)]
mod tests;
pub mod verify;
