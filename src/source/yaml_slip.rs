//! Slips in front matter that YAML cannot name: full-width signs, tabs, lost fences' cousins.
//!
//! Refuses: guessing at what parses well; there only what cannot be meant is reported.
//! Invariant: a mended text has as many bytes as the written one, so that every place in it is a place in the file.

use super::line::{Line, lines};
use super::node::{Node, NodeKind};
use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, codes};
use std::collections::BTreeSet;
use std::ops::Range;

/// A stretch of YAML in a file.
#[derive(Clone)]
pub(super) struct Stretch<'t> {
    pub file: FileId,
    pub text: &'t str,
    pub range: Range<usize>,
}

impl<'t> Stretch<'t> {
    pub fn lines(&self) -> impl Iterator<Item = Line<'t>> + use<'t> {
        lines(self.text, self.range.clone())
    }

    /// The line that holds a byte; the last one for the end.
    pub fn line_at(&self, byte: usize) -> Line<'t> {
        let before = self.text.as_bytes()[self.range.start..byte]
            .iter()
            .rposition(|sign| matches!(sign, b'\n' | b'\r'));
        let start = before.map_or(self.range.start, |at| self.range.start + at + 1);
        lines(self.text, start..self.range.end).next().unwrap_or(Line { text: "", start, end: start })
    }

    fn slice(&self, span: Span) -> &'t str {
        &self.text[span.range()]
    }
}

/// The key that a line seems to begin with, before a colon of either width.
pub(super) fn key_of(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once([':', '：'])?;
    let key = key.trim_end();
    let wide = line[key.len()..].trim_start().starts_with('：');
    let spaced =
        wide || rest.is_empty() || rest.starts_with([' ', '\t', '"', '[']) || !rest.starts_with("//");
    (spaced && is_key(key) && !key.starts_with(char::is_whitespace)).then_some(key)
}

/// Short, and without any sign that keys never have.
fn is_key(key: &str) -> bool {
    (1..=12).contains(&key.chars().count())
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'))
}

