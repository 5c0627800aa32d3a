//! W226: a bulletin whose page would be a title alone.
//!
//! Refuses: kinds whose fields say what there is to say: meetings, guides, notices, reports, pages.
//! Invariant: a picture, a block or a single word is a text.

use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::kind::Kind;

/// The lint.
pub struct EmptyBody;

impl Lint for EmptyBody {
    fn code(&self) -> Code {
        codes::EMPTY_BODY
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for entry in &site.model.entries {
            let written = matches!(entry.meta.kind, Kind::Tip | Kind::Law | Kind::Verse | Kind::Story);
            let outline = &entry.outline;
            let bare = outline.length == 0
                && outline.references.is_empty()
                && outline.figures.is_empty()
                && !outline.has_html;
            if written && bare {
                sink.report(
                    Diagnostic::new(codes::EMPTY_BODY, Message::new("empty-body"))
                        .at(entry.meta.title.span)
                        .hint(Message::new("empty-body-hint")),
                );
            }
        }
    }
}
