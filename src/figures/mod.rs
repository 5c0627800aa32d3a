//! Protected figures as readers see them: charts, sentences, key figures, open data, and numbers in running text.
//!
//! Invariant: everything here sees [`crate::statistics::safe`] alone; a raw count has no way in.

pub mod chart;
pub mod number;
pub mod open_data;
pub mod prose;
pub mod report;
pub mod sentence;
pub mod shown;
pub mod words;
