//! `review:` in the settings: what a slip in it does, and what a change of it does not do.

use super::{BULLETIN, approve, build, edit, published, review, sign, site};
use crate::site::Site;

#[test]
fn who_wants_no_level_signs_nothing() {
    let site = Site::new();
    for words in ["review: none\n", "review:\n  levels: none\n", "审核:\n  级别: 无\n"] {
        review(&site, words);
        let ran = build(&site);
        assert!(!ran.err.contains("R50"), "{words}: {}", ran.err);
        assert!(site.public().contains_key("tips/good/index.html"));
        assert!(approve(&site, BULLETIN, "王敏", "初审").err.contains("没有打开审核"));
        assert!(!site.at("content/reviews").exists());
        edit(&site, "content/site.yaml", words, "");
    }
}

#[test]
fn a_slip_in_the_settings_switches_nothing_off() {
    let slips = [
        ("review:\n  levels: []\n", "F404"),
        ("review: [初审, 终审]\n", "levels: ["),
        ("review:\n  levels:\n    - {name: 初审}\n    - {name: 初审}\n", "各不相同"),
        ("review:\n  levels:\n    - {name: \"\"}\n", "各不相同"),
        ("review:\n  zzzz: 甲\n", "levels: ["),
        ("review: 随便\n", "levels: ["),
    ];
    for (words, told) in slips {
        let site = Site::new();
        review(&site, words);
        let ran = site.run(&["build", "--only", "site"]);
        assert_eq!(ran.code, Some(1), "{words}: {}", ran.err);
        assert!(told == "F404" || ran.err.contains(told), "{words}: {}", ran.err);
        assert!(!site.at("public").exists(), "{words}");
    }
    // The word alone means the usual levels, as the message says that tells of it.
    let site = Site::new();
    review(&site, "review:\n");
    assert!(build(&site).err.contains("还差初审、复审、终审"));
    assert!(!site.public().contains_key("tips/good/index.html"));
}

/// What is made of every bulletin of a kind is the site's way of printing; what one asks for itself is signed with it.
#[test]
fn handouts_of_the_settings_are_not_signed_and_those_of_a_bulletin_are() {
    let site = site();
    sign(&site, BULLETIN);
    build(&site);
    for handouts in ["handouts: {tip: [海报]}\n", "handouts: {tip: [单页, 分享卡片]}\n"] {
        let text = std::fs::read_to_string(site.at("content/site.yaml")).expect("settings");
        site.put("content/site.yaml", format!("{handouts}{text}"));
        assert!(!build(&site).err.contains("R50"), "{handouts}");
        site.put("content/site.yaml", text);
    }
    edit(&site, BULLETIN, "date: ", "handouts: [海报]\ndate: ");
    assert!(build(&site).err.contains("R502"));
    assert!(published(&site, "</html>"));
}
