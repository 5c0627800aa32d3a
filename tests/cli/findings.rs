//! Findings for people and for programs.

use crate::bulletin;
use crate::site::Site;
use serde_json::Value;

/// The keys that the JSON form promises, in order.
const KEYS: [&str; 12] = [
    "code",
    "kind",
    "level",
    "message",
    "hint",
    "path",
    "line",
    "column",
    "end_line",
    "end_column",
    "byte_start",
    "byte_end",
];

#[test]
fn json_lines_have_the_promised_keys_and_places() {
    let site = Site::new();
    let text = bulletin("电话表", "", "你好，打手机13900139000，见[那一篇](nowhere.md)。\n\n#没有空格");
    site.put("content/tips/a.md", &text);
    let ran = site.run(&["check", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(1), ""));
    let rows: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(
        rows.iter().map(|row| row["code"].as_str().unwrap()).collect::<Vec<_>>(),
        ["P101", "L301", "W205"]
    );
    for (line, row) in ran.out.lines().zip(&rows) {
        assert_eq!(row.as_object().unwrap().len(), KEYS.len());
        let places: Vec<usize> =
            KEYS.iter().map(|key| line.find(&format!("\"{key}\":")).expect("the key is there")).collect();
        assert!(places.is_sorted(), "{line}");
        assert_eq!(row["path"], "content/tips/a.md");
    }
    for (row, marked, line, column) in [(&rows[0], "13900139000", 6, 7), (&rows[1], "nowhere.md", 6, 26)] {
        let start = text.find(marked).unwrap();
        assert_eq!(row["byte_start"], start, "{marked}");
        assert_eq!(row["byte_end"], start + marked.len());
        assert_eq!((&row["line"], &row["column"]), (&line.into(), &column.into()));
        assert_eq!((&row["end_line"], &row["end_column"]), (&line.into(), &(column + marked.len()).into()));
    }
    assert_eq!((&rows[0]["kind"], &rows[0]["level"]), (&"phone".into(), &"forbid".into()));
    assert!(!ran.out.contains("13900139000"), "a report does not spread what it protects");
}

#[test]
fn a_byte_order_mark_moves_no_place() {
    let site = Site::new();
    site.put("content/tips/a.md", format!("\u{feff}{}", bulletin("题", "titel: 一\n", "字")));
    let ran = site.run(&["check", "--format", "json"]);
    let row: Value = serde_json::from_str(ran.out.lines().next().expect("a finding")).expect("JSON");
    assert_eq!((&row["line"], &row["column"], &row["byte_start"]), (&4.into(), &1.into(), &32.into()));
}

#[test]
fn annotations_name_file_line_and_columns() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("题", "", "见[那一篇](nowhere.md)。\n\n#没有空格"));
    let ran = site.run(&["check", "--format", "github"]);
    assert_eq!(ran.code, Some(1));
    let lines: Vec<&str> = ran.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", ran.out);
    assert!(lines[0].starts_with("::error file=content/tips/a.md,line=6,"), "{}", lines[0]);
    assert!(lines[1].starts_with("::warning file=content/tips/a.md,line=8,"), "{}", lines[1]);
    assert!(lines[0].contains("L301") && lines[1].contains("W205"));
}

#[test]
fn carets_stand_under_chinese() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("题", "", "见[那一篇](nowhere.md)。"));
    let ran = site.run(&["check"]);
    let lines: Vec<&str> = ran.err.lines().collect();
    let at = lines.iter().position(|line| line.contains("^^^")).expect("carets");
    let width =
        |text: &str| text.chars().map(|c| if c.is_ascii() || c == '│' { 1 } else { 2 }).sum::<usize>();
    let source = lines[at - 1].find("nowhere.md").expect("the line above is the source");
    assert_eq!(width(&lines[at - 1][..source]), width(&lines[at][..lines[at].find('^').unwrap()]));
}

#[test]
fn check_of_a_path_tells_of_that_path_only() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("甲", "", "#没有空格"));
    site.put("content/law/_index.md", "---\ntitle: 普法\nkind: law\n---\n");
    site.put("content/law/b.md", bulletin("乙", "", "见[那一篇](nowhere.md)。"));
    let tips = site.run(&["check", "content/tips"]);
    assert_eq!(tips.code, Some(0), "{}", tips.err);
    assert!(tips.err.contains("W205") && !tips.err.contains("L301"));
    let law = site.run(&["check", "content/law/b.md"]);
    assert_eq!(law.code, Some(1));
    assert!(law.err.contains("L301") && !law.err.contains("W205"));
    assert_eq!(site.run(&["check", "content/tips/good.md"]).err, "检查完毕，没有发现问题。\n");
    assert_eq!(site.run(&["check", "content/nothing"]).code, Some(2));
}

#[test]
fn messages_speak_the_sites_language_unless_told() {
    let site = Site::new();
    let settings = std::fs::read_to_string(site.at("content/site.yaml")).unwrap();
    site.put("content/site.yaml", format!("{settings}language: en\n"));
    site.put("content/tips/a.md", bulletin("A", "", "[x](nowhere.md)"));
    let own = crate::site::ran(&mut site.command(&["check"]));
    assert!(own.err.starts_with("error[L301]"), "{}", own.err);
    assert!(site.run(&["check", "--lang", "zh"]).err.starts_with("错误[L301]"));
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let site = Site::new();
    let all = site.run(&["explain"]);
    let codes: Vec<&str> = all.out.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 40, "{}", all.out);
    for code in codes {
        let [zh, en] = ["zh", "en"].map(|lang| site.run(&["explain", code, "--lang", lang]));
        assert_eq!((zh.code, en.code), (Some(0), Some(0)), "{code}");
        let chinese = |text: &str| text.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
        assert!(zh.out.contains(code) && chinese(&zh.out) > 60, "{code}: {}", zh.out);
        assert!(en.out.contains(code) && chinese(&en.out) * 3 < en.out.chars().count(), "{code}: {}", en.out);
    }
    let by_name = site.run(&["explain", "broken-link"]);
    assert_eq!(by_name.out, site.run(&["explain", "l301"]).out);
    let unknown = site.run(&["explain", "L310"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("L301"), "{}", unknown.err);
}
