use super::*;
use crate::output::html::conformance;
use crate::source::doc::CalloutTone::{Beware, Hint, Hotline, Law, Remember};
use crate::source::doc::{Block, BlockKind, Inline, InlineKind, LinkOrigin};

fn parse_with(text: &str, options: &MarkdownOptions) -> (Doc, Sink) {
    let mut sink = Sink::new();
    let doc = parse(FileId(0), text, 0..text.len(), options, &mut sink);
    (doc, sink)
}

fn html(text: &str) -> String {
    conformance::render(&parse_with(text, &MarkdownOptions::default()).0)
}

#[test]
fn commonmark_examples_pass_with_chinese_handling_on() {
    let data = include_str!("../../../tests/data/markdown/commonmark-0.31.2.json");
    let examples: Vec<serde_json::Value> = serde_json::from_str(data).expect("the examples are JSON");
    assert_eq!(examples.len(), 652);
    let mut failed = Vec::new();
    for example in &examples {
        let text = |key: &str| example[key].as_str().expect("a string");
        let (doc, _) = parse_with(text("markdown"), &MarkdownOptions::plain());
        let found = conformance::render(&doc);
        if found != text("html") {
            failed.push(format!(
                "{}:\n{}\nexpected:\n{}\nfound:\n{found}",
                example["example"],
                text("markdown"),
                text("html")
            ));
        }
    }
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn the_amendments_cases_pass() {
    let data = include_str!("../../../tests/data/markdown/cjk-friendly.jsonl");
    let mut failed = Vec::new();
    let mut count = 0;
    for line in data.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("every line is JSON");
        let text = |key: &str| case[key].as_str().expect("a string");
        for options in [MarkdownOptions::plain(), MarkdownOptions::default()] {
            let found = conformance::render(&parse_with(text("markdown"), &options).0);
            if found.trim_end() != text("html") {
                failed.push(format!("{}\nexpected {}\nfound    {found}", text("markdown"), text("html")));
            }
        }
        count += 1;
    }
    assert_eq!(count, 112);
    assert!(failed.is_empty(), "{} failed\n{}", failed.len(), failed.join("\n"));
}

/// The only paragraph's inlines.
fn inlines(text: &str) -> Vec<Inline> {
    let (doc, _) = parse_with(text, &MarkdownOptions::default());
    match doc.blocks.into_iter().next() {
        Some(Block { kind: BlockKind::Paragraph(content), .. }) => content,
        other => panic!("{text} is no paragraph but {other:?}"),
    }
}

fn same(text: &str, expected: &str) {
    assert_eq!(html(text).trim_end(), format!("<p>{expected}</p>"), "{text}");
}

#[test]
fn emphasis_beside_cjk() {
    same("**注意：**请", "<strong>注意：</strong>请");
    same("~~已过期。~~请看新的", "<del>已过期。</del>请看新的");
    same("a~~「a~~」", "a<del>「a</del>」");
    same("~~a~~：~~a~~", "<del>a</del>：<del>a</del>");
    same("葛\u{E0100}~~()a~~a", "葛\u{E0100}<del>()a</del>a");
    same("𩸽~~()a~~a", "𩸽<del>()a</del>a");
    same("a~~()a~~a", "a~~()a~~a");
    same("是~~~不~~~是", "是~~~不~~~是");
    same("~没有~~", "~没有~~");
    same("8时~12时，14时~18时", "8时~12时，14时~18时");
    same(
        "**“安全”**第一，**《反诈法》**施行",
        "<strong>“安全”</strong>第一，<strong>《反诈法》</strong>施行",
    );
    same("스크립트**(script)**라고", "스크립트<strong>(script)</strong>라고");
    same("**¥100。**元", "<strong>¥100。</strong>元");
    same("价格**④。**元", "价格<strong>④。</strong>元");
    same("`**注意：**`请", "<code>**注意：**</code>请");
    same("\\*\\*注意：\\*\\*请", "**注意：**请");
    same(
        "[**注意：**请](a.md)**好。**的",
        "<a href=\"a.md\"><strong>注意：</strong>请</a><strong>好。</strong>的",
    );
    same("**[甲](b)。**请*看*`x`", "<strong><a href=\"b\">甲</a>。</strong>请<em>看</em><code>x</code>");
}

