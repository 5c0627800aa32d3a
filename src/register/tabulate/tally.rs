//! The count itself: one row after another, of which nothing is kept but counts.
//!
//! Refuses: a cell that cannot be read for sure; the row is not counted then, and there is no result.
//! Invariant: memory grows with the combinations of categories, not with the rows.

mod cells;
mod cursor;
mod finish;
mod signs;

use super::columns::{self, Kind, Plan};
use super::counted;
use super::result::{Cell, Counted, Seen, Total};
use super::{Hidden, Problems, Request};
use crate::diag::Message;
use crate::register::header::{self, Header, NoCase};
use crate::register::{Cells, Kept, Value, address, keep};
use cells::Codes;
use cursor::{Cursor, Read};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// How many rows are kept to find the header and to look at what columns hold.
const KEPT: usize = header::LOOKED_AT + 40;

/// A count in progress.
pub struct Tally<'q> {
    request: &'q Request,
    sheet: String,
    late: bool,
    kept: Vec<(u32, Vec<Kept>)>,
    body: Option<Body>,
    problems: Problems,
}

/// The count once the columns are known.
struct Body {
    header: Header,
    plan: Plan,
    codes: Vec<Codes>,
    /// How many of the largest shares each sum keeps.
    largest: Vec<usize>,
    cells: HashMap<u64, Cell>,
    /// Empty cells by column: how many, and the first of them.
    blanks: HashMap<usize, (u64, Vec<u32>)>,
    dates: cursor::Dates,
    seen: Seen,
}

impl<'q> Tally<'q> {
    /// Begins.
    pub fn new(request: &'q Request, sheet: &str, late: bool) -> Self {
        Self {
            request,
            sheet: sheet.to_owned(),
            late,
            kept: Vec::new(),
            body: None,
            problems: Problems::default(),
        }
    }

    /// Looks at a row.
    pub fn row(&mut self, number: u32, cells: &dyn Cells) -> ControlFlow<()> {
        if let Some(body) = &mut self.body {
            let mut cursor = Cursor {
                request: self.request,
                sheet: &self.sheet,
                late: self.late,
                problems: &mut self.problems,
            };
            body.row(number, cells, &mut cursor);
            return ControlFlow::Continue(());
        }
        if (0..cells.width()).any(|column| !header::is_empty(cells.at(column))) {
            self.kept.push((number, keep(cells)));
        }
        if self.kept.len() >= KEPT && !self.begin() {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }

    /// Finds the header and the columns, and counts the rows that were kept so far.
    fn begin(&mut self) -> bool {
        let kept = std::mem::take(&mut self.kept);
        let looked_at = &kept[..kept.len().min(header::LOOKED_AT)];
        let Some(header) = header::find(looked_at) else {
            let message = if kept.is_empty() { "register-empty" } else { "register-no-header" };
            self.problems.add_with(
                Message::new(message).with("sheet", &self.sheet),
                Some(Message::new("register-no-header-hint")),
            );
            return false;
        };
        let below = header.first + header.rows;
        let cases: Vec<_> = kept[below..]
            .iter()
            .filter(|(_, row)| header::no_case(row, &header.names).is_none())
            .cloned()
            .collect();
        let Some(plan) = columns::plan(self.request, &header, &cases, self.late, &mut self.problems) else {
            return false;
        };
        let rows = (kept[header.first].0, kept[below - 1].0);
        let mut body = Body::new(header, plan, self.request);
        body.seen.header = rows;
        let mut cursor = Cursor {
            request: self.request,
            sheet: &self.sheet,
            late: self.late,
            problems: &mut self.problems,
        };
        for (number, row) in &kept[below..] {
            body.row(*number, row, &mut cursor);
        }
        self.body = Some(body);
        true
    }

    /// The result.
    ///
    /// # Errors
    /// All that stands in the way.
    pub fn finish(mut self) -> Result<Counted, Problems> {
        if self.body.is_none() && self.problems.count == 0 {
            self.begin();
        }
        let Some(body) = self.body.take() else { return Err(self.problems) };
        let mut cursor = Cursor {
            request: self.request,
            sheet: &self.sheet,
            late: self.late,
            problems: &mut self.problems,
        };
        match body.finish(&mut cursor) {
            Some(counted) if self.problems.count == 0 => Ok(counted),
            _ => Err(self.problems),
        }
    }
}

impl Body {
    fn new(header: Header, plan: Plan, request: &Request) -> Self {
        let codes = plan.dimensions.iter().map(|one| Codes::new(one, request)).collect();
        let counts = plan.counts.map(|column| (column, header.names[column].clone()));
        let seen = Seen { unread: plan.unread.clone(), counts, ..Seen::default() };
        let largest = plan.sums.iter().map(|sum| sum.contributors.1.len()).collect();
        Self {
            header,
            codes,
            largest,
            cells: HashMap::new(),
            blanks: HashMap::new(),
            dates: cursor::Dates::default(),
            seen,
            plan,
        }
    }

