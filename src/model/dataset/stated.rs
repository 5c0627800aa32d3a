//! What the figures and the definition state besides the counts themselves: totals, rates, months.
//!
//! Refuses: a total, a rate or a list of months that the counts contradict.
//! Invariant: nothing here changes a dataset.

use super::Dataset;
use super::dimension::{Member, Restriction, Time};
use super::findings::{definition, finding};
use super::measure::{Kind, Rate};
use super::period::Month;
use super::rows::{Columns, Sums, levels, number};
use super::view::Parts;
use crate::diag::{Message, Sink, Span, Spanned, codes};
use crate::source::table::Table;
use std::collections::BTreeSet;

/// Checks everything that is stated.
pub(super) fn check(dataset: &Dataset, table: &Table, sink: &mut Sink) {
    let parts = Parts { dimensions: &dataset.dimensions, measures: &dataset.measures, rates: &dataset.rates };
    let sums = Sums::new(&dataset.dimensions, &dataset.rows);
    // What was wrong with the columns was told when the rows were read.
    let mut told = Sink::new();
    if let Some(columns) = Columns::find(dataset.file, table, parts, &mut told) {
        for cells in &table.rows {
            let Some(levels) = levels(cells, &columns, &dataset.dimensions, &mut told) else { continue };
            let at: Restriction = levels.into_iter().enumerate().collect();
            if at.iter().any(|(_, level)| !matches!(level, Member::Code(_))) {
                totals(dataset, &sums, cells, &columns, &at, sink);
            }
            for (rate, column) in dataset.rates.iter().zip(&columns.rates) {
                if let Some(cell) = column.map(|column| &cells[column])
                    && !cell.value.trim().is_empty()
                {
                    check_rate(&sums, rate, &at, cell, sink);
                }
            }
        }
    }
    for rate in &dataset.rates {
        for (at, value) in &rate.stated {
            check_rate(&sums, rate, at, value, sink);
        }
    }
    contributions(dataset, sink);
    gaps(dataset, sink);
}

/// A row of a total or a group against the sum of its parts.
fn totals(
    dataset: &Dataset,
    sums: &Sums,
    cells: &[Spanned<String>],
    columns: &Columns,
    at: &[(usize, Member)],
    sink: &mut Sink,
) {
    for (measure, &column) in columns.measures.iter().enumerate() {
        let cell = &cells[column];
        if cell.value.trim().is_empty() {
            continue;
        }
        let Some(written) = number(cell, sink) else { continue };
        let sum = sums.of(measure, at);
        if sum != written {
            let name: Vec<&str> = at
                .iter()
                .filter(|(_, level)| *level != Member::Total)
                .map(|(dimension, level)| dataset.dimensions[*dimension].label(*level))
                .collect();
            let name = if name.is_empty() {
                dataset.dimensions.first().map_or("", |one| one.total.1.as_str()).to_owned()
            } else {
                name.join("、")
            };
            let message =
                Message::new("totals-disagree").with("name", name).with("written", written).with("sum", sum);
            let hint = Message::new("totals-disagree-hint")
                .with("sum", sum)
                .with("difference", (written - sum).abs())
                .with("more", if written > sum { "yes" } else { "no" });
            sink.report(finding(codes::TOTALS_DISAGREE, cell.span, message, hint));
        }
    }
}

/// A place together with what a rate restricts; none where both restrict one dimension to different things.
pub fn both(at: &[(usize, Member)], filter: &[(usize, Member)]) -> Option<Restriction> {
    let mut both: Restriction = at.iter().copied().filter(|(_, level)| *level != Member::Total).collect();
    for (dimension, level) in filter {
        match both.iter().find(|(other, _)| other == dimension) {
            None => both.push((*dimension, *level)),
            Some((_, own)) if own == level => {}
            Some(_) => return None,
        }
    }
    both.sort();
    Some(both)
}

fn check_rate(sums: &Sums, rate: &Rate, at: &[(usize, Member)], cell: &Spanned<String>, sink: &mut Sink) {
    let places = both(at, &rate.numerator).zip(both(at, &rate.denominator));
    let Some((top, bottom)) = places else { return };
    let (top, bottom) = (sums.of(rate.measure, &top), sums.of(rate.per, &bottom));
    let written = cell.value.trim();
    let message = |id| Message::new(id).with("written", written).with("top", top).with("bottom", bottom);
    let Some((digits, decimals)) = percent(written) else {
        let hint = Message::new("rate-form-hint");
        sink.report(finding(codes::RATE_DISAGREES, cell.span, message("rate-form"), hint));
        return;
    };
    if bottom == 0 {
        let hint = Message::new("rate-of-nothing-hint");
        sink.report(finding(codes::RATE_DISAGREES, cell.span, message("rate-of-nothing"), hint));
        return;
    }
    // Written to the digits that staff chose, at least those of the rate itself where they are more exact.
    if share(top, bottom, decimals) != Some(digits) {
        let decimals = decimals.max(rate.decimals);
        let right = share(top, bottom, decimals).map_or(String::new(), |digits| as_percent(digits, decimals));
        let hint = Message::new("rate-disagrees-hint").with("right", &right);
        let message = message("rate-disagrees").with("right", right);
        sink.report(finding(codes::RATE_DISAGREES, cell.span, message, hint));
    }
}

