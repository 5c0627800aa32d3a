//! Reading a cell, and telling of one that cannot be read.
//!
//! Refuses: naming a value that identifies; it is masked.
//! Invariant: a day that was typed often is read once.

use super::super::{Problems, Request};
use crate::diag::Message;
use crate::privacy;
use crate::register::amount::{self, Amount};
use crate::register::{Value, address, date, fold, header};
use jiff::civil::Date;
use std::collections::HashMap;

/// Days that are typed with their minute hardly repeat: beyond this many they are read each time.
const MOST_DAYS: usize = 20_000;

/// What a cell is.
pub enum Read<T, S = ()> {
    /// This.
    Is(T),
    /// Empty.
    Blank,
    /// Nothing that can be read.
    Slip(S),
}

/// Where problems go, and what they call the place.
pub struct Cursor<'c> {
    pub request: &'c Request,
    pub sheet: &'c str,
    pub late: bool,
    pub problems: &'c mut Problems,
}

impl Cursor<'_> {
    pub fn at(&self, id: &'static str, row: u32, column: usize) -> Message {
        Message::new(id).with("sheet", self.sheet).with("cell", address(row, column))
    }

    /// A day that has not come.
    pub fn future(&mut self, row: u32, column: usize, day: Date) {
        let message =
            self.at("register-future", row, column).with("day", day).with("today", self.request.today);
        self.problems.add(message);
    }

    /// A cell that is no date.
    pub fn no_date(&mut self, row: u32, column: usize, value: Value<'_>, slip: date::Slip) {
        if self.no_value(row, column, value) {
            return;
        }
        let (id, hint) = match slip {
            date::Slip::NoYear => ("register-date-no-year", "register-date-no-year-hint"),
            date::Slip::ShortYear => ("register-date-short-year", "register-date-hint"),
            date::Slip::Impossible => ("register-date-impossible", "register-date-hint"),
            date::Slip::Vague => ("register-date-vague", "register-date-hint"),
            date::Slip::NoDate => ("register-no-day", "register-date-hint"),
        };
        let message = self.at(id, row, column).with("value", self.shown(value));
        self.problems.add_with(message, Some(Message::new(hint)));
    }

    /// Tells of a cell whose value cannot be known: an error, or a formula that was never computed.
    pub fn no_value(&mut self, row: u32, column: usize, value: Value<'_>) -> bool {
        let id = match value {
            Value::Error => "register-cell-error",
            Value::Unkept => "register-unkept",
            _ => return false,
        };
        let hint = (id == "register-unkept").then(|| Message::new("register-unkept-hint"));
        let message = self.at(id, row, column);
        self.problems.add_with(message, hint);
        true
    }

    /// A cell that is no number of cases.
    pub fn no_count(&mut self, row: u32, column: usize, value: Value<'_>) {
        if !self.no_value(row, column, value) {
            let message = self.at("register-no-count", row, column).with("value", self.shown(value));
            self.problems.add_with(message, Some(Message::new("register-no-count-hint")));
        }
    }

    /// A sum.
    pub fn amount(&mut self, row: u32, column: usize, value: Value<'_>, unit: Amount) -> Read<Amount> {
        if header::is_empty(value) {
            return Read::Blank;
        }
        match amount::read(value, unit) {
            Ok(amount) => Read::Is(amount),
            Err(_) if self.no_value(row, column, value) => Read::Slip(()),
            Err(slip) => {
                let id = match slip {
                    amount::Slip::Vague => "register-amount-vague",
                    amount::Slip::Negative => "register-amount-negative",
                    amount::Slip::Commas => "register-amount-commas",
                    amount::Slip::TooLarge => "register-amount-too-large",
                    amount::Slip::NoNumber => "register-no-amount",
                };
                let message = self.at(id, row, column).with("value", self.shown(value));
                self.problems.add_with(message, Some(Message::new("register-amount-hint")));
                Read::Slip(())
            }
        }
    }

    /// A value as a message may show it: short, and with numbers of persons masked.
    pub fn shown(&self, value: Value<'_>) -> String {
        match value {
            Value::Text(text) => self.masked(&fold(text)),
            Value::Number(number) => self.masked(&number.to_string()),
            Value::Date(days) => {
                date::serial(days).map_or_else(|| days.to_string(), |read| read.day.to_string())
            }
            Value::Bool(is) => is.to_string(),
            Value::Empty | Value::Error | Value::Unkept => String::new(),
        }
    }

    /// See [`Self::shown`].
    pub fn masked(&self, text: &str) -> String {
        let mut out = text.to_owned();
        for found in privacy::numbers(text, self.request.today).iter().rev() {
            out.replace_range(found.range.clone(), &privacy::mask(found));
        }
        // Any long number may be one of a person's, and so may a long text.
        let digits = out.chars().filter(char::is_ascii_digit).count();
        let mut seen = 0;
        let hidden = out.chars().map(|sign| {
            seen += usize::from(sign.is_ascii_digit());
            if sign.is_ascii_digit() && digits >= 11 && seen > 3 { '*' } else { sign }
        });
        let short: String = hidden.take(16).map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
        if out.chars().count() > 16 { format!("{short}…") } else { short }
    }
}

/// Days that were read before, by what was typed.
#[derive(Default)]
pub struct Dates {
    typed: HashMap<Box<str>, Result<date::Read, date::Slip>>,
}

impl Dates {
    /// The day of a cell.
    pub fn read(&mut self, value: Value<'_>, cursor: &Cursor<'_>) -> Read<date::Read, date::Slip> {
        let read = match value {
            value if header::is_empty(value) => return Read::Blank,
            Value::Text(text) => match self.typed.get(text) {
                Some(known) => *known,
                None => {
                    let read = date::read(value, cursor.request.year, cursor.late);
                    if self.typed.len() < MOST_DAYS {
                        self.typed.insert(text.into(), read);
                    }
                    read
                }
            },
            value => date::read(value, cursor.request.year, cursor.late),
        };
        match read {
            Ok(day) => Read::Is(day),
            Err(slip) => Read::Slip(slip),
        }
    }
}
