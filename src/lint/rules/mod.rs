//! The rules: each is one `.rs` and one `.md`.
//!
//! Refuses: wiring anywhere else.
//! Invariant: codes are unique.

mod explained;

use super::Lint;
use crate::diag::{Code, codes};
pub use explained::EXPLAINED;

/// All lints.
pub static LINTS: &[&dyn Lint] = &[];

/// Every code that exists.
pub fn codes() -> &'static [Code] {
    codes::ALL
}
