use super::*;
use crate::diag::{FileId, Sink};
use crate::source::markdown::{MarkdownOptions, parse};

/// Links lead where they say; one picture exists.
pub(crate) struct Plain;

impl HtmlContext for Plain {
    fn link(&self, target: &str) -> Option<LinkHtml> {
        (target != "held.md").then(|| LinkHtml { address: target.to_owned(), opens: None })
    }
    fn picture(&self, target: &str) -> Option<PictureHtml> {
        (target == "a.jpg").then(|| PictureHtml {
            src: "a-960.jpg".to_owned(),
            srcset: vec![("a-480.jpg".to_owned(), 480), ("a-960.jpg".to_owned(), 960)],
            width: 960,
            height: 600,
        })
    }
    fn data_table(&self, name: &str) -> Option<String> {
        Some(format!("<table id=\"t\"><caption>{name}</caption></table>"))
    }
}

pub(super) fn html(text: &str) -> String {
    let mut sink = Sink::new();
    let doc = parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    render(&doc, &Plain)
}

fn same(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), expected, "{text}");
}

#[test]
fn headings_get_ids_and_leave_h1_to_the_page() {
    same(
        "# 注意 事项\n\n## Two, *too*",
        "<h2 id=\"注意-事项\">注意 事项</h2>\n<h3 id=\"two-too\">Two, <em>too</em></h3>",
    );
    same(
        "## 二\n\n## 二\n\n## 二-1 {#二}",
        "<h2 id=\"二\">二</h2>\n<h2 id=\"二-1\">二</h2>\n<h2 id=\"二-2\">二-1</h2>",
    );
    same("## 甲 {#jia}", "<h2 id=\"jia\">甲</h2>");
    same(
        "## Search\n\n## fn-1\n\n## ！",
        "<h2 id=\"search-1\">Search</h2>\n<h2 id=\"h-fn-1\">fn-1</h2>\n<h2 id=\"section\">！</h2>",
    );
}

#[test]
fn pictures_say_how_large_they_are() {
    same(
        "见![门口](a.jpg)。",
        "<p>见<img src=\"a-960.jpg\" srcset=\"a-480.jpg 480w, a-960.jpg 960w\" sizes=\"(min-width: 48em) 44em, 100vw\" \
         width=\"960\" height=\"600\" alt=\"门口\" loading=\"lazy\" decoding=\"async\">。</p>",
    );
    assert!(html("![门口](a.jpg \"派出所门口\")").contains("<figcaption>派出所门口</figcaption></figure>"));
    same("![<门口>](b.jpg)", "<p>&lt;门口&gt;</p>");
}

#[test]
fn links_that_lead_nowhere_are_text() {
    same("[表](held.md)", "<p>表</p>");
    same("[表](javascript:alert(1))", "<p>表</p>");
    same("[表](https://a.cn/)", "<p><a href=\"https://a.cn/\" rel=\"noopener\">表</a></p>");
    same("[表](b/)", "<p><a href=\"b/\">表</a></p>");
    same(
        "请看https://a.cn/，谢谢",
        "<p>请看<a href=\"https://a.cn/\" rel=\"noopener\">https://a.cn/</a>，谢谢</p>",
    );
}

#[test]
fn tables_scroll_and_are_reached_by_keyboard() {
    same(
        "|甲|乙|\n|:-:|-|\n|1|",
        "<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"表格\">\n<table>\n<thead>\n<tr>\
         <th scope=\"col\" class=\"center\">甲</th><th scope=\"col\">乙</th></tr>\n</thead>\n<tbody>\n\
         <tr><td class=\"center\">1</td><td></td></tr>\n</tbody>\n</table>\n</div>",
    );
}

#[test]
fn callouts_name_themselves() {
    same(
        "> [!警惕]\n> **不转账。**",
        "<aside class=\"callout beware\" role=\"note\">\n<p class=\"callout-label\">警惕</p>\n\
         <p><strong>不转账。</strong></p>\n</aside>",
    );
}

#[test]
fn tasks_are_boxes_with_names() {
    same(
        "- [x] 身份证\n- [ ] 户口簿",
        "<ul class=\"tasks\">\n<li><input type=\"checkbox\" disabled checked aria-label=\"已办：身份证\"> 身份证</li>\n\
         <li><input type=\"checkbox\" disabled aria-label=\"未办：户口簿\"> 户口簿</li>\n</ul>",
    );
}

