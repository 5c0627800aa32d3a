//! A request from anybody: whatever address and head it has, what comes back is a file of the site, a part that lies in it, or a way to one.
//!
//! The first line is the address, the others are headers.

use std::sync::{Arc, LazyLock};
use yuanba::build::write::{Rank, Writer};
use yuanba::host::negotiate::Part;
use yuanba::host::request::{Answer, Asked, answer};
use yuanba::host::security::Security;
use yuanba::host::shelf::Shelf;
use yuanba::world::OutPath;

use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Uri, Version};

const BOOK: &str = "site: 0123456789abcdef\naddresses:\n  /tips/a/: tips/a.md\n  /tips/old/: former tips/a.md\n  \
                    /tips/gone/: tips/gone.md\n";

static SHELF: LazyLock<Shelf> = LazyLock::new(|| {
    let held = std::env::temp_dir().join(format!("yuanba-fuzz-request-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&held);
    let (site, output) = (held.join("site"), held.join("site/public"));
    std::fs::create_dir_all(site.join("content")).expect("a folder for the site");
    let mut writer = Writer::open(&site, &output).expect("an output");
    let batch = writer.begin().expect("a build");
    for path in
        ["index.html", "404.html", "tips/a/index.html", "tips/old/index.html", "院坝/index.html", "a.pdf"]
    {
        batch.put(&OutPath::new(path).expect("plain"), Rank::Page, path.as_bytes()).expect("a file");
    }
    batch.commit().expect("a site");
    let shelf =
        Shelf::read(&output, BOOK, Security::SITE, &Shelf::default()).expect("it is read").expect("a site");
    let _ = std::fs::remove_dir_all(&held);
    shelf
});

/// Feeds it.
pub fn run(bytes: &[u8]) {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let Some(Ok(uri)) = lines.next().map(Uri::try_from) else { return };
    let mut head = HeaderMap::new();
    head.insert(HOST, HeaderValue::from_static("a.example"));
    for line in lines.take(32) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else { continue };
        if let (Ok(name), Ok(value)) =
            (HeaderName::from_bytes(&line[..colon]), HeaderValue::from_bytes(&line[colon + 1..]))
        {
            head.append(name, value);
        }
    }
    for base in ["/", "/院坝/"] {
        for method in [Method::GET, Method::HEAD, Method::POST] {
            promise(base, &method, &uri, &head, 3);
        }
    }
}

/// Follows the ways that it is shown, and looks at what it is given.
fn promise(base: &str, method: &Method, uri: &Uri, head: &HeaderMap, ways: u32) {
    let asked = Asked { method, uri, version: Version::HTTP_11, head };
    match answer(&SHELF, base, &asked) {
        Answer::File { shown, encoding, part } => {
            let is_ours = |name: &str| SHELF.file(name).is_some_and(|ours| Arc::ptr_eq(ours, &shown));
            assert!(SHELF.names().any(is_ours), "a file that is not on the list");
            if let Part::Range(first, last) = part {
                assert!(first <= last && last < shown.piece(encoding).len, "a part that is not in the file");
            }
        }
        Answer::Moved(to, _) => {
            assert!(ways > 0, "a way that does not end: {uri} {to}");
            assert!(to.starts_with('/') && !to.starts_with("//"), "a way to elsewhere: {to}");
            assert!(HeaderValue::from_str(&to).is_ok(), "a way that is no header: {to:?}");
            let next = Uri::try_from(&to).unwrap_or_else(|_| panic!("a way that is no address: {to:?}"));
            promise(base, method, &next, head, ways - 1);
        }
        _ => {}
    }
}
