//! The handouts of a site, sorted onto the shelves of its gallery: by kind and by village.
//!
//! Refuses: looking at what a handout shows. Shelves follow from settings and front matter.
//! Invariant: shelves are sorted once a build; a page of the gallery takes its part of one.

use super::place::{self, FOLDER, Handout, Owner};
use crate::model::Model;
use crate::model::config::Config;
use crate::model::kind::Kind;
use std::collections::BTreeMap;

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

impl Group {
    /// The group of a handout.
    pub fn of(model: &Model, handout: &Handout) -> Self {
        match handout.owner {
            Owner::Bulletin(ix) => Self::Kind(model.entry(ix).meta.kind),
            Owner::Booklet(_) => Self::Booklets,
            Owner::Village(_) => Self::Contacts,
        }
    }

    /// Its name in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Kind(kind) => kind.name(),
            Self::Booklets => "booklets",
            Self::Contacts => "contacts",
        }
    }
}

impl Filter {
    /// The address of its first page.
    pub fn address(&self) -> String {
        match self {
            Self::All => FOLDER.to_owned(),
            Self::Group(group) => format!("{FOLDER}{}/", group.name()),
            Self::Village(code) => format!("{FOLDER}areas/{code}/"),
        }
    }

    /// The address of one of its pages, from 1.
    pub fn page_address(&self, number: usize) -> String {
        let address = self.address();
        if number == 1 { address } else { format!("{address}page/{number}/") }
    }
}

/// All handouts, by shelf.
#[derive(Debug, Default)]
pub struct Shelves {
    /// Every handout: of bulletins in the order of their files, then booklets, then villages.
    pub all: Vec<Handout>,
    /// The handouts of each filter with their groups, in the order in which they are shown; none where the site has no gallery.
    pub filters: BTreeMap<Filter, Vec<(Group, Handout)>>,
}

impl Shelves {
    /// Sorts the handouts of a site.
    pub fn new(model: &Model) -> Self {
        let all = place::all(model);
        let mut filters = BTreeMap::new();
        if has_gallery(model) {
            filters.insert(Filter::All, Vec::new());
            sort(model, &all, &mut filters);
        }
        Self { all, filters }
    }
}

fn sort(model: &Model, all: &[Handout], filters: &mut BTreeMap<Filter, Vec<(Group, Handout)>>) {
    let mut sorted: Vec<(Group, &Handout)> =
        all.iter().map(|handout| (Group::of(model, handout), handout)).collect();
    // Newest first within a group; a bulletin's handouts stay together, as the settings name them.
    sorted.sort_by_key(|(group, handout)| {
        let newest = match handout.owner {
            Owner::Bulletin(ix) => model.entry(ix).sort_key(),
            Owner::Booklet(_) | Owner::Village(_) => None,
        };
        (*group, std::cmp::Reverse(newest), &handout.owner)
    });
    for (group, handout) in sorted {
        let villages = match &handout.owner {
            Owner::Bulletin(ix) => model.entry(*ix).areas.clone(),
            Owner::Booklet(number) => booklet_areas(&model.config, *number),
            Owner::Village(code) => vec![code.clone()],
        };
        let kinds = [Filter::All, Filter::Group(group)].into_iter();
        for filter in kinds.chain(villages.into_iter().map(Filter::Village)) {
            filters.entry(filter).or_default().push((group, handout.clone()));
        }
    }
}

/// Whether the site has a gallery: also where this build makes no handouts, for menus lead there.
fn has_gallery(model: &Model) -> bool {
    let settings = &model.config.handouts;
    let own =
        || model.entries.iter().any(|entry| entry.meta.handouts.as_ref().is_some_and(|own| !own.is_empty()));
    !(settings.kinds.is_empty() && settings.booklets.is_empty() && settings.site.is_empty()) || own()
}

fn booklet_areas(config: &Config, number: usize) -> Vec<String> {
    let areas = config.handouts.booklets[number].areas.iter();
    areas.filter_map(|area| Some(config.area(&area.value)?.code.clone())).collect()
}
