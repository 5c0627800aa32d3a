//! What is printed for characters that no font has but that have an equal: `㎡` is `m²`, `㎏` is `kg`, `✔` is `✓`.
//!
//! Refuses: equals that say something else. An emoji has none: it is left out, which is a finding, and the words around it are printed.
//! Invariant: a text whose characters all have glyphs stays as it is, byte for byte.

use super::files::Coverage;
#[cfg(feature = "typst")]
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_properties::UnicodeEmoji;

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

/// Whether a character is left out on paper: an emoji that no font has. What it says is said by the words beside it.
pub(super) fn is_left_out(c: char, coverage: &Coverage) -> bool {
    !c.is_ascii() && c.is_emoji_char() && !coverage.covers(c)
}

/// Puts equals into all texts of the data, and leaves out what [`is_left_out`] says.
#[cfg(feature = "typst")]
pub(super) fn replace(data: &mut Value, coverage: &Coverage) {
    match data {
        Value::String(text) if !text.is_ascii() && text.chars().any(|c| !coverage.has(c)) => {
            *text = text
                .chars()
                .filter(|c| !is_left_out(*c, coverage))
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
    fn signs_have_their_equals_and_emoji_are_left_out() {
        let files = files(&[]);
        let mut data = json!({ "a": ["120㎡、5㎏、3㎞", { "b": "✅已办\u{FE0F}" }], "n": 1, "c": "℃①〇（㎡）", "d": "当心\u{1F631}\u{1F44D}\u{1F3FD}！\u{E000}" });
        replace(&mut data, &files.coverage());
        let wanted = json!({ "a": ["120m²、5kg、3km", { "b": "✓已办\u{FE0F}" }], "n": 1, "c": "℃①〇（m²）", "d": "当心！\u{E000}" });
        assert_eq!(data, wanted);
        assert_eq!(stand_in('\u{1F631}', &files.coverage()), None);
        assert_eq!(stand_in('\u{E000}', &files.coverage()), None);
    }
}
