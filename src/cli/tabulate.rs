//! `yuanba tabulate`: a register, from outside the site, becomes a table of counts in `content/data/`.
//!
//! Refuses: a register inside the site's folder; writing anything while one cell of it cannot be read.
//! Invariant: the register is opened for reading alone, and nothing of a row is printed but the cell that an error names.
#![expect(
    clippy::disallowed_methods,
    reason = "cli/ reads the register and writes the table (DESIGN §3, rule 9)"
)]

mod told;

use super::terminal::Terminal;
use super::{Common, Ending, locate};
use crate::build;
use crate::diag::{Message, Sink};
use crate::model::collect::Options;
use crate::source::Memo;
use crate::register::book::{self, Book, Format, Unreadable};
use crate::register::hidden::{self, Hidden as Concealed};
use crate::register::{csv_file, letters};
use crate::register::tabulate::definition::Definition;
use crate::register::tabulate::time::Period;
use crate::register::tabulate::{By, Counted, Hidden, Problems, Request, Tabulation, write};
use crate::world::replace::replace;
use crate::world::{DiskWorld, World};
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// Options of `tabulate`.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct Args {
    /// 登记表（xlsx、xls、ods、csv），放在网站文件夹外面 / the register, outside the site's folder
    register: PathBuf,
    /// 按哪几列分，如 village,type,month；也可写列名，如 所属村,纠纷类型,登记日期:month / columns to count by
    #[arg(long, value_name = "COLUMNS", default_value = "", hide_default_value = true)]
    by: String,
    /// 把哪一列的金额加起来 / column of money to add up
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    sum: Vec<String>,
    /// 数据的名称：写进 content/data/NAME.csv / name of the dataset
    #[arg(long, value_name = "NAME")]
    into: String,
    /// 哪个工作表（默认第一个没有隐藏的） / which sheet
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// 只数这段时间，如 2026 或 2026-01..2026-10 / cases of this time alone
    #[arg(long, value_name = "TIME")]
    period: Option<String>,
    /// 没写年份的日期算哪一年 / year of dates without one
    #[arg(long, value_name = "YEAR")]
    year: Option<i16>,
    /// 空着的格子：类别记作“未填”，金额记作0 / count empty cells as 未填, or as no money
    #[arg(long)]
    blank: bool,
    /// 隐藏的行：count 一起数，skip 不数 / hidden rows
    #[arg(long, value_enum, value_name = "WHAT")]
    hidden_rows: Option<HiddenRows>,
}

/// What to do with hidden rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum HiddenRows {
    /// 一起数 / count them
    Count,
    /// 不数 / leave them out
    Skip,
}

/// Why there is no result: the terminal has been told.
struct Told(Ending);

/// Runs it.
pub fn run(common: &Common, args: &Args) -> Ending {
    let terminal = Terminal::new(common);
    match attempt(common, terminal, args) {
        Ok(()) => Ending::Done,
        Err(Told(ending)) => ending,
    }
}

fn attempt(common: &Common, terminal: Terminal, args: &Args) -> Result<(), Told> {
    let world = locate::open(common, &terminal).map_err(Told)?;
    let prepared = build::prepare(
        &world,
        &Memo::off(),
        &Options::default(),
        &build::store::Store::existing(world.root()),
        &mut Sink::new(),
    );
    let terminal = terminal.in_language_of(common, &prepared.model.config.language);
    let refuse = |message: Message, hint: Option<Message>| {
        terminal.complain(&message);
        hint.iter().for_each(|hint| terminal.complain(hint));
        Told(Ending::Usage)
    };
    outside(&world, &args.register).map_err(|(message, hint)| refuse(message, hint))?;
    if !is_name(&args.into) {
        return Err(refuse(Message::new("register-bad-name").with("name", &args.into), None));
    }
    let by =
        By::list(&args.by).map_err(|message| refuse(message, Some(Message::new("register-bad-by-hint"))))?;
    let period = args.period.as_deref().map(|text| Period::parse(text).ok_or(text)).transpose();
    let period = period.map_err(|text| {
        refuse(
            Message::new("register-bad-period").with("text", text),
            Some(Message::new("register-bad-period-hint")),
        )
    })?;
    let folder = world.root().join("content").join("data");
    let config = &prepared.model.config;
    let request = Request {
        by,
        sum: args.sum.clone(),
        period,
        year: args.year,
        blank: args.blank,
        hidden: Hidden::Count,
        today: world.now().to_zoned(config.zone.clone()).date(),
        areas: config.areas.iter().map(|area| (area.code.clone(), area.name.clone())).collect(),
        defined: defined(&terminal, &folder.join(format!("{}.yaml", args.into)))?,
    };
    let (counted, sheet) = count(&terminal, args, request.clone())?;
    told::understood(&terminal, &counted, &sheet);
    save(&terminal, &folder, &args.into, &counted, request.defined.as_ref())
}

