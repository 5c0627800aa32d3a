//! P101: what belongs to a person, from numbers to names, anywhere in what is published.
//!
//! Refuses: what `site.yaml` and `words/` do not publish or allow themselves. A bulletin cannot make an exception.
//! Invariant: a message never holds the datum itself, for logs of builds are read by many.

use super::references::settings_path;
use crate::diag::{Code, Diagnostic, FileId, Files as _, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::config::Config;
use crate::model::entry::Entry;
use crate::privacy::published::{self, Passage};
use crate::privacy::{self, Allowed, Personal};
use crate::source::node::{Node, NodeKind};
use crate::source::{Derived, Tree, front_matter, surname};
use blake3::Hash;
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::BTreeSet;

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
        let derived = Derived::new(&model.sources, "personal data", inputs(&allowed, &model.config, today));
        let search = |file| Search { model, file, today, allowed: &allowed, found: Vec::new() };
        let entries = model.entries.par_iter().map(|entry| {
            let named = entry.meta.slug.as_ref().map_or(Span::whole(entry.file), |slug| slug.span);
            let search = || search(entry.file).name(&entry.path, named);
            derived.of(entry.file, entry.path.as_bytes(), || search().entry(entry).findings())
        });
        let sections = model.sections.par_iter().map(|section| {
            let Some(file) = section.file else { return Vec::new() };
            let search = || search(file).name(&section.dir, Span::whole(file));
            derived.of(file, section.dir.as_bytes(), || search().section().findings())
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
        let allowed = |name: &str| config.privacy_allow.iter().any(|one| one.text.contains(name));
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

/// Hash of what the findings follow from besides the file.
pub(super) fn inputs(allowed: &Allowed, config: &Config, today: Date) -> Hash {
    let mut hasher = blake3::Hasher::new();
    hasher.update(today.to_string().as_bytes());
    for key in allowed.keys() {
        hasher.update(&[0]).update(key.as_bytes());
    }
    for word in &config.privacy_disallow {
        hasher.update(&[1]).update(word.as_bytes());
    }
    hasher.finalize()
}

/// What `site.yaml` publishes itself, or lets pass.
pub fn allowed(model: &Model, today: Date) -> Allowed {
    let config = &model.config;
    let unit = &config.unit;
    let mut allowed = Allowed::default();
    let unit = [&unit.phone, &unit.email, &unit.icp, &unit.police_record, &unit.site_id, &unit.address];
    let hotlines = config.hotlines.iter().map(|hotline| &hotline.number);
    let texts = unit.into_iter().filter_map(Option::as_ref).chain(hotlines);
    let areas = config.areas.iter().map(|area| &area.name);
    for text in config.privacy_allow.iter().map(|one| &one.text).chain(&model.words.names).chain(areas) {
        allowed.add(text, today);
    }
    // A number that the settings name is published where it is an office's; that of a mobile belongs to a person, whatever it is called there, and so does
    // a mailbox of that number.
    let is_mobile =
        |found: &Personal| found.kind == "phone" && found.key.len() == 11 && found.key.starts_with('1');
    let has_mobile = |text: &str| privacy::find(&text.replace('@', " "), today).iter().any(is_mobile);
    for text in texts.filter(|text| !has_mobile(text)) {
        allowed.add(text, today);
    }
    let officers = config.officers.iter().flat_map(|officer| [officer.phone.as_ref(), officer.duty.as_ref()]);
    let is_landline = |found: &Personal| found.kind == "phone" && !is_mobile(found);
    for text in officers.flatten().filter(|text| privacy::find(text, today).iter().all(is_landline)) {
        allowed.add(text, today);
    }
    allowed
}

/// Names that stand in bulletins and are let pass without a setting: of those who sign them, and pen names.
pub fn passed_names(model: &Model) -> BTreeSet<String> {
    let today = model.now.date();
    let mut names = BTreeSet::new();
    for entry in &model.entries {
        let meta = &entry.meta;
        names.extend([&meta.author, &meta.editor, &meta.reviewer].into_iter().flatten().cloned());
        let text = model.sources.text(entry.file);
        if privacy::says_pen_names(text) {
            let found = privacy::find(text, today).into_iter().filter(|found| found.kind == "name");
            names.extend(found.map(|found| found.key));
        }
    }
    names
}

/// What `privacy: allow:` lets pass and why, for the summary of a build; masked.
pub fn let_pass(model: &Model) -> Vec<Message> {
    let today = model.now.date();
    let excepted = model.config.privacy_allow.iter().map(|one| {
        let mut shown = one.text.clone();
        let found = privacy::find(&one.text, today);
        for found in found.iter().rev() {
            shown.replace_range(found.range.clone(), &privacy::mask(found));
        }
        if found.is_empty() {
            shown = privacy::mask_unknown(&one.text);
        }
        let message = Message::new(if one.reason.is_some() {
            "privacy-let-pass"
        } else {
            "privacy-let-pass-without-reason"
        });
        let message = message.with("masked", shown);
        match &one.reason {
            Some(reason) => message.with("reason", reason),
            None => message,
        }
    });
    let files = model.config.attachments.iter().map(|one| {
        Message::new("attachment-let-pass").with("name", &one.file.value).with("reason", &one.reason)
    });
    excepted.chain(files).collect()
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

/// Shows every text of a bulletin, front matter first.
fn each_passage(tree: &Tree, meta: Option<&Node>, see: &mut dyn FnMut(&Passage)) {
    if let Some(meta) = meta {
        published::values(meta, see);
    }
    published::passages(tree, see);
}

/// Who wrote and checked a bulletin, by its front matter.
fn authors(meta: &Node) -> BTreeSet<String> {
    const KEYS: [&str; 6] = ["author", "editor", "reviewer", "撰稿", "编辑", "编审"];
    let NodeKind::Map(entries) = &meta.kind else { return BTreeSet::new() };
    let values = entries.iter().filter(|(key, _)| KEYS.contains(&key.value.as_str()));
    values.filter_map(|(_, value)| value.text().map(str::to_owned)).collect()
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
    fn entry(self, entry: &Entry) -> Self {
        let tree = self.model.sources.tree(self.file);
        let meta =
            front_matter::parse_range(self.file, &tree.text, entry.meta.span.range(), &mut Sink::new());
        self.document(&tree, Some(&meta))
    }

    fn section(self) -> Self {
        let tree = self.model.sources.tree(self.file);
        let (meta, _) = front_matter::split_and_parse(self.file, &tree.text, &mut Sink::new());
        self.document(&tree, meta.as_ref())
    }

    /// Front matter and body are one text to a reader: who is named in one of them is known in the other.
    fn document(mut self, tree: &Tree, meta: Option<&Node>) -> Self {
        // Authors sign what they write.
        let signed: BTreeSet<String> = meta.map(authors).unwrap_or_default();
        let before = self.found.len();
        let mut pen_names = false;
        each_passage(tree, meta, &mut |passage| {
            pen_names = pen_names || privacy::says_pen_names(passage.text());
            self.look(passage, &tree.text);
        });
        self.found.retain(|(_, found, _)| {
            found.kind != "name" || !pen_names && !signed.iter().any(|author| author.contains(&found.key))
        });
        let names: BTreeSet<String> = self.found[before..]
            .iter()
            .filter(|(_, found, _)| found.kind == "name")
            .map(|(_, found, _)| found.key.clone())
            .collect();
        if !names.is_empty() {
            each_passage(tree, meta, &mut |passage| {
                let names = names.iter().map(String::as_str);
                self.note(passage, privacy::mentions(passage.text(), names), &tree.text);
            });
        }
        self
    }

    /// Comments are not published, so the values are looked at.
    fn settings(mut self) -> Self {
        let tree = self.model.sources.tree(self.file);
        let node = front_matter::parse_range(self.file, &tree.text, 0..tree.text.len(), &mut Sink::new());
        published::values(&node, &mut |passage| self.look(passage, &tree.text));
        self
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
        self.note(passage, privacy::find(passage.text(), self.today), source);
        let disallowed = self.model.config.privacy_disallow.iter().map(String::as_str);
        self.note(passage, privacy::mentions(passage.text(), disallowed), source);
    }

    fn note(&mut self, passage: &Passage, found: Vec<Personal>, source: &str) {
        for found in found {
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
                let told =
                    |id| Message::new(id).with("kind", found.kind).with("masked", privacy::mask(&found));
                Diagnostic::new(codes::PERSONAL_DATA, told(id))
                    .kind(found.kind)
                    .at(span)
                    .hint(told("personal-data-hint"))
            })
            .collect()
    }
}
