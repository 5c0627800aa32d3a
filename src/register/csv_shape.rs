//! The shape of a CSV file: what parts its cells, how many a row has, and which rows have another number.
//!
//! Refuses: nothing by itself; it tells what looks wrong.
//! Invariant: a sign is taken for the separator by what most rows agree about, never by how often it occurs.

use super::header;
use std::collections::BTreeMap;

/// What parts the cells, and how many a row has, where most rows have the same number.
pub(super) struct Shape {
    /// The separator.
    pub(super) delimiter: u8,
    /// Cells of a row.
    pub(super) width: Option<usize>,
}

/// How many rows are looked at for it.
const ROWS: usize = 200;

/// Tells the shape by the first rows: of comma, tab and semicolon the one by which most rows have the same number of cells, and of
/// those the one with most cells. A sign that stands in a text now and then does not part cells.
pub(super) fn shape(text: &[u8]) -> Shape {
    let end = memchr::memrchr(b'\n', text).map_or(text.len(), |end| end + 1);
    let mut best = Shape { delimiter: b',', width: None };
    let mut most = (0, 0);
    for delimiter in [b',', b'\t', b';'] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(&text[..end]);
        let records: Vec<csv::ByteRecord> = reader.byte_records().take(ROWS).map_while(Result::ok).collect();
        let records: Vec<&csv::ByteRecord> =
            records.iter().filter(|record| !record.iter().all(<[u8]>::is_empty)).collect();
        let mut widths: BTreeMap<usize, usize> = BTreeMap::new();
        for record in records.iter().filter(|record| record.len() > 1) {
            *widths.entry(record.len()).or_default() += 1;
        }
        let Some((width, rows)) = widths.into_iter().max_by_key(|(width, rows)| (*rows, *width)) else {
            continue;
        };
        // Of a row that is parted at the wrong sign, the cells begin or end with the right one.
        let others: Vec<u8> = [b',', b';'].into_iter().filter(|other| *other != delimiter).collect();
        let wrong = |record: &&&csv::ByteRecord| {
            let edge = |byte: Option<&u8>| byte.is_some_and(|byte| others.contains(byte));
            record.iter().any(|cell| edge(cell.first()) || edge(cell.last()))
        };
        if records.iter().filter(wrong).count() * 2 > records.len() {
            continue;
        }
        if (rows, width) > most {
            most = (rows, width);
            let usual = rows * 5 >= records.len() * 3;
            best = Shape { delimiter, width: usual.then_some(width) };
        }
    }
    best
}

/// What a cell says, without what programs put around it to keep it a text: tabs, `="…"`, and quotation marks behind a blank.
pub(super) fn plain(text: &str) -> &str {
    let inner = text.trim_matches('\t');
    let bare = inner.trim();
    for open in ["=\"", "\""] {
        if let Some(rest) = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix('"')) {
            return rest;
        }
    }
    inner
}

/// How many lines a cell took in that look like rows: as many separators as so many rows have. A remark of several lines has fewer.
pub(super) fn swallowed(cell: &str, delimiter: u8, width: usize) -> Option<u64> {
    let lines = memchr::memchr_iter(b'\n', cell.trim_end().as_bytes()).count();
    if lines == 0 {
        return None;
    }
    let parts = memchr::memchr_iter(delimiter, cell.as_bytes()).count();
    (parts >= (width - 1) * lines).then_some(lines as u64)
}

/// Whether a row has other cells than the rest, so that behind the slip each stands in the wrong column. Titles, remarks and sums may be
/// shorter.
pub(super) fn is_shifted(record: &csv::StringRecord, width: usize) -> bool {
    if record.len() > width {
        return record.iter().skip(width).any(|cell| !plain(cell).trim().is_empty());
    }
    let filled = record.iter().filter(|cell| !plain(cell).trim().is_empty()).count();
    record.len() < width && filled > 2 && header::no_case(record, &[]).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_the_sign_that_most_rows_agree_about() {
        for (text, delimiter, width) in [
            ("日期,村,类型\n1,甲,乙\n2,甲,乙\n", b',', 3),
            ("日期\t,村\t,类型\t\n1\t,甲\t,乙\t\n", b',', 3),
            ("日期,村,说明\n1,甲,子;丑;寅;卯\n2,甲,子;丑;寅;卯\n", b',', 3),
            ("日期;村;说明\n1;甲;子,丑,寅,卯\n2;甲;子,丑\n", b';', 3),
            ("日期\t村\t说明\n1\t甲\t子,丑\n2\t甲\t子,丑\n", b'\t', 3),
            ("某所登记表\n日期,村,类型\n1,甲,乙\n2,甲,乙\n3,甲,乙\n合计\n", b',', 3),
        ] {
            let shape = shape(text.as_bytes());
            assert_eq!((shape.delimiter, shape.width), (delimiter, Some(width)), "{text}");
        }
        assert_eq!(shape("甲\n乙\n".as_bytes()).width, None);
    }

    #[test]
    fn what_keeps_a_cell_a_text_is_no_part_of_it() {
        for cell in ["甲", "\t甲", "甲\t", "=\"甲\"", " \"甲\"", "\"甲\""] {
            assert_eq!(plain(cell), "甲", "{cell}");
        }
        assert_eq!(plain("\""), "\"");
        assert_eq!(plain("说“甲”"), "说“甲”");
    }

    #[test]
    fn lines_of_a_remark_are_no_rows() {
        assert_eq!(swallowed("第一行，好\n第二行", b',', 5), None);
        assert_eq!(swallowed("好,\n2,2026-01-02,村,类", b',', 5), Some(1));
        assert_eq!(swallowed("好,乙\n2,2026-01-02,村,类,好\n3,2026-01-02,村,类,", b',', 5), Some(2));
    }
}
