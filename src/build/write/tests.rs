//! Builds interrupted at every step. `tests/write.rs` kills real processes; here no moment is missed.

use super::steps::{Step, Steps};
use super::*;
use crate::diag::{Catalogue, Language};
use std::collections::BTreeMap;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

type Tree = BTreeMap<String, String>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// What stands in the output, the list left out.
fn on_disk(root: &Path) -> Tree {
    fn walk(root: &Path, folder: &Path, found: &mut Tree) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if entry.file_name() != MANIFEST {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut found = Tree::new();
    walk(root, root, &mut found);
    found
}

fn build(site: &Path, files: &Tree, steps: Steps) -> WriteResult<Summary> {
    let mut writer = Writer::open_with(site, &site.join("public"), steps)?;
    let batch = writer.begin()?;
    for (path, text) in files {
        batch.put(&OutPath::new(path).unwrap(), Rank::Page, text.as_bytes())?;
    }
    batch.commit()
}

/// A site that was built once, with a colleague's file in its output.
fn built(old: &Tree, foreign: bool) -> TempDir {
    // In memory where the system has such a folder: there are a thousand syncs.
    let site = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap();
    if !old.is_empty() {
        build(site.path(), old, Steps::default()).unwrap();
    }
    if foreign {
        fs::create_dir(site.path().join("public/docs")).unwrap();
        fs::write(site.path().join("public/docs/表.pdf"), "theirs").unwrap();
    }
    site
}

/// Steps that stop everything at the given one, as a killed process would, and count how many there are.
fn stop_at(stop: usize, portable: bool, obstacle: Option<PathBuf>) -> (Steps, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&count);
    let hook = move |step: Step| {
        if let (Step::Journalled, Some(path)) = (step, &obstacle) {
            fs::create_dir_all(path.join("theirs")).unwrap();
            fs::write(path.join("theirs/late.txt"), "late").unwrap();
        }
        if seen.fetch_add(1, Ordering::SeqCst) == stop {
            resume_unwind(Box::new("stopped"));
        }
    };
    (Steps { hook: Some(Box::new(hook)), portable }, count)
}

fn run_until(site: &Path, files: &Tree, stop: usize, portable: bool) -> (bool, usize) {
    let (steps, count) = stop_at(stop, portable, None);
    let stopped = catch_unwind(AssertUnwindSafe(|| build(site, files, steps).unwrap())).is_err();
    (stopped, count.load(Ordering::SeqCst))
}

/// Interrupts a change at every step, then the recovery at every step.
fn survives(old: &Tree, new: &Tree, portable: bool, foreign: bool) {
    let mut expected = [old.clone(), new.clone()];
    if foreign {
        for tree in &mut expected {
            tree.insert("docs/表.pdf".to_owned(), "theirs".to_owned());
        }
    }
    let mut outcomes = [0; 2];
    for stop in 0.. {
        let site = built(old, foreign);
        let output = site.path().join("public");
        if !run_until(site.path(), new, stop, portable).0 {
            assert_eq!(on_disk(&output), expected[1]);
            assert!(stop > 3, "too few steps to mean anything");
            break;
        }
        for (path, text) in on_disk(&output) {
            assert!(expected.iter().any(|tree| tree.get(&path) == Some(&text)), "{path} torn at step {stop}");
        }
        // The recovery is interrupted too, at a later step each time, until it is through.
        for again in 0.. {
            let (steps, _) = stop_at(again, portable, None);
            let opened =
                catch_unwind(AssertUnwindSafe(|| Writer::open_with(site.path(), &output, steps).map(drop)));
            if let Ok(opened) = opened {
                opened.unwrap();
                break;
            }
        }
        let now = on_disk(&output);
        let which = expected.iter().position(|tree| *tree == now);
        outcomes[which.unwrap_or_else(|| panic!("step {stop}: neither site, but {now:?}"))] += 1;
        assert!(!site.path().join(".public.yuanba-work").exists(), "work is left after step {stop}");
        // And the next build goes through as if nothing had been.
        build(site.path(), new, Steps::default()).unwrap();
        assert_eq!(on_disk(&output), expected[1]);
    }
    assert!(outcomes.iter().all(|count| *count > 0), "both outcomes occur: {outcomes:?}");
}

