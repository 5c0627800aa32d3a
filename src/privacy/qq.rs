//! Numbers of accounts at QQ.
//!
//! Refuses: numbers without the word before them, and those of groups.

use super::normalise::Folded;
use super::number;
use super::{Context, Detector, code};
use std::ops::Range;

/// The detector.
pub struct Qq;

const CUES: [&str; 12] =
    ["qq", "qq号", "qq号码", "qq账号", "qq帐号", "扣扣", "扣扣号", "企鹅号", "加q", "q号", "扣号", "加qq"];

impl Detector for Qq {
    fn kind(&self) -> &'static str {
        "qq"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_numbers()
    }

    fn find(&self, text: &Folded, context: &Context) -> Vec<Range<usize>> {
        let signs = text.folded();
        let mut found = Vec::new();
        let mut at = 0;
        while at < signs.len() {
            if !signs[at].is_ascii_digit() || at > 0 && signs[at - 1].is_ascii_digit() {
                at += 1;
                continue;
            }
            let mut end = at;
            let mut digits = 0;
            while end < signs.len() && digits < 12 {
                match signs[end] {
                    sign if sign.is_ascii_digit() => digits += 1,
                    ' ' | '-' | '*' if signs.get(end + 1).is_some_and(char::is_ascii_digit) => {}
                    _ => break,
                }
                end += 1;
            }
            let start = at;
            at = end.max(at + 1);
            let whole = !signs.get(end).is_some_and(char::is_ascii_alphanumeric);
            if !(5..=11).contains(&digits) || !whole || signs[start] == '0' {
                continue;
            }
            let name = code::name(text, start, 12);
            let bare = name.ends_with('q')
                && !name.ends_with("qq")
                && !name.trim_end_matches('q').ends_with(|c: char| c.is_ascii_alphanumeric());
            let taken = context.found.iter().any(|one| one.signs.start < end && start < one.signs.end);
            if (bare && digits >= 6 || CUES.iter().any(|cue| name.ends_with(cue)))
                && !taken
                && !number::names_a_thing(&name)
            {
                found.push(start..end);
            }
        }
        found
    }
}
