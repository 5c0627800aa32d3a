#![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]

use super::list::{List, NAME};
use super::pack::back_up;
use super::unpack::{Archive, restore};
use super::{Blame, Refused};
use crate::build::write::Written;
use crate::diag::codes;
use crate::world::{DiskWorld, VPath};
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const FILES: &[(&str, &str)] = &[
    ("content/site.yaml", "title: 清水院坝\n"),
    ("content/addresses.yaml", "site: 0123456789abcdef\n"),
    ("content/tips/刷单 返利/index.md", "---\ntitle: 刷单\n---\n\n正文。\n"),
    ("content/data/x.yaml", "title: x\n"),
    ("content/data/x.csv", "月份,件数\n2026-01,7\n"),
    ("content/data/.seed", "00\n"),
    ("content/data/releases/2026-01.json", "{}\n"),
    ("content/reviews/刷单.yaml", "approved: 李\n"),
    ("content/tips/photo.jpg", "as it came from the camera"),
    ("themes/own/assets/site.css", "body{}\n"),
];

fn site() -> tempfile::TempDir {
    let held = tempfile::tempdir().unwrap();
    for (path, text) in FILES {
        put(held.path(), path, text);
    }
    // None of it belongs into a backup.
    for path in [
        "public/index.html",
        ".yuanba/memory",
        "content/.git/config",
        "content/tips/~$刷单.docx",
        "register.csv",
    ] {
        put(held.path(), path, "no");
    }
    held
}

fn put(root: &Path, path: &str, text: &str) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn packed(site: &Path, file: &Path) -> Result<super::pack::BackedUp, Refused> {
    back_up(&DiskWorld::open(site).unwrap(), file)
}

fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found: Vec<(String, Vec<u8>)> = walkdir::WalkDir::new(root)
        .into_iter()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let inside = entry.path().strip_prefix(root).unwrap();
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            (parts.join("/"), fs::read(entry.path()).unwrap())
        })
        .collect();
    found.sort();
    found
}

/// What a restored site has.
fn expected() -> Vec<(String, Vec<u8>)> {
    let mut expected: Vec<_> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    expected.sort();
    expected
}

#[test]
fn a_restored_site_is_the_same_to_the_byte() {
    let (site, held) = (site(), tempfile::tempdir().unwrap());
    let file = held.path().join("备份.zip");
    let made = packed(site.path(), &file).unwrap();
    assert!(made.has_figures && made.files == FILES.len(), "{made:?}");
    for folder in ["新 文件夹", "a/b"] {
        let folder = held.path().join(folder);
        assert_eq!(restore(&file, &folder).unwrap().files, FILES.len());
        assert_eq!(files(&folder), expected());
    }
    // Equal sites have equal backups, and none is written over another.
    let again = held.path().join("again.zip");
    packed(site.path(), &again).unwrap();
    assert_eq!(fs::read(&file).unwrap(), fs::read(&again).unwrap());
    let before = fs::read(&again).unwrap();
    put(site.path(), "content/new.md", "new");
    assert_eq!(packed(site.path(), &again).unwrap_err().blame, Blame::Place);
    assert_eq!(fs::read(&again).unwrap(), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&file), mode(&held.path().join("a/b/content/data/.seed"))), (0o600, 0o600));
    }
}

#[test]
fn what_holds_anything_is_left_alone() {
    let (site, held) = (site(), tempfile::tempdir().unwrap());
    let file = held.path().join("b.zip");
    packed(site.path(), &file).unwrap();
    put(held.path(), "theirs/a", "theirs");
    let before = files(held.path());
    for folder in [held.path().join("theirs"), held.path().join("theirs/a"), site.path().join("content/x")] {
        assert_eq!(restore(&file, &folder).unwrap_err().blame, Blame::Place, "{folder:?}");
    }
    assert_eq!(files(held.path()), before);
    fs::create_dir(held.path().join("empty")).unwrap();
    restore(&file, &held.path().join("empty")).unwrap();
    let left = fs::read_dir(held.path()).unwrap().filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with('.'))
    });
    assert_eq!(left.count(), 0, "nothing is left beside it");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_packed_is_named() {
    let site = site();
    let file = site.path().join("b.zip");
    put(site.path(), "content/a?.md", "x");
    put(site.path(), "content/Con.md", "x");
    put(site.path(), "content/B.md", "x");
    put(site.path(), "content/b.md", "x");
    let refused = packed(site.path(), &file).unwrap_err();
    let told = format!("{:?}", refused.found);
    for name in ["a?.md", "Con.md", "b.md"] {
        assert!(told.contains(name), "{name}: {told}");
    }
    assert!(refused.blame == Blame::Site && !file.exists());
}

