//! Months, and the time that a dataset covers.
//!
//! Refuses: months that do not exist.
//! Invariant: `from` is not after `to`.

use super::super::fields::{Fields, Key, key};
use super::findings::plain;
use crate::diag::{Diagnostic, Sink, Span};
use crate::source::node::{Node, NodeKind};
use jiff::civil::Date;

/// A month of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// Year.
    pub year: u16,
    /// From 1.
    pub month: u8,
}

impl Month {
    /// Reads `2026-05`, `2026-5`, `2026/05`, `2026.5` and `2026年5月`; a day behind it is passed over.
    pub fn parse(text: &str) -> Option<Self> {
        let digits: Vec<&str> =
            text.trim().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        let known = |c: char| c.is_ascii_digit() || "-/.年月日号 ".contains(c);
        if !text.trim().chars().all(known) || !(2..=3).contains(&digits.len()) || digits[0].len() != 4 {
            return None;
        }
        let (year, month) = (digits[0].parse().ok()?, digits[1].parse().ok()?);
        (1..=12).contains(&month).then_some(Self { year, month })
    }

    /// `2026-05`
    pub fn code(self) -> String {
        format!("{:04}-{:02}", self.year, self.month)
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { year: self.year, month: month + 1 },
        }
    }

    /// From this one to another, both included.
    pub fn until(self, last: Self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |month| Some(month.next())).take_while(move |month| *month <= last)
    }
}

/// The time that a dataset covers.
#[derive(Clone, Debug)]
pub struct Period {
    /// In words.
    pub text: String,
    /// First and last month, where the words say it.
    pub months: Option<(Month, Month)>,
    /// First and last day, where it begins or ends within a month.
    pub days: Option<(Date, Date)>,
    /// Days on which earlier releases ended within a month.
    pub cuts: Vec<Date>,
    /// Where it stands.
    pub span: Span,
}

const KEYS: &[Key] = &[key("from", &["从", "起"]), key("to", &["到", "至", "止"]), key("cut", &["分界"])];

/// No dataset covers more than a century.
const MOST_MONTHS: usize = 1200;

impl Period {
    /// Reads `{from: 2026-01, to: 2026-12}` or a text.
    pub fn read(node: &Node, sink: &mut Sink) -> Option<Self> {
        let mut cuts = Vec::new();
        let (text, months, days) = match &node.kind {
            NodeKind::Scalar(text) => (text.trim().to_owned(), months_of(text), days_of(text)),
            NodeKind::Map(_) => {
                let mut fields = Fields::open(node, &[KEYS], sink);
                let (from, to) = (fields.text("from"), fields.text("to"));
                for text in fields.texts("cut") {
                    match day(&text.value).filter(|day| *day < day.last_of_month()) {
                        Some(day) => cuts.push(day),
                        None => {
                            fields.sink().report(plain(text.span, "period-cut", "period-cut-hint"));
                            return None;
                        }
                    }
                }
                let (from, to) = from.zip(to).or_else(|| {
                    sink.report(plain(node.span, "period-form", "period-form-hint"));
                    None
                })?;
                let months = Month::parse(&from.value).zip(Month::parse(&to.value)).or_else(|| {
                    sink.report(plain(node.span, "period-form", "period-form-hint"));
                    None
                })?;
                match within(&from.value, &to.value) {
                    Some(days) => (days_in_words(days), Some(months), Some(days)),
                    None => (in_words(months), Some(months), None),
                }
            }
            _ => {
                sink.report(plain(node.span, "period-form", "period-form-hint"));
                return None;
            }
        };
        let sound = |(from, to): &(Month, Month)| from <= to && from.until(*to).nth(MOST_MONTHS).is_none();
        if months.as_ref().is_some_and(|months| !sound(months)) {
            sink.report(backwards(node.span));
            return None;
        }
        Some(Self { text, months, days, cuts, span: node.span })
    }

    /// What a month is called where only a part of it is covered: 3月（1日至30日）.
    pub fn part(&self, month: Month) -> Option<String> {
        let is_cut = |cut: &&Date| {
            cut.year() == i16::try_from(month.year).unwrap_or_default()
                && cut.month() == i8::try_from(month.month).unwrap_or_default()
        };
        if let Some(cut) = self.cuts.iter().find(is_cut) {
            return Some(format!("（1日至{}日）", cut.day()));
        }
        let (from, to) = self.days?;
        let is = |day: Date| {
            i32::from(day.year()) == i32::from(month.year) && i32::from(day.month()) == i32::from(month.month)
        };
        let first = if is(from) { from.day() } else { 1 };
        let (last, whole) = if is(to) { (to.day(), to.last_of_month().day()) } else { (31, 31) };
        match (first, is(to) && last < whole) {
            (1, false) => None,
            (_, true) => Some(format!("（{first}日至{last}日）")),
            (_, false) => Some(format!("（{first}日起）")),
        }
    }
}

/// The days since a cut: code and name.
pub fn rest_of(cut: Date, to: Option<Date>) -> (String, String) {
    let first = cut.day() + 1;
    let whole = cut.last_of_month().day();
    let last = to.filter(|to| (to.year(), to.month()) == (cut.year(), cut.month())).map_or(whole, Date::day);
    let code = format!("{:04}-{:02}+{first:02}", cut.year(), cut.month());
    let name = if first == last {
        format!("{}月{first}日", cut.month())
    } else {
        format!("{}月{first}日至{last}日", cut.month())
    };
    (code, name)
}

