//! What the office publishes of itself, and what it does not.

use super::{SETTINGS, body, check, site};
use crate::diag::Level;
use crate::text::verse::Form;

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

/// A form that nobody knows was silent, and its verse judged as another.
#[test]
fn an_unknown_form_is_told_with_those_that_are_known() {
    let verse = |form: &str| {
        let text = format!(
            "---\ntitle: 水沟\ndate: 2026-11-01\nform: {form}\n---\n```verse\n竹板打，响连天，\n今天说一说水沟边。\n```\n"
        );
        let world = site()
            .with("content/verse/_index.md", "---\ntitle: 快板\nkind: verse\n---\n")
            .with("content/verse/shui-gou.md", &text);
        check(&world)
    };
    let unknown = verse("相声");
    assert!(unknown.found().contains(&("F408", Level::Warn, "相声")), "{:?}", unknown.found());
    let told = unknown.words();
    for (form, _) in Form::NAMES {
        assert!(told.contains(form), "{form}: {told}");
        assert!(!verse(form).found().iter().any(|(code, ..)| *code == "F408"), "{form}");
    }
}
