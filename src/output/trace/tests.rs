//! Whatever a [`Reader`] gives out is covered: where it differs between two states of a site, so does a dependency that the getter noted.

use super::*;
use crate::build::{Prepared, check, hash_of, prepare};
use crate::diag::Sink;
use crate::model::collect::Options;
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache, VPath};
use std::collections::{BTreeMap, BTreeSet};

/// What a getter is asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Arg {
    Site,
    Entry(VPath),
    Section(String),
    List(ListKey),
    File(VPath),
    Data(String),
}
use Arg::{Data, Entry, File, List, Section, Site};

/// Asks a getter; none where the question is not for it.
type Ask = fn(&Reader, &Arg) -> Option<String>;

/// Every getter that gives out something of the site.
const GETTERS: &[(&str, Ask)] = &[
    ("config", |r, arg| site(arg, || format!("{:?}", r.config()))),
    ("theme", |r, arg| site(arg, || format!("{:?} {:?}", r.theme().assets, r.theme().texts("zh-CN")))),
    ("theme_file", |r, arg| {
        site(arg, || format!("{:?}", r.theme_file("print/flyer.typ").map(|(_, text)| text)))
    }),
    ("shelves", |r, arg| site(arg, || handouts(r, &r.shelves().all))),
    ("planned", |r, arg| site(arg, || format!("{:?}", r.planned().paths().collect::<Vec<_>>()))),
    ("sheet_files", |r, arg| {
        let handouts = r.handouts_of(bulletin(r, arg)?);
        Some(format!("{:?}", handouts.iter().map(|one| r.sheet_files(one)).collect::<Vec<_>>()))
    }),
    ("handouts_of", |r, arg| Some(handouts(r, &r.handouts_of(bulletin(r, arg)?)))),
    ("booklet", |r, arg| {
        let count = r.model().config.handouts.booklets.len();
        site(arg, || (count > 0).then(|| format!("{:?}", parts(r, &r.booklet(0)))).unwrap_or_default())
    }),
    ("readings", |r, arg| site(arg, || format!("{:?}", r.readings()))),
    ("sections", |r, arg| site(arg, || r.sections().map(head).collect())),
    ("section", |r, arg| section(arg, |dir| r.section(dir).map(head))),
    ("section_body", |r, arg| section(arg, |dir| r.section_body(dir).map(|body| text(&body)))),
    ("section_of", |r, arg| Some(head(r.section_of(bulletin(r, arg)?)))),
    ("way_to", |r, arg| section(arg, |dir| Some(r.way_to(r.section(dir)?).into_iter().map(head).collect()))),
    ("entry", |r, arg| Some(card(bulletin(r, arg)?))),
    ("body", |r, arg| Some(text(&r.body(ix(r, arg)?)))),
    ("outline", |r, arg| Some(format!("{:?}", r.outline(ix(r, arg)?)))),
    ("link", |r, arg| {
        let links = ["a.md", "../notices/n1.md", "p.png", "/tags/", "nothing.md"];
        let bulletin = bulletin(r, arg)?;
        Some(format!("{:?}", links.map(|link| r.link(bulletin, link))))
    }),
    ("list", |r, arg| {
        list(arg, |key| {
            r.list(key).map(|list| format!("{} {} {}", list.title, list.address, paths(r, list.entries)))
        })
    }),
    ("list_page", |r, arg| {
        list(arg, |key| {
            let pages = [0, 1].map(|number| r.list_page(key, number));
            let one = |page: Option<ListPage>| {
                page.map(|page| {
                    format!("{} {} {:?} {}", page.title, page.address, page.order, paths(r, page.entries))
                })
            };
            Some(format!("{:?}", pages.map(one)))
        })
    }),
    ("lists", |r, arg| site(arg, || format!("{:?}", r.lists().collect::<Vec<_>>()))),
    ("list_address", |r, arg| list(arg, |key| r.list_address(key).map(str::to_owned))),
    ("neighbours", |r, arg| {
        let around = r.neighbours(bulletin(r, arg)?);
        let single = [around.newer(), around.older(), around.replaces(), around.replaced_by()];
        Some(format!(
            "{:?} {}",
            single.map(|one| one.map(card)),
            around.related().map(card).collect::<String>()
        ))
    }),
    ("banner", |r, arg| site(arg, || r.banner().map(card).collect())),
    ("coming_meetings", |r, arg| site(arg, || r.coming_meetings().map(card).collect())),
    ("pinned", |r, arg| site(arg, || r.pinned().map(card).collect())),
    ("pages", |r, arg| site(arg, || r.pages().map(card).collect())),
    ("notices", |r, arg| site(arg, || r.notices().map(card).collect())),
    ("meetings", |r, arg| site(arg, || r.meetings().map(card).collect())),
    ("has_calendar", |r, arg| site(arg, || r.has_calendar().to_string())),
    ("addresses", |r, arg| site(arg, || format!("{:?}", r.addresses()))),
    ("scam", |r, arg| site(arg, || r.scam("刷单").to_owned())),
    ("scam_about", |r, arg| site(arg, || format!("{:?}", r.scam_about("刷单返利")))),
    ("has_passed", |r, arg| {
        site(arg, || r.has_passed(jiff::civil::date(2026, 12, 1).at(14, 0, 0, 0)).to_string())
    }),
    ("statistics", |r, arg| site(arg, || format!("{:?}", r.statistics()))),
    ("safe_dataset", |r, arg| data(arg, |name| r.safe_dataset(name).map(|found| format!("{found:?}")))),
    ("safe_table", |r, arg| {
        data(arg, |name| r.safe_table(&format!("{name}/t")).map(|found| format!("{found:?}")))
    }),
    ("safe_chart", |r, arg| {
        data(arg, |name| r.safe_chart(&format!("{name}/c")).map(|found| format!("{found:?}")))
    }),
    ("picture", |r, arg| {
        let picture = r.picture(&public(r, arg)?)?;
        Some(format!("{:?} {:?} {:?}", picture.hash, picture.info, picture.variants))
    }),
    ("asset", |r, arg| Some(format!("{:?}", r.asset(&public(r, arg)?)))),
    ("document", |r, arg| Some(format!("{:?}", r.document(&public(r, arg)?)))),
    ("href", |r, arg| site(arg, || r.href("/a/"))),
    ("url", |r, arg| site(arg, || r.url("/a/"))),
];

