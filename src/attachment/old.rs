//! Files of Office before 2007 (and of WPS): tables are read, all others are not.
//!
//! Refuses: Word files and slides of that time, which have no reader here; whoever saves them anew as .docx or PDF has them read.
//! Invariant: a table is read with its hidden sheets, and whatever else stands in the file as text in a row of signs (notes,
//! properties, names of authors).

use super::{Budget, Contents, Place, PlaceKind, Unreadable, table};
use calamine::{Data, Reader, SheetVisible, Xls};
use std::io::Cursor;

/// Reads a compound file.
pub fn read(bytes: &[u8], budget: &mut Budget) -> Contents {
    // "EncryptedPackage" in UTF-16: a new file under a password.
    if has_stream(bytes, "EncryptedPackage") {
        return Contents::unreadable(Unreadable::Locked);
    }
    if !has_stream(bytes, "Workbook") && !has_stream(bytes, "Book") {
        return Contents::unreadable(Unreadable::Format);
    }
    // calamine reads what the file says of itself; a file that it fails on with a panic is a broken one.
    let opened = std::panic::catch_unwind(|| rows(bytes));
    let mut contents = match opened {
        Ok(Ok(contents)) => contents,
        Ok(Err(why)) => return Contents::unreadable(why),
        Err(_) => return Contents::unreadable(Unreadable::Damaged),
    };
    let size: usize = contents.parts.iter().map(|part| part.text.len()).sum();
    if !budget.take(size) {
        return Contents::unreadable(Unreadable::TooLarge);
    }
    for text in written(bytes) {
        contents.add(Place::new(PlaceKind::Other, 0), text);
    }
    if has_stream(bytes, "_VBA_PROJECT") || has_stream(bytes, "Ole") {
        contents.refuse(Unreadable::Embedded);
    }
    contents
}

/// Whether a stream of this name stands in the folder of a compound file: its name in UTF-16, with its end.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find_iter(bytes, &wanted).any(|at| at % 128 == 0 || at % 64 == 0)
}

fn rows(bytes: &[u8]) -> Result<Contents, Unreadable> {
    let mut book: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        calamine::XlsError::Password => Unreadable::Locked,
        _ => Unreadable::Damaged,
    })?;
    let mut contents = Contents::default();
    let sheets = book.sheets_metadata().to_vec();
    for (number, sheet) in sheets.iter().enumerate() {
        contents.add(Place::new(PlaceKind::Name, 0), sheet.name.as_str());
        let Ok(range) = book.worksheet_range(&sheet.name) else { continue };
        let first = range.start().map_or(0, |(row, _)| row as usize);
        let rows = range.rows().enumerate();
        let rows = rows.map(|(at, cells)| (first + at + 1, cells.iter().map(said).collect())).collect();
        for (row, text) in table::passages(rows) {
            contents.add(Place::row(sheet.visible != SheetVisible::Visible, number + 1, row), text);
        }
    }
    Ok(contents)
}

fn said(cell: &Data) -> String {
    match cell {
        Data::Float(number) if number.fract() == 0.0 && number.abs() < 1e19 => format!("{number:.0}"),
        other => other.to_string(),
    }
}

/// Runs of signs in a binary file that look like text: of two bytes each, and of ASCII.
fn written(bytes: &[u8]) -> Vec<String> {
    const LEAST: usize = 4;
    let mut texts = Vec::new();
    for from in 0..2 {
        let mut run = String::new();
        let units = bytes.get(from..).unwrap_or_default().chunks_exact(2);
        for unit in units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).chain([0]) {
            match char::from_u32(u32::from(unit)).filter(|sign| is_written(*sign)) {
                Some(sign) => run.push(sign),
                None => {
                    if run.chars().count() >= LEAST {
                        texts.push(std::mem::take(&mut run));
                    }
                    run.clear();
                }
            }
        }
    }
    let ascii = bytes.split(|byte| !matches!(byte, b' '..=b'~'));
    texts.extend(ascii.filter(|run| run.len() > 5).map(|run| String::from_utf8_lossy(run).into_owned()));
    texts
}

fn is_written(sign: char) -> bool {
    matches!(sign, ' '..='~' | '\u{4e00}'..='\u{9fa5}' | '\u{3001}'..='\u{3011}' | '\u{ff01}'..='\u{ff5e}' | '·')
}
