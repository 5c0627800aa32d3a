//! 印品下载: a picture of every handout, by kind and by village.
//!
//! Refuses: scripts; a filter is a page with an address, which works on every telephone and can be passed on.
//! Invariant: what is shown can be downloaded; a page stays light however many handouts there are.

use super::links::{self, HandoutLink};
use super::place::{FOLDER, Form, Handout, Owner, Place};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::entry::{Entry, EntryIx};
use crate::model::kind::Kind;
use crate::output::card::{Link, kind_label};
use crate::output::frame::{self, Here};
use crate::output::head::Head;
use crate::output::interface::Interface;
use crate::output::listing::{PageLink, pager};
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use serde::Serialize;
use std::collections::BTreeMap;

/// The gallery.
pub struct Gallery;

/// Handouts on one page.
const PAGE: usize = 24;

/// Which handouts a page of the gallery shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Filter {
    /// All.
    All,
    /// Of one group.
    Group(Group),
    /// For one village, by its code.
    Village(String),
}

/// What handouts are sorted by first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Of bulletins of a kind.
    Kind(Kind),
    /// Booklets of several bulletins.
    Booklets,
    /// Contact cards of villages.
    Contacts,
}

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

impl Group {
    fn of(handout: &Handout, entry: impl Fn(EntryIx) -> Kind) -> Self {
        match handout.owner {
            Owner::Bulletin(ix) => Self::Kind(entry(ix)),
            Owner::Booklet(_) => Self::Booklets,
            Owner::Village(_) => Self::Contacts,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            Self::Booklets => "booklets",
            Self::Contacts => "contacts",
        }
    }

    fn label(self, interface: &Interface) -> String {
        match self {
            Self::Kind(kind) => kind_label(kind, interface),
            Self::Booklets => interface.text("layout_booklet").to_owned(),
            Self::Contacts => interface.text("layout_strip").to_owned(),
        }
    }
}

impl Filter {
    fn address(&self) -> String {
        match self {
            Self::All => FOLDER.to_owned(),
            Self::Group(group) => format!("{FOLDER}{}/", group.name()),
            Self::Village(code) => format!("{FOLDER}areas/{code}/"),
        }
    }

    fn page_address(&self, number: usize) -> String {
        let address = self.address();
        if number == 1 { address } else { format!("{address}page/{number}/") }
    }
}

/// The handouts of each filter, in the order in which they are shown.
fn shelves<'m>(
    handouts: Vec<Handout>,
    entry: &dyn Fn(EntryIx) -> &'m Entry,
    booklet_areas: &dyn Fn(usize) -> Vec<String>,
) -> BTreeMap<Filter, Vec<Handout>> {
    let mut sorted: Vec<(Group, Handout)> = handouts
        .into_iter()
        .map(|handout| (Group::of(&handout, |ix| entry(ix).meta.kind), handout))
        .collect();
    // Newest first within a group; a bulletin's handouts stay together, as the settings name them.
    sorted.sort_by_key(|(group, handout)| {
        let newest = match handout.owner {
            Owner::Bulletin(ix) => entry(ix).sort_key(),
            Owner::Booklet(_) | Owner::Village(_) => None,
        };
        (*group, std::cmp::Reverse(newest), handout.owner.clone())
    });
    let mut shelves: BTreeMap<Filter, Vec<Handout>> = BTreeMap::new();
    for (group, handout) in sorted {
        let villages = match &handout.owner {
            Owner::Bulletin(ix) => entry(*ix).areas.clone(),
            Owner::Booklet(number) => booklet_areas(*number),
            Owner::Village(code) => vec![code.clone()],
        };
        let filters = [Filter::All, Filter::Group(group)].into_iter();
        for filter in filters.chain(villages.into_iter().map(Filter::Village)) {
            shelves.entry(filter).or_default().push(handout.clone());
        }
    }
    shelves
}

