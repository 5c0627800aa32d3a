//! Times in running text: 9月, 今年一季度, 去年同期, 2026年1月至6月, 9月5日.
//!
//! Refuses: to guess a year; the bulletin's own or the figures' is given.
//! Invariant: what is found does not overlap.

use super::numeral;
use std::ops::Range;

/// A month, counted from the year 0.
pub type Months = Range<i32>;

/// A time that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// These months.
    Months(Months),
    /// These months of a year that is not said; from 1.
    OfYear(Range<i32>),
    /// 本月, 本期: the time that the figures are of.
    Current,
    /// A day, or another moment.
    Day,
    /// 去年, 同期 and the like, or what is no time of the figures.
    Other,
}

/// Where a time stands.
#[derive(Clone, Debug)]
pub struct Time {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub when: When,
}

const CURRENT: [&str; 9] =
    ["本月", "当月", "这个月", "本季度", "本期", "本季", "年初以来", "到目前为止", "截至目前"];
const OTHER: [&str; 13] = [
    "上年同期",
    "去年同期",
    "同期",
    "往年",
    "历年",
    "以往",
    "上个月",
    "上月",
    "上期",
    "上季度",
    "过去",
    "上一年",
    "历史上",
];
const DAY: [&str; 14] = [
    "昨天",
    "昨日",
    "今天",
    "今日",
    "前天",
    "近日",
    "日前",
    "当天",
    "当日",
    "那天",
    "上周",
    "本周",
    "前几天",
    "这几天",
];
/// Years before the bulletin's.
const YEARS: [(&str, i32); 9] = [
    ("今年", 0),
    ("本年", 0),
    ("当年", 0),
    ("全年", 0),
    ("去年", -1),
    ("上年", -1),
    ("前年", -2),
    ("明年", 1),
    ("年内", 0),
];

/// The times in a folded text; `year` is that of the bulletin, or of the figures.
pub fn find(text: &str, year: Option<i32>) -> Vec<Time> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        match one(text, at, year) {
            Some((when, end)) if end > at => {
                found.push(Time { range: at..end, when });
                at = end;
            }
            _ => {
                // A number that is no time is passed as a whole: 12月 is not 2月.
                let number = numeral::read(text, at).map(|numeral| numeral.end);
                at = number.unwrap_or(at + rest.chars().next().map_or(1, char::len_utf8));
            }
        }
    }
    found
}

fn one(text: &str, at: usize, year: Option<i32>) -> Option<(When, usize)> {
    let rest = &text[at..];
    for (words, when) in [(&OTHER[..], When::Other), (&CURRENT, When::Current), (&DAY, When::Day)] {
        if let Some(word) = words.iter().find(|word| rest.starts_with(**word)) {
            return Some((when, at + word.len()));
        }
    }
    if let Some((word, shift)) = YEARS.iter().find(|(word, _)| rest.starts_with(word)) {
        let end = pass(text, at + word.len(), &["以来", "度", "的", "里"]);
        let Some(year) = year.map(|year| year + shift) else {
            let part = part(text, end);
            return Some(match part {
                _ if *shift != 0 => (When::Other, part.map_or(end, |(_, end)| end)),
                Some((when, end)) => (when, end),
                None => (When::Current, end),
            });
        };
        return Some(within(text, end, year));
    }
    if let Some(numeral) = numeral::read(text, at).filter(|numeral| (1900..2200).contains(&numeral.value))
        && let Some(end) = after(text, numeral.end, "年")
        && let Ok(year) = i32::try_from(numeral.value)
    {
        return Some(within(text, pass(text, end, &["以来", "度", "的"]), year));
    }
    // 2026-09, 2026/9/5
    let code = rest.as_bytes();
    if code.len() >= 6 && code[..4].iter().all(u8::is_ascii_digit) && matches!(code[4], b'-' | b'/' | b'.') {
        let year: i32 = rest[..4].parse().ok()?;
        let month = numeral::read(text, at + 5).filter(|month| !month.chinese && month.decimals == 0)?;
        let number = i32::try_from(month.value).ok()?;
        if (1900..2200).contains(&year) && (1..=12).contains(&number) {
            let day = text[month.end..].starts_with(['-', '/', '.']);
            let when = if day { When::Day } else { When::Months(year * 12 + number - 1..year * 12 + number) };
            let end = if day {
                numeral::read(text, month.end + 1).map_or(month.end, |day| day.end)
            } else {
                month.end
            };
            return Some((when, end));
        }
    }
    part(text, at)
}

