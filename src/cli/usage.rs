//! What is said of a command line that cannot be read, in the reader's language.
//!
//! Refuses: clap's own sentences, which are English, except where English was asked for.
//! Invariant: help and the version are printed as clap makes them.

use super::{Ending, locate};
use crate::diag::{Catalogue, Language, Message};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::io::Write as _;

/// Says what is wrong with the command line.
pub fn complain(error: &clap::Error) -> Ending {
    let shown = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if shown || is_english() {
        let _ = error.print();
        return if error.use_stderr() { Ending::Usage } else { Ending::Done };
    }
    let mut err = std::io::stderr().lock();
    for message in messages(error) {
        let _ = writeln!(err, "{}", Catalogue::of(Language::Zh).format(&message));
    }
    Ending::Usage
}

/// Whether English was asked for: on the command line, or by the site here.
fn is_english() -> bool {
    let args: Vec<String> = std::env::args().collect();
    let asked = args.iter().enumerate().find_map(|(at, arg)| match arg.strip_prefix("--lang") {
        Some("") => args.get(at + 1).cloned(),
        Some(value) => value.strip_prefix('=').map(str::to_owned),
        None => None,
    });
    asked.map_or_else(locate::speaks_english, |language| language == "en")
}

/// What may be written in place of a value that a parser of this program refused: Chinese names. Other parsers speak English.
fn choices(error: &clap::Error) -> Option<String> {
    let words = std::error::Error::source(error)?.to_string();
    words.contains(|c| matches!(c, '\u{4e00}'..='\u{9fff}')).then_some(words)
}

fn messages(error: &clap::Error) -> Vec<Message> {
    let words = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.clone()),
        Some(ContextValue::Strings(words)) => Some(words.join("、")),
        Some(ContextValue::StyledStrs(words)) => {
            Some(words.iter().map(ToString::to_string).collect::<Vec<_>>().join("、"))
        }
        _ => None,
    };
    let arg = || words(ContextKind::InvalidArg).unwrap_or_default();
    let first = match error.kind() {
        ErrorKind::InvalidSubcommand => Message::new("cli-usage-command")
            .with("word", words(ContextKind::InvalidSubcommand).unwrap_or_default()),
        ErrorKind::UnknownArgument => Message::new("cli-usage-option").with("word", arg()),
        ErrorKind::MissingRequiredArgument => Message::new("cli-usage-missing").with("words", arg()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => Message::new("cli-usage-value")
            .with("option", arg())
            .with("value", words(ContextKind::InvalidValue).unwrap_or_default()),
        ErrorKind::ArgumentConflict => Message::new("cli-usage-conflict")
            .with("first", arg())
            .with("second", words(ContextKind::PriorArg).unwrap_or_default()),
        ErrorKind::MissingSubcommand => Message::new("cli-usage-no-command"),
        _ => Message::new("cli-usage-other").with("word", arg()),
    };
    let mut all = vec![first];
    let near = words(ContextKind::SuggestedSubcommand).or_else(|| words(ContextKind::SuggestedArg));
    if let Some(near) = near.or_else(|| words(ContextKind::SuggestedValue)) {
        all.push(Message::new("cli-usage-near").with("near", near));
    } else if let Some(values) = words(ContextKind::ValidValue).or_else(|| choices(error)) {
        all.push(Message::new("cli-usage-values").with("values", values));
    }
    all.push(Message::new("cli-usage-help"));
    all
}
