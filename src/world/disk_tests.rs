//! What [`DiskWorld`] gives and what it refuses, on real folders.
#![expect(clippy::disallowed_methods, reason = "these tests make the folders that they read")]

use super::*;
use std::fs;

fn site(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a temporary folder");
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().expect("has a folder")).expect("made");
        fs::write(path, text).expect("written");
    }
    dir
}

fn path(text: &str) -> VPath {
    VPath::new(text).expect("a path")
}

/// What a listing of `content` says, in words.
fn listed(world: &DiskWorld) -> Vec<String> {
    world
        .list(&path("content"))
        .into_iter()
        .map(|found| match found {
            Ok(file) => file.path.to_string(),
            Err(error) => format!("{} {:?}", error.path, error.reason),
        })
        .collect()
}

#[test]
fn lists_sorted_and_without_leavings() {
    let dir = site(&[
        ("content/tips/b.md", ""),
        ("content/tips/a.md", ""),
        ("content/反诈/刷单.md", ""),
        ("content/tips/~$a.docx", ""),
        ("content/tips/a.md~", ""),
        ("content/tips/A.BAK", ""),
        ("content/.git/config", ""),
        ("content/node_modules/x.md", ""),
        ("content/__MACOSX/x.md", ""),
        ("content/tips/THUMBS.DB", ""),
        ("content/public/service.md", ""),
    ]);
    let world = DiskWorld::open(dir.path()).expect("opens");
    let expected =
        ["content/public/service.md", "content/tips/a.md", "content/tips/b.md", "content/反诈/刷单.md"];
    assert_eq!(listed(&world), expected);
    assert!(world.list(&path("themes/blue")).is_empty(), "a folder that is not there holds nothing");
    assert!(world.list(&path("content/tips/a.md")).is_empty(), "nor does a file");
}

#[test]
fn reads_and_says_why_not() {
    let dir = site(&[("content/a.md", "正文")]);
    let world = DiskWorld::open(dir.path()).expect("opens");
    assert_eq!(&*world.read(&path("content/a.md")).expect("is there"), "正文".as_bytes());
    let reason = |text: &str| world.read(&path(text)).expect_err("refused").reason;
    assert_eq!(reason("content/b.md"), FileReason::NotFound);
    assert_eq!(reason("content/a.md/b.md"), FileReason::NotFound);
    assert!(matches!(reason("content"), FileReason::NotAFile | FileReason::Unreadable(_)));
    let large = fs::File::create(dir.path().join("content/large.md")).expect("made");
    large.set_len(20 << 30).expect("a sparse file");
    assert_eq!(reason("content/large.md"), FileReason::TooLarge { size: 20 << 30, limit: 4 << 20 });
}

