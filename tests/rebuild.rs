//! An incremental build's bytes equal a clean build's, and it makes no more than it must.
//!
//! `YUANBA_REBUILD_STEPS` says how many edits are tried in a row (default 200; `tests/run rebuild-long` tries 2,000), and
//! `YUANBA_REBUILD_SEED` which ones.

#[path = "support/memory.rs"]
mod memory;
#[path = "rebuild/site.rs"]
mod site;

use memory::{Builder, SETTINGS, world};
use site::{Dice, Site};
use std::collections::{BTreeMap, BTreeSet};

/// Paths whose bytes differ, for a message that can be read.
fn differing<K: Ord + ToString, V: PartialEq>(a: &BTreeMap<K, V>, b: &BTreeMap<K, V>) -> Vec<String> {
    let keys = a.keys().chain(b.keys()).filter(|key| a.get(key) != b.get(key));
    let mut paths: Vec<String> = keys.map(ToString::to_string).collect();
    paths.dedup();
    paths
}

#[expect(clippy::disallowed_methods, reason = "long runs are asked for by the environment")]
fn number(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// What refused a site, without the numbers of its files: a builder that remembers numbers them as they came.
fn plain(said: &Result<BTreeSet<String>, Vec<String>>) -> Option<BTreeSet<String>> {
    let one = |words: &String| match words.split_once("FileId(") {
        Some((before, after)) => format!("{before}{}", after.split_once(')').map_or("", |(_, rest)| rest)),
        None => words.clone(),
    };
    said.as_ref().err().map(|said| said.iter().map(one).collect())
}

/// The addresses of a list, without whose they are; last pages move on.
fn addresses(text: &str) -> BTreeSet<&str> {
    let lines = text.lines().filter(|line| line.starts_with("  ") && !line.contains(": last-page "));
    lines.filter_map(|line| line.split(": ").next()).collect()
}

#[test]
fn any_edits_in_a_row_equal_clean_builds() {
    let steps = number("YUANBA_REBUILD_STEPS", 200);
    let seed = number("YUANBA_REBUILD_SEED", 0x5eed_0001);
    let mut dice = Dice(seed);
    let mut site = Site::dozen();
    let mut builder = Builder::new();
    builder.build(&site.world()).expect("the dozen pass");
    site.left_by(&builder);
    let (mut passed, mut refused) = (0, BTreeMap::<String, usize>::new());
    for step in 0..steps {
        let before = site.clone();
        let mut what = site.edit(&mut dice);
        if dice.roll(4) == 0 {
            what = format!("{what}, then {}", site.edit(&mut dice));
        }
        let place = format!("step {step} of seed {seed}: {what}");
        let world = site.world();
        // What is typeset and proved goes by its own keys; now and then even that is made anew.
        let mut clean = if step % 50 == 49 { Builder::new() } else { Builder::beside(&builder) };
        let (kept, anew) = (builder.build(&world), clean.build(&world));
        assert_eq!(plain(&kept), plain(&anew), "{place}");
        if let Err(said) = anew {
            for one in said {
                let code = one.split(' ').next().unwrap_or_default();
                *refused.entry(code.to_owned()).or_default() += 1;
            }
            site = before;
            continue;
        }
        passed += 1;
        let wrong = differing(&builder.files, &clean.files);
        assert!(wrong.is_empty(), "{place}: {wrong:?}");
        assert_eq!(builder.addresses, clean.addresses, "{place}");
        let (old, new) = (addresses(&site.addresses), addresses(&builder.addresses));
        assert!(old.is_subset(&new), "{place}: an address was dropped: {:?}", old.difference(&new));
        site.left_by(&builder);
        // What was recorded is what is read: the file changes nothing.
        if step % 10 == 0 {
            let made = builder.build(&site.world()).expect("it passed before");
            assert!(made.is_empty(), "{place}: recording addresses made {made:?}");
        }
    }
    println!("{passed} of {steps} steps were published; refused: {refused:?}");
    assert!(passed * 2 > steps, "most edits are sound: {refused:?}");
}

/// Every sort of edit, several times each, so that none depends on luck.
#[test]
fn each_edit_alone_equals_clean() {
    let mut first = Builder::new();
    first.build(&Site::dozen().world()).expect("the dozen pass");
    for what in 0..site::EDITS {
        let mut passed = 0;
        for seed in 1..4 {
            let mut site = Site::dozen();
            site.left_by(&first);
            let mut builder = Builder::beside(&first);
            builder.build(&site.world()).expect("the dozen pass");
            let place = site.edit_so(what, &mut Dice(seed * 7_777));
            let mut clean = Builder::beside(&builder);
            let world = site.world();
            let (kept, anew) = (builder.build(&world), clean.build(&world));
            assert_eq!(plain(&kept), plain(&anew), "{place}");
            if anew.is_ok() {
                passed += 1;
                assert_eq!(differing(&builder.files, &clean.files), Vec::<String>::new(), "{place}");
            }
        }
        // The sixteenth names an address where somebody stands, as long as nothing was moved or removed.
        assert!(passed > 0 || what == 16, "edit {what} is always refused");
    }
}

#[test]
fn nothing_changed_nothing_made() {
    let site = Site::dozen();
    let mut builder = Builder::new();
    assert!(builder.build(&site.world()).expect("it passes").len() > 40);
    assert!(builder.build(&site.world()).expect("it passes").is_empty());
}

#[test]
fn the_same_site_twice_gives_the_same_bytes() {
    let [one, two] = [0, 1].map(|_| {
        let mut builder = Builder::new();
        builder.build(&Site::dozen().world()).expect("it passes");
        builder.files
    });
    assert_eq!(differing(&one, &two), Vec::<String>::new());
}

/// A site of these files, which each of a few tests changes in one place.
fn small(files: &[(&str, &str)]) -> yuanba::world::MemoryWorld {
    files.iter().fold(world().with("content/site.yaml", SETTINGS), |world, (path, text)| {
        world.with(&format!("content/{path}"), text)
    })
}

/// What a change makes, once both sites were compared with clean builds.
fn made_by(before: &[(&str, &str)], after: &[(&str, &str)]) -> BTreeSet<String> {
    let mut builder = Builder::new();
    builder.build(&small(before)).expect("the first passes");
    let world = small(after).with("content/addresses.yaml", &builder.addresses);
    let made = builder.build(&world).expect("the second passes");
    let mut clean = Builder::new();
    clean.build(&world).expect("and anew");
    assert_eq!(differing(&builder.files, &clean.files), Vec::<String>::new());
    made
}

const TIPS: (&str, &str) = ("tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n");
const A: (&str, &str) =
    ("tips/a.md", "---\ntitle: 甲\ndate: 2026-10-01\nsummary: 一句话。\ntags: [法治]\n---\n\n第一版。\n");

#[test]
fn a_changed_body_makes_its_page_and_the_feeds_that_hold_it() {
    let made = made_by(&[TIPS, A], &[TIPS, (A.0, &A.1.replace("第一版", "第二版"))]);
    let feeds = ["atom.xml", "feed.json", "tips/atom.xml", "tips/feed.json"];
    assert_eq!(made, feeds.into_iter().chain(["tips/a/index.html"]).map(str::to_owned).collect());
}

#[test]
fn a_changed_title_leaves_unrelated_pages_alone() {
    let law = [
        ("law/_index.md", "---\ntitle: 普法\nkind: law\n---\n"),
        ("law/b.md", "---\ntitle: 乙\ndate: 2026-10-02\n---\n\n字。\n"),
    ];
    let before: Vec<_> = [TIPS, A].into_iter().chain(law).collect();
    let title = A.1.replace("title: 甲", "title: 丙");
    let after: Vec<_> = [TIPS, (A.0, title.as_str())].into_iter().chain(law).collect();
    let made = made_by(&before, &after);
    assert!(made.contains("tips/index.html") && made.contains("tips/a/index.html"), "{made:?}");
    for far in ["404.html", "law/b/index.html", "law/index.html", "law/atom.xml", "robots.txt"] {
        assert!(!made.contains(far), "{far} in {made:?}");
    }
}

#[test]
fn a_link_in_the_words_of_a_section_follows_its_target() {
    let section = (TIPS.0, "---\ntitle: 反诈\nkind: tip\n---\n\n先看[这篇](../law/b.md)。\n");
    let law = |slug: &str| format!("---\ntitle: 乙\ndate: 2026-10-02\n{slug}---\n\n字。\n");
    let made = made_by(&[section, ("law/b.md", &law(""))], &[section, ("law/b.md", &law("slug: c\n"))]);
    assert!(made.contains("tips/index.html"), "{made:?}");
}

#[test]
fn a_new_tag_that_sounds_alike_leaves_the_old_one_where_it_is() {
    let other = ("tips/b.md", "---\ntitle: 乙\ndate: 2026-09-01\ntags: [法制]\n---\n\n字。\n");
    let made = made_by(&[TIPS, A], &[TIPS, A, other]);
    assert!(made.iter().any(|path| path.starts_with("tags/fa-zhi-")), "{made:?}");
}

#[test]
fn a_new_bulletin_changes_the_first_page_of_a_list_and_seldom_another() {
    let texts: Vec<(String, String)> = (0..100)
        .map(|n| {
            let day = format!("2026-{:02}-{:02}", 1 + n / 28, 1 + n % 28);
            (
                format!("tips/n{n:03}.md"),
                format!("---\ntitle: 第{n}篇\ndate: {day}\nsummary: 字。\n---\n\n字。\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let with = |count: usize| [TIPS].into_iter().chain(files[..count].iter().copied()).collect::<Vec<_>>();
    let lists = |made: BTreeSet<String>| -> Vec<String> {
        made.into_iter().filter(|path| path.starts_with("tips/page/") || path == "tips/index.html").collect()
    };
    assert_eq!(lists(made_by(&with(85), &with(86))), ["tips/index.html"]);
    // The hundredth: page 4 begins, and page 3 is no longer the newest of the others.
    assert_eq!(
        lists(made_by(&with(99), &with(100))),
        ["tips/index.html", "tips/page/3/index.html", "tips/page/4/index.html"]
    );
}

#[test]
fn a_refused_site_leaves_the_memory_as_it_was() {
    let mut builder = Builder::new();
    builder.build(&small(&[TIPS, A])).expect("it passes");
    assert!(builder.build(&small(&[TIPS, A, ("tips/x.md", "---\n---\n")])).is_err());
    let after = small(&[TIPS, (A.0, &A.1.replace("第一版", "第二版"))]);
    builder.build(&after).expect("it passes again");
    let mut clean = Builder::new();
    clean.build(&after).expect("it passes");
    assert_eq!(differing(&builder.files, &clean.files), Vec::<String>::new());
}
