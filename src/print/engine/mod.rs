//! Typst inside the program. Nothing outside this folder names its crates.
//!
//! Refuses: files that a job did not list, packages, the network, fonts of the system, more than one document at a time.
//! Invariant: what a job says decides every byte, and after a document nothing of it stays in memory.

#[cfg(not(feature = "typst"))]
mod absent;
#[cfg(feature = "typst")]
mod compile;
#[cfg(feature = "typst")]
mod export;
#[cfg(feature = "typst")]
mod frames;
#[cfg(feature = "typst")]
mod kit;
#[cfg(feature = "typst")]
#[cfg(test)]
pub(super) mod tests;
#[cfg(feature = "typst")]
mod world;

#[cfg(not(feature = "typst"))]
pub use absent::{Kit, Plain, typeset, typeset_plain};
#[cfg(feature = "typst")]
pub use compile::{Plain, typeset, typeset_plain};
#[cfg(feature = "typst")]
pub use kit::Kit;
