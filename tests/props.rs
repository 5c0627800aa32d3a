//! Whatever is written, nothing panics, and nothing active comes out.

#[path = "support/memory.rs"]
mod memory;

use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use memory::{Builder, world};
use proptest::prelude::*;
use std::cell::RefCell;

/// Pieces that mean something to a parser somewhere on the way.
const PIECES: &[&str] = &[
    "---",
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "\u{3000}",
    "\u{feff}",
    "\0",
    "\r",
    "# ",
    "> ",
    "- ",
    "1. ",
    "1、",
    "* ",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "```verse\n",
    "```contact\n",
    "```qr\n",
    "```table x\n",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "[^1]",
    "[^1]: ",
    "[!记住]",
    "|",
    "|-|",
    ": ",
    "：",
    "<",
    ">",
    "<b>",
    "</b>",
    "<script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "&",
    "&amp;",
    "&#0;",
    "\\",
    "/",
    "..",
    "good.md",
    "https://a.cn/",
    "javascript:",
    "tel:",
    "{",
    "}",
    "{{",
    "{%",
    "【",
    "】",
    "（白）",
    "行{háng}",
    "\"",
    "'",
    "&a",
    "*a",
    "!!x",
    "title",
    "标题",
    "date",
    "2026-11-20",
    "2026-13-45",
    "tags",
    "allow",
    "null",
    "true",
    "0",
    "99999999999999999999",
    "银行",
    "é",
    "e\u{301}",
    "👨‍👩‍👧",
    "\u{202e}",
    "\u{2028}",
    "\u{fffd}",
    "\u{10ffff}",
    "13800138000",
    "11010519491231002X",
];

fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![8 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<String>(), 1 => "\\PC{0,6}"];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// A site with one bulletin, as it is written.
fn site(text: &str) -> yuanba::world::MemoryWorld {
    world()
        .with("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\n---\n")
        .with("content/tips/good.md", "---\ntitle: 好的\ndate: 2026-11-01\n---\n\n正文。\n")
        .with("content/tips/a.md", text)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_body_panics(body in soup()) {
        let _ = Builder::new().build(&site(&format!("---\ntitle: 题\ndate: 2026-11-20\n---\n\n{body}")));
    }

    #[test]
    fn no_front_matter_panics(front in soup(), file in soup()) {
        let _ = Builder::new().build(&site(&format!("---\ntitle: 题\n{front}\n---\n\n正文。\n")));
        let _ = Builder::new().build(&site(&file));
    }

    #[test]
    fn no_settings_panic(settings in soup()) {
        let _ = Builder::new().build(&site("字").with("content/site.yaml", format!("title: 站\n{settings}")));
        let _ = Builder::new().build(&site("字").with("content/words/scams.yaml", &settings));
    }

    #[test]
    fn no_title_becomes_active(title in soup()) {
        nothing_active(&title);
    }
}

#[test]
fn hostile_titles_stay_words() {
    let mut shown = 0;
    for title in [
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onmouseover='alert(1)",
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]><script>alert(1)</script>",
        "{{ 7*7 }}{% include 'x' %}",
        "--><svg onload=alert(1)>",
        "\u{0}<script>",
        "&lt;script&gt;alert(1)",
        "&#60;script&#62;",
        "javascript:alert(1)",
        "\\u003cscript\\u003e",
        "<\u{212a}script>",
        "＜script＞",
        "</textarea><script>",
        "</style><script>",
        "\"}</script><script>alert(1)//",
        "a\r\nX-Header: 1",
        "BEGIN:VEVENT\r\nSUMMARY:x",
        "`${alert(1)}`",
        "<iframe srcdoc='<script>alert(1)</script>'>",
        "<math><mtext></mtext><style><img src onerror=alert(1)>",
        "\u{202e}反",
    ] {
        shown += usize::from(nothing_active(title));
    }
    assert!(shown > 20, "most of them are published, as words: {shown}");
}

