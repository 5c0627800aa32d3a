//! `slogan:`, 口号: a verse in one line.
//!
//! Refuses: nothing; a line that is too long has a finding (W216), stands on the page, and is drawn for no screen.
//! Invariant: a slogan is one line without a break in it.

use crate::diag::{Diagnostic, Message, Spanned, codes};
use crate::model::fields::Fields;

/// The most characters: a line of 1024 × 64 pixels can be read from the road with as many, marks counted.
pub const MOST: usize = 24;

/// Whether it is short enough to be drawn.
pub fn fits(slogan: &str) -> bool {
    slogan.chars().count() <= MOST
}

/// Reads it; lines that the author broke are joined.
pub(super) fn read(fields: &mut Fields) -> Option<Spanned<String>> {
    let text = fields.text("slogan")?;
    let line =
        text.value.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    if !fits(&line) {
        let message = Message::new("slogan-long").with("count", line.chars().count());
        fields.sink().report(
            Diagnostic::new(codes::LONG_SLOGAN, message)
                .at(text.span)
                .hint(Message::new("slogan-long-hint").with("most", MOST)),
        );
    }
    Some(Spanned::new(line, text.span))
}
