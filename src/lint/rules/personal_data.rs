//! P101: a number that belongs to a person, anywhere in what is published.
//!
//! Refuses: numbers that `site.yaml` does not publish or allow itself. A bulletin cannot make an exception.
//! Invariant: a message never holds the number itself, for logs of builds are read by many.

use super::references::settings_path;
use crate::diag::{Code, Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::entry::{Entry, Section};
use crate::privacy::published::{self, Passage};
use crate::privacy::{self, Allowed, Personal};
use crate::source::front_matter;
use jiff::civil::Date;
use rayon::prelude::*;

/// The lint.
pub struct PersonalData;

impl Lint for PersonalData {
    fn code(&self) -> Code {
        codes::PERSONAL_DATA
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        let today = model.now.date();
        let allowed = allowed(model, today);
        let search = |file| Search { model, file, today, allowed: &allowed, found: Vec::new() };
        let entries = model.entries.par_iter().map(|entry| search(entry.file).entry(entry));
        let sections = model.sections.par_iter().map(|section| match section.file {
            Some(file) => search(file).section(section, file),
            None => Vec::new(),
        });
        let found: Vec<Vec<Diagnostic>> = entries.chain(sections).collect();
        let settings = settings_files(model).into_iter().map(|file| search(file).settings());
        found.into_iter().chain(settings).flatten().for_each(|finding| sink.report(finding));
    }
}

/// What `site.yaml` publishes itself, or lets pass.
fn allowed(model: &Model, today: Date) -> Allowed {
    let config = &model.config;
    let unit = &config.unit;
    let mut allowed = Allowed::default();
    let unit = [&unit.phone, &unit.email, &unit.icp, &unit.police_record, &unit.site_id, &unit.address];
    let officers = config.officers.iter().flat_map(|officer| [officer.phone.as_ref(), officer.duty.as_ref()]);
    let hotlines = config.hotlines.iter().map(|hotline| &hotline.number);
    let texts = unit.into_iter().filter_map(Option::as_ref).chain(officers.flatten()).chain(hotlines);
    for text in texts.chain(&config.privacy_allow) {
        allowed.add(text, today);
    }
    allowed
}

/// `site.yaml`, the words that pages show, and what datasets call things.
pub(super) fn settings_files(model: &Model) -> Vec<FileId> {
    let is_definition = |path: &&str| {
        path.starts_with("content/data/") && [".yaml", ".yml"].iter().any(|ending| path.ends_with(ending))
    };
    let words =
        model.sources.paths().filter(|path| path.starts_with("content/words/") || is_definition(path));
    let words = words.map(|path| model.sources.id(path));
    settings_path(model).map(|path| model.sources.id(path)).into_iter().chain(words).collect()
}

/// The search in one file.
struct Search<'m> {
    model: &'m Model,
    file: FileId,
    today: Date,
    allowed: &'m Allowed,
    found: Vec<(Span, Personal, &'static str)>,
}

impl Search<'_> {
    fn entry(mut self, entry: &Entry) -> Vec<Diagnostic> {
        let front_matter = entry.meta.span.range();
        self.front_matter(front_matter);
        published::passages(&entry.body, &mut |passage| self.look(passage));
        let named = entry.meta.slug.as_ref().map_or(Span::whole(self.file), |slug| slug.span);
        self.name(&entry.path, named);
        self.findings()
    }

    fn section(mut self, section: &Section, file: FileId) -> Vec<Diagnostic> {
        let text = self.model.sources.text(file);
        if privacy::may_hold(text) {
            let (meta, _) = front_matter::split_and_parse(file, text, &mut Sink::new());
            if let Some(meta) = meta {
                published::values(&meta, &mut |passage| self.look(passage));
            }
        }
        published::passages(&section.body, &mut |passage| self.look(passage));
        self.name(&section.dir, Span::whole(file));
        self.findings()
    }

    fn settings(mut self) -> Vec<Diagnostic> {
        let text = self.model.sources.text(self.file);
        self.front_matter(0..text.len());
        self.findings()
    }

    /// Comments are not published, so the values are looked at; but only where there is something to see.
    fn front_matter(&mut self, range: std::ops::Range<usize>) {
        let text = self.model.sources.text(self.file);
        let Some(written) = text.get(range.clone()) else { return };
        // A backslash may write a digit in another way.
        if privacy::may_hold(written) || written.contains('\\') {
            let node = front_matter::parse_range(self.file, text, range, &mut Sink::new());
            published::values(&node, &mut |passage| self.look(passage));
        }
    }

    /// Names of files and folders become addresses.
    fn name(&mut self, path: &str, span: Span) {
        for found in privacy::find(path, self.today) {
            if !self.allowed.allows(&found) {
                self.found.push((span, found, "personal-data-in-name"));
            }
        }
    }

    fn look(&mut self, passage: &Passage) {
        for found in privacy::find(passage.text(), self.today) {
            if !self.allowed.allows(&found)
                && let Some(span) = passage.locate(&found.range, self.model.sources.text(self.file))
            {
                self.found.push((span, found, "personal-data"));
            }
        }
    }

    /// The findings, each place once: a link's address and its text, or a tag and what it holds, may be one place.
    fn findings(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|(span, ..)| (span.start, std::cmp::Reverse(span.end)));
        let mut kept: Vec<(Span, Personal, &'static str)> = Vec::new();
        for (span, found, id) in self.found {
            let inside = |(other, same, _): &(Span, Personal, &str)| {
                same.key == found.key && other.start <= span.start && span.end <= other.end
            };
            if !kept.iter().rev().take(8).any(inside) {
                kept.push((span, found, id));
            }
        }
        kept.into_iter()
            .map(|(span, found, id)| {
                let message = Message::new(id).with("kind", found.kind).with("masked", privacy::mask(&found));
                Diagnostic::new(codes::PERSONAL_DATA, message)
                    .kind(found.kind)
                    .at(span)
                    .hint(Message::new("personal-data-hint").with("kind", found.kind))
            })
            .collect()
    }
}
