//! Findings about handouts that need no typesetting: characters that no font has, layouts that nothing fills, photos too
//! coarse for paper.
//!
//! Refuses: to look at bulletins that get no handouts.
//! Invariant: a character is reported once a bulletin, where it stands first; a photo once, at the layout that prints it largest.

use super::files::{Coverage, PrintFiles};
use super::layout::{Layout, Unfit};
use super::photo::{LEAST_DPI, dpi, least_width};
use crate::diag::{Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::route::LinkTarget;
use crate::source::doc::{Block, BlockKind, Doc, Inline, InlineKind, VersePart};
use crate::source::walk::{Visit, walk};
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
    let source = model.sources.text(entry.file);
    let mut missing = Missing::new(files.coverage());
    missing.front_matter(entry, source);
    missing.body(&entry.body, source);
    missing.report(sink);
    photos(model, entry, &wanted, sink);
}

/// Checks what `site.yaml` has every handout say: the unit, its officers, the hotlines.
pub fn check_settings(model: &Model, files: &PrintFiles, sink: &mut Sink) {
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
    missing.report(sink);
}

fn unfillable(layout: &Layout, lack: Unfit, at: Span) -> Diagnostic {
    let (message, hint) = match lack {
        Unfit::Materials => ("unfillable-checklist", "unfillable-checklist-hint"),
        Unfit::Verse => ("unfillable-verse", "unfillable-verse-hint"),
        Unfit::Figures => ("unfillable-report", "unfillable-report-hint"),
        Unfit::Contacts => ("unfillable-strip", "unfillable-strip-hint"),
    };
    Diagnostic::new(codes::UNFILLABLE_HANDOUT, Message::new(message).with("layout", layout.chinese))
        .hint(Message::new(hint))
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

    fn body(&mut self, doc: &Doc, source: &str) {
        walk(doc, &mut |visit| match visit {
            Visit::Block(block) => self.block(block, source),
            Visit::Inline(inline) => self.inline(inline, source),
        });
    }

    fn inline(&mut self, inline: &Inline, source: &str) {
        if let InlineKind::Text(text) | InlineKind::Code(text) | InlineKind::Image { alt: text, .. } =
            &inline.kind
        {
            self.text(text, inline.span, source);
        }
        if let InlineKind::Image { title, .. } = &inline.kind {
            self.text(title, inline.span, source);
        }
    }

    fn block(&mut self, block: &Block, source: &str) {
        match &block.kind {
            BlockKind::Code { text, .. } => self.text(text, block.span, source),
            BlockKind::Verse(verse) => {
                for stanza in &verse.stanzas {
                    if let Some(title) = &stanza.title {
                        self.text(&title.value, title.span, source);
                    }
                    for line in &stanza.lines {
                        for part in &line.parts {
                            match part {
                                VersePart::Text(text) | VersePart::Aside(text) => {
                                    self.text(text, line.span, source);
                                }
                                VersePart::Reading { character, reading } => {
                                    self.text(character.encode_utf8(&mut [0; 4]), line.span, source);
                                    self.text(reading, line.span, source);
                                }
                            }
                        }
                    }
                }
            }
            BlockKind::Contact(contact) => {
                let fields = [Some(&contact.name), contact.duty.as_ref(), contact.phone.as_ref()];
                let fields = fields.into_iter().chain([contact.hours.as_ref()]).flatten();
                for text in fields.chain(&contact.areas) {
                    self.text(text, block.span, source);
                }
            }
            BlockKind::Qr { caption, .. } => self.text(caption, block.span, source),
            _ => {}
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

    fn report(self, sink: &mut Sink) {
        for (c, place) in self.found {
            let code = format!("U+{:04X}", u32::from(c));
            sink.report(
                Diagnostic::new(
                    codes::MISSING_GLYPH,
                    Message::new("missing-glyph").with("character", c).with("code", code),
                )
                .hint(Message::new("missing-glyph-hint"))
                .at(place),
            );
        }
    }
}

fn photos(model: &Model, entry: &Entry, wanted: &[&Layout], sink: &mut Sink) {
    let mut seen = BTreeSet::new();
    walk(&entry.body, &mut |visit| {
        let Visit::Inline(Inline { kind: InlineKind::Image { target, .. }, .. }) = visit else { return };
        let LinkTarget::Asset(path) = model.resolve(&entry.path, &target.value) else { return };
        let Some(Ok(info)) = model.pictures.get(&path).map(|picture| &picture.info) else { return };
        let size = (info.width(), info.height());
        let coarsest = wanted
            .iter()
            .filter_map(|layout| Some((dpi(layout, size)?, *layout)))
            .min_by(|(a, _), (b, _)| a.total_cmp(b));
        let Some((dpi, layout)) = coarsest.filter(|(dpi, _)| *dpi < LEAST_DPI) else { return };
        if !seen.insert(path) {
            return;
        }
        let least = least_width(layout, size).unwrap_or_default();
        let message = Message::new("coarse-picture").with("layout", layout.chinese).with("dpi", dpi.floor());
        sink.report(
            Diagnostic::new(codes::COARSE_PICTURE, message)
                .hint(Message::new("coarse-picture-hint").with("width", least))
                .at(target.span),
        );
    });
}

#[cfg(feature = "typst")]
#[cfg(test)]
mod tests;
