//! JSON Feed 1.1 (jsonfeed.org/version/1.1): the same as [`super::atom`], for readers that prefer it.

use super::text::{address, legal, line, time};
use super::{Feed, Item};
use serde::Serialize;

/// The JSON document of a feed.
///
/// # Panics
/// Never: it is made of text and lists.
pub fn document(feed: &Feed) -> Vec<u8> {
    let document = Document {
        version: "https://jsonfeed.org/version/1.1",
        title: line(&feed.title),
        home_page_url: address(&feed.home_url),
        feed_url: feed.json_url.as_deref().and_then(address),
        description: feed.subtitle.as_deref().map(legal),
        icon: feed.icon.as_deref().and_then(address),
        authors: authors(std::slice::from_ref(&feed.publisher)),
        language: line(&feed.language),
        items: feed.items.iter().map(entry).collect(),
    };
    let text = serde_json::to_string_pretty(&document).expect("text and lists are always JSON");
    // Outside of strings JSON has no `<`. A server that calls the file a page must not make one of it.
    let mut bytes = text.replace('<', "\\u003c").into_bytes();
    bytes.push(b'\n');
    bytes
}

fn entry(item: &Item) -> Entry {
    let attach = |alternate: &super::Alternate| {
        Some(Attachment { url: address(&alternate.url)?, mime_type: line(&alternate.media_type) })
    };
    Entry {
        id: legal(&item.id),
        url: address(&item.url),
        title: line(&item.title),
        summary: item.summary.as_deref().map(legal),
        content_html: legal(&item.content_html),
        image: item.image.as_deref().and_then(address),
        date_published: time(&item.published),
        date_modified: time(&item.updated),
        authors: authors(&item.authors),
        tags: item.categories.iter().map(|tag| line(tag)).collect(),
        attachments: item.alternates.iter().filter_map(attach).collect(),
    }
}

fn authors(names: &[String]) -> Vec<Author> {
    names.iter().map(|name| Author { name: line(name) }).collect()
}

#[derive(Serialize)]
struct Document {
    version: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    home_page_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    feed_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    icon: Option<String>,
    authors: Vec<Author>,
    language: String,
    items: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    content_html: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<String>,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attachments: Vec<Attachment>,
}

#[derive(Serialize)]
struct Author {
    name: String,
}

#[derive(Serialize)]
struct Attachment {
    url: String,
    mime_type: String,
}
