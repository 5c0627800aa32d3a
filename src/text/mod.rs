//! Chinese text: readings, rhyme, metre.
//!
//! Refuses: positions in files; a place is an offset in the text that was handed in.
//! Invariant: pure functions of text and the site's own readings.

pub mod announce;
pub mod dialect;
pub mod numerals;
pub mod pinyin;
pub mod rhyme;
pub mod rhymes;
pub mod verse;
