//! Front matter and other YAML, with the place of every key and value.
//!
//! Refuses: anchors and aliases (a few lines of them can stand for gigabytes), tags, several documents in one file,
//! nesting deeper than 32 and texts over 64 KiB.
//! Invariant: a scalar is the text that staff wrote; `2026-11-23`, `007` and `是` stay what they are.

use super::node::{Node, NodeKind};
use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, Spanned, codes};
use saphyr_parser::{Event, Parser, ScanError};
use std::ops::Range;

/// Deepest nesting that is read.
const MAX_DEPTH: usize = 32;
/// Longest front matter or settings file, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Divides a bulletin into its front matter and the range of its body. Without front matter the body is everything.
pub fn split_and_parse(file: FileId, text: &str, sink: &mut Sink) -> (Option<Node>, Range<usize>) {
    let mut lines = Lines::new(text, 0);
    let Some(opening) = lines.by_ref().find(|line| !line.text.trim().is_empty()) else { return (None, 0..text.len()) };
    if !is_fence(opening.text) {
        if looks_like_fence(opening.text) {
            let span = Span::new(file, opening.start..opening.start + opening.text.len());
            sink.report(
                Diagnostic::new(codes::UNCLOSED_FRONT_MATTER, Message::new("full-width-fence"))
                    .at(span)
                    .hint(Message::new("full-width-fence-hint")),
            );
            return (None, text.len()..text.len());
        }
        return (None, 0..text.len());
    }
    let start = opening.end;
    let mut last_key_line = opening.start..opening.start + 3;
    let mut in_keys = true;
    for line in lines {
        if is_fence(line.text) {
            let node = parse_range(file, text, start..line.start, sink);
            return (Some(node), line.end..text.len());
        }
        if in_keys && looks_like_key(line.text) {
            last_key_line = line.start..line.start + line.text.len();
        } else if line.text.trim().is_empty() {
            in_keys = false;
        }
    }
    sink.report(
        Diagnostic::new(codes::UNCLOSED_FRONT_MATTER, Message::new("unclosed-front-matter"))
            .at(Span::new(file, last_key_line))
            .label(Message::new("unclosed-front-matter-label"))
            .hint(Message::new("unclosed-front-matter-hint"))
            .related(Span::new(file, opening.start..opening.start + 3), Message::new("front-matter-opens-here")),
    );
    (None, text.len()..text.len())
}

/// Reads a whole YAML file.
pub fn parse_yaml(file: FileId, text: &str, sink: &mut Sink) -> Node {
    parse_range(file, text, 0..text.len(), sink)
}

/// Reads the YAML in a range of a text.
pub fn parse_range(file: FileId, text: &str, range: Range<usize>, sink: &mut Sink) -> Node {
    let whole = Span::new(file, range.clone());
    if range.len() > MAX_BYTES {
        sink.report(
            Diagnostic::new(codes::TOO_LARGE, Message::new("settings-too-large").with("limit", MAX_BYTES / 1024))
                .at(Span::whole(file))
                .hint(Message::new("settings-too-large-hint")),
        );
        return Node::empty(whole);
    }
    let mut slips = Sink::new();
    look_for_slips(file, text, range.clone(), &mut slips);
    let mut reader = Reader::new(file, &text[range.clone()], range.start);
    match reader.document() {
        Ok(node) => {
            sink.append(slips);
            sink.append(reader.sink);
            if matches!(node.kind, NodeKind::Null) { Node::empty(whole) } else { Node { span: whole, ..node } }
        }
        Err(error) => {
            // A slip that we can name explains the error better than the parser's words.
            if slips.found().is_empty() {
                sink.report(reader.syntax_error(&error));
            } else {
                sink.append(slips);
            }
            Node::empty(whole)
        }
    }
}

struct Line<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let rest = &self.text[start..];
        let length = rest.find('\n').map_or(rest.len(), |at| at + 1);
        self.at = start + length;
        Some(Line { text: rest[..length].trim_end_matches(['\n', '\r']), start, end: self.at })
    }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

/// `－－－`, `———`, `–––`: what Word and Chinese input methods make of three hyphens.
fn looks_like_fence(line: &str) -> bool {
    let line = line.trim();
    let count = line.chars().count();
    (1..=6).contains(&count)
        && line.chars().all(|c| matches!(c, '－' | '—' | '–' | '―' | '─' | '-'))
        && line.chars().any(|c| c != '-')
}

fn looks_like_key(line: &str) -> bool {
    let key = line.split([':', '：']).next().unwrap_or_default();
    line.contains([':', '：']) && key.chars().count() <= 20 && !key.contains(['。', '，', ' '])
}

