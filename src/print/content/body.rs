//! A `Doc` turned into the tree.
//!
//! Refuses: nesting that Typst would refuse; what lies deeper moves up to the deepest level that it takes.
//! Invariant: every word of the body is in the tree once, in reading order.

use super::tree::{Block, BlockKind, Body, Definition, Inline, Item, Picture};
use super::{Around, Content, html, verse};
use crate::diag::Span;
use crate::print::qr::Qr;
use crate::source::address::{self, Address};
use crate::source::doc::{self, Align, CalloutTone, Cell, Doc, InlineKind};

/// Typst gives up at 72 levels of layout; a template needs several for each of ours.
const DEEPEST: usize = 8;

pub(super) fn body(doc: &Doc, around: &dyn Around, content: &mut Content) -> Body {
    let top = doc.blocks.iter().any(|block| matches!(block.kind, doc::BlockKind::Heading { level: 1, .. }));
    let mut making = Making { around, content, shift: u8::from(top), depth: 0 };
    Body {
        body: making.blocks(&doc.blocks),
        footnotes: doc.footnotes.iter().map(|note| making.blocks(&note.blocks)).collect(),
    }
}

struct Making<'a> {
    around: &'a dyn Around,
    content: &'a mut Content,
    /// How much deeper than written headings are: the bulletin's title alone is of level 1.
    shift: u8,
    depth: usize,
}

