//! Findings about handouts that need no typesetting: characters that no font has, layouts that nothing fills, photos too
//! coarse for paper.
//!
//! Refuses: to look at bulletins that get no handouts.
//! Invariant: a character is reported once a bulletin, where it stands first; a photo once, at the layout that prints it largest.

use super::files::{Coverage, PrintFiles};
use super::layout::{Layout, Unfit};
use super::photo::{LEAST_DPI, dpi, least_width};
use super::stand_in::is_left_out;
use crate::diag::{Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::route::LinkTarget;
use crate::source::Derived;
use crate::source::walk::texts;
use std::collections::{BTreeMap, BTreeSet};

/// Checks a bulletin for the layouts that it shall have. `at` is where they were chosen, for those that nothing fills.
pub fn check(
    model: &Model,
    files: &PrintFiles,
    entry: &Entry,
    wanted: &[&'static Layout],
    at: Span,
    sink: &mut Sink,
) {
    for layout in wanted {
        if let Err(lack) = layout.fits(entry, &model.config) {
            sink.report(unfillable(layout, lack, at));
        }
    }
    let wanted: Vec<&Layout> =
        wanted.iter().copied().filter(|layout| layout.fits(entry, &model.config).is_ok()).collect();
    if wanted.is_empty() {
        return;
    }
    glyphs(model, files)
        .of(entry.file, b"", || missing_glyphs(model, files, entry))
        .into_iter()
        .for_each(|finding| sink.report(finding));
    photos(model, entry, &wanted, sink);
}

/// Findings about characters, kept until the text or the theme's fonts differ.
fn glyphs<'m>(model: &'m Model, files: &PrintFiles) -> Derived<'m> {
    Derived::new(&model.sources, "glyphs", files.hash())
}

/// Characters of a bulletin that no font has. The text is looked at only if the outline has such a character.
fn missing_glyphs(model: &Model, files: &PrintFiles, entry: &Entry) -> Vec<Diagnostic> {
    let mut missing = Missing::new(files.coverage());
    if entry.outline.characters.iter().all(|c| missing.coverage.covers(c)) {
        return Vec::new();
    }
    let tree = model.body(entry);
    missing.front_matter(entry, &tree.text);
    texts(&tree, &mut |text, span| missing.text(text, span, &tree.text));
    missing.findings()
}

/// Checks what `site.yaml` has every handout say: the unit, its officers, the hotlines.
pub fn check_settings(model: &Model, files: &PrintFiles, sink: &mut Sink) {
    let found = glyphs(model, files).of(model.config_file, b"settings", || missing_in_settings(model, files));
    found.into_iter().for_each(|finding| sink.report(finding));
}

fn missing_in_settings(model: &Model, files: &PrintFiles) -> Vec<Diagnostic> {
    let mut missing = Missing::new(files.coverage());
    let (file, source) = (model.config_file, model.sources.text(model.config_file));
    let config = &model.config;
    let unit = &config.unit;
    let mut texts: Vec<&str> = vec![&config.title];
    let of_unit = [&unit.name, &unit.organiser, &unit.operator, &unit.address, &unit.phone, &unit.email];
    texts.extend(of_unit.into_iter().flatten().map(String::as_str));
    texts.extend(config.hotlines.iter().map(|hotline| hotline.label.as_str()));
    texts.extend(config.officers.iter().map(|officer| officer.name.as_str()));
    texts.extend(config.areas.iter().map(|area| area.name.as_str()));
    for text in texts {
        missing.text(text, Span::whole(file), source);
    }
    // The settings have no span for each word; the character itself tells where it stands.
    missing.place_in(file, source);
    missing.findings()
}

/// The finding for a layout that nothing fills.
pub fn unfillable(layout: &Layout, lack: Unfit, at: Span) -> Diagnostic {
    let (message, hint) = match lack {
        Unfit::Materials => ("unfillable-checklist", "unfillable-checklist-hint"),
        Unfit::Verse => ("unfillable-verse", "unfillable-verse-hint"),
        Unfit::Slogan => ("unfillable-slogan", "unfillable-slogan-hint"),
        Unfit::Figures => ("unfillable-report", "unfillable-report-hint"),
        Unfit::Contacts => ("unfillable-strip", "unfillable-strip-hint"),
        Unfit::Words => ("unfillable-folded", "unfillable-folded-hint"),
    };
    Diagnostic::new(codes::UNFILLABLE_HANDOUT, Message::new(message).with("layout", layout.chinese))
        .hint(Message::new(hint).with("layout", layout.chinese))
        .at(at)
}

