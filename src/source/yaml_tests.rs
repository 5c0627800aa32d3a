//! Places, texts as written, and every slip that staff have been seen to make.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> (Node, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let node = parse_yaml(FileId(0), text, &mut sink);
    (node, sink.take())
}

fn good(text: &str) -> Node {
    let (node, found) = read(text);
    assert_eq!(found, [], "{text}");
    node
}

/// `laws[0].article` → the node and what its span marks.
fn at<'n>(node: &'n Node, path: &str) -> &'n Node {
    path.split(['.', '[']).fold(node, |node, step| match &node.kind {
        NodeKind::Map(entries) => &entries.iter().find(|(key, _)| key.value == step).expect("the key").1,
        NodeKind::List(items) => &items[step.trim_end_matches(']').parse::<usize>().expect("an index")],
        _ => panic!("nothing below a scalar"),
    })
}

/// Every finding as `code id "marked text"`.
fn said(text: &str) -> Vec<String> {
    let (_, found) = read(text);
    found
        .iter()
        .map(|one| {
            let span = one.primary.expect("a place");
            let hint = one.hint.as_ref().map_or("", |hint| hint.id);
            format!("{} {} {:?} {hint}", one.code, one.message.id, &text[span.range()])
        })
        .collect()
}

const BULLETIN: &str = "\
title: 刷单返利，都是骗局   # 标题
date: 2026-11-23
slug: 007
phone: 0000-7110110
是否: 是
empty:
laws:
  - name: 《反电信网络诈骗法》
    article: \"第十四条\"
  - {name: 民法典, article: '第一条'}
tags: [反诈, 老人 , ]
remember:
- 不转账
- 先核实
summary: |
  第一行
  第二行

folded: 一行
  接着一行
";

#[test]
fn texts_stay_as_written() {
    let node = good(BULLETIN);
    for (path, text) in [
        ("title", "刷单返利，都是骗局"),
        ("date", "2026-11-23"),
        ("slug", "007"),
        ("phone", "0000-7110110"),
        ("是否", "是"),
        ("laws[0].article", "第十四条"),
        ("laws[1].name", "民法典"),
        ("tags[1]", "老人"),
        ("remember[1]", "先核实"),
        ("summary", "第一行\n第二行\n"),
        ("folded", "一行 接着一行"),
    ] {
        assert_eq!(at(&node, path).text(), Some(text), "{path}");
    }
    assert_eq!(at(&node, "empty").kind, NodeKind::Null);
    let node = good(
        "a: no\nb: true\nc: 12345\nd: 1_000\ne: 0x1F\nf: 12:30:45\ng: .5\nh: 1e3\ni: 'null'\nj: NULL\nk: ~\n",
    );
    for (key, text) in [
        ("a", "no"),
        ("b", "true"),
        ("c", "12345"),
        ("d", "1_000"),
        ("e", "0x1F"),
        ("f", "12:30:45"),
        ("g", ".5"),
        ("h", "1e3"),
        ("i", "null"),
    ] {
        assert_eq!(at(&node, key).text(), Some(text));
    }
    assert_eq!((&at(&node, "j").kind, &at(&node, "k").kind), (&NodeKind::Null, &NodeKind::Null));
}

#[test]
fn spans_mark_what_a_reader_would() {
    let node = good(BULLETIN);
    let marked = |path: &str| &BULLETIN[at(&node, path).span.range()];
    assert_eq!(marked("title"), "刷单返利，都是骗局");
    assert_eq!(
        marked("laws"),
        "- name: 《反电信网络诈骗法》\n    article: \"第十四条\"\n  - {name: 民法典, article: '第一条'}"
    );
    assert_eq!(marked("laws[0]"), "name: 《反电信网络诈骗法》\n    article: \"第十四条\"");
    assert_eq!(marked("laws[0].article"), "\"第十四条\"");
    assert_eq!(marked("laws[1]"), "{name: 民法典, article: '第一条'}");
    assert_eq!(marked("laws[1].article"), "'第一条'");
    assert_eq!(marked("tags"), "[反诈, 老人 , ]");
    assert_eq!(marked("tags[1]"), "老人");
    assert_eq!(marked("remember"), "- 不转账\n- 先核实");
    assert_eq!(marked("folded"), "一行\n  接着一行");
    assert!(marked("summary").ends_with("第二行"), "{:?}", marked("summary"));
    assert_eq!(marked("empty"), "");
    let empty = at(&node, "empty").span.range().start;
    assert!(BULLETIN[..empty].ends_with("empty:") || BULLETIN[..empty].ends_with("empty"), "{empty}");
    let NodeKind::Map(entries) = &node.kind else { panic!("a mapping") };
    assert!(entries.iter().all(|(key, _)| BULLETIN[key.span.range()] == key.value));
}

#[test]
fn an_offset_moves_all_places() {
    let text = "---\n标题: 防骗\n---\n正文";
    let mut sink = Sink::new();
    let range = 4..text.find("\n---\n正").expect("there") + 1;
    let node = parse_range(FileId(3), text, range, &mut sink);
    assert_eq!(&text[at(&node, "标题").span.range()], "防骗");
    assert_eq!(at(&node, "标题").span.file, FileId(3));
}

