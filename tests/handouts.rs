//! Handouts from front matter and settings to files, pages and the gallery; with small templates of their own, so that
//! what is tested is what the program does and not how a sheet looks.

#[path = "support/memory.rs"]
mod memory;
#[path = "handouts/slogan.rs"]
mod slogan;

use memory::{Builder, SETTINGS, world};
use std::collections::BTreeSet;
use yuanba::world::MemoryWorld;

/// A template that shows everything and says of text over forty characters that it does not fit.
const SHEET: &str = r#"
#let data = json("/data.json")
#set document(title: data.title)
#set text(font: "Noto Sans SC", lang: "zh", region: "cn")
#set page(width: 100mm, height: auto, margin: 5mm)
= #data.title
#data.version
#for b in data.bulletins {
  for block in b.body {
    if block.t == "figure" { image(block.src, alt: block.alt, width: 20mm) } else { repr(block) }
    if block.t == "p" {
      let long = block.c.map(c => c.at("s", default: "")).join("").clusters().len()
      if long > 40 [#metadata((at: block.at, chars: long - 40)) <yuanba-overflow>]
    }
  }
}
"#;

fn site() -> MemoryWorld {
    let mut world = world();
    for name in ["flyer", "card", "large", "booklet", "strip", "checklist", "trifold"] {
        world.put(&format!("themes/default/print/{name}.typ"), SHEET);
    }
    world.put("content/tips/_index.md", "---\ntitle: 防骗\nkind: tip\n---\n");
    world
}

fn tip(title: &str, more: &str, body: &str) -> String {
    format!("---\ntitle: {title}\ndate: 2026-11-20\n{more}---\n\n{body}\n")
}

fn settings(handouts: &str) -> String {
    format!("{SETTINGS}handouts:\n{handouts}")
}

/// The files that are handouts.
fn handouts(builder: &Builder) -> BTreeSet<String> {
    let paths = builder.files.keys().map(ToString::to_string);
    paths.filter(|path| path.ends_with(".pdf") || path.ends_with("-card.png")).collect()
}

fn text(builder: &Builder, path: &str) -> String {
    let found = builder.files.iter().find(|(file, _)| &***file == path);
    let (_, bytes) = found.unwrap_or_else(|| panic!("{path} is there"));
    String::from_utf8_lossy(bytes).into_owned()
}

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

#[test]
fn front_matter_chooses_before_settings() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "", "正文。"));
    world.put("content/tips/b.md", tip("乙", "handouts: [大字版, flyer, 单页]\n", "正文。"));
    world.put("content/tips/c.md", tip("丙", "印品: 无\n", "正文。"));
    world.put("content/tips/d.md", tip("丁", "handouts: []\n", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    // Without settings only what a bulletin asks for itself, and each layout once.
    assert_eq!(handouts(&builder), set(&["tips/b/b-flyer.pdf", "tips/b/b-large.pdf"]));
    world.put("content/site.yaml", settings("  tip: [单页, card]\n"));
    builder.build(&world).expect("it passes");
    let wanted = ["tips/a/a-card.png", "tips/a/a-flyer.pdf", "tips/b/b-flyer.pdf", "tips/b/b-large.pdf"];
    assert_eq!(handouts(&builder), set(&wanted));
    world.put("content/site.yaml", settings("  tip: [单页]\n  options: {names: 中文}\n"));
    builder.build(&world).expect("it passes");
    assert_eq!(
        handouts(&builder),
        set(&["tips/a/甲-单页.pdf", "tips/b/乙-单页.pdf", "tips/b/乙-大字版.pdf"])
    );
}

#[test]
fn what_there_is_no_layout_for_is_told() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单叶, 清单]\n", "正文。"));
    world.put("content/site.yaml", settings("  tip: [flier]\n  site: [单页]\n  booklets:\n    - {title: 一本, section: 没有, bulletins: [tips/z.md]}\n"));
    let mut builder = Builder::new();
    let errors = builder.build(&world).expect_err("names that mean nothing refuse");
    let about = |name: &str| errors.iter().any(|error| error.contains(name));
    assert!(about("unknown-layout") && about("handout-not-of-site"), "{errors:?}");
    assert!(about("booklet-section") && about("booklet-bulletin"), "{errors:?}");
    assert!(errors.iter().any(|error| error.contains("单叶")), "{errors:?}");
}

#[test]
fn a_layout_that_nothing_fills_is_left_out_with_a_word() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [清单, 单页]\n", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    assert_eq!(handouts(&builder), set(&["tips/a/a-flyer.pdf"]));
    assert_eq!(builder.found, ["Warn F442 content/tips/a.md:4"]);
}

