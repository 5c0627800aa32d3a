//! Every text of a bulletin that reaches a reader or a page's source, passage by passage.
//!
//! Comments in HTML, titles, addresses and code are published as much as paragraphs are.
//! Invariant: a passage holds what stands together on the page, so a number that emphasis, tags or a line break divide
//! is whole; and every byte of it leads back to where it was written.

use super::align::align;
use super::doc::{Block, BlockKind, Contact, Doc, Footnote, Inline, InlineKind, Verse, VersePart};
use super::node::{Node, NodeKind};
use crate::diag::{Span, Spanned};
use std::ops::Range;

/// A passage under construction, and then shown.
#[derive(Debug, Default)]
pub struct Passage<'d> {
    text: String,
    /// Whether no reader sees it on the page: an address, the name of a place on it, a tag as it is written.
    unseen: bool,
    pieces: Vec<Piece<'d>>,
}

/// A part of a passage, and where it comes from.
#[derive(Debug)]
struct Piece<'d> {
    /// Its first byte in the passage.
    at: usize,
    /// The text that it was cut from, and which bytes of it.
    whole: &'d str,
    range: Range<usize>,
    /// Whether it stands in the passage as it was cut, and not as what it means.
    literal: bool,
    /// Where that text was written.
    span: Span,
}

impl<'d> Passage<'d> {
    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether a reader sees it on the page, or hears it.
    pub fn is_seen(&self) -> bool {
        !self.unseen
    }

    /// Where some bytes of it were written; `source` is the text of the file.
    pub fn locate(&self, range: &Range<usize>, source: &str) -> Option<Span> {
        let (first, last) = (self.piece_before(range.start + 1)?, self.piece_before(range.end)?);
        let origin = |index: usize| {
            let piece = &self.pieces[index];
            let behind = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at);
            piece.origin(range.start.max(piece.at)..range.end.min(behind), source)
        };
        let (start, end) = (origin(first).start, origin(last).end);
        Some(Span::new(self.pieces[first].span.file, start..end.max(start)))
    }

    /// The last piece that begins before a byte.
    fn piece_before(&self, byte: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at < byte).checked_sub(1)
    }

    fn push(&mut self, whole: &'d str, span: Span) {
        self.push_part(whole, 0..whole.len(), span);
    }

    fn push_part(&mut self, whole: &'d str, range: Range<usize>, span: Span) {
        if !range.is_empty() {
            self.pieces.push(Piece { at: self.text.len(), whole, range: range.clone(), literal: true, span });
            self.text.push_str(&whole[range]);
        }
    }

    /// Adds a text that stands for some bytes of another, such as an entity.
    fn push_as(&mut self, text: &str, whole: &'d str, range: Range<usize>, span: Span) {
        self.pieces.push(Piece { at: self.text.len(), whole, range, literal: false, span });
        self.text.push_str(text);
    }

    fn show(&mut self, see: &mut dyn FnMut(&Passage)) {
        if !self.text.is_empty() {
            see(self);
        }
        self.text.clear();
        self.pieces.clear();
    }
}

impl Piece<'_> {
    /// The bytes of the file that some bytes of the passage, all of this piece, were written as.
    fn origin(&self, passage: Range<usize>, source: &str) -> Range<usize> {
        let inner = if self.literal {
            self.range.start + passage.start - self.at..self.range.start + passage.end - self.at
        } else {
            self.range.clone()
        };
        let base = self.span.range().start;
        let Some(written) = source.get(self.span.range()).filter(|_| !self.whole.is_empty()) else {
            return self.span.range();
        };
        let found = align(written, self.whole, &inner);
        base + found.start..base + found.end
    }
}

/// Shows every passage of a document.
pub fn passages(doc: &Doc, see: &mut dyn FnMut(&Passage)) {
    let mut shown = Shown { passage: Passage::default(), see };
    shown.blocks(&doc.blocks);
    for Footnote { blocks, .. } in &doc.footnotes {
        shown.blocks(blocks);
    }
}

/// Shows every passage of a block.
pub fn block(block: &Block, see: &mut dyn FnMut(&Passage)) {
    Shown { passage: Passage::default(), see }.block(block);
}

