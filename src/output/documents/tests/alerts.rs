//! Notices as CAP.
#![expect(clippy::disallowed_methods, reason = "the schema is checked by another program")]

use super::*;
use std::path::Path;
use std::process::Command;

/// Checks documents against the schema of OASIS, where xmllint is installed; see the tests of `feed_documents`.
pub(super) fn fit_the_schema(documents: &Documents) {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cap/CAP-v1.2.xsd");
    let folder = tempfile::tempdir().expect("a folder for the documents");
    let mut files = Vec::new();
    for (number, (_, bytes)) in documents.iter().filter(|(path, _)| path.ends_with("cap.xml")).enumerate() {
        let path = folder.path().join(format!("{number}.xml"));
        std::fs::write(&path, bytes).expect("room for a document");
        files.push(path);
    }
    assert!(!files.is_empty(), "no CAP documents");
    match Command::new("xmllint").args(["--noout", "--nonet", "--schema"]).arg(schema).args(files).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(error) => {
            let compulsory = std::env::var_os("YUANBA_TEST_XMLLINT").is_some_and(|value| value == "1");
            assert!(!compulsory, "xmllint is needed (Debian: apt-get install libxml2-utils): {error}");
            eprintln!("left out: xmllint is not installed (Debian: apt-get install libxml2-utils)");
        }
    }
}

fn notices() -> Documents {
    documents(
        &with_sections("2026-11-24T00:00:00Z")
            .with(
                "content/notices/first.md",
                "---\ntitle: 冰雹和暴雨预警\ndate: 2026-11-20 08:00\nlevel: orange\neffective: 2026-11-20 09:00\nexpires: 2026-12-30\n\
                 areas: [清水村]\nsummary: 要下冰雹。\n---\n快进屋。\n",
            )
            .with(
                "content/notices/second.md",
                "---\ntitle: 停水改期\ndate: 2026-11-21\nstatus: update\nreplaces: first.md\n---\n改了。\n",
            )
            .with(
                "content/notices/third.md",
                "---\ntitle: 取消\ndate: 2026-11-22\nupdated: 2026-11-23 07:00\nstatus: cancel\nreplaces: second.md\n---\n解除。\n",
            )
            .with("content/notices/loop-a.md", "---\ntitle: 甲\ndate: 2026-11-01\nreplaces: loop-b.md\n---\n甲。\n")
            .with("content/notices/loop-b.md", "---\ntitle: 乙\ndate: 2026-11-02\nreplaces: loop-a.md\n---\n乙。\n")
            .with("content/notices/undated.md", "---\ntitle: 无日期\n---\n无。\n")
            .with("content/notices/expired.md", "---\ntitle: 过期\ndate: 2026-01-01\nexpires: 2026-02-01\n---\n过。\n"),
    )
}

#[test]
fn a_notice_is_told_as_cap() {
    let all = notices();
    fit_the_schema(&all);
    let first = text(&all, "notices/first/cap.xml");
    let one = |name: &str| elements(first, name).first().cloned().unwrap_or_default();
    assert_eq!(one("identifier"), "notices.first.20261120T080000");
    assert_eq!(one("sender"), "mail@example.cn");
    assert_eq!(one("sent"), "2026-11-20T08:00:00+08:00");
    assert_eq!(one("msgType"), "Alert");
    assert_eq!((one("category"), one("event")), ("Met".to_owned(), "冰雹".to_owned()));
    assert_eq!(one("severity"), "Severe");
    assert_eq!(one("effective"), "2026-11-20T09:00:00+08:00");
    assert_eq!(one("expires"), "2026-12-30T23:59:59+08:00", "a day ends at its end");
    assert_eq!(one("description"), "要下冰雹。\n\n快进屋。");
    assert_eq!(one("web"), "https://example.cn/part/notices/first/");
    assert_eq!(elements(first, "areaDesc"), ["清水村"]);
    assert!(elements(first, "geocode").concat().contains("<value>990001001</value>"));
    assert_eq!(
        elements(text(&all, "notices/second/cap.xml"), "areaDesc"),
        ["清水村", "龙潭村"],
        "none named: all"
    );
    assert!(!all.contains_key("notices/undated/cap.xml") && !all.contains_key("notices/expired/cap.xml"));
}

#[test]
fn messages_follow_each_other() {
    let all = notices();
    let first = "mail@example.cn,notices.first.20261120T080000,2026-11-20T08:00:00+08:00";
    let second = "mail@example.cn,notices.second.20261121T000000,2026-11-21T00:00:00+08:00";
    let update = text(&all, "notices/second/cap.xml");
    assert_eq!(
        (elements(update, "msgType"), elements(update, "references")),
        (vec!["Update".to_owned()], vec![first.to_owned()])
    );
    let cancel = text(&all, "notices/third/cap.xml");
    assert_eq!(elements(cancel, "msgType"), ["Cancel"]);
    assert_eq!(elements(cancel, "references"), [format!("{second} {first}")]);
    assert_eq!(
        elements(cancel, "identifier"),
        ["notices.third.20261123T070000"],
        "a changed notice is another message"
    );
    assert_eq!(elements(text(&all, "notices/loop-a/cap.xml"), "references").len(), 1, "a circle ends");
}

#[test]
fn the_index_leads_to_all_of_them() {
    let all = notices();
    let feed = atom_syndication::Feed::read_from(all["alerts/atom.xml"].as_slice()).expect("Atom");
    assert_eq!(feed.updated().to_rfc3339(), "2026-11-23T07:00:00+08:00");
    assert_eq!(feed.entries().len(), 5);
    for entry in feed.entries() {
        let cap = entry
            .links()
            .iter()
            .find(|link| link.mime_type() == Some("application/cap+xml"))
            .expect("a document");
        let path = cap.href().strip_prefix("https://example.cn/part/").expect("ours");
        assert!(all.contains_key(path), "{path}");
    }
}

#[test]
fn without_mailbox_or_villages_the_site_speaks_for_itself() {
    let world = with_sections("2026-11-24T00:00:00Z")
        .with("content/site.yaml", format!("{QUIET}title: 院坝\nbase_url: https://example.cn:8443/part\n"))
        .with("content/notices/a.md", "---\ntitle: 事\ndate: 2026-11-20\n---\n事。\n");
    let all = documents(&world);
    fit_the_schema(&all);
    let cap = text(&all, "notices/a/cap.xml");
    assert_eq!(elements(cap, "sender"), ["example.cn"]);
    assert_eq!(elements(cap, "areaDesc"), ["全辖区"]);
    assert_eq!(
        (elements(cap, "category"), elements(cap, "event")),
        (vec!["Safety".to_owned()], vec!["通告".to_owned()])
    );
}
