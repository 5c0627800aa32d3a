//! From a register outside the site to a table of counts in `content/data/`: what `yuanba tabulate` does.
//!
//! Refuses: a register inside the site's folder; writing anything while one cell of it cannot be read.
//! Invariant: the register is opened for reading alone, and nothing of a row is told but the cell that a problem names.
#![expect(
    clippy::disallowed_methods,
    reason = "desk/ reads the register and writes the table (DESIGN §3, rule 9)"
)]

use super::site::Site;
use crate::diag::{Message, reason};
use crate::model::config::Config;
use crate::model::dataset::FOLDER;
use crate::register::book::{self, Book, Format, Unreadable};
use crate::register::hidden::{self, Hidden as Concealed};
use crate::register::tabulate::definition::Definition;
use crate::register::tabulate::extend::{Extended, extended};
use crate::register::tabulate::time::Period;
use crate::register::tabulate::{By, Count, Counted, Hidden, Problems, Request, Tabulation, write};
use crate::register::{csv_file, letters};
use crate::source::{Sources, file_finding};
use crate::world::decode::decode;
use crate::world::path::fits_every_disk;
use crate::world::{DiskWorld, FileError, FileReason, OpenFolder, VPath, World, shown};
use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The most bytes of a table that is compared with a new one.
const TABLE_LIMIT: u64 = 64 << 20;

/// What is asked for, in the words of whoever asks.
#[derive(Clone, Copy, Debug)]
pub struct Order<'o> {
    /// The register's file.
    pub register: &'o Path,
    /// Columns to count by, as [`By::list`] reads them.
    pub by: &'o str,
    /// Columns of money to add up.
    pub sum: &'o [String],
    /// The column of numbers of cases, as [`Count::named`] reads it.
    pub count: Option<&'o str>,
    /// Name of the dataset.
    pub into: &'o str,
    /// Which sheet; the first that is shown where none is named.
    pub sheet: Option<&'o str>,
    /// Cases of this time alone, as [`Period::parse`] reads it.
    pub period: Option<&'o str>,
    /// The year of dates without one.
    pub year: Option<i16>,
    /// Whether empty cells count, as 未填 or as no money.
    pub blank: bool,
    /// What to do with rows that the sheet hides.
    pub hidden_rows: HiddenRows,
}

/// What to do with hidden rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenRows {
    /// Stop where there are some: only staff can know.
    Ask,
    /// Count them.
    Count,
    /// Leave them out.
    Skip,
}

/// A table that was written.
#[derive(Debug)]
pub struct Done {
    /// The counts, and what was understood on the way.
    pub counted: Counted,
    /// The sheet that was read; of CSV the name of the file.
    pub sheet: String,
    /// Which files were written.
    pub written: Vec<Message>,
}

/// Why nothing was written.
#[derive(Debug)]
pub enum Stopped {
    /// The order cannot be carried out as it is.
    Asked(Vec<Message>),
    /// The site or the register is not fit.
    Refused(Vec<Message>),
    /// The register cannot be read.
    Unreadable(Unreadable),
    /// Cells of it cannot.
    Problems(Problems),
    /// The disk refused.
    Disk(PathBuf, io::Error),
}

fn asked<const N: usize>(messages: [Message; N]) -> Stopped {
    Stopped::Asked(messages.into())
}

/// Counts a register into a dataset of the site. `notes` takes what staff should know whether or not it comes to a table.
///
/// # Errors
/// Where nothing was written.
pub fn tabulate(
    site: &Site,
    config: &Config,
    order: &Order,
    notes: &mut Vec<Message>,
) -> Result<Done, Stopped> {
    outside(&site.world, order.register)?;
    if !fits_every_disk(&format!("{}.csv", order.into)) {
        let path = format!("{FOLDER}/{}.csv", order.into);
        return Err(asked([
            Message::new("results-bad-name").with("path", path),
            Message::new("results-bad-name-hint"),
        ]));
    }
    if !is_name(order.into) {
        return Err(asked([Message::new("register-bad-name").with("name", order.into)]));
    }
    let by = By::list(order.by).map_err(|message| asked([message, Message::new("register-bad-by-hint")]))?;
    let period = order.period.map(|text| Period::parse(text).ok_or(text)).transpose();
    let period = period.map_err(|text| {
        asked([
            Message::new("register-bad-period").with("text", text),
            Message::new("register-bad-period-hint"),
        ])
    })?;
    let request = Request {
        by,
        sum: order.sum.to_owned(),
        count: order.count.map(Count::named).unwrap_or_default(),
        period,
        year: order.year,
        blank: order.blank,
        hidden: Hidden::Count,
        today: site.world.now().to_zoned(config.zone.clone()).date(),
        areas: config.areas.iter().map(|area| (area.code.clone(), area.name.clone())).collect(),
        defined: defined(&site.world, order.into)?,
    };
    let (counted, sheet) = count(order, request.clone(), notes)?;
    let written = save(&site.world, order.into, &counted, request.defined.as_ref())?;
    Ok(Done { counted, sheet, written })
}