/// Every byte of a backup that is changed, and every length that it is cut to, is told, and nothing is written.
#[test]
fn a_damaged_backup_is_refused_whole() {
    let (site, held) = (site(), tempfile::tempdir().unwrap());
    let file = held.path().join("b.zip");
    packed(site.path(), &file).unwrap();
    let good = fs::read(&file).unwrap();
    let (broken, folder) = (held.path().join("broken.zip"), held.path().join("folder"));
    for at in 0..good.len() {
        let mut bytes = good.clone();
        bytes[at] ^= 0x41;
        fs::write(&broken, &bytes).unwrap();
        let checked = Archive::open(&broken).and_then(|mut archive| archive.check());
        match checked {
            Err(refused) => assert_eq!(refused.found[0].code, codes::BAD_BACKUP, "byte {at}"),
            // A byte that says nothing of the files: a time, a right, a version. What passed has every file as it was.
            Ok(()) if at % 40 == 0 => {
                restore(&broken, &folder).unwrap();
                assert_eq!(files(&folder), expected(), "byte {at}");
                fs::remove_dir_all(&folder).unwrap();
            }
            Ok(()) => {}
        }
    }
    // Of what a file holds, no byte may change unseen.
    let at = good.windows(6).position(|six| six == b"camera").expect("photos are packed as they are");
    fs::write(&broken, [&good[..at], b"CAMERA", &good[at + 6..]].concat()).unwrap();
    let refused = restore(&broken, &folder).unwrap_err();
    assert!(format!("{:?}", refused.found).contains("photo.jpg") && !folder.exists(), "{:?}", refused.found);
    for cut in (0..good.len()).step_by(7) {
        fs::write(&broken, &good[..cut]).unwrap();
        assert!(restore(&broken, &folder).is_err() && !folder.exists(), "cut at {cut}");
    }
}

/// An archive with these entries, and with a list of these paths that is whole.
fn archive(place: &Path, listed: &[(&str, &[u8])], more: &[(&str, &[u8])]) -> PathBuf {
    let mut text = "yuanba-backup 1\n".to_owned();
    let mut sorted = listed.to_vec();
    sorted.sort_unstable();
    for (path, bytes) in &sorted {
        let written = Written::of(bytes);
        let _ = writeln!(text, "{} {} {path}", written.hash.to_hex(), written.len);
    }
    let whole = blake3::hash(text.as_bytes()).to_hex();
    let _ = writeln!(text, "whole {whole}");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in listed.iter().chain(more).chain([&(NAME, text.as_bytes())]) {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    let file = place.join("hostile.zip");
    fs::write(&file, zip.finish().unwrap().into_inner()).unwrap();
    file
}

#[test]
fn no_archive_writes_anywhere_else() {
    let held = tempfile::tempdir().unwrap();
    let folder = held.path().join("inside/folder");
    let refused = |file: &Path, what: &str| {
        let refused = restore(file, &folder).map(|_| ()).expect_err(what);
        assert_eq!((refused.found[0].code, refused.blame), (codes::BAD_BACKUP, Blame::Site), "{what}");
        assert!(files(held.path()).iter().all(|(path, _)| path.ends_with(".zip")), "{what}");
    };
    for path in [
        "../outside",
        "content/../../outside",
        "/etc/outside",
        "content//a",
        "content/./a",
        "content\\..\\..\\outside",
        "C:/outside",
        "C:outside",
        "content/C:/a",
        "content/con",
        "content/NUL.md",
        "content/COM¹.txt",
        "content/a.",
        "content/a ",
        "content/a:b",
        "content/.git/hooks/post-checkout",
        "content/.seed",
        ".yuanba/memory",
        "public/index.html",
        "outside",
        "content",
        "content/a\u{202e}b",
        "content/e\u{301}.md",
    ] {
        refused(&archive(held.path(), &[(path, b"x")], &[]), path);
    }
    let a = ("content/a.md", b"x".as_slice());
    refused(&archive(held.path(), &[a, ("content/A.md", b"x")], &[]), "letter case");
    refused(&archive(held.path(), &[("content/a", b"x"), ("content/a/b", b"x")], &[]), "a file as folder");
    refused(&archive(held.path(), &[a], &[("content/b.md", b"x")]), "an entry that no list has");
    refused(&archive(held.path(), &[a], &[("../../outside", b"x")]), "the same, leading out");
    // Links, of both kinds of archives: listed as a file, and beside the list.
    for target in ["/etc/passwd", "../../.."] {
        let listed = archive(held.path(), &[("content/link", target.as_bytes())], &[]);
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let mut old = zip::ZipArchive::new(fs::File::open(listed).unwrap()).unwrap();
        zip.add_symlink("content/link", target, SimpleFileOptions::default()).unwrap();
        zip.raw_copy_file(old.by_name(NAME).unwrap()).unwrap();
        let file = held.path().join("link.zip");
        fs::write(&file, zip.finish().unwrap().into_inner()).unwrap();
        refused(&file, "a link");
    }
    // Not ours, newer, and a list that lies about sizes.
    fs::write(held.path().join("other.zip"), b"PK\x05\x06 and so on").unwrap();
    refused(&held.path().join("other.zip"), "no archive");
}

/// A small archive that would fill the disk: neither its own lengths nor the list's are believed.
#[test]
fn an_archive_of_huge_files_ends_early() {
    let held = tempfile::tempdir().unwrap();
    let zeros = vec![0_u8; 80 << 20];
    let file = archive(held.path(), &[("content/a.jpg", &zeros)], &[]);
    assert!(fs::metadata(&file).unwrap().len() < 1 << 20);
    assert!(Archive::open(&file).is_err(), "longer than any file of a site");
    let file = archive(held.path(), &[("content/a.md", b"x")], &[]);
    let mut list = List::default();
    list.insert(VPath::new("content/a.md").unwrap(), Written { hash: blake3::hash(b"x"), len: 1 });
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("content/a.md", SimpleFileOptions::default()).unwrap();
    zip.write_all(&zeros).unwrap();
    zip.start_file(NAME, SimpleFileOptions::default()).unwrap();
    zip.write_all(&list.print()).unwrap();
    fs::write(&file, zip.finish().unwrap().into_inner()).unwrap();
    assert!(Archive::open(&file).unwrap().check().is_err());
}
