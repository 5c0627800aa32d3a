//! P101: a number that belongs to a person, anywhere in what is published.
//!
//! Refuses: numbers that `site.yaml` does not publish or allow itself. A bulletin cannot make an exception.
//! Invariant: a message never holds the number itself, for logs of builds are read by many.

use super::references::settings_path;
use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::config::Config;
use crate::model::entry::Entry;
use crate::privacy::published::{self, Passage};
use crate::privacy::{self, Allowed, Personal};
use crate::source::outline::BodyOutline;
use crate::source::{Derived, front_matter, surname};
use blake3::Hash;
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
        let derived = Derived::new(&model.sources, "personal data", inputs(&allowed, today));
        let search = |file| Search { model, file, today, allowed: &allowed, found: Vec::new() };
        let entries = model.entries.par_iter().map(|entry| {
            let named = entry.meta.slug.as_ref().map_or(Span::whole(entry.file), |slug| slug.span);
            let search = search(entry.file).name(&entry.path, named);
            if search.found.is_empty() && !may_hold(&entry.outline) {
                return Vec::new();
            }
            derived.of(entry.file, entry.path.as_bytes(), || search.entry(entry).findings())
        });
        let sections = model.sections.par_iter().map(|section| {
            let Some(file) = section.file else { return Vec::new() };
            let search = search(file).name(&section.dir, Span::whole(file));
            if search.found.is_empty() && !may_hold(&section.outline) {
                return Vec::new();
            }
            derived.of(file, section.dir.as_bytes(), || search.section().findings())
        });
        let found: Vec<Vec<Diagnostic>> = entries.chain(sections).collect();
        let settings = settings_files(model).into_iter();
        let settings =
            settings.map(|file| derived.of(file, b"settings", || search(file).settings().findings()));
        found.into_iter().chain(settings).flatten().for_each(|finding| sink.report(finding));
        officers(&model.config, sink);
    }
}

/// Officers whose whole name is published, unless `privacy: allow` names them.
fn officers(config: &Config, sink: &mut Sink) {
    for officer in &config.officers {
        let allowed = |name: &str| config.privacy_allow.iter().any(|text| text.contains(name));
        if let Some((surname, whole)) = surname::whole_name(&officer.name).filter(|(_, name)| !allowed(name))
        {
            let message = Message::new("officer-whole-name").with("name", whole);
            let hint = Message::new("officer-whole-name-hint").with("surname", surname).with("name", whole);
            sink.report(
                Diagnostic::new(codes::PERSONAL_DATA, message).kind("name").at(officer.named).hint(hint),
            );
        }
    }
}

/// Whether a file may hold what is looked for: nearly none does.
fn may_hold(outline: &BodyOutline) -> bool {
    outline.may_hold_number || outline.meta_may_hold_number
}

/// Hash of what the findings follow from besides the file.
fn inputs(allowed: &Allowed, today: Date) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(today.to_string().as_bytes());
    for key in allowed.keys() {
        hasher.update(&[0]).update(key.as_bytes());
    }
    hasher.finalize()
}

/// What `site.yaml` publishes itself, or lets pass.
pub(super) fn allowed(model: &Model, today: Date) -> Allowed {
    let config = &model.config;
    let unit = &config.unit;
    let mut allowed = Allowed::default();
    let unit = [&unit.phone, &unit.email, &unit.icp, &unit.police_record, &unit.site_id, &unit.address];
    let hotlines = config.hotlines.iter().map(|hotline| &hotline.number);
    let texts = unit.into_iter().filter_map(Option::as_ref).chain(hotlines);
    for text in texts.chain(&config.privacy_allow) {
        allowed.add(text, today);
    }
    // An officer's number is published where it is an office's; that of a mobile belongs to a person.
    let officers = config.officers.iter().flat_map(|officer| [officer.phone.as_ref(), officer.duty.as_ref()]);
    for text in officers.flatten().filter(|text| privacy::find(text, today).is_empty()) {
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
    let settings = settings_path(model).map(|_| model.config_file);
    settings.into_iter().chain(words.filter_map(|path| model.sources.id(path))).collect()
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
    fn entry(mut self, entry: &Entry) -> Self {
        let tree = self.model.sources.tree(self.file);
        self.front_matter(&tree.text, entry.meta.span.range());
        published::passages(&tree, &mut |passage| self.look(passage, &tree.text));
        self
    }

    fn section(mut self) -> Self {
        let tree = self.model.sources.tree(self.file);
        let (meta, _) = front_matter::split_and_parse(self.file, &tree.text, &mut Sink::new());
        if let Some(meta) = meta {
            published::values(&meta, &mut |passage| self.look(passage, &tree.text));
        }
        published::passages(&tree, &mut |passage| self.look(passage, &tree.text));
        self
    }

    fn settings(mut self) -> Self {
        let tree = self.model.sources.tree(self.file);
        self.front_matter(&tree.text, 0..tree.text.len());
        self
    }

    /// Comments are not published, so the values are looked at; but only where there is something to see.
    fn front_matter(&mut self, text: &str, range: std::ops::Range<usize>) {
        let Some(written) = text.get(range.clone()) else { return };
        // A backslash may write a digit in another way.
        if privacy::may_hold(written) || written.contains('\\') {
            let node = front_matter::parse_range(self.file, text, range, &mut Sink::new());
            published::values(&node, &mut |passage| self.look(passage, text));
        }
    }

    /// Names of files and folders become addresses.
    fn name(mut self, path: &str, span: Span) -> Self {
        for found in privacy::find(path, self.today) {
            if !self.allowed.allows(&found) {
                self.found.push((span, found, "personal-data-in-name"));
            }
        }
        self
    }

    fn look(&mut self, passage: &Passage, source: &str) {
        for found in privacy::find(passage.text(), self.today) {
            if !self.allowed.allows(&found)
                && let Some(span) = passage.locate(&found.range, source)
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
