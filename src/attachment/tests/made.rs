//! Files of Office, archives and PDF, made from their parts.
#![expect(clippy::missing_panics_doc, reason = "a test that cannot make its file fails")]

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// An archive of files.
pub fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A document of Office with these parts of XML; `{}` in a form stands for the text.
pub fn office(parts: &[(&str, &str)]) -> Vec<u8> {
    let types: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");
    let parts = parts.iter().map(|(name, text)| (*name, text.as_bytes()));
    archive(&[types].into_iter().chain(parts).collect::<Vec<_>>())
}

/// The body of a Word file around its paragraphs and tables.
pub fn body(inner: &str) -> String {
    format!("<w:document xmlns:w=\"w\" xmlns:wp=\"wp\"><w:body>{inner}</w:body></w:document>")
}

/// A paragraph.
pub fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A workbook of one sheet.
pub fn book(rows: &str, state: &str, strings: &str) -> Vec<u8> {
    let workbook = format!(
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"表一\" sheetId=\"1\" state=\"{state}\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    office(&[
        ("xl/workbook.xml", &workbook),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", &format!("<sst>{strings}</sst>")),
    ])
}

/// A PDF of one page with what its content draws, and more objects from the number 6 on.
pub fn pdf(content: &str, page: &str, objects: &[&str], root: &str) -> Vec<u8> {
    let mut all = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {root} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> {page} >>"
        ),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    all.extend(objects.iter().map(|&object| object.to_owned()));
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in all.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).into_bytes());
    }
    let start = file.len();
    file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).into_bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    file.extend(
        format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", all.len() + 1)
            .into_bytes(),
    );
    file
}

/// What a page's content draws: a line of ASCII text.
pub fn line(text: &str) -> String {
    format!("BT /F 12 Tf 72 720 Td ({text}) Tj ET")
}

/// A text as PDF writes those outside of pages.
pub fn string(text: &str) -> String {
    let units: Vec<String> = text.encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    format!("<FEFF{}>", units.concat())
}
