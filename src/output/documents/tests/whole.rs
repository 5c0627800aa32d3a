//! Feeds, the site map, and where pages lead to them.

use super::*;
use serde_json::Value;

fn tips(count: u32) -> MemoryWorld {
    let mut world = with_sections("2026-11-24T00:00:00Z");
    for number in 1..=count {
        world.put(
            &format!("content/tips/t{number:02}.md"),
            format!(
                "---\ntitle: 提示{number}\ndate: 2026-10-{number:02}\nareas: [龙潭村]\ntags: [刷单]\nauthor: 小罗\n---\n\
                 正文，见[另一篇](t01.md)、[订阅](/atom.xml)、[日历](/part/feed.json)与[注](#z)。\n\n- [ ] 证件\n\n## 注 {{#z}}\n"
            ),
        );
    }
    world
}

#[test]
fn feeds_hold_the_newest_twenty() {
    let documents = documents(&tips(25));
    for folder in ["", "tips/"] {
        let json: Value =
            serde_json::from_str(text(&documents, &format!("{folder}feed.json"))).expect("JSON");
        let items = json["items"].as_array().expect("a list");
        assert_eq!(items.len(), 20);
        assert_eq!(items[0]["title"], "提示25");
        assert_eq!(items[0]["id"], "https://example.cn/part/tips/t25/");
        assert_eq!(items[0]["tags"], serde_json::json!(["刷单", "龙潭村"]));
        assert_eq!(json["feed_url"], format!("https://example.cn/part/{folder}feed.json"));
        let bytes = &documents[&format!("{folder}atom.xml")];
        let atom = atom_syndication::Feed::read_from(bytes.as_slice()).expect("Atom");
        assert_eq!(atom.entries().len(), 20);
        assert_eq!(atom.id(), format!("https://example.cn/part/{folder}"));
        assert_eq!(atom.updated().to_rfc3339(), "2026-10-25T00:00:00+08:00");
    }
    let empty = atom_syndication::Feed::read_from(documents["notices/atom.xml"].as_slice()).expect("Atom");
    assert_eq!(empty.entries().len(), 0);
}

#[test]
fn feeds_have_whole_addresses_only() {
    let documents = documents(&tips(2));
    let json: Value = serde_json::from_str(text(&documents, "feed.json")).expect("JSON");
    let content = json["items"][0]["content_html"].as_str().expect("a text");
    for address in ["tips/t01/", "atom.xml", "feed.json", "tips/t02/#z"] {
        assert!(
            content.contains(&format!("href=\"https://example.cn/part/{address}\"")),
            "{address} in {content}"
        );
    }
    assert_eq!(content.matches("href=").count(), content.matches("href=\"https://").count(), "{content}");
    assert!(content.contains("☐"), "{content}");
}

#[test]
fn the_clock_changes_no_document() {
    let mut world = tips(3).with(
        "content/notices/a.md",
        "---\ntitle: 停水\ndate: 2026-10-01\nexpires: 2027-10-01\n---\n停水。\n",
    );
    world.put(
        "content/meetings/m.md",
        "---\ntitle: 会\ndate: 2026-10-01\nstart: 2026-12-01 19:00\n---\n来。\n",
    );
    let first = documents(&world);
    world.set_now("2027-01-05T12:34:56Z".parse().expect("a moment"));
    assert_eq!(first, documents(&world));
}

#[test]
fn a_later_change_moves_updated() {
    let world = tips(2).with(
        "content/tips/t01.md",
        "---\ntitle: 旧\ndate: 2026-10-01\nupdated: 2026-11-20 08:00\n---\n改。\n",
    );
    let atom = documents(&world);
    let feed = atom_syndication::Feed::read_from(atom["atom.xml"].as_slice()).expect("Atom");
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-20T08:00:00+08:00");
    let old = feed.entries().iter().find(|entry| entry.title().as_str() == "旧").expect("it is there");
    assert_eq!(old.published().expect("a date").to_rfc3339(), "2026-10-01T00:00:00+08:00");
}

#[test]
fn drafts_and_undated_bulletins_are_in_no_feed() {
    let world = tips(1)
        .with("content/tips/draft.md", "---\ntitle: 草稿一篇\ndate: 2026-11-01\ndraft: true\n---\n未定。\n")
        .with(
            "content/notices/draft.md",
            "---\ntitle: 草稿通告\ndate: 2026-11-01\ndraft: true\n---\n未定。\n",
        )
        .with(
            "content/meetings/draft.md",
            "---\ntitle: 草稿会\nstart: 2026-12-01\ndraft: true\n---\n未定。\n",
        )
        .with("content/tips/undated.md", "---\ntitle: 无日期\n---\n正文。\n");
    let all = publish(&world, true);
    assert!(all.contains_key("tips/draft/index.html"), "the preview shows drafts");
    for path in ["atom.xml", "feed.json", "alerts/atom.xml", "sitemap.xml"] {
        let document = text(&all, path);
        assert!(
            !document.contains("草稿") && !document.contains("draft") && !document.contains("无日期"),
            "{path}"
        );
    }
    for path in ["notices/draft/cap.xml", "meetings/draft/meeting.ics", "meetings.ics"] {
        assert!(!all.contains_key(path), "{path}");
    }
    assert!(text(&all, "sitemap.xml").contains("/tips/undated/"));
}

