//! The inlines of one block: from pulldown-cmark's events to pieces, one level for each link and picture.
//!
//! pulldown-cmark decides what is code, a link, raw HTML or an escape; none of that depends on emphasis. Its emphasis
//! is taken apart into delimiters again; `tree` resolves them anew.
//! Refuses: recursion, and links and pictures nested deeper than [`MAX_INLINE_DEPTH`].
//! Invariant: a piece of text stands literally in the source.

use super::prepare::INDENT;
use super::tree::{Piece, finish};
use super::{Context, MAX_INLINE_DEPTH};
use crate::diag::Spanned;
use crate::source::block::Body;
use crate::source::doc::{Inline, InlineKind, LinkOrigin};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use std::ops::Range;

/// What a stretch of inlines belongs to.
enum Owner {
    Block,
    Link { link_type: LinkType, target: String, title: String },
    Image { target: String, title: String },
}

/// A stretch of inlines while it is read.
struct Open {
    owner: Owner,
    start: usize,
    pieces: Vec<Piece>,
    /// Where the last event ended: a link's address is sought behind it.
    end: usize,
}

/// Reads the inlines of one block.
pub(super) struct Reader {
    levels: Vec<Open>,
    /// Links and pictures open beyond the limit; their text is dropped.
    beyond: usize,
}

impl Reader {
    /// A reader for a block whose inlines begin at `start`.
    pub fn new(start: usize) -> Self {
        Self { levels: vec![Open { owner: Owner::Block, start, pieces: Vec::new(), end: start }], beyond: 0 }
    }

    /// Where the inlines begin and where those read so far end.
    pub fn range(&self) -> Range<usize> {
        self.levels[0].start..self.levels[0].end.max(self.levels[0].start)
    }

    /// Takes an inline event.
    pub fn event(&mut self, event: Event<'_>, range: Range<usize>, cx: &mut Context<'_>) {
        if self.beyond > 0 {
            match event {
                Event::Start(Tag::Link { .. } | Tag::Image { .. }) => self.beyond += 1,
                Event::End(TagEnd::Link | TagEnd::Image) => self.beyond -= 1,
                _ => {}
            }
            return;
        }
        // A link's own range is no place to look for its address behind.
        let end = match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => range.start,
            _ => range.end,
        };
        match event {
            Event::Text(text) => self.text(&text, range, cx),
            Event::Code(code) => self.node(range, InlineKind::Code(unprepared(&code)), cx),
            Event::InlineHtml(html) | Event::Html(html) => {
                let html = unprepared(&html);
                let mut body = Body::default();
                body.push(&html, range.clone(), cx.text);
                cx.raw_html(&body, range.clone());
                self.node(range, InlineKind::Html(html), cx);
            }
            Event::SoftBreak => self.node(range, InlineKind::SoftBreak, cx),
            Event::HardBreak => self.node(range, InlineKind::HardBreak, cx),
            Event::FootnoteReference(label) => {
                let index = cx.footnotes.refer(&label);
                self.node(range, InlineKind::FootnoteRef { index, nth: 0 }, cx);
            }
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough) => {
                self.markup(&event, &range, cx);
            }
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let (target, title) = (dest_url.into_string(), unprepared(&title));
                self.open(Owner::Link { link_type, target, title }, range, cx);
            }
            Event::Start(Tag::Image { dest_url, title, .. }) => {
                let (target, title) = (dest_url.into_string(), unprepared(&title));
                self.open(Owner::Image { target, title }, range, cx);
            }
            Event::End(TagEnd::Link | TagEnd::Image) => self.close(range, cx),
            _ => {}
        }
        if let Some(level) = self.levels.last_mut() {
            level.end = level.end.max(end);
        }
    }

    /// The finished inlines of the block.
    pub fn finish(mut self, cx: &mut Context<'_>) -> Vec<Inline> {
        let level = self.levels.swap_remove(0);
        finish(level.pieces, true, 0, cx)
    }

    fn level(&mut self) -> &mut Open {
        self.levels.last_mut().expect("the block's own level is never closed")
    }

    fn node(&mut self, range: Range<usize>, kind: InlineKind, cx: &Context<'_>) {
        self.level().pieces.push(Piece::Node(Inline { span: cx.span(range), kind }));
    }

    fn text(&mut self, text: &str, range: Range<usize>, cx: &mut Context<'_>) {
        // What was prepared stands for what was written, byte for byte.
        let written = &cx.text[range.clone()];
        let text = if cx.prepared.is_some() && text.len() == written.len() { written } else { text };
        if cx.text[range.clone()] != *text {
            return self.node(range, InlineKind::Text(text.to_owned()), cx);
        }
        if let Owner::Link { link_type: LinkType::Autolink | LinkType::Email, .. } = self.level().owner {
            return self.level().pieces.push(Piece::Text(range));
        }
        let bytes = text.as_bytes();
        // pulldown-cmark begins a text at an escaped character, right behind its backslash.
        let escaped = range.start > cx.body.start
            && cx.text.as_bytes()[range.start - 1] == b'\\'
            && bytes.first().is_some_and(u8::is_ascii_punctuation);
        let pieces = &mut self.level().pieces;
        let mut from = 0;
        let mut at = usize::from(escaped);
        while let Some(found) = bytes[at..].iter().position(|&b| cx.is_delimiter(b)) {
            let start = at + found;
            let delimiter = bytes[start];
            let len = bytes[start..].iter().take_while(|&&b| b == delimiter).count();
            push_text(pieces, range.start + from..range.start + start);
            push_run(pieces, range.start + start..range.start + start + len, cx.text);
            at = start + len;
            from = at;
        }
        push_text(pieces, range.start + from..range.end);
    }

    /// Turns pulldown-cmark's emphasis back into the delimiters that made it.
    fn markup(&mut self, event: &Event<'_>, range: &Range<usize>, cx: &Context<'_>) {
        let len = match event {
            Event::Start(Tag::Emphasis) | Event::End(TagEnd::Emphasis) => 1,
            Event::Start(Tag::Strong) | Event::End(TagEnd::Strong) => 2,
            _ => 1 + usize::from(cx.text.as_bytes().get(range.start + 1) == Some(&b'~')),
        };
        let run = match event {
            Event::Start(_) => range.start..range.start + len,
            _ => range.end - len..range.end,
        };
        push_run(&mut self.level().pieces, run, cx.text);
    }

    fn open(&mut self, owner: Owner, range: Range<usize>, cx: &mut Context<'_>) {
        if self.levels.len() > MAX_INLINE_DEPTH {
            cx.too_deep(range);
            self.beyond = 1;
            return;
        }
        self.levels.push(Open { owner, start: range.start, pieces: Vec::new(), end: range.start });
    }

    fn close(&mut self, range: Range<usize>, cx: &mut Context<'_>) {
        let depth = self.levels.len() - 1;
        let Some(level) = (depth > 0).then(|| self.levels.pop()).flatten() else { return };
        let content = finish(level.pieces, false, depth, cx);
        let span = cx.span(range.clone());
        let kind = match level.owner {
            Owner::Block => unreachable!("the block's own level is the first one, which stays"),
            Owner::Link { link_type, target, title } => {
                let auto = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let place = if auto {
                    range.start + 1..range.end - 1
                } else {
                    address_place(link_type, level.end, &range, &target, cx.text)
                };
                let (target, place) = written_address(target, place, level.end, &range, cx);
                let target = if link_type == LinkType::Email { format!("mailto:{target}") } else { target };
                let origin = if auto { LinkOrigin::Autolink } else { LinkOrigin::Written };
                InlineKind::Link { target: Spanned::new(target, cx.span(place)), title, content, origin }
            }
            Owner::Image { target, title } => {
                let place = address_place(LinkType::Inline, level.end, &range, &target, cx.text);
                let (target, place) = written_address(target, place, level.end, &range, cx);
                let mut alt = String::new();
                crate::source::doc::push_plain(&content, &mut alt);
                InlineKind::Image { target: Spanned::new(target, cx.span(place)), title, alt }
            }
        };
        self.level().pieces.push(Piece::Node(Inline { span, kind }));
    }
}

