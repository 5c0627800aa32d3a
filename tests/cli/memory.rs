//! What is kept in `.yuanba/` between runs, parted from the site in every way that happens: killed builds, backups, clocks, others.

use crate::bulletin;
use crate::site::{Site, copy, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

type Tree = BTreeMap<String, Vec<u8>>;

/// A number below `below` that is different for each seed, and the same each time.
fn chance(seed: u32, below: u32) -> u32 {
    u32::from_le_bytes(blake3::hash(&seed.to_le_bytes()).as_bytes()[..4].try_into().expect("four")) % below
}

/// Two states of one site: bulletins added, removed, retitled, edited and moved, and a setting changed.
fn lay(site: &Site, second: bool) {
    let word = if second { "乙" } else { "甲" };
    let _ = fs::remove_dir_all(site.at("content/tips"));
    site.put("content/tips/_index.md", "---\ntitle: 反诈提示\nkind: tip\n---\n");
    for number in 0..12 {
        let here = match number % 4 {
            0 => !second,
            1 => second,
            _ => true,
        };
        if here {
            let title =
                if number % 4 == 2 { format!("第{number}篇{word}") } else { format!("第{number}篇") };
            let body = if number % 4 == 3 { format!("正文{word}。") } else { "正文。".to_owned() };
            let tags = format!("tags: [{}]\n", if second { "法治" } else { "刷单" });
            site.put(&format!("content/tips/n{number}.md"), bulletin(&title, &tags, &body));
        }
    }
}

fn build(site: &Site) {
    let ran = site.run(&["build", "--only", "site"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}

/// What a clean build of a state is.
fn clean(second: bool) -> Tree {
    let site = Site::new();
    lay(&site, second);
    build(&site);
    published(&site)
}

/// The published files; the list of them is looked at by its own tests.
fn published(site: &Site) -> Tree {
    let mut tree = site.public();
    tree.remove(".yuanba-manifest");
    tree
}

fn move_away(from: &Path, to: &Path) {
    let _ = fs::remove_dir_all(to);
    copy(from, to);
}

#[test]
fn a_memory_that_came_back_from_a_backup_is_not_believed() {
    let (one, two) = (clean(false), clean(true));
    for folder in [".yuanba", "public"] {
        let site = Site::new();
        let kept = site.at("../kept");
        lay(&site, false);
        build(&site);
        move_away(&site.at(folder), &kept);
        lay(&site, true);
        build(&site);
        assert_eq!(published(&site), two, "{folder}");
        move_away(&kept, &site.at(folder));
        // The site as it is, and as it was.
        build(&site);
        assert_eq!(published(&site), two, "{folder} came back, nothing else changed");
        move_away(&kept, &site.at(folder));
        lay(&site, false);
        build(&site);
        assert_eq!(published(&site), one, "{folder} came back, and the change was undone");
    }
}

fn kills(rounds: u32) {
    let trees = [clean(false), clean(true)];
    let site = Site::new();
    lay(&site, false);
    let start = Instant::now();
    build(&site);
    let usual = start.elapsed();
    for round in 0..rounds {
        if chance(round, 5) == 0 {
            let _ = fs::remove_dir_all(site.at("public"));
            let _ = fs::remove_dir_all(site.at(".yuanba"));
        }
        // One, two or three builds are cut short, each of the other state.
        let cut = 1 + chance(round + 1_000_000, 3);
        for number in 0..cut {
            lay(&site, (round + number) % 2 == 0);
            let mut child = site.command(&["build", "--only", "site", "--quiet"]).spawn().expect("it starts");
            // More often near the end, where the site is in place and the memory is not.
            let share = f64::from(chance(round * 8 + number + 2_000_000, 1000)) / 1000.0;
            std::thread::sleep(usual.mul_f64(1.2 * share.sqrt()));
            let _ = child.kill();
            child.wait().expect("it ends");
            for (name, bytes) in &published(&site) {
                let whole = trees.iter().any(|tree| tree.get(name) == Some(bytes));
                assert!(whole, "round {round}: {name} is torn");
            }
        }
        // Back again, or on: a memory of what is not there must not show.
        let second = chance(round + 3_000_000, 2) == 0;
        lay(&site, second);
        build(&site);
        assert_eq!(published(&site), trees[usize::from(second)], "round {round}");
    }
}

#[test]
fn killed_builds_of_changing_content_end_as_a_clean_build() {
    kills(10);
}

#[test]
#[ignore = "takes minutes: tests/run rebuild-long"]
fn killed_builds_of_changing_content_end_as_a_clean_build_for_long() {
    kills(100);
}

#[test]
fn a_run_without_a_change_writes_nothing() {
    let site = Site::new();
    lay(&site, false);
    // The first notes the addresses, the second reads them, and once that list is old enough to be known by its stamp all is kept.
    build(&site);
    std::thread::sleep(Duration::from_millis(150));
    build(&site);
    build(&site);
    let times = |folder: &str| -> BTreeMap<String, _> {
        let time = |name: &str| fs::metadata(site.at(folder).join(name)).and_then(|meta| meta.modified());
        files(&site.at(folder))
            .keys()
            .map(|name| (name.clone(), time(name).expect("files have times")))
            .collect()
    };
    let mut before = times(".yuanba");
    let site_before = times("public");
    std::thread::sleep(Duration::from_millis(20));
    build(&site);
    let mut after = times(".yuanba");
    // Who holds the lock is told anew by each.
    for lock in ["lock", "lock-holder", "memory-lock"] {
        before.remove(lock);
        after.remove(lock);
    }
    assert_eq!(before, after);
    assert_eq!(site_before, times("public"));
}

#[test]
fn a_run_without_a_change_says_again_what_every_build_says_of_figures() {
    let site = Site::new();
    lay(&site, false);
    site.put(
        "content/data/x.yaml",
        "title: 数\nsource: 所\ndimensions:\n  village: {label: 村, codes: [甲, 乙]}\n\
         policy: {threshold: 4, reason: 县局同意}\ntables:\n  t: {title: 各村, rows: village}\n",
    );
    site.put("content/data/x.csv", "village,cases\n甲,12\n乙,30\n");
    build(&site);
    std::thread::sleep(Duration::from_millis(150));
    build(&site);
    let run = || {
        let ran = site.run(&["build", "--only", "site", "--timings"]);
        (ran.out.starts_with("look\t"), ran.err)
    };
    run();
    let (stood, said) = run();
    assert!(stood, "answered from stamps: {said}");
    assert!(said.contains("县局同意") && said.contains("发布档案"), "{said}");
}

#[test]
fn what_a_site_uses_daily_outlives_ninety_days_and_what_it_does_not_goes() {
    let site = Site::new();
    let png = crate::site::tests().join("browser/pictures");
    let picture = files(&png).into_iter().find(|(name, _)| name.ends_with(".jpg") || name.ends_with(".png"));
    let (name, bytes) = picture.expect("the tests have a picture");
    let photo = format!("content/tips/p/{}", name.rsplit('/').next().expect("a name"));
    let file = photo.rsplit('/').next().expect("a name").to_owned();
    let on = |day: u64| {
        // The clock of the store is the later of this one and the machine's.
        let begin =
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs();
        let mut command = site.command(&["build", "--only", "site", "--quiet"]);
        command.env("SOURCE_DATE_EPOCH", (begin + day * 86_400).to_string());
        // Files that somebody deleted are made anew, from what is kept.
        let _ = fs::remove_dir_all(site.at("public"));
        let ran = crate::site::ran(&mut command);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        let kept = files(&site.at(".yuanba/kept"));
        kept.into_keys().filter(|name| name.len() == 65).collect::<Vec<_>>()
    };
    let without = on(0);
    site.put(&photo, bytes);
    site.put("content/tips/p/index.md", bulletin("有图", "", &format!("![图]({file})")));
    let used = on(0);
    assert!(used.len() > without.len(), "a photo is kept in its sizes");
    for day in (0..200).step_by(20) {
        assert_eq!(on(day), used, "day {day}");
    }
    // The photo goes, and after ninety days what was made of it.
    fs::remove_dir_all(site.at("content/tips/p")).expect("it was there");
    assert_eq!(on(220), used);
    assert_eq!(on(330), without);
}

#[test]
fn a_store_that_is_of_no_use_is_said_to_be() {
    let site = Site::new();
    build(&site);
    let before = published(&site);
    let said = |words: &str| {
        let ran = site.run(&["build", "--only", "site"]);
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        assert!(ran.err.contains(words) || ran.out.contains(words), "{words}: {}{}", ran.out, ran.err);
        assert_eq!(published(&site), before, "{words}");
        let again = site.run(&["build", "--only", "site"]);
        assert!(!again.err.contains(words) && !again.out.contains(words), "it is said once: {}", again.err);
    };
    let memory = site.at(".yuanba/memory");
    let whole = fs::read(&memory).expect("a build leaves a memory");
    fs::write(&memory, &whole[..whole.len() / 2]).expect("written");
    said("没有写完");
    fs::write(&memory, b"yuanba memory 1\n".repeat(99)).expect("written");
    said("另一种格式");
    // A user who can keep no key keeps nothing, and builds all the same.
    site.put("../no-folder", "a file");
    let mut command = site.command(&["build", "--only", "site", "--lang", "zh"]);
    let ran = crate::site::ran(command.env("YUANBA_STATE_DIR", site.at("../no-folder")));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("密钥") || ran.out.contains("密钥"), "{}{}", ran.out, ran.err);
    assert_eq!(published(&site), before);
    // A user with another key: somebody else's results are not used.
    let mut command = site.command(&["build", "--only", "site", "--lang", "zh"]);
    let ran = crate::site::ran(command.env("YUANBA_STATE_DIR", site.at("../another")));
    assert!(ran.err.contains("别的用户") || ran.out.contains("别的用户"), "{}{}", ran.out, ran.err);
    assert_eq!(published(&site), before);
}

/// Builds and says whether the site was found standing, without being read.
fn stands(site: &Site, more: &[&str]) -> (bool, String) {
    let mut args = vec!["build", "--only", "site", "--timings"];
    args.extend(more);
    let ran = site.run(&args);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    (ran.out.lines().any(|line| line.starts_with("look\t")), ran.err)
}

/// A copy of the site's sources, built from nothing.
fn from_nothing(site: &Site, more: &[&str], now: Option<&str>) -> Tree {
    let clean = Site::new();
    let _ = fs::remove_dir_all(clean.at("content"));
    copy(&site.at("content"), &clean.at("content"));
    copy(&site.at("themes"), &clean.at("themes"));
    let mut args = vec!["build", "--only", "site", "--lang", "zh"];
    args.extend(more);
    let mut command = clean.command(&args);
    if let Some(now) = now {
        command.env("SOURCE_DATE_EPOCH", now);
    }
    let ran = crate::site::ran(&mut command);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    published(&clean)
}

#[test]
#[expect(clippy::type_complexity, reason = "a list of changes, each with what it does")]
fn a_site_that_stands_is_told_by_stamps_and_anything_else_is_built() {
    let site = Site::new();
    lay(&site, false);
    site.put("content/tips/later.md", bulletin("以后", "publish: 2026-12-24\n", "正文。"));
    site.put("content/tips/warned.md", bulletin("粗", "", "**没有合上的星号"));
    // Files have to be as old as a disk can tell.
    let settle = || std::thread::sleep(Duration::from_millis(150));
    let settled = |more: &[&str]| {
        settle();
        stands(&site, more);
        settle();
        stands(&site, more);
        let (stood, said) = stands(&site, more);
        assert!(stood, "nothing has changed");
        said
    };
    let said = settled(&[]);
    // The findings and what is held back are said again, word for word.
    let (_, of_a_build) = stands(&site, &["--full"]);
    assert_eq!(said, of_a_build);
    assert!(said.contains("later.md"), "{said}");
    let old = fs::metadata(site.at("content/tips/n3.md")).and_then(|meta| meta.modified()).expect("a time");
    let changes: Vec<(&str, Box<dyn Fn()>)> = vec![
        ("a body", Box::new(|| site.put("content/tips/n3.md", bulletin("第3篇", "", "另一段正文。")))),
        (
            "a body, with its old length and time",
            Box::new(|| {
                let text = fs::read_to_string(site.at("content/tips/n3.md"))
                    .expect("text")
                    .replace("另一段", "又一段");
                fs::write(site.at("content/tips/n3.md"), text).expect("written");
                let file =
                    fs::File::options().append(true).open(site.at("content/tips/n3.md")).expect("opens");
                file.set_modified(old).expect("times can be set");
            }),
        ),
        ("a new bulletin", Box::new(|| site.put("content/tips/new.md", bulletin("新的", "", "正文。")))),
        ("a bulletin less", Box::new(|| fs::remove_file(site.at("content/tips/new.md")).expect("removed"))),
        ("a file of the theme", Box::new(|| site.put("themes/default/assets/style.css", "body{color:red}"))),
        ("the theme as before", Box::new(|| fs::remove_dir_all(site.at("themes")).expect("removed"))),
        (
            "a published file changed",
            Box::new(|| {
                let file = site.at("public/index.html");
                let text = fs::read_to_string(&file).expect("text");
                fs::write(&file, text.replacen('<', "{", 1)).expect("written");
            }),
        ),
        (
            "a published file less",
            Box::new(|| fs::remove_file(site.at("public/tips/n3/index.html")).expect("removed")),
        ),
        ("the store less", Box::new(|| fs::remove_dir_all(site.at(".yuanba")).expect("removed"))),
    ];
    for (what, change) in changes {
        settled(&[]);
        change();
        settle();
        let (stood, _) = stands(&site, &[]);
        assert!(!stood, "{what}");
        if what == "a published file changed" {
            // What somebody wrote there is theirs, and is set aside.
            fs::remove_file(site.at("public/index.html.1")).expect("it was set aside");
        }
        assert_eq!(published(&site), from_nothing(&site, &[], None), "{what}");
    }
    // Other options are another site.
    settled(&[]);
    for more in [&["--drafts"][..], &["--base-url", "https://other.example.cn/a/"], &[]] {
        let (stood, _) = stands(&site, more);
        assert!(!stood, "{more:?}");
        assert_eq!(published(&site), from_nothing(&site, more, None), "{more:?}");
    }
    // Time alone: a day before the bulletin's day nothing changes; on its day it appears.
    settled(&[]);
    let at = |epoch: &str| {
        let mut command = site.command(&["build", "--only", "site", "--lang", "zh", "--timings"]);
        let ran = crate::site::ran(command.env("SOURCE_DATE_EPOCH", epoch));
        assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
        ran.out.lines().any(|line| line.starts_with("look\t"))
    };
    assert!(at("1795478460"), "a minute later nothing has changed");
    assert!(!at("1798070400"), "a month later something has");
    assert!(site.at("public/tips/later/index.html").is_file());
    assert_eq!(published(&site), from_nothing(&site, &[], Some("1798070400")));
    assert!(!at("1795478400"), "a clock that went back tells nothing");
    assert!(!site.at("public/tips/later/index.html").exists());
}
