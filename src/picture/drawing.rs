//! A drawing (SVG) made safe, by a list of what may stay. What a browser could run, fetch or be confused by is not on the list.
//!
//! Nothing is copied: elements, attributes and values that are known are written anew. What programs for drawing leave behind (remarks,
//! layers, their own names) goes without a word; what draws something and cannot stay is told, for the drawing looks otherwise without it.
//!
//! Refuses: definitions of entities, which can multiply without end; text, whose fonts no other computer has.
//! Invariant: a value that is written has no letter that could begin an address, except `#name` of the drawing itself.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// No badge is larger than this.
const MAX_BYTES: usize = 256 * 1024;
const MAX_DEPTH: usize = 40;
const MAX_ELEMENTS: usize = 4000;

/// A drawing that is safe to publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The drawing, written anew.
    pub svg: String,
    /// What drew something and could not stay, by the names of elements.
    pub left_out: BTreeSet<String>,
}

/// Why a drawing cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawingProblem {
    /// Too many bytes, elements or levels.
    TooLarge,
    /// It is no SVG, or not whole.
    Broken,
    /// It defines entities.
    Entities,
    /// It does not say how large it is, or is a line rather than a badge.
    NoSize,
    /// Nothing in it may stay.
    Empty,
}

const GROUPS: &[&str] = &["g", "switch"];
const SHAPES: &[&str] = &["path", "rect", "circle", "ellipse", "line", "polyline", "polygon"];
const PAINTS: &[&str] = &["defs", "linearGradient", "radialGradient", "stop", "clipPath"];
/// What says something of the drawing and draws nothing.
const SILENT: &[&str] = &["title", "desc", "metadata", "style"];

const ATTRIBUTES: &[&str] = &[
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "cx",
    "cy",
    "d",
    "fill",
    "fill-opacity",
    "fill-rule",
    "fx",
    "fy",
    "gradientTransform",
    "gradientUnits",
    "height",
    "href",
    "id",
    "offset",
    "opacity",
    "points",
    "r",
    "rx",
    "ry",
    "spreadMethod",
    "stop-color",
    "stop-opacity",
    "stroke",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "transform",
    "width",
    "x",
    "x1",
    "x2",
    "y",
    "y1",
    "y2",
];

type Values = BTreeMap<String, String>;

/// Makes a drawing safe.
///
/// # Errors
/// Why it cannot be used.
pub fn clean(bytes: &[u8]) -> Result<Drawing, DrawingProblem> {
    if bytes.len() > MAX_BYTES {
        return Err(DrawingProblem::TooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| DrawingProblem::Broken)?;
    let text = text.trim_start_matches('\u{feff}');
    let classes = classes(text)?;
    let mut left_out = BTreeSet::new();
    let mut out = String::new();
    // For each open element its name where it is written.
    let mut open: Vec<Option<&'static str>> = Vec::new();
    let (mut elements, mut shapes, mut ended) = (0, 0, false);
    let mut reader = Reader::from_str(text);
    loop {
        let event = reader.read_event().map_err(|_| DrawingProblem::Broken)?;
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Eof => break,
            Event::DocType(kind) if kind.contains(&b'[') => return Err(DrawingProblem::Entities),
            Event::Start(element) | Event::Empty(element) => {
                elements += 1;
                if elements > MAX_ELEMENTS || open.len() >= MAX_DEPTH {
                    return Err(DrawingProblem::TooLarge);
                }
                if ended {
                    return Err(DrawingProblem::Broken);
                }
                let name = String::from_utf8_lossy(element.name().0).into_owned();
                let name = name.strip_prefix("svg:").unwrap_or(&name);
                let within = open.last();
                let known = match within {
                    None if name == "svg" => Some("svg"),
                    None => return Err(DrawingProblem::Broken),
                    Some(None) => None,
                    Some(Some(_)) => known(name, &mut left_out),
                };
                if let Some(known) = known {
                    shapes += usize::from(SHAPES.contains(&known));
                    let values = values(&element, &classes)?;
                    written(&mut out, known, &element, &values, is_empty)?;
                }
                if is_empty {
                    ended |= open.is_empty();
                } else {
                    open.push(known);
                }
            }
            Event::End(_) => {
                if let Some(Some(name)) = open.pop() {
                    out.push_str("</");
                    out.push_str(if name == "switch" { "g" } else { name });
                    out.push('>');
                }
                ended |= open.is_empty();
            }
            _ => {}
        }
    }
    match (open.is_empty() && ended, shapes) {
        (false, _) => Err(DrawingProblem::Broken),
        (true, 0) => Err(DrawingProblem::Empty),
        _ => Ok(Drawing { svg: out, left_out }),
    }
}

/// The element of this name, if it may stay.
fn known(name: &str, left_out: &mut BTreeSet<String>) -> Option<&'static str> {
    let all = [GROUPS, SHAPES, PAINTS];
    let known = all.iter().flat_map(|names| names.iter()).find(|known| **known == name);
    if known.is_none() && !SILENT.contains(&name) && !name.contains(':') {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        left_out.insert(name.chars().filter(|c| plain(*c)).take(30).collect());
    }
    known.copied()
}

