//! What the terminal is like, and words for it.
//!
//! Refuses: deciding what is said; that is in the catalogues.
//! Invariant: a closed pipe ends the program's talking, not the program.
#![expect(clippy::disallowed_methods, reason = "cli/ asks for the surroundings (DESIGN §3, rule 9)")]

use super::{Color, Common, Lang};
use crate::diag::render::{self, Style};
use crate::diag::{Catalogue, Files, Language, Message, Report};
use std::io::{IsTerminal, Write};

/// How the program talks to whoever started it: language, colours, how much.
#[derive(Clone, Copy)]
pub struct Terminal {
    /// The language of messages.
    pub language: Language,
    /// Whether only findings and problems are said.
    pub quiet: bool,
    color: bool,
}

impl Terminal {
    /// What the options and the surroundings say; the site's language is known later.
    pub fn new(common: &Common) -> Self {
        let language = match common.lang {
            Some(Lang::En) => Language::En,
            Some(Lang::Zh) | None => Language::Zh,
        };
        let color = match common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
                    && std::io::stderr().is_terminal()
            }
        };
        Self { language, quiet: common.quiet, color }
    }

    /// Takes the site's language where none was asked for.
    #[must_use]
    pub fn in_language_of(mut self, common: &Common, site: &str) -> Self {
        if common.lang.is_none() {
            self.language = Language::of_tag(site).unwrap_or(Language::Zh);
        }
        self
    }

    /// A message as a sentence in the terminal's language.
    pub fn words(&self, message: &Message) -> String {
        Catalogue::of(self.language).format(message)
    }

    /// Says something on standard error, unless told to be quiet.
    pub fn say(&self, message: &Message) {
        if !self.quiet {
            self.complain(message);
        }
    }

    /// Says something on standard error in any case.
    pub fn complain(&self, message: &Message) {
        let _ = writeln!(std::io::stderr().lock(), "{}", self.words(message));
    }

    /// Prints a line of results on standard output.
    #[expect(clippy::unused_self, reason = "results go where the terminal says")]
    pub fn print(&self, text: &str) {
        let _ = writeln!(std::io::stdout().lock(), "{text}");
    }

    /// Prints findings on standard error.
    pub fn findings(&self, report: &Report, files: &dyn Files) {
        let width = terminal_width();
        let text = render::render(report, files, Style { language: self.language, color: self.color, width });
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// Columns of the terminal; 100 where there is none.
fn terminal_width() -> usize {
    std::env::var("COLUMNS")
        .ok()
        .and_then(|text| text.parse().ok())
        .filter(|width| *width >= 40)
        .unwrap_or(100)
}
