//! Why a handout could not be made, and the findings that say so.
//!
//! Refuses: to blame the bulletin for a template's error, or the template for a bulletin's character.
//! Invariant: paths are those below the theme, ranges are bytes of that file.

use super::layout::Layout;
use super::sheet::Overflow;
use crate::diag::{Code, Diagnostic, FileId, Message, Span, codes};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Why a handout could not be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// More than is typeset at all.
    TooMuch {
        /// Of what.
        what: TooMuch,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// Typesetting went beyond a limit, one of the two.
    Costly {
        /// It took so many seconds and was not done.
        seconds: Option<u64>,
        /// It took more than so many megabytes (of 2^20 bytes).
        megabytes: Option<u64>,
        /// Whether the theme is the built-in one; else its templates are the likelier cause.
        built_in: bool,
    },
    /// The program was built without Typst.
    NotBuilt,
}

/// What a handout can have too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TooMuch {
    /// Bulletins in a booklet.
    Bulletins,
    /// Characters in a bulletin.
    Characters,
    /// Characters in a row of which none ends a line.
    Word,
}

impl Problem {
    /// Typst came to an end without an answer, as by a fault of its own or a damaged font.
    pub fn stopped() -> Self {
        let words = "Typst stopped in the middle of the work".to_owned();
        Self::Template { place: None, words, hints: Vec::new() }
    }

    /// Its code.
    pub fn code(&self) -> Code {
        match self {
            Self::Template { .. }
            | Self::Missing { .. }
            | Self::NotBuilt
            | Self::Costly { built_in: false, .. } => codes::HANDOUT_TEMPLATE,
            Self::NoGlyph { .. } => codes::MISSING_GLYPH,
            Self::TooLarge { .. } | Self::TooMuch { .. } | Self::Costly { built_in: true, .. } => {
                codes::HANDOUT_OVERFLOW
            }
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
        let new = |id, hint, numbers: &[(&'static str, usize)]| {
            let said = numbers.iter().fold(message(id), |said, (name, number)| said.with(name, *number));
            Diagnostic::new(self.code(), said).hint(hint)
        };
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
                    let found = new("handout-template-somewhere", hint.with("path", &path), &[]);
                    return match file(&path) {
                        Some((id, _)) => found.at(Span::whole(id)),
                        None => found,
                    };
                };
                let Some((id, text)) = file(path) else {
                    return new("handout-template-somewhere", hint.with("path", path), &[]);
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
            Self::TooMuch { what, count, most } => {
                let (id, hint) = match what {
                    TooMuch::Bulletins => ("handout-many-bulletins", "handout-many-bulletins-hint"),
                    TooMuch::Characters => ("handout-many-characters", "handout-many-characters-hint"),
                    TooMuch::Word => ("handout-long-word", "handout-long-word-hint"),
                };
                new(id, message(hint).with("most", *most), &[("count", *count), ("most", *most)]).at(bulletin)
            }
            Self::Costly { seconds, megabytes, built_in } => {
                let (id, limit) = match (seconds, megabytes) {
                    (Some(seconds), _) => ("handout-too-slow", *seconds),
                    (None, megabytes) => ("handout-too-heavy", megabytes.unwrap_or_default()),
                };
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                let path = super::files::template_of(layout);
                if *built_in {
                    return new(id, message("handout-costly-hint"), &[("limit", limit)]).at(bulletin);
                }
                let found =
                    new(id, message("handout-costly-theme-hint").with("path", &path), &[("limit", limit)]);
                match file(&path) {
                    Some((id, _)) => found.at(Span::whole(id)),
                    None => found,
                }
            }
            Self::NotBuilt => new("handout-not-built", message("handout-not-built-hint"), &[]),
        }
    }
}

/// The finding for text that does not fit a layout at its smallest size. Nobody may shorten a `notice`; it takes another
/// layout.
pub fn overflow_finding(layout: &Layout, overflow: &Overflow, notice: bool, at: Span) -> Diagnostic {
    if notice {
        let message = Message::new("handout-overflow-notice").with("layout", layout.chinese);
        return Diagnostic::new(codes::HANDOUT_OVERFLOW, message)
            .hint(Message::new("handout-overflow-notice-hint"))
            .at(at);
    }
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
        let found = |notice| {
            overflow_finding(layout, &Overflow { at: Some(3), chars: 85 }, notice, Span::new(FileId(7), 3..5))
        };
        let zh = Catalogue::of(Language::Zh);
        let words = zh.format(&found(false).message);
        assert!(found(false).code.id == "F441" && words.contains("85 个字"), "{words}");
        assert!(words.contains("三折页"), "{words}");
        // Nobody is told to shorten a notice.
        let notice = found(true);
        let hint = notice.hint.map(|hint| zh.format(&hint)).unwrap_or_default();
        assert!(hint.contains("张贴通告") && !hint.contains("85"), "{hint}");
        assert!(!zh.format(&notice.message).contains("85"));
    }
}
