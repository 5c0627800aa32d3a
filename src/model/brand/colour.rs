//! Colours of a site's own: read, measured as WCAG 2.2 measures them, and led to the nearest that can be read.
//!
//! Refuses: names of colours; everybody sees another blue.
//! Invariant: what [`Rgb::nearest`] gives passes the test that it was given.

use std::fmt;

/// A colour of a screen (sRGB).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rgb(pub [u8; 3]);

crate::diag::print_themselves!(Rgb);

/// White.
pub const WHITE: Rgb = Rgb([255, 255, 255]);
/// Black.
pub const BLACK: Rgb = Rgb([0, 0, 0]);

impl Rgb {
    /// `#12335f`, `12335F` or `#135`, with a full-width `＃` too.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().trim_start_matches(['#', '＃']);
        if !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let digits = match digits.len() {
            6 => digits.to_owned(),
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => return None,
        };
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// This colour with `share` of 255 parts of another in it.
    ///
    /// # Panics
    /// Never: a mean of bytes is a byte.
    #[must_use]
    pub fn mixed(self, other: Self, share: u8) -> Self {
        let mix = |own: u8, other: u8| {
            let sum = u32::from(own) * (255 - u32::from(share)) + u32::from(other) * u32::from(share);
            u8::try_from((sum + 127) / 255).expect("a mean of bytes is a byte")
        };
        Self(std::array::from_fn(|at| mix(self.0[at], other.0[at])))
    }

    /// Relative luminance (WCAG 2.2, 1.4.3).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    /// This colour with as little of `towards` as makes it pass; `towards` itself where nothing else does.
    #[must_use]
    pub fn until(self, towards: Self, passes: impl Fn(Self) -> bool) -> Self {
        (0..=u8::MAX)
            .map(|share| self.mixed(towards, share))
            .find(|colour| passes(*colour))
            .unwrap_or(towards)
    }

    /// The nearest colour that passes, as eyes tell colours apart (the distance in Oklab): from where mixing with black or white
    /// first passes, down to where no step of any channel comes nearer. None where even black and white do not pass.
    pub fn nearest(self, passes: impl Fn(Self) -> bool) -> Option<Self> {
        let starts = [BLACK, WHITE].map(|end| self.until(end, &passes));
        let better = |best: &mut Self, next: Self| {
            let nearer = passes(next) && self.distance(next) < self.distance(*best);
            if nearer {
                *best = next;
            }
            nearer
        };
        let ends = starts.into_iter().filter(|start| passes(*start)).map(|mut best| {
            for step in [16_i16, 8, 4, 2, 1] {
                while (0..27).fold(false, |moved, way| {
                    let by: [i16; 3] =
                        [way / 9 - 1, way / 3 % 3 - 1, way % 3 - 1].map(|sign: i16| sign * step);
                    let channel = |at: usize| u8::try_from(i16::from(best.0[at]) + by[at]).ok();
                    let next = (channel(0), channel(1), channel(2));
                    let (Some(red), Some(green), Some(blue)) = next else { return moved };
                    better(&mut best, Self([red, green, blue])) || moved
                }) {}
            }
            best
        });
        ends.min_by(|one, other| self.distance(*one).total_cmp(&self.distance(*other)))
    }

    fn distance(self, other: Self) -> f64 {
        let (one, other) = (self.oklab(), other.oklab());
        one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum()
    }

    /// Oklab (Ottosson 2020): lightness and two axes of colour in which distances are as large as they look.
    fn oklab(self) -> [f64; 3] {
        let [red, green, blue] = self.0.map(linear);
        let [l, m, s] = [
            0.412_221_470_8 * red + 0.536_332_536_3 * green + 0.051_445_992_9 * blue,
            0.211_903_498_2 * red + 0.680_699_545_1 * green + 0.107_396_956_6 * blue,
            0.088_302_461_9 * red + 0.281_718_837_6 * green + 0.629_978_700_5 * blue,
        ]
        .map(f64::cbrt);
        [
            0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
            1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
            0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
        ]
    }
}

fn linear(channel: u8) -> f64 {
    let part = f64::from(channel) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_people_write_them() {
        for text in ["#12335f", "12335F", " ＃12335f "] {
            assert_eq!(
                Rgb::parse(text).map(|colour| colour.to_string()).as_deref(),
                Some("#12335f"),
                "{text}"
            );
        }
        assert_eq!(Rgb::parse("#f0a").map(|colour| colour.to_string()).as_deref(), Some("#ff00aa"));
        for text in ["", "#", "蓝", "#12345", "#1234567", "red", "#12 33 5f"] {
            assert_eq!(Rgb::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_as_the_standard_reckons() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 1e-9);
        // From the standard's own working group: #777 on white fails with 4.48, #767676 passes with 4.54.
        let grey = |text| (Rgb::parse(text).expect("a colour").contrast(WHITE) * 100.0).round();
        assert_eq!((grey("#777777"), grey("#767676")), (448.0, 454.0));
    }

    #[test]
    fn the_nearest_colour_passes_and_no_neighbour_is_nearer() {
        for text in ["#e60012", "#ffcc00", "#3399ff", "#00b050", "#ffffff", "#12335f"] {
            let own = Rgb::parse(text).expect("a colour");
            let passes = |colour: Rgb| colour.contrast(WHITE) >= 4.5;
            let found = own.nearest(passes).expect("black passes");
            assert!(passes(found), "{text} → {found}");
            if passes(own) {
                assert_eq!(found, own, "what passes stays");
            }
            for at in 0..3 {
                for by in [-1_i16, 1] {
                    let Ok(channel) = u8::try_from(i16::from(found.0[at]) + by) else { continue };
                    let mut next = found;
                    next.0[at] = channel;
                    assert!(!passes(next) || own.distance(next) >= own.distance(found), "{text}: {next}");
                }
            }
        }
        assert_eq!(WHITE.nearest(|_| false), None);
    }
}
