//! What templates see, written down from what they are given: `themes/default/README.md`, which `yuanba theme docs` prints.
//!
//! A site that is the sample in small is rendered whole; every value that a template was given gives its name, its type and an example. So
//! no name is missing, none is left over, and none of them has a type that it has not. Set `YUANBA_BLESS=1` to write the page anew.
#![expect(clippy::disallowed_methods, reason = "a test that reads and writes a page of the repository")]

use super::{check, prepare, render};
use crate::diag::Sink;
use crate::model::collect::Options;
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache, embedded_site};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How many bulletins of a section the small site has.
const EACH: usize = 3;

/// What is known of a name.
#[derive(Default)]
struct Known {
    kinds: Vec<&'static str>,
    /// Whether it is sometimes not there.
    absent: bool,
    example: String,
}

type Shape = BTreeMap<String, Known>;

fn note(shape: &mut Shape, name: &str, value: &Value) {
    let (kind, example) = match value {
        Value::Null => ("", String::new()),
        Value::Bool(flag) => ("yes or no", flag.to_string()),
        Value::Number(number) => ("number", number.to_string()),
        Value::String(text) => ("text", text.clone()),
        Value::Array(items) => {
            let known = shape.entry(name.to_owned()).or_default();
            known.absent |= items.is_empty();
            if !items.is_empty() && !known.kinds.contains(&"list") {
                known.kinds.push("list");
            }
            return items.iter().for_each(|item| note(shape, &format!("{name}[]"), item));
        }
        Value::Object(fields) => {
            if !name.is_empty() {
                let known = shape.entry(name.to_owned()).or_default();
                if !known.kinds.contains(&"group") {
                    known.kinds.push("group");
                }
            }
            let within =
                |field: &str| if name.is_empty() { field.to_owned() } else { format!("{name}.{field}") };
            return fields.iter().for_each(|(field, value)| note(shape, &within(field), value));
        }
    };
    let known = shape.entry(name.to_owned()).or_default();
    if kind.is_empty() {
        known.absent = true;
    } else if !known.kinds.contains(&kind) {
        known.kinds.push(kind);
    }
    if known.example.is_empty() {
        known.example = example;
    }
}

/// What is nowhere there in the small site has the type that it has where else it stands: cards and contacts are the same everywhere.
fn fill(shape: &mut Shape, known: &BTreeMap<String, Vec<&'static str>>) {
    for (name, own) in shape.iter_mut().filter(|(_, own)| own.kinds.is_empty()) {
        let last = name.rsplit('.').next().unwrap_or(name);
        own.kinds = known.get(name).or_else(|| known.get(last)).cloned().unwrap_or_default();
    }
}

fn table(out: &mut String, shape: &Shape) {
    *out += "| 名称 name | 种类 type | 例子 example |\n|---|---|---|\n";
    for (name, known) in shape {
        let kinds =
            if known.kinds.is_empty() { "not in the sample".to_owned() } else { known.kinds.join(" or ") };
        let absent = if known.absent { ", may be absent" } else { "" };
        let plain = known.example.replace(['\n', '\r'], " ").replace('|', "\\|");
        let mut example: String = plain.chars().take(48).collect();
        if plain.chars().count() > 48 {
            example.push('…');
        }
        let example =
            if example.is_empty() { String::new() } else { format!("`{}`", example.replace('`', "'")) };
        let _ = writeln!(out, "| `{name}` | {kinds}{absent} | {example} |");
    }
}

/// The sample in small: a few bulletins of each section, one kind of handout, and a face of its own.
fn small_site() -> MemoryWorld {
    let noon = "2026-11-24T12:00:00+08:00".parse().expect("a moment");
    let mut world = MemoryWorld::new(noon);
    let mut taken: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (path, bytes) in embedded_site() {
        let below = path.trim_start_matches("content/");
        let (section, rest) = below.split_once('/').unwrap_or(("", below));
        let unit = rest.split('/').next().unwrap_or_default();
        let units = taken.entry(section).or_default();
        let counted = !matches!(section, "" | "data" | "words" | "pages" | "meetings" | "notices")
            && unit != "_index.md";
        if counted && !units.contains(&unit) {
            if units.len() >= EACH {
                continue;
            }
            units.push(unit);
        }
        if &**path == "content/site.yaml" {
            let text = String::from_utf8_lossy(bytes);
            let (before, rest) = text.split_once("\nhandouts:\n").expect("the sample has handouts");
            let after = rest.find("\n\n").map_or("", |at| &rest[at..]);
            let own = "\nbrand: {badge: brand/badge.svg, motto: 有事找我们}\nhandouts: {tip: [分享卡片], options: {names: pinyin}}\nlints: {L301: warn}\nhost: {count_visits: 是}\n";
            world.put(path, format!("{before}{own}{after}"));
        } else {
            world.put(path, bytes);
        }
    }
    let badge = "<svg viewBox=\"0 0 9 9\"><path d=\"M0 0h9v9z\"/></svg>";
    world.put("content/brand/badge.svg", badge);
    let moved = "---\ntitle: 换了地方的一篇\ndate: 2026-11-20\naliases: [/tips/old/]\n---\n正文。\n";
    world.put("content/tips/moved.md", moved);
    world
}

