//! S609: a number in a bulletin's text for a cell that the tables do not publish.
//!
//! Refuses: exceptions. Whether the number is right does not matter: a reader would take it for the figure.
//! Invariant: the finding does not say what the cell holds; nobody here knows.

use super::prose;
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::figures::prose::Wrong;
use crate::lint::{Lint, Site};

/// The lint.
pub struct HiddenFigure;

impl Lint for HiddenFigure {
    fn code(&self) -> Code {
        codes::HIDDEN_FIGURE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for (span, claim, said) in prose::claims(site) {
            if claim.wrong != Wrong::Hidden {
                continue;
            }
            let message = Message::new("hidden-figure")
                .with("number", said)
                .with("table", &claim.table)
                .with("of", &claim.of);
            sink.report(
                Diagnostic::new(codes::HIDDEN_FIGURE, message)
                    .at(span)
                    .hint(Message::new("hidden-figure-hint")),
            );
        }
    }
}
