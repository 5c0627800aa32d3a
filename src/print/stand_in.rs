//! What is printed for characters that no font has but that have an equal: `㎡` is `m²`, `㎏` is `kg`, `✔` is `✓`.
//!
//! Refuses: equals that say something else. An emoji has none; it is a finding.
//! Invariant: a text whose characters all have glyphs stays as it is, byte for byte.

use super::files::Coverage;
#[cfg(feature = "typst")]
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Signs whose equal Unicode does not tell, or tells without its superscript.
const EQUALS: &[(char, &str)] = &[
    ('㎡', "m²"),
    ('㎥', "m³"),
    ('㎠', "cm²"),
    ('㎤', "cm³"),
    ('㎢', "km²"),
    ('✔', "✓"),
    ('☑', "✓"),
    ('✅', "✓"),
    ('✘', "✗"),
    ('✖', "✗"),
    ('❌', "✗"),
    ('►', "▶"),
    ('⇒', "→"),
];

/// The equal of a character; none where it has none that can be shown.
pub(super) fn stand_in(c: char, coverage: &Coverage) -> Option<String> {
    let known = EQUALS.iter().find(|(sign, _)| *sign == c);
    let equal = known.map_or_else(|| c.nfkc().collect(), |(_, equal)| (*equal).to_owned());
    (!equal.contains(c) && equal.chars().all(|c| coverage.has(c))).then_some(equal)
}

/// Puts equals into all texts of the data.
#[cfg(feature = "typst")]
pub(super) fn replace(data: &mut Value, coverage: &Coverage) {
    match data {
        Value::String(text) if !text.is_ascii() && text.chars().any(|c| !coverage.has(c)) => {
            *text = text
                .chars()
                .map(|c| match stand_in(c, coverage) {
                    Some(equal) if !coverage.has(c) => equal,
                    _ => c.to_string(),
                })
                .collect();
        }
        Value::Array(all) => all.iter_mut().for_each(|one| replace(one, coverage)),
        Value::Object(all) => all.values_mut().for_each(|one| replace(one, coverage)),
        _ => {}
    }
}

#[cfg(feature = "typst")]
#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::engine::tests::files;
    use serde_json::json;

    #[test]
    fn signs_have_their_equals_and_emoji_none() {
        let files = files(&[]);
        let mut data =
            json!({ "a": ["120㎡、5㎏、3㎞", { "b": "✅已办\u{FE0F}" }], "n": 1, "c": "℃①〇（㎡）" });
        replace(&mut data, &files.coverage());
        let wanted = json!({ "a": ["120m²、5kg、3km", { "b": "✓已办\u{FE0F}" }], "n": 1, "c": "℃①〇（m²）" });
        assert_eq!(data, wanted);
        assert_eq!(stand_in('\u{1F631}', &files.coverage()), None);
        assert_eq!(stand_in('\u{E000}', &files.coverage()), None);
    }
}