/// A word of ours rather than of a sentence: `name`, `legal_basis`.
fn is_ascii_key(key: &str) -> bool {
    is_key(key) && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

/// Reports every slip that can be named in a text that could not be read, and gives the text with all of them mended;
/// none where there is nothing to name.
pub(super) fn mend(place: &Stretch, sink: &mut Sink) -> Option<String> {
    let mut mended = place.text[place.range.clone()].to_owned();
    let columns: BTreeSet<usize> =
        place.lines().filter_map(|line| proper_key_column(line.text)).chain([0]).collect();
    let mut block: Option<usize> = None;
    let mut slips = 0;
    for line in place.lines() {
        let indent = line.indent();
        if line.text.trim().is_empty() || block.is_some_and(|outer| indent > outer) {
            continue;
        }
        block = opens_block(line.text).then_some(indent);
        if line.text.trim_start().starts_with('#') {
            continue;
        }
        let mut found = Vec::new();
        found.extend(odd_indent(line));
        found.extend(full_width_colon(line, &columns));
        found.extend(full_width_value(line));
        for slip in found {
            slips += 1;
            let at = slip.range.start - place.range.start..slip.range.end - place.range.start;
            debug_assert_eq!(at.len(), slip.mend.len(), "places must not move");
            mended.replace_range(at, &slip.mend);
            sink.report(slip.finding(place.file));
        }
    }
    (slips > 0).then_some(mended)
}

struct Slip {
    range: Range<usize>,
    mend: String,
    code: Code,
    message: Message,
    hint: Message,
}

impl Slip {
    fn finding(self, file: FileId) -> Diagnostic {
        Diagnostic::new(self.code, self.message).at(Span::new(file, self.range)).hint(self.hint)
    }
}

fn opens_block(line: &str) -> bool {
    let value = line.trim_end();
    ["|", ">", "|-", ">-", "|+", ">+"]
        .iter()
        .any(|mark| value.ends_with(&format!(": {mark}")) || value.trim_start() == format!("- {mark}"))
}

/// The column of the key in a well-written line, also behind `- `.
fn proper_key_column(line: &str) -> Option<usize> {
    let entry = entry_of(line);
    let (key, rest) = entry.split_once(':')?;
    (is_key(key.trim_end()) && (rest.is_empty() || rest.starts_with(' '))).then_some(line.len() - entry.len())
}

/// A line without its indentation and the marks of list items.
fn entry_of(line: &str) -> &str {
    let mut entry = line.trim_start();
    while let Some(rest) = entry.strip_prefix("- ") {
        entry = rest.trim_start();
    }
    entry
}

/// What looks like a space and is none to YAML, or cannot be seen at all.
fn is_odd_space(c: char) -> bool {
    c != ' ' && c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a key without quotes begins with such a sign: YAML takes it for a letter, and the line for one that is not
/// indented.
pub(super) fn has_odd_keys(place: &Stretch, node: &Node) -> bool {
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().any(|(key, value)| {
            place.slice(key.span).starts_with(is_odd_space) || has_odd_keys(place, value)
        }),
        NodeKind::List(items) => items.iter().any(|item| has_odd_keys(place, item)),
        _ => false,
    }
}

/// Tabs, and spaces that are none to YAML (`　`, the hard space of web pages), before the first sign.
fn odd_indent(line: Line) -> Option<Slip> {
    let indent = line.text.len() - line.text.trim_start_matches(|c| c == ' ' || is_odd_space(c)).len();
    let odd = line.text[..indent].find(is_odd_space)?;
    let sign = line.text[odd..].chars().next()?;
    let end = line.text[..indent].trim_end_matches(' ').len();
    let range = line.start + odd..line.start + end;
    let (message, hint) = if sign == '\t' {
        (Message::new("tab-indent"), Message::new("tab-indent-hint"))
    } else {
        (Message::new("odd-space"), Message::new("odd-space-hint"))
    };
    Some(Slip { mend: " ".repeat(range.len()), range, code: codes::YAML_SYNTAX, message, hint })
}

/// `标题：…` where a key must stand: in a column where other lines have theirs.
fn full_width_colon(line: Line, columns: &BTreeSet<usize>) -> Option<Slip> {
    let entry = entry_of(line.text);
    let (key, value) = entry.split_once('：')?;
    let column = line.text.len() - entry.len();
    let listed = column > line.indent();
    if !is_key(key.trim_end())
        || !(columns.contains(&column) && (!listed || column > 2) || is_ascii_key(key.trim_end()))
    {
        return None;
    }
    let start = line.start + column + key.len();
    Some(colon_slip(start..start + '：'.len_utf8(), key, value))
}

fn colon_slip(range: Range<usize>, key: &str, value: &str) -> Slip {
    Slip {
        range,
        mend: ":  ".to_owned(),
        code: codes::FULL_WIDTH_COLON,
        message: Message::new("full-width-colon").with("key", key.trim()),
        hint: Message::new("full-width-colon-hint").with("key", key.trim()).with("value", value.trim()),
    }
}

/// A list or a quotation that begins with a plain sign and ends with a full-width one.
fn full_width_value(line: Line) -> Option<Slip> {
    let entry = entry_of(line.text);
    let colon = entry.find(':').map_or(0, |at| at + 1);
    let value = entry[colon..].trim();
    let start = line.start + (line.text.trim_end().len() - value.len());
    let (open, last) = (value.chars().next()?, value.chars().next_back()?);
    let (close, wide): (char, &[char]) = match open {
        '[' => (']', &['］', '】', '〕']),
        '{' => ('}', &['｝']),
        '"' => ('"', &['”', '“', '＂']),
        '\'' => ('\'', &['’', '‘', '＇']),
        _ => return None,
    };
    if !wide.contains(&last) || value[1..].contains(close) {
        return None;
    }
    let range = start + value.len() - last.len_utf8()..start + value.len();
    Some(Slip {
        mend: format!("{close:<width$}", width = range.len()),
        ..wide_sign(range, last, close.encode_utf8(&mut [0; 4]))
    })
}

fn wide_sign(range: Range<usize>, sign: char, plain: &str) -> Slip {
    Slip {
        range,
        mend: String::new(),
        code: codes::FULL_WIDTH_COLON,
        message: Message::new("full-width-sign").with("sign", sign),
        hint: Message::new("full-width-sign-hint").with("sign", sign).with("plain", plain),
    }
}

/// Reports what parses, but surely not as it was meant.
pub(super) fn look(place: &Stretch, node: &mut Node, sink: &mut Sink) {
    match &mut node.kind {
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                split_key(place, key, value, sink);
                lost_value(place, key.span, value, sink);
                look(place, value, sink);
                node.span.end = node.span.end.max(value.span.end);
            }
        }
        NodeKind::List(items) => {
            if let [only] = &mut items[..] {
                wide_comma(place, node.span, only, sink);
            }
            for item in items {
                if plain(place, item) && is_colon_item(place.slice(item.span)) {
                    let slice = place.slice(item.span);
                    let (key, rest) = slice.split_once('：').unwrap_or((slice, ""));
                    let start = item.span.range().start + key.len();
                    let value = rest.lines().next().unwrap_or_default();
                    sink.report(colon_slip(start..start + '：'.len_utf8(), key, value).finding(place.file));
                }
                look(place, item, sink);
                node.span.end = node.span.end.max(item.span.end);
            }
        }
        NodeKind::Scalar(text) => {
            // A number or an address in Chinese quotes was to be in plain ones; words in them may be meant so.
            let inside = text.strip_prefix(['“', '”']).and_then(|rest| rest.strip_suffix(['“', '”']));
            let quoted = inside.is_some_and(|inside| !inside.is_empty() && inside.is_ascii());
            if text.starts_with('［') && text.ends_with('］')
                || text.starts_with('｛') && text.ends_with('｝')
            {
                let start = node.span.range().start;
                let sign = if text.starts_with('［') { ('［', "[ ]") } else { ('｛', "{ }") };
                if plain(place, node) {
                    sink.report(
                        wide_sign(start..start + sign.0.len_utf8(), sign.0, sign.1).finding(place.file),
                    );
                }
            }
            if quoted && plain(place, node) {
                let start = node.span.range().start;
                sink.report(wide_sign(start..start + '“'.len_utf8(), '“', "\"").finding(place.file));
            }
            lost_comment(place, node, sink);
        }
        NodeKind::Null => {}
    }
}

