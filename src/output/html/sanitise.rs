//! The last word on bodies that hold raw HTML: ammonia, over the assembled body, with a small allow-list.
//!
//! `source::raw_html` has dropped what is not allowed tag by tag; here a browser's own parser has the tree put right and
//! checked once more. Refuses: everything that runs, loads, or names things for scripts to trip over.
//! Invariant: what leaves has no element and no attribute outside [`elements`] and [`attributes`].

use super::push_text;
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

/// Classes of our own markup.
const CLASSES: &[&str] = &[
    "aside",
    "beware",
    "callout",
    "callout-label",
    "row",
    "signature",
    "center",
    "contact",
    "contact-name",
    "footnote-back",
    "footnote-ref",
    "footnotes",
    "hint",
    "hotline",
    "law",
    "left",
    "line",
    "qr",
    "remember",
    "right",
    "stanza",
    "stanza-title",
    "table",
    "tasks",
    "verse",
];

/// Roles of our own markup.
const ROLES: &[&str] = &["doc-backlink", "doc-endnotes", "doc-noteref", "note", "region"];

/// Attributes by element, besides `lang`, `title`, `dir`, `class`, `id`, `role` and `aria-label`.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "rel"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("details", &["open"]),
    ("div", &["tabindex"]),
    ("li", &["value"]),
    ("ol", &["start"]),
    ("pre", &["tabindex"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];

static TAGS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| crate::source::raw_html::ELEMENTS.iter().copied().chain(["aside", "section"]).collect());
static TAG_ATTRIBUTES: LazyLock<HashMap<&'static str, HashSet<&'static str>>> =
    LazyLock::new(|| ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect());

/// Makes a body's HTML harmless. `ids` are the ids that may stay.
pub fn sanitise(html: &str, ids: &BTreeSet<String>) -> String {
    clean(html, ids, None)
}

fn clean(html: &str, ids: &BTreeSet<String>, token: Option<&str>) -> String {
    // ammonia keeps its filter for good, so it gets its own copies.
    let (ids, token) = (ids.clone(), token.map(str::to_owned));
    let generic = ["lang", "title", "dir", "class", "id", "role", "aria-label"];
    Builder::empty()
        .tags(TAGS.clone())
        .clean_content_tags(HashSet::from([
            "script", "style", "iframe", "noscript", "template", "textarea", "title",
        ]))
        .tag_attributes(TAG_ATTRIBUTES.clone())
        .generic_attributes(HashSet::from(generic))
        .url_schemes(crate::source::address::SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true)
        .attribute_filter(move |element, attribute, value| {
            // A hole is a place in the text; one that got into a value would let its markup out of the quotes.
            if token.as_deref().is_some_and(|t| value.contains(t)) {
                return None;
            }
            filter(element, attribute, value, &ids)
        })
        .clean(html)
        .to_string()
}

fn filter<'v>(
    element: &str,
    attribute: &str,
    value: &'v str,
    ids: &BTreeSet<String>,
) -> Option<Cow<'v, str>> {
    let keep = match attribute {
        "class" => return classes(value),
        "id" => ids.contains(value),
        "role" => ROLES.contains(&value),
        "rel" => value == "noopener",
        "tabindex" => value == "0",
        "scope" => matches!(value, "col" | "row"),
        "dir" => matches!(value, "ltr" | "rtl" | "auto"),
        "href" => {
            element == "a" && crate::source::address::kind(value) != crate::source::address::Address::Unsafe
        }
        "colspan" | "rowspan" | "span" | "start" | "value" => {
            value.len() < 12 && value.bytes().all(|b| b.is_ascii_digit())
        }
        _ => true,
    };
    keep.then_some(Cow::Borrowed(value))
}

fn classes(value: &str) -> Option<Cow<'_, str>> {
    let own = |class: &&str| CLASSES.contains(class) || class.starts_with("language-");
    if value.split_ascii_whitespace().all(|c| own(&c)) && !value.is_empty() {
        return Some(Cow::Borrowed(value));
    }
    let kept: Vec<_> = value.split_ascii_whitespace().filter(own).collect();
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

/// Sanitises `html` and puts our own markup into the holes, given by their places in `html`.
pub(super) fn with_holes(html: &str, holes: &[(usize, String)], ids: &BTreeSet<String>) -> String {
    if holes.is_empty() {
        return sanitise(html, ids);
    }
    // The token is a hash of all that the author wrote, so nobody can write it into what is hashed.
    let token = format!("yb{}-", &blake3::hash(html.as_bytes()).to_hex()[..32]);
    let mut marked = String::with_capacity(html.len() + holes.len() * (token.len() + 8));
    let mut from = 0;
    for (i, (at, _)) in holes.iter().enumerate() {
        marked.push_str(&html[from..*at]);
        push_text(&format!("{token}{i};"), &mut marked);
        from = *at;
    }
    marked.push_str(&html[from..]);
    let cleaned = clean(&marked, ids, Some(&token));
    let mut out = String::with_capacity(cleaned.len() + holes.iter().map(|(_, m)| m.len()).sum::<usize>());
    let mut rest = cleaned.as_str();
    while let Some(at) = rest.find(&token) {
        out.push_str(&rest[..at]);
        let behind = &rest[at + token.len()..];
        let number = behind.split_once(';').and_then(|(n, after)| Some((n.parse::<usize>().ok()?, after)));
        if let Some((index, after)) = number {
            out.push_str(holes.get(index).map_or("", |(_, markup)| markup));
            rest = after;
        } else {
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}
