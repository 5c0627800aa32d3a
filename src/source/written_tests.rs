//! What is written reads back equal, whatever it holds.

use super::*;
use crate::diag::{FileId, Sink};
use crate::source::node::{Node, NodeKind};
use crate::source::{table, yaml as reader};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Texts that mean something to YAML, to CSV or to a spreadsheet, and any others.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[a-z一-龥0-9]{1,8}",
    ];
    prop_oneof![
        20 => proptest::collection::vec(piece.clone(), 0..7).prop_map(|pieces| pieces.concat()),
        1 => proptest::collection::vec(piece, 200..600).prop_map(|pieces| pieces.concat()),
        1 => "[一-龥]{1,3}".prop_map(|text| text.repeat(800)),
    ]
}

const PIECES: &[&str] = &[
    " ",
    "  ",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\0",
    "\u{1}",
    "\\x01",
    "\\u2028",
    "\u{7}",
    "\u{1b}",
    "\u{7f}",
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{fffe}",
    "---",
    "...",
    "yes",
    "no",
    "null",
    "~",
    "1",
    "1.50",
    "2026-01-05",
    "#",
    " #",
    ": ",
    ":",
    "：",
    "标题：",
    "name：",
    "- ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    "［",
    "］",
    ",",
    "，",
    "、",
    "&a",
    "*a",
    "!",
    "|",
    ">",
    "'",
    "\"",
    "“",
    "%",
    "@",
    "`",
    "\\",
    "=",
    "<<",
    "0x1f",
    "true",
    ".inf",
    "村",
    "邻里",
];

/// A node without its places.
fn plain(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null => Value::Null,
        NodeKind::Scalar(text) => text.as_str().into(),
        NodeKind::List(items) => items.iter().map(plain).collect(),
        NodeKind::Map(entries) => {
            let pairs = entries.iter().map(|(key, value)| (key.value.as_str().into(), plain(value)));
            pairs.collect::<serde_yaml::Mapping>().into()
        }
    }
}

/// What our reader makes of a text, in which it may find nothing to say.
fn read(text: &str) -> Result<Value, TestCaseError> {
    let mut sink = Sink::new();
    let node = reader::parse_yaml(FileId(0), text, &mut sink);
    prop_assert!(sink.found().is_empty(), "{text}\n{:?}", sink.found());
    Ok(plain(&node))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn yaml_reads_back_equal(key in text(), value in text(), list in proptest::collection::vec(text(), 1..3)) {
        let inner = BTreeMap::from([(key.clone(), Value::from(value))]);
        let tree = serde_yaml::to_value(BTreeMap::from([
            ("in".to_owned(), serde_yaml::to_value(&inner).expect("a map")),
            ("list".to_owned(), serde_yaml::to_value(&list).expect("a list")),
            (format!("{key} "), "x".into()),
        ])).expect("a map");
        prop_assert_eq!(&read(&yaml(&tree))?, &tree);
        let below = format!("{}{}", pair("before", &"a"), format_args!("below:\n{}", indented(&yaml(&tree), 4)));
        prop_assert_eq!(&read(&below)?["below"], &tree);
        // Whoever takes the signs of a remark away has the value.
        let remarked = remarked(&yaml(&tree));
        let taken: String = remarked.split_inclusive('\n').map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
        prop_assert_eq!(&read(&taken)?, &tree);
        prop_assert_eq!(read(&format!("a: b\n{remarked}"))?, serde_yaml::to_value(BTreeMap::from([("a", "b")])).expect("a map"));
    }

    #[test]
    fn csv_reads_back_equal(rows in proptest::collection::vec(proptest::collection::vec(text(), 3), 1..4)) {
        let head = ["a", "b", "c"].map(str::to_owned).to_vec();
        for end in [LineEnd::Lf, LineEnd::CrLf] {
            let bytes = csv(std::iter::once(&head).chain(&rows), end);
            let text = String::from_utf8(bytes).expect("texts are UTF-8");
            let mut sink = Sink::new();
            let read = table::parse(FileId(0), &text, &mut sink);
            prop_assert!(sink.found().is_empty(), "{text:?} {:?}", sink.found());
            // Inside quotes a line ends as the reader has it.
            let one = |text: &String| text.replace("\r\n", "\n").replace('\r', "\n");
            let wanted: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(one).collect()).collect();
            let got: Vec<Vec<String>> =
                read.rows.iter().map(|row| row.iter().map(|cell| cell.value.clone()).collect()).collect();
            prop_assert_eq!(got, wanted);
        }
    }
}

#[test]
fn plain_texts_stay_plain() {
    assert_eq!(pair("标题", &"石桥村"), "标题: 石桥村\n");
    assert_eq!(pair("no", &"1"), "\"no\": '1'\n");
    assert_eq!(pair("a\nb", &vec!["c: d"]), "? |-\n  a\n  b\n: - 'c: d'\n");
    assert_eq!(pair("a", &"b\u{2028}c\\u2028\u{1}"), "a: \"b\\Lc\\\\u2028\\x01\"\n");
    assert_eq!(pair("\u{3000}", &"通知：x"), "\"\u{3000}\": \"通知：x\"\n");
    assert_eq!(
        String::from_utf8(csv([["a", "b,c"], ["\"", ""]], LineEnd::Lf)).unwrap(),
        "a,\"b,c\"\n\"\"\"\",\n"
    );
}

#[test]
fn yaml_is_moved_and_remarked_line_by_line() {
    assert_eq!(indented("a:\n  b: |-\n    x\n\n    y\n", 2), "  a:\n    b: |-\n      x\n\n      y\n");
    assert_eq!(remarked("a: b\nc: d\n"), "# a: b\n# c: d\n");
}
