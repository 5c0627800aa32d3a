//! One page for each bulletin, and for each page of the site itself.
//!
//! Refuses: bodies as template values; they are spliced in after the template has run.
//! Invariant: a page depends on its entry, its neighbours' cards and the frame, never on a whole list.

mod linked;
mod own;

pub use linked::office;

use super::addressing::Addressing;
use super::card::{Contact, Cover, Link, invented, kind_label};
use super::frame::{self, Here};
use super::handout::links::{self, HandoutLink};
use super::head::Head;
use super::interface::{Interface, Moment};
use super::trace::{BodyFacts, Bulletin, SectionHead};
use super::{Output, Plan, Rank, Reader, Subject, Target, body};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::kind::Kind;
use crate::model::lists::ListKey;
use crate::model::meta::Meta;
use crate::model::own::Own;
use crate::model::review::ReviewStamp;
use serde::Serialize;

/// The pages of entries.
pub struct Pages;

/// More officers than this are no answer to "whom do I ask"; then the office is named instead.
const OFFICERS: usize = 4;

#[derive(Serialize)]
struct PageView {
    kind: &'static str,
    kind_label: String,
    sample: Option<String>,
    /// On the page about privacy: that visits are counted, where they are.
    counting: Option<String>,
    title: String,
    crumbs: Vec<Link>,
    draft: bool,
    /// Since when its time is over; none where it is not.
    expired: Option<Moment>,
    /// `draft`, `pending` or `changed`, where the preview shows what nobody has approved; none on a site that is published.
    stamp: Option<&'static str>,
    date: Option<Moment>,
    updated: Option<Moment>,
    source: Option<String>,
    lede: Option<String>,
    cover: Option<Cover>,
    signed: Vec<Signature>,
    newer: Option<Link>,
    older: Option<Link>,
    related: Vec<Link>,
    officers: Vec<Contact>,
    office: Option<Contact>,
    tags: Vec<Link>,
    areas: Vec<Link>,
    scam: Option<Link>,
    handouts: Vec<HandoutLink>,
    own: own::OwnView,
}

/// One of the three signatures under a bulletin.
#[derive(Serialize)]
struct Signature {
    label: String,
    text: String,
}

impl Output for Pages {
    fn name(&self) -> &'static str {
        "page"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (ix, entry) in model.entries() {
            plan.add(&entry.address, Rank::Page, Subject::Entry(ix));
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Entry(ix) = target.subject else { unreachable!("planned above") };
        let entry = site.entry(ix);
        let section = site.section_of(entry);
        let body = body::of_entry(site, ix, Addressing::OnSite);
        let view = view(entry, section, site);
        let mut head = Head::new(site, entry.title(), entry.address());
        if entry.kind() == Kind::Page {
            head = head.describe(entry.summary());
        } else {
            head = head.bulletin(entry, section, site).linked(linked::script(entry, section, site));
        }
        let here = Here { address: entry.address(), section: section.address() };
        let template = format!("{}.html", entry.kind().name());
        frame::render(site, &template, here, head, &view, &body)
    }
}

