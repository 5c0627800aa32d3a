//! Cells to codes.
//!
//! Refuses: a value that belongs to a person.
//! Invariant: a value that occurs often is looked at once.

use super::super::Request;
use super::super::columns::{Kind, PlannedDimension};
use super::super::time::Unit;
use super::cursor::{Cursor, Dates, Read};
use super::signs;
use crate::diag::Message;
use crate::register::amount::YUAN;
use crate::register::{Value, date, fold, identity};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// More different values than this, and a column is no category; the rest is not looked at.
const MOST_VALUES: usize = 2_000;

/// A value of a category.
pub struct Found {
    /// In half width, without blanks around; or the code that the dataset's file gives.
    pub text: String,
    /// Cases.
    pub count: u64,
    /// The first row with it.
    pub row: u32,
    /// Whether the dataset's file knows it.
    pub known: bool,
}

/// The codes of a dimension as they occur.
pub struct Codes {
    /// By what is written in the cell.
    written: HashMap<Box<str>, u16>,
    /// By what it means.
    meant: HashMap<String, u16>,
    /// What the dataset's file says of a text: its code.
    defined: HashMap<String, String>,
    /// Labels by code.
    labels: HashMap<String, String>,
    /// Whether other codes are refused.
    pub closed: bool,
    /// By day, for periods.
    days: HashMap<Date, u16>,
    /// In the order found.
    pub found: Vec<Found>,
    /// Cells that differ in width and blanks from what they mean.
    pub folded: HashMap<u16, u64>,
    /// Cells that were merged, as written.
    pub merged: BTreeMap<(String, String), u64>,
    /// Which of the values as written these are.
    changes: HashMap<Box<str>, Change>,
    /// Whether there were too many.
    pub overflow: bool,
}

/// How a value as written becomes a code.
#[derive(Clone)]
enum Change {
    Folded,
    Merged(String, String),
}

/// What an empty cell is counted as.
pub const UNFILLED: &str = "未填";

impl Codes {
    /// Begins.
    pub fn new(dimension: &PlannedDimension, request: &Request) -> Self {
        let mut defined = HashMap::new();
        for (code, label) in &dimension.defined.codes {
            defined.insert(fold(label).into_owned(), code.clone());
        }
        for (code, variants) in &dimension.defined.merge {
            let code = dimension
                .defined
                .codes
                .iter()
                .find(|(_, label)| label == code)
                .map_or(code, |(code, _)| code);
            defined.extend(variants.iter().map(|variant| (fold(variant).into_owned(), code.clone())));
        }
        for (code, label) in &dimension.defined.codes {
            defined.insert(fold(code).into_owned(), code.clone());
            if label == UNFILLED || code == UNFILLED {
                defined.insert(String::new(), code.clone());
            }
        }
        if request.blank {
            defined.entry(String::new()).or_insert_with(|| UNFILLED.to_owned());
        }
        let closed = !dimension.defined.codes.is_empty() && dimension.kind == Kind::Category;
        let labels = dimension
            .defined
            .codes
            .iter()
            .map(|(code, label)| (code.clone(), fold(label).into_owned()))
            .collect();
        Self {
            written: HashMap::new(),
            meant: HashMap::new(),
            defined,
            labels,
            closed,
            days: HashMap::new(),
            found: Vec::new(),
            folded: HashMap::new(),
            merged: BTreeMap::new(),
            changes: HashMap::new(),
            overflow: false,
        }
    }