/// Shows the passages of a line: addresses and titles in it, then the line itself.
pub fn line(content: &[Inline], see: &mut dyn FnMut(&Passage)) {
    Shown { passage: Passage::default(), see }.line(content);
}

/// Shows every key and value of front matter or settings.
pub fn values(node: &Node, see: &mut dyn FnMut(&Passage)) {
    match &node.kind {
        NodeKind::Null => {}
        NodeKind::Scalar(text) => one(text, node.span, see),
        NodeKind::List(items) => items.iter().for_each(|item| values(item, see)),
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                one(&key.value, key.span, see);
                values(value, see);
            }
        }
    }
}

/// Shows one text.
pub fn one(text: &str, span: Span, see: &mut dyn FnMut(&Passage)) {
    let mut passage = Passage::default();
    passage.push(text, span);
    passage.show(see);
}

/// Walks a document; `'d` is its life.
struct Shown<'d, 's> {
    passage: Passage<'d>,
    see: &'s mut dyn FnMut(&Passage),
}

impl<'d> Shown<'d, '_> {
    fn end(&mut self) {
        self.passage.show(self.see);
    }

    fn alone(&mut self, text: &'d str, span: Span) {
        let mut passage = Passage::default();
        passage.push(text, span);
        passage.show(self.see);
    }

    /// What stands in the page and is not seen.
    fn unseen(&mut self, text: &'d str, span: Span) {
        let mut passage = Passage { unseen: true, ..Passage::default() };
        passage.push(text, span);
        passage.show(self.see);
    }

    fn blocks(&mut self, blocks: &'d [Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &'d Block) {
        match &block.kind {
            BlockKind::Paragraph(content) | BlockKind::Signature(content) => self.line(content),
            BlockKind::Heading { id, content, .. } => {
                self.line(content);
                if !id.is_ascii() || id.bytes().any(|b| b.is_ascii_digit()) {
                    self.unseen(id, block.span);
                }
            }
            BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => self.blocks(inner),
            BlockKind::List { items, .. } => items.iter().for_each(|item| self.blocks(&item.blocks)),
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    self.line(&entry.term);
                    entry.definitions.iter().for_each(|definition| self.blocks(definition));
                }
            }
            BlockKind::Code { info, text } => {
                if let Some(info) = info {
                    self.unseen(info, block.span);
                }
                self.alone(text, block.span);
            }
            BlockKind::Table { head, rows, .. } => {
                // A row is read at once: what stands beside a number says whose it is.
                for row in std::iter::once(head).chain(rows) {
                    for (at, cell) in row.iter().enumerate() {
                        if at > 0 {
                            self.passage.push_as(" | ", "", 0..0, block.span);
                        }
                        self.inlines(&cell.content);
                    }
                    self.end();
                }
            }
            BlockKind::Html(html) => self.html(html, block.span),
            BlockKind::Verse(verse) => self.verse(verse),
            BlockKind::Contact(contact) => self.contact(contact, block.span),
            BlockKind::Qr { address, caption } => {
                self.address(address);
                self.alone(caption, block.span);
            }
            BlockKind::DataTable(name) | BlockKind::DataChart(name) => self.unseen(&name.value, name.span),
            BlockKind::Rule => {}
        }
    }

    fn line(&mut self, content: &'d [Inline]) {
        self.inlines(content);
        self.end();
    }

    fn inlines(&mut self, content: &'d [Inline]) {
        for inline in content {
            match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => self.passage.push(text, inline.span),
                InlineKind::Emphasis(inner)
                | InlineKind::Strong(inner)
                | InlineKind::Strikethrough(inner) => {
                    self.inlines(inner);
                }
                InlineKind::Link { target, title, content, .. } => {
                    self.inlines(content);
                    self.address(target);
                    self.unseen(title, inline.span);
                }
                InlineKind::Image { target, title, alt } => {
                    self.address(target);
                    self.unseen(title, inline.span);
                    self.alone(alt, inline.span);
                }
                // Tags leave no trace between the letters of a line; what stands inside them is looked at alone.
                InlineKind::Html(html) => {
                    self.unseen(html, inline.span);
                    if html.to_ascii_lowercase().starts_with("<br") {
                        self.passage.push_as("\n", html, 0..html.len(), inline.span);
                    }
                }
                InlineKind::SoftBreak | InlineKind::HardBreak => {
                    self.passage.push_as("\n", "", 0..0, inline.span);
                }
                InlineKind::FootnoteRef { .. } => {}
            }
        }
    }

    /// An address as written, and as browsers show it.
    fn address(&mut self, target: &'d Spanned<String>) {
        let text = target.value.as_str();
        self.unseen(text, target.span);
        if !text.contains('%') {
            return;
        }
        let mut passage = Passage { unseen: true, ..Passage::default() };
        let mut bytes: Vec<u8> = Vec::new();
        let mut begin = 0;
        let mut at = 0;
        while at < text.len() {
            let escaped = text.as_bytes()[at] == b'%';
            let byte =
                text.get(at + 1..at + 3).filter(|_| escaped).and_then(|hex| u8::from_str_radix(hex, 16).ok());
            if let Some(byte) = byte {
                if bytes.is_empty() {
                    begin = at;
                }
                bytes.push(byte);
                at += 3;
                if let Ok(decoded) = std::str::from_utf8(&bytes) {
                    passage.push_as(decoded, text, begin..at, target.span);
                    bytes.clear();
                } else if bytes.len() >= 4 {
                    bytes.clear();
                }
            } else {
                bytes.clear();
                let next = at + text[at..].chars().next().map_or(1, char::len_utf8);
                passage.push_part(text, at..next, target.span);
                at = next;
            }
        }
        passage.show(self.see);
    }

    fn contact(&mut self, contact: &'d Contact, span: Span) {
        let fields =
            [Some(&contact.name), contact.duty.as_ref(), contact.phone.as_ref(), contact.hours.as_ref()];
        for field in fields.into_iter().flatten().chain(&contact.areas) {
            self.alone(field, span);
        }
    }

    fn verse(&mut self, verse: &'d Verse) {
        for stanza in &verse.stanzas {
            if let Some(title) = &stanza.title {
                self.alone(&title.value, title.span);
            }
            for line in &stanza.lines {
                for part in &line.parts {
                    match part {
                        VersePart::Text(text) => self.passage.push(text, line.span),
                        VersePart::Aside(text) => self.alone(text, line.span),
                        VersePart::Reading { character, .. } => {
                            let mut buffer = [0; 4];
                            let text = character.encode_utf8(&mut buffer);
                            self.passage.push_as(text, "", 0..0, line.span);
                        }
                    }
                }
                self.passage.push_as("\n", "", 0..0, line.span);
            }
            self.end();
        }
    }

    /// Raw HTML as written, with its comments and attributes; and as read, without tags and with entities resolved.
    fn html(&mut self, html: &'d str, span: Span) {
        self.unseen(html, span);
        let mut passage = Passage::default();
        let mut at = 0;
        while let Some(sign) = html[at..].chars().next() {
            let rest = &html[at..];
            let next = match sign {
                '<' if rest.starts_with("<!--") => at + rest.find("-->").map_or(rest.len(), |end| end + 3),
                '<' => at + rest.find('>').map_or(rest.len(), |end| end + 1),
                '&' => match entity(rest) {
                    Some((decoded, length)) => {
                        passage.push_as(decoded.encode_utf8(&mut [0; 4]), html, at..at + length, span);
                        at + length
                    }
                    None => at + 1,
                },
                _ => {
                    let end = at + rest.find(['<', '&']).unwrap_or(rest.len());
                    passage.push_part(html, at..end, span);
                    end
                }
            };
            at = next;
        }
        passage.show(self.see);
    }
}

/// A numeric entity, or a space.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.char_indices().take(12).find(|(_, c)| *c == ';')?.0;
    let name = &text[1..end];
    let decoded = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
        None if matches!(name, "nbsp" | "ensp" | "emsp" | "thinsp") => ' ',
        None if matches!(name, "shy" | "zwj" | "zwnj") => '\u{ad}',
        None => return None,
    };
    Some((decoded, end + 1))
}
