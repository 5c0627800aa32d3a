//! The texts in the objects of a PDF.
//!
//! Refuses: bytes that are no text: keys of fonts, identities, signatures.

use crate::world::decode::decode;
use encoding_rs::UTF_16BE;
use hayro_interpret::hayro_syntax::object::{Array, Dict, MaybeRef, Object};

/// Deeper nesting is not looked at; the library parses no deeper either.
const DEPTH: usize = 40;

/// Texts as they are found.
#[derive(Default)]
pub struct Strings {
    /// The texts.
    pub found: Vec<String>,
}

impl Strings {
    /// Texts of an object itself, not of those that it refers to.
    pub fn of(&mut self, object: &Object<'_>, depth: usize) {
        if depth > DEPTH {
            return;
        }
        match object {
            Object::String(text) => self.found.extend(decoded(text.as_bytes())),
            Object::Dict(dict) => self.of_dict(dict, depth),
            Object::Stream(stream) => self.of_dict(stream.dict(), depth),
            Object::Array(array) => self.of_array(array, depth),
            _ => {}
        }
    }

    /// Texts of a dictionary.
    pub fn of_dict(&mut self, dict: &Dict<'_>, depth: usize) {
        for key in dict.keys() {
            if let Some(MaybeRef::NotRef(value)) = dict.get_raw::<Object<'_>>(&*key) {
                self.of(&value, depth + 1);
            }
        }
    }

    fn of_array(&mut self, array: &Array<'_>, depth: usize) {
        for value in array.raw_iter() {
            if let MaybeRef::NotRef(value) = value {
                self.of(&value, depth + 1);
            }
        }
    }
}

/// A text as it stands in an object; none where the bytes are no text.
pub fn decoded(bytes: &[u8]) -> Option<String> {
    let text = if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        UTF_16BE.decode_without_bom_handling(rest).0.into_owned()
    } else {
        decode(bytes).ok()?.text.into_owned()
    };
    let said = |sign: char| !sign.is_control() || sign.is_whitespace();
    (text.chars().count() > 1 && text.chars().all(said)).then_some(text)
}
