//! The sheets of a workbook, row by row, hidden ones too.
//!
//! Invariant: the text that repeated strings come to stays within the budget.

use super::package::Package;
use super::{Budget, Contents, Place, PlaceKind, Unreadable, markup, table};
use crate::world::decode::decode;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::collections::BTreeMap;

/// Whether a part of a workbook is read here.
pub fn is_read(name: &str) -> bool {
    let inside = |folder: &str| name.strip_prefix(folder).is_some_and(|rest| !rest.contains('/'));
    name == "xl/sharedStrings.xml" || inside("xl/worksheets/")
}

/// A sheet: its part, its name, whether it is hidden.
struct Sheet {
    part: String,
    name: String,
    hidden: bool,
}

/// Reads all sheets.
pub fn read(package: &mut Package, contents: &mut Contents, budget: &mut Budget) -> Result<(), Unreadable> {
    let strings = match package.by_name("xl/sharedStrings.xml", budget)? {
        Some(bytes) => strings(&bytes, budget)?,
        None => Vec::new(),
    };
    for (number, sheet) in sheets(package, budget)?.into_iter().enumerate() {
        contents.add(Place::new(PlaceKind::Name, 0), sheet.name);
        let Some(bytes) = package.by_name(&sheet.part, budget)? else { continue };
        let (rows, others) = rows(&bytes, &strings, budget)?;
        for (row, text) in table::passages(rows) {
            contents.add(Place::row(sheet.hidden, number + 1, row), text);
        }
        for text in others {
            contents.add(Place::new(PlaceKind::Margin, number + 1), text);
        }
    }
    // A string that no cell shows any more is still in the file.
    for string in strings {
        contents.add(Place::new(PlaceKind::Other, 0), string);
    }
    Ok(())
}

/// The strings that cells name by number.
fn strings(bytes: &[u8], budget: &mut Budget) -> Result<Vec<String>, Unreadable> {
    let text = decode(bytes).map_err(|_| Unreadable::Damaged)?.text;
    let mut reader = Reader::from_str(&text);
    let (mut strings, mut string, mut phonetic) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) if tag.local_name().as_ref() == b"rPh" => phonetic = true,
            Event::End(tag) if tag.local_name().as_ref() == b"rPh" => phonetic = false,
            Event::End(tag) if tag.local_name().as_ref() == b"si" => {
                if !budget.take(string.len()) {
                    return Err(Unreadable::TooLarge);
                }
                strings.push(std::mem::take(&mut string));
            }
            Event::Empty(tag) if tag.local_name().as_ref() == b"si" => strings.push(String::new()),
            Event::Text(text) if !phonetic => push(&mut string, &text),
            Event::GeneralRef(name) if !phonetic => string.push_str(&markup::sign(&name)),
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

fn push(into: &mut String, text: &[u8]) {
    let text = String::from_utf8_lossy(text);
    if !(text.contains('\n') && text.trim().is_empty()) {
        into.push_str(&text);
    }
}

fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let mut attributes = tag.attributes();
    let value = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    value.unescape_value().ok().map(std::borrow::Cow::into_owned)
}

