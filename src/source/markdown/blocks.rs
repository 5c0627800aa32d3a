//! Blocks: from pulldown-cmark's events to our tree, with a stack of our own in place of recursion.
//!
//! Refuses: nesting deeper than `MAX_DEPTH`; what lies deeper is left out, with a finding.
//! Invariant: a block's span lies in its parent's and ends before trailing whitespace.

use super::heading::Ids;
use super::inline::Reader;
use super::{Context, MAX_DEPTH, callout};
use crate::diag::Span;
use crate::source::block::{self, Body};
use crate::source::doc::{Align, Block, BlockKind, Cell, Definition, Footnote, Inline, ListItem, push_plain};
use pulldown_cmark::{Alignment, CodeBlockKind, Event, Tag, TagEnd};
use std::ops::Range;

/// A container that is still open.
struct Frame {
    range: Range<usize>,
    kind: Container,
    blocks: Vec<Block>,
}

enum Container {
    Body,
    Quote,
    List { start: Option<u64>, tight: bool, items: Vec<ListItem> },
    Item { checked: Option<bool> },
    Footnote { label: String },
    Definitions(Vec<Definition>),
    Definition,
    Table { align: Vec<Align>, head: Vec<Cell>, rows: Vec<Vec<Cell>>, row: Vec<Cell> },
}

/// A block of inlines or of text that is still open.
enum Leaf {
    None,
    Paragraph(Range<usize>),
    /// The text of a tight list's item, which has no paragraph of its own in the events.
    Tight,
    Heading {
        range: Range<usize>,
        level: u8,
        id: Option<String>,
    },
    Term,
    Cell(Range<usize>),
    Code {
        range: Range<usize>,
        info: Option<String>,
        body: Body,
    },
    Html {
        range: Range<usize>,
        html: Body,
    },
}

pub(super) struct Builder {
    frames: Vec<Frame>,
    leaf: Leaf,
    /// The inlines of the leaf, where it has any.
    reader: Option<Reader>,
    ids: Ids,
    /// Containers open beyond the limit; all inside is left out.
    beyond: usize,
}

impl Builder {
    pub fn new(cx: &Context<'_>) -> Self {
        let body = Frame { range: cx.body.clone(), kind: Container::Body, blocks: Vec::with_capacity(32) };
        Self { frames: vec![body], leaf: Leaf::None, reader: None, ids: Ids::new(), beyond: 0 }
    }

    pub fn finish(mut self, cx: &mut Context<'_>) -> Vec<Block> {
        self.end_tight(cx);
        self.frames.swap_remove(0).blocks
    }

    pub fn event(&mut self, event: Event<'_>, range: Range<usize>, cx: &mut Context<'_>) {
        if self.beyond > 0 {
            match event {
                Event::Start(_) => self.beyond += 1,
                Event::End(_) => self.beyond -= 1,
                _ => {}
            }
            return;
        }
        match (&mut self.leaf, &event) {
            (Leaf::Code { body, .. }, Event::Text(text)) => return body.push(text, range, cx.text),
            (Leaf::Html { html, .. }, Event::Text(text) | Event::Html(text)) => {
                return html.push(text, range, cx.text);
            }
            _ => {}
        }
        match event {
            Event::Start(tag) if is_block(&tag) => self.start(tag, range, cx),
            Event::End(tag) if is_block_end(tag) => self.end(tag, cx),
            Event::Rule => {
                self.end_tight(cx);
                self.push(range, BlockKind::Rule, cx);
            }
            Event::TaskListMarker(done) => {
                let item = self.frames.iter_mut().rev().find_map(|f| match &mut f.kind {
                    Container::Item { checked } => Some(checked),
                    _ => None,
                });
                if let Some(checked) = item {
                    *checked = Some(done);
                }
            }
            inline => self.inline(inline, range, cx),
        }
    }

