//! 印品下载: a picture of every handout, by kind and by village.
//!
//! Refuses: scripts; a filter is a page with an address, which works on every telephone and can be passed on.
//! Invariant: what is shown can be downloaded; a page stays light however many handouts there are.

use super::links::{self, HandoutLink};
use super::place::{FOLDER, Form, Handout, Owner};
use super::shelves::{Filter, Group};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::output::card::{Link, kind_label};
use crate::output::frame::{self, Here};
use crate::output::head::Head;
use crate::output::interface::Interface;
use crate::output::listing::{PageLink, pager};
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use serde::Serialize;

/// The gallery.
pub struct Gallery;

/// Handouts on one page.
const PAGE: usize = 24;

#[derive(Serialize)]
struct GalleryView {
    title: String,
    crumbs: Vec<Link>,
    count: String,
    groups: Vec<Choice>,
    villages: Vec<Choice>,
    shelves: Vec<Shelf>,
    pages: Vec<PageLink>,
}

/// A filter that can be chosen.
#[derive(Serialize)]
struct Choice {
    label: String,
    href: String,
    count: Option<usize>,
    current: bool,
}

#[derive(Serialize)]
struct Shelf {
    label: String,
    id: String,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Item {
    title: String,
    /// The bulletin's page; none for handouts of no single bulletin.
    page: Option<String>,
    picture: Option<Picture>,
    files: Vec<HandoutLink>,
}

#[derive(Serialize)]
struct Picture {
    src: String,
    width: u32,
    height: u32,
}

fn label(group: Group, interface: &Interface) -> String {
    match group {
        Group::Kind(kind) => kind_label(kind, interface),
        Group::Booklets => interface.text("layout_booklet").to_owned(),
        Group::Contacts => interface.text("layout_strip").to_owned(),
    }
}

/// Where the gallery stands, where there are handouts in it.
pub fn address(site: &Reader) -> Option<&'static str> {
    (!site.shelves().all.is_empty()).then_some(FOLDER)
}

impl Output for Gallery {
    fn name(&self) -> &'static str {
        "gallery"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (filter, handouts) in &plan.workshop.shelves(model).filters {
            for number in 1..=handouts.len().div_ceil(PAGE).max(1) {
                plan.add(&filter.page_address(number), Rank::List, Subject::Gallery(filter.clone(), number));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Gallery(filter, number) = &target.subject else { unreachable!("planned above") };
        let interface = Interface::of(site);
        let view = view(site, filter, *number, &interface);
        let address = filter.page_address(*number);
        let title = if *number == 1 {
            view.title.clone()
        } else {
            format!("{} {}", view.title, interface.fill("page_of", "n", number))
        };
        let head = Head::new(site, &title, &address).describe(interface.text("handouts_about"));
        frame::render(site, "handouts.html", Here { address: &address, section: FOLDER }, head, &view, "")
    }
}

fn view(site: &Reader, filter: &Filter, number: usize, interface: &Interface) -> GalleryView {
    let shelves = &site.shelves().filters;
    let handouts = shelves.get(filter).map(Vec::as_slice).unwrap_or_default();
    let all = interface.text("handouts").to_owned();
    let village =
        |code: &str| site.config().area(code).map_or_else(|| code.to_owned(), |area| area.name.clone());
    let title = match filter {
        Filter::All => all.clone(),
        Filter::Group(group) => interface.fill("handouts_of", "name", &label(*group, interface)),
        Filter::Village(code) => interface.fill("handouts_of", "name", &village(code)),
    };
    let mut crumbs = vec![Link::new(interface.text("home"), site.href("/"))];
    if *filter != Filter::All {
        crumbs.push(Link::new(all, site.href(FOLDER)));
    }
    let choice = |one: &Filter, label: String, count: Option<usize>| Choice {
        label,
        href: site.href(&one.address()),
        count,
        current: one == filter,
    };
    let every = || choice(&Filter::All, interface.text("handouts_all").to_owned(), None);
    let groups = shelves.iter().filter_map(|(one, handouts)| match one {
        Filter::Group(group) => Some(choice(one, label(*group, interface), Some(handouts.len()))),
        Filter::All | Filter::Village(_) => None,
    });
    let villages = site.config().areas.iter().filter_map(|area| {
        let one = Filter::Village(area.code.clone());
        let count = shelves.get(&one)?.len();
        Some(choice(&one, area.name.clone(), Some(count)))
    });
    let shown = handouts.iter().skip((number - 1) * PAGE).take(PAGE);
    GalleryView {
        title,
        crumbs,
        count: interface.fill("handouts_count", "n", &handouts.len()),
        groups: std::iter::once(every()).chain(groups).collect(),
        villages: std::iter::once(every()).chain(villages).collect(),
        shelves: shelf_by_shelf(site, shown, interface),
        pages: pager(number, handouts.len().div_ceil(PAGE), interface, &|page| {
            site.href(&filter.page_address(page))
        }),
    }
}

fn shelf_by_shelf<'h>(
    site: &Reader,
    shown: impl Iterator<Item = &'h (Group, Handout)>,
    interface: &Interface,
) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = Vec::new();
    for (group, handout) in shown {
        let Some(item) = item(site, handout, interface) else { continue };
        if shelves.last().is_none_or(|shelf| shelf.id != group.name()) {
            let id = group.name().to_owned();
            shelves.push(Shelf { label: label(*group, interface), id, items: Vec::new() });
        }
        shelves.last_mut().expect("one was pushed").items.push(item);
    }
    shelves
}

fn item(site: &Reader, handout: &Handout, interface: &Interface) -> Option<Item> {
    let (order, pressed) = links::made(site, handout)?;
    let files = site.sheet_files(handout);
    let picture = pressed.thumbnail.map(|(width, height)| Picture {
        src: site.href(&files.address(Form::Thumbnail)),
        width,
        height,
    });
    let page = match handout.owner {
        Owner::Bulletin(ix) => Some(site.href(site.entry(ix).address())),
        Owner::Booklet(_) | Owner::Village(_) => None,
    };
    Some(Item { title: order.title, page, picture, files: links::links(site, handout, &pressed, interface) })
}
