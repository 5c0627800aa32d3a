//! How often each page was read, day by day, and nothing about who read it.
//!
//! Kept are a page's address and a number: no reader's address, no cookie, no browser, no hour. Files that staff open (a table a day, a table a month) say 少于5 in the place of a number
//! under five: a page that only one village opens, opened once, may tell who it was. The numbers themselves stand in hidden files beside them, so that counting goes on
//! after a restart.
//!
//! Counted is an answer with a page of the site: a reader's look, a robot's as well.
//!
//! Refuses: a site whose settings do not tell its readers of it (`host: {count_visits: yes}`), which `cli::host` sees to.
//! Invariant: only addresses of the site's own pages are counted, so what readers type is never kept.

use crate::world::OpenFolder;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The smallest number that is shown.
const LEAST: u64 = 5;
/// What stands for a smaller one.
const FEW: &str = "少于5";
/// Office programs read a table as UTF-8 only with this in front of it.
const BOM: &str = "\u{feff}";
/// The most bytes of a day.
const LONGEST: u64 = 64 << 20;

/// The numbers of a day, by page.
type Numbers = BTreeMap<String, u64>;

/// A count that goes on.
pub struct Visits {
    folder: PathBuf,
    today: Mutex<Today>,
}

struct Today {
    day: Date,
    numbers: Numbers,
    changed: bool,
}

impl Visits {
    /// Goes on where the last server ended.
    ///
    /// # Errors
    /// Where the folder cannot be used, or its numbers of today cannot be read.
    pub fn begin(folder: &Path, day: Date) -> io::Result<Self> {
        let numbers = read(&OpenFolder::open(folder)?, day)?;
        Ok(Self { folder: folder.to_owned(), today: Mutex::new(Today { day, numbers, changed: false }) })
    }

    fn today(&self) -> MutexGuard<'_, Today> {
        self.today.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a page of the site.
    pub fn note(&self, page: &str) {
        let mut today = self.today();
        match today.numbers.get_mut(page) {
            Some(number) => *number += 1,
            None => {
                today.numbers.insert(page.to_owned(), 1);
            }
        }
        today.changed = true;
    }

    /// Writes what was counted; `now` is the day that it is.
    ///
    /// # Errors
    /// Where the disk does not take it. What was counted stays and is written the next time.
    pub fn keep(&self, now: Date) -> io::Result<()> {
        let mut today = self.today();
        if today.changed {
            let folder = OpenFolder::open(&self.folder)?;
            folder.replace(&hidden(today.day), raw(&today.numbers).as_bytes())?;
            folder.replace(&format!("{}.csv", today.day), table(&today.numbers).as_bytes())?;
            let month = month(&folder, today.day)?;
            folder.replace(&format!("{}.csv", today.day.strftime("%Y-%m")), table(&month).as_bytes())?;
            today.changed = false;
        }
        if today.day != now {
            *today =
                Today { day: now, numbers: read(&OpenFolder::open(&self.folder)?, now)?, changed: false };
        }
        Ok(())
    }
}

/// The name of the file with a day's numbers.
fn hidden(day: Date) -> String {
    format!(".visits-{day}")
}

fn raw(numbers: &Numbers) -> String {
    numbers.iter().fold(String::new(), |mut text, (page, number)| {
        let _ = writeln!(text, "{number} {page}");
        text
    })
}

/// The numbers of a day as they were kept.
fn read(folder: &OpenFolder, day: Date) -> io::Result<Numbers> {
    let bytes = match folder.read(hidden(day), LONGEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Numbers::new()),
        Err(error) => return Err(error),
    };
    let line = |line: &str| {
        let (number, page) = line.split_once(' ')?;
        Some((page.to_owned(), number.parse().ok()?))
    };
    Ok(String::from_utf8_lossy(&bytes).lines().filter_map(line).collect())
}

/// The numbers of a month.
fn month(folder: &OpenFolder, of: Date) -> io::Result<Numbers> {
    let mut sum = Numbers::new();
    for day in 1..=of.days_in_month() {
        let Ok(day) = Date::new(of.year(), of.month(), day) else { continue };
        for (page, number) in read(folder, day)? {
            *sum.entry(page).or_default() += number;
        }
    }
    Ok(sum)
}

/// A table for staff: the most read first.
fn table(numbers: &Numbers) -> String {
    let mut lines: Vec<(&String, u64)> = numbers.iter().map(|(page, number)| (page, *number)).collect();
    // Small numbers are not told by their order either.
    lines.sort_by_key(|(page, number)| {
        (std::cmp::Reverse(if *number < LEAST { 0 } else { *number }), (*page).clone())
    });
    let mut text = format!("{BOM}页面,次数\n");
    for (page, number) in lines {
        // A comma or a quotation mark of an address, and signs with which a formula begins.
        let page = page.replace('"', "\"\"");
        if number < LEAST {
            let _ = writeln!(text, "\"{page}\",{FEW}");
        } else {
            let _ = writeln!(text, "\"{page}\",{number}");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests of the disk touch the disk")]
    use super::*;
    use jiff::civil::date;
    use std::fs;

    #[test]
    fn small_numbers_are_not_told_and_counting_goes_on() {
        let held = tempfile::tempdir().unwrap();
        let (first, second) = (date(2026, 11, 24), date(2026, 11, 25));
        let text = |name: &str| fs::read_to_string(held.path().join(name)).unwrap();
        let visits = Visits::begin(held.path(), first).unwrap();
        for _ in 0..4 {
            visits.note("/tips/b/");
            visits.note("/tips/a/");
        }
        visits.keep(first).unwrap();
        assert_eq!(text("2026-11-24.csv"), "\u{feff}页面,次数\n\"/tips/a/\",少于5\n\"/tips/b/\",少于5\n");
        drop(visits);
        let visits = Visits::begin(held.path(), first).unwrap();
        for _ in 0..3 {
            visits.note("/tips/b/");
        }
        // Midnight: what was counted is of the day before.
        visits.keep(second).unwrap();
        assert_eq!(text("2026-11-24.csv"), "\u{feff}页面,次数\n\"/tips/b/\",7\n\"/tips/a/\",少于5\n");
        visits.note("/tips/a/");
        visits.keep(second).unwrap();
        assert_eq!(text("2026-11-25.csv"), "\u{feff}页面,次数\n\"/tips/a/\",少于5\n");
        assert_eq!(text("2026-11.csv"), "\u{feff}页面,次数\n\"/tips/b/\",7\n\"/tips/a/\",5\n");
    }
}
