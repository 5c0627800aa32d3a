//! `sitemap.xml` for search engines, in parts where one file would be too long.
//!
//! Refuses: pages that ask not to be indexed.
//! Invariant: every address in it is that of a page of this build.

use crate::diag::Diagnostic;
use crate::model::{Model, listed_pages};
use crate::output::feed_documents::sitemap::{self, Page};
use crate::output::handout::shelves::Filter;
use crate::output::open_data;
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use crate::statistics::safe::SafeData;

/// Whether there is a page of open data.
fn has_data(statistics: &SafeData) -> bool {
    statistics.datasets().next().is_some()
}

/// The site map.
pub struct SiteMap;

impl Output for SiteMap {
    fn name(&self) -> &'static str {
        "site-map"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        let more = plan.workshop.shelves(model).filters.len() + usize::from(has_data(plan.statistics));
        for name in sitemap::file_names(listed_pages::all(model).len() + more) {
            plan.add(&format!("/{name}"), Rank::List, Subject::Site);
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let zone = &site.config().zone;
        let mut pages: Vec<Page> = site
            .addresses()
            .into_iter()
            .map(|page| Page {
                url: site.url(&page.address),
                updated: page.changed.map(|when| when.zoned(zone)),
            })
            .collect();
        let data = has_data(site.statistics()).then(|| open_data::ADDRESS.to_owned());
        pages.extend(
            site.shelves()
                .filters
                .keys()
                .map(Filter::address)
                .chain(data)
                .map(|address| Page { url: site.url(&address), updated: None }),
        );
        let names = sitemap::file_names(pages.len());
        let file = names.iter().position(|name| *name == *target.path).expect("planned by the same names");
        Ok(sitemap::document(&pages, &site.url("/"), file))
    }
}
