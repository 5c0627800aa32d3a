//! Chinese, Japanese and Korean text in Markdown: which characters count, when emphasis may begin and end beside
//! them, and when a line break between them is no space.
//!
//! Follows the CJK-friendly amendment to `CommonMark` (tats-u, with `CommonMark` 0.31.2 section 6.2).
//! Refuses: exceptions for single strings; every answer comes from a character's Unicode properties.
//! Invariant: where nothing CJK stands beside a delimiter run, the answers are those of plain `CommonMark`.

pub mod emphasis;
mod table;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory};

/// Whether `c` is a CJK character as the amendment defines it: East Asian Width W, F or H and not an emoji by
/// default, or of the Hangul script.
pub fn is_cjk(c: char) -> bool {
    // Nearly all of our text is in the unified ideographs or below Hangul Jamo: answer those without a search.
    match c {
        '\u{4E00}'..='\u{9FFF}' => true,
        '\0'..'\u{1100}' => false,
        _ => table::CJK
            .binary_search_by(|&(first, last)| {
                if last < c {
                    std::cmp::Ordering::Less
                } else if first > c {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Equal
                }
            })
            .is_ok(),
    }
}

/// Whether `c` is punctuation to `CommonMark` 0.31: ASCII punctuation, or Unicode's categories P and S.
pub fn is_punctuation(c: char) -> bool {
    match c {
        '\0'..'\u{80}' => c.is_ascii_punctuation(),
        '\u{4E00}'..='\u{9FFF}' => false,
        _ => matches!(
            c.general_category_group(),
            GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
        ),
    }
}

/// Whether `c` is whitespace to `CommonMark`: category Zs, tab, line feed, form feed, carriage return.
pub fn is_whitespace(c: char) -> bool {
    match c {
        '\t' | '\n' | '\x0C' | '\r' | ' ' | '\u{A0}' => true,
        '\0'..'\u{1680}' => false,
        _ => matches!(c, '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}'),
    }
}

fn is_ideographic_selector(c: char) -> bool {
    matches!(c, '\u{E0100}'..='\u{E01EF}')
}

/// Variation selectors of general use; U+FE0F is left out, since it asks for an emoji.
fn is_text_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0E}')
}

/// Hangul, which separates words by spaces: a line break beside it is a space.
fn is_hangul(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11FF}' | '\u{302E}' | '\u{302F}' | '\u{3131}'..='\u{318E}' | '\u{3200}'..='\u{321E}'
            | '\u{3260}'..='\u{327E}' | '\u{A960}'..='\u{A97C}' | '\u{AC00}'..='\u{D7FB}' | '\u{FFA0}'..='\u{FFDC}'
    )
}

/// Chinese punctuation that Latin text shares (East Asian Width A): only its neighbours tell which it is.
fn is_shared_punctuation(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '—' | '·' | '–' | '‥' | '⋯')
}

/// Whether a bare address ends before `c`: CJK of any kind, and the punctuation that Chinese shares with Latin.
pub fn ends_address(c: char) -> bool {
    is_cjk(c) || is_shared_punctuation(c)
}

/// Whether a line break between these characters is no space: both Chinese (or Japanese), one of them for certain.
pub fn joins_lines(before: char, after: char) -> bool {
    let certain = |c| is_cjk(c) && !is_hangul(c);
    let possible = |c| certain(c) || is_shared_punctuation(c);
    possible(before) && possible(after) && (certain(before) || certain(after))
}

/// The last character of `text` that a reader sees: variation selectors belong to the one before.
pub fn last_visible(text: &str) -> Option<char> {
    text.chars().rev().find(|&c| !is_text_selector(c) && !is_ideographic_selector(c) && c != '\u{FE0F}')
}

/// What a delimiter run may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flanking {
    /// Begin emphasis.
    pub can_open: bool,
    /// End emphasis.
    pub can_close: bool,
}

impl Flanking {
    /// Neither.
    pub const NONE: Self = Self { can_open: false, can_close: false };
}

/// What a run of `delimiter` between `before` and `after` may do. `before` ends at the run and begins at the line's
/// start at the earliest; `after` is the character behind the run. Line start and end count as whitespace.
///
/// `intraword` says whether the delimiter works inside words (`*`, `~~`) or not (`_`, `~`).
pub fn flanking(before: &str, after: Option<char>, intraword: bool) -> Flanking {
    let mut back = before.chars().rev();
    let last = back.next().unwrap_or('\n');
    let next = after.unwrap_or('\n');
    // A selector belongs to the character before it, unless that is whitespace.
    let base = match is_text_selector(last).then(|| back.next()).flatten() {
        Some(c) if !is_whitespace(c) => c,
        _ => last,
    };
    let after_space = is_whitespace(base);
    let before_space = is_whitespace(next);
    if after_space || before_space {
        return Flanking { can_open: !before_space, can_close: !after_space };
    }
    let after_punctuation = is_punctuation(base);
    let before_punctuation = is_punctuation(next);
    if !intraword {
        // Both flanking unless punctuation says otherwise; `CommonMark`'s rules 2, 4, 6 and 8 then come down to this.
        return Flanking { can_open: after_punctuation, can_close: before_punctuation };
    }
    // Quotation marks that a selector makes full-width are CJK, though they are not by themselves.
    let full_width_quote = last == '\u{FE01}' && matches!(base, '‘' | '’' | '“' | '”');
    let cjk = is_cjk(next) || is_cjk(base) || is_ideographic_selector(last) || full_width_quote;
    Flanking {
        can_open: cjk || after_punctuation || !before_punctuation,
        can_close: cjk || before_punctuation || !after_punctuation,
    }
}

#[cfg(test)]
mod tests;
