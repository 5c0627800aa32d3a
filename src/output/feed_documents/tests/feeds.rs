//! Atom and JSON Feed.

use super::*;
use serde_json::Value;

fn feed(text: &str, url: &str) -> Feed {
    Feed {
        id: "https://example.gov.cn/tips/".to_owned(),
        title: text.to_owned(),
        subtitle: Some(text.to_owned()),
        home_url: "https://example.gov.cn/tips/".to_owned(),
        atom_url: "https://example.gov.cn/tips/atom.xml".to_owned(),
        json_url: Some("https://example.gov.cn/tips/feed.json".to_owned()),
        language: "zh-CN".to_owned(),
        publisher: text.to_owned(),
        icon: Some(url.to_owned()),
        updated: at("2026-05-02T08:00:00"),
        items: vec![Item {
            id: "https://example.gov.cn/tips/a/".to_owned(),
            url: url.to_owned(),
            title: text.to_owned(),
            summary: Some(text.to_owned()),
            content_html: format!("<p>{text}</p>"),
            published: at("2026-05-01T09:30:00"),
            updated: at("2026-05-02T08:00:00"),
            authors: vec![text.to_owned(), "小罗".to_owned()],
            categories: vec![text.to_owned()],
            image: Some(url.to_owned()),
            alternates: vec![Alternate { url: url.to_owned(), media_type: "application/cap+xml".to_owned() }],
        }],
    }
}

#[test]
fn atom_says_what_it_was_told() {
    let url = "https://example.gov.cn/tips/a/?x=1&y=2";
    let document = atom::document(&feed("刷单 & <返利>", url));
    let parsed = atom_syndication::Feed::read_from(document.as_slice()).expect("Atom");
    assert_eq!(parsed.id(), "https://example.gov.cn/tips/");
    assert_eq!(parsed.title().as_str(), "刷单 & <返利>");
    assert_eq!(parsed.updated().to_rfc3339(), "2026-05-02T08:00:00+08:00");
    assert_eq!(parsed.lang(), Some("zh-CN"));
    assert!(parsed.links().iter().any(|link| link.rel() == "self" && link.href().ends_with("/atom.xml")));
    let entry = &parsed.entries()[0];
    assert_eq!(entry.id(), "https://example.gov.cn/tips/a/");
    assert_eq!(entry.published().expect("told").to_rfc3339(), "2026-05-01T09:30:00+08:00");
    assert_eq!(entry.links().iter().map(atom_syndication::Link::href).collect::<Vec<_>>(), [url, url]);
    assert_eq!(entry.authors()[1].name(), "小罗");
    assert_eq!(entry.categories()[0].term(), "刷单 & <返利>");
    assert_eq!(entry.summary().expect("told").as_str(), "刷单 & <返利>");
    let content = entry.content().expect("told");
    assert_eq!((content.content_type(), content.value()), (Some("html"), Some("<p>刷单 & <返利></p>")));
    assert_eq!(document, atom::document(&feed("刷单 & <返利>", url)));
}

#[test]
fn hostile_text_stays_text_in_atom() {
    for url in RUNS {
        let document = atom::document(&feed(HOSTILE, url));
        let text = well_formed(&document);
        assert!(!text.contains("script:") && !text.contains("<script"), "{text}");
        let parsed = atom_syndication::Feed::read_from(document.as_slice()).expect("Atom");
        assert_eq!(parsed.entries().len(), 1);
        assert!(parsed.title().as_str().contains("]]><![CDATA[</title></script>"));
        assert!(parsed.entries()[0].links().is_empty());
    }
}

#[test]
fn an_empty_feed_is_a_feed() {
    let mut feed = feed("空", "https://example.gov.cn/");
    feed.items.clear();
    atom_syndication::Feed::read_from(atom::document(&feed).as_slice()).expect("Atom");
    let parsed: Value = serde_json::from_slice(&json_feed::document(&feed)).expect("JSON");
    assert_eq!(parsed["items"], Value::Array(vec![]));
}

#[test]
fn json_feed_says_the_same() {
    let url = "https://example.gov.cn/tips/a/";
    let parsed: Value = serde_json::from_slice(&json_feed::document(&feed("刷单", url))).expect("JSON");
    assert_eq!(parsed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(parsed["feed_url"], "https://example.gov.cn/tips/feed.json");
    let item = &parsed["items"][0];
    assert_eq!(item["id"], "https://example.gov.cn/tips/a/");
    assert_eq!(item["content_html"], "<p>刷单</p>");
    assert_eq!(item["date_published"], "2026-05-01T09:30:00+08:00");
    assert_eq!(item["authors"][1]["name"], "小罗");
    assert_eq!(item["tags"][0], "刷单");
    assert_eq!(item["attachments"][0]["mime_type"], "application/cap+xml");
    let parsed: Value = serde_json::from_slice(&json_feed::document(&feed(HOSTILE, RUNS[2]))).expect("JSON");
    let item = &parsed["items"][0];
    assert!(item.get("url").is_none() && item.get("image").is_none() && item.get("attachments").is_none());
    assert!(!item["title"].as_str().expect("text").contains(['\u{0}', '\u{fffe}', '\n']));
}