#[test]
fn stars_that_hide_something_stay() {
    for text in [
        "张*三、李*四领取。",
        "逯*三、逯*四领取。",
        "*三、*四领取。",
        "张*、李*在场。",
        "电话138****0000和139****1111。",
        "证号5113**********1234、5113**********5678。",
        "138***、139***",
        "5113**1234、5113**5678",
        "棚子3*4*5米。",
        "嫌疑人王**、刘**，村民周**与马**",
        "张某*和李某*",
        "张***、李***",
        "欧阳*、司马*",
        "川A**123和川A**456",
    ] {
        same(text, text);
    }
    same("张*三、李*四，**别转账**。", "张*三、李*四，<strong>别转账</strong>。");
    same("**张*三、李*四**领取", "<strong>张*三、李*四</strong>领取");
    same(
        "提高**警惕**，警方**提醒：钱**要看好",
        "提高<strong>警惕</strong>，警方<strong>提醒：钱</strong>要看好",
    );
    same("拨打**110**或**96110**", "拨打<strong>110</strong>或<strong>96110</strong>");
    same("请找**老张**、**老李**", "请找<strong>老张</strong>、<strong>老李</strong>");
    same("***很***重要，他*强调*说", "<em><strong>很</strong></em>重要，他<em>强调</em>说");
}

#[test]
fn line_breaks_between_chinese_vanish() {
    same("今天\n下雨", "今天下雨");
    same("今天，\r\n下雨", "今天，下雨");
    same("**今天**\n下雨", "<strong>今天</strong>下雨");
    same("*今天\n下雨*", "<em>今天下雨</em>");
    same("今天\nrain\n下雨", "今天\nrain\n下雨");
    same("오늘\n비", "오늘\n비");
    same("a\nb", "a\nb");
    same("今天  \n下雨", "今天<br />\n下雨");
    same("今天[^1]\n下雨\n\n[^1]: 注", "今天下雨");
}

#[test]
fn bare_addresses_end_where_they_end() {
    let address = |text: &str| -> Vec<(String, String)> {
        inlines(text)
            .into_iter()
            .filter_map(|inline| match inline.kind {
                InlineKind::Link { target, origin: LinkOrigin::Bare, .. } => {
                    Some((target.value, text[inline.span.range()].to_owned()))
                }
                _ => None,
            })
            .collect()
    };
    for (text, expected) in [
        ("请看https://a.cn/b。谢谢", "https://a.cn/b"),
        ("请看https://a.cn/b，谢谢", "https://a.cn/b"),
        ("（https://a.cn/b）", "https://a.cn/b"),
        ("“https://a.cn/b”", "https://a.cn/b"),
        ("https://a.cn/b谢谢", "https://a.cn/b"),
        ("https://a.cn/b.", "https://a.cn/b"),
        ("(https://a.cn/b)", "https://a.cn/b"),
        ("https://a.cn/b(c)", "https://a.cn/b(c)"),
        ("https://a.cn/b?c=d&e=f", "https://a.cn/b?c=d&e=f"),
        ("https://a.cn/b&copy;", "https://a.cn/b"),
        ("https://a.cn/_b_c*d*", "https://a.cn/_b_c*d"),
        ("HTTP://A.CN/b", "HTTP://A.CN/b"),
        ("https://a.cn:8080/b!", "https://a.cn:8080/b"),
        ("<b>https://a.cn/b</b>", "https://a.cn/b"),
    ] {
        assert_eq!(address(text), [(expected.to_owned(), expected.to_owned())], "{text}");
    }
    assert_eq!(address("见www.a.cn，好"), [("http://www.a.cn".to_owned(), "www.a.cn".to_owned())]);
    assert_eq!(
        address("https://a.cn/?b&amp;c好"),
        [("https://a.cn/?b&c".to_owned(), "https://a.cn/?b&amp;c".to_owned())]
    );
    same("**https://a.cn/b**", "<strong><a href=\"https://a.cn/b\">https://a.cn/b</a></strong>");
    for text in [
        "https://",
        "https://a",
        "http://中文.cn",
        "xhttps://a.cn",
        "awww.a.cn",
        "www.a_b.c_d",
        "a@b.cn",
        "`https://a.cn`",
    ] {
        assert_eq!(address(text), [], "{text}");
    }
    assert_eq!(address("[https://a.cn/](b)"), []);
}

