//! The texts of a page or a feed, from its bytes: between tags, and in attributes that are read or followed.
//!
//! Refuses: nothing; whatever stands there is text or a tag.
//! Invariant: what stands in one block is one passage, whatever marks are in it; readings above characters are left out.

use percent_encoding::percent_decode_str;

/// Marks inside of a line; any other tag ends a passage.
const INLINE: [&str; 29] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "ruby", "rb", "rp", "rt", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "wbr",
];
/// Attributes that people see, hear or follow.
const READ: [&str; 10] =
    ["alt", "aria-label", "content", "href", "label", "placeholder", "summary", "title", "value", "action"];

/// The passages of a page.
pub fn passages(text: &str) -> Vec<String> {
    let mut reading = Reading { passages: Vec::new(), line: String::new() };
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'<', rest.as_bytes()) {
        reading.text(&rest[..at]);
        rest = &rest[at..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = comment.find("-->").unwrap_or(comment.len());
            reading.alone(&comment[..end]);
            rest = comment.get(end + 3..).unwrap_or_default();
            continue;
        }
        if let Some(data) = rest.strip_prefix("<![CDATA[") {
            let end = data.find("]]>").unwrap_or(data.len());
            // The text of a feed's entry is a page of its own.
            reading.passages.extend(passages(&data[..end]));
            rest = data.get(end + 3..).unwrap_or_default();
            continue;
        }
        let end = tag_end(rest);
        let (tag, after) = rest.split_at(end);
        rest = after;
        let name = name(tag);
        reading.tag(&name, tag);
        if matches!(name.as_str(), "script" | "style" | "rt" | "rp") {
            let closing = format!("</{name}");
            let end = rest.find(&closing).unwrap_or(rest.len());
            if name == "script" && tag.contains("json") {
                reading.passages.extend(super::quoted::passages(&rest[..end]));
            }
            rest = &rest[end..];
            rest = &rest[tag_end(rest)..];
        }
    }
    reading.text(rest);
    reading.end();
    reading.passages
}

/// Where a tag ends that begins at the first byte; a `>` in quotes is none of its.
fn tag_end(text: &str) -> usize {
    let mut quote = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'>' if quote == 0 => return at + 1,
            b'"' | b'\'' if quote == 0 => quote = byte,
            _ if byte == quote => quote = 0,
            _ => {}
        }
    }
    text.len()
}

/// The name of a tag, in small letters, without its slash and prefix.
fn name(tag: &str) -> String {
    let tag = tag.trim_start_matches(['<', '/']);
    let end = tag
        .find(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '-' || sign == ':'))
        .unwrap_or(tag.len());
    tag[..end].rsplit(':').next().unwrap_or_default().to_ascii_lowercase()
}

struct Reading {
    passages: Vec<String>,
    line: String,
}

impl Reading {
    fn text(&mut self, text: &str) {
        if !text.is_empty() {
            push_plain(&mut self.line, &unescaped(text));
        }
    }

    fn tag(&mut self, name: &str, tag: &str) {
        match name {
            "br" => self.line.push('\n'),
            "td" | "th" => {
                if tag.starts_with("</") {
                    self.line.push_str(" | ");
                }
            }
            name if INLINE.contains(&name) => {}
            _ => self.end(),
        }
        // A tag without `=` has no attributes that say anything.
        if memchr::memchr(b'=', tag.as_bytes()).is_some() {
            self.attributes(tag);
        }
    }

    fn attributes(&mut self, tag: &str) {
        let mut rest = tag;
        while let Some(at) = memchr::memchr(b'=', rest.as_bytes()) {
            let key =
                rest[..at].trim_end().rsplit(|sign: char| sign.is_whitespace()).next().unwrap_or_default();
            let key = key.to_ascii_lowercase();
            let value = rest[at + 1..].trim_start();
            let (value, after) = match value.chars().next() {
                Some(quote @ ('"' | '\'')) => {
                    let inner = &value[1..];
                    let end = inner.find(quote).unwrap_or(inner.len());
                    (&inner[..end], inner.get(end + 1..).unwrap_or_default())
                }
                _ => {
                    let end =
                        value.find(|sign: char| sign.is_whitespace() || sign == '>').unwrap_or(value.len());
                    value.split_at(end)
                }
            };
            if READ.contains(&key.as_str()) || key.starts_with("data-") {
                let value = unescaped(value);
                if matches!(key.as_str(), "href" | "action") {
                    self.address(&value);
                } else {
                    self.alone(&value);
                }
            }
            rest = after;
        }
    }

    /// An address, its parts one by one; parts that are hashes say nothing.
    fn address(&mut self, address: &str) {
        let plain = percent_decode_str(address).decode_utf8_lossy();
        let is_hash = |part: &&str| {
            part.len() >= 8
                && part.bytes().all(|byte| byte.is_ascii_hexdigit())
                && part.bytes().any(|byte| byte.is_ascii_lowercase())
        };
        for part in plain.split(['/', '?', '&', '=', '#']) {
            let said: Vec<&str> = part
                .split_inclusive(['-', '.', '_'])
                .filter(|part| !is_hash(&part.trim_end_matches(['-', '.', '_'])))
                .collect();
            self.alone(&said.concat());
        }
    }

    fn alone(&mut self, text: &str) {
        if text.len() > 3 {
            self.passages.push(text.to_owned());
        }
    }

    fn end(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().len() > 3 {
            self.passages.push(line);
        }
    }
}

/// Adds a text whose blanks are as a page shows them: one for many, and none between Chinese characters, where a template broke its line.
fn push_plain(line: &mut String, text: &str) {
    let is_han = |sign: char| matches!(sign, '\u{4e00}'..='\u{9fff}');
    let mut blank = false;
    for sign in text.chars() {
        if matches!(sign, ' ' | '\n' | '\r' | '\t') {
            blank = true;
            continue;
        }
        if blank && !line.is_empty() && !(is_han(sign) && line.chars().next_back().is_some_and(is_han)) {
            line.push(' ');
        }
        blank = false;
        line.push(sign);
    }
    if blank && !line.ends_with([' ', '\n']) && !line.is_empty() {
        line.push(' ');
    }
}

/// A text with its references replaced by their signs.
fn unescaped(text: &str) -> String {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.bytes().take(12).position(|byte| byte == b';');
        let sign = end.and_then(|end| sign(&after[..end]));
        match (sign, end) {
            (Some(sign), Some(end)) => {
                plain.push(sign);
                rest = &after[end + 1..];
            }
            _ => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn sign(reference: &str) -> Option<char> {
    if let Some(number) = reference.strip_prefix('#') {
        let hex = number.strip_prefix(['x', 'X']);
        let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
        return char::from_u32(code);
    }
    Some(match reference {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "shy" | "zwj" | "zwnj" => '\u{ad}',
        "middot" => '·',
        _ => return None,
    })
}
