//! The ways into the lists: all tags, all villages, all types of scams.
//!
//! Refuses: overviews of nothing; a site without villages has no page of villages.
//! Invariant: a village is shown even before anything concerns it, since its officer can be asked.

use super::card::Link;
use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::trace::ListName;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::lists::ListKey;
use serde::Serialize;

/// All tags.
pub struct Tags;
/// All villages.
pub struct Areas;
/// All types of scams.
pub struct Scams;

#[derive(Serialize)]
struct TermsView {
    title: String,
    crumbs: Vec<Link>,
    summary: String,
    groups: Vec<Group>,
}

#[derive(Serialize)]
struct Group {
    label: Option<String>,
    described: bool,
    items: Vec<Term>,
}

#[derive(Serialize)]
struct Term {
    label: String,
    href: String,
    about: Option<String>,
    count: String,
}

impl Output for Tags {
    fn name(&self) -> &'static str {
        "tags"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        if model.lists.keys().any(|key| matches!(key, ListKey::Tag(_))) {
            plan.add("/tags/", Rank::List, Subject::Site);
        }
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let interface = Interface::of(site);
        let mut tags: Vec<ListName> =
            site.lists().filter(|list| matches!(list.key, ListKey::Tag(_))).collect();
        // What most bulletins are about comes first; `lists` is sorted, so ties keep the order of their names.
        tags.sort_by_key(|list| std::cmp::Reverse(list.count));
        let items = tags.into_iter().map(|list| term(list, None, list.count.to_string(), site)).collect();
        let groups = vec![Group { label: None, described: false, items }];
        overview("all_tags", "all_tags_about", "/tags/", groups, site, &interface)
    }
}

impl Output for Areas {
    fn name(&self) -> &'static str {
        "areas"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        if !model.config.areas.is_empty() {
            plan.add("/areas/", Rank::List, Subject::Site);
        }
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let (interface, config) = (Interface::of(site), site.config());
        let lists: std::collections::BTreeMap<&ListKey, ListName> =
            site.lists().map(|list| (list.key, list)).collect();
        let mut groups: Vec<Group> = Vec::new();
        for area in &config.areas {
            let Some(&list) = lists.get(&ListKey::Area(area.code.clone())) else { continue };
            let officers: Vec<&str> = config
                .officers
                .iter()
                .filter(|officer| officer.area.value == area.code)
                .map(|officer| officer.name.as_str())
                .collect();
            let about = (!officers.is_empty()).then(|| interface.join(&officers));
            let item = term(list, about, interface.fill("count", "n", &list.count), site);
            match groups.iter_mut().find(|group| group.label == area.group) {
                Some(group) => group.items.push(item),
                None => groups.push(Group { label: area.group.clone(), described: true, items: vec![item] }),
            }
        }
        overview("all_areas", "all_areas_about", "/areas/", groups, site, &interface)
    }
}

impl Output for Scams {
    fn name(&self) -> &'static str {
        "scams"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        if model.lists.keys().any(|key| matches!(key, ListKey::Scam(_))) {
            plan.add("/scams/", Rank::List, Subject::Site);
        }
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let interface = Interface::of(site);
        let items = site
            .lists()
            .filter_map(|list| match list.key {
                ListKey::Scam(name) => {
                    Some(term(list, site.scam_about(name), interface.fill("count", "n", &list.count), site))
                }
                _ => None,
            })
            .collect();
        let groups = vec![Group { label: None, described: true, items }];
        overview("all_scams", "all_scams_about", "/scams/", groups, site, &interface)
    }
}

fn term(list: ListName, about: Option<String>, count: String, site: &Reader) -> Term {
    Term { label: list.title.to_owned(), href: site.href(list.address), about, count }
}

fn overview<'m>(
    title: &'m str,
    about: &'m str,
    address: &str,
    groups: Vec<Group>,
    site: &Reader<'m>,
    interface: &Interface<'m>,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let view = TermsView {
        title: interface.text(title).to_owned(),
        crumbs: vec![Link::new(interface.text("home"), site.href("/"))],
        summary: interface.text(about).to_owned(),
        groups,
    };
    let head = Head::new(site, &view.title, address).describe(&view.summary);
    frame::render(site, "terms.html", Here { address, section: address }, head, &view, "")
}
