//! The rules over small sites in memory.

use crate::diag::{Catalogue, Diagnostic, Files, Language, Level, Sink};
use crate::lint::gate;
use crate::model::Model;
use crate::model::collect::{Options, collect};
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache, OutPath};
use std::collections::BTreeSet;

mod attached;
mod office;
mod planted;

pub const SETTINGS: &str = "title: 清水镇派出所\nbase_url: https://www.example.gov.cn/\n\
    areas:\n  - {code: longtan, name: 龙潭村}\n\
    unit: {name: 清水镇派出所, organiser: 清水县公安局, operator: 所里, phone: 0000-7110110, icp: 无, police_record: none, \
    site_id: 无, error_report: /tips/}\n";

/// A site with settings and two bulletins to link to.
pub fn site() -> MemoryWorld {
    MemoryWorld::new("2026-11-23T04:00:00Z".parse().unwrap())
        .with("content/site.yaml", SETTINGS)
        .with("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\n---\n")
        .with(
            "content/tips/shua-dan.md",
            "---\ntitle: 刷单\ndate: 2026-11-01\n---\n## 怎么骗 {#how}\n\n正文。\n",
        )
        .with("content/pages/phone.md", "---\ntitle: 电话\n---\n正文。\n")
}

/// A bulletin with a body.
fn body(text: &str) -> String {
    format!("---\ntitle: 高温\n---\n{text}\n")
}

pub struct Outcome {
    model: Model,
    found: Vec<Diagnostic>,
    pub passed: bool,
}

impl Outcome {
    /// Code, level and the text under the caret of each finding.
    pub fn found(&self) -> Vec<(&str, Level, &str)> {
        let text = |one: &Diagnostic| {
            one.primary.map_or("", |span| &self.model.sources.text(span.file)[span.range()])
        };
        self.found.iter().map(|one| (one.code.id, one.level, text(one))).collect()
    }

    pub fn codes(&self) -> Vec<&str> {
        self.found.iter().map(|one| one.code.id).collect()
    }

    /// Message and hint in Chinese.
    pub fn words(&self) -> String {
        let said = |one: &Diagnostic| {
            let catalogue = Catalogue::of(Language::Zh);
            format!(
                "{} {}",
                catalogue.format(&one.message),
                one.hint.as_ref().map_or_else(String::new, |hint| catalogue.format(hint))
            )
        };
        self.found.iter().map(said).collect::<Vec<_>>().join("\n")
    }
}

pub fn check(world: &MemoryWorld) -> Outcome {
    let mut sink = Sink::new();
    let model = collect(world, &Memo::off(), &Options::default(), &mut sink);
    let statistics = crate::statistics::protect::protect(&model, &NoCache, &mut sink);
    let addresses =
        model.entries.iter().map(|entry| &entry.address).chain(model.sections.iter().map(|s| &s.address));
    let planned: BTreeSet<OutPath> =
        addresses.map(|address| OutPath::new(&format!("{}index.html", &address[1..])).unwrap()).collect();
    let passed = gate::check(&model, &planned.iter().collect::<Vec<_>>(), &statistics, &mut sink).is_ok();
    let mut found = sink.take();
    // The bulletins of these tests have no dates, which `tests/rules.rs` has an example of.
    found.retain(|one| one.message.id != "no-date");
    found.sort_by_key(|one| (one.code, one.primary));
    Outcome { model: model.model, found, passed }
}

fn check_body(text: &str) -> Outcome {
    check(&site().with("content/tips/a.md", body(text)))
}

#[test]
fn a_clean_site_passes() {
    let outcome = check_body("请打96110，见[刷单](shua-dan.md#how)。");
    assert!(outcome.passed && outcome.found.is_empty(), "{:?}", outcome.found);
}

