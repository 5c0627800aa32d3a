//! Every address that the site's texts refer to, with its place: what the lints of links and pictures look at.
//!
//! Refuses: judging. Invariant: each reference is shown once, in the order of the site.

use crate::diag::{Span, Spanned};
use crate::model::Model;
use crate::model::entry::{Entry, EntryIx};
use crate::model::own::Own;
use crate::source::doc::{BlockKind, Doc, InlineKind};
use crate::source::raw_html;
use crate::source::walk::{Visit, walk};
use crate::world::VPath;
use std::collections::BTreeSet;

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
    Section(&'m Doc),
    /// Every page.
    Site,
}

/// Shows every reference.
pub fn references<'m>(model: &'m Model, see: &mut dyn FnMut(&Reference<'m>)) {
    for (ix, entry) in model.entries() {
        let page = Page::Entry(ix);
        in_front_matter(entry, page, see);
        in_body(&entry.path, &entry.body, page, see);
    }
    for section in &model.sections {
        let Some(file) = section.file else { continue };
        in_body(model.sources.vpath(file), &section.body, Page::Section(&section.body), see);
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

fn in_body<'m>(from: &'m VPath, doc: &'m Doc, page: Page<'m>, see: &mut dyn FnMut(&Reference<'m>)) {
    walk(doc, &mut |visit| {
        let (target, purpose) = match visit {
            Visit::Inline(inline) => match &inline.kind {
                InlineKind::Link { target, .. } => (target, Purpose::Link),
                InlineKind::Image { target, .. } => (target, Purpose::Picture),
                _ => return,
            },
            Visit::Block(block) => match &block.kind {
                BlockKind::Qr { address, .. } => (address, Purpose::Link),
                _ => return,
            },
        };
        see(&Reference { from, target: &target.value, span: target.span, purpose, page });
    });
}

/// Shows every value of every attribute of the raw HTML in texts, parts of `srcset` one by one. Few of them are addresses.
pub fn raw_addresses<'m>(model: &'m Model, see: &mut dyn FnMut(&'m VPath, &str, Span)) {
    let sections = model.sections.iter().filter_map(|section| Some((model.sources.vpath(section.file?), &section.body)));
    let entries = model.entries.iter().map(|entry| (&entry.path, &entry.body));
    for (path, body) in entries.chain(sections).filter(|(_, body)| body.has_html) {
        walk(body, &mut |visit| {
            let (html, span) = match visit {
                Visit::Block(block) => match &block.kind {
                    BlockKind::Html(html) => (html, block.span),
                    _ => return,
                },
                Visit::Inline(inline) => match &inline.kind {
                    InlineKind::Html(html) => (html, inline.span),
                    _ => return,
                },
            };
            let tags = raw_html::tags(html);
            for (name, value) in tags.iter().flat_map(|tag| &tag.attributes) {
                let value = raw_html::decoded(value);
                if name.eq_ignore_ascii_case("srcset") {
                    let each = value.split(',').filter_map(|one| one.split_whitespace().next());
                    each.for_each(|one| see(path, one, span));
                } else {
                    see(path, &value, span);
                }
            }
        });
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
    let path = "content/site.yaml";
    model.sources.paths().any(|known| known == path).then(|| model.sources.vpath(model.sources.id(path)))
}

/// Whether a setting says that there is none.
pub fn is_none(value: &str) -> bool {
    matches!(value.trim().to_ascii_lowercase().as_str(), "none" | "无" | "没有")
}

/// The places that a fragment may name on a page.
pub fn anchors(model: &Model, page: Page) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let doc = match page {
        Page::Entry(ix) => return model.entry(ix).anchors.as_ref().clone(),
        Page::Section(doc) => doc,
        Page::Site => return found,
    };
    walk(doc, &mut |visit| {
        if let Visit::Block(block) = visit
            && let BlockKind::Heading { id, .. } = &block.kind
        {
            found.insert(id.clone());
        }
    });
    found
}
