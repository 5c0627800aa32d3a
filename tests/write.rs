//! The writer of `public/` against killed processes, full disks, colleagues and other builds.

#![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk and start processes")]

mod support;
#[path = "write/theirs.rs"]
mod theirs;

use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use support::{Job, Tree, build, build_into, leavings, many, on_disk, path, times, tree};
use yuanba::build::write::{MANIFEST, Rank, Reason, Recovered, Writer, recover};

#[test]
#[ignore = "started by other tests as a process of its own"]
fn a_process_of_its_own() {
    if let Some(done) = support::do_job() {
        done.expect("the job is done");
    }
}

#[test]
#[ignore = "measures; run it alone: cargo test --test write speed -- --ignored --nocapture"]
fn speed() {
    support::speed::report();
}

#[test]
fn a_killed_build_leaves_one_whole_site() {
    let site = support::quick_folder();
    let job = |version: usize, few| Job { site: site.path(), version, count: 400, bytes: 9000, few };
    // How long one takes says when to kill.
    let start = Instant::now();
    assert!(job(0, 0).start().wait().unwrap().success());
    let usual = start.elapsed();
    let output = site.path().join("public");
    let mut seen = [0; 2];
    for round in 0..30_u32 {
        let old = on_disk(&output);
        // Every third change is small, so that both ways into place are cut short.
        let job = if round % 3 == 2 { job(0, 5 + round as usize) } else { job(10 + round as usize, 0) };
        let mut child = job.start();
        let share = f64::from(u32::from(blake3::hash(&round.to_le_bytes()).as_bytes()[0])) / 255.0;
        std::thread::sleep(usual.mul_f64(share));
        child.kill().unwrap();
        child.wait().unwrap();
        let new = job.tree();
        for (name, bytes) in on_disk(&output) {
            assert!(old.get(&name) == Some(&bytes) || new.get(&name) == Some(&bytes), "{name} is torn");
        }
        recover(site.path(), &output).unwrap();
        let now = on_disk(&output);
        let which = [&old, &new].iter().position(|tree| **tree == now);
        seen[which.unwrap_or_else(|| panic!("round {round}: neither the old site nor the new one"))] += 1;
        assert_eq!(leavings(site.path()), Vec::<String>::new());
    }
    println!("30 builds killed: {} times the old site, {} times the new one", seen[0], seen[1]);
    build(site.path(), &tree(&[("index.html", "1")])).unwrap();
    assert_eq!(on_disk(&output), tree(&[("index.html", "1")]));
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_old_site() {
    use std::process::Command;
    struct Mounted<'a>(&'a Path);
    impl Drop for Mounted<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).status();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path();
    let mount = Command::new("mount").args(["-t", "tmpfs", "-o", "size=1m", "tmpfs"]).arg(site).output();
    if mount.is_ok_and(|done| done.status.success()) {
        let _mounted = Mounted(site);
        let old = many(1, 40, 4000);
        build(site, &old).unwrap();
        // Many files that do not fit, and one that doesn't by itself.
        for new in [many(2, 400, 4000), many(3, 1, 4_000_000)] {
            let error = build(site, &new).unwrap_err();
            assert_eq!(error.reason, Reason::Full, "{error}");
            assert_eq!(error.diagnostic().message.id, "write-full");
            assert_eq!(on_disk(&site.join("public")), old);
            assert_eq!(leavings(site), Vec::<String>::new());
        }
        return;
    }
    // No right to mount: a limit on the size of files fails in the same calls.
    build(site, &many(1, 3, 400)).unwrap();
    let job = Job { site, version: 2, count: 3, bytes: 400_000, few: 0 };
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 64 && exec \"$0\" \"$@\""])
        .arg(std::env::current_exe().unwrap());
    limited.args(job.command().get_args());
    job.tell(&mut limited);
    match limited.status() {
        Ok(status) => assert!(!status.success(), "a build beyond the limit fails"),
        Err(error) => return println!("skipped: neither mount nor sh ({error})"),
    }
    assert_eq!(on_disk(&site.join("public")), many(1, 3, 400));
    assert_eq!(leavings(site), Vec::<String>::new());
}

