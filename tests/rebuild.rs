//! An incremental build's bytes equal a clean build's, and it makes no more than it must.

#[path = "support/memory.rs"]
mod memory;

use memory::{Builder, SETTINGS, world};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use yuanba::world::{MemoryWorld, World};

/// A bulletin of a site that is edited.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "front matter has as many")]
struct Bulletin {
    section: usize,
    name: String,
    title: u8,
    body: u8,
    tag: u8,
    day: u8,
    picture: Option<u8>,
    link: Option<usize>,
    area: bool,
    pinned: bool,
    draft: bool,
    expires: Option<u8>,
    summary: bool,
}

/// A site that is edited.
#[derive(Clone, Debug)]
struct Site {
    bulletins: Vec<Bulletin>,
    section_title: u8,
    settings: u8,
    theme: u8,
    days: u8,
    scam: u8,
    sheet: u8,
}

/// A template of handouts that shows all that it is given.
const SHEET: &str = "#let data = json(\"/data.json\")\n#set document(title: data.title)\n\
    #set text(font: \"Noto Sans SC\", lang: \"zh\", region: \"cn\")\n#set page(width: 90mm, height: auto, margin: 5mm)\n\
    = #data.title\n#data.version\n#for block in data.bulletins.first().body {\n  \
    if block.t == \"figure\" { image(block.src, alt: block.alt, width: 9mm) } else { repr(block) }\n}\n";

const SECTIONS: [(&str, &str); 4] =
    [("tips", "tip"), ("notices", "notice"), ("meetings", "meeting"), ("verse", "verse")];

impl Site {
    fn twelve() -> Self {
        let bulletin = |number: usize| Bulletin {
            section: number % 4,
            name: format!("b{number}"),
            title: 0,
            body: 0,
            tag: u8::try_from(number % 3).expect("small"),
            day: u8::try_from(number).expect("small"),
            picture: number.is_multiple_of(5).then_some(0),
            link: number.checked_sub(1),
            area: number.is_multiple_of(2),
            pinned: number == 3,
            draft: false,
            expires: None,
            summary: number.is_multiple_of(2),
        };
        Self {
            bulletins: (0..12).map(bulletin).collect(),
            section_title: 0,
            settings: 0,
            theme: 0,
            days: 0,
            scam: 0,
            sheet: 0,
        }
    }

    fn world(&self) -> MemoryWorld {
        let mut world = world();
        world.put(
            "content/site.yaml",
            SETTINGS.replace("院坝", &format!("院坝{}", "号".repeat(self.settings.into())))
                + "handouts:\n  verse: [单页]\n",
        );
        world.put("themes/default/print/flyer.typ", format!("{SHEET}第{}版\n", self.sheet));
        world.put(
            "content/words/scams.yaml",
            format!("scams:\n  - {{name: 刷单返利, about: 说法{}。}}\n", self.scam),
        );
        for (number, (dir, kind)) in SECTIONS.iter().enumerate() {
            let title = if number == 0 { self.section_title } else { 0 };
            world.put(
                &format!("content/{dir}/_index.md"),
                format!("---\ntitle: 栏目{number}-{title}\nkind: {kind}\n---\n"),
            );
        }
        if self.theme > 0 {
            world.put("themes/default/assets/style.css", format!("p{{margin:{}px}}", self.theme));
        }
        if self.theme > 2 {
            world.put(
                "themes/default/templates/not_found.html",
                format!("<!doctype html><title>无</title>{}", self.theme),
            );
        }
        for bulletin in &self.bulletins {
            self.put(bulletin, &mut world);
        }
        let moment = world.now() + jiff::SignedDuration::from_hours(24 * i64::from(self.days));
        world.set_now(moment);
        world
    }