/// The sheets in the order of their tabs.
fn sheets(package: &mut Package, budget: &mut Budget) -> Result<Vec<Sheet>, Unreadable> {
    let elements = |bytes: Vec<u8>, wanted: &[u8], see: &mut dyn FnMut(&BytesStart<'_>)| {
        let text = decode(&bytes).map_err(|_| Unreadable::Damaged)?.text.into_owned();
        let mut reader = Reader::from_str(&text);
        loop {
            match reader.read_event().map_err(|_| Unreadable::Damaged)? {
                Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == wanted => see(&tag),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    };
    let mut targets: BTreeMap<String, String> = BTreeMap::new();
    if let Some(bytes) = package.by_name("xl/_rels/workbook.xml.rels", budget)? {
        elements(bytes, b"Relationship", &mut |tag| {
            if let (Some(id), Some(target)) = (attribute(tag, b"Id"), attribute(tag, b"Target")) {
                let target = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                targets.insert(id, target);
            }
        })?;
    }
    let mut sheets = Vec::new();
    if let Some(bytes) = package.by_name("xl/workbook.xml", budget)? {
        elements(bytes, b"sheet", &mut |tag| {
            let id =
                tag.attributes().with_checks(false).flatten().find(|one| one.key.as_ref().ends_with(b":id"));
            let id = id.and_then(|one| one.unescape_value().ok().map(std::borrow::Cow::into_owned));
            if let Some(part) = id.and_then(|id| targets.remove(&id)) {
                let hidden = attribute(tag, b"state").is_some_and(|state| state != "visible");
                sheets.push(Sheet { part, name: attribute(tag, b"name").unwrap_or_default(), hidden });
            }
        })?;
    }
    // Sheets that no tab names are in the file all the same.
    let left = targets.into_values().filter(|part| is_read(part) && part.contains("worksheets/"));
    sheets.extend(left.map(|part| Sheet { part, name: String::new(), hidden: true }));
    Ok(sheets)
}

/// Rows of cells with their numbers.
type Rows = Vec<(usize, Vec<String>)>;

/// The rows of a sheet, and its other texts: heads and feet of pages, messages of cells.
fn rows(bytes: &[u8], strings: &[String], budget: &mut Budget) -> Result<(Rows, Vec<String>), Unreadable> {
    let text = decode(bytes).map_err(|_| Unreadable::Damaged)?.text;
    let mut reader = Reader::from_str(&text);
    let (mut rows, mut others): (Rows, Vec<String>) = (Vec::new(), Vec::new());
    let (mut value, mut kind, mut inside) = (String::new(), String::new(), false);
    let (mut cells, mut column, mut number): (Vec<String>, usize, usize) = (Vec::new(), 0, 0);
    loop {
        match reader.read_event().map_err(|_| Unreadable::Damaged)? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"row" => {
                    cells.clear();
                    number = attribute(&tag, b"r").and_then(|r| r.parse().ok()).unwrap_or(number + 1);
                    column = 0;
                }
                b"c" => {
                    kind = attribute(&tag, b"t").unwrap_or_default();
                    column = attribute(&tag, b"r").and_then(|r| column_of(&r)).unwrap_or(column);
                    inside = true;
                    value.clear();
                }
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == b"c" => column += 1,
            Event::End(tag) => match tag.local_name().as_ref() {
                b"c" => {
                    inside = false;
                    let said = said(&value, &kind, strings);
                    if !budget.take(said.len()) {
                        return Err(Unreadable::TooLarge);
                    }
                    if cells.len() <= column {
                        cells.resize(column + 1, String::new());
                    }
                    cells[column] = said;
                    column += 1;
                    value.clear();
                }
                b"row" => rows.push((number, std::mem::take(&mut cells))),
                // A formula's own text.
                b"f" if inside => {
                    let formula = std::mem::take(&mut value);
                    if formula.contains('"') {
                        others.push(formula);
                    }
                }
                _ if !inside && !value.trim().is_empty() => others.push(std::mem::take(&mut value)),
                _ => {}
            },
            Event::Text(text) => push(&mut value, &text),
            Event::CData(text) => push(&mut value, &text),
            Event::GeneralRef(name) => value.push_str(&markup::sign(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    // Names, messages and links in attributes.
    let (blocks, _) = markup::blocks(bytes, budget);
    others
        .extend(blocks.into_iter().filter(|block| block.sort == markup::Sort::Value).map(|block| block.text));
    Ok((rows, others))
}

/// What a cell shows.
fn said(value: &str, kind: &str, strings: &[String]) -> String {
    match kind {
        "s" => value.trim().parse::<usize>().ok().and_then(|at| strings.get(at)).cloned().unwrap_or_default(),
        "" | "n" if value.contains(['E', 'e', '.']) => {
            let whole = value
                .trim()
                .parse::<f64>()
                .ok()
                .filter(|number| number.abs() < 1e19 && number.fract() == 0.0);
            whole.map_or_else(|| value.to_owned(), |number| format!("{number:.0}"))
        }
        _ => value.to_owned(),
    }
}

/// The number of the column of a cell, from 0: `AB12`; those beyond the last column of any program are none.
fn column_of(cell: &str) -> Option<usize> {
    let letters = cell.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.fold(0_usize, |sum, letter| {
        sum.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    (1..=16_384).contains(&column).then(|| column - 1)
}