impl Making<'_> {
    fn blocks(&mut self, all: &[doc::Block]) -> Vec<Block> {
        let mut made = Vec::with_capacity(all.len());
        self.push(all, &mut made);
        made
    }

    fn push(&mut self, all: &[doc::Block], made: &mut Vec<Block>) {
        for one in all {
            // Too deep for a frame of its own: its content stands in its place.
            match &one.kind {
                doc::BlockKind::Quote(inner) | doc::BlockKind::Callout { blocks: inner, .. }
                    if self.depth >= DEEPEST =>
                {
                    self.push(inner, made);
                }
                doc::BlockKind::List { items, .. } if self.depth >= DEEPEST => {
                    items.iter().for_each(|item| self.push(&item.blocks, made));
                }
                doc::BlockKind::Definitions(all) if self.depth >= DEEPEST => {
                    for one in all {
                        let c = self.inlines(&one.term);
                        let at = one.term.first().map(|inline| inline.span);
                        made.extend(at.map(|span| self.at(span, BlockKind::P { c, signs: false })));
                        one.definitions.iter().for_each(|blocks| self.push(blocks, made));
                    }
                }
                // A line each, as letters and notices expect them.
                doc::BlockKind::Signature(content) => {
                    for line in content.iter().filter(|one| one.kind != InlineKind::HardBreak) {
                        let c = self.inlines(std::slice::from_ref(line));
                        made.push(self.at(line.span, BlockKind::P { c, signs: true }));
                    }
                }
                _ => {
                    let at = self.content.at(one.span);
                    made.extend(self.kind(one).map(|kind| Block { at, kind }));
                }
            }
        }
    }

    fn at(&mut self, span: Span, kind: BlockKind) -> Block {
        Block { at: self.content.at(span), kind }
    }

    fn inner(&mut self, all: &[doc::Block]) -> Vec<Block> {
        self.depth += 1;
        let made = self.blocks(all);
        self.depth -= 1;
        made
    }

    fn kind(&mut self, block: &doc::Block) -> Option<BlockKind> {
        Some(match &block.kind {
            doc::BlockKind::Paragraph(content) | doc::BlockKind::Signature(content) => {
                return self.paragraph(content);
            }
            doc::BlockKind::Heading { level, content, .. } => {
                BlockKind::H { level: (level + self.shift).clamp(2, 6), c: self.inlines(content) }
            }
            doc::BlockKind::Quote(blocks) => BlockKind::Quote { blocks: self.inner(blocks) },
            doc::BlockKind::Callout { tone, blocks } => BlockKind::Callout {
                tone: name_of(*tone),
                label: self.around.callout(*tone).to_owned(),
                blocks: self.inner(blocks),
            },
            doc::BlockKind::List { start, tight, items } => {
                let item =
                    |item: &doc::ListItem| Item { checked: item.checked, blocks: self.inner(&item.blocks) };
                BlockKind::List { start: *start, tight: *tight, items: items.iter().map(item).collect() }
            }
            doc::BlockKind::Definitions(all) => {
                let one = |one: &doc::Definition| Definition {
                    term: self.inlines(&one.term),
                    definitions: one.definitions.iter().map(|blocks| self.inner(blocks)).collect(),
                };
                BlockKind::Defs { items: all.iter().map(one).collect() }
            }
            doc::BlockKind::Code { text, .. } => {
                BlockKind::Code { s: text.trim_end_matches('\n').to_owned() }
            }
            doc::BlockKind::Table { align, head, rows } => BlockKind::Table {
                align: align.iter().map(|align| align_of(*align)).collect(),
                head: self.cells(head),
                rows: rows.iter().map(|row| self.cells(row)).collect(),
            },
            doc::BlockKind::Html(source) => {
                let s = html::text(source);
                if s.is_empty() {
                    return None;
                }
                BlockKind::P { c: vec![Inline::Text { s }], signs: false }
            }
            doc::BlockKind::Rule => BlockKind::Rule,
            doc::BlockKind::Verse(verse) => verse::block(verse, self.around.readings()),
            doc::BlockKind::Contact(contact) => BlockKind::Contact {
                name: contact.name.clone(),
                duty: contact.duty.clone(),
                phone: contact.phone.clone(),
                hours: contact.hours.clone(),
                areas: contact.areas.iter().map(|word| self.around.village(word).to_owned()).collect(),
            },
            doc::BlockKind::Qr { address, caption } => BlockKind::Qr {
                url: address.value.clone(),
                caption: caption.clone(),
                qr: Qr::new(&address.value),
            },
            doc::BlockKind::DataTable(name) => BlockKind::DataTable(self.around.data_table(&name.value)?),
            doc::BlockKind::DataChart(name) => {
                let chart = self.around.chart(&name.value)?;
                BlockKind::Chart {
                    src: self.content.file(&chart.svg, "svg"),
                    alt: chart.alt,
                    title: chart.title,
                    note: chart.note,
                    width: chart.width,
                    height: chart.height,
                }
            }
        })
    }

    /// A picture alone is a figure; its title is the caption that all can see.
    fn paragraph(&mut self, content: &[doc::Inline]) -> Option<BlockKind> {
        if let [doc::Inline { kind: InlineKind::Image { target, title, alt }, .. }] = content
            && let Some(photo) = self.around.picture(&target.value)
        {
            return Some(BlockKind::Figure {
                src: self.content.file(&photo.bytes, photo.ending),
                alt: alt.clone(),
                title: title.clone(),
                width: photo.width,
                height: photo.height,
            });
        }
        if let Some((row, caption)) = doc::picture_row(content) {
            let made: Vec<Picture> = row.into_iter().filter_map(|one| self.picture(one)).collect();
            if !made.is_empty() {
                return Some(BlockKind::Figures { pictures: made, c: self.inlines(caption) });
            }
        }
        let c = self.inlines(content);
        (!c.is_empty()).then_some(BlockKind::P { c, signs: false })
    }

    fn picture(&mut self, inline: &doc::Inline) -> Option<Picture> {
        let InlineKind::Image { target, alt, .. } = &inline.kind else { return None };
        let photo = self.around.picture(&target.value)?;
        let src = self.content.file(&photo.bytes, photo.ending);
        Some(Picture { src, alt: alt.clone(), width: photo.width, height: photo.height })
    }

    fn cells(&mut self, cells: &[Cell]) -> Vec<Vec<Inline>> {
        cells.iter().map(|cell| self.inlines(&cell.content)).collect()
    }

    fn inlines(&mut self, all: &[doc::Inline]) -> Vec<Inline> {
        let mut made = Vec::with_capacity(all.len());
        for inline in all {
            self.inline(inline, &mut made);
        }
        made
    }

    fn inline(&mut self, inline: &doc::Inline, made: &mut Vec<Inline>) {
        let one = match &inline.kind {
            InlineKind::Text(text) => return push_text(text, made),
            InlineKind::SoftBreak => return push_text(" ", made),
            InlineKind::Html(source) => match html::tag_name(source).as_str() {
                "br" => Inline::Br,
                _ => return,
            },
            InlineKind::Code(code) => Inline::Code { s: code.clone() },
            InlineKind::Emphasis(content) => Inline::Em { c: self.inlines(content) },
            InlineKind::Strong(content) => Inline::Strong { c: self.inlines(content) },
            InlineKind::Strikethrough(content) => Inline::Strike { c: self.inlines(content) },
            InlineKind::Link { target, content, .. } => {
                // What surrounds the body may know where a target leads, but not make an unsafe one safe.
                let safe = |address: &String| address::kind(address) != Address::Unsafe;
                let url =
                    Some(&target.value).filter(|t| safe(t)).and_then(|t| self.around.link(t)).filter(safe);
                Inline::Link { url, c: self.inlines(content) }
            }
            InlineKind::Image { target, alt, .. } => match self.around.picture(&target.value) {
                Some(photo) => Inline::Image {
                    src: self.content.file(&photo.bytes, photo.ending),
                    alt: alt.clone(),
                    width: photo.width,
                    height: photo.height,
                },
                None => return push_text(alt, made),
            },
            InlineKind::HardBreak => Inline::Br,
            InlineKind::FootnoteRef { index, .. } => Inline::Fn { n: index + 1 },
        };
        made.push(one);
    }
}

fn push_text(text: &str, made: &mut Vec<Inline>) {
    match made.last_mut() {
        Some(Inline::Text { s }) => s.push_str(text),
        _ if text.is_empty() => {}
        _ => made.push(Inline::Text { s: text.to_owned() }),
    }
}

fn name_of(tone: CalloutTone) -> &'static str {
    match tone {
        CalloutTone::Remember => "remember",
        CalloutTone::Beware => "beware",
        CalloutTone::Law => "law",
        CalloutTone::Hotline => "hotline",
        CalloutTone::Hint => "hint",
    }
}

fn align_of(align: Align) -> &'static str {
    match align {
        Align::None => "none",
        Align::Left => "left",
        Align::Center => "center",
        Align::Right => "right",
    }
}
