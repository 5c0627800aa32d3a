//! Lists in pages of twenty: of sections, tags, villages, types of scams and months.
//!
//! Refuses: bodies of entries. A list holds cards.
//! Invariant: every page of a list is planned from the list's length; page 1 stands at the list's own address.

use super::card::{Card, Contact, Link};
use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::{Output, Plan, Rank, Reader, Subject, Target, body, page};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::lists::{List, ListKey};
use serde::Serialize;

/// The lists.
pub struct Listings;

#[derive(Serialize)]
struct ListingView {
    title: String,
    crumbs: Vec<Link>,
    summary: Option<String>,
    count: String,
    has_body: bool,
    officers: Vec<Contact>,
    cards: Vec<Card>,
    pages: Vec<PageLink>,
}

/// A step of the pager; without an address it is the page shown, or a gap.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct PageLink {
    label: String,
    href: Option<String>,
    current: bool,
    rel: Option<&'static str>,
}

impl Output for Listings {
    fn name(&self) -> &'static str {
        "listing"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (key, list) in &model.lists {
            // All bulletins together are the archive's, which divides them by month.
            if *key == ListKey::All {
                continue;
            }
            for number in 1..=list.pages() {
                plan.add(&list.page_address(number), Rank::List, Subject::List(key.clone(), number));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::List(key, number) = &target.subject else { unreachable!("planned above") };
        let interface = Interface::of(site);
        let list = site.list(key).expect("planned lists are in the model");
        let mut view = view(key, list, *number, site, &interface);
        let title = if *number == 1 {
            view.title.clone()
        } else {
            format!("{} {}", view.title, interface.fill("page_of", "n", number))
        };
        let address = list.page_address(*number);
        let mut head = Head::new(site, &title, &address);
        let mut body = String::new();
        if let ListKey::Section(dir) = key
            && let Some(section) = site.section(dir)
        {
            head = head.section(section, site);
            if *number == 1 {
                body = body::section_body(site, section)?;
            }
        } else if let Some(about) = &view.summary {
            head = head.describe(about);
        }
        view.has_body = !body.is_empty();
        frame::render(
            site,
            "listing.html",
            Here { address: &address, section: &list.address },
            head,
            &view,
            &body,
        )
    }
}

fn view(key: &ListKey, list: &List, number: usize, site: &Reader, interface: &Interface) -> ListingView {
    let config = site.config();
    let home = || Link::new(interface.text("home"), site.href("/"));
    let overview =
        |key: &'static str, address: &str| vec![home(), Link::new(interface.text(key), site.href(address))];
    let (title, crumbs, summary, officers) = match key {
        ListKey::All => (list.title.clone(), vec![home()], None, Vec::new()),
        ListKey::Section(dir) => {
            let section = site.section(dir).expect("lists of sections have one");
            let mut crumbs = page::crumbs(section, site, interface);
            crumbs.pop();
            (
                section.title.clone(),
                crumbs,
                Some(section.summary.clone()).filter(|about| !about.is_empty()),
                Vec::new(),
            )
        }
        ListKey::Tag(tag) => {
            (interface.fill("tag_heading", "name", tag), overview("all_tags", "/tags/"), None, Vec::new())
        }
        ListKey::Scam(scam) => (
            interface.fill("scam_heading", "name", scam),
            overview("all_scams", "/scams/"),
            site.scam_about(scam),
            Vec::new(),
        ),
        ListKey::Area(code) => {
            let officers = config.officers.iter().filter(|officer| officer.area.value == *code);
            (
                interface.fill("area_heading", "name", &list.title),
                overview("all_areas", "/areas/"),
                None,
                officers.map(|officer| Contact::officer(officer, config)).collect(),
            )
        }
        ListKey::Month(year, month) => {
            let name = interface
                .fill("month_of_year", "month", &interface.month(*month))
                .replace("{year}", &year.to_string());
            (name, overview("archive", "/archive/"), None, Vec::new())
        }
    };
    ListingView {
        title,
        crumbs,
        summary,
        count: interface.fill("count", "n", &list.entries.len()),
        has_body: false,
        officers,
        cards: list.page(number).iter().map(|&ix| Card::new(site.entry(ix), site, interface)).collect(),
        pages: pager(number, list.pages(), interface, &|page| site.href(&list.page_address(page))),
    }
}

/// Previous, first, neighbours, last, next; gaps between them.
pub fn pager(
    current: usize,
    last: usize,
    interface: &Interface,
    href: &dyn Fn(usize) -> String,
) -> Vec<PageLink> {
    if last < 2 {
        return Vec::new();
    }
    let mut links = Vec::new();
    let step = |key: &'static str, page: usize, rel: &'static str| PageLink {
        label: interface.text(key).to_owned(),
        href: Some(href(page)),
        current: false,
        rel: Some(rel),
    };
    if current > 1 {
        links.push(step("previous_page", current - 1, "prev"));
    }
    let mut before = 0;
    for page in shown(current, last) {
        if page > before + 1 {
            links.push(PageLink { label: "…".to_owned(), href: None, current: false, rel: None });
        }
        before = page;
        let here = page == current;
        links.push(PageLink {
            label: page.to_string(),
            href: (!here).then(|| href(page)),
            current: here,
            rel: None,
        });
    }
    if current < last {
        links.push(step("next_page", current + 1, "next"));
    }
    links
}

/// The numbers that a pager shows; a gap of one page is filled, since "…" is no shorter.
fn shown(current: usize, last: usize) -> Vec<usize> {
    let near = |page: usize| page == 1 || page == last || page.abs_diff(current) <= 1;
    (1..=last)
        .filter(|&page| near(page) || (page > 1 && page < last && near(page - 1) && near(page + 1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_shows_ends_and_neighbours() {
        assert_eq!(shown(1, 1), [1]);
        assert_eq!(shown(1, 3), [1, 2, 3]);
        assert_eq!(shown(1, 9), [1, 2, 9]);
        assert_eq!(shown(4, 9), [1, 2, 3, 4, 5, 9]);
        assert_eq!(shown(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown(9, 9), [1, 8, 9]);
    }
}
