//! Tests of documents for machines, with what a bulletin says at its most hostile.

mod alert;
mod calendar;
mod feeds;
mod linked_data;
mod sitemap;

use super::*;
use jiff::Zoned;

/// Ends elements, strings, sections and lines; holds what XML forbids.
const HOSTILE: &str = "a\u{0}\u{1}\u{b}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}]]><![CDATA[</title></script><script>alert(1)\
    </script><!--&lt;&amp;&nbsp;&#0;\"'\\\r\n\r\nBEGIN:VEVENT\u{2028}\u{202e}𠮷—,;{{ x }}{% raw %}";

const RUNS: [&str; 6] = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "\u{1}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
];

fn at(time: &str) -> Zoned {
    format!("{time}[Asia/Shanghai]").parse().expect("a time in the test")
}

/// Reads to the end; quick-xml checks that elements match, the search that no character is forbidden.
fn well_formed(document: &[u8]) -> String {
    let text = std::str::from_utf8(document).expect("documents are UTF-8");
    assert!(
        text.chars().all(|c| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..)),
        "forbidden character"
    );
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event().expect("well-formed") {
            quick_xml::events::Event::Eof => return text.to_owned(),
            quick_xml::events::Event::CData(_) | quick_xml::events::Event::Comment(_) => {
                panic!("text became markup")
            }
            _ => {}
        }
    }
}

#[test]
fn addresses_that_run_something_are_left_out() {
    for url in RUNS {
        assert_eq!(text::address(url), None, "{url}");
    }
    assert_eq!(
        text::address("https://例.cn/反诈/?a=1&b=[2]#x#y").as_deref(),
        Some("https://%E4%BE%8B.cn/%E5%8F%8D%E8%AF%88/?a=1&b=%5B2%5D#x%23y")
    );
    assert_eq!(text::address("../a b/100%/%20").as_deref(), Some("../a%20b/100%25/%20"));
    assert_eq!(text::address("/a:b").as_deref(), Some("/a:b"));
}

#[test]
fn times_have_an_offset_in_minutes() {
    assert_eq!(text::time(&at("2026-05-01T09:30:00")), "2026-05-01T09:30:00+08:00");
    assert_eq!(text::time(&at("1899-05-01T09:30:00")).len(), 25);
}