/// A register inside the site's folder would be published, or copied with it.
fn outside(world: &DiskWorld, register: &Path) -> Result<(), (Message, Option<Message>)> {
    let unreadable = |error: io::Error| {
        let path = register.display();
        (Message::new("register-cannot-open").with("path", path).with("reason", error), None)
    };
    let root = world.root().canonicalize().map_err(unreadable)?;
    let file = register.canonicalize().map_err(unreadable)?;
    if file.is_dir() {
        return Err((Message::new("register-is-folder").with("path", register.display()), None));
    }
    if file.starts_with(&root) {
        let message = Message::new("register-inside").with("path", register.display());
        return Err((message, Some(Message::new("register-inside-hint"))));
    }
    Ok(())
}

/// Letters, also Chinese ones, digits, `-` and `_`.
fn is_name(name: &str) -> bool {
    name.chars().next().is_some_and(char::is_alphanumeric)
        && name.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'))
}

/// What the dataset's file says, where there is one.
fn defined(terminal: &Terminal, path: &Path) -> Result<Option<Definition>, Told> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(disk(terminal, path, &error)),
    };
    let decoded = crate::world::decode::decode(&bytes).ok();
    match decoded.and_then(|decoded| Definition::read(&decoded.text)) {
        Some(defined) => Ok(Some(defined)),
        None => {
            terminal.complain(&Message::new("register-bad-definition").with("path", path.display()));
            Err(Told(Ending::Refused))
        }
    }
}

fn disk(terminal: &Terminal, path: &Path, error: &io::Error) -> Told {
    terminal.complain(&Message::new("cli-cannot-write").with("path", path.display()).with("reason", error));
    Told(Ending::Failed)
}

/// Reads the register once, and looks for what it hides at the same time.
fn count(terminal: &Terminal, args: &Args, mut request: Request) -> Result<(Counted, String), Told> {
    let open =
        || File::open(&args.register).map(Box::new).map_err(|error| Unreadable::Disk(error.to_string()));
    let unreadable = |error: Unreadable| {
        let ending = if matches!(error, Unreadable::Disk(_)) { Ending::Failed } else { Ending::Refused };
        told::unreadable(terminal, &args.register, &error);
        Told(ending)
    };
    let format = open().and_then(|mut file| book::format(&mut *file)).map_err(unreadable)?;
    if format == Format::Csv {
        let sheet =
            args.register.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut tabulation = Tabulation::new(&request, &sheet, false);
        open()
            .and_then(|file| csv_file::read(file, &mut |number, cells| tabulation.row(number, cells)))
            .map_err(unreadable)?;
        return tabulation
            .finish()
            .map(|counted| (counted, sheet))
            .map_err(|problems| refused(terminal, &problems));
    }
    let mut book = open().and_then(|file| Book::open(file, format)).map_err(unreadable)?;
    let sheet = choose(terminal, args, &book)?;
    let looked =
        |file: Result<Box<File>, Unreadable>| file.ok().and_then(|file| hidden::look(file, format, &sheet));
    let skip = args.hidden_rows == Some(HiddenRows::Skip);
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
        mention(terminal, args, concealed)?;
    } else {
        terminal.complain(&Message::new("register-hidden-unknown"));
    }
    let counted = finished.map_err(|problems| refused(terminal, &problems))?;
    for one in &counted.dimensions {
        if concealed.as_ref().is_some_and(|concealed| concealed.columns.contains(&one.column)) {
            terminal.complain(
                &Message::new("register-hidden-used")
                    .with("column", letters(one.column))
                    .with("name", &one.header),
            );
        }
    }
    Ok((counted, sheet))
}

