//! Dates and times as staff write them.
//!
//! Refuses: dates that do not exist, and words instead of dates.
//! Invariant: a [`When`] is a real date; where a time is given it is a real time in the site's time zone.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt;

/// A date, with a time of day where one was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct When {
    /// The date.
    pub date: Date,
    /// The time of day.
    pub time: Option<Time>,
}

crate::diag::print_themselves!(When);

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WhenError {
    /// Not of a form that is read as a date.
    Form,
    /// There is no such month.
    Month(String),
    /// The month has no such day; its last day.
    Day {
        /// As written.
        day: String,
        /// The month's last day.
        last: i8,
    },
    /// No such time of day.
    Time(String),
}

impl When {
    /// Reads `2026-11-23`, `2026/11/23 14:30`, `2026年11月23日 14时30分`, `2026.11.23`, full-width digits,
    /// and RFC 3339 (`2026-11-23T14:30:00+08:00`, turned into the site's time zone).
    ///
    /// # Errors
    /// A [`WhenError`] that names the part that cannot be.
    pub fn parse(text: &str, zone: &TimeZone) -> Result<Self, WhenError> {
        let folded: String = text.trim().chars().map(fold).collect();
        let folded = if folded.contains(['年', '月']) { in_digits(&folded) } else { folded };
        if folded.contains(['T', 't']) && (folded.ends_with(['Z', 'z']) || has_offset(&folded)) {
            if offset_hours(&folded).is_some_and(|hours| hours > MAX_OFFSET) {
                return Err(WhenError::Time(folded.split(['T', 't']).nth(1).unwrap_or_default().to_owned()));
            }
            let moment: Timestamp = folded.parse().map_err(|_| part_error(&folded))?;
            let local = moment.to_zoned(zone.clone()).datetime();
            return Ok(Self { date: local.date(), time: Some(local.time()) });
        }
        let (date, time) = split(&folded).ok_or(WhenError::Form)?;
        let date = read_date(&date)?;
        let time = if time.is_empty() { None } else { Some(read_time(&time)?) };
        Ok(Self { date, time })
    }

    /// The first moment of it.
    pub fn start(self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::midnight()))
    }

    /// The last moment of it: for a date without time, the end of the day.
    pub fn end(self) -> DateTime {
        self.date.to_datetime(self.time.unwrap_or(Time::constant(23, 59, 59, 0)))
    }

    /// Its first moment in a time zone; a time that clocks skip is moved on, as RFC 5545 does.
    pub fn zoned(self, zone: &TimeZone) -> Zoned {
        in_zone(self.start(), zone)
    }

    /// Its last moment in a time zone.
    pub fn zoned_end(self, zone: &TimeZone) -> Zoned {
        in_zone(self.end(), zone)
    }

    /// `2026年11月23日`, with ` 14:30` where a time is known.
    pub fn chinese(self) -> String {
        let date = self.date;
        let day = format!("{}年{}月{}日", date.year(), date.month(), date.day());
        match self.time {
            Some(time) => format!("{day} {:02}:{:02}", time.hour(), time.minute()),
            None => day,
        }
    }
}

fn in_zone(local: DateTime, zone: &TimeZone) -> Zoned {
    zone.to_ambiguous_zoned(local)
        .compatible()
        .unwrap_or_else(|_| Timestamp::UNIX_EPOCH.to_zoned(zone.clone()))
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.start().cmp(&other.start()).then(self.time.is_some().cmp(&other.time.is_some()))
    }
}
impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        match self.time {
            Some(time) => write!(f, " {:02}:{:02}", time.hour(), time.minute()),
            None => Ok(()),
        }
    }
}

/// Full-width forms to ASCII.
fn fold(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        other => other,
    }
}

/// No place of the world is farther from Greenwich than Kiribati, in hours.
const MAX_OFFSET: u32 = 14;

/// The hours of an offset: 8 of `+08:00`.
fn offset_hours(text: &str) -> Option<u32> {
    let tail = text.split_once(['T', 't'])?.1;
    let hours = &tail[tail.rfind(['+', '-'])? + 1..];
    hours.get(..2).and_then(|hours| hours.parse().ok())
}

fn has_offset(text: &str) -> bool {
    let tail = text.split_once(['T', 't']).map_or("", |(_, tail)| tail);
    tail.contains(['+', '-'])
}

/// Splits a text into the date's part and the time's part, both still as written.
fn split(text: &str) -> Option<(String, String)> {
    if let Some((date, time)) = text.split_once('日') {
        return Some((format!("{date}日"), time.trim().to_owned()));
    }
    let mut parts = text.splitn(2, [' ', 'T', 't']);
    let date = parts.next()?.to_owned();
    Some((date, parts.next().unwrap_or("").trim().to_owned()))
}