/// The methods of [`Reader`] that are no getters, or give out what was worked out from what other getters gave.
const OTHERS: [&str; 10] =
    ["new", "end", "remark", "print", "press", "shared", "portable", "cached", "cache", "file"];

fn site(arg: &Arg, ask: impl FnOnce() -> String) -> Option<String> {
    (*arg == Site).then(ask)
}

fn section(arg: &Arg, ask: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    if let Section(dir) = arg { ask(dir) } else { None }
}

fn list(arg: &Arg, ask: impl FnOnce(&ListKey) -> Option<String>) -> Option<String> {
    if let List(key) = arg { ask(key) } else { None }
}

fn data(arg: &Arg, ask: impl FnOnce(&str) -> Option<String>) -> Option<String> {
    if let Data(name) = arg { ask(name) } else { None }
}

fn ix(r: &Reader, arg: &Arg) -> Option<EntryIx> {
    if let Entry(path) = arg { r.model().entry_at(path) } else { None }
}

fn bulletin<'m>(r: &Reader<'m>, arg: &Arg) -> Option<Bulletin<'m>> {
    Some(r.entry(ix(r, arg)?))
}

fn public(r: &Reader, arg: &Arg) -> Option<PublicFile> {
    if let File(path) = arg { r.model().assets.public.get(path).cloned() } else { None }
}

fn paths(r: &Reader, entries: &[EntryIx]) -> String {
    format!("{:?}", entries.iter().map(|&ix| &r.model().entry(ix).path).collect::<Vec<_>>())
}

fn parts(r: &Reader, parts: &[Part]) -> String {
    parts.iter().map(|part| format!("{:?} {}", part.title, paths(r, &part.entries))).collect()
}

/// All that a bulletin shows.
fn card(b: Bulletin) -> String {
    let own = (b.notice(), b.meeting_start(), b.meeting_end(), b.sort_key());
    let place = (b.path(), b.title(), b.address(), b.summary(), b.areas(), b.draft(), b.kind());
    format!("{place:?} {:?} {own:?}", b.meta())
}

