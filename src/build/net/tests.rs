//! What the second net takes out of finished files, and what it catches.

use super::{hypertext, quoted};
use crate::build::preview::Preview;
use crate::diag::{Catalogue, Language};
use crate::model::collect::Options;
use crate::world::MemoryWorld;

#[test]
fn passages_of_a_page() {
    let page = "<!DOCTYPE html><html><head><title>题&amp;目字</title><meta name=d content=\"说明文字\"><style>a{b:c}</style>\
        <script type=\"application/ld+json\">{\"name\": \"结构\\u6570据\"}</script><script>var a = '脚本';</script></head>\
        <body><p>村民<strong>罗</strong>正\n   贵<ruby>字<rt>zì</rt></ruby>，电话138<br>1234</p>\
        <img alt='图片说明'><a href=\"tel:154%201234\" data-x=\"数据值\">链接</a><table><tr><td>甲乙</td><td>丙丁</td></tr></table>\
        <a href=\"/pictures/a-0123456789abcdef.jpg\">图</a><!-- 注释文字 --></body></html>";
    let passages = hypertext::passages(page);
    for wanted in [
        "题&目字",
        "说明文字",
        "结构数据",
        "村民罗正贵字，电话138\n1234",
        "图片说明",
        "tel:154 1234",
        "数据值",
        "甲乙 | 丙丁 | ",
        " 注释文字 ",
    ] {
        assert!(passages.iter().any(|passage| passage == wanted), "{wanted} in {passages:#?}");
    }
    assert!(
        !passages.iter().any(|passage| passage.contains("脚本") || passage.contains("0123456789")),
        "{passages:#?}"
    );
    assert_eq!(
        quoted::passages(r#"{"a": ["字\"字", 15412340001], "b": {"c\n": null}}"#),
        ["字\"字", "15412340001"]
    );
}

/// The name of an alert is put together by the program, and what an alert says is read.
#[test]
fn the_name_of_an_alert_is_no_number() {
    let alert = "<alert><identifier>a.example.notice.tg-008625.20200107101314</identifier><info><headline>停水</headline>\
        <description>打15412340001</description></info><references>x,tg-008625.20200107,2020</references></alert>";
    let passages = super::passages("notices/a/cap.xml", alert.as_bytes());
    assert!(!passages.iter().any(|passage| passage.contains("008625")), "{passages:?}");
    assert!(passages.iter().any(|passage| passage.contains("15412340001")), "{passages:?}");
}

/// Counts that stand beside each other are no number of anybody.
#[test]
fn cells_of_a_table_are_looked_at_one_by_one() {
    let passages = super::cells("村,类型,1月,2月\n甲村,诈骗,3221,0619\n\"罗,某\",x,19,80\n");
    assert!(
        passages.iter().any(|passage| passage == "甲村 | 诈骗")
            && passages.iter().any(|passage| passage == "罗,某")
    );
    assert!(
        !passages.iter().any(|passage| passage.contains("3221") && passage.contains("0619")),
        "{passages:?}"
    );
}

fn world(settings: &str, template: &str) -> MemoryWorld {
    MemoryWorld::new("2026-11-24T08:00:00+08:00".parse().unwrap())
        .with("content/site.yaml", format!("title: 站\nbase_url: https://example.cn\n{settings}"))
        .with("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n")
        .with(
            "content/tips/a.md",
            "---\ntitle: 甲\ndate: 2026-10-01\nauthor: 罗正贵\nsummary: 字。\n---\n\n字。\n",
        )
        .with("themes/default/templates/not_found.html", template)
}

#[test]
fn what_a_template_puts_together_is_caught_before_anything_is_put_in_place() {
    let hidden = "{% set a = \"154\" %}{% set b = \"12340001\" %}<p>找{{ a ~ b }}</p>";
    let shown = Preview::new().build(&world("", hidden), &Options::default());
    assert!(shown.files.is_none(), "nothing is shown");
    let caught = shown.found.iter().find(|finding| finding.code.id == "P101").expect("it is caught");
    let words = Catalogue::of(Language::Zh).format(&caught.message);
    assert!(words.contains("404.html") && words.contains("154****0001"), "{words}");
    let allow = "privacy:\n  allow:\n    - {text: \"15412340001\", reason: 值班手机}\n";
    assert!(Preview::new().build(&world(allow, hidden), &Options::default()).files.is_some());
    let signed = "<p>村民罗正贵来所报案</p>";
    assert!(
        Preview::new().build(&world("", signed), &Options::default()).files.is_some(),
        "who signs is known"
    );
    assert!(
        Preview::new().build(&world("", "<p>村民龙德海来所报案</p>"), &Options::default()).files.is_none()
    );
}
