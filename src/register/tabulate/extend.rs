//! The period of a definition, carried on: the next month's register reaches beyond what the file says.
//!
//! Refuses: touching anything of the file but the period and the remark that `tabulate` wrote above it; a period that ends within a month,
//! since earlier releases may have ended there too.
//! Invariant: what comes out says the new period, and the rest of it is the same to the byte.

use super::definition::Definition;
use super::time::{Period, Unit};
use crate::diag::{FileId, Sink};
use crate::source::node::NodeKind;
use crate::source::yaml;
use std::ops::Range;

/// How the remark begins that `tabulate` writes above the period.
const REMARK: &str = "# 期间：登记表里 ";

/// What became of the period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extended {
    /// It reaches far enough, or there is none.
    Enough,
    /// The file with the new period; its first and last month.
    To(String, String, String),
    /// It does not reach, and staff have to say how far it is to: the month that it lacks.
    ByHand(String),
}

/// Carries the period of a definition on to the days of a register with so many cases.
pub fn extended(text: &str, days: Period, cases: u64) -> Extended {
    let Some(known) = Definition::read(text).and_then(|defined| defined.period) else {
        return Extended::Enough;
    };
    if known.from <= days.from && days.to <= known.to {
        return Extended::Enough;
    }
    let wanted = Period { from: known.from.min(days.from), to: known.to.max(days.to.last_of_month()) };
    let (from, to) = (Unit::Month.code(wanted.from), Unit::Month.code(wanted.to));
    let lacks = if days.to > known.to { &to } else { &from };
    if known.within_months() {
        return Extended::ByHand(lacks.clone());
    }
    let new = rewritten(text, &from, &to, days, cases);
    let holds = |text: &String| {
        Definition::read(text)
            .and_then(|defined| defined.period)
            .is_some_and(|new| new.from <= wanted.from && wanted.to <= new.to)
    };
    match new.filter(holds) {
        Some(text) => Extended::To(text, from, to),
        None => Extended::ByHand(lacks.clone()),
    }
}

/// The text with other months in its period.
fn rewritten(text: &str, from: &str, to: &str, days: Period, cases: u64) -> Option<String> {
    let root = yaml::parse_yaml(FileId(0), text, &mut Sink::new());
    let period = root.get(&["period", "期间"])?;
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    match &period.kind {
        NodeKind::Map(_) => {
            for (names, month) in [(["from", "从"], from), (["to", "到"], to)] {
                changes.push((period.get(&names)?.span.range(), month.to_owned()));
            }
        }
        _ => changes.push((period.span.range(), format!("{from} 至 {to}"))),
    }
    let begin = changes.iter().map(|(range, _)| range.start).min()?;
    if let Some(at) = text[..begin].rfind(REMARK) {
        let end = at + text[at..].find(['\r', '\n'])?;
        changes.push((at..end, format!("{REMARK}{} 到 {} 的{cases}件", days.from, days.to)));
    }
    changes.sort_by_key(|(range, _)| std::cmp::Reverse(range.start));
    let mut out = text.to_owned();
    for (range, new) in changes {
        let old = text.get(range.clone())?;
        // A quoted value keeps its quotation marks.
        let quote = old.chars().next().filter(|sign| matches!(sign, '"' | '\'') && old.len() > 1);
        let new = quote.map_or(new.clone(), |quote| format!("{quote}{new}{quote}"));
        out.replace_range(range, &new);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn until(text: &str, month: i8, day: i8) -> Extended {
        extended(text, Period { from: date(2026, 1, 5), to: date(2026, month, day) }, 194)
    }

    #[test]
    fn the_next_month_carries_the_period_on() {
        let yaml = "title: 数 # 期间\n# 期间：登记表里 2026-01-05 到 2026-10-28 的191件\nperiod:\n  from: 2026-01\n  to: \"2026-10\"\nfile: a.csv\n";
        let new = "title: 数 # 期间\n# 期间：登记表里 2026-01-05 到 2026-11-03 的194件\nperiod:\n  from: 2026-01\n  to: \"2026-11\"\nfile: a.csv\n";
        let told = |text: &str| Extended::To(text.to_owned(), "2026-01".to_owned(), "2026-11".to_owned());
        assert_eq!(until(yaml, 11, 3), told(new));
        assert_eq!(until(yaml, 10, 31), Extended::Enough);
        let yaml = "期间: 2026-01 至 2026-10\n标题: 数\n";
        assert_eq!(until(yaml, 11, 3), told("期间: 2026-01 至 2026-11\n标题: 数\n"));
        assert_eq!(until("title: 数\n", 11, 3), Extended::Enough);
        assert_eq!(until("period: 2026\n", 11, 3), Extended::Enough);
        let yaml = "period: {from: 2026-01, to: 2026-10-28}\n";
        assert_eq!(until(yaml, 11, 3), Extended::ByHand("2026-11".to_owned()));
    }
}
