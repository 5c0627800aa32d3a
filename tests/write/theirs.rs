//! Whose an output and the files in it are.

use crate::support::{Tree, build, build_into, leavings, many, on_disk, path};
use std::fs;
use yuanba::build::write::{Rank, Reason, Summary, WriteResult, Writer};
use yuanba::world::SiteId;

/// A file of ours that somebody changed is theirs: it stays where the site has no such file any more, and makes room where
/// it has one, in a small change and in a new tree.
#[test]
fn a_file_that_somebody_changed_is_theirs() {
    for count in [10, 60] {
        let site = tempfile::tempdir().unwrap();
        let output = site.path().join("public");
        build(site.path(), &many(1, count, 10)).unwrap();
        for number in [3, 4] {
            fs::write(output.join(format!("tips/{number}/index.html")), "a colleague's own page").unwrap();
        }
        let mut files = many(2, count, 10);
        files.remove("tips/3/index.html");
        let done = build(site.path(), &files).unwrap();
        assert_eq!(done.left, ["tips/3/index.html"]);
        let name = "tips/4/index.html.1".to_owned();
        assert_eq!(done.aside, [("tips/4/index.html".to_owned(), name.clone())]);
        files.insert("tips/3/index.html".to_owned(), b"a colleague's own page".to_vec());
        files.insert(name, b"a colleague's own page".to_vec());
        assert_eq!(on_disk(&output), files);
        // From then on they are not ours: nothing touches or names them any more.
        let done = build(site.path(), &many(2, 2, 10)).unwrap();
        assert!(done.left.is_empty() && done.aside.is_empty(), "{done:?}");
        assert_eq!(on_disk(&output).len(), 4);
        assert_eq!(leavings(site.path()), Vec::<String>::new());
    }
}

#[test]
fn an_output_belongs_to_one_site() {
    let site = tempfile::tempdir().unwrap();
    let output = site.path().join("public");
    let [one, other] = ["0123456789abcdef", "fedcba9876543210"].map(|text| SiteId::parse(text).unwrap());
    let files = many(1, 5, 10);
    let build_as = |id: &SiteId, files: &Tree| -> WriteResult<Summary> {
        let mut writer = Writer::open(site.path(), &output)?;
        writer.claim(id.clone())?;
        let batch = writer.begin()?;
        files.iter().try_for_each(|(name, bytes)| batch.put(&path(name), Rank::Page, bytes).map(drop))?;
        batch.commit()
    };
    // A list of an older version names no site, and is adopted even if nothing else changes.
    build(site.path(), &files).unwrap();
    assert_eq!(Writer::open(site.path(), &output).unwrap().manifest().site(), None);
    assert_eq!(build_as(&one, &files).unwrap().written, 0);
    assert_eq!(Writer::open(site.path(), &output).unwrap().manifest().site(), Some(&one));
    let error = build_as(&other, &many(2, 5, 10)).unwrap_err();
    assert_eq!(
        (error.reason.clone(), error.diagnostic().code.id),
        (Reason::OtherSite(one.to_string()), "F423")
    );
    assert_eq!(on_disk(&output), files);
    // Who does not say which site it is leaves the identity as it is.
    build(site.path(), &many(3, 60, 10)).unwrap();
    assert_eq!(Writer::open(site.path(), &output).unwrap().manifest().site(), Some(&one));
    build_as(&one, &files).unwrap();
}

/// Two copies of a site, one output: one opens it, the other builds, the first goes on.
#[test]
fn a_build_that_was_overtaken_changes_nothing() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let output = one.path().join("public");
    let files = many(1, 5, 10);
    build(one.path(), &files).unwrap();
    for (mine, what) in [(many(2, 5, 10), "files"), (many(1, 4, 10), "a removal"), (files.clone(), "nothing")]
    {
        let mut theirs = many(1, 5, 10);
        theirs.insert("new.html".to_owned(), b"new".to_vec());
        let mut writer = Writer::open(one.path(), &output).unwrap();
        build_into(other.path(), &output, &theirs).unwrap();
        let batch = writer.begin().unwrap();
        let put =
            mine.iter().try_for_each(|(name, bytes)| batch.put(&path(name), Rank::Page, bytes).map(drop));
        let error = put.and_then(|()| batch.commit().map(drop)).unwrap_err();
        assert_eq!((error.reason.clone(), error.diagnostic().code.id), (Reason::Overtaken, "F424"), "{what}");
        assert_eq!(on_disk(&output), theirs);
        drop(writer);
        assert_eq!(leavings(one.path()), Vec::<String>::new());
        build(one.path(), &files).unwrap();
        assert_eq!(on_disk(&output), files, "what the other added is on the list, and goes");
    }
}
