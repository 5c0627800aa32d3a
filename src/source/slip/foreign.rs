//! W223, W224: marks of other programs that stay visible, and lines that run together.
//!
//! Refuses: marks inside code, and what reads well as it stands (`a == b`, one 一、 alone).

use super::{Slips, stretches};
use crate::diag::codes;
use crate::source::doc::{Inline, InlineKind};
use std::ops::Range;

/// Marks in the text of a line.
pub(super) fn marks(inlines: &[Inline], slips: &mut Slips<'_>) {
    for stretch in stretches(inlines) {
        let source = &slips.text[stretch.clone()];
        let mut found: Vec<(Range<usize>, &'static str)> = Vec::new();
        if let Some(place) = between(source, "[[", "]]") {
            let picture = source[..place.start].ends_with('!');
            let start = place.start - usize::from(picture);
            found.push((
                start..place.end,
                if picture { "foreign-picture-mark-hint" } else { "foreign-link-mark-hint" },
            ));
        } else if let Some(open) = source.find("](") {
            let start = source[..open].rfind('[').unwrap_or(open);
            let end = source[open..].find([')', '\n']).map_or(source.len(), |at| open + at + 1);
            found.push((start..end.min(source.len()), "foreign-address-hint"));
        }
        if let Some(place) = between(source, "==", "==") {
            found.push((place, "foreign-highlight-hint"));
        }
        for word in ["[TOC]", "[toc]", "[[toc]]", "${toc}", "@[toc]"] {
            if let Some(at) = source.find(word) {
                found.push((at..at + word.len(), "foreign-contents-hint"));
                break;
            }
        }
        let mut at = 0;
        for line in source.split_inclusive('\n') {
            if line.trim_start().starts_with(":::") {
                let start = at + (line.len() - line.trim_start().len());
                found.push((start..at + line.trim_end().len(), "foreign-box-hint"));
                break;
            }
            at += line.len();
        }
        for (place, hint) in found {
            let place = stretch.start + place.start..stretch.start + place.end;
            let words = slips.text[place.clone()].trim_matches(['[', ']', '=', '!', ':', ' ']).to_owned();
            slips.report(codes::FOREIGN_MARK, hint, place, &words);
        }
    }
}

/// The first short words between two marks, marks and all; on one line, touching the words.
fn between(source: &str, open: &str, close: &str) -> Option<Range<usize>> {
    source.match_indices(open).find_map(|(start, _)| {
        let inside = &source[start + open.len()..];
        let inside = &inside[..inside.find('\n').unwrap_or(inside.len())];
        let words = &inside[..inside.find(close)?];
        let whole = !words.is_empty()
            && words.trim() == words
            && words.chars().count() <= 80
            && !words.starts_with('=');
        let alone = !source[..start].ends_with('=') && !inside[words.len() + close.len()..].starts_with('=');
        (whole && alone).then(|| start..start + open.len() + words.len() + close.len())
    })
}

/// Lines of one paragraph that begin with numbers of Chinese documents, and will run together.
pub(super) fn numbered(content: &[Inline], slips: &mut Slips<'_>) {
    let mut heads: Vec<Range<usize>> = Vec::new();
    let mut last_end = None;
    for inline in content {
        let range = inline.span.range();
        let begins = last_end.is_none_or(|end: usize| slips.text[end..range.start].contains('\n'))
            || last_end.is_some_and(|end| slips.text[..end].ends_with('\n'));
        // A line break that is meant keeps the lines apart.
        let broken = matches!(inline.kind, InlineKind::HardBreak);
        last_end = Some(range.end);
        if broken {
            heads.clear();
            continue;
        }
        if let (true, InlineKind::Text(text)) = (begins, &inline.kind)
            && let Some(length) = number(text)
        {
            heads.push(range.start..range.start + length);
        }
    }
    if heads.len() < 2 {
        return;
    }
    for place in heads {
        let mend = slips.text[place.start..].lines().next().unwrap_or_default().trim().to_owned();
        slips.report_as(codes::CHINESE_LIST_MARKER, "run-together", "run-together-hint", place, &mend);
    }
}

/// The bytes of a number as Chinese documents write them: `一、`, `（一）`, `（1）`, `①`, `第一，`.
fn number(line: &str) -> Option<usize> {
    const HAN: &str = "一二三四五六七八九十";
    let first = line.chars().next()?;
    if ('①'..='⑳').contains(&first) || ('㈠'..='㈩').contains(&first) || ('⑴'..='⒇').contains(&first)
    {
        return Some(first.len_utf8());
    }
    let (open, rest) = match line.strip_prefix(['（', '(']) {
        Some(rest) => (first.len_utf8(), rest),
        None => (0, line),
    };
    let digits: usize = rest
        .chars()
        .take(3)
        .take_while(|c| HAN.contains(*c) || open > 0 && c.is_ascii_digit())
        .map(char::len_utf8)
        .sum();
    let sign = rest[digits..].chars().next()?;
    let ends = if open > 0 { matches!(sign, '）' | ')') } else { matches!(sign, '、' | '．' | '.') };
    (digits > 0 && ends).then(|| open + digits + sign.len_utf8())
}
