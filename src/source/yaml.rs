//! YAML with the place of every key and value, read from the events of saphyr-parser.
//!
//! A library that fills structures would lose the places and guess types (`007`, `2026-11-23`, `no`); one pass over
//! events keeps both the text as written and its bytes, and needs no second scan that might disagree with the first.
//!
//! Refuses: anchors, aliases and tags (a few lines of them can stand for gigabytes), several documents in one file,
//! nesting deeper than [`MAX_DEPTH`], texts larger than [`MAX_FRONT_MATTER`] and [`MAX_FILE`].
//! Invariant: a scalar is the text that staff wrote; a span is what they would mark with the mouse.

use super::line;
use super::node::{Node, NodeKind};
use super::yaml_error::Failure;
use super::yaml_slip::{self as slip, Stretch};
use crate::diag::{Diagnostic, FileId, Message, Sink, Span, Spanned, codes};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};
use std::collections::BTreeMap;
use std::ops::Range;

/// Deepest nesting that is read.
pub const MAX_DEPTH: usize = 32;
/// Longest front matter or block, in bytes.
pub const MAX_FRONT_MATTER: usize = 64 << 10;
/// Longest YAML file, in bytes: a site's list of hard words may be long.
pub const MAX_FILE: usize = 1 << 20;

/// Reads a whole YAML file. What cannot be read is a [`NodeKind::Null`], an empty file an empty mapping.
pub fn parse_yaml(file: FileId, text: &str, sink: &mut Sink) -> Node {
    parse(file, text, 0..text.len(), MAX_FILE, sink)
}

/// Reads the YAML in a range of a text; else like [`parse_yaml`].
pub fn parse_range(file: FileId, text: &str, range: Range<usize>, sink: &mut Sink) -> Node {
    parse(file, text, range, MAX_FRONT_MATTER, sink)
}

fn parse(file: FileId, text: &str, range: Range<usize>, limit: usize, sink: &mut Sink) -> Node {
    let whole = Span::new(file, range.clone());
    let unreadable = Node { span: whole, kind: NodeKind::Null };
    if range.len() > limit {
        let first = range.start..range.start + text[range].chars().next().map_or(0, char::len_utf8);
        sink.report(
            Diagnostic::new(codes::TOO_LARGE, Message::new("settings-too-large").with("limit", limit >> 10))
                .at(Span::new(file, first))
                .hint(Message::new("settings-too-large-hint")),
        );
        return unreadable;
    }
    let place = Stretch { file, text, range: range.clone() };
    let mut reader = Reader::new(file, &text[range.clone()], range.start);
    let failure = match reader.document() {
        Ok(node) if !matches!(node.kind, NodeKind::Scalar(_)) && !slip::has_odd_keys(&place, &node) => {
            return finish(&place, node, &reader.twice, sink);
        }
        Ok(node) => Failure::NoMapping(node.span),
        Err(failure) => failure,
    };
    // Slips that we can name explain a failure better than the parser, and once they are mended the rest can be read.
    let Some(mended) = slip::mend(&place, sink) else {
        sink.report(failure.finding(&place));
        return unreadable;
    };
    let mut reader = Reader::new(file, &mended, range.start);
    match reader.document() {
        Ok(node) if !matches!(node.kind, NodeKind::Scalar(_)) => {
            let mut full = text.to_owned();
            full.replace_range(range.clone(), &mended);
            finish(&Stretch { file, text: &full, range }, node, &reader.twice, sink)
        }
        _ => unreadable,
    }
}

/// Reports what was read but cannot be meant, and widens the root to the whole range.
fn finish(place: &Stretch, mut node: Node, twice: &[(String, Span, Span)], sink: &mut Sink) -> Node {
    for (key, first, second) in twice {
        let line = line::number(place.text, first.range().start);
        sink.report(
            Diagnostic::new(
                codes::DUPLICATE_KEY,
                Message::new("duplicate-key").with("key", key).with("line", line),
            )
            .at(*second)
            .hint(Message::new("duplicate-key-hint").with("key", key))
            .related(*first, Message::new("first-here")),
        );
    }
    slip::look(place, &mut node, sink);
    let whole = Span::new(place.file, place.range.clone());
    if node.kind == NodeKind::Null { Node::empty(whole) } else { Node { span: whole, ..node } }
}

/// Turns the parser's events into a [`Node`].
struct Reader<'t> {
    file: FileId,
    text: &'t str,
    base: usize,
    parser: Parser<'t, StrInput<'t>>,
    /// The byte of every character, since the parser counts characters.
    bytes: Vec<u32>,
    /// Keys that were written twice, with both places.
    twice: Vec<(String, Span, Span)>,
}

type Read<T> = Result<T, Failure>;

impl<'t> Reader<'t> {
    fn new(file: FileId, text: &'t str, base: usize) -> Self {
        let at = |byte: usize| u32::try_from(byte).expect("limited to a megabyte");
        let bytes = text.char_indices().map(|(byte, _)| at(byte)).chain([at(text.len())]).collect();
        Self { file, text, base, parser: Parser::new_from_str(text), bytes, twice: Vec::new() }
    }