/// `91.2%`, `91.2` or `91.2％` as digits and how many of them stand behind the point.
fn percent(text: &str) -> Option<(i64, u8)> {
    let text = text.trim_end_matches(['%', '％']).trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 6 {
        return None;
    }
    Some((format!("{whole}{part}").parse().ok()?, u8::try_from(part.len()).ok()?))
}

/// `100 · top / bottom` to so many digits behind the point, halves up; none for nothing of nothing.
pub fn share(top: i64, bottom: i64, decimals: u8) -> Option<i64> {
    let scale = 100 * 10i128.pow(u32::from(decimals));
    let (top, bottom) = (i128::from(top), i128::from(bottom));
    (bottom > 0)
        .then(|| (2 * top * scale + bottom) / (2 * bottom))
        .and_then(|digits| i64::try_from(digits).ok())
}

fn as_percent(digits: i64, decimals: u8) -> String {
    let scale = 10i64.pow(u32::from(decimals));
    match decimals {
        0 => format!("{digits}%"),
        places => format!("{}.{:0width$}%", digits / scale, digits % scale, width = usize::from(places)),
    }
}

/// The rules for amounts need the largest contributions of each row.
fn contributions(dataset: &Dataset, sink: &mut Sink) {
    let needed = dataset.policy.dominance.map_or(2, |(n, _)| n.max(2));
    for (at, measure) in dataset.measures.iter().enumerate() {
        if !matches!(measure.kind, Kind::Amount { .. }) {
            continue;
        }
        let short = dataset.rows.iter().find(|row| {
            let share = &row.shares[at];
            let given = u32::try_from(share.largest.len()).unwrap_or(u32::MAX);
            given < needed && given < share.number && row.values[at] > 0
        });
        if let Some(row) = short {
            let message = Message::new("contributions-few").with("measure", &measure.label);
            let hint =
                Message::new("contributions-few-hint").with("needed", needed).with("key", &measure.key);
            sink.report(definition(row.span, message, hint));
        }
    }
}

/// Months without figures between the first and the last.
fn gaps(dataset: &Dataset, sink: &mut Sink) {
    for (at, dimension) in dataset.dimensions.iter().enumerate() {
        let Some(time) = dimension.time else { continue };
        let seen: BTreeSet<u32> = dataset.rows.iter().map(|row| row.at[at]).collect();
        let silent: Vec<Member> = (0..dimension.len())
            .filter(|code| !seen.contains(code) && !dimension.none.contains(code))
            .map(Member::Code)
            .collect();
        let mut lacking: Vec<(String, Span)> =
            silent.iter().map(|level| (dimension.label(*level).to_owned(), dimension.span)).collect();
        if time == Time::Month {
            lacking.extend(unnamed(dataset, at).into_iter().map(|month| (month.code(), dimension.span)));
        }
        if let Some((_, span)) = lacking.first() {
            let names: Vec<&str> = lacking.iter().map(|(name, _)| name.as_str()).collect();
            let message = Message::new("period-gap").with("names", names.join("、"));
            let hint = Message::new("period-gap-hint").with("name", names[0]);
            sink.report(finding(codes::PERIOD_GAP, *span, message, hint));
        }
    }
}

/// Months between the first and the last, and of the period, that the codes leave out.
fn unnamed(dataset: &Dataset, at: usize) -> Vec<Month> {
    let named: BTreeSet<Month> =
        dataset.dimensions[at].codes.iter().filter_map(|one| Month::parse(&one.code)).collect();
    let (Some(&first), Some(&last)) = (named.first(), named.last()) else { return Vec::new() };
    let (from, to) = match dataset.period.as_ref().and_then(|period| period.months) {
        Some((from, to)) => (first.min(from), last.max(to)),
        None => (first, last),
    };
    from.until(to).filter(|month| !named.contains(month)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_halves_up() {
        assert_eq!(share(52, 57, 1), Some(912));
        assert_eq!(share(54, 57, 1), Some(947));
        assert_eq!(share(1, 8, 0), Some(13));
        assert_eq!(share(1, 0, 1), None);
        assert_eq!(
            (as_percent(912, 1), as_percent(5, 2), as_percent(90, 0)),
            ("91.2%".into(), "0.05%".into(), "90%".into())
        );
        assert_eq!(
            (percent("91.2%"), percent("90"), percent("九成"), percent("-1")),
            (Some((912, 1)), Some((90, 0)), None, None)
        );
    }
}
