//! Chinese text: readings, and what a document says without its markup.
//!
//! Refuses: positions; who needs a place in the source asks the `Doc`.
//! Invariant: pure functions of text and the site's own readings.

pub mod dialect;
pub mod pinyin;
pub mod plain;
