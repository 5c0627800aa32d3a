//! The site map and `robots.txt`.

use super::super::sitemap::{MAX_ADDRESSES, Page, document, file_names, robots};
use super::{RUNS, at, well_formed};

fn pages(count: usize) -> Vec<Page> {
    let page = |number| Page {
        url: format!("https://example.gov.cn/{number}/"),
        updated: Some(at("2026-05-01T09:30:00")),
    };
    (0..count).map(page).collect()
}

#[test]
fn a_small_site_has_one_file() {
    assert_eq!(file_names(3), ["sitemap.xml"]);
    let text = well_formed(&document(&pages(3), "https://example.gov.cn/", 0));
    assert_eq!(text.matches("<loc>").count(), 3);
    assert!(text.contains("<loc>https://example.gov.cn/2/</loc>"));
    assert!(text.contains("<lastmod>2026-05-01T09:30:00+08:00</lastmod>"));
    assert_eq!(file_names(MAX_ADDRESSES).len(), 1);
}

#[test]
fn a_large_site_has_an_index() {
    let pages = pages(MAX_ADDRESSES + 1);
    assert_eq!(file_names(pages.len()), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
    let count =
        |file| well_formed(&document(&pages, "https://example.gov.cn/", file)).matches("<loc>").count();
    assert_eq!([count(0), count(1), count(2)], [2, MAX_ADDRESSES, 1]);
    let index = well_formed(&document(&pages, "https://example.gov.cn/", 0));
    assert!(
        index.contains("<sitemapindex") && index.contains("<loc>https://example.gov.cn/sitemap-2.xml</loc>")
    );
}

#[test]
fn hostile_addresses_are_left_out() {
    let pages = RUNS.map(|url| Page { url: url.to_owned(), updated: None });
    assert!(!well_formed(&document(&pages, "https://example.gov.cn/", 0)).contains("<loc>"));
}

#[test]
fn robots_are_told_where_the_map_is() {
    let text = String::from_utf8(robots("https://example.gov.cn/sitemap.xml", &[])).expect("text");
    assert_eq!(text, "User-agent: *\nDisallow:\n\nSitemap: https://example.gov.cn/sitemap.xml\n");
    let text = String::from_utf8(robots("", &["/search/\nAllow: /x".to_owned()])).expect("text");
    assert_eq!(text, "User-agent: *\nDisallow: /search/ Allow: /x\n");
}
