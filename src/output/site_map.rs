//! The site map for people: the way to everything without search.
//!
//! Refuses: thousands of links on one page; a long section shows its newest and links to its list.
//! Invariant: every section, and every page of the site itself, is on it.

use super::card::Link;
use super::documents;
use super::frame::{self, Here};
use super::handout::gallery;
use super::head::Head;
use super::interface::Interface;
use super::{Output, Plan, Rank, Reader, Subject, Target, open_data};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::lists::ListKey;
use crate::statistics::safe::SafeDataset;
use serde::Serialize;

/// The site map.
pub struct SiteMapPage;

const ADDRESS: &str = "/sitemap/";
/// How many bulletins of a section are shown.
const SHOWN: usize = 20;

#[derive(Serialize)]
struct SiteMapView {
    title: String,
    crumbs: Vec<Link>,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    label: String,
    href: Option<String>,
    items: Vec<Link>,
    more: Option<String>,
}

impl Output for SiteMapPage {
    fn name(&self) -> &'static str {
        "site-map-page"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        plan.add(ADDRESS, Rank::List, Subject::Site);
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let interface = Interface::of(site);
        let mut groups: Vec<Group> = site
            .sections()
            .filter_map(|section| {
                let list = site.list(&ListKey::Section(section.dir().to_owned()))?;
                let newest = list.entries.iter().take(SHOWN);
                Some(Group {
                    label: section.title().to_owned(),
                    href: Some(site.href(section.address())),
                    items: newest.map(|&ix| Link::to(site.entry(ix), site)).collect(),
                    more: (list.entries.len() > SHOWN)
                        .then(|| interface.fill("all_in_section", "n", &list.entries.len())),
                })
            })
            .collect();
        let pages = site.pages().map(|entry| Link::to(entry, site)).collect();
        for (key, items) in [
            ("site_pages", pages),
            ("ways", ways(site, &interface)),
            ("subscribe", subscribe(site, &interface)),
        ] {
            groups.push(Group { label: interface.text(key).to_owned(), href: None, items, more: None });
        }
        groups.retain(|group| group.href.is_some() || !group.items.is_empty());
        let view = SiteMapView {
            title: interface.text("site_map").to_owned(),
            crumbs: vec![Link::new(interface.text("home"), site.href("/"))],
            groups,
        };
        let head = Head::new(site, &view.title, ADDRESS).describe(interface.text("site_map_about"));
        frame::render(site, "site_map.html", Here { address: ADDRESS, section: ADDRESS }, head, &view, "")
    }
}

/// What programs can follow.
fn subscribe(site: &Reader, interface: &Interface) -> Vec<Link> {
    let meetings = site.has_calendar().then_some(("feed_meetings", documents::MEETINGS));
    [("feed_site", "/atom.xml"), ("feed_alerts", documents::ALERTS)]
        .into_iter()
        .chain(meetings)
        .map(|(key, address)| Link::new(interface.text(key), site.href(address)))
        .collect()
}

/// The overviews that there are.
fn ways(site: &Reader, interface: &Interface) -> Vec<Link> {
    let has = |wanted: fn(&ListKey) -> bool| site.lists().any(|list| wanted(list.key));
    [
        ("archive", "/archive/", true),
        ("all_tags", "/tags/", has(|key| matches!(key, ListKey::Tag(_)))),
        ("all_areas", "/areas/", has(|key| matches!(key, ListKey::Area(_)))),
        ("all_scams", "/scams/", has(|key| matches!(key, ListKey::Scam(_)))),
        ("handouts", "/handouts/", gallery::address(site).is_some()),
        ("data_page", open_data::ADDRESS, site.statistics().datasets().any(SafeDataset::is_open)),
    ]
    .into_iter()
    .filter(|(.., there)| *there)
    .map(|(key, address, _)| Link::new(interface.text(key), site.href(address)))
    .collect()
}
