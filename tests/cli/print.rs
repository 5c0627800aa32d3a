//! Handouts from the command line.

use crate::bulletin;
use crate::site::{Site, files};

/// A small template, so that what is tested is the command and not how a sheet looks.
const SHEET: &str = r#"
#let data = json("/data.json")
#set document(title: data.title)
#set text(font: "Noto Sans SC", lang: "zh", region: "cn")
#set page(width: 105mm, height: 148mm, margin: 8mm)
= #data.title
#data.version #if data.bulletins.first().draft [草稿] #data.bulletins.first().url
#data.options.bleed #data.options.marks
"#;

fn site() -> Site {
    let site = Site::new();
    for layout in ["flyer", "card", "large"] {
        site.put(&format!("themes/default/print/{layout}.typ"), SHEET);
    }
    site
}

fn names(site: &Site, folder: &str) -> Vec<String> {
    files(&site.at(folder)).into_keys().filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn a_named_bulletin_has_the_sheets_that_its_kind_has() {
    let site = site();
    site.put("content/tips/a.md", bulletin("未定稿", "draft: true\n", "正文。"));
    let printed = site.run(&["print", "content/tips/a.md"]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert_eq!(names(&site, "handouts"), ["a-card.png", "a-flyer.pdf", "a-large.pdf"]);
    assert_eq!(printed.out.lines().count(), 3, "{}", printed.out);
    assert!(!site.at("public").exists(), "no page is touched");
    // What the site chose goes before what is natural, and what the command says before both.
    site.put("content/tips/a.md", bulletin("未定稿", "draft: true\nhandouts: [大字版]\n", "正文。"));
    assert_eq!(site.run(&["print", "content/tips", "--output", "own"]).code, Some(0));
    assert_eq!(names(&site, "own"), ["a-large.pdf", "good-card.png", "good-flyer.pdf", "good-large.pdf"]);
    let one = [
        "print",
        "content/tips/a.md",
        "--layout",
        "单页",
        "--copies",
        "2",
        "--marks",
        "--bleed",
        "-o",
        "two",
    ];
    assert_eq!(site.run(&one).code, Some(0));
    assert_eq!(names(&site, "two"), ["a-flyer-2x.pdf", "a-flyer.pdf"]);
}

#[test]
fn without_names_all_handouts_of_the_settings_are_made() {
    let site = site();
    site.put("content/tips/a.md", bulletin("一篇", "handouts: [单页]\n", "正文。"));
    assert_eq!(site.run(&["print"]).code, Some(0));
    assert_eq!(names(&site, "handouts"), ["a-flyer.pdf"]);
    assert_eq!(site.run(&["build", "--only", "handouts", "--output", "again"]).code, Some(0));
    assert_eq!(names(&site, "again"), ["a-flyer.pdf"]);
    let (one, two) = (files(&site.at("handouts")), files(&site.at("again")));
    assert!(one == two, "the same sheet has the same bytes");
    // The site has the same sheet, and a build without handouts has none and no link to one.
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert!(site.public()["tips/a/a-flyer.pdf"] == one["a-flyer.pdf"]);
    assert_eq!(site.run(&["build", "--only", "site"]).code, Some(0));
    let public = site.public();
    assert!(!public.contains_key("tips/a/a-flyer.pdf"));
    assert!(!String::from_utf8_lossy(&public["tips/a/index.html"]).contains("flyer"));
}

#[test]
fn what_is_not_there_is_said() {
    let site = site();
    let unknown = site.run(&["print", "--layout", "单叶"]);
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("flyer 单页"), "{}", unknown.err);
    assert_eq!(site.run(&["print", "--copies", "3"]).code, Some(2));
    let stray = site.run(&["print", "content/tips/none.md"]);
    assert_eq!(stray.code, Some(2));
    assert!(stray.err.contains("content/tips/none.md"), "{}", stray.err);
    site.put("themes/default/print/large.typ", "#let b = \n");
    let broken = site.run(&["print", "content/tips/good.md"]);
    assert_eq!(broken.code, Some(1));
    assert!(broken.err.contains("F444") && broken.err.contains("large.typ"), "{}", broken.err);
    assert_eq!(names(&site, "handouts"), ["good-card.png", "good-flyer.pdf"], "the others are made");
    site.put("content/tips/a.md", "---\n---\n");
    assert_eq!(site.run(&["print", "content/tips/good.md", "-o", "none"]).code, Some(1));
    assert!(!site.at("none").exists());
}

/// Warnings are told of the file that is asked for; of others only what refuses.
#[test]
fn a_named_bulletin_is_what_is_spoken_of() {
    let site = site();
    site.put("content/tips/a.md", bulletin("这一篇", "handouts: [单页]\n", "看[这里](nowhere-a.md)。"));
    site.put("content/tips/b.md", bulletin("那一篇", "handouts: [单页]\n", "看[这里](nowhere-b.md)。"));
    let checked = site.run(&["check"]);
    assert!(checked.err.contains("nowhere-a") && checked.err.contains("nowhere-b"), "{}", checked.err);
    let printed = site.run(&["print", "content/tips/a.md"]);
    assert!(printed.err.contains("nowhere-a"), "{}", printed.err);
    let refuses = checked.code == Some(1);
    assert_eq!(printed.err.contains("nowhere-b"), refuses, "{}", printed.err);
    site.put(
        "content/tips/a.md",
        bulletin("这一篇", "handouts: [单页]\n", "一句一句写。一、\n\n（一） 空一格"),
    );
    site.put("content/tips/b.md", bulletin("那一篇", "handouts: [单页]\n", "> [!注意喽] 看这里\n"));
    let printed = site.run(&["print", "content/tips/a.md"]);
    assert_eq!(printed.code, Some(0), "{}", printed.err);
    assert!(!printed.err.contains("b.md"), "{}", printed.err);
    assert!(site.run(&["check"]).err.contains("b.md"), "there is something to say of the other");
}

/// What a template adds is seen before the sheet is put in place, as in a build.
#[test]
fn finished_sheets_are_looked_through() {
    let site = site();
    site.put("themes/default/print/flyer.typ", format!("{SHEET}\n请打刘某的手机 15412340001\n"));
    let printed = site.run(&["print", "content/tips/good.md", "--layout", "单页"]);
    assert_eq!(printed.code, Some(1), "{}", printed.err);
    assert!(printed.err.contains("P101") && !printed.err.contains("15412340001"), "{}", printed.err);
    assert!(names(&site, "handouts").is_empty());
}
