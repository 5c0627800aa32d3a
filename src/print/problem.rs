//! Why a handout could not be made, and the findings that say so.
//!
//! Refuses: to blame the bulletin for a template's error, or the template for a bulletin's character.
//! Invariant: paths are those below the theme, ranges are bytes of that file.

use super::layout::Layout;
use super::sheet::Overflow;
use crate::diag::{Code, Diagnostic, FileId, Message, Span, codes};
use std::ops::Range;

/// Why a handout could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A template is wrong.
    Template {
        /// Its path below the theme, `print/flyer.typ`, and the place in it; none where Typst names no place of ours.
        place: Option<(String, Range<usize>)>,
        /// What Typst says.
        words: String,
        /// What Typst proposes.
        hints: Vec<String>,
    },
    /// The theme has no template for the layout.
    Missing {
        /// Its path below the theme.
        path: String,
    },
    /// Characters that no font has.
    NoGlyph {
        /// They, each once.
        characters: String,
    },
    /// A picture of more pixels than telephones open.
    TooLarge {
        /// Its width and height in pixels.
        size: (u32, u32),
    },
    /// The program was built without Typst.
    NotBuilt,
}

impl Problem {
    /// Its code.
    pub fn code(&self) -> Code {
        match self {
            Self::Template { .. } | Self::Missing { .. } | Self::NotBuilt => codes::HANDOUT_TEMPLATE,
            Self::NoGlyph { .. } => codes::MISSING_GLYPH,
            Self::TooLarge { .. } => codes::HANDOUT_OVERFLOW,
        }
    }

    /// The finding for a handout of `layout`. `file` gives the theme's file at a path and its text; `bulletin` is the place
    /// for what the bulletin causes.
    pub fn diagnostic<'t>(
        &self,
        layout: &Layout,
        bulletin: Span,
        file: impl FnOnce(&str) -> Option<(FileId, &'t str)>,
    ) -> Diagnostic {
        let message = |id| Message::new(id).with("layout", layout.chinese);
        let new = |id, hint| Diagnostic::new(self.code(), message(id)).hint(hint);
        match self {
            Self::Template { place, words, hints } => {
                let mut said = words.clone();
                for hint in hints {
                    said.push_str("; ");
                    said.push_str(hint);
                }
                let hint = message("handout-template-hint").with("words", said);
                let Some((path, range)) = place else {
                    let path = super::files::template_of(layout);
                    let found = new("handout-template-somewhere", hint.with("path", &path));
                    return match file(&path) {
                        Some((id, _)) => found.at(Span::whole(id)),
                        None => found,
                    };
                };
                let Some((id, text)) = file(path) else {
                    return new("handout-template-somewhere", hint.with("path", path));
                };
                let line = text.get(..range.start).map_or(1, |before| before.matches('\n').count() + 1);
                Diagnostic::new(
                    self.code(),
                    message("handout-template")
                        .with("file", path.rsplit('/').next().unwrap_or(path))
                        .with("line", line),
                )
                .hint(hint)
                .at(Span::new(id, range.clone()))
            }
            Self::Missing { path } => {
                let hint = message("handout-template-missing-hint").with("path", path);
                Diagnostic::new(self.code(), message("handout-template-missing").with("path", path))
                    .hint(hint)
            }
            Self::NoGlyph { characters } => {
                Diagnostic::new(self.code(), message("handout-no-glyph").with("characters", characters))
                    .hint(Message::new("missing-glyph-hint"))
                    .at(bulletin)
            }
            Self::TooLarge { size: (width, height) } => Diagnostic::new(
                self.code(),
                message("handout-too-large").with("width", width).with("height", height),
            )
            .hint(Message::new("handout-too-large-hint"))
            .at(bulletin),
            Self::NotBuilt => new("handout-not-built", message("handout-not-built-hint")),
        }
    }
}

/// The finding for text that does not fit a layout at its smallest size.
pub fn overflow_finding(layout: &Layout, overflow: &Overflow, at: Span) -> Diagnostic {
    let message =
        Message::new("handout-overflow").with("layout", layout.chinese).with("chars", overflow.chars);
    Diagnostic::new(codes::HANDOUT_OVERFLOW, message)
        .hint(Message::new("handout-overflow-hint").with("chars", overflow.chars))
        .at(at)
}
