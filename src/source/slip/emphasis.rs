//! W204: pairs of asterisks that enclose words and stayed asterisks, mostly for a space inside: `** 注意 **`; and single ones that
//! vanished though they may have hidden something: `甲*乙*丙`.

use super::Slips;
use crate::diag::codes;
use crate::source::cjk;
use crate::source::doc::{Inline, InlineKind};
use crate::source::{mask, surname};
use std::ops::Range;

/// Longer than this, two asterisks have nothing to do with each other.
const MAX_WORDS: usize = 80;

struct Run {
    range: Range<usize>,
    full_width: bool,
}

pub(super) fn check(inlines: &[Inline], slips: &mut Slips<'_>) {
    let runs = runs(inlines, slips);
    let mut at = 0;
    while at + 1 < runs.len() {
        let (open, close) = (&runs[at], &runs[at + 1]);
        match mend(open, close, slips.text) {
            Some(mend) => {
                slips.report(
                    codes::STRAY_EMPHASIS,
                    "stray-emphasis-hint",
                    open.range.start..close.range.end,
                    &mend,
                );
                at += 2;
            }
            None => at += 1,
        }
    }
    if let [run] = &runs[..] {
        unclosed(run, slips);
    }
}

/// `**` that begins words and never ends.
fn unclosed(run: &Run, slips: &mut Slips<'_>) {
    let text = slips.text;
    let (before, after) = (&text[..run.range.start], &text[run.range.end..]);
    let begins = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '《' | '【' | '（'));
    let hides =
        before.ends_with(|c: char| c.is_ascii_alphanumeric()) || surname::ends_with_surname(before).is_some();
    if run.full_width || run.range.len() != 2 || !begins || hides {
        return;
    }
    let words: String = after
        .chars()
        .take_while(|c| !matches!(c, '\n' | '\r' | '。' | '，' | '！' | '？'))
        .take(20)
        .collect();
    let mend = format!("**{}**", words.trim_end());
    slips.report_as(
        codes::STRAY_EMPHASIS,
        "unclosed-emphasis",
        "unclosed-emphasis-hint",
        run.range.clone(),
        &mend,
    );
}

/// Emphasis by single asterisks that is glued to letters or digits on both sides.
pub(super) fn glued(inline: &Inline, slips: &mut Slips<'_>) {
    let (InlineKind::Emphasis(_), place) = (&inline.kind, inline.span.range()) else { return };
    let text = slips.text;
    let written = &text[place.clone()];
    let words = written.trim_matches('*');
    if written.starts_with('*')
        && words.len() + 2 == written.len()
        && mask::is_doubtful(&text[..place.start], &text[place.end..])
    {
        let mend = format!("**{words}**");
        slips.report_as(codes::STRAY_EMPHASIS, "glued-emphasis", "glued-emphasis-hint", place, &mend);
    }
}

/// Runs of asterisks in the text of one level, without escaped ones.
fn runs(inlines: &[Inline], slips: &Slips<'_>) -> Vec<Run> {
    let text = slips.text;
    let mut found: Vec<Run> = Vec::new();
    for inline in inlines {
        let InlineKind::Text(content) = &inline.kind else { continue };
        let start = inline.span.range().start;
        let any = content.as_bytes().contains(&b'*') || (slips.wide_star && content.contains('＊'));
        if !any || text[inline.span.range()] != **content {
            continue;
        }
        // `\**` is half escaped: whoever wrote that meant asterisks.
        let escaped = start > 0 && text.as_bytes()[start - 1] == b'\\';
        let meant = if escaped { content.len() - content.trim_start_matches('*').len() } else { 0 };
        for (at, c) in content.char_indices() {
            if !matches!(c, '*' | '＊') || at < meant {
                continue;
            }
            let range = start + at..start + at + c.len_utf8();
            let full_width = c == '＊';
            match found.last_mut() {
                Some(last) if last.range.end == range.start && last.full_width == full_width => {
                    last.range.end = range.end;
                }
                _ => found.push(Run { range, full_width }),
            }
        }
    }
    found
}

/// The text as it was meant; none where the runs may be something else.
fn mend(open: &Run, close: &Run, text: &str) -> Option<String> {
    let len = |run: &Run| run.range.len() / if run.full_width { 3 } else { 1 };
    let stars = len(open);
    if stars != len(close) || !(1..=3).contains(&stars) || (stars == 1 && open.full_width) {
        return None;
    }
    let words = &text[open.range.end..close.range.start];
    let trimmed = words.trim();
    if trimmed.is_empty() || words.contains('\n') || words.chars().count() > MAX_WORDS {
        return None;
    }
    // Operators and masked names stand among digits and signs; emphasis encloses words.
    if !trimmed.chars().any(char::is_alphabetic) {
        return None;
    }
    let whole = (&text[..open.range.start], &text[close.range.end..]);
    let count = u32::try_from(stars).unwrap_or(u32::MAX);
    if mask::judge(whole.0, words, whole.1, count) != mask::Pair::Emphasis {
        return None;
    }
    let (spaced_left, spaced_right) =
        (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
    let before = text[..open.range.start].chars().next_back().filter(|c| *c != '\n');
    let after = text[close.range.end..].chars().next().filter(|c| *c != '\n' && *c != '\r');
    if stars == 1 {
        // ` * ` between words multiplies; a slip has its space on one side.
        let lone_open = spaced_left && before.is_none_or(char::is_whitespace);
        let lone_close = spaced_right && after.is_none_or(|c| c.is_whitespace() && spaced_left);
        if spaced_left == spaced_right || lone_open || lone_close || !trimmed.chars().any(cjk::is_cjk) {
            return None;
        }
    } else if before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let marks = "*".repeat(stars);
    if spaced_left || spaced_right || open.full_width || close.full_width {
        return Some(format!("{marks}{trimmed}{marks}"));
    }
    // Masked names (`张**李**`) have nothing between that a space would mend.
    let quoted = trimmed.starts_with(cjk::is_punctuation) || trimmed.ends_with(cjk::is_punctuation);
    quoted.then(|| format!(" {marks}{trimmed}{marks} "))
}