#[test]
fn link_targets_have_their_place() {
    for (text, expected) in [
        ("见[甲](b.md \"题\")", "b.md"),
        ("![甲](<b c.jpg>)", "b c.jpg"),
        ("[甲](  b\\_c.md )", "b\\_c.md"),
        ("<https://a.cn>", "https://a.cn"),
        ("https://a.cn。", "https://a.cn"),
        ("[甲][乙]\n\n[乙]: b.md", "[甲][乙]"),
        ("[![甲](a.jpg)](b.md)", "b.md"),
        ("[]( )", ""),
    ] {
        let found = inlines(text).into_iter().find_map(|i| match i.kind {
            InlineKind::Link { target, .. } | InlineKind::Image { target, .. } => Some(target.span),
            _ => None,
        });
        assert_eq!(found.map(|s| &text[s.range()]), Some(expected), "{text}");
    }
}

#[test]
fn callouts_have_our_names_and_githubs() {
    let tone = |text: &str| match &parse_with(text, &MarkdownOptions::default()).0.blocks[0].kind {
        BlockKind::Callout { tone, blocks } => Some((*tone, blocks.len())),
        _ => None,
    };
    for (text, expected) in [
        ("> [!记住]\n> 甲\n>\n> 乙", Some((Remember, 2))),
        ("> [!警惕] 甲", Some((Beware, 1))),
        ("> [！法条]\n>\n> 甲", Some((Law, 1))),
        ("> [!热线]\n> - 110", Some((Hotline, 1))),
        ("> [!note]\n> 甲", Some((Hint, 1))),
        ("> [!TIP]\n> 甲", Some((Hint, 1))),
        ("> [!提示]", Some((Hint, 0))),
        ("> [!别的]\n> 甲", None),
        ("> 甲\n> [!记住]", None),
    ] {
        assert_eq!(tone(text), expected, "{text}");
    }
}

#[test]
fn removed_html_is_reported_at_the_tag() {
    let found = |text: &str| -> Vec<(String, &'static str)> {
        let (_, sink) = parse_with(text, &MarkdownOptions::default());
        let place = |d: &Diagnostic| text[d.primary.expect("a place").range()].to_owned();
        sink.found().iter().map(|d| (place(d), d.code.id)).collect()
    };
    assert_eq!(found("甲<font color=red>乙</font>"), [("<font color=red>".to_owned(), "W209")]);
    assert_eq!(found("> <div>\n> <img src=x>\n> </div>"), [("<img src=x>".to_owned(), "W209")]);
    assert_eq!(found("<b style='x'>乙</b>"), [("<b style='x'>".to_owned(), "W209")]);
    assert_eq!(found("<b>乙</b><!-- 注 --><br/>"), []);
}

#[test]
fn limits_are_findings_not_failures() {
    let nested = format!("前文\n\n{}甲", ">".repeat(10_000));
    let (doc, sink) = parse_with(&nested, &MarkdownOptions::default());
    assert_eq!(sink.found().len(), 1);
    assert_eq!(sink.found()[0].code, codes::TOO_DEEP);
    assert!(sink.found()[0].primary.is_some_and(|s| s.range().start > "前文\n\n".len()));
    assert_eq!(doc.blocks.len(), 2);
    let long = "字".repeat(7_000_000);
    let (doc, sink) = parse_with(&long, &MarkdownOptions::default());
    assert_eq!((doc.blocks.len(), sink.found()[0].code), (0, codes::TOO_LARGE));
}

