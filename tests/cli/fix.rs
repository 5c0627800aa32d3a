//! `check --fix`: shown, then made; nothing else changes, and nothing is shown whole.

use crate::bulletin;
use crate::site::Site;

const BODY: &str =
    "##标题\r\n\r\n村民申国富与邻居申国贵打架，手机１５４１２３４０００１。\r\n\r\n当晚申国富报警。";
const MENDED: &str = "## 标题\r\n\r\n村民申某甲与邻居申某乙打架，手机154****0001。\r\n\r\n当晚申某甲报警。";

#[test]
fn mends_are_shown_made_and_nothing_else_changes() {
    let site = Site::new();
    let path = site.at("content/tips/a.md");
    let written = format!("\u{feff}{}", bulletin("题", "# 不动的注释\n", BODY));
    site.put("content/tips/a.md", &written);
    let read = || std::fs::read_to_string(&path).unwrap();
    // Nobody to ask, and only to look: nothing changes.
    for more in [&["check", "--fix"][..], &["check", "--fix", "--dry-run"]] {
        let ran = site.run(more);
        assert_eq!(ran.code, Some(1), "{}", ran.err);
        assert!(ran.out.contains("申某甲与邻居申某乙") && ran.out.contains("+ ## 标题"), "{}", ran.out);
        assert_eq!(read(), written);
        for whole in ["申国富", "申国贵", "１５４１２３４０００１"] {
            assert!(
                !ran.out.contains(whole) && !ran.err.contains(whole),
                "{whole} in {} {}",
                ran.out,
                ran.err
            );
        }
    }
    let ran = site.run(&["check", "--fix", "--yes"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(read(), written.replace(BODY, MENDED));
}

#[test]
fn a_file_of_another_encoding_stays() {
    let site = Site::new();
    let text = bulletin("题", "", "村民申国富报案。");
    let bytes: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    site.put("content/tips/a.md", &bytes);
    let ran = site.run(&["check", "--fix", "--yes"]);
    assert_eq!(ran.code, Some(1));
    assert_eq!(std::fs::read(site.at("content/tips/a.md")).unwrap(), bytes);
    assert!(ran.err.contains("UTF-8") && !ran.err.contains("申国富"), "{}", ran.err);
}
