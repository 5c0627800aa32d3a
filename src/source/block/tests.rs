use crate::diag::{FileId, Sink};
use crate::source::doc::{Block, BlockKind, Stanza, VersePart};
use crate::source::markdown::{MarkdownOptions, parse};

fn blocks(text: &str) -> (Vec<Block>, Sink) {
    let mut sink = Sink::new();
    let doc = parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    (doc.blocks, sink)
}

/// The message, the text it points at, and the hint of the only finding; the block stays code.
fn refused(text: &str) -> (&'static str, &str, String) {
    let (blocks, mut sink) = blocks(text);
    let found = sink.take();
    assert_eq!(found.len(), 1, "{text}: {found:?}");
    assert_eq!(found[0].code.id, "F426");
    assert!(matches!(blocks[0].kind, BlockKind::Code { .. }), "{text}: {blocks:?}");
    let span = found[0].primary.expect("it has a place");
    let hint = found[0].hint.clone().expect("it has a hint");
    let mend = hint.args.iter().find(|(k, _)| *k == "mend").map(|(_, v)| v.clone()).unwrap_or_default();
    (found[0].message.id, &text[span.range()], mend)
}

#[test]
fn verse_has_stanzas_titles_asides_and_readings() {
    let text = "> ```快板\n> 【开场】\n> （白）竹板响，\n> 银行{háng}卡\n>\n> 莫外借\n> ```";
    let (blocks, sink) = blocks(text);
    assert!(sink.found().is_empty(), "{:?}", sink.found());
    let BlockKind::Quote(inside) = &blocks[0].kind else { panic!("{blocks:?}") };
    let BlockKind::Verse(verse) = &inside[0].kind else { panic!("{inside:?}") };
    let [Stanza { title: Some(title), lines }, Stanza { title: None, lines: second }] =
        verse.stanzas.as_slice()
    else {
        panic!("{verse:?}")
    };
    assert_eq!((title.value.as_str(), &text[title.span.range()]), ("开场", "开场"));
    assert_eq!(lines[0].parts, [VersePart::Aside("白".into()), VersePart::Text("竹板响，".into())]);
    assert_eq!(&text[lines[1].span.range()], "银行{háng}卡");
    let reading = VersePart::Reading { character: '行', reading: "háng".into() };
    assert_eq!(lines[1].parts, [VersePart::Text("银".into()), reading, VersePart::Text("卡".into())]);
    assert_eq!(&text[second[0].span.range()], "莫外借");
}

#[test]
fn bad_verse_is_refused_at_the_place() {
    assert_eq!(refused("```verse\n银行{háng卡\n```").1, "{");
    assert_eq!(refused("```verse\n银行{杭}卡\n```").1, "{杭}");
    assert_eq!(refused("```verse\na{háng}\n```").1, "{háng}");
    assert_eq!(refused("```verse\n\n```").0, "block-verse-empty");
}

#[test]
fn contact_cards_are_read() {
    let (found, sink) = blocks(
        "```联系\n姓名: \"罗 某\" \n职责: 包村民警 # 注\n电话: 0857-1234567\nareas:\n  - 水西村\n  - '莲城'\n```",
    );
    assert!(sink.found().is_empty(), "{:?}", sink.found());
    let BlockKind::Contact(card) = &found[0].kind else { panic!("{found:?}") };
    assert_eq!((card.name.as_str(), card.duty.as_deref()), ("罗 某", Some("包村民警")));
    assert_eq!(card.phone.as_deref(), Some("0857-1234567"));
    assert_eq!(card.areas, ["水西村", "莲城"]);
}

#[test]
fn bad_contact_cards_are_refused_with_the_mend() {
    assert_eq!(
        refused("```contact\nname：罗某\n```"),
        ("block-contact-colon", "name：罗某", "name: 罗某".into())
    );
    assert_eq!(
        refused("```contact\nname: 罗某\nphne: 110\n```"),
        ("block-contact-key", "phne: 110", "phone".into())
    );
    assert_eq!(refused("```contact\nname: 罗某\nname: 李某\n```").0, "block-contact-twice");
    assert_eq!(refused("```contact\nphone: 110\n```").0, "block-contact-name");
    assert_eq!(refused("```contact\nname: 罗某\n随便写\n```").1, "随便写");
}

#[test]
fn datasets_have_one_name() {
    let text = "```table 月报\n```\n\n```图 纠纷\n```";
    let (found, sink) = blocks(text);
    assert!(sink.found().is_empty(), "{:?}", sink.found());
    let (BlockKind::DataTable(table), BlockKind::DataChart(chart)) = (&found[0].kind, &found[1].kind) else {
        panic!("{found:?}")
    };
    assert_eq!((table.value.as_str(), &text[table.span.range()]), ("月报", "月报"));
    assert_eq!((chart.value.as_str(), &text[chart.span.range()]), ("纠纷", "纠纷"));
    assert_eq!(refused("```table\n```").1, "```table");
    assert_eq!(refused("```chart a b\n```").1, "a b");
    assert_eq!(refused("```chart a\n\n1,2\n```").1, "1,2");
}

#[test]
fn qr_codes_have_an_address() {
    let text = "```qr\n  https://a.cn/b\n扫码\n看全文\n```";
    let (found, _) = blocks(text);
    let BlockKind::Qr { address, caption } = &found[0].kind else { panic!("{found:?}") };
    assert_eq!((address.value.as_str(), caption.as_str()), ("https://a.cn/b", "扫码 看全文"));
    assert_eq!(&text[address.span.range()], "https://a.cn/b");
    assert_eq!(refused("```qr\n扫码\n```").1, "扫码");
    assert_eq!(refused("```qr\njavascript:x\n```").1, "javascript:x");
    assert_eq!(refused("```qr\n```").1, "qr");
}

#[test]
fn other_fences_stay_code() {
    for text in ["```rust\nx\n```", "```\nverse\n```", "    verse", "```verses\nx\n```"] {
        let (found, sink) = blocks(text);
        assert!(matches!(found[0].kind, BlockKind::Code { .. }), "{found:?}");
        assert!(sink.found().is_empty());
    }
}
