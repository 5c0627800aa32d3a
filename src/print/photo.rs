//! How large a photo is printed, and whether its pixels are enough for that.
//!
//! Refuses: photos under [`LEAST_DPI`] at their printed size.
//! Invariant: the size is the one that `picture-size` of the theme's `lib.typ` works out.

use super::layout::Layout;

/// Fewer pixels an inch are seen with the naked eye.
pub(super) const LEAST_DPI: f64 = 150.0;
const MILLIMETRES_AN_INCH: f64 = 25.4;
/// Small photos are not blown up beyond this.
const PRINTED_DPI: f64 = 110.0;

/// Pixels an inch of a photo on a layout; none where the layout is itself made of pixels.
pub(super) fn dpi(layout: &Layout, size: (u32, u32)) -> Option<f64> {
    Some(in_box(layout, size)?.max(PRINTED_DPI))
}

/// How many pixels wide a photo of this shape must be.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count of pixels on paper")]
pub(super) fn least_width(layout: &Layout, size: (u32, u32)) -> Option<u32> {
    Some((f64::from(size.0) * LEAST_DPI / in_box(layout, size)?).ceil() as u32)
}

/// Pixels an inch of a photo that fills its box.
fn in_box(layout: &Layout, (width, height): (u32, u32)) -> Option<f64> {
    let (wide, tall) = layout.photo?;
    let printed = wide.min(tall * f64::from(width) / f64::from(height.max(1)));
    Some(f64::from(width) / (printed / MILLIMETRES_AN_INCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_judged_at_its_printed_size() {
        let layout = |name| Layout::named(name).expect("a layout");
        // 58 mm high are 77.3 wide at this shape, which are 3.04 inches.
        assert!((dpi(layout("flyer"), (640, 480)).expect("paper") - 210.2).abs() < 0.1);
        assert_eq!(least_width(layout("flyer"), (640, 480)), Some(457));
        // A panorama is as wide as the text.
        assert!((dpi(layout("flyer"), (1600, 400)).expect("paper") - 228.3).abs() < 0.1);
        // What is small is printed small, but no smaller than it can be seen.
        assert!((dpi(layout("flyer"), (64, 48)).expect("paper") - PRINTED_DPI).abs() < 0.1);
        assert_eq!(least_width(layout("flyer"), (64, 48)), Some(457));
        assert!(dpi(layout("poster"), (640, 480)).expect("paper") < LEAST_DPI);
        assert_eq!(dpi(layout("card"), (10, 10)), None);
    }
}
