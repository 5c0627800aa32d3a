//! Findings about handouts on small sites in memory.

use super::*;
use crate::diag::{Catalogue, Language};
use crate::model::collect::{Options, collect};
use crate::print::engine::tests::files;
use crate::source::Memo;
use crate::world::MemoryWorld;

const SETTINGS: &str = "title: 清水镇派出所\nbase_url: https://www.example.gov.cn/\n\
    areas:\n  - {code: longtan, name: 龙潭村}\n";

struct Outcome {
    model: Model,
    sink: Sink,
}

impl Outcome {
    /// Code and the text under the caret of each finding.
    fn found(&self) -> Vec<(&str, &str)> {
        let text = |span: Span| &self.model.sources.text(span.file)[span.range()];
        self.sink.found().iter().map(|one| (one.code.id, one.primary.map_or("", text))).collect()
    }

    fn words(&self) -> String {
        let zh = Catalogue::of(Language::Zh);
        let both = |one: &Diagnostic| {
            format!(
                "{} {}",
                zh.format(&one.message),
                one.hint.as_ref().map_or_else(String::new, |h| zh.format(h))
            )
        };
        self.sink.found().iter().map(both).collect()
    }
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(width, height).write_to(&mut file, image::ImageFormat::Png).unwrap();
    file.into_inner()
}

fn check_text(text: &str, wanted: &[&str]) -> Outcome {
    let world = MemoryWorld::new("2026-11-23T04:00:00Z".parse().unwrap())
        .with("content/site.yaml", SETTINGS)
        .with("content/tips/small.png", png(300, 225))
        .with("content/tips/large.png", png(640, 480))
        .with("content/tips/a.md", text);
    let model = collect(&world, &Memo::off(), &Options::default(), &mut Sink::new());
    let wanted: Vec<&'static Layout> = wanted.iter().map(|name| Layout::named(name).unwrap()).collect();
    let mut sink = Sink::new();
    let [entry] = &model.entries[..] else { panic!("one bulletin") };
    check(&model, &files(&[]), entry, &wanted, Span::whole(entry.file), &mut sink);
    Outcome { model: model.model, sink }
}

#[test]
fn a_plain_bulletin_is_fine() {
    let text = "---\ntitle: 高温天防诈——“三不”\nsummary: 龙潭村，２０２６年①②③℃㎡\n---\n正文：**不轻信**、不转账… 96110\n";
    assert_eq!(check_text(text, &["flyer", "large", "card", "poster", "letter"]).found(), []);
    assert_eq!(check_text(text, &["booklet"]).found(), [("F442", "")], "a line is no booklet");
}

#[test]
fn a_character_without_a_glyph_is_named_where_it_stands() {
    let text = "---\ntitle: 高温\u{1F525}\n# 备注\u{1F4A1}\n---\n当心\u{1F631}，当心\u{1F631}。\n\n- `\u{E000}`\n\n&#x1F4A3;\n";
    let outcome = check_text(text, &["flyer"]);
    // Emoji are left out and told once, at the first; what nobody can read is told by itself.
    assert_eq!(outcome.found(), [("F440", "\u{1F525}"), ("F440", "\u{E000}")]);
    assert!(outcome.words().contains("“\u{1F4A3}\u{1F525}\u{1F631}”"), "{}", outcome.words());
    assert!(outcome.words().contains("U+E000"), "{}", outcome.words());
    assert_eq!(check_text(text, &[]).found(), [], "without handouts nothing is missed");
}

#[test]
fn verse_and_contacts_are_looked_at() {
    let text = "---\ntitle: 快板\nkind: verse\n---\n```verse\n打竹板\u{1F3B5}，\n（笑\u{1F606}）走\n```\n\n```contact\n姓名: 陈\u{1F46E}\n```\n";
    let outcome = check_text(text, &["verse"]);
    assert_eq!(outcome.found(), [("F440", "\u{1F3B5}")]);
    assert!(outcome.words().contains("“\u{1F3B5}\u{1F46E}\u{1F606}”"), "{}", outcome.words());
}

#[test]
fn settings_are_looked_at() {
    let world = MemoryWorld::new("2026-11-23T04:00:00Z".parse().unwrap()).with(
        "content/site.yaml",
        format!("{SETTINGS}officers:\n  - {{name: 陈\u{1F46E}, area: longtan}}\n"),
    );
    let model = collect(&world, &Memo::off(), &Options::default(), &mut Sink::new());
    let mut sink = Sink::new();
    check_settings(&model, &files(&[]), &mut sink);
    assert_eq!(Outcome { model: model.model, sink }.found(), [("F440", "\u{1F46E}")]);
}

#[test]
fn a_layout_that_nothing_fills_is_told() {
    let guide = "---\ntitle: 补办\nkind: guide\n---\n正文。\n";
    for (layout, lack) in [("checklist", "材料"), ("verse", "快板"), ("report", "没有表"), ("strip", "民警")]
    {
        let outcome = check_text(guide, &[layout, "flyer"]);
        assert_eq!(outcome.found().len(), 1, "{layout}");
        assert!(outcome.words().contains(lack), "{}", outcome.words());
    }
    for (text, layout) in [
        ("---\ntitle: 补办\nkind: guide\nmaterials: [户口簿]\n---\n", "checklist"),
        ("---\ntitle: 快板\n---\n> ```verse\n> 打竹板\n> ```\n", "verse"),
        ("---\ntitle: 通报\n---\n| 甲 |\n|---|\n| 1 |\n", "report"),
        ("---\ntitle: 空\n---\n", "flyer"),
    ] {
        assert_eq!(check_text(text, &[layout]).found(), [], "{layout}");
    }
}

#[test]
fn a_coarse_photo_is_told_with_the_width_it_needs() {
    let text = "---\ntitle: 照片\n---\n![小](small.png)\n\n![大](large.png)\n\n![小](small.png)\n";
    let outcome = check_text(text, &["flyer", "card"]);
    assert_eq!(outcome.found(), [("F443", "small.png")]);
    let words = outcome.words();
    assert!(words.contains("110 点") && words.contains("457 像素"), "{words}");
    // On the larger sheet the other is too coarse as well.
    assert_eq!(check_text(text, &["flyer", "poster"]).found().len(), 2);
    assert_eq!(check_text(text, &["card", "long"]).found().len(), 0);
}
