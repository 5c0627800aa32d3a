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
