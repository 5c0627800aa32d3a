//! Runs of Latin letters and digits, from which codes of vehicles, travel documents and accounts are read.
//!
//! Invariant: a run is as long as it can be, so a code is never found inside a longer one.

use super::normalise::Folded;
use std::ops::Range;

/// Every run of ASCII letters and digits among `signs`, with the single `inner` signs in it behind which something `joins`.
pub fn runs<'s>(
    signs: &'s [char],
    inner: &'s [char],
    joins: fn(&char) -> bool,
) -> impl Iterator<Item = Range<usize>> + 's {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = (at..signs.len()).find(|at| signs[*at].is_ascii_alphanumeric())?;
        let mut end = start + 1;
        while end < signs.len() {
            let goes_on = signs[end].is_ascii_alphanumeric()
                || inner.contains(&signs[end]) && signs.get(end + 1).is_some_and(joins);
            if !goes_on {
                break;
            }
            end += 1;
        }
        at = end;
        Some(start..end)
    })
}

/// The words before an index: folded signs of one line, without what only joins a name to its value.
pub fn name(text: &Folded, at: usize, reach: usize) -> String {
    let before = text.plain();
    let before: String = before[at.saturating_sub(reach)..at].iter().collect();
    let joins = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ':' | '为'
                    | '是'
                    | '系'
                    | '('
                    | ')'
                    | '"'
                    | '“'
                    | '「'
                    | '='
                    | '\''
                    | '*'
                    | '_'
                    | '`'
                    | '['
                    | '|'
            )
    };
    before.trim_end_matches(joins).to_owned()
}