    fn inline(&mut self, event: Event<'_>, range: Range<usize>, cx: &mut Context<'_>) {
        let reader = self.reader.get_or_insert_with(|| {
            self.leaf = Leaf::Tight;
            Reader::new(range.start)
        });
        reader.event(event, range, cx);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>, cx: &mut Context<'_>) {
        self.end_tight(cx);
        match tag {
            Tag::Paragraph => {
                if let [
                    ..,
                    Frame { kind: Container::List { tight, .. }, .. },
                    Frame { kind: Container::Item { .. }, .. },
                ] = self.frames.as_mut_slice()
                {
                    *tight = false;
                }
                self.leaf = Leaf::Paragraph(range.clone());
                self.reader = Some(Reader::new(range.start));
            }
            Tag::Heading { level, id, .. } => {
                let id = id.map(pulldown_cmark::CowStr::into_string);
                self.leaf = Leaf::Heading { range: range.clone(), level: level as u8, id };
                self.reader = Some(Reader::new(range.start));
            }
            Tag::DefinitionListTitle => {
                self.leaf = Leaf::Term;
                self.reader = Some(Reader::new(range.start));
            }
            Tag::TableCell => {
                self.leaf = Leaf::Cell(range.clone());
                self.reader = Some(Reader::new(range.start));
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => Some(info.into_string()),
                    CodeBlockKind::Indented => None,
                };
                self.leaf = Leaf::Code { range, info, body: Body::default() };
            }
            Tag::HtmlBlock => self.leaf = Leaf::Html { range, html: Body::default() },
            Tag::BlockQuote(_) => self.open(Container::Quote, range, cx),
            Tag::List(start) => {
                self.open(Container::List { start, tight: true, items: Vec::new() }, range, cx);
            }
            Tag::Item => self.open(Container::Item { checked: None }, range, cx),
            Tag::FootnoteDefinition(label) => {
                self.open(Container::Footnote { label: label.into_string() }, range, cx);
            }
            Tag::DefinitionList => self.open(Container::Definitions(Vec::new()), range, cx),
            Tag::DefinitionListDefinition => self.open(Container::Definition, range, cx),
            Tag::Table(align) => {
                let align = align.into_iter().map(align_of).collect();
                let table = Container::Table { align, head: Vec::new(), rows: Vec::new(), row: Vec::new() };
                self.open(table, range, cx);
            }
            // A table's rows need no frame: their cells are gathered in the table's.
            _ => {}
        }
    }

    fn open(&mut self, kind: Container, range: Range<usize>, cx: &mut Context<'_>) {
        if self.frames.len() > MAX_DEPTH {
            cx.too_deep(range);
            self.beyond = 1;
            return;
        }
        self.frames.push(Frame { range, kind, blocks: Vec::new() });
    }

    fn end(&mut self, tag: TagEnd, cx: &mut Context<'_>) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::DefinitionListTitle | TagEnd::TableCell => {
                self.end_inlines(cx);
            }
            TagEnd::CodeBlock | TagEnd::HtmlBlock => self.end_text(cx),
            TagEnd::TableHead | TagEnd::TableRow => {
                if let Some(Container::Table { head, rows, row, .. }) =
                    self.frames.last_mut().map(|f| &mut f.kind)
                {
                    let cells = std::mem::take(row);
                    match tag {
                        TagEnd::TableHead => *head = cells,
                        _ => rows.push(cells),
                    }
                }
            }
            _ => self.end_container(cx),
        }
    }

    fn end_container(&mut self, cx: &mut Context<'_>) {
        self.end_tight(cx);
        let Some(Frame { range, kind, blocks }) =
            (self.frames.len() > 1).then(|| self.frames.pop()).flatten()
        else {
            return;
        };
        match kind {
            Container::Body => unreachable!("the body is the first frame, which stays"),
            Container::Quote if cx.options.blocks => self.push(range, callout::from_quote(blocks), cx),
            Container::Quote => self.push(range, BlockKind::Quote(blocks), cx),
            Container::List { start, tight, items } => {
                self.push(range, BlockKind::List { start, tight, items }, cx);
            }
            Container::Item { checked } => {
                let span = cx.span(trimmed(range, blocks.last().map(|b| b.span), cx));
                if let Some(Container::List { items, .. }) = self.frames.last_mut().map(|f| &mut f.kind) {
                    items.push(ListItem { span, checked, blocks });
                }
            }
            Container::Footnote { label } => {
                let span = cx.span(trimmed(range, blocks.last().map(|b| b.span), cx));
                cx.footnotes.define(Footnote { label, references: 0, blocks, span });
            }
            Container::Definitions(all) => self.push(range, BlockKind::Definitions(all), cx),
            Container::Definition => {
                if let Some(Container::Definitions(all)) = self.frames.last_mut().map(|f| &mut f.kind) {
                    if all.is_empty() {
                        all.push(Definition { term: Vec::new(), definitions: Vec::new() });
                    }
                    if let Some(last) = all.last_mut() {
                        last.definitions.push(blocks);
                    }
                }
            }
            Container::Table { align, head, rows, .. } => {
                self.push(range, BlockKind::Table { align, head, rows }, cx);
            }
        }
    }

    /// Ends a leaf of inlines.
    fn end_inlines(&mut self, cx: &mut Context<'_>) {
        let Some(reader) = self.reader.take() else { return };
        let inlines = reader.range();
        let content = reader.finish(cx);
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::Paragraph(range) => self.push(range, BlockKind::Paragraph(content), cx),
            Leaf::Tight => self.push(inlines, BlockKind::Paragraph(content), cx),
            Leaf::Heading { range, level, id } => {
                let id = self.heading_id(id.as_deref(), &content);
                self.push(range, BlockKind::Heading { level, id, content }, cx);
            }
            Leaf::Term => {
                if let Some(Container::Definitions(all)) = self.frames.last_mut().map(|f| &mut f.kind) {
                    all.push(Definition { term: content, definitions: Vec::new() });
                }
            }
            Leaf::Cell(range) => {
                let span = cx.span(trimmed(range, content.last().map(|i| i.span), cx));
                if let Some(Container::Table { row, .. }) = self.frames.last_mut().map(|f| &mut f.kind) {
                    row.push(Cell { span, content });
                }
            }
            Leaf::None | Leaf::Code { .. } | Leaf::Html { .. } => {}
        }
    }

    fn heading_id(&mut self, wanted: Option<&str>, content: &[Inline]) -> String {
        let mut text = String::new();
        push_plain(content, &mut text);
        self.ids.give(wanted, &text)
    }

    /// Ends a leaf of text.
    fn end_text(&mut self, cx: &mut Context<'_>) {
        match std::mem::replace(&mut self.leaf, Leaf::None) {
            Leaf::Code { range, info, body } => {
                let span = cx.span(trimmed(range.clone(), None, cx));
                cx.unclosed(info.is_some(), span);
                let special = match &info {
                    Some(info) if cx.options.blocks => block::parse(info, &body, span, cx.text, cx.sink),
                    _ => None,
                };
                let kind = special.unwrap_or_else(|| BlockKind::Code { info, text: body.into_text() });
                self.push(range, kind, cx);
            }
            Leaf::Html { range, html } => {
                cx.raw_html(&html, range.clone());
                self.push(range, BlockKind::Html(html.into_text()), cx);
            }
            _ => {}
        }
    }

    /// Ends the text of a tight item: the next block begins or the item ends.
    fn end_tight(&mut self, cx: &mut Context<'_>) {
        if matches!(self.leaf, Leaf::Tight) {
            self.end_inlines(cx);
        }
    }

    fn push(&mut self, range: Range<usize>, kind: BlockKind, cx: &Context<'_>) {
        let span = cx.span(trimmed(range, last_place(&kind), cx));
        if let Some(frame) = self.frames.last_mut() {
            if let Some(last) = frame.blocks.last_mut() {
                truncate(last, span.start);
            }
            frame.blocks.push(Block { span, kind });
        }
    }
}

