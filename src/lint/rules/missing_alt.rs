//! L302: a picture in a body that says nothing to those who cannot see it (WCAG 2.2, 1.1.1).
//!
//! Refuses: an empty alternative text. Pictures that only decorate have no place in a bulletin.
//! Invariant: each picture is reported once, where it stands.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::source::doc::{Doc, InlineKind};
use crate::source::walk::{Visit, walk};

/// The lint.
pub struct MissingAlt;

impl Lint for MissingAlt {
    fn code(&self) -> Code {
        codes::MISSING_ALT
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let bodies = site.model.entries.iter().map(|entry| &entry.body);
        for body in bodies.chain(site.model.sections.iter().map(|section| &section.body)) {
            check_body(body, sink);
        }
    }
}

fn check_body(body: &Doc, sink: &mut Sink) {
    walk(body, &mut |visit| {
        if let Visit::Inline(inline) = visit
            && let InlineKind::Image { target, alt, .. } = &inline.kind
            && alt.chars().all(|c| {
                c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')
            })
        {
            sink.report(
                Diagnostic::new(
                    codes::MISSING_ALT,
                    Message::new("missing-alt").with("target", &target.value),
                )
                .at(inline.span)
                .hint(Message::new("missing-alt-hint").with("target", &target.value)),
            );
        }
    });
}
