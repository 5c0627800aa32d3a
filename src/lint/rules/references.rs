//! Every address that the site's texts refer to, with its place: what the lints of links and pictures look at.
//!
//! Refuses: judging. Invariant: each reference is shown once, in the order of the site.

use crate::diag::{Span, Spanned};
use crate::model::Model;
use crate::model::entry::{Entry, EntryIx};
use crate::model::own::Own;
use crate::source::outline::{BodyOutline, ReferenceKind};
use crate::source::raw_html;
use crate::world::VPath;

/// A reference.
pub struct Reference<'m> {
    /// The file that it stands in.
    pub from: &'m VPath,
    /// The address as written.
    pub target: &'m str,
    /// Where.
    pub span: Span,
    /// What for.
    pub purpose: Purpose,
    /// The places of its own page.
    pub page: Page<'m>,
}

/// What a reference is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A link that readers follow.
    Link,
    /// A picture in a body, or a cover.
    Picture,
    /// The notice that another one replaces.
    Replaced,
    /// A link of `site.yaml`.
    Menu,
}

/// What a reference stands on.
#[derive(Clone, Copy)]
pub enum Page<'m> {
    /// An entry.
    Entry(EntryIx),
    /// A section's words.
    Section(&'m BodyOutline),
    /// Every page.
    Site,
}

/// Shows every reference.
pub fn references<'m>(model: &'m Model, see: &mut dyn FnMut(&Reference<'m>)) {
    for (ix, entry) in model.entries() {
        let page = Page::Entry(ix);
        in_front_matter(entry, page, see);
        in_body(&entry.path, &entry.outline, page, see);
    }
    for section in &model.sections {
        let Some(file) = section.file else { continue };
        in_body(model.sources.vpath(file), &section.outline, Page::Section(&section.outline), see);
    }
    in_settings(model, see);
}

fn in_front_matter<'m>(entry: &'m Entry, page: Page<'m>, see: &mut dyn FnMut(&Reference<'m>)) {
    let mut show = |target: &'m Spanned<String>, purpose| {
        see(&Reference { from: &entry.path, target: &target.value, span: target.span, purpose, page });
    };
    if let Some(cover) = &entry.meta.cover {
        show(cover, Purpose::Picture);
    }
    if let Own::Notice(notice) = &entry.meta.own
        && let Some(replaces) = &notice.replaces
    {
        show(replaces, Purpose::Replaced);
    }
}

fn in_body<'m>(
    from: &'m VPath,
    outline: &'m BodyOutline,
    page: Page<'m>,
    see: &mut dyn FnMut(&Reference<'m>),
) {
    for reference in &outline.references {
        let purpose = match reference.kind {
            ReferenceKind::Link | ReferenceKind::Qr => Purpose::Link,
            ReferenceKind::Image { .. } => Purpose::Picture,
            // Raw HTML is published as it is; `broken_link` looks at it by rules of its own.
            ReferenceKind::Html | ReferenceKind::HtmlSource => continue,
        };
        let target = &reference.target;
        see(&Reference { from, target: &target.value, span: target.span, purpose, page });
    }
}

/// Shows every address in the raw HTML of texts, also in elements that are left out of pages.
pub fn raw_addresses<'m>(model: &'m Model, see: &mut dyn FnMut(&'m VPath, &str, Span)) {
    let sections = model
        .sections
        .iter()
        .filter_map(|section| Some((model.sources.vpath(section.file?), &section.outline)));
    let entries = model.entries.iter().map(|entry| (&entry.path, &entry.outline));
    for (path, outline) in entries.chain(sections).filter(|(_, outline)| outline.has_html) {
        for reference in &outline.references {
            if matches!(reference.kind, ReferenceKind::Html | ReferenceKind::HtmlSource) {
                see(path, &raw_html::decoded(&reference.target.value), reference.target.span);
            }
        }
    }
}

fn in_settings<'m>(model: &'m Model, see: &mut dyn FnMut(&Reference<'m>)) {
    let Some(from) = settings_path(model) else { return };
    let mut show = |target: &'m str, span| {
        see(&Reference { from, target, span, purpose: Purpose::Menu, page: Page::Site });
    };
    for link in model.config.menu.iter().chain(&model.config.footer_menu) {
        show(&link.link.value, link.link.span);
    }
    if let Some(report) = model.config.unit.error_report.as_deref().filter(|report| !is_none(report)) {
        show(report, model.config.unit.span.unwrap_or(model.config.span));
    }
}

/// The path of `site.yaml`, where the site has one.
pub fn settings_path(model: &Model) -> Option<&VPath> {
    model.sources.hash(model.config_file).map(|_| model.sources.vpath(model.config_file))
}

/// Whether a setting says that there is none.
pub fn is_none(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "none" | "无" | "没有")
}

/// The body whose headings a fragment may name on a page.
pub fn outline<'m>(model: &'m Model, page: Page<'m>) -> Option<&'m BodyOutline> {
    match page {
        Page::Entry(ix) => Some(&model.entry(ix).outline),
        Page::Section(outline) => Some(outline),
        Page::Site => None,
    }
}
