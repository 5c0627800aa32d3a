//! P106: a table in `content/` that looks like a register of persons or cases.
//!
//! A row about one person has no place in the site's folder: it is copied, synchronised and sent on as a whole. In
//! `content/data/` a column that tells who somebody is suffices; elsewhere the rows must be cases as well, for a list of village
//! committees has names and telephones too.
//! Refuses: to tell what is in a cell; a message names columns only.
//! Invariant: a form without a filled row is none.

use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use crate::model::Model;
use crate::model::public_file::{PublicFile, dataset_of};
use crate::register::book::{self, Book, Format};
use crate::register::identity::{Sort, by_header, by_value};
use crate::register::{Cells, File, Kept, Value, csv_file, header, keep};
use crate::world::{VPath, World};
use jiff::civil::Date;
use rayon::prelude::*;
use std::io::Cursor;
use std::ops::ControlFlow;

/// Endings of tables.
const TABLES: [&str; 8] = ["csv", "tsv", "xlsx", "xlsm", "xls", "et", "ods", "ett"];
/// How many rows are looked at: the header and some cases.
const ROWS: usize = header::LOOKED_AT + 20;
/// Words in the header of a column that says what happened, or when.
const CASES: [&str; 14] = [
    "日期", "时间", "案由", "案件", "警情", "纠纷", "类型", "类别", "事由", "结果", "走访", "登记", "处理",
    "诉求",
];
/// Columns of those who do the work.
const STAFF: [&str; 8] = ["民警", "承办", "经办", "调解员", "责任人", "负责人", "登记人", "联系人"];

/// Reports every such table, and takes back what was said of it as a file of figures.
pub fn check(world: &dyn World, model: &mut Model, sink: &mut Sink) {
    let today = model.now.date();
    let others = model.assets.others.keys();
    let paths: Vec<VPath> = model
        .assets
        .public
        .iter()
        .map(PublicFile::path)
        .chain(others)
        .filter(|path| is_table(path))
        .cloned()
        .collect();
    let found: Vec<(VPath, Vec<String>)> = paths
        .into_par_iter()
        .filter_map(|path| {
            let bytes = world.read(&path).ok()?;
            let columns = columns(bytes.to_vec(), dataset_of(&path).is_some(), today)?;
            Some((path, columns))
        })
        .collect();
    for (path, columns) in found {
        let id = model.sources_mut().intern(&path);
        let rest: Vec<_> = sink.take();
        let other = |one: &Diagnostic| one.primary.is_none_or(|span| span.file != id);
        rest.into_iter().filter(other).for_each(|finding| sink.report(finding));
        let message =
            Message::new("register-in-site").with("path", &path).with("columns", columns.join("、"));
        sink.report(
            Diagnostic::new(codes::REGISTER_IN_SITE, message)
                .at(Span::whole(id))
                .hint(Message::new("register-in-site-hint")),
        );
    }
}

fn is_table(path: &VPath) -> bool {
    path.is_inside("content")
        && !path.is_inside("content/data/releases")
        && path.extension().is_some_and(|ending| TABLES.contains(&ending.to_ascii_lowercase().as_str()))
}

/// The columns that tell who somebody is, where the table is a register.
fn columns(bytes: Vec<u8>, figures: bool, today: Date) -> Option<Vec<String>> {
    sheets(bytes).into_iter().find_map(|rows| {
        let header = header::find(&rows[..rows.len().min(header::LOOKED_AT)])?;
        let below = &rows[(header.first + header.rows).min(rows.len())..];
        let filled = |column: usize| below.iter().any(|(_, row)| !header::is_empty(row.at(column)));
        let mut sorts = Vec::new();
        let mut named = Vec::new();
        let mut cases = false;
        for (column, name) in header.names.iter().enumerate().filter(|(column, _)| filled(*column)) {
            cases |= CASES.iter().any(|word| name.contains(word));
            let number = || below.iter().find_map(|(_, row)| number(row.at(column), today));
            let sort =
                by_header(name).filter(|_| !STAFF.iter().any(|word| name.contains(word))).or_else(number);
            if let Some(sort) = sort.filter(|sort| !matches!(sort, Sort::Number | Sort::Story)) {
                sorts.push(sort);
                named.push(name.clone());
            }
        }
        let has = |sort: Sort| sorts.contains(&sort);
        let person = has(Sort::Name) || has(Sort::Paper);
        let more = sorts.iter().any(|sort| *sort != Sort::Name);
        let register =
            if figures { person || sorts.len() > 1 || has(Sort::Contact) } else { person && more && cases };
        register.then_some(named)
    })
}

/// A number that belongs to a person, in a cell.
fn number(value: Value<'_>, today: Date) -> Option<Sort> {
    match value {
        Value::Text(text) => by_value(text, today),
        Value::Number(number) if number.fract() == 0.0 && number.abs() < 1e17 => {
            by_value(&format!("{number:.0}"), today)
        }
        _ => None,
    }
}

type Rows = Vec<(u32, Vec<Kept>)>;

/// The first rows of each sheet; what cannot be read has none.
fn sheets(bytes: Vec<u8>) -> Vec<Rows> {
    let mut file: Box<dyn File> = Box::new(Cursor::new(bytes));
    let mut all = Vec::new();
    let mut rows = Rows::new();
    let mut visit = |number: u32, cells: &dyn Cells| {
        rows.push((number, keep(cells)));
        if rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    match book::format(&mut *file) {
        Ok(Format::Csv) => {
            // A table that goes wrong later has its first rows all the same.
            let _ = csv_file::read(file, &mut visit);
            all.push(rows);
        }
        Ok(format) => {
            let Ok(mut book) = Book::open(file, format) else { return all };
            for sheet in book.sheets.clone() {
                let mut rows = Rows::new();
                let _ = book.read(&sheet.name, &mut |number, cells| {
                    rows.push((number, keep(cells)));
                    if rows.len() < ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
                });
                all.push(rows);
            }
        }
        Err(_) => {}
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, figures: bool) -> Option<String> {
        columns(text.as_bytes().to_vec(), figures, Date::constant(2026, 11, 24)).map(|names| names.join("、"))
    }

    #[test]
    fn registers_are_told_from_other_tables() {
        let visits = "日期,姓名,住址,事由\n2026-11-01,甲某某,河湾村3组12号,走访\n";
        assert_eq!(found(visits, true).as_deref(), Some("姓名、住址"));
        assert_eq!(found(visits, false).as_deref(), Some("姓名、住址"));
        let names = "姓名,电话\n甲某某,13800138000\n";
        assert_eq!(found(names, true).as_deref(), Some("姓名、电话"));
        assert_eq!(found(names, false), None, "a list of persons, no cases");
        assert_eq!(found("序号,登记号码\n1,13800138000\n", true).as_deref(), Some("登记号码"));
        for harmless in [
            "village,month,cases\nlongtan,2026-01,31\n",
            "村,月份,件数\n龙潭村,2026-01,31\n",
            "日期,姓名,住址,事由\n",
            "日期,值班民警,值班电话\n2026-11-01,陈警官,0000-7110110\n",
            "诈骗类型,受害人年龄段,件数\n刷单,18-60,31\n",
            "",
        ] {
            assert_eq!(found(harmless, false), None, "{harmless}");
            if !harmless.contains("电话") {
                assert_eq!(found(harmless, true), None, "{harmless}");
            }
        }
    }
}
