//! What is mended, and that all else stays.

use super::*;
use crate::diag::{Code, Message};

struct One(&'static str);

impl Files for One {
    fn path(&self, _: FileId) -> &'static str {
        "content/tips/a.md"
    }

    fn text(&self, _: FileId) -> &'static str {
        self.0
    }
}

fn found(text: &str, code: Code, kind: Option<&'static str>, part: &str, from: usize) -> Diagnostic {
    let start = from + text[from..].find(part).expect("it stands there");
    let mut finding =
        Diagnostic::new(code, Message::new(code.name)).at(Span::new(FileId(0), start..start + part.len()));
    finding.kind = kind;
    finding
}

/// The text with everything hidden that the search finds in it.
fn hidden(text: &'static str) -> String {
    let today = jiff::civil::Date::constant(2026, 11, 30);
    let findings: Vec<Diagnostic> = privacy::find(text, today)
        .into_iter()
        .map(|one| {
            Diagnostic::new(codes::PERSONAL_DATA, Message::new("personal-data"))
                .kind(one.kind)
                .at(Span::new(FileId(0), one.range))
        })
        .collect();
    let files = mends(&findings, &One(text));
    files.first().map_or_else(|| text.to_owned(), |file| mended(text, &file.mends))
}

#[test]
fn persons_are_called_by_their_surnames() {
    assert_eq!(hidden("村民罗正贵报案。次日罗正贵撤回。"), "村民罗某报案。次日罗某撤回。");
    assert_eq!(
        hidden("村民申国富与邻居申国贵因地界争吵，申国富先动手。"),
        "村民申某甲与邻居申某乙因地界争吵，申某甲先动手。"
    );
    assert_eq!(hidden("罗某到场，村民罗正贵报案。"), "罗某到场，村民罗某甲报案。", "罗某 may be another");
    assert_eq!(hidden("受害人欧阳明珠被骗3万元"), "受害人欧阳某被骗3万元");
    assert_eq!(hidden("报警人阿布都热合曼·买买提称"), "报警人阿某称");
}

#[test]
fn numbers_keep_what_their_mask_keeps() {
    assert_eq!(hidden("手机１５４　１２３４　０００１。"), "手机154****0001。");
    assert_eq!(hidden("身份证52059919850712123X，车牌贵F·00Z07"), "身份证520***************，车牌贵F*****");
    assert_eq!(hidden("家住贵州省黔西市某镇青山村三组27号"), "家住贵州省黔西市某镇青山村");
    assert_eq!(hidden("家住阳光花园3栋2单元501室"), "家住某小区");
    assert_eq!(hidden("就读于青山小学三年级2班"), "就读于某校");
}

#[test]
fn slips_with_one_reading_are_mended() {
    let mend_all = |text: &'static str, parts: &[(Code, &str)]| {
        let findings: Vec<Diagnostic> =
            parts.iter().map(|(code, part)| found(text, *code, None, part, 0)).collect();
        mended(text, &mends(&findings, &One(text))[0].mends)
    };
    assert_eq!(mend_all("##标题\r\n尾", &[(codes::HEADING_WITHOUT_SPACE, "##标题")]), "## 标题\r\n尾");
    assert_eq!(mend_all("＃　标题", &[(codes::HEADING_WITHOUT_SPACE, "＃　标题")]), "# 标题");
    assert_eq!(
        mend_all(
            "１、打开\n2、　关上",
            &[(codes::CHINESE_LIST_MARKER, "１、"), (codes::CHINESE_LIST_MARKER, "2、")]
        ),
        "1. 打开\n2. 关上"
    );
    assert_eq!(mend_all("---\n标题：防骗\n---", &[(codes::FULL_WIDTH_COLON, "：")]), "---\n标题: 防骗\n---");
    assert_eq!(
        mend_all("见【表】（a.md）。", &[(codes::FULL_WIDTH_LINK, "【表】（a.md）")]),
        "见[表](a.md)。"
    );
}

#[test]
fn a_mend_on_another_waits_for_the_next_time() {
    let text = "村民罗正贵";
    let name = found(text, codes::PERSONAL_DATA, Some("name"), "罗正贵", 0);
    let inner = found(text, codes::PERSONAL_DATA, Some("name"), "正贵", 0);
    assert_eq!(mends(&[inner, name], &One("村民罗正贵"))[0].mends.len(), 1);
}
