//! Whether what stands in `public/` is a build that passed the gates, of the content as it is now, without drafts.
//!
//! Refuses: a guess. Where nothing proves it, the site is built; if that changes anything, what stood there was another build.

use crate::build::compress;
use crate::build::make::Progress;
use crate::build::run::{self, Outcome, Request};
use crate::build::standing::{self, Asked, Once, Standing};
use crate::build::store::Store;
use crate::model::collect::Options;
use crate::world::World;
use std::path::Path;

/// What was found.
pub enum Gate {
    /// The last build stands, as it was.
    Stands(Box<Standing>),
    /// It was built; whether that left everything as it was.
    Built(Box<Outcome>, bool),
}

/// Looks, and builds where looking proves nothing.
pub fn pass(world: &dyn World, site: &Path, output: &Path, program: &str, progress: &dyn Progress) -> Gate {
    if let Some(standing) = stands(world, site, output, program) {
        return Gate::Stands(Box::new(standing));
    }
    let request = Request {
        site,
        output,
        named: false,
        options: Options { compress: compress::is_packed(output), ..Options::default() },
        program: program.to_owned(),
        deny_warnings: false,
    };
    let outcome = run::run(world, &request, progress);
    let same = outcome.summary.as_ref().is_some_and(|summary| summary.written + summary.removed == 0);
    Gate::Built(Box::new(outcome), same)
}

/// The last build, where nothing has changed since, however it was asked for; one with drafts is none.
fn stands(world: &dyn World, site: &Path, output: &Path, program: &str) -> Option<Standing> {
    let once = Once::new(world);
    let store = Store::existing(site);
    let kept_slugs = run::kept_slugs(site);
    for number in 0..8_u8 {
        let options = Options {
            compress: number & 1 != 0,
            without_handouts: number & 2 != 0,
            kept_slugs: kept_slugs.clone(),
            ..Options::default()
        };
        let asked = Asked { options: &options, program, deny_warnings: number & 4 != 0 };
        if let Some(standing) = standing::recall(&once, &store, site, output, &asked) {
            return Some(standing);
        }
    }
    None
}
