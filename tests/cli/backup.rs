//! A site that is backed up, lost and restored publishes what it published before.

use crate::bulletin;
use crate::site::{Site, files};
use std::fs;

#[test]
fn a_restored_site_builds_to_the_same_bytes() {
    let site = Site::new();
    site.put("content/tips/刷单.md", bulletin("刷单返利是诈骗", "", "正文，见[好](good.md)。"));
    site.put("themes/own/assets/own.css", "body{}");
    assert_eq!(site.run(&["build"]).code, Some(0));
    let made = site.run(&["backup", "../备份.zip"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    assert!(made.err.contains("备份.zip") && made.err.contains("核对"), "{}", made.err);
    let restored = site.run(&["restore", "../备份.zip", "../again"]);
    assert_eq!(restored.code, Some(0), "{}", restored.err);
    assert_eq!(site.run(&["--site", "../again", "build"]).code, Some(0));
    assert_eq!(files(&site.at("../again/public")), site.public());
    assert!(!site.public().is_empty());
    // A folder takes it under the day's name; a second one of that day is refused, and so is a place of the site's own.
    fs::create_dir(site.at("../stick")).unwrap();
    assert_eq!(site.run(&["backup", "../stick"]).code, Some(0));
    assert!(site.at("../stick/yuanba-2026-11-24.zip").is_file());
    for place in ["../stick", "content/b.zip", "public/b.zip", "../nowhere/b.zip"] {
        let ran = site.run(&["backup", place]);
        assert_eq!(ran.code, Some(2), "{place}: {}", ran.err);
    }
    let again = site.run(&["restore", "../备份.zip", "../again"]);
    assert!(again.code == Some(2) && again.err.contains("F450"), "{}", again.err);
}

#[test]
fn a_backup_that_is_none_is_named() {
    let site = Site::new();
    for (name, words) in [("../b.zip", "不是院坝做的备份"), ("../nowhere.zip", "打不开备份")] {
        site.put("../b.zip", "no archive");
        let ran = site.run(&["restore", name, "../again"]);
        assert!(ran.err.contains(words) && !site.at("../again").exists(), "{}", ran.err);
    }
}

/// Windows cannot even make such a file.
#[cfg(unix)]
#[test]
fn a_name_that_some_computers_cannot_hold_is_told_when_it_is_backed_up() {
    let site = Site::new();
    site.put("content/tips/a?.md", bulletin("甲", "", "正文。"));
    let ran = crate::site::ran(&mut site.command(&["backup", "../c.zip", "--lang", "en"]));
    assert!(ran.code == Some(1) && ran.err.contains("a?.md") && !site.at("../c.zip").exists(), "{}", ran.err);
}
