//! A verse in one line: drawn where its front matter has one.

use super::memory::Builder;
use super::{SHEET, site, text, tip};

#[test]
fn a_slogan_is_drawn_without_being_asked_for() {
    let long = "长".repeat(25);
    for (more, drawn, codes) in [
        ("slogan: 头盔戴好再上路\n".to_owned(), true, vec![]),
        ("口号: |\n  头盔戴好\n  再上路\n".to_owned(), true, vec![]),
        ("slogan: 头盔戴好再上路\nhandouts: 无\n".to_owned(), false, vec![]),
        ("slogan: \n".to_owned(), false, vec![]),
        ("handouts: [口号]\n".to_owned(), false, vec!["F442"]),
        (format!("slogan: {long}\n"), false, vec!["W216"]),
    ] {
        let mut world = site();
        world.put("themes/default/print/slogan.typ", SHEET);
        world.put("content/verse/_index.md", "---\ntitle: 快板\nkind: verse\n---\n");
        world.put("content/verse/a.md", tip("头盔", &format!("summary: 字。\n{more}"), "一段。"));
        let mut builder = Builder::new();
        builder.build(&world).expect("a slogan refuses nothing");
        let png = builder.files.keys().any(|path| &**path == "verse/a/a-slogan.png");
        assert_eq!(png, drawn, "{more}");
        // The other section of this site is empty, which is told as well (R511).
        let found = builder.found.iter().filter_map(|finding| finding.split(' ').nth(1));
        let found: Vec<&str> = found.filter(|code| *code != "R511").collect();
        assert_eq!(found, codes, "{more}");
        let page = text(&builder, "verse/a/index.html");
        assert_eq!(page.contains("a-slogan.png"), drawn, "the page offers what there is: {more}");
        assert_eq!(page.contains("头盔戴好 再上路</dd>"), more.contains('|'), "{page}");
        assert_eq!(page.contains(&long), more.contains(&long), "a long one is on the page all the same");
    }
}
