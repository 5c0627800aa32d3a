//! The built-in theme's own sheets: what stands on which page, and in what size.

use super::bulletins::Alone;
use super::{date, files, layout};
use crate::diag::{FileId, Sink};
use crate::print::content::Content;
use crate::print::engine::{compile, frames, world};
use crate::print::files::PrintFiles;
use crate::print::qr::Qr;
use crate::source::markdown::{self, MarkdownOptions};
use crate::world::embedded_theme;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst_layout::PagedDocument;

static THEME: LazyLock<PrintFiles> = LazyLock::new(|| {
    let theme = embedded_theme().iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("themes/default/print/")?;
        name.ends_with(".typ").then(|| (name, std::str::from_utf8(bytes).unwrap()))
    });
    files(&theme.collect::<Vec<_>>())
});

/// The interface texts of handouts.
fn texts() -> Map<String, Value> {
    let all = embedded_theme().iter().find(|(path, _)| path.ends_with("text.zh-CN.yaml")).unwrap().1;
    let lines = std::str::from_utf8(all).unwrap().lines();
    let text = |line: &str| {
        let (key, text) = line.strip_prefix("print_")?.split_once(": ")?;
        Some((key.to_owned(), text.trim_matches('"').into()))
    };
    lines.filter_map(text).collect()
}

/// A bulletin of a kind; `more` are its other fields.
fn bulletin(kind: &str, title: &str, markdown: &str, more: Value) -> Value {
    let options = MarkdownOptions { bare_links: false, ..MarkdownOptions::default() };
    let doc = markdown::parse(FileId(0), markdown, 0..markdown.len(), &options, &mut Sink::new());
    let body = serde_json::to_value(Content::new().body(&doc, &Alone::default())).unwrap();
    let url = "https://qingshui.example.cn/tips/a/";
    let mut all = json!({
        "title": title, "kind": kind, "kind_label": "提示", "date": "2026年11月26日", "url": url, "qr": Qr::new(url),
        "areas": [], "officers": [], "tags": [], "draft": false, "own": {}, "footnotes": [], "body": body["body"],
    });
    let Value::Object(more) = more else { panic!("fields") };
    all.as_object_mut().unwrap().extend(more);
    all
}

/// The pages of a bulletin in a layout of the built-in theme.
fn pages(name: &str, bulletin: &Value) -> PagedDocument {
    let officers = json!([
        { "name": "陈警官", "area": "正街社区", "phone": "0000-7110121", "duty": "正街社区副书记，防骗宣传、集市秩序、户籍预约" },
        { "name": "王警官", "area": "河边村", "phone": "0000-7110122", "duty": "防汛巡查、邻里调解" },
        { "name": "李警官", "area": "河边村", "phone": "0000-7110123", "duty": "上门办证" },
    ]);
    let hotlines: Vec<Value> =
        [("96110", "反诈预警劝阻"), ("110", "报警求助"), ("119", "火警"), ("12345", "政务服务")]
            .iter()
            .map(|(number, label)| json!({ "number": number, "label": label }))
            .collect();
    let data = json!({
        "layout": name, "language": "zh-CN", "options": { "bleed": 0, "marks": false, "copies": 1, "scale": 1.0 },
        "site": {
            "title": "清水镇平安院坝", "short_title": "清水院坝", "url": "https://qingshui.example.cn/",
            "unit": { "name": "清水镇派出所", "address": "清水镇正街", "phone": "0000-7110110" },
            "hotlines": hotlines, "officers": officers,
        },
        "text": texts(), "title": bulletin["title"], "date": "2026年11月26日", "version": "2026-11-26·000000",
        "bulletins": [bulletin], "parts": [],
    });
    let main = world::file_id(&format!("/print/{}.typ", layout(name).name)).unwrap();
    let mut sheet = world::Sheet::of_theme(THEME.kit(), main, Some(date(2026, 11, 26)));
    sheet.put("/data.json", Bytes::from_string(data.to_string()));
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"620\" height=\"300\"><rect width=\"620\" height=\"300\"/></svg>";
    sheet.put("/img-1.svg", Bytes::from_string(svg));
    let document = compile::compile(&sheet).unwrap();
    comemo::evict(0);
    assert_eq!(frames::overflows(&document), [], "{name}");
    document
}

fn said(document: &PagedDocument) -> String {
    frames::text(document).concat()
}

