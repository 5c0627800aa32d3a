//! P104: a reference to a file that must not be published: raw figures, reviews, settings, the program's memory, or what
//! no reader could open.
//!
//! That such a file is never handed out is the work of [`crate::model::public_file`]; here it is said where somebody tried,
//! and what can be linked to instead.
//! Refuses: all ways to name a file: links, pictures, covers, codes, menus, and addresses in raw HTML.
//! Invariant: each place that names such a file is reported.

use super::references::{raw_addresses, references};
use crate::diag::{Code, Diagnostic, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::public_file::{Unpublishable, dataset_of};
use crate::model::route::LinkTarget;
use crate::world::VPath;

/// The lint.
pub struct UnpublishableFile;

impl Lint for UnpublishableFile {
    fn code(&self) -> Code {
        codes::UNPUBLISHABLE_FILE
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let mut look = |from: &VPath, target: &str, span: Span| {
            if let LinkTarget::Unpublishable(file) = site.model.resolve(from, target) {
                sink.report(finding(site, target, &file).at(span));
            }
        };
        references(site.model, &mut |reference| look(reference.from, reference.target, reference.span));
        raw_addresses(site.model, &mut |from, target, span| look(from, target, span));
    }
}

fn finding(site: &Site, target: &str, file: &VPath) -> Diagnostic {
    let say = |id: &'static str, hint: Message| {
        Diagnostic::new(codes::UNPUBLISHABLE_FILE, Message::new(id).with("target", target).with("path", file))
            .hint(hint)
    };
    let kept = match site.model.assets.others.get(file) {
        Some(Unpublishable::NoDocument) => {
            return say("unpublishable-kind", Message::new("unpublishable-kind-hint"));
        }
        Some(Unpublishable::Kept(place)) => place,
        None => file,
    };
    let Some(name) = dataset_of(kept) else {
        return say("unpublishable-file", Message::new("unpublishable-file-hint"));
    };
    let hint = match open_data(site, name) {
        Some(address) => Message::new("unpublishable-figures-hint").with("address", address),
        None => Message::new("unpublishable-figures-none-hint"),
    };
    say("unpublishable-figures", hint)
}

/// Where what may be published of a file of figures stands: its only table, else the page that lists its tables.
fn open_data(site: &Site, name: &str) -> Option<String> {
    let figures =
        |text: &str| text.rsplit('/').next().and_then(|file| file.split('.').next().map(str::to_owned));
    let dataset = site
        .statistics
        .datasets()
        .find(|dataset| dataset.name() == name || figures(dataset.figures()).as_deref() == Some(name))?;
    let folder = format!("data/{}/", dataset.name());
    let mut tables = site.planned.iter().filter(|path| path.starts_with(&folder) && path.ends_with(".csv"));
    match (tables.next(), tables.next()) {
        (Some(table), None) => Some(format!("/{table}")),
        (Some(_), Some(_)) => Some(format!("/data/#{}", dataset.name())),
        (None, _) => None,
    }
}
