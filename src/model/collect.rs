//! From the world to the model: which files there are, what they say, where they go.
//!
//! Refuses: two bulletins on one address, addresses that a disk cannot hold, bulletins without a title.
//! Invariant: one run reports everything; a file that cannot be read costs itself, not its neighbours.

use super::addresses::Namer;
use super::config::{Config, unknown_area};
use super::entry::{Entry, Held, HeldReason, Section, SectionIx};
use super::files::{self, FileList, below_content, is_bulletin, is_section};
use super::kind::Kind;
use super::meta::Meta;
use super::public_file::Assets;
use super::section::nearest as section_of;
use super::words::Words;
use super::{Model, dataset, lists, neighbours, picture, settle};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::source::doc::Doc;
use crate::source::node::Node;
use crate::source::{Memo, ParsedFile, Sources};
use crate::text::plain;
use crate::world::{OutPath, VPath, World};
use blake3::Hash;
use jiff::civil::DateTime;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the model is to be made.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether drafts and future bulletins are shown, stamped 草稿.
    pub drafts: bool,
    /// Whether handouts are left out.
    pub without_handouts: bool,
    /// Another address than the settings'.
    pub base_url: Option<String>,
    /// Slugs that were made from Chinese names earlier, path → slug: for a site without `addresses.yaml`, which keeps them.
    pub kept_slugs: BTreeMap<String, String>,
    /// The highest pages of lists that were published earlier, by the lists' addresses; likewise.
    pub kept_pages: BTreeMap<String, usize>,
}

/// Reads the whole site. Findings go to `sink`; the model holds what could be read.
pub fn collect(world: &dyn World, memo: &Memo, options: &Options, sink: &mut Sink) -> Model {
    let mut sources = Sources::new();
    let files = files::list(world, &mut sources, sink);
    let assets = Assets::sort(&files.assets, world);
    let parsed = crate::source::read_all(world, &files.texts, &mut sources, memo, sink);
    let book = files::read_book(world, &files, &mut sources, sink);
    let mut collector = Collector::new(world, &sources, &files, &parsed, options);
    sink.append(std::mem::take(&mut collector.notes));
    let namer = Namer::new(&book, collector.kept_slugs(), &collector.words.readings, files.named());
    let sections = collector.sections(&namer, sink);
    let (entries, held) = collector.entries(&sections, &namer, sink);
    let Collector { config, config_file, config_hash, words, now, .. } = collector;
    let has_book = files.addresses.is_some();
    let data = dataset::read_all(
        world,
        &files.texts,
        &parsed,
        &files.assets,
        &config.statistics,
        &mut sources,
        sink,
    );
    let mut model = Model {
        sources,
        config,
        config_file,
        config_hash,
        words,
        now,
        sections,
        entries,
        held,
        book,
        addresses: BTreeMap::new(),
        aliases: BTreeMap::new(),
        assets,
        pictures: BTreeMap::new(),
        documents: BTreeMap::new(),
        data,
        lists: BTreeMap::new(),
        neighbours: Vec::new(),
        banner: Vec::new(),
        coming_meetings: Vec::new(),
        pinned: Vec::new(),
        pages: Vec::new(),
        kinds: BTreeMap::new(),
        menu: Vec::new(),
        held_addresses: BTreeMap::new(),
    };
    model.held_addresses = model.held.iter().enumerate().rev().map(|(at, held)| (held.address.clone(), at)).collect();
    model.menu = model.menu();
    settle::settle_addresses(&mut model, sink);
    // A site that has a list of addresses keeps them there.
    let published = if has_book { BTreeMap::new() } else { options.kept_pages.clone() };
    model.lists = lists::make(&model, &published);
    model.kinds = lists::by_kind(&model);
    model.neighbours = neighbours::make(&model);
    model.banner = settle::banner(&model);
    model.coming_meetings = settle::coming_meetings(&model);
    model.pinned = settle::pinned(&model);
    model.pages =
        model.entries().filter(|(_, entry)| entry.meta.kind == Kind::Page).map(|(ix, _)| ix).collect();
    picture::inspect_all(&mut model, world, memo, sink);
    model
}

