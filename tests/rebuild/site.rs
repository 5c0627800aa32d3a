//! A site that is edited as staff edit theirs: every kind of file, by one small change at a time.

mod releases;
mod written;

use std::collections::BTreeMap;
use written::{figures, front};

/// Random numbers that are the same at every run (xorshift; Marsaglia 2003).
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).expect("few sides")).expect("smaller than that")
    }

    fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.roll(of.len())]
    }

    fn often(&mut self, one_in: usize) -> bool {
        self.roll(one_in) == 0
    }
}

/// A bulletin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bulletin {
    pub dir: String,
    pub name: String,
    /// Whether it has a folder of its own.
    pub folder: bool,
    pub title: usize,
    pub body: usize,
    pub tags: Vec<String>,
    pub day: usize,
    pub lines: BTreeMap<String, String>,
    pub links: Vec<String>,
    pub picture: Option<u8>,
    pub document: Option<usize>,
    pub table: bool,
}

/// The site.
#[derive(Clone, Debug, Default)]
pub struct Site {
    pub bulletins: Vec<Bulletin>,
    /// `_index.md` by folder: front matter and words.
    pub sections: BTreeMap<String, (String, String)>,
    /// Other files by path.
    pub files: BTreeMap<String, String>,
    pub settings: BTreeMap<String, String>,
    pub hours: i64,
    /// `content/addresses.yaml` as the last build left it.
    pub addresses: String,
    /// What the last build publishes of statistics, as a release.
    pub published: String,
}

/// A template of handouts that shows all that it is given.
const SHEET: &str = "#let data = json(\"/data.json\")\n#set document(title: data.title)\n\
    #set text(font: \"Noto Sans SC\", lang: \"zh\", region: \"cn\")\n#set page(width: 90mm, height: auto, margin: 5mm)\n\
    = #data.title\n#data.version\n#for block in data.bulletins.first().body {\n  \
    if block.t == \"figure\" { image(block.src, alt: block.alt, width: 9mm) } else { repr(block) }\n}\n";

/// Sorts of edits.
pub const EDITS: usize = 35;
const DIRS: &[&str] = &["tips", "notices", "meetings", "verse", "反诈", "tips/2026", "reports", "pages"];
const KINDS: &[&str] = &["tip", "notice", "meeting", "verse", "tip", "law", "report", "page"];
/// Words that sound alike, and one that does not.
const TAGS: &[&str] = &["法治", "法制", "法治", "大家", "诈骗", "榨骗", "防火", "防霍"];
const NAMES: &[&str] = &["刷单", "刷丹", "高温", "gao-wen", "a", "b", "行长", "通告1"];

const TABLE: &str = "title: 各村纠纷VERSION\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲村, 乙村, 丙村, 丁村]}\n\
    tables:\n  t: {title: 各村VERSION, rows: village}\n";

impl Site {
    /// A dozen bulletins, one or two in each section.
    pub fn dozen() -> Self {
        let mut site = Self::default();
        for (dir, kind) in DIRS.iter().zip(KINDS) {
            site.sections.insert((*dir).to_owned(), (front(dir, kind, 0), String::new()));
        }
        for number in 0..14 {
            site.bulletins.push(Bulletin {
                dir: DIRS[number % DIRS.len()].to_owned(),
                name: if number % 3 == 0 { format!("篇{number}") } else { format!("b{number}") },
                folder: number % 2 == 0,
                tags: vec![TAGS[number % 4].to_owned()],
                day: number,
                picture: (number % 5 == 0).then_some(9),
                ..Bulletin::default()
            });
        }
        site.files.insert("content/data/x.csv".to_owned(), figures(30));
        site.files.insert("content/data/x.yaml".to_owned(), TABLE.replace("VERSION", ""));
        site.files.insert("themes/default/print/flyer.typ".to_owned(), format!("{SHEET}第0版\n"));
        site
    }

    /// One change of any sort, and what it was.
    pub fn edit(&mut self, dice: &mut Dice) -> String {
        let what = dice.roll(EDITS);
        self.edit_so(what, dice)
    }

