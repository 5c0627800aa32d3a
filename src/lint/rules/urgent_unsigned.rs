//! R505: an urgent bulletin that is out before every level has signed.
//!
//! Invariant: it is said at every build until the last signature, with the hour at which it goes off the site without.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::review::Stands;

/// The lint.
pub struct UrgentUnsigned;

impl Lint for UrgentUnsigned {
    fn code(&self) -> Code {
        codes::URGENT
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let (model, reviews) = (site.model, &site.model.reviews);
        let told = if reviews.shows_all { &reviews.standing } else { &reviews.published };
        for (path, standing) in told {
            let Stands::Urgent(until) = &standing.stands else { continue };
            let levels = standing.missing.join("、");
            let who = standing.signed.first();
            let message = Message::new("urgent-unsigned")
                .with("title", &standing.title)
                .with("levels", &levels)
                .with("until", until)
                .with("name", who.map_or("", |one| one.name.as_str()))
                .with("note", who.and_then(|one| one.note.as_deref()).unwrap_or(""));
            let first = standing.missing.first().map_or("", String::as_str);
            let hint = Message::new("urgent-unsigned-hint").with("path", path).with("level", first);
            let finding = Diagnostic::new(codes::URGENT, message).hint(hint);
            sink.report(match model.entry_at(path) {
                Some(ix) => finding.at(model.entry(ix).meta.title.span),
                None => finding,
            });
        }
    }
}
