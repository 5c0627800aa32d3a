//! A body's HTML in its place on the site: links resolved, pictures in their sizes.
//!
//! Refuses: links that the gate would refuse; they become plain text.
//! Invariant: what a link means is what `Model::resolve` says, as for the link lint.

use super::Reader;
use super::asset::Documents;
use super::figures::Figures;
use super::html::{self, HtmlContext, Labels, PictureHtml};
use crate::diag::Diagnostic;
use crate::model::entry::{EntryIx, Section};
use crate::model::picture::Picture;
use crate::model::route::LinkTarget;
use crate::world::VPath;
use std::cell::Cell;

/// Where addresses are read: on the site itself, or away from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a page: addresses begin with the site's path.
    Page,
    /// In a feed: addresses are whole.
    Feed,
}

/// The body of an entry for its page.
///
/// # Errors
/// None today; a body that cannot be shown will say so.
pub fn entry_body(site: &Reader, ix: EntryIx) -> Result<String, Box<Diagnostic>> {
    Ok(entry_body_at(site, ix, Place::Page))
}

/// The body of an entry for a page or a feed.
pub fn entry_body_at(site: &Reader, ix: EntryIx, place: Place) -> String {
    let path = &site.entry(ix).path;
    html::render(&site.body(ix), &InPlace::new(site, path, place))
}

/// The words before a section's list.
///
/// # Errors
/// None today.
pub fn section_body(site: &Reader, section: &Section) -> Result<String, Box<Diagnostic>> {
    Ok(match (site.section_path(section), site.section_body(section)) {
        (Some(path), Some(body)) => html::render(&body, &InPlace::new(site, path, Place::Page)),
        _ => String::new(),
    })
}

struct InPlace<'s> {
    site: &'s Reader<'s>,
    path: &'s VPath,
    place: Place,
    /// How many figures the body has had so far.
    figures: Cell<usize>,
}

impl<'s> InPlace<'s> {
    fn new(site: &'s Reader<'s>, path: &'s VPath, place: Place) -> Self {
        Self { site, path, place, figures: Cell::new(0) }
    }

    fn next_figure(&self) -> usize {
        self.figures.set(self.figures.get() + 1);
        self.figures.get()
    }

    fn address(&self, address: &str) -> String {
        match self.place {
            Place::Page => self.site.href(address),
            Place::Feed => self.site.url(address),
        }
    }

    fn with_fragment(&self, address: &str, fragment: Option<&str>) -> String {
        let address = self.address(address);
        match fragment {
            Some(fragment) => format!("{address}#{}", crate::model::route::encode(fragment)),
            None => address,
        }
    }
}

impl HtmlContext for InPlace<'_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.site.resolve(self.path, target) {
            LinkTarget::Entry(ix, fragment) => {
                Some(self.with_fragment(self.site.address_of(ix), fragment.as_deref()))
            }
            LinkTarget::Section(ix) => Some(self.address(self.site.section_address(ix))),
            LinkTarget::Fragment(id) => Some(format!("#{}", crate::model::route::encode(&id))),
            LinkTarget::Path(address, fragment) => Some(self.with_fragment(&address, fragment.as_deref())),
            LinkTarget::External(address) => Some(address),
            LinkTarget::Asset(path) => match self.site.picture(&path) {
                // A link to a photo leads to its largest published size, never to the camera's file.
                Some(picture) => {
                    picture.variants.last().map(|variant| self.address(&Picture::address(variant)))
                }
                None => self.site.document(&path).map(|hash| self.address(&Documents::address(&path, &hash))),
            },
            LinkTarget::Held(_) | LinkTarget::Broken | LinkTarget::Unsafe => None,
        }
    }

    fn picture(&self, target: &str) -> Option<PictureHtml> {
        let LinkTarget::Asset(path) = self.site.resolve(self.path, target) else { return None };
        let picture = self.site.picture(&path)?;
        let shown =
            picture.variants.iter().rfind(|variant| variant.width <= 960).or(picture.variants.first())?;
        let address = |variant| self.address(&Picture::address(variant));
        Some(PictureHtml {
            src: address(shown),
            srcset: picture.variants.iter().map(|variant| (address(variant), variant.width)).collect(),
            width: shown.width,
            height: shown.height,
        })
    }

    fn data_table(&self, name: &str) -> Option<String> {
        Figures::new(self.site, self.place).table(name, self.next_figure())
    }

    fn data_chart(&self, name: &str) -> Option<String> {
        Figures::new(self.site, self.place).chart(name, self.next_figure())
    }

    fn labels(&self) -> &Labels {
        if self.site.config().language == "en" { &Labels::ENGLISH } else { &Labels::CHINESE }
    }
}
