//! Bodies as templates see them, against the form that the theme's page tells.

use super::*;
use crate::diag::{FileId, Sink};
use crate::source::markdown::{self, MarkdownOptions};
use serde_json::{Value, json};

#[derive(Default)]
struct Site {
    readings: BTreeMap<String, String>,
}

impl Around for Site {
    fn link(&self, target: &str) -> Option<String> {
        (target != "gone.md").then(|| format!("https://www.example.gov.cn/{target}"))
    }

    fn picture(&self, target: &str) -> Option<Photo> {
        (target != "gone.jpg").then(|| Photo {
            bytes: Arc::from(target.as_bytes()),
            ending: "jpg",
            width: 1600,
            height: 900,
        })
    }

    fn chart(&self, name: &str) -> Option<Chart> {
        (name == "2026").then(|| Chart {
            svg: Arc::from(&b"<svg/>"[..]),
            alt: "一年比一年少".to_owned(),
            title: "警情".to_owned(),
            note: None,
            width: 600,
            height: 400,
        })
    }

    fn readings(&self) -> &BTreeMap<String, String> {
        &self.readings
    }

    fn callout(&self, tone: CalloutTone) -> &str {
        if tone == CalloutTone::Remember { "记住" } else { "别的" }
    }
}

fn tree_with(text: &str, site: &Site) -> (Value, Content) {
    let mut sink = Sink::new();
    let doc = markdown::parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    let mut content = Content::new();
    let body = content.body(&doc, site);
    (serde_json::to_value(body).unwrap(), content)
}

fn tree(text: &str) -> Value {
    let (mut tree, _) = tree_with(text, &Site::default());
    tree["body"].take()
}

#[test]
fn inlines_have_their_forms() {
    assert_eq!(
        tree("前*着重***粗**`码`~~划~~[链](a.md)[死](gone.md)  \n后\n")[0]["c"],
        json!([
            { "t": "text", "s": "前" },
            { "t": "em", "c": [{ "t": "text", "s": "着重" }] },
            { "t": "strong", "c": [{ "t": "text", "s": "粗" }] },
            { "t": "code", "s": "码" },
            { "t": "strike", "c": [{ "t": "text", "s": "划" }] },
            { "t": "link", "url": "https://www.example.gov.cn/a.md", "c": [{ "t": "text", "s": "链" }] },
            { "t": "link", "url": null, "c": [{ "t": "text", "s": "死" }] },
            { "t": "br" },
            { "t": "text", "s": "后" },
        ])
    );
}

#[test]
fn an_unsafe_address_is_text() {
    assert_eq!(tree("[点](javascript:alert)\n")[0]["c"][0]["url"], Value::Null);
}