fn used(document: &PagedDocument) -> f64 {
    frames::fits(document).iter().map(|fit| fit.used).fold(0.0, f64::max)
}

/// A paragraph of `n` characters.
fn paragraph(n: usize) -> String {
    "为加强冬春季节森林防火工作，保护森林资源和人民群众生命财产安全，"
        .chars()
        .cycle()
        .take(n)
        .chain(['。'])
        .collect()
}

#[test]
fn no_table_is_too_small_to_read_however_many_columns_it_has() {
    for columns in [5, 9, 14] {
        let heads: Vec<String> = (1..columns).map(|n| format!("材料{n}")).collect();
        let row = |name: &str| format!("| {name} | {}二手房要先过户 |\n", "√ | ".repeat(columns - 2));
        let table = format!(
            "# 对照\n\n| 情形 | {} |\n|{}\n{}{}",
            heads.join(" | "),
            "---|".repeat(columns),
            row("购房"),
            row("夫妻投靠")
        );
        let own = bulletin("tip", "户口迁入怎么办", &table, json!({}));
        for name in ["trifold", "zfold", "flyer"] {
            let document = pages(name, &own);
            let runs: Vec<_> = frames::runs(&document).into_iter().flatten().collect();
            let least = runs.iter().map(|run| run.size).fold(99.0, f64::min);
            assert!(least >= 7.0, "{name}, {columns} columns: {least} pt");
            // No cell is broken into single characters.
            assert!(runs.iter().any(|run| run.text.contains("二手房")), "{name}, {columns} columns");
        }
    }
}

#[test]
fn a_notice_has_as_many_pages_as_its_words_need_and_none_holds_the_numbers_alone() {
    for paragraphs in [4, 13, 17, 21, 25, 40] {
        let text: String = (0..paragraphs).fold(String::new(), |mut all, n| {
            let _ = write!(all, "第{n}条　{}\n\n", paragraph(90 + 7 * n % 40));
            all
        });
        let own = json!({ "level": "red", "level_label": "红色", "number": "清公〔2026〕12号", "effective": "2026年12月1日" });
        let own = bulletin("notice", "森林防火通告", &text, json!({ "own": own }));
        for name in ["notice", "large"] {
            let document = pages(name, &own);
            let texts = frames::text(&document);
            let last = format!("第{}条", paragraphs - 1);
            assert!(texts.concat().contains(&last), "{name} with {paragraphs} paragraphs is whole");
            let end = texts.last().unwrap();
            assert!(
                end.contains("森林资源"),
                "{name} with {paragraphs} paragraphs ends with some of its text: {end}"
            );
        }
    }
}

#[test]
fn a_card_of_a_notice_says_its_summary_and_the_number_that_it_names() {
    let text = "全乡各村（社区）、各单位，广大人民群众：\n\n一、禁火期和禁火区\n\n禁火期内不得野外用火。\n\n\
        五、任何人发现火情，应当立即报告：火警电话12119、119。\n\n特此通告。";
    let own = json!({ "level": "red", "level_label": "红色", "areas": "全乡" });
    let lede = "12月1日起全乡禁火，上坟不烧纸，看见火情打12119。";
    for name in ["card", "poster"] {
        let with =
            said(&pages(name, &bulletin("notice", "森林防火", text, json!({ "own": own, "lede": lede }))));
        for words in ["上坟不烧纸", "看见火情打12119"] {
            assert!(with.contains(words), "{name}: {with}");
        }
        let without = said(&pages(name, &bulletin("notice", "森林防火", text, json!({ "own": own }))));
        assert!(without.contains("禁火期内不得野外用火"), "{name}: {without}");
        for said in [with, without] {
            assert!(said.contains("12119") && !said.contains("各单位"), "{name}: {said}");
            assert!(!said.contains("禁火期和禁火区") && !said.contains("特此通告"), "{name}: {said}");
        }
    }
}

#[test]
fn a_slogan_is_one_line_of_a_screen_up_to_its_longest() {
    for line in [
        "莫贪",
        "白送的蛋莫道谢，有人喊爸先问村警",
        "一二三四五六七八九十一二三四五六七八九十一二三。",
        "WWWWWWWWWWWWWWWWWWWWWWWW",
    ] {
        assert!(crate::model::own::slogan::fits(line));
        let own = bulletin("verse", "快板", "字", json!({ "own": { "slogan": line } }));
        let document = pages("slogan", &own);
        let [page] = document.pages() else { panic!("{line}: one page") };
        assert_eq!((page.frame.width().to_pt(), page.frame.height().to_pt()), (1024.0, 64.0), "{line}");
        assert_eq!(said(&document).trim(), line, "and nothing else");
        assert!(used(&document) >= 40.0, "{line}: {} points", used(&document));
    }
}