/// Full-width colons and tabs, which YAML's own errors do not name.
fn look_for_slips(file: FileId, text: &str, range: Range<usize>, sink: &mut Sink) {
    let mut block_indent: Option<usize> = None;
    for line in Lines::new(&text[..range.end], range.start) {
        let indent = line.text.len() - line.text.trim_start_matches([' ', '\t']).len();
        let body = line.text.trim();
        if let Some(outer) = block_indent {
            if body.is_empty() || indent > outer {
                continue;
            }
            block_indent = None;
        }
        if body.is_empty() || body.starts_with('#') {
            continue;
        }
        if let Some(tab) = line.text[..indent].find('\t') {
            let at = line.start + tab;
            sink.report(
                Diagnostic::new(codes::YAML_SYNTAX, Message::new("tab-indent"))
                    .at(Span::new(file, at..at + 1))
                    .hint(Message::new("tab-indent-hint")),
            );
        }
        let entry = body.trim_start_matches("- ");
        if let Some(at) = entry.find('：')
            && !entry[..at].contains([':', '"', '\'', '{', '[', '#', '，', '。'])
            && !entry.starts_with(['"', '\'', '{', '['])
            && !entry[at + '：'.len_utf8()..].contains(": ")
            && !body.starts_with("- ")
            && entry[..at].chars().count() <= 12
        {
            let start = line.start + indent + at;
            let key = entry[..at].trim();
            sink.report(
                Diagnostic::new(codes::FULL_WIDTH_COLON, Message::new("full-width-colon").with("key", key))
                    .at(Span::new(file, start..start + '：'.len_utf8()))
                    .hint(
                        Message::new("full-width-colon-hint")
                            .with("key", key)
                            .with("value", entry[at + '：'.len_utf8()..].trim()),
                    ),
            );
        }
        if body.ends_with(['|', '>']) || body.ends_with("|-") || body.ends_with(">-") {
            block_indent = Some(indent);
        }
    }
}

/// Turns the parser's events into a [`Node`].
struct Reader<'t> {
    file: FileId,
    text: &'t str,
    base: usize,
    parser: Parser<'t, saphyr_parser::StrInput<'t>>,
    /// The last character index that was turned into bytes, and where that was.
    known: (usize, usize),
    sink: Sink,
}

/// Why a document could not be read.
enum Failure {
    Syntax(ScanError),
    Refused(&'static str, Span, Code),
}

impl From<ScanError> for Failure {
    fn from(error: ScanError) -> Self {
        Self::Syntax(error)
    }
}

impl<'t> Reader<'t> {
    fn new(file: FileId, text: &'t str, base: usize) -> Self {
        Self { file, text, base, parser: Parser::new_from_str(text), known: (0, 0), sink: Sink::new() }
    }

