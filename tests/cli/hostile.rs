//! Folders from strangers: a site that was cloned or copied, with things in it that lead elsewhere, never end, or claim to be ours.
//!
//! For every place that the program reads or writes and every kind of hostile file: nothing outside of the output and the
//! store changes by a byte, and no command hangs.

#![expect(clippy::unwrap_used, reason = "a test may stop where its own folder cannot be made")]

use crate::bulletin;
use crate::site::{Ran, Site};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};
use yuanba::build::machine::seal_key;

/// What stands below a folder: bytes of files, targets of links, kinds of all else, and who may do what with it.
type Snapshot = BTreeMap<PathBuf, String>;

fn snapshot(folder: &Path) -> Snapshot {
    let mut found = Snapshot::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().flatten() {
        let (path, meta) = (entry.path(), entry.path().symlink_metadata().unwrap());
        let holds = if meta.is_symlink() {
            format!("link to {}", fs::read_link(path).unwrap().display())
        } else if meta.is_file() && meta.len() < 1 << 20 {
            blake3::hash(&fs::read(path).unwrap()).to_hex().to_string()
        } else {
            format!("{:?} of {}", meta.file_type(), if meta.is_file() { meta.len() } else { 0 })
        };
        let about = format!("{holds} {:o} {}", meta.mode(), meta.uid());
        found.insert(path.strip_prefix(folder).unwrap().to_owned(), about);
    }
    found
}

/// Somebody's folder outside of the site.
struct Victim(tempfile::TempDir);

impl Victim {
    fn new() -> Self {
        let victim = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(victim.at("folder/docs")).unwrap();
        for name in ["diary.txt", "folder/diary.txt", "folder/docs/old.txt", "folder/index.html"] {
            fs::write(victim.at(name), format!("mine: {name}")).unwrap();
            let old = std::time::SystemTime::now() - Duration::from_hours(24 * 400);
            fs::File::options().append(true).open(victim.at(name)).unwrap().set_modified(old).unwrap();
        }
        victim
    }

    fn at(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }
}

