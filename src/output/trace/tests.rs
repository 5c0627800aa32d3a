//! Whatever a [`Reader`] gives out is covered: where it differs between two states of a site, so does a dependency that the getter noted.

mod site;

use self::site::{CHANGES, FILES};
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
    ("theme", |r, arg| site(arg, || format!("{:?} {:?}", r.theme().assets, r.theme().texts))),
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
        site(arg, || if count > 0 { parts(r, &r.booklet(0)) } else { String::new() })
    }),
    ("readings", |r, arg| site(arg, || format!("{:?}", r.readings()))),
    ("sections", |r, arg| site(arg, || r.sections().map(head).collect())),
    ("section", |r, arg| section(arg, |dir| r.section(dir).map(head))),
    ("section_body", |r, arg| {
        section(arg, |dir| {
            let links: Vec<_> = (dir == "tips").then_some("a.md").into_iter().collect();
            r.section_body(dir).map(|body| text(&body, &links))
        })
    }),
    ("section_of", |r, arg| Some(head(r.section_of(bulletin(r, arg)?)))),
    ("way_to", |r, arg| section(arg, |dir| Some(r.way_to(r.section(dir)?).into_iter().map(head).collect()))),
    ("entry", |r, arg| Some(card(bulletin(r, arg)?))),
    ("body", |r, arg| {
        let ix = ix(r, arg)?;
        let links = r.model().entry(ix).outline.references.iter().map(|one| &*one.target.value);
        Some(text(&r.body(ix), &links.collect::<Vec<_>>()))
    }),
    ("body_facts", |r, arg| {
        let facts = r.body_facts(ix(r, arg)?);
        Some(format!("{:?} {:?}", facts.hash(), facts.images().collect::<Vec<_>>()))
    }),
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
    format!("{:?}", parts.iter().map(|part| (&part.title, paths(r, &part.entries))).collect::<Vec<_>>())
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

/// A body, and where its own links lead: it is asked for no others.
fn text(body: &Body, links: &[&str]) -> String {
    format!("{:?} {:?}", body.doc(), links.iter().map(|link| body.link(link)).collect::<Vec<_>>())
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

    /// What each getter gives for each of these, and what it notes.
    fn answers(&self, args: &BTreeSet<Arg>) -> Answers {
        let Prepared { theme, workshop, .. } = &self.prepared;
        let checked = check(&self.prepared, &mut Sink::new()).unwrap_or_else(|_| panic!("it passed"));
        let mut answers = Answers::new();
        for (name, ask) in GETTERS {
            for arg in args {
                let reader = Reader::new(checked, theme, workshop, &self.world, &NoCache);
                let value = ask(&reader, arg).map(plain);
                answers.insert((name, arg.clone()), (value, reader.end().0));
            }
        }
        answers
    }
}

type Files = BTreeMap<String, String>;
type Answers = BTreeMap<(&'static str, Arg), (Option<String>, Trace)>;

fn colour(value: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(24, 16, image::Rgb([value, 90, 160]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture can be written to memory");
    bytes.into_inner()
}

#[test]
fn what_a_getter_gives_changes_only_with_a_dependency_that_it_noted() {
    let files: Files = FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    let before = Built::new(&files);
    let known = before.answers(&before.args());
    let (mut differed, mut untold) = (BTreeSet::new(), Vec::new());
    for (path, old, text) in CHANGES {
        let mut changed = files.clone();
        match changed.get(*path).map(|before| before.replacen(old, text, 1)) {
            Some(_) if old.is_empty() => changed.remove(*path),
            Some(new) => changed.insert((*path).to_owned(), new),
            None => changed.insert((*path).to_owned(), (*text).to_owned()),
        };
        let after = Built::new(&changed);
        let new: BTreeSet<Arg> = after.args().difference(&before.args()).cloned().collect();
        let mut one = before.answers(&new);
        one.extend(known.iter().map(|(asked, answer)| (asked.clone(), answer.clone())));
        let other = after.answers(&before.args().union(&after.args()).cloned().collect());
        for ((name, arg), (value, trace)) in &one {
            let (changed, _) = &other[&(*name, arg.clone())];
            if value == changed {
                continue;
            }
            differed.insert(*name);
            let told =
                trace.iter().any(|dep| hash_of(&before.prepared, dep) != hash_of(&after.prepared, dep));
            if !told && !trace.is_empty() {
                untold.push(format!(
                    "{name} of {arg:?} differs after {path}: {old:?} → {text:?}, and none of {trace:?} does:\n{value:?}\n{changed:?}"
                ));
            }
        }
    }
    assert!(untold.is_empty(), "{}", untold.join("\n\n"));
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
