//! What can be wrong with a dataset, as findings.
//!
//! Refuses: a finding without a mend.
//! Invariant: each says where, in the definition or in the figures.

use super::super::fields::nearest;
use super::dimension::Dimension;
use crate::diag::{Code, Diagnostic, Message, Span, Spanned, codes};

/// A finding of any of our codes.
pub fn finding(code: Code, span: Span, message: Message, hint: Message) -> Diagnostic {
    Diagnostic::new(code, message).at(span).hint(hint)
}

/// S611: the definition leads nowhere.
pub fn definition(span: Span, message: Message, hint: Message) -> Diagnostic {
    finding(codes::DATASET_DEFINITION, span, message, hint)
}

/// S611 by ids alone.
pub fn plain(span: Span, message: &'static str, hint: &'static str) -> Diagnostic {
    definition(span, Message::new(message), Message::new(hint))
}

/// S603: a word that no category has.
pub fn unknown_category(word: &Spanned<String>, dimension: &Dimension) -> Diagnostic {
    let message =
        Message::new("unknown-category").with("word", word.value.trim()).with("dimension", &dimension.label);
    let hint = match nearest(word.value.trim(), dimension.words()) {
        // No month is another spelling of its neighbour.
        _ if dimension.time.is_some() => {
            Message::new("unknown-month-hint").with("first", &dimension.codes[0].code)
        }
        Some(near) => {
            Message::new("unknown-category-hint").with("nearest", near).with("word", word.value.trim())
        }
        None => Message::new("unknown-category-none-hint").with("dimension", &dimension.key),
    };
    finding(codes::UNKNOWN_CATEGORY, word.span, message, hint)
}

/// S611: a name that the definition does not have; `what` is the id of a word for the sort of thing.
pub fn unknown_name<'n>(
    word: &Spanned<String>,
    message: &'static str,
    names: impl Iterator<Item = &'n str>,
) -> Diagnostic {
    let names: Vec<&str> = names.collect();
    let hint = match nearest(&word.value, names.iter().copied()) {
        Some(near) => Message::new("unknown-name-hint").with("nearest", near),
        None if names.is_empty() => Message::new("unknown-name-empty-hint"),
        None => Message::new("unknown-name-none-hint").with("names", names.join("、")),
    };
    definition(word.span, Message::new(message).with("name", &word.value), hint)
}