#[test]
fn blocks_have_their_forms() {
    let found = tree(
        "## 标题\n\n> 引\n\n> [!记住]\n> 记\n\n3. 三\n4. 四\n\n- [x] 办\n\n术语\n: 释\n\n| 甲 | 乙 |\n|:--|--:|\n| 1 | 2 |\n\n---\n\n    let a = 1;\n",
    );
    let kinds: Vec<&str> = found.as_array().unwrap().iter().map(|b| b["t"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["h", "quote", "callout", "list", "list", "defs", "table", "rule", "code"]);
    assert_eq!(found[0]["level"], 2);
    assert_eq!((&found[2]["tone"], &found[2]["label"]), (&json!("remember"), &json!("记住")));
    assert_eq!((&found[3]["start"], &found[3]["tight"]), (&json!(3), &json!(true)));
    assert_eq!(found[4]["items"][0]["checked"], true);
    assert_eq!(found[5]["items"][0]["term"], json!([{ "t": "text", "s": "术语" }]));
    assert_eq!(found[6]["align"], json!(["left", "right"]));
    assert_eq!(found[6]["rows"][0][1], json!([{ "t": "text", "s": "2" }]));
    assert_eq!(found[8]["s"], "let a = 1;");
}

#[test]
fn the_title_alone_is_of_the_first_level() {
    let levels = |text: &str| -> Vec<u64> {
        tree(text).as_array().unwrap().iter().map(|b| b["level"].as_u64().unwrap()).collect()
    };
    assert_eq!(levels("# 一\n\n## 二\n"), [2, 3]);
    assert_eq!(levels("## 二\n\n### 三\n"), [2, 3]);
}

#[test]
fn numbers_lead_to_places() {
    let text = "一\n\n- 二\n\n> 三\n";
    let (found, content) = tree_with(text, &Site::default());
    let place = |block: &Value| {
        let at = usize::try_from(block["at"].as_u64().unwrap()).unwrap();
        text[content.spans[at].range()].trim().to_owned()
    };
    assert_eq!(place(&found["body"][0]), "一");
    assert_eq!(place(&found["body"][1]["items"][0]["blocks"][0]), "二");
    assert_eq!(place(&found["body"][2]["blocks"][0]), "三");
}

#[test]
fn pictures_are_named_once() {
    let (found, content) = tree_with(
        "![甲](a.jpg \"说明\")\n\n字![乙](b.jpg)和![甲](a.jpg)\n\n![丙](gone.jpg)\n",
        &Site::default(),
    );
    let body = &found["body"];
    assert_eq!(
        body[0],
        json!({ "t": "figure", "at": 0, "src": "/img-0.jpg", "alt": "甲", "title": "说明", "width": 1600, "height": 900 })
    );
    assert_eq!(body[1]["c"][1]["src"], "/img-1.jpg");
    assert_eq!(body[1]["c"][3]["src"], "/img-0.jpg");
    assert_eq!(body[2]["c"], json!([{ "t": "text", "s": "丙" }]));
    assert_eq!(content.files.keys().collect::<Vec<_>>(), ["/img-0.jpg", "/img-1.jpg"]);
}

#[test]
fn several_bodies_share_one_count() {
    let mut content = Content::new();
    let mut add = |text: &str| {
        let doc =
            markdown::parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut Sink::new());
        serde_json::to_value(content.body(&doc, &Site::default())).unwrap()
    };
    let (first, second) = (add("一\n\n![甲](a.jpg)\n"), add("二\n\n![乙](b.jpg)\n"));
    assert_eq!((&first["body"][1]["at"], &second["body"][0]["at"]), (&json!(1), &json!(2)));
    assert_eq!(second["body"][1]["src"], "/img-1.jpg");
}

#[test]
fn verse_has_readings_with_marks() {
    let site = Site { readings: BTreeMap::from([("曾溪".to_owned(), "zeng1 xi1".to_owned())]) };
    let (found, _) =
        tree_with("```verse\n【开场】\n打竹板，银行{xíng}走，\n曾溪村 96110 绿了（白）好！\n```\n", &site);
    let stanza = &found["body"][0]["stanzas"][0];
    assert_eq!(stanza["title"], "开场");
    let line = |at: usize| {
        let part = &stanza["lines"][at][0];
        assert_eq!(part["t"], "chars");
        let each = part["c"].as_array().unwrap().iter();
        each.map(|c| format!("{}{}", c["s"].as_str().unwrap(), c["p"].as_str().unwrap_or("-")))
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(line(0), "打dǎ 竹zhú 板bǎn ，- 银yín 行xíng 走zǒu ，-");
    assert!(
        line(1).starts_with("曾zēng 溪xī 村cūn  - 96110jiǔ liù yāo yāo líng  - 绿lǜ 了le"),
        "{}",
        line(1)
    );
    assert_eq!(stanza["lines"][1][1], json!({ "t": "aside", "s": "白" }));
}

#[test]
fn own_blocks_have_their_forms() {
    let found =
        tree("```qr\nhttps://www.example.gov.cn/\n扫一扫\n```\n\n```chart 2026\n```\n\n```chart gone\n```\n");
    assert_eq!(found.as_array().unwrap().len(), 2, "what cannot be shown is left out");
    assert_eq!((&found[0]["caption"], &found[0]["qr"]["size"]), (&json!("扫一扫"), &json!(29)));
    assert_eq!((&found[1]["src"], &found[1]["alt"]), (&json!("/img-0.svg"), &json!("一年比一年少")));
}

#[test]
fn raw_html_is_its_words() {
    assert_eq!(tree("<div>不<b>轻信</b></div>\n")[0]["c"], json!([{ "t": "text", "s": "不轻信" }]));
    assert_eq!(
        tree("前<u>中</u><br>后\n")[0]["c"],
        json!([{ "t": "text", "s": "前中" }, { "t": "br" }, { "t": "text", "s": "后" }])
    );
    assert_eq!(tree("<!-- 内部 -->\n"), json!([]));
}

#[test]
fn footnotes_follow() {
    let (found, _) = tree_with("正文[^1]。\n\n[^1]: 注。\n", &Site::default());
    assert_eq!(found["body"][0]["c"][1], json!({ "t": "fn", "n": 1 }));
    assert_eq!(found["footnotes"][0][0]["c"], json!([{ "t": "text", "s": "注。" }]));
}