#[test]
fn the_page_on_views_is_what_templates_are_given() {
    let world = small_site();
    let mut sink = Sink::new();
    let prepared = prepare(&world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
    // Links to what the small site leaves out are no matter here.
    let Ok(checked) = check(&prepared, &mut sink) else {
        let errors = sink.found().iter().filter(|one| one.level > crate::diag::Level::Warn);
        panic!("{:#?}", errors.collect::<Vec<_>>());
    };
    let pages = prepared.targets.iter().filter(|(path, _)| path.ends_with(".html"));
    for (_, target) in pages {
        let _ = render(&prepared, checked, &world, &NoCache, target);
    }
    let seen = prepared.theme.seen.lock().expect("no render panicked");
    let (mut frame, mut every) = (Shape::new(), Shape::new());
    let mut templates: BTreeMap<&str, Shape> = BTreeMap::new();
    for (template, view, shared) in seen.iter() {
        note(&mut frame, "frame", shared);
        let own = templates.entry(template).or_default();
        for (name, value) in view.as_object().expect("a view is a group of names") {
            match name.as_str() {
                "head" | "here" => note(&mut every, name, value),
                _ => note(own, name, value),
            }
        }
    }
    every.extend(frame);
    let mut kinds: BTreeMap<String, Vec<&'static str>> = BTreeMap::new();
    for (name, known) in templates.values().flatten().filter(|(_, known)| !known.kinds.is_empty()) {
        let last = name.rsplit('.').next().unwrap_or(name);
        kinds.entry(name.clone()).or_insert_with(|| known.kinds.clone());
        kinds.entry(last.to_owned()).or_insert_with(|| known.kinds.clone());
    }
    templates.values_mut().for_each(|shape| fill(shape, &kinds));
    let mut page = String::from(HEAD);
    page += "\n## 每一页 every page\n\n";
    table(&mut page, &every);
    for (template, shape) in &templates {
        let _ = write!(page, "\n## templates/{template}\n\n");
        table(&mut page, shape);
    }
    let every_template: Vec<String> = embedded_templates();
    let undescribed: Vec<&String> =
        every_template.iter().filter(|name| !templates.contains_key(name.as_str())).collect();
    assert!(undescribed.is_empty(), "nothing was rendered from {undescribed:?}");
    let place = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/README.md");
    if std::env::var_os("YUANBA_BLESS").is_some() {
        crate::world::replace::replace(std::path::Path::new(place), page.as_bytes())
            .expect("the page can be written");
    }
    let written = std::fs::read_to_string(place).expect("the page is there").replace("\r\n", "\n");
    let differs = page.lines().zip(written.lines()).find(|(new, old)| new != old);
    assert!(
        page == written,
        "themes/default/README.md is not what templates see, first at {differs:?}; set YUANBA_BLESS=1 to write it"
    );
}

/// The templates that make a page; the frame, the parts and what the kinds share make none alone.
fn embedded_templates() -> Vec<String> {
    let below = crate::world::embedded_theme().keys();
    let names = below.filter_map(|path| path.strip_prefix("themes/default/templates/"));
    names
        .filter(|name| !matches!(*name, "base.html" | "components.html" | "bulletin.html"))
        .map(str::to_owned)
        .collect()
}

const HEAD: &str = "# 外观：各模板看得到的数据 / What templates see\n\n\
    要改网站的样子，不会写模板也行：颜色、徽标、格言写在 `site.yaml` 的 `brand:` 里；界面上的字写在 `themes/default/text.zh-CN.yaml` 里，只写要改的几项。\n\
    要改模板，先 `yuanba theme list` 看有哪些文件，再 `yuanba theme eject templates/page.html` 拿一份出来改。模板的语言是 [Tera](https://keats.github.io/tera/)。\n\n\
    下面是每个模板看得到的名称、种类和例子，由一项测试从真正的网页里写出来。`[]` 是列表里的每一项；may be absent 的有时没有，先用 `{% if %}` 问一问。\n\
    另外都有：`text.名称`（界面文字）、`{{ body }}`（正文）、`asset(name=\"style.css\")`（外观文件的网址）、`| phrases | safe`（标题按词断行）。\n\
    印品的模板看到的数据，见 `print/README.md`。\n\n\
    Colours, badge and motto stand in `brand:` of `site.yaml`, words of the interface in `text.LANGUAGE.yaml`; no template need be touched for them. `yuanba theme list` names the files, \
    `yuanba theme eject FILE` copies one to change. Below stands what each template sees, written by a test from pages that were rendered.\n";
