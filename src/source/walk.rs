//! Visiting every node of a [`Doc`] in reading order.
//!
//! Refuses: changing the tree.
//! Invariant: each block and inline is visited once, parents before children, footnotes last.

use super::doc::{Block, BlockKind, Doc, Inline, InlineKind, VersePart};
use crate::diag::Span;

/// What a visitor is shown.
#[derive(Clone, Copy)]
pub enum Visit<'d> {
    /// A block.
    Block(&'d Block),
    /// An inline.
    Inline(&'d Inline),
}

/// Shows every node of a document to `see`.
pub fn walk<'d>(doc: &'d Doc, see: &mut dyn FnMut(Visit<'d>)) {
    blocks(&doc.blocks, see);
    for note in &doc.footnotes {
        blocks(&note.blocks, see);
    }
}

fn blocks<'d>(list: &'d [Block], see: &mut dyn FnMut(Visit<'d>)) {
    for block in list {
        see(Visit::Block(block));
        match &block.kind {
            BlockKind::Paragraph(content)
            | BlockKind::Signature(content)
            | BlockKind::Heading { content, .. } => inlines(content, see),
            BlockKind::Quote(inner) | BlockKind::Callout { blocks: inner, .. } => blocks(inner, see),
            BlockKind::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, see)),
            BlockKind::Definitions(entries) => {
                for entry in entries {
                    inlines(&entry.term, see);
                    entry.definitions.iter().for_each(|definition| blocks(definition, see));
                }
            }
            BlockKind::Table { head, rows, .. } => {
                for cell in head.iter().chain(rows.iter().flatten()) {
                    inlines(&cell.content, see);
                }
            }
            _ => {}
        }
    }
}

fn inlines<'d>(list: &'d [Inline], see: &mut dyn FnMut(Visit<'d>)) {
    for inline in list {
        see(Visit::Inline(inline));
        match &inline.kind {
            InlineKind::Emphasis(content)
            | InlineKind::Strong(content)
            | InlineKind::Strikethrough(content)
            | InlineKind::Link { content, .. } => inlines(content, see),
            _ => {}
        }
    }
}

/// Shows the texts that a sheet of paper with the document shows, each with the place that holds it. Addresses, raw HTML and what
/// datasets put in are none of them.
pub fn texts(doc: &Doc, see: &mut dyn FnMut(&str, Span)) {
    walk(doc, &mut |visit| match visit {
        Visit::Block(block) => block_texts(block, see),
        Visit::Inline(inline) => match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => see(text, inline.span),
            InlineKind::Image { alt, title, .. } => {
                see(alt, inline.span);
                see(title, inline.span);
            }
            _ => {}
        },
    });
}

fn block_texts(block: &Block, see: &mut dyn FnMut(&str, Span)) {
    match &block.kind {
        BlockKind::Code { text, .. } => see(text, block.span),
        BlockKind::Verse(verse) => {
            for stanza in &verse.stanzas {
                if let Some(title) = &stanza.title {
                    see(&title.value, title.span);
                }
                for line in &stanza.lines {
                    for part in &line.parts {
                        match part {
                            VersePart::Text(text) | VersePart::Aside(text) => see(text, line.span),
                            VersePart::Reading { character, reading } => {
                                see(character.encode_utf8(&mut [0; 4]), line.span);
                                see(reading, line.span);
                            }
                        }
                    }
                }
            }
        }
        BlockKind::Contact(contact) => {
            let fields =
                [Some(&contact.name), contact.duty.as_ref(), contact.phone.as_ref(), contact.hours.as_ref()];
            fields.into_iter().flatten().chain(&contact.areas).for_each(|text| see(text, block.span));
        }
        BlockKind::Qr { caption, .. } => see(caption, block.span),
        _ => {}
    }
}