    fn put(&self, bulletin: &Bulletin, world: &mut MemoryWorld) {
        let (dir, kind) = SECTIONS[bulletin.section];
        let folder = format!("content/{dir}/{}", bulletin.name);
        let mut text = format!(
            "---\ntitle: 题目{}-{}\ndate: 2026-10-{:02}\n",
            bulletin.name,
            bulletin.title,
            bulletin.day % 28 + 1
        );
        let mut line = |words: String| {
            let _ = writeln!(text, "{words}");
        };
        line(format!("tags: [标签{}, 大家]", bulletin.tag % 5));
        if bulletin.area {
            line("areas: [longtan]".to_owned());
        }
        if bulletin.pinned {
            line("pinned: true".to_owned());
        }
        if bulletin.draft {
            line("draft: true".to_owned());
        }
        if bulletin.summary {
            line("summary: 一句话说清。".to_owned());
        }
        if let Some(day) = bulletin.expires {
            line(format!("expires: 2026-11-{:02}", day % 10 + 20));
        }
        match kind {
            "meeting" => line(format!("start: 2026-11-{:02} 14:00\nplace: 村口", bulletin.day % 12 + 18)),
            "tip" => line("scam: 刷单返利".to_owned()),
            _ => {}
        }
        let _ = write!(text, "---\n\n## 小题\n\n正文第{}版。\n", bulletin.body);
        if let Some(picture) = bulletin.picture {
            world.put(&format!("{folder}/p.png"), colour(picture));
            text += "\n![一片颜色](p.png)\n";
        }
        if let Some(other) = bulletin.link.and_then(|link| self.bulletins.get(link)) {
            let _ = write!(
                text,
                "\n见[另一篇](../../{}/{}/index.md#小题)。\n",
                SECTIONS[other.section].0, other.name
            );
        }
        world.put(&format!("{folder}/index.md"), text);
    }

    /// One edit as staff make it.
    fn edit(&mut self, what: u8, which: usize, value: u8) {
        match what {
            0 => self.section_title = value,
            1 => self.settings = value % 4,
            2 => self.theme = value % 5,
            3 => self.days = value % 20,
            4 => self.scam = value,
            20 => self.sheet = value % 3,
            5 => {
                let mut added = Site::twelve().bulletins[which % 12].clone();
                added.name = format!("n{value}-{}", self.bulletins.len());
                self.bulletins.push(added);
            }
            _ if self.bulletins.is_empty() => {}
            6 => {
                let gone = which % self.bulletins.len();
                self.bulletins.remove(gone);
            }
            _ => {
                let count = self.bulletins.len();
                let one = &mut self.bulletins[which % count];
                match what {
                    7 => one.title = value,
                    8 => one.body = value,
                    9 => one.tag = value,
                    10 => one.day = value,
                    11 => one.picture = (value > 60).then_some(value),
                    12 => one.link = (value > 60).then_some(usize::from(value) % count),
                    13 => one.area = !one.area,
                    14 => one.pinned = !one.pinned,
                    15 => one.draft = !one.draft,
                    16 => one.expires = (value > 60).then_some(value),
                    17 => one.name = format!("r{value}-{which}"),
                    18 => one.summary = !one.summary,
                    _ => one.section = usize::from(value) % 4,
                }
            }
        }
    }
}

/// A small picture of one colour.
fn colour(value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([value, 90, 160]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}

/// Paths whose bytes differ, for a message that can be read.
fn differing<K: Ord + ToString, V: PartialEq>(a: &BTreeMap<K, V>, b: &BTreeMap<K, V>) -> Vec<String> {
    let keys = a.keys().chain(b.keys()).filter(|key| a.get(key) != b.get(key));
    let mut paths: Vec<String> = keys.map(ToString::to_string).collect();
    paths.dedup();
    paths
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, max_shrink_iters: 60, ..ProptestConfig::default() })]

    #[test]
    fn incremental_equals_clean(edits in prop::collection::vec((0..21_u8, 0..16_usize, any::<u8>()), 1..8)) {
        let mut site = Site::twelve();
        let mut builder = Builder::new();
        builder.build(&site.world()).expect("the twelve pass");
        for (what, which, value) in edits {
            site.edit(what, which, value);
            let world = site.world();
            let mut clean = Builder::new();
            let (kept, anew) = (builder.build(&world), clean.build(&world));
            prop_assert_eq!(kept.as_ref().err(), anew.as_ref().err());
            if anew.is_ok() {
                let wrong = differing(&builder.files, &clean.files);
                prop_assert!(wrong.is_empty(), "after edit {what} of {which} to {value}: {wrong:?}");
            }
        }
    }
}

