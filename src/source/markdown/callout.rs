//! Quotes that begin `[!记住]` and the like.
//!
//! Refuses: names it does not know; such a quote stays a quote. Invariant: only the marker leaves the text.

use crate::source::doc::{Block, BlockKind, CalloutTone, Inline, InlineKind};

/// Makes a callout of a quote's blocks where they begin with a marker.
pub(super) fn from_quote(mut blocks: Vec<Block>) -> BlockKind {
    match take_marker(&mut blocks) {
        Some(tone) => BlockKind::Callout { tone, blocks },
        None => BlockKind::Quote(blocks),
    }
}

fn take_marker(blocks: &mut Vec<Block>) -> Option<CalloutTone> {
    let BlockKind::Paragraph(content) = &mut blocks.first_mut()?.kind else { return None };
    let InlineKind::Text(text) = &mut content.first_mut()?.kind else { return None };
    // People who type Chinese often leave the exclamation mark full-width.
    let inside = text.strip_prefix("[!").or_else(|| text.strip_prefix("[！"))?;
    let (name, rest) = inside.split_once(']')?;
    let tone = tone(name.trim())?;
    let rest = rest.trim_start();
    let cut = text.len() - rest.len();
    *text = rest.to_owned();
    let empty = text.is_empty();
    content[0].span.start += u32::try_from(cut).unwrap_or(0);
    if empty {
        content.remove(0);
        if let Some(Inline { kind: InlineKind::SoftBreak | InlineKind::HardBreak, .. }) = content.first() {
            content.remove(0);
        }
    }
    if content.is_empty() {
        blocks.remove(0);
    }
    Some(tone)
}

fn tone(name: &str) -> Option<CalloutTone> {
    let tone = match name {
        "记住" => CalloutTone::Remember,
        "警惕" => CalloutTone::Beware,
        "法条" => CalloutTone::Law,
        "热线" => CalloutTone::Hotline,
        "提示" => CalloutTone::Hint,
        _ => match name.to_ascii_uppercase().as_str() {
            "IMPORTANT" => CalloutTone::Remember,
            "WARNING" | "CAUTION" => CalloutTone::Beware,
            "NOTE" | "TIP" => CalloutTone::Hint,
            _ => return None,
        },
    };
    Some(tone)
}
