//! How an address is written, by where it is read: on the site itself, or away from it.
//!
//! Invariant: an address of ours has its place on the page behind it, each part encoded once.

use super::Reader;
use super::asset::Documents;
use super::trace::Destination;
use crate::model::picture::Picture;
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

    /// Where a link leads; none where it leads nowhere. One to a photo leads to its largest published size, never to the camera's file.
    pub fn of_destination(self, site: &Reader, destination: &Destination) -> Option<String> {
        match destination {
            Destination::Page(address, fragment) => Some(self.of_place(site, address, fragment.as_deref())),
            Destination::Path(address, fragment) => Some(self.of_place(site, address, fragment.as_deref())),
            Destination::Fragment(id) => Some(format!("#{}", encode(id))),
            Destination::External(address) => Some(address.clone()),
            Destination::File(file) => match site.picture(file) {
                Some(picture) => {
                    picture.variants.last().map(|variant| self.of(site, &Picture::address(variant)))
                }
                None => {
                    let document = site.document(file)?;
                    Some(self.of(site, &Documents::address(file, &document.hash)))
                }
            },
            Destination::Nowhere => None,
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
