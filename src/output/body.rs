//! A body's HTML in its place on the site: links resolved, pictures in their sizes.
//!
//! Refuses: links that the gate would refuse; they become plain text.
//! Invariant: what a link means is what `Model::resolve` says, as for the link lint.

use super::addressing::Addressing;
use super::figures::Figures;
use super::html::{self, HtmlContext, Labels, LinkHtml, PictureHtml};
use super::trace::{Body, Destination, Reader};
use crate::model::entry::EntryIx;
use crate::model::picture::Picture;
use std::cell::Cell;
use std::collections::BTreeMap;

/// The body of an entry, for a page or a feed.
pub fn of_entry(site: &Reader, ix: EntryIx, addressing: Addressing) -> String {
    render(site, &site.body(ix), addressing)
}

/// The words before a section's list.
pub fn of_section(site: &Reader, dir: &str) -> String {
    site.section_body(dir).map_or_else(String::new, |body| render(site, &body, Addressing::OnSite))
}

fn render(site: &Reader, body: &Body, addressing: Addressing) -> String {
    html::render(body.doc(), &InPlace { site, body, addressing, figures: Cell::new(0) })
}

/// A body where it is shown.
struct InPlace<'s, 'm> {
    site: &'s Reader<'m>,
    body: &'s Body<'s, 'm>,
    addressing: Addressing,
    /// How many figures the body has had so far.
    figures: Cell<usize>,
}

impl InPlace<'_, '_> {
    fn next_figure(&self) -> usize {
        self.figures.set(self.figures.get() + 1);
        self.figures.get()
    }

    fn address(&self, address: &str) -> String {
        self.addressing.of(self.site, address)
    }
}

impl HtmlContext for InPlace<'_, '_> {
    fn link(&self, target: &str) -> Option<LinkHtml> {
        let destination = self.body.link(target);
        let address = self.addressing.of_destination(self.site, &destination)?;
        let document = match &destination {
            Destination::File(file) => self.site.document(file).zip(file.path().extension()),
            _ => None,
        };
        Some(LinkHtml { address, opens: document.map(|(one, ending)| (ending.to_uppercase(), one.length)) })
    }

    fn village<'w>(&'w self, word: &'w str) -> &'w str {
        self.site.config().area_name(word)
    }

    fn picture(&self, target: &str) -> Option<PictureHtml> {
        let Destination::File(file) = self.body.link(target) else { return None };
        let picture = self.site.picture(&file)?;
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
        Figures::new(self.site, self.addressing).table(name, self.next_figure())
    }

    fn data_chart(&self, name: &str) -> Option<String> {
        Figures::new(self.site, self.addressing).chart(name, self.next_figure())
    }

    fn readings(&self) -> Option<&BTreeMap<String, String>> {
        // Readers of feeds have neither our styles nor a wish for every syllable twice.
        matches!(self.addressing, Addressing::OnSite).then(|| self.site.readings())
    }

    fn labels(&self) -> &Labels {
        if self.site.config().language == "en" { &Labels::ENGLISH } else { &Labels::CHINESE }
    }
}
