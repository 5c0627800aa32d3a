//! Markdown as our bulletins use it: text in, [`Doc`] out.
//!
//! pulldown-cmark reads the syntax; this module turns its events into our tree, adds what Chinese asks for (`cjk`,
//! bare addresses), and gives callouts and fenced blocks their meaning. Refuses: bodies over [`MAX_BODY`] bytes and
//! nesting deeper than [`MAX_DEPTH`], both with a finding. Invariant: any text yields a `Doc`; nothing here panics.

mod bare;
mod blocks;
mod callout;
mod footnotes;
mod heading;
mod inline;
mod plain_verse;
mod prepare;
mod signature;
mod tree;

use super::block::Body;
use super::doc::Doc;
use super::{raw_html, slip};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, codes};
use footnotes::Footnotes;
use pulldown_cmark::{Options, Parser};
use std::ops::Range;

/// The largest body, in bytes. A long bulletin has 20 KB.
pub const MAX_BODY: usize = 2 << 20;
/// The deepest nesting of blocks, so that recursion over a `Doc` is safe on any stack.
pub const MAX_DEPTH: usize = 64;
/// The deepest nesting of inlines.
pub const MAX_INLINE_DEPTH: usize = 32;

/// How many findings about removed HTML one body can have: a page pasted from a browser has thousands.
const MAX_REMOVED: usize = 100;

/// What is understood beyond `CommonMark` and the rules for Chinese, which are always on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an independent part of the syntax")]
pub struct MarkdownOptions {
    /// Tables.
    pub tables: bool,
    /// Footnotes.
    pub footnotes: bool,
    /// `~~struck~~`.
    pub strikethrough: bool,
    /// `- [ ]` task lists.
    pub tasks: bool,
    /// `{#id}` behind headings.
    pub heading_attributes: bool,
    /// Definition lists.
    pub definitions: bool,
    /// Addresses without brackets.
    pub bare_links: bool,
    /// Callouts and fenced blocks (`verse`, `contact` …).
    pub blocks: bool,
    /// What Chinese offices write: stars that hide part of a name stay, indents of blanks are no text and no code, addresses may have
    /// blanks, and the last lines may be a signature.
    pub habits: bool,
    /// The bulletin is verse: its short lines are, with a fence or without.
    pub verse: bool,
    /// Findings about slips, and about raw HTML that will be removed.
    pub findings: bool,
}

impl Default for MarkdownOptions {
    fn default() -> Self {
        Self {
            tables: true,
            footnotes: true,
            strikethrough: true,
            tasks: true,
            heading_attributes: true,
            definitions: true,
            bare_links: true,
            blocks: true,
            habits: true,
            verse: false,
            findings: true,
        }
    }
}

impl MarkdownOptions {
    /// `CommonMark` with the rules for Chinese and nothing else.
    pub fn plain() -> Self {
        Self {
            tables: false,
            footnotes: false,
            strikethrough: false,
            tasks: false,
            heading_attributes: false,
            definitions: false,
            bare_links: false,
            blocks: false,
            habits: false,
            verse: false,
            findings: false,
        }
    }

    fn for_parser(self) -> Options {
        let mut options = Options::empty();
        options.set(Options::ENABLE_TABLES, self.tables);
        options.set(Options::ENABLE_FOOTNOTES, self.footnotes);
        options.set(Options::ENABLE_STRIKETHROUGH, self.strikethrough);
        options.set(Options::ENABLE_TASKLISTS, self.tasks);
        options.set(Options::ENABLE_HEADING_ATTRIBUTES, self.heading_attributes);
        options.set(Options::ENABLE_DEFINITION_LIST, self.definitions);
        options
    }
}

/// Parses the part `body` of `text`. Spans are offsets in the whole text.
///
/// # Panics
/// If `body` does not lie on character boundaries inside `text`.
pub fn parse(
    file: FileId,
    text: &str,
    body: Range<usize>,
    options: &MarkdownOptions,
    sink: &mut Sink,
) -> Doc {
    if body.len() > MAX_BODY {
        let mebibytes = MAX_BODY >> 20;
        sink.report(
            Diagnostic::new(codes::TOO_LARGE, Message::new("body-too-large").with("limit", mebibytes))
                .hint(Message::new("body-too-large-hint"))
                .at(Span::new(file, body.start..body.start)),
        );
        return Doc::default();
    }
    let source = &text[body.clone()];
    let prepared = options.habits.then(|| prepare::prepare(source, options.for_parser())).flatten();
    let mut cx = Context {
        text,
        file,
        has_bare_links: options.bare_links && bare::possible(source),
        options: *options,
        footnotes: Footnotes::default(),
        has_html: false,
        reported_depth: false,
        removed: 0,
        body: body.clone(),
        prepared: prepared.as_ref().map(|prepared| {
            let within = |one: &Range<usize>| one.start + body.start..one.end + body.start;
            prepared.addresses.iter().map(within).collect()
        }),
        sink,
    };
    let parsed = prepared.as_ref().map_or(source, |prepared| &prepared.text);
    let events = Parser::new_ext(parsed, options.for_parser()).into_offset_iter();
    let mut builder = blocks::Builder::new(&cx);
    for (event, range) in events {
        builder.event(event, range.start + body.start..range.end + body.start, &mut cx);
    }
    let mut blocks = builder.finish(&mut cx);
    if options.habits {
        signature::mark(&mut blocks, &cx);
    }
    if options.verse {
        plain_verse::make(&mut blocks, &mut cx);
    }
    let mut doc = Doc { blocks, footnotes: Vec::new(), has_html: cx.has_html };
    std::mem::take(&mut cx.footnotes).number(&mut doc, text);
    if options.findings {
        slip::check(file, text, &doc, cx.sink);
    }
    doc
}