/// All that the head of a section shows.
fn head(s: SectionHead) -> String {
    format!("{:?}", (s.dir(), s.title(), s.address(), s.kind(), s.summary(), s.tags()))
}

fn text(body: &Body) -> String {
    let links = ["a.md", "b.md", "../tips/a.md", "d.pdf", "#小题", "/archive/"];
    format!("{:?} {:?}", body.doc(), links.map(|link| body.link(link)))
}

fn handouts(r: &Reader, handouts: &[Handout]) -> String {
    let one = |handout: &Handout| {
        let owner = handout.bulletin().map(|ix| r.model().entry(ix).path.to_string());
        format!("{} {owner:?};", handout.layout().name)
    };
    handouts.iter().map(one).collect()
}

/// Without places and positions: they serve findings, and mean nothing in the next build.
fn plain(mut value: String) -> String {
    for (begins, ends) in [("Span {", '}'), ("FileId(", ')'), ("EntryIx(", ')')] {
        while let Some(at) = value.find(begins) {
            let end = value[at..].find(ends).expect("it ends") + at;
            value.replace_range(at..=end, "");
        }
    }
    value
}

struct Built {
    world: MemoryWorld,
    prepared: Prepared,
}

impl Built {
    fn new(files: &Files) -> Self {
        let now = files.get("now").map_or("2026-11-24T08:00:00+08:00", |now| now.as_str());
        let mut world = MemoryWorld::new(now.parse().expect("a moment"));
        for (path, text) in files.iter().filter(|(path, _)| *path != "now") {
            match text.strip_prefix("colour ") {
                Some(value) => world.put(path, colour(value.parse().expect("a number"))),
                None => world.put(path, text),
            }
        }
        let mut sink = Sink::new();
        let prepared = prepare(&world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
        assert!(check(&prepared, &mut sink).is_ok(), "{:?}", sink.found());
        Self { world, prepared }
    }

    fn args(&self) -> BTreeSet<Arg> {
        let model = &self.prepared.model;
        let data = self.prepared.statistics.datasets().map(|dataset| Data(dataset.name().to_owned()));
        [Site]
            .into_iter()
            .chain(model.entries.iter().map(|entry| Entry(entry.path.clone())))
            .chain(model.sections.iter().map(|section| Section(section.dir.clone())))
            .chain(model.lists.keys().cloned().map(List))
            .chain(model.assets.public.iter().map(|file| File(file.path().clone())))
            .chain(data)
            .collect()
    }

    /// What a getter gives, and what it notes.
    fn ask(&self, ask: Ask, arg: &Arg) -> (Option<String>, Trace) {
        let Prepared { theme, workshop, .. } = &self.prepared;
        let checked = check(&self.prepared, &mut Sink::new()).unwrap_or_else(|_| panic!("it passed"));
        let reader = Reader::new(checked, theme, workshop, &self.world, &NoCache);
        let value = ask(&reader, arg).map(plain);
        (value, reader.end().0)
    }
}

type Files = BTreeMap<String, String>;

fn colour(value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([value, 90, 160]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}

const FILES: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "title: 清水院坝\nbase_url: https://qingshui.example.cn\nareas:\n  - {code: longtan, name: 龙潭村}\n\
         unit: {name: 清水镇派出所, organiser: 清水县公安局, operator: 清水镇派出所, address: 正街1号, phone: 0000-7110110, \
         email: 无, icp: 无, police_record: 无, site_id: 无, error_report: 无}\n\
         handouts:\n  verse: [单页]\n  booklets:\n    - {title: 一本, tags: [防火]}\n",
    ),
    ("content/words/scams.yaml", "scams:\n  - {name: 刷单返利, also: [刷单], about: 先垫资的都是骗局。}\n"),
    ("content/words/readings.yaml", "readings:\n  行长: hang zhang\n"),
    ("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\ntags: [反诈]\n---\n\n先看[这篇](a.md)。\n"),
    (
        "content/tips/a.md",
        "---\ntitle: 甲\ndate: 2026-10-01\ntags: [防火, 法治]\nareas: [龙潭村]\nscam: 刷单返利\ncover: p.png\n---\n\n## 小题\n\n\
         见[乙](b.md#小题)与[表](d.pdf)。\n\n```table x/t\n```\n",
    ),
    (
        "content/tips/b.md",
        "---\ntitle: 乙\ndate: 2026-10-02 09:00\ntags: [防火]\n---\n\n## 小题\n\n正文。\n\n![一片颜色](p.png)\n",
    ),
    ("content/tips/p.png", "colour 9"),
    ("content/tips/d.pdf", "%PDF 1"),
    ("content/notices/_index.md", "---\ntitle: 通告\nkind: notice\n---\n"),
    ("content/notices/n1.md", "---\ntitle: 停水\ndate: 2026-11-20\nlevel: yellow\n---\n\n正文。\n"),
    (
        "content/notices/n2.md",
        "---\ntitle: 封路\ndate: 2026-11-21\nlevel: yellow\nexpires: 2026-11-30\n---\n\n正文。\n",
    ),
    ("content/meetings/_index.md", "---\ntitle: 院坝会\nkind: meeting\n---\n"),
    (
        "content/meetings/m.md",
        "---\ntitle: 会\ndate: 2026-11-01\nstart: 2026-12-01 14:00\nplace: 村口\n---\n\n来。\n",
    ),
    ("content/verse/_index.md", "---\ntitle: 快板\nkind: verse\n---\n"),
    ("content/verse/deep/_index.md", "---\ntitle: 深处\nkind: verse\n---\n"),
    ("content/verse/deep/v.md", "---\ntitle: 快板一段\ndate: 2026-09-01\ntags: [防火]\n---\n\n正文。\n"),
    ("content/pages/about.md", "---\ntitle: 关于\n---\n\n正文。\n"),
    ("content/data/x.csv", "village,cases\n甲村,30\n乙村,31\n丙村,45\n丁村,38\n"),
    (
        "content/data/x.yaml",
        "title: 各村纠纷\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲村, 乙村, 丙村, 丁村]}\n\
         tables:\n  t: {title: 各村, rows: village}\ncharts:\n  c: {title: 图, form: bar, rows: village}\n",
    ),
];