    fn document(&mut self) -> Result<Node, Failure> {
        let mut root = None;
        loop {
            let (event, span) = self.event()?;
            match event {
                Event::StreamEnd => break,
                Event::StreamStart | Event::DocumentEnd | Event::Nothing => {}
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Failure::Refused("second-document", span, codes::YAML_SYNTAX));
                }
                Event::DocumentStart(_) => {}
                event => root = Some(self.node(event, span, 0)?),
            }
        }
        Ok(root.unwrap_or(Node { span: Span::new(self.file, self.base..self.base), kind: NodeKind::Null }))
    }

    fn event(&mut self) -> Result<(Event<'t>, Span), Failure> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => {
                let start = self.byte(span.start.index());
                let end = self.byte(span.end.index()).max(start);
                Ok((event, Span::new(self.file, self.base + start..self.base + end)))
            }
            Some(Err(error)) => Err(error.into()),
            None => Ok((Event::StreamEnd, Span::new(self.file, self.base..self.base))),
        }
    }

    fn node(&mut self, event: Event<'t>, span: Span, depth: usize) -> Result<Node, Failure> {
        if depth > MAX_DEPTH {
            return Err(Failure::Refused("yaml-too-deep", span, codes::TOO_DEEP));
        }
        match event {
            Event::Scalar(value, style, anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                let plain = matches!(style, saphyr_parser::ScalarStyle::Plain);
                let kind = if plain && matches!(&*value, "" | "~" | "null" | "Null" | "NULL") {
                    NodeKind::Null
                } else {
                    NodeKind::Scalar(value.into_owned())
                };
                Ok(Node { span: self.trimmed(span), kind })
            }
            Event::SequenceStart(anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                let mut items = Vec::new();
                loop {
                    let (event, at) = self.event()?;
                    if matches!(event, Event::SequenceEnd | Event::StreamEnd) {
                        return Ok(Node { span: self.joined(span, at), kind: NodeKind::List(items) });
                    }
                    items.push(self.node(event, at, depth + 1)?);
                }
            }
            Event::MappingStart(anchor, _) => {
                self.refuse_anchor(anchor, span)?;
                self.mapping(span, depth)
            }
            Event::Alias(_) => Err(Failure::Refused("yaml-alias", span, codes::YAML_SYNTAX)),
            _ => Ok(Node { span, kind: NodeKind::Null }),
        }
    }

    fn mapping(&mut self, span: Span, depth: usize) -> Result<Node, Failure> {
        let mut entries: Vec<(Spanned<String>, Node)> = Vec::new();
        loop {
            let (event, at) = self.event()?;
            if matches!(event, Event::MappingEnd | Event::StreamEnd) {
                return Ok(Node { span: self.joined(span, at), kind: NodeKind::Map(entries) });
            }
            let key = self.node(event, at, depth + 1)?;
            let name = match key.kind {
                NodeKind::Scalar(text) => text,
                NodeKind::Null => String::new(),
                _ => return Err(Failure::Refused("yaml-key", key.span, codes::YAML_SYNTAX)),
            };
            let (event, at) = self.event()?;
            let value = self.node(event, at, depth + 1)?;
            match entries.iter().find(|(earlier, _)| earlier.value == name) {
                Some((first, _)) => self.sink.report(
                    Diagnostic::new(codes::DUPLICATE_KEY, Message::new("duplicate-key").with("key", &name))
                        .at(key.span)
                        .hint(Message::new("duplicate-key-hint").with("key", &name))
                        .related(first.span, Message::new("first-here")),
                ),
                None => entries.push((Spanned::new(name, key.span), value)),
            }
        }
    }

    fn refuse_anchor(&self, anchor: usize, span: Span) -> Result<(), Failure> {
        if anchor == 0 { Ok(()) } else { Err(Failure::Refused("yaml-alias", span, codes::YAML_SYNTAX)) }
    }

    /// The byte of a character index; indices come mostly in rising order.
    fn byte(&mut self, index: usize) -> usize {
        let (mut at, mut byte) = if index >= self.known.0 { self.known } else { (0, 0) };
        for c in self.text[byte..].chars() {
            if at == index {
                break;
            }
            at += 1;
            byte += c.len_utf8();
        }
        self.known = (at, byte);
        byte
    }

    /// A block scalar's or plain scalar's span may reach into the white space behind it.
    fn trimmed(&self, span: Span) -> Span {
        let range = span.range();
        let (start, end) = (range.start - self.base, range.end - self.base);
        let length = self.text[start..end].trim_end().len();
        Span::new(self.file, range.start..range.start + length)
    }

    fn joined(&self, start: Span, end: Span) -> Span {
        let from = start.range().start;
        self.trimmed(Span::new(self.file, from..end.range().end.max(from)))
    }

    fn syntax_error(&mut self, failure: &Failure) -> Diagnostic {
        match failure {
            Failure::Refused(id, span, code) => {
                Diagnostic::new(*code, Message::new(id)).at(*span).hint(Message::new("yaml-refused-hint"))
            }
            Failure::Syntax(error) => {
                let byte = self.byte(error.marker().index()).min(self.text.len());
                let line_start = self.text[..byte].trim_end().rfind('\n').map_or(0, |at| at + 1);
                let line_end = self.text[line_start..].find('\n').map_or(self.text.len(), |at| line_start + at);
                let line = self.text[line_start..line_end].trim_end();
                let span = Span::new(self.file, self.base + line_start..self.base + line_start + line.len());
                Diagnostic::new(codes::YAML_SYNTAX, Message::new("yaml-syntax"))
                    .at(span)
                    .hint(yaml_hint(line, error.info()))
            }
        }
    }
}

/// The mend for the commonest slips; the parser's own words come last.
fn yaml_hint(line: &str, words: &str) -> Message {
    let line = line.trim();
    let value = line.split_once(": ").map_or("", |(_, value)| value.trim());
    if line.contains(['［', '］', '｛', '｝']) {
        Message::new("yaml-full-width-brackets-hint")
    } else if line.contains(['“', '”']) && value.starts_with(['"', '\'']) || value.matches('"').count() % 2 == 1 {
        Message::new("yaml-quotes-hint")
    } else if value.contains(": ") || value.starts_with(['@', '`', '%', '*', '&', '!', '|', '>', '[', '{', '"', '\'']) {
        Message::new("yaml-quote-it-hint")
    } else if !line.contains(':') && !line.starts_with('-') {
        Message::new("yaml-no-colon-hint")
    } else if line.contains(':') && !line.contains(": ") && !line.ends_with(':') {
        Message::new("yaml-space-hint")
    } else {
        Message::new("yaml-syntax-hint").with("words", words)
    }
}
