//! What tells series apart without colour: textures, dashes, markers, and shades that differ in grey.
//!
//! Refuses: telling anything by colour alone.
//! Invariant: the style sheet of the page has the same colours under `f`, `w`, `l` and `t`, for light and dark ground.

use std::fmt::Write as _;

/// How many series have a look of their own.
pub(super) const SERIES: usize = 6;
/// How many shades there are.
pub(super) const SHADES: usize = 4;

pub(super) const INK: &str = "#14181d";
pub(super) const SOFT: &str = "#43494f";

const MAIN: [&str; SERIES] = ["#1d4f91", "#9a6700", "#0f6b63", "#33393f", "#a3312a", "#5b3f8c"];
const WASH: [&str; SERIES] = ["#1d4f91", "#fff3d1", "#e4f3f0", "#ffffff", "#fde9e7", "#efeaf8"];
const SHADE: [&str; SHADES] = ["#ffffff", "#dfe8f4", "#b9cde8", "#8fb0da"];

/// The colour of a series.
pub(super) fn main(series: usize) -> &'static str {
    MAIN[series]
}

/// What fills the area of a series that has no texture.
pub(super) fn solid(series: usize) -> &'static str {
    WASH[series]
}

/// The class for it.
pub(super) fn solid_class(series: usize) -> String {
    if series == 0 { "f1".to_owned() } else { format!("w{}", series + 1) }
}

/// A shade.
pub(super) fn shade(step: usize) -> &'static str {
    SHADE[step]
}

/// A texture: a square that repeats.
pub(super) struct Pattern {
    side: f64,
    turn: i32,
    /// What is drawn in the square, as a path of lines.
    lines: &'static str,
    width: f64,
    /// The series that it belongs to.
    series: Option<usize>,
}

/// How the lines of [`HIDDEN`] are coloured on paper.
pub(super) const HIDDEN_STROKE: &str = " stroke=\"#33393f\"";
/// The texture of hidden figures: thin lines, the other way than those of a series.
pub(super) const HIDDEN: Pattern =
    Pattern { side: 4.0, turn: -45, lines: "M0 0V4", width: 1.0, series: None };

const STRIPES: Pattern = Pattern { side: 6.0, turn: 45, lines: "M1.5 0V6", width: 3.0, series: Some(1) };
const DOTS: Pattern = Pattern { side: 5.0, turn: 0, lines: "M2.5 2.5h.01", width: 2.6, series: Some(2) };
const LEVELS: Pattern = Pattern { side: 5.0, turn: 0, lines: "M0 2.5H5", width: 1.8, series: Some(4) };
const NET: Pattern = Pattern { side: 6.0, turn: 45, lines: "M0 3H6M3 0V6", width: 1.1, series: Some(5) };

/// The texture of a series; the first and fourth have none.
pub(super) fn pattern(series: usize) -> Option<&'static Pattern> {
    match series {
        1 => Some(&STRIPES),
        2 => Some(&DOTS),
        4 => Some(&LEVELS),
        5 => Some(&NET),
        _ => None,
    }
}

impl Pattern {
    /// Adds it to the definitions, in classes of `page`'s series or in fixed colours.
    pub(super) fn write(&self, id: &str, page: Option<usize>, out: &mut String) {
        let side = super::canvas::n(self.side);
        let _ = write!(
            out,
            "<pattern id=\"{id}\" width=\"{side}\" height=\"{side}\" patternUnits=\"userSpaceOnUse\""
        );
        if self.turn != 0 {
            let _ = write!(out, " patternTransform=\"rotate({})\"", self.turn);
        }
        out.push('>');
        if let Some(series) = self.series {
            let _ = write!(out, "<path d=\"M0 0H{side}V{side}H0z\"");
            let _ = match page {
                Some(_) => write!(out, " class=\"w{}\"/>", series + 1),
                None => write!(out, " fill=\"{}\"/>", WASH[series]),
            };
        }
        let _ = write!(
            out,
            "<path d=\"{}\" stroke-width=\"{}\" stroke-linecap=\"round\"",
            self.lines,
            super::canvas::n(self.width)
        );
        match (self.series, page) {
            (Some(series), Some(_)) => {
                let _ = write!(out, " class=\"l{}\"", series + 1);
            }
            (Some(series), None) => {
                let _ = write!(out, " stroke=\"{}\"", MAIN[series]);
            }
            (None, _) => out.push_str(HIDDEN_STROKE),
        }
        out.push_str("/></pattern>");
    }
}

/// How the line of a series is broken.
pub(super) fn dashes(series: usize) -> Option<&'static str> {
    ["", "7 4", "2 5", "12 4 2 4", "4 4", "12 6"].get(series).copied().filter(|dashes| !dashes.is_empty())
}

/// The marker of a series: a path from its centre.
pub(super) struct Marker {
    pub path: &'static str,
    pub filled: bool,
}

/// The marker of a series.
pub(super) fn marker(series: usize) -> Marker {
    let (path, filled) = [
        ("m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", true),
        ("m-4 -4h8v8h-8z", false),
        ("m0 -5.5l5 9h-10z", true),
        ("m0 -6l6 6l-6 6l-6 -6z", false),
        ("m-4 -4h8v8h-8z", true),
        ("m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0z", false),
    ][series];
    Marker { path, filled }
}
