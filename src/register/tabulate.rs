//! From a register to counts: which columns, what is in them, how many of each.
//!
//! Refuses: a column that tells who somebody is; a cell that it cannot read for sure; what is hidden, unless it was told what
//! to do with it. One cell that cannot be read, and there is no result.
//! Invariant: what leaves this module are categories, counts and sums; of a row nothing, but for the cell that an error names.

pub mod columns;
mod counted;
pub mod definition;
pub mod extend;
pub mod result;
mod search;
mod similar;
pub mod tally;
pub mod time;
pub mod write;

use super::Cells;
use crate::diag::Message;
use definition::Definition;
use jiff::civil::Date;
pub use result::Counted;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use tally::Tally;
use time::{Period, Unit};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Dimensions; empty to take those of the definition.
    pub by: Vec<By>,
    /// Columns to add up; empty to take those of the definition.
    pub sum: Vec<String>,
    /// Whether a row is a case, or says how many there were.
    pub count: Count,
    /// Cases of this time alone.
    pub period: Option<Period>,
    /// The year of days that are written without one.
    pub year: Option<i16>,
    /// Whether an empty cell counts as 未填, or as no money.
    pub blank: bool,
    /// Rows that the sheet hides, and what to do with them.
    pub hidden: Hidden,
    /// The day of today: later cases are slips.
    pub today: Date,
    /// Codes and names of the site's villages and communities.
    pub areas: Vec<(String, String)>,
    /// What the dataset's own file says, where there is one.
    pub defined: Option<Definition>,
}

/// What a row counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Count {
    /// A case; a column that looks like numbers of cases is asked about.
    #[default]
    Ask,
    /// A case, whatever columns there are.
    Rows,
    /// As many cases as this column says.
    Column(String),
}

impl Count {
    /// Reads what was asked for: a column, or that each row is a case.
    pub fn named(text: &str) -> Self {
        match text.trim() {
            "行" | "rows" | "每行" | "每行一件" => Self::Rows,
            column => Self::Column(column.to_owned()),
        }
    }
}

/// What to do with hidden rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Hidden {
    /// Count them like the others.
    #[default]
    Count,
    /// Leave these out.
    Skip(BTreeSet<u32>),
}

/// One dimension as it is asked for: `village`, `month=报案日期`, `登记日期:quarter`, `损失金额:1000/10000`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct By {
    /// Its key, where it was given.
    pub key: Option<String>,
    /// The column, or what it is called here.
    pub word: String,
    /// The part of a date that counts.
    pub unit: Option<Unit>,
    /// Where bands of a number begin.
    pub cuts: Vec<i64>,
}

impl By {
    /// Reads a list.
    ///
    /// # Errors
    /// What of it cannot be understood.
    pub fn list(text: &str) -> Result<Vec<Self>, Message> {
        text.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty()).map(Self::one).collect()
    }

    fn one(text: &str) -> Result<Self, Message> {
        let (key, rest) = match text.split_once(['=', '＝']) {
            Some((key, rest)) => (Some(key.trim().to_owned()), rest.trim()),
            None => (None, text),
        };
        let (word, tail) = match rest.rsplit_once([':', '：']) {
            Some((word, tail)) => (word.trim(), Some(tail.trim())),
            None => (rest, None),
        };
        let mut by = Self { key, word: word.to_owned(), unit: None, cuts: Vec::new() };
        match tail {
            None => by.unit = Unit::named(word).or_else(|| by.key.as_deref().and_then(Unit::named)),
            Some(tail) => match Unit::named(tail) {
                Some(unit) => by.unit = Some(unit),
                None => {
                    by.cuts = cuts(tail).ok_or_else(|| Message::new("register-bad-by").with("text", text))?;
                }
            },
        }
        Ok(by)
    }
}

/// `18/60`: ascending numbers.
fn cuts(text: &str) -> Option<Vec<i64>> {
    let numbers: Option<Vec<i64>> = text.split('/').map(|part| part.trim().parse().ok()).collect();
    numbers.filter(|numbers| {
        numbers.windows(2).all(|pair| pair[0] < pair[1]) && numbers.first().is_some_and(|first| *first > 0)
    })
}

/// Something that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What.
    pub message: Message,
    /// What to do.
    pub hint: Option<Message>,
}

/// How many problems are told one by one.
pub const TOLD: usize = 20;

/// All that stands in the way.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The first ones.
    pub told: Vec<Problem>,
    /// How many there are in all.
    pub count: u64,
}

impl Problems {
    fn add(&mut self, message: Message) {
        self.add_with(message, None);
    }

    fn add_with(&mut self, message: Message, hint: Option<Message>) {
        self.count += 1;
        if self.told.len() < TOLD {
            self.told.push(Problem { message, hint });
        }
    }
}

/// A register that is being counted: rows go in, and in the end a result comes out.
pub struct Tabulation<'q>(Tally<'q>);

impl<'q> Tabulation<'q> {
    /// Begins. `sheet` is what errors call the place, `late` tells that its days count from 1904.
    pub fn new(request: &'q Request, sheet: &str, late: bool) -> Self {
        Self(Tally::new(request, sheet, late))
    }

    /// Looks at a row.
    pub fn row(&mut self, number: u32, cells: &dyn Cells) -> ControlFlow<()> {
        self.0.row(number, cells)
    }

    /// The result.
    ///
    /// # Errors
    /// All that stands in the way.
    pub fn finish(self) -> Result<Counted, Problems> {
        self.0.finish()
    }
}

#[cfg(test)]
mod tests;
