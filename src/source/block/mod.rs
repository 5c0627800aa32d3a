//! Fenced blocks with a meaning of their own: verse, tables and charts of datasets, contact cards, QR codes.
//!
//! Refuses: bodies that do not fit, with F426 and the mend; the block then stays code, so that nothing is lost.
//! Invariant: spans slice to what made them, also inside quotes and lists.

mod contact;
mod verse;

use super::doc::BlockKind;
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use std::ops::Range;

/// The body of a fenced block, with the place of every piece in the source.
#[derive(Debug, Default)]
pub struct Body {
    text: String,
    /// Offset in `text`, and where that stands in the source.
    pieces: Vec<(usize, usize)>,
}

impl Body {
    /// Adds what stands at `range` of `source`; indentation that was split from a tab stands nowhere.
    pub(super) fn push(&mut self, text: &str, range: Range<usize>, source: &str) {
        if source[range.clone()] == *text {
            self.pieces.push((self.text.len(), range.start));
        }
        self.text.push_str(text);
    }

    /// The text alone.
    pub(super) fn as_str(&self) -> &str {
        &self.text
    }

    /// The text alone, for good.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// The lines, each with its offset in the text.
    fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        })
    }

    /// Where a part of the text stands in the source; none where it does not stand there literally.
    pub(super) fn place(&self, range: Range<usize>, source: &str) -> Option<Range<usize>> {
        let start = self.source_offset(range.start)?;
        let place = start..start + range.len();
        (source.get(place.clone())? == &self.text[range]).then_some(place)
    }

    fn source_offset(&self, at: usize) -> Option<usize> {
        let index = self.pieces.partition_point(|&(offset, _)| offset <= at).checked_sub(1)?;
        let (offset, source) = self.pieces[index];
        Some(source + (at - offset))
    }
}

/// What a body's parser needs: the body, and where to put findings.
struct Reading<'a> {
    body: &'a Body,
    /// The whole block.
    span: Span,
    source: &'a str,
    sink: &'a mut Sink,
}

impl Reading<'_> {
    /// The place of a part of the body's text.
    fn span(&self, range: Range<usize>) -> Span {
        let place = self.body.place(range, self.source);
        place.map_or(self.span, |place| Span::new(self.span.file, place))
    }

    fn report(&mut self, message: Message, hint: Message, span: Span) {
        self.sink.report(Diagnostic::new(codes::BLOCK_SYNTAX, message).hint(hint).at(span));
    }
}

/// The block that an info string and a body make; none where the info string is not ours or the body does not fit.
pub(super) fn parse(info: &str, body: &Body, span: Span, source: &str, sink: &mut Sink) -> Option<BlockKind> {
    let info = info.trim();
    let (word, rest) = info.split_once(char::is_whitespace).unwrap_or((info, ""));
    let mut reading = Reading { body, span, source, sink };
    match word {
        "verse" | "快板" => verse::parse(&mut reading).map(BlockKind::Verse),
        "contact" | "联系" => contact::parse(&mut reading).map(BlockKind::Contact),
        "qr" => qr(&mut reading),
        "table" | "表" => dataset(word, rest.trim(), &mut reading).map(BlockKind::DataTable),
        "chart" | "图" => dataset(word, rest.trim(), &mut reading).map(BlockKind::DataChart),
        _ => None,
    }
}

/// The place of the info string: it ends the block's first line.
fn info_span(reading: &Reading<'_>, part: &str) -> Span {
    let block = &reading.source[reading.span.range()];
    let line = block.lines().next().unwrap_or("");
    let start = reading.span.range().start;
    match line.rfind(part).filter(|_| !part.is_empty()) {
        Some(at) => Span::new(reading.span.file, start + at..start + at + part.len()),
        None => Span::new(reading.span.file, start..start + line.len()),
    }
}

fn dataset(word: &str, name: &str, reading: &mut Reading<'_>) -> Option<Spanned<String>> {
    let span = info_span(reading, name);
    if name.is_empty() || name.contains(char::is_whitespace) {
        let hint = Message::new("block-dataset-name-hint").with("word", word);
        reading.report(Message::new("block-dataset-name").with("word", word), hint, span);
        return None;
    }
    let extra = reading.body.lines().find(|(_, line)| !line.trim().is_empty());
    if let Some((at, line)) = extra {
        let place = reading.span(at..at + line.len());
        let hint = Message::new("block-dataset-body-hint").with("name", name);
        reading.report(Message::new("block-dataset-body").with("word", word), hint, place);
        return None;
    }
    Some(Spanned::new(name.to_owned(), span))
}

fn qr(reading: &mut Reading<'_>) -> Option<BlockKind> {
    let body = reading.body;
    let mut lines = body.lines().filter(|(_, line)| !line.trim().is_empty());
    let Some((at, line)) = lines.next() else {
        let span = info_span(reading, "qr");
        reading.report(Message::new("block-qr-empty"), Message::new("block-qr-empty-hint"), span);
        return None;
    };
    let address = line.trim();
    let start = at + (line.len() - line.trim_start().len());
    let span = reading.span(start..start + address.len());
    // A QR code of the densest kind holds 2,953 bytes; one that a cheap phone reads from paper, far fewer.
    let message = if address.contains(char::is_whitespace) || !is_scannable(address) {
        "block-qr-address"
    } else if address.len() > 500 {
        "block-qr-long"
    } else {
        let caption = lines.map(|(_, line)| line.trim()).collect::<Vec<_>>().join(" ");
        return Some(BlockKind::Qr { address: Spanned::new(address.to_owned(), span), caption });
    };
    let hint = if message == "block-qr-long" { "block-qr-long-hint" } else { "block-qr-address-hint" };
    reading.report(Message::new(message).with("address", address), Message::new(hint), span);
    None
}

/// Addresses that a phone opens after scanning without asking what they are.
fn is_scannable(address: &str) -> bool {
    let lower = address.get(..8).unwrap_or(address).to_ascii_lowercase();
    ["http://", "https://", "tel:", "sms:", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
}

#[cfg(test)]
mod tests;
