//! Old addresses: a small page that leads to the new one, since many hosts of our users know no redirects.
//!
//! Refuses: scripts. The way on is a `refresh` without delay, and a link for whoever is not taken along.
//! Invariant: an old address leads to the entry's address of today, in one step.

use super::frame::{self, Here};
use super::head::Head;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::model::Model;
use serde::Serialize;

/// Old addresses.
pub struct Aliases;

#[derive(Serialize)]
struct AliasView {
    title: String,
    href: String,
    url: String,
}

impl Output for Aliases {
    fn name(&self) -> &'static str {
        "alias"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (old, &ix) in &model.aliases {
            plan.add(old, Rank::Page, Subject::Alias(old.clone(), ix));
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Alias(old, ix) = &target.subject else { unreachable!("planned above") };
        let entry = site.entry(*ix);
        render(site, old, entry.title(), entry.address())
    }
}

/// A page at an old address that leads to a new one.
///
/// # Errors
/// A finding at the template's line.
pub fn render(site: &Reader, old: &str, title: &str, new: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    let view = AliasView { title: title.to_owned(), href: site.href(new), url: site.url(new) };
    let head = Head::hidden(site, title);
    frame::render(site, "alias.html", Here { address: old, section: old }, head, &view, "")
}
