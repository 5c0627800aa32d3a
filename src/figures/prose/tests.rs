//! What is claimed of tables in running text, and what is not.

use super::*;
use crate::statistics::testing::{dataset, table};

fn mediation() -> SafeDataset {
    let months = table(
        "by-month",
        "每月调解件数",
        "件",
        "month/月份: 2026-08=8月 2026-09=9月 2026-10=10月",
        "measure/指标: cases=件数",
        &["49", "57", "*"],
    );
    let villages = table(
        "by-village",
        "各村纠纷类型",
        "件",
        "village/村（社区）: V1=石桥村 V2=河湾村 V3=青岗村 =合计",
        "type/纠纷类型: T1=婚姻家庭纠纷 T2=邻里纠纷 T3=其他纠纷 =合计 %success=调解成功率",
        &["12 * * 30 91.2%", "* 9 * 21 88.0%", "6 7 5 18 -", "25 22 22 69 90.5%"],
    );
    dataset(vec![months, villages], vec![])
}

/// The table of `tests/data/statistics/prose.txt`.
fn four_villages() -> SafeDataset {
    let table = table(
        "v",
        "各村纠纷",
        "件",
        "village/村: V1=桥头村 V2=竹溪村 V3=云岭社区 V4=长湾村 =合计",
        "type/类型: T1=邻里纠纷 T2=婚姻家庭 T3=债务纠纷 =合计",
        &["12 * * 30", "25 8 6 39", "9 * * 24", "7 16 18 41", "53 38 43 134"],
    );
    dataset(vec![table], vec![])
}

fn shown(dataset: &SafeDataset) -> Reading<'_> {
    Reading::new(dataset, Standing { shown: true, year: Some(2026) })
}

fn claims(text: &str) -> Vec<(String, Option<String>)> {
    let dataset = mediation();
    let found = shown(&dataset).claims(text, &Settled::default());
    found
        .into_iter()
        .map(|claim| {
            let printed = match claim.wrong {
                Wrong::Differs { printed } => Some(printed),
                Wrong::Hidden => None,
            };
            (text[claim.range].to_owned(), printed)
        })
        .collect()
}

fn differs(text: &str, number: &str, printed: &str) {
    assert_eq!(claims(text), [(number.to_owned(), Some(printed.to_owned()))], "{text}");
}

fn hidden(text: &str, number: &str) {
    assert_eq!(claims(text), [(number.to_owned(), None)], "{text}");
}

fn nothing(text: &str) {
    assert_eq!(claims(text), [], "{text}");
}

