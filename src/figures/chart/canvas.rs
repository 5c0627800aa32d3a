//! SVG by hand: a few shapes, in classes for the page's style sheet or in fixed colours for paper.
//!
//! Refuses: text that is not escaped, references to other files, scripts, and tooltips.
//! Invariant: both forms have the same shapes at the same places; only how they are coloured differs.

use super::texture::{self, SERIES};
use super::{Drawing, Medium};
use std::fmt::Write as _;

/// How a text stands.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own, as in SVG")]
pub(super) struct Face {
    pub size: f64,
    pub bold: bool,
    pub soft: bool,
    pub anchor: Anchor,
    /// With a rim in the ground's colour, where it stands on a texture.
    pub rim: bool,
    /// In the ground's colour, where it stands on a solid one.
    pub inverse: bool,
}

/// Which end of a text its place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Face {
    pub(super) const fn new(size: f64) -> Self {
        Self { size, bold: false, soft: false, anchor: Anchor::Start, rim: false, inverse: false }
    }

    pub(super) const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub(super) const fn soft(self) -> Self {
        Self { soft: true, ..self }
    }

    pub(super) const fn at(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub(super) const fn inverse(self) -> Self {
        Self { inverse: true, ..self }
    }

    pub(super) const fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }
}

/// Lines that are no data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Behind the data, for the eye to follow.
    Grid,
    /// Where the scale begins.
    Base,
}

/// What an area is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fill {
    /// That of a series, from 0.
    Series(usize),
    /// A step of a scale of shades, from 0.
    Shade(usize),
    /// That of a hidden figure.
    Hidden,
}

/// A drawing that is being made.
pub(super) struct Canvas<'m> {
    medium: &'m Medium,
    body: String,
    used: [bool; SERIES],
    hides: bool,
}

impl<'m> Canvas<'m> {
    pub(super) fn new(medium: &'m Medium) -> Self {
        Self { medium, body: String::new(), used: [false; SERIES], hides: false }
    }

    fn page(&self) -> bool {
        matches!(self.medium, Medium::Page { .. })
    }

