//! How large a photo is printed, and whether its pixels are enough for that.
//!
//! Refuses: photos under [`LEAST_DPI`] at their printed size.
//! Invariant: the box is the one that the theme's page tells templates to fit pictures into.

use super::layout::Layout;

/// Fewer pixels an inch are seen with the naked eye.
pub(super) const LEAST_DPI: f64 = 150.0;
const MILLIMETRES_AN_INCH: f64 = 25.4;
/// A picture is at most so high, as a part of the text's width.
const HIGHEST: f64 = 0.75;

/// Pixels an inch of a photo on a layout; none where the layout is itself made of pixels.
pub(super) fn dpi(layout: &Layout, (width, height): (u32, u32)) -> Option<f64> {
    let text = layout.text_width?;
    let printed = text.min(text * HIGHEST * f64::from(width) / f64::from(height.max(1)));
    Some(f64::from(width) / (printed / MILLIMETRES_AN_INCH))
}

/// How many pixels wide a photo of this shape must be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pixels on paper")]
pub(super) fn least_width(layout: &Layout, size: (u32, u32)) -> Option<u32> {
    Some((f64::from(size.0) * LEAST_DPI / dpi(layout, size)?).ceil() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_judged_at_its_printed_size() {
        let layout = |name| Layout::named(name).unwrap();
        // 174 mm are 6.85 inches.
        assert_eq!(dpi(layout("flyer"), (1370, 1000)).unwrap().round(), 200.0);
        assert_eq!(least_width(layout("flyer"), (1370, 1000)), Some(1028));
        // An upright one is printed narrower: 130.5 mm high.
        assert_eq!(dpi(layout("flyer"), (770, 1027)).unwrap().round(), 200.0);
        assert!(dpi(layout("poster"), (1370, 1000)).unwrap() < LEAST_DPI);
        assert_eq!(dpi(layout("card"), (10, 10)), None);
    }
}
