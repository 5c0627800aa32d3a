//! R508: 编辑 and 编审 in front matter that the log of reviews contradicts.
//!
//! A page that prints a name as the one who answers for it must not print somebody who never signed it. Who wrote a bulletin edits it, too, and signs nothing of it.
//! Invariant: nothing is said of a bulletin that not everybody has signed; its names may still be written.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::review::Stands;

/// The lint.
pub struct NamedReviewer;

impl Lint for NamedReviewer {
    fn code(&self) -> Code {
        codes::NAMED_REVIEWER
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let (model, reviews) = (site.model, &site.model.reviews);
        let told = if reviews.shows_all { &reviews.standing } else { &reviews.published };
        for entry in &model.entries {
            let Some(standing) = told.get(&entry.path).filter(|one| one.stands == Stands::Approved) else {
                continue;
            };
            let signed = |name: &str| {
                let parts = name.split(['、', '，', ',', ' ']).filter(|part| !part.is_empty());
                parts.clone().next().is_some()
                    && parts.into_iter().all(|part| standing.signed.iter().any(|one| one.name.trim() == part))
            };
            let names: Vec<&str> = standing.signed.iter().map(|one| one.name.as_str()).collect();
            let meta = &entry.meta;
            let editor = meta.editor.as_deref().filter(|name| meta.author.as_deref() != Some(name));
            let told = [("named-editor", editor), ("named-reviewer", meta.reviewer.as_deref())];
            for (id, name) in told {
                let Some(name) = name.filter(|name| !signed(name)) else { continue };
                let message = Message::new(id).with("name", name).with("signed", names.join("、"));
                sink.report(
                    Diagnostic::new(codes::NAMED_REVIEWER, message)
                        .at(meta.title.span)
                        .hint(Message::new("named-reviewer-hint")),
                );
            }
        }
    }
}