#[test]
fn a_short_text_fills_its_sheet() {
    let one = bulletin("tip", "别信！", "凡是叫你“屏幕共享”的，都是骗子！", json!({}));
    let some = bulletin("tip", "别信！", &format!("{}\n\n{}", paragraph(110), paragraph(90)), json!({}));
    for name in ["flyer", "letter", "notice"] {
        assert!(used(&pages(name, &one)) >= 24.0, "{name}");
        assert!(used(&pages(name, &some)) > 19.0, "{name}");
    }
    // Elders were promised 20 points; what one page holds is larger.
    assert!(used(&pages("large", &one)) > 24.0);
}

#[test]
fn no_line_for_elders_is_stretched() {
    let text = "请保存好联系方式0000-7110110000000000000、0000-7110122000000000000，到清水镇正街社区大院坝来。\n\n- 带身份证原件0000000000000000000000000000000000";
    let document = pages("large", &bulletin("tip", "电话", text, json!({ "lede": paragraph(60) })));
    let runs: Vec<_> = frames::runs(&document).into_iter().flatten().collect();
    // In a stretched line every character is wider than it is high.
    let widest = runs.iter().map(|run| run.narrowest).filter(|width| width.is_finite()).fold(0.0, f64::max);
    assert!(widest > 0.9 && widest < 1.3, "{widest}");
}

#[test]
fn a_village_has_one_card_and_no_label_is_broken() {
    let document = pages("strip", &bulletin("tip", "别信！", "凡是叫你转账的，都是骗子！", json!({})));
    let pages = frames::runs(&document);
    let [runs] = &pages[..] else { panic!("two villages are one sheet of four cards") };
    let count = |words: &str| runs.iter().filter(|run| run.text.trim() == words).count();
    assert_eq!((count("正街社区"), count("河边村"), count("反诈预警劝阻")), (2, 2, 4));
    // Both officers of a village stand on its card.
    assert_eq!((count("0000-7110122"), count("0000-7110123")), (2, 2));
    // The first card from top to bottom: nothing is left empty.
    let mut at: Vec<f64> =
        runs.iter().filter(|run| run.x < 290.0 && run.y < 415.0).map(|run| run.y).collect();
    at.sort_by(f64::total_cmp);
    let gap = at.windows(2).map(|two| two[1] - two[0]).fold(0.0, f64::max);
    // Three centimetres are the air of a card with so few words.
    assert!(gap < 85.0, "{gap} pt without a word");
}

#[test]
fn two_rows_of_a_checklist_are_never_alone() {
    for count in 10..22 {
        let note = "原件核对后退还，复印件用A4纸，写明“与原件一致”并签名按手印";
        let materials: Vec<Value> = (0..count)
            .map(|n| json!({ "name": format!("第{n}件材料"), "original": true, "copies": 1, "note": if n % 2 == 0 { Some(note) } else { None } }))
            .collect();
        let own =
            json!({ "materials": materials, "steps": ["准备材料", "到窗口申请"], "where": "清水镇派出所" });
        let document =
            pages("checklist", &bulletin("guide", "户口迁入怎么办", &paragraph(60), json!({ "own": own })));
        let rows: Vec<usize> = frames::text(&document).iter().map(|page| page.matches('□').count()).collect();
        assert_eq!(rows.iter().sum::<usize>(), count);
        assert!(rows.iter().all(|rows| ![1, 2].contains(rows)), "{count}: {rows:?}");
        // And what follows the list does not stand on a page of its own where that can be spared.
        assert!(rows.len() <= 2, "{count}: {rows:?}");
    }
}

