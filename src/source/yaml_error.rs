//! What staff are told when a stretch of YAML cannot be read.
//!
//! Refuses: the parser's words where the line itself shows the slip.
//! Invariant: every failure has a place and a mend.

use super::line::Line;
use super::yaml_slip::Stretch;
use crate::diag::{Code, Diagnostic, Message, Span, codes};
use saphyr_parser::ScanError;

/// Why a document could not be read.
pub(super) enum Failure {
    /// The parser's error and its byte in the file.
    Syntax(ScanError, usize),
    /// Something that YAML has and we do not.
    Refused(&'static str, Span, Code),
    /// Words without any key.
    NoMapping(Span),
}

impl Failure {
    /// The finding, at the line that is to be changed.
    pub fn finding(&self, place: &Stretch) -> Diagnostic {
        match self {
            Self::Refused(id, span, code) => {
                let hint = match *id {
                    "yaml-alias" | "yaml-tag" => "yaml-quote-it-hint",
                    "yaml-second-document" => "yaml-second-document-hint",
                    "yaml-too-deep" => "yaml-too-deep-hint",
                    _ => "yaml-key-hint",
                };
                Diagnostic::new(*code, Message::new(id)).at(*span).hint(Message::new(hint))
            }
            Self::NoMapping(span) => {
                let line = place.line_at(span.range().start);
                Diagnostic::new(codes::YAML_SYNTAX, Message::new("yaml-no-keys"))
                    .at(Span::new(place.file, line.trimmed()))
                    .hint(hint(line, ""))
            }
            // Brackets are counted before they become events.
            Self::Syntax(error, at) if error.info().contains("recursion limit") => {
                let line = place.line_at(*at);
                let span = Span::new(place.file, line.trimmed());
                Self::Refused("yaml-too-deep", span, codes::TOO_DEEP).finding(place)
            }
            Self::Syntax(error, at) => {
                let line = blamed(place, *at);
                if is_out_of_line(place, line) {
                    return Diagnostic::new(codes::YAML_SYNTAX, Message::new("yaml-syntax"))
                        .at(Span::new(place.file, line.trimmed()))
                        .hint(Message::new("yaml-indent-hint"));
                }
                Diagnostic::new(codes::YAML_SYNTAX, Message::new("yaml-syntax"))
                    .at(Span::new(place.file, line.trimmed()))
                    .hint(hint(line, error.info()))
            }
        }
    }
}

/// The line to change. The parser stops where it can go no further; what is wrong often stands before: an opened
/// quotation or bracket, or a line without a colon.
fn blamed<'t>(place: &Stretch<'t>, at: usize) -> Line<'t> {
    let mut opened: Option<Line> = None;
    let mut last = place.line_at(at);
    for line in place.lines().take_while(|line| line.start <= at) {
        if line.text.trim().is_empty() {
            continue;
        }
        let value = value_of(line.text);
        if opened.is_none() && left_open(value) {
            opened = Some(line);
        } else if let Some(first) = opened
            && closes(value_of(first.text), value)
        {
            opened = None;
        }
        last = line;
    }
    opened.unwrap_or(last)
}

/// Whether a line is indented as none before it, though the one above opens nothing.
fn is_out_of_line(place: &Stretch, line: Line) -> bool {
    let mut columns = vec![0];
    let mut above = None;
    for one in place.lines().take_while(|one| one.start < line.start) {
        let text = one.text.trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        columns.push(one.indent());
        // What follows `- ` stands in a column of its own.
        if let Some(rest) = text.strip_prefix("- ") {
            columns.push(
                one.text.len() - rest.trim_start().len() - (one.text.len() - one.text.trim_end().len()),
            );
        }
        above = Some(text);
    }
    line.indent() > 0
        && line.text.contains(':')
        && !columns.contains(&line.indent())
        && above.is_some_and(|text| !text.ends_with(':') && !left_open(value_of(text)))
}

/// What stands behind the key and the marks of list items.
fn value_of(line: &str) -> &str {
    let line = line.trim().trim_start_matches("- ");
    if line.starts_with(['[', '{', '"', '\'']) {
        return line;
    }
    line.split_once(": ").map_or(line, |(_, value)| value.trim())
}

fn left_open(value: &str) -> bool {
    let Some(open) = value.chars().next() else { return false };
    let rest = &value[open.len_utf8()..];
    match open {
        '"' | '\'' => !rest.contains(open),
        '[' => !rest.contains(']'),
        '{' => !rest.contains('}'),
        _ => false,
    }
}

fn closes(opening: &str, value: &str) -> bool {
    // Brackets that the line opens itself are closed by it first.
    let closes = |open: char, close: char| value.matches(close).count() > value.matches(open).count();
    match opening.as_bytes().first() {
        Some(b'[') => closes('[', ']'),
        Some(b'{') => closes('{', '}'),
        Some(&quote) => value.as_bytes().contains(&quote),
        None => true,
    }
}

/// A quotation that ends before its line does: `"领导"加你微信`, with Chinese marks in place of its own.
fn inner_quotes(value: &str) -> Option<String> {
    let open = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = &value[1..];
    let end = inside.find(open)?;
    let behind = inside[end + 1..].trim_start();
    // A key or a remark behind a quotation is another slip.
    if behind.is_empty() || behind.starts_with([':', '#', ',', '}', ']']) {
        return None;
    }
    let mut closes = false;
    let words = value.chars().map(|c| {
        if c != open {
            return c;
        }
        closes = !closes;
        match (open, closes) {
            ('"', true) => '“',
            ('"', false) => '”',
            (_, true) => '‘',
            (_, false) => '’',
        }
    });
    Some(words.collect())
}

/// The mend for the commonest slips; the parser's own words come last.
fn hint(line: Line, words: &str) -> Message {
    let (text, value) = (line.text.trim(), value_of(line.text));
    if let Some(mend) = inner_quotes(value) {
        return Message::new("yaml-inner-quotes-hint").with("mend", mend);
    }
    if left_open(value) {
        let id = if value.starts_with(['"', '\'']) { "yaml-quotes-hint" } else { "yaml-brackets-hint" };
        return Message::new(id);
    }
    if text.starts_with(['－', '—', '–', '•', '·', '●', '＊']) {
        return Message::new("yaml-list-mark-hint");
    }
    if value.starts_with(['@', '`', '%', '*', '&', '!', '|', '>', '"', '\''])
        || value.contains(": ")
        || value.ends_with(':')
    {
        return Message::new("yaml-quote-it-hint");
    }
    if let Some((key, _)) =
        text.split_once(':').filter(|(_, rest)| !rest.is_empty() && !rest.starts_with(' '))
    {
        return Message::new("yaml-space-hint").with("key", key);
    }
    if !text.contains(':') && !text.starts_with('-') {
        return Message::new("yaml-no-colon-hint");
    }
    if line.indent() > 0 {
        return Message::new("yaml-indent-hint");
    }
    Message::new("yaml-syntax-hint").with("words", words)
}
