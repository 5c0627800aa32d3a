//! What who writes verse sees beside its page, and nobody else.

use super::Preview;
use crate::bulletin;
use crate::site::Site;

#[test]
fn a_verse_is_judged_beside_its_page_in_the_preview_alone() {
    let site = Site::new();
    let verse = |last: &str| {
        let lines = format!("```verse\n竹板打，响连天，\n宣传法治到田间。\n陌生链接不要点，\n{last}\n```");
        bulletin("一段快板", "kind: verse\nform: 快板\n", &lines)
    };
    site.put("content/tips/verse.md", verse("家里老人来帮忙。"));
    let preview = Preview::start(&site, 0);
    let page = preview.get("/tips/verse/").1;
    for part in
        ["id=\"yuanba-writer\"", "A 言前", "平", "<mark>忙</mark>", "这一句跑辙", "/.yuanba/writer.css"]
    {
        assert!(page.contains(part), "no {part} in {page}");
    }
    assert_eq!(page.matches("<em>").count(), 3, "three words for the line that fails: {page}");
    assert!(preview.get("/.yuanba/writer.css").1.contains("#yuanba-writer"));
    assert!(
        !preview.get("/tips/good/").1.contains("yuanba-writer\""),
        "a page without verse has no such view"
    );

    site.put("content/tips/verse.md", verse("平平安安过新年。"));
    let page = preview.until("/tips/verse/", |_, text| text.contains("过新年。") && !text.contains("<mark>"));
    assert!(page.contains("没有要改的"), "{page}");
    // Another way to group is another view, though the page itself stays.
    site.put(
        "content/site.yaml",
        std::fs::read_to_string(site.at("content/site.yaml")).expect("settings")
            + "verse: {rhyme: 中华通韵}\n",
    );
    preview.until("/tips/verse/", |_, text| text.contains("A 安"));

    assert_eq!(site.run(&["build"]).code, Some(0));
    let published = site.public();
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("yuanba-writer");
    assert!(published.keys().any(|path| path.contains("verse")), "{:?}", published.keys());
    assert!(!published.values().any(|bytes| has(bytes)), "it is never published");
}
