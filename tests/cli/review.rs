//! Reviews: nothing that nobody signed is published, whatever made it differ from what was signed.

#[path = "review/attacks.rs"]
mod attacks;
#[path = "review/figures.rs"]
mod figures;
#[path = "review/settings.rs"]
mod settings;

use crate::site::{Ran, Site};
use std::fs;

/// Three levels and who signs them.
const REVIEW: &str = "review:\n  levels:\n    - {name: 初审, who: [王敏]}\n    - {name: 复审, who: [李强, 王敏]}\n    \
    - {name: 终审, who: [陈刚]}\n";
const BULLETIN: &str = "content/tips/good.md";

/// A site with reviews on, and one bulletin.
fn site() -> Site {
    let site = Site::new();
    review(&site, REVIEW);
    site
}

fn review(site: &Site, settings: &str) {
    let path = site.at("content/site.yaml");
    let text = fs::read_to_string(&path).expect("settings");
    let text = text.split("review:").next().expect("something").to_owned();
    site.put("content/site.yaml", text + settings);
}

fn approve(site: &Site, path: &str, name: &str, level: &str) -> Ran {
    site.run(&["approve", path, "--as", name, "--level", level])
}

/// Signs every level.
fn sign(site: &Site, path: &str) {
    for (name, level) in [("王敏", "初审"), ("李强", "复审"), ("陈刚", "终审")] {
        let ran = approve(site, path, name, level);
        assert_eq!(ran.code, Some(0), "{path} {level}: {}", ran.err);
    }
}

