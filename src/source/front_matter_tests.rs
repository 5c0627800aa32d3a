//! Fences as they should be, and as Word makes them.

use super::*;
use proptest::prelude::*;

fn split(text: &str) -> (Option<Node>, &str, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let (node, body) = split_and_parse(FileId(0), text, &mut sink);
    (node, &text[body], sink.take())
}

fn title(node: &Node) -> Option<&str> {
    node.get(&["title", "标题"])?.text()
}

#[test]
fn well_written_files() {
    for (text, body) in [
        ("---\ntitle: 甲\n---\n正文\n", "正文\n"),
        ("---\r\ntitle: 甲\r\n---\r\n正文\r\n", "正文\r\n"),
        ("---  \ntitle: 甲\n---\t\n\n正文", "\n正文"),
        ("\n\n---\ntitle: 甲\n---\n", ""),
        ("---\ntitle: 甲\n---", ""),
        ("---\rtitle: 甲\r---\r正文", "正文"),
        ("---\ntitle: 甲\n---\n正文\n\n---\n\n又一段", "正文\n\n---\n\n又一段"),
    ] {
        let (node, rest, found) = split(text);
        assert_eq!((title(&node.expect("there")), rest, found), (Some("甲"), body, vec![]), "{text:?}");
    }
}

#[test]
fn bodies_without_front_matter() {
    for text in [
        "",
        "\n",
        "正文\n",
        "# 标题\n\n---\n",
        "----\n\n正文",
        "———\n\n正文",
        "时间：今晚\n地点：院坝\n",
        "标题：一句话而已",
    ] {
        let (node, body, found) = split(text);
        assert_eq!((node, body, found), (None, text, vec![]), "{text:?}");
    }
}

#[test]
fn an_unclosed_fence_says_where_it_belongs() {
    for (text, marked, body) in [
        (
            "---\ntitle: 甲\ntags:\n  - 一\n# 说明\nkind: tip\n\n正文第一段。\n\n第二段\n",
            "",
            "\n正文第一段。\n\n第二段\n",
        ),
        ("---\ntitle: 甲\n正文紧跟着。\n", "正文紧跟着。", "正文紧跟着。\n"),
        ("---\ntitle: 甲\n\n## 小标题\n\n- 一\n", "", "\n## 小标题\n\n- 一\n"),
    ] {
        let (node, rest, found) = split(text);
        assert_eq!(found.len(), 1, "{found:?}");
        let span = found[0].primary.expect("a place");
        assert_eq!((found[0].code, &text[span.range()], rest), (codes::UNCLOSED_FRONT_MATTER, marked, body));
        assert_eq!(&text[found[0].related[0].span.range()], "---");
        assert_eq!(title(&node.expect("read as far as it goes")), Some("甲"));
    }
    let (_, _, found) = split("---\ntitle: 甲\n");
    assert_eq!(found[0].primary.expect("a place").range(), 4..14);
    let (node, _, found) = split("---");
    assert_eq!((found.len(), node.map(|node| node.kind)), (1, Some(NodeKind::Map(vec![]))));
}

#[test]
fn fences_of_other_signs_are_named_once_and_read() {
    for (text, fence) in [
        ("－－－\ntitle: 甲\n－－－\n正文", "－－－"),
        ("———\ntitle: 甲\n———\n正文", "———"),
        ("—\n标题: 甲\n—\n正文", "—"),
        ("---\ntitle: 甲\n－－－\n正文", "－－－"),
        ("---\ntitle: 甲\n----\n正文", "----"),
        ("--\ntitle: 甲\n--\n正文", "--"),
        (" ---\ntitle: 甲\n---\n正文", "---"),
    ] {
        let (node, body, found) = split(text);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].code, found[0].message.id), (codes::UNCLOSED_FRONT_MATTER, "wrong-fence"));
        assert_eq!(&text[found[0].primary.expect("a place").range()], fence);
        assert_eq!((title(&node.expect("read")), body), (Some("甲"), "正文"), "{text}");
    }
}

#[test]
fn a_lost_first_fence_is_named() {
    for text in
        ["title: 甲\nkind: tip\n---\n正文", "标题：甲\n---\n正文", "标题: 甲\n日期: 2026-01-01\n\n正文"]
    {
        let (node, _, found) = split(text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].message.id, "front-matter-not-opened");
        assert_eq!(node.map(|node| node.kind), Some(NodeKind::Null));
    }
}

#[test]
fn other_findings_come_in_the_same_run() {
    let (node, body, found) = split("---\n标题：甲\ntags: ［反诈，老人］\n---\n正文");
    let ids: Vec<_> = found.iter().map(|one| one.message.id).collect();
    assert_eq!(ids, ["full-width-colon", "full-width-sign"]);
    assert_eq!((title(&node.expect("read")), body), (Some("甲"), "正文"));
}

proptest! {
    #[test]
    fn the_body_is_the_end_of_the_text(text in "(---|－－－|\r?\n|title: 甲|- 一|正文| |\\PC){0,16}") {
        let (_, body, found) = split(&text);
        prop_assert!(text.ends_with(body));
        for finding in found {
            prop_assert!(text.get(finding.primary.expect("a place").range()).is_some());
        }
    }
}

#[test]
fn the_default_site_is_read_without_a_finding() {
    let texts = crate::world::embedded_site().iter();
    for (path, bytes) in texts.filter(|(path, _)| matches!(path.extension(), Some("md" | "yaml"))) {
        let text = crate::world::decode::decode(bytes).expect("UTF-8").text;
        let mut sink = Sink::new();
        if path.extension() == Some("yaml") {
            parse_yaml(FileId(0), &text, &mut sink);
        } else {
            let (node, body) = split_and_parse(FileId(0), &text, &mut sink);
            assert!(node.is_some_and(|node| title(&node).is_some()), "{path} has a title");
            assert!(!text[body].trim().is_empty() || path.file_name() == "_index.md", "{path} has a body");
        }
        assert_eq!(sink.found(), [], "{path}");
    }
}
