//! Workbooks: .xlsx row by row, .xls and .ods a sheet at a time, through calamine.
//!
//! Refuses: what only has the name of a workbook: a web page that was saved as .xls, a locked file, Excel's binary format.
//! Invariant: the format is told by the file's bytes, never by its name.

use super::{Cells, File, Value, Visit};
use crate::diag::reason;
use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx,
    XlsxError,
};
use std::io::{BufReader, Read, SeekFrom};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Excel since 2007, WPS.
    Xlsx,
    /// Excel until 2003, WPS.
    Xls,
    /// `LibreOffice`.
    Ods,
    /// Text.
    Csv,
}

/// Why a register cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// A password locks it.
    Locked,
    /// A web page with the name of a workbook.
    WebPage,
    /// Excel's binary format, `.xlsb`.
    Binary,
    /// An archive or another kind of file.
    Other,
    /// Nothing in it.
    Nothing,
    /// Bytes are missing or wrong.
    Damaged,
    /// Text in no encoding that staff's programs save; the line.
    NoText(u64),
    /// A quotation mark that nobody closed; the line.
    OpenQuote(u64),
    /// A quotation mark that was closed rows later: the line, and how many lines further it ends.
    Swallowed(u64, u64),
    /// A row with more or fewer cells than the others, so that nobody knows which is which: the line, its cells, those of others.
    Shifted(u64, usize, usize),
    /// The disk fails.
    Disk(String),
}

/// The file of a workbook.
type Source = BufReader<Box<dyn File>>;

/// Tells a file's format.
///
/// # Errors
/// Where it is none of ours.
pub fn format(file: &mut dyn File) -> Result<Format, Unreadable> {
    let mut head = Vec::new();
    let disk = |error: std::io::Error| Unreadable::Disk(reason(&error));
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    Read::take(&mut *file, 4096).read_to_end(&mut head).map_err(disk)?;
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    if head.is_empty() {
        return Err(Unreadable::Nothing);
    }
    if head.starts_with(b"PK\x03\x04") {
        let has = |name: &[u8], archive: &[u8]| memchr::memmem::find(archive, name).is_some();
        if has(b"application/vnd.oasis.opendocument.spreadsheet", &head) {
            return Ok(Format::Ods);
        }
        let archive = zip::ZipArchive::new(BufReader::new(file)).map_err(|_| Unreadable::Damaged)?;
        let names = archive.file_names().filter_map(Result::ok);
        return match names.into_iter().find(|name| name.starts_with("xl/workbook.")) {
            Some(name) if name.ends_with(".bin") => Err(Unreadable::Binary),
            Some(_) => Ok(Format::Xlsx),
            None => Err(Unreadable::Other),
        };
    }
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        // A workbook of today that a password locks is put into a container of the old kind ([MS-OFFCRYPTO] 2.3.1).
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let locked = holds(file, &name).map_err(disk)?;
        return if locked { Err(Unreadable::Locked) } else { Ok(Format::Xls) };
    }
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
    if text.starts_with(b"<") {
        return Err(Unreadable::WebPage);
    }
    if head.starts_with(b"%PDF")
        || head.starts_with(b"\x89PNG")
        || head.starts_with(b"\xFF\xD8\xFF")
        || head.starts_with(b"Rar!")
    {
        return Err(Unreadable::Other);
    }
    Ok(Format::Csv)
}

/// Whether some bytes stand anywhere in a file.
fn holds(file: &mut dyn File, wanted: &[u8]) -> std::io::Result<bool> {
    let finder = memchr::memmem::Finder::new(wanted);
    file.seek(SeekFrom::Start(0))?;
    let mut buffer = vec![0; 1 << 18];
    let mut kept = 0;
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let length = kept + read;
        let found = finder.find(&buffer[..length]).is_some();
        if found || read == 0 {
            file.seek(SeekFrom::Start(0))?;
            return Ok(found);
        }
        // It may be cut: the end is looked at again.
        let from = length.saturating_sub(wanted.len() - 1);
        buffer.copy_within(from..length, 0);
        kept = length - from;
    }
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// Its name.
    pub name: String,
    /// Whether the program that made it hides it.
    pub hidden: bool,
}