/// Runs the program; one that does not end is a failure.
fn run(site: &Site, args: &[&str]) -> Ran {
    let mut command = site.command(args);
    let (out, err) = (site.at("../out.txt"), site.at("../err.txt"));
    command
        .stdout(fs::File::create(&out).unwrap())
        .stderr(fs::File::create(&err).unwrap())
        .stdin(Stdio::null());
    let mut child = command.spawn().unwrap();
    let begin = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begin.elapsed() > Duration::from_mins(3) {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("{args:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let text = |path: &Path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
    Ran { code: status.code(), out: text(&out), err: text(&err) }
}

/// A text that ends as ours do, with a key of this machine or with none.
fn sealed(key: Option<[u8; 32]>, text: &str) -> String {
    let hash = match key {
        Some(key) => blake3::keyed_hash(&key, text.as_bytes()),
        None => blake3::hash(text.as_bytes()),
    };
    format!("{text}end {}\n", hash.to_hex())
}

fn key_of_work(output: &Path) -> [u8; 32] {
    let output = output.parent().unwrap().canonicalize().unwrap().join(output.file_name().unwrap());
    seal_key("work on an output", &output).expect("tests have a folder for the key")
}

fn bytes_of(text: &str) -> String {
    format!("{} {}", blake3::hash(text.as_bytes()).to_hex(), text.len())
}

/// The four ways of issue 9 in which a journal of a stranger moved, deleted or replaced files elsewhere. Every one is tried with
/// every seal that a stranger, or this user elsewhere, can make.
#[test]
fn the_work_of_a_stranger_is_named_and_left() {
    let empty_list = sealed(None, "yuanba-manifest 1\n");
    let swap = format!("yuanba-journal 2\nswap {}\n", blake3::hash(empty_list.as_bytes()).to_hex());
    let evil = bytes_of("evil");
    let diary = bytes_of("mine: folder/diary.txt");
    let journals = [
        ("old", swap.clone()),
        ("old", swap.replace("journal 2", "journal 1")),
        ("x", format!("yuanba-journal 2\nremove {diary} x/diary.txt\n")),
        ("x", "yuanba-journal 1\nremove x/diary.txt\n".to_owned()),
        ("x", format!("yuanba-journal 2\nreplace {diary} {evil} x/diary.txt\n")),
        ("x", "yuanba-journal 1\nreplace x/diary.txt\n".to_owned()),
        ("x", "yuanba-journal 2\naside x/diary.txt//x/moved.txt\n".to_string()),
        ("new", format!("yuanba-journal 2\nadd {diary} diary.txt\n")),
        ("new", "yuanba-journal 1\nadd diary.txt\n".to_owned()),
        ("none", String::new()),
    ];
    for (link, journal) in journals {
        for (name, seal) in [("plain", None), ("other", Some("other")), ("elsewhere", Some("elsewhere"))] {
            for mark in [false, true] {
                let (site, victim) = (Site::new(), Victim::new());
                let work = site.at(".public.yuanba-work");
                fs::create_dir_all(work.join("junk")).unwrap();
                fs::create_dir(site.at("public")).unwrap();
                fs::write(site.at("public/.yuanba-manifest"), &empty_list).unwrap();
                let folder = victim.at("folder");
                match link {
                    "x" => {
                        symlink(&folder, site.at("public/x")).unwrap();
                        fs::create_dir_all(work.join("new/x")).unwrap();
                        fs::write(work.join("new/x/diary.txt"), "evil").unwrap();
                    }
                    "none" => {}
                    name => symlink(&folder, work.join(name)).unwrap(),
                }
                let key = seal.map(|seal| match seal {
                    "other" => [7; 32],
                    _ => key_of_work(&site.at("public-2")),
                });
                if !journal.is_empty() {
                    fs::write(work.join("journal"), sealed(key, &journal)).unwrap();
                }
                if mark {
                    fs::write(work.join("mark"), sealed(key, "yuanba-work 1\n")).unwrap();
                }
                let before = (snapshot(victim.0.path()), snapshot(&work), snapshot(&site.at("public")));
                let what = format!("{link}, {name} seal, mark {mark}: {journal}");
                for args in [&["check"][..], &["list"], &["audit"], &["build"], &["build"]] {
                    let ran = run(&site, args);
                    if args[0] == "build" {
                        assert_eq!(ran.code, Some(3), "{what}: {}", ran.err);
                        assert!(
                            ran.err.contains("F423") && ran.err.contains(".public.yuanba-work"),
                            "{}",
                            ran.err
                        );
                    } else {
                        assert_eq!(ran.code, Some(0), "{what}: {}", ran.err);
                        // Who only looks is told.
                        let named = ran.err.contains(".public.yuanba-work");
                        assert_eq!(named, args[0] != "audit", "{what}: {args:?}: {}", ran.err);
                    }
                    let after = (snapshot(victim.0.path()), snapshot(&work), snapshot(&site.at("public")));
                    assert_eq!(before, after, "{what}");
                }
                // The mend that is named helps.
                fs::remove_dir_all(&work).unwrap();
                assert_eq!(run(&site, &["build"]).code, Some(0));
                assert_eq!(before.0, snapshot(victim.0.path()), "{what}");
            }
        }
    }
}

/// Even a journal of our own, sealed here and for this output, does nothing behind a link and nothing to other bytes.
#[test]
fn our_own_seal_leads_nowhere_else() {
    let diary = bytes_of("mine: folder/diary.txt");
    let evil = bytes_of("evil");
    for (link, journal) in [
        ("x", format!("remove {diary} x/diary.txt\n")),
        ("x", format!("replace {diary} {evil} x/diary.txt\n")),
        ("x", format!("add {evil} x/new.txt\n")),
        ("x", "aside x/diary.txt//x/moved.txt\n".to_owned()),
        ("x", "folder x/made\n".to_owned()),
        ("new", format!("add {diary} diary.txt\n")),
        ("old", format!("remove {} index.html\n", bytes_of("ours"))),
        ("none", format!("remove {} theirs.txt\n", bytes_of("ours"))),
        ("none", format!("replace {} {evil} theirs.txt\n", bytes_of("ours"))),
    ] {
        for undo in [false, true] {
            let (site, victim) = (Site::new(), Victim::new());
            let work = site.at(".public.yuanba-work");
            for folder in [&work, &site.at("public")] {
                fs::create_dir(folder).unwrap();
            }
            fs::write(site.at("public/.yuanba-manifest"), sealed(None, "yuanba-manifest 1\n")).unwrap();
            fs::write(site.at("public/theirs.txt"), "theirs").unwrap();
            symlink(victim.at("folder"), if link == "x" { site.at("public/x") } else { work.join(link) })
                .unwrap();
            if link != "new" {
                for name in ["new/x/diary.txt", "new/x/new.txt", "new/theirs.txt"] {
                    fs::create_dir_all(work.join(name).parent().unwrap()).unwrap();
                    fs::write(work.join(name), "evil").unwrap();
                }
            }
            let key = Some(key_of_work(&site.at("public")));
            let name = if undo { "journal-undo" } else { "journal" };
            fs::write(work.join(name), sealed(key, &format!("yuanba-journal 2\n{journal}"))).unwrap();
            fs::write(work.join("mark"), sealed(key, "yuanba-work 1\n")).unwrap();
            let before = snapshot(victim.0.path());
            for _ in 0..3 {
                run(&site, &["build"]);
                assert_eq!(before, snapshot(victim.0.path()), "{link}, {journal}");
                assert_eq!(fs::read(site.at("public/theirs.txt")).unwrap(), b"theirs", "{journal}");
            }
        }
    }
}

/// Kinds of hostile things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    LinkToFile,
    LinkToFolder,
    LinkToNothing,
    LinkInTheMiddle,
    Pipe,
    Socket,
    Sparse,
    Folder,
    ForeignOwner,
    Garbage,
}

const KINDS: [Kind; 10] = [
    Kind::LinkToFile,
    Kind::LinkToFolder,
    Kind::LinkToNothing,
    Kind::LinkInTheMiddle,
    Kind::Pipe,
    Kind::Socket,
    Kind::Sparse,
    Kind::Folder,
    Kind::ForeignOwner,
    Kind::Garbage,
];

/// Places that the program reads or writes, beside whatever it left in the store.
const PLACES: [&str; 26] = [
    ".public.yuanba-work",
    ".public.yuanba-work/journal",
    ".public.yuanba-work/journal-undo",
    ".public.yuanba-work/mark",
    ".public.yuanba-work/lock",
    ".public.yuanba-work/lock-holder",
    ".public.yuanba-work/new",
    ".public.yuanba-work/old",
    "public",
    "public/.yuanba-work",
    "public/.yuanba-manifest",
    "public/index.html",
    "public/tips",
    "public/tips/a/index.html",
    ".yuanba",
    ".yuanba/lock",
    ".yuanba/lock-holder",
    "content/addresses.yaml",
    "content/tips",
    "content/tips/a.md",
    "content/data",
    "content/data/mediation.csv",
    "content/data/releases/2026.json",
    "themes/blue",
    "themes/blue/templates/page.html",
    "themes/blue/fonts/own.ttf",
];

fn remove(path: &Path) {
    match path.symlink_metadata() {
        Ok(meta) if meta.is_dir() => fs::remove_dir_all(path).unwrap(),
        Ok(_) => fs::remove_file(path).unwrap(),
        Err(_) => {}
    }
}

/// Lays a hostile thing; false where this machine cannot.
fn plant(site: &Site, victim: &Victim, place: &str, kind: Kind) -> bool {
    let path = site.at(place);
    let above = path.parent().unwrap().to_owned();
    fs::create_dir_all(&above).unwrap();
    if !matches!(kind, Kind::LinkInTheMiddle | Kind::ForeignOwner) {
        remove(&path);
    }
    match kind {
        Kind::LinkToFile => symlink(victim.at("diary.txt"), path).unwrap(),
        Kind::LinkToFolder => symlink(victim.at("folder"), path).unwrap(),
        Kind::LinkToNothing => symlink(victim.at("folder/nothing-yet"), path).unwrap(),
        Kind::LinkInTheMiddle => {
            // The output itself may be a link: then it lies where the link leads.
            if !place.contains('/') || above == site.at("public") {
                return false;
            }
            crate::site::copy(&above, &victim.at("middle"));
            remove(&above);
            symlink(victim.at("middle"), above).unwrap();
        }
        Kind::Pipe => {
            rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, 0o600.into(), 0).unwrap();
        }
        Kind::Socket => return std::os::unix::net::UnixListener::bind(path).is_ok(),
        Kind::Sparse => fs::File::create(path).unwrap().set_len(4 << 30).unwrap(),
        Kind::Folder => {
            fs::create_dir(&path).unwrap();
            fs::write(path.join("theirs.txt"), "theirs").unwrap();
        }
        Kind::ForeignOwner => {
            return path.exists() && std::os::unix::fs::chown(path, Some(12345), Some(12345)).is_ok();
        }
        Kind::Garbage => fs::write(path, "yuanba-journal 1\nremove ../../diary.txt\nend 00\n").unwrap(),
    }
    true
}