#[test]
fn personal_data_is_found_wherever_it_stands() {
    let cases: &[(&str, &str)] = &[
        ("打138**1234**5678。", "138**1234**5678"),
        ("打138\n1234\n5678。", "138\n1234\n5678"),
        ("打138<b>1234</b>5678。", "138<b>1234</b>5678"),
        ("![群主13812345678](a.png)", "13812345678"),
        ("[字](tel:+8613812345678)", "+8613812345678"),
        ("[字](tel:138%201234%205678)", "138%201234%205678"),
        ("[字](/tips/ \"138-1234-5678\")", "138-1234-5678"),
        ("`138 1234 5678`", "138 1234 5678"),
        ("```\n电话\n13812345678\n```", "13812345678"),
        ("| 姓名 | 电话 |\n|---|---|\n| 吴某 | 13812345678 |", "13812345678"),
        ("> - 电话1381234\\\n>   5678", "1381234\\\n>   5678"),
        ("<!-- 13812345678 -->", "13812345678"),
        ("<p>电话138<b>1234</b>&nbsp;5678</p>", "138<b>1234</b>&nbsp;5678"),
        ("<p title=\"13812345678\">字</p>", "13812345678"),
        ("&#49;3812345678", "&#49;3812345678"),
        ("字[^1]\n\n[^1]: 13812345678", "13812345678"),
        ("```contact\nname: 陈警官\nphone: 138 1234 5678\n```", "138 1234 5678"),
        ("```verse\n我的电话你记牢，\n幺三八 幺二三四 五六七八\n```", "幺三八 幺二三四 五六七八"),
        ("```qr\nhttps://a.cn/?t=13812345678\n加我\n```", "13812345678"),
        ("*身份证*５２０５９９１９８５０７１２１２３Ｘ", "５２０５９９１９８５０７１２１２３Ｘ"),
        ("卡6217 9999 9999 9999 998", "6217 9999 9999 9999 998"),
    ];
    for (text, wanted) in cases {
        let outcome = check_body(text);
        let found: Vec<&str> =
            outcome.found().iter().filter(|(code, ..)| *code == "P101").map(|(.., text)| *text).collect();
        assert_eq!(found, [*wanted], "{text}");
        assert!(!outcome.passed);
    }
}

#[test]
fn personal_data_in_front_matter_names_and_sections() {
    let outcome = check(&site().with(
        "content/tips/a.md",
        "---\ntitle: 高温 # 13900000000\nsummary: \"打138 1234 5678\"\n---\n正文。\n",
    ));
    assert_eq!(outcome.found(), [("P101", Level::Forbid, "138 1234 5678")]);
    assert_eq!(outcome.found[0].kind, Some("phone"));
    assert!(
        outcome.words().contains("138****5678") && !outcome.words().contains("1234"),
        "{}",
        outcome.words()
    );
    let outcome = check(
        &site().with("content/tips/a.md", "---\ntitle: \"高温\\u0031\\u0033812345678\"\n---\n正文。\n"),
    );
    assert_eq!(outcome.codes(), ["P101"]);
    let outcome = check(&site().with("content/tips/13812345678.md", body("正文。")));
    assert_eq!(outcome.codes(), ["P101"]);
    let outcome = check(
        &site().with("content/law/_index.md", "---\ntitle: 普法\nsummary: 问13812345678\n---\n13912345678\n"),
    );
    assert_eq!(outcome.codes(), ["P101", "P101", "R511"]);
    let outcome =
        check(&site().with("content/words/scams.yaml", "scams:\n  - {name: 刷单, about: 打13812345678}\n"));
    assert_eq!(outcome.codes(), ["P101"]);
}

#[test]
fn personal_data_cannot_be_let_pass() {
    for word in ["P101", "personal-data"] {
        let world = site().with("content/site.yaml", format!("{SETTINGS}lints: {{{word}: warn}}\n"));
        let outcome = check(&world.with("content/tips/a.md", body("13812345678")));
        assert_eq!(outcome.codes(), ["F408", "P101"]);
        assert!(outcome.found[1].level == Level::Forbid && !outcome.passed);
        let allow =
            format!("---\ntitle: 高温\nallow:\n  - {{code: {word}, reason: 想发}}\n---\n13812345678\n");
        let outcome = check(&site().with("content/tips/a.md", allow));
        assert_eq!(outcome.codes(), ["F431", "P101"]);
        assert!(!outcome.passed && outcome.words().contains("不能用 allow 放过"), "{}", outcome.words());
    }
}

#[test]
fn levels_are_set_by_code_and_by_name() {
    let with = |lints: &str| {
        let world = site().with("content/site.yaml", format!("{SETTINGS}lints: {{{lints}}}\n"));
        check(&world.with("content/tips/a.md", body("[字](nirgends.md)")))
    };
    assert!(!with("L302: warn").passed);
    assert!(with("L301: warn").passed && with("broken-link: warn").passed && with("l301: warn").passed);
    assert_eq!(with("L301: allow").codes(), [""; 0]);
    assert_eq!(with("L399: warn").codes(), ["F408", "L301"]);
}