#[test]
fn now_is_one_moment() {
    let dir = site(&[]);
    let world = DiskWorld::open(dir.path()).expect("opens");
    assert_eq!(world.now(), world.now());
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_inside_are_followed() {
        let dir = site(&[("content/a.md", "甲"), ("content/tips/b.md", "乙"), ("shared/c.md", "丙")]);
        symlink("a.md", dir.path().join("content/to-file.md")).expect("linked");
        symlink(dir.path().join("shared"), dir.path().join("content/to-folder")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        let expected = ["content/a.md", "content/tips/b.md", "content/to-file.md", "content/to-folder/c.md"];
        assert_eq!(listed(&world), expected);
        for (file, text) in [("content/to-file.md", "甲"), ("content/to-folder/c.md", "丙")] {
            assert_eq!(&*world.read(&path(file)).expect("inside"), text.as_bytes(), "{file}");
        }
    }

    #[test]
    fn links_out_are_refused() {
        let outside = site(&[("secret.md", "名单"), ("folder/secret.md", "名单")]);
        let dir = site(&[("content/a.md", "")]);
        let content = dir.path().join("content");
        symlink(outside.path().join("secret.md"), content.join("file.md")).expect("linked");
        symlink(outside.path().join("folder"), content.join("folder")).expect("linked");
        let sideways = format!("../../{}", outside.path().file_name().expect("named").to_string_lossy());
        symlink(sideways, content.join("sideways")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        let expected = [
            "content/a.md",
            "content/file.md LinkOutside",
            "content/folder LinkOutside",
            "content/sideways LinkOutside",
        ];
        assert_eq!(listed(&world), expected);
        for file in ["content/file.md", "content/folder/secret.md", "content/sideways/secret.md"] {
            assert_eq!(
                world.read(&path(file)).expect_err("outside").reason,
                FileReason::LinkOutside,
                "{file}"
            );
        }
    }

    /// A folder of the site becomes a link to another one while it is read, and a folder again, over and over.
    #[test]
    fn an_exchange_of_folders_never_leads_out() {
        use std::sync::atomic::{AtomicBool, Ordering};
        let outside = site(&[("a.md", "名单")]);
        let dir = site(&[("content/tips/a.md", "甲")]);
        let tips = dir.path().join("content/tips");
        // By a whole path, so that the walk by hand is taken too.
        symlink(&tips, dir.path().join("content/via")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        let done = AtomicBool::new(false);
        let (mut read, mut refused) = (0, 0);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let away = dir.path().join("away");
                while !done.load(Ordering::Relaxed) {
                    fs::rename(&tips, &away).expect("moved");
                    symlink(outside.path(), &tips).expect("linked");
                    fs::remove_file(&tips).expect("removed");
                    fs::rename(&away, &tips).expect("moved back");
                }
            });
            for number in 0..20_000 {
                let file = if number % 2 == 0 { "content/tips/a.md" } else { "content/via/a.md" };
                match world.read(&path(file)) {
                    Ok(bytes) => {
                        assert_eq!(&*bytes, "甲".as_bytes(), "{file}");
                        read += 1;
                    }
                    Err(_) => refused += 1,
                }
            }
            done.store(true, Ordering::Relaxed);
        });
        assert!(read > 0 && refused > 0, "{read} read, {refused} refused");
    }

    #[test]
    fn links_that_leave_and_come_back_are_followed() {
        let dir = site(&[("content/a.md", "甲"), ("content/tips/b.md", "乙")]);
        let name = dir.path().canonicalize().expect("is there");
        let back = format!("../../../{}/content/a.md", name.file_name().expect("named").to_string_lossy());
        symlink(back, dir.path().join("content/tips/back.md")).expect("linked");
        symlink("../../../a.md", dir.path().join("content/tips/above.md")).expect("linked");
        symlink("loop-b", dir.path().join("content/loop-a")).expect("linked");
        symlink("loop-a", dir.path().join("content/loop-b")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        assert_eq!(&*world.read(&path("content/tips/back.md")).expect("inside"), "甲".as_bytes());
        let reason = |file| world.read(&path(file)).expect_err("refused").reason;
        assert_eq!(reason("content/tips/above.md"), FileReason::LinkOutside);
        assert_eq!(reason("content/loop-a"), FileReason::LinkLoop);
        assert_eq!(reason("content/loop-a/b.md"), FileReason::LinkLoop);
    }

    #[test]
    fn a_linked_top_folder_is_refused_too() {
        let outside = site(&[("content/secret.md", "名单")]);
        let dir = site(&[]);
        symlink(outside.path().join("content"), dir.path().join("content")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        assert_eq!(listed(&world), ["content LinkOutside"]);
        symlink(outside.path(), dir.path().join("themes")).expect("linked");
        let listed = world.list(&path("themes/content"));
        assert!(matches!(&listed[..], [Err(error)] if error.reason == FileReason::LinkOutside), "{listed:?}");
    }

    #[test]
    fn loops_and_broken_links_are_named() {
        let dir = site(&[("content/tips/a.md", "")]);
        let content = dir.path().join("content");
        symlink(&content, content.join("tips/up")).expect("linked");
        symlink("self.md", content.join("self.md")).expect("linked");
        symlink("gone.md", content.join("broken.md")).expect("linked");
        let world = DiskWorld::open(dir.path()).expect("opens");
        let expected = [
            "content/broken.md LinkBroken",
            "content/self.md LinkLoop",
            "content/tips/a.md",
            "content/tips/up LinkLoop",
        ];
        assert_eq!(listed(&world), expected);
        assert_eq!(world.read(&path("content/self.md")).expect_err("a loop").reason, FileReason::LinkLoop);
    }

    #[test]
    fn pipes_do_not_hang_the_build() {
        let dir = site(&[("content/a.md", "")]);
        let pipe = dir.path().join("content/pipe.md");
        rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0)
            .expect("a pipe");
        let world = DiskWorld::open(dir.path()).expect("opens");
        assert_eq!(listed(&world), ["content/a.md", "content/pipe.md NotAFile"]);
        assert_eq!(world.read(&path("content/pipe.md")).expect_err("no file").reason, FileReason::NotAFile);
    }

    #[test]
    fn unreadable_ones_are_reported_in_place() {
        use std::os::unix::fs::PermissionsExt;
        let dir = site(&[("content/a.md", ""), ("content/locked/b.md", ""), ("content/z.md", "")]);
        let locked = dir.path().join("content/locked");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o0)).expect("set");
        let world = DiskWorld::open(dir.path()).expect("opens");
        // The superuser may read everything; then there is nothing to see here.
        if fs::read_dir(&locked).is_err() {
            let listed = listed(&world);
            assert!(listed.len() == 3 && listed[1].starts_with("content/locked Unreadable"), "{listed:?}");
        }
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).expect("set");
    }
}