    /// One change of a sort.
    #[expect(clippy::too_many_lines, clippy::assigning_clones, reason = "one arm for each sort of edit")]
    pub fn edit_so(&mut self, what: usize, dice: &mut Dice) -> String {
        let value = dice.roll(1000);
        let section = dice.one(DIRS);
        if self.bulletins.is_empty() {
            self.bulletins = Self::dozen().bulletins;
        }
        let which = dice.roll(self.bulletins.len());
        let other = self.reference(dice);
        let mut paths: Vec<String> = self.bulletins.iter().map(Bulletin::path).collect();
        match what {
            0 => {
                let mut added = Self::dozen().bulletins[value % 14].clone();
                added.dir = section.to_owned();
                added.name = dice.one(NAMES).to_owned();
                if !paths.contains(&added.path()) {
                    self.bulletins.push(added);
                }
            }
            1 => {
                self.bulletins.remove(which);
            }
            2 => self.bulletins[which].title = value,
            3 => self.bulletins[which].body = value,
            4 => self.bulletins[which].tags = vec![dice.one(TAGS).to_owned(), dice.one(TAGS).to_owned()],
            5 => self.bulletins[which].day = value % 28,
            6 => {
                self.bulletins[which].picture =
                    dice.often(2).then_some(u8::try_from(value % 200).expect("small"));
            }
            7 => self.bulletins[which].links = vec![other, self.reference(dice)],
            8 => self.line(which, "areas", dice.often(2).then(|| "[longtan]".to_owned())),
            9 => self.line(which, "pinned", dice.often(2).then(|| "true".to_owned())),
            10 => self.line(which, "draft", dice.often(3).then(|| "true".to_owned())),
            11 => {
                self.line(which, "expires", dice.often(2).then(|| format!("2026-11-{:02}", 20 + value % 10)));
            }
            12 => {
                self.line(which, "publish", dice.often(2).then(|| format!("2026-11-{:02}", 20 + value % 10)));
            }
            13 => self.line(which, "summary", dice.often(2).then(|| format!("一句话{value}。"))),
            14 => self.line(which, "slug", dice.often(2).then(|| format!("s{}", value % 6))),
            15 => self.line(which, "aliases", dice.often(2).then(|| format!("[/old/{}/]", value % 6))),
            16 => {
                let address = self.some_address(dice);
                self.line(which, "aliases", Some(format!("[{address}]")));
            }
            17 => {
                let notice = self.bulletins.iter().position(|one| one.dir == "notices").unwrap_or(which);
                let to = self.reference_from(&self.bulletins[notice].path(), which);
                self.line(notice, "replaces", dice.often(2).then_some(to));
            }
            18 => {
                let cover = self.bulletins[which].picture.is_some() && dice.often(2);
                self.line(which, "cover", cover.then(|| self.bulletins[which].picture_name()));
            }
            19 => {
                // Moved to another section.
                let mut moved = self.bulletins[which].clone();
                moved.dir = section.to_owned();
                if !paths.contains(&moved.path()) {
                    self.bulletins[which] = moved;
                }
            }
            20 => {
                // A bulletin gets a folder of its own, or loses it; or another name.
                let mut moved = self.bulletins[which].clone();
                if dice.often(2) {
                    moved.folder = !moved.folder;
                } else {
                    moved.name = dice.one(NAMES).to_owned();
                }
                paths.remove(which);
                if !paths.contains(&moved.path()) {
                    self.bulletins[which] = moved;
                }
            }
            21 => {
                // A section's own page: title, kind, order, and words with a link and a picture.
                let kind = KINDS[DIRS.iter().position(|dir| *dir == section).expect("one of them")];
                let kind = if dice.often(4) && kind != "page" { "story" } else { kind };
                let (text, words) = self.sections.entry(section.to_owned()).or_default();
                *text = front(section, kind, value);
                let up = "../".repeat(1 + section.matches('/').count());
                *words = if dice.often(3) {
                    String::new()
                } else {
                    format!("先看[这篇]({up}{other})。第{value}版。\n")
                };
            }
            22 => {
                if dice.often(2) && section != "pages" {
                    self.sections.remove(section);
                } else {
                    self.sections.insert(section.to_owned(), (front(section, "story", value), String::new()));
                }
            }
            23 => self.file("content/words/readings.yaml", dice.often(3), || {
                format!(
                    "readings:\n  行长: {}\n  刷单: {}\n  法治: fa {}\n",
                    ["hang zhang", "xing chang"][value % 2],
                    ["shua dan", "sua dan"][value % 2],
                    ["zhi", "zi"][value % 2]
                )
            }),
            24 => self.file("content/words/scams.yaml", dice.often(3), || {
                format!(
                    "scams:\n  - {{name: 刷单返利, about: 说法{value}。}}\n  - {{name: {}, about: 别信。}}\n",
                    ["冒充客服", "冒充可服"][value % 2]
                )
            }),
            25 => {
                let scam = ["刷单返利", "冒充客服"][value % 2];
                let tip = self.bulletins.iter().position(|one| one.dir == "tips").unwrap_or(which);
                let is_tip = self.bulletins[tip].dir == "tips";
                self.line(tip, "scam", (is_tip && dice.often(2)).then(|| scam.to_owned()));
            }
            26 => {
                self.files.insert("content/data/x.csv".to_owned(), figures(20 + value % 20));
            }
            27 => {
                let title = format!("第{}版", value % 3);
                self.files.insert("content/data/x.yaml".to_owned(), TABLE.replace("VERSION", &title));
            }
            28 => self.bulletins[which].table = !self.bulletins[which].table,
            29 => {
                let (key, text) = match value % 5 {
                    0 => (
                        "menus",
                        format!(
                            "menus: {{main: [{{label: 看{value}, link: /archive/}}, {{label: 图, link: /sitemap/}}]}}\n"
                        ),
                    ),
                    1 => ("hotlines", format!("hotlines: [{{number: '9611{}', label: 反诈}}]\n", value % 9)),
                    2 => ("description", format!("description: 第{value}版\n")),
                    3 => (
                        "handouts",
                        format!(
                            "handouts:\n  verse: [单页]\n  options: {{names: {}}}\n",
                            ["pinyin", "chinese"][value / 5 % 2]
                        ),
                    ),
                    _ => ("lints", "lints: {missing-setting: allow}\n".to_owned()),
                };
                if dice.often(3) {
                    self.settings.remove(key);
                } else {
                    self.settings.insert(key.to_owned(), text);
                }
            }
            30 => {
                let officers = format!(
                    "officers:\n  - {{name: 李警官{}, area: longtan, phone: 0000-7110123}}\n",
                    value % 3
                );
                self.settings.insert("officers".to_owned(), officers);
            }
            31 => self.theme(value, dice),
            32 => self.hours = i64::try_from(value % 480).expect("small"),
            33 => self.release(value, dice),
            _ => {
                self.bulletins[which].document = dice.often(2).then_some(value);
            }
        }
        format!("edit {what} of {which} ({value}, {section})")
    }

