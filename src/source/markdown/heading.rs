//! Addresses of headings.
//!
//! Invariant: an id is unique in its document, holds no whitespace, and clashes with none that pages use themselves.

use crate::source::cjk;
use std::collections::HashMap;

/// Ids that page templates use; a heading with such a text gets a number.
pub const PAGE_IDS: &[&str] =
    &["content", "footer", "footnotes", "header", "main", "menu", "nav", "page", "search", "sidebar", "site", "top"];

/// Gives ids to headings.
pub(super) struct Ids {
    /// How often an id was wanted so far.
    taken: HashMap<String, u32>,
}

impl Ids {
    pub fn new() -> Self {
        Self { taken: PAGE_IDS.iter().map(|id| ((*id).to_owned(), 1)).collect() }
    }

    /// The id for a heading: what its author wants, else made from its text.
    pub fn give(&mut self, wanted: Option<&str>, text: &str) -> String {
        let base = match wanted.map(str::trim).filter(|w| !w.is_empty()) {
            Some(id) => clean(id, false),
            None => clean(text, true),
        };
        let base = if base.is_empty() { "section".to_owned() } else { base };
        let mut count = *self.taken.get(&base).unwrap_or(&0);
        let mut id = base.clone();
        while count > 0 && self.taken.contains_key(&id) {
            id = format!("{base}-{count}");
            count += 1;
        }
        self.taken.insert(base, count.max(1));
        self.taken.entry(id.clone()).or_insert(1);
        id
    }
}

/// Letters and digits of any script, `-`, and (as written) `_`, `.`, `:`; all else becomes one `-`.
fn clean(text: &str, lower: bool) -> String {
    let mut id = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        let kept = c.is_alphanumeric() || (!lower && matches!(c, '_' | '.' | ':'));
        if !kept || cjk::is_whitespace(c) {
            gap = true;
            continue;
        }
        if gap && !id.is_empty() {
            id.push('-');
        }
        gap = false;
        if lower {
            id.extend(c.to_lowercase());
        } else {
            id.push(c);
        }
    }
    id
}