#[test]
fn a_line_makes_no_folded_sheet_and_says_so() {
    let mut world = site();
    let folded = "handouts: [三折页, 小册子, 单页]\n";
    world.put("content/tips/a.md", tip("甲", folded, "凡是叫你“屏幕共享”的，都是骗子！"));
    let sentences = ["先挂电话，再打96110。"; 6].join("\n\n");
    world.put("content/tips/b.md", tip("乙", folded, &sentences));
    let rules = "记住: [陌生链接不点开不转发, 验证码谁要都不给, 不认识的人叫转账先打96110问一问, 陌生电话叫下载软件一律不装, 屏幕共享不要开]\n";
    world.put("content/tips/c.md", tip("丙", &format!("{folded}{rules}"), "先核实。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    let made =
        |name: &str| handouts(&builder).iter().filter(|path| path.contains(&format!("/{name}/"))).count();
    assert_eq!((made("a"), made("b"), made("c")), (1, 4, 4), "{:?}", handouts(&builder));
    assert_eq!(builder.found, ["Warn F442 content/tips/a.md:4"]);
}

#[test]
fn a_page_offers_its_handouts_with_pages_and_size() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单页, 分享卡片]\n", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    let page = text(&builder, "tips/a/index.html");
    let bytes =
        builder.files.iter().find(|(path, _)| path.ends_with("a-flyer.pdf")).expect("it is there").1.len();
    let facts = format!("PDF，1 页，{} KB", bytes.div_ceil(1024));
    assert!(page.contains("href=\"/tips/a/a-flyer.pdf\"") && page.contains(&facts), "{page}");
    assert!(page.contains("href=\"/tips/a/a-card.png\"") && page.contains("图片，"), "{page}");
}

#[test]
fn what_does_not_fit_is_left_out_and_said_at_each_build() {
    let long = "长".repeat(52);
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\n", &format!("短。\n\n{long}")));
    world.put("content/tips/b.md", tip("乙", "handouts: [单页]\n", "正文。"));
    let mut builder = Builder::new();
    // That the sentence is long is told as well.
    let said_of_the_sheet = |found: &[String]| -> Vec<String> {
        found.iter().filter(|one| !one.contains("W203")).cloned().collect()
    };
    builder.build(&world).expect("the site is published without the sheet");
    let (said, there) = (vec!["Warn F441 content/tips/a.md:9".to_owned()], set(&["tips/b/b-flyer.pdf"]));
    assert_eq!((said_of_the_sheet(&builder.found), handouts(&builder)), (said.clone(), there.clone()));
    for page in ["tips/a/index.html", "handouts/index.html"] {
        assert!(!text(&builder, page).contains("a-flyer"), "{page} offers no sheet that is not there");
    }
    assert!(text(&builder, "handouts/index.html").contains("b-flyer.pdf"));
    // Nothing changed: it is said again, and nothing is typeset for it.
    builder.build(&world).expect("it passes");
    assert_eq!((said_of_the_sheet(&builder.found), builder.typeset), (said, 0));
    // The author lets it pass, or cuts the text.
    let allowed = "handouts: [单页]\nallow:\n  - {code: F441, reason: 只要网页}\n".to_string();
    world.put("content/tips/a.md", tip("甲", &allowed, &format!("短。\n\n{long}")));
    builder.build(&world).expect("it passes");
    assert_eq!((said_of_the_sheet(&builder.found).len(), handouts(&builder)), (0, there));
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\n", "短。\n\n正好。"));
    builder.build(&world).expect("it passes");
    assert_eq!(builder.found, Vec::<String>::new());
    assert!(text(&builder, "tips/a/index.html").contains("a-flyer.pdf"));
    // And back: what was there is taken away.
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\n", &format!("短。\n\n{long}")));
    builder.build(&world).expect("it passes");
    assert_eq!(handouts(&builder), set(&["tips/b/b-flyer.pdf"]));
}

