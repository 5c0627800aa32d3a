//! R503: a bulletin whose time is over.
//!
//! Its page stays and says so; it has left lists, feeds and handouts. Invariant: one finding a bulletin, at its date.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};

/// The lint.
pub struct Expired;

impl Lint for Expired {
    fn code(&self) -> Code {
        codes::EXPIRED
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for entry in site.model.entries.iter().filter(|entry| entry.expired) {
            let Some(when) = &entry.meta.expires else { continue };
            let message = Message::new("expired").with("title", entry.title()).with("date", when.value);
            sink.report(
                Diagnostic::new(codes::EXPIRED, message).at(when.span).hint(Message::new("expired-hint")),
            );
        }
    }
}
