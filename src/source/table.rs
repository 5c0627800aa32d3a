//! Tables of `content/data/`: comma-separated values as RFC 4180 has them.
//!
//! Refuses: other separators (tabs, full-width commas), rows longer or shorter than the first, quotes that are not
//! closed or not doubled, names that are missing or come twice, and tables that no page could show.
//! Invariant: every row of a [`Table`] has as many cells as its head; what does not is a finding. The time is linear
//! in the text.

use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, Spanned, codes};
use std::collections::BTreeMap;
use std::ops::Range;

/// The most rows below the head.
pub const MOST_ROWS: usize = 100_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 64;

/// A table. The place of a cell is all that is written of it, quotes included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub head: Vec<Spanned<String>>,
    /// What stands below them.
    pub rows: Vec<Vec<Spanned<String>>>,
}

/// Reads a table. Blank lines are no rows; line breaks inside quotes become `\n`. Where the head cannot be read, the
/// table is empty: without it nothing can be said about the rows.
pub fn parse(file: FileId, text: &str, sink: &mut Sink) -> Table {
    let mut reader = Reader { file, text, at: 0, sink };
    let Some(head) = reader.row(MOST_COLUMNS) else {
        reader.wrong(0..0, Message::new("table-empty"), "table-empty-hint");
        return Table::default();
    };
    if let Some(separator) = head.separator {
        reader.separator(separator);
        return Table::default();
    }
    if let Some(beyond) = head.beyond {
        let message = Message::new("table-too-wide").with("limit", MOST_COLUMNS);
        reader.report(codes::TOO_LARGE, beyond, message, "table-too-wide-hint");
        return Table::default();
    }
    if head.broken {
        return Table::default();
    }
    reader.names(&head.cells);
    let rows = reader.rows(head.cells.len());
    Table { head: head.cells, rows }
}

/// A row as it was found.
struct Row {
    /// Its cells, no more than were asked for.
    cells: Vec<Spanned<String>>,
    /// How many there are.
    count: usize,
    /// Its text without the line end.
    range: Range<usize>,
    /// From the first cell that is too many to the end.
    beyond: Option<Range<usize>>,
    /// The first tab or full-width comma outside quotes.
    separator: Option<Range<usize>>,
    /// Something in it was reported; its cells may be others than meant.
    broken: bool,
}

struct Reader<'t, 's> {
    file: FileId,
    text: &'t str,
    at: usize,
    sink: &'s mut Sink,
}

impl Reader<'_, '_> {
    /// Names that are empty or come twice.
    fn names(&mut self, head: &[Spanned<String>]) {
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for cell in head {
            let name = cell.value.trim();
            if name.is_empty() {
                self.wrong(cell.span.range(), Message::new("table-unnamed"), "table-unnamed-hint");
            } else if let Some(earlier) = first.get(name) {
                let message = Message::new("table-name-twice").with("name", name);
                self.sink.report(
                    Diagnostic::new(codes::WRONG_VALUE, message)
                        .at(cell.span)
                        .hint(Message::new("table-name-twice-hint"))
                        .related(*earlier, Message::new("table-name-first")),
                );
            } else {
                first.insert(name, cell.span);
            }
        }
    }

    /// The rows below the head.
    fn rows(&mut self, columns: usize) -> Vec<Vec<Spanned<String>>> {
        let (mut rows, mut seen) = (Vec::new(), 0);
        while let Some(row) = self.row(columns) {
            if seen == MOST_ROWS {
                let message = Message::new("table-too-long").with("limit", MOST_ROWS);
                self.report(codes::TOO_LARGE, row.range, message, "table-too-long-hint");
                break;
            }
            seen += 1;
            if row.broken {
                continue;
            }
            let ragged = Message::new("table-ragged").with("found", row.count).with("expected", columns);
            match (row.beyond, row.separator) {
                (Some(beyond), _) => self.wrong(beyond, ragged, "table-row-long-hint"),
                (None, Some(separator)) if row.count < columns => self.separator(separator),
                (None, None) if row.count < columns => self.wrong(row.range, ragged, "table-row-short-hint"),
                _ => rows.push(row.cells),
            }
        }
        rows
    }

