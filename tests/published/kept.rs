//! No way to name a file publishes one that must stay: every way is tried with every place, in every spelling.

use crate::memory::{Builder, SETTINGS, world};
use rayon::prelude::*;
use std::fmt::Write as _;
use yuanba::world::MemoryWorld;

/// Stands in every file that must not be published, and nowhere else.
const SECRET: &str = "丙村,2,绝不公开";

/// Files that must not be published.
const PLACES: &[&str] = &[
    "content/data/x.csv",
    "content/data/x.yaml",
    "content/data/e\u{301}t\u{e9}.txt",
    "content/data/notes.pdf",
    "content/data/scan.jpg",
    "content/data/.seed",
    "content/reviews/a.yaml",
    "content/reviews/scan.pdf",
    "content/words/list.txt",
    "content/site.yaml",
    "content/addresses.yaml",
    "content/tips/.draft/x.pdf",
    ".yuanba/memory",
    ".git/config",
    "content/tips/page.html",
    "content/tips/run.JS",
];

/// A place as it is named from `content/tips/`, in one spelling.
type Spelling = fn(&str) -> String;

const SPELLINGS: &[(&str, Spelling)] = &[
    ("plain", from_tips),
    ("dots", |place| format!("./../tips/./{}", from_tips(place))),
    ("encoded", |place| {
        from_tips(place).bytes().fold(String::new(), |mut out, byte| {
            let _ = write!(out, "%{byte:02X}");
            out
        })
    }),
    ("upper case", |place| from_tips(place).to_uppercase()),
    ("query and fragment", |place| format!("{}?a=1#b", from_tips(place))),
    ("as an address", |place| format!("/{place}")),
    ("as an address with dots", |place| format!("/tips/../{place}")),
    ("as Windows writes it", |place| from_tips(place).replace('/', "\\")),
];

fn from_tips(place: &str) -> String {
    match place.strip_prefix("content/") {
        Some(below) => match below.strip_prefix("tips/") {
            Some(name) => name.to_owned(),
            None => format!("../{below}"),
        },
        None => format!("../../{place}"),
    }
}

/// What a way does to a site: given the site and the reference.
type Way = fn(MemoryWorld, &str) -> MemoryWorld;

/// Ways that must be refused with P104, since they name the file.
const NAMING: &[(&str, Way)] = &[
    ("link", |site, target| bulletin(site, "", &format!("[看](<{target}>)"))),
    ("link by reference", |site, target| bulletin(site, "", &format!("[看][x]\n\n[x]: <{target}>"))),
    ("link in a table", |site, target| bulletin(site, "", &format!("| 一 |\n|---|\n| [看](<{target}>) |"))),
    ("link in a note", |site, target| bulletin(site, "", &format!("字[^1]\n\n[^1]: [看](<{target}>)"))),
    ("picture", |site, target| bulletin(site, "", &format!("![图](<{target}>)"))),
    ("picture in a link", |site, target| bulletin(site, "", &format!("[![图](<{target}>)](/)"))),
    ("cover", |site, target| bulletin(site, &format!("cover: '{target}'\n"), "字")),
    ("href", |site, target| bulletin(site, "", &format!("<a href=\"{target}\">看</a>"))),
    ("src", |site, target| bulletin(site, "", &format!("<img src=\"{target}\" alt=\"图\">"))),
    ("srcset", |site, target| bulletin(site, "", &format!("<img srcset=\"{target} 1x, a.png 2x\">"))),
    ("inline href", |site, target| bulletin(site, "", &format!("字<a href=\"{target}\">看</a>字"))),
    ("section", |site, target| {
        site.with("content/tips/_index.md", format!("---\ntitle: 栏目\n---\n\n[看](<{target}>)\n"))
    }),
    ("replaces", |site, target| {
        bulletin(site, &format!("kind: notice\nlevel: 蓝色\nreplaces: '{target}'\n"), "字")
    }),
];

