//! Plain text and tables of plain text.

use super::{Contents, Place, PlaceKind, Unreadable, table};
use crate::world::decode::decode;

/// A text, as one passage: a number may go on in the next line.
pub fn text(bytes: &[u8]) -> Contents {
    let Ok(decoded) = decode(bytes) else { return Contents::unreadable(Unreadable::Damaged) };
    let mut contents = Contents::default();
    contents.add(Place::new(PlaceKind::Line, 1), decoded.text);
    contents
}

/// A table: rows with their heads, and the text as it is, since what stands above a table may be no row of it.
pub fn table(bytes: &[u8]) -> Contents {
    let mut contents = text(bytes);
    let Some(whole) = contents.parts.first().map(|part| part.text.clone()) else { return contents };
    let tab = whole.lines().next().is_some_and(|line| line.contains('\t'));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if tab { b'\t' } else { b',' })
        .from_reader(whole.as_bytes());
    let mut rows = Vec::new();
    for row in reader.records().flatten() {
        let line = row.position().map_or(1, |place| usize::try_from(place.line()).unwrap_or(1));
        rows.push((line, row.iter().map(str::to_owned).collect()));
    }
    for (line, said) in table::passages(rows) {
        contents.add(Place::new(PlaceKind::Line, line), said);
    }
    contents
}