/// Chinese numerals as digits: 二〇二六年十一月二十日.
fn in_digits(text: &str) -> String {
    const DIGITS: &str = "〇一二三四五六七八九";
    let value = |c: char| match c {
        '○' | '零' => Some(0),
        _ => DIGITS.chars().position(|digit| digit == c),
    };
    let mut out = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length: usize =
            rest.chars().take_while(|c| *c == '十' || value(*c).is_some()).map(char::len_utf8).sum();
        let (run, behind) = rest.split_at(length.max(first.len_utf8()));
        rest = behind;
        if length == 0 {
            out.push_str(run);
        } else if let Some((tens, ones)) = run.split_once('十') {
            let one = |text: &str, empty: usize| text.chars().next().map_or(Some(empty), value);
            match (one(tens, 1), one(ones, 0)) {
                (Some(tens), Some(ones)) => out.push_str(&(tens * 10 + ones).to_string()),
                _ => out.push_str(run),
            }
        } else {
            run.chars().filter_map(value).for_each(|digit| out.push_str(&digit.to_string()));
        }
    }
    out
}

fn read_date(text: &str) -> Result<Date, WhenError> {
    let plain = text.trim();
    if plain.len() == 8 && plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return read_date(&format!("{}-{}-{}", &plain[..4], &plain[4..6], &plain[6..]));
    }
    let mut parts: Vec<&str> = text.split(['-', '/', '.', '年', '月', '日']).map(str::trim).collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let [year, month, day] = parts[..] else { return Err(WhenError::Form) };
    let digits =
        |s: &str, most: usize| !s.is_empty() && s.len() <= most && s.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || year.len() != 4 || !digits(month, 2) || !digits(day, 2) {
        return Err(WhenError::Form);
    }
    let year: i16 = year.parse().map_err(|_| WhenError::Form)?;
    let number: i8 = month.parse().map_err(|_| WhenError::Form)?;
    let first = Date::new(year, number, 1).map_err(|_| WhenError::Month(month.to_owned()))?;
    let last = first.days_in_month();
    day.parse()
        .ok()
        .and_then(|d| Date::new(year, number, d).ok())
        .ok_or_else(|| WhenError::Day { day: day.to_owned(), last })
}

fn read_time(text: &str) -> Result<Time, WhenError> {
    let wrong = || WhenError::Time(text.to_owned());
    let bare = |prefix: &str| text.strip_prefix(prefix).map(str::trim_start);
    let morning = ["上午", "早上", "早晨", "清晨", "凌晨"].into_iter().find_map(bare);
    let later = ["下午", "晚上", "傍晚", "夜里", "中午"].into_iter().find_map(bare);
    let text = morning.or(later).unwrap_or(text);
    let mut parts: Vec<&str> = text.split([':', '时', '点', '分', '秒']).map(str::trim).collect();
    if parts.last() == Some(&"") {
        parts.pop();
    }
    let mut numbers = [0i8; 3];
    if parts.is_empty() || parts.len() > 3 {
        return Err(wrong());
    }
    for (slot, part) in numbers.iter_mut().zip(&parts) {
        *slot = if *part == "半" { 30 } else { part.parse().map_err(|_| wrong())? };
    }
    if later.is_some() && (1..11).contains(&numbers[0]) {
        numbers[0] += 12;
    }
    Time::new(numbers[0], numbers[1], numbers[2], 0).map_err(|_| wrong())
}

/// The most telling error for an RFC 3339 text that could not be read.
fn part_error(text: &str) -> WhenError {
    let date = text.split(['T', 't']).next().unwrap_or(text);
    read_date(date).err().unwrap_or_else(|| WhenError::Time(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, WhenError> {
        let zone = TimeZone::get("Asia/Shanghai").expect("bundled");
        When::parse(text, &zone).map(|w| w.to_string())
    }

    #[test]
    fn forms_that_staff_write() {
        for (text, want) in [
            ("2026-11-23", "2026-11-23"),
            ("2026/11/23 14:30", "2026-11-23 14:30"),
            ("2026年11月23日", "2026-11-23"),
            ("2026 年 11 月 23 日 9 时 30 分", "2026-11-23 09:30"),
            ("２０２６．１１．２３", "2026-11-23"),
            ("2026-11-23T14:30:00+08:00", "2026-11-23 14:30"),
            ("2026-11-23T20:30:00Z", "2026-11-24 04:30"),
            ("2026年3月1日14点", "2026-03-01 14:00"),
            ("2026-3-1 8:05:09", "2026-03-01 08:05"),
            ("20261120", "2026-11-20"),
            ("二〇二六年十一月二十日", "2026-11-20"),
            ("二○二六年十月三十一日 上午10点", "2026-10-31 10:00"),
            ("2026年12月6日下午3点半", "2026-12-06 15:30"),
            ("2026年12月6日 中午12点", "2026-12-06 12:00"),
            ("2026年12月6日 晚上7:30", "2026-12-06 19:30"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(want), "{text}");
        }
    }

    #[test]
    fn dates_that_do_not_exist() {
        assert_eq!(read("2026-13-01"), Err(WhenError::Month("13".into())));
        assert_eq!(read("2026-02-30"), Err(WhenError::Day { day: "30".into(), last: 28 }));
        assert_eq!(read("2026-11-23 25:00"), Err(WhenError::Time("25:00".into())));
        assert_eq!(read("2026-11-23T08:00:00+25:00"), Err(WhenError::Time("08:00:00+25:00".into())));
        assert_eq!(read("明天"), Err(WhenError::Form));
        assert_eq!(read("26-11-23"), Err(WhenError::Form));
        assert_eq!(read("2026-13-01T08:00:00+08:00"), Err(WhenError::Month("13".into())));
    }
}