#[test]
fn nothing_elsewhere_changes_whatever_lies_in_the_site() {
    let template = Site::new();
    template.put(
        "content/site.yaml",
        fs::read_to_string(template.at("content/site.yaml")).unwrap() + "theme: blue\n",
    );
    template.put("content/tips/a.md", bulletin("提示", "", "正文。"));
    template.put("content/tips/b.md", bulletin("另一篇", "", "正文。"));
    template.put("themes/blue/text.extra.yaml", "a: b\n");
    let ran = run(&template, &["build"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let mut places: Vec<String> = PLACES.iter().map(ToString::to_string).collect();
    for entry in walkdir::WalkDir::new(template.at(".yuanba")).min_depth(1).into_iter().flatten() {
        places.push(entry.path().strip_prefix(template.at("")).unwrap().to_str().unwrap().to_owned());
    }
    places.sort();
    places.dedup();
    let cases: Vec<(&String, Kind)> =
        places.iter().flat_map(|place| KINDS.iter().map(move |kind| (place, *kind))).collect();
    let outcomes: Vec<_> = cases.par_iter().map(|(place, kind)| attempt(&template, place, *kind)).collect();
    let wrong: Vec<String> = outcomes.iter().flatten().flatten().cloned().collect();
    assert!(wrong.is_empty(), "{} cases, {} wrong:\n{}", cases.len(), wrong.len(), wrong.join("\n"));
    let tried = outcomes.iter().flatten().count();
    assert!(tried > cases.len() * 3 / 4, "{tried} of {}", cases.len());
}

/// What differs, in a line.
fn differences(before: &Snapshot, after: &Snapshot) -> Option<String> {
    let changed = before.keys().chain(after.keys()).filter(|path| before.get(*path) != after.get(*path));
    let mut changed: Vec<String> = changed.map(|path| path.display().to_string()).collect();
    changed.dedup();
    (!changed.is_empty()).then(|| changed.join(", "))
}

/// What changed that must not; none where this machine cannot lay such a thing.
fn attempt(template: &Site, place: &str, kind: Kind) -> Option<Vec<String>> {
    let (site, victim) = (Site::new(), Victim::new());
    crate::site::copy(&template.at(""), &site.at(""));
    if !plant(&site, &victim, place, kind) {
        return None;
    }
    let mut wrong = Vec::new();
    let mut compare = |what: &str, before: &Snapshot, after: &Snapshot| {
        if let Some(changed) = differences(before, after) {
            wrong.push(format!("{kind:?} at {place}, {what}: {changed}"));
        }
    };
    let before = snapshot(victim.0.path());
    let outside = |site: &Site| {
        let mut all = snapshot(&site.at(""));
        all.retain(|path, _| !path.starts_with(".yuanba") && !path.as_os_str().is_empty());
        all
    };
    let sources = outside(&site);
    // What only looks writes nothing. Figures are looked at by `audit` alone.
    let looks: &[&str] = if place.contains("data") { &["check", "audit"] } else { &["check"] };
    for look in looks {
        run(&site, &[look]);
        compare(look, &before, &snapshot(victim.0.path()));
        compare(look, &sources, &outside(&site));
    }
    // A change, so that files are replaced, added and removed.
    if site.at("content/tips/b.md").is_file() {
        fs::remove_file(site.at("content/tips/b.md")).unwrap();
        site.put("content/tips/c.md", bulletin("第三篇", "", "正文。"));
    }
    let before = snapshot(victim.0.path());
    run(&site, &["build"]);
    compare("build", &before, &snapshot(victim.0.path()));
    Some(wrong)
}
