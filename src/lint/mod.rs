//! Checks of the whole site before anything is published.
//!
//! Refuses: publishing a model that was not checked; see [`gate`].
//! Invariant: a lint only reads the model and reports; it changes nothing and writes nothing.

pub mod allow;
pub mod explain;
pub mod gate;
pub mod register_file;
pub mod rules;

use crate::diag::{Code, Sink};
use crate::model::Model;
use crate::statistics::safe::SafeData;
use crate::world::OutPath;

/// The site as lints see it.
pub struct Site<'m> {
    /// The model.
    pub model: &'m Model,
    /// The path of every file that would be published, sorted.
    pub planned: &'m [&'m OutPath],
    /// What may be published of the datasets.
    pub statistics: &'m SafeData,
}

impl Site<'_> {
    /// Whether an address of the site would be published.
    pub fn publishes(&self, address: &str) -> bool {
        let inner = address.trim_start_matches('/');
        let wanted = if inner.is_empty() || inner.ends_with('/') {
            format!("{inner}index.html")
        } else {
            inner.to_owned()
        };
        // Addresses are compared as paths are kept: in their normal form.
        OutPath::new(&wanted).is_ok_and(|path| self.planned.binary_search(&&path).is_ok())
    }
}

/// One rule.
pub trait Lint: Sync {
    /// Its code, name and default level. Its explanation stands beside it, see [`rules::EXPLAINED`].
    fn code(&self) -> Code;
    /// Looks at the site and reports.
    fn check(&self, site: &Site, sink: &mut Sink);
}
