//! Which handouts there are: what front matter and `site.yaml` ask for, in names of layouts that exist.
//!
//! Refuses: layouts without a name that we know; each is a finding with the nearest one.
//! Invariant: plans, pages and findings ask here, so that they speak of the same handouts.

use super::layout::{LAYOUTS, Layout, SLOGAN};
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::model::Model;
use crate::model::config::{Config, unknown_area};
use crate::model::entry::{Entry, EntryIx};
use crate::model::fields::nearest;
use crate::model::handouts::Booklet;
use crate::model::kind::Kind;
use crate::model::lists::ListKey;
use crate::model::route::LinkTarget;
use crate::world::VPath;
use std::collections::BTreeSet;

/// A part of a booklet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its title; none where the booklet has one part only.
    pub title: Option<String>,
    /// Its bulletins.
    pub entries: Vec<EntryIx>,
}

/// The layouts of a bulletin that it can fill: its front matter's, else those of its kind in the settings; and its slogan, since who
/// writes one wants it on a screen. `handouts:` of the front matter is the last word.
pub fn layouts(config: &Config, entry: &Entry) -> Vec<&'static Layout> {
    if config.handouts.off {
        return Vec::new();
    }
    let of_kind = || config.handouts.kinds.get(&entry.meta.kind).map(Vec::as_slice);
    if let Some(own) = &entry.meta.handouts {
        return fitting(known(own), config, entry);
    }
    let mut chosen = known(of_kind().unwrap_or_default());
    chosen.extend(Layout::named(SLOGAN).filter(|slogan| !chosen.contains(slogan)));
    fitting(chosen, config, entry)
}

/// Those of some layouts that a bulletin can fill.
pub fn fitting(layouts: Vec<&'static Layout>, config: &Config, entry: &Entry) -> Vec<&'static Layout> {
    layouts.into_iter().filter(|layout| layout.fits(entry, config).is_ok()).collect()
}

/// The layouts that a bulletin's front matter asks for and that it cannot fill, each with its place.
pub fn unfillable(config: &Config, entry: &Entry) -> Vec<(&'static Layout, Span)> {
    let own = entry.meta.handouts.iter().flatten();
    own.filter_map(|name| Some((Layout::named(&name.value)?, name.span)))
        .filter(|(layout, _)| !config.handouts.off && layout.fits(entry, config).is_err())
        .collect()
}

/// The layouts that are natural for a kind, for a command that asks for sheets where nobody chose any.
pub fn natural(kind: Kind) -> Vec<&'static Layout> {
    LAYOUTS.iter().filter(|layout| layout.natural.contains(&kind)).collect()
}

/// The layouts of the site itself, one handout for each village that has an officer.
pub fn of_site(config: &Config) -> Vec<&'static Layout> {
    if config.handouts.off {
        return Vec::new();
    }
    known(&config.handouts.site).into_iter().filter(|layout| of_villages(layout)).collect()
}

/// Codes of the villages that a handout of the site itself can be made for.
pub fn villages(config: &Config) -> impl Iterator<Item = &str> {
    let has_officer = |code: &str| config.officers.iter().any(|officer| officer.area.value == code);
    config.areas.iter().map(|area| area.code.as_str()).filter(move |code| has_officer(code))
}

/// Whether a layout can be filled with a village's officers and the hotlines alone.
fn of_villages(layout: &Layout) -> bool {
    layout.name == "strip"
}

fn known(names: &[Spanned<String>]) -> Vec<&'static Layout> {
    let mut found: Vec<&'static Layout> = Vec::new();
    for layout in names.iter().filter_map(|name| Layout::named(&name.value)) {
        if !found.contains(&layout) {
            found.push(layout);
        }
    }
    found
}

/// The bulletins of a booklet, in parts.
pub fn parts(model: &Model, booklet: &Booklet) -> Vec<Part> {
    let mut taken = BTreeSet::new();
    let mut parts = Vec::new();
    let mut add = |title: Option<String>, entries: Vec<EntryIx>| {
        let entries: Vec<EntryIx> = entries.into_iter().filter(|ix| taken.insert(*ix)).collect();
        if !entries.is_empty() {
            parts.push(Part { title, entries });
        }
    };
    let named = booklet.bulletins.iter().filter_map(|name| bulletin(model, &name.value));
    let listed = |key: &ListKey| {
        let entries = model.lists.get(key).map(|list| list.entries.as_slice()).unwrap_or_default();
        entries.iter().copied().filter(|&ix| wanted(model, booklet, ix)).collect::<Vec<_>>()
    };
    add(None, named.collect());
    for dir in &booklet.sections {
        let key = ListKey::Section(dir.value.trim_matches('/').to_owned());
        add(model.lists.get(&key).map(|list| list.title.clone()), listed(&key));
    }
    if booklet.sections.is_empty() && !(booklet.tags.is_empty() && booklet.areas.is_empty()) {
        add(None, listed(&ListKey::All));
    }
    if let [one] = parts.as_mut_slice() {
        one.title = None;
    }
    parts
}

