//! Ways round an approval that somebody in the office might find.

use super::{BULLETIN, REVIEW, approve, build, bulletin, published, review, sign, site};
use std::fs;

#[test]
fn haste_lasts_a_day_however_often_it_is_signed() {
    let site = site();
    let path = "content/tips/flood.md";
    let at = |args: &[&str], moment: &str| {
        crate::site::ran(site.command(args).env("SOURCE_DATE_EPOCH", moment).arg("--lang").arg("zh"))
    };
    let hasty = ["approve", path, "--as", "陈刚", "--level", "终审", "--note", "等不得"];
    bulletin(&site, path, "urgent: true\n", "头一版。");
    assert_eq!(at(&hasty, "1795478400").code, Some(0));
    at(&["build", "--only", "site"], "1795478400");
    assert!(published(&site, "头一版"));
    // Edited after twenty hours and signed by the same one: it has four hours left, not another day.
    bulletin(&site, path, "urgent: true\n", "第二版。");
    assert_eq!(at(&hasty, "1795550400").code, Some(0));
    at(&["build", "--only", "site"], "1795550400");
    assert!(published(&site, "第二版"));
    let ran = at(&["build", "--only", "site"], "1795568400");
    assert!(ran.err.contains("已从网站撤下") && !published(&site, "第二版"), "{}", ran.err);
    // Once all have signed, a later edit may be in haste again.
    for (name, level) in [("王敏", "初审"), ("李强", "复审")] {
        assert_eq!(approve(&site, path, name, level).code, Some(0));
    }
    bulletin(&site, path, "urgent: true\n", "第三版。");
    assert_eq!(at(&hasty, "1795568400").code, Some(0));
    at(&["build", "--only", "site"], "1795568400");
    assert!(published(&site, "第三版"));
}

#[test]
fn one_person_under_two_spellings_is_one() {
    let site = site();
    review(&site, "review:\n  levels: [初审, 复审]\n");
    assert_eq!(approve(&site, BULLETIN, "王敏", "初审").code, Some(0));
    for name in ["王 敏", "王\u{200b}敏", "王·敏", " 王敏　"] {
        let ran = approve(&site, BULLETIN, name, "复审");
        assert!(ran.code == Some(1) && ran.err.contains("一个人不能签两级"), "{name}: {}", ran.err);
    }
    bulletin(&site, "content/tips/own.md", "author: 清水镇派出所王敏（供稿）\n", "正文。");
    let ran = approve(&site, "content/tips/own.md", "王敏", "初审");
    assert!(ran.code == Some(1) && ran.err.contains("自己写的不能自己审"), "{}", ran.err);
}

#[test]
fn an_attachment_is_signed_like_a_picture() {
    let site = site();
    let path = "content/tips/heard.md";
    site.put("content/tips/a.txt", "first\n");
    bulletin(&site, path, "", "[表](a.txt)");
    sign(&site, path);
    build(&site);
    assert!(published(&site, "first"));
    site.put("content/tips/a.txt", "other\n");
    let ran = build(&site);
    assert!(
        ran.err.contains("R502") && !published(&site, "other") && published(&site, "first"),
        "{}",
        ran.err
    );
}

#[test]
fn a_line_that_was_written_by_hand_counts_for_nothing() {
    let site = site();
    assert_eq!(approve(&site, BULLETIN, "王敏", "初审").code, Some(0));
    let (log, heads) = ("content/reviews/2026-11.log", "content/reviews/heads");
    let line = fs::read_to_string(site.at(log)).expect("a log");
    let (seal, record) = line.trim_end().split_once(' ').expect("a line");
    let forged = record.replace("初审\",\"name\":\"王敏", "终审\",\"name\":\"陈刚");
    for text in [
        format!("{line}{seal} {forged}\n"),
        format!("{line}{} {forged}\n", "0".repeat(40)),
        format!("{line}{forged}\n"),
        format!("{}\n", line.trim_end().replace("\"parts\"", "\"data\":{},\"parts\"")),
    ] {
        site.put(log, text);
        let ran = site.run(&["build", "--only", "site"]);
        assert!(ran.code == Some(1) && ran.err.contains("R504"), "{}", ran.err);
    }
    site.put(log, &line);
    site.put(heads, "");
    // Ends that are not written down: the lines themselves are whole, and one level alone publishes nothing.
    build(&site);
    assert!(!site.public().contains_key("tips/good/index.html"));
}

#[test]
fn settings_do_not_make_an_approval_out_of_less() {
    let site = site();
    assert_eq!(approve(&site, BULLETIN, "王敏", "初审").code, Some(0));
    // What was needed when it was signed is still needed.
    review(&site, "review:\n  levels: [初审]\n");
    build(&site);
    assert!(!site.public().contains_key("tips/good/index.html"));
    review(&site, REVIEW);
    sign_rest(&site);
    build(&site);
    assert!(site.public().contains_key("tips/good/index.html"));
}

fn sign_rest(site: &crate::site::Site) {
    for (name, level) in [("李强", "复审"), ("陈刚", "终审")] {
        assert_eq!(approve(site, BULLETIN, name, level).code, Some(0));
    }
}
