//! Lists in pages: of sections, tags, villages, types of scams and months.
//!
//! The newest bulletins stand at the list's own address. The older ones stand on pages of twenty that are numbered from the
//! oldest, and nothing on such a page counts what came after it; so a new bulletin changes the first page, and when the
//! first page is full, the page that becomes the newest of the others.
//!
//! Refuses: bodies of entries. A list holds cards.
//! Invariant: every page of a list is planned from the list's length; a page that was published answers.

use super::card::{Card, Contact, Link};
use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::trace::{Bulletin, ListPage, PageOrder};
use super::{Output, Plan, Rank, Reader, Subject, Target, alias, body, page};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::lists::ListKey;
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
            for number in 0..=list.last_page() {
                plan.add(&list.page_address(number), Rank::List, Subject::List(key.clone(), number));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::List(key, number) = &target.subject else { unreachable!("planned above") };
        let interface = Interface::of(site);
        let list = site.list_page(key, *number).expect("planned lists are in the model");
        let address = page_address(&list, *number);
        if list.order == PageOrder::GivenUp {
            return alias::render(site, &address, list.title, list.address);
        }
        let mut view = view(key, &list, site, &interface);
        let title = if *number == 0 {
            view.title.clone()
        } else {
            format!("{} {}", view.title, interface.fill("older_page", "n", number))
        };
        let mut head = Head::new(site, &title, &address);
        let mut body = String::new();
        if let ListKey::Section(dir) = key
            && let Some(section) = site.section(dir)
        {
            head = head.section(section, site);
            if *number == 0 {
                body = body::of_section(site, dir);
            }
        } else if let Some(about) = &view.summary {
            head = head.describe(about);
        }
        view.has_body = !body.is_empty();
        frame::render(
            site,
            "listing.html",
            Here { address: &address, section: list.address },
            head,
            &view,
            &body,
        )
    }
}

fn page_address(list: &ListPage, number: usize) -> String {
    if number == 0 { list.address.to_owned() } else { format!("{}page/{number}/", list.address) }
}