fn view<'m>(entry: Bulletin<'m>, section: SectionHead<'m>, site: &Reader<'m>) -> PageView {
    let interface = Interface::of(site);
    let (meta, near) = (entry.meta(), site.neighbours(entry));
    let neighbour = |near: Bulletin| Link::to(near, site);
    let bulletin = meta.kind != Kind::Page;
    let listed = |key: ListKey, label: &str| Some(Link::new(label, site.href(site.list_address(&key)?)));
    let (officers, office) = contacts(entry, site);
    PageView {
        kind: meta.kind.name(),
        kind_label: kind_label(meta.kind, &interface),
        sample: invented(entry, site.config(), &interface),
        counting: (is_about_privacy(entry) && site.config().count_visits)
            .then(|| interface.text("visits").to_owned()),
        title: entry.title().to_owned(),
        crumbs: crumbs(section, site, &interface),
        draft: entry.draft(),
        expired: meta.expires.as_ref().filter(|_| entry.expired()).map(|when| interface.moment(when.value)),
        stamp: entry.review().0.map(ReviewStamp::name),
        date: meta.date.map(|when| interface.moment(when)),
        updated: meta.updated.map(|when| interface.moment(when)),
        source: meta.source.as_ref().map(|source| source.value.clone()),
        lede: meta.summary.clone(),
        cover: if shows_cover(site.body_facts(entry.ix()), meta) { None } else { Cover::of(entry, site) },
        signed: signatures(entry, &interface),
        newer: near.newer().filter(|_| bulletin).map(neighbour),
        older: near.older().filter(|_| bulletin).map(neighbour),
        related: near.related().map(neighbour).collect(),
        officers,
        office,
        tags: meta
            .tags
            .iter()
            .filter_map(|tag| listed(ListKey::Tag(tag.value.clone()), &tag.value))
            .collect(),
        areas: entry
            .areas()
            .iter()
            .filter_map(|code| listed(ListKey::Area(code.clone()), &site.config().area(code)?.name))
            .collect(),
        scam: match &meta.own {
            Own::Tip { scam: Some(scam), .. } => {
                let name = site.scam(&scam.value);
                listed(ListKey::Scam(name.to_owned()), name)
            }
            _ => None,
        },
        handouts: links::of_bulletin(site, entry, &interface),
        own: own::view(entry, near, site, &interface),
    }
}

/// Whether a page of the site itself tells readers what becomes of their data.
fn is_about_privacy(entry: Bulletin) -> bool {
    let title = entry.title();
    entry.kind() == Kind::Page && (title.contains("隐私") || title.to_lowercase().contains("privacy"))
}

/// The way down from the home page to a section.
pub(super) fn crumbs<'m>(section: SectionHead<'m>, site: &Reader<'m>, interface: &Interface) -> Vec<Link> {
    let mut crumbs = vec![Link::new(interface.text("home"), site.href("/"))];
    let way = site.way_to(section).into_iter();
    crumbs.extend(way.map(|step| Link::new(step.title(), site.href(step.address()))));
    crumbs
}

/// Who wrote it, edited it and answers for it; and who signed which level, where the settings have that printed. Who signed is not named a second time.
fn signatures(entry: Bulletin, interface: &Interface) -> Vec<Signature> {
    let meta = entry.meta();
    let signed = &entry.review().1;
    let named = [("author", &meta.author), ("editor", &meta.editor), ("reviewer", &meta.reviewer)]
        .into_iter()
        .filter(|(key, who)| *key == "author" || !signed.iter().any(|one| who.as_ref() == Some(&one.name)))
        .filter_map(|(key, who)| {
            Some(Signature { label: interface.text(key).to_owned(), text: who.clone()? })
        });
    named
        .chain(signed.iter().map(|one| Signature { label: one.level.clone(), text: one.name.clone() }))
        .collect()
}

/// Whom to ask: the officers of the bulletin's villages, else the office.
fn contacts(entry: Bulletin, site: &Reader) -> (Vec<Contact>, Option<Contact>) {
    let config = site.config();
    let officers: Vec<Contact> = config
        .officers
        .iter()
        .filter(|officer| entry.areas().contains(&officer.area.value))
        .map(|officer| Contact::officer(officer, config))
        .collect();
    if officers.is_empty() || officers.len() > OFFICERS {
        (Vec::new(), Contact::office(config))
    } else {
        (officers, None)
    }
}

/// Whether the body shows the cover itself, so that the page need not show it twice.
fn shows_cover(body: BodyFacts, meta: &Meta) -> bool {
    let Some(cover) = &meta.cover else { return false };
    let name = |target: &str| target.trim_start_matches("./").to_owned();
    body.images().any(|target| name(&target.value) == name(&cover.value))
}

#[cfg(test)]
mod tests;
