//! Chinese text: readings.
//!
//! Refuses: positions; who needs a place in the source asks the `Doc`.
//! Invariant: pure functions of text and the site's own readings.

pub mod dialect;
pub mod pinyin;
