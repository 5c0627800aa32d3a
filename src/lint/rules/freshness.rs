//! R509 to R511: a site that nobody tends: nothing new for a fortnight, a section without news for half a year, a section without anything.
//!
//! The periods are those by which government sites are inspected (国办秘函〔2019〕19号). The sample's dates are as invented as its news, so it is
//! left alone.
//! Invariant: one finding for the site, and one for each section.

use crate::diag::{Code, Diagnostic, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::entry::EntryIx;
use crate::model::lists::ListKey;
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// Nothing new on the whole site.
pub struct StaleHome;
/// Nothing new in a section.
pub struct StaleSection;
/// Nothing at all in a section.
pub struct EmptySection;

/// For so many days the home page may show nothing new.
const HOME: i64 = 14;
/// For so many months a section may.
const SECTION: i64 = 6;

impl Lint for StaleHome {
    fn code(&self) -> Code {
        codes::STALE_HOME
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        if model.config.is_sample() {
            return;
        }
        let Some(all) = model.lists.get(&ListKey::All) else { return };
        let Some((newest, end)) = newest(model, &all.entries) else { return };
        if end.checked_add(HOME.days()).is_ok_and(|until| model.now.is_after(until)) {
            let message = Message::new("stale-home").with("date", newest).with("days", HOME);
            sink.report(
                Diagnostic::new(codes::STALE_HOME, message)
                    .at(Span::whole(model.config_file))
                    .hint(Message::new("stale-home-hint")),
            );
        }
    }
}

impl Lint for StaleSection {
    fn code(&self) -> Code {
        codes::STALE_SECTION
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        if model.config.is_sample() {
            return;
        }
        for (title, file, entries) in sections(model) {
            let Some((newest, end)) = newest(model, entries) else { continue };
            if end.checked_add(SECTION.months()).is_ok_and(|until| model.now.is_after(until)) {
                let message = Message::new("stale-section").with("title", title).with("date", newest);
                sink.report(
                    Diagnostic::new(codes::STALE_SECTION, message.with("months", SECTION))
                        .at(file)
                        .hint(Message::new("stale-section-hint")),
                );
            }
        }
    }
}

impl Lint for EmptySection {
    fn code(&self) -> Code {
        codes::EMPTY_SECTION
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        // A site of which nothing is published yet is no site with an empty section.
        if model.lists.get(&ListKey::All).is_none_or(|all| all.entries.is_empty()) {
            return;
        }
        for (title, file, entries) in sections(model) {
            if entries.is_empty() {
                let message = Message::new("empty-section").with("title", title);
                sink.report(
                    Diagnostic::new(codes::EMPTY_SECTION, message)
                        .at(file)
                        .hint(Message::new("empty-section-hint")),
                );
            }
        }
    }
}

/// The sections that have a list: title, place, and what stands in it.
fn sections(model: &Model) -> impl Iterator<Item = (&str, Span, &[EntryIx])> {
    let listed = model.sections.iter().filter(|section| !section.dir.is_empty() && section.dir != "pages");
    listed.filter_map(|section| {
        let list = model.lists.get(&ListKey::Section(section.dir.clone()))?;
        Some((section.title.as_str(), Span::whole(section.file?), list.entries.as_slice()))
    })
}

/// The day of the newest of these bulletins, and its end; none where none has a date.
fn newest(model: &Model, entries: &[EntryIx]) -> Option<(Date, DateTime)> {
    let dates = entries.iter().flat_map(|ix| {
        let meta = &model.entry(*ix).meta;
        [meta.date, meta.updated].into_iter().flatten()
    });
    dates.map(|when| (when.date, when.end())).max()
}