    /// The next row that is not blank, with at most this many cells.
    fn row(&mut self, most: usize) -> Option<Row> {
        loop {
            let rest = &self.text[self.at..];
            self.at += rest.len() - rest.trim_start_matches(['\n', '\r']).len();
            if self.at == self.text.len() {
                return None;
            }
            let start = self.at;
            let mut row = Row {
                cells: Vec::new(),
                count: 0,
                range: start..start,
                beyond: None,
                separator: None,
                broken: false,
            };
            loop {
                let (from, cell) = (self.at, self.cell(&mut row));
                row.count += 1;
                if row.count <= most {
                    row.cells.push(cell);
                } else {
                    row.beyond.get_or_insert(from..from);
                }
                if self.byte() != Some(b',') {
                    break;
                }
                self.at += 1;
            }
            row.range.end = self.at;
            if let Some(beyond) = &mut row.beyond {
                beyond.end = self.at;
            }
            if !self.text[row.range.clone()].trim().is_empty() {
                return Some(row);
            }
        }
    }

    /// The cell that begins here; afterwards its comma, the line's end or the text's end stands here.
    fn cell(&mut self, row: &mut Row) -> Spanned<String> {
        let start = self.at;
        let value = if self.byte() == Some(b'"') { self.quoted(row) } else { self.plain(row) };
        Spanned::new(value, Span::new(self.file, start..self.at))
    }

    fn plain(&mut self, row: &mut Row) -> String {
        let start = self.at;
        self.at = self.end_of_cell();
        let value = &self.text[start..self.at];
        if let Some(quote) = value.find('"') {
            row.broken = true;
            let at = start + quote;
            self.wrong(at..at + 1, Message::new("table-stray-quote"), "table-stray-quote-hint");
        }
        if row.separator.is_none() {
            row.separator = value
                .match_indices(['\t', '，'])
                .next()
                .map(|(at, sign)| start + at..start + at + sign.len());
        }
        value.to_owned()
    }

    fn quoted(&mut self, row: &mut Row) -> String {
        let start = self.at;
        let mut value = String::new();
        self.at += 1;
        loop {
            let rest = &self.text[self.at..];
            let Some(length) = rest.find('"') else {
                self.unclosed(start, row);
                self.at = self.text.len();
                return value;
            };
            value.push_str(&rest[..length]);
            self.at += length + 1;
            if self.byte() != Some(b'"') {
                break;
            }
            value.push('"');
            self.at += 1;
        }
        let (close, end) = (self.at, self.end_of_cell());
        if close == end {
            return if value.contains('\r') {
                value.replace("\r\n", "\n").replace('\r', "\n")
            } else {
                value
            };
        }
        // Text behind the closing quote. If the cell is of several lines, then that quote was meant to open another
        // cell, and its own is missing: go on in the next line, or every later quote would be taken for its opposite.
        // This reads no text a third time: the quote that ends one such cell stands before any that could begin one.
        if value.contains(['\n', '\r']) {
            self.unclosed(start, row);
            let rest = &self.text[start..];
            self.at = start + rest.find(['\n', '\r']).unwrap_or(rest.len());
        } else {
            row.broken = true;
            self.at = end;
            self.wrong(close..end, Message::new("table-stray-quote"), "table-stray-quote-hint");
        }
        value
    }

    fn unclosed(&mut self, quote: usize, row: &mut Row) {
        row.broken = true;
        self.wrong(quote..quote + 1, Message::new("table-unclosed"), "table-unclosed-hint");
    }

    fn separator(&mut self, range: Range<usize>) {
        let (id, hint) = match &self.text[range.clone()] {
            "\t" => ("table-tab", "table-tab-hint"),
            _ => ("table-full-width-comma", "table-full-width-comma-hint"),
        };
        self.wrong(range, Message::new(id), hint);
    }