struct Collector<'a> {
    sources: &'a Sources,
    files: &'a FileList,
    parsed: &'a BTreeMap<FileId, Arc<ParsedFile>>,
    options: &'a Options,
    config: Config,
    config_file: FileId,
    config_hash: Hash,
    words: Words,
    now: DateTime,
    notes: Sink,
}

impl<'a> Collector<'a> {
    fn new(
        world: &dyn World,
        sources: &'a Sources,
        files: &'a FileList,
        parsed: &'a BTreeMap<FileId, Arc<ParsedFile>>,
        options: &'a Options,
    ) -> Self {
        let mut notes = Sink::new();
        let mut hasher = blake3::Hasher::new();
        let mut words = Words::default();
        let mut settings = None;
        for (path, id) in &files.texts {
            let Some(file) = parsed.get(id) else { continue };
            if &**path == "content/site.yaml" {
                hasher.update(file.hash.as_bytes());
                settings = Some((*id, file.meta.clone()));
            } else if path.starts_with("content/words/") {
                hasher.update(file.hash.as_bytes());
                words.read(&file.meta, &mut notes);
            }
        }
        let (config_file, node) = settings.unwrap_or_else(|| {
            let id = sources.id("content/site.yaml");
            (id, Node::empty(Span::whole(id)))
        });
        let mut config = Config::read(&node, &mut notes);
        if let Some(pair) = options.base_url.as_deref().and_then(super::config::parse_base_url) {
            (config.base_url, config.base_path) = pair;
        }
        config.handouts.off = options.without_handouts;
        hasher.update(config.base_url.as_bytes());
        hasher.update(&[u8::from(options.drafts), u8::from(options.without_handouts)]);
        let now = world.now().to_zoned(config.zone.clone()).datetime();
        Self {
            sources,
            files,
            parsed,
            options,
            config,
            config_file,
            config_hash: hasher.finalize(),
            words,
            now,
            notes,
        }
    }

