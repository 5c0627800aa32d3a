//! S608: a number in a bulletin's text that a published table contradicts.
//!
//! Refuses: to guess; see `figures::prose`. Invariant: the finding names the table's own number.

use super::prose;
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::figures::prose::Wrong;
use crate::lint::{Lint, Site};

/// The lint.
pub struct FigureDisagrees;

impl Lint for FigureDisagrees {
    fn code(&self) -> Code {
        codes::FIGURE_DISAGREES
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for (span, claim, said) in prose::claims(site) {
            let Wrong::Differs { printed } = &claim.wrong else { continue };
            let message = Message::new("figure-disagrees")
                .with("number", said)
                .with("table", &claim.table)
                .with("of", &claim.of)
                .with("printed", printed);
            sink.report(
                Diagnostic::new(codes::FIGURE_DISAGREES, message)
                    .at(span)
                    .hint(Message::new("figure-disagrees-hint").with("printed", printed)),
            );
        }
    }
}
