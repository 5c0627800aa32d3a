//! CSV as staff's programs save it: UTF-8 with or without a mark, UTF-16, GB18030; commas, tabs or semicolons.
//!
//! Refuses: bytes that are no text in the encoding that the file began in; a quotation mark that nobody closes, or that is closed rows
//! later; a row whose cells cannot be told apart, as it has more or fewer than the others.
//! Invariant: a row's number is the one that a spreadsheet program shows, blank lines and line ends within cells counted.

use super::book::Unreadable;
use super::csv_shape::{Shape, is_shifted, plain, shape, swallowed};
use super::{Cells, File, Value, Visit};
use crate::diag::reason;
use crate::world::decode;
use encoding_rs::{CoderResult, Decoder, GB18030, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read, Seek, SeekFrom};

/// How much of a file is looked at to tell its encoding.
const SAMPLE: usize = 1 << 20;
/// No cell of a spreadsheet is longer than 32,767 characters: a longer one has swallowed the rest of the file.
const LONGEST: usize = 4 * 32_767;

/// Shows every row.
///
/// # Errors
/// Where the file is no text, or the disk fails.
pub fn read(mut file: Box<dyn File>, visit: &mut Visit<'_>) -> Result<(), Unreadable> {
    let encoding = encoding(&mut *file).map_err(disk)??;
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    let mut text = Text::new(file, encoding);
    text.fill().map_err(disk)?;
    let Shape { delimiter, width } = shape(&text.out);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(1 << 16)
        .from_reader(text);
    let mut record = csv::StringRecord::new();
    let mut within = 0;
    let mut begun = false;
    loop {
        let line = reader.position().line();
        match reader.read_record(&mut record) {
            Ok(true) => {}
            // The end has its own row, unless an open quotation mark took it in.
            Ok(false) => return Err(Unreadable::OpenQuote(line)),
            Err(error) => return Err(of_csv(&error, line)),
        }
        let inner = memchr::memchr_iter(b'\n', record.as_slice().as_bytes()).count() as u64;
        // Line ends are `\n` alone, and the last line has one.
        let place = reader.position().line().saturating_sub(1 + inner);
        if record.len() == 1 && &record[0] == END.trim_end() {
            return Ok(());
        }
        let first = place.saturating_sub(within);
        // A row that has no end of its own has one line less.
        let open = record.iter().any(|cell| cell.ends_with(END));
        if open || record.iter().any(|cell| cell.len() > LONGEST) {
            return Err(Unreadable::OpenQuote(first + u64::from(open)));
        }
        if let Some(width) = width {
            if let Some(lines) = record.iter().find_map(|cell| swallowed(cell, delimiter, width)) {
                return Err(Unreadable::Swallowed(first, lines));
            }
            begun |= record.len() == width;
            if begun && is_shifted(&record, width) {
                return Err(Unreadable::Shifted(first, record.len(), width));
            }
        }
        let number = u32::try_from(first).unwrap_or(u32::MAX);
        within += inner;
        if visit(number, &record).is_break() {
            return Ok(());
        }
    }
}

impl Cells for csv::StringRecord {
    fn width(&self) -> usize {
        self.len()
    }

