//! Footnotes: numbers in the order of first reference, whatever the order of definition.
//!
//! Invariant: afterwards every `FootnoteRef` points at a definition; references to none are text again.

use crate::source::doc::{Block, BlockKind, Doc, Footnote, Inline, InlineKind};
use std::collections::HashMap;

/// Labels and definitions while the text is read.
#[derive(Default)]
pub(super) struct Footnotes {
    labels: HashMap<String, usize>,
    /// By the index that a label got when it was first seen.
    definitions: Vec<Option<Footnote>>,
}

impl Footnotes {
    /// The provisional index of a label. Labels ignore letter case.
    pub fn refer(&mut self, label: &str) -> usize {
        let next = self.definitions.len();
        let index = *self.labels.entry(label.to_lowercase()).or_insert(next);
        if index == next {
            self.definitions.push(None);
        }
        index
    }

    /// Takes a definition; the first one of a label counts.
    pub fn define(&mut self, footnote: Footnote) {
        let index = self.refer(&footnote.label);
        self.definitions[index].get_or_insert(footnote);
    }

    /// Numbers all references in `doc` and gives it its footnotes.
    pub fn number(mut self, doc: &mut Doc, text: &str) {
        if self.definitions.is_empty() {
            return;
        }
        let mut order = Order {
            settled: vec![None; self.definitions.len()],
            defined: self.definitions.iter().map(Option::is_some).collect(),
            references: Vec::new(),
            queue: Vec::new(),
            text,
        };
        order.blocks(&mut doc.blocks);
        let (mut done, mut unreferenced) = (0, 0);
        loop {
            while let Some(&old) = order.queue.get(done) {
                done += 1;
                if let Some(mut footnote) = self.definitions[old].take() {
                    order.blocks(&mut footnote.blocks);
                    doc.footnotes.push(footnote);
                }
            }
            // Those that nothing refers to come last, and may refer to others themselves.
            let rest = &self.definitions[unreferenced..];
            let Some(offset) = rest.iter().position(Option::is_some) else { break };
            unreferenced += offset;
            order.place(unreferenced);
        }
        for (footnote, references) in doc.footnotes.iter_mut().zip(&order.references) {
            footnote.references = *references;
        }
    }
}

struct Order<'a> {
    /// Final index by provisional one.
    settled: Vec<Option<usize>>,
    defined: Vec<bool>,
    /// References so far by final index.
    references: Vec<u32>,
    /// Provisional indices in final order.
    queue: Vec<usize>,
    text: &'a str,
}

impl Order<'_> {
    fn place(&mut self, old: usize) -> usize {
        *self.settled[old].get_or_insert_with(|| {
            self.queue.push(old);
            self.references.push(0);
            self.queue.len() - 1
        })
    }

    fn blocks(&mut self, blocks: &mut [Block]) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Paragraph(c) | BlockKind::Signature(c) | BlockKind::Heading { content: c, .. } => {
                    self.inlines(c);
                }
                BlockKind::Quote(b) | BlockKind::Callout { blocks: b, .. } => self.blocks(b),
                BlockKind::List { items, .. } => items.iter_mut().for_each(|i| self.blocks(&mut i.blocks)),
                BlockKind::Definitions(all) => {
                    for one in all {
                        self.inlines(&mut one.term);
                        one.definitions.iter_mut().for_each(|d| self.blocks(d));
                    }
                }
                BlockKind::Table { head, rows, .. } => {
                    let cells = head.iter_mut().chain(rows.iter_mut().flatten());
                    cells.for_each(|c| self.inlines(&mut c.content));
                }
                BlockKind::Code { .. }
                | BlockKind::Html(_)
                | BlockKind::Rule
                | BlockKind::Verse(_)
                | BlockKind::Contact(_)
                | BlockKind::Qr { .. }
                | BlockKind::DataTable(_)
                | BlockKind::DataChart(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut [Inline]) {
        for inline in inlines {
            match &mut inline.kind {
                InlineKind::FootnoteRef { index, .. } if !self.defined[*index] => {
                    inline.kind = InlineKind::Text(self.text[inline.span.range()].to_owned());
                }
                InlineKind::FootnoteRef { index, nth } => {
                    *index = self.place(*index);
                    self.references[*index] += 1;
                    *nth = self.references[*index];
                }
                InlineKind::Emphasis(c)
                | InlineKind::Strong(c)
                | InlineKind::Strikethrough(c)
                | InlineKind::Link { content: c, .. } => self.inlines(c),
                InlineKind::Text(_)
                | InlineKind::Code(_)
                | InlineKind::Image { .. }
                | InlineKind::Html(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak => {}
            }
        }
    }
}
