//! `robots.txt`: search engines may read everything, and find the site map here.
//!
//! Refuses: hiding pages by it, which only shows where they are; what must not be found is not published.
//! Invariant: it names the site map by its full address.

use crate::diag::Diagnostic;
use crate::model::Model;
use crate::output::feed_documents::sitemap;
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};

/// `robots.txt`.
pub struct Robots;

impl Output for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        plan.add("/robots.txt", Rank::List, Subject::Site);
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        Ok(sitemap::robots(&site.url("/sitemap.xml"), &[]))
    }
}