fn wanted(model: &Model, booklet: &Booklet, ix: EntryIx) -> bool {
    let entry = model.entry(ix);
    let tagged = || booklet.tags.iter().any(|tag| entry.meta.tags.iter().any(|own| own.value == tag.value));
    let concerns = || {
        let mut codes = booklet.areas.iter().filter_map(|area| model.config.area(&area.value));
        // What concerns no village in particular concerns each.
        entry.areas.is_empty() || codes.any(|area| entry.areas.contains(&area.code))
    };
    (booklet.tags.is_empty() || tagged()) && (booklet.areas.is_empty() || concerns())
}

/// The bulletin that a file's name in `site.yaml` means: `tips/ke-fu.md`, with or without its ending.
fn bulletin(model: &Model, name: &str) -> Option<EntryIx> {
    match target(model, name) {
        LinkTarget::Entry(ix, _) => Some(ix),
        _ => None,
    }
}

fn target(model: &Model, name: &str) -> LinkTarget {
    let from = VPath::new("content/site.yaml").expect("a plain name");
    let name = name.trim().trim_start_matches("content/");
    match model.resolve(&from, name) {
        LinkTarget::Broken => model.resolve(&from, &format!("{name}.md")),
        found => found,
    }
}

/// Reports layouts, sections, tags, villages and bulletins that do not exist.
pub fn check(model: &Model, sink: &mut Sink) {
    let settings = &model.config.handouts;
    let names = settings.kinds.values().flatten().chain(&settings.site);
    let own = model.entries.iter().flat_map(|entry| entry.meta.handouts.iter().flatten());
    for name in names.chain(own).filter(|name| Layout::named(&name.value).is_none()) {
        sink.report(unknown_layout(name));
    }
    for name in &settings.site {
        if Layout::named(&name.value).is_some_and(|layout| !of_villages(layout)) {
            let found = Message::new("handout-not-of-site").with("layout", &name.value);
            sink.report(
                Diagnostic::new(codes::WRONG_VALUE, found)
                    .at(name.span)
                    .hint(Message::new("handout-not-of-site-hint")),
            );
        }
    }
    for booklet in &settings.booklets {
        check_booklet(model, booklet, sink);
    }
}

/// The finding for a name that no layout has.
fn unknown_layout(name: &Spanned<String>) -> Diagnostic {
    let names = LAYOUTS.iter().flat_map(|layout| [layout.name, layout.chinese]);
    let all: Vec<String> =
        LAYOUTS.iter().map(|layout| format!("{}（{}）", layout.chinese, layout.name)).collect();
    let hint = match nearest(&name.value, names) {
        Some(near) => Message::new("unknown-layout-hint").with("nearest", near),
        None => Message::new("unknown-layout-none-hint"),
    };
    Diagnostic::new(codes::WRONG_VALUE, Message::new("unknown-layout").with("layout", &name.value))
        .at(name.span)
        .hint(hint.with("all", all.join("、")))
}

fn check_booklet(model: &Model, booklet: &Booklet, sink: &mut Sink) {
    let mut missing = |id, hint: Message, name: &Spanned<String>| {
        let found = Message::new(id).with("name", &name.value);
        sink.report(Diagnostic::new(codes::WRONG_VALUE, found).at(name.span).hint(hint));
    };
    for dir in &booklet.sections {
        let dirs = || model.sections.iter().map(|section| section.dir.as_str()).filter(|dir| !dir.is_empty());
        if !dirs().any(|known| known == dir.value.trim_matches('/')) {
            let known = dirs().collect::<Vec<_>>().join("、");
            missing("booklet-section", Message::new("booklet-section-hint").with("known", known), dir);
        }
    }
    for tag in &booklet.tags {
        if !model.lists.contains_key(&ListKey::Tag(tag.value.clone())) {
            missing("booklet-tag", Message::new("booklet-tag-hint"), tag);
        }
    }
    for name in &booklet.bulletins {
        if !matches!(target(model, &name.value), LinkTarget::Entry(..) | LinkTarget::Held(_)) {
            missing("booklet-bulletin", Message::new("booklet-bulletin-hint"), name);
        }
    }
    let unknown: Vec<_> =
        booklet.areas.iter().filter(|area| model.config.area(&area.value).is_none()).collect();
    for area in &unknown {
        sink.report(unknown_area(area, &model.config));
    }
}
