//! Registers of cases as staff keep them: workbooks (xlsx, xls, ods) and CSV, read row by row.
//!
//! Refuses: holding more than one row at a time where the format allows it, and letting a row leave this module in any form
//! but a [`Value`] that the caller looks at.
//! Invariant: nothing here writes, and no row outlives the call that reads it.

pub mod amount;
pub mod book;
pub mod csv_file;
mod csv_shape;
pub mod date;
pub mod header;
pub mod hidden;
pub mod identity;
pub mod persons;
pub mod tabulate;

use std::io::{Read, Seek};
use std::ops::ControlFlow;
use unicode_normalization::UnicodeNormalization;

/// A cell as the file holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'r> {
    /// Nothing, or blanks alone.
    Empty,
    /// A text.
    Text(&'r str),
    /// A number, not shown as a date.
    Number(f64),
    /// A number shown as a date: days as Excel counts them from 1900, whatever the workbook counts from.
    Date(f64),
    /// True or false.
    Bool(bool),
    /// `#REF!` and the like.
    Error,
    /// A formula whose value the program that saved the file did not keep.
    Unkept,
}

/// A cell that outlives its row: the first rows are kept until the header is found.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// A text.
    Text(Box<str>),
    /// Anything else.
    Other(Value<'static>),
}

/// The cells of a row, from the sheet's first column.
pub trait Cells {
    /// How many there are; those behind are empty.
    fn width(&self) -> usize;
    /// The cell in a column, counted from 0.
    fn at(&self, column: usize) -> Value<'_>;
}

impl Cells for [Kept] {
    fn width(&self) -> usize {
        self.len()
    }

    fn at(&self, column: usize) -> Value<'_> {
        match self.get(column) {
            None => Value::Empty,
            Some(Kept::Text(text)) => Value::Text(text),
            Some(Kept::Other(value)) => *value,
        }
    }
}

impl Cells for Vec<Kept> {
    fn width(&self) -> usize {
        self.len()
    }

    fn at(&self, column: usize) -> Value<'_> {
        self.as_slice().at(column)
    }
}

/// Keeps a row.
pub fn keep(cells: &dyn Cells) -> Vec<Kept> {
    let kept = |column| match cells.at(column) {
        Value::Text(text) => Kept::Text(text.into()),
        Value::Empty => Kept::Other(Value::Empty),
        Value::Number(number) => Kept::Other(Value::Number(number)),
        Value::Date(days) => Kept::Other(Value::Date(days)),
        Value::Bool(is) => Kept::Other(Value::Bool(is)),
        Value::Error => Kept::Other(Value::Error),
        Value::Unkept => Kept::Other(Value::Unkept),
    };
    (0..cells.width()).map(kept).collect()
}

/// Whoever looks at the rows, one after another. Rows count from 1, as the sheet numbers them.
pub type Visit<'v> = dyn FnMut(u32, &dyn Cells) -> ControlFlow<()> + 'v;

/// What can be read from the start, more than once.
pub trait File: Read + Seek + Send {}
impl<T: Read + Seek + Send> File for T {}

/// A cell's name: column `C` of row 12 is `C12`.
pub fn address(row: u32, column: usize) -> String {
    format!("{}{row}", letters(column))
}

/// A column's letters; 0 is `A`.
///
/// # Panics
/// Never: a remainder of 26 is less than 26.
pub fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("less than 26");
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// A text in half width, on one line, without blanks around it; the same string where nothing changes. A line break (Alt+Enter
/// in a spreadsheet), a tab or another control character is a blank, with the blanks beside it; what has no width is
/// nothing.
pub fn fold(text: &str) -> std::borrow::Cow<'_, str> {
    // Only what keyboards write in two widths: other signs of compatibility, such as ① and ㈠, mean more than their letters.
    let trimmed = text.trim_matches(is_blank);
    if trimmed.chars().all(|sign| half_width(sign) == sign && !is_break(sign) && !is_invisible(sign)) {
        return trimmed.into();
    }
    let mut folded = String::with_capacity(trimmed.len());
    for line in trimmed.split(is_break) {
        let line: String = line.chars().filter(|sign| !is_invisible(*sign)).map(half_width).collect();
        let line = line.trim_matches(is_blank);
        if !folded.is_empty() && !line.is_empty() {
            folded.push(' ');
        }
        folded.push_str(line);
    }
    folded.into()
}

/// Line breaks of every kind, tabs, and signs that print nothing.
fn is_break(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}' | '\u{2029}')
}

fn half_width(sign: char) -> char {
    match sign {
        '\u{3000}' => ' ',
        '！'..='～' => char::from_u32(sign as u32 - 0xFEE0).unwrap_or(sign),
        '￥' => '¥',
        _ => sign,
    }
}

/// Blanks, and signs without any width.
pub fn is_blank(sign: char) -> bool {
    sign.is_whitespace() || is_invisible(sign) || is_break(sign)
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}')
}

/// A text in half width and composed, without any blanks: how headers and marks are compared.
pub fn compact(text: &str) -> String {
    let folded: String = text.chars().map(half_width).filter(|sign| !is_blank(*sign)).collect();
    folded.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let all = [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")];
        for (column, name) in all {
            assert_eq!(letters(column), name);
        }
        assert_eq!(address(17, 3), "D17");
    }

    #[test]
    fn width_and_outer_blanks_are_folded_and_nothing_else() {
        assert_eq!(fold("　婚姻家庭\u{200b} "), "婚姻家庭");
        assert_eq!(fold("１—２月（Ａ）"), "1—2月(A)");
        assert_eq!(fold("婚姻 家庭"), "婚姻 家庭");
        assert_eq!(fold("①"), "①");
        // Alt+Enter, as Excel and old Macs have it, a tab, and what programs leave behind.
        for broken in [
            "邻里\n纠纷",
            "邻里\r\n纠纷",
            "邻里 \r　纠纷\n",
            "邻里\t纠纷",
            "\u{7}邻里\u{2028}纠纷\0",
            "邻\u{200b}里\u{85}\n\n纠纷",
        ] {
            assert_eq!(fold(broken), "邻里 纠纷", "{broken:?}");
        }
        assert_eq!(fold("\n\u{200b}\t"), "");
        assert_eq!(compact(" 登记\n日　期（日）"), "登记日期(日)");
    }
}
