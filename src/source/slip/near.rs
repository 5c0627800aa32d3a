//! W220, W221: callouts and tables that are nearly right, and come out as the signs they were written with.
//!
//! Refuses: ordinary words in brackets; a quotation must begin with a callout's name, or a paragraph with `[!`.

use super::Slips;
use crate::diag::codes;
use crate::source::doc::{Block, BlockKind, Cell, Inline, InlineKind};
use std::ops::Range;

/// What people call callouts, and the name that is known.
const NAMES: &[(&str, &[&str])] = &[
    ("记住", &["记住", "牢记", "重要", "重点", "要点", "提醒", "切记", "IMPORTANT"]),
    (
        "警惕",
        &["警惕", "注意", "警告", "当心", "小心", "危险", "警示", "预警", "WARNING", "CAUTION", "DANGER"],
    ),
    ("法条", &["法条", "法律", "法规", "条文", "依据", "法律依据"]),
    ("热线", &["热线", "电话", "联系", "联系方式", "HOTLINE"]),
    ("提示", &["提示", "说明", "小贴士", "贴士", "备注", "信息", "NOTE", "TIP", "INFO"]),
];

fn known(name: &str) -> Option<&'static str> {
    let upper = name.trim().to_ascii_uppercase();
    NAMES.iter().find(|(_, names)| names.contains(&upper.as_str())).map(|(known, _)| *known)
}

/// A quotation whose first line is nearly a callout's marker.
pub(super) fn quotation(blocks: &[Block], slips: &mut Slips<'_>) {
    let Some(Block { kind: BlockKind::Paragraph(content), .. }) = blocks.first() else { return };
    marker(content, true, slips);
}

/// A paragraph that begins with a callout's marker, with no `>` before it.
pub(super) fn paragraph(content: &[Inline], slips: &mut Slips<'_>) {
    marker(content, false, slips);
}

fn marker(content: &[Inline], quoted: bool, slips: &mut Slips<'_>) {
    let Some(Inline { kind: InlineKind::Text(_), span }) = content.first() else { return };
    let start = span.range().start;
    let line = &slips.text[start..];
    let line = &line[..line.find(['\n', '\r']).unwrap_or(line.len())];
    let Some(inside) = line.strip_prefix(['[', '【', '［', '〔']) else { return };
    let called = inside.starts_with(['!', '！']);
    let name_at = inside.trim_start_matches(['!', '！', ' ']);
    let Some(end) = name_at.find([']', '】', '］', '〕']) else { return };
    let name = name_at[..end].trim();
    let long = name.chars().count() > 8 || name.is_empty();
    // `【提示】` at the head of a paragraph is how Chinese is written; `[提示](a.md)` is a link.
    let close = name_at[end..].chars().next().map_or(0, char::len_utf8);
    let behind = &name_at[end + close..];
    if long || !quoted && !called || behind.starts_with(['(', '（', '[']) {
        return;
    }
    let known = known(name);
    if known.is_none() && !called {
        return;
    }
    let length = line.len() - behind.len();
    let mend = format!("> [!{}]", known.unwrap_or("提示"));
    slips.report(codes::NEAR_CALLOUT, "near-callout-hint", start..start + length, &mend);
}

/// A paragraph that was to be a table: bars of either width, or tabs from a table of Word.
pub(super) fn table(place: Range<usize>, slips: &mut Slips<'_>) {
    let rows: Vec<&str> = slips.text[place.clone()]
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ']).trim_end())
        .filter(|line| !line.is_empty())
        .collect();
    if rows.len() < 2 {
        return;
    }
    let bars = |row: &str| row.matches(['|', '｜']).count();
    let tabs = |row: &str| row.trim().matches('\t').count();
    let framed = |row: &str| row.starts_with(['|', '｜']) || bars(row) > 1;
    let barred = rows.iter().all(|row| bars(row) > 0 && framed(row))
        || rows.iter().filter(|row| bars(row) > 1).count() > 1;
    let columns = if barred {
        cells(rows[0], &['|', '｜']).len()
    } else if rows.iter().all(|row| tabs(row) > 0 && tabs(row) == tabs(rows[0])) {
        tabs(rows[0]) + 1
    } else {
        return;
    };
    let head = if barred { cells(rows[0], &['|', '｜']) } else { cells(rows[0], &['\t']) };
    let mend = format!("| {} |⏎|{}", head.join(" | "), "---|".repeat(columns));
    let line = slips.text[place.clone()].find(['\n', '\r']).map_or(place.end, |end| place.start + end);
    let hint = if barred { "near-table-hint" } else { "near-table-tabs-hint" };
    slips.report(codes::NEAR_TABLE, hint, place.start..line, &mend);
}

fn cells<'t>(row: &'t str, signs: &[char]) -> Vec<&'t str> {
    row.trim().trim_matches(signs).split(signs).map(str::trim).collect()
}

/// Rows of a table that were written below it without a bar: text that was to stand behind the table.
pub(super) fn glued(head: &[Cell], rows: &[Vec<Cell>], slips: &mut Slips<'_>) {
    if head.len() < 2 {
        return;
    }
    let first = |row: &Vec<Cell>| row.first().map(|cell| cell.span.range());
    let Some(place) = rows.iter().filter_map(first).find(|place| {
        let text = slips.text;
        let start = text[..place.start].rfind('\n').map_or(0, |at| at + 1);
        let end = text[place.start..].find('\n').map_or(text.len(), |at| place.start + at);
        let line = text[start..end].trim_start_matches(['>', ' ']);
        !line.trim().is_empty() && !line.contains('|')
    }) else {
        return;
    };
    let end = slips.text[place.start..].find(['\n', '\r']).map_or(slips.text.len(), |at| place.start + at);
    let words = slips.text[place.start..end].trim().to_owned();
    slips.report_as(codes::NEAR_TABLE, "glued-to-table", "glued-to-table-hint", place.start..end, &words);
}
