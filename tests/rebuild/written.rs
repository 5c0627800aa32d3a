//! The files of a site that is edited, as they stand in its folder.

use super::{Bulletin, Site};
use crate::memory::{Builder, SETTINGS, world};
use std::fmt::Write;
use yuanba::world::{MemoryWorld, World};

impl Site {
    /// Takes over what a build leaves for the next one: addresses, and what a release of now would hold.
    pub fn left_by(&mut self, builder: &Builder) {
        self.addresses.clone_from(&builder.addresses);
        self.published.clone_from(&builder.published);
    }

    /// The site as files.
    pub fn world(&self) -> MemoryWorld {
        let mut world = world();
        let mut settings = SETTINGS.to_owned();
        for (key, text) in &self.settings {
            if key == "officers" {
                let before = "officers:\n  - {name: 李警官, area: longtan, phone: 0000-7110123}\n";
                settings = settings.replace(before, text);
            } else {
                settings.push_str(text);
            }
        }
        if !self.settings.contains_key("handouts") {
            settings.push_str("handouts:\n  verse: [单页]\n");
        }
        world.put("content/site.yaml", settings);
        for (path, text) in &self.files {
            world.put(path, text);
        }
        for (dir, (front, words)) in &self.sections {
            world.put(&format!("content/{dir}/_index.md"), format!("---\n{front}---\n\n{words}"));
        }
        for bulletin in &self.bulletins {
            bulletin.put(self, &mut world);
        }
        if !self.addresses.is_empty() {
            world.put("content/addresses.yaml", &self.addresses);
        }
        let moment = world.now() + jiff::SignedDuration::from_hours(self.hours);
        world.set_now(moment);
        world
    }
}

impl Bulletin {
    /// Its path.
    pub fn path(&self) -> String {
        let Self { dir, name, .. } = self;
        if self.folder {
            format!("content/{dir}/{name}/index.md")
        } else {
            format!("content/{dir}/{name}.md")
        }
    }

    pub(super) fn picture_name(&self) -> String {
        format!("{}-p.png", self.name)
    }

    fn put(&self, site: &Site, world: &mut MemoryWorld) {
        let path = self.path();
        let folder = path.rsplit_once('/').expect("it lies in a folder").0;
        let kind = site.sections.get(&self.dir).map_or("", |(front, _)| front.as_str());
        let mut text =
            format!("---\ntitle: 题目{}-{}\ndate: 2026-10-{:02}\n", self.name, self.title, self.day % 28 + 1);
        let _ = writeln!(text, "tags: [{}]", self.tags.join(", "));
        for (key, value) in &self.lines {
            // Fields of a kind belong to that kind alone.
            let fits = match key.as_str() {
                "replaces" => kind.contains("kind: notice"),
                "scam" => kind.contains("kind: tip"),
                "cover" => self.picture.is_some(),
                _ => true,
            };
            if fits {
                let value = if key == "cover" { self.picture_name() } else { value.clone() };
                let _ = writeln!(text, "{key}: {value}");
            }
        }
        if kind.contains("kind: meeting") {
            let _ = writeln!(text, "start: 2026-11-{:02} 14:00\nplace: 村口", self.day % 12 + 18);
        }
        if kind.contains("kind: notice") {
            let _ = writeln!(text, "level: {}", ["info", "blue", "yellow"][self.day % 3]);
        }
        let _ = write!(text, "---\n\n## 小题\n\n正文第{}版。\n", self.body);
        if let Some(picture) = self.picture {
            world.put(&format!("{folder}/{}", self.picture_name()), colour(picture));
            let _ = write!(text, "\n![一片颜色]({})\n", self.picture_name());
        }
        if let Some(document) = self.document {
            world.put(&format!("{folder}/{}-d.txt", self.name), format!("表 {document}"));
            let _ = write!(text, "\n下载[表格]({}-d.txt)。\n", self.name);
        }
        for link in &self.links {
            let up = "../".repeat(path.matches('/').count() - 1);
            let _ = write!(text, "\n见[另一篇]({up}{link})。\n");
        }
        if self.table {
            text += "\n```table x/t\n```\n";
        }
        world.put(&path, text);
    }
}

/// What a section says of itself. The pages of the site itself have no kind.
pub(super) fn front(dir: &str, kind: &str, value: usize) -> String {
    let kind = if kind == "page" { String::new() } else { format!("kind: {kind}\n") };
    format!("title: 栏目{dir}{}\n{kind}order: {}\n", value % 3, value % 5)
}

pub(super) fn figures(first: usize) -> String {
    format!("village,cases\n甲村,{first}\n乙村,31\n丙村,45\n丁村,38\n")
}

/// A small picture of one colour.
pub fn colour(value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([value, 90, 160]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}