    fn theme(&mut self, value: usize, dice: &mut Dice) {
        let gone = dice.often(3);
        match value % 5 {
            0 => self.file("themes/default/assets/style.css", gone, || format!("p{{margin:{value}px}}")),
            1 => self.file("themes/default/templates/not_found.html", gone, || {
                format!("<!doctype html><title>无</title>{value}")
            }),
            2 => self.file("themes/default/templates/alias.html", gone, || {
                format!("<!doctype html><title>{value}</title><a href=\"{{{{ page.href }}}}\">新</a>")
            }),
            3 => self.file("themes/default/text.en.yaml", gone, || format!("home: Home {value}\n")),
            _ => {
                self.files.insert(
                    "themes/default/print/flyer.typ".to_owned(),
                    format!("{SHEET}第{}版\n", value % 3),
                );
            }
        }
    }

    fn file(&mut self, path: &str, gone: bool, text: impl FnOnce() -> String) {
        if gone {
            self.files.remove(path);
        } else {
            self.files.insert(path.to_owned(), text());
        }
    }

    fn line(&mut self, which: usize, key: &str, value: Option<String>) {
        let lines = &mut self.bulletins[which].lines;
        match value {
            Some(value) => lines.insert(key.to_owned(), value),
            None => lines.remove(key),
        };
    }

    /// A link to some bulletin or section, from a folder one below `content/`.
    fn reference(&self, dice: &mut Dice) -> String {
        if dice.often(5) {
            return format!("{}/_index.md", dice.one(DIRS));
        }
        let Some(one) = self.bulletins.get(dice.roll(self.bulletins.len().max(1))) else {
            return "tips/_index.md".to_owned();
        };
        let place = if dice.often(2) { "#小题" } else { "" };
        format!("{}{place}", one.path().trim_start_matches("content/"))
    }

    fn reference_from(&self, from: &str, to: usize) -> String {
        let up = "../".repeat(from.matches('/').count() - 1);
        format!("{up}{}", self.bulletins[to].path().trim_start_matches("content/"))
    }

    /// An address that was published once.
    fn some_address(&self, dice: &mut Dice) -> String {
        let known: Vec<&str> =
            self.addresses.lines().filter_map(|line| line.strip_prefix("  /")?.split(": ").next()).collect();
        if known.is_empty() { "/none/".to_owned() } else { format!("/{}", dice.one(&known)) }
    }
}
