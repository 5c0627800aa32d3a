//! F420 and F421: a picture that cannot be decoded, is in a format that telephones do not show, or is far too large.
//!
//! Refuses: to decode; the header of the file has been read (`model::picture`).
//! Invariant: each picture is reported once, where it is used first.

use super::references::{Purpose, references};
use crate::diag::{Code, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::picture::{is_picture, problem};
use crate::model::route::LinkTarget;
use crate::picture::PictureProblem;
use std::collections::BTreeSet;

/// The lint.
pub struct BrokenPicture;

impl Lint for BrokenPicture {
    fn code(&self) -> Code {
        codes::BROKEN_PICTURE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        for (path, picture) in &site.model.pictures {
            if let Err(reason) = &picture.info {
                sink.report(problem(path, reason, picture.used_at));
            }
        }
        // `![…](form.pdf)`: a file, but none that is a picture even by its name.
        let mut seen = BTreeSet::new();
        references(site.model, &mut |reference| {
            if reference.purpose == Purpose::Picture
                && let LinkTarget::Asset(path) = site.model.resolve(reference.from, reference.target)
                && !is_picture(&path)
                && seen.insert(path.clone())
            {
                let pdf = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"));
                let reason =
                    if pdf { PictureProblem::Unsupported("PDF") } else { PictureProblem::NotAPicture };
                sink.report(problem(&path, &reason, reference.span));
            }
        });
    }
}