    /// Where the next comma or line end stands.
    fn end_of_cell(&self) -> usize {
        let rest = &self.text[self.at..];
        self.at + rest.find([',', '\n', '\r']).unwrap_or(rest.len())
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn wrong(&mut self, range: Range<usize>, message: Message, hint: &'static str) {
        self.report(codes::WRONG_VALUE, range, message, hint);
    }

    fn report(&mut self, code: Code, range: Range<usize>, message: Message, hint: &'static str) {
        let span = Span::new(self.file, range);
        self.sink.report(Diagnostic::new(code, message).at(span).hint(Message::new(hint)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Vec<(&'static str, &str)>) {
        let mut sink = Sink::new();
        let table = parse(FileId(0), text, &mut sink);
        assert!(table.rows.iter().all(|row| row.len() == table.head.len()));
        let place = |finding: &Diagnostic| &text[finding.primary.expect("a place").range()];
        let found = sink.found().iter().map(|finding| {
            assert!(finding.hint.is_some());
            (finding.message.id, place(finding))
        });
        (table, found.collect())
    }

    fn values(row: &[Spanned<String>]) -> Vec<&str> {
        row.iter().map(|cell| cell.value.as_str()).collect()
    }

    #[test]
    fn every_form_of_a_cell() {
        let text = "类型,件数,备注\r\n\r\n\"刷单,返利\",3,\"一\r\n\"\"二\"\"\"\n冒充客服, 4 ,\n  \n,,";
        let (table, found) = read(text);
        assert_eq!(found, []);
        assert_eq!(values(&table.head), ["类型", "件数", "备注"]);
        let rows: Vec<_> = table.rows.iter().map(|row| values(row)).collect();
        assert_eq!(
            rows,
            [vec!["刷单,返利", "3", "一\n\"二\""], vec!["冒充客服", " 4 ", ""], vec!["", "", ""]]
        );
        let written = |row: usize, cell: usize| &text[table.rows[row][cell].span.range()];
        assert_eq!((written(0, 0), written(0, 2)), ("\"刷单,返利\"", "\"一\r\n\"\"二\"\"\""));
        assert_eq!((written(1, 0), written(1, 1), written(1, 2)), ("冒充客服", " 4 ", ""));
    }

    #[test]
    fn line_ends_do_not_matter() {
        let tables = ["a,b\n1,2\n", "a,b\r\n1,2\r\n", "a,b\r1,2"].map(|text| read(text).0);
        assert!(tables.iter().all(|table| values(&table.rows[0]) == ["1", "2"]));
    }

    #[test]
    fn ragged_rows_are_left_out_and_named() {
        let (table, found) = read("a,b,c\n1,2\n1,234,5,6\n1,2,3");
        assert_eq!(found, [("table-ragged", "1,2"), ("table-ragged", "6")]);
        assert_eq!(table.rows.len(), 1);
        let mut sink = Sink::new();
        parse(FileId(0), "a,b,c\n1,2", &mut sink);
        let finding = &sink.found()[0];
        assert_eq!(finding.code, codes::WRONG_VALUE);
        assert_eq!(finding.message.args, [("found", "2".to_owned()), ("expected", "3".to_owned())]);
    }

    #[test]
    fn other_separators_are_refused_once() {
        assert_eq!(read("a\tb\n1\t2\n3\t4").1, [("table-tab", "\t")]);
        assert_eq!(read("类型，件数\n刷单，3").1, [("table-full-width-comma", "，")]);
        assert_eq!(read("a,b\n1，2\n甲，乙,3\n\"丙，丁\",4").1, [("table-full-width-comma", "，")]);
    }

    #[test]
    fn quotes_close_and_are_doubled() {
        assert_eq!(read("a,b\n1,\"2\n3,4").1, [("table-unclosed", "\"")]);
        assert_eq!(read("a,b\n\"1\"x,2\n3\",4").1, [("table-stray-quote", "x"), ("table-stray-quote", "\"")]);
    }

    #[test]
    fn a_forgotten_quote_costs_its_own_row() {
        let text = "a,b\n\"甲,1\n\"乙\",2\n\"丙\",3\n";
        let (table, found) = read(text);
        assert_eq!(found, [("table-unclosed", "\"")]);
        let rows: Vec<_> = table.rows.iter().map(|row| values(row)).collect();
        assert_eq!(rows, [["乙", "2"], ["丙", "3"]]);
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let (table, found) = read("a, ,a ,\n1,2,3,4");
        assert_eq!(found, [("table-unnamed", " "), ("table-name-twice", "a "), ("table-unnamed", "")]);
        assert_eq!(table.rows.len(), 1);
        for text in ["", "\n", " \r\n\r\n"] {
            assert_eq!(read(text).1, [("table-empty", "")]);
        }
    }

    #[test]
    fn the_limits_are_reached_and_not_passed() {
        let wide = |columns: usize| (0..columns).map(|n| n.to_string()).collect::<Vec<_>>().join(",");
        assert_eq!(read(&wide(MOST_COLUMNS)).1, []);
        assert_eq!(read(&wide(MOST_COLUMNS + 2)).1, [("table-too-wide", "64,65")]);
        let long = |rows: usize| format!("a\n{}", "1\n".repeat(rows));
        assert_eq!(read(&long(MOST_ROWS)).1, []);
        let text = long(MOST_ROWS + 2);
        let (table, found) = read(&text);
        assert_eq!((found, table.rows.len()), (vec![("table-too-long", "1")], MOST_ROWS));
    }

    #[test]
    fn quotes_on_every_line_take_linear_time() {
        for line in ["\"a\n", "\"\"a\n", "\"\"\"a\n", "\",\"\"a\n", ",\"\n", "\"\n\""] {
            let text = format!("a,b\n{}", line.repeat(60_000));
            let mut sink = Sink::new();
            parse(FileId(0), &text, &mut sink);
            assert!(sink.found().len() <= 60_000 * 2, "{line:?}");
        }
    }
}
