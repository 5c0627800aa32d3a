//! From the world to the model: which files there are, what they say, where they go.
//!
//! Refuses: two bulletins on one address, addresses that a disk cannot hold, bulletins without a title.
//! Invariant: one run reports everything; a file that cannot be read costs itself, not its neighbours.

use super::config::{Config, unknown_area};
use super::entry::{Entry, Held, HeldReason, Section, SectionIx};
use super::kind::Kind;
use super::meta::Meta;
use super::now::Now;
use super::section::nearest as section_of;
use super::words::Words;
use super::{Model, dataset, lists, neighbours, picture, settle};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::source::doc::Doc;
use crate::source::node::Node;
use crate::source::{Memo, ParsedFile, Sources, file_finding};
use crate::text::{pinyin, plain};
use crate::world::{OutPath, VPath, World};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
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
    /// Slugs that were made from Chinese names earlier: path → slug.
    pub kept_slugs: BTreeMap<String, String>,
}

/// Reads the whole site. Findings go to `sink`; the model holds what could be read.
pub fn collect(world: &dyn World, memo: &Memo, options: &Options, sink: &mut Sink) -> Model {
    let mut sources = Sources::new();
    let files = list(world, &mut sources, sink);
    let parsed = crate::source::read_all(world, &files.texts, &mut sources, memo, sink);
    let mut collector = Collector::new(world, &sources, &files, &parsed, options);
    let sections = collector.sections(sink);
    let (entries, held) = collector.entries(&sections, sink);
    let Collector { config, config_file, config_hash, words, now, made_slugs, .. } = collector;
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
        addresses: BTreeMap::new(),
        aliases: BTreeMap::new(),
        assets: files.assets,
        pictures: BTreeMap::new(),
        documents: BTreeMap::new(),
        data,
        lists: BTreeMap::new(),
        neighbours: Vec::new(),
        banner: Vec::new(),
        coming_meetings: Vec::new(),
        pinned: Vec::new(),
        pages: Vec::new(),
        made_slugs,
    };
    settle::settle_addresses(&mut model, sink);
    model.lists = lists::make(&model);
    model.neighbours = neighbours::make(&model);
    model.banner = settle::banner(&model);
    model.coming_meetings = settle::coming_meetings(&model);
    model.pinned = settle::pinned(&model);
    model.pages =
        model.entries().filter(|(_, entry)| entry.meta.kind == Kind::Page).map(|(ix, _)| ix).collect();
    picture::inspect_all(&mut model, world, memo, sink);
    model
}

/// The files of `content/`, sorted by what they are.
struct FileList {
    texts: Vec<(VPath, FileId)>,
    assets: BTreeSet<VPath>,
}

fn list(world: &dyn World, sources: &mut Sources, sink: &mut Sink) -> FileList {
    let root = VPath::new("content").expect("a plain name");
    // A finding about a setting that is missing needs the file, also where there is none.
    sources.intern_text("content/site.yaml");
    let mut list = FileList { texts: Vec::new(), assets: BTreeSet::new() };
    for found in world.list(&root) {
        match found {
            Ok(path) => match path.extension() {
                Some("md" | "markdown" | "yaml" | "yml") => {
                    let id = sources.intern(&path);
                    list.texts.push((path, id));
                }
                _ => {
                    list.assets.insert(path);
                }
            },
            Err(error) => {
                sink.report(file_finding(&error, sources));
            }
        }
    }
    list
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
    now: Now,
    made_slugs: BTreeMap<String, String>,
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
        let now = Now::new(world.now().to_zoned(config.zone.clone()).datetime());
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
            made_slugs: BTreeMap::new(),
            notes,
        }
    }

    fn sections(&mut self, sink: &mut Sink) -> Vec<Section> {
        sink.append(std::mem::take(&mut self.notes));
        let mut sections = BTreeMap::new();
        for (path, id) in &self.files.texts {
            if path.file_name() != "_index.md" && path.file_name() != "_index.markdown" {
                continue;
            }
            let Some(file) = self.parsed.get(id) else { continue };
            let dir = below_content(&path.parent()).to_owned();
            let section = self.section(*id, &dir, file, sink);
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

    fn section(&mut self, id: FileId, dir: &str, file: &ParsedFile, sink: &mut Sink) -> Section {
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
            address: self.folder_address(dir),
            body: file.body.clone(),
            hash: file.hash,
        }
    }

    /// The address of a folder: each part as it is, or its pinyin.
    fn folder_address(&mut self, dir: &str) -> String {
        let mut address = String::from("/");
        let mut path = String::from("content");
        for part in dir.split('/').filter(|part| !part.is_empty()) {
            path = format!("{path}/{part}");
            address.push_str(&self.slug(&path, part));
            address.push('/');
        }
        address
    }

    /// A part of an address for a name: plain names stay, others get the slug they had, else a new one in pinyin.
    fn slug(&mut self, path: &str, name: &str) -> String {
        if name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
            return name.to_owned();
        }
        let slug = match self.options.kept_slugs.get(path) {
            Some(kept) => kept.clone(),
            None => pinyin::slug(name, &self.words.readings),
        };
        if slug.is_empty() {
            return name.to_owned();
        }
        self.made_slugs.insert(path.to_owned(), slug.clone());
        slug
    }

    fn entries(&mut self, sections: &[Section], sink: &mut Sink) -> (Vec<Entry>, Vec<Held>) {
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
            let Some(address) = self.address(path, &meta, sink) else { continue };
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
            && self.now.is_after(expires.value.end())
        {
            return Some(HeldReason::Expired(expires.clone()));
        }
        if meta.draft {
            return Some(HeldReason::Draft);
        }
        let publish = meta.publish.as_ref()?.value;
        (!self.now.has_come(publish.start())).then_some(HeldReason::Future(publish))
    }

    fn address(&mut self, path: &VPath, meta: &Meta, sink: &mut Sink) -> Option<String> {
        let below = below_content(path);
        let (mut dir, mut stem) = below.rsplit_once('/').unwrap_or(("", below));
        stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let mut named = path.to_string();
        if stem == "index" && !dir.is_empty() {
            named = format!("content/{dir}");
            (dir, stem) = dir.rsplit_once('/').unwrap_or(("", dir));
        }
        let folder = self.folder_address(dir);
        let slug = match &meta.slug {
            Some(slug) => slug.value.clone(),
            None => self.slug(&named, stem),
        };
        let address = format!("{folder}{slug}/");
        let fits = !slug.contains('/') && OutPath::new(&format!("{}index.html", &address[1..])).is_ok();
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
        hasher.update(&[u8::from(draft)]);
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

pub(super) fn below_content(path: &str) -> &str {
    path.strip_prefix("content").unwrap_or(path).trim_start_matches('/')
}

fn is_bulletin(path: &VPath) -> bool {
    let below = below_content(path);
    matches!(path.extension(), Some("md" | "markdown"))
        && !path.file_name().starts_with('_')
        && !["data/", "words/", "reviews/"].iter().any(|folder| below.starts_with(folder))
}
