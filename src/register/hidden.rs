//! What a sheet hides: rows, columns, comments. calamine does not tell; the parts of the archive do.
//!
//! Refuses: reading what a comment says.
//! Invariant: a sheet that cannot be looked into is said to be so, never to be without.

use super::File;
use super::book::Format;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Seek};

/// What a sheet hides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Rows, counted from 1.
    pub rows: BTreeSet<u32>,
    /// Columns, counted from 0.
    pub columns: BTreeSet<usize>,
    /// How many comments there are.
    pub comments: usize,
}

/// Looks into a sheet; none where the format does not tell.
pub fn look(file: Box<dyn File>, format: Format, sheet: &str) -> Option<Hidden> {
    let mut archive = match format {
        Format::Xlsx | Format::Ods => zip::ZipArchive::new(BufReader::new(file)).ok()?,
        // Text hides nothing; calamine does not tell it of the old format.
        Format::Csv => return Some(Hidden::default()),
        Format::Xls => return None,
    };
    match format {
        Format::Ods => open_document(BufReader::new(archive.by_name("content.xml").ok()?), sheet),
        _ => workbook(&mut archive, sheet),
    }
}

type Archive = zip::ZipArchive<BufReader<Box<dyn File>>>;

fn workbook(archive: &mut Archive, sheet: &str) -> Option<Hidden> {
    let id = elements(archive, "xl/workbook.xml", b"sheet", |tag| {
        (attribute(tag, b"name").as_deref() == Some(sheet)).then(|| attribute(tag, b"id")).flatten()
    });
    let id = id.first()?;
    let target = elements(archive, "xl/_rels/workbook.xml.rels", b"Relationship", |tag| {
        (attribute(tag, b"Id").as_ref() == Some(id)).then(|| attribute(tag, b"Target")).flatten()
    });
    let path = resolved("xl", target.first()?);
    let mut hidden = Hidden::default();
    scan(archive.by_name(&path).ok()?, &mut hidden).ok()?;
    let (folder, name) = path.rsplit_once('/')?;
    let comments = elements(archive, &format!("{folder}/_rels/{name}.rels"), b"Relationship", |tag| {
        attribute(tag, b"Type")
            .filter(|sort| sort.ends_with("/comments"))
            .and_then(|_| attribute(tag, b"Target"))
    });
    for target in comments {
        hidden.comments += elements(archive, &resolved(folder, &target), b"comment", |_| Some(())).len();
    }
    Some(hidden)
}

/// A part's path, from the folder of what names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// What is wanted of every element of one name in a part; nothing where there is no such part.
fn elements<R: Read + Seek, T>(
    archive: &mut zip::ZipArchive<R>,
    part: &str,
    name: &[u8],
    wanted: impl Fn(&BytesStart<'_>) -> Option<T>,
) -> Vec<T> {
    let Ok(part) = archive.by_name(part) else { return Vec::new() };
    let mut reader = Reader::from_reader(BufReader::new(part));
    let (mut buffer, mut found) = (Vec::new(), Vec::new());
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag) | Event::Empty(tag)) if tag.local_name().as_ref() == name => {
                found.extend(wanted(&tag));
            }
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

/// An attribute by its local name.
fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.unescape_value().ok().map(std::borrow::Cow::into_owned)
}

/// Looks for hidden rows and columns in a sheet of many millions of cells: by the attribute's name, which hardly ever occurs,
/// rather than element by element.
fn scan(mut part: impl Read, hidden: &mut Hidden) -> std::io::Result<()> {
    // A row of no height and a column of no width are as far from sight as one that is marked so.
    let finders = [b" hidden=".as_slice(), b" ht=", b" width="].map(memchr::memmem::Finder::new);
    let mut buffer = vec![0; 1 << 18];
    let mut kept = 0;
    loop {
        let read = part.read(&mut buffer[kept..])?;
        let bytes = &buffer[..kept + read];
        let last = memchr::memrchr(b'<', bytes).filter(|_| read > 0).unwrap_or(bytes.len());
        for at in finders.iter().flat_map(|finder| finder.find_iter(&bytes[..last])) {
            let from = memchr::memrchr(b'<', &bytes[..at]).unwrap_or(at);
            let to = memchr::memchr(b'>', &bytes[at..]).map_or(bytes.len(), |to| at + to);
            tag(&bytes[from..to], hidden);
        }
        if read == 0 {
            return Ok(());
        }
        let length = bytes.len();
        // A tag that is cut goes on in the next part; one that fills the buffer is no tag.
        let from = if last == 0 { length } else { last };
        buffer.copy_within(from..length, 0);
        kept = length - from;
    }
}