#[test]
fn two_builds_at_once_are_kept_apart() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    build(site.path(), &tree(&[("index.html", "1")])).unwrap();
    let mut writer = Writer::open(site.path(), &output).unwrap();
    let error = build(site.path(), &tree(&[("index.html", "2")])).unwrap_err();
    assert_eq!(error.reason, Reason::Locked(Some(std::process::id())));
    let finding = error.diagnostic();
    assert_eq!((finding.code.id, finding.message.id), ("F424", "locked-by"));
    let job = Job { site: site.path(), version: 1, count: 2, bytes: 10, few: 0 };
    assert!(!job.start().wait().unwrap().success(), "another process is kept out, too");
    // A build of another site into the same folder meets the lock of the work folder.
    let other = tempfile::tempdir().unwrap();
    let batch = writer.begin().unwrap();
    batch.put(&path("index.html"), Rank::Page, b"3").unwrap();
    let error = build_into(other.path(), &output, &tree(&[("index.html", "4")])).unwrap_err();
    assert!(matches!(error.reason, Reason::Locked(_)), "{error}");
    batch.commit().unwrap();
    drop(writer);
    assert_eq!(on_disk(&output), tree(&[("index.html", "3")]));
    build(site.path(), &tree(&[("index.html", "5")])).unwrap();
}

#[test]
fn a_folder_that_is_not_ours_is_left_alone() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    fs::create_dir(&output).unwrap();
    fs::write(output.join(".gitkeep"), "").unwrap();
    fs::write(output.join("论文.docx"), "years of work").unwrap();
    let error = build(site.path(), &tree(&[("index.html", "1")])).unwrap_err();
    assert_eq!((error.reason.clone(), error.diagnostic().code.id), (Reason::Foreign, "F423"));
    assert_eq!(on_disk(&output).len(), 2);
    // Empty but for what Git needs, it may be used.
    fs::remove_file(output.join("论文.docx")).unwrap();
    build(site.path(), &tree(&[("index.html", "1")])).unwrap();
    assert_eq!(on_disk(&output), tree(&[("index.html", "1"), (".gitkeep", "")]));
    // A damaged list proves nothing.
    fs::write(output.join(MANIFEST), "yuanba-manifest 1\n").unwrap();
    assert_eq!(build(site.path(), &tree(&[])).unwrap_err().reason, Reason::BadList);
    assert_eq!(on_disk(&output).len(), 2);
    // A file is no folder.
    fs::write(site.path().join("file"), "").unwrap();
    let error = build_into(site.path(), &site.path().join("file"), &tree(&[])).unwrap_err();
    assert_eq!(error.reason, Reason::NoFolder);
}

#[test]
fn some_places_are_no_output() {
    let above = tempfile::tempdir().unwrap();
    let site = above.path().join("site");
    fs::create_dir_all(site.join("content/tips")).unwrap();
    let home = std::env::home_dir().unwrap();
    let root = Path::new(if cfg!(windows) { "C:\\" } else { "/" });
    let inside =
        ["", "content", "content/tips", "content/new", "themes/x", ".yuanba", ".git", "public/../content"];
    let outside = [above.path(), root, &home, home.parent().unwrap_or(root)];
    for output in inside.map(|name| site.join(name)).iter().map(AsRef::as_ref).chain(outside) {
        let error = build_into(&site, output, &tree(&[("index.html", "1")])).unwrap_err();
        assert_eq!(error.reason, Reason::BadPlace, "{}", output.display());
    }
    assert_eq!(fs::read_dir(&site).unwrap().count(), 1, "nothing was made");
    // A folder that has to be made with those above it is fine.
    build_into(&site, &above.path().join("a/b/public"), &tree(&[("index.html", "1")])).unwrap();
}