/// Publishes a bulletin with hostile words in every field that shows words, and reads all files again.
/// Whether it was published.
fn nothing_active(words: &str) -> bool {
    // JSON's strings are YAML's.
    let quoted = serde_json::to_string(words).expect("a string is JSON");
    let text = format!(
        "---\ntitle: {quoted}\ndate: 2026-11-20\nsummary: {quoted}\ntags: [{quoted}]\nauthor: {quoted}\neditor: {quoted}\n\
         source: {quoted}\nremember: [{quoted}]\n---\n\n正文。\n"
    );
    let notice = text.replace("remember: [", "kind: notice\nnumber: ").replacen("]\n---", "\n---", 1);
    let meeting = text
        .replace("remember: [", "kind: meeting\nstart: 2026-11-30 14:00\nplace: ")
        .replacen("]\n---", "\n---", 1);
    let world = site(&text).with("content/tips/b.md", notice).with("content/tips/c.md", meeting);
    let mut builder = Builder::new();
    if builder.build(&world).is_err() {
        return false;
    }
    for (path, bytes) in &builder.files {
        let text = String::from_utf8_lossy(bytes);
        match path.to_string().rsplit('.').next() {
            Some("html") => inspect_page(path, &text, words),
            Some("xml") => inspect_xml(path, &text, words),
            Some("json") => {
                serde_json::from_str::<serde_json::Value>(&text)
                    .unwrap_or_else(|error| panic!("{path} of {words:?}: {error}"));
            }
            Some("ics") => {
                for line in text.split("\r\n").filter(|line| !line.is_empty()) {
                    assert!(!line.contains(['\n', '\r']), "{path} of {words:?}: {line:?}");
                }
                let begins = text.split("\r\n").filter(|line| *line == "BEGIN:VEVENT").count();
                assert_eq!(begins, 1, "{path} of {words:?}");
            }
            _ => {}
        }
    }
    true
}

fn inspect_xml(path: &impl std::fmt::Display, text: &str, words: &str) {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return,
            Ok(quick_xml::events::Event::Start(tag)) => {
                let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
                assert!(
                    !["script", "img", "svg", "iframe"].contains(&name.as_str()),
                    "<{name}> in {path} of {words:?}"
                );
            }
            Ok(_) => {}
            Err(error) => panic!("{path} of {words:?}: {error}"),
        }
    }
}

/// What a browser's tokenizer sees.
#[derive(Default)]
struct Seen {
    tags: RefCell<Vec<Tag>>,
    in_script: RefCell<Option<String>>,
    scripts: RefCell<Vec<String>>,
}

impl TokenSink for Seen {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::EndTag => {
                self.scripts.borrow_mut().extend(self.in_script.borrow_mut().take());
            }
            Token::TagToken(tag) => {
                let then = match &*tag.name {
                    "script" => {
                        *self.in_script.borrow_mut() = Some(String::new());
                        TokenSinkResult::RawData(RawKind::ScriptData)
                    }
                    "style" => TokenSinkResult::RawData(RawKind::Rawtext),
                    "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
                    _ => TokenSinkResult::Continue,
                };
                self.tags.borrow_mut().push(tag);
                return then;
            }
            Token::CharacterTokens(text) => {
                if let Some(script) = &mut *self.in_script.borrow_mut() {
                    script.push_str(&text);
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

fn inspect_page(path: &impl std::fmt::Display, html: &str, words: &str) {
    let tokenizer = Tokenizer::new(Seen::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    queue.push_back(html.into());
    let _ = tokenizer.feed(&queue);
    tokenizer.end();
    let seen = tokenizer.sink;
    for tag in seen.tags.borrow().iter() {
        let name = &*tag.name;
        assert!(
            !["iframe", "object", "embed", "base", "math"].contains(&name),
            "<{name}> in {path} of {words:?}"
        );
        for attribute in &tag.attrs {
            let (key, value) = (attribute.name.local.to_ascii_lowercase(), attribute.value.trim());
            assert!(!key.starts_with("on") && &*key != "srcdoc", "{key} of <{name}> in {path} of {words:?}");
            if matches!(&*key, "href" | "src" | "action" | "formaction") {
                let plain: String = value.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
                let lower = plain.to_ascii_lowercase();
                assert!(
                    !["javascript:", "data:", "vbscript:"].iter().any(|bad| lower.starts_with(bad)),
                    "{value} in {path} of {words:?}"
                );
            }
        }
        if name == "script" {
            let value = |wanted: &str| {
                tag.attrs.iter().find(|a| &*a.name.local == wanted).map(|a| a.value.to_string())
            };
            let ours = value("src").is_some_and(|src| src.starts_with('/') && !src.starts_with("//"));
            let data = value("type").is_some_and(|kind| kind == "application/ld+json");
            assert!(ours || data, "a script in {path} of {words:?}");
        }
    }
    for script in seen.scripts.borrow().iter().filter(|script| !script.trim().is_empty()) {
        serde_json::from_str::<serde_json::Value>(script)
            .unwrap_or_else(|error| panic!("{path} of {words:?}: {error}: {script}"));
    }
}
