//! The first page: what is urgent, whom to ask, what is new.
//!
//! Refuses: looking through all bulletins; it takes the tops of lists.
//! Invariant: a part that would be empty is left out.

use super::card::{Card, Contact, invented};
use super::frame::{self, Here};
use super::head::Head;
use super::interface::{Interface, Leaf, Moment};
use super::trace::Bulletin;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::kind::Kind;
use crate::model::lists::ListKey;
use crate::model::own::Own;
use serde::Serialize;

/// The first page.
pub struct Home;

/// How many bulletins of a section are shown.
const NEWEST: usize = 3;
/// How many meetings are shown.
const MEETINGS: usize = 4;

#[derive(Serialize)]
struct HomeView {
    description: String,
    guides: Option<String>,
    alerts: Vec<Card>,
    pinned: Vec<Card>,
    meetings: Vec<MeetingRow>,
    all_meetings: Option<String>,
    sections: Vec<SectionBlock>,
    police: Vec<Group>,
}

#[derive(Serialize)]
struct MeetingRow {
    href: String,
    title: String,
    sample: Option<String>,
    place: Option<String>,
    leaf: Leaf,
    start: Moment,
}

#[derive(Serialize)]
struct SectionBlock {
    label: String,
    href: String,
    items: Vec<Card>,
}

/// The villages of one group with their officers.
#[derive(Serialize)]
struct Group {
    label: String,
    items: Vec<Contact>,
}

impl Output for Home {
    fn name(&self) -> &'static str {
        "home"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        plan.add("/", Rank::List, Subject::Site);
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let (config, interface) = (site.config(), Interface::of(site));
        let view = HomeView {
            description: config.description.clone(),
            guides: first_of(site, Kind::Guide),
            alerts: site.banner().map(|entry| Card::new(entry, site, &interface)).collect(),
            pinned: site.pinned().map(|entry| Card::new(entry, site, &interface)).collect(),
            meetings: meetings(site, &interface),
            all_meetings: first_of(site, Kind::Meeting),
            sections: sections(site, &interface),
            police: police(site, &interface),
        };
        let head = Head::new(site, &config.title, "/")
            .describe(&config.description)
            .linked(super::page::office(site))
            .alerts(site)
            .meetings(site);
        frame::render(site, "home.html", Here { address: "/", section: "/" }, head, &view, "")
    }
}

/// Where the first section of a kind is.
fn first_of(site: &Reader, kind: Kind) -> Option<String> {
    let section = site.sections().find(|section| section.kind() == kind)?;
    Some(site.href(section.address()))
}

fn meetings(site: &Reader, interface: &Interface) -> Vec<MeetingRow> {
    let coming = site.coming_meetings().take(MEETINGS);
    coming
        .filter_map(|entry| {
            let Own::Meeting { start: Some(start), place, .. } = &entry.meta().own else { return None };
            Some(MeetingRow {
                href: site.href(entry.address()),
                title: entry.title().to_owned(),
                sample: invented(entry, site.config(), interface),
                place: place.clone(),
                leaf: interface.leaf(start.value),
                start: interface.moment(start.value),
            })
        })
        .collect()
}

/// The newest of each section. Meetings to come stand above already, the nearest first.
fn sections(site: &Reader, interface: &Interface) -> Vec<SectionBlock> {
    let coming: Vec<&str> = site.coming_meetings().take(MEETINGS).map(Bulletin::address).collect();
    let tops = site.sections().filter(|section| !section.dir().contains('/'));
    tops.filter_map(|section| {
        let list = site.list(&ListKey::Section(section.dir().to_owned()))?;
        let entries = list.entries.iter().map(|&ix| site.entry(ix));
        let newest = entries.filter(|entry| !coming.contains(&entry.address())).take(NEWEST);
        let items: Vec<Card> = newest.map(|entry| Card::new(entry, site, interface)).collect();
        (!items.is_empty()).then(|| SectionBlock {
            label: section.title().to_owned(),
            href: site.href(section.address()),
            items,
        })
    })
    .collect()
}

fn police(site: &Reader, interface: &Interface) -> Vec<Group> {
    let config = site.config();
    let mut groups: Vec<Group> = Vec::new();
    for area in &config.areas {
        let label = area.group.as_deref().unwrap_or_else(|| interface.text("areas"));
        for officer in config.officers.iter().filter(|officer| officer.area.value == area.code) {
            let item = Contact::officer(officer, config);
            match groups.iter_mut().find(|group| group.label == label) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { label: label.to_owned(), items: vec![item] }),
            }
        }
    }
    groups
}