    fn document(&mut self) -> Read<Node> {
        let mut root = None;
        loop {
            let (event, span) = self.event()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Failure::Refused("yaml-second-document", span, codes::YAML_SYNTAX));
                }
                Event::StreamStart | Event::DocumentStart(_) | Event::DocumentEnd | Event::Nothing => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        Ok(root.unwrap_or(Node { span: self.span(0..0), kind: NodeKind::Null }))
    }

    fn event(&mut self) -> Read<(Event<'t>, Span)> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let start = self.byte(span.start.index());
                let end = self.byte(span.end.index()).max(start);
                Ok((event, self.span(start..end)))
            }
            Some(Err(error)) => {
                let at = self.base + self.byte(error.marker().index());
                Err(Failure::Syntax(error, at))
            }
            None => Ok((Event::StreamEnd, self.span(self.text.len()..self.text.len()))),
        }
    }

    fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).map_or(self.text.len(), |&byte| byte as usize)
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, self.base + range.start..self.base + range.end)
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Read<Node> {
        if depth > MAX_DEPTH {
            return Err(Failure::Refused("yaml-too-deep", span, codes::TOO_DEEP));
        }
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            Event::Alias(id) => (*id, false),
            _ => (0, false),
        };
        if anchor != 0 || tag || matches!(event, Event::Alias(_)) {
            let id = if tag { "yaml-tag" } else { "yaml-alias" };
            return Err(Failure::Refused(id, self.trimmed(span), codes::YAML_SYNTAX));
        }
        match event {
            Event::Scalar(value, style, ..) => {
                let nothing =
                    style == ScalarStyle::Plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL");
                let kind = if nothing { NodeKind::Null } else { NodeKind::Scalar(value.into_owned()) };
                Ok(Node { span: self.trimmed(span), kind })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.mapping(span, depth),
            _ => Ok(Node { span, kind: NodeKind::Null }),
        }
    }

    fn list(&mut self, span: Span, depth: usize) -> Read<Node> {
        let span = self.with_dash(span);
        let mut items = Vec::new();
        loop {
            let (event, at) = self.event()?;
            if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                let last = items.last().map_or(span, |item: &Node| item.span);
                return Ok(Node { span: self.joined(span, last, at), kind: NodeKind::List(items) });
            }
            items.push(self.node(event, at, depth + 1)?);
        }
    }

    fn mapping(&mut self, span: Span, depth: usize) -> Read<Node> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        let mut known: BTreeMap<String, Span> = BTreeMap::new();
        loop {
            let (event, at) = self.event()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                let last = entries.last().map_or(span, |(key, value)| {
                    if value.span.end > key.span.end { value.span } else { key.span }
                });
                return Ok(Node { span: self.joined(span, last, at), kind: NodeKind::Map(entries) });
            }
            let key = self.node(event, at, depth + 1)?;
            let name = match key.kind {
                NodeKind::Scalar(text) => text,
                NodeKind::Null => String::new(),
                _ => return Err(Failure::Refused("yaml-key", key.span, codes::YAML_SYNTAX)),
            };
            let (event, at) = self.event()?;
            let mut value = self.node(event, at, depth + 1)?;
            if value.kind == NodeKind::Null && value.span.start < key.span.end {
                // The parser has no place for what is not there; it is right behind the key.
                value.span = Span { start: key.span.end, end: key.span.end, ..key.span };
            }
            if let Some(first) = known.get(&name) {
                self.twice.push((name, *first, key.span));
            } else {
                known.insert(name.clone(), key.span);
                entries.push((Spanned::new(name, key.span), value));
            }
        }
    }

    /// The parser lets a list that is not indented begin behind its first `-`.
    fn with_dash(&self, span: Span) -> Span {
        let before = self.text[..span.range().start - self.base].trim_end_matches(' ');
        match before.strip_suffix('-') {
            Some(outside) if !self.text[outside.len()..].starts_with("--") => Span {
                start: span.start
                    - u32::try_from(span.range().start - self.base - outside.len()).unwrap_or(0),
                ..span
            },
            _ => span,
        }
    }

    /// A span may reach into the white space behind its value.
    fn trimmed(&self, span: Span) -> Span {
        let range = span.range();
        let length = self.text[range.start - self.base..range.end - self.base].trim_end().len();
        Span::new(self.file, range.start..range.start + length)
    }

    /// From the start of a collection to its last child, or to its closing bracket.
    fn joined(&self, start: Span, last: Span, end: Span) -> Span {
        let bracket = matches!(self.text.as_bytes().get(start.range().start - self.base), Some(b'[' | b'{'));
        let end = if bracket { end.end } else { last.end };
        Span { file: self.file, start: start.start, end: end.max(start.start) }
    }
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
