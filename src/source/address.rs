//! What kind of thing a link's address is, read as a browser would read it.
//!
//! Refuses: every scheme that is not on the list, however it is disguised.
//! Invariant: what is not [`Address::Unsafe`] runs nothing when followed.

/// Schemes that a link may have.
pub const SCHEMES: &[&str] = &["http", "https", "mailto", "tel", "sms"];

/// A link's address by kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// `http:`, `https:` or `//host`: another place on the web.
    Web,
    /// `mailto:`, `tel:` or `sms:`.
    Contact,
    /// A path inside the site, or a query.
    Path,
    /// `#id`, a place on the same page.
    Fragment,
    /// Anything else: `javascript:`, `data:`, unknown schemes, control characters.
    Unsafe,
}

/// Tells what kind of address `target` is.
pub fn kind(target: &str) -> Address {
    // Browsers trim and drop control characters before they look for a scheme; nobody writes them on purpose.
    if target.chars().any(|c| {
        c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}')
    }) {
        return Address::Unsafe;
    }
    let target = target.trim();
    if target.starts_with('#') {
        return Address::Fragment;
    }
    let mut start = target.chars().filter(|c| !c.is_whitespace());
    if matches!((start.next(), start.next()), (Some('/' | '\\'), Some('/' | '\\'))) {
        return Address::Web;
    }
    match scheme(target).map(str::to_ascii_lowercase).as_deref() {
        None => Address::Path,
        Some("http" | "https") => Address::Web,
        Some("mailto" | "tel" | "sms") => Address::Contact,
        Some(_) => Address::Unsafe,
    }
}

/// The scheme of an address, as RFC 3986 spells schemes.
fn scheme(target: &str) -> Option<&str> {
    let (scheme, _) = target.split_once(':')?;
    let mut chars = scheme.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_alphabetic());
    (letter && chars.all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        for (address, expected) in [
            ("https://example.cn/", Address::Web),
            ("HTTP://example.cn/", Address::Web),
            ("//example.cn/", Address::Web),
            ("\\/example.cn", Address::Web),
            ("tel:110", Address::Contact),
            ("phones.md", Address::Path),
            ("第一章：说明.md", Address::Path),
            ("第一章:说明.md", Address::Path),
            ("a/b:c", Address::Path),
            ("#注意", Address::Fragment),
            ("javascript:alert(1)", Address::Unsafe),
            (" JaVaScRiPt:alert(1)", Address::Unsafe),
            ("java\tscript:alert(1)", Address::Unsafe),
            ("\u{1}javascript:alert(1)", Address::Unsafe),
            ("data:text/html,x", Address::Unsafe),
            ("vbscript:x", Address::Unsafe),
            ("file:///etc/passwd", Address::Unsafe),
            ("view-source:https://x", Address::Unsafe),
        ] {
            assert_eq!(kind(address), expected, "{address:?}");
        }
    }
}
