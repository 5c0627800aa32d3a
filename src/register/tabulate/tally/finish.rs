//! The end of a count: what the columns turned out to hold, and their codes in order.
//!
//! Refuses: a column whose values tell who somebody is, or that are too many for a category; a code that a list of codes lacks.
//! Invariant: the order of codes says nothing about how many cases they have.

use super::super::columns::{Kind, PlannedDimension, place};
use super::super::result::{Cell, Code, Counted, CountedDimension};
use super::super::similar;
use super::super::time::{Period, Unit};
use super::Body;
use super::cells::{Codes, Found, UNFILLED, band_code};
use super::cursor::Cursor;
use crate::diag::Message;
use crate::register::{address, identity};
use std::collections::BTreeMap;

impl Body {
    /// The result; none where the columns hold what is refused.
    pub(super) fn finish(mut self, cursor: &mut Cursor<'_>) -> Option<Counted> {
        self.tell_blanks(cursor);
        if self.seen.cases == 0 && cursor.problems.count == 0 {
            let id = if self.seen.outside > 0 { "register-all-outside" } else { "register-no-cases" };
            cursor
                .problems
                .add(Message::new(id).with("sheet", cursor.sheet).with("count", self.seen.outside));
            return None;
        }
        let days = self.seen.days.map(|(from, to)| Period { from, to });
        let period = cursor.request.period.or(days);
        let asked = cursor.request.period.is_some();
        let span = Self::span(cursor, days);
        let (mut dimensions, mut maps) = (Vec::new(), Vec::new());
        for (plan, codes) in self.plan.dimensions.iter().zip(&self.codes) {
            judge(plan, codes, self.seen.cases, cursor);
            let (dimension, map) = in_order(plan, codes, span, cursor);
            dimensions.push(dimension);
            maps.push(map);
        }
        if cursor.problems.count > 0 {
            return None;
        }
        self.seen.blanks += dimensions
            .iter()
            .flat_map(|one| &one.codes)
            .filter(|code| code.label == UNFILLED)
            .map(|code| code.count)
            .sum::<u64>();
        let mut cells: BTreeMap<Vec<usize>, Cell> = BTreeMap::new();
        let last = maps.len();
        let mut found: Vec<_> = self.cells.into_iter().collect();
        found.sort_unstable_by_key(|(key, _)| *key);
        for (key, cell) in found {
            let part = |at: usize| {
                usize::from(u16::try_from(key >> (16 * (last - 1 - at)) & 0xFFFF).expect("masked"))
            };
            let place = (0..last).map(|at| maps[at][part(at)]).collect();
            cells.entry(place).or_default().join(&cell, &self.largest);
        }
        if self.plan.counts.is_some() {
            // So far each row stood for one.
            dimensions.iter_mut().flat_map(|one| &mut one.codes).for_each(|code| code.count = 0);
            for (place, cell) in &cells {
                for (dimension, code) in dimensions.iter_mut().zip(place) {
                    dimension.codes[*code].count += cell.count;
                }
            }
        }
        Some(Counted { dimensions, sums: self.plan.sums, cells, seen: self.seen, period, asked })
    }

    /// The span of time whose periods are all listed: as asked, as the dataset's file says, or as the days go.
    fn span(cursor: &Cursor<'_>, days: Option<Period>) -> Option<Period> {
        let told = cursor
            .request
            .period
            .or_else(|| cursor.request.defined.as_ref().and_then(|defined| defined.period));
        match (told, days) {
            (Some(told), Some(days)) => {
                Some(Period { from: told.from.min(days.from), to: told.to.max(days.to) })
            }
            (told, days) => told.or(days),
        }
    }
}