#[test]
fn allow_lets_pass_what_it_names() {
    let with = |settings: &str, allow: &str, text: &str| {
        let world = site().with("content/site.yaml", format!("{SETTINGS}{settings}"));
        check(
            &world.with("content/tips/a.md", format!("---\ntitle: 高温\nallow:\n  - {allow}\n---\n{text}\n")),
        )
    };
    let link = "[字](nirgends.md)";
    assert!(with("", "{code: L301, reason: 下周补上}", link).found.is_empty());
    assert!(with("", "{code: broken-link, reason: 下周补上}", &format!("{link} {link}")).found.is_empty());
    assert_eq!(with("", "{code: L302, reason: 下周补上}", link).codes(), ["F431", "L301"]);
    assert_eq!(with("", "{code: L999, reason: 下周补上}", "字").codes(), ["F431"]);
    assert_eq!(with("", "{code: L301}", link).codes(), ["F408", "L301"], "a reason is needed");
    // What the whole station forbids, a bulletin cannot let pass.
    assert_eq!(
        with("lints: {L301: forbid}\n", "{code: L301, reason: 下周补上}", link).codes(),
        ["F431", "L301"]
    );
    let world = site()
        .with("content/tips/a.md", "---\ntitle: 甲\nallow:\n  - {code: L301, reason: 乙}\n---\n[字](x.md)\n");
    assert_eq!(check(&world.with("content/tips/b.md", body(link))).codes(), ["L301"], "only its own file");
}

#[test]
fn bulletins_that_are_held_back_keep_nobody_waiting() {
    let world = site().with("content/tips/a.md", "---\ntitle: 甲\ndraft: true\nschlecht: 1\n---\n");
    let outcome = check(&world);
    assert_eq!(outcome.codes(), ["F401"]);
    assert!(outcome.passed && outcome.found[0].level == Level::Warn);
}

#[test]
fn broken_links_name_what_was_meant() {
    let said = |text: &str, wanted: &str| {
        let outcome = check_body(text);
        assert_eq!(outcome.codes(), ["L301"], "{text}");
        assert!(outcome.words().contains(wanted), "{text}: {}", outcome.words());
    };
    said("[字](phones.md)", "最接近的文件是 content/pages/phone.md");
    said("[字](phone.md)", "最接近的文件是 content/pages/phone.md");
    said("[字](/tips/shuadan/)", "最接近的网址是 /tips/shua-dan/");
    said("[字](../../../x.md)", "请核对文件名");
    said("[字](shua-dan.md#hoe)", "最接近的是“#how”");
    said("[字](#nichts)", "没有“#nichts”这个位置");
    said("<a href=\"/nirgends/\">字</a>", "没有去处");
    said("<a href=\"shua-dan.md\">字</a>", "发布后打不开");
    for fine in [
        "[字](shua-dan.md)",
        "[字](./shua-dan.md#how)",
        "[字](/tips/shua-dan/#how)",
        "[字](/tips/shua-dan)",
        "[字](../pages/phone.md)",
        "[字](/tips/)",
        "[字](../tips)",
        "## 题 {#ti}\n\n[字](#ti)[字](#)[字](#top)",
        "https://www.example.com/nirgends",
        "[字](tel:110)",
        "<a href=\"/tips/\">字</a>",
    ] {
        assert_eq!(check_body(fine).codes(), [""; 0], "{fine}");
    }
}

#[test]
fn links_to_what_is_held_back_say_why() {
    let world = site()
        .with("content/tips/a.md", body("[甲](b.md)[乙](c.md)[丙](d.md)"))
        .with("content/tips/b.md", "---\ntitle: 甲\ndraft: true\n---\n")
        .with("content/tips/c.md", "---\ntitle: 乙\npublish: 2026-12-01\n---\n")
        .with("content/tips/d.md", "---\ntitle: 丙\nexpires: 2026-11-01\n---\n正文。\n");
    let outcome = check(&world);
    assert_eq!(outcome.codes(), ["L301", "L301", "R503"]);
    for wanted in ["《甲》还是草稿", "《乙》要到 2026", "《丙》已在 2026", "expires（到期）改到以后"]
    {
        assert!(outcome.words().contains(wanted), "{wanted}: {}", outcome.words());
    }
    assert_eq!(outcome.found()[2].2, "2026-11-01");
    let allowed =
        "---\ntitle: 丙\nexpires: 2026-11-01\nallow:\n  - {code: R503, reason: 留作底稿}\n---\n正文。\n";
    assert!(check(&site().with("content/tips/d.md", allowed)).found.is_empty());
}

