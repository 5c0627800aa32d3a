//! Verse that was written without its fence: short lines in a bulletin that is verse.
//!
//! Refuses: long lines, which are prose, and bulletins that have a fence, whose other lines are words beside the verse.
//! Invariant: only paragraphs of plain text become verse, and the words stay the same.

use super::Context;
use crate::diag::{Diagnostic, Message, codes};
use crate::source::block::{self, Body};
use crate::source::doc::{Block, BlockKind, InlineKind};

/// A line of verse is no longer, in characters, signs of punctuation counted.
const LONGEST: usize = 24;
/// Fewer lines are no verse.
const FEWEST: usize = 4;

/// Makes verse of the short lines of a bulletin that is verse.
pub(super) fn make(blocks: &mut Vec<Block>, cx: &mut Context<'_>) {
    if blocks.iter().any(|block| matches!(block.kind, BlockKind::Verse(_))) {
        return;
    }
    let mut at = 0;
    while at < blocks.len() {
        let end = at + blocks[at..].iter().take_while(|block| is_verse(block, cx)).count();
        if end > at && lines(&blocks[at..end], cx) >= FEWEST {
            let span = cx.span(blocks[at].span.range().start..blocks[end - 1].span.range().end);
            let mut body = Body::default();
            body.push(&cx.text[span.range()], span.range(), cx.text);
            if let Some(kind) = block::parse("verse", &body, span, cx.text, cx.sink) {
                if cx.options.findings {
                    let first = span.range().start
                        ..span.range().start
                            + cx.text[span.range()].lines().next().map_or(0, |l| l.trim_end().len());
                    let finding = Diagnostic::new(codes::PLAIN_VERSE, Message::new("plain-verse"));
                    cx.sink.report(finding.hint(Message::new("plain-verse-hint")).at(cx.span(first)));
                }
                blocks.splice(at..end, [Block { span, kind }]);
                at += 1;
                continue;
            }
        }
        at = end.max(at + 1);
    }
}

/// Whether a paragraph is lines of verse.
fn is_verse(block: &Block, cx: &Context<'_>) -> bool {
    let BlockKind::Paragraph(content) = &block.kind else { return false };
    content
        .iter()
        .all(|one| matches!(one.kind, InlineKind::Text(_) | InlineKind::SoftBreak | InlineKind::HardBreak))
        && cx.text[block.span.range()].lines().all(|line| line.trim().chars().count() <= LONGEST)
}

fn lines(blocks: &[Block], cx: &Context<'_>) -> usize {
    let together = blocks.iter().any(|block| cx.text[block.span.range()].trim().contains('\n'));
    let count = blocks.iter().map(|block| cx.text[block.span.range()].lines().count()).sum();
    if together { count } else { 0 }
}