/// Ends a block, and what ends it, at `limit`: pulldown-cmark lets fences in definitions reach into the next block.
fn truncate(block: &mut Block, limit: u32) {
    if block.span.end <= limit {
        return;
    }
    block.span.end = limit.max(block.span.start);
    let inside = match &mut block.kind {
        BlockKind::Quote(b) | BlockKind::Callout { blocks: b, .. } => b.last_mut(),
        BlockKind::List { items, .. } => items.last_mut().and_then(|item| {
            item.span.end = item.span.end.min(limit);
            item.blocks.last_mut()
        }),
        BlockKind::Definitions(all) => {
            all.last_mut().and_then(|one| one.definitions.last_mut()).and_then(|d| d.last_mut())
        }
        _ => None,
    };
    if let Some(inside) = inside {
        truncate(inside, limit);
    }
}

/// A block's range without trailing whitespace, but with all that it holds: where pulldown-cmark keeps whitespace at the
/// end of a heading's text, that stays inside.
fn trimmed(range: Range<usize>, holds: Option<Span>, cx: &Context<'_>) -> Range<usize> {
    let text = &cx.text[range.clone()];
    let end = range.start + text.trim_end_matches([' ', '\t', '\r', '\n']).len();
    range.start..end.max(holds.map_or(0, |s| s.end as usize))
}

/// The last place that a block holds.
fn last_place(kind: &BlockKind) -> Option<Span> {
    match kind {
        BlockKind::Paragraph(c) | BlockKind::Heading { content: c, .. } => c.last().map(|i| i.span),
        BlockKind::Quote(b) | BlockKind::Callout { blocks: b, .. } => b.last().map(|b| b.span),
        BlockKind::List { items, .. } => items.last().map(|i| i.span),
        BlockKind::Definitions(all) => all.last().and_then(|one| {
            let last = one.definitions.iter().rev().find_map(|d| d.last()).map(|b| b.span);
            last.or_else(|| one.term.last().map(|i| i.span))
        }),
        BlockKind::Table { head, rows, .. } => rows.last().unwrap_or(head).last().map(|c| c.span),
        _ => None,
    }
}

fn align_of(align: Alignment) -> Align {
    match align {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. }
    )
}

fn is_block_end(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
