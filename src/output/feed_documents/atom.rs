//! Atom 1.0 (RFC 4287): the feed of the site, of a section, and the index of alerts.

use super::text::{address, line, time};
use super::xml::Xml;
use super::{Feed, Item};

/// The Atom document of a feed.
pub fn document(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)], |xml| {
        xml.text("id", &[], &feed.id);
        xml.text("title", &[], &line(&feed.title));
        xml.maybe("subtitle", feed.subtitle.as_deref());
        xml.text("updated", &[], &time(&feed.updated));
        link(xml, "self", "application/atom+xml", &feed.atom_url);
        link(xml, "alternate", "text/html", &feed.home_url);
        person(xml, &feed.publisher);
        xml.maybe("icon", feed.icon.as_deref().and_then(address).as_deref());
        xml.text("generator", &[], "Yuanba");
        for item in &feed.items {
            xml.element("entry", &[], |xml| entry(xml, item));
        }
    });
    xml.finish()
}

fn entry(xml: &mut Xml, item: &Item) {
    xml.text("id", &[], &item.id);
    xml.text("title", &[], &line(&item.title));
    xml.text("published", &[], &time(&item.published));
    xml.text("updated", &[], &time(&item.updated));
    link(xml, "alternate", "text/html", &item.url);
    for alternate in &item.alternates {
        link(xml, "alternate", &alternate.media_type, &alternate.url);
    }
    for author in &item.authors {
        person(xml, author);
    }
    for category in &item.categories {
        xml.empty("category", &[("term", &line(category))]);
    }
    xml.maybe("summary", item.summary.as_deref());
    xml.text(
        "content",
        &[("type", "html"), ("xml:base", &address(&item.url).unwrap_or_default())],
        &item.content_html,
    );
}

fn person(xml: &mut Xml, name: &str) {
    xml.element("author", &[], |xml| xml.text("name", &[], &line(name)));
}

fn link(xml: &mut Xml, relation: &str, media_type: &str, url: &str) {
    if let Some(url) = address(url) {
        xml.empty("link", &[("rel", relation), ("type", media_type), ("href", &url)]);
    }
}
