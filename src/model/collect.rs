//! From the world to the model: which files there are, what they say, where they go.
//!
//! Refuses: two bulletins on one address, addresses that a disk cannot hold, bulletins without a title.
//! Invariant: one run reports everything; a file that cannot be read costs itself, not its neighbours.

use super::addresses::Namer;
use super::config::{Config, unknown_area};
use super::entry::{Entry, Held, HeldReason, Section, SectionIx};
use super::files::{FileList, below_content, is_section, list, read_book};
use super::kind::Kind;
use super::meta::Meta;
use super::now::Now;
use super::public_file::Assets;
use super::section::nearest as section_of;
use super::stages::{self, Entries};
use super::words::Words;
use super::{Collected, dataset, dates, lists, picture, settle, unread};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use crate::source::node::Node;
use crate::source::outline::BodyOutline;
use crate::source::{self, Memo, Outline, Outlined, Reading, Sources, or_report};
use crate::world::{FileResult, Listed, OutPath, VPath, World};
use blake3::Hash;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How the model is to be made.
#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Options {
    /// Whether drafts and future bulletins are shown, stamped 草稿.
    pub drafts: bool,
    /// Whether handouts are left out.
    pub without_handouts: bool,
    /// Whether every file is read, though its stamp says that it has not changed.
    pub full: bool,
    /// Whether packed forms of texts are made beside them, for servers that send them as they are.
    pub compress: bool,
    /// Another address than the settings'.
    pub base_url: Option<String>,
    /// Whether what nobody has approved is shown, stamped; else it is held back, or its last approved version is published.
    pub unreviewed: bool,
    /// Bulletins that are held back since nobody has approved them; the pipeline finds out which.
    pub withheld: BTreeMap<VPath, Message>,
    /// Slugs that were made from Chinese names earlier, path → slug: for a site without `addresses.yaml`, which keeps them.
    pub kept_slugs: BTreeMap<String, String>,
    /// The highest pages of lists that were published earlier, by the lists' addresses; likewise.
    pub kept_pages: BTreeMap<String, usize>,
}

/// Reads the whole site. Findings go to `sink`; the model holds what could be read.
pub fn collect(world: &dyn World, memo: &Memo, options: &Options, sink: &mut Sink) -> Collected {
    let mut sources = Sources::begin(world, memo);
    let reading = Reading::new(world, memo, options.full);
    let files = list(world, &mut sources, sink);
    let outlines = source::read_all(&reading, &files.others, &mut sources, sink);
    let book = read_book(world, &files, &mut sources, sink);
    let mut collector = Collector::new(world, files.settings, &files, &outlines, options);
    sink.append(std::mem::take(&mut collector.notes));
    let namer = Namer::new(&book, collector.kept_slugs(), &collector.words.readings, files.named());
    let sections = collector.sections(&namer, sink);
    let (mut entries, mut held) = (Vec::with_capacity(files.bulletins.len()), Vec::new());
    for read in collector.read(&reading, &sources, &sections, &namer) {
        let Some(bulletin) = or_report(read, &mut sources, sink) else { continue };
        match bulletin.register(&mut sources, sink) {
            Some(Made::Entry(entry)) => entries.push(*entry),
            Some(Made::Held(one)) => held.push(one),
            None => {}
        }
    }
    let Collector { config, config_file, config_hash, words, now, .. } = collector;
    let data = dataset::read_all(
        world,
        &files.others,
        &outlines,
        &files.assets,
        &config.statistics,
        &mut sources,
        sink,
    );
    drop(outlines);
    sources.remember_ids(memo);
    let places = stages::places(&entries);
    let read = Entries {
        sources,
        config,
        config_file,
        config_hash,
        words,
        now,
        menu: stages::menu(&sections),
        sections,
        entries,
        held,
        book,
        assets: Assets::sort(&files.assets, world),
        figure_names: data.names(),
        places,
    };
    // A site that has a list of addresses keeps them there.
    let published = if files.addresses.is_some() { BTreeMap::new() } else { options.kept_pages.clone() };
    let mut grouped = lists::grouped(settle::addressed(read, sink), &published);
    let used = picture::in_use(&mut grouped, &reading, &files.stamps, sink);
    let mut model = grouped.model(used);
    unread::check(&mut model, &files, world, sink);
    Collected { model, data }
}

