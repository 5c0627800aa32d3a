//! Raw HTML in bulletins, tag by tag: what is on the allow-list, and what is not.
//!
//! The list holds what words need: emphasis, small print, ruby, lists, tables, details. Pictures, forms, styles,
//! scripts and embedded things are left out; pictures have `![…](…)`, which strips their metadata.
//! Refuses: to mend. Invariant: what [`filtered`] writes is text, and whole tags of the list with attributes of the list.

use super::address::{self, Address};
use std::ops::Range;

/// Elements that raw HTML may use.
pub const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Elements whose content is no text either.
const WITH_CONTENT: &[&str] = &[
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "plaintext",
    "script",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "xmp",
];

/// Elements that cannot nest in themselves, or hold nothing: they need no count.
const FLAT: &[&str] = &[
    "br", "col", "dd", "dt", "hr", "li", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr", "wbr",
];

/// How many raw elements may be open at once; a browser's work grows with the square of it.
pub const MAX_OPEN: usize = 32;

/// A tag, comment or declaration.
#[derive(Debug)]
pub struct Tag<'a> {
    /// Where it stands in the HTML; reaches to the end of its content where that must go too.
    pub range: Range<usize>,
    /// The element's name as written; empty for comments and declarations.
    pub name: &'a str,
    /// Whether it ends an element.
    pub closes: bool,
    /// Names and values; a value without quotes or entities resolved.
    pub attributes: Vec<(&'a str, &'a str)>,
    /// Whether the end of the text cuts it off.
    pub cut: bool,
}

impl Tag<'_> {
    /// Whether the element itself may stay.
    pub fn is_allowed(&self) -> bool {
        !self.cut && element(self.name).is_some()
    }

    /// Whether it is a comment, which nobody misses.
    pub fn is_comment(&self) -> bool {
        self.name.is_empty()
    }

    /// The first attribute that must go.
    pub fn refused_attribute(&self) -> Option<&str> {
        let element = element(self.name)?;
        self.attributes
            .iter()
            .find(|(name, value)| !attribute(element, name, &decoded(value)))
            .map(|(name, _)| *name)
    }
}

fn element(name: &str) -> Option<&'static str> {
    ELEMENTS.iter().find(|e| e.eq_ignore_ascii_case(name)).copied()
}

/// Whether an attribute with this value may stay on an element.
fn attribute(element: &str, name: &str, value: &str) -> bool {
    match (element, name.to_ascii_lowercase().as_str()) {
        (_, "lang" | "title" | "dir") | ("details", "open") | ("time", "datetime") => true,
        ("a", "href") => address::kind(value) != Address::Unsafe,
        ("td" | "th", "colspan" | "rowspan")
        | ("ol", "start")
        | ("li", "value")
        | ("col" | "colgroup", "span") => {
            !value.is_empty() && value.len() < 5 && value.bytes().all(|b| b.is_ascii_digit())
        }
        ("th", "scope") => matches!(value, "col" | "row"),
        _ => false,
    }
}

/// All tags of a piece of HTML, as a browser finds them.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(offset) = html[at..].find('<') {
        let start = at + offset;
        let Some(mut tag) = tag_at(html, start) else {
            at = start + 1;
            continue;
        };
        if !tag.closes && WITH_CONTENT.iter().any(|e| e.eq_ignore_ascii_case(tag.name)) {
            tag.range.end = end_of_content(html, tag.range.end, tag.name);
        }
        at = tag.range.end;
        found.push(tag);
    }
    found
}

fn tag_at(html: &str, start: usize) -> Option<Tag<'_>> {
    let rest = &html[start + 1..];
    let closes = rest.starts_with('/');
    let name_start = start + 1 + usize::from(closes);
    let letter = html.as_bytes().get(name_start).is_some_and(u8::is_ascii_alphabetic);
    if !letter {
        let declaration = rest.starts_with(['!', '?']) || (closes && rest.len() > 1);
        return declaration.then(|| comment_at(html, start));
    }
    let name_len = html[name_start..].find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let name_end = name_len.map_or(html.len(), |n| name_start + n);
    let mut tag = Tag {
        range: start..html.len(),
        name: &html[name_start..name_end],
        closes,
        attributes: Vec::new(),
        cut: true,
    };
    let mut at = name_end;
    loop {
        at += html[at..].len()
            - html[at..].trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/').len();
        match html.as_bytes().get(at) {
            None => return Some(tag),
            Some(b'>') => {
                tag.range.end = at + 1;
                tag.cut = false;
                return Some(tag);
            }
            Some(_) => {}
        }
        // A leading `=` belongs to the name, as browsers have it.
        let first = html[at..].chars().next().map_or(1, char::len_utf8);
        let stop = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '=');
        let name_end = html[at + first..].find(stop).map_or(html.len(), |n| at + first + n);
        let name = &html[at..name_end];
        at = name_end;
        let gap = html[at..].len() - html[at..].trim_start().len();
        if html.as_bytes().get(at + gap) != Some(&b'=') {
            tag.attributes.push((name, ""));
            continue;
        }
        at += gap + 1;
        at += html[at..].len() - html[at..].trim_start().len();
        let (value, after) = value_at(html, at);
        tag.attributes.push((name, value));
        at = after;
    }
}