/// Changes: a file, what stands there, and what comes in its place. Nothing in the place of nothing is a file that comes or goes.
const CHANGES: &[(&str, &str, &str)] = &[
    ("content/site.yaml", "title: 清水院坝", "title: 清水镇院坝"),
    ("content/site.yaml", "qingshui.example.cn", "qingshui.example.cn/part"),
    ("content/site.yaml", "unit:", "time_zone: Asia/Urumqi\nunit:"),
    ("content/site.yaml", "name: 龙潭村", "name: 龙潭社区"),
    ("content/site.yaml", "verse: [单页]", "verse: [单页, 大字版]"),
    ("content/site.yaml", "handouts:\n", "handouts:\n  options: {names: 中文}\n"),
    ("content/site.yaml", "tags: [防火]", "tags: [法治]"),
    ("content/words/scams.yaml", "先垫资", "要垫资"),
    ("content/words/scams.yaml", "also: [刷单], ", ""),
    ("content/words/readings.yaml", "hang", "xing"),
    ("content/tips/_index.md", "title: 反诈", "title: 防骗"),
    ("content/tips/_index.md", "tags: [反诈]", "tags: [防骗]"),
    ("content/tips/_index.md", "kind: tip", "kind: tip\norder: 9"),
    ("content/tips/_index.md", "先看", "再看"),
    ("content/tips/_index.md", "", ""),
    ("content/tips/a.md", "title: 甲", "title: 丙"),
    ("content/tips/a.md", "date: 2026-10-01", "date: 2026-10-05"),
    ("content/tips/a.md", "date:", "slug: jia-2\ndate:"),
    ("content/tips/a.md", "date:", "summary: 一句。\ndate:"),
    ("content/tips/a.md", "date:", "pinned: true\ndate:"),
    ("content/tips/a.md", "date:", "author: 龘\ndate:"),
    ("content/tips/a.md", "date:", "draft: true\ndate:"),
    ("content/tips/a.md", "[防火, 法治]", "[法治]"),
    ("content/tips/a.md", "areas: [龙潭村]\n", ""),
    ("content/tips/a.md", "scam: 刷单返利\n", ""),
    ("content/tips/a.md", "cover: p.png\n", ""),
    ("content/tips/a.md", "## 小题", "## 大题"),
    ("content/tips/a.md", "见[乙](b.md#小题)", "龘"),
    ("content/tips/b.md", "正文。", "正文龘。"),
    ("content/tips/b.md", "title: 乙", "title: 乙乙\nslug: yi-2"),
    ("content/tips/b.md", "![一片颜色](p.png)", ""),
    ("content/tips/p.png", "colour 9", "colour 10"),
    ("content/tips/d.pdf", "1", "2"),
    ("content/tips/c.md", "", "---\ntitle: 丁\ndate: 2026-10-03\ntags: [防火, 新的]\n---\n\n正文。\n"),
    ("content/notices/n1.md", "yellow", "red"),
    ("content/notices/n1.md", "date: 2026-11-20", "date: 2026-11-22"),
    ("content/notices/n2.md", "expires: 2026-11-30", "replaces: n1.md"),
    ("content/notices/n2.md", "expires: 2026-11-30", "expires: 2026-11-23"),
    ("content/meetings/m.md", "14:00", "15:00"),
    ("content/meetings/m.md", "start: 2026-12-01 14:00\n", ""),
    ("content/verse/_index.md", "title: 快板", "title: 顺口溜"),
    ("content/verse/deep/v.md", "date:", "handouts: []\ndate:"),
    ("content/verse/deep/v.md", "title: 快板一段", "title: 快板两段"),
    ("content/pages/about.md", "title: 关于", "title: 关于我们"),
    ("content/data/x.csv", "甲村,30", "甲村,33"),
    ("content/data/x.yaml", "title: 各村,", "title: 各村情况,"),
    ("content/data/x.yaml", "title: 图", "title: 一张图"),
    ("themes/default/assets/style.css", "", "p{margin:0}"),
    ("themes/default/print/flyer.typ", "", "= 新"),
    ("themes/default/text.zh-CN.yaml", "", "home: 家\n"),
    ("now", "", "2026-12-02T08:00:00+08:00"),
];