#[test]
fn references_of_front_matter_and_settings() {
    let notice =
        "---\ntitle: 停水\nkind: notice\ndate: 2026-11-01\nreplaces: nirgends.md\ncover: nirgends.png\n---\n";
    let outcome = check(&site().with("content/tips/a.md", notice));
    assert_eq!(outcome.codes(), ["F428", "L301"]);
    let outcome = check(&site().with("content/tips/a.md", notice.replace("nirgends.md", "shua-dan.md")));
    assert!(outcome.words().contains("不是另一篇通告"), "{}", outcome.words());
    let menus = format!(
        "{SETTINGS}menus:\n  main:\n    - {{label: 字, link: /nirgends/}}\n    - {{label: 字, link: javascript:1}}\n"
    );
    let outcome = check(&site().with("content/site.yaml", menus));
    assert_eq!(
        outcome.found().iter().map(|(code, _, text)| (*code, *text)).collect::<Vec<_>>(),
        [("L301", "/nirgends/"), ("L303", "javascript:1")]
    );
}

#[test]
fn unsafe_links() {
    for text in [
        "[字](javascript:alert(1))",
        "[字](JaVaScRiPt:1)",
        "![字](data:image/png;base64,AA)",
        "[字](file:///C:/a)",
        "[字](vbscript:1)",
    ] {
        assert_eq!(check_body(text).codes(), ["L303"], "{text}");
    }
}

#[test]
fn pictures() {
    let png: &[u8] = &PNG;
    let with = |text: &str| {
        check(
            &site()
                .with("content/tips/p.png", png)
                .with("content/tips/bad.png", "x")
                .with("content/tips/a.pdf", "%PDF-1.7")
                .with("content/tips/a.md", body(text)),
        )
    };
    assert_eq!(with("![村口](p.png)").codes(), [""; 0]);
    assert_eq!(with("![](p.png)").found(), [("L302", Level::Deny, "![](p.png)")]);
    assert_eq!(with("![村口](q.png)").codes(), ["F428"]);
    assert_eq!(with("![村口](https://example.com/q.png)").codes(), ["F428"]);
    assert_eq!(with("![村口](bad.png)").codes(), ["F420"]);
    assert_eq!(with("![表](a.pdf)").codes(), ["F420", "P107"]);
    assert_eq!(with("[表](a.pdf)").found(), [("P107", Level::Forbid, "a.pdf")]);
    // tEXt before IEND.
    let mut told = png[..png.len() - 12].to_vec();
    told.extend_from_slice(b"\0\0\0\x05tEXta\0bcd\x60\xb0\xb2\xf2");
    told.extend_from_slice(&png[png.len() - 12..]);
    let outcome =
        check(&site().with("content/tips/p.png", told).with("content/tips/a.md", body("![村口](p.png)")));
    assert_eq!(outcome.codes(), ["P103"]);
    assert!(
        outcome.passed && outcome.words().contains("·文字") && !outcome.words().contains("拍摄地点"),
        "{}",
        outcome.words()
    );
}

/// One white pixel.
const PNG: [u8; 67] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0,
    0, 1, 8, 0, 0, 0, 0, 0x3a, 0x7e, 0x9b, 0x55, 0, 0, 0, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63,
    0xf8, 0x0f, 0, 1, 1, 1, 0, 0x1b, 0xb6, 0xee, 0x56, 0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60,
    0x82,
];

#[test]
fn settings_that_are_missing_are_one_finding() {
    let outcome = check(&site().with(
        "content/site.yaml",
        "title: 甲\nbase_url: https://a.cn/\nunit: {name: 乙, email: a@b.cn, icp: 无}\n",
    ));
    assert_eq!(outcome.codes(), ["F419", "R509"], "another office, and news as old as the sample's");
    assert!(
        outcome.passed
            && outcome.words().contains("缺 5 项：organiser、operator、police_record、site_id、error_report"),
        "{}",
        outcome.words()
    );
}

#[test]
fn blocks_that_name_no_table_and_no_chart() {
    assert_eq!(check_body("```表 2026\n```\n\n```chart 2026\n```").codes(), ["S610", "S610"]);
}

#[test]
fn types_of_scams() {
    let with = |scam: &str, scams: &str| {
        let world = site().with("content/words/scams.yaml", scams);
        check(&world.with("content/tips/a.md", format!("---\ntitle: 甲\nscam: {scam}\n---\n正文。\n")))
    };
    let scams = "scams:\n  - {name: 刷单返利, also: [刷信誉]}\n  - {name: 杀猪盘}\n";
    assert!(with("刷单返利", scams).found.is_empty() && with("刷信誉", scams).found.is_empty());
    let outcome = with("刷单", scams);
    assert_eq!(outcome.found(), [("F429", Level::Warn, "刷单")]);
    assert!(outcome.words().contains("是不是“刷单返利”"), "{}", outcome.words());
    assert!(with("刷单", "scams: []\n").found.is_empty());
}