/// Nobody reads a row that is lower, in points, or a column that is narrower, in characters.
const TINY_ROW: f64 = 2.5;
const TINY_COLUMN: f64 = 0.5;
/// The same in an `OpenDocument`, in millimetres.
const TINY_MILLIMETRES: f64 = 0.9;

/// A length of an `OpenDocument` in millimetres: `0.02cm`, `0in`, `1.5pt`.
fn millimetres(text: &str) -> Option<f64> {
    let unit = text.find(|sign: char| sign.is_ascii_alphabetic())?;
    let number: f64 = text[..unit].parse().ok()?;
    Some(
        number
            * match &text[unit..] {
                "mm" => 1.0,
                "cm" => 10.0,
                "in" => 25.4,
                "pt" => 25.4 / 72.0,
                _ => return None,
            },
    )
}

fn tag(bytes: &[u8], hidden: &mut Hidden) {
    let text = String::from_utf8_lossy(bytes);
    let value = |name: &str| {
        let (_, after) = text.split_once(&format!(" {name}="))?;
        after.get(1..)?.split(after.chars().next()?).next()
    };
    let is_tiny = |name: &str, least: f64| {
        value(name).and_then(|size| size.parse().ok()).is_some_and(|size: f64| size < least)
    };
    let is_row =
        text[1..].split_whitespace().next().is_some_and(|name| name.rsplit(':').next() == Some("row"));
    // Points of a row, characters of a column.
    let tiny = if is_row { is_tiny("ht", TINY_ROW) } else { is_tiny("width", TINY_COLUMN) };
    if !tiny && !matches!(value("hidden"), Some("1" | "true")) {
        return;
    }
    let name = text[1..].split_whitespace().next().unwrap_or_default();
    let number = |name| value(name).and_then(|text| text.parse::<u32>().ok());
    match name.rsplit(':').next() {
        Some("row") => hidden.rows.extend(number("r")),
        Some("col") => {
            if let (Some(first), Some(last)) = (number("min"), number("max")) {
                // Programs hide everything to the right of a table by one range up to the last column.
                hidden.columns.extend(
                    (first..=last.min(first.saturating_add(512)))
                        .map(|column| column.saturating_sub(1) as usize),
                );
            }
        }
        _ => {}
    }
}

