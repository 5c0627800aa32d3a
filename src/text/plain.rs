//! throwaway
/// x
pub fn summary(_: &crate::source::doc::Doc, _: usize) -> String { String::new() }
