//! Files of each kind, and what is read from them.

pub mod made;

use super::PlaceKind::{Comment, Deleted, Footnote, Margin, Name, Paragraph, Property};
use super::{Contents, PlaceKind, Unreadable, read};
use made::{archive, body, book, line, office, paragraph, pdf, string};

fn said(contents: &Contents) -> Vec<(PlaceKind, u32, &str)> {
    contents.parts.iter().map(|part| (part.place.kind, part.place.number, part.text.as_str())).collect()
}

#[test]
fn word_files() {
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>姓名</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>村</w:t></w:r></w:p></w:tc></w:tr>\
        <w:tr><w:tc><w:p><w:r><w:t>罗正贵</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>";
    let changed = "<w:p><w:r><w:t>电话</w:t></w:r><w:del w:author=\"甲人\"><w:r><w:delText>一三八</w:delText></w:r></w:del>\
        <w:ins w:author=\"甲人\"><w:r><w:t>见附表</w:t></w:r></w:ins></w:p>";
    let text = body(&format!(
        "{}\n  <w:p>\n <w:r><w:t>138</w:t></w:r>\n <w:r><w:rPr><w:b/></w:rPr><w:t>1234&amp;</w:t><w:tab/><w:t>5</w:t></w:r></w:p>{table}{changed}\
         <w:p><w:r><wp:docPr id=\"1\" name=\"图1\" descr=\"院坝\"/></w:r></w:p>",
        paragraph("第一段")
    ));
    let file = office(&[
        ("word/document.xml", &text),
        ("word/header1.xml", &body(&paragraph("页眉"))),
        (
            "word/comments.xml",
            &body(&format!("<w:comment w:author=\"乙人\">{}</w:comment>", paragraph("批注"))),
        ),
        ("word/footnotes.xml", &body(&paragraph("脚注"))),
        (
            "docProps/core.xml",
            "<cp:coreProperties><dc:title>题</dc:title><dc:creator>丙人</dc:creator></cp:coreProperties>",
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Target=\"mailto:a@b.cn\"/><Relationship Target=\"styles.xml\"/></Relationships>",
        ),
    ]);
    let contents = read("docx", &file);
    assert_eq!(contents.unreadable, None);
    let wanted = [
        (Paragraph, 1, "第一段"),
        (Paragraph, 2, "1381234&\t5"),
        (Paragraph, 3, "姓名\t村"),
        (Paragraph, 4, "姓名：罗正贵\t"),
        (Name, 4, "甲人"),
        (Deleted, 4, "电话一三八"),
        (Paragraph, 5, "电话见附表"),
        (Name, 5, "图1"),
        (Name, 5, "院坝"),
        (Margin, 1, "页眉"),
        (Comment, 1, "乙人"),
        (Comment, 1, "批注"),
        (Footnote, 1, "脚注"),
        (Property, 1, "题"),
        (Property, 2, "丙人"),
        (Name, 1, "mailto:a@b.cn"),
    ];
    assert_eq!(said(&contents), wanted);
}

#[test]
fn workbooks() {
    let rows = "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"C3\" t=\"inlineStr\"><is><t>电话</t></is></c></row>\
        <row r=\"4\"><c r=\"A4\" t=\"s\"><v>1</v></c><c r=\"B4\"><v>1.3812345678E10</v></c><c r=\"C4\"><f>1+1</f><v>2</v></c></row>";
    let strings = "<si><t>姓名</t></si><si><r><t>罗</t></r><r><t>正贵</t></r><rPh><t>luo</t></rPh></si><si><t>没有用</t></si>";
    let contents = read("xlsx", &book(rows, "hidden", strings));
    assert_eq!(contents.unreadable, None);
    let rows: Vec<_> = contents.parts.iter().filter(|part| part.place.kind == PlaceKind::HiddenRow).collect();
    assert_eq!(
        rows.iter().map(|part| (part.place.row, part.text.as_str())).collect::<Vec<_>>(),
        [(3, "姓名\t\t电话"), (4, "姓名：罗正贵\t13812345678\t电话：2"),]
    );
    assert!(contents.parts.iter().any(|part| part.text == "没有用" && part.place.kind == PlaceKind::Other));
    assert!(contents.parts.iter().any(|part| part.text == "表一" && part.place.kind == Name));
}

