//! R503: a bulletin that its date of expiry took off the site.
//!
//! It is held back already. Invariant: one finding a bulletin, at its date.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::entry::HeldReason;

/// The lint.
pub struct Expired;

impl Lint for Expired {
    fn code(&self) -> Code {
        codes::EXPIRED
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for held in &site.model.held {
            if let HeldReason::Expired(when) = &held.reason {
                let message = Message::new("expired").with("title", &held.title).with("date", when.value);
                sink.report(
                    Diagnostic::new(codes::EXPIRED, message).at(when.span).hint(Message::new("expired-hint")),
                );
            }
        }
    }
}