/// Looks at what a column turned out to hold.
fn judge(plan: &PlannedDimension, codes: &Codes, cases: u64, cursor: &mut Cursor<'_>) {
    let column = place(plan.column, &plan.header);
    if plan.kind != Kind::Category && !codes.overflow {
        return;
    }
    if codes.overflow {
        let message = Message::new("register-no-category")
            .with("column", column)
            .with("different", codes.found.len())
            .with("count", cases);
        cursor.problems.add_with(message, Some(Message::new("register-no-category-hint")));
        return;
    }
    let named = |found: &&Found| !found.known && area(&found.text, cursor).is_none();
    let fresh: Vec<&Found> = codes.found.iter().filter(named).collect();
    if let Some(sort) = identity::by_values(fresh.iter().map(|found| (found.text.as_str(), found.count))) {
        let message =
            Message::new("register-identifies-by-values").with("column", column).with("sort", sort.key());
        cursor.problems.add_with(message, Some(Message::new("register-identifies-hint")));
    } else if identity::is_no_category(fresh.len() as u64, cases) {
        let message = Message::new("register-no-category")
            .with("column", column)
            .with("different", codes.found.len())
            .with("count", cases);
        cursor.problems.add_with(message, Some(Message::new("register-no-category-hint")));
    } else if codes.closed {
        for found in codes.found.iter().filter(|found| !found.known) {
            let message = Message::new("register-unknown-code")
                .with("sheet", cursor.sheet)
                .with("cell", address(found.row, plan.column))
                .with("value", cursor.masked(&found.text))
                .with("count", found.count)
                .with("key", &plan.key);
            let listed = plan
                .defined
                .codes
                .iter()
                .map(|(code, label)| (strsim::jaro_winkler(label, &found.text), code));
            let near = listed.max_by(|a, b| a.0.total_cmp(&b.0)).map_or("", |(_, code)| code);
            let hint = Message::new("register-unknown-code-hint")
                .with("code", near)
                .with("value", cursor.masked(&found.text));
            cursor.problems.add_with(message, Some(hint));
        }
    }
}

/// The site's code and name of a village.
fn area<'c>(text: &str, cursor: &'c Cursor<'_>) -> Option<&'c (String, String)> {
    cursor.request.areas.iter().find(|(code, name)| code == text || name == text)
}

/// A dimension's codes in order, and for every code found its place among them.
fn in_order(
    plan: &PlannedDimension,
    codes: &Codes,
    span: Option<Period>,
    cursor: &Cursor<'_>,
) -> (CountedDimension, Vec<usize>) {
    let villages = codes.found.iter().filter(|found| area(&found.text, cursor).is_some()).count();
    let areas = plan.kind == Kind::Category
        && villages > 0
        && villages * 2 >= codes.found.len()
        && plan.defined.codes.is_empty();
    let meaning = |found: &Found| match area(&found.text, cursor).filter(|_| areas) {
        Some((code, name)) => (code.clone(), name.clone()),
        None => (found.text.clone(), found.text.clone()),
    };
    let mut listed: Vec<(String, String)> = match &plan.kind {
        Kind::Time(unit) => span
            .filter(|_| *unit != Unit::Day)
            .map(|span| {
                let cuts = cursor.request.defined.as_ref().map_or(&[][..], |defined| &defined.cuts);
                unit.codes(span, cuts)
            })
            .unwrap_or_default()
            .into_iter()
            .map(|code| (code.clone(), code))
            .collect(),
        Kind::Bands(cuts, unit) => (0..=cuts.len())
            .map(|band| (band_code(cuts, band), band_label(cuts, band, unit.is_some(), &plan.header)))
            .collect(),
        Kind::Category if areas => cursor.request.areas.clone(),
        Kind::Category => plan.defined.codes.clone(),
    };
    let mut rest: Vec<(String, String)> = codes
        .found
        .iter()
        .map(meaning)
        .filter(|(code, _)| !listed.iter().any(|(known, _)| known == code))
        .collect();
    rest.sort_by_key(|(a, _)| order(a));
    rest.dedup();
    listed.extend(rest);
    let position =
        |code: &str| listed.iter().position(|(known, _)| known == code).expect("every code found was listed");
    let map: Vec<usize> = codes.found.iter().map(|found| position(&meaning(found).0)).collect();
    let mut out: Vec<Code> = listed
        .iter()
        .map(|(code, label)| Code { code: code.clone(), label: label.clone(), count: 0 })
        .collect();
    for (found, place) in codes.found.iter().zip(&map) {
        out[*place].count += found.count;
    }
    let alike = if plan.kind == Kind::Category {
        let seen: Vec<(&str, u64)> =
            out.iter().filter(|code| code.count > 0).map(|code| (code.label.as_str(), code.count)).collect();
        let known = |text: &str| {
            areas && area(text, cursor).is_some() || plan.defined.codes.iter().any(|(_, label)| label == text)
        };
        similar::pairs(&seen).into_iter().filter(|(a, b)| !(known(a) && known(b))).collect()
    } else {
        Vec::new()
    };
    let dimension = CountedDimension {
        key: plan.key.clone(),
        label: plan.label.clone(),
        header: plan.header.clone(),
        column: plan.column,
        time: match plan.kind {
            Kind::Time(unit) => Some(unit),
            _ => None,
        },
        codes: out,
        merged: codes.merged.iter().map(|((from, to), count)| (from.clone(), to.clone(), *count)).collect(),
        folded: codes
            .folded
            .iter()
            .map(|(code, count)| (*code, *count))
            .collect::<BTreeMap<_, _>>()
            .values()
            .sum(),
        alike,
        areas,
    };
    (dimension, map)
}