/// A year, or a part of it.
fn within(text: &str, at: usize, year: i32) -> (When, usize) {
    // 2025年1月至2026年6月
    if let Some((When::OfYear(first), end)) = part(text, at) {
        let to = pass(text, end, &["—", "至", "到", "-", "～", "~"]);
        if to > end
            && let Some(numeral) =
                numeral::read(text, to).filter(|numeral| (1900..2200).contains(&numeral.value))
            && let Some(then) = after(text, numeral.end, "年")
            && let Some((When::OfYear(last), end)) = part(text, then)
            && let Ok(second) = i32::try_from(numeral.value)
        {
            return (When::Months(year * 12 + first.start - 1..second * 12 + last.end - 1), end);
        }
        return (When::Months(year * 12 + first.start - 1..year * 12 + first.end - 1), end);
    }
    match part(text, at) {
        Some((when, end)) => (when, end),
        None => (When::Months(year * 12..year * 12 + 12), at),
    }
}

/// 9月, 9月5日, 1—6月, 一季度, 上半年, 前三个月.
fn part(text: &str, at: usize) -> Option<(When, usize)> {
    let rest = &text[at..];
    for (word, months) in [("上半年", 1..7), ("前半年", 1..7), ("下半年", 7..13)] {
        if rest.starts_with(word) {
            return Some((When::OfYear(months), at + word.len()));
        }
    }
    let ahead = pass(text, at, &["前"]);
    let start = pass(text, ahead, &["第"]);
    let first = numeral::read(text, start).filter(|numeral| numeral.decimals == 0)?;
    let number = i32::try_from(first.value).ok().filter(|number| (1..=31).contains(number))?;
    if (start > ahead || first.chinese || ahead == at)
        && let Some(end) = after(text, first.end, "季度").filter(|_| number <= 4)
    {
        return Some((When::OfYear(number * 3 - 2..number * 3 + 1), end));
    }
    if let Some(end) = after(text, first.end, "个季度").filter(|_| ahead > at && number <= 4) {
        return Some((When::OfYear(1..number * 3 + 1), end));
    }
    if let Some(end) = after(text, first.end, "个月").filter(|_| ahead > at && number <= 12) {
        return Some((When::OfYear(1..number + 1), end));
    }
    if start != at {
        return None;
    }
    if let Some(end) = after(text, first.end, "月").filter(|_| number <= 12) {
        let end = pass(text, end, &["份"]);
        // 9月5日
        if let Some(day) = numeral::read(text, end)
            && let Some(end) = after(text, day.end, "日").or_else(|| after(text, day.end, "号"))
        {
            return Some((When::Day, end));
        }
        let to = pass(text, end, &["—", "至", "到", "-", "～", "~", "－"]);
        if to > end
            && let Some((When::OfYear(last), end)) = part(text, pass(text, to, &["今年"]))
        {
            return Some((When::OfYear(number..last.end), end));
        }
        if let Some(end) = after(text, end, "以来") {
            return Some((When::OfYear(number..13), end));
        }
        return Some((When::OfYear(number..number + 1), pass(text, end, &["里"])));
    }
    let to = pass(text, first.end, &["—", "至", "到", "-", "～", "~", "－"]);
    if to > first.end
        && number <= 12
        && let Some((When::OfYear(last), end)) = part(text, to)
        && last.start >= number
        && !text[to..end].contains(['季', '半'])
    {
        return Some((When::OfYear(number..last.end), end));
    }
    if let Some(end) = after(text, first.end, "日").or_else(|| after(text, first.end, "号")) {
        return Some((When::Day, end));
    }
    None
}

fn after(text: &str, at: usize, word: &str) -> Option<usize> {
    text[at..].starts_with(word).then_some(at + word.len())
}

fn pass(text: &str, at: usize, words: &[&str]) -> usize {
    words.iter().find(|word| text[at..].starts_with(**word)).map_or(at, |word| at + word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whens(text: &str) -> Vec<When> {
        find(text, Some(2026)).into_iter().map(|time| time.when).collect()
    }

    fn months(year: i32, from: i32, to: i32) -> When {
        When::Months(year * 12 + from - 1..year * 12 + to)
    }

    #[test]
    fn times_as_people_write_them() {
        for (text, wanted) in [
            ("2026年9月调解", vec![months(2026, 9, 9)]),
            ("今年一季度，石桥村", vec![months(2026, 1, 3)]),
            ("去年9月和前年", vec![months(2025, 9, 9), months(2024, 1, 12)]),
            ("1—6月", vec![When::OfYear(1..7)]),
            ("2025年1月至2026年6月", vec![When::Months(2025 * 12..2026 * 12 + 6)]),
            ("上半年、第三季度", vec![When::OfYear(1..7), When::OfYear(7..10)]),
            ("前三个月", vec![When::OfYear(1..4)]),
            ("9月5日，12月6日", vec![When::Day, When::Day]),
            ("与去年同期相比", vec![When::Other]),
            ("2026-09，2026-09-05", vec![months(2026, 9, 9), When::Day]),
            ("12件，3户，第4条", vec![]),
        ] {
            assert_eq!(whens(text), wanted, "{text}");
        }
    }
}
