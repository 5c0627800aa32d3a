//! What is over, what is old, what is missing; and what the preview and the sheet to sign say of reviews.

use crate::bulletin;
use crate::site::Site;
use std::fs;
use yuanba::build::preview::Preview;
use yuanba::model::collect::Options;
use yuanba::world::DiskWorld;

fn build(site: &Site) -> String {
    let ran = site.run(&["build", "--only", "site"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    ran.err
}

fn page(site: &Site, path: &str) -> String {
    let bytes = site.public().remove(path).unwrap_or_else(|| panic!("no {path}"));
    String::from_utf8(bytes).expect("text")
}

#[test]
fn what_is_over_leaves_lists_and_its_page_says_so() {
    let site = Site::new();
    let path = "content/tips/over.md";
    site.put(path, bulletin("停水到昨天", "kind: notice\nexpires: 2026-12-01\n", "明天停水。"));
    site.put("content/tips/link.md", bulletin("带链接", "", "看[停水](over.md)。"));
    build(&site);
    let lists = ["index.html", "tips/index.html", "atom.xml"];
    assert!(lists.iter().all(|list| page(&site, list).contains("停水到昨天")));
    assert!(site.public().contains_key("tips/over/cap.xml"));
    // The same file, a week later: an incremental build is a clean one.
    let later = |folder: &str| {
        let args = ["build", "--only", "site", "--output", folder, "--lang", "zh"];
        let ran = crate::site::ran(site.command(&args).env("SOURCE_DATE_EPOCH", "1796169600"));
        assert!(ran.code == Some(0) && ran.err.contains("R503"), "{}", ran.err);
    };
    later("public");
    assert!(!lists.iter().any(|list| page(&site, list).contains("停水到昨天")));
    let over = page(&site, "tips/over/index.html");
    assert!(over.contains("已过期") && over.contains("2026年12月1日"), "{over}");
    assert!(!site.public().contains_key("tips/over/cap.xml"));
    let incremental = site.public();
    fs::remove_dir_all(site.at("public")).expect("there");
    later("public");
    let differing: Vec<String> = site
        .public()
        .into_iter()
        .filter(|(path, bytes)| !path.contains("manifest") && incremental.get(path) != Some(bytes))
        .map(|(path, _)| path)
        .collect();
    assert!(differing.is_empty(), "{differing:?}");
}

#[test]
fn what_expires_soon_is_listed_by_days() {
    let site = Site::new();
    site.put("content/tips/soon.md", bulletin("甲", "expires: 2026-11-30\n", "正文。"));
    site.put("content/tips/later.md", bulletin("乙", "expires: 2026-12-20\n", "正文。"));
    site.put("content/tips/over.md", bulletin("丙", "expires: 2026-11-21\n", "正文。"));
    let listed = |args: &[&str]| site.run(&[&["list"], args].concat()).out;
    let ten = listed(&["--state", "expiring", "--days", "10"]);
    assert!(ten.contains("soon.md") && !ten.contains("later.md") && !ten.contains("over.md"), "{ten}");
    assert_eq!(listed(&["--state", "expiring"]).lines().count(), 2);
    assert!(listed(&["--state", "expired"]).contains("over.md"));
}

#[test]
fn an_untended_site_is_told() {
    let site = Site::new();
    let check = || site.run(&["check"]).err;
    assert!(!check().contains("R5"), "{}", check());
    site.put("content/guides/_index.md", "---\ntitle: 办事指南\nkind: guide\n---\n");
    assert!(check().contains("R511"), "an empty section");
    site.put("content/guides/a.md", bulletin("办证", "steps: [来窗口]\n", "带上证件来。"));
    let found = check();
    assert!(found.contains("R512") && found.contains("谁能办") && found.contains("多久办好"), "{found}");
    assert!(!found.contains("R511"), "{found}");
    let later = site.command(&["check", "--lang", "zh"]).env("SOURCE_DATE_EPOCH", "1796688000").output();
    let later = String::from_utf8(later.expect("it runs").stderr).expect("text");
    assert!(later.contains("R509") && !later.contains("R510"), "{later}");
    let later = site.command(&["check", "--lang", "zh"]).env("SOURCE_DATE_EPOCH", "1827014400").output();
    let later = String::from_utf8(later.expect("it runs").stderr).expect("text");
    assert!(later.contains("R510"), "{later}");
}

#[test]
fn the_preview_shows_all_and_stamps_it() {
    let site = Site::new();
    let settings = fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    site.put(
        "content/site.yaml",
        format!("{settings}review: {{levels: [{{name: 初审, who: [王敏]}}, {{name: 终审, who: [陈刚]}}], show: yes}}\n"),
    );
    let shown = || {
        let world = DiskWorld::open(&site.at("")).expect("a site");
        let options = Options { unreviewed: true, without_handouts: true, ..Options::default() };
        let files = Preview::new().build(&world, &options).files.expect("shown");
        let page = files.iter().find(|(path, _)| &***path == "tips/good/index.html").expect("a page").1;
        String::from_utf8(page.to_vec()).expect("text")
    };
    assert!(shown().contains("草稿，还没有人审"));
    let sign = |name: &str, level: &str| {
        let ran = site.run(&["approve", "content/tips/good.md", "--as", name, "--level", level]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    };
    sign("王敏", "初审");
    assert!(shown().contains("待审"));
    sign("陈刚", "终审");
    let page = shown();
    assert!(page.contains("<dt>初审</dt><dd>王敏</dd>") && page.contains("陈刚"), "{page}");
    assert!(!page.contains("class=\"state\""));
    let text = fs::read_to_string(site.at("content/tips/good.md")).expect("a bulletin");
    site.put("content/tips/good.md", text.replace("拿不准", "还拿不准"));
    assert!(shown().contains("有改动"));
}

#[test]
fn a_sheet_to_sign_by_hand() {
    let site = Site::new();
    let settings = fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    site.put("content/site.yaml", format!("{settings}review: 是\n"));
    for _ in 0..2 {
        let ran = site.run(&["review", "--form", "content/tips/good.md", "--output", "../form.pdf"]);
        assert_eq!(ran.code, Some(0), "{}", ran.err);
    }
    let pdf = fs::read(site.at("../form.pdf")).expect("a sheet");
    assert!(pdf.starts_with(b"%PDF"));
    site.put("../theirs.pdf", "%PDF-1.4 theirs");
    let ran = site.run(&["review", "--form", "content/tips/good.md", "--output", "../theirs.pdf"]);
    assert_ne!(ran.code, Some(0), "what is not ours stays");
}

#[test]
fn drafts_that_are_asked_for_are_published_only_once_they_are_signed() {
    let site = Site::new();
    let settings = fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    site.put("content/site.yaml", format!("{settings}review: 是\n"));
    site.put("content/tips/draft.md", bulletin("草稿一篇", "draft: true\n", "还没写完。"));
    let ran = site.run(&["build", "--only", "site", "--drafts"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!site.public().contains_key("tips/draft/index.html"));
}
