//! What the office publishes of itself, and what it does not.

use super::{SETTINGS, body, check, site};
use crate::diag::Level;

#[test]
fn numbers_of_the_office_pass() {
    let settings = format!(
        "{SETTINGS}officers:\n  - {{name: 陈警官, area: longtan, phone: 138-1234-5678}}\nprivacy:\n  allow: [{{text: 示例 13900000000, reason: 本所值班手机}}, {{text: 13812345678, reason: 民警同意}}]\n"
    );
    let world = site()
        .with("content/site.yaml", &settings)
        .with("content/tips/a.md", body("13812345678、139 0000 0000"));
    assert!(check(&world).found.is_empty());
    let world = site().with("content/site.yaml", format!("{settings}description: 找13700000000\n"));
    assert_eq!(check(&world).found(), [("P101", Level::Forbid, "13700000000")]);
}

#[test]
fn officers_give_no_number_and_no_name_of_their_own() {
    let with = |officer: &str, allow: &str| {
        let allow = allow.split(", ").map(|text| format!("    - {{text: {text}, reason: 本人同意}}\n"));
        let allow: Vec<String> = allow.collect();
        let settings = format!(
            "{SETTINGS}officers:\n  - {{area: longtan, {officer}}}\nprivacy:\n  allow:\n{}",
            allow.concat()
        );
        check(
            &site().with("content/site.yaml", &settings).with("content/tips/a.md", body("电话13812345678。")),
        )
    };
    let found = with("name: 陈警官, phone: 13812345678", "x");
    assert_eq!(found.found(), [("P101", Level::Forbid, "13812345678"); 2], "there, and in every text");
    assert!(!found.passed);
    let found = with("name: 陈小明, phone: 0000-7110121", "13812345678");
    assert_eq!(found.found(), [("P101", Level::Forbid, "陈小明")]);
    assert!(found.words().contains("写成 陈警官"), "{}", found.words());
    for officer in
        ["name: 陈警官, phone: 0000-7110121", "name: 陈小明警官, phone: 13812345678", "name: 值班室"]
    {
        assert_eq!(with(officer, "13812345678, 陈小明").codes(), [""; 0], "{officer}");
    }
}