/// An open workbook.
pub struct Book {
    kind: Kind,
    /// Its sheets with cells, in its order.
    pub sheets: Vec<Sheet>,
    /// Whether its days count from 1904.
    pub late: bool,
}

enum Kind {
    Xlsx(Box<Xlsx<Source>>),
    Xls(Box<Xls<Source>>),
    Ods(Box<Ods<Source>>),
}

impl Book {
    /// Opens a workbook.
    ///
    /// # Errors
    /// Where it is locked or damaged.
    pub fn open(file: Box<dyn File>, format: Format) -> Result<Self, Unreadable> {
        let source = BufReader::with_capacity(1 << 16, file);
        let (kind, metadata, late) = match format {
            Format::Xlsx => {
                let book: Xlsx<_> = Xlsx::new(source).map_err(|error| xlsx(&error))?;
                let (metadata, late) = (book.sheets_metadata().to_owned(), book.has_1904_epoch());
                (Kind::Xlsx(Box::new(book)), metadata, late)
            }
            Format::Xls => {
                let book: Xls<_> = Xls::new(source).map_err(|error| xls(&error))?;
                let (metadata, late) = (book.sheets_metadata().to_owned(), book.has_1904_epoch());
                (Kind::Xls(Box::new(book)), metadata, late)
            }
            Format::Ods => {
                let book: Ods<_> = Ods::new(source).map_err(|error| ods(&error))?;
                let metadata = book.sheets_metadata().to_owned();
                (Kind::Ods(Box::new(book)), metadata, false)
            }
            Format::Csv => return Err(Unreadable::Other),
        };
        let sheets = metadata
            .into_iter()
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| Sheet { hidden: sheet.visible != SheetVisible::Visible, name: sheet.name })
            .collect();
        Ok(Self { kind, sheets, late })
    }

    /// Shows every row of a sheet that has cells.
    ///
    /// # Errors
    /// Where the sheet is damaged.
    pub fn read(&mut self, sheet: &str, visit: &mut Visit<'_>) -> Result<(), Unreadable> {
        match &mut self.kind {
            Kind::Xlsx(book) => stream(book, self.late, sheet, visit).map_err(|error| xlsx(&error)),
            Kind::Xls(book) => {
                let range = book.worksheet_range(sheet).map_err(|error| xls(&error))?;
                let formulas = book.worksheet_formula(sheet).map_err(|error| xls(&error))?;
                whole(&range, &formulas, self.late, visit);
                Ok(())
            }
            Kind::Ods(book) => {
                let range = book.worksheet_range(sheet).map_err(|error| ods(&error))?;
                let formulas = book.worksheet_formula(sheet).map_err(|error| ods(&error))?;
                whole(&range, &formulas, self.late, visit);
                Ok(())
            }
        }
    }
}

/// A row of a sheet that is read as a stream.
struct Streamed<'s> {
    cells: Vec<Option<DataRef<'s>>>,
    late: bool,
}

impl Cells for Streamed<'_> {
    fn width(&self) -> usize {
        self.cells.len()
    }

    fn at(&self, column: usize) -> Value<'_> {
        match self.cells.get(column) {
            None => Value::Empty,
            Some(None) => Value::Unkept,
            Some(Some(value)) => match value {
                DataRef::Empty => Value::Empty,
                DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                    of_text(text)
                }
                DataRef::SharedString(text) => of_text(text),
                DataRef::Int(number) => of_int(*number),
                DataRef::Float(number) => Value::Number(*number),
                DataRef::DateTime(time) => of_time(time, self.late),
                DataRef::Bool(is) => Value::Bool(*is),
                DataRef::Error(_) => Value::Error,
            },
        }
    }
}

/// Columns beyond these hold nothing that a register has; Excel itself ends at 16,384.
const WIDEST: usize = 16_384;

fn stream(book: &mut Xlsx<Source>, late: bool, sheet: &str, visit: &mut Visit<'_>) -> Result<(), XlsxError> {
    let mut reader = book.worksheet_cells_reader(sheet)?;
    let (mut row, mut number) = (Streamed { cells: Vec::new(), late }, 0);
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        let column = cell.pos.1 as usize;
        if cell.pos.0 != number {
            if !row.cells.is_empty() && visit(number + 1, &row).is_break() {
                return Ok(());
            }
            row.cells.clear();
            number = cell.pos.0;
        }
        let unkept = cell.formula.is_some() && cell.value == DataRef::Empty;
        if cell.value == DataRef::Empty && !unkept || column >= WIDEST {
            continue;
        }
        if row.cells.len() <= column {
            row.cells.resize_with(column + 1, || Some(DataRef::Empty));
        }
        row.cells[column] = (!unkept).then_some(cell.value);
    }
    if !row.cells.is_empty() {
        let _ = visit(number + 1, &row);
    }
    Ok(())
}

