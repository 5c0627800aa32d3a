use super::*;
use crate::output::html::conformance;
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
            failed.push(format!("{}:\n{}\nexpected:\n{}\nfound:\n{found}", example["example"], text("markdown"), text("html")));
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
        ("tildes", "~a ~~b ".repeat(n)),
        ("mixed", "*a _b ~~c ".repeat(n)),
        ("nested links", format!("{}a{}", "[".repeat(n), "](b)".repeat(n))),
        ("nested images", format!("{}a{}", "![".repeat(n), "](b)".repeat(n))),
        ("bare", "https://a.cn/)".repeat(n)),
        ("bare parens", format!("https://a.cn/{}", ")".repeat(n))),
        ("bare semicolons", format!("https://a.cn/{}", "&a;".repeat(n))),
        ("www", "www.".repeat(n)),
        ("h", "hhhhhhhh".repeat(n)),
        ("wide table", format!("|{}\n|{}\n{}", "a|".repeat(20_000), "-|".repeat(20_000), "|\n".repeat(20_000))),
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
        ("footnote defs", (0..n).map(|i| format!("[^{i}]: a\n\n")).collect()),
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
        let t = std::time::Instant::now();
        let (doc, sink) = parse_with(&text, &MarkdownOptions::default());
        let parsed = t.elapsed();
        let html = crate::output::html::render(&doc, &crate::output::html::tests::Plain);
        let rendered = t.elapsed() - parsed;
        let plain = crate::text::plain::plain(&doc);
        std::hint::black_box((&html, &plain));
        drop(doc);
        let all = t.elapsed();
        if all.as_millis() > 150 {
            eprintln!("{name}: {} bytes, parse {parsed:?}, render {rendered:?}, all {all:?}, findings {}", text.len(), sink.found().len());
        }
        assert!(all.as_secs() < 5, "{name} took {all:?}");
    }
}
