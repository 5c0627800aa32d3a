//! `verse`, 快板: one line a line, stanzas by blank lines, `【小标题】`, `（白）` and `行{háng}`.

use super::Reading;
use crate::diag::{Message, Spanned};
use crate::source::cjk;
use crate::source::doc::{Stanza, Verse, VerseLine, VersePart};

pub(super) fn parse(reading: &mut Reading<'_>) -> Option<Verse> {
    let body = reading.body;
    let mut verse = Verse::default();
    let mut fresh = true;
    let mut fits = true;
    for (at, line) in body.lines() {
        let text = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        if text.is_empty() {
            fresh = true;
            continue;
        }
        let span = reading.span(start..start + text.len());
        if let Some(title) = text.strip_prefix('【').and_then(|t| t.strip_suffix('】'))
            && !title.contains(['【', '】'])
        {
            let start = start + '【'.len_utf8();
            let title = Spanned::new(title.to_owned(), reading.span(start..start + title.len()));
            verse.stanzas.push(Stanza { title: Some(title), lines: Vec::new() });
            fresh = false;
            continue;
        }
        match parts(text, start, reading) {
            Some(parts) => {
                if fresh || verse.stanzas.is_empty() {
                    // A blank line between a title and its first line belongs to the title.
                    let untouched = verse.stanzas.last().is_some_and(|s| s.lines.is_empty());
                    if !untouched {
                        verse.stanzas.push(Stanza { title: None, lines: Vec::new() });
                    }
                }
                if let Some(stanza) = verse.stanzas.last_mut() {
                    stanza.lines.push(VerseLine { span, parts });
                }
                fresh = false;
            }
            None => fits = false,
        }
    }
    if verse.stanzas.is_empty() && fits {
        let span = super::info_span(reading, "");
        reading.report(Message::new("block-verse-empty"), Message::new("block-verse-empty-hint"), span);
        return None;
    }
    fits.then_some(verse)
}

fn parts(text: &str, start: usize, reading: &mut Reading<'_>) -> Option<Vec<VersePart>> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    // Where the last aside can end: looked up once, so that a line of brackets costs no more than its length.
    let last_end = text.rfind('）').unwrap_or(0);
    while let Some(c) = rest.chars().next() {
        let at = start + (text.len() - rest.len());
        let after = &rest[c.len_utf8()..];
        match c {
            '（' if text.len() - rest.len() < last_end => {
                let (aside, behind) = after.split_once('）')?;
                flush(&mut plain, &mut parts);
                parts.push(VersePart::Aside(aside.to_owned()));
                rest = behind;
            }
            '{' => {
                let reading_text = after.split_once('}');
                let character =
                    plain.chars().next_back().filter(|&c| cjk::is_cjk(c) && !cjk::is_punctuation(c));
                let spoken = reading_text.map(|(r, _)| r.trim()).filter(|r| is_reading(r));
                let (Some(character), Some((inside, behind)), Some(spoken)) =
                    (character, reading_text, spoken)
                else {
                    let len = reading_text.map_or(1, |(r, _)| r.len() + 2);
                    let span = reading.span(at..at + len);
                    reading.report(
                        Message::new("block-verse-reading"),
                        Message::new("block-verse-reading-hint"),
                        span,
                    );
                    return None;
                };
                debug_assert!(inside.contains(spoken));
                plain.pop();
                flush(&mut plain, &mut parts);
                parts.push(VersePart::Reading { character, reading: spoken.to_owned() });
                rest = behind;
            }
            _ => {
                plain.push(c);
                rest = after;
            }
        }
    }
    flush(&mut plain, &mut parts);
    Some(parts)
}

fn flush(plain: &mut String, parts: &mut Vec<VersePart>) {
    if !plain.is_empty() {
        parts.push(VersePart::Text(std::mem::take(plain)));
    }
}

/// Pinyin with tone marks or a tone number.
fn is_reading(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 16
        && text.chars().all(|c| {
            (c.is_alphabetic() && !cjk::is_cjk(c))
                || c.is_ascii_digit()
                || matches!(c, '\'' | '\u{300}'..='\u{36F}')
        })
}