#[test]
fn sentences_of_all_kinds_are_read_right() {
    let dataset = four_villages();
    let reading = shown(&dataset);
    let mut wrong = Vec::new();
    let lines = include_str!("../../../tests/data/statistics/prose.txt").lines();
    let mut counted = [0, 0];
    for line in lines.filter(|line| !line.starts_with('#')) {
        let (wanted, text) = line.split_once('\t').expect("a tab");
        let (head, body) = text.split_once(" ## ").unwrap_or(("", text));
        let found = reading.claims(body, &reading.around([head]));
        let found: Vec<&str> =
            found.iter().map(|claim| if claim.wrong.is_hidden() { "hidden" } else { "differs" }).collect();
        let right = match wanted {
            "fine" => found.is_empty(),
            "hidden" => found.contains(&"hidden"),
            _ => found == ["differs"],
        };
        counted[usize::from(wanted == "fine")] += 1;
        if !right {
            wrong.push(format!("{wanted} but {found:?}: {text}"));
        }
    }
    assert!(counted[0] >= 50 && counted[1] >= 50, "{counted:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn numbers_that_differ_from_the_table() {
    differs("石桥村调解婚姻家庭纠纷13件。", "13件", "12件");
    differs("石桥村最多，有31件。", "31件", "30件");
    differs("9月调解58件。", "58件", "57件");
    differs("2026年9月一共调解58起。", "58起", "57件");
    differs("邻里纠纷23件，婚姻家庭纠纷25件。", "23件", "22件");
    differs("石桥村调解成功率90%。", "90%", "91.2%");
    differs("青岗村调解婚姻家庭纠纷6件、邻里纠纷8件。", "8件", "7件");
    differs("邻里纠纷二十三件，石桥村30件。", "二十三件", "22件");
}

#[test]
fn numbers_that_give_away_what_is_hidden() {
    hidden("石桥村邻里纠纷3件。", "3件");
    hidden("石桥村调解婚姻家庭纠纷12件、邻里纠纷三件。", "三件");
    hidden("10月只有2件。", "2件");
    hidden("河湾村的婚姻家庭纠纷不到4件。", "4件");
    hidden("10月比9月少55件。", "55件");
}

#[test]
fn numbers_that_agree_or_say_nothing_of_a_cell() {
    for text in [
        "石桥村调解婚姻家庭纠纷12件。",
        "9月调解57件，8月49件。",
        "石桥村调解成功率91.2%，也就是91%。",
        "9月比8月多8件。",
        "9月比上月增加8件。",
        "石桥村和河湾村一共51件。",
        "去年9月调解40件。",
        "2025年9月调解40件。",
        "8—9月调解106件。",
        "9月5日调解3件。",
        "石桥村平均每月3件。",
        "石桥村开会3次，发传单200份，到了45人。",
        "石桥村的李警官电话0000-7110123。",
        "《治安管理处罚法》第3条，石桥村。",
        "石桥村约30件。",
        "石桥村调解30件，其余2件还在调。",
        "石桥村30件，全镇69件。",
        "一件一件地调，石桥村的人都说好。",
        "石桥村30多件。",
        "上月12件，9月57件。",
    ] {
        nothing(text);
    }
}

#[test]
fn without_the_table_on_its_page_a_number_needs_a_topic_and_two_names() {
    let dataset = mediation();
    let reading = Reading::new(&dataset, Standing::default());
    let claims = |text: &str| reading.claims(text, &Settled::default()).len();
    assert_eq!(claims("石桥村收到信访3件。"), 0);
    assert_eq!(claims("石桥村调解3件。"), 0);
    assert_eq!(claims("石桥村调解邻里纠纷3件。"), 1);
}

#[test]
fn a_table_by_hand_is_read_by_its_heads() {
    let dataset = four_villages();
    let reading = shown(&dataset);
    let cell = |text: &str, heads: &[&str]| {
        let found = reading.cell(text, heads, &reading.around(["矛盾纠纷"]));
        found.into_iter().map(|claim| claim.wrong.is_hidden()).collect::<Vec<_>>()
    };
    for (text, heads) in [
        ("3", &["桥头村", "婚姻家庭"][..]),
        ("3件", &["桥头村", "婚姻家庭"]),
        ("三", &["桥头村", "婚姻家庭（件）"]),
        ("③", &["婚姻家庭纠纷", "桥头村"]),
        ("3", &["桥头村", "婚姻家庭", "件数"]),
        ("10%", &["桥头村", "婚姻家庭占比"]),
        ("3（调成2）", &["桥头村", "婚姻家庭"]),
        ("婚姻家庭纠纷3件", &["桥头村", "情况"]),
    ] {
        assert_eq!(cell(text, heads), [true], "{text} {heads:?}");
    }
    assert_eq!(cell("9", &["竹溪村", "婚姻家庭"]), [false]);
    for (text, heads) in [
        ("8", &["竹溪村", "婚姻家庭"][..]),
        ("30", &["桥头村", "合计"]),
        ("4", &["桥头村", "网格员人数"]),
        ("0000-7110110", &["桥头村", "电话"]),
        ("2", &["桥头村", "婚姻家庭调解员"]),
        ("*", &["桥头村", "婚姻家庭"]),
        ("9:00", &["桥头村", "婚姻家庭"]),
    ] {
        assert_eq!(cell(text, heads), [false; 0], "{text} {heads:?}");
    }
}

#[test]
fn a_file_that_names_nothing_of_the_figures_is_not_read() {
    let dataset = four_villages();
    let reading = Reading::new(&dataset, Standing::default());
    assert!(!reading.concerns("桥头村开院坝会，到了45人。"));
    assert!(!reading.concerns("桥头村债务2万元。"), "no word of what the figures are about");
    assert!(reading.concerns("**桥头**村婚姻\n家庭纠纷"));
}
