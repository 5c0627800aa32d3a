//! R501: a bulletin that not everybody has signed who has to.
//!
//! It is held back, or stamped where all is shown. Invariant: what is in the model and not approved is refused, whatever made it so.

use crate::diag::{Code, Diagnostic, Level, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::review::{Standing, Stands};
use crate::world::VPath;

/// The lint.
pub struct Unapproved;

impl Lint for Unapproved {
    fn code(&self) -> Code {
        codes::UNAPPROVED
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let reviews = &site.model.reviews;
        if !reviews.on {
            return;
        }
        let told = if reviews.shows_all { &reviews.standing } else { &reviews.withheld };
        for (path, standing) in told {
            if !standing.is_approved() && standing.before.is_none() {
                sink.report(finding(site, path, standing).warn());
            }
        }
        if reviews.shows_all {
            return;
        }
        for entry in &site.model.entries {
            if entry.meta.secret.is_none() && !reviews.published.contains_key(&entry.path) {
                let message = Message::new("unapproved-inside").with("title", entry.title());
                let mut finding = Diagnostic::new(codes::UNAPPROVED, message)
                    .at(entry.meta.title.span)
                    .hint(Message::new("unapproved-inside-hint"));
                finding.level = Level::Forbid;
                sink.report(finding);
            }
        }
    }
}

fn finding(site: &Site, path: &VPath, standing: &Standing) -> Diagnostic {
    let missing = standing.missing.join("、");
    let first = standing.missing.first().map_or("", String::as_str);
    let sign = |id| Message::new(id).with("path", path).with("levels", &missing).with("level", first);
    let (id, hint) = match (&standing.stands, &standing.moved_from) {
        (Stands::Rejected(..), _) => ("unapproved-rejected", Message::new("unapproved-rejected-hint")),
        (Stands::Overdue(_), _) => ("unapproved-overdue", sign("unapproved-hint")),
        (Stands::Pending, _) => ("unapproved-pending", sign("unapproved-hint")),
        (_, Some(_)) => ("unapproved-moved", sign("unapproved-hint")),
        _ => ("unapproved", sign("unapproved-hint")),
    };
    let mut message = Message::new(id).with("title", &standing.title).with("levels", &missing);
    match &standing.stands {
        Stands::Rejected(name, reason) => message = message.with("name", name).with("reason", reason),
        Stands::Overdue(when) => message = message.with("when", when),
        _ => {}
    }
    if let Some(from) = &standing.moved_from {
        message = message.with("from", from);
    }
    let model = site.model;
    let span = model.entry_at(path).map(|ix| model.entry(ix).meta.title.span);
    let span = span.or_else(|| model.sources.id(path).map(Span::whole));
    let finding = Diagnostic::new(codes::UNAPPROVED, message).hint(hint);
    match span {
        Some(span) => finding.at(span),
        None => finding,
    }
}