/// Whether the site has a gallery: also where this build makes no handouts, for menus lead there.
fn has_gallery(model: &Model) -> bool {
    let settings = &model.config.handouts;
    let own =
        || model.entries.iter().any(|entry| entry.meta.handouts.as_ref().is_some_and(|own| !own.is_empty()));
    !(settings.kinds.is_empty() && settings.booklets.is_empty() && settings.site.is_empty()) || own()
}

/// The first page of all handouts and of each filter, as planned.
pub fn planned(model: &Model) -> Vec<String> {
    planned_shelves(model).keys().map(Filter::address).collect()
}

/// The handouts of each filter, as planned; nothing where there is no gallery.
fn planned_shelves(model: &Model) -> BTreeMap<Filter, Vec<Handout>> {
    if !has_gallery(model) {
        return BTreeMap::new();
    }
    let areas = |number: usize| booklet_areas(&model.config, number);
    let mut shelves = shelves(super::place::all(model), &|ix| model.entry(ix), &areas);
    shelves.entry(Filter::All).or_default();
    shelves
}

/// Where the gallery stands, where there is one.
pub fn address(site: &Reader) -> Option<&'static str> {
    (!site.handouts().is_empty()).then_some(FOLDER)
}

impl Output for Gallery {
    fn name(&self) -> &'static str {
        "gallery"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (filter, handouts) in planned_shelves(model) {
            for number in 1..=handouts.len().div_ceil(PAGE).max(1) {
                plan.add(&filter.page_address(number), Rank::List, Subject::Gallery(filter.clone(), number));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Gallery(filter, number) = &target.subject else { unreachable!("planned above") };
        let interface = Interface::of(site);
        let areas = |number: usize| booklet_areas(site.config(), number);
        let shelves = shelves(site.handouts(), &|ix| site.listed(ix), &areas);
        let view = view(site, filter, *number, &shelves, &interface);
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

fn booklet_areas(config: &crate::model::config::Config, number: usize) -> Vec<String> {
    let areas = config.handouts.booklets[number].areas.iter();
    areas.filter_map(|area| Some(config.area(&area.value)?.code.clone())).collect()
}

fn view(
    site: &Reader,
    filter: &Filter,
    number: usize,
    shelves: &BTreeMap<Filter, Vec<Handout>>,
    interface: &Interface,
) -> GalleryView {
    let nothing = Vec::new();
    let handouts = shelves.get(filter).unwrap_or(&nothing);
    let all = interface.text("handouts").to_owned();
    let village =
        |code: &str| site.config().area(code).map_or_else(|| code.to_owned(), |area| area.name.clone());
    let title = match filter {
        Filter::All => all.clone(),
        Filter::Group(group) => interface.fill("handouts_of", "name", &group.label(interface)),
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
        Filter::Group(group) => Some(choice(one, group.label(interface), Some(handouts.len()))),
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
    shown: impl Iterator<Item = &'h Handout>,
    interface: &Interface,
) -> Vec<Shelf> {
    let mut shelves: Vec<Shelf> = Vec::new();
    for handout in shown {
        let Some(item) = item(site, handout, interface) else { continue };
        let group = Group::of(handout, |ix| site.listed(ix).meta.kind);
        if shelves.last().is_none_or(|shelf| shelf.id != group.name()) {
            let id = group.name().to_owned();
            shelves.push(Shelf { label: group.label(interface), id, items: Vec::new() });
        }
        shelves.last_mut().expect("one was pushed").items.push(item);
    }
    shelves
}

fn item(site: &Reader, handout: &Handout, interface: &Interface) -> Option<Item> {
    let (order, pressed) = links::made(site, handout)?;
    let place = Place::read(site, handout);
    let picture = pressed.thumbnail.map(|(width, height)| Picture {
        src: site.href(&place.address(Form::Thumbnail)),
        width,
        height,
    });
    let page = match handout.owner {
        Owner::Bulletin(ix) => Some(site.href(&site.listed(ix).address)),
        Owner::Booklet(_) | Owner::Village(_) => None,
    };
    Some(Item { title: order.title, page, picture, files: links::links(site, handout, &pressed, interface) })
}