#[test]
fn slides_books_and_archives() {
    let slide = "<p:sld xmlns:a=\"a\"><a:p><a:r><a:t>一</a:t></a:r><a:r><a:t>二</a:t></a:r></a:p></p:sld>";
    let deck = office(&[("ppt/slides/slide2.xml", slide), ("ppt/notesSlides/notesSlide2.xml", slide)]);
    assert_eq!(said(&read("pptx", &deck)), [(PlaceKind::Slide, 2, "一二"), (PlaceKind::Notes, 2, "一二")]);
    let ofd = archive(&[
        ("OFD.xml", b"<ofd:Author>\xe7\x94\xb2\xe4\xb9\x99</ofd:Author>"),
        (
            "Doc_0/Pages/Page_0/Content.xml",
            "<ofd:TextObject><ofd:TextCode>正文</ofd:TextCode></ofd:TextObject>".as_bytes(),
        ),
    ]);
    assert_eq!(said(&read("ofd", &ofd)), [(Property, 1, "甲乙"), (PlaceKind::Page, 1, "正文")]);
    let odt = archive(&[
        ("mimetype", b"x"),
        ("content.xml", "<text:p>一<text:s/>二<text:span>三</text:span></text:p>".as_bytes()),
    ]);
    assert_eq!(said(&read("odt", &odt)), [(Paragraph, 1, "一 二三")]);
    let outer = archive(&[("说明.txt", "请看".as_bytes()), ("a.pptx", &deck), ("b.jpg", b"x")]);
    let contents = read("zip", &outer);
    assert!(contents.unseen && contents.unreadable.is_none());
    let slide = contents.parts.iter().find(|part| part.place.kind == PlaceKind::Slide).unwrap();
    assert_eq!((slide.place.file, slide.text.as_str()), (2, "一二"));
    assert!(contents.parts.iter().any(|part| part.text == "说明.txt"));
}

#[test]
fn pdf_files() {
    let file = pdf(
        &format!("{} BT /F 12 Tf 1 0 0 1 72 700 Tm (call) Tj 40 0 Td (154) Tj ET", line("first")),
        "/Annots [6 0 R]",
        &[
            &format!(
                "<< /Type /Annot /Subtype /Text /Contents {} /A << /URI (mailto:a@b.cn) >> >>",
                string("批注里的字")
            ),
            &format!("<< /Title {} >>", string("题目")),
        ],
        "",
    );
    let contents = read("pdf", &file);
    assert_eq!(contents.unreadable, None);
    let said = said(&contents);
    assert!(said.contains(&(PlaceKind::Page, 1, "first\ncall 154")), "{said:?}");
    for wanted in [
        (PlaceKind::Annotation, 1, "批注里的字"),
        (PlaceKind::Annotation, 1, "mailto:a@b.cn"),
        (Property, 0, "题目"),
    ] {
        assert!(said.contains(&wanted), "{wanted:?} in {said:?}");
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let cyclic =
        String::from_utf8(pdf(&line("x"), "", &[], "")).unwrap().replace("/Kids [3 0 R]", "/Kids [2 0 R]");
    let hidden = pdf(&line("text of ten signs"), "", &[], "/OCProperties << /D << /OFF [9 0 R] >> >>");
    let scan = pdf("q 595 0 0 842 0 0 cm BI /W 1000 /H 300 /BPC 1 /CS /G ID \0 EI Q", "", &[], "");
    let object = office(&[("word/document.xml", &body("")), ("word/embeddings/oleObject1.bin", "\u{1}")]);
    let mut ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    ole.resize(2048, 0);
    for (ending, bytes, why) in [
        ("pdf", b"%PDF-1.7".to_vec(), Unreadable::Damaged),
        ("pdf", cyclic.into_bytes(), Unreadable::Damaged),
        ("pdf", hidden, Unreadable::Hidden),
        ("pdf", scan, Unreadable::Scanned),
        ("docx", b"PK\x03\x04".to_vec(), Unreadable::Damaged),
        ("docx", b"nothing".to_vec(), Unreadable::Damaged),
        ("docx", object, Unreadable::Embedded),
        ("doc", ole, Unreadable::Format),
        ("rar", b"Rar!".to_vec(), Unreadable::Format),
        ("zip", archive(&[("a.rar", b"Rar!")]), Unreadable::Format),
    ] {
        assert_eq!(
            read(ending, &bytes).unreadable,
            Some(why),
            "{ending} {:?}",
            &bytes[..bytes.len().min(40)]
        );
    }
}

#[test]
fn bombs_are_bounded() {
    let zeros = vec![b' '; 140 << 20];
    let bomb = archive(&[("a.txt", &zeros)]);
    assert!(bomb.len() < 400_000);
    assert_eq!(read("zip", &bomb).unreadable, Some(Unreadable::TooLarge));
    let string = "字".repeat(4000);
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(20_000);
    let book = book(&cells, "visible", &format!("<si><t>{string}</t></si>"));
    assert_eq!(read("xlsx", &book).unreadable, Some(Unreadable::TooLarge), "one string in many cells");
    let mut nested = archive(&[("a.txt", b"x")]);
    for _ in 0..5 {
        nested = archive(&[("a.zip", &nested)]);
    }
    assert_eq!(read("zip", &nested).unreadable, Some(Unreadable::TooLarge), "archives in archives");
}