/// A day, where a text names one.
fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> =
        text.trim().split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts[..] else { return None };
    Month::parse(text)?;
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The days of a span that begins or ends within a month.
fn within(from: &str, to: &str) -> Option<(Date, Date)> {
    let month = |text: &str| {
        let month = Month::parse(text)?;
        Date::new(i16::try_from(month.year).ok()?, i8::try_from(month.month).ok()?, 1).ok()
    };
    let from = day(from).or_else(|| month(from))?;
    let to = day(to).or_else(|| month(to).map(Date::last_of_month))?;
    (from <= to && (from.day() > 1 || to < to.last_of_month())).then_some((from, to))
}

fn days_of(text: &str) -> Option<(Date, Date)> {
    let mut parts = text.split(['至', '到', '～', '~', '—']).map(str::trim).filter(|part| !part.is_empty());
    let from = parts.next()?;
    within(from, parts.next().unwrap_or(from))
}

/// 2026年3月1日至30日
fn days_in_words((from, to): (Date, Date)) -> String {
    let whole = |day: Date| format!("{}年{}月{}日", day.year(), day.month(), day.day());
    match (from.year() == to.year(), from.month() == to.month()) {
        (true, true) if from == to => whole(from),
        (true, true) => format!("{}至{}日", whole(from), to.day()),
        (true, false) => format!("{}至{}月{}日", whole(from), to.month(), to.day()),
        _ => format!("{}至{}", whole(from), whole(to)),
    }
}

fn backwards(span: Span) -> Diagnostic {
    plain(span, "period-backwards", "period-form-hint")
}

fn in_words((from, to): (Month, Month)) -> String {
    let whole = |month: Month| format!("{}年{}月", month.year, month.month);
    match (from.year == to.year, from.month == to.month) {
        (true, true) => whole(from),
        (true, false) => format!("{}至{}月", whole(from), to.month),
        _ => format!("{}至{}", whole(from), whole(to)),
    }
}

/// The months that a text names: `2026-01 至 2026-12`, `2026年1月至12月`, `2026-01-01 至 2026-06-30`, `2026年5月`, `2026年`.
pub fn months_of(text: &str) -> Option<(Month, Month)> {
    let mut parts = text.split(['至', '到', '～', '~', '—']).map(str::trim).filter(|part| !part.is_empty());
    let (first, second) = (parts.next()?, parts.next());
    let bare = first.trim_end_matches(['年', '度']);
    if second.is_none() && bare.len() == 4 {
        let year = bare.parse().ok()?;
        return Some((Month { year, month: 1 }, Month { year, month: 12 }));
    }
    let from = Month::parse(first)?;
    let to = match second {
        None => from,
        Some(second) => Month::parse(second).or_else(|| {
            let month = second.trim_end_matches(['月', '份']).parse().ok()?;
            (1..=12).contains(&month).then_some(Month { year: from.year, month })
        })?,
    };
    Some((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_as_staff_write_them() {
        let may = Some(Month { year: 2026, month: 5 });
        for text in ["2026-05", "2026-5", " 2026/05 ", "2026.5", "2026年5月", "2026-05-31"] {
            assert_eq!(Month::parse(text), may, "{text}");
        }
        for text in ["2026-13", "5月", "26-05", "2026年", "2026-05-01-02", "约2026-05"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_period_that_ends_within_a_month_is_told_by_its_days() {
        let words = |from, to| within(from, to).map(days_in_words);
        assert_eq!(words("2026-03-01", "2026-03-30").as_deref(), Some("2026年3月1日至30日"));
        assert_eq!(words("2026-01", "2026-03-30").as_deref(), Some("2026年1月1日至3月30日"));
        assert_eq!(words("2025-12-05", "2026-01").as_deref(), Some("2025年12月5日至2026年1月31日"));
        assert_eq!(words("2026-03-01", "2026-03-31"), None);
        assert_eq!(words("2026-03", "2026-03"), None);
        let days = within("2026-02-10", "2026-03-30");
        let period = Period {
            text: String::new(),
            months: None,
            days,
            cuts: Vec::new(),
            span: Span::new(crate::diag::FileId(0), 0..0),
        };
        let month = |month| period.part(Month { year: 2026, month });
        assert_eq!(
            (month(2).as_deref(), month(3).as_deref(), month(4)),
            (Some("（10日起）"), Some("（1日至30日）"), None)
        );
    }

    #[test]
    fn periods_in_words_name_their_months() {
        let year = |from, to| Some((Month { year: 2026, month: from }, Month { year: 2026, month: to }));
        for (text, wanted) in [
            ("2026-01 至 2026-12", year(1, 12)),
            ("2026年1月至12月", year(1, 12)),
            ("2026-01-01 至 2026-06-30", year(1, 6)),
            ("2026年5月", year(5, 5)),
            ("2026年度", year(1, 12)),
            ("今年以来", None),
        ] {
            assert_eq!(months_of(text), wanted, "{text}");
        }
        let month = |year, month| Month { year, month };
        assert_eq!(in_words((month(2026, 1), month(2026, 5))), "2026年1月至5月");
        assert_eq!(in_words((month(2025, 11), month(2026, 2))), "2025年11月至2026年2月");
        assert_eq!(month(2025, 11).until(month(2026, 2)).count(), 4);
    }
}