#[test]
fn the_site_map_names_every_page_and_only_pages() {
    let all = publish(&tips(30), false);
    let locations = elements(text(&all, "sitemap.xml"), "loc");
    assert!(locations.len() > 30);
    for location in &locations {
        let path = location.strip_prefix("https://example.cn/part/").expect("ours");
        let path = percent_encoding::percent_decode_str(path).decode_utf8().expect("UTF-8");
        assert!(all.contains_key(&format!("{path}index.html")), "{location}");
    }
    for page in ["", "tips/", "tips/t30/", "archive/", "archive/2026-10/", "areas/longtan/", "sitemap/"] {
        assert!(locations.contains(&format!("https://example.cn/part/{page}")), "{page}");
    }
    assert!(elements(text(&all, "sitemap.xml"), "lastmod").contains(&"2026-10-30T00:00:00+08:00".to_owned()));
    assert_eq!(
        text(&all, "robots.txt"),
        "User-agent: *\nDisallow:\n\nSitemap: https://example.cn/part/sitemap.xml\n"
    );
}

/// Every `<link rel="alternate">` and every link of every page to a document leads to a planned file.
#[test]
fn pages_lead_to_documents_that_are_there() {
    let world =
        tips(1).with("content/notices/a.md", "---\ntitle: 停水\ndate: 2026-10-01\n---\n停水。\n").with(
            "content/meetings/m.md",
            "---\ntitle: 会\ndate: 2026-10-01\nstart: 2026-12-01 19:00\n---\n来。\n",
        );
    let all = publish(&world, false);
    let mut found = std::collections::BTreeSet::new();
    for (path, bytes) in all.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("UTF-8");
        for href in page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            if [".xml", ".json", ".ics"].iter().any(|ending| href.ends_with(ending)) {
                let file =
                    href.strip_prefix("/part/").or_else(|| href.strip_prefix("https://example.cn/part/"));
                assert!(file.is_some_and(|file| all.contains_key(file)), "{path}: {href}");
                found.insert(href.to_owned());
            }
        }
    }
    let wanted = [
        "/part/atom.xml",
        "/part/feed.json",
        "/part/tips/atom.xml",
        "/part/alerts/atom.xml",
        "/part/meetings.ics",
        "/part/meetings/m/meeting.ics",
        "/part/notices/a/cap.xml",
    ];
    for address in wanted {
        assert!(found.contains(address), "{address} in {found:?}");
    }
}

#[test]
fn a_page_on_a_documents_path_is_refused() {
    let world = tips(1).with("content/tips/x.md", "---\ntitle: 抢路\nslug: feed.json\n---\n正文。\n");
    let (_, sink) = prepared(&world, false);
    let finding =
        sink.found().iter().find(|finding| finding.code.id == "F417").expect("two owners of one path");
    assert!(finding.primary.is_some());
}

#[test]
fn a_section_called_alerts_is_no_collision() {
    let world = tips(1)
        .with("content/alerts/_index.md", "---\ntitle: 预警\nkind: notice\n---\n")
        .with("content/alerts/hail.md", "---\ntitle: 冰雹\ndate: 2026-11-01\n---\n进屋。\n");
    let all = documents(&world);
    assert!(text(&all, "alerts/atom.xml").contains("/alerts/hail/cap.xml"));
    assert!(text(&all, "alerts/feed.json").contains("冰雹"));
}

/// What a change makes stale: the documents that show it, and no others.
#[test]
fn documents_are_made_anew_when_what_they_show_changes() {
    let before = tips(3).with("content/meetings/m.md", "---\ntitle: 会\nstart: 2026-12-01\n---\n来。\n");
    let changed =
        before.clone().with("content/meetings/m.md", "---\ntitle: 会\nstart: 2026-12-02\n---\n来。\n");
    let (old, mut sink) = prepared(&before, false);
    let checked = check(&old, &mut sink).expect("the gate opens");
    let (new, _) = prepared(&changed, false);
    let stale = |path: &str| {
        assert!(publishes(&new, path), "{path}");
        let target = &old.targets[&OutPath::new(path).expect("a path")];
        let trace = render(&old, checked, &before, &NoCache, target).trace;
        let hash = crate::build::hash_of;
        trace.iter().any(|dep| hash(&old, dep) != hash(&new, dep))
    };
    assert!(stale("meetings.ics") && stale("meetings/m/meeting.ics"));
    // The site's own feed had to look at the meeting to leave it out.
    assert!(!stale("sitemap.xml") && !stale("alerts/atom.xml") && !stale("tips/atom.xml"));
}