fn many(version: &str, count: usize) -> Tree {
    (0..count).map(|n| (format!("tips/{n}/index.html"), format!("{version} {n}"))).collect()
}

#[test]
fn a_small_change_survives_any_interruption() {
    let old = tree(&[
        ("index.html", "home 1"),
        ("a/index.html", "a"),
        ("gone/deep/index.html", "gone"),
        ("was-file", "file"),
        ("was-folder/index.html", "page"),
    ]);
    let new = tree(&[
        ("index.html", "home 2"),
        ("a/index.html", "a"),
        ("fresh/deep/index.html", "fresh"),
        ("was-file/index.html", "page"),
        ("was-folder", "file"),
    ]);
    survives(&old, &new, false, true);
    survives(&new, &old, false, false);
}

#[test]
fn a_swap_survives_any_interruption() {
    for portable in [false, true] {
        survives(&many("old", 60), &many("new", 70), portable, true);
    }
}

#[test]
fn a_first_build_survives_any_interruption() {
    survives(&Tree::new(), &many("new", 3), false, false);
}

#[test]
fn a_failure_halfway_leaves_the_old_site() {
    let old = tree(&[("index.html", "1"), ("b.html", "b"), ("gone.html", "gone"), ("z/index.html", "z")]);
    let new =
        tree(&[("index.html", "2"), ("b.html", "b"), ("new/index.html", "n"), ("z/y/index.html", "zy")]);
    let mut through = false;
    for stop in 0.. {
        let site = built(&old, false);
        let output = site.path().join("public");
        // Once the journal is written, somebody makes a folder where our last file goes.
        let (steps, _) = stop_at(stop, false, Some(output.join("z/y/index.html")));
        let result = catch_unwind(AssertUnwindSafe(|| build(site.path(), &new, steps)));
        let failed = match result {
            Ok(result) => {
                let error = result.unwrap_err();
                assert_eq!(error.reason, Reason::InTheWay);
                assert!(error.path.ends_with("z/y/index.html"), "{error}");
                true
            }
            Err(_) => false,
        };
        drop(Writer::open(site.path(), &output).unwrap());
        let mut now = on_disk(&output);
        now.remove("z/y/index.html/theirs/late.txt");
        assert_eq!(now, old, "stopped at step {stop}");
        assert!(!site.path().join(".public.yuanba-work").exists());
        if failed {
            through = true;
            break;
        }
        assert!(stop < 100);
    }
    assert!(through);
}

#[test]
fn a_file_that_arrives_during_a_swap_is_not_lost() {
    for portable in [false, true] {
        let site = built(&many("old", 60), false);
        let output = site.path().join("public");
        let late = output.clone();
        let hook = move |step| {
            if step == Step::Journalled {
                fs::write(late.join("tips/late.pdf"), "theirs").unwrap();
                fs::write(late.join("fresh.pdf"), "theirs too").unwrap();
            }
        };
        let mut new = many("new", 60);
        new.insert("fresh.pdf".to_owned(), "ours".to_owned());
        build(site.path(), &new, Steps { hook: Some(Box::new(hook)), portable }).unwrap();
        let now = on_disk(&output);
        assert_eq!(now.get("tips/late.pdf").map(String::as_str), Some("theirs"));
        assert_eq!(now.get("fresh.pdf").map(String::as_str), Some("ours"));
        assert_eq!(now.get("fresh.pdf.1").map(String::as_str), Some("theirs too"));
    }
}

