//! A site written by somebody who wants documents to break, or readers to run something.

use super::*;
use serde_json::Value;

/// As YAML in double quotes and in Markdown; ends elements, strings, lines and sections.
const EVIL: &str = "]]></title></script><script>alert(1)</script><img src=x onerror=alert(1)>&lt;&amp;&#0;' BEGIN:VEVENT,;𠮷{{ 7*7 }}{% raw %}";

fn hostile() -> MemoryWorld {
    let quoted = format!("\"{EVIL}\\r\\nEND:VCALENDAR\\n\\u2028\\u202e\\\\\"");
    let body = format!(
        "{EVIL}\n\n[a](javascript:alert%281%29) [b](<java&#10;script:alert(1)> \"{0}\") <https://e.cn/\"><script>> \
         [c](data:text/html,<script>alert(1)</script>) [d](//evil.example/x) [e](../x/%22%3E.md) ![{0}](javascript:x)\n\n\
         <a href=\"jav&#x0A;ascript:alert(1)\" onclick=\"alert(1)\">x</a><svg onload=alert(1)><iframe src=//e.cn></iframe>\n\n\
         | {0} | b |\n|---|---|\n| <script>x</script> | `</script>` |\n",
        EVIL.replace(['|', '[', ']', '\n'], "")
    );
    let front = |more: &str| {
        format!(
            "---\ntitle: {quoted}\ndate: 2026-11-20\nsummary: {quoted}\nauthor: {quoted}\neditor: {quoted}\nsource: {quoted}\n\
             tags: [{quoted}, x]\nareas: [a]\n{more}---\n{body}"
        )
    };
    let meeting = format!("start: 2026-12-01 19:00\nplace: {quoted}\nagenda: [{quoted}]\n");
    MemoryWorld::new("2026-11-24T00:00:00Z".parse().expect("a moment"))
        .with(
            "content/site.yaml",
            format!(
                "{QUIET}title: {quoted}\nshort_title: {quoted}\ndescription: {quoted}\nbase_url: https://example.cn/part\n\
                 unit: {{name: {quoted}, organiser: {quoted}, address: {quoted}, phone: {quoted}, email: {quoted}}}\n\
                 areas:\n  - {{code: a, name: {quoted}, group: {quoted}}}\n"
            ),
        )
        .with("content/tips/_index.md", format!("---\ntitle: {quoted}\nkind: tip\nsummary: {quoted}\ntags: [{quoted}]\n---\n{body}"))
        .with("content/tips/a'b&c.md", front(&format!("scam: {quoted}\nremember: [{quoted}]\n")))
        .with("content/notices/n&'x.md", front("kind: notice\nlevel: red\nstatus: update\nreplaces: javascript:x\nexpires: 2027-01-01\n"))
        .with("content/notices/反诈;,.md", front("kind: notice\nreplaces: \"n&'x.md\"\n"))
        .with("content/meetings/m=1.md", front(&format!("kind: meeting\n{meeting}")))
        .with("content/guides/g.md", front(&format!("kind: guide\nwhere: {quoted}\nhours: {quoted}\nphone: {quoted}\nfee: {quoted}\n")))
}

/// All documents, past a gate whose lints are silenced: what they would stop must be harmless even so.
fn made() -> Documents {
    let world = hostile();
    let (prepared, _) = prepared(&world, false);
    let checked = check(&prepared, &mut Sink::new())
        .expect("the settings silence every lint that looks at this site's text");
    let all = prepared.targets.iter().map(|(path, target)| {
        (path.to_string(), render(&prepared, checked, &world, &NoCache, target).bytes.expect("it renders"))
    });
    all.collect()
}

fn well_formed(path: &str, xml: &str) {
    assert!(
        xml.chars().all(|c| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)),
        "{path}: forbidden character"
    );
    let mut reader = quick_xml::Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
            quick_xml::events::Event::Eof => return,
            quick_xml::events::Event::CData(_) | quick_xml::events::Event::Comment(_) => {
                panic!("{path}: text became markup")
            }
            _ => {}
        }
    }
}

/// Nothing in a feed's HTML runs or leads back into the feed itself.
fn harmless(path: &str, html: &str) {
    let lower = html.to_lowercase();
    for tag in ["<script", "<svg", "<iframe", "<object", "<style", "<form", "<input"] {
        assert!(!lower.contains(tag), "{path}: {tag} in {html}");
    }
    // Inside of tags only: as text all of this may be talked about.
    for tag in lower.split('<').skip(1).filter_map(|rest| rest.split_once('>')).map(|(tag, _)| tag) {
        let mut rest = tag;
        while let Some((before, value)) = rest.split_once("=\"") {
            let name = before.rsplit([' ', '"']).next().unwrap_or_default();
            let (value, after) = value.split_once('"').expect("a closed value");
            assert!(!name.starts_with("on") && name != "style" && name != "srcset", "{path}: {tag}");
            if matches!(name, "href" | "src") {
                let safe = ["https://", "http://", "mailto:", "tel:"];
                assert!(safe.iter().any(|scheme| value.starts_with(scheme)), "{path}: {tag}");
            }
            rest = after;
        }
    }
}

#[test]
fn documents_stay_whole() {
    let all = made();
    let (mut feeds, mut others) = (0, 0);
    for (path, bytes) in &all {
        let read = || std::str::from_utf8(bytes).expect("UTF-8");
        if path.ends_with(".xml") {
            well_formed(path, read());
            assert!(!read().contains("<script"), "{path}");
            others += 1;
        }
        if path.ends_with("atom.xml") {
            atom_syndication::Feed::read_from(bytes.as_slice())
                .unwrap_or_else(|error| panic!("{path}: {error}"));
            elements(read(), "content").iter().for_each(|html| harmless(path, html));
            feeds += 1;
        }
        if path.ends_with("feed.json") {
            assert!(!read().contains('<'), "{path}");
            let json: Value = serde_json::from_str(read()).expect("JSON");
            for item in json["items"].as_array().expect("a list") {
                harmless(path, item["content_html"].as_str().expect("a text"));
                assert!(item["url"].as_str().is_some_and(|url| url.starts_with("https://example.cn/part/")));
            }
            feeds += 1;
        }
        if path.ends_with(".ics") {
            assert!(read().split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{path}");
            let unfolded = read().replace("\r\n ", "");
            icalendar::parser::read_calendar(&unfolded).unwrap_or_else(|error| panic!("{path}: {error}"));
            let starts = |line: &str| unfolded.lines().filter(|found| *found == line).count();
            assert_eq!((starts("BEGIN:VEVENT"), starts("END:VCALENDAR")), (1, 1), "{path}");
            others += 1;
        }
    }
    assert!(feeds >= 5 && others >= 8, "{:?}", all.keys());
    alerts::fit_the_schema(&all);
}

#[test]
fn linked_data_ends_no_script() {
    let mut found = 0;
    for (path, bytes) in made().iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = std::str::from_utf8(bytes).expect("UTF-8");
        for block in page.split("<script type=\"application/ld+json\">").skip(1) {
            let (json, _) = block.split_once("</script>").expect("it ends");
            let graph: Value =
                serde_json::from_str(json).unwrap_or_else(|error| panic!("{path}: {error}: {json}"));
            assert!(!json.contains('<') && graph["@graph"].is_array(), "{path}");
            found += 1;
        }
        assert!(!page.contains("<script>"), "{path}");
    }
    assert!(found >= 5, "{found}");
}
