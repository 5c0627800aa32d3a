//! L301: a link that leads nowhere: a file, an address or a heading that the site does not have.
//!
//! Refuses: to fetch anything. Addresses elsewhere are not looked at.
//! Invariant: what passes is published, by the plan of all files, under the address that the link is written with.

use super::references::{Page, Purpose, Reference, outline, references};
use crate::diag::{Code, Diagnostic, Message, Sink, Spanned, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::entry::{Held, HeldReason};
use crate::model::route::LinkTarget;
use crate::source::address::{self, Address};
use crate::source::outline::ReferenceKind;
use crate::world::VPath;

/// The lint.
pub struct BrokenLink;

/// How many links get a suggestion. Each is compared with every file; a site with more broken links has another trouble.
const SUGGESTIONS: usize = 50;
/// How like a name must be to be suggested.
const LIKENESS: f64 = 0.6;

impl Lint for BrokenLink {
    fn code(&self) -> Code {
        codes::BROKEN_LINK
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let mut checker = Checker { site, suggested: 0, sink };
        references(site.model, &mut |reference| checker.look(reference));
        checker.raw_html();
    }
}

struct Checker<'m, 's> {
    site: &'m Site<'m>,
    suggested: usize,
    sink: &'s mut Sink,
}

impl Checker<'_, '_> {
    fn look(&mut self, reference: &Reference) {
        // An unsafe address is another finding, see `unsafe_link`.
        if reference.purpose == Purpose::Picture || address::kind(reference.target) == Address::Unsafe {
            return;
        }
        let model = self.site.model;
        let found = model.resolve(reference.from, reference.target);
        if reference.purpose == Purpose::Replaced {
            match found {
                LinkTarget::Entry(ix, _)
                    if model.entry(ix).path != *reference.from && model.entry(ix).notice().is_some() => {}
                LinkTarget::Held(held) => self.held(reference, held),
                LinkTarget::Unpublishable(_) => {}
                LinkTarget::Entry(..) => {
                    self.say(reference, "replaces-no-notice", Message::new("replaces-no-notice-hint"));
                }
                _ => self.nowhere(reference),
            }
            return;
        }
        match found {
            LinkTarget::Broken => self.nowhere(reference),
            LinkTarget::Held(held) => self.held(reference, held),
            LinkTarget::Path(address, _) => {
                if !self.site.publishes(&address) && !self.site.publishes(&format!("{address}/")) {
                    self.nowhere(reference);
                }
            }
            LinkTarget::Fragment(fragment) => self.fragment(reference, &fragment, reference.page),
            LinkTarget::Entry(ix, Some(fragment)) => self.fragment(reference, &fragment, Page::Entry(ix)),
            LinkTarget::Entry(_, None)
            | LinkTarget::Section(_)
            | LinkTarget::Asset(_)
            | LinkTarget::External(_)
            | LinkTarget::Unpublishable(_)
            | LinkTarget::Unsafe => {}
        }
    }

    fn say(&mut self, reference: &Reference, id: &'static str, hint: Message) {
        self.sink.report(
            Diagnostic::new(codes::BROKEN_LINK, Message::new(id).with("target", reference.target))
                .at(reference.span)
                .hint(hint),
        );
    }

    fn nowhere(&mut self, reference: &Reference) {
        let near = if self.suggested < SUGGESTIONS {
            nearest(self.site, reference.from, reference.target)
        } else {
            None
        };
        self.suggested += 1;
        let hint = match near {
            Some(Near::File(path)) => Message::new("broken-link-file-hint").with("nearest", path),
            Some(Near::Address(address)) => Message::new("broken-link-address-hint").with("nearest", address),
            None => Message::new("broken-link-hint"),
        };
        self.say(reference, "broken-link", hint);
    }

    fn held(&mut self, reference: &Reference, held: usize) {
        let Held { title, reason, .. } = &self.site.model.held[held];
        let (id, hint, date) = match reason {
            HeldReason::Draft => ("link-to-draft", "link-to-draft-hint", None),
            HeldReason::Future(when) => ("link-to-future", "link-to-future-hint", Some(*when)),
            HeldReason::Unreviewed(_) => ("link-to-unreviewed", "link-to-unreviewed-hint", None),
        };
        let mut message = Message::new(id).with("title", title);
        if let Some(date) = date {
            message = message.with("date", date);
        }
        self.sink
            .report(Diagnostic::new(codes::BROKEN_LINK, message).at(reference.span).hint(Message::new(hint)));
    }

    fn fragment(&mut self, reference: &Reference, fragment: &str, page: Page) {
        // `#` and `#top` are the head of any page (HTML, 7.4.6.4); footnotes have places that the page makes.
        let made = fragment.is_empty() || fragment.eq_ignore_ascii_case("top") || fragment.starts_with("fn");
        let Some(outline) = outline(self.site.model, page).filter(|_| !made) else { return };
        if outline.has_anchor(fragment) {
            return;
        }
        let near = likest(fragment, outline.anchors().map(|place| (place, place)));
        let hint = match near {
            Some(near) => Message::new("broken-fragment-near-hint").with("nearest", near),
            None => Message::new("broken-fragment-hint"),
        };
        let message = Message::new("broken-fragment").with("fragment", fragment);
        self.sink.report(Diagnostic::new(codes::BROKEN_LINK, message).at(reference.span).hint(hint));
    }

    /// Addresses in raw HTML are published as they are, so only whole ones lead anywhere.
    fn raw_html(&mut self) {
        let model = self.site.model;
        let sections = model
            .sections
            .iter()
            .filter_map(|section| Some((model.sources.vpath(section.file?), &section.outline, Page::Site)));
        let entries = model.entries().map(|(ix, entry)| (&entry.path, &entry.outline, Page::Entry(ix)));
        for (path, outline, page) in entries.chain(sections) {
            let in_html = outline.references.iter().filter(|one| one.kind == ReferenceKind::Html);
            for Spanned { value: target, span } in in_html.map(|one| &one.target) {
                let reference = Reference { from: path, target, span: *span, purpose: Purpose::Link, page };
                match model.resolve(path, target) {
                    LinkTarget::Entry(..) | LinkTarget::Section(_) | LinkTarget::Asset(_)
                        if !target.starts_with('/') =>
                    {
                        self.say(&reference, "link-in-html", Message::new("link-in-html-hint"));
                    }
                    _ => self.look(&reference),
                }
            }
        }
    }
}

enum Near<'m> {
    File(&'m str),
    Address(String),
}

/// The file or address that was most likely meant.
fn nearest<'m>(site: &Site<'m>, from: &VPath, target: &str) -> Option<Near<'m>> {
    let model = site.model;
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let target = percent_encoding::percent_decode_str(target).decode_utf8_lossy();
    if target.starts_with('/') {
        let pages = site.planned.iter().filter_map(|path| path.strip_suffix("index.html"));
        let near = likest(&target, pages.map(|page| (page.trim_matches('/'), page)))?;
        return Some(Near::Address(format!("/{near}")));
    }
    let wanted = from.parent().resolve(&target);
    let wanted = wanted.as_deref().unwrap_or(&target);
    let texts = model.entries.iter().map(|entry| &*entry.path);
    let files = texts.chain(model.assets.public.iter().map(|file| &***file)).chain(section_files(model));
    let candidates: Vec<&str> = files.filter(|path| **path != **from).collect();
    // The same name in another folder is what most links miss; then a name like it.
    let named = candidates.iter().filter(|path| name(path) == name(wanted)).min_by_key(|path| path.len());
    let near =
        named.copied().or_else(|| likest(name(wanted), candidates.iter().map(|path| (name(path), *path))));
    near.map(Near::File)
}

fn section_files(model: &Model) -> impl Iterator<Item = &str> {
    model.sections.iter().filter_map(|section| Some(&**model.sources.vpath(section.file?)))
}

/// The part of a path that names the thing: for `a/index.md` it is `a`.
fn name(path: &str) -> &str {
    let inner = path.strip_suffix("/index.md").or_else(|| path.strip_suffix("/_index.md")).unwrap_or(path);
    let last = inner.trim_end_matches('/').rsplit('/').next().unwrap_or(inner);
    last.strip_suffix(".md").unwrap_or(last)
}

/// The candidate whose name is likest, if any is like.
fn likest<'c>(wanted: &str, candidates: impl Iterator<Item = (&'c str, &'c str)>) -> Option<&'c str> {
    let wanted = wanted.trim_matches('/').to_lowercase();
    candidates
        .map(|(name, whole)| (strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase()), whole))
        .filter(|(likeness, _)| *likeness >= LIKENESS)
        .max_by(|(a, one), (b, other)| a.total_cmp(b).then(other.cmp(one)))
        .map(|(_, whole)| whole)
}
