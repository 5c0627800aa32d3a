//! Handouts: PDF to print and pictures to share, planned for bulletins, booklets and villages.
//!
//! ```text
//! settings, front matter ──place──▶ Handout ──order──▶ Order (data, pictures, places) ──press──▶ Pressed (facts) + bytes in the cache
//! ```
//!
//! Refuses: a sheet on which text is cut off. It is left out, with a warning at the bulletin's line, and nobody links to it.
//! Invariant: what a handout depends on is in its order, and its order is made through [`Reader`], so its trace is complete.
//! Pages and the gallery ask the same [`press`], so a handout is typeset once.

mod around;
mod bulletin;
pub mod gallery;
pub mod links;
mod order;
pub mod place;
pub mod press;
pub mod pressed;
pub mod script;
pub mod shelves;
mod thumbnail;

pub use order::{Order, order};
pub use place::{Form, Handout, Owner, SheetFiles};
pub use press::copies;

use super::{Output, Plan, Rank, Reader, Subject, Target};
use crate::diag::{Diagnostic, Message, codes};
use crate::model::Model;

/// The handouts.
pub struct Handouts;

impl Output for Handouts {
    fn name(&self) -> &'static str {
        "handout"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for handout in &plan.workshop.shelves(model).all {
            let files = SheetFiles::of(model, handout);
            for &form in handout.forms() {
                plan.add(&files.address(form), Rank::Support, Subject::Handout(handout.clone(), form));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::Handout(handout, form) = &target.subject else { unreachable!("planned above") };
        let options = site.config().handouts.options;
        let Some(order) = order(site, handout, &options) else {
            return Err(Box::new(nothing_in_it(site, handout)));
        };
        if *form == Form::Sheets {
            script::too_long(&order).into_iter().for_each(|finding| site.remark(finding));
        }
        press::bytes(site, &order, *form)
    }
}

/// The finding for a booklet without bulletins.
fn nothing_in_it(site: &Reader, handout: &Handout) -> Diagnostic {
    let found = Diagnostic::new(codes::UNFILLABLE_HANDOUT, Message::new("booklet-empty"))
        .hint(Message::new("booklet-empty-hint"));
    match handout.owner {
        Owner::Booklet(number) => found.at(site.config().handouts.booklets[number].span),
        Owner::Bulletin(_) | Owner::Village(_) => found,
    }
}
