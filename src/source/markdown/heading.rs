//! Addresses of headings.
//!
//! Invariant: an id is unique in its document, holds no whitespace, and clashes with none that pages use themselves.

use crate::source::cjk;
use std::collections::HashMap;

/// Ids that page templates use; a heading with such a text gets a number.
pub const PAGE_IDS: &[&str] = &[
    "agenda",
    "alerts",
    "ask",
    "by-area",
    "by-kind",
    "content",
    "footer",
    "footnotes",
    "header",
    "laws",
    "lines",
    "main",
    "materials",
    "meetings",
    "menu",
    "nav",
    "newest",
    "officers",
    "page",
    "paid",
    "pinned",
    "police",
    "prints",
    "related",
    "remember",
    "search",
    "sidebar",
    "site",
    "steps",
    "top",
    "topics",
];

/// Names of the page's own objects; an element with such an id could stand in for them before scripts.
const SCRIPT_NAMES: &[&str] = &[
    "all",
    "anchors",
    "attributes",
    "body",
    "children",
    "config",
    "constructor",
    "cookie",
    "defaultview",
    "document",
    "documentelement",
    "embeds",
    "forms",
    "frames",
    "history",
    "images",
    "length",
    "links",
    "location",
    "name",
    "navigator",
    "nodename",
    "origin",
    "parent",
    "parentnode",
    "plugins",
    "prototype",
    "scripts",
    "self",
    "tostring",
    "window",
    "yuanba",
];

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
        let base = match base.as_str() {
            "" => "section".to_owned(),
            // Footnotes have these.
            id if id.starts_with("fn-") || id.starts_with("fnref-") => format!("h-{id}"),
            id if SCRIPT_NAMES.contains(&id.to_ascii_lowercase().as_str()) => format!("h-{id}"),
            id if id.starts_with("__") => format!("h-{id}"),
            _ => base,
        };
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
