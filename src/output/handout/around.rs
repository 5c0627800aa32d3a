//! What a body needs from the site to stand on paper.
//!
//! Refuses: originals of photos; a PDF carries the published pixels, never what the camera wrote beside them.
//! Invariant: what a link means is what `Model::resolve` says, as on the page.

use crate::figures::chart::Room;
use crate::figures::words::{Language, Words};
use crate::model::picture::Picture;
use crate::output::addressing::Addressing;
use crate::output::asset;
use crate::output::html::Labels;
use crate::output::interface::Interface;
use crate::output::trace::{Body, Destination, Reader};
use crate::print::content::{self, Around, Chart, DataTable, Photo};
use crate::print::layout::Layout;
use crate::source::doc::CalloutTone;
use crate::statistics::safe::SafeDataset;
use std::collections::BTreeMap;

/// A bulletin's surroundings.
pub struct OnPaper<'s, 'm> {
    /// The site.
    pub site: &'s Reader<'m>,
    /// The bulletin's text; a village's card has none.
    pub text: Option<&'s Body<'s, 'm>>,
    /// Where it is going to stand.
    pub layout: &'static Layout,
}

/// Pixels to an inch of paper; more are not seen.
const DENSITY: f64 = 200.0;
/// Width of a picture for chat groups, in pixels.
const SCREEN: f64 = 1080.0;

impl OnPaper<'_, '_> {
    /// The narrowest published size that is sharp on this paper.
    fn variant<'p>(&self, picture: &'p Picture) -> Option<(usize, &'p crate::picture::Variant)> {
        let enough = |variant: &crate::picture::Variant| {
            let Some((wide, tall)) = self.layout.photo else { return f64::from(variant.width) >= SCREEN };
            let printed = wide.min(tall * f64::from(variant.width) / f64::from(variant.height));
            f64::from(variant.width) >= printed / 25.4 * DENSITY
        };
        let mut variants = picture.variants.iter().enumerate();
        let first = variants.clone().find(|(_, variant)| enough(variant));
        first.or_else(|| variants.next_back())
    }

    fn source(&self, dataset: &SafeDataset) -> String {
        Interface::of(self.site).fill("data_source", "source", &dataset.source())
    }
}

impl Around for OnPaper<'_, '_> {
    fn link(&self, target: &str) -> Option<String> {
        match self.text?.link(target) {
            // A place on the same page is no place on paper.
            Destination::Fragment(_) => None,
            destination => Addressing::Away.of_destination(self.site, &destination),
        }
    }

    fn picture(&self, target: &str) -> Option<Photo> {
        let Destination::File(path) = self.text?.link(target) else { return None };
        let picture = self.site.picture(&path)?;
        let (number, variant) = self.variant(picture)?;
        let bytes = asset::variant(self.site, &path, picture, number).ok()?;
        Some(Photo {
            bytes: bytes.into(),
            ending: variant.encoding.extension(),
            width: variant.width,
            height: variant.height,
        })
    }

    fn village<'w>(&'w self, word: &'w str) -> &'w str {
        self.site.config().area_name(word)
    }

    fn data_table(&self, name: &str) -> Option<DataTable> {
        let (dataset, table) = self.site.safe_table(name)?;
        Some(content::data_table(dataset, table, &self.source(dataset)))
    }

    fn chart(&self, name: &str) -> Option<Chart> {
        let (dataset, chart) = self.site.safe_chart(name)?;
        let language = Language::named(&self.site.config().language);
        let words = Words::of(dataset, language);
        // Across a whole sheet the drawing for phones would be as large as a poster, and in a panel of a folded sheet the
        // words of another would be under seven points.
        let room = match self.layout.photo {
            Some((width, _)) if width > 120.0 => Room::Wide,
            Some((width, _)) if width < 100.0 => Room::Narrow,
            _ => Room::Sheet,
        };
        Some(content::chart(dataset, chart, words, room, &self.source(dataset)))
    }

    fn readings(&self) -> &BTreeMap<String, String> {
        self.site.readings()
    }

    fn callout(&self, tone: CalloutTone) -> &str {
        let labels = if self.site.config().language == "en" { &Labels::ENGLISH } else { &Labels::CHINESE };
        match tone {
            CalloutTone::Remember => labels.remember,
            CalloutTone::Beware => labels.beware,
            CalloutTone::Law => labels.law,
            CalloutTone::Hotline => labels.hotline,
            CalloutTone::Hint => labels.hint,
        }
    }
}