#[cfg(unix)]
#[test]
fn a_link_as_output_is_followed() {
    use std::os::unix::fs::symlink;
    let site = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let real = elsewhere.path().join("www");
    fs::create_dir(&real).unwrap();
    let link = site.path().join("public");
    symlink(&real, &link).unwrap();
    for version in 1..4 {
        build(site.path(), &many(version, 60, 10)).unwrap();
        assert_eq!(on_disk(&real), many(version, 60, 10));
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
    // Where it leads, the same rules hold.
    fs::create_dir(site.path().join("content")).unwrap();
    for bad in [site.path().join("content"), site.path().to_owned(), site.path().join("nowhere")] {
        fs::remove_file(&link).unwrap();
        symlink(&bad, &link).unwrap();
        assert_eq!(build(site.path(), &tree(&[])).unwrap_err().reason, Reason::BadPlace, "{}", bad.display());
    }
    // A link inside the output is not ours, and nothing is written through it.
    let output = site.path().join("out");
    let target = elsewhere.path().join("theirs");
    fs::create_dir(&target).unwrap();
    build_into(site.path(), &output, &tree(&[("index.html", "1")])).unwrap();
    symlink(&target, output.join("tips")).unwrap();
    for files in [tree(&[("tips/a.html", "1")]), many(1, 60, 10)] {
        assert_eq!(build_into(site.path(), &output, &files).unwrap_err().reason, Reason::InTheWay);
    }
    assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
    build_into(site.path(), &output, &tree(&[("law/a.html", "1")])).unwrap();
    assert!(fs::symlink_metadata(output.join("tips")).unwrap().is_symlink());
}

#[test]
fn what_colleagues_put_there_stays() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    build(site.path(), &many(1, 60, 10)).unwrap();
    fs::create_dir_all(output.join("tips/7/empty")).unwrap();
    fs::write(output.join("tips/7/表格.pdf"), "theirs").unwrap();
    // A small change, a whole new tree, and one without the folder that it is in.
    let mut small = many(1, 60, 10);
    small.remove("tips/7/index.html");
    for (files, carried) in [(small, 0), (many(2, 60, 10), 2), (tree(&[("index.html", "1")]), 2)] {
        let done = build(site.path(), &files).unwrap();
        assert_eq!(done.carried.len(), carried, "{:?}", done.carried);
        assert_eq!(fs::read(output.join("tips/7/表格.pdf")).unwrap(), b"theirs");
        assert!(output.join("tips/7/empty").is_dir());
        assert_eq!(on_disk(&output).len(), files.len() + 1);
    }
    // Where one of ours would have to go, theirs wins and the site stays as it was.
    let before = on_disk(&output);
    for (name, count) in
        [("tips/7/表格.pdf", 1), ("tips/7", 1), ("tips/7/表格.pdf/index.html", 1), ("tips", 50)]
    {
        let mut files = many(3, 60, 10);
        files.retain(|path, _| count > 1 && !path.starts_with("tips/"));
        (0..count).for_each(|n| drop(files.insert(format!("more/{n}"), b"x".to_vec())));
        files.insert(name.to_owned(), b"ours".to_vec());
        let error = build(site.path(), &files).unwrap_err();
        assert_eq!(error.reason, Reason::InTheWay, "{name}: {error}");
        assert_eq!(error.diagnostic().code.id, "F423");
        assert_eq!(on_disk(&output), before);
        assert_eq!(leavings(site.path()), Vec::<String>::new());
    }
    // The same bytes are no conflict, and ours from then on.
    build(site.path(), &tree(&[("tips/7/表格.pdf", "theirs")])).unwrap();
    build(site.path(), &tree(&[("index.html", "2")])).unwrap();
    assert_eq!(on_disk(&output), tree(&[("index.html", "2")]));
}

#[test]
fn a_changed_or_deleted_file_is_made_anew() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    let files = tree(&[("index.html", "home"), ("a/index.html", "aaaa"), ("b/index.html", "b"), ("c", "c")]);
    build(site.path(), &files).unwrap();
    fs::write(output.join("index.html"), "hack").unwrap();
    fs::remove_dir_all(output.join("a")).unwrap();
    fs::remove_file(output.join("c")).unwrap();
    fs::create_dir(output.join("c")).unwrap();
    // The store may be gone, too: then files are told by their bytes.
    for forget in [false, true] {
        if forget {
            fs::remove_dir_all(site.path().join(".yuanba")).unwrap();
        }
        let writer = Writer::open(site.path(), &output).unwrap();
        let intact = |name| writer.intact(&path(name)).is_some();
        assert_eq!(
            ["index.html", "a/index.html", "b/index.html", "c"].map(intact),
            [false, false, true, false]
        );
        assert_eq!(writer.manifest().len(), 4);
    }
    let before = times(&output)["b/index.html"];
    let done = build(site.path(), &files).unwrap();
    assert_eq!((done.written, done.unchanged, done.removed), (3, 1, 0));
    // What somebody wrote into a file of ours is not ours to lose.
    assert_eq!(done.aside, [("index.html".to_owned(), "index.html.1".to_owned())]);
    assert_eq!(fs::read(output.join("index.html.1")).unwrap(), b"hack");
    fs::remove_file(output.join("index.html.1")).unwrap();
    assert_eq!(on_disk(&output), files);
    assert_eq!(times(&output)["b/index.html"], before);
    // Another time alone is no change.
    fs::File::options()
        .append(true)
        .open(output.join("c"))
        .unwrap()
        .set_modified(before - Duration::from_secs(9))
        .unwrap();
    assert_eq!(build(site.path(), &files).unwrap().written, 0);
    // What is to be kept has to be there.
    fs::remove_file(output.join("c")).unwrap();
    let mut writer = Writer::open(site.path(), &output).unwrap();
    let batch = writer.begin().unwrap();
    assert_eq!(batch.keep(&path("c")).unwrap_err().reason, Reason::Vanished);
    batch.keep(&path("b/index.html")).unwrap();
    assert_eq!(batch.put(&path(MANIFEST), Rank::Page, b"").unwrap_err().reason, Reason::InTheWay);
    assert_eq!(batch.commit().unwrap().removed, 3);
    assert_eq!(on_disk(&output), tree(&[("b/index.html", "b")]));
}

