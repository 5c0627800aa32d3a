//! Dates as staff type them: `２０２６．５．３`, `2026年5月3日`, `2026/5/3 14:30`, `20260503`, Excel's serial days.
//!
//! A moment that names its zone (`2026-04-30T16:30:00Z`) is of the day that it was in China, which has one zone.
//!
//! Refuses: guessing. A year of two digits, a day without its year, `5月上旬` and a span of days are refused, each by its name.
//! Invariant: what is read exists in the calendar.

use super::Value;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::Offset;
use std::borrow::Cow;

/// A date that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// The day; the first of the month where only that was written.
    pub day: Date,
    /// Whether the day was written.
    pub exact: bool,
}

/// Why something is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// `5月3日`.
    NoYear,
    /// `26.5.3`.
    ShortYear,
    /// `2026-13-01`.
    Impossible,
    /// `约5月`, `5月上旬`, `不详`.
    Vague,
    /// Anything else.
    NoDate,
}

/// Years that a register can speak of; other numbers are slips.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;
/// Serial days that a plain number may be: 2000-01-01 to 2099-12-31.
const SERIALS: std::ops::RangeInclusive<i32> = 36_526..=73_050;
const VAGUE: &[&str] = &[
    "约", "左右", "前后", "上旬", "中旬", "下旬", "不详", "未知", "不明", "月初", "月底", "月末", "至", "~",
    "多",
];

/// Reads a cell. `year` is the year of days without one; `late` tells that the workbook counts from 1904.
///
/// # Errors
/// Why it is no date.
pub fn read(value: Value<'_>, year: Option<i16>, late: bool) -> Result<Read, Slip> {
    match value {
        Value::Date(days) => serial(days).ok_or(Slip::Impossible),
        Value::Number(days) => plain_number(days, late),
        Value::Text(text) => typed(text, year, late),
        _ => Err(Slip::NoDate),
    }
}

/// The day of a serial number that counts from 1900.
pub fn serial(days: f64) -> Option<Read> {
    if !(1.0..2_958_466.0).contains(&days) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
    let whole = days.floor() as i32;
    // Excel counts a 29 February 1900 that never was; days before it are one further on.
    let first = if whole < 61 { date(1899, 12, 31) } else { date(1899, 12, 30) };
    let day = first.checked_add(jiff::Span::new().days(whole)).ok()?;
    Some(Read { day, exact: true })
}

/// A number that is not shown as a date: a serial day, or the digits of one.
fn plain_number(number: f64, late: bool) -> Result<Read, Slip> {
    if number.fract() == 0.0 && (19_000_101.0..21_001_232.0).contains(&number) {
        #[expect(clippy::cast_possible_truncation, reason = "the range was checked")]
        return digits(&(number as i64).to_string());
    }
    #[expect(clippy::cast_possible_truncation, reason = "as saturates, and the range is checked next")]
    let whole = (number.floor() as i32).saturating_add(if late { LATER } else { 0 });
    if !SERIALS.contains(&whole) {
        return Err(Slip::NoDate);
    }
    serial(f64::from(whole)).ok_or(Slip::NoDate)
}

/// How many days later the other system of Excel begins, 1904-01-01.
pub const LATER: i32 = 1462;

fn typed(text: &str, year: Option<i16>, late: bool) -> Result<Read, Slip> {
    let folded = if text.is_ascii() { Cow::Borrowed(text.trim()) } else { super::fold(text) };
    let text = folded.as_ref();
    if let Some(day) = zoned(text).filter(|day| YEARS.contains(&day.year())) {
        return Ok(Read { day, exact: true });
    }
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return match text.len() {
            5 => text.parse().map_err(|_| Slip::NoDate).and_then(|days: f64| plain_number(days, late)),
            6 | 8 | 14 => digits(text),
            _ => Err(Slip::NoDate),
        };
    }
    let han = text.contains(['年', '月'])
        && text.contains(['〇', '○', '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    let numbered = if han { Cow::Owned(han_numerals(text)) } else { Cow::Borrowed(text) };
    separated(&numbered, year).map_err(|slip| {
        let vague = slip == Slip::NoDate && !text.is_ascii() || text.contains('~');
        if vague && VAGUE.iter().any(|word| text.contains(word)) { Slip::Vague } else { slip }
    })
}

/// The day in China of a moment with its zone, as programs write it: `2026-05-03T23:30:00Z`.
fn zoned(text: &str) -> Option<Date> {
    if !text.is_ascii() || text.len() <= 16 {
        return None;
    }
    let marked = text.ends_with(['Z', 'z']) || text[text.len() - 6..].contains(['+', '-']);
    let moment: Timestamp = marked.then(|| text.parse().ok()).flatten()?;
    Some(Offset::constant(8).to_datetime(moment).date())
}

/// `20260503`, `202605`, `20260503143000`.
fn digits(text: &str) -> Result<Read, Slip> {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i16>().ok());
    let (year, month) = (number(0..4).ok_or(Slip::NoDate)?, number(4..6).ok_or(Slip::NoDate)?);
    if !YEARS.contains(&year) {
        return Err(Slip::NoDate);
    }
    calendar(year, month, number(6..8))
}