fn build(site: &Site) -> Ran {
    let ran = site.run(&["build", "--only", "site"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran
}

/// Whether any published file holds a text.
fn published(site: &Site, text: &str) -> bool {
    site.public().values().any(|bytes| bytes.windows(text.len()).any(|window| window == text.as_bytes()))
}

fn edit(site: &Site, path: &str, from: &str, to: &str) {
    let text = fs::read_to_string(site.at(path)).expect("a bulletin");
    assert!(text.contains(from), "{text}");
    site.put(path, text.replace(from, to));
}

/// A bulletin of its own.
fn bulletin(site: &Site, path: &str, head: &str, body: &str) {
    site.put(path, format!("---\ntitle: 试验一篇\ndate: 2026-11-20\n{head}---\n\n{body}\n"));
}

#[test]
fn nothing_is_published_before_every_level_has_signed() {
    let site = site();
    bulletin(&site, "content/tips/new.md", "", "未审的话，谁也不该看见。");
    let ran = build(&site);
    assert!(ran.err.contains("R501") && ran.err.contains("还差初审、复审、终审"), "{}", ran.err);
    assert!(!published(&site, "谁也不该看见") && !published(&site, "试验一篇"));
    let said = approve(&site, "content/tips/new.md", "王敏", "初审");
    assert!(said.out.contains("还差复审、终审"), "{}", said.out);
    // From another folder, without `content/`.
    assert_eq!(approve(&site, "tips/new.md", "李强", "复审").code, Some(0));
    build(&site);
    assert!(!published(&site, "谁也不该看见"));
    assert!(approve(&site, "content/tips/new.md", "陈刚", "终审").out.contains("各级签齐"));
    build(&site);
    assert!(published(&site, "谁也不该看见"));
    let review = site.run(&["review"]);
    assert!(review.out.contains("good.md") && !review.out.contains("new.md"), "{}", review.out);
    let json: serde_json::Value =
        serde_json::from_str(&site.run(&["review", "--format", "json"]).out).expect("one object");
    assert_eq!(json["log"]["records"], 3);
    assert_eq!(json["blocked"], serde_json::json!([BULLETIN]));
    let listed = site.run(&["list", "--state", "unapproved"]);
    assert!(listed.out.contains("good.md") && !listed.out.contains("new.md"), "{}", listed.out);
}

#[test]
fn who_may_not_sign_is_told_why_and_nothing_is_recorded() {
    let site = site();
    bulletin(&site, "content/tips/own.md", "author: 王敏、李强\n", "正文。");
    bulletin(&site, "content/tips/draft.md", "draft: true\n", "正文。");
    let refused = |args: &[&str], word: &str, code: i32| {
        let ran = site.run(args);
        assert_eq!(ran.code, Some(code), "{args:?} {}", ran.err);
        assert!(ran.err.contains(word), "{args:?}: {}", ran.err);
    };
    refused(&["approve", BULLETIN, "--as", "张三", "--level", "初审"], "不由张三签", 1);
    refused(&["approve", BULLETIN, "--as", "王敏", "--level", "四审"], "没有“四审”这一级", 2);
    refused(&["approve", "content/tips/no.md", "--as", "王敏", "--level", "初审"], "没有找到", 2);
    refused(&["approve", "content/tips/own.md", "--as", "李强", "--level", "复审"], "自己写的不能自己审", 1);
    refused(&["approve", "content/tips/draft.md", "--as", "王敏", "--level", "初审"], "还是草稿", 1);
    refused(&["reject", BULLETIN, "--as", "王敏", "--reason", " "], "退回要写明理由", 1);
    refused(&["reject", BULLETIN, "--as", "王敏"], "还缺", 2);
    // One wrong path, and the right one is not signed either.
    refused(&["approve", BULLETIN, "content/tips/own.md", "--as", "王敏", "--level", "初审"], "自己写的", 1);
    assert!(!site.at("content/reviews").exists());
    assert_eq!(approve(&site, BULLETIN, "王敏", "初审").code, Some(0));
    refused(&["approve", BULLETIN, "--as", "王敏", "--level", "复审"], "一个人不能签两级", 1);
    refused(&["approve", BULLETIN, "--as", "王敏", "--level", "初审"], "已经由王敏签过", 1);
    review(&site, &format!("{REVIEW}  same_person: yes\n  own_text: yes\n"));
    assert_eq!(approve(&site, BULLETIN, "王敏", "复审").code, Some(0));
    assert_eq!(approve(&site, "content/tips/own.md", "王敏", "初审").code, Some(0));
}

#[test]
fn an_edit_leaves_the_approved_version_published_until_the_new_one_is_signed() {
    let site = site();
    bulletin(&site, "content/tips/own/index.md", "", "原来的话。\n\n![图](a.png)\n\n[表](b.txt)");
    let picture = |shade: u8| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let image = image::RgbImage::from_pixel(64, 48, image::Rgb([shade; 3]));
        image.write_to(&mut bytes, image::ImageFormat::Png).expect("memory");
        bytes.into_inner()
    };
    site.put("content/tips/own/a.png", picture(10));
    site.put("content/tips/own/b.txt", "first\n");
    sign(&site, "content/tips/own");
    sign(&site, BULLETIN);
    let ran = build(&site);
    assert!(!ran.err.contains("R50"), "{}", ran.err);
    let before = site.public();
    let same = |site: &Site| {
        let now = site.public();
        let differing: Vec<&String> =
            before.keys().chain(now.keys()).filter(|key| before.get(*key) != now.get(*key)).collect();
        assert!(differing.iter().all(|path| path.contains("manifest")), "{differing:?}");
    };
    // The text, a picture, an attachment, front matter that adds a handout: each alone.
    let index = "content/tips/own/index.md";
    let steps: [(&str, &dyn Fn(), &str); 4] = [
        (index, &|| edit(&site, index, "原来的话", "改过的话"), "文字 1 处"),
        ("content/tips/own/a.png", &|| site.put("content/tips/own/a.png", picture(200)), "a.png"),
        ("content/tips/own/b.txt", &|| site.put("content/tips/own/b.txt", "other\n"), "b.txt"),
        (index, &|| edit(&site, index, "date: 2026", "handouts: [海报]\ndate: 2026"), "文字 1 处"),
    ];
    for (path, change, told) in steps {
        let kept = fs::read(site.at(path)).expect("a file");
        change();
        // Incremental, and once with every file read.
        for args in [&["build", "--only", "site"][..], &["build", "--only", "site", "--full"]] {
            let ran = site.run(args);
            assert_eq!(ran.code, Some(0), "{}", ran.err);
            assert!(ran.err.contains("R502") && ran.err.contains(told), "{path}: {}", ran.err);
            same(&site);
        }
        site.put(path, kept);
        assert!(!build(&site).err.contains("R502"), "undone, the signatures count again");
        same(&site);
    }
    edit(&site, index, "原来的话", "改过的话");
    sign(&site, "content/tips/own");
    build(&site);
    assert!(published(&site, "改过的话") && !published(&site, "原来的话"));
}

#[test]
fn no_way_round_an_approval() {
    let site = site();
    sign(&site, BULLETIN);
    build(&site);
    let page = || site.public().get("tips/good/index.html").cloned();
    let approved = page().expect("published");
    // Another theme, other settings, another bulletin: the approval stands.
    edit(&site, "content/site.yaml", "清水院坝", "青山院坝");
    bulletin(&site, "content/tips/other.md", "", "别的一篇。");
    build(&site);
    assert!(page().is_some_and(|page| page != approved), "another title of the site");
    // A second bulletin on its address is not signed, and takes nothing.
    bulletin(&site, "content/tips/second.md", "slug: good\naliases: [/tips/good/]\n", "抢地址的话。");
    build(&site);
    assert!(!published(&site, "抢地址的话") && page().is_some());
    fs::remove_file(site.at("content/tips/second.md")).expect("there");
    // Copied, the text is not approved at its new place; renamed, neither.
    fs::copy(site.at(BULLETIN), site.at("content/tips/copy.md")).expect("copied");
    let ran = build(&site);
    assert!(ran.err.contains("挪了地方"), "{}", ran.err);
    assert!(!site.public().contains_key("tips/copy/index.html"));
    fs::remove_file(site.at("content/tips/copy.md")).expect("there");
    fs::create_dir_all(site.at("content/tips/good")).expect("a folder");
    fs::rename(site.at(BULLETIN), site.at("content/tips/good/index.md")).expect("moved");
    let ran = build(&site);
    assert!(ran.err.contains("挪了地方") && page().is_none(), "{}", ran.err);
    fs::rename(site.at("content/tips/good/index.md"), site.at(BULLETIN)).expect("moved back");
    build(&site);
    assert!(page().is_some());
    // A template sees nothing that is held back.
    site.put(
        "themes/default/templates/bulletin.html",
        "{% include \"../../../content/tips/other.md\" ignore missing %}{{ page.body | safe }}",
    );
    let _ = site.run(&["build", "--only", "site"]);
    assert!(!published(&site, "别的一篇"));
    fs::remove_dir_all(site.at("themes")).expect("there");
    // Sheets and drafts are no way out either.
    let printed = site.run(&["print", "content/tips/other.md", "--output", "../sheets"]);
    assert_ne!(printed.code, Some(0), "{}", printed.out);
    let drafts = site.run(&["build", "--only", "site", "--drafts"]);
    assert!(!published(&site, "别的一篇"), "{}", drafts.err);
    // A year later and a year earlier: the same.
    for moment in ["1827014400", "1763942400"] {
        let ran = crate::site::ran(
            site.command(&["build", "--only", "site", "--lang", "zh"]).env("SOURCE_DATE_EPOCH", moment),
        );
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(!published(&site, "别的一篇") && page().is_some());
    }
}

#[test]
fn what_was_sent_back_is_not_published() {
    let site = site();
    sign(&site, BULLETIN);
    build(&site);
    let ran = site.run(&["reject", BULLETIN, "--as", "陈刚", "--reason", "电话写错了"]);
    assert_eq!((ran.code, ran.out.contains("已退回")), (Some(0), true), "{}", ran.err);
    let ran = build(&site);
    assert!(ran.err.contains("被陈刚退回") && ran.err.contains("电话写错了"), "{}", ran.err);
    assert!(!site.public().contains_key("tips/good/index.html"));
    sign(&site, BULLETIN);
    build(&site);
    assert!(site.public().contains_key("tips/good/index.html"));
}

#[test]
fn a_log_that_is_not_whole_is_named_and_nothing_is_published() {
    let site = site();
    sign(&site, BULLETIN);
    build(&site);
    let log = "content/reviews/2026-11.log";
    let whole = fs::read_to_string(site.at(log)).expect("a log");
    let lines: Vec<&str> = whole.lines().collect();
    let join = |lines: &[&str]| lines.join("\n") + "\n";
    let broken = [
        (whole.replace("王敏", "赵四"), "第 1 行被改过"),
        (join(&lines[..2]), "末尾少了一条"),
        (join(&[lines[0], lines[2]]), "第 2 行前面少了一条"),
        (join(&[lines[1], lines[0], lines[2]]), "第 1 行前面少了一条"),
        (join(&[lines[0], lines[1], lines[2], lines[1]]), "是同一条"),
        (whole[..whole.len() - 40].to_owned(), "第 3 行缺了后半截"),
        (format!("<<<<<<< HEAD\n{whole}=======\n>>>>>>> other\n"), "合并没有做完"),
        (format!("{whole}随手写的一行\n"), "第 4 行不是程序写的"),
        (String::new(), "末尾少了一条"),
    ];
    let before = site.public();
    for (text, told) in broken {
        site.put(log, &text);
        let ran = site.run(&["build", "--only", "site"]);
        assert_eq!(ran.code, Some(1), "{told}: {}", ran.err);
        assert!(ran.err.contains("R504") && ran.err.contains(told), "{told}: {}", ran.err);
        let ran = site.run(&["review"]);
        assert!(ran.code == Some(1) && ran.err.contains(told), "{told}: {}", ran.err);
        assert_eq!(approve(&site, BULLETIN, "王敏", "初审").code, Some(1));
        assert_eq!(site.public(), before);
    }
    fs::remove_dir_all(site.at("content/reviews")).expect("there");
    let ran = site.run(&["build", "--only", "site"]);
    assert!(ran.code == Some(1) && ran.err.contains("记录却不见了"), "{}", ran.err);
    site.put(log, &whole);
    let ran = site.run(&["build", "--only", "site"]);
    assert!(ran.code == Some(1) && ran.err.contains("heads"), "{}", ran.err);
}

#[test]
fn two_copies_that_were_signed_apart_are_joined() {
    let site = site();
    sign(&site, BULLETIN);
    let (log, heads) = ("content/reviews/2026-11.log", "content/reviews/heads");
    let read = |path: &str| fs::read_to_string(site.at(path)).expect("a file");
    let (base, ends) = (read(log), read(heads));
    bulletin(&site, "content/tips/a.md", "", "甲的正文。");
    bulletin(&site, "content/tips/b.md", "", "乙的正文。");
    sign(&site, "content/tips/a.md");
    let (ours, our_end) = (read(log), read(heads));
    site.put(log, &base);
    site.put(heads, &ends);
    sign(&site, "content/tips/b.md");
    let (theirs, their_end) = (read(log), read(heads));
    // As `merge=union` joins them.
    site.put(log, format!("{ours}{}", &theirs[base.len()..]));
    site.put(heads, format!("{our_end}{their_end}"));
    build(&site);
    assert!(published(&site, "甲的正文") && published(&site, "乙的正文"));
    // The next record comes after both.
    bulletin(&site, "content/tips/c.md", "", "丙的正文。");
    sign(&site, "content/tips/c.md");
    assert_eq!(read(heads).lines().count(), 1);
    // One side alone with the ends of both: found.
    site.put(log, &ours);
    site.put(heads, format!("{our_end}{their_end}"));
    assert!(site.run(&["build", "--only", "site"]).err.contains("R504"));
}

#[test]
fn an_urgent_notice_goes_out_for_a_day() {
    let site = site();
    sign(&site, BULLETIN);
    let path = "content/tips/flood.md";
    bulletin(&site, path, "urgent: true\n", "河水上涨，请离开河滩。");
    assert!(approve(&site, path, "陈刚", "终审").err.contains("--note"), "why it cannot wait");
    let ran = site.run(&["approve", path, "--as", "陈刚", "--level", "终审", "--note", "上游泄洪"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let at = |moment: &str| {
        let mut command = site.command(&["build", "--only", "site", "--lang", "zh"]);
        crate::site::ran(command.env("SOURCE_DATE_EPOCH", moment))
    };
    let ran = at("1795482000");
    assert!(ran.err.contains("R505") && ran.err.contains("上游泄洪"), "{}", ran.err);
    assert!(published(&site, "请离开河滩"));
    // Said again by a build that has nothing to do, gone after a day, and not back with a clock that was set back.
    assert!(at("1795482060").err.contains("R505"));
    let ran = at("1795568400");
    assert!(ran.err.contains("已从网站撤下") && !published(&site, "请离开河滩"), "{}", ran.err);
    at("1795300000");
    assert!(!published(&site, "请离开河滩"));
    for (name, level) in [("王敏", "初审"), ("李强", "复审")] {
        assert_eq!(approve(&site, path, name, level).code, Some(0));
    }
    at("1795568400");
    assert!(published(&site, "请离开河滩"));
}

#[test]
fn a_site_that_begins_to_review_keeps_what_it_has_published() {
    let site = Site::new();
    build(&site);
    review(&site, REVIEW);
    bulletin(&site, "content/tips/new.md", "", "后来写的。");
    let ran = build(&site);
    assert!(ran.err.contains("1 篇照旧发布"), "{}", ran.err);
    assert!(site.public().contains_key("tips/good/index.html") && !published(&site, "后来写的"));
    let review = site.run(&["review"]).out;
    assert!(review.contains("没有审过的，1 篇") && review.contains("new.md"), "{review}");
    edit(&site, BULLETIN, "date: ", "summary: 改了\ndate: ");
    assert!(build(&site).err.contains("R502"));
}

#[test]
fn more_weight_asks_for_one_more_signature() {
    let site = site();
    review(&site, &format!("{REVIEW}  heavy: {{name: 局领导, who: [周局]}}\n  show: yes\n"));
    bulletin(&site, "content/tips/heavy.md", "weight: 重大\n", "重大的事。");
    sign(&site, "content/tips/heavy.md");
    sign(&site, BULLETIN);
    assert!(approve(&site, BULLETIN, "周局", "局领导").err.contains("不用签"));
    build(&site);
    assert!(!published(&site, "重大的事"));
    assert_eq!(approve(&site, "content/tips/heavy.md", "周局", "局领导").code, Some(0));
    build(&site);
    assert!(published(&site, "重大的事"));
}

#[test]
fn what_is_secret_is_refused_everywhere() {
    let site = Site::new();
    bulletin(&site, "content/tips/secret.md", "涉密: 是\n", "正文。");
    for args in [&["build"][..], &["check"]] {
        let ran = site.run(args);
        assert!(ran.code == Some(1) && ran.err.contains("R506"), "{args:?} {}", ran.err);
    }
    review(&site, REVIEW);
    assert_eq!(approve(&site, "content/tips/secret.md", "王敏", "初审").code, Some(1));
    let ran = site.run(&["build"]);
    assert!(ran.code == Some(1) && ran.err.contains("R506"), "{}", ran.err);
    assert!(!site.at("public").exists());
}
