//! L302: a picture in a body that says nothing to those who cannot see it (WCAG 2.2, 1.1.1).
//!
//! Refuses: an empty alternative text. Pictures that only decorate have no place in a bulletin.
//! Invariant: each picture is reported once, where it stands.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::source::outline::ReferenceKind;

/// The lint.
pub struct MissingAlt;

impl Lint for MissingAlt {
    fn code(&self) -> Code {
        codes::MISSING_ALT
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let entries = site.model.entries.iter().map(|entry| &entry.outline);
        let outlines = entries.chain(site.model.sections.iter().map(|section| &section.outline));
        for reference in outlines.flat_map(|outline| &outline.references) {
            let ReferenceKind::Image { whole, described: false } = reference.kind else { continue };
            let target = &reference.target.value;
            sink.report(
                Diagnostic::new(codes::MISSING_ALT, Message::new("missing-alt").with("target", target))
                    .at(whole)
                    .hint(Message::new("missing-alt-hint").with("target", target)),
            );
        }
    }
}
