//! What a finished document tells: which sizes were chosen, what did not fit, where the text ends, what was not shown.
//!
//! Refuses: to trust a template with what can be seen in its frames (text beyond the paper, characters without a glyph).
//! Invariant: nothing here changes the document.

use crate::print::sheet::{Fit, Overflow};
use std::collections::BTreeSet;
use typst::foundations::{Content, Dict, Label, Selector, Value};
use typst::introspection::{Introspector, MetadataElem};
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::{TextItem, is_default_ignorable};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// The sizes that the template says it chose.
pub(super) fn fits(document: &PagedDocument) -> Vec<Fit> {
    let number = |dict: &Dict, key: &str| match dict.get(key).ok()? {
        Value::Float(number) => Some(*number),
        #[expect(clippy::cast_precision_loss, reason = "sizes of text are small")]
        Value::Int(number) => Some(*number as f64),
        Value::Length(length) => Some(length.abs.to_pt()),
        _ => None,
    };
    let told = labelled(document, "yuanba-fit");
    told.iter()
        .filter_map(|content| {
            let dict = dict(content)?;
            Some(Fit { min: number(dict, "min")?, used: number(dict, "used")? })
        })
        .collect()
}

/// What the template says does not fit, and text that stands beyond the paper.
pub(super) fn overflows(document: &PagedDocument) -> Vec<Overflow> {
    let mut found = Vec::new();
    for content in labelled(document, "yuanba-overflow") {
        let Some(dict) = dict(&content) else { continue };
        let whole = |key: &str| match dict.get(key) {
            Ok(Value::Int(number)) => Some(*number),
            #[expect(clippy::cast_possible_truncation, reason = "a count of characters")]
            Ok(Value::Float(number)) => Some(number.ceil() as i64),
            _ => None,
        };
        let at = whole("at").and_then(|at| usize::try_from(at).ok());
        let chars = whole("chars").and_then(|chars| u32::try_from(chars).ok()).unwrap_or(0).max(1);
        found.push(Overflow { at, chars });
    }
    let mut beyond = 0;
    for page in document.pages() {
        let (width, height) = (page.frame.width(), page.frame.height());
        let slack = Abs::pt(1.0);
        texts(&page.frame, Transform::identity(), &mut |text, at| {
            if at.x < -slack || at.y < -slack || at.x > width + slack || at.y > height + slack {
                beyond += text.text.chars().count();
            }
        });
    }
    if beyond > 0 && found.is_empty() {
        found.push(Overflow { at: None, chars: u32::try_from(beyond).unwrap_or(u32::MAX) });
    }
    found
}

/// How far down the last page the text reaches, from 0 to 1: as the template marks it by `<yuanba-end>`.
pub(super) fn last_page(document: &PagedDocument) -> f64 {
    let Some(location) = labelled(document, "yuanba-end").last().and_then(Content::location) else {
        return 1.0;
    };
    let Some(position) = document.introspector().position(location) else { return 1.0 };
    let pages = document.pages();
    match pages.get(position.page.get() - 1) {
        Some(page) if position.page.get() == pages.len() => {
            (position.point.y.to_pt() / page.frame.height().to_pt()).clamp(0.0, 1.0)
        }
        // Nothing of the text stands there: what follows it is alone.
        _ => 0.0,
    }
}

/// Characters that are shown as a box, each once.
pub(super) fn without_glyph(document: &PagedDocument) -> String {
    let mut found = BTreeSet::new();
    for page in document.pages() {
        texts(&page.frame, Transform::identity(), &mut |text, _| {
            for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
                found.extend(text.text[glyph.range()].chars().filter(|c| !is_default_ignorable(*c)));
            }
        });
    }
    found.into_iter().collect()
}

/// All text in the order in which the frames hold it.
#[cfg(test)]
pub(super) fn text(document: &PagedDocument) -> Vec<String> {
    let page = |page: &typst_layout::Page| {
        let mut all = String::new();
        texts(&page.frame, Transform::identity(), &mut |text, _| all.push_str(&text.text));
        all
    };
    document.pages().iter().map(page).collect()
}

/// A run of text as it stands on a page, in points.
#[cfg(test)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) size: f64,
    pub(super) x: f64,
    /// Of its baseline.
    pub(super) y: f64,
    /// The narrowest that a Chinese character of it is set, in em: more than one where the line is stretched.
    pub(super) narrowest: f64,
}

/// All runs of text of each page.
#[cfg(test)]
pub(super) fn runs(document: &PagedDocument) -> Vec<Vec<Run>> {
    let page = |page: &typst_layout::Page| {
        let mut all = Vec::new();
        texts(&page.frame, Transform::identity(), &mut |text, at| {
            let han = |glyph: &&typst::text::Glyph| {
                text.text[glyph.range()].starts_with(|c: char| matches!(c, '\u{4E00}'..='\u{9FFF}'))
            };
            let widths = text.glyphs.iter().filter(han).map(|glyph| glyph.x_advance.get());
            all.push(Run {
                text: text.text.to_string(),
                size: text.size.to_pt(),
                x: at.x.to_pt(),
                y: at.y.to_pt(),
                narrowest: widths.fold(f64::INFINITY, f64::min),
            });
        });
        all
    };
    document.pages().iter().map(page).collect()
}

/// The top and the width of the pictures of a page, in points.
#[cfg(test)]
pub(super) fn pictures(page: &typst_layout::Page) -> Vec<(f64, f64)> {
    fn of(frame: &Frame, outer: Transform, found: &mut Vec<(f64, f64)>) {
        for (at, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner =
                        outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                    of(&group.frame, inner, found);
                }
                FrameItem::Image(_, size, _) => found.push((at.transform(outer).y.to_pt(), size.x.to_pt())),
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    of(&page.frame, Transform::identity(), &mut found);
    found
}

/// Visits every run of text with its place on the page.
fn texts(frame: &Frame, outer: Transform, see: &mut dyn FnMut(&TextItem, Point)) {
    for (at, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let inner = outer.pre_concat(Transform::translate(at.x, at.y)).pre_concat(group.transform);
                texts(&group.frame, inner, see);
            }
            FrameItem::Text(text) => see(text, at.transform(outer)),
            _ => {}
        }
    }
}

fn labelled(document: &PagedDocument, name: &'static str) -> Vec<Content> {
    let Some(label) = Label::new(PicoStr::intern(name)) else { return Vec::new() };
    document.introspector().query(&Selector::Label(label)).into_iter().collect()
}

fn dict(content: &Content) -> Option<&Dict> {
    match &content.to_packed::<MetadataElem>()?.value {
        Value::Dict(dict) => Some(dict),
        _ => None,
    }
}
