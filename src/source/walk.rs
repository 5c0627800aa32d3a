//! Visiting every node of a [`Doc`] in reading order.
//!
//! Refuses: changing the tree.
//! Invariant: each block and inline is visited once, parents before children, footnotes last.

use super::doc::{Block, BlockKind, Doc, Inline, InlineKind};

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
            BlockKind::Paragraph(content) | BlockKind::Heading { content, .. } => inlines(content, see),
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
