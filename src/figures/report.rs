//! The key figures of a period: what it was, and how it differs from the month before and from the same month a year ago.
//!
//! Refuses: a comparison of which one side is not printed; it says so instead. Words of praise or blame.
//! Invariant: every number is printed in the table, or a difference or share of such.

use super::chart::month;
use super::number;
use super::sentence::difference;
use super::shown;
use super::words::Language;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeTable};
use serde::Serialize;

/// The key figures of a period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The table's caption.
    pub title: String,
    /// The period in words, as the table has it.
    pub period: String,
    /// Its figures: the sum, what it is made of, the rates.
    pub figures: Vec<Figure>,
    /// What they say.
    pub sentence: String,
}

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// What it counts.
    pub label: String,
    /// The number alone; that it is not published, where it is not.
    pub value: String,
    /// Its unit.
    pub unit: Option<String>,
    /// How it differs from earlier ones.
    pub changes: Vec<String>,
}

/// The table with periods down its side.
struct Periods<'t> {
    table: &'t SafeTable,
    /// Whether periods are rows.
    rows: bool,
    language: Language,
}

/// The codes of the periods that a table has, in order.
pub fn periods(table: &SafeTable) -> Vec<&str> {
    let of = |entries: &'_ [AxisEntry]| -> Vec<usize> {
        (0..entries.len()).filter(|&index| period(&entries[index]).is_some()).collect()
    };
    let (rows, columns) = (&table.rows().entries, &table.columns().entries);
    let entries = if distinct(rows) { rows } else { columns };
    of(entries).into_iter().filter_map(|index| period(&entries[index])).collect()
}

/// Whether periods differ along an axis: a table may be of one period as a whole.
fn distinct(entries: &[AxisEntry]) -> bool {
    let mut codes: Vec<&str> = entries.iter().filter_map(period).collect();
    let all = codes.len();
    codes.sort_unstable();
    codes.dedup();
    codes.len() == all && all > 0 && (all > 1 || entries.len() == 1)
}

/// The month or year that an entry is.
fn period(entry: &AxisEntry) -> Option<&str> {
    let (_, code) = entry.codes.first()?;
    (month(code).is_some() || year(code).is_some()).then_some(code)
}

fn year(code: &str) -> Option<i16> {
    (code.len() == 4).then(|| code.parse().ok()).flatten()
}

/// The key figures of a table's period; none where the table has no such period.
pub fn of(table: &SafeTable, code: &str, language: Language) -> Option<Report> {
    let rows = distinct(&table.rows().entries);
    if !rows && !distinct(&table.columns().entries) {
        return None;
    }
    let periods = Periods { table, rows, language };
    let now = periods.at(code)?;
    let order = |role: Role| match role {
        Role::Total => 0,
        Role::Group | Role::Category => 1,
        Role::Rate => 2,
    };
    let mut parts: Vec<usize> = (0..periods.parts().len()).collect();
    parts.sort_by_key(|&part| order(periods.parts()[part].role));
    let before = earlier(code);
    let figures: Vec<Figure> = parts.iter().map(|&part| periods.figure(now, part, &before)).collect();
    let period = shown::label(&periods.sides()[now]);
    let sentence = periods.sentence(now, &period, &figures, &parts);
    // A table of one year says the month alone; a box on a page says the year too.
    let period = match month(code) {
        Some((year, month)) if language == Language::Chinese => format!("{year}年{month}月"),
        _ => period,
    };
    Some(Report { title: table.title().to_owned(), period, figures, sentence })
}