/// What all parts of one parse share.
struct Context<'a> {
    text: &'a str,
    file: FileId,
    body: Range<usize>,
    options: MarkdownOptions,
    has_bare_links: bool,
    has_html: bool,
    footnotes: Footnotes,
    reported_depth: bool,
    removed: usize,
    /// Where what is parsed differs from the text (see `prepare`): the addresses that were written with blanks or brackets, in order.
    prepared: Option<Vec<Range<usize>>>,
    sink: &'a mut Sink,
}

impl Context<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range)
    }

    fn is_delimiter(&self, byte: u8) -> bool {
        matches!(byte, b'*' | b'_') || (byte == b'~' && self.options.strikethrough)
    }

    /// Reports too deep nesting, once: what lies deeper has the same cause.
    fn too_deep(&mut self, range: Range<usize>) {
        if std::mem::replace(&mut self.reported_depth, true) {
            return;
        }
        let line = self.text[range.clone()].find('\n').map_or(range.end, |n| range.start + n);
        let span = self.span(range.start..line);
        self.sink.report(
            Diagnostic::new(codes::TOO_DEEP, Message::new("nested-too-deep").with("limit", MAX_DEPTH))
                .hint(Message::new("nested-too-deep-hint"))
                .at(span),
        );
    }

    /// Reports a fence that nothing closes: it swallows what follows.
    fn unclosed(&mut self, fenced: bool, block: Span) {
        if !fenced || !self.options.findings || !self.options.habits {
            return;
        }
        let text = &self.text[block.range()];
        let mut lines = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']));
        let Some(first) = lines.next() else { return };
        let sign = if first.starts_with('~') { '~' } else { '`' };
        let length = first.len() - first.trim_start_matches(sign).len();
        let closes = |line: &str| {
            let rest = line.trim_start_matches(sign);
            line.len() - rest.len() >= length && rest.trim().is_empty()
        };
        if lines.next_back().is_some_and(closes) {
            return;
        }
        let place = block.range().start..block.range().start + first.trim_end().len();
        let message = Message::new("unclosed-fence").with("found", first.trim());
        let hint = Message::new("unclosed-fence-hint").with("mend", sign.to_string().repeat(length));
        self.sink.report(Diagnostic::new(codes::UNCLOSED_FENCE, message).hint(hint).at(self.span(place)));
    }

    /// Notes raw HTML, and reports what of it will be removed.
    fn raw_html(&mut self, html: &Body, range: Range<usize>) {
        self.has_html = true;
        if !self.options.findings {
            return;
        }
        for tag in raw_html::tags(html.as_str()) {
            let (message, hint) = if tag.is_comment() || (tag.closes && !tag.is_allowed()) {
                continue;
            } else if !tag.is_allowed() {
                (Message::new("html-element-removed").with("name", tag.name), element_hint(tag.name))
            } else if let Some(attribute) = tag.refused_attribute() {
                let message = Message::new("html-attribute-removed").with("name", tag.name);
                (message.with("attribute", attribute), "html-attribute-removed-hint")
            } else {
                continue;
            };
            self.removed += 1;
            if self.removed > MAX_REMOVED {
                return;
            }
            let place = html.place(tag.range.clone(), self.text).unwrap_or(range.clone());
            let found =
                Diagnostic::new(codes::REMOVED_HTML, message).hint(Message::new(hint)).at(self.span(place));
            self.sink.report(found);
        }
    }
}

/// What to write in place of an element that goes.
fn element_hint(name: &str) -> &'static str {
    match name.to_ascii_lowercase().as_str() {
        "img" | "picture" => "html-picture-removed-hint",
        "h1" => "html-heading-removed-hint",
        "font" | "center" | "section" => "html-layout-removed-hint",
        _ => "html-element-removed-hint",
    }
}

#[cfg(test)]
mod props;
#[cfg(test)]
mod tests;