/// `18岁以下` before `18—39岁` before `60岁以上`, other texts as they are written, 其他 and 未填 last.
fn order(code: &str) -> (u8, u64, u8, String) {
    let last = match code {
        UNFILLED => 2,
        _ if code.starts_with("其他") || code.starts_with("其它") => 1,
        _ => 0,
    };
    let digits: String =
        code.chars().skip_while(|sign| !sign.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    let factor =
        match code.chars().skip_while(|sign| !sign.is_ascii_digit()).find(|sign| !sign.is_ascii_digit()) {
            Some('千') => 1_000,
            Some('万') => 10_000,
            Some('亿') => 100_000_000,
            _ => 1,
        };
    let number = digits.parse::<u64>().map_or(u64::MAX, |number| number.saturating_mul(factor));
    let side = match code {
        _ if code.contains("以下") || code.contains("不满") || code.contains("以内") => 0,
        _ if code.contains("以上") => 2,
        _ => 1,
    };
    (last, number, side, code.to_owned())
}

/// What readers see of a band.
fn band_label(cuts: &[i64], band: usize, money: bool, header: &str) -> String {
    let unit = if money {
        "元"
    } else if header.contains("年龄") || header.contains('岁') {
        "岁"
    } else {
        ""
    };
    let figure = |number: i64| match number {
        _ if money && number % 10_000 == 0 => format!("{}万", number / 10_000),
        _ if money && number % 1_000 == 0 && number < 10_000 => format!("{}千", number / 1_000),
        _ => number.to_string(),
    };
    match (band.checked_sub(1).map(|before| cuts[before]), cuts.get(band)) {
        (None, Some(next)) => format!("不满{}{unit}", figure(*next)),
        (Some(from), Some(next)) if money => format!("{}{unit}以上不满{}{unit}", figure(from), figure(*next)),
        (Some(from), Some(next)) => format!("{from}—{}{unit}", next - 1),
        (Some(from), None) => format!("{}{unit}以上", figure(from)),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_as_readers_expect() {
        let mut codes = ["60岁以上", "其他", "18—59岁", "18岁以下", "未填", "邻里"];
        codes.sort_by_key(|code| order(code));
        assert_eq!(codes, ["18岁以下", "18—59岁", "60岁以上", "邻里", "其他", "未填"]);
        let mut codes = ["5万元以上", "1万至5万元", "1千元以下", "5千至1万元", "1千至5千元"];
        codes.sort_by_key(|code| order(code));
        assert_eq!(codes, ["1千元以下", "1千至5千元", "5千至1万元", "1万至5万元", "5万元以上"]);
    }

    #[test]
    fn bands_are_called_as_the_law_calls_them() {
        let money: Vec<String> =
            (0..3).map(|band| band_label(&[3000, 50_000], band, true, "损失(元)")).collect();
        assert_eq!(money, ["不满3千元", "3千元以上不满5万元", "5万元以上"]);
        let ages: Vec<String> = (0..3).map(|band| band_label(&[18, 60], band, false, "年龄")).collect();
        assert_eq!(ages, ["不满18岁", "18—59岁", "60岁以上"]);
    }
}
