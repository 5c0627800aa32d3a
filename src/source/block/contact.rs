//! `contact`, 联系: a few fields in YAML's simplest form: `key: value`, and lists as `[a, b]` or `- a` lines.
//!
//! Refuses: unknown and repeated keys, nesting, anchors; a card is made from text alone.

use super::Reading;
use crate::diag::{Message, Span};
use crate::source::doc::Contact;

/// Keys as staff may write them, and the one that counts.
const KEYS: &[(&str, &str)] = &[
    ("name", "name"),
    ("姓名", "name"),
    ("名称", "name"),
    ("duty", "duty"),
    ("职责", "duty"),
    ("职务", "duty"),
    ("phone", "phone"),
    ("电话", "phone"),
    ("hours", "hours"),
    ("时间", "hours"),
    ("areas", "areas"),
    ("村社区", "areas"),
];

pub(super) fn parse(reading: &mut Reading<'_>) -> Option<Contact> {
    let body = reading.body;
    let mut contact = Contact::default();
    let mut seen: Vec<&str> = Vec::new();
    let mut fits = true;
    let mut listing = false;
    for (at, line) in body.lines() {
        let text = strip_comment(line).trim();
        let start = at + (line.len() - line.trim_start().len());
        if text.is_empty() {
            continue;
        }
        let span = reading.span(start..start + text.len());
        if let Some(item) = text.strip_prefix("- ").or_else(|| (text == "-").then_some("")) {
            if listing {
                contact.areas.extend(scalar(item));
            } else {
                fits = refuse(reading, "block-contact-line", text, span);
            }
            continue;
        }
        let Some((key, value)) = split(text) else {
            let id = if text.contains('：') { "block-contact-colon" } else { "block-contact-line" };
            fits = refuse(reading, id, text, span);
            continue;
        };
        let Some(field) = KEYS.iter().find(|(k, _)| *k == key).map(|(_, f)| *f) else {
            fits = refuse(reading, "block-contact-key", key, span);
            continue;
        };
        if seen.contains(&field) {
            fits = refuse(reading, "block-contact-twice", key, span);
            continue;
        }
        seen.push(field);
        listing = field == "areas" && value.is_empty();
        match field {
            "name" => contact.name = scalar(value).unwrap_or_default(),
            "duty" => contact.duty = scalar(value),
            "phone" => contact.phone = scalar(value),
            "hours" => contact.hours = scalar(value),
            _ => contact.areas = list(value),
        }
    }
    if fits && contact.name.is_empty() {
        let span = super::info_span(reading, "");
        fits = refuse(reading, "block-contact-name", "name", span);
    }
    fits.then_some(contact)
}

fn refuse(reading: &mut Reading<'_>, id: &'static str, found: &str, span: Span) -> bool {
    let (hint, argument) = match id {
        "block-contact-colon" => ("block-contact-colon-hint", found.replacen('：', ": ", 1)),
        "block-contact-key" => ("block-contact-key-hint", nearest(found).to_owned()),
        "block-contact-twice" => ("block-contact-twice-hint", found.to_owned()),
        "block-contact-name" => ("block-contact-name-hint", found.to_owned()),
        _ => ("block-contact-line-hint", found.to_owned()),
    };
    reading.report(Message::new(id).with("found", found), Message::new(hint).with("mend", argument), span);
    false
}

fn nearest(key: &str) -> &'static str {
    KEYS.iter().map(|(k, _)| *k).min_by_key(|k| strsim::damerau_levenshtein(key, k)).unwrap_or("name")
}

/// `key: value`; a colon counts where a space or the end follows, as in YAML.
fn split(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ").or_else(|| line.strip_suffix(':').map(|key| (key, "")))?;
    (!key.contains('：')).then(|| (key.trim(), value.trim()))
}

/// Cuts off ` # …`, which YAML ignores; quoted values keep theirs.
fn strip_comment(line: &str) -> &str {
    if line.trim_start().starts_with('#') {
        return "";
    }
    match line.find(" #") {
        Some(at) if !line[..at].contains(['"', '\'']) => &line[..at],
        _ => line,
    }
}

fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    let value = quoted('"').or_else(|| quoted('\'')).unwrap_or(text);
    (!value.is_empty() && value != "null" && value != "~").then(|| value.to_owned())
}

fn list(text: &str) -> Vec<String> {
    let inside = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    match inside {
        Some(items) => items.split([',', '，', '、']).filter_map(scalar).collect(),
        None => text.split(['、', '，', ',']).filter_map(scalar).collect(),
    }
}
