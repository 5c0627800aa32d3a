//! Slips: Markdown that reads differently from what its author surely meant.
//!
//! W204 stray-emphasis, W205 heading-without-space, W206 chinese-list-marker, W207 indented-text, W208 full-width-link, W220
//! near-callout, W221 near-table, W222 unclosed-fence, W223 foreign-mark, W224 underlined-text.
//! Refuses: guesses; where a reading other than the slip makes sense (`2 * 3 * 4`, `#话题#`, `3.15`) nothing is said.
//! Invariant: a pure function of text and tree; every finding shows the mended text.

mod emphasis;
mod foreign;
mod line;
mod link;
mod near;

use super::cjk;
use super::doc::{Block, BlockKind, Doc, Inline, InlineKind};
use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, codes};
use std::ops::Range;

/// How many slips one body can have: the hundredth helps nobody.
const MAX_SLIPS: usize = 200;

/// Reports the slips of a body.
pub fn check(file: FileId, text: &str, doc: &Doc, sink: &mut Sink) {
    // Rare signs are sought once, so that bodies without them pay nothing for them.
    let (wide_star, wide_bracket) = (text.contains('＊'), text.contains('【'));
    let mut slips = Slips { file, text, sink, found: 0, wide_star, wide_bracket };
    slips.blocks(&doc.blocks, false);
    for footnote in &doc.footnotes {
        slips.blocks(&footnote.blocks, false);
    }
}

struct Slips<'a> {
    file: FileId,
    text: &'a str,
    sink: &'a mut Sink,
    found: usize,
    /// Whether `＊` occurs.
    wide_star: bool,
    /// Whether `【` occurs.
    wide_bracket: bool,
}

impl Slips<'_> {
    fn report(&mut self, code: Code, hint: &'static str, place: Range<usize>, mend: &str) {
        self.report_as(code, code.name, hint, place, mend);
    }

    /// Reports with a message of its own.
    fn report_as(
        &mut self,
        code: Code,
        message: &'static str,
        hint: &'static str,
        place: Range<usize>,
        mend: &str,
    ) {
        self.found += 1;
        if self.found > MAX_SLIPS {
            return;
        }
        let found = clipped(&self.text[place.clone()]);
        let message = Message::new(message).with("found", found);
        let span = Span::new(self.file, place);
        let hint = Message::new(hint).with("mend", clipped(mend));
        self.sink.report(Diagnostic::new(code, message).hint(hint).at(span));
    }

    fn blocks(&mut self, blocks: &[Block], quoted: bool) {
        for (at, block) in blocks.iter().enumerate() {
            // The first paragraph of a quotation was looked at with it.
            let quoted = quoted && at == 0;
            match &block.kind {
                BlockKind::Paragraph(content) => {
                    line::check(content, self);
                    foreign::numbered(content, self);
                    if !quoted {
                        near::paragraph(content, self);
                    }
                    near::table(block.span.range(), self);
                    self.inlines(content);
                }
                BlockKind::Heading { content, .. } => {
                    self.underlined(block.span);
                    self.inlines(content);
                }
                BlockKind::Quote(b) => {
                    near::quotation(b, self);
                    self.blocks(b, true);
                }
                BlockKind::Callout { blocks: b, .. } => self.blocks(b, false),
                BlockKind::List { items, .. } => items.iter().for_each(|i| self.blocks(&i.blocks, false)),
                BlockKind::Definitions(all) => {
                    for one in all {
                        self.inlines(&one.term);
                        one.definitions.iter().for_each(|d| self.blocks(d, false));
                    }
                }
                BlockKind::Table { head, rows, .. } => {
                    near::glued(head, rows, self);
                    head.iter().chain(rows.iter().flatten()).for_each(|c| self.inlines(&c.content));
                }
                BlockKind::Code { info: None, text } => self.indented(block.span, text),
                _ => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &[Inline]) {
        emphasis::check(inlines, self);
        link::check(inlines, self);
        foreign::marks(inlines, self);
        for inline in inlines {
            emphasis::glued(inline, self);
            if let InlineKind::Emphasis(c)
            | InlineKind::Strong(c)
            | InlineKind::Strikethrough(c)
            | InlineKind::Link { content: c, .. } = &inline.kind
            {
                self.inlines(c);
            }
        }
    }

    /// A heading that a line of hyphens below it made: mostly it was to be a line between paragraphs.
    fn underlined(&mut self, span: Span) {
        let range = span.range();
        let text = self.text;
        let block = &text[range.clone()];
        let Some((words, line)) = block.trim_end().rsplit_once('\n') else { return };
        let hyphens = line.trim_start_matches(['>', ' ']).trim();
        if hyphens.len() > 1 && hyphens.bytes().all(|b| b == b'-') {
            let first = words.lines().next().unwrap_or_default();
            let mend = format!("## {}", words.trim());
            self.report(
                codes::UNDERLINED_TEXT,
                "underlined-text-hint",
                range.start..range.start + first.len(),
                &mend,
            );
        }
    }

    /// Code that is indented and holds Chinese is a paragraph that was to begin with two empty squares.
    fn indented(&mut self, span: Span, code: &str) {
        let lines = code.lines().filter(|line| !line.trim().is_empty());
        if lines.clone().count() > 1 && lines.clone().all(|line| line.trim().contains('\t')) {
            return near::table(span.range(), self);
        }
        let Some(first) = code.lines().map(str::trim).find(|l| !l.is_empty()) else { return };
        if !first.chars().any(cjk::is_cjk) {
            return;
        }
        let range = span.range();
        let block = &self.text[range.clone()];
        let start = range.start + (block.len() - block.trim_start().len());
        let end = self.text[start..range.end].find(['\n', '\r']).map_or(range.end, |n| start + n);
        self.report(codes::INDENTED_TEXT, "indented-text-hint", start..end, first);
    }
}

/// A finding quotes a line, not a page.
fn clipped(text: &str) -> String {
    const MAX: usize = 60;
    let line = text.split(['\n', '\r']).next().unwrap_or("");
    match line.char_indices().nth(MAX) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line.to_owned(),
    }
}

/// The text nodes of one level that follow each other without a gap in the source, as ranges of the source. Bare
/// addresses count as text; escapes end a stretch.
fn stretches(inlines: &[Inline]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for inline in inlines {
        let textual = match &inline.kind {
            InlineKind::Text(_) => true,
            InlineKind::Link { origin, .. } => *origin == super::doc::LinkOrigin::Bare,
            _ => false,
        };
        if !textual {
            continue;
        }
        let range = inline.span.range();
        match found.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => found.push(range),
        }
    }
    found
}

#[cfg(test)]
mod tests;
