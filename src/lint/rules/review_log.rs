//! R504: a log of reviews that was cut, edited or badly merged.
//!
//! Nothing is published on the word of such a log. Invariant: one finding a fault, with its file and line.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};

/// The lint.
pub struct ReviewLog;

impl Lint for ReviewLog {
    fn code(&self) -> Code {
        codes::REVIEW_LOG
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for what in &site.model.reviews.log {
            sink.report(
                Diagnostic::new(codes::REVIEW_LOG, what.clone()).hint(Message::new("review-log-hint")),
            );
        }
    }
}