/// A register inside the site's folder would be published, or copied with it.
fn outside(world: &DiskWorld, register: &Path) -> Result<(), Stopped> {
    let unreadable = |error: io::Error| {
        let path = shown(register);
        asked([Message::new("register-cannot-open").with("path", path).with("reason", error)])
    };
    let root = world.root().canonicalize().map_err(unreadable)?;
    let file = register.canonicalize().map_err(unreadable)?;
    if file.is_dir() {
        return Err(asked([Message::new("register-is-folder").with("path", shown(register))]));
    }
    if !file.is_file() {
        return Err(unreadable(io::ErrorKind::InvalidInput.into()));
    }
    if file.starts_with(&root) {
        let message = Message::new("register-inside").with("path", shown(register));
        return Err(asked([message, Message::new("register-inside-hint")]));
    }
    Ok(())
}

/// Letters, also Chinese ones, digits, `-` and `_`.
fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphanumeric)
        && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'))
}

/// What the dataset's file says, where there is one.
fn defined(world: &DiskWorld, name: &str) -> Result<Option<Definition>, Stopped> {
    let path = VPath::new(&format!("{FOLDER}/{name}.yaml")).expect("the name was looked at");
    let bytes = match world.read(&path) {
        Ok(bytes) => bytes,
        Err(FileError { reason: FileReason::NotFound, .. }) => return Ok(None),
        Err(error) => {
            let finding = file_finding(&error, &mut Sources::default());
            return Err(Stopped::Refused(std::iter::once(finding.message).chain(finding.hint).collect()));
        }
    };
    let decoded = decode(&bytes).ok();
    match decoded.and_then(|decoded| Definition::read(&decoded.text)) {
        Some(defined) => Ok(Some(defined)),
        None => {
            let message = Message::new("register-bad-definition").with("path", &path);
            Err(Stopped::Refused(vec![message]))
        }
    }
}

/// Reads the register once, and looks for what it hides at the same time.
fn count(
    order: &Order,
    mut request: Request,
    notes: &mut Vec<Message>,
) -> Result<(Counted, String), Stopped> {
    let open = || File::open(order.register).map(Box::new).map_err(|error| Unreadable::Disk(reason(&error)));
    let unreadable = Stopped::Unreadable;
    let format = open().and_then(|mut file| book::format(&mut *file)).map_err(unreadable)?;
    if format == Format::Csv {
        let sheet =
            order.register.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut tabulation = Tabulation::new(&request, &sheet, false);
        open()
            .and_then(|file| csv_file::read(file, &mut |number, cells| tabulation.row(number, cells)))
            .map_err(unreadable)?;
        return tabulation.finish().map(|counted| (counted, sheet)).map_err(Stopped::Problems);
    }
    let mut book = open().and_then(|file| Book::open(file, format)).map_err(unreadable)?;
    let sheet = choose(order, &book, notes)?;
    let looked =
        |file: Result<Box<File>, Unreadable>| file.ok().and_then(|file| hidden::look(file, format, &sheet));
    let skip = order.hidden_rows == HiddenRows::Skip;
    let early = skip.then(|| looked(open()));
    if let Some(concealed) = &early {
        request.hidden = Hidden::Skip(concealed.as_ref().map(|one| one.rows.clone()).unwrap_or_default());
    }
    let late = book.late;
    let mut tabulation = Tabulation::new(&request, &sheet, late);
    let (read, concealed) = std::thread::scope(|scope| {
        let looking = early.is_none().then(|| scope.spawn(|| looked(open())));
        let read = book.read(&sheet, &mut |number, cells| tabulation.row(number, cells));
        let found = looking.map(|looking| looking.join().ok().flatten());
        (read, early.or(found).flatten())
    });
    read.map_err(unreadable)?;
    let finished = tabulation.finish();
    if let Some(concealed) = &concealed {
        mention(order, concealed, notes)?;
    } else {
        notes.push(Message::new("register-hidden-unknown"));
    }
    let counted = finished.map_err(Stopped::Problems)?;
    for one in &counted.dimensions {
        if concealed.as_ref().is_some_and(|concealed| concealed.columns.contains(&one.column)) {
            notes.push(
                Message::new("register-hidden-used")
                    .with("column", letters(one.column))
                    .with("name", &one.header),
            );
        }
    }
    Ok((counted, sheet))
}

/// The sheet that was asked for, or the first that is not hidden.
fn choose(order: &Order, book: &Book, notes: &mut Vec<Message>) -> Result<String, Stopped> {
    let names = |hidden: bool| {
        book.sheets
            .iter()
            .filter(|sheet| sheet.hidden == hidden)
            .map(|sheet| sheet.name.as_str())
            .collect::<Vec<_>>()
            .join("、")
    };
    let (shown, concealed) = (names(false), names(true));
    if !concealed.is_empty() {
        notes.push(Message::new("register-hidden-sheets").with("sheets", &concealed));
    }
    let chosen = match order.sheet {
        Some(name) => book.sheets.iter().find(|sheet| sheet.name.trim() == name.trim()),
        None => book.sheets.iter().find(|sheet| !sheet.hidden),
    };
    let Some(chosen) = chosen else {
        let id = if order.sheet.is_some() { "register-no-sheet" } else { "register-no-shown-sheet" };
        let message = Message::new(id).with("name", order.sheet.unwrap_or_default());
        return Err(asked([message.with("sheets", shown)]));
    };
    let others: Vec<&str> = book
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden && sheet.name != chosen.name)
        .map(|sheet| sheet.name.as_str())
        .collect();
    if order.sheet.is_none() && !others.is_empty() {
        notes.push(
            Message::new("register-other-sheets")
                .with("name", &chosen.name)
                .with("sheets", others.join("、")),
        );
    }
    Ok(chosen.name.clone())
}