/// Characters without a glyph, with the place that each stands at first.
struct Missing<'a> {
    coverage: Coverage<'a>,
    found: BTreeMap<char, Span>,
}

impl<'a> Missing<'a> {
    fn new(coverage: Coverage<'a>) -> Self {
        Self { coverage, found: BTreeMap::new() }
    }

    /// Looks at a text that stands at `span`; the character's own place is looked for in the source there.
    fn text(&mut self, text: &str, span: Span, source: &str) {
        for c in text.chars().filter(|c| !c.is_ascii()) {
            if self.found.contains_key(&c) || self.coverage.covers(c) {
                continue;
            }
            // Where an entity stands for the character, the whole text is shown.
            let own = source.get(span.range()).and_then(|text| text.find(c));
            let start = span.range().start;
            let place = own.map_or(span, |at| Span::new(span.file, start + at..start + at + c.len_utf8()));
            self.found.insert(c, place);
        }
    }

    /// Front matter as it is written, but for remarks: nearly all of it is printed.
    fn front_matter(&mut self, entry: &Entry, source: &str) {
        let whole = entry.meta.span;
        let mut at = whole.range().start;
        for line in source.get(whole.range()).unwrap_or_default().split_inclusive('\n') {
            let span = Span::new(whole.file, at..at + line.len());
            if !line.trim_start().starts_with('#') {
                self.text(line, span, source);
            }
            at += line.len();
        }
    }

    /// Gives what has no place of its own the first place in the file.
    fn place_in(&mut self, file: FileId, source: &str) {
        for (c, place) in &mut self.found {
            if let Some(at) = source.find(*c) {
                *place = Span::new(file, at..at + c.len_utf8());
            }
        }
    }

    fn findings(self) -> Vec<Diagnostic> {
        let finding = |(c, place): (char, Span)| {
            let code = format!("U+{:04X}", u32::from(c));
            let message = Message::new("missing-glyph").with("character", c).with("code", code);
            Diagnostic::new(codes::MISSING_GLYPH, message).hint(Message::new("missing-glyph-hint")).at(place)
        };
        let coverage = self.coverage;
        let (emoji, others): (Vec<_>, Vec<_>) =
            self.found.into_iter().partition(|(c, _)| is_left_out(*c, &coverage));
        let first = emoji.iter().map(|(_, place)| *place).min_by_key(|place| place.start);
        let left_out = first.map(|place| {
            let characters: String = emoji.iter().map(|(c, _)| *c).collect();
            Diagnostic::new(
                codes::MISSING_GLYPH,
                Message::new("missing-emoji").with("characters", characters),
            )
            .hint(Message::new("missing-emoji-hint"))
            .at(place)
        });
        left_out.into_iter().chain(others.into_iter().map(finding)).collect()
    }
}

fn photos(model: &Model, entry: &Entry, wanted: &[&Layout], sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    for target in entry.outline.images() {
        let LinkTarget::Asset(path) = model.resolve(&entry.path, &target.value) else { continue };
        let Some(Ok(info)) = model.pictures.get(&path).map(|picture| &picture.info) else { continue };
        let size = (info.width(), info.height());
        let coarsest = wanted
            .iter()
            .filter_map(|layout| Some((dpi(layout, size)?, *layout)))
            .min_by(|(a, _), (b, _)| a.total_cmp(b));
        let Some((dpi, layout)) = coarsest.filter(|(dpi, _)| *dpi < LEAST_DPI) else { continue };
        if !seen.insert(path) {
            continue;
        }
        let least = least_width(layout, size).unwrap_or_default();
        let message = Message::new("coarse-picture").with("layout", layout.chinese).with("dpi", dpi.floor());
        sink.report(
            Diagnostic::new(codes::COARSE_PICTURE, message)
                .hint(Message::new("coarse-picture-hint").with("width", least))
                .at(target.span),
        );
    }
}

#[cfg(feature = "typst")]
#[cfg(test)]
mod tests;
