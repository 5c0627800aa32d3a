//! Datasets made in the test, read as a site's are.

use super::rows::Share;
use super::*;
use crate::diag::{Catalogue, Language};
use crate::model::Collected;
use crate::model::collect::{Options, collect};
use crate::source::Memo;
use crate::world::MemoryWorld;

const DEFINITION: &str = "title: 纠纷\nsource: 登记\nperiod: 2026-01 至 2026-03\ndimensions:\n  \
    village: {label: 村, codes: {V1: 石桥村, V2: 河湾村, V3: 龙潭村}, groups: {north: [V1, V2]}, merge: {V1: [石桥]}}\n  \
    outcome: {codes: [ok, no]}\n  month: {time: month, cumulative: true}\n";
const FIGURES: &str =
    "village,outcome,month,cases\nV1,ok,2026-01,52\nV1,no,2026-01,5\n石桥,ok,2026-02,7\nV2,no,2026年3月,9\n";

fn read(definition: &str, figures: &str) -> (Collected, Vec<(&'static str, String)>) {
    let world = MemoryWorld::new("2026-11-24T12:00:00+08:00".parse().expect("a moment"))
        .with("content/site.yaml", "title: 站\n")
        .with("content/data/a.yaml", definition)
        .with("content/data/a.csv", figures);
    let mut sink = Sink::new();
    let model = collect(&world, &Memo::off(), &Options::default(), &mut sink);
    let found = sink.take();
    let zh = Catalogue::of(Language::Zh);
    let said = found.iter().map(|one| (one.code.id, zh.format(&one.message))).collect();
    (model, said)
}

fn found(definition: &str, figures: &str) -> Vec<(&'static str, String)> {
    let (model, said) = read(definition, figures);
    let unsound = said.iter().any(|(code, _)| matches!(*code, "S603" | "S604" | "S611"));
    assert_eq!(model.datasets().is_empty(), unsound, "{said:?}");
    said
}

#[test]
fn a_sound_dataset_is_read_whole() {
    let (model, said) = read(DEFINITION, FIGURES);
    assert_eq!(said, []);
    let data = &model.datasets()["a"];
    assert_eq!(data.rows.len(), 4);
    let months: Vec<&str> = data.dimensions[2].codes.iter().map(|month| month.label.as_str()).collect();
    assert_eq!(months, ["1月", "2月", "3月"]);
    let at =
        |dimension: usize, word: &str| (dimension, data.dimensions[dimension].level(word).expect("a level"));
    assert_eq!(data.sum(0, &[]), 73);
    assert_eq!(data.sum(0, &[at(0, "north"), at(1, "ok")]), 59);
    assert_eq!(data.sum(0, &[at(0, "石桥"), at(2, "YTD-02")]), 64);
    assert_eq!(data.sum(0, &[at(2, "1—3月")]), 73);
}

#[test]
fn what_is_wrong_is_told_with_its_code() {
    let with = |text: &str| format!("{DEFINITION}{text}");
    let row = |text: &str| format!("{FIGURES}{text}\n");
    for (definition, figures, code, words) in [
        (with(""), row("V9,ok,2026-01,7"), "S603", "没有“V9”"),
        (with(""), row("V3,ok,2026-01,约30"), "S604", "约30"),
        (with(""), row("V3,ok,2026-01,-3"), "S604", "-3"),
        (with(""), row("V3,ok,2026-01,2.5"), "S604", "2.5"),
        (with(""), row("V3,ok,2026-01,"), "S604", "空"),
        (with(""), row("V1,ok,2026-01,52"), "S611", "两行"),
        (with(""), row("north,ok,合计,60"), "S601", "写的是 60，各项相加是 59"),
        (with(""), row("ALL,ALL,ALL,72"), "S601", "写的是 72，各项相加是 73"),
        (with(""), FIGURES.replace("V2,no,2026年3月,9\n", ""), "S605", "3月"),
        (with(""), FIGURES.replace("cases", "件 数"), "S611", "没有“cases”这一列"),
        (
            with(
                "rates:\n  r: {numerator: {outcome: ok}, stated: [{village: V1, month: 2026-01, value: 90}]}\n",
            ),
            FIGURES.to_owned(),
            "S602",
            "写的是 90，而 52 占 57 的 91.2%",
        ),
        (with("rates:\n  r: {numerator: {outcome: okay}}\n"), FIGURES.to_owned(), "S603", "okay"),
        (with("tables:\n  t: {title: 表, rows: vilage}\n"), FIGURES.to_owned(), "S611", "没有维度“vilage”"),
        (with("tables:\n  t: {title: 表, rows: {village: [V1, V9]}}\n"), FIGURES.to_owned(), "S603", "V9"),
        (
            with("tables:\n  t: {title: 表, rows: village, where: {village: V1}}\n"),
            FIGURES.to_owned(),
            "S611",
            "用了两遍",
        ),
        (
            with("tables:\n  t: {title: 表, rows: village, measure: loss}\n"),
            FIGURES.to_owned(),
            "S611",
            "没有指标“loss”",
        ),
        (with("charts:\n  c: {title: 图, rows: village}\n"), FIGURES.to_owned(), "S611", "没有写形式"),
        (with("policy: {threshold: 3}\n"), FIGURES.to_owned(), "S611", "低于一般的 5"),
        (with("policy: {threshold: 2, reason: 上级同意}\n"), FIGURES.to_owned(), "S611", "太小"),
        (with("policy: {threshold: 5, about: [未成年人]}\n"), FIGURES.to_owned(), "S611", "低于一般的 10"),
        (DEFINITION.replace("source: 登记\n", ""), FIGURES.to_owned(), "S611", "没有“source”"),
        (
            DEFINITION.replace("north: [V1, V2]", "north: [V1, south], south: [north]"),
            FIGURES.to_owned(),
            "S611",
            "把自己",
        ),
    ] {
        let said = found(&definition, &figures);
        let hit = said.iter().any(|(own, message)| *own == code && message.contains(words));
        assert!(hit && said.iter().all(|(own, _)| *own == code), "{code} {words}: {said:?}");
    }
}

#[test]
fn months_can_be_said_to_have_nothing() {
    let silent = DEFINITION.replace("cumulative: true", "none: [3月]");
    assert_eq!(found(&silent, &FIGURES.replace("V2,no,2026年3月,9\n", "")), []);
    assert_eq!(found(DEFINITION, &FIGURES.replace(",9\n", ",0\n")), []);
}

#[test]
fn amounts_know_who_stands_behind_them() {
    let definition = format!("{DEFINITION}measures:\n  cases: {{}}\n  loss: {{type: amount, label: 损失}}\n");
    let figures = |tail: &str| {
        format!(
            "village,outcome,month,cases,loss,loss.n,loss.1,loss.2\n{tail}V1,ok,2026-02,1,0,0,,\nV1,ok,2026-03,1,0,0,,\n"
        )
    };
    let (model, said) = read(&definition, &figures("V1,ok,2026-01,3,900,3,500,300\n"));
    assert_eq!(said, []);
    let row = &model.datasets()["a"].rows[0];
    assert_eq!(
        (row.values.as_slice(), &row.shares[1]),
        (&[3, 900][..], &Share { number: 3, largest: vec![500, 300] })
    );
    for tail in ["3,900,3,300,500", "3,900,2,500,300", "3,700,3,500,300", "3,900,3,,", "3,1900,3,500,300"] {
        let said = found(&definition, &figures(&format!("V1,ok,2026-01,{tail}\n")));
        assert!(matches!(said[..], [("S604", _)]), "{tail}: {said:?}");
    }
    let said = found(&definition, FIGURES);
    assert!(said.iter().all(|(code, _)| *code == "S611"), "{said:?}");
}

#[test]
fn axes_of_every_form() {
    let axis = |rows: &str| {
        let (model, said) =
            read(&format!("{DEFINITION}tables:\n  t: {{title: 表, rows: {rows}}}\n"), FIGURES);
        assert_eq!(said, [], "{rows}");
        let data = &model.datasets()["a"];
        let view = &data.tables[0].rows;
        let name = |levels: &Vec<Member>| {
            let pairs = view.dimensions.iter().zip(levels);
            pairs.map(|(at, level)| data.dimensions[*at].code(*level)).collect::<Vec<_>>().join("/")
        };
        view.entries.iter().map(name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(axis("village"), "V1 V2 V3 ALL");
    assert_eq!(axis("{village: all}"), "V1 V2 north V3 ALL");
    assert_eq!(axis("{village: groups}"), "north ALL");
    assert_eq!(axis("{village: [龙潭村, 合计]}"), "V3 ALL");
    assert_eq!(axis("[{village: [V1]}, outcome]"), "V1/ok V1/no V1/ALL");
    assert_eq!(axis("{village: [V1, V2], month: YTD-02}"), "V1/YTD-02 V2/YTD-02");
}

#[test]
fn the_days_since_a_release_within_a_month_have_a_cell_of_their_own() {
    let definition = DEFINITION.replace(
        "period: 2026-01 至 2026-03",
        "period: {from: 2026-01-01, to: 2026-03-31, cut: [2026-03-30]}",
    );
    let figures = FIGURES.replace("V2,no,2026年3月,9", "V2,no,2026-03,9\nV2,no,2026-03+31,2");
    let (model, said) = read(&definition, &figures);
    assert_eq!(said, []);
    let data = &model.datasets()["a"];
    assert_eq!(data.period.as_ref().map(|period| period.text.as_str()), Some("2026年1月至3月"));
    let months = &data.dimensions[2];
    let labels: Vec<&str> = months.codes.iter().map(|month| month.label.as_str()).collect();
    assert_eq!(labels, ["1月", "2月", "3月（1日至30日）", "3月31日"]);
    let sum = |word: &str| data.sum(0, &[(2, months.level(word).expect(word))]);
    assert_eq!((sum("2026-03"), sum("2026-03+31"), sum("2026-03:all"), sum("3月")), (9, 2, 11, 11));
    let part = DEFINITION.replace("2026-01 至 2026-03", "{from: 2026-01, to: 2026-03-30}");
    let (model, said) = read(&part, FIGURES);
    assert_eq!(said, []);
    let data = &model.datasets()["a"];
    assert_eq!(data.period.as_ref().map(|period| period.text.as_str()), Some("2026年1月1日至3月30日"));
    assert_eq!(data.dimensions[2].codes[2].label, "3月（1日至30日）");
}

#[test]
fn a_soft_policy_needs_a_reason_and_has_a_floor() {
    let with = |policy: &str| format!("{DEFINITION}policy: {policy}\n");
    for (policy, words) in [
        ("{contributors: 4}", Some("要写明理由")),
        ("{p: 9}", Some("要写明理由")),
        ("{contributors: 0, reason: 试}", Some("等于不保护")),
        ("{p: 0, reason: 试}", Some("等于不保护")),
        ("{width: 1, reason: 试}", Some("宽度")),
        ("{contributors: 3, p: 5, threshold: 4, width: 3, reason: 试}", None),
        ("{contributors: 9, p: 20}", None),
    ] {
        let (model, said) = read(&with(policy), FIGURES);
        match words {
            Some(words) => assert!(said.iter().any(|(_, said)| said.contains(words)), "{policy} {said:?}"),
            None => {
                assert_eq!(said, [], "{policy}");
                let soft = model.datasets()["a"].policy.soft.len();
                assert_eq!(soft, if policy.contains("reason") { 4 } else { 0 }, "{policy}");
            }
        }
    }
    let zeros = with("{structural_zeros: [{village: V1, outcome: no}]}");
    assert!(read(&zeros, FIGURES).1.iter().any(|(_, said)| said.contains("必为零")));
}

#[test]
fn small_figures_that_agree_by_chance_are_no_copy() {
    let yaml = "title: 数\nsource: 登记\ndimensions:\n  village: {label: 村, codes: [甲, 乙, 丙]}\n  type: {label: 类型, codes: [a, b, c]}\n";
    let told = |one: &str, other: &str| {
        let world = MemoryWorld::new("2026-11-24T12:00:00+08:00".parse().expect("a moment"))
            .with("content/site.yaml", "title: 站\n")
            .with("content/data/x.yaml", yaml)
            .with("content/data/z.yaml", yaml)
            .with("content/data/x.csv", format!("village,type,cases\n{one}"))
            .with("content/data/z.csv", format!("village,type,cases\n{other}"));
        let mut sink = Sink::new();
        collect(&world, &Memo::off(), &Options::default(), &mut sink);
        sink.take().iter().any(|finding| finding.code == crate::diag::codes::COPIED_FIGURES)
    };
    // 1, 1 and 2 cases in three villages: so few agree often.
    assert!(!told("甲,a,1\n乙,a,1\n丙,b,2\n", "甲,c,1\n乙,b,1\n丙,a,2\n"));
    assert!(!told("甲,a,12\n甲,b,8\n", "乙,a,12\n丙,b,8\n"));
    // The same totals of villages, too great for chance.
    assert!(told("甲,a,27\n乙,a,29\n丙,b,30\n", "甲,c,27\n乙,b,29\n丙,a,30\n"));
    // Small ones, cell by cell the same.
    let copied = "甲,a,1\n甲,b,2\n乙,a,1\n乙,c,3\n丙,b,2\n丙,a,1\n";
    assert!(told(copied, copied));
}