#[test]
fn a_broken_template_refuses_at_its_line_and_costs_no_other_sheet() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单页, 大字版]\n", "正文。"));
    world.put("content/tips/b.md", tip("乙", "handouts: [单页]\n", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    let before = builder.files.clone();
    world.put("themes/default/print/large.typ", "#let a = 1\n#let b = \n#c\n");
    let errors = builder.build(&world).expect_err("a template's error is an error");
    assert!(errors.iter().all(|error| error.starts_with("F444")), "{errors:?}");
    assert_eq!(builder.found, ["Deny F444 themes/default/print/large.typ:2"]);
    assert_eq!(builder.files, before);
}

#[test]
fn nothing_is_typeset_twice() {
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单页, 大字版, 分享卡片]\n", "正文。"));
    world.put("content/tips/b.md", tip("乙", "handouts: [单页]\n", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    // The page, the gallery, the sheet and its picture ask for the same one.
    assert_eq!(builder.typeset, 4);
    let first = builder.files.clone();
    builder.forget();
    builder.build(&world).expect("it passes");
    assert_eq!(builder.typeset, 0);
    assert_eq!(builder.files, first);
    let mut clean = Builder::new();
    clean.build(&world).expect("it passes");
    assert_eq!((clean.typeset, clean.files), (4, first));
    world.put("content/tips/b.md", tip("乙", "handouts: [单页]\n", "改过的正文。"));
    builder.build(&world).expect("it passes");
    assert_eq!(builder.typeset, 1);
}

#[test]
fn a_photo_changes_its_own_sheets_only_and_a_sheet_s_template_no_other_page() {
    let colour = |value: u8| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([value, 90, 160]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).expect("memory takes it");
        bytes.into_inner()
    };
    let mut world = site();
    world.put("content/tips/a/index.md", tip("甲", "handouts: [单页]\n", "![一片颜色](p.png)"));
    world.put("content/tips/a/p.png", colour(1));
    world.put("content/tips/b.md", tip("乙", "handouts: [单页]\n", "正文。"));
    world.put("content/tips/c.md", tip("丙", "", "正文。"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    world.put("content/tips/a/p.png", colour(200));
    let made = builder.build(&world).expect("it passes");
    assert!(made.contains("tips/a/a-flyer.pdf") && !made.contains("tips/b/b-flyer.pdf"), "{made:?}");
    assert_eq!(builder.typeset, 1);
    world.put("themes/default/print/flyer.typ", format!("{SHEET}\nMehr.\n"));
    let made = builder.build(&world).expect("it passes");
    assert_eq!(builder.typeset, 2);
    for page in ["tips/a/index.html", "tips/a/a-flyer.pdf", "handouts/index.html"] {
        assert!(made.contains(page), "{made:?}");
    }
    for page in ["tips/c/index.html", "tips/index.html", "index.html"] {
        assert!(!made.contains(page), "{made:?}");
    }
}

#[test]
fn booklets_and_contact_cards_come_from_the_settings() {
    let mut world = site();
    for (name, more) in [("a", "tags: [养老]\n"), ("b", "areas: [hebian]\n"), ("c", "")] {
        world.put(
            &format!("content/tips/{name}.md"),
            tip(&format!("题{name}"), more, &format!("正文{name}。")),
        );
    }
    let some = "  booklets:\n    - {title: 防骗手册, section: tips}\n    - {title: 一篇, slug: yi-pian, bulletins: [tips/b.md, content/tips/a.md]}\n    \
                - {title: 养老册, tag: 养老, areas: [龙潭村]}\n  site: [联系卡]\n";
    world.put("content/site.yaml", settings(some));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    let wanted = [
        "handouts/fang-pian-shou-ce-booklet-imposed.pdf",
        "handouts/fang-pian-shou-ce-booklet.pdf",
        // Only Longtan has an officer.
        "handouts/longtan-strip.pdf",
        "handouts/yang-lao-ce-booklet-imposed.pdf",
        "handouts/yang-lao-ce-booklet.pdf",
        "handouts/yi-pian-booklet-imposed.pdf",
        "handouts/yi-pian-booklet.pdf",
    ];
    assert_eq!(handouts(&builder), set(&wanted));
    // A new bulletin of the section is in the booklet at once.
    world.put("content/tips/d.md", tip("题d", "", "正文d。"));
    let made = builder.build(&world).expect("it passes");
    assert!(made.contains("handouts/fang-pian-shou-ce-booklet.pdf"), "{made:?}");
    assert!(!made.contains("handouts/yi-pian-booklet.pdf") && !made.contains("handouts/longtan-strip.pdf"));
    world.put(
        "content/site.yaml",
        settings("  booklets:\n    - {title: 空的, tag: 养老, areas: [hebian], slug: kong}\n"),
    );
    for name in ["a", "b", "c", "d"] {
        world.put(&format!("content/tips/{name}.md"), tip("题", "areas: [hebian]\n", "正文。"));
    }
    world.put("content/tips/a.md", tip("题", "tags: [养老]\nareas: [longtan]\n", "正文。"));
    builder.build(&world).expect("an empty booklet is left out");
    assert_eq!((builder.found.len(), handouts(&builder)), (1, BTreeSet::new()), "{:?}", builder.found);
}

#[test]
fn the_gallery_shows_every_handout_by_kind_and_by_village() {
    let mut world = site();
    for number in 10..40 {
        let areas = if number % 10 == 0 { "areas: [longtan]\n" } else { "" };
        world.put(&format!("content/tips/n{number}.md"), tip(&format!("第{number}"), areas, "正文。"));
    }
    world.put("content/site.yaml", settings("  tip: [单页]\n  site: [联系卡]\n"));
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    let (first, second) =
        (text(&builder, "handouts/index.html"), text(&builder, "handouts/page/2/index.html"));
    let shown = |page: &str| page.matches("loading=\"lazy\"").count();
    assert_eq!((shown(&first), shown(&second)), (24, 7));
    let village = text(&builder, "handouts/areas/longtan/index.html");
    assert_eq!(shown(&village), 4);
    assert!(village.contains("longtan-strip.pdf") && village.contains("n10-flyer.pdf"));
    assert_eq!(shown(&text(&builder, "handouts/contacts/index.html")), 1);
    for page in [&first, &second, &village] {
        for link in page.split("href=\"/").skip(1).filter_map(|rest| rest.split('"').next()) {
            let link = link.split('#').next().unwrap_or_default();
            let file = if link.is_empty() || link.ends_with('/') {
                format!("{link}index.html")
            } else {
                link.to_owned()
            };
            assert!(builder.files.keys().any(|path| **path == *file), "{file} is there");
        }
        let small: Vec<&str> =
            page.split("<img src=\"/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        for path in small {
            let bytes =
                builder.files.iter().find(|(file, _)| ***file == *path).expect("each picture is there").1;
            assert!(bytes.len() < 20_000 && bytes.starts_with(&[0xff, 0xd8]), "{path}: {}", bytes.len());
        }
        let mut packed = Vec::new();
        let options = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
        brotli::BrotliCompress(&mut page.as_bytes(), &mut packed, &options).expect("memory takes it");
        assert!(packed.len() < 14 * 1024, "{}", packed.len());
    }
    assert!(text(&builder, "sitemap/index.html").contains("href=\"/handouts/\""));
}

#[test]
fn a_version_changes_with_what_is_printed_alone() {
    let version = |world: &MemoryWorld| {
        let mut builder = Builder::new();
        builder.build(world).expect("it passes");
        builder.files.into_iter().find(|(path, _)| path.ends_with("a-flyer.pdf")).expect("it is there").1
    };
    let mut world = site();
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\n", "正文。"));
    let first = version(&world);
    world.put("content/tips/b.md", tip("乙", "", "别的。"));
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\npinned: true\n", "正文。"));
    world.set_now(yuanba::world::World::now(&world) + jiff::SignedDuration::from_hours(24 * 40));
    assert!(version(&world) == first, "another day, another bulletin and a pin print the same");
    world.put("content/tips/a.md", tip("甲", "handouts: [单页]\n", "正文!"));
    assert!(version(&world) != first);
}

#[test]
fn a_preview_keeps_one_sheet_of_a_bulletin_however_often_it_is_edited() {
    use yuanba::build::preview::Preview;
    use yuanba::model::collect::Options;
    let mut preview = Preview::new();
    let mut kept = Vec::new();
    for edit in 0..4 {
        let text = |what: &str| tip(what, "handouts: [单页]\n", what);
        let mut world = site();
        world.put("content/tips/other.md", text("另一篇"));
        world.put("content/tips/a.md", text(&format!("改第{edit}次")));
        let shown = preview.build(&world, &Options::default());
        assert!(shown.files.is_some(), "{:?}", shown.found);
        kept.push(preview.kept());
    }
    // Two sheets with their facts and small pictures, give or take the length of a word.
    assert!(kept[0] > 10_000 && kept.iter().all(|now| now.abs_diff(kept[0]) < kept[0] / 4), "{kept:?}");
}

/// A template that does not fit unless the bulletin is marked as invented, in words and beside its kind.
const MARKED: &str = r#"
#let data = json("/data.json")
#set document(title: data.title)
#set text(font: "Noto Sans SC", lang: "zh", region: "cn")
#set page(width: 100mm, height: auto, margin: 5mm)
= #data.title
#let b = data.bulletins.first()
#if b.sample == none or not b.kind_label.contains(b.sample) [#metadata((at: none, chars: 1)) <yuanba-overflow>]
"#;

#[test]
fn sheets_of_the_sample_are_marked_until_the_office_has_another_name() {
    let mut world = site();
    world.put("themes/default/print/flyer.typ", MARKED);
    world.put("content/stories/_index.md", "---\ntitle: 动态\nkind: story\n---\n");
    world.put("content/stories/a.md", tip("甲", "handouts: [单页]\n", "正文。"));
    world.put("content/tips/a.md", tip("乙", "handouts: [单页]\n", "正文。"));
    assert!(SETTINGS.contains(yuanba::model::config::SAMPLE_UNIT), "the tests' site bears the sample's name");
    let mut builder = Builder::new();
    builder.build(&world).expect("it passes");
    assert_eq!(handouts(&builder), set(&["stories/a/a-flyer.pdf"]), "a tip is no news");
    world.put("content/site.yaml", SETTINGS.replace(yuanba::model::config::SAMPLE_UNIT, "南山镇派出所"));
    builder.build(&world).expect("it passes");
    assert_eq!(handouts(&builder), set(&[]));
}