    /// A cell of a category with nothing but a sign for nothing in it is empty, unless the dataset's file knows the sign.
    pub fn meant_for_empty<'v>(&self, value: Value<'v>, dimension: &PlannedDimension) -> Value<'v> {
        match value {
            Value::Text(text)
                if matches!(dimension.kind, Kind::Category)
                    && text.len() <= 12
                    && signs::is_nothing(text)
                    && !self.defined.contains_key(fold(text).as_ref()) =>
            {
                Value::Empty
            }
            value => value,
        }
    }

    /// The code of a cell; none where it is empty or cannot be read, which has been told. `told` says that a slip of this cell's
    /// date was told already.
    pub fn code(
        &mut self,
        row: u32,
        dimension: &PlannedDimension,
        value: Value<'_>,
        dates: &mut Dates,
        cursor: &mut Cursor<'_>,
        told: bool,
    ) -> Option<u16> {
        match &dimension.kind {
            Kind::Category => self.category(row, dimension.column, value, cursor),
            Kind::Time(unit) => match dates.read(value, cursor) {
                Read::Is(day) if !day.exact && *unit == Unit::Day => {
                    cursor.no_date(row, dimension.column, value, date::Slip::NoDate);
                    None
                }
                Read::Is(day) => {
                    let cuts = cursor.request.defined.as_ref().map_or(&[][..], |defined| &defined.cuts);
                    self.period(row, *unit, day.day, cuts)
                }
                Read::Blank => None,
                Read::Slip(_) if told => None,
                Read::Slip(slip) => {
                    cursor.no_date(row, dimension.column, value, slip);
                    None
                }
            },
            Kind::Bands(cuts, unit) => {
                let factor = unit.unwrap_or(YUAN);
                match cursor.amount(row, dimension.column, years(value), factor) {
                    Read::Is(number) => {
                        let band = cuts.partition_point(|cut| cut * YUAN <= number);
                        Some(self.count(row, &band_code(cuts, band), true))
                    }
                    Read::Blank | Read::Slip(()) => None,
                }
            }
        }
    }

    /// The code of a day's period: a million cases have a few hundred days.
    fn period(&mut self, row: u32, unit: Unit, day: Date, cuts: &[Date]) -> Option<u16> {
        if let Some(&known) = self.days.get(&day) {
            self.found[usize::from(known)].count += 1;
            return Some(known);
        }
        // A table of single days over a lifetime is no table.
        if self.found.len() >= MOST_VALUES {
            self.overflow = true;
            return None;
        }
        let code = self.count(row, &unit.code_since(day, cuts), true);
        self.days.insert(day, code);
        Some(code)
    }

    fn category(
        &mut self,
        row: u32,
        column: usize,
        value: Value<'_>,
        cursor: &mut Cursor<'_>,
    ) -> Option<u16> {
        let number;
        let text = match value {
            Value::Text(text) => text,
            Value::Empty => "",
            Value::Number(figure) => {
                number = figure.to_string();
                &number
            }
            Value::Bool(is) => {
                if is {
                    "是"
                } else {
                    "否"
                }
            }
            Value::Date(_) => {
                let message =
                    cursor.at("register-date-in-category", row, column).with("value", cursor.shown(value));
                cursor.problems.add(message);
                return None;
            }
            Value::Error | Value::Unkept => {
                cursor.no_value(row, column, value);
                return None;
            }
        };
        if let Some(&known) = self.written.get(text) {
            self.found[usize::from(known)].count += 1;
            if !self.changes.is_empty() {
                self.note_change(text, known);
            }
            return Some(known);
        }
        let folded = fold(text);
        let (meaning, known) = match self.defined.get(folded.as_ref()) {
            Some(code) => (code.clone(), true),
            None if folded.is_empty() => return None,
            None => (folded.clone().into_owned(), false),
        };
        if !known && let Some(sort) = identity::by_value(&folded, cursor.request.today) {
            let message = cursor
                .at("register-personal", row, column)
                .with("sort", sort.key())
                .with("value", cursor.masked(&folded));
            cursor.problems.add_with(message, Some(Message::new("register-identifies-hint")));
            return None;
        }
        if !known && let Some((id, hint)) = signs::no_category(&folded) {
            cursor.problems.add_with(cursor.at(id, row, column), Some(Message::new(hint)));
            return None;
        }
        if self.found.len() >= MOST_VALUES {
            self.overflow = true;
            return None;
        }
        let code = self.count(row, &meaning, known);
        if known && *folded != meaning && !self.is_label(&folded, &meaning) {
            self.changes.insert(text.into(), Change::Merged(folded.into_owned(), meaning));
        } else if folded != text {
            self.changes.insert(text.into(), Change::Folded);
        }
        self.written.insert(text.into(), code);
        self.note_change(text, code);
        Some(code)
    }

    /// A label in place of its code is no merging.
    fn is_label(&self, text: &str, code: &str) -> bool {
        self.labels.get(code).is_some_and(|label| label == text)
    }

    fn note_change(&mut self, text: &str, code: u16) {
        match self.changes.get(text).cloned() {
            None => {}
            Some(Change::Folded) => *self.folded.entry(code).or_default() += 1,
            Some(Change::Merged(from, to)) => *self.merged.entry((from, to)).or_default() += 1,
        }
    }

    fn count(&mut self, row: u32, meaning: &str, known: bool) -> u16 {
        let next = u16::try_from(self.found.len()).expect("limited to MOST_VALUES, periods and bands");
        let code = match self.meant.get(meaning) {
            Some(code) => *code,
            None => {
                self.meant.insert(meaning.to_owned(), next);
                self.found.push(Found { text: meaning.to_owned(), count: 0, row, known });
                next
            }
        };
        self.found[usize::from(code)].count += 1;
        code
    }
}

/// An age is a number, with or without 岁.
fn years(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Text(text) => Value::Text(text.trim().trim_end_matches(['岁', '周'])),
        value => value,
    }
}

/// The code of a band: `0-17`, `18-59`, `60+`.
pub fn band_code(cuts: &[i64], band: usize) -> String {
    let from = if band == 0 { 0 } else { cuts[band - 1] };
    match cuts.get(band) {
        Some(next) => format!("{from}-{}", next - 1),
        None => format!("{from}+"),
    }
}