    /// Slugs of earlier builds, as long as the site has no list of addresses.
    fn kept_slugs(&self) -> &'a BTreeMap<String, String> {
        static NONE: BTreeMap<String, String> = BTreeMap::new();
        if self.files.addresses.is_some() { &NONE } else { &self.options.kept_slugs }
    }

    fn sections(&self, namer: &Namer, sink: &mut Sink) -> Vec<Section> {
        let mut sections = BTreeMap::new();
        for (path, id) in &self.files.texts {
            if !is_section(path) {
                continue;
            }
            let Some(file) = self.parsed.get(id) else { continue };
            let dir = below_content(&path.parent()).to_owned();
            let section = self.section(*id, &dir, namer.folder(&dir).to_owned(), file, sink);
            sections.insert(dir, section);
        }
        sections.entry(String::new()).or_insert_with(|| Section {
            dir: String::new(),
            file: None,
            title: self.config.title.clone(),
            kind: Kind::Story,
            summary: self.config.description.clone(),
            tags: Vec::new(),
            order: 0,
            address: "/".to_owned(),
            body: Arc::new(Doc::default()),
            hash: blake3::hash(b""),
        });
        sections.into_values().collect()
    }

    fn section(&self, id: FileId, dir: &str, address: String, file: &ParsedFile, sink: &mut Sink) -> Section {
        let settings = super::section::read(&file.meta, dir, sink);
        let summary = settings.summary.unwrap_or_else(|| plain::summary(&file.body, SUMMARY));
        Section {
            dir: dir.to_owned(),
            file: Some(id),
            title: settings.title.unwrap_or_else(|| self.config.title.clone()),
            kind: settings.kind.unwrap_or(if dir == "pages" { Kind::Page } else { Kind::Story }),
            summary,
            tags: settings.tags,
            order: settings.order.unwrap_or(u32::MAX),
            address,
            body: file.body.clone(),
            hash: file.hash,
        }
    }

    fn entries(&self, sections: &[Section], namer: &Namer, sink: &mut Sink) -> (Vec<Entry>, Vec<Held>) {
        let texts: Vec<(&VPath, FileId, SectionIx)> = self
            .files
            .texts
            .iter()
            .filter(|(path, _)| is_bulletin(path))
            .map(|(path, id)| (path, *id, section_of(sections, path)))
            .collect();
        let zone = &self.config.zone;
        let metas: Vec<_> = texts
            .par_iter()
            .map(|(path, id, section)| {
                let mut notes = Sink::new();
                let section = &sections[section.0 as usize];
                let kind = if below_content(path).starts_with("pages/") { Kind::Page } else { section.kind };
                let meta =
                    self.parsed.get(id).and_then(|file| Meta::read(&file.meta, kind, zone, &mut notes));
                (meta, notes)
            })
            .collect();
        let (mut entries, mut held) = (Vec::with_capacity(texts.len()), Vec::new());
        for ((path, id, section), (meta, notes)) in texts.into_iter().zip(metas) {
            sink.append(notes);
            let (Some(meta), Some(file)) = (meta, self.parsed.get(&id).cloned()) else { continue };
            let Some(address) = self.address(path, &meta, namer, sink) else { continue };
            match self.held_reason(&meta) {
                Some(reason) if !self.options.drafts || matches!(reason, HeldReason::Expired(_)) => {
                    let (title, allow) = (meta.title.value, meta.allow);
                    held.push(Held { path: path.clone(), file: id, title, address, reason, allow });
                }
                reason => {
                    entries.push(self.entry(path, id, section, meta, &file, address, reason.is_some(), sink));
                }
            }
        }
        (entries, held)
    }

    fn held_reason(&self, meta: &Meta) -> Option<HeldReason> {
        if let Some(expires) = &meta.expires
            && expires.value.end() < self.now
        {
            return Some(HeldReason::Expired(expires.clone()));
        }
        if meta.draft {
            return Some(HeldReason::Draft);
        }
        let publish = meta.publish.as_ref()?.value;
        (publish.start() > self.now).then_some(HeldReason::Future(publish))
    }

    fn address(&self, path: &VPath, meta: &Meta, namer: &Namer, sink: &mut Sink) -> Option<String> {
        let slug = meta.slug.as_ref().map(|slug| slug.value.as_str());
        let address = namer.text(path, slug);
        let fits = !slug.is_some_and(|slug| slug.contains('/'))
            && OutPath::new(&format!("{}index.html", &address[1..])).is_ok();
        if !fits {
            let span = meta.slug.as_ref().map_or(Span::whole(self.sources.id(path)), |slug| slug.span);
            sink.report(
                Diagnostic::new(
                    codes::UNFIT_ADDRESS,
                    Message::new("unfit-address").with("address", &address),
                )
                .at(span)
                .hint(Message::new("unfit-address-hint")),
            );
            return None;
        }
        Some(address)
    }

    #[expect(clippy::too_many_arguments, reason = "every one of them becomes a field")]
    fn entry(
        &self,
        path: &VPath,
        id: FileId,
        section: SectionIx,
        meta: Meta,
        file: &ParsedFile,
        address: String,
        draft: bool,
        sink: &mut Sink,
    ) -> Entry {
        let mut areas = Vec::new();
        for word in &meta.areas {
            match self.config.area(&word.value) {
                Some(area) => areas.push(area.code.clone()),
                None => sink.report(unknown_area(word, &self.config)),
            }
        }
        areas.sort();
        areas.dedup();
        let summary = meta.summary.clone().unwrap_or_else(|| plain::summary(&file.body, SUMMARY));
        let mut hasher = blake3::Hasher::new();
        hasher.update(file.meta_hash.as_bytes()).update(address.as_bytes()).update(summary.as_bytes());
        // Its section can give it another kind, and the settings another village.
        hasher.update(&[u8::from(draft)]).update(meta.kind.name().as_bytes());
        areas.iter().for_each(|code| {
            hasher.update(&[0]).update(code.as_bytes());
        });
        Entry {
            path: path.clone(),
            file: id,
            section,
            areas,
            address,
            summary,
            draft,
            anchors: Arc::new(super::entry::anchors(&file.body)),
            meta_hash: hasher.finalize(),
            body_hash: file.body_hash,
            body: file.body.clone(),
            meta,
        }
    }
}

/// Longest summary made from a body, in characters.
const SUMMARY: usize = 80;