/// The codes to compare with, and what comparing with them is called.
fn earlier(code: &str) -> Vec<(String, [&'static str; 2])> {
    match (month(code), year(code)) {
        (Some((year, month)), _) => {
            let last = if month == 1 { (year - 1, 12) } else { (year, month - 1) };
            vec![
                (format!("{:04}-{:02}", last.0, last.1), ["比上月", "than the month before"]),
                (format!("{:04}-{month:02}", year - 1), ["比去年同月", "than the same month of last year"]),
            ]
        }
        (None, Some(year)) => vec![(format!("{:04}", year - 1), ["比上年", "than the year before"])],
        (None, None) => Vec::new(),
    }
}

impl Periods<'_> {
    /// The entries that are periods.
    fn sides(&self) -> &[AxisEntry] {
        if self.rows { &self.table.rows().entries } else { &self.table.columns().entries }
    }

    /// The entries that are figures.
    fn parts(&self) -> &[AxisEntry] {
        if self.rows { &self.table.columns().entries } else { &self.table.rows().entries }
    }

    fn at(&self, code: &str) -> Option<usize> {
        self.sides().iter().position(|entry| period(entry) == Some(code))
    }

    fn cell(&self, side: usize, part: usize) -> SafeCell {
        if self.rows { self.table.cell(side, part) } else { self.table.cell(part, side) }
    }

    fn unit(&self, side: usize, part: usize) -> Option<&str> {
        let (row, column) = if self.rows { (side, part) } else { (part, side) };
        shown::unit(self.table, row, column)
    }

    fn figure(&self, now: usize, part: usize, before: &[(String, [&'static str; 2])]) -> Figure {
        let (cell, unit) = (self.cell(now, part), self.unit(now, part));
        let rate = matches!(cell, SafeCell::Rate { .. });
        let whole = number::cell(cell, unit);
        let (value, unit) = match (&whole, cell) {
            (Some(whole), _) => {
                let own = unit.filter(|unit| !rate && whole.ends_with(*unit));
                let digits = own.map_or(whole.as_str(), |unit| &whole[..whole.len() - unit.len()]);
                // 12.3万元: the 万 belongs to the unit.
                let bare = digits.trim_end_matches(['万', '亿']);
                let unit = format!("{}{}", &digits[bare.len()..], own.unwrap_or_default());
                (bare.to_owned(), Some(unit).filter(|unit| !unit.is_empty()))
            }
            (None, SafeCell::Hidden) => (self.language.hidden().to_owned(), None),
            (None, _) => (shown::NOTHING.to_owned(), None),
        };
        // A month of which a part is counted is neither more nor less than a whole one.
        let whole_time = |side: usize| !shown::label(&self.sides()[side]).contains('日');
        let changes = before.iter().filter_map(|(code, [chinese, english])| {
            let earlier = self.at(code).filter(|&earlier| whole_time(earlier) && whole_time(now))?;
            let then = self.cell(earlier, part);
            let lead = self.language.pick(chinese, english);
            Some(match difference(then, cell, self.unit(now, part), self.language) {
                Some(change) if self.language == Language::Chinese => {
                    let equal = change.starts_with('一');
                    if equal {
                        format!("{}{change}", lead.replacen('比', "和", 1))
                    } else {
                        format!("{lead}{change}")
                    }
                }
                Some(change) => format!("{change} {lead}"),
                None if whole.is_none() || then == SafeCell::Empty => return None,
                None => {
                    let time = lead.trim_start_matches('比').trim_start_matches("than ");
                    match self.language {
                        Language::Chinese => format!("{time}的数未公布，不比较"),
                        Language::English => format!("{time}: not published"),
                    }
                }
            })
        });
        Figure { label: shown::label(&self.parts()[part]), value, unit, changes: changes.collect() }
    }

    /// “9月合计57件，其中调解成功52件，占91.2%。”
    fn sentence(&self, now: usize, period: &str, figures: &[Figure], parts: &[usize]) -> String {
        /// More parts than these are read in the table.
        const TOLD: usize = 3;
        let role = |index: usize| self.parts()[parts[index]].role;
        let whole = |index: usize| number::cell(self.cell(now, parts[index]), self.unit(now, parts[index]));
        let total = (0..figures.len()).find(|&index| role(index) == Role::Total);
        let sum = total.and_then(|index| match self.cell(now, parts[index]) {
            SafeCell::Number(sum) => Some((index, sum)),
            _ => None,
        });
        let printed: Vec<usize> = (0..figures.len())
            .filter(|&index| role(index) == Role::Category && whole(index).is_some())
            .collect();
        let mut said = Vec::new();
        let (comma, stop) = (self.language.pick("，", ", "), self.language.pick("。", ". "));
        let share = |index: usize| match (self.cell(now, parts[index]), sum) {
            (SafeCell::Number(part), Some((_, sum))) if sum > 0 && part <= sum => {
                let share = number::rate(number::divide(part.saturating_mul(1000), sum), 1);
                Some(match self.language {
                    Language::Chinese => format!("占{share}"),
                    Language::English => share,
                })
            }
            _ => None,
        };
        let one = |index: usize| {
            let (label, value) = (&figures[index].label, whole(index).unwrap_or_default());
            // 件数57件 says 件 twice.
            let unit = self.unit(now, parts[index]).unwrap_or_default();
            if !unit.is_empty() && *label == format!("{unit}数") {
                return value;
            }
            match self.language {
                Language::Chinese => format!("{label}{value}"),
                Language::English => format!("{label} {value}"),
            }
        };
        let pieces = printed.iter().take(TOLD).map(|&index| match share(index) {
            Some(share) if printed.len() <= TOLD => format!("{}{comma}{share}", one(index)),
            _ => one(index),
        });
        let pieces: Vec<String> = if printed.len() <= TOLD { pieces.collect() } else { Vec::new() };
        let pieces = pieces.join(self.language.pick("；", "; "));
        match (sum, pieces.is_empty()) {
            (Some((index, _)), false) => {
                let among = self.language.pick("，其中", ", of which ");
                said.push(format!("{period}{}{among}{pieces}{stop}", self.space(&one(index))));
            }
            (Some((index, _)), true) => said.push(format!("{period}{}{stop}", self.space(&one(index)))),
            (None, false) => said.push(format!("{period}{}{pieces}{stop}", self.language.pick("：", ": "))),
            (None, true) => {}
        }
        for index in (0..figures.len()).filter(|&index| role(index) == Role::Rate && whole(index).is_some()) {
            said.push(format!("{}{stop}", one(index)));
        }
        if let Some(index) = sum.map(|(index, _)| index).or(printed.first().copied()) {
            let known = |change: &&String| !change.contains(self.language.hidden());
            let changes: Vec<&str> =
                figures[index].changes.iter().filter(known).map(String::as_str).collect();
            if !changes.is_empty() {
                let label = &figures[index].label;
                said.push(format!("{label}{}{stop}", self.space(&changes.join(comma))));
            }
        }
        said.concat().trim_end().to_owned()
    }

    fn space(&self, text: &str) -> String {
        match self.language {
            Language::Chinese => text.to_owned(),
            Language::English => format!(": {text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::testing::table;

    fn months() -> SafeTable {
        table(
            "by-month",
            "每月调解",
            "件",
            "month/月份: 2025-09=2025年9月 2026-08=2026年8月 2026-09=2026年9月",
            "outcome/结果: ok=调解成功 no=没有调成 =合计 %success=调解成功率",
            &["40 8 48 83.3%", "47 * * *", "52 5 57 91.2%"],
        )
    }

    #[test]
    fn a_month_beside_those_before() {
        let report = of(&months(), "2026-09", Language::Chinese).unwrap();
        assert_eq!(report.period, "2026年9月");
        let total = &report.figures[0];
        assert_eq!(
            (total.label.as_str(), total.value.as_str(), total.unit.as_deref()),
            ("合计", "57", Some("件"))
        );
        assert_eq!(total.changes, ["上月的数未公布，不比较", "比去年同月多9件"]);
        assert_eq!(report.figures[1].changes, ["比上月多5件", "比去年同月多12件"]);
        assert_eq!(report.figures[3].value, "91.2%");
        assert_eq!(report.figures[3].changes, ["上月的数未公布，不比较", "比去年同月高7.9个百分点"]);
        assert_eq!(
            report.sentence,
            "2026年9月合计57件，其中调解成功52件，占91.2%；没有调成5件，占8.8%。调解成功率91.2%。\
             合计比去年同月多9件。"
        );
    }

    #[test]
    fn what_is_hidden_is_neither_told_nor_compared() {
        let report = of(&months(), "2026-08", Language::Chinese).unwrap();
        assert_eq!(report.figures[0].value, "未公布");
        assert!(report.figures[0].changes.is_empty());
        assert_eq!(report.sentence, "2026年8月：调解成功47件。");
    }

    #[test]
    fn a_period_that_is_not_there() {
        assert_eq!(of(&months(), "2026-10", Language::Chinese), None);
        assert_eq!(periods(&months()), ["2025-09", "2026-08", "2026-09"]);
    }
}
