//! Chinese text: readings, plain text, words.
//!
//! Refuses: nothing.
//! Invariant: pure functions.

pub mod pinyin;
pub mod plain;
