//! `brand:` of `site.yaml`: a station's own face. A badge, one or two colours, a motto.
//!
//! Refuses: colours in which something could not be read. Every surface on which a colour is used is listed here, light and dark;
//! a test holds the list to the style sheet.
//! Invariant: the shades of [`Colours::shades`] pass WCAG 2.2 AA on all their surfaces, for `read` lets no other colour in.

pub mod colour;
mod shades;

pub use shades::{PLACES, Shades};

use super::fields::{Fields, Key, key};
use crate::diag::{Diagnostic, Message, Spanned, codes};
use colour::Rgb;

/// A station's own face.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The picture or drawing of the badge, as a path below `content/`.
    pub badge: Option<Spanned<String>>,
    /// Its colours.
    pub colours: Option<Colours>,
    /// A sentence that stands for the office.
    pub motto: Option<String>,
}

/// One or two colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colours {
    /// Of the page's head, of links, of sheets.
    pub main: Rgb,
    /// Of the eaves and of calendar leaves.
    pub accent: Option<Rgb>,
}

impl Colours {
    /// What pages and sheets are painted in.
    pub fn shades(self) -> Shades {
        Shades::of(self)
    }
}

/// Reads the setting.
pub(super) fn read(fields: &mut Fields) -> Brand {
    const KEYS: &[Key] = &[
        key("badge", &["徽标", "标志", "图标", "logo"]),
        key("colors", &["颜色", "色彩", "主色", "color", "colour", "colours"]),
        key("motto", &["格言", "标语", "口号"]),
    ];
    let Some(node) = fields.node("brand") else { return Brand::default() };
    let mut own = Fields::open(node, &[KEYS], fields.sink());
    let mut colours = Vec::new();
    for text in own.texts("colors") {
        match Rgb::parse(&text.value) {
            Some(colour) if colours.len() < 2 => colours.push(Spanned::new(colour, text.span)),
            Some(_) => own.wrong(text.span, "expected-two-colours"),
            None => own.wrong(text.span, "expected-colour"),
        }
    }
    let mut fit = colours.iter().zip(PLACES).map(|(colour, places)| {
        let refused = shades::failing(colour.value, places);
        if let Some(place) = refused {
            let proposed = colour.value.nearest(|colour| shades::failing(colour, places).is_none());
            let message = Message::new("low-contrast")
                .with("colour", colour.value)
                .with("ratio", format!("{:.1}", place.ratio(colour.value)))
                .with("least", format!("{:.1}", place.least))
                .with("place", place.name);
            let hint = Message::new("low-contrast-hint").with("colour", proposed.unwrap_or(colour::BLACK));
            own.sink().report(Diagnostic::new(codes::LOW_CONTRAST, message).at(colour.span).hint(hint));
        }
        (colour.value, refused.is_none())
    });
    let (main, accent) = (fit.next(), fit.next());
    drop(fit);
    Brand {
        badge: own.text("badge"),
        colours: match (main, accent) {
            (Some((main, true)), None) => Some(Colours { main, accent: None }),
            (Some((main, true)), Some((accent, true))) => Some(Colours { main, accent: Some(accent) }),
            _ => None,
        },
        motto: own.plain("motto"),
    }
}