/// A bulletin as it was read.
struct Bulletin {
    file: FileId,
    /// Hash of the file's bytes.
    hash: Hash,
    /// Its outline; the front matter in it has been read.
    outline: Outline,
    /// What it becomes, where it has a title and an address.
    made: Option<Made>,
    notes: Sink,
}

/// What becomes of a bulletin.
enum Made {
    Entry(Box<Entry>),
    Held(Held),
}

impl Bulletin {
    /// Says to `sources` where the text is, and to `sink` what was found; gives what it becomes.
    fn register(mut self, sources: &mut Sources, sink: &mut Sink) -> Option<Made> {
        self.outline.register(self.file, self.hash, sources, sink);
        sink.append(self.notes);
        self.made
    }
}

struct Collector<'a> {
    files: &'a FileList,
    outlines: &'a BTreeMap<FileId, Outlined>,
    options: &'a Options,
    config: Config,
    config_file: FileId,
    config_hash: Hash,
    words: Words,
    now: Now,
    notes: Sink,
}

impl<'a> Collector<'a> {
    fn new(
        world: &dyn World,
        config_file: FileId,
        files: &'a FileList,
        outlines: &'a BTreeMap<FileId, Outlined>,
        options: &'a Options,
    ) -> Self {
        let mut notes = Sink::new();
        let mut hasher = blake3::Hasher::new();
        let mut words = Words::default();
        let mut settings = None;
        for (file, id) in &files.others {
            let Some(Outlined { hash, outline }) = outlines.get(id) else { continue };
            if *id == config_file {
                hasher.update(hash.as_bytes());
                settings = Some(outline.meta.clone());
            } else if file.path.starts_with("content/words/") {
                hasher.update(hash.as_bytes());
                words.read(&outline.meta, &mut notes);
            }
        }
        let node = settings.unwrap_or_else(|| Node::empty(Span::whole(config_file)));
        let mut config = Config::read(&node, &mut notes);
        if let Some(pair) = options.base_url.as_deref().and_then(super::config::parse_base_url) {
            (config.base_url, config.base_path) = pair;
        }
        config.handouts.off = options.without_handouts;
        hasher.update(config.base_url.as_bytes());
        hasher.update(&[u8::from(options.drafts), u8::from(options.without_handouts)]);
        let now = Now::new(world.now().to_zoned(config.zone.clone()).datetime());
        Self {
            files,
            outlines,
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
        for (file, id) in &self.files.others {
            let path = &file.path;
            if !is_section(path) {
                continue;
            }
            let Some(read) = self.outlines.get(id) else { continue };
            let dir = below_content(&path.parent()).to_owned();
            let section = self.section(*id, &dir, namer.folder(&dir).to_owned(), read, sink);
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
            outline: Arc::new(BodyOutline::default()),
            hash: blake3::hash(b""),
        });
        sections.into_values().collect()
    }

    fn section(&self, id: FileId, dir: &str, address: String, read: &Outlined, sink: &mut Sink) -> Section {
        let Outlined { hash, outline } = read;
        let settings = super::section::read(&outline.meta, dir, sink);
        let summary = settings.summary.unwrap_or_else(|| outline.body.summary.clone());
        Section {
            dir: dir.to_owned(),
            file: Some(id),
            title: settings.title.unwrap_or_else(|| self.config.title.clone()),
            kind: settings.kind.unwrap_or(if dir == "pages" { Kind::Page } else { Kind::Story }),
            summary,
            tags: settings.tags,
            order: settings.order.unwrap_or(u32::MAX),
            address,
            outline: outline.body.clone(),
            hash: *hash,
        }
    }