fn push_text(pieces: &mut Vec<Piece>, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    if let Some(Piece::Text(last)) = pieces.last_mut()
        && last.end == range.start
    {
        last.end = range.end;
        return;
    }
    pieces.push(Piece::Text(range));
}

fn push_run(pieces: &mut Vec<Piece>, range: Range<usize>, text: &str) {
    if let Some(Piece::Run(last)) = pieces.last_mut()
        && last.end == range.start
        && text.as_bytes()[last.start] == text.as_bytes()[range.start]
    {
        last.end = range.end;
        return;
    }
    pieces.push(Piece::Run(range));
}

/// A value that the parser gave, without what stood for the spaces of an indent: as a blank, which a line's end beside it swallows.
fn unprepared(text: &str) -> String {
    if !text.as_bytes().contains(&INDENT) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c == char::from(INDENT) {
            true if out.is_empty() || out.ends_with([' ', '\n']) => {}
            true => out.push(' '),
            false => out.push(c),
        }
    }
    out
}

/// An address as it was written, where it was prepared for the parser.
fn written_address(
    target: String,
    place: Range<usize>,
    content_end: usize,
    link: &Range<usize>,
    cx: &Context<'_>,
) -> (String, Range<usize>) {
    let all = cx.prepared.as_deref().unwrap_or_default();
    let next = all.partition_point(|one| one.start < content_end);
    match all.get(next).filter(|one| one.end <= link.end) {
        Some(written) => (cx.text[written.clone()].to_owned(), written.clone()),
        None => (target, place),
    }
}

/// Where an address stands: behind the text's `](`. The whole link where it has no place of its own.
fn address_place(
    link_type: LinkType,
    content_end: usize,
    link: &Range<usize>,
    target: &str,
    text: &str,
) -> Range<usize> {
    if link_type != LinkType::Inline {
        return link.clone();
    }
    let Some(open) = text.get(content_end..link.end).and_then(|rest| rest.find("](")) else {
        return link.clone();
    };
    let inside = &text[content_end + open + 2..link.end];
    let start = content_end + open + 2 + (inside.len() - inside.trim_start().len());
    let rest = &text[start..link.end];
    if let Some(bracketed) = rest.strip_prefix('<') {
        let len = bracketed.find('>').unwrap_or(bracketed.len());
        return start + 1..start + 1 + len;
    }
    if rest.starts_with(target) {
        return start..start + target.len();
    }
    // Escapes and entities make the written form longer; it holds no whitespace and ends before the last bracket.
    let rest = &rest[..rest.len().saturating_sub(1)];
    let len = rest.find(|c: char| c.is_ascii_whitespace()).unwrap_or(rest.len());
    start..start + len
}
