//! The interface texts of a theme: `text.<language>.yaml`, a flat map from names to words.
//!
//! Refuses: to guess at a file that is no such map.

use crate::diag::{Diagnostic, Message, Span, codes};
use std::collections::BTreeMap;

/// Reads them. What is no text is left out.
///
/// # Errors
/// The parser's words and the place in bytes, where the file is no map.
pub fn read(bytes: &[u8]) -> Result<BTreeMap<String, String>, (String, usize)> {
    let read: Result<BTreeMap<String, serde_yaml::Value>, _> = serde_yaml::from_slice(bytes);
    match read {
        Ok(values) => Ok(values.into_iter().filter_map(|(key, value)| Some((key, text(value)?))).collect()),
        // A file with nothing in it says nothing.
        Err(_) if bytes.iter().all(u8::is_ascii_whitespace) => Ok(BTreeMap::new()),
        Err(error) => Err((error.to_string(), error.location().map_or(0, |place| place.index()))),
    }
}

fn text(value: serde_yaml::Value) -> Option<String> {
    match value {
        serde_yaml::Value::String(text) => Some(text),
        serde_yaml::Value::Number(number) => Some(number.to_string()),
        serde_yaml::Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The finding for a file that cannot be read.
pub fn finding(words: &str, at: Span) -> Diagnostic {
    Diagnostic::new(codes::TEMPLATE_ERROR, Message::new("theme-texts").with("words", words))
        .at(at)
        .hint(Message::new("theme-texts-hint"))
}
