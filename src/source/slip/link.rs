//! W208: links typed with full-width brackets: `[字]（址）`, `【字】(址)`.

use super::{Slips, stretches};
use crate::diag::codes;
use crate::source::doc::Inline;

/// Longer than this, brackets enclose no link's text.
const MAX_TEXT: usize = 300;

pub(super) fn check(inlines: &[Inline], slips: &mut Slips<'_>) {
    for stretch in stretches(inlines) {
        let text = slips.text;
        let source = &text[stretch.clone()];
        if !source.as_bytes().contains(&b'[') && !slips.wide_bracket {
            continue;
        }
        let mut at = 0;
        while let Some(offset) = source[at..].find(['[', '【']) {
            let start = at + offset;
            let Some((len, mend)) = link(&source[start..]) else {
                at = start + 1 + usize::from(source[start..].starts_with('【')) * 2;
                continue;
            };
            let place = stretch.start + start..stretch.start + start + len;
            slips.report(codes::FULL_WIDTH_LINK, "full-width-link-hint", place, &mend);
            at = start + len;
        }
    }
}

/// Length and mend of the slip that `source` begins with.
fn link(source: &str) -> Option<(usize, String)> {
    let mut full_width = source.starts_with('【');
    let inside = source.strip_prefix(['[', '【'])?;
    let words_len = head(inside).find(['[', '【', ']', '】', '\n'])?;
    let words = &inside[..words_len];
    let close = inside[words_len..].chars().next().filter(|c| matches!(c, ']' | '】'))?;
    full_width |= close == '】';
    let behind = inside[words_len + close.len_utf8()..].trim_start_matches(' ');
    let open = behind.chars().next().filter(|c| matches!(c, '(' | '（'))?;
    full_width |= open == '（';
    let address_start = &behind[open.len_utf8()..];
    let address_len = head(address_start).find([')', '）', '\n'])?;
    let end = address_start[address_len..].chars().next().filter(|c| matches!(c, ')' | '）'))?;
    full_width |= end == '）';
    let address = address_start[..address_len].trim();
    if !full_width || words.trim().is_empty() || !is_address(address) {
        return None;
    }
    let len = source.len() - address_start.len() + address_len + end.len_utf8();
    Some((len, format!("[{words}]({address})")))
}

fn head(text: &str) -> &str {
    let end = text.char_indices().nth(MAX_TEXT).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether this can be an address: words in brackets, as in `【注意】（重要）`, are none.
fn is_address(text: &str) -> bool {
    if text.is_empty() || text.contains(char::is_whitespace) {
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let schemes = ["http:", "https:", "tel:", "mailto:", "sms:", "www.", "#", "/", "./", "../"];
    let named = schemes.iter().any(|s| lower.starts_with(s));
    let file = [".md", ".html", ".htm", ".pdf", ".jpg", ".jpeg", ".png", ".docx", ".doc", ".xlsx"];
    let domain = lower.is_ascii() && lower.contains('.') && lower.bytes().any(|b| b.is_ascii_alphabetic());
    named || file.iter().any(|f| lower.ends_with(f)) || (lower.is_ascii() && lower.contains('/')) || domain
}
