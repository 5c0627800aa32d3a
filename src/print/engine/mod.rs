//! Typst inside the program. Nothing outside this folder names its crates.
//!
//! Refuses: files that a job did not list, packages, the network, fonts of the system, more than one document at a time, and
//! documents beyond all [`Limits`].
//! Invariant: what a job says decides every byte, and after a document nothing of it stays in memory.

#[cfg(not(feature = "typst"))]
mod absent;
#[cfg(feature = "typst")]
mod child;
#[cfg(feature = "typst")]
mod compile;
#[cfg(feature = "typst")]
mod export;
#[cfg(feature = "typst")]
mod frames;
#[cfg(feature = "typst")]
mod kit;
#[cfg(feature = "typst")]
mod served;
#[cfg(feature = "typst")]
#[cfg(test)]
pub(super) mod tests;
#[cfg(feature = "typst")]
mod wire;
#[cfg(feature = "typst")]
mod world;

#[cfg(not(feature = "typst"))]
pub use absent::{Kit, Limits, Plain, isolate, serve, typeset, typeset_plain};
#[cfg(feature = "typst")]
pub use child::{Limits, isolate, typeset, typeset_plain};
#[cfg(feature = "typst")]
pub use compile::Plain;
#[cfg(feature = "typst")]
pub use kit::Kit;
#[cfg(feature = "typst")]
pub use served::serve;