    /// Reads the bulletins in parallel. Front matter is typed as soon as it is there, so that not all of it is held in both forms.
    fn read(
        &self,
        reading: &Reading,
        sources: &Sources,
        sections: &[Section],
        namer: &Namer,
    ) -> Vec<FileResult<Bulletin>> {
        let zone = &self.config.zone;
        let one = |(listed, file): &(Listed, FileId)| {
            let (path, file) = (&listed.path, *file);
            let section = section_of(sections, path);
            let of_section = sections[section.0 as usize].kind;
            let verse = of_section == Kind::Verse;
            let Outlined { hash, mut outline } = source::outline(reading, listed, file, verse, sources)?;
            let kind = if below_content(path).starts_with("pages/") { Kind::Page } else { of_section };
            let mut notes = Sink::new();
            let node = std::mem::replace(&mut outline.meta, Node::empty(Span::whole(file)));
            let meta = Meta::read(&node, kind, zone, &mut notes);
            let made = meta.and_then(|meta| {
                dates::check(&meta, &self.now, &mut notes);
                let address = Self::address(path, file, &meta, namer, &mut notes)?;
                Some(self.made(path, file, section, meta, &outline, address, &mut notes))
            });
            Ok(Bulletin { file, hash, outline, made, notes })
        };
        self.files.bulletins.par_iter().map(one).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "every one of them becomes a field")]
    fn made(
        &self,
        path: &VPath,
        file: FileId,
        section: SectionIx,
        meta: Meta,
        outline: &Outline,
        address: String,
        notes: &mut Sink,
    ) -> Made {
        let path = path.clone();
        if let Some(span) = meta.secret {
            notes.report(
                Diagnostic::new(
                    codes::SECRET,
                    Message::new("secret-bulletin").with("title", &meta.title.value),
                )
                .at(span)
                .hint(Message::new("secret-bulletin-hint")),
            );
        }
        let unreviewed = || self.options.withheld.get(&path).cloned().map(HeldReason::Unreviewed);
        // Drafts may be asked for; what nobody has approved may not.
        match unreviewed().or_else(|| self.held_reason(&meta)) {
            Some(reason) if !self.options.drafts || matches!(reason, HeldReason::Unreviewed(_)) => {
                let (title, allow) = (meta.title.value, meta.allow);
                Made::Held(Held { path, file, title, address, reason, allow })
            }
            reason => {
                let draft = reason.is_some();
                Made::Entry(Box::new(self.entry(path, file, section, meta, outline, address, draft, notes)))
            }
        }
    }

    fn held_reason(&self, meta: &Meta) -> Option<HeldReason> {
        if meta.draft {
            return Some(HeldReason::Draft);
        }
        let publish = meta.publish.as_ref()?.value;
        (!self.now.has_come(publish.start())).then_some(HeldReason::Future(publish))
    }

    fn address(path: &VPath, file: FileId, meta: &Meta, namer: &Namer, sink: &mut Sink) -> Option<String> {
        let slug = meta.slug.as_ref().map(|slug| slug.value.as_str());
        let address = namer.text(path, slug);
        let fits = !slug.is_some_and(|slug| slug.contains('/'))
            && OutPath::new(&format!("{}index.html", &address[1..])).is_ok();
        if !fits {
            let span = meta.slug.as_ref().map_or(Span::whole(file), |slug| slug.span);
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
        path: VPath,
        file: FileId,
        section: SectionIx,
        meta: Meta,
        outline: &Outline,
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
        let summary = meta.summary.clone().unwrap_or_else(|| outline.body.summary.clone());
        let mut hasher = blake3::Hasher::new();
        hasher.update(outline.meta_hash.as_bytes()).update(address.as_bytes()).update(summary.as_bytes());
        // Its section can give it another kind, and the settings another village.
        let expired = meta.expires.as_ref().is_some_and(|expires| self.now.is_after(expires.value.end()));
        hasher.update(&[u8::from(draft), u8::from(expired)]).update(meta.kind.name().as_bytes());
        // What its dates mean depends on the site's time zone.
        hasher.update(self.config.zone.iana_name().unwrap_or_default().as_bytes());
        areas.iter().for_each(|code| {
            hasher.update(&[0]).update(code.as_bytes());
        });
        Entry {
            path,
            file,
            section,
            areas,
            address,
            summary,
            draft,
            expired,
            stamp: None,
            signed: Vec::new(),
            meta_hash: hasher.finalize(),
            outline: outline.body.clone(),
            meta,
        }
    }
}
