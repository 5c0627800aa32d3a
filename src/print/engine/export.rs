//! A document as PDF or as pictures.
//!
//! Refuses: a PDF that readers for the blind or archives would refuse (PDF/UA-1, PDF/A-2a); pictures that telephones do not open.
//! Invariant: no time, no path and no name of this machine is in the bytes.

use super::world::datetime;
use crate::picture::encode_png;
use image::{DynamicImage, RgbImage, RgbaImage};
use jiff::civil::Date;
use typst::diag::SourceResult;
use typst::foundations::Smart;
use typst::utils::Scalar;
use typst::visualize::Paint;
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;

/// Taller pictures are refused by chat programs and by some telephones.
pub(super) const TALLEST: u32 = 20_000;
/// The most pixels of a picture: each takes four bytes while it is drawn, and telephones open no larger ones.
pub(super) const MOST_PIXELS: u64 = 40_000_000;

/// What a PDF shall conform to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Conformance {
    /// PDF/UA-1 and PDF/A-2a.
    Accessible,
    /// None: pages of another PDF are pictures in it.
    Plain,
}

/// The document as PDF.
pub(super) fn pdf(
    document: &PagedDocument,
    ident: &str,
    date: Option<Date>,
    conformance: Conformance,
) -> SourceResult<Vec<u8>> {
    let standards = match conformance {
        Conformance::Accessible => PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
            .expect("the two standards agree on PDF 1.7"),
        Conformance::Plain => PdfStandards::default(),
    };
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some("Yuanba".to_owned())),
        timestamp: date.and_then(datetime).map(Timestamp::new_utc),
        standards,
        tagged: conformance == Conformance::Accessible,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options)
}

/// A page as PNG; none where its sides are beyond all limits.
pub(super) fn png(page: &Page, pixel_per_pt: f64) -> Option<(Vec<u8>, (u32, u32))> {
    let options = RenderOptions { pixel_per_pt: Scalar::new(pixel_per_pt), render_bleed: false };
    let drawn = typst_render::render(page, &options);
    let (width, height) = (drawn.width(), drawn.height());
    let picture = RgbaImage::from_raw(width, height, drawn.take())?;
    let picture = if is_opaque(page) { DynamicImage::from(picture).into_rgb8() } else { on_white(&picture) };
    let grey = picture.pixels().all(|pixel| pixel.0[0] == pixel.0[1] && pixel.0[1] == pixel.0[2]);
    let picture = DynamicImage::from(picture);
    let picture = if grey { DynamicImage::ImageLuma8(picture.into_luma8()) } else { picture };
    Some((encode_png(picture)?, (width, height)))
}

/// Whether a page's ground leaves nothing open, whatever is drawn on it. A million pixels need not be looked at then.
fn is_opaque(page: &Page) -> bool {
    matches!(page.fill_or_white(), Some(Paint::Solid(colour)) if colour.alpha().is_none_or(|alpha| alpha >= 1.0))
}

/// Colours are multiplied by how opaque they are, and a page without a colour of its own is not opaque at all.
fn on_white(picture: &RgbaImage) -> RgbImage {
    let mut white = RgbImage::new(picture.width(), picture.height());
    for (to, from) in white.pixels_mut().zip(picture.pixels()) {
        let [red, green, blue, alpha] = from.0;
        to.0 = [red, green, blue].map(|channel| channel.saturating_add(255 - alpha));
    }
    white
}