fn calendar(year: i16, month: i16, day: Option<i16>) -> Result<Read, Slip> {
    let part = |number: i16| i8::try_from(number).map_err(|_| Slip::Impossible);
    let found = Date::new(year, part(month)?, part(day.unwrap_or(1))?).map_err(|_| Slip::Impossible)?;
    if YEARS.contains(&year) { Ok(Read { day: found, exact: day.is_some() }) } else { Err(Slip::Impossible) }
}

/// Numbers with signs between them.
fn separated(text: &str, default: Option<i16>) -> Result<Read, Slip> {
    let mut rest = text;
    let first = number(&mut rest).ok_or(Slip::NoDate)?;
    let sign = separator(&mut rest).ok_or(Slip::NoDate)?;
    if first.1 == 4 {
        if !matches!(sign, '-' | '/' | '.' | '年' | ',' | '、') {
            return Err(Slip::NoDate);
        }
        let (month, _) = number(&mut rest).ok_or(Slip::NoDate)?;
        let day = match separator(&mut rest) {
            None => None,
            Some('月' | '-' | '/' | '.' | ',' | '、') => number(&mut rest),
            Some(_) => return Err(Slip::NoDate),
        };
        if day.is_none_or(|(_, length)| length > 2) && day.is_some() || !is_time(rest) {
            return Err(Slip::NoDate);
        }
        return calendar(first.0, month, day.map(|(number, _)| number));
    }
    if first.1 > 2 {
        return Err(Slip::NoDate);
    }
    let second = number(&mut rest).filter(|(_, length)| *length <= 2).ok_or(Slip::NoDate)?;
    let another = separator(&mut rest).is_some_and(|sign| matches!(sign, '月' | '-' | '/' | '.'));
    if sign == '年' || another && number(&mut rest).is_some_and(|(_, length)| length <= 2) {
        return Err(Slip::ShortYear);
    }
    if another || !matches!(sign, '月' | '.' | '-' | '/') || !is_time(rest) {
        return Err(Slip::NoDate);
    }
    calendar(default.ok_or(Slip::NoYear)?, first.0, Some(second.0))
}

/// Digits at the beginning: their value, and how many they are.
fn number(rest: &mut &str) -> Option<(i16, usize)> {
    *rest = rest.trim_start();
    let length = rest.bytes().take_while(u8::is_ascii_digit).count();
    let value = rest.get(..length)?.parse().ok()?;
    *rest = &rest[length..];
    Some((value, length))
}

/// One sign between numbers, blanks around it. None at the end.
fn separator(rest: &mut &str) -> Option<char> {
    let trimmed = rest.trim_start();
    let sign = trimmed.chars().next().filter(|sign| !sign.is_ascii_digit())?;
    *rest = &trimmed[sign.len_utf8()..];
    Some(sign)
}

/// Whether what follows a day is a time of day or a day of the week, which nobody counts by.
fn is_time(rest: &str) -> bool {
    rest.chars().all(|sign| {
        sign.is_ascii_digit() || " :.TZ+()日号时分秒点上下中午早晚凌晨星期周一二三四五六天半许".contains(sign)
    }) && rest.matches('.').count() <= 1
}