/// Tells what the sheet hides. Hidden rows are a question that only staff can answer.
fn mention(order: &Order, concealed: &Concealed, notes: &mut Vec<Message>) -> Result<(), Stopped> {
    if concealed.comments > 0 {
        notes.push(Message::new("register-comments").with("count", concealed.comments));
    }
    if !concealed.columns.is_empty() {
        let columns: Vec<String> = concealed.columns.iter().take(10).map(|column| letters(*column)).collect();
        notes.push(
            Message::new("register-hidden-columns")
                .with("count", concealed.columns.len())
                .with("columns", columns.join("、")),
        );
    }
    if concealed.rows.is_empty() {
        return Ok(());
    }
    let rows: Vec<String> = concealed.rows.iter().take(5).map(u32::to_string).collect();
    let message = Message::new("register-hidden-rows")
        .with("count", concealed.rows.len())
        .with("rows", rows.join("、"));
    notes.push(message);
    if order.hidden_rows == HiddenRows::Ask {
        return Err(Stopped::Refused(vec![Message::new("register-hidden-rows-hint")]));
    }
    Ok(())
}

/// Puts the table in its place, whole or not at all, and a definition where there is none. What is written, as messages.
fn save(
    world: &DiskWorld,
    name: &str,
    counted: &Counted,
    defined: Option<&Definition>,
) -> Result<Vec<Message>, Stopped> {
    let file = defined
        .and_then(|defined| defined.file.clone())
        .filter(|file| fits_every_disk(file) && !file.contains('\\'))
        .unwrap_or_else(|| format!("{name}.csv"));
    let text = write::table(counted, defined);
    let shown = |file: &str| format!("{FOLDER}/{file}");
    let disk = |file: &str| {
        let path = world.root().join(FOLDER).join(file);
        move |error| Stopped::Disk(path, error)
    };
    // Links are followed as far as they stay in the site.
    let folder = OpenFolder::open(world.root()).and_then(|root| root.within(FOLDER)).map_err(disk(""))?;
    let mut written = Vec::new();
    let before = folder.read(&file, TABLE_LIMIT).ok();
    if before.as_deref() == Some(text.as_bytes()) {
        let same = Message::new("register-same").with("path", shown(&file));
        written.push(same.with("count", counted.total()));
    } else {
        folder.replace(&file, text.as_bytes()).map_err(disk(&file))?;
        let old = before
            .as_ref()
            .and_then(|bytes| write::total_of(&String::from_utf8_lossy(bytes), write::cases_key(defined)));
        let message = match (&before, old) {
            (None, _) => Message::new("register-written"),
            (Some(_), None) => Message::new("register-replaced"),
            (Some(_), Some(old)) => Message::new("register-replaced-total").with("before", old),
        };
        written.push(message.with("path", shown(&file)).with("count", counted.total()));
    }
    let definition = format!("{name}.yaml");
    if let (Some(_), Some((from, to))) = (defined, counted.seen.days) {
        let days = Period { from, to };
        let bytes = folder.read(&definition, TABLE_LIMIT).map_err(disk(&definition))?;
        // In another encoding than the program writes, only staff can change it.
        let own = std::str::from_utf8(&bytes).ok();
        let decoded = || decode(&bytes).map(|decoded| decoded.text).unwrap_or_default();
        let new = extended(&own.map_or_else(decoded, Cow::Borrowed), days, counted.total());
        let path = shown(&definition);
        match new {
            Extended::Enough => {}
            Extended::To(text, from, to) if own.is_some() => {
                folder.replace(&definition, text.as_bytes()).map_err(disk(&definition))?;
                let message = Message::new("register-period-extended").with("path", path);
                written.push(message.with("from", from).with("to", to));
            }
            Extended::To(_, _, month) | Extended::ByHand(month) => {
                written.push(Message::new("register-period-by-hand").with("path", path).with("month", month));
            }
        }
    }
    if defined.is_none() {
        let text = write::definition(counted, name);
        folder.replace(&definition, text.as_bytes()).map_err(disk(&definition))?;
        written.push(Message::new("register-definition").with("path", shown(&definition)));
    }
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn a_name_cannot_lead_elsewhere() {
        assert!(is_name("mediation-2026") && is_name("纠纷_2026"));
        for name in ["", "../a", "a/b", "a\\b", ".a", "-a", "a.b", "C:a"] {
            assert!(!is_name(name), "{name}");
        }
    }
}