    fn at(&self, column: usize) -> Value<'_> {
        match self.get(column) {
            Some(text) if !plain(text).is_empty() => Value::Text(plain(text)),
            _ => Value::Empty,
        }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where errors are mapped")]
fn disk(error: io::Error) -> Unreadable {
    Unreadable::Disk(reason(&error))
}

fn of_csv(error: &csv::Error, line: u64) -> Unreadable {
    match error.kind() {
        csv::ErrorKind::Io(inner) if inner.kind() == io::ErrorKind::InvalidData => Unreadable::NoText(line),
        csv::ErrorKind::Utf8 { pos, .. } => {
            Unreadable::NoText(pos.as_ref().map_or(line, csv::Position::line))
        }
        csv::ErrorKind::Io(inner) => Unreadable::Disk(reason(inner)),
        _ => Unreadable::Disk(reason(&io::Error::from(io::ErrorKind::InvalidData))),
    }
}

/// Tells the encoding: UTF-8 where all of the file is, else what `world::decode` says of the part around the first bytes that
/// are not.
fn encoding(file: &mut dyn File) -> io::Result<Result<&'static encoding_rs::Encoding, Unreadable>> {
    let mut buffer = vec![0; SAMPLE];
    let (mut at, mut kept, mut line) = (0, 0, 1);
    loop {
        let read = fill(file, &mut buffer[kept..])?;
        let bytes = &buffer[..kept + read];
        if at == 0 {
            match bytes {
                [0xFF, 0xFE, ..] => return Ok(Ok(UTF_16LE)),
                [0xFE, 0xFF, ..] => return Ok(Ok(UTF_16BE)),
                _ => {}
            }
        }
        let end = match std::str::from_utf8(bytes) {
            Ok(_) if !bytes.contains(&0) => bytes.len(),
            // Cut within a character: the rest comes with the next part.
            Err(error)
                if error.error_len().is_none() && read > 0 && error.valid_up_to() + 4 > bytes.len() =>
            {
                error.valid_up_to()
            }
            _ => return Ok(foreign(bytes, line)),
        };
        if read == 0 {
            return Ok(Ok(UTF_8));
        }
        line += memchr::memchr_iter(b'\n', &bytes[..end]).count() as u64;
        let length = bytes.len();
        buffer.copy_within(end..length, 0);
        (at, kept) = (at + end, length - end);
    }
}

/// The encoding of a part that is no UTF-8, which begins at a line's number.
fn foreign(bytes: &[u8], line: u64) -> Result<&'static encoding_rs::Encoding, Unreadable> {
    // Whole lines: a character that is cut at the end would be taken for damage.
    let end = memchr::memrchr(b'\n', bytes).map_or(bytes.len(), |end| end + 1);
    match decode::decode(&bytes[..end]) {
        Ok(decoded) => Ok(match decoded.foreign {
            Some(decode::Encoding::Gb18030) => GB18030,
            Some(decode::Encoding::Utf16) if bytes.first() == Some(&0) => UTF_16BE,
            Some(decode::Encoding::Utf16) => UTF_16LE,
            _ => UTF_8,
        }),
        Err(error) => Err(Unreadable::NoText(line + error.line as u64 - 1)),
    }
}

