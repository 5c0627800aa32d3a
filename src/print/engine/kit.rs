//! What all documents of a build share: Typst's library, the fonts, and the parsed templates.
//!
//! Refuses: fonts that cannot be parsed; a template that asks for one is told so by Typst.
//! Invariant: nothing here changes after it was made, so a document cannot depend on the one before.

use super::world::file_id;
use crate::print::files::PrintFiles;
use std::collections::HashMap;
use std::sync::Arc;
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook, is_default_ignorable};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt};

/// Library, fonts and templates.
pub struct Kit {
    pub(super) library: LazyHash<Library>,
    pub(super) book: LazyHash<FontBook>,
    pub(super) fonts: Vec<Font>,
    glyphs: Vec<u64>,
    pub(super) sources: HashMap<FileId, (Bytes, FileResult<Source>)>,
}

impl Kit {
    /// Parses fonts and templates.
    pub fn new(files: &PrintFiles) -> Self {
        let fonts: Vec<Font> =
            files.fonts().values().flat_map(|bytes| Font::iter(Bytes::new(bytes.clone()))).collect();
        Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            glyphs: glyphs(&fonts),
            fonts,
            sources: files.templates().iter().filter_map(|(path, bytes)| source(path, bytes)).collect(),
        }
    }

    /// Whether a character has a glyph, or shows nothing anyway.
    pub fn has(&self, c: char) -> bool {
        c.is_whitespace()
            || is_default_ignorable(c)
            || self.glyphs[u32::from(c) as usize / 64] & 1 << (u32::from(c) % 64) != 0
    }
}

/// A bit for each code point that some font has: asked for every character of every bulletin.
fn glyphs(fonts: &[Font]) -> Vec<u64> {
    let mut bits = vec![0; char::MAX as usize / 64 + 1];
    for point in fonts.iter().flat_map(|font| font.info().coverage.iter()) {
        if let Some(word) = bits.get_mut(point as usize / 64) {
            *word |= 1 << (point % 64);
        }
    }
    bits
}

fn source(path: &str, bytes: &Arc<[u8]>) -> Option<(FileId, (Bytes, FileResult<Source>))> {
    let id = file_id(&format!("/{path}"))?;
    let text = std::str::from_utf8(bytes).map_err(|_| FileError::InvalidUtf8);
    // A byte order mark is what Windows puts there, not what the author wrote.
    let parsed = text.map(|text| Source::new(id, text.trim_start_matches('\u{feff}').to_owned()));
    Some((id, (Bytes::new(bytes.clone()), parsed)))
}
