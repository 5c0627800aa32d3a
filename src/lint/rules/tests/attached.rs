//! Personal data in linked files: each kind, in each place of each format.

use super::planted::DATA;
use super::{SETTINGS, body, check, site};
use crate::attachment::tests::made;
use crate::diag::Level;

/// A file with a text in one of its places.
type Form = (&'static str, &'static str, fn(&str) -> Vec<u8>);

fn word(part: &str, xml: &str) -> Vec<u8> {
    made::office(&[("word/document.xml", &made::body("")), (part, xml)])
}

fn sheet(state: &str, text: &str) -> Vec<u8> {
    made::book(
        "<row r=\"5\"><c r=\"B5\" t=\"s\"><v>0</v></c></row>",
        state,
        &format!("<si><t>{text}</t></si>"),
    )
}

const FORMS: &[Form] = &[
    ("text", "txt", |text| text.as_bytes().to_vec()),
    ("table of text", "csv", |text| format!("甲,乙\n一,\"{text}\"\n").into_bytes()),
    ("Word", "docx", |text| word("word/x.xml", &made::body(&made::paragraph(text)))),
    ("Word, parted", "docx", |text| {
        let runs: Vec<String> = text.chars().map(|sign| format!("<w:r><w:t>{sign}</w:t></w:r>")).collect();
        let runs = runs.concat();
        made::office(&[("word/document.xml", &made::body(&format!("<w:p>{runs}</w:p>")))])
    }),
    ("Word, deleted", "docx", |text| {
        let deleted = format!("<w:p><w:del><w:r><w:delText>{text}</w:delText></w:r></w:del></w:p>");
        made::office(&[("word/document.xml", &made::body(&deleted))])
    }),
    ("Word, head", "docx", |text| word("word/header1.xml", &made::body(&made::paragraph(text)))),
    ("Word, comment", "docx", |text| word("word/comments.xml", &made::body(&made::paragraph(text)))),
    ("Word, property", "docx", |text| {
        word("docProps/core.xml", &format!("<p><dc:title>{text}</dc:title></p>"))
    }),
    ("Word, drawing", "docx", |text| {
        word("word/x.xml", &made::body(&format!("<wp:docPr descr=\"{text}\"/>")))
    }),
    ("sheet", "xlsx", |text| sheet("visible", text)),
    ("hidden sheet", "xlsx", |text| sheet("veryHidden", text)),
    ("slide", "pptx", |text| {
        made::office(&[("ppt/slides/slide1.xml", &format!("<a:p><a:t>{text}</a:t></a:p>"))])
    }),
    ("notes", "pptx", |text| {
        made::office(&[("ppt/notesSlides/notesSlide1.xml", &format!("<a:p><a:t>{text}</a:t></a:p>"))])
    }),
    ("PDF, note", "pdf", |text| {
        let note = format!("<< /Type /Annot /Contents {} >>", made::string(text));
        made::pdf(&made::line("some text of a page"), "/Annots [6 0 R]", &[&note], "")
    }),
    ("PDF, property", "pdf", |text| {
        let property = format!("<< /Title {} >>", made::string(text));
        made::pdf(&made::line("some text of a page"), "", &[&property], "")
    }),
    ("archive", "zip", |text| made::archive(&[("a.txt", text.as_bytes())])),
    ("archive, name", "zip", |text| made::archive(&[(&format!("{text}.txt"), b"x")])),
];

#[test]
fn every_kind_is_refused_in_every_place_of_a_file() {
    let mut missed = Vec::new();
    for (name, ending, form) in FORMS {
        let mut world = site();
        for (kind, datum) in DATA {
            let kind = kind.replace('_', "-");
            world.put(&format!("content/tips/{kind}.{ending}"), form(&datum.replace(['⟦', '⟧'], "")));
            world.put(&format!("content/tips/{kind}.md"), body(&format!("请看[文件]({kind}.{ending})。")));
        }
        let outcome = check(&world);
        for (kind, _) in DATA {
            let path = format!("content/tips/{}.md", kind.replace('_', "-"));
            if !super::planted::refuses(&outcome, kind, &path) {
                missed.push(format!("{kind} in {name}"));
            }
        }
    }
    assert!(missed.is_empty(), "missed: {missed:#?}");
}

#[test]
fn a_finding_says_where_and_tells_nothing() {
    let rows = "<row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t>手机15412340001</t></is></c></row>";
    let world = site()
        .with("content/tips/a.md", body("[表](a.xlsx)"))
        .with("content/tips/a.xlsx", made::book(rows, "hidden", ""));
    let outcome = check(&world);
    assert_eq!(outcome.found(), [("P101", Level::Forbid, "a.xlsx")]);
    let words = outcome.words();
    assert!(words.contains("“a.xlsx”隐藏的第 1 张工作表第 4 行有像电话号码的内容：154****0001"), "{words}");
}

#[test]
fn a_clean_file_passes_and_one_that_cannot_be_read_does_not() {
    let with = |name: &str, bytes: Vec<u8>, settings: &str| {
        let world = site()
            .with("content/site.yaml", format!("{SETTINGS}{settings}"))
            .with("content/tips/a.md", body(&format!("[表]({name})")))
            .with(&format!("content/tips/{name}"), bytes);
        check(&world)
    };
    let word =
        made::office(&[("word/document.xml", &made::body(&made::paragraph("请填姓名、电话，拨96110。")))]);
    assert_eq!(with("a.docx", word, "").codes(), [""; 0]);
    let outcome = with("a.rar", b"Rar!".to_vec(), "");
    assert_eq!(outcome.found(), [("P107", Level::Forbid, "a.rar")]);
    assert!(!outcome.passed && outcome.words().contains("file: tips/a.rar"), "{}", outcome.words());
    let allow = |file: &str| {
        format!("privacy:\n  attachments:\n    allow:\n      - {{file: {file}, reason: 看过}}\n")
    };
    for file in ["tips/a.rar", "content/tips/a.rar", "a.rar"] {
        assert_eq!(with("a.rar", b"Rar!".to_vec(), &allow(file)).codes(), [""; 0], "{file}");
    }
    assert_eq!(with("a.rar", b"Rar!".to_vec(), &allow("b.rar")).codes(), ["F431", "P107"]);
    assert_eq!(with("a.txt", b"x".to_vec(), &allow("a.txt")).codes(), ["F431"], "it can be read");
    let unreasoned = "privacy:\n  attachments:\n    allow:\n      - {file: a.rar}\n";
    assert_eq!(with("a.rar", b"Rar!".to_vec(), unreasoned).codes(), ["F408", "P107"]);
    assert_eq!(with("a.mp3", b"x".to_vec(), "").codes(), ["P105"]);
}