    pub(super) fn text(&mut self, x: f64, y: f64, text: &str, face: Face) {
        let _ = write!(self.body, "<text x=\"{}\" y=\"{}\" font-size=\"{}\"", n(x), n(y), n(face.size));
        match face.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.body.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.body.push_str(" text-anchor=\"end\""),
        }
        if face.bold {
            self.body.push_str(" font-weight=\"700\"");
        }
        if self.page() {
            let classes: Vec<&str> = [(face.soft, "s"), (face.rim, "h"), (face.inverse, "i")]
                .into_iter()
                .filter_map(|(has, class)| has.then_some(class))
                .collect();
            if !classes.is_empty() {
                let _ = write!(self.body, " class=\"{}\"", classes.join(" "));
            }
        } else {
            let colour = match (face.inverse, face.soft) {
                (true, _) => "#fff",
                (_, true) => texture::SOFT,
                _ => texture::INK,
            };
            let _ = write!(self.body, " fill=\"{colour}\"");
            if face.rim {
                self.body.push_str(
                    " stroke=\"#fff\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\"",
                );
            }
        }
        self.body.push('>');
        push_text(text, &mut self.body);
        self.body.push_str("</text>");
    }

    /// The sign of a hidden figure on a line of text, large enough to be seen.
    pub(super) fn star(&mut self, x: f64, base: f64, font: f64, mark: &str) {
        // An asterisk stands high and small in its line.
        let (base, font) = if mark == "*" { (base + font * 0.22, font * 1.35) } else { (base, font) };
        self.text(x, base, mark, Face::new(font).bold());
    }

    /// Lines of text, the first one's baseline at `y`.
    pub(super) fn lines(&mut self, x: f64, y: f64, lines: &[String], leading: f64, face: Face) {
        let mut at = y;
        for line in lines {
            self.text(x, at, line, face);
            at += leading;
        }
    }

    pub(super) fn rule(&mut self, rule: Rule, from: (f64, f64), to: (f64, f64)) {
        let _ = write!(self.body, "<path d=\"M{} {}L{} {}\"", n(from.0), n(from.1), n(to.0), n(to.1));
        match (self.page(), rule) {
            (true, Rule::Grid) => self.body.push_str(" class=\"g\""),
            (true, Rule::Base) => self.body.push_str(" class=\"b\""),
            (false, Rule::Grid) => self.body.push_str(" stroke=\"#c4c8ce\" fill=\"none\""),
            (false, Rule::Base) => {
                self.body.push_str(" stroke=\"#33393f\" stroke-width=\"1.5\" fill=\"none\"");
            }
        }
        self.body.push_str("/>");
    }

    /// An upright rectangle with its outline.
    pub(super) fn area(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), fill: Fill) {
        let _ = write!(
            self.body,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            n(x),
            n(y),
            n(width),
            n(height)
        );
        self.fill(fill);
        self.body.push_str("/>");
    }

    /// The mark of a hidden figure: of one size, wherever it stands, and with its sign.
    pub(super) fn hidden(&mut self, (x, y): (f64, f64), (width, height): (f64, f64)) {
        self.area((x, y), (width, height), Fill::Hidden);
    }

    fn fill(&mut self, fill: Fill) {
        let page = self.page();
        match fill {
            Fill::Hidden => {
                self.hides = true;
                let _ = write!(self.body, " fill=\"url(#{})\"", self.id("x"));
                self.body.push_str(if page {
                    " class=\"x\""
                } else {
                    " stroke=\"#33393f\" stroke-width=\"1\" stroke-dasharray=\"3 2\""
                });
            }
            Fill::Series(index) => {
                let index = index % SERIES;
                let textured = texture::pattern(index).is_some();
                self.used[index] = true;
                if textured {
                    let _ = write!(self.body, " fill=\"url(#{})\"", self.id(&(index + 1).to_string()));
                }
                if page {
                    let solid =
                        if textured { String::new() } else { format!("{} ", texture::solid_class(index)) };
                    let _ = write!(self.body, " class=\"{solid}l{}\"", index + 1);
                } else {
                    if !textured {
                        let _ = write!(self.body, " fill=\"{}\"", texture::solid(index));
                    }
                    let _ = write!(self.body, " stroke=\"{}\" stroke-width=\"1.2\"", texture::main(index));
                }
            }
            Fill::Shade(step) => {
                if page {
                    let _ = write!(self.body, " class=\"t{step}\"");
                } else {
                    let _ = write!(self.body, " fill=\"{}\" stroke=\"#33393f\"", texture::shade(step));
                }
            }
        }
    }

    /// A small square, full or empty.
    pub(super) fn square(&mut self, (x, y): (f64, f64), side: f64, full: bool) {
        let _ = write!(self.body, "<path d=\"M{} {}h{side}v{side}h-{side}z\"", n(x), n(y), side = n(side));
        self.body.push_str(match (self.page(), full) {
            (true, true) => " class=\"q\"/>",
            (true, false) => " class=\"q o\"/>",
            (false, true) => " fill=\"#14181d\" stroke=\"#14181d\"/>",
            (false, false) => " fill=\"#fff\" stroke=\"#14181d\"/>",
        });
    }

    /// A line of a series.
    pub(super) fn stroke(&mut self, path: &str, series: usize) {
        let series = series % SERIES;
        let _ = write!(
            self.body,
            "<path d=\"{path}\" fill=\"none\" stroke-width=\"2.5\" stroke-linejoin=\"round\" stroke-linecap=\"round\""
        );
        if let Some(dashes) = texture::dashes(series) {
            let _ = write!(self.body, " stroke-dasharray=\"{dashes}\"");
        }
        self.colour_line(series);
        self.body.push_str("/>");
    }

    /// The marker of a series around a point.
    pub(super) fn marker(&mut self, x: f64, y: f64, series: usize) {
        let series = series % SERIES;
        let marker = texture::marker(series);
        let _ = write!(self.body, "<path d=\"M{} {}{}\" stroke-width=\"2\"", n(x), n(y), marker.path);
        if self.page() {
            let _ = write!(
                self.body,
                " class=\"{} l{}\"",
                if marker.filled { format!("f{}", series + 1) } else { "o".to_owned() },
                series + 1
            );
        } else {
            let colour = texture::main(series);
            let fill = if marker.filled { colour } else { "#fff" };
            let _ = write!(self.body, " fill=\"{fill}\" stroke=\"{colour}\"");
        }
        self.body.push_str("/>");
    }

    fn colour_line(&mut self, series: usize) {
        if self.page() {
            let _ = write!(self.body, " class=\"l{}\"", series + 1);
        } else {
            let _ = write!(self.body, " stroke=\"{}\"", texture::main(series));
        }
    }

    fn id(&self, name: &str) -> String {
        match self.medium {
            Medium::Page { id, .. } => format!("{id}-{name}"),
            Medium::Paper => format!("p-{name}"),
        }
    }

    /// The finished drawing.
    pub(super) fn finish(self, width: f64, height: f64) -> Drawing {
        let mut svg = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\"");
        let _ = write!(svg, " viewBox=\"0 0 {} {}\"", n(width), n(height));
        match self.medium {
            Medium::Page { class, labelled, .. } => {
                let _ = write!(svg, " class=\"{class}\" role=\"img\" aria-labelledby=\"{labelled}\"");
            }
            Medium::Paper => {
                let _ = write!(
                    svg,
                    " width=\"{}\" height=\"{}\" font-family=\"Noto Sans SC\"",
                    n(width),
                    n(height)
                );
            }
        }
        svg.push('>');
        let page = self.page();
        let mut defs = String::new();
        for index in (0..SERIES).filter(|&index| self.used[index]) {
            if let Some(pattern) = texture::pattern(index) {
                pattern.write(&self.id(&(index + 1).to_string()), page.then_some(index), &mut defs);
            }
        }
        if self.hides {
            texture::HIDDEN.write(&self.id("x"), None, &mut defs);
            if page {
                defs = defs.replace(texture::HIDDEN_STROKE, " class=\"y\"");
            }
        }
        if !defs.is_empty() {
            let _ = write!(svg, "<defs>{defs}</defs>");
        }
        svg.push_str(&self.body);
        svg.push_str("</svg>");
        Drawing { svg, width, height }
    }
}

/// A coordinate in as few digits as the eye needs.
#[expect(clippy::cast_possible_truncation, reason = "drawings are small")]
pub(super) fn n(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    let (whole, part) = (tenths.abs() / 10, tenths.abs() % 10);
    let sign = if tenths < 0 { "-" } else { "" };
    if part == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

fn push_text(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // XML has no place for these, not even as references.
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
}