/// Every edit once, so that none depends on luck.
#[test]
fn each_edit_alone_equals_clean() {
    for what in 0..21 {
        let mut site = Site::twelve();
        let mut builder = Builder::new();
        builder.build(&site.world()).expect("the twelve pass");
        site.edit(what, 11, 203);
        let mut clean = Builder::new();
        let world = site.world();
        let (kept, anew) = (builder.build(&world), clean.build(&world));
        assert_eq!(kept.as_ref().err(), anew.as_ref().err(), "edit {what}");
        anew.unwrap_or_else(|said| panic!("edit {what} passes: {said:?}"));
        assert_eq!(differing(&builder.files, &clean.files), Vec::<String>::new(), "edit {what}");
    }
}

#[test]
fn nothing_changed_nothing_made() {
    let site = Site::twelve();
    let mut builder = Builder::new();
    assert!(builder.build(&site.world()).expect("it passes").len() > 40);
    assert!(builder.build(&site.world()).expect("it passes").is_empty());
}

#[test]
fn the_same_site_twice_gives_the_same_bytes() {
    let [one, two] = [0, 1].map(|_| {
        let mut builder = Builder::new();
        builder.build(&Site::twelve().world()).expect("it passes");
        builder.files
    });
    assert_eq!(differing(&one, &two), Vec::<String>::new());
}

#[test]
fn a_changed_body_makes_its_page_and_the_feeds_that_hold_it() {
    let mut site = Site::twelve();
    let mut builder = Builder::new();
    builder.build(&site.world()).expect("it passes");
    // The fourth is a tip with a summary of its own, so that no list shows words of its body.
    site.edit(8, 4, 9);
    let made = builder.build(&site.world()).expect("it passes");
    assert!(made.contains("tips/b4/index.html"), "{made:?}");
    let others: Vec<&String> = made
        .iter()
        .filter(|path| {
            *path != "tips/b4/index.html" && !path.ends_with("atom.xml") && !path.ends_with("feed.json")
        })
        .collect();
    assert!(others.is_empty(), "{others:?}");
    assert!(!made.contains("notices/atom.xml"), "{made:?}");
}

#[test]
fn a_changed_title_leaves_unrelated_pages_alone() {
    let mut site = Site::twelve();
    let mut builder = Builder::new();
    builder.build(&site.world()).expect("it passes");
    site.edit(7, 0, 9);
    let made = builder.build(&site.world()).expect("it passes");
    assert!(made.contains("tips/index.html") && made.contains("tips/b0/index.html"), "{made:?}");
    for far in ["404.html", "verse/b7/index.html", "notices/atom.xml", "robots.txt"] {
        assert!(!made.contains(far), "{far} in {made:?}");
    }
}

#[test]
fn a_refused_site_leaves_the_memory_as_it_was() {
    let mut site = Site::twelve();
    let mut builder = Builder::new();
    builder.build(&site.world()).expect("it passes");
    let broken = site.world().with("content/tips/x.md", "---\n---\n");
    assert!(builder.build(&broken).is_err());
    site.edit(8, 4, 9);
    builder.build(&site.world()).expect("it passes again");
    let mut clean = Builder::new();
    clean.build(&site.world()).expect("it passes");
    assert_eq!(differing(&builder.files, &clean.files), Vec::<String>::new());
}