#[test]
fn hostile_sizes_are_bounded() {
    let n = 50_000;
    let cases: Vec<(&str, String)> = vec![
        ("quotes", ">".repeat(10_000) + "x"),
        ("quotes many lines", (">".repeat(1000) + "x\n").repeat(500)),
        ("lists", "- ".repeat(10_000) + "x"),
        ("brackets", "[".repeat(n)),
        ("image brackets", "![".repeat(n)),
        ("stars", "*".repeat(n)),
        ("stars both", format!("{}a{}", "*".repeat(n), "*".repeat(n))),
        ("a_ ", "*a_ ".repeat(n)),
        ("open", "*a ".repeat(n)),
        ("open close", format!("{}{}", "*a ".repeat(n), "b* ".repeat(n))),
        ("open close chinese", format!("{}{}", "**注意：".repeat(n), "。**请".repeat(n))),
        ("masks", "张*三李*四、*三".repeat(n)),
        ("tildes", "~a ~~b ".repeat(n)),
        ("mixed", "*a _b ~~c ".repeat(n)),
        ("nested links", format!("{}a{}", "[".repeat(n), "](b)".repeat(n))),
        ("nested images", format!("{}a{}", "![".repeat(n), "](b)".repeat(n))),
        ("bare", "https://a.cn/)".repeat(n)),
        ("bare parens", format!("https://a.cn/{}", ")".repeat(n))),
        ("bare semicolons", format!("https://a.cn/{}", "&a;".repeat(n))),
        ("www", "www.".repeat(n)),
        ("h", "hhhhhhhh".repeat(n)),
        (
            "wide table",
            format!("|{}\n|{}\n{}", "a|".repeat(20_000), "-|".repeat(20_000), "|\n".repeat(20_000)),
        ),
        ("table rows", format!("|a|b|\n|-|-|\n{}", "|\n".repeat(n))),
        ("code", "`a``".repeat(n)),
        ("html", "<a ".repeat(n)),
        ("html comments", "<!-- ".repeat(n)),
        ("html comments b", "a <!-- ".repeat(n)),
        ("divs", "<div>".repeat(n)),
        ("divs lines", "<div>\n\n".repeat(n)),
        ("bs", "<b>x".repeat(n)),
        ("ps", "<p>x</b>".repeat(n)),
        ("footnote refs", format!("[^1]: a\n\n{}", "[^1]".repeat(n))),
        ("footnote defs", (0..n).fold(String::new(), |all, i| all + &format!("[^{i}]: a\n\n"))),
        ("refs", format!("[a]: {}\n\n{}", "b".repeat(1000), "[a] ".repeat(n))),
        ("breaks", "中\n".repeat(n)),
        ("entities", "&amp;".repeat(n)),
        ("headings", "# a\n".repeat(n)),
        ("callouts", "> [!记住]\n\n".repeat(n)),
        ("one line", "字".repeat(600_000)),
        ("emphasis line", "**注意：**请".repeat(n)),
        ("deep items", (0..1000).map(|i| " ".repeat(2 * i) + "- a\n").collect()),
        ("verse", format!("```verse\n{}\n```", "行{háng}（白）".repeat(n))),
        ("verse parens", format!("```verse\n{}\n```", "（".repeat(n))),
        ("verse braces", format!("```verse\n{}\n```", "行{".repeat(n))),
        ("contact", format!("```contact\n{}\n```", "name: a\n".repeat(n))),
        ("script", "<script>".repeat(n)),
        ("scripts", "x <script> ".repeat(n)),
    ];
    for (name, text) in cases {
        let (doc, _) = parse_with(&text, &MarkdownOptions::default());
        let html = crate::output::html::render(&doc, &crate::output::html::tests::Plain);
        let plain = crate::source::plain::plain(&doc);
        drop(doc);
        // What took quadratic time would not end here; what came out stays in proportion to what went in.
        let most = 400 * text.len() + 10_000;
        assert!(
            html.len() + plain.len() < most,
            "{name}: {} bytes from {}",
            html.len() + plain.len(),
            text.len()
        );
    }
}

#[test]
fn what_stands_for_an_indent_reaches_no_text() {
    // Four blanks before Chinese are the paragraph's indent; what spans two such lines is one text with a blank in it.
    for text in [
        "    正文里有`代码\n    第二行`和别的。\n",
        "    正文[链接](https://a.example \"题\n    目\")。\n",
        "    正文<b\n    title=\"甲\">粗</b>。\n",
        "\t\t正文里有`代码\n\t\t第二行`。\n",
    ] {
        let found = html(text);
        assert!(found.contains("正文") && !found.contains('\u{1f}'), "{text:?}: {found:?}");
    }
    assert!(html("    正文里有`代码\n    第二行`和别的。\n").contains("<code>代码 第二行</code>"));
}