/// An attribute's value and where it ends.
fn value_at(html: &str, at: usize) -> (&str, usize) {
    if let Some(&quote @ (b'"' | b'\'')) = html.as_bytes().get(at) {
        let inside = &html[at + 1..];
        let len = inside.find(char::from(quote));
        let end = at + 1 + len.unwrap_or(inside.len());
        return (&html[at + 1..end], (end + 1).min(html.len()));
    }
    let stop = |c: char| c.is_ascii_whitespace() || c == '>';
    let end = html[at..].find(stop).map_or(html.len(), |n| at + n);
    (&html[at..end], end)
}

fn comment_at(html: &str, start: usize) -> Tag<'_> {
    let rest = &html[start..];
    let end = if rest.starts_with("<!-->") || rest.starts_with("<!--->") {
        rest.find('>').map(|n| n + 1)
    } else if let Some(inside) = rest.strip_prefix("<!--") {
        let plain = inside.find("-->").map(|n| n + 7);
        let odd = inside.find("--!>").map(|n| n + 8);
        plain.into_iter().chain(odd).min()
    } else {
        rest.find('>').map(|n| n + 1)
    };
    let cut = end.is_none();
    let range = start..end.map_or(html.len(), |n| start + n);
    Tag { range, name: "", closes: false, attributes: Vec::new(), cut }
}

fn end_of_content(html: &str, from: usize, name: &str) -> usize {
    if name.eq_ignore_ascii_case("plaintext") {
        return html.len();
    }
    let mut at = from;
    while let Some(offset) = html[at..].find("</") {
        let start = at + offset;
        let end = start + 2 + name.len();
        let same = html.get(start + 2..end).is_some_and(|n| n.eq_ignore_ascii_case(name));
        if same && html[end..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')) {
            return html[end..].find('>').map_or(html.len(), |n| end + n + 1);
        }
        at = start + 2;
    }
    html.len()
}

/// Writes a piece of raw HTML with only what is allowed. `open` holds the raw elements open so far; `link` says which
/// address to write for a link's.
pub fn filtered(
    html: &str,
    open: &mut Vec<&'static str>,
    link: &dyn Fn(&str) -> Option<String>,
    out: &mut String,
) {
    let mut at = 0;
    for tag in tags(html) {
        push_text(&html[at..tag.range.start], out);
        at = tag.range.end;
        let Some(name) = element(tag.name).filter(|_| !tag.cut) else { continue };
        if FLAT.contains(&name) {
            push_tag(&tag, name, link, out);
        } else if tag.closes {
            if let Some(i) = open.iter().rposition(|o| *o == name) {
                open.remove(i);
                push_tag(&tag, name, link, out);
            }
        } else if open.len() < MAX_OPEN {
            open.push(name);
            push_tag(&tag, name, link, out);
        }
    }
    push_text(&html[at..], out);
}

fn push_text(text: &str, out: &mut String) {
    // A `<` that begins no tag, or a `>`, is text to a browser, too; spelled out, nothing can make a tag of it later.
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\0' => out.push('\u{FFFD}'),
            _ => out.push(c),
        }
    }
}

fn push_tag(tag: &Tag<'_>, name: &'static str, link: &dyn Fn(&str) -> Option<String>, out: &mut String) {
    out.push('<');
    if tag.closes {
        out.push('/');
    }
    out.push_str(name);
    if !tag.closes {
        for (key, value) in &tag.attributes {
            let mut decoded = decoded(value);
            if !attribute(name, key, &decoded) {
                continue;
            }
            if key.eq_ignore_ascii_case("href") {
                match link(&decoded).filter(|a| address::kind(a) != Address::Unsafe) {
                    Some(address) => decoded = address,
                    None => continue,
                }
            }
            out.push(' ');
            out.push_str(&key.to_ascii_lowercase());
            out.push_str("=\"");
            for c in decoded.chars() {
                match c {
                    '&' => out.push_str("&amp;"),
                    '"' => out.push_str("&quot;"),
                    '<' => out.push_str("&lt;"),
                    '>' => out.push_str("&gt;"),
                    '\0' => out.push('\u{FFFD}'),
                    _ => out.push(c),
                }
            }
            out.push('"');
        }
    }
    out.push('>');
}

/// A value with the entities resolved that matter to addresses; others stay as they are and so can name no scheme.
pub fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, len) = entity(rest);
        out.push(c);
        rest = &rest[len..];
    }
    out.push_str(rest);
    out
}

fn entity(text: &str) -> (char, usize) {
    const NAMED: &[(&str, char)] = &[
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&apos;", '\''),
        ("&colon;", ':'),
        ("&Tab;", '\t'),
        ("&NewLine;", '\n'),
        ("&nbsp;", '\u{A0}'),
        ("&sol;", '/'),
        ("&lpar;", '('),
        ("&rpar;", ')'),
        ("&num;", '#'),
        ("&period;", '.'),
        ("&bsol;", '\\'),
    ];
    if let Some((name, c)) = NAMED.iter().find(|(name, _)| text.starts_with(name)) {
        return (*c, name.len());
    }
    let Some(digits) = text.strip_prefix("&#") else { return ('&', 1) };
    let (radix, digits) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (16, hex),
        None => (10, digits),
    };
    let len = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
    let code = u32::from_str_radix(&digits[..len], radix).ok();
    let Some(c) = code.map(|n| char::from_u32(n).unwrap_or('\u{FFFD}')) else { return ('&', 1) };
    let rest = &digits[len..];
    (c, text.len() - rest.len() + usize::from(rest.starts_with(';')))
}

#[cfg(test)]
mod tests;
