//! W205 and W206: lines of a paragraph that were to be a heading or an item of a list.

use super::Slips;
use crate::diag::codes;
use crate::source::cjk;
use crate::source::doc::{Inline, InlineKind};
use std::ops::Range;

pub(super) fn check(content: &[Inline], slips: &mut Slips<'_>) {
    let mut last_end = None;
    for inline in content {
        let range = inline.span.range();
        let begins = last_end.is_none_or(|end: usize| slips.text[end..range.start].contains('\n'))
            || last_end.is_some_and(|end| slips.text[..end].ends_with('\n'));
        last_end = Some(range.end);
        let InlineKind::Text(text) = &inline.kind else { continue };
        let suspicious = text.starts_with(|c: char| c == '#' || c == '＃' || ascii_digit(c).is_some());
        if !begins
            || !suspicious
            || slips.text[range.clone()] != **text
            || slips.text[..range.start].ends_with('\\')
        {
            continue;
        }
        let end = slips.text[range.start..].find(['\n', '\r']).map_or(slips.text.len(), |n| range.start + n);
        let line = range.start..end.max(range.end);
        heading(line.clone(), slips);
        // `　　1、…` alone in its paragraph is how documents number, and stands as it is.
        let alone = !content.iter().any(|one| matches!(one.kind, InlineKind::SoftBreak))
            && !joined(content, slips.text);
        if !(alone && slips.text[..range.start].ends_with('\u{3000}')) {
            marker(line, slips);
        }
    }
}

/// Whether lines of a paragraph were joined.
fn joined(content: &[Inline], text: &str) -> bool {
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return false };
    text[first.span.range().start..last.span.range().end].contains('\n')
}

fn heading(range: Range<usize>, slips: &mut Slips<'_>) {
    let line = slips.text[range.clone()].trim_end();
    let signs = line.chars().take_while(|c| matches!(c, '#' | '＃')).count();
    let rest = line.trim_start_matches(['#', '＃']);
    let Some(first) = rest.trim_start().chars().next() else { return };
    let full_width = line.starts_with('＃');
    // `#话题#` is a topic, `#3` a number; neither is a heading.
    let other = rest.contains(['#', '＃']) || (signs == 1 && first.is_ascii_digit());
    let spaced = rest.starts_with(char::is_whitespace);
    let words = first.is_alphanumeric() || matches!(first, '【' | '《' | '“' | '「' | '（');
    if signs == 0 || signs > 6 || other || !words || (spaced && !full_width && !rest.starts_with('\u{3000}'))
    {
        return;
    }
    // A lone `#` before Latin letters is a tag (`#AI`), not a heading of Chinese text.
    if signs == 1 && !full_width && first.is_ascii() {
        return;
    }
    let mend = format!("{} {}", "#".repeat(signs), rest.trim_start());
    let place = range.start..range.start + line.len();
    slips.report(codes::HEADING_WITHOUT_SPACE, "heading-without-space-hint", place, &mend);
}

fn marker(range: Range<usize>, slips: &mut Slips<'_>) {
    let line = &slips.text[range.clone()];
    let digits =
        line.chars().take_while(|c| c.is_ascii_digit() || ('０'..='９').contains(c)).collect::<String>();
    if digits.is_empty() || digits.chars().count() > 3 {
        return;
    }
    let rest = &line[digits.len()..];
    let Some(sign) = rest.chars().next() else { return };
    let after = &rest[sign.len_utf8()..];
    let slip = match sign {
        '、' | '．' => !after.trim().is_empty(),
        // `1.打开` lacks the space; `1.5万` is a number.
        '.' | ')' => after.starts_with(|c| cjk::is_cjk(c) && !cjk::is_whitespace(c)),
        '）' => !after.is_empty() && !after.starts_with(cjk::is_punctuation),
        _ => false,
    };
    if !slip {
        return;
    }
    let number: String = digits.chars().filter_map(ascii_digit).collect();
    let mend = format!("{number}. {}", after.trim());
    let place = range.start..range.start + digits.len() + sign.len_utf8();
    slips.report(codes::CHINESE_LIST_MARKER, "chinese-list-marker-hint", place, &mend);
}

fn ascii_digit(c: char) -> Option<char> {
    if c.is_ascii_digit() {
        return Some(c);
    }
    let offset = u32::from(c).checked_sub(u32::from('０'))?;
    if offset < 10 { char::from_digit(offset, 10) } else { None }
}
