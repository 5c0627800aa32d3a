//! A station's own face, copies of the theme, and a site that lets go of its samples.

use crate::site::{Site, files};

const BADGE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><script>alert(1)</script><path fill=\"#c00\" d=\"M0 0h8v8z\"/></svg>";

fn with_brand(brand: &str) -> Site {
    let site = Site::new();
    let settings = std::fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    site.put("content/site.yaml", format!("{settings}brand: {brand}\n"));
    site.put("content/brand/badge.svg", BADGE);
    site
}

#[test]
fn a_badge_two_colours_and_a_motto_are_on_every_page() {
    let site = with_brand("{badge: brand/badge.svg, colors: [\"#8a1f1f\", \"#0b5a3c\"], motto: 有事找我们}");
    let built = site.run(&["build", "--only", "site"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    assert!(built.err.contains("W250") && built.err.contains("script"), "{}", built.err);
    let public = site.public();
    let find = |start: &str| {
        public
            .iter()
            .find(|(path, _)| path.starts_with(start))
            .map(|(path, bytes)| (path.clone(), String::from_utf8_lossy(bytes).into_owned()))
    };
    let (badge, svg) = find("assets/badge.").expect("the badge is published");
    assert!(svg.contains("<path") && !svg.contains("script") && !svg.contains("alert"), "{svg}");
    let (_, style) = find("assets/style.").expect("a style sheet");
    assert!(style.contains("--deep:#8a1f1f") && style.contains("--eave:#0b5a3c"), "the colours");
    for (path, bytes) in public.iter().filter(|(path, _)| path.ends_with("index.html")) {
        let page = String::from_utf8_lossy(bytes);
        if !page.contains("class=\"brand\"") {
            continue;
        }
        assert!(page.contains(&format!("<img src=\"/{badge}\"")), "{path}");
        assert!(
            page.contains(&format!("<link rel=\"icon\" href=\"/{badge}\" type=\"image/svg+xml\">")),
            "{path}"
        );
        assert!(page.contains("有事找我们") && page.contains("content=\"#8a1f1f\""), "{path}");
    }
    // Nothing of it is left when the setting goes.
    let text = std::fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    site.put(
        "content/site.yaml",
        text.lines()
            .filter(|line| !line.starts_with("brand:"))
            .fold(String::new(), |all, line| all + line + "\n"),
    );
    assert_eq!(site.run(&["build", "--only", "site"]).code, Some(0));
    assert!(!site.public().keys().any(|path| path.contains("badge")));
}

#[test]
fn colours_that_cannot_be_read_are_refused_with_one_that_can() {
    let found = with_brand("{colors: [\"#ff8800\"]}").run(&["check"]);
    assert_eq!(found.code, Some(1), "{}", found.err);
    let proposed =
        found.err.split("颜色是 \"").nth(1).and_then(|rest| rest.get(..7)).expect("a proposal").to_owned();
    let again = with_brand(&format!("{{colors: [\"{proposed}\"]}}")).run(&["check"]);
    assert!(!again.err.contains("F470"), "{proposed}: {}", again.err);
    let remark = with_brand("\n  颜色: #12335f").run(&["check"]);
    assert!(remark.err.contains("#12335f"), "{}", remark.err);
    for (brand, words) in [
        ("{badge: brand/none.svg}", "找不到徽标"),
        ("{badge: ../x.svg}", "content 文件夹"),
        ("{badge: site.yaml}", "content 文件夹"),
        ("{colors: 蓝}", "引号里"),
    ] {
        let found = with_brand(brand).run(&["check"]);
        assert!(found.code == Some(1) && found.err.contains(words), "{brand}: {}", found.err);
    }
}

#[test]
fn interface_texts_are_replaced_one_by_one_and_follow_the_unit() {
    let site = Site::new();
    site.put("themes/default/text.zh-CN.yaml", "home: 头页\nhoem: 头页\ncount: 很多\n");
    let found = site.run(&["build", "--only", "site"]);
    assert_eq!(found.code, Some(0), "{}", found.err);
    assert!(found.err.contains("没有“hoem”") && found.err.contains("是不是想写“home”"), "{}", found.err);
    assert!(found.err.contains("少了要填数的 {n}"), "{}", found.err);
    let page = |site: &Site, path: &str| String::from_utf8_lossy(&site.public()[path]).into_owned();
    let tips = page(&site, "tips/index.html");
    assert!(tips.contains("头页") && tips.contains("跳到正文"), "ours stays where theirs says nothing");
    let settings = std::fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    let unit = settings
        .lines()
        .find(|line| line.trim_start().starts_with("name: "))
        .expect("a unit")
        .trim()
        .to_owned();
    site.put("content/site.yaml", settings.replace(&unit, "name: 幸福社区居民委员会"));
    assert_eq!(site.run(&["build", "--only", "site"]).code, Some(0));
    assert!(
        page(&site, "areas/index.html").contains("点您的社区，看跟它有关的文章和网格员。"),
        "{}",
        page(&site, "areas/index.html")
    );
}

#[test]
fn files_of_the_theme_are_copied_and_know_where_they_came_from() {
    let site = Site::new();
    let list = site.run(&["theme", "list"]);
    assert!(
        list.code == Some(0) && list.out.contains("自带\ttemplates/page.html\t"),
        "{}{}",
        list.out,
        list.err
    );
    let copied = site.run(&["theme", "eject", "page.html"]);
    assert_eq!(
        (copied.code, copied.out.trim()),
        (Some(0), "themes/default/templates/page.html"),
        "{}",
        copied.err
    );
    assert_eq!(site.run(&["theme", "eject", "page.html"]).code, Some(2), "nothing is written over");
    let file = "themes/default/templates/page.html";
    let text = std::fs::read_to_string(site.at(file)).expect("a copy");
    assert!(text.starts_with("{#- yuanba-original "), "{text}");
    assert!(site.run(&["theme", "list"]).out.contains("拿出来了，没改\ttemplates/page.html"));
    let plain = Site::new().run(&["check"]);
    assert_eq!(site.run(&["check"]).err, plain.err, "a copy changes nothing");
    site.put(file, text.replace("{% block main %}", "{% block main %}<!-- own -->"));
    assert_eq!(site.run(&["check"]).err, plain.err);
    assert!(site.run(&["theme", "list"]).out.contains("已换成自己的\ttemplates/page.html"));
    let (first, rest) = text.split_once('\n').expect("a mark");
    let hash = first.split(' ').nth(3).expect("a hash");
    site.put(file, format!("{}\n{rest}{{#- own -#}}", first.replace(hash, "0123456789abcdef")));
    let found = site.run(&["check"]);
    assert!(
        found.err.contains("W252") && found.err.contains("yuanba theme eject templates/page.html --stdout"),
        "{}",
        found.err
    );
    let docs = site.run(&["theme", "docs"]);
    assert!(
        docs.out.contains("templates/tip.html") && docs.out.contains("`frame.menu[].label`"),
        "{}",
        docs.out
    );
    assert_eq!(site.run(&["theme", "eject", "nothing.html"]).code, Some(2));
}

#[test]
fn untouched_samples_go_and_what_is_ones_own_stays() {
    let site = Site::new();
    let made = site.run(&["new", "own"]);
    assert_eq!(made.code, Some(0), "{}", made.err);
    let run = |args: &[&str]| site.run(&[&["--site", "own"], args].concat());
    site.put(
        "own/content/tips/mine.md",
        "---\ntitle: 我们写的\ndate: 2026-11-20\nareas: [longtan]\n---\n正文写在这里。\n",
    );
    let story = "own/content/pages/about.md";
    let changed = std::fs::read_to_string(site.at(story)).expect("a page") + "\n我们加的一段。\n";
    site.put(story, &changed);
    let before = files(&site.at("own/content"));
    let shown = run(&["new", "--remove-samples"]);
    assert!(
        shown.code == Some(0) && shown.err.contains("什么都没动") && shown.err.contains("pages/about.md"),
        "{}",
        shown.err
    );
    assert_eq!(files(&site.at("own/content")), before, "shown first");
    let done = run(&["new", "--remove-samples", "--yes"]);
    assert_eq!(done.code, Some(0), "{}", done.err);
    let after = files(&site.at("own/content"));
    assert_eq!(after["tips/mine.md"], before["tips/mine.md"]);
    assert_eq!(after["pages/about.md"], changed.as_bytes());
    assert!(
        !after
            .keys()
            .any(|path| path.starts_with("data/") || path.starts_with("guides/bu") || path.ends_with(".jpg")),
        "{:?}",
        after.keys()
    );
    let settings = String::from_utf8_lossy(&after["site.yaml"]).into_owned();
    assert!(settings.contains("龙潭村"), "a village that is named stays");
    for gone in ["石板村", "杨警官", "骗术大全"] {
        assert!(!settings.contains(gone), "{gone}: {settings}");
    }
    assert!(settings.contains("/pages/about/"), "the page stays, and so does its link");
    let checked = run(&["check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    // Nothing of one's own: what remains builds like an empty site.
    assert_eq!(site.run(&["new", "bare"]).code, Some(0));
    assert_eq!(site.run(&["--site", "bare", "new", "--remove-samples", "--yes"]).code, Some(0));
    let checked = site.run(&["--site", "bare", "check"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert!(
        site.run(&["--site", "bare", "new", "--remove-samples", "--yes"]).err.contains("没有没改过的示例")
    );
}
