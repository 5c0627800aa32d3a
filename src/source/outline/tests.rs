//! What an outline says of a file, and that it comes back as it was.

use super::*;
use crate::diag::stored::in_file;
use crate::diag::{FileId, Sink};
use crate::source::{Memo, Reading, Sources, Tree, outline};
use crate::world::{MemoryWorld, VPath, World, embedded_site};
use std::collections::BTreeSet;

const TEXT: &str = "---\ntitle: 刷单㎡ # 注\n# 注释里的字鑫\nsummary: 摘\n---\n导语[一](a.md#x)，![图](b.jpg)和![ ](c.jpg)。\n\n\
    ## 怎么骗 {#how}\n\n<p><a href=\"/x/\">HTML</a></p>\n\n```qr\nhttps://example.cn/\n扫一扫\n```\n\n```table fraud\n```\n\n\
    ```chart fraud/months\n```\n\n```verse\n竹板一打\n```\n\n电话138<b>1234</b>5678，&copy;\n";

fn file(world: &MemoryWorld, memo: &Memo) -> (Outline, Arc<Tree>) {
    let mut sources = Sources::begin(world, memo);
    let listed = world.list(&VPath::new("content").unwrap()).remove(0).unwrap();
    let id = sources.intern(&listed.path);
    let mut read = outline(&Reading::new(world, memo, false), &listed, id, false, &sources).unwrap();
    let whole = read.outline.clone();
    read.outline.register(id, read.hash, &mut sources, &mut Sink::new());
    (whole, sources.tree(id))
}

fn of(text: &str) -> (Outline, Arc<Tree>) {
    file(&MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH).with("content/a.md", text), &Memo::off())
}

#[test]
fn an_outline_tells_what_a_body_refers_to_and_holds() {
    use BlockSort::{Contact, DataChart, DataTable, Qr, Table, Verse};
    let (outline, tree) = of(TEXT);
    let body = &outline.body;
    let at = |span: Span| &tree.text[span.range()];
    let seen: Vec<(&str, &str)> =
        body.references.iter().map(|one| (one.target.value.as_str(), at(one.target.span))).collect();
    assert_eq!(
        seen,
        [
            ("a.md#x", "a.md#x"),
            ("b.jpg", "b.jpg"),
            ("c.jpg", "c.jpg"),
            ("/x/", "<p><a href=\"/x/\">HTML</a></p>"),
            ("https://example.cn/", "https://example.cn/"),
        ]
    );
    let described: Vec<bool> = body
        .references
        .iter()
        .filter_map(|one| match one.kind {
            ReferenceKind::Image { described, whole } => {
                assert!(at(whole).starts_with("!["));
                Some(described)
            }
            _ => None,
        })
        .collect();
    assert_eq!(described, [true, false]);
    let figures: Vec<_> = body.figures.iter().map(|one| (one.name.value.as_str(), one.chart)).collect();
    assert_eq!(figures, [("fraud", false), ("fraud/months", true)]);
    assert!([Verse, Qr, DataTable, DataChart].into_iter().all(|sort| body.blocks.hold(sort)));
    assert!(![Table, Contact].into_iter().any(|sort| body.blocks.hold(sort)));
    assert_eq!((body.anchors().collect::<Vec<_>>(), body.headings[0].level), (vec!["how"], 2));
    assert!(body.has_anchor("how") && !body.has_anchor("x") && body.has_html);
    assert_eq!(body.summary, "导语一，图和 。\n竹板一打\n电话13812345678，©");
    let characters: BTreeSet<char> = body.characters.iter().collect();
    assert!(['刷', '㎡', '竹', '©', '扫', '图'].into_iter().all(|c| characters.contains(&c)));
    assert!(!characters.contains(&'鑫'), "remarks are not printed");
}

#[test]
fn an_outline_comes_back_as_it_was() {
    let kept = |outline: &Outline| in_file(FileId(0), || postcard::to_stdvec(outline)).unwrap();
    let (outline, _) = of(TEXT);
    let bytes = kept(&outline);
    let back: Outline = in_file(FileId(0), || postcard::from_bytes(&bytes)).unwrap();
    assert_eq!(back, outline);
    for (path, text) in embedded_site() {
        if path.ends_with(".md") {
            let (outline, _) = of(std::str::from_utf8(text).unwrap());
            let back: Outline = in_file(FileId(0), || postcard::from_bytes(&kept(&outline))).unwrap();
            assert_eq!(back, outline, "{path}");
        }
    }
    for cut in 0..bytes.len() {
        let part: Result<Outline, _> = in_file(FileId(0), || postcard::from_bytes(&bytes[..cut]));
        assert!(part.is_err(), "cut off at {cut}");
    }
}

#[test]
fn a_tree_parsed_again_is_the_one_that_the_outline_was_made_of() {
    let texts = embedded_site().iter().filter(|(path, _)| path.ends_with(".md"));
    for text in
        texts.map(|(_, text)| std::str::from_utf8(text).unwrap()).chain([TEXT, "\u{feff}正文", "", "---\n"])
    {
        let world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH).with("content/a.md", text);
        let memo = Memo::on();
        let (_, first) = file(&world, &memo);
        let (_, again) = file(&world, &memo);
        assert_eq!((&first.text, &first.body), (&again.text, &again.body), "{text:.60}");
    }
}

#[test]
fn what_is_no_text_has_an_outline_too() {
    let world = MemoryWorld::new(jiff::Timestamp::UNIX_EPOCH).with("content/a.md", b"---\ntitle: a\n---\n\0");
    let memo = Memo::on();
    for _ in 0..2 {
        let (outline, tree) = file(&world, &memo);
        assert_eq!((outline.findings.len(), tree.blocks.len()), (1, 0));
        let place = outline.findings[0].primary.unwrap();
        assert_eq!(&tree.text[place.range()], "\u{fffd}");
    }
}