/// Ways that name it in another manner, or cannot name it at all: refused or not, nothing of it is published.
const OTHERS: &[(&str, Way)] = &[
    ("code", |site, target| bulletin(site, "", &format!("```qr\n{target}\n扫一扫\n```"))),
    ("alias", |site, target| bulletin(site, &format!("aliases: [{target:?}]\n"), "字")),
    ("slug", |site, target| bulletin(site, &format!("slug: {target:?}\n"), "字")),
    ("contact", |site, target| bulletin(site, "", &format!("```contact\nname: 李\nphone: {target:?}\n```"))),
    ("table", |site, target| bulletin(site, "", &format!("```table {target}\n```"))),
    ("menu", |site, target| settings(site, &format!("menu:\n  - {{label: 看, link: {target:?}}}\n"))),
    ("error report", |site, target| {
        let all = SETTINGS.replace("error_report: 无", &format!("error_report: {target:?}"));
        site.with("content/site.yaml", all)
    }),
    ("booklet", |site, target| {
        settings(site, &format!("handouts:\n  booklets:\n    - {{title: 册, bulletins: [{target:?}]}}\n"))
    }),
    ("asset of the theme", |site, target| template(site, &format!("{{{{ asset(name={target:?}) }}}}"))),
    ("include of the theme", |site, target| template(site, &format!("{{% include {target:?} %}}"))),
    ("parent of a template", |site, target| template(site, &format!("{{% extends {target:?} %}}"))),
    ("theme", |site, target| settings(site, &format!("theme: {target:?}\n"))),
];

/// Names under which a link on the disk may stand.
const LINKS: &[(&str, Way)] = &[
    ("document", |site, to| bulletin(site.with_link("content/tips/form.pdf", to), "", "[看](form.pdf)")),
    ("sheet", |site, to| bulletin(site.with_link("content/tips/form.csv", to), "", "[看](form.csv)")),
    ("photo", |site, to| bulletin(site.with_link("content/tips/p.jpg", to), "", "![图](p.jpg) [看](p.jpg)")),
    ("cover", |site, to| bulletin(site.with_link("content/tips/p.png", to), "cover: p.png\n", "字")),
    ("bulletin", |site, to| site.with_link("content/tips/b.md", to)),
    ("section", |site, to| site.with_link("content/law/_index.md", to)),
    ("style", |site, to| site.with_link("themes/default/assets/more.css", to)),
    ("template", |site, to| {
        template(site.with_link("themes/default/templates/more.html", to), "{% include \"more.html\" %}")
    }),
    ("interface texts", |site, to| site.with_link("themes/default/text.zh-CN.yaml", to)),
];

fn bulletin(site: MemoryWorld, front: &str, body: &str) -> MemoryWorld {
    site.with("content/tips/a.md", format!("---\ntitle: 题\ndate: 2026-11-01\n{front}---\n\n{body}\n"))
}

fn settings(site: MemoryWorld, more: &str) -> MemoryWorld {
    site.with("content/site.yaml", format!("{SETTINGS}{more}"))
}

fn template(site: MemoryWorld, text: &str) -> MemoryWorld {
    site.with("themes/default/templates/not_found.html", text)
}

/// A site in which every place holds the secret, or as much of it as such a file can.
fn site() -> MemoryWorld {
    let mut site = world();
    for place in PLACES {
        let text = match *place {
            "content/data/x.yaml" => format!(
                "# {SECRET}\ntitle: 各村\nsource: 所\ndimensions:\n  village: {{label: 村, codes: [甲村, 乙村, 丙村, 丁村]}}\n\
                 tables:\n  t: {{title: 各村, rows: village}}\n"
            ),
            "content/data/x.csv" => "village,cases\n甲村,20\n乙村,30\n丙村,2\n丁村,11\n".to_owned(),
            "content/site.yaml" => format!("# {SECRET}\n{SETTINGS}"),
            "content/addresses.yaml" => format!("# {SECRET}\nsite: 0123456789abcdef\naddresses: {{}}\n"),
            _ if place.ends_with(".yaml") => format!("# {SECRET}\n"),
            _ => SECRET.to_owned(),
        };
        site.put(place, text);
    }
    site
}

/// What came of a site: codes of the findings where it was refused, the files that tell a secret where it was not.
fn outcome(site: &MemoryWorld) -> Result<Vec<String>, Vec<String>> {
    let mut builder = Builder::new();
    builder.build(site)?;
    let tells = |bytes: &[u8]| {
        let has = |words: &str| bytes.windows(words.len()).any(|part| part == words.as_bytes());
        has(SECRET) || has("丙村,2")
    };
    Ok(builder.files.iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path.to_string()).collect())
}

#[test]
fn the_site_of_these_tests_builds() {
    assert_eq!(outcome(&bulletin(site(), "", "字")), Ok(Vec::new()));
}

