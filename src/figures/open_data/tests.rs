//! Open data, read back by others.

use super::*;
use crate::statistics::testing::{chart, dataset, table};

fn sample() -> SafeDataset {
    let villages = table(
        "by-village",
        "各村\"纠纷\"",
        "件",
        "village/村（社区）: V1=石桥村 V2==河湾,村 =合计",
        "type/类型: T1=邻里纠纷 T2=其他 =合计 %r=成功率",
        &["12 * 30 91.2%", "* 0 21 -", "25 22 51 88.0%"],
    );
    dataset(vec![villages.clone()], vec![chart(ChartForm::Bar, villages)])
}

#[test]
fn csv_is_read_back_as_it_is_printed() {
    let dataset = sample();
    let bytes = csv(&dataset, &dataset.tables()[0], Language::Chinese);
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("the mark that Excel needs");
    let mut reader = csv_reader(text);
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(
        head,
        ["村（社区）", "邻里纠纷（件）", "其他（件）", "合计（件）", "成功率（%）", "期间", "来源", "许可"]
    );
    let rows: Vec<Vec<String>> =
        reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect();
    assert_eq!(rows[0][..5], ["石桥村", "12", "*", "30", "91.2"]);
    // A name that a spreadsheet would take for a formula is held back from it.
    assert_eq!(rows[1][..5], ["'=河湾,村", "*", "0", "21", ""]);
    assert_eq!(rows[2][5..], ["2026年1月至12月", "清水镇派出所调解登记", "CC BY 4.0"]);
}

fn csv_reader(text: &[u8]) -> ::csv::Reader<&[u8]> {
    ::csv::Reader::from_reader(text)
}

#[test]
fn json_says_what_is_printed_and_under_which_terms() {
    let dataset = sample();
    let text = serde_json::to_string(&dataset_json(&dataset)).unwrap();
    let back: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(back["licence"], "CC BY 4.0");
    assert_eq!(back["source"], "清水镇派出所调解登记");
    assert_eq!(back["tables"][0]["cells"][0], json!([12, "*", 30, 91.2]));
    assert_eq!(back["tables"][0]["cells"][1][3], Value::Null);
    assert_eq!(back["charts"][0]["form"], "bar");
    assert_eq!(back["tables"][0]["rows"]["entries"][0]["codes"]["village"], "V1");
    let one = table_json(&dataset, &dataset.tables()[0]);
    assert_eq!(
        (&one["table"], &one["unit"], &one["note"]),
        (&json!("by-village"), &json!("件"), &back["note"])
    );
}
