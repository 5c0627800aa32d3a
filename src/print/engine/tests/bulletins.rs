//! Bulletins that try to be markup: they come out as the text that they are.

use super::{data, said};
use crate::diag::{FileId, Sink};
use crate::print::content::{Around, Content, Photo};
use crate::source::doc::CalloutTone;
use crate::source::markdown::{self, MarkdownOptions};
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Default)]
pub(super) struct Alone(BTreeMap<String, String>);

impl Around for Alone {
    fn link(&self, target: &str) -> Option<String> {
        Some(target.to_owned())
    }

    fn picture(&self, _: &str) -> Option<Photo> {
        None
    }

    fn readings(&self) -> &BTreeMap<String, String> {
        &self.0
    }

    fn callout(&self, _: CalloutTone) -> &'static str {
        "记住"
    }
}

/// A template as simple as templates are: every string of the tree as text.
const SHOW: &str = r#"
#let inlines(all) = for i in all { if "s" in i { i.s } else if "c" in i { inlines(i.c) } }
#let blocks(all) = for b in all {
  if "c" in b { block(inlines(b.c)) } else if b.t == "code" { block(b.s) }
  else if "blocks" in b { blocks(b.blocks) }
  else if b.t == "list" { for i in b.items { blocks(i.blocks) } }
  else if b.t == "table" { for cell in b.head + b.rows.join() { block(inlines(cell)) } }
  else if b.t == "verse" { for s in b.stanzas { for l in s.lines { block(for p in l { if p.t == "chars" { p.c.map(c => c.s).join() } else { p.s } }) } } }
  else if b.t == "contact" { block(b.name) }
}
#set text(size: 5pt)
#blocks(d.body)
"#;

/// Words that mean something to Typst, to Markdown, to JSON or to a shell.
const HOSTILE: &[&str] = &[
    r#"#read("/etc/passwd")"#,
    r#"#eval("1+1")"#,
    r#"#include "/print/flyer.typ""#,
    r#"#import "@preview/x:1.0.0": *"#,
    "#{ 1 + 1 }",
    "#panic()",
    "$x^2$",
    "$ sum_(i=1)^n $",
    r"C:\Users\村",
    r"\u{41}",
    "@a @heading",
    "<label> <yuanba-overflow>",
    "] ] [",
    "} } {",
    "// 不是注释",
    "/* 不是注释 */",
    "* 一 *",
    "_ 二 _",
    "= 不是标题",
    "--- -- ...",
    "'单' \"双\"",
    "~ ~",
    "https://www.example.gov.cn/a?b=1#c",
    "%PDF-1.7 endobj",
    "\"}],\"title\":\"换了\"",
];

/// A bulletin's body as data, and what a template makes of it.
fn shown(markdown: &str) -> String {
    let mut sink = Sink::new();
    let options = MarkdownOptions { bare_links: false, ..MarkdownOptions::default() };
    let doc = markdown::parse(FileId(0), markdown, 0..markdown.len(), &options, &mut sink);
    let mut content = Content::new();
    let body = content.body(&doc, &Alone(BTreeMap::new()));
    let mut data = data();
    data["body"] = serde_json::to_value(&body).unwrap()["body"].take();
    said(SHOW, &data).unwrap().concat()
}

/// Escaped so that Markdown takes nothing of it for itself.
fn escaped(text: &str) -> String {
    text.chars().flat_map(|c| c.is_ascii_punctuation().then_some('\\').into_iter().chain([c])).collect()
}

#[test]
fn hostile_words_in_a_paragraph_are_words() {
    for words in HOSTILE {
        let found = shown(&format!("前{}后\n", escaped(words)));
        assert_eq!(found, format!("前{words}后"));
    }
}

#[test]
fn hostile_words_are_words_wherever_they_stand() {
    for words in HOSTILE {
        let text = escaped(words);
        for (markdown, before, after) in [
            (format!("> [!记住]\n> 前{text}后\n"), "前", "后"),
            (format!("- 前{text}后\n"), "前", "后"),
            (format!("## 前{text}后\n"), "前", "后"),
            (format!("前**甲{text}乙**后\n"), "前甲", "乙后"),
            (format!("| 前{}后 |\n|---|\n| 格 |\n", text.replace('|', "")), "前", "后"),
            (format!("````\n前{words}后\n````\n"), "前", "后"),
            (format!("前[甲{text}乙](https://www.example.gov.cn/)后\n"), "前甲", "乙后"),
        ] {
            let found = shown(&markdown);
            assert!(found.contains(&format!("{before}{words}{after}")), "{markdown}{found}");
        }
    }
}

#[test]
fn hostile_words_are_words_in_verse_and_contacts() {
    let verse = shown("```verse\n#read(\"/etc/passwd\") $x$，当心\n*甲* _乙_ @丙 \\n\n```\n");
    assert_eq!(verse, "#read(\"/etc/passwd\") $x$，当心*甲* _乙_ @丙 \\n");
    let contact = shown("```contact\n姓名: \"#panic() $陈$ 警官\"\n电话: 110\n```\n");
    assert!(contact.contains("#panic() $陈$ 警官"), "{contact}");
}

#[test]
fn a_title_cannot_leave_its_string() {
    let mut hostile = data();
    let title = "\"]) #panic() $x$ \\ \u{2028}";
    hostile["title"] = Value::from(title);
    assert_eq!(said("#d.title.trim()", &hostile).unwrap().concat(), title.trim());
}

#[test]
fn deep_nesting_is_shown() {
    let quotes = format!("{}底\n", "> ".repeat(60));
    assert_eq!(shown(&quotes), "底");
    let mut lists = String::new();
    for depth in 0..24 {
        lists += &["  ".repeat(depth), format!("- 第{depth}层\n")].concat();
    }
    let found = shown(&lists);
    for depth in 0..24 {
        assert!(found.contains(&format!("第{depth}层")), "{depth}: {found}");
    }
}
