//! R502: a bulletin that was edited after it was approved.
//!
//! Its approved version stays published, or it is told why it cannot. Invariant: one finding a bulletin, at the first line that differs.

use crate::diag::{Code, Diagnostic, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};

/// The lint.
pub struct StaleApproval;

impl Lint for StaleApproval {
    fn code(&self) -> Code {
        codes::STALE_APPROVAL
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let (model, reviews) = (site.model, &site.model.reviews);
        for (path, standing) in &reviews.standing {
            let Some(before) = standing.before.as_ref().filter(|_| !standing.is_approved()) else { continue };
            // In the folder itself the place can be shown; in the approved version there is nothing to show.
            let file = model.sources.id(path);
            let place = before.place.filter(|_| reviews.shows_all);
            let span = file.map(|file| match place {
                Some((start, end)) => Span { file, start, end },
                None => Span::whole(file),
            });
            let message = before.message(&standing.title);
            let first = standing.missing.first().map_or("", String::as_str);
            let hint = match &before.published {
                Ok(()) => Message::new("stale-approval-hint").with("path", path).with("level", first),
                Err(reason) => reason.clone(),
            };
            let finding = Diagnostic::new(codes::STALE_APPROVAL, message).hint(hint).warn();
            sink.report(match span {
                Some(span) => finding.at(span),
                None => finding,
            });
        }
    }
}