#[test]
fn what_a_getter_gives_changes_only_with_a_dependency_that_it_noted() {
    let files: Files = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let before = Built::new(&files);
    let mut differed = BTreeSet::new();
    for (path, old, new) in CHANGES {
        let mut changed = files.clone();
        let text = changed.get(*path).map(|text| text.replacen(old, new, 1));
        match text {
            Some(_) if old.is_empty() => changed.remove(*path),
            Some(text) => changed.insert((*path).to_owned(), text),
            None => changed.insert((*path).to_owned(), (*new).to_owned()),
        };
        let after = Built::new(&changed);
        let args: BTreeSet<Arg> = before.args().union(&after.args()).cloned().collect();
        for (name, ask) in GETTERS {
            for arg in &args {
                let ((one, trace), (other, _)) = (before.ask(*ask, arg), after.ask(*ask, arg));
                if one == other {
                    continue;
                }
                differed.insert(*name);
                let told =
                    trace.iter().any(|dep| hash_of(&before.prepared, dep) != hash_of(&after.prepared, dep));
                assert!(
                    told || trace.is_empty(),
                    "{name} of {arg:?} differs after {path}: {old:?} → {new:?}, and none of {trace:?} does:\n{one:?}\n{other:?}"
                );
            }
        }
    }
    let never: Vec<_> =
        GETTERS.iter().map(|(name, _)| *name).filter(|name| !differed.contains(name)).collect();
    assert!(never.is_empty(), "no change makes these differ: {never:?}");
}

/// A new getter cannot be forgotten above.
#[test]
fn every_getter_is_asked() {
    let methods = include_str!("../trace.rs").split("    pub fn ").skip(1);
    for name in methods.map(|rest| rest.split(['(', '<']).next().unwrap_or_default()) {
        let asked = GETTERS.iter().any(|(known, _)| *known == name) || OTHERS.contains(&name);
        assert!(asked, "{name} of `Reader` stands neither in GETTERS nor in OTHERS");
    }
}