#[test]
fn a_build_given_up_leaves_nothing() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    {
        let mut writer = Writer::open(site.path(), &output).unwrap();
        let batch = writer.begin().unwrap();
        batch.put(&path("a/b/index.html"), Rank::Page, b"1").unwrap();
    }
    assert!(!output.exists());
    assert_eq!(leavings(site.path()), Vec::<String>::new());
    assert_eq!(recover(site.path(), &output).unwrap(), Recovered::Nothing);
}

#[test]
fn equal_sites_have_equal_lists() {
    let sites = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    build(sites[0].path(), &many(1, 60, 10)).unwrap();
    build(sites[0].path(), &many(2, 60, 10)).unwrap();
    build(sites[1].path(), &many(2, 60, 10)).unwrap();
    let lists = sites.each_ref().map(|site| fs::read(site.path().join("public").join(MANIFEST)).unwrap());
    assert_eq!(lists[0], lists[1]);
}

/// Paths where files and folders contend for names; `bulk` brings enough files for a whole new tree.
fn any_tree() -> impl Strategy<Value = Tree> {
    let files = prop::collection::btree_map("[ab](/[ab]){0,2}", 0..3_u8, 0..8);
    (files, prop::option::of(0..2_usize)).prop_map(|(files, bulk)| {
        let mut tree = bulk.map_or_else(Tree::new, |version| many(version, 40, 10));
        for (name, version) in files {
            let folder = format!("{name}/");
            let below = tree.keys().any(|other| other.starts_with(&folder));
            let above = name.match_indices('/').any(|(end, _)| tree.contains_key(&name[..end]));
            if !below && !above {
                tree.insert(name, vec![version; 5]);
            }
        }
        tree
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn the_disk_equals_the_last_tree(trees in prop::collection::vec((any_tree(), any::<u8>()), 1..7)) {
        let site = support::quick_folder();
        let output = site.path().join("public");
        let mut last = Tree::new();
        for (tree, mischief) in trees {
            // Now and then a file is torn, and the store is lost.
            if let Some(name) = last.keys().nth(usize::from(mischief)).cloned() {
                fs::write(output.join(&name), "").unwrap();
                last.remove(&name);
            }
            if mischief % 16 == 15 {
                fs::remove_dir_all(site.path().join(".yuanba")).ok();
            }
            let before = times(&output);
            let done = build(site.path(), &tree).unwrap();
            prop_assert_eq!(&on_disk(&output), &tree);
            let same: Vec<_> = tree.iter().filter(|(name, bytes)| last.get(*name) == Some(*bytes)).collect();
            prop_assert_eq!((done.unchanged, done.written), (same.len(), tree.len() - same.len()));
            let after = times(&output);
            for (name, _) in same {
                prop_assert_eq!(before[name], after[name]);
            }
            let folders = walkdir::WalkDir::new(&output).into_iter().flatten().filter(|it| it.file_type().is_dir());
            for folder in folders.skip(1) {
                prop_assert!(fs::read_dir(folder.path()).unwrap().count() > 0, "an empty folder is left");
            }
            prop_assert!(leavings(site.path()).is_empty());
            last = tree;
        }
    }
}