#[test]
fn footnotes_are_numbered_by_reference_and_lead_back() {
    let found = html("甲[^b]乙[^a]丙[^b]\n\n[^a]: 第二\n[^b]: 第一");
    assert!(
        found.contains("甲<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" role=\"doc-noteref\""),
        "{found}"
    );
    assert!(found.contains("id=\"fnref-1-2\""), "{found}");
    assert!(found.contains("<li id=\"fn-1\"><p>第一 <a href=\"#fnref-1\""), "{found}");
    assert!(found.contains("<li id=\"fn-2\"><p>第二 <a href=\"#fnref-2\""), "{found}");
}

#[test]
fn verse_contact_and_code() {
    same(
        "```verse\n【开场】\n银行{háng}卡，（白）莫外借\n竹板响\n```",
        "<div class=\"verse\">\n<p class=\"stanza-title\">开场</p>\n<p class=\"stanza\"><span class=\"line\">银\
         <ruby>行<rp>（</rp><rt>háng</rt><rp>）</rp></ruby>卡，<span class=\"aside\">（白）</span>莫外借</span><br>\n\
         <span class=\"line\">竹板响</span></p>\n</div>",
    );
    let card = html("```contact\nname: 罗某\nphone: 0857-4222110、110\nareas: [水西村, 莲城社区]\n```");
    assert!(
        card.contains("<a href=\"tel:08574222110\">0857-4222110</a>、<a href=\"tel:110\">110</a>"),
        "{card}"
    );
    assert!(card.contains("<dd>水西村、莲城社区</dd>"), "{card}");
    let code = html("```qr\nhttps://a.cn/\n扫码看全文\n```");
    assert!(code.starts_with("<figure class=\"qr\"><svg xmlns="), "{code}");
    assert!(code.contains("role=\"img\" aria-label=\"二维码：扫码看全文\""), "{code}");
    assert!(code.contains("<a href=\"https://a.cn/\" rel=\"noopener\">https://a.cn/</a>"), "{code}");
    same("```rust x\n<b>\n```", "<pre tabindex=\"0\"><code class=\"language-rust\">&lt;b&gt;\n</code></pre>");
}

#[test]
fn our_own_markup_survives_sanitising() {
    let body = "# 标题\n\n- [ ] 身份证\n\n![门口](a.jpg)\n\n|甲|\n|-|\n|1|\n\n> [!记住]\n> 不转账[^1]\n\n[^1]: 注\n\n\
                ```verse\n银行{háng}\n```\n\n```qr\nhttps://a.cn/\n```\n\n```table 月报\n```\n\n```contact\nname: 罗某\nphone: 110\n```\n\n\
                术语\n: 解释\n\n5. 五\n\n```rust\nx\n```\n\n[a](https://a.cn/?a=1&b=2 \"题\")";
    let without = html(body);
    let with = html(&format!("{body}\n\n<b>粗</b>\n"));
    assert_eq!(with.replace("<p><b>粗</b></p>\n", ""), without);
}

#[test]
fn summaries_end_with_a_sentence() {
    let mut sink = Sink::new();
    let text = "# 标题\n\n今天**下雨。**请大家\n注意！明天晴，后天阴\n\n- 第二段";
    let doc = parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    assert_eq!(crate::source::plain::plain(&doc), "标题\n今天下雨。请大家注意！明天晴，后天阴\n第二段");
    assert_eq!(crate::source::plain::summary(&doc, 12), "今天下雨。请大家注意！");
    assert_eq!(crate::source::plain::summary(&doc, 8), "今天下雨。");
    assert_eq!(crate::source::plain::summary(&doc, 4), "今天下…");
    assert_eq!(crate::source::plain::shorten("他说：“走吧。”然后走了", 7), "他说：“走吧…");
}

#[test]
fn sizes_are_rounded_up() {
    assert_eq!(size(0), "0 KB");
    assert_eq!(size(1), "1 KB");
    assert_eq!(size(182 * 1024), "182 KB");
    assert_eq!(size(1024 * 1024), "1.0 MB");
    assert_eq!(size(1024 * 1024 + 1), "1.1 MB");
}
