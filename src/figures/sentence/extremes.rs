//! The most and the least of some figures, as far as what is hidden leaves them to be known.
//!
//! Refuses: a superlative where a hidden figure may be greater, and “least” where any is hidden.
//! Invariant: what is known of a hidden figure here is what printed sums leave for it.

use super::{Named, Telling, same};
use crate::figures::number;
use crate::figures::words::Language;
use crate::statistics::safe::{AxisEntry, Role, SafeCell};

/// The most places that share a first place and are named.
const NAMED: usize = 3;

impl Telling<'_> {
    /// “8个村里，石桥村最多，57件；河湾村最少，12件”. Where a hidden figure may be greater, nothing is the most: “公布了的5个村里，
    /// 12件到57件”; and where any is hidden, nothing is the least.
    pub(super) fn extremes(
        &self,
        printed: &[Named],
        hidden: &[(usize, usize)],
        unit: Option<&str>,
        rate: bool,
        both: bool,
    ) -> Option<String> {
        let highest = printed.iter().map(|named| named.size).fold(f64::NEG_INFINITY, f64::max);
        let lowest = printed.iter().map(|named| named.size).fold(f64::INFINITY, f64::min);
        let value = |size: f64| {
            let named = printed.iter().find(|named| same(named.size, size))?;
            number::cell(named.cell, unit)
        };
        let (high, low) = (value(highest)?, value(lowest)?);
        let language = self.language;
        if let [only] = printed {
            let whole = self.rows.len() == 1;
            return Some(match (language, whole) {
                (Language::Chinese, true) => format!("{}{high}", only.label),
                (Language::Chinese, false) => format!("只公布了{}，{high}", only.label),
                (Language::English, true) => format!("{}: {high}", only.label),
                (Language::English, false) => format!("Only {} is published: {high}", only.label),
            });
        }
        let among = self.among(printed.len());
        if same(highest, lowest) {
            return Some(match language {
                Language::Chinese => format!("{among}，都是{high}"),
                Language::English => format!("{among}: {high} each"),
            });
        }
        if self.may_exceed(hidden, highest) {
            return Some(match language {
                Language::Chinese => format!("{among}，从{low}到{high}"),
                Language::English => format!("{among}: from {low} to {high}"),
            });
        }
        let (most, least) = match (language, rate) {
            (Language::Chinese, false) => ("最多", "最少"),
            (Language::Chinese, true) => ("最高", "最低"),
            (Language::English, false) => ("most", "fewest"),
            (Language::English, true) => ("highest", "lowest"),
        };
        let first = self.place(printed, highest, most, &high);
        if !both || hidden.iter().any(|&(row, column)| self.table.cell(row, column) == SafeCell::Hidden) {
            return Some(match language {
                Language::Chinese => format!("{among}，{first}"),
                Language::English => format!("{among}: {first}"),
            });
        }
        let last = self.place(printed, lowest, least, &low);
        Some(match language {
            Language::Chinese => format!("{among}，{first}；{last}"),
            Language::English => format!("{among}: {first}; {last}"),
        })
    }

    /// Whether a hidden figure among some cells may be greater than what is printed: it cannot be where a sum is printed
    /// that leaves it no room.
    pub(super) fn may_exceed(&self, cells: &[(usize, usize)], highest: f64) -> bool {
        cells.iter().any(|&(row, column)| {
            self.table.cell(row, column) == SafeCell::Hidden
                && self.room(row, column).is_none_or(|room| room >= highest)
        })
    }

    /// The most that a hidden figure can be: what the printed sums of its row and its column leave for it.
    #[expect(clippy::cast_precision_loss, reason = "sizes are compared as they are drawn")]
    fn room(&self, row: usize, column: usize) -> Option<f64> {
        let sum_of = |total: Option<SafeCell>, parts: &mut dyn Iterator<Item = SafeCell>| {
            let SafeCell::Number(total) = total? else { return None };
            let printed = parts.filter_map(|cell| match cell {
                SafeCell::Number(value) => Some(value),
                _ => None,
            });
            Some(total.saturating_sub(printed.sum::<i64>()) as f64)
        };
        let (rows, columns) = (&self.table.rows().entries, &self.table.columns().entries);
        let own_unit = |other: &usize| self.unit(row, *other) == self.unit(row, column);
        let total = |entries: &[AxisEntry]| entries.iter().position(|entry| entry.role == Role::Total);
        let down = sum_of(
            total(rows).map(|at| self.table.cell(at, column)),
            &mut self.rows.iter().map(|&other| self.table.cell(other, column)),
        );
        let across = sum_of(
            total(columns).filter(own_unit).map(|at| self.table.cell(row, at)),
            &mut self
                .columns
                .iter()
                .filter(|other| own_unit(other))
                .map(|&other| self.table.cell(row, other)),
        );
        down.into_iter().chain(across).reduce(f64::min)
    }

    pub(super) fn place(&self, printed: &[Named], size: f64, word: &str, value: &str) -> String {
        let labels: Vec<&str> =
            printed.iter().filter(|named| same(named.size, size)).map(|named| named.label.as_str()).collect();
        match (self.language, labels.as_slice()) {
            (Language::Chinese, [only]) => format!("{only}{word}，{value}"),
            (Language::Chinese, some) if some.len() <= NAMED => {
                format!("{}{word}，都是{value}", some.join("、"))
            }
            (Language::Chinese, some) => format!("{word}的是{value}，有{}个", some.len()),
            (Language::English, [only]) => format!("{only} has the {word}, {value}"),
            (Language::English, some) if some.len() <= NAMED => {
                format!("{} have the {word}, {value} each", some.join(", "))
            }
            (Language::English, some) => format!("{} have the {word}, {value} each", some.len()),
        }
    }

    /// “12个月里”, “公布了的10个月里”.
    fn among(&self, printed: usize) -> String {
        let all = self.rows.len();
        let what = self.counted();
        match self.language {
            Language::Chinese if printed == all => format!("{all}{what}里"),
            Language::Chinese => format!("公布了的{printed}{what}里"),
            Language::English if printed == all => format!("Of {all} {what}"),
            Language::English => format!("Of the {printed} {what} published"),
        }
    }
}
