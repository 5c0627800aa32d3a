//! `sitemap.xml` for search engines, in parts where one file would be too long.
//!
//! It is an output of the last phase: of the pages that want to be found, it lists those that some output plans.
//! Refuses: pages that ask not to be indexed.
//! Invariant: every address in it is that of a page of this build.

use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::listed_pages::{self, PageAddress};
use crate::output::feed_documents::sitemap::{self, Page};
use crate::output::handout::shelves::{Filter, Shelves};
use crate::output::open_data;
use crate::output::workshop::Planned;
use crate::output::{Output, Phase, Plan, Rank, Reader, Subject, Target};

/// The site map.
pub struct SiteMap;

/// The pages that want to be found and are planned.
fn pages(addresses: Vec<PageAddress>, shelves: &Shelves, planned: &Planned) -> Vec<PageAddress> {
    let more = shelves.filters.keys().map(Filter::address).chain([open_data::ADDRESS.to_owned()]);
    let more = more.map(|address| PageAddress { address, changed: None });
    addresses.into_iter().chain(more).filter(|page| planned.has_page(&page.address)).collect()
}

impl Output for SiteMap {
    fn name(&self) -> &'static str {
        "site-map"
    }

    fn phase(&self) -> Phase {
        Phase::Last
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        let workshop = plan.workshop;
        let pages = pages(listed_pages::all(model), workshop.shelves(model), workshop.planned());
        for name in sitemap::file_names(pages.len()) {
            plan.add(&format!("/{name}"), Rank::List, Subject::Site);
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let zone = &site.config().zone;
        let pages: Vec<Page> = pages(site.addresses(), site.shelves(), site.planned())
            .into_iter()
            .map(|page| Page {
                url: site.url(&page.address),
                updated: page.changed.map(|when| when.zoned(zone)),
            })
            .collect();
        let names = sitemap::file_names(pages.len());
        let file = names.iter().position(|name| *name == *target.path).expect("planned by the same names");
        Ok(sitemap::document(&pages, &site.url("/"), file))
    }
}
