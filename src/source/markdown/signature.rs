//! 落款: the unit and the date that a text ends with, mostly set to the right by blanks in Word.
//!
//! Refuses: lines that are sentences; a text that ends with neither has no signature.
//! Invariant: the words of the document stay the same.

use super::Context;
use crate::source::doc::{Block, BlockKind, Inline, InlineKind};
use std::ops::Range;

/// A unit's name is no longer, in characters.
const LONGEST: usize = 30;
/// A signature has no more lines: two or three units, and the date.
const MOST: usize = 5;

/// Makes the lines that a document ends with its signature.
pub(super) fn mark(blocks: &mut Vec<Block>, cx: &Context<'_>) {
    let mut lines: Vec<Range<usize>> = Vec::new();
    // How many blocks are wholly signature, and how much of the one before them is.
    let mut whole = 0;
    let mut cut = None;
    for block in blocks.iter().rev().take(MOST) {
        let BlockKind::Paragraph(content) = &block.kind else { break };
        if !content.iter().all(|one| {
            matches!(one.kind, InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::HardBreak)
        }) {
            break;
        }
        let own = rows(cx.text, block.span.range());
        let fits = own.iter().rev().take_while(|row| {
            let text = &cx.text[(*row).clone()];
            if lines.is_empty() && *row == own.last().expect("one at least") {
                is_date(text)
            } else {
                is_unit(text)
            }
        });
        let count = fits.count();
        if count == own.len() && lines.len() + count <= MOST {
            let mut all = own;
            all.append(&mut lines);
            lines = all;
            whole += 1;
            continue;
        }
        // The end of a paragraph is one only where it was set off by blanks.
        let set_off = |row: &Range<usize>| {
            let before = &cx.text[..row.start];
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            line.chars().count() >= 2 && line.chars().all(|c| matches!(c, ' ' | '\t' | '\u{3000}'))
        };
        let mine: Vec<Range<usize>> =
            own.iter().rev().take(count).take_while(|row| set_off(row)).cloned().collect();
        if lines.is_empty() && mine.len() > 1 {
            lines = mine.into_iter().rev().collect();
            cut = lines.first().map(|row| row.start);
        }
        break;
    }
    // A date alone ends a text as well; units without a date are its last words.
    if lines.last().is_none_or(|row| !is_date(&cx.text[row.clone()]))
        || blocks.len() <= whole && cut.is_none()
    {
        return;
    }
    blocks.truncate(blocks.len() - whole);
    if let (Some(cut), Some(Block { kind: BlockKind::Paragraph(content), span })) = (cut, blocks.last_mut()) {
        content.retain(|one| one.span.range().start < cut);
        while matches!(
            content.last(),
            Some(Inline { kind: InlineKind::SoftBreak | InlineKind::HardBreak, .. })
        ) {
            content.pop();
        }
        span.end = content.last().map_or(span.end, |last| last.span.end);
    }
    let span = cx.span(lines[0].start..lines[lines.len() - 1].end);
    let mut content = Vec::new();
    for row in lines {
        if let Some(last) = content.last() {
            let last: &Inline = last;
            let gap = last.span.range().end..row.start;
            content.push(Inline { span: cx.span(gap), kind: InlineKind::HardBreak });
        }
        let text = cx.text[row.clone()].to_owned();
        content.push(Inline { span: cx.span(row), kind: InlineKind::Text(text) });
    }
    blocks.push(Block { span, kind: BlockKind::Signature(content) });
}

/// The lines of a block without the blanks around them.
fn rows(text: &str, block: Range<usize>) -> Vec<Range<usize>> {
    let blank = |c: char| c.is_whitespace();
    let mut at = block.start;
    text[block]
        .split_inclusive('\n')
        .filter_map(|line| {
            let start = at + (line.len() - line.trim_start_matches(blank).len());
            at += line.len();
            let row = start..start + line.trim_matches(blank).len();
            (!row.is_empty()).then_some(row)
        })
        .collect()
}

/// Whether a line is a date and nothing else.
fn is_date(line: &str) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let year = |c: char| c.is_ascii_digit() || "〇○零一二三四五六七八九０１２３４５６７８９".contains(c);
    let part = |text: &str, most: usize| {
        (1..=most).contains(&text.chars().count()) && text.chars().all(|c| year(c) || c == '十')
    };
    let spelt = line.strip_suffix('日').and_then(|rest| {
        let (y, rest) = rest.split_once('年')?;
        let (m, d) = rest.split_once('月')?;
        Some(y.chars().count() == 4 && y.chars().all(year) && part(m, 2) && part(d, 3))
    });
    spelt.unwrap_or_else(|| {
        let mut parts = line.split(['-', '.', '/']);
        let (y, m, d) = (parts.next(), parts.next(), parts.next());
        let digits = |text: Option<&str>, range: std::ops::RangeInclusive<usize>| {
            text.is_some_and(|text| range.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
        };
        digits(y, 4..=4) && digits(m, 1..=2) && digits(d, 1..=2) && parts.next().is_none()
    })
}

/// Whether a line can be who signs: short words, no sentence.
fn is_unit(line: &str) -> bool {
    const ENDS: [&str; 32] = [
        "局",
        "所",
        "队",
        "处",
        "室",
        "会",
        "府",
        "院",
        "站",
        "中心",
        "办",
        "科",
        "组",
        "大队",
        "支队",
        "中队",
        "社区",
        "村",
        "镇",
        "乡",
        "街道",
        "公司",
        "学校",
        "部",
        "委",
        "办公室",
        "警务室",
        "宣",
        "（盖章）",
        "（章）",
        "(盖章)",
        "（印）",
    ];
    let line = line.trim();
    line.chars().count() <= LONGEST
        && ENDS.iter().any(|end| line.ends_with(end))
        && !line.contains(['。', '！', '？', '，', '；', '：', '、', '!', '?', ';', ':', '…', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_units() {
        for date in [
            "2026年11月20日",
            "2026 年 11 月 20 日",
            "二〇二六年十一月二十日",
            "2026-11-20",
            "2026.11.20",
            "２０２６年１１月２０日",
        ] {
            assert!(is_date(date), "{date}");
        }
        for other in ["2026年11月20日起施行", "11月20日", "110", "3.15", "0831-7110110", "2026年"] {
            assert!(!is_date(other), "{other}");
        }
        for unit in ["清水镇派出所", "清水县公安局（盖章）", "清水镇人民政府 清水镇派出所"]
        {
            assert!(is_unit(unit), "{unit}");
        }
        for other in ["请打派出所的电话：110", "有事就到派出所。", "特此通告", "报警，找派出所"]
        {
            assert!(!is_unit(other), "{other}");
        }
    }
}
