//! JSON-LD.

use super::super::linked_data::{Announcement, Article, Event, Office, Service, Thing, script};
use super::{HOSTILE, RUNS, at};
use serde_json::Value;

fn things(text: &str, url: &str) -> Vec<Thing> {
    let (text, url) = (text.to_owned(), url.to_owned());
    let published = at("2026-05-01T09:30:00");
    let some = Some(text.clone());
    vec![
        Thing::Article(Article {
            news: true,
            headline: text.clone(),
            url: url.clone(),
            description: some.clone(),
            image: Some(url.clone()),
            published: published.clone(),
            updated: published.clone(),
            authors: vec![text.clone()],
            editor: some.clone(),
            section: some.clone(),
            keywords: vec![text.clone()],
            language: text.clone(),
            publisher: text.clone(),
        }),
        Thing::Event(Event {
            name: text.clone(),
            url: url.clone(),
            description: some.clone(),
            start: published.clone(),
            end: None,
            place: some.clone(),
            organizer: text.clone(),
            cancelled: false,
        }),
        Thing::Service(Service {
            name: text.clone(),
            url: url.clone(),
            description: some.clone(),
            provider: text.clone(),
            place: some.clone(),
            hours: some.clone(),
            phone: some.clone(),
            fee: some.clone(),
            areas: vec![text.clone()],
        }),
        Thing::Announcement(Announcement {
            name: text.clone(),
            url: url.clone(),
            text: text.clone(),
            published: published.clone(),
            expires: Some(published),
            areas: vec![text.clone()],
            publisher: text.clone(),
        }),
        Thing::Breadcrumbs(vec![(text.clone(), url.clone()), (text.clone(), url.clone())]),
        Thing::Office(Office {
            name: text.clone(),
            url,
            parent: some.clone(),
            address: some.clone(),
            phone: some.clone(),
            email: some,
            areas: vec![text],
        }),
    ]
}

#[test]
fn pages_tell_what_they_are() {
    let parsed: Value =
        serde_json::from_str(&script(&things("反诈", "https://example.gov.cn/a/"))).expect("JSON");
    assert_eq!(parsed["@context"], "https://schema.org");
    let kinds: Vec<_> =
        parsed["@graph"].as_array().expect("a list").iter().map(|thing| thing["@type"].clone()).collect();
    let expected = [
        "NewsArticle",
        "Event",
        "GovernmentService",
        "SpecialAnnouncement",
        "BreadcrumbList",
        "GovernmentOffice",
    ];
    assert_eq!(kinds, expected);
    let graph = &parsed["@graph"];
    assert_eq!(graph[0]["datePublished"], "2026-05-01T09:30:00+08:00");
    assert_eq!(graph[0]["author"][0]["name"], "反诈");
    assert_eq!(graph[1]["eventStatus"], "https://schema.org/EventScheduled");
    assert_eq!(graph[1]["location"][0]["@type"], "Place");
    assert!(graph[1].get("endDate").is_none());
    assert_eq!(graph[2]["provider"]["@type"], "GovernmentOffice");
    assert_eq!(graph[3]["expires"], "2026-05-01T09:30:00+08:00");
    assert_eq!(graph[4]["itemListElement"][1]["position"], 2);
    assert_eq!(graph[4]["itemListElement"][0]["item"], "https://example.gov.cn/a/");
    assert_eq!(graph[5]["address"]["streetAddress"], "反诈");
}

#[test]
fn nothing_ends_the_script() {
    for url in RUNS {
        let text = script(&things(HOSTILE, url));
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n', '\u{0}', '\u{fffe}']));
        assert!(!text.contains("script:alert"));
        let parsed: Value = serde_json::from_str(&text).expect("JSON");
        assert!(parsed["@graph"][0]["headline"].as_str().expect("text").contains("</script>"));
    }
}