#[test]
fn a_chart_stands_below_its_title_and_a_table_of_twenty_rows_is_whole() {
    let svg = |height: u32, title: &str| json!({ "t": "chart", "at": 0, "src": "/img-1.svg", "alt": "图", "title": title, "note": "图的说明。", "width": 620, "height": height });
    let p = |words: &str| json!({ "t": "p", "at": 0, "c": [{ "t": "text", "s": words }] });
    let cells = |words: &str| json!([{ "t": "text", "s": words }]);
    for filler in 0..7 {
        let rows: Vec<Value> = (0..19).map(|n| json!([cells(&format!("行{n}")), cells("12")])).collect();
        let mut body: Vec<Value> = (0..=filler).map(|n| p(&paragraph(100 + 20 * n))).collect();
        body.push(svg(300, "每月调解多少件"));
        body.push(svg(1_200, "各村多少件"));
        body.push(json!({ "t": "table", "at": 0, "align": ["none", "none"], "head": [cells("村"), cells("件")], "rows": rows }));
        body.push(p(&paragraph(80)));
        let document = pages("report", &bulletin("report", "两本账", "", json!({ "body": body })));
        let texts = frames::text(&document);
        let on = |words: &str| texts.iter().position(|page| page.contains(words));
        assert_eq!(on("行0"), on("行18"), "{filler}: a table is not parted");
        assert!(on("行0").is_some());
        let runs = frames::runs(&document);
        for (page, runs) in document.pages().iter().zip(&runs) {
            for (nth, run) in runs.iter().enumerate().filter(|(_, run)| run.text.contains("多少件")) {
                let (top, width) = frames::pictures(page).into_iter().find(|(top, _)| *top > run.y).unwrap();
                // The smallest words of a drawing are 13 of its 620 units.
                assert!(width / 620.0 * 13.0 >= 6.99, "{filler}: {width}");
                let before =
                    runs[..nth].iter().map(|other| other.y).filter(|y| *y < run.y).fold(0.0, f64::max);
                let own = top - run.y;
                assert!(
                    before == 0.0 || run.y - before > 2.0 * own + run.size,
                    "{filler}: {before} {} {top}",
                    run.y
                );
            }
        }
    }
}

/// A verse of stanzas with so many lines each; each line says its stanza and its number.
fn verse(stanzas: &[usize]) -> String {
    let mut all = "```verse\n".to_owned();
    for (stanza, lines) in stanzas.iter().enumerate() {
        let _ = writeln!(all, "【第{stanza}段】");
        for line in 0..*lines {
            let _ = writeln!(all, "打竹板唱{stanza}段{line}句，");
        }
        all.push('\n');
    }
    all + "```\n"
}

#[test]
fn no_stanza_of_a_performers_sheet_stands_on_two_pages() {
    for lines in [9, 22] {
        let stanzas = [lines; 3];
        for own in [
            json!({ "form": "快板", "boards": true }),
            json!({ "form": "三句半", "roles": ["甲", "乙", "丙", "丁"] }),
        ] {
            let sheet = bulletin("verse", "演出稿", &verse(&stanzas), json!({ "own": own }));
            let texts = frames::text(&pages("verse", &sheet));
            for (stanza, lines) in stanzas.iter().enumerate() {
                let on: Vec<usize> = (0..*lines)
                    .map(|line| texts.iter().position(|page| page.contains(&format!("唱{stanza}段{line}句"))))
                    .map(|page| page.unwrap_or_else(|| panic!("stanza {stanza} is whole: {texts:?}")))
                    .collect();
                assert!(
                    on.iter().all(|page| *page == on[0]),
                    "{own}: stanza {stanza} of {lines} lines: {on:?}"
                );
            }
            let across =
                pages("verse", &sheet).pages().iter().all(|page| page.frame.width() > page.frame.height());
            assert_eq!(across, own["form"] == "三句半", "four columns want paper laid across");
            assert_eq!(texts[0].contains("开场板"), own["form"] == "快板", "{}", texts[0]);
            let headed = texts
                .iter()
                .filter(|page| page.contains('句'))
                .all(|page| ["甲", "乙", "丙", "丁"].iter().all(|role| page.contains(role)));
            assert_eq!(headed, own["form"] == "三句半", "each page names the speakers of its columns");
        }
    }
}

#[test]
fn who_speaks_a_line_stands_before_it_and_is_not_sung() {
    let text = "```verse\n甲：打竹板，进村来，\n乙（敲锣）：防骗大家记心怀。\n众：莲花落！\n```\n";
    let said =
        said(&pages("verse", &bulletin("verse", "对口", text, json!({ "own": { "form": "莲花落" } }))));
    for part in ["甲", "乙", "众", "（敲锣）", "打竹板，进村来，", "防骗大家记心怀。"]
    {
        assert!(said.contains(part), "no {part} in {said}");
    }
    assert!(!said.contains("甲：") && !said.contains("jiǎ") && !said.contains("开场板"), "{said}");
}