/// Reads the hidden rows, columns and the notes of an `OpenDocument` sheet.
fn open_document(part: impl BufRead, sheet: &str) -> Option<Hidden> {
    let mut reader = Reader::from_reader(part);
    let mut hidden = Hidden::default();
    let (mut buffer, mut inside, mut row, mut column) = (Vec::new(), false, 0_u32, 0_usize);
    // Styles of rows and columns that nobody can see, which stand before the tables; and the style that is being read.
    let (mut tiny, mut style) = (BTreeSet::new(), String::new());
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).ok()?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let times =
                    |name: &[u8]| attribute(tag, name).and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
                let is_tiny = |name: &[u8]| attribute(tag, name).is_some_and(|style| tiny.contains(&style));
                let away = || {
                    matches!(attribute(tag, b"visibility").as_deref(), Some("collapse" | "filter"))
                        || is_tiny(b"style-name")
                };
                match tag.local_name().as_ref() {
                    b"style" => style = attribute(tag, b"name").unwrap_or_default(),
                    properties @ (b"table-row-properties" | b"table-column-properties") => {
                        let side: &[u8] = if properties == b"table-row-properties" {
                            b"row-height"
                        } else {
                            b"column-width"
                        };
                        let size = attribute(tag, side).and_then(|size| millimetres(&size));
                        if size.is_some_and(|size| size < TINY_MILLIMETRES) {
                            tiny.insert(std::mem::take(&mut style));
                        }
                    }
                    b"table" => {
                        inside = attribute(tag, b"name").as_deref() == Some(sheet);
                        (row, column) = (0, 0);
                    }
                    b"table-row" if inside => {
                        let times = times(b"number-rows-repeated");
                        if away() {
                            hidden.rows.extend(row + 1..=row.saturating_add(times.min(10_000)));
                        }
                        row = row.saturating_add(times);
                    }
                    b"table-column" if inside => {
                        let times = times(b"number-columns-repeated") as usize;
                        if away() {
                            hidden.columns.extend(column..column + times.min(512));
                        }
                        column += times;
                    }
                    b"annotation" if inside => hidden.comments += 1,
                    _ => {}
                }
            }
            Event::End(tag) if tag.local_name().as_ref() == b"table" => inside = false,
            Event::Eof => return Some(hidden),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::format_collect, reason = "a test may take its time")]
    fn hidden_rows_and_columns_are_found_wherever_a_part_is_cut() {
        let rows: String = (1..=20_000)
            .map(|row| {
                let attribute = if row % 7000 == 0 { " hidden=\"1\"" } else { "" };
                format!("<row r=\"{row}\"{attribute} spans=\"1:2\"><c r=\"A{row}\"><v>1</v></c><c t=\"inlineStr\"><is><t> hidden=\"1\"</t></is></c></row>")
            })
            .collect();
        let xml = format!(
            "<worksheet><cols><col min=\"3\" max=\"4\" hidden=\"true\"/><col min=\"5\" max=\"5\" hidden=\"0\"/></cols><sheetData>{rows}</sheetData></worksheet>"
        );
        let mut hidden = Hidden::default();
        scan(xml.as_bytes(), &mut hidden).expect("it reads");
        assert_eq!(hidden.rows.into_iter().collect::<Vec<_>>(), [7000, 14000]);
        assert_eq!(hidden.columns.into_iter().collect::<Vec<_>>(), [2, 3]);
    }

    #[test]
    fn an_open_document_tells_too() {
        let xml = "<d><table:table table:name=\"别的\"><table:table-row table:visibility=\"collapse\"/></table:table>\
            <table:table table:name=\"登记\"><table:table-column table:number-columns-repeated=\"2\"/><table:table-column table:visibility=\"collapse\"/>\
            <table:table-row table:number-rows-repeated=\"3\"/><table:table-row table:visibility=\"filter\"><table:table-cell><office:annotation/></table:table-cell></table:table-row>\
            </table:table></d>";
        let hidden = open_document(xml.as_bytes(), "登记").expect("it reads");
        assert_eq!((hidden.rows, hidden.columns, hidden.comments), ([4].into(), [2].into(), 1));
    }

    #[test]
    fn what_has_no_size_is_hidden_too() {
        let xml = "<worksheet><sheetFormatPr defaultRowHeight=\"14\"/><cols><col min=\"1\" max=\"1\" width=\"9.14\"/><col min=\"2\" max=\"2\" width=\"0\" customWidth=\"1\"/>\
            <col min=\"3\" max=\"3\" width=\"0.14\"/></cols><sheetData><row r=\"1\" ht=\"14.25\"/><row r=\"2\" ht=\"0\" customHeight=\"1\"/><row r=\"3\" ht=\"0.75\"/>\
            <row r=\"4\"><c r=\"A4\" t=\"inlineStr\"><is><t> ht=\"0\"</t></is></c></row></sheetData></worksheet>";
        let mut hidden = Hidden::default();
        scan(xml.as_bytes(), &mut hidden).expect("it reads");
        assert_eq!((hidden.rows, hidden.columns), ([2, 3].into(), [1, 2].into()));
        let xml = "<d><style:style style:name=\"co1\"><style:table-column-properties style:column-width=\"2.2cm\"/></style:style>\
            <style:style style:name=\"co2\"><style:table-column-properties style:column-width=\"0cm\"/></style:style>\
            <style:style style:name=\"ro2\"><style:table-row-properties style:row-height=\"0.5pt\"/></style:style>\
            <table:table table:name=\"登记\"><table:table-column table:style-name=\"co1\"/><table:table-column table:style-name=\"co2\"/>\
            <table:table-row/><table:table-row table:style-name=\"ro2\"/></table:table></d>";
        let hidden = open_document(xml.as_bytes(), "登记").expect("it reads");
        assert_eq!((hidden.rows, hidden.columns), ([2].into(), [1].into()));
    }

    #[test]
    fn parts_are_found_from_the_folder_of_what_names_them() {
        assert_eq!(resolved("xl/worksheets", "../comments1.xml"), "xl/comments1.xml");
        assert_eq!(resolved("xl", "/xl/worksheets/a.xml"), "xl/worksheets/a.xml");
        assert_eq!(resolved("xl", "worksheets/a.xml"), "xl/worksheets/a.xml");
    }
}
