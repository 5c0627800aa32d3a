//! What is told of a bulletin's words.

use crate::diag::Level;
use crate::lint::rules::tests::{SETTINGS, check, site};

const DATED: &str = "---\ntitle: 高温\ndate: 2026-11-01\n---\n";

#[test]
fn each_rule_tells_a_bulletin_once() {
    let long =
        "这一句话说了很多很多事情一直说个没完没了让人听到后面就忘了前面说的到底是什么意思所以要分成几句才好";
    for (body, code, under) in [
        ("请予以配合，届时另行通知。".to_owned(), "W202", "予以配合"),
        (format!("先说一句。{long}。"), "W203", long),
        ("说一句话就停一停再说。".repeat(16), "W230", ""),
        ("院坝里有镲，有镲。".to_owned(), "W231", "镲"),
        ("这样做万无一失，绝对安全。".to_owned(), "W232", "万无一失"),
        ("你好,世界!再见".to_owned(), "W233", ","),
    ] {
        let outcome = check(&site().with("content/tips/a.md", format!("{DATED}{body}\n")));
        assert_eq!(outcome.codes(), [code], "{body}");
        let (_, level, text) = outcome.found()[0];
        assert_eq!(level, Level::Warn);
        assert!(under.is_empty() || text == under, "{text}");
    }
}

#[test]
fn miswritten_names_are_errors_wherever_they_stand() {
    for text in [
        "---\ntitle: 到人名法院去\n---\n字。\n",
        "---\ntitle: 甲\n---\n> 人名法院\n",
        "---\ntitle: 甲\ndate: 2001-01-01\n---\n```verse\n人名法院\n```\n",
    ] {
        let outcome = check(&site().with("content/tips/a.md", text));
        assert!(
            outcome.found().contains(&("W234", Level::Deny, "人名法院")),
            "{text}: {:?}",
            outcome.found()
        );
        assert!(!outcome.passed && outcome.words().contains("人民法院"), "{}", outcome.words());
    }
}

#[test]
fn quotations_old_texts_and_own_words_are_let_be() {
    let with = |text: &str, settings: &str, words: &str| {
        let world = site()
            .with("content/site.yaml", format!("{SETTINGS}{settings}"))
            .with("content/words/own.yaml", words);
        check(&world.with("content/tips/a.md", text)).codes().join(" ")
    };
    let none = "names: []\n";
    for quiet in [
        format!("{DATED}他说“予以配合”。\n"),
        format!("{DATED}> 予以配合，绝对安全,好。\n"),
        format!("{DATED}> [!法条]\n> 予以配合。\n"),
        format!("{DATED}```verse\n予以配合镲\n```\n"),
        "---\ntitle: 甲\ndate: 2024-11-01\n---\n予以配合。\n".to_owned(),
    ] {
        assert_eq!(with(&quiet, "", none), "", "{quiet}");
    }
    let old = "---\ntitle: 甲\ndate: 2024-11-01\n---\n予以配合。\n";
    assert_eq!(with(old, "wording: {since: 2024-01-01}\n", none), "W202");
    let text = format!("{DATED}一二三四五六七八九十一二。\n");
    assert_eq!(with(&text, "wording: {max_sentence: 10}\n", none), "W203");
    let text = format!("{DATED}予以配合，赶场天来。\n");
    assert_eq!(with(&text, "", "hard: {予以配合: \"\", 赶场天: 赶集的日子}\n"), "W202");
    assert_eq!(with(&text, "", "hard: {予以配合: \"\"}\n"), "");
    assert_eq!(with(&text, "", "strict: {赶场天来: 赶场天去}\n"), "W202 W234");
}
