//! The list of addresses: read, written, kept.

use super::*;
use crate::diag::{FileId, Sink};
use crate::model::collect::{Options, collect};
use crate::source::Memo;
use crate::world::{MemoryWorld, OutPath, SiteId, VPath};
use proptest::prelude::*;

fn read_text(text: &str) -> (AddressBook, Vec<String>) {
    let mut sink = Sink::new();
    let book = read(FileId(0), text, &mut sink);
    let said = sink.take().into_iter().map(|one| {
        let line = one.primary.map_or(0, |span| text[..span.range().start].matches('\n').count() + 1);
        format!("{}:{line}", one.message.id)
    });
    (book, said.collect())
}

fn lines(book: &AddressBook) -> Vec<(String, String, Bond)> {
    book.lines().map(|(address, line)| (address.to_owned(), line.owner.to_string(), line.bond)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back_by_us_and_by_any_reader(
        names in prop::collection::vec((any::<String>(), 0..6_u8, 0..3_u8), 0..12),
    ) {
        let mut book = AddressBook::default();
        book.set_site(SiteId::random().expect("random"));
        for (number, (name, kind, bond)) in names.iter().enumerate() {
            let name = format!("{name}x");
            let owner = match kind {
                0 => Owner::text(&name.replace('/', "-")),
                1 => Owner::Section(name),
                2 => Owner::Tag(name),
                3 => Owner::Scam(name),
                4 => Owner::Area(name),
                _ => Owner::Month(name),
            };
            let bond = [Bond::Current, Bond::Former, Bond::LastPage][usize::from(*bond)];
            if OutPath::new(&format!("t/{number}")).is_ok() && book.current(&owner).is_none() && book.last_page(&owner) == 0 {
                let address = if bond == Bond::LastPage { format!("/t{number}/page/{number}/") } else { format!("/t/{number}/") };
                book.set(&address, owner, bond);
            }
        }
        let text = book.to_text();
        let (again, said) = read_text(&text);
        prop_assert!(said.is_empty(), "{said:?} in {text}");
        prop_assert_eq!(lines(&again), lines(&book));
        prop_assert_eq!(again.site(), book.site());
        prop_assert_eq!(&again.to_text(), &text);
        // One line each, and YAML as a whole.
        prop_assert_eq!(text.lines().count(), 4 + book.lines().count());
        let whole: BTreeMap<String, serde_yaml::Value> = serde_yaml::from_str(&text).expect("it is YAML");
        let count = whole["addresses"].as_mapping().map_or(0, serde_yaml::Mapping::len);
        prop_assert_eq!(count, book.lines().count());
    }
}

#[test]
fn damage_is_told_with_its_line() {
    let head = "site: 0123456789abcdef\naddresses:\n";
    for (text, wanted) in [
        ("  /a/: a.md\n  /b/: former a.md\n", &[][..]),
        ("  /a/: a.md\r\n  /b/: b.md\r\n", &[]),
        ("  /a/: a.md\n  /a/: b.md\n", &["addresses-twice:4"]),
        ("  /a/: a.md\n  /A/: b.md\n", &["addresses-twice:4"]),
        ("  /a/: a.md\n  /a/: a.md\n", &["addresses-twice:4"]),
        ("  /a/: a.md\n  /b/: a/index.md\n", &["addresses-owner-twice:4"]),
        ("<<<<<<< HEAD\n  /a/: a.md\n=======\n  /b/: b.md\n>>>>>>> other\n", &["addresses-conflict:3"]),
        ("  /a/ a.md\n", &["addresses-line:3"]),
        ("/a/: a.md\n", &["addresses-line:3"]),
        ("  a: a.md\n", &["addresses-line:3"]),
        ("  /../a/: a.md\n", &["addresses-line:3"]),
        ("  /a: a.md\n", &["addresses-line:3"]),
        ("  /a/: [a.md]\n", &["addresses-line:3"]),
        ("  /a/:\n", &["addresses-line:3"]),
        ("site: 00000000ffffffff\n", &["addresses-site:3"]),
        ("site: x\n", &["addresses-site:3"]),
    ] {
        let (book, said) = read_text(&format!("{head}{text}"));
        assert_eq!(said, wanted, "{text}");
        assert!(book.site().is_some());
    }
    let (book, _) =
        read_text(&format!("{head}<<<<<<< HEAD\n  /a/: a.md\n=======\n  /b/: b.md\n>>>>>>> other\n"));
    assert_eq!(book.lines().count(), 2, "what can be read is not dropped");
}

/// A site of these files, its findings, and the list after it was published.
fn site(files: &[(&str, &str)], book: &str) -> (Model, Vec<String>, String) {
    let mut world = MemoryWorld::new("2026-11-24T04:00:00Z".parse().expect("a moment")).with(
        "content/site.yaml",
        "title: 站\nbase_url: https://a.example.cn\nareas: [{code: longtan, name: 龙潭村}]\n",
    );
    for (path, text) in files {
        world.put(&format!("content/{path}"), text);
    }
    if !book.is_empty() {
        world.put(PATH, book);
    }
    let mut sink = Sink::new();
    let model = collect(&world, &Memo::off(), &Options::default(), &mut sink).model;
    let after = model.recorded().to_text();
    // These sites have no pages of sections, which is said each time.
    let said = sink.take().into_iter().map(|one| one.message.id.to_owned()).filter(|id| id != "no-section");
    (model, said.collect(), after)
}

fn address(model: &Model, path: &str) -> String {
    let path = VPath::new(&format!("content/{path}")).expect("a path");
    model.entry(model.entry_at(&path).expect("it is there")).address.clone()
}

fn bulletin(more: &str) -> String {
    format!("---\ntitle: 题\ndate: 2026-11-01\n{more}---\n正文\n")
}

#[test]
fn a_published_tag_keeps_its_address_when_another_sounds_like_it() {
    let first = bulletin("tags: [法治]\n");
    let (model, _, book) = site(&[("tips/a.md", &first)], "");
    assert_eq!(model.list(&ListKey::Tag("法治".into())).address, "/tags/fa-zhi/");
    let second = bulletin("tags: [法制]\n");
    let (model, said, after) = site(&[("tips/a.md", &first), ("tips/b.md", &second)], &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(model.list(&ListKey::Tag("法治".into())).address, "/tags/fa-zhi/");
    assert_eq!(
        model.list(&ListKey::Tag("法制".into())).address,
        format!("/tags/fa-zhi-{}/", short_hash("法制"))
    );
    // The first goes, and its address stays kept for it.
    let (model, ..) = site(&[("tips/b.md", &second)], &after);
    assert_eq!(
        model.list(&ListKey::Tag("法制".into())).address,
        format!("/tags/fa-zhi-{}/", short_hash("法制"))
    );
    let (model, ..) = site(&[("tips/a.md", &first), ("tips/b.md", &second)], &after);
    assert_eq!(model.list(&ListKey::Tag("法治".into())).address, "/tags/fa-zhi/");
}

#[test]
fn a_change_of_readings_moves_nothing() {
    let text = bulletin("tags: [行长]\n");
    let files = [("反诈/_index.md", "---\ntitle: 反诈\n---\n"), ("反诈/行长.md", text.as_str())];
    let (before, _, book) = site(&files, "");
    let readings = "readings:\n  行长: xing chang\n  反诈: fan zhai\n";
    let changed: Vec<_> = files.into_iter().chain([("words/readings.yaml", readings)]).collect();
    let (moved, ..) = site(&changed, "");
    let (after, said, _) = site(&changed, &book);
    assert!(said.is_empty(), "{said:?}");
    assert_ne!(
        address(&moved, "反诈/行长.md"),
        address(&before, "反诈/行长.md"),
        "readings do change addresses"
    );
    assert_eq!(address(&after, "反诈/行长.md"), address(&before, "反诈/行长.md"));
    let tag = ListKey::Tag("行长".into());
    assert_eq!(after.list(&tag).address, before.list(&tag).address);
    assert_eq!(
        after.section_at("反诈").map(|one| &one.address),
        before.section_at("反诈").map(|one| &one.address)
    );
}

#[test]
fn a_bulletin_that_takes_a_slug_is_found_under_both() {
    let (_, _, book) = site(&[("tips/刷单.md", &bulletin(""))], "");
    let slugged = bulletin("slug: shua-dan-pian-ju\n");
    let (model, said, after) = site(&[("tips/刷单.md", &slugged)], &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(address(&model, "tips/刷单.md"), "/tips/shua-dan-pian-ju/");
    assert!(model.aliases.contains_key("/tips/shua-dan/"));
    assert!(after.contains("  /tips/shua-dan/: former tips/刷单.md\n"), "{after}");
    // And again, and back: each address that was published leads on.
    let (model, _, last) = site(&[("tips/刷单.md", &bulletin("slug: c\n"))], &after);
    assert_eq!(model.aliases.len(), 2);
    let (model, said, _) = site(&[("tips/刷单.md", &bulletin("slug: shua-dan\n"))], &last);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(address(&model, "tips/刷单.md"), "/tips/shua-dan/");
    assert_eq!(model.aliases.keys().collect::<Vec<_>>(), ["/tips/c/", "/tips/shua-dan-pian-ju/"]);
    // Without the slug it stays where it was published last.
    let (model, ..) = site(&[("tips/刷单.md", &bulletin(""))], &last);
    assert_eq!(address(&model, "tips/刷单.md"), "/tips/c/");
}

#[test]
fn a_removed_bulletin_keeps_its_address_until_another_takes_it_over() {
    let (_, _, book) = site(&[("tips/刷单.md", &bulletin(""))], "");
    let (_, said, _) = site(&[("tips/刷 单.md", &bulletin(""))], &book);
    assert_eq!(said, ["address-given-away"]);
    let (model, said, after) = site(&[("tips/刷 单.md", &bulletin("aliases: [/tips/shua-dan/]\n"))], &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(address(&model, "tips/刷 单.md"), "/tips/shua-dan/");
    assert!(after.contains("  /tips/shua-dan/: tips/刷 单.md\n"), "{after}");
    // Moved to another section: the old address leads to the new one.
    let (model, said, after) = site(&[("law/刷单.md", &bulletin("aliases: [/tips/shua-dan/]\n"))], &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!((address(&model, "law/刷单.md"), model.aliases.len()), ("/law/shua-dan/".to_owned(), 1));
    // The alias was published; it leads on when the line is gone from the front matter.
    let (model, ..) = site(&[("law/刷单.md", &bulletin(""))], &after);
    assert_eq!(model.aliases.keys().collect::<Vec<_>>(), ["/tips/shua-dan/"]);
    // A living bulletin's address is nobody else's.
    let both = [("tips/刷单.md", bulletin("")), ("law/a.md", bulletin("aliases: [/tips/shua-dan/]\n"))];
    let both: Vec<(&str, &str)> = both.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(site(&both, &book).1, ["taken-address"]);
}

#[test]
fn a_bulletin_that_gets_a_folder_of_its_own_stays_where_it_is() {
    let (_, _, book) = site(&[("tips/刷单.md", &bulletin(""))], "");
    let (model, said, after) = site(&[("tips/刷单/index.md", &bulletin(""))], &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(address(&model, "tips/刷单/index.md"), "/tips/shua-dan/");
    assert_eq!(after.matches("/tips/shua-dan/").count(), 1);
}

#[test]
fn the_model_that_reads_what_it_recorded_is_the_same() {
    let texts: Vec<(String, String)> = (0..45)
        .map(|n| {
            (
                format!("反诈/第{n}篇.md"),
                bulletin(&format!("tags: [标签{}, 标签]\naliases: [/old/{n}/]\n", n % 4)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (first, said, book) = site(&files, "");
    assert!(said.is_empty(), "{said:?}");
    let (second, said, again) = site(&files, &book);
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(again, book);
    assert_eq!(second.addresses, first.addresses);
    assert_eq!(second.aliases, first.aliases);
    let addresses = |model: &Model| model.lists.values().map(|list| list.address.clone()).collect::<Vec<_>>();
    assert_eq!(addresses(&second), addresses(&first));
    assert!(book.contains("/page/1/: last-page tag 标签\n"), "{book}");
}

#[test]
fn a_list_that_shrinks_keeps_the_pages_that_were_published() {
    let texts: Vec<(String, String)> =
        (0..90).map(|n| (format!("tips/n{n}.md"), bulletin("tags: [大家]\n"))).collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (model, _, book) = site(&files, "");
    let key = ListKey::Tag("大家".into());
    assert_eq!((model.list(&key).older_pages(), model.list(&key).last_page()), (3, 3));
    let (model, _, after) = site(&files[..30], &book);
    assert_eq!((model.list(&key).older_pages(), model.list(&key).last_page()), (0, 3));
    assert!(after.contains("/tags/da-jia/page/3/: last-page tag 大家\n"), "{after}");
}
