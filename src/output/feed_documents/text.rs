//! Text, addresses and times as documents for machines can hold them.

use jiff::Zoned;
use jiff::tz::{Offset, TimeZone};

/// The characters that XML 1.0 allows (production 2), line ends as `\n`. Text from bulletins goes through here even for
/// formats that could escape the rest: no reader has use for it.
pub fn legal(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut legal = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            // Some readers take these for ends of lines, some do not.
            '\r' | '\u{2028}' | '\u{2029}' => legal.push('\n'),
            '\t' | '\n' | '\u{20}'..='\u{7e}' | '\u{a0}'..='\u{fffd}' | '\u{10000}'.. => legal.push(c),
            _ => {}
        }
    }
    legal
}

/// Legal text on one line, without space around it.
pub fn line(text: &str) -> String {
    legal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address that is safe to follow, in the characters of RFC 3986; `None` for schemes that run something.
pub fn address(url: &str) -> Option<String> {
    const SAFE: [&str; 4] = ["http", "https", "mailto", "tel"];
    // Browsers drop controls before they read the scheme, so they go first.
    let url: String = url.chars().filter(|c| !c.is_control()).collect();
    let url = url.trim();
    let scheme =
        url.find([':', '/', '?', '#']).filter(|&end| url[end..].starts_with(':')).map(|end| &url[..end]);
    if scheme.is_some_and(|scheme| !SAFE.contains(&scheme.to_ascii_lowercase().as_str())) || url.is_empty() {
        return None;
    }
    let mut safe = String::with_capacity(url.len());
    let mut fragment = false;
    for (at, byte) in url.bytes().enumerate() {
        let keep = match byte {
            b'%' => {
                url.as_bytes().get(at + 1..at + 3).is_some_and(|two| two.iter().all(u8::is_ascii_hexdigit))
            }
            b'#' => !std::mem::replace(&mut fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte),
        };
        if keep {
            safe.push(char::from(byte));
        } else {
            safe.push_str(percent_encoding::percent_encode_byte(byte));
        }
    }
    Some(safe)
}

/// RFC 3339 with a numeric offset, e.g. `2026-05-01T09:30:00+08:00`. Offsets of old local times, which have seconds,
/// are cut to minutes.
pub fn time(moment: &Zoned) -> String {
    let minutes = moment.offset().seconds() / 60;
    let offset = Offset::from_seconds(minutes * 60).unwrap_or(Offset::UTC);
    moment.with_time_zone(TimeZone::fixed(offset)).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
