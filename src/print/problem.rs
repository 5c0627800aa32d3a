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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Catalogue, Language};

    const FLYER: &str = "#let d = 1\n#let x = (\n#d\n";

    fn finding(problem: &Problem) -> (Diagnostic, String) {
        let layout = Layout::named("flyer").expect("a layout");
        let bulletin = Span::new(FileId(7), 3..5);
        let found = problem
            .diagnostic(layout, bulletin, |path| (path == "print/flyer.typ").then_some((FileId(1), FLYER)));
        let zh = Catalogue::of(Language::Zh);
        let hint = found.hint.as_ref().map_or_else(String::new, |hint| zh.format(hint));
        let words = format!("{} {hint}", zh.format(&found.message));
        (found, words)
    }

    #[test]
    fn a_template_is_told_to_staff_first_and_in_the_words_of_typst_after() {
        let place = Some(("print/flyer.typ".to_owned(), 19..20));
        let hints = vec!["close it".to_owned()];
        let (found, words) =
            finding(&Problem::Template { place, words: "unclosed delimiter".to_owned(), hints });
        assert_eq!((found.code.id, found.primary), ("F444", Some(Span::new(FileId(1), 19..20))));
        let staff = words.find("印品模板 flyer.typ 第 2 行写错了，“单页”做不出来");
        let typst = words.find("unclosed delimiter; close it");
        assert!(staff.is_some() && staff < typst, "{words}");
    }

    #[test]
    fn an_error_without_a_place_is_told_at_the_layouts_template() {
        let (found, words) =
            finding(&Problem::Template { place: None, words: "stopped".to_owned(), hints: Vec::new() });
        assert_eq!(found.primary, Some(Span::whole(FileId(1))));
        assert!(words.contains("stopped"), "{words}");
        // A file that the theme does not have (any more) has no span to show.
        let place = Some(("print/gone.typ".to_owned(), 0..1));
        let (found, words) =
            finding(&Problem::Template { place, words: "stopped".to_owned(), hints: Vec::new() });
        assert_eq!(found.primary, None);
        assert!(words.contains("单页"), "{words}");
    }

    #[test]
    fn what_the_bulletin_causes_is_told_at_the_bulletin() {
        for (problem, code, words) in [
            (Problem::NoGlyph { characters: "\u{1F631}".to_owned() }, "F440", "\u{1F631}"),
            (Problem::TooLarge { size: (1080, 30_000) }, "F441", "1080×30000"),
        ] {
            let (found, said) = finding(&problem);
            assert_eq!((found.code.id, found.primary), (code, Some(Span::new(FileId(7), 3..5))));
            assert!(said.contains(words), "{said}");
        }
        let path = "print/flyer.typ".to_owned();
        assert!(finding(&Problem::Missing { path }).1.contains("print/flyer.typ"));
        assert_eq!(finding(&Problem::NotBuilt).0.code.id, "F444");
    }

    #[test]
    fn an_overflow_says_how_much_to_cut() {
        let layout = Layout::named("trifold").expect("a layout");
        let found =
            overflow_finding(layout, &Overflow { at: Some(3), chars: 85 }, Span::new(FileId(7), 3..5));
        let words = Catalogue::of(Language::Zh).format(&found.message);
        assert!(found.code.id == "F441" && words.contains("85 个字") && words.contains("三折页"), "{words}");
    }
}
