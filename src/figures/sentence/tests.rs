//! Findings in words.

use super::*;
use crate::statistics::testing::{CHINESE, table};

const ONE: &str = "measure/指标: cases=件数";
const VILLAGES: &str = "village/村: V1=石桥村 V2=河湾村 V3=青岗村";
const MONTHS: &str = "month/月份: 2026-01=1月 2026-02=2月 2026-03=3月";

fn say(unit: &str, rows: &str, columns: &str, cells: &[&str]) -> String {
    of(&table("t", "题", unit, rows, columns, cells), CHINESE)
}

#[test]
fn one_column() {
    assert_eq!(
        say("件", VILLAGES, ONE, &["57", "12", "31"]),
        "3个村里，石桥村最多，57件；河湾村最少，12件。合计100件。"
    );
    assert_eq!(say("件", VILLAGES, ONE, &["5", "5", "5"]), "3个村里，都是5件。合计15件。");
    assert_eq!(
        say("元", VILLAGES, ONE, &["123456", "123456", "9000"]),
        "3个村里，石桥村、河湾村最多，都是12.3万元；青岗村最少，9000元。合计25.6万元。"
    );
}

#[test]
fn months_tell_how_they_changed() {
    assert_eq!(
        say("件", MONTHS, ONE, &["30", "57", "41"]),
        "3个月里，2月最多，57件；1月最少，30件。1月30件，3月41件，多了11件。合计128件。"
    );
}

#[test]
fn hidden_figures_are_only_counted() {
    assert_eq!(
        say("件", MONTHS, ONE, &["30", "*", "41"]),
        "公布了的2个月里，从30件到41件。1月30件，3月41件，多了11件。标“*”的1个月未公布。"
    );
    assert_eq!(
        say("件", MONTHS, ONE, &["*", "30", "41"]),
        "公布了的2个月里，从30件到41件。标“*”的1个月未公布。"
    );
    assert_eq!(say("件", VILLAGES, ONE, &["*", "*", "9"]), "只公布了青岗村，9件。标“*”的2个村未公布。");
    assert_eq!(say("件", VILLAGES, ONE, &["*", "*", "*"]), "标“*”的3个村未公布。");
}

#[test]
fn a_total_is_told_where_it_is_printed() {
    let rows = "village/村: V1=石桥村 V2=河湾村 =合计";
    assert_eq!(
        say("件", rows, ONE, &["57", "*", "80"]),
        "只公布了石桥村，57件。合计80件。标“*”的1个村未公布。"
    );
    assert_eq!(say("件", rows, ONE, &["57", "*", "*"]), "只公布了石桥村，57件。标“*”的1个村未公布。");
}

#[test]
fn nothing_is_the_most_where_a_hidden_figure_may_be_more() {
    let rows = "village/村: V1=石桥村 V2=河湾村 V3=青岗村 =合计";
    // 60 - 30 - 9 leaves 21 for 河湾村, which is less than 30; 90 leaves 51.
    assert_eq!(
        say("件", rows, ONE, &["30", "*", "9", "60"]),
        "公布了的2个村里，石桥村最多，30件。合计60件。标“*”的1个村未公布。"
    );
    assert_eq!(
        say("件", rows, ONE, &["30", "*", "9", "90"]),
        "公布了的2个村里，从9件到30件。合计90件。标“*”的1个村未公布。"
    );
}

#[test]
fn rows_out_of_order_and_parts_of_months_tell_no_change() {
    let months = "month/月份: 2026-01=1月 2026-03=3月 2026-02=2月";
    assert_eq!(
        say("件", months, ONE, &["30", "41", "57"]),
        "3个月里，2月最多，57件；1月最少，30件。合计128件。"
    );
    let back = "month/月份: 2026-03=3月 2026-01=1月";
    assert_eq!(say("件", back, ONE, &["41", "30"]), "2个月里，3月最多，41件；1月最少，30件。合计71件。");
    let part = "month/月份: 2026-02=2月 2026-03=3月（1日至30日）";
    let said = say("件", part, ONE, &["41", "30"]);
    assert!(said.contains("3月（1日至30日）最少，30件") && !said.contains("少了"), "{said}");
}

#[test]
fn rates_are_high_or_low() {
    assert_eq!(
        say("", VILLAGES, "measure/指标: %r=调解成功率", &["91.2%", "*", "88.0%"]),
        "公布了的2个村里，从88.0%到91.2%。标“*”的1个村未公布。"
    );
}

#[test]
fn several_columns_say_their_most() {
    let results = "result/结果: a=调解成功 b=没有调成";
    assert_eq!(
        say("件", VILLAGES, results, &["50 5", "30 *", "20 6"]),
        "调解成功：3个村里，石桥村最多，50件。没有调成：公布了的2个村里，从5件到6件。标“*”的1处未公布。"
    );
    let many = "type/类型: a=甲 b=乙 c=丙 d=丁 =合计";
    assert_eq!(
        say("件", VILLAGES, many, &["5 6 7 8 26", "9 * * 9 28", "7 7 7 7 28"]),
        "公布了的数，从5件到9件。各项合起来，3个村里，河湾村、青岗村最多，都是28件；石桥村最少，26件。标“*”的2处未公布。"
    );
}

#[test]
fn in_english() {
    let table = table("t", "x", "cases", "village/village: a=A b=B", "measure/x: c=Cases", &["5", "*"]);
    let words = Words { language: Language::English, ..CHINESE };
    assert_eq!(of(&table, words), "Only A is published: 5 cases. 1 figures marked * are not published.");
}

#[test]
fn differences_without_blame() {
    let say = |before, after| difference(before, after, Some("件"), Language::Chinese);
    assert_eq!(say(SafeCell::Number(5), SafeCell::Number(9)).as_deref(), Some("多4件"));
    assert_eq!(say(SafeCell::Number(9), SafeCell::Number(5)).as_deref(), Some("少4件"));
    assert_eq!(say(SafeCell::Number(9), SafeCell::Number(9)).as_deref(), Some("一样多"));
    assert_eq!(say(SafeCell::Hidden, SafeCell::Number(9)), None);
    let rate = |value| SafeCell::Rate { value, decimals: 1 };
    assert_eq!(say(rate(880), rate(912)).as_deref(), Some("高3.2个百分点"));
}
