//! F430: a block that this version cannot do.
//!
//! Refuses: a page with a hole where a table or chart should be. Invariant: each such block is reported at its name.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::source::doc::{BlockKind, Doc};
use crate::source::walk::{Visit, walk};

/// The lint.
pub struct NotYet;

impl Lint for NotYet {
    fn code(&self) -> Code {
        codes::NOT_YET
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
        if let Visit::Block(block) = visit
            && let BlockKind::DataTable(name) | BlockKind::DataChart(name) = &block.kind
        {
            sink.report(
                Diagnostic::new(codes::NOT_YET, Message::new("block-not-yet").with("name", &name.value))
                    .at(name.span)
                    .hint(Message::new("block-not-yet-hint")),
            );
        }
    });
}