#[test]
fn no_reference_publishes_what_must_stay() {
    // Every way with every place; every spelling with every place and those ways that read addresses by code of their own.
    let ways = || NAMING.iter().map(|way| (way, true)).chain(OTHERS.iter().map(|way| (way, false)));
    let mut all = Vec::new();
    for place in PLACES {
        for (number, spelling) in SPELLINGS.iter().enumerate() {
            let some = ["link", "picture", "cover", "href"];
            let chosen = ways().filter(|((name, _), _)| number == 0 || some.contains(name));
            all.extend(chosen.map(|(way, naming)| (place, spelling, way, naming)));
        }
    }
    let wrong: Vec<String> = all
        .into_par_iter()
        .filter_map(|(place, (spelling, spell), (way, write), naming)| {
            // A file that is none of the kept ones is known by its own name alone; others are links to nowhere.
            let no_file = ["page.html", "run.JS"].iter().any(|name| place.contains(name));
            // Markdown takes a backslash before a full stop for an escape.
            let escaped = place.contains("/.") && spelling.contains("Windows");
            let naming = naming && !(no_file && *spelling != "plain") && !escaped;
            let told = match outcome(&write(site(), &spell(place))) {
                Ok(files) if files.is_empty() && !naming => return None,
                Ok(files) if files.is_empty() => "passes".to_owned(),
                Ok(files) => format!("is published in {files:?}"),
                Err(said) if !naming || said.iter().any(|one| one.starts_with("P104")) => return None,
                Err(said) => format!("is refused without P104: {said:?}"),
            };
            Some(format!("{place} as {way}, {spelling}: {told}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_link_on_the_disk_publishes_what_must_stay() {
    let all: Vec<_> = PLACES.iter().flat_map(|place| LINKS.iter().map(move |way| (place, way))).collect();
    let wrong: Vec<String> = all
        .into_par_iter()
        .filter_map(|(place, (way, write))| {
            let told = match outcome(&write(site(), place)) {
                Ok(files) if files.is_empty() => "passes".to_owned(),
                Ok(files) => format!("is published in {files:?}"),
                Err(said) if said.iter().any(|one| one.starts_with("P104")) => return None,
                Err(said) => format!("is refused without P104: {said:?}"),
            };
            Some(format!("{place} by a link as {way}: {told}"))
        })
        .collect();
    // Pages and programs of the site's own folder are no secret; as a text they are what they say.
    let wrong: Vec<&String> = wrong
        .iter()
        .filter(|one| {
            let own = one.starts_with("content/tips/page.html") || one.starts_with("content/tips/run.JS");
            !(own
                && !one.contains("document")
                && !one.contains("sheet")
                && !one.contains("photo")
                && !one.contains("cover"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn a_copy_of_raw_figures_beside_a_bulletin_is_refused() {
    let figures = "village,cases\n甲村,20\n乙村,30\n丙村,2\n丁村,11\n";
    for copy in [figures.to_owned(), figures.replace('\n', "\r\n"), format!("\u{feff}{figures}")] {
        let site = bulletin(site().with("content/tips/copy.csv", copy), "", "[看](copy.csv)");
        let said = outcome(&site).expect_err("it is refused");
        assert!(said.iter().all(|one| one.starts_with("P104")), "{said:?}");
    }
    let other = site().with("content/tips/copy.csv", "户,人\n甲,3\n");
    assert_eq!(outcome(&bulletin(other, "", "[看](copy.csv)")), Ok(Vec::new()));
}

#[test]
fn documents_of_every_kind_are_still_published() {
    for name in ["form.pdf", "表.docx", "名单.XLSX", "a.zip", "song.mp3", "plan.ofd", "text.txt", "table.csv"]
    {
        let mut site =
            bulletin(site().with(&format!("content/tips/{name}"), "公开的"), "", &format!("[看](<{name}>)"));
        // What stands in these is no document of its kind, so somebody says that it was read.
        if !["song.mp3", "text.txt", "table.csv"].contains(&name) {
            let allow = format!(
                "privacy:\n  attachments:\n    allow:\n      - {{file: tips/{name}, reason: 从头看过}}\n"
            );
            site = site.with("content/site.yaml", format!("{SETTINGS}{allow}"));
        }
        let mut builder = Builder::new();
        builder.build(&site).unwrap_or_else(|said| panic!("{name}: {said:?}"));
        assert!(
            builder.files.keys().any(|path| path.starts_with("files/") && path.ends_with(name)),
            "{name}"
        );
    }
}