/// What an element says of itself, as far as it may stay: attributes, then its classes, then its own style, as browsers weigh them.
fn values(element: &BytesStart, classes: &BTreeMap<String, Values>) -> Result<Values, DrawingProblem> {
    let mut values = Values::new();
    let (mut style, mut class) = (String::new(), String::new());
    for attribute in element.attributes() {
        let attribute = attribute.map_err(|_| DrawingProblem::Broken)?;
        let Ok(value) = attribute.unescape_value() else { continue };
        match attribute.key.0 {
            b"style" => style = value.into_owned(),
            b"class" => class = value.into_owned(),
            b"xlink:href" => note(&mut values, "href", &value),
            name => note(&mut values, &String::from_utf8_lossy(name), &value),
        }
    }
    for class in class.split_whitespace() {
        values.extend(
            classes.get(class).into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())),
        );
    }
    values.extend(declarations(&style));
    Ok(values)
}

/// The declarations of a style that may stay.
fn declarations(style: &str) -> Values {
    let mut values = Values::new();
    for (name, value) in style.split(';').filter_map(|one| one.split_once(':')) {
        note(&mut values, name.trim(), value.trim());
    }
    values
}

fn note(values: &mut Values, name: &str, value: &str) {
    let value = value.trim();
    if ATTRIBUTES.contains(&name) && is_safe(name, value) {
        values.insert(name.to_owned(), value.to_owned());
    }
}

/// Numbers, colours, names and lists of such; of addresses only `#name` of the drawing itself.
fn is_safe(name: &str, value: &str) -> bool {
    let plain = |c: char| {
        c.is_ascii_alphanumeric() || matches!(c, ' ' | '\n' | '\t' | '\r' | '.' | ',' | '+' | '-' | '%' | '_')
    };
    let inside = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    if name == "href" {
        return value.strip_prefix('#').is_some_and(inside);
    }
    if let Some(rest) = value.strip_prefix("url(") {
        let target = rest.split_once(')').map(|(target, after)| (target.trim_matches(['"', '\'']), after));
        return target.is_some_and(|(target, after)| {
            target.strip_prefix('#').is_some_and(inside) && after.chars().all(|c| plain(c) || c == '#')
        });
    }
    !value.is_empty()
        && !value.to_ascii_lowercase().contains("url")
        && value.chars().all(|c| plain(c) || matches!(c, '#' | '(' | ')'))
}

/// Writes an element; the outermost one gets its size in one way.
fn written(
    out: &mut String,
    name: &str,
    element: &BytesStart,
    values: &Values,
    is_empty: bool,
) -> Result<(), DrawingProblem> {
    let name = if name == "switch" { "g" } else { name };
    out.push('<');
    out.push_str(name);
    if name == "svg" {
        let [x, y, width, height] = view_box(element, values).ok_or(DrawingProblem::NoSize)?;
        let _ = write!(out, r#" xmlns="http://www.w3.org/2000/svg" viewBox="{x} {y} {width} {height}""#);
    }
    for (key, value) in values {
        if name == "svg" && matches!(key.as_str(), "x" | "y" | "width" | "height" | "id") {
            continue;
        }
        let value = value.replace(['\n', '\t', '\r'], " ").replace(['"', '\''], "");
        let _ = write!(out, r#" {key}="{value}""#);
    }
    out.push_str(if is_empty { "/>" } else { ">" });
    Ok(())
}

/// The part of the plane that the drawing shows, at most eight times as wide as high, or as high as wide.
fn view_box(element: &BytesStart, values: &Values) -> Option<[f64; 4]> {
    let given = element.try_get_attribute("viewBox").ok().flatten();
    let number = |text: &str| {
        text.trim().trim_end_matches("px").parse::<f64>().ok().filter(|number| number.is_finite())
    };
    let place = match given {
        Some(given) => {
            let text = String::from_utf8_lossy(&given.value).into_owned();
            let parts = text.split([' ', ',', '\n', '\t']).filter(|part| !part.is_empty());
            let parts: Option<Vec<f64>> = parts.map(number).collect();
            parts?.try_into().ok()?
        }
        None => [0.0, 0.0, number(values.get("width")?)?, number(values.get("height")?)?],
    };
    let [.., width, height] = place;
    let fit = width > 0.0 && height > 0.0 && width / height <= 8.0 && height / width <= 8.0;
    fit.then_some(place)
}

/// What the style sheets in the drawing say of its classes, as programs for drawing write them: `.cls-1,.cls-2{fill:#12335f;}`.
fn classes(text: &str) -> Result<BTreeMap<String, Values>, DrawingProblem> {
    let mut classes: BTreeMap<String, Values> = BTreeMap::new();
    let mut reader = Reader::from_str(text);
    let (mut inside, mut sheet) = (false, String::new());
    loop {
        match reader.read_event().map_err(|_| DrawingProblem::Broken)? {
            Event::Eof => break,
            Event::Start(element) => inside = matches!(element.name().0, b"style" | b"svg:style"),
            Event::End(_) => inside = false,
            Event::Text(text) if inside => sheet.push_str(&String::from_utf8_lossy(&text)),
            Event::CData(text) if inside => sheet.push_str(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    while let Some((before, rest)) = sheet.split_once("/*") {
        let after = rest.split_once("*/").map_or("", |(_, after)| after);
        sheet = format!("{before}{after}");
    }
    for (names, style) in sheet.split('}').filter_map(|rule| rule.split_once('{')) {
        let values = declarations(style);
        for name in names.split(',').filter_map(|name| name.trim().strip_prefix('.')) {
            let known = classes.entry(name.to_owned()).or_default();
            known.extend(values.iter().map(|(name, value)| (name.clone(), value.clone())));
        }
    }
    Ok(classes)
}

#[cfg(test)]
mod tests;
