//! `sitemap.xml` for search engines, in parts where one file would be too long.
//!
//! Refuses: pages that ask not to be indexed.
//! Invariant: every address in it is that of a page of this build.

use crate::diag::Diagnostic;
use crate::model::{Model, addresses};
use crate::output::feed_documents::sitemap::{self, Page};
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};

/// The site map.
pub struct SiteMap;

impl Output for SiteMap {
    fn name(&self) -> &'static str {
        "site-map"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for name in sitemap::file_names(addresses::all(model).len()) {
            plan.add(&format!("/{name}"), Rank::List, Subject::Site);
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let zone = &site.config().zone;
        let pages: Vec<Page> = site
            .addresses()
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
