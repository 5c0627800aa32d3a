//! What a request is answered with: a pure function of the site and of the request's head.
//!
//! Refuses: methods besides GET and HEAD; requests with a body, which no page needs and which hide second requests; a head with no host or two; addresses that are
//! no UTF-8 or hold control characters.
//! Invariant: a file that is given out is one of the site's list; a redirect leads to one.

use super::negotiate::{Accepts, Part, asks_for_part, has_already, part};
use super::shelf::{Piece, Shelf, Shown, file_of};
use crate::model::route;
use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, TRANSFER_ENCODING};
use hyper::{Method, StatusCode, Uri, Version};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::sync::Arc;
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Where a monitor asks whether the server lives.
pub const HEALTH: &str = "/healthz";
/// The page for what is not there.
const NOT_FOUND: &str = "404.html";

/// The head of a request.
pub struct Asked<'r> {
    /// What to do.
    pub method: &'r Method,
    /// With what.
    pub uri: &'r Uri,
    /// By which version of HTTP.
    pub version: Version,
    /// The rest.
    pub head: &'r HeaderMap,
}

/// Which encoding of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// None.
    Plain,
    /// Brotli.
    Br,
    /// Gzip.
    Gzip,
}

/// What a request is answered with.
pub enum Answer {
    /// A file, or a part of it.
    File {
        /// Which.
        shown: Arc<Shown>,
        /// In which encoding.
        encoding: Encoding,
        /// Which part.
        part: Part,
    },
    /// A page under another status than 200: what is not there, what is gone.
    Page(StatusCode, Arc<Shown>, Encoding),
    /// The reader has it already.
    Known(Arc<Shown>, Encoding),
    /// It is elsewhere on this site; for good or for now.
    Moved(String, StatusCode),
    /// Words in place of a page.
    Words(StatusCode, &'static str),
    /// The same, and the connection is closed: nothing that follows on it is believed.
    Ended(StatusCode, &'static str),
}

impl Shown {
    /// The piece of an encoding.
    pub fn piece(&self, encoding: Encoding) -> &Piece {
        match encoding {
            Encoding::Plain => Some(&self.plain),
            Encoding::Br => self.br.as_ref(),
            Encoding::Gzip => self.gzip.as_ref(),
        }
        .unwrap_or(&self.plain)
    }

    /// The smallest that a reader accepts.
    fn best(&self, head: &HeaderMap) -> Encoding {
        if self.br.is_none() && self.gzip.is_none() {
            return Encoding::Plain;
        }
        let accepts = Accepts::of(head);
        if accepts.br && self.br.is_some() {
            Encoding::Br
        } else if accepts.gzip && self.gzip.is_some() {
            Encoding::Gzip
        } else {
            Encoding::Plain
        }
    }
}

/// Answers a request. `base` is the folder of the site's own address, `/` or `/院坝/`.
pub fn answer(shelf: &Shelf, base: &str, asked: &Asked) -> Answer {
    if has_body(asked.head) {
        return Answer::Ended(StatusCode::BAD_REQUEST, "a request for a page has no body\n");
    }
    if asked.method != Method::GET && asked.method != Method::HEAD {
        return Answer::Ended(StatusCode::METHOD_NOT_ALLOWED, "GET and HEAD only\n");
    }
    let hosts = asked.head.get_all(HOST).iter().count();
    if hosts > 1 || (hosts == 0 && asked.version == Version::HTTP_11) {
        return Answer::Ended(StatusCode::BAD_REQUEST, "one host, please\n");
    }
    let Some(path) = address(asked.uri.path()) else {
        return Answer::Words(StatusCode::BAD_REQUEST, "no address\n");
    };
    if path == HEALTH {
        let status = if shelf.is_empty() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
        return Answer::Words(status, if shelf.is_empty() { "no site\n" } else { "ok\n" });
    }
    let Some(inner) = path.strip_prefix(base) else {
        // Above the site there is only the way to it.
        return if base.strip_suffix('/') == Some(&path) || path == "/" {
            Answer::Moved(route::encode(base), StatusCode::TEMPORARY_REDIRECT)
        } else {
            missing(shelf, StatusCode::NOT_FOUND, asked.head)
        };
    };
    find(shelf, base, inner, asked)
}

/// Finds the file of an address below the site's own.
fn find(shelf: &Shelf, base: &str, inner: &str, asked: &Asked) -> Answer {
    let lead = |to: &str, status: StatusCode| {
        let query = asked.uri.query().map_or_else(String::new, |query| format!("?{query}"));
        Answer::Moved(
            format!("{}{query}", route::encode(&format!("{base}{}", to.trim_start_matches('/')))),
            status,
        )
    };
    let address = format!("/{inner}");
    let with_slash = if address.ends_with('/') { address.clone() } else { format!("{address}/") };
    if let Some(now) = shelf.moved(&address).or_else(|| shelf.moved(&with_slash)) {
        return lead(now, StatusCode::MOVED_PERMANENTLY);
    }
    let name = if inner.is_empty() || inner.ends_with('/') {
        Cow::Owned(format!("{inner}index.html"))
    } else {
        Cow::Borrowed(inner)
    };
    if let Some(shown) = shelf.file(&name) {
        // One page has one address.
        if let Some(folder) = inner.strip_suffix("index.html")
            && (folder.is_empty() || folder.ends_with('/'))
        {
            return lead(folder, StatusCode::MOVED_PERMANENTLY);
        }
        return file(shown, asked);
    }
    if shelf.file(&file_of(&with_slash)).is_some() && !inner.starts_with('/') {
        return lead(&with_slash, StatusCode::PERMANENT_REDIRECT);
    }
    let is_gone = shelf.is_gone(&address) || shelf.is_gone(&with_slash);
    missing(shelf, if is_gone { StatusCode::GONE } else { StatusCode::NOT_FOUND }, asked.head)
}

fn file(shown: &Arc<Shown>, asked: &Asked) -> Answer {
    let is_part = asks_for_part(asked.head) && asked.method == Method::GET;
    // A part is of the file as it is: whoever puts parts together has no use for parts of a packed one.
    let encoding = if is_part { Encoding::Plain } else { shown.best(asked.head) };
    let piece = shown.piece(encoding);
    if has_already(asked.head, &piece.etag) {
        return Answer::Known(shown.clone(), encoding);
    }
    let part = if is_part { part(asked.head, &piece.etag, piece.len) } else { Part::Whole };
    Answer::File { shown: shown.clone(), encoding, part }
}

fn missing(shelf: &Shelf, status: StatusCode, head: &HeaderMap) -> Answer {
    match shelf.file(NOT_FOUND) {
        Some(page) => Answer::Page(status, page.clone(), page.best(head)),
        None => Answer::Words(status, "not here\n"),
    }
}

/// Whether more than a head was sent, or is said to come.
fn has_body(head: &HeaderMap) -> bool {
    let none = |length: &hyper::header::HeaderValue| length.as_bytes() == b"0";
    head.contains_key(TRANSFER_ENCODING) || !head.get_all(CONTENT_LENGTH).iter().all(none)
}

/// The address as readers see it.
pub(super) fn address(raw: &str) -> Option<String> {
    let text = percent_decode_str(raw).decode_utf8().ok()?;
    if !text.starts_with('/') || text.chars().any(|c| c.is_control() || c == '\\') {
        return None;
    }
    Some(if is_nfc(&text) { text.into_owned() } else { text.nfc().collect() })
}

#[cfg(test)]
pub(super) mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use crate::build::compress;
    use crate::host::security::Security;
    use std::fs;
    use std::path::Path;

    /// Files of a site in a folder, with their list as a build writes it.
    pub fn publish(folder: &Path, files: &[(&str, &str)]) {
        let site = folder.with_extension("site");
        fs::create_dir_all(site.join("content")).unwrap();
        let mut writer = crate::build::write::Writer::open(&site, folder).unwrap();
        let batch = writer.begin().unwrap();
        for (path, text) in files {
            let path = crate::world::OutPath::new(path).unwrap();
            batch.put(&path, crate::build::write::Rank::Page, text.as_bytes()).unwrap();
            for (beside, packed) in compress::beside(&path).into_iter().zip(compress::pack(text.as_bytes())) {
                if let (Some(beside), Some(packed), true) = (beside, packed, compress::is_packable(&path)) {
                    batch.put(&beside, crate::build::write::Rank::Page, &packed).unwrap();
                }
            }
        }
        batch.commit().unwrap();
    }

    /// What [`publish`] published, on a shelf.
    pub fn shelf(folder: &Path, book: &str) -> Shelf {
        Shelf::read(folder, book, Security::SITE, &Shelf::default()).unwrap().expect("a site")
    }

    const BOOK: &str = "site: 0123456789abcdef\naddresses:\n  /tips/a/: tips/a.md\n  /tips/old/: former tips/a.md\n  /tips/b/: tips/b.md\n";

    fn site() -> (tempfile::TempDir, Shelf) {
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("public");
        let page = "<p>清水院坝</p>".repeat(200);
        publish(
            &folder,
            &[
                ("index.html", &page),
                ("404.html", "<p>没有这一页</p>"),
                ("tips/a/index.html", "<p>a</p>"),
                ("tips/old/index.html", "<p>moved</p>"),
                ("院坝/index.html", "<p>c</p>"),
                ("files/a.pdf", "%PDF"),
            ],
        );
        let shelf = shelf(&folder, BOOK);
        (held, shelf)
    }

    fn ask(shelf: &Shelf, base: &str, uri: &str, more: &[(&'static str, &str)]) -> (u16, String) {
        let mut head = HeaderMap::new();
        head.insert(HOST, "a.example".parse().unwrap());
        for (name, value) in more {
            head.append(*name, value.parse().unwrap());
        }
        let uri: Uri = uri.parse().unwrap();
        let asked = Asked { method: &Method::GET, uri: &uri, version: Version::HTTP_11, head: &head };
        match answer(shelf, base, &asked) {
            Answer::File { encoding, part, .. } => (200, format!("{encoding:?} {part:?}")),
            Answer::Page(status, ..) | Answer::Words(status, _) | Answer::Ended(status, _) => {
                (status.as_u16(), String::new())
            }
            Answer::Known(..) => (304, String::new()),
            Answer::Moved(to, status) => (status.as_u16(), to),
        }
    }

    #[test]
    fn every_form_of_an_address() {
        let (_held, shelf) = site();
        for (uri, status, to) in [
            ("/", 200, "Plain Whole"),
            ("/tips/a/", 200, "Plain Whole"),
            ("/tips/a", 308, "/tips/a/"),
            ("/tips/a?x=1", 308, "/tips/a/?x=1"),
            ("/tips/a/index.html", 301, "/tips/a/"),
            ("/index.html", 301, "/"),
            ("/tips/old/", 301, "/tips/a/"),
            ("/tips/old", 301, "/tips/a/"),
            ("/tips/b/", 410, ""),
            ("/tips/b", 410, ""),
            ("/tips/c/", 404, ""),
            ("/%E9%99%A2%E5%9D%9D/", 200, "Plain Whole"),
            ("/%E9%99%A2%E5%9D%9D", 308, "/%E9%99%A2%E5%9D%9D/"),
            ("/files/a.pdf", 200, "Plain Whole"),
            ("/files/a.pdf/", 404, ""),
            ("/healthz", 200, ""),
            ("http://other.example/tips/a/", 200, "Plain Whole"),
        ] {
            let (got, words) = ask(&shelf, "/", uri, &[]);
            assert_eq!((got, if to.is_empty() { "" } else { &*words }), (status, to), "{uri}");
        }
    }

    #[test]
    fn nothing_else_is_ever_served() {
        let (_held, shelf) = site();
        for uri in [
            "/../site/content",
            "/tips/../index.html",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/%252e%252e/etc/passwd",
            "/..%2f..%2fetc/passwd",
            "/..%5c..%5cwindows",
            "/tips%5ca/",
            "//etc/passwd",
            "//tips/a/",
            "//tips/a",
            "/C:/Windows/win.ini",
            "/C:",
            "/con",
            "/nul.html",
            "/tips/a/index.html%00.pdf",
            "/%00",
            "/%ff",
            "/index.html.",
            "/index.html%20",
            "/INDEX.HTML",
            "/index.html::$DATA",
            "/.yuanba-manifest",
            "/.public.yuanba-work/",
            "/.git/config",
            "/index.html.br",
            "/index.html.gz",
            "/tips//a/",
            "/./tips/a/",
            "/%0d%0aSet-Cookie:x",
        ] {
            let (status, to) = ask(&shelf, "/", uri, &[]);
            assert!(matches!(status, 400 | 404), "{uri}: {status} {to}");
        }
    }

    #[test]
    fn heads() {
        let (_held, shelf) = site();
        let tag = |encoding| shelf.file("index.html").unwrap().piece(encoding).etag.to_string();
        let tags = [Encoding::Plain, Encoding::Br, Encoding::Gzip].map(tag);
        assert!(tags[0] != tags[1] && tags[1] != tags[2], "a tag is of the bytes that are sent");
        for (more, status, words) in [
            (&[("accept-encoding", "gzip, br")][..], 200, "Br Whole"),
            (&[("accept-encoding", "gzip")], 200, "Gzip Whole"),
            (&[("accept-encoding", "gzip"), ("range", "bytes=0-1")], 200, "Plain Range(0, 1)"),
            (&[("range", "bytes=99999-")], 200, "Plain Outside"),
            (&[("if-none-match", &tags[0])], 304, ""),
            (&[("if-none-match", &tags[0]), ("accept-encoding", "br")], 200, "Br Whole"),
            (&[("if-none-match", &tags[1]), ("accept-encoding", "br")], 304, ""),
            (&[("content-length", "0")], 200, "Plain Whole"),
            (&[("content-length", "5")], 400, ""),
            (&[("content-length", "0"), ("content-length", "5")], 400, ""),
            (&[("transfer-encoding", "chunked")], 400, ""),
            (&[("transfer-encoding", "identity")], 400, ""),
            (&[("host", "second.example")], 400, ""),
        ] {
            assert_eq!(ask(&shelf, "/", "/", more), (status, words.to_owned()), "{more:?}");
        }
        let uri: Uri = "/".parse().unwrap();
        let empty = HeaderMap::new();
        let asked = |version| Asked { method: &Method::GET, uri: &uri, version, head: &empty };
        assert!(matches!(
            answer(&shelf, "/", &asked(Version::HTTP_11)),
            Answer::Ended(StatusCode::BAD_REQUEST, _)
        ));
        assert!(matches!(answer(&shelf, "/", &asked(Version::HTTP_2)), Answer::File { .. }));
    }

    #[test]
    fn a_site_below_a_folder() {
        let (_held, shelf) = site();
        for (uri, status, to) in [
            ("/", 307, "/a/b/"),
            ("/a/b", 307, "/a/b/"),
            ("/a/b/", 200, "Plain Whole"),
            ("/a/b/tips/a", 308, "/a/b/tips/a/"),
            ("/a/b/tips/old/", 301, "/a/b/tips/a/"),
            ("/tips/a/", 404, ""),
            ("/a/", 404, ""),
        ] {
            let (got, words) = ask(&shelf, "/a/b/", uri, &[]);
            assert_eq!((got, if to.is_empty() { "" } else { &*words }), (status, to), "{uri}");
        }
    }
}