/// The sheet that was asked for, or the first that is not hidden.
fn choose(terminal: &Terminal, args: &Args, book: &Book) -> Result<String, Told> {
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
        terminal.complain(&Message::new("register-hidden-sheets").with("sheets", &concealed));
    }
    let chosen = match &args.sheet {
        Some(name) => book.sheets.iter().find(|sheet| sheet.name.trim() == name.trim()),
        None => book.sheets.iter().find(|sheet| !sheet.hidden),
    };
    let Some(chosen) = chosen else {
        let id = if args.sheet.is_some() { "register-no-sheet" } else { "register-no-shown-sheet" };
        let message = Message::new(id).with("name", args.sheet.as_deref().unwrap_or_default());
        terminal.complain(&message.with("sheets", shown));
        return Err(Told(Ending::Usage));
    };
    let others: Vec<&str> = book
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden && sheet.name != chosen.name)
        .map(|sheet| sheet.name.as_str())
        .collect();
    if args.sheet.is_none() && !others.is_empty() {
        terminal.complain(
            &Message::new("register-other-sheets")
                .with("name", &chosen.name)
                .with("sheets", others.join("、")),
        );
    }
    Ok(chosen.name.clone())
}

/// Tells what the sheet hides. Hidden rows are a question that only staff can answer.
fn mention(terminal: &Terminal, args: &Args, concealed: &Concealed) -> Result<(), Told> {
    if concealed.comments > 0 {
        terminal.complain(&Message::new("register-comments").with("count", concealed.comments));
    }
    if !concealed.columns.is_empty() {
        let columns: Vec<String> = concealed.columns.iter().take(10).map(|column| letters(*column)).collect();
        terminal.complain(
            &Message::new("register-hidden-columns")
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
    terminal.complain(&message);
    if args.hidden_rows.is_none() {
        terminal.complain(&Message::new("register-hidden-rows-hint"));
        return Err(Told(Ending::Refused));
    }
    Ok(())
}

fn refused(terminal: &Terminal, problems: &Problems) -> Told {
    told::problems(terminal, problems);
    Told(Ending::Refused)
}

/// Puts the table in its place, whole or not at all, and a definition where there is none.
fn save(
    terminal: &Terminal,
    folder: &Path,
    name: &str,
    counted: &Counted,
    defined: Option<&Definition>,
) -> Result<(), Told> {
    let file = defined
        .and_then(|defined| defined.file.clone())
        .filter(|file| !file.contains(['/', '\\']))
        .unwrap_or_else(|| format!("{name}.csv"));
    let table = folder.join(file);
    let text = write::table(counted, defined);
    let shown =
        |path: &Path| format!("content/data/{}", path.file_name().unwrap_or_default().to_string_lossy());
    std::fs::create_dir_all(folder).map_err(|error| disk(terminal, folder, &error))?;
    let before = std::fs::read(&table).ok();
    if before.as_deref() == Some(text.as_bytes()) {
        terminal
            .say(&Message::new("register-same").with("path", shown(&table)).with("count", counted.total()));
    } else {
        replace(&table, text.as_bytes()).map_err(|error| disk(terminal, &table, &error))?;
        let old = before
            .as_ref()
            .and_then(|bytes| write::total_of(&String::from_utf8_lossy(bytes), write::cases_key(defined)));
        let message = match (&before, old) {
            (None, _) => Message::new("register-written"),
            (Some(_), None) => Message::new("register-replaced"),
            (Some(_), Some(old)) => Message::new("register-replaced-total").with("before", old),
        };
        terminal.say(&message.with("path", shown(&table)).with("count", counted.total()));
    }
    let definition = folder.join(format!("{name}.yaml"));
    if defined.is_none() {
        replace(&definition, write::definition(counted, name).as_bytes())
            .map_err(|error| disk(terminal, &definition, &error))?;
        terminal.say(&Message::new("register-definition").with("path", shown(&definition)));
    }
    Ok(())
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