#[cfg(target_os = "linux")]
mod names {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    #[test]
    fn names_that_are_not_unicode_are_reported() {
        let dir = site(&[("content/a.md", "")]);
        fs::write(dir.path().join("content").join(OsStr::from_bytes(b"\xb7\xb4.md")), "").expect("written");
        fs::write(dir.path().join("content/line\nbreak.md"), "").expect("written");
        let listed = listed(&DiskWorld::open(dir.path()).expect("opens"));
        assert_eq!(listed[0], "content/a.md");
        assert!(listed[1..].iter().all(|line| line.ends_with("BadName")) && listed.len() == 3, "{listed:?}");
    }

    #[test]
    fn decomposed_names_are_found_by_their_composed_path() {
        let dir = site(&[
            ("content/cafe\u{301}/e\u{301}.md", "é"),
            ("content/twin/e\u{301}.md", ""),
            ("content/twin/é.md", ""),
        ]);
        let world = DiskWorld::open(dir.path()).expect("opens");
        assert_eq!(listed(&world), ["content/café/é.md", "content/twin/é.md", "content/twin/é.md Twin"]);
        assert_eq!(&*world.read(&path("content/café/é.md")).expect("found"), "é".as_bytes());
    }
}

#[cfg(unix)]
#[test]
fn links_are_told_with_where_they_lead() {
    use std::os::unix::fs::symlink;
    let site = tempfile::tempdir().unwrap();
    let at = |path: &str| site.path().join(path);
    for folder in ["content/data", "content/tips", ".yuanba"] {
        fs::create_dir_all(at(folder)).unwrap();
    }
    fs::write(at("content/data/x.csv"), "1").unwrap();
    fs::write(at(".yuanba/memory"), "1").unwrap();
    symlink("../data/x.csv", at("content/tips/a.csv")).unwrap();
    symlink("../data", at("content/tips/folder")).unwrap();
    symlink("a.csv", at("content/tips/b.csv")).unwrap();
    symlink("../../.yuanba", at("content/tips/state")).unwrap();
    let world = DiskWorld::open(site.path()).unwrap();
    let path = |text: &str| VPath::new(text).unwrap();
    assert_eq!(world.list(&path("content")).len(), 5);
    for (link, origin) in [
        ("content/data/x.csv", "content/data/x.csv"),
        ("content/tips/a.csv", "content/data/x.csv"),
        ("content/tips/b.csv", "content/data/x.csv"),
        ("content/tips/folder/x.csv", "content/data/x.csv"),
        ("content/tips/state/memory", ".yuanba/memory"),
    ] {
        assert_eq!(world.origin(&path(link)), path(origin), "{link}");
    }
}
