//! Whatever stands in a register, what `tabulate` writes of it can be read again: by `check`, and by the next `tabulate`.

#[path = "support/memory.rs"]
mod memory;

use memory::{Builder, world};
use proptest::prelude::*;
use std::io::Cursor;
use yuanba::register::csv_file;
use yuanba::register::tabulate::definition::Definition;
use yuanba::register::tabulate::{By, Count, Counted, Hidden, Request, Tabulation, write};
use yuanba::source::written::{LineEnd, csv};

/// Categories as they are typed, pasted, broken by Alt+Enter, and meant by nobody.
fn category() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "邻里",
        "婚姻家庭",
        "村",
        "纠纷",
        "a",
        "1",
        " ",
        "　",
        "\n",
        "\r\n",
        "\t",
        "\u{7}",
        "\0",
        "\u{200b}",
        "\u{feff}",
        "\u{2028}",
        "\u{85}",
        ":",
        "：",
        ": ",
        "#",
        " #",
        "'",
        "\"",
        "“",
        "[",
        "]",
        "{",
        "}",
        "［",
        "&",
        "*",
        "!",
        "|",
        ">",
        "%",
        "@",
        "`",
        "-",
        "- ",
        "---",
        "...",
        "?",
        "? ",
        ",",
        "，",
        "、",
        "=",
        "\\",
        "~",
        "null",
        "no",
        "yes",
        "2026-01",
        "0x1f",
        "1e3",
        "<<",
        "x: y",
    ];
    let piece = prop_oneof![6 => prop::sample::select(PIECES).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat())
}

/// A register with a dozen cases of each combination, so that nothing has to be hidden.
fn register(villages: &[String], types: &[String], heads: &[String; 2]) -> Vec<u8> {
    let mut rows =
        vec![vec!["登记日期".to_owned(), heads[0].clone(), heads[1].clone(), "损失（元）".to_owned()]];
    for number in 0..12 {
        for village in villages {
            for kind in types {
                let month = if number % 2 == 0 { "2026-03-05" } else { "2026-04-06" };
                rows.push(vec![month.to_owned(), village.clone(), kind.clone(), (100 + number).to_string()]);
            }
        }
    }
    csv(rows, LineEnd::CrLf)
}

fn count(request: &Request, bytes: &[u8]) -> Option<Counted> {
    let mut tabulation = Tabulation::new(request, "登记", false);
    csv_file::read(Box::new(Cursor::new(bytes.to_owned())), &mut |number, cells| {
        tabulation.row(number, cells)
    })
    .ok()?;
    tabulation.finish().ok()
}

/// What of the register could be counted.
fn reads_again(
    villages: &[String],
    types: &[String],
    heads: &[String; 2],
    keys: [&str; 2],
) -> Result<bool, TestCaseError> {
    let bytes = register(villages, types, heads);
    let by = format!("{}={},{}={},month=登记日期", keys[0], heads[0], keys[1], heads[1]);
    let Ok(by) = By::list(&by) else { return Ok(false) };
    let request = Request {
        by,
        sum: vec!["损失".to_owned()],
        count: Count::Ask,
        period: None,
        year: None,
        blank: false,
        hidden: Hidden::Count,
        today: jiff::civil::date(2026, 11, 25),
        areas: Vec::new(),
        defined: None,
    };
    let Some(counted) = count(&request, &bytes) else { return Ok(false) };
    let (table, yaml) = (write::table(&counted, None), write::definition(&counted, "cases"));

    // The next month's register is counted by what the yaml says.
    let defined = Definition::read(&yaml);
    prop_assert!(defined.is_some(), "{yaml}");
    let again = Request { by: Vec::new(), sum: Vec::new(), defined: defined.clone(), ..request };
    let Some(recounted) = count(&again, &bytes) else {
        return Err(TestCaseError::fail(format!("not counted again: {yaml}")));
    };
    prop_assert_eq!(&write::table(&recounted, defined.as_ref()), &table, "{}", yaml);

    let filled =
        yaml.replace("请写表的标题", "分村").replace("请写图的标题", "逐月").replace("请写标题", "调解");
    let filled = filled.replace("请写来源，例如：本所调解登记", "本所登记");
    let site = world().with("content/data/cases.yaml", filled).with("content/data/cases.csv", &table);
    let mut builder = Builder::new();
    if let Err(found) = builder.build(&site) {
        return Err(TestCaseError::fail(format!("{found:?}\n{yaml}\n{table}")));
    }
    let found: Vec<&String> = builder.found.iter().filter(|line| line.contains("content/data/")).collect();
    prop_assert!(found.is_empty(), "{found:?}\n{yaml}\n{table}");
    Ok(true)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_can_be_read(
        villages in prop::collection::vec(category(), 1..4),
        types in prop::collection::vec(category(), 1..3),
    ) {
        reads_again(&villages, &types, &["所属村".to_owned(), "纠纷类型".to_owned()], ["village", "type"])?;
    }
}

#[test]
fn alt_enter_and_other_oddities_are_counted_and_read() {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    let heads = ["所属村".to_owned(), "纠纷类型".to_owned()];
    for (villages, types) in [
        (owned(&["石桥村"]), owned(&["邻里\n纠纷", "婚姻家庭"])),
        (owned(&["石桥村", "河湾村"]), owned(&["邻里: 宅基地", "- 其他", "yes", "#1", "\"引\"", "[a]"])),
        (owned(&["石桥\r\n村", "null"]), owned(&["邻里\u{2028}纠纷", "---", "a: b"])),
    ] {
        for keys in [["village", "type"], ["村", "yes"], ["no", "a#b"]] {
            assert!(reads_again(&villages, &types, &heads, keys).unwrap(), "{types:?} {keys:?}");
        }
    }
}
