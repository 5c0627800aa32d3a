//! The page for addresses that do not exist.
//!
//! Refuses: relative links; it is served at every depth.
//! Invariant: it stands at `404.html`, where hosts look for it, and in no index.

use super::frame::{self, Here};
use super::head::Head;
use super::interface::Interface;
use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::Diagnostic;
use crate::model::Model;
use serde::Serialize;

/// The page for what is not there.
pub struct NotFound;

#[derive(Serialize)]
struct NotFoundView {}

impl Output for NotFound {
    fn name(&self) -> &'static str {
        "not-found"
    }

    fn plan(&self, _model: &Model, plan: &mut Plan) {
        plan.add("/404.html", Rank::Page, Subject::Site);
    }

    fn render(&self, _target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let head = Head::hidden(site, Interface::of(site).text("not_found"));
        frame::render(site, "not_found.html", Here { address: "", section: "" }, head, &NotFoundView {}, "")
    }
}
