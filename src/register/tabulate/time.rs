//! Periods: days, months, quarters, years, and the span that is counted.
//!
//! Refuses: a span that ends before it begins.
//! Invariant: codes sort as time goes: `2026-05`, `2026-Q2`.

use crate::register::{Value, date, fold};
use jiff::civil::Date;

/// The part of a date that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Every day for itself.
    Day,
    /// Months.
    Month,
    /// Quarters.
    Quarter,
    /// Years.
    Year,
}

impl Unit {
    /// The unit of a name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "day" | "日" | "天" | "日期" => Self::Day,
            "month" | "月" | "月份" => Self::Month,
            "quarter" | "季" | "季度" => Self::Quarter,
            "year" | "年" | "年份" => Self::Year,
            _ => return None,
        })
    }

    /// Its name.
    pub fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// Its name in Chinese.
    pub fn label(self) -> &'static str {
        match self {
            Self::Day => "日期",
            Self::Month => "月份",
            Self::Quarter => "季度",
            Self::Year => "年份",
        }
    }

    /// The code of the period that holds a day, where a month that an earlier release ended within is divided: what it had
    /// keeps its code, and the days since have one of their own, `2026-03+31`.
    pub fn code_since(self, day: Date, cuts: &[Date]) -> String {
        let same = |cut: &&Date| (cut.year(), cut.month()) == (day.year(), day.month()) && **cut < day;
        match cuts.iter().filter(same).max().filter(|_| self == Self::Month) {
            Some(cut) => format!("{}+{:02}", self.code(day), cut.day() + 1),
            None => self.code(day),
        }
    }

    /// The code of the period that holds a day.
    pub fn code(self, day: Date) -> String {
        match self {
            Self::Day => day.to_string(),
            Self::Month => format!("{:04}-{:02}", day.year(), day.month()),
            Self::Quarter => format!("{:04}-Q{}", day.year(), (day.month() + 2) / 3),
            Self::Year => format!("{:04}", day.year()),
        }
    }

    /// The periods from one day to another, in order.
    pub fn codes(self, period: Period, cuts: &[Date]) -> Vec<String> {
        let mut codes: Vec<String> = Vec::new();
        let mut day = period.from;
        while day <= period.to {
            let code = self.code_since(day, cuts);
            if codes.last() != Some(&code) {
                codes.push(code);
            }
            // A day is the shortest of them; the loop is short, since years are limited.
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        codes
    }
}

/// A span of days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// The first.
    pub from: Date,
    /// The last.
    pub to: Date,
}

impl Period {
    /// Reads `2026`, `2026-05`, `2026-01..2026-10`, `2026年1月至2026年10月`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = fold(text);
        let (first, last) = ["..", "至", "~", "—", "到"]
            .into_iter()
            .find_map(|sign| text.split_once(sign))
            .unwrap_or((text.as_ref(), text.as_ref()));
        let (from, _) = span(first.trim())?;
        let (_, to) = span(last.trim())?;
        (from <= to).then_some(Self { from, to })
    }

    /// Whether it begins or ends within a month.
    pub fn within_months(self) -> bool {
        self.from.day() > 1 || self.to < self.to.last_of_month()
    }

    /// Whether a day lies in it.
    pub fn holds(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

/// The first and the last day of a year, a month or a day.
fn span(text: &str) -> Option<(Date, Date)> {
    let year = text.trim_end_matches('年');
    if year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()) {
        let year = year.parse().ok()?;
        return Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?));
    }
    let read = date::read(Value::Text(text), None, false).ok()?;
    Some(if read.exact { (read.day, read.day) } else { (read.day, read.day.last_of_month()) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_as_they_are_typed() {
        let whole = Some(Period { from: date(2026, 1, 1), to: date(2026, 10, 31) });
        for text in
            ["2026-01..2026-10", "2026-01 至 2026-10", "2026年1月至2026年10月", "2026-01-01..2026-10-31"]
        {
            assert_eq!(Period::parse(text), whole, "{text}");
        }
        assert_eq!(Period::parse("2024-02"), Some(Period { from: date(2024, 2, 1), to: date(2024, 2, 29) }));
        assert_eq!(Period::parse("2026年"), Some(Period { from: date(2026, 1, 1), to: date(2026, 12, 31) }));
        assert_eq!(
            (Period::parse("2026-10..2026-01"), Period::parse("去年"), Period::parse("")),
            (None, None, None)
        );
    }

    #[test]
    fn codes_leave_no_gap() {
        let period = Period { from: date(2025, 11, 30), to: date(2026, 2, 1) };
        assert_eq!(Unit::Month.codes(period, &[]), ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(Unit::Quarter.codes(period, &[]), ["2025-Q4", "2026-Q1"]);
        assert_eq!(
            Unit::Month.codes(period, &[date(2025, 12, 30)]),
            ["2025-11", "2025-12", "2025-12+31", "2026-01", "2026-02"]
        );
        assert_eq!(Unit::Year.codes(period, &[]), ["2025", "2026"]);
    }
}