/// The journal cannot be removed after all is in place, as where another program holds it open: the new site is published, this is no
/// failure, and the next build finds all of it done.
#[test]
fn a_journal_that_stays_is_no_failure() {
    for (old, new) in [(many("old", 3), many("new", 3)), (many("old", 60), many("new", 60))] {
        let site = built(&old, false);
        let output = site.path().join("public");
        let work = site.path().join(".public.yuanba-work");
        let hook = move |step| {
            // A folder in its place can be opened by nobody as a file, and removed by nobody either.
            if matches!(step, Step::Applied | Step::Swapped) && work.join("journal").is_file() {
                fs::rename(work.join("journal"), work.join("kept")).unwrap();
                fs::create_dir_all(work.join("journal/held")).unwrap();
            }
        };
        let steps = Steps { hook: Some(Box::new(hook)), ..Steps::default() };
        let summary = build(site.path(), &new, steps).unwrap();
        assert_eq!((summary.written, on_disk(&output)), (new.len(), new.clone()));
        let work = site.path().join(".public.yuanba-work");
        assert!(work.join("journal").is_dir(), "it could not be removed");
        assert_eq!(unfinished(site.path(), &output).len(), 1, "who looks is told");
        fs::remove_dir_all(work.join("journal")).unwrap();
        fs::rename(work.join("kept"), work.join("journal")).unwrap();
        assert_eq!(build(site.path(), &new, Steps::default()).unwrap().unchanged, new.len());
        assert_eq!(on_disk(&output), new);
        assert!(!work.exists());
    }
}

#[test]
fn every_reason_has_words_in_both_languages() {
    let reasons = [
        Reason::Locked(None),
        Reason::Locked(Some(7)),
        Reason::Foreign,
        Reason::OtherSite("0123456789abcdef".to_owned()),
        Reason::Overtaken,
        Reason::StrayWork,
        Reason::BadList,
        Reason::BadPlace,
        Reason::Sources,
        Reason::NoSuchFolder,
        Reason::BadName,
        Reason::NoFolder,
        Reason::InTheWay,
        Reason::Full,
        Reason::ReadOnly,
        Reason::Denied,
        Reason::Busy,
        Reason::TooLong,
        Reason::Vanished,
        Reason::Other("?".to_owned()),
    ];
    for reason in reasons {
        let finding = WriteError::new("/site/public", reason.clone()).diagnostic();
        for message in [&finding.message, finding.hint.as_ref().unwrap()] {
            for language in [Language::Zh, Language::En] {
                let said = Catalogue::of(language).format(message);
                assert!(!said.contains(message.id) && !said.contains("{$"), "{reason:?}: {said}");
            }
        }
    }
}

/// An output of the last phase reads what waits in the work folder, and what the output keeps, and nothing else.
#[test]
fn a_batch_reads_what_waits_and_else_what_stays() {
    let site = built(&tree(&[("kept.html", "kept"), ("new.html", "old")]), true);
    let mut writer = Writer::open_with(site.path(), &site.path().join("public"), Steps::default()).unwrap();
    let batch = writer.begin().unwrap();
    let path = |path: &str| OutPath::new(path).unwrap();
    {
        let read = batch.reader().unwrap();
        assert_eq!(read(&path("new.html")).as_deref(), Some(&b"old"[..]), "nothing waits yet");
    }
    batch.keep(&path("kept.html")).unwrap();
    batch.put(&path("new.html"), Rank::Page, b"new").unwrap();
    batch.put(&path("deep/one.html"), Rank::Page, b"one").unwrap();
    {
        let read = batch.reader().unwrap();
        assert_eq!(read(&path("kept.html")).as_deref(), Some(&b"kept"[..]));
        assert_eq!(read(&path("new.html")).as_deref(), Some(&b"new"[..]));
        assert_eq!(read(&path("deep/one.html")).as_deref(), Some(&b"one"[..]));
        assert_eq!(read(&path("nothing.html")), None);
        assert_eq!(read(&path("deep")), None, "a folder is no file");
    }
    batch.commit().unwrap();
    assert_eq!(fs::read_to_string(site.path().join("public/new.html")).unwrap(), "new");
}
