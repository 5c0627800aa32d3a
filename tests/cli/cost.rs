//! Handouts that would never be done, or take all memory: each is a finding, and the others are made.

use crate::bulletin;
use crate::site::{Ran, Site, files, ran};

/// A small template, so that what is tested is the limit and not how a sheet looks.
const SHEET: &str = r#"
#let data = json("/data.json")
#set document(title: data.title)
#set text(font: "Noto Sans SC", lang: "zh", region: "cn")
#set page(width: 105mm, height: 148mm, margin: 8mm)
= #data.title
"#;

/// A site with small templates, one of them with something more, and a bulletin that wants it and a good one.
fn site(layout: &str, more: &str) -> Site {
    let site = Site::new();
    for name in ["flyer", "card", "large"] {
        let text = if name == layout { format!("{SHEET}{more}") } else { SHEET.to_owned() };
        site.put(&format!("themes/default/print/{name}.typ"), text);
    }
    site
}

/// Prints one bulletin with little time and little memory.
fn print(site: &Site) -> Ran {
    let mut command = site.command(&["print", "content/tips/good.md", "--lang", "zh"]);
    ran(command.env("YUANBA_TYPESET_SECONDS", "4").env("YUANBA_TYPESET_MEGABYTES", "400"))
}

fn sheets(site: &Site) -> Vec<String> {
    files(&site.at("handouts")).into_keys().filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn a_theme_that_never_ends_costs_its_own_sheet() {
    for more in [
        "#for a in range(100000000) { for b in range(100000) { let c = a + b } }",
        "#for i in range(300000000) [#i ]",
    ] {
        let site = site("flyer", more);
        let ran = print(&site);
        assert_eq!(ran.code, Some(1), "{more}: {}", ran.err);
        for word in ["F444", "flyer.typ", "单页", "循环"] {
            assert!(ran.err.contains(word), "{more}: {word}: {}", ran.err);
        }
        assert_eq!(sheets(&site), ["good-card.png", "good-large.pdf"], "{more}");
    }
}

#[test]
fn a_theme_that_takes_all_memory_costs_its_own_sheet() {
    for more in ["#let a = range(1000000000)\n#a.len()", "#let s = \"長\" * 4000000000\n#s.len()"] {
        let site = site("large", more);
        let ran = print(&site);
        assert_eq!(ran.code, Some(1), "{more}: {}", ran.err);
        assert!(ran.err.contains("F444") && ran.err.contains("large.typ"), "{more}: {}", ran.err);
        assert_eq!(sheets(&site), ["good-card.png", "good-flyer.pdf"], "{more}");
    }
}

/// Pages as well: the template engine has loops, and nothing ends them but the program itself.
#[test]
fn a_page_that_never_ends_ends_the_build() {
    let nested = "{% for a in range(end=90000) %}{% for b in range(end=90000) %}{% endfor %}{% endfor %}";
    let double =
        "{% set s = \"甲乙丙丁\" %}{% for a in range(end=40) %}{% set_global s = s ~ s %}{% endfor %}";
    for (more, seconds, megabytes) in [(nested, "2", "1024"), (double, "60", "100")] {
        let site = Site::new();
        assert_eq!(site.run(&["build"]).code, Some(0));
        let before = site.public();
        let page = format!(
            "{{% extends \"base.html\" %}}{{% block main %}}<h1>题</h1>{more}{{{{ body }}}}{{% endblock main %}}"
        );
        site.put("themes/default/templates/tip.html", page);
        let mut command = site.command(&["build", "--lang", "zh"]);
        let ran =
            ran(command.env("YUANBA_RENDER_SECONDS", seconds).env("YUANBA_RENDER_MEGABYTES", megabytes));
        assert_eq!(ran.code, Some(1), "{more}: {}", ran.err);
        assert!(ran.err.contains("F422") && ran.err.contains("循环"), "{more}: {}", ran.err);
        assert_eq!(site.public(), before, "the last site stays");
        // Nothing hinders the next build.
        std::fs::remove_dir_all(site.at("themes")).expect("the theme can be removed");
        assert_eq!(site.run(&["build"]).code, Some(0));
        assert_eq!(site.public(), before);
    }
}

#[test]
fn a_picture_of_all_pixels_is_not_drawn() {
    let site = site("", "");
    let large = SHEET.replace("width: 105mm, height: 148mm", "width: 20000pt, height: 20000pt");
    site.put("themes/default/print/card.typ", large);
    let ran = print(&site);
    assert!(ran.err.contains("F441") && ran.err.contains("20000×20000"), "{}", ran.err);
    assert_eq!(sheets(&site), ["good-flyer.pdf", "good-large.pdf"]);
}

#[test]
fn a_damaged_font_is_no_end() {
    let site = site("", "");
    let font = yuanba::world::embedded_theme()
        .iter()
        .find(|(path, _)| path.ends_with("NotoSansSC-Regular.ttf"))
        .map(|(_, bytes)| bytes.to_vec())
        .expect("a font");
    for step in [3, 97, 1009, 10_007] {
        let mut damaged = font.clone();
        // The tables' heads stay, what they lead to does not.
        damaged.iter_mut().skip(400).step_by(step).for_each(|byte| *byte ^= 0x5a);
        site.put("themes/default/fonts/NotoSansSC-Regular.ttf", damaged);
        let ran = print(&site);
        assert!(matches!(ran.code, Some(0 | 1)), "{step}: {:?} {}", ran.code, ran.err);
        assert!(!ran.err.contains("panicked"), "{step}: {}", ran.err);
        assert_eq!(ran.code == Some(0), sheets(&site).len() == 3, "{step}: {}", ran.err);
        let _ = std::fs::remove_dir_all(site.at("handouts"));
    }
}

#[test]
fn a_bulletin_beyond_all_paper_is_told_before_it_is_typeset() {
    let site = site("", "");
    let verse = "竹板一打响连声，\n街坊邻居仔细听。\n".repeat(40_000);
    for (body, words) in [
        (format!("```verse\n{verse}```"), "最多排 100000 个"),
        (format!("甲 {} 乙", "x".repeat(1_000_000)), "最多 2000 个"),
    ] {
        site.put("content/tips/good.md", bulletin("长", "handouts: [单页]\n", &body));
        let ran = site.run(&["print"]);
        assert_eq!(ran.code, Some(0), "a warning: {}", ran.err);
        assert!(ran.err.contains("F441") && ran.err.contains(words), "{}", ran.err);
        assert!(sheets(&site).is_empty());
    }
}

#[test]
fn a_booklet_of_a_thousand_is_told_before_it_is_typeset() {
    let site = Site::new();
    for number in 0..1_000 {
        site.put(&format!("content/tips/n{number}.md"), bulletin(&format!("第{number}篇"), "", "正文。"));
    }
    let settings = std::fs::read_to_string(site.at("content/site.yaml")).expect("settings");
    let booklet = "handouts:\n  booklets:\n    - {title: 全部, section: tips}\n";
    site.put("content/site.yaml", format!("{settings}{booklet}"));
    let ran = site.run(&["print"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for word in ["F441", "1001 篇", "最多 200 篇", "site.yaml"] {
        assert!(ran.err.contains(word), "{word}: {}", ran.err);
    }
    assert!(sheets(&site).is_empty());
}

#[test]
fn the_same_sheet_comes_out_of_this_process_and_of_its_child() {
    let site = Site::new();
    site.put(
        "content/tips/good.md",
        bulletin("一篇", "handouts: [单页, 分享卡片]\n", "正文，1.5 公里，见 <https://example.cn/>。"),
    );
    let ran = site.run(&["print"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let printed = files(&site.at("handouts"));
    assert_eq!(sheets(&site).len(), 2, "{}", ran.err);
    let kept = site.at(".yuanba");
    std::fs::remove_dir_all(&kept).expect("what was kept can go");
    let mut command = site.command(&["print", "--output", "again", "--lang", "zh"]);
    let again = ran_in_process(&mut command);
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(files(&site.at("again")) == printed, "the same bytes");
}

/// Without a child, and without a limit, as nought says.
fn ran_in_process(command: &mut std::process::Command) -> Ran {
    ran(command.env("YUANBA_TYPESET_SECONDS", "0"))
}
