//! Publishing to a far side in memory: cut at every call, watched by a reader at every step.

mod cuts;
mod others;

use super::finished::Source;
use super::lease::{LEASE, Lease, Pace};
use super::manifest::{PUBLISHED, Published};
use super::plan::{Plan, Wanted};
use super::send::{Done, Manner, Release, Stopped, Watch, publish};
use super::state::State;
use super::target::fake::Fake;
use super::target::{Cause, Target};
use crate::build::compress::is_packable;
use crate::build::write::{MANIFEST, Written};
use crate::world::{OutPath, SiteId};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// Waits of tests: none.
const AT_ONCE: Pace = Pace {
    settle: Duration::ZERO,
    beat: Duration::ZERO,
    stale: Duration::ZERO,
    look: Duration::ZERO,
    record: 2,
};

/// Files of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Site(BTreeMap<OutPath, Vec<u8>>);

impl Source for Site {
    fn bytes(&self, path: &OutPath, written: &Written) -> Option<Vec<u8>> {
        self.0.get(path).filter(|bytes| Written::of(bytes) == *written).cloned()
    }
}

fn path(text: &str) -> OutPath {
    OutPath::new(text).unwrap()
}

/// A site of pages with links, written `[a/index.html]`.
fn site(files: &[(&str, &str)]) -> Site {
    Site(files.iter().map(|(name, text)| (path(name), text.as_bytes().to_vec())).collect())
}

fn first() -> Site {
    site(&[
        ("404.html", "[style-1.css]"),
        ("feed.xml", "[tips/a/index.html]"),
        ("index.html", "one [style-1.css] [tips/index.html] [feed.xml]"),
        ("pictures/a-1.png", "picture one"),
        ("style-1.css", "styles"),
        ("tips/a/index.html", "a [pictures/a-1.png] [tips/index.html]"),
        ("tips/b/index.html", "b [tips/a/index.html]"),
        ("tips/index.html", "[tips/a/index.html] [tips/b/index.html]"),
        ("x", "a file where a folder will be"),
    ])
}

/// New pages that link to each other, one that is gone, styles under a new name.
fn second() -> Site {
    site(&[
        ("404.html", "[style-2.css]"),
        ("feed.xml", "[tips/c/index.html]"),
        ("index.html", "two [style-2.css] [tips/index.html] [feed.xml]"),
        ("pictures/a-2.png", "picture two"),
        ("style-2.css", "styles two"),
        ("tips/a/index.html", "a two [pictures/a-2.png] [tips/c/index.html]"),
        ("tips/c/index.html", "c [tips/d/index.html] [x/index.html]"),
        ("tips/d/index.html", "d [tips/c/index.html] [tips/index.html]"),
        ("tips/index.html", "[tips/a/index.html] [tips/c/index.html] [tips/d/index.html]"),
        ("x/index.html", "x"),
    ])
}

/// What another edit makes of it, while the second was only half sent.
fn third() -> Site {
    site(&[
        ("feed.xml", "[tips/d/index.html]"),
        ("index.html", "three [style-2.css] [tips/index.html]"),
        ("style-2.css", "styles two"),
        ("tips/d/index.html", "d three [tips/e/index.html]"),
        ("tips/e/index.html", "e [tips/index.html]"),
        ("tips/index.html", "[tips/d/index.html] [tips/e/index.html]"),
    ])
}

/// Nobody is told.
struct Silent;

impl Watch for Silent {
    fn begin(&self, _: usize, _: u64) {}
    fn sent(&self, _: &OutPath, _: u64) {}
    fn waiting(&self, _: &str, _: Duration) {}
}

fn manner(owner: &str) -> Manner<'_> {
    Manner {
        pace: AT_ONCE,
        connections: 1,
        owner,
        label: owner,
        begun: "2026-11-24",
        adopt: false,
        verify: false,
        allow: &|_| true,
        watch: &Silent,
    }
}

fn wanted(site: &Site, packs: bool) -> BTreeMap<OutPath, Wanted> {
    let want = |name: &OutPath, bytes: &[u8]| Wanted {
        written: Written::of(bytes),
        packed: packs && is_packable(name),
    };
    site.0.iter().map(|(name, bytes)| (name.clone(), want(name, bytes))).collect()
}

fn send_as(target: &dyn Target, site: &Site, packs: bool, manner: &Manner) -> Result<Done, Stopped> {
    let list = site.0.keys().map(|name| &**name).collect::<Vec<_>>().join("\n");
    let release = Release {
        site: SiteId::parse("0123456789abcdef"),
        build: blake3::hash(format!("{site:?}").as_bytes()),
        list: list.into_bytes(),
        wanted: wanted(site, packs),
        source: site,
    };
    publish(target, &release, manner)
}

fn send(target: &dyn Target, site: &Site) -> Result<Done, Stopped> {
    send_as(target, site, false, &manner("one"))
}

/// A reader who begins at the first page and follows every link: what is missing.
fn missing(files: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let (mut seen, mut open) = (BTreeSet::new(), vec!["index.html".to_owned()]);
    let mut missing = Vec::new();
    if !files.contains_key("index.html") {
        return missing;
    }
    while let Some(name) = open.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        let Some(bytes) = files.get(&name) else {
            missing.push(name);
            continue;
        };
        let text = String::from_utf8_lossy(bytes);
        open.extend(text.split('[').skip(1).filter_map(|rest| Some(rest.split_once(']')?.0.to_owned())));
    }
    missing
}

/// A far side that a reader walks through after each change.
fn watched(folders: bool, halves: bool) -> Fake {
    Fake {
        folders,
        halves,
        bulk: if folders { 1 } else { 2 },
        watcher: Some(Box::new(move |files| {
            let plain = files.iter().map(|(name, (bytes, _))| (name.clone(), bytes.clone())).collect();
            let mut missing = missing(&plain);
            // A file and a folder of one name cannot stand there together, so one of them goes before the other comes.
            missing.retain(|name| !(folders && name.starts_with('x')));
            assert_eq!(missing, Vec::<String>::new(), "a reader meets a missing file");
        })),
        ..Fake::default()
    }
}

/// What stands there is the site, what is kept of the release before, and what was never ours.
fn holds(fake: &Fake, site: &Site, also: &[&str]) {
    let there = fake.files();
    let list = Published::parse(&there[PUBLISHED]).expect("a whole list");
    assert!(list.gone.is_empty(), "{:?}", list.gone);
    for (name, bytes) in &site.0 {
        assert_eq!(there.get(&**name), Some(bytes), "{name}");
        assert_eq!(list.files[name].plain, Written::of(bytes), "{name}");
    }
    let own = [PUBLISHED, LEASE, MANIFEST, ".yuanba-published-next", ".yuanba-publishing-next"];
    for name in there.keys().filter(|name| !own.contains(&name.as_str()) && !also.contains(&name.as_str())) {
        let name = path(name);
        assert!(site.0.contains_key(&name) || list.kept.contains_key(&name), "{name} is left over");
    }
    assert_eq!(list.files.len(), site.0.len());
}

/// Both sorts of far side, and whether a write that is cut leaves half a file.
const SORTS: [(bool, bool); 3] = [(false, false), (true, false), (true, true)];