#[test]
fn empty_files_are_empty_mappings() {
    for text in ["", "\n", "# 只有说明\n", "---\n", "~"] {
        assert_eq!(good(text).kind, NodeKind::Map(Vec::new()), "{text:?}");
    }
}

#[test]
fn a_key_twice_names_both_lines() {
    let text = "title: 甲\ndate: 2026-01-01\ntitle: 乙\n";
    let (node, found) = read(text);
    assert_eq!(said(text), [r#"F406 duplicate-key "title" duplicate-key-hint"#]);
    assert_eq!(found[0].message.args, [("key", "title".to_owned()), ("line", "1".to_owned())]);
    assert_eq!(found[0].related[0].span.range(), 0..5);
    assert_eq!(at(&node, "title").text(), Some("甲"), "the first one counts");
}

#[test]
fn full_width_colons_are_named_and_the_rest_is_read() {
    let text = "标题：谨防刷单\ndate: 2026-01-01\n类型：tip\n";
    assert_eq!(
        said(text),
        [
            r#"F405 full-width-colon "：" full-width-colon-hint"#,
            r#"F405 full-width-colon "：" full-width-colon-hint"#
        ]
    );
    let (node, found) = read(text);
    assert_eq!(at(&node, "标题").text(), Some("谨防刷单"));
    assert_eq!(&text[at(&node, "标题").span.range()], "谨防刷单");
    assert_eq!(at(&node, "类型").text(), Some("tip"));
    let hint = found[0].hint.as_ref().expect("a mend");
    assert_eq!(hint.args, [("key", "标题".to_owned()), ("value", "谨防刷单".to_owned())]);
    let (node, found) = read("标题：只有一行");
    assert_eq!((found.len(), at(&node, "标题").text()), (1, Some("只有一行")));
    let (node, found) = read("标题：防骗: 三招\nkind: tip\n");
    assert_eq!((found[0].code, at(&node, "标题").text()), (codes::FULL_WIDTH_COLON, Some("防骗: 三招")));
    assert_eq!(said("laws:\n  - name：民法典\n").len(), 1);
    assert_eq!(said("laws:\n  - 名称：民法典\n    条文：第一条\n").len(), 1);
    assert_eq!(
        said("laws:\n  - name: 民法典\n    article：第一条\n"),
        [r#"F405 full-width-colon "：" full-width-colon-hint"#]
    );
}

#[test]
fn full_width_colons_in_sentences_are_text() {
    for text in [
        "title: 提醒：不要转账\n",
        "remember:\n  - 记住：不转账\n  - 先核实\n",
        "summary: |\n  时间：今晚\n  地点：院坝\n",
        "summary: 通知如下\n  时间：今晚\n",
        "title: \"时间：今晚\"\n",
        "title: 第一行 # 注：这是说明\n",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn other_full_width_signs_are_named() {
    assert_eq!(said("tags: ［反诈，老人］\n"), [r#"F405 full-width-sign "［" full-width-sign-hint"#]);
    assert_eq!(said("tags: [反诈，老人]\n"), [r#"F405 full-width-sign "，" full-width-sign-hint"#]);
    assert_eq!(said("tags: [反诈、老人]\n"), [r#"F405 full-width-sign "、" full-width-sign-hint"#]);
    assert_eq!(
        said("tags: [反诈, 老人］\ndate: 2026-01-01\n"),
        [r#"F405 full-width-sign "］" full-width-sign-hint"#]
    );
    assert_eq!(
        said("title: \"防骗”\ndate: 2026-01-01\n"),
        [r#"F405 full-width-sign "”" full-width-sign-hint"#]
    );
    assert_eq!(said("phone: “0831-7110110”\n"), [r#"F405 full-width-sign "“" full-width-sign-hint"#]);
    for text in [
        "title: “反诈”进校园\n",
        "title: “反诈”\n",
        "title: 【通知】停水\n",
        "remember: [不听，不信, 不转账]\n",
        "tags: ['反诈，老人']\n",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tabs_and_odd_spaces_are_named_and_the_rest_is_read() {
    let text = "laws:\n\t- name: 民法典\n\t  article: 第一条\n";
    let expected = r#"F407 tab-indent "\t" tab-indent-hint"#;
    assert_eq!(said(text), [expected, expected]);
    assert_eq!(at(&read(text).0, "laws[0].article").text(), Some("第一条"));
    let text = "laws:\n　- name: 民法典\n";
    assert_eq!(said(text), ["F407 odd-space \"\\u{3000}\" odd-space-hint"]);
    assert_eq!(at(&read(text).0, "laws[0].name").text(), Some("民法典"));
    assert_eq!(said("\u{200b}title: 甲\n").len(), 1);
}

#[test]
fn syntax_errors_point_at_the_line_to_change() {
    for (text, expected) in [
        ("title: 注意: 防骗\n", r#"F407 yaml-syntax "title: 注意: 防骗" yaml-quote-it-hint"#),
        (
            "title: \"防骗\ndate: 2026-01-01\nkind: tip\n",
            r#"F407 yaml-syntax "title: \"防骗" yaml-quotes-hint"#,
        ),
        ("title: \"双十一\"来了\n", r#"F407 yaml-syntax "title: \"双十一\"来了" yaml-inner-quotes-hint"#),
        ("unit:\n  name: 甲\n phone: 乙\n", r#"F407 yaml-syntax "phone: 乙" yaml-indent-hint"#),
        (
            "areas:\n  - {code: a, name: 甲\n  - {code: b, name: 乙}\n",
            r#"F407 yaml-syntax "- {code: a, name: 甲" yaml-brackets-hint"#,
        ),
        ("tags: #反诈 #网购\n", r##"F407 lost-comment "#反诈 #网购" lost-comment-hint"##),
        ("tags: [反诈\ndate: 2026-01-01\n", r#"F407 yaml-syntax "tags: [反诈" yaml-brackets-hint"#),
        ("title: @全体居民\n", r#"F407 yaml-syntax "title: @全体居民" yaml-quote-it-hint"#),
        ("title: *注意*\n", r#"F407 yaml-syntax "title: *注意*" yaml-quote-it-hint"#),
        ("title: !重要 停水\n", r#"F407 yaml-syntax "title: !重要 停水" yaml-quote-it-hint"#),
        ("title: !!str 停水\n", r#"F407 yaml-tag "!!str 停水" yaml-quote-it-hint"#),
        ("title:防骗\n", r#"F407 yaml-no-keys "title:防骗" yaml-space-hint"#),
        ("date: 2026-01-01\ntitle:防骗\n", r#"F407 yaml-syntax "title:防骗" yaml-space-hint"#),
        ("date: 2026-01-01\n谨防刷单\n", r#"F407 yaml-syntax "谨防刷单" yaml-no-colon-hint"#),
        ("只是一段话\n", r#"F407 yaml-no-keys "只是一段话" yaml-no-colon-hint"#),
        ("title: 第 #3 期\n", r##"F407 lost-comment "#3 期" lost-comment-hint"##),
        ("a: 1\n---\nb: 2\n", r#"F407 yaml-second-document "---" yaml-second-document-hint"#),
        ("? [a, b]\n: c\n", r#"F407 yaml-key "[a, b]" yaml-key-hint"#),
    ] {
        assert_eq!(said(text), [expected], "{text}");
    }
    assert_eq!(said("title: 甲 # 说明\n# 说明\nb: '#3'\nc: a#b\n"), Vec::<String>::new());
}

#[test]
fn bombs_are_refused() {
    let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    assert!(said(laughs)[0].starts_with("F407 yaml-alias"));
    assert!(said("<<: *base\n")[0].starts_with("F407 yaml-syntax"));
    let deep = format!("a: {}", "[".repeat(60_000));
    assert!(said(&deep)[0].starts_with("F412 yaml-too-deep"), "{:?}", said(&deep)[0].get(..40));
    let deep: String = (0..100).flat_map(|depth| [" ".repeat(depth), "k:\n".to_owned()]).collect();
    assert!(said(&deep)[0].starts_with("F412 yaml-too-deep"));
    let mut sink = Sink::new();
    let large = format!("a: {}", "字".repeat(MAX_FRONT_MATTER / 3));
    parse_range(FileId(0), &large, 0..large.len(), &mut sink);
    assert_eq!(sink.found()[0].code, codes::TOO_LARGE);
    assert_eq!(good(&large).kind, read(&large).0.kind, "a whole file may be longer");
    let many: String =
        (0..40_000).flat_map(|key| ["k".to_owned(), key.to_string(), ": 1\n".to_owned()]).collect();
    assert_eq!(said(&many), Vec::<String>::new());
}

/// Checks that children lie in their parents and that plain scalars are marked exactly.
fn check(node: &Node, text: &str) {
    let inside =
        |child: Span| assert!(node.span.start <= child.start && child.end <= node.span.end, "{text:?}");
    match &node.kind {
        NodeKind::Map(entries) => {
            for (key, value) in entries {
                inside(key.span);
                inside(value.span);
                check(value, text);
            }
        }
        NodeKind::List(items) => {
            for item in items {
                inside(item.span);
                check(item, text);
            }
        }
        NodeKind::Scalar(value) => {
            let marked = &text[node.span.range()];
            if !marked.starts_with(['"', '\'', '|', '>']) && !marked.contains(['\n', '\r']) {
                assert_eq!(marked, value);
            }
        }
        NodeKind::Null => {}
    }
}

proptest! {
    #[test]
    fn nothing_panics_and_places_hold(text in "([a-c]{1,2}: ?|标题：|- |[\\[\\]{},，\"'#&*!|>:：\t]|  |\r?\n|字|三 ){0,24}") {
        let (node, found) = read(&text);
        for finding in &found {
            let span = finding.primary.expect("a place");
            prop_assert!(text.get(span.range()).is_some());
        }
        check(&node, &text);
    }
}