/// A row of a sheet that was read whole.
struct Whole<'s> {
    /// Empty columns before the first.
    before: usize,
    cells: &'s [Data],
    unkept: &'s [bool],
    late: bool,
}

impl Cells for Whole<'_> {
    fn width(&self) -> usize {
        self.before + self.cells.len()
    }

    fn at(&self, column: usize) -> Value<'_> {
        let Some(at) = column.checked_sub(self.before) else { return Value::Empty };
        match self.cells.get(at) {
            None | Some(Data::Empty) if self.unkept.get(column).is_some_and(|unkept| *unkept) => {
                Value::Unkept
            }
            None | Some(Data::Empty) => Value::Empty,
            Some(Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text)) => of_text(text),
            Some(Data::Int(number)) => of_int(*number),
            Some(Data::Float(number)) => Value::Number(*number),
            Some(Data::DateTime(time)) => of_time(time, self.late),
            Some(Data::Bool(is)) => Value::Bool(*is),
            Some(Data::Error(_)) => Value::Error,
        }
    }
}

fn whole(
    range: &calamine::Range<Data>,
    formulas: &calamine::Range<String>,
    late: bool,
    visit: &mut Visit<'_>,
) {
    let Some((first, before)) = range.start() else { return };
    let mut unkept = Vec::new();
    for (number, cells) in (first..).zip(range.rows()) {
        unkept.clear();
        if !formulas.is_empty() {
            let formula =
                |column: u32| formulas.get_value((number, column)).is_some_and(|formula| !formula.is_empty());
            let width = u32::try_from(cells.len()).unwrap_or(0) + before;
            unkept.extend((0..width).map(formula));
        }
        if visit(number + 1, &Whole { before: before as usize, cells, unkept: &unkept, late }).is_break() {
            return;
        }
    }
}

fn of_text(text: &str) -> Value<'_> {
    if text.is_empty() { Value::Empty } else { Value::Text(text) }
}

#[expect(clippy::cast_precision_loss, reason = "a cell's number is a float in every format")]
fn of_int(number: i64) -> Value<'static> {
    Value::Number(number as f64)
}

/// A time of day alone is a number. The day number of a workbook that counts from 1904 is moved.
fn of_time(time: &ExcelDateTime, late: bool) -> Value<'static> {
    let days = time.as_f64();
    if time.is_duration() || days < 1.0 {
        return Value::Number(days);
    }
    Value::Date(if late { days + f64::from(super::date::LATER) } else { days })
}

fn xlsx(error: &XlsxError) -> Unreadable {
    match error {
        XlsxError::Password => Unreadable::Locked,
        XlsxError::Io(error) => Unreadable::Disk(reason(error)),
        _ => Unreadable::Damaged,
    }
}

fn xls(error: &XlsError) -> Unreadable {
    match error {
        XlsError::Password => Unreadable::Locked,
        XlsError::Io(error) => Unreadable::Disk(reason(error)),
        _ => Unreadable::Damaged,
    }
}

fn ods(error: &OdsError) -> Unreadable {
    match error {
        OdsError::Password => Unreadable::Locked,
        OdsError::Io(error) => Unreadable::Disk(reason(error)),
        _ => Unreadable::Damaged,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_workbook_of_today_with_a_password_is_locked_and_not_damaged() {
        let old = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Where the parts of the file that are looked at meet, the name may be cut.
        for before in [100, (1 << 18) - 20, 1 << 20] {
            let bytes = [old.clone(), vec![0; before], name.clone(), vec![0; 100]].concat();
            assert_eq!(format(&mut std::io::Cursor::new(bytes)), Err(Unreadable::Locked), "{before}");
        }
        let plain = [old, vec![0; 1 << 20]].concat();
        assert_eq!(format(&mut std::io::Cursor::new(plain)), Ok(Format::Xls));
    }
}