/// Whether a scalar stands without quotes.
fn plain(place: &Stretch, node: &Node) -> bool {
    matches!(node.kind, NodeKind::Scalar(_)) && !place.slice(node.span).starts_with(['"', '\'', '|', '>'])
}

/// `标题：防骗: 三招` is the key `标题：防骗` to YAML. The entry becomes what was meant.
fn split_key(place: &Stretch, key: &mut crate::diag::Spanned<String>, value: &mut Node, sink: &mut Sink) {
    let Some((name, _)) = key.value.split_once('：') else { return };
    if !is_key(name.trim()) || !place.slice(key.span).starts_with(name) {
        return;
    }
    let name = name.to_owned();
    let at = key.span.range().start + name.len();
    let line = place.line_at(at);
    let start = at + '：'.len_utf8();
    let rest = &place.text[start..line.start + line.text.trim_end().len()];
    sink.report(colon_slip(at..start, &name, rest).finding(place.file));
    let lead = rest.len() - rest.trim_start().len();
    *value = Node {
        span: Span::new(place.file, start + lead..start + rest.len()),
        kind: NodeKind::Scalar(rest.trim().to_owned()),
    };
    key.span = Span::new(place.file, key.span.range().start..at);
    name.trim().clone_into(&mut key.value);
}

/// `- name：民法典`, and an item of which every line has that form.
fn is_colon_item(slice: &str) -> bool {
    let key = |line: &str| {
        line.split_once('：').map(|(key, _)| key.trim()).filter(|key| is_key(key)).map(str::to_owned)
    };
    let keys: Vec<Option<String>> = slice.lines().map(key).collect();
    keys.first().is_some_and(|first| first.as_deref().is_some_and(is_ascii_key))
        || keys.len() > 1 && keys.iter().all(Option::is_some)
}

/// `[反诈，老人]` is a list of one.
fn wide_comma(place: &Stretch, list: Span, only: &Node, sink: &mut Sink) {
    let slice = place.slice(only.span);
    if !place.slice(list).starts_with('[') || !plain(place, only) {
        return;
    }
    if let Some((at, sign)) = slice.char_indices().find(|(_, c)| matches!(c, '，' | '、' | '；')) {
        let start = only.span.range().start + at;
        sink.report(wide_sign(start..start + sign.len_utf8(), sign, ", ").finding(place.file));
    }
}

/// `tags: #反诈` has no value at all: what stands there is a remark. It becomes the value, so that nobody is told that it is missing.
fn lost_value(place: &Stretch, key: Span, value: &mut Node, sink: &mut Sink) {
    if value.kind != NodeKind::Null {
        return;
    }
    let rest = &place.text[key.range().end..place.range.end];
    let line = rest.lines().next().unwrap_or_default();
    let Some(behind) = line.trim_start_matches(['"', '\'']).trim_start().strip_prefix(':') else { return };
    let words = behind.trim();
    if !words.strip_prefix('#').is_some_and(|lost| lost.starts_with(|c: char| !c.is_whitespace() && c != '#'))
    {
        return;
    }
    let start = key.range().end + (line.trim_end().len() - words.len());
    let span = Span::new(place.file, start..start + words.len());
    sink.report(
        Diagnostic::new(codes::YAML_SYNTAX, Message::new("lost-comment").with("lost", words))
            .at(span)
            .hint(Message::new("lost-comment-hint")),
    );
    *value = Node { span, kind: NodeKind::Scalar(words.to_owned()) };
}

/// `title: 第 #3 期` loses `#3 期`: a comment that was none. A real one has a space behind its sign.
fn lost_comment(place: &Stretch, node: &Node, sink: &mut Sink) {
    if !plain(place, node) {
        return;
    }
    let rest = &place.text[node.span.range().end..place.range.end];
    let behind = rest.trim_start_matches([' ', '\t']);
    let Some(lost) =
        behind.strip_prefix('#').filter(|lost| lost.starts_with(|c: char| !c.is_whitespace() && c != '#'))
    else {
        return;
    };
    let lost = lost.lines().next().unwrap_or_default().trim_end();
    let start = node.span.range().end + rest.len() - behind.len();
    sink.report(
        Diagnostic::new(codes::YAML_SYNTAX, Message::new("lost-comment").with("lost", format!("#{lost}")))
            .at(Span::new(place.file, start..start + 1 + lost.len()))
            .hint(Message::new("lost-comment-hint")),
    );
}