fn fill(file: &mut dyn File, buffer: &mut [u8]) -> io::Result<usize> {
    let mut length = 0;
    while length < buffer.len() {
        match file.read(&mut buffer[length..]) {
            Ok(0) => break,
            Ok(read) => length += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// A row of its own behind the last: whoever reads it knows that no quotation mark is open.
const END: &str = "\u{1}\u{2}\u{3}\n";

/// A file as UTF-8, in which every line ends with `\n`.
struct Text {
    file: Box<dyn File>,
    decoder: Decoder,
    input: Vec<u8>,
    out: Vec<u8>,
    /// What of `out` was handed on.
    taken: usize,
    /// Whether the last part ended with `\r`, whose `\n` may follow.
    returned: bool,
    ended: bool,
}

impl Text {
    fn new(file: Box<dyn File>, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self {
            file,
            decoder,
            input: vec![0; 1 << 16],
            out: Vec::new(),
            taken: 0,
            returned: false,
            ended: false,
        }
    }

    /// Decodes the next part.
    fn fill(&mut self) -> io::Result<()> {
        let read = fill(&mut *self.file, &mut self.input)?;
        self.ended = read < self.input.len();
        let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(read * 3 + 16);
        self.out.resize(room, 0);
        self.taken = 0;
        let (result, _, written, broken) =
            self.decoder.decode_to_utf8(&self.input[..read], &mut self.out, self.ended);
        self.out.truncate(written);
        if broken || result == CoderResult::OutputFull {
            return Err(io::ErrorKind::InvalidData.into());
        }
        self.end_lines();
        if self.ended {
            end_mark(&mut self.out);
            if self.out.last() != Some(&b'\n') {
                self.out.push(b'\n');
            }
            self.out.extend(END.as_bytes());
        }
        Ok(())
    }

    /// Makes `\n` of `\r\n` and of `\r`.
    fn end_lines(&mut self) {
        if self.returned && self.out.first() == Some(&b'\n') {
            self.out.remove(0);
        }
        self.returned = self.out.last() == Some(&b'\r');
        let Some(first) = memchr::memchr(b'\r', &self.out) else { return };
        let (mut to, mut from) = (first, first);
        while from < self.out.len() {
            let next =
                memchr::memchr(b'\r', &self.out[from + 1..]).map_or(self.out.len(), |at| from + 1 + at);
            self.out[to] = b'\n';
            let rest = if self.out.get(from + 1) == Some(&b'\n') { from + 2 } else { from + 1 };
            self.out.copy_within(rest.min(next)..next, to + 1);
            to += 1 + next - rest.min(next);
            from = next;
        }
        self.out.truncate(to);
    }
}

/// Takes away Ctrl-Z (0x1A) at the end, by which programs of DOS, and exports made after them, mark it.
fn end_mark(out: &mut Vec<u8>) {
    let end =
        out.iter().rposition(|byte| *byte != 0x1A && !byte.is_ascii_whitespace()).map_or(0, |at| at + 1);
    if out[end..].contains(&0x1A) {
        out.truncate(end);
    }
}

impl Read for Text {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.fill()?;
        }
        let length = buffer.len().min(self.out.len() - self.taken);
        buffer[..length].copy_from_slice(&self.out[self.taken..self.taken + length]);
        self.taken += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ops::ControlFlow;

    fn rows(bytes: &[u8]) -> Result<Vec<String>, Unreadable> {
        let mut found = Vec::new();
        read(Box::new(io::Cursor::new(bytes.to_owned())), &mut |number, cells| {
            let cell = |column| match cells.at(column) {
                Value::Text(text) => text.to_owned(),
                _ => String::new(),
            };
            found.push(format!("{number} {}", (0..cells.width()).map(cell).collect::<Vec<_>>().join("|")));
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }

    #[test]
    fn every_encoding_reads_alike() {
        let text = "村,类型\r\n石桥村,邻里\r\n";
        let expected = Ok(vec!["1 村|类型".to_owned(), "2 石桥村|邻里".to_owned()]);
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
        assert_eq!(rows(text.as_bytes()), expected);
        assert_eq!(rows(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(rows(&GB18030.encode(text).0), expected);
        assert_eq!(rows(&[b"\xFF\xFE".to_vec(), utf16(u16::to_le_bytes)].concat()), expected);
        assert_eq!(rows(&[b"\xFE\xFF".to_vec(), utf16(u16::to_be_bytes)].concat()), expected);
    }

    #[test]
    fn an_end_mark_is_no_row() {
        let expected = Ok(vec!["1 村|类型".to_owned(), "2 石桥村|邻里".to_owned()]);
        for end in ["\r\n\u{1a}", "\u{1a}", "\r\n\u{1a}\r\n", "\n\u{1a}\u{1a}"] {
            assert_eq!(rows(format!("村,类型\r\n石桥村,邻里{end}").as_bytes()), expected, "{end:?}");
        }
        assert_eq!(rows(&[&GB18030.encode("村,类型\r\n石桥村,邻里\r\n").0[..], b"\x1a"].concat()), expected);
    }

    #[test]
    fn a_long_file_whose_first_part_is_ascii() {
        let plain = "a,b\n".repeat(SAMPLE / 4 + 100);
        let bytes = [plain.as_bytes(), &GB18030.encode("石桥村,邻里\n").0].concat();
        let found = rows(&bytes).expect("it is text");
        assert_eq!(
            found.last().map(String::as_str),
            Some(format!("{} 石桥村|邻里", SAMPLE / 4 + 101).as_str())
        );
        let long = "石桥村,邻里纠纷\n".repeat(100_000);
        assert_eq!(rows(long.as_bytes()).map(|rows| rows.len()), Ok(100_000));
        assert_eq!(rows(&GB18030.encode(&long).0).map(|rows| rows.len()), Ok(100_000));
    }

    #[test]
    fn rows_have_the_numbers_of_a_spreadsheet() {
        for end in ["\r\n", "\r", "\n"] {
            let text = ["a,b", "", "\"x", "y\",2", "c,d", "", ""].join(end);
            let expected = ["1 a|b", "3 x\ny|2", "4 c|d"].map(str::to_owned).to_vec();
            assert_eq!(rows(text.as_bytes()), Ok(expected.clone()), "{end:?}");
            assert_eq!(rows(text.trim_end().as_bytes()), Ok(expected), "{end:?}");
        }
        let long = "a,b\r\n".repeat(70_000);
        assert_eq!(rows(long.as_bytes()).map(|rows| rows.last().cloned()), Ok(Some("70000 a|b".to_owned())));
        let found = rows("a,b\n\n\"x\ny\",2\nc,d\n".as_bytes());
        assert_eq!(found, Ok(vec!["1 a|b".to_owned(), "3 x\ny|2".to_owned(), "4 c|d".to_owned()]));
    }

    #[test]
    fn other_signs_part_the_cells() {
        assert_eq!(
            rows("村\t类型,甲\n石桥村\t邻里\n".as_bytes()).map(|rows| rows[1].clone()),
            Ok("2 石桥村|邻里".to_owned())
        );
        assert_eq!(
            rows("村;类型\n石桥村;邻里\n".as_bytes()).map(|rows| rows[1].clone()),
            Ok("2 石桥村|邻里".to_owned())
        );
    }

    #[test]
    fn what_is_no_text_is_refused_with_its_line() {
        assert_eq!(rows(b"a,b\nc\0,d\n"), Err(Unreadable::NoText(2)));
        let mut broken = "村,类型\n".repeat(300_000).into_bytes();
        broken.extend(b"\xE6\x9D\n");
        assert_eq!(rows(&broken), Err(Unreadable::NoText(300_001)));
        let open = format!("a,b\n\"c,d\n{}", "e,f\n".repeat(100_000));
        assert_eq!(rows(open.as_bytes()), Err(Unreadable::OpenQuote(2)));
        assert_eq!(rows(b"a,b\nc,d\ne,\"f\n"), Err(Unreadable::OpenQuote(3)));
        assert_eq!(rows(b"a,b\nc,d\ne,\"f"), Err(Unreadable::OpenQuote(3)));
    }

    #[test]
    fn rows_that_run_together_or_apart_are_refused_with_their_line() {
        let line = |number: usize, rest: &str| format!("{number},2026-01-02,石桥村,邻里,{rest}\n");
        let all: String = std::iter::once("序号,日期,村,类型,备注\n".to_owned())
            .chain((1..=120).map(|number| line(number, "无")))
            .collect();
        assert_eq!(rows(all.as_bytes()).map(|rows| rows.len()), Ok(121));
        // A quotation mark before row 50 that is closed in row 60.
        let both =
            all.replace(&line(50, "无"), &line(50, "\"他说")).replace(&line(60, "无"), &line(60, "好\""));
        assert_eq!(rows(both.as_bytes()), Err(Unreadable::Swallowed(51, 10)));
        let open = all.replace(&line(90, "无"), &line(90, "\"他说"));
        assert_eq!(rows(open.as_bytes()), Err(Unreadable::OpenQuote(91)));
        let early = all.replace("90,2026-01-02,石桥村,邻里,", "90,2026-01-02,石桥村,\"邻里,");
        assert_eq!(rows(early.as_bytes()), Err(Unreadable::OpenQuote(91)));
        let wide = all.replace(&line(70, "无"), &line(70, "好,又好"));
        assert_eq!(rows(wide.as_bytes()), Err(Unreadable::Shifted(71, 6, 5)));
        let narrow = all.replace(&line(70, "无"), "70,2026-01-02,邻里,无\n");
        assert_eq!(rows(narrow.as_bytes()), Err(Unreadable::Shifted(71, 4, 5)));
        // A remark of two lines, empty cells at the end, titles and sums are as they should be.
        let fine = all
            .replace(&line(70, "无"), &line(70, "\"好，\n又好\""))
            .replace(&line(71, "无"), &line(71, "无,,"))
            .replace("序号,", "某所登记表\n序号,");
        assert!(rows(format!("{fine}合计,120\n").as_bytes()).is_ok());
    }
}
