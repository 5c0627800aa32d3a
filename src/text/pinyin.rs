//! throwaway
/// x
pub fn slug(text: &str, _: &std::collections::BTreeMap<String, String>) -> String { text.to_owned() }
