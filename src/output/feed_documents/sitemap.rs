//! `sitemap.xml` (sitemaps.org) and `robots.txt` (RFC 9309), for search engines.

use super::text::{address, line, time};
use super::xml::Xml;
use jiff::Zoned;

/// More addresses do not fit one file.
pub const MAX_ADDRESSES: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// A page in the site map.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: String,
    /// When it last changed.
    pub updated: Option<Zoned>,
}

/// Names of the files for `pages` pages: `sitemap.xml` first, which is an index where others follow.
pub fn file_names(pages: usize) -> Vec<String> {
    let parts = if pages > MAX_ADDRESSES { pages.div_ceil(MAX_ADDRESSES) } else { 0 };
    std::iter::once("sitemap.xml".to_owned())
        .chain((1..=parts).map(|part| format!("sitemap-{part}.xml")))
        .collect()
}

/// One of the files that [`file_names`] lists, by its place there. `base_url` ends with `/`.
pub fn document(pages: &[Page], base_url: &str, file: usize) -> Vec<u8> {
    let names = file_names(pages.len());
    match file {
        0 if names.len() == 1 => list(pages),
        0 => index(&names[1..], base_url),
        part => list(pages.chunks(MAX_ADDRESSES).nth(part - 1).unwrap_or(&[])),
    }
}

fn list(pages: &[Page]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("urlset", &[NAMESPACE], |xml| {
        for page in pages {
            let Some(url) = address(&page.url) else { continue };
            xml.element("url", &[], |xml| {
                xml.text("loc", &[], &url);
                xml.maybe("lastmod", page.updated.as_ref().map(time).as_deref());
            });
        }
    });
    xml.finish()
}

fn index(names: &[String], base_url: &str) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("sitemapindex", &[NAMESPACE], |xml| {
        for name in names {
            let url = address(&format!("{base_url}{name}")).unwrap_or_default();
            xml.element("sitemap", &[], |xml| xml.text("loc", &[], &url));
        }
    });
    xml.finish()
}

/// `robots.txt`: everything may be read, except below the paths given.
pub fn robots(sitemap_url: &str, disallowed: &[String]) -> Vec<u8> {
    let mut lines = vec!["User-agent: *".to_owned()];
    lines.extend(disallowed.iter().map(|path| format!("Disallow: {}", line(path))));
    if disallowed.is_empty() {
        lines.push("Disallow:".to_owned());
    }
    if let Some(url) = address(sitemap_url) {
        lines.extend([String::new(), format!("Sitemap: {url}")]);
    }
    (lines.join("\n") + "\n").into_bytes()
}