    fn row(&mut self, number: u32, cells: &dyn Cells, cursor: &mut Cursor<'_>) {
        if let Hidden::Skip(rows) = &cursor.request.hidden
            && rows.contains(&number)
        {
            self.seen.hidden += 1;
            self.seen.lines += 1;
            return;
        }
        let no_case = header::no_case(cells, &self.header.names);
        self.seen.lines += u64::from(no_case != Some(NoCase::Blank));
        match no_case {
            Some(NoCase::Blank) => return,
            Some(NoCase::Sum) => return self.seen.sums.push(number),
            Some(NoCase::Header) => return self.seen.headers.push(number),
            None => {}
        }
        if self.is_note(cells) {
            return self.seen.notes.push(number);
        }
        let before = cursor.problems.count;
        let mut blank = false;
        if let Some(column) = self.plan.dates {
            match self.dates.read(cells.at(column), cursor) {
                Read::Is(day) => {
                    if cursor.request.period.is_some_and(|period| !period.holds(day.day)) {
                        self.seen.outside += 1;
                        return;
                    }
                    if day.day > cursor.request.today {
                        cursor.future(number, column, day.day);
                    }
                    let days = self.seen.days.get_or_insert((day.day, day.day));
                    *days = (days.0.min(day.day), days.1.max(day.day));
                }
                // A dimension tells of its own empty cells.
                Read::Blank if self.plan.dimensions.iter().any(|one| one.column == column) => {}
                Read::Blank => {
                    blank = true;
                    self.blank(number, column);
                }
                Read::Slip(slip) => cursor.no_date(number, column, cells.at(column), slip),
            }
        }
        let mut key = 0;
        for at in 0..self.codes.len() {
            let dimension = &self.plan.dimensions[at];
            let value = self.codes[at].meant_for_empty(cells.at(dimension.column), dimension);
            let told = matches!(dimension.kind, Kind::Time(_)) && self.plan.dates == Some(dimension.column);
            match self.codes[at].code(number, dimension, value, &mut self.dates, cursor, told) {
                Some(code) => key = key << 16 | u64::from(code),
                None if header::is_empty(value) => {
                    blank = true;
                    self.blank(number, dimension.column);
                }
                None => blank = true,
            }
        }
        let mut cases = 1;
        if let Some(column) = self.plan.counts {
            match counted::number(cells.at(column)) {
                Some(number) => cases = number,
                None if header::is_empty(cells.at(column)) => {
                    blank = true;
                    self.blank(number, column);
                }
                None => cursor.no_count(number, column, cells.at(column)),
            }
        }
        let mut amounts = Vec::with_capacity(self.plan.sums.len());
        for at in 0..self.plan.sums.len() {
            let sum = &self.plan.sums[at];
            match cursor.amount(number, sum.column, cells.at(sum.column), sum.unit) {
                Read::Is(amount) => amounts.push(amount),
                Read::Blank if cursor.request.blank => {
                    self.seen.blanks += 1;
                    amounts.push(0);
                }
                Read::Blank => {
                    blank = true;
                    self.blank(number, sum.column);
                }
                Read::Slip(()) => {}
            }
        }
        if self.seen.rows.0 == 0 {
            self.seen.rows.0 = number;
        }
        self.seen.rows.1 = number;
        self.seen.cases += 1;
        if blank || cursor.problems.count > before {
            return;
        }
        let cell = self
            .cells
            .entry(key)
            .or_insert_with(|| Cell { count: 0, sums: vec![Total::default(); amounts.len()] });
        cell.count += cases;
        for ((sum, amount), largest) in cell.sums.iter_mut().zip(amounts).zip(&self.largest) {
            sum.add(amount, *largest);
        }
    }

    fn blank(&mut self, number: u32, column: usize) {
        let (count, first) = self.blanks.entry(column).or_default();
        *count += 1;
        if first.len() < 3 {
            first.push(number);
        }
    }

    /// A remark below the table, or a numbered form without a case, told by what is filled: one or two cells of many with nothing in the
    /// columns that count, or a text that speaks as a remark does, wherever it stands. A short table's row with an empty date is a case.
    fn is_note(&self, cells: &dyn Cells) -> bool {
        let filled: Vec<usize> =
            (0..cells.width()).filter(|column| !header::is_empty(cells.at(*column))).take(3).collect();
        if filled.len() > 2 {
            return false;
        }
        let says = |column: &usize| matches!(cells.at(*column), Value::Text(text) if signs::is_remark(text));
        let used = self.plan.dimensions.iter().map(|one| one.column);
        let used: Vec<usize> =
            used.chain(self.plan.sums.iter().map(|sum| sum.column)).chain(self.plan.dates).collect();
        let columns = self.header.names.iter().filter(|name| !name.is_empty()).count();
        let counts = |column: &usize| !says(column) && used.contains(column);
        let none_counts = !filled.iter().any(counts);
        none_counts && (filled.iter().any(says) || filled.len() * 3 <= columns)
    }

    /// Names the cells that are empty, column by column.
    fn tell_blanks(&self, cursor: &mut Cursor<'_>) {
        let mut columns: Vec<_> = self.blanks.keys().copied().collect();
        columns.sort_unstable();
        for column in columns {
            let (count, first) = &self.blanks[&column];
            let cells: Vec<String> = first.iter().map(|row| address(*row, column)).collect();
            let message = Message::new("register-blank")
                .with("sheet", cursor.sheet)
                .with("column", columns::place(column, &self.header.names[column]))
                .with("count", count)
                .with("cells", cells.join("、"));
            cursor.problems.add_with(message, Some(Message::new("register-blank-hint")));
        }
    }
}
