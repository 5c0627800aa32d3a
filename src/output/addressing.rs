//! How an address is written, by where it is read: on the site itself, or away from it.
//!
//! Invariant: an address of ours has its place on the page behind it, each part encoded once.

use super::Reader;
use crate::model::route::encode;

/// Where addresses are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addressing {
    /// On a page: addresses begin with the site's path.
    OnSite,
    /// In a feed or on paper: addresses are whole.
    Away,
}

impl Addressing {
    /// An address as it is written.
    pub fn of(self, site: &Reader, address: &str) -> String {
        match self {
            Self::OnSite => site.href(address),
            Self::Away => site.url(address),
        }
    }

    /// An address and a place on its page.
    pub fn of_place(self, site: &Reader, address: &str, fragment: Option<&str>) -> String {
        let address = self.of(site, address);
        match fragment {
            Some(fragment) => format!("{address}#{}", encode(fragment)),
            None => address,
        }
    }
}