/// `二〇二六年五月三日` in digits.
fn han_numerals(text: &str) -> String {
    let digit = |sign| "〇一二三四五六七八九".chars().position(|one| one == sign);
    let mut out = String::new();
    let (mut tens, mut run) = (None::<usize>, String::new());
    let flush = |tens: &mut Option<usize>, run: &mut String, out: &mut String| {
        match tens.take() {
            Some(tens) => out.push_str(&(tens * 10 + run.parse::<usize>().unwrap_or(0)).to_string()),
            None => out.push_str(run),
        }
        run.clear();
    };
    for sign in text.chars().map(|sign| if matches!(sign, '○' | '零') { '〇' } else { sign }) {
        if sign == '十' && tens.is_none() && run.len() <= 1 {
            tens = Some(run.parse().unwrap_or(1));
            run.clear();
        } else if let Some(value) = digit(sign) {
            run.push_str(&value.to_string());
        } else {
            flush(&mut tens, &mut run, &mut out);
            out.push(sign);
        }
    }
    flush(&mut tens, &mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Result<String, Slip> {
        read(Value::Text(text), None, false).map(|read| read.day.to_string())
    }

    #[test]
    fn the_same_day_in_every_hand() {
        for text in [
            "２０２６．５．３",
            "2026年5月3日",
            "2026-5-3",
            "2026-05-03",
            "2026/5/3 14:30",
            "2026.5.3",
            " 2026 年 5 月 3 日 ",
            "2026年5月3号",
            "20260503",
            "2026年5月3日14时30分",
            "2026-05-03T14:30:00",
            "2026-05-03 14:30:05.123",
            "2026/05/03 星期日",
            "2026年5月3日（周日）",
            "二〇二六年五月三日",
            "2026年5月3日下午3点半",
            "46145",
            "20260503143000",
            "2026、5、3",
            "２０２６年５月３日",
        ] {
            assert_eq!(typed(text), Ok("2026-05-03".to_owned()), "{text}");
        }
        assert_eq!(typed("二〇二六年十二月二十三日"), Ok("2026-12-23".to_owned()));
        assert_eq!(typed("二零二六年十月十一日"), Ok("2026-10-11".to_owned()));
    }

    #[test]
    fn a_moment_with_its_zone_is_of_the_day_that_it_was_in_china() {
        for (text, day) in [
            ("2026-04-30T16:30:00Z", "2026-05-01"),
            ("2026-04-30T15:59:59Z", "2026-04-30"),
            ("2026-05-01T00:30:00+08:00", "2026-05-01"),
            ("2026-04-30T12:30:00-05:00", "2026-05-01"),
            ("2026-04-30T23:30:00.000Z", "2026-05-01"),
            ("2026-04-30 23:30:00", "2026-04-30"),
        ] {
            assert_eq!(typed(text), Ok(day.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_month_is_enough_for_months() {
        for text in ["2026年5月", "2026-05", "202605", "2026.5"] {
            let found = read(Value::Text(text), None, false).expect("a month");
            assert_eq!((found.day, found.exact), (date(2026, 5, 1), false), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_says_why() {
        for (text, slip) in [
            ("5月3日", Slip::NoYear),
            ("5.3", Slip::NoYear),
            ("26.5.3", Slip::ShortYear),
            ("26年5月3日", Slip::ShortYear),
            ("5/3/26", Slip::ShortYear),
            ("2026-13-01", Slip::Impossible),
            ("2026年2月30日", Slip::Impossible),
            ("20260230", Slip::Impossible),
            ("2026年5月上旬", Slip::Vague),
            ("约2026年5月", Slip::Vague),
            ("不详", Slip::Vague),
            ("2026.5.3至5.6", Slip::Vague),
            ("2026年5月3日左右", Slip::Vague),
            ("5/3/2026", Slip::NoDate),
            ("昨天", Slip::NoDate),
            ("", Slip::NoDate),
            ("2026", Slip::NoDate),
            ("2026.5.3-5.6", Slip::NoDate),
            ("13800138000", Slip::NoDate),
            ("2026-5-3-4", Slip::NoDate),
            ("99999999", Slip::NoDate),
        ] {
            assert_eq!(typed(text), Err(slip), "{text}");
        }
    }

    #[test]
    fn a_year_may_be_given_for_days_without_one() {
        let day = |text| read(Value::Text(text), Some(2026), false).map(|read| read.day);
        assert_eq!(day("5月3日"), Ok(date(2026, 5, 3)));
        assert_eq!(day("5.3"), Ok(date(2026, 5, 3)));
        assert_eq!(day("2月29日"), Err(Slip::Impossible));
        assert_eq!(day("26.5.3"), Err(Slip::ShortYear));
    }

    #[test]
    fn serial_days_of_both_systems() {
        let day = |value, late| read(value, None, late).map(|read| read.day.to_string());
        assert_eq!(day(Value::Date(46145.6), false), Ok("2026-05-03".to_owned()));
        assert_eq!(day(Value::Number(46145.0), false), Ok("2026-05-03".to_owned()));
        assert_eq!(day(Value::Number(46145.0 - 1462.0), true), Ok("2026-05-03".to_owned()));
        assert_eq!(day(Value::Number(20_260_503.0), false), Ok("2026-05-03".to_owned()));
        assert_eq!(serial(1.0).map(|read| read.day), Some(date(1900, 1, 1)));
        assert_eq!(serial(59.0).map(|read| read.day), Some(date(1900, 2, 28)));
        assert_eq!(serial(61.0).map(|read| read.day), Some(date(1900, 3, 1)));
        for number in [5.3, -4.0, 0.0, 1e12, f64::NAN, f64::INFINITY] {
            assert_eq!(day(Value::Number(number), false), Err(Slip::NoDate), "{number}");
        }
    }
}
