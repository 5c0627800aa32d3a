//! The headers that keep readers safe: one struct, for every answer of every server of ours.
//!
//! Pages of the built-in theme need nothing from elsewhere and no script in the page, so nothing of the kind is allowed: what somebody
//! smuggled into a page would not run and could send nothing.
//!
//! Invariant: an answer without these headers cannot be made by [`super::shelf`] or [`super::request`].

use hyper::header::{HeaderMap, HeaderName, HeaderValue};

/// What a browser may do with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Security {
    /// Where parts of a page may come from.
    pub content: &'static str,
    /// Whether it may be guessed what a file is.
    pub types: &'static str,
    /// What another site learns when a reader follows a link.
    pub referrer: &'static str,
    /// What of the telephone a page may use.
    pub permissions: &'static str,
    /// Whether a page elsewhere may hold a handle on ours.
    pub opener: &'static str,
    /// For how many seconds browsers insist on TLS; none where the site is not served by TLS.
    pub strict_seconds: Option<u32>,
}

impl Security {
    /// Of a site. Charts have their styles in the drawing; printed pages are shown by the browser itself.
    pub const SITE: Self = Self {
        content: "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self'; font-src 'self'; \
                  connect-src 'self'; media-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; \
                  frame-ancestors 'self'",
        types: "nosniff",
        referrer: "strict-origin-when-cross-origin",
        permissions: "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        opener: "same-origin",
        strict_seconds: None,
    };

    /// Every header with its name: for answers, and for the configuration of other servers.
    pub fn headers(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![
            ("content-security-policy", self.content.to_owned()),
            ("x-content-type-options", self.types.to_owned()),
            ("referrer-policy", self.referrer.to_owned()),
            ("permissions-policy", self.permissions.to_owned()),
            ("cross-origin-opener-policy", self.opener.to_owned()),
        ];
        if let Some(seconds) = self.strict_seconds {
            all.push(("strict-transport-security", format!("max-age={seconds}")));
        }
        all
    }

    /// Puts them into an answer's head.
    pub fn put_into(&self, head: &mut HeaderMap) {
        for (name, value) in self.headers() {
            if let Ok(value) = HeaderValue::from_str(&value) {
                head.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_header_can_be_sent() {
        let strict = Security { strict_seconds: Some(86_400), ..Security::SITE };
        let mut head = HeaderMap::new();
        strict.put_into(&mut head);
        assert_eq!(head.len(), strict.headers().len());
        assert_eq!(head["strict-transport-security"], "max-age=86400");
        assert!(!Security::SITE.content.contains("script-src 'self' 'unsafe"), "no script in a page");
    }
}
