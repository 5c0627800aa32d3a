//! F428: a picture or cover that is not there.
//!
//! Refuses: pictures from elsewhere, too: a page asks no other site for anything, and what stands there can change.
//! Invariant: each place that refers to such a picture is reported.

use super::references::{Purpose, references};
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::picture::missing;
use crate::model::route::LinkTarget;

/// The lint.
pub struct MissingPicture;

impl Lint for MissingPicture {
    fn code(&self) -> Code {
        codes::MISSING_PICTURE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        references(site.model, &mut |reference| {
            if reference.purpose != Purpose::Picture {
                return;
            }
            match site.model.resolve(reference.from, reference.target) {
                LinkTarget::Asset(_) | LinkTarget::Unsafe | LinkTarget::Unpublishable(_) => {}
                LinkTarget::External(_) => sink.report(
                    Diagnostic::new(
                        codes::MISSING_PICTURE,
                        Message::new("foreign-picture").with("target", reference.target),
                    )
                    .at(reference.span)
                    .hint(Message::new("foreign-picture-hint")),
                ),
                _ => {
                    let target = crate::diag::Spanned::new(reference.target.to_owned(), reference.span);
                    sink.report(missing(&target));
                }
            }
        });
    }
}