fn view(key: &ListKey, list: &ListPage, site: &Reader, interface: &Interface) -> ListingView {
    let config = site.config();
    let home = || Link::new(interface.text("home"), site.href("/"));
    let overview =
        |key: &'static str, address: &str| vec![home(), Link::new(interface.text(key), site.href(address))];
    let (title, crumbs, summary, officers) = match key {
        ListKey::All => (list.title.to_owned(), vec![home()], None, Vec::new()),
        ListKey::Section(dir) => {
            let section = site.section(dir).expect("lists of sections have one");
            let mut crumbs = page::crumbs(section, site, interface);
            crumbs.pop();
            let about = Some(section.summary().to_owned()).filter(|about| !about.is_empty());
            (section.title().to_owned(), crumbs, about, Vec::new())
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
    let bulletins: Vec<Bulletin> = list.entries.iter().map(|&ix| site.entry(ix)).collect();
    let pager = match list.order {
        PageOrder::Newest { older, .. } => newest_pager(older, list, site, interface),
        PageOrder::Older { number, last } => older_pager(number, last, list, site, interface),
        PageOrder::GivenUp => Vec::new(),
    };
    ListingView {
        title,
        crumbs,
        summary,
        count: match list.order {
            PageOrder::Newest { count, .. } => interface.fill("count", "n", &count),
            PageOrder::Older { .. } | PageOrder::GivenUp => span(&bulletins, interface),
        },
        has_body: false,
        officers,
        cards: bulletins.into_iter().map(|bulletin| Card::new(bulletin, site, interface)).collect(),
        pages: pager,
    }
}

/// From when to when the bulletins of an older page are, in the order of time.
fn span(bulletins: &[Bulletin], interface: &Interface) -> String {
    let dates = || bulletins.iter().filter_map(|bulletin| bulletin.sort_key());
    match (dates().min(), dates().max()) {
        (Some(from), Some(to)) => {
            let text = interface.fill("older_dates", "from", &interface.day(from).text);
            text.replace("{to}", &interface.day(to).text)
        }
        _ => String::new(),
    }
}

/// The pager of a list's newest page: this one, the newest of the others, the oldest.
fn newest_pager(older: usize, list: &ListPage, site: &Reader, interface: &Interface) -> Vec<PageLink> {
    if older == 0 {
        return Vec::new();
    }
    let mut links = vec![PageLink::here(interface.text("newest_page").to_owned())];
    links.extend(down_from(older, list, site));
    links.push(PageLink::step(interface.text("older_ones"), site.href(&page_address(list, older)), "next"));
    links
}

/// The pager of an older page. It names the next newer page and none beyond it, so that it stays as it is.
fn older_pager(
    number: usize,
    last: bool,
    list: &ListPage,
    site: &Reader,
    interface: &Interface,
) -> Vec<PageLink> {
    let newer = if last { 0 } else { number + 1 };
    let mut links = vec![
        PageLink::step(interface.text("newer_ones"), site.href(&page_address(list, newer)), "prev"),
        PageLink::to(interface.text("newest_page").to_owned(), site.href(list.address)),
    ];
    if !last {
        links.push(PageLink::to(newer.to_string(), site.href(&page_address(list, newer))));
    }
    links.push(PageLink::here(number.to_string()));
    if number > 1 {
        links.extend(down_from(number - 1, list, site));
        links.push(PageLink::step(
            interface.text("older_ones"),
            site.href(&page_address(list, number - 1)),
            "next",
        ));
    }
    links
}

/// A page and the oldest, with what is between them if that is one.
fn down_from(number: usize, list: &ListPage, site: &Reader) -> Vec<PageLink> {
    let link = |number: usize| PageLink::to(number.to_string(), site.href(&page_address(list, number)));
    match number {
        0 => Vec::new(),
        1 => vec![link(1)],
        2 | 3 => (1..=number).rev().map(link).collect(),
        _ => vec![link(number), PageLink::gap(), link(1)],
    }
}

impl PageLink {
    fn to(label: String, href: String) -> Self {
        Self { label, href: Some(href), current: false, rel: None }
    }

    fn here(label: String) -> Self {
        Self { label, href: None, current: true, rel: None }
    }

    fn gap() -> Self {
        Self { label: "…".to_owned(), href: None, current: false, rel: None }
    }

    fn step(label: &str, href: String, rel: &'static str) -> Self {
        Self { label: label.to_owned(), href: Some(href), current: false, rel: Some(rel) }
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
    if current > 1 {
        links.push(PageLink::step(interface.text("previous_page"), href(current - 1), "prev"));
    }
    let mut before = 0;
    for page in shown(current, last) {
        if page > before + 1 {
            links.push(PageLink::gap());
        }
        before = page;
        links.push(if page == current {
            PageLink::here(page.to_string())
        } else {
            PageLink::to(page.to_string(), href(page))
        });
    }
    if current < last {
        links.push(PageLink::step(interface.text("next_page"), href(current + 1), "next"));
    }
    links
}

/// The numbers that a pager shows; a gap of one page is filled, since "…" is no shorter.
fn shown(current: usize, last: usize) -> Vec<usize> {
    let from = if current <= 4 { 1 } else { current - 1 };
    let to = if current + 3 >= last { last } else { current + 1 };
    let ends = [1, last];
    let mut pages: Vec<usize> = (from..=to).chain(ends).collect();
    pages.sort_unstable();
    pages.dedup();
    pages
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_shows_ends_and_neighbours() {
        assert_eq!(shown(1, 1), [1]);
        assert_eq!(shown(1, 3), [1, 2, 3]);
        assert_eq!(shown(1, 9), [1, 2, 9]);
        assert_eq!(shown(2, 9), [1, 2, 3, 9]);
        assert_eq!(shown(1, 4), [1, 2, 3, 4]);
        assert_eq!(shown(4, 9), [1, 2, 3, 4, 5, 9]);
        assert_eq!(shown(5, 9), [1, 4, 5, 6, 9]);
        assert_eq!(shown(9, 9), [1, 8, 9]);
    }
}
