//! The figures: rows of codes and numbers.
//!
//! Refuses: words that no category has, numbers that count nothing (约30, -1, 2.5), the same combination twice.
//! Invariant: rows are in the order of their codes; what is missing is 0.

use super::dimension::{Dimension, Member};
use super::findings::{definition, finding, unknown_category};
use super::measure::Kind;
use super::view::Parts;
use crate::diag::{FileId, Message, Sink, Span, Spanned, codes};
use crate::source::table::Table;
use std::collections::{BTreeMap, BTreeSet};

/// A combination of codes with its figures.
#[derive(Clone, Debug)]
pub struct Row {
    /// One code a dimension.
    pub at: Vec<u32>,
    /// One value a measure.
    pub values: Vec<i64>,
    /// Who stands behind an amount; one a measure, empty for counts.
    pub shares: Vec<Share>,
    /// Where the row stands.
    pub span: Span,
}

/// Who stands behind an amount.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many.
    pub number: u32,
    /// The largest contributions, the largest first.
    pub largest: Vec<i64>,
}

/// What each column of the figures is.
pub(super) struct Columns {
    pub(super) dimensions: Vec<usize>,
    pub(super) measures: Vec<usize>,
    /// One a measure: the column of the number, and those of the contributions.
    shares: Vec<Option<(usize, Vec<usize>)>>,
    /// One a rate.
    pub(super) rates: Vec<Option<usize>>,
}

impl Columns {
    /// Finds the columns by their heads.
    pub(super) fn find(file: FileId, table: &Table, parts: Parts, sink: &mut Sink) -> Option<Self> {
        let at = |word: &str| table.head.iter().position(|cell| cell.value.trim() == word);
        let before = sink.found().len();
        let lacks = |word: &str, sink: &mut Sink| {
            let names = table.head.iter().map(|cell| cell.value.trim()).collect::<Vec<_>>().join("、");
            let message = Message::new("column-missing").with("column", word);
            let hint = Message::new("column-missing-hint").with("column", word).with("columns", names);
            let span = table.head.first().map_or(Span::new(file, 0..0), |cell| cell.span);
            sink.report(definition(span, message, hint));
            usize::MAX
        };
        let need = |key: &str, label: &str, sink: &mut Sink| {
            at(key).or_else(|| at(label)).unwrap_or_else(|| lacks(key, sink))
        };
        let dimensions: Vec<usize> =
            parts.dimensions.iter().map(|one| need(&one.key, &one.label, sink)).collect();
        let measures: Vec<usize> =
            parts.measures.iter().map(|one| need(&one.key, &one.label, sink)).collect();
        let mut shares = Vec::new();
        for measure in parts.measures {
            shares.push(match &measure.kind {
                Kind::Count => None,
                Kind::Amount { number, largest } => {
                    let number = need(number, number, sink);
                    let largest = if largest.is_empty() {
                        let usual = (1..).map_while(|n| at(&format!("{}.{n}", measure.key)));
                        let found: Vec<usize> = usual.collect();
                        if found.len() < 2 {
                            let next = format!("{}.{}", measure.key, found.len() + 1);
                            need(&next, &next, sink);
                        }
                        found
                    } else {
                        largest.iter().map(|name| need(name, name, sink)).collect()
                    };
                    Some((number, largest))
                }
            });
        }
        let rates: Vec<Option<usize>> = parts
            .rates
            .iter()
            .map(|rate| rate.column.as_ref().map(|name| need(&name.value, &name.value, sink)))
            .collect();
        let columns = Self { dimensions, measures, shares, rates };
        columns.refuse_strangers(table, parts, sink);
        (sink.found().len() == before).then_some(columns)
    }

    /// Columns that nobody named: a name, a telephone number.
    fn refuse_strangers(&self, table: &Table, parts: Parts, sink: &mut Sink) {
        let shares = self
            .shares
            .iter()
            .flatten()
            .flat_map(|(number, largest)| [*number].into_iter().chain(largest.clone()));
        let known: BTreeSet<usize> = self
            .dimensions
            .iter()
            .chain(&self.measures)
            .copied()
            .chain(shares)
            .chain(self.rates.iter().flatten().copied())
            .collect();
        for (_, cell) in table.head.iter().enumerate().filter(|(at, _)| !known.contains(at)) {
            let names: Vec<&str> = parts.dimensions.iter().map(|one| one.key.as_str()).collect();
            let hint = match super::super::fields::nearest(cell.value.trim(), names.into_iter()) {
                Some(near) => Message::new("column-unknown-near-hint").with("nearest", near),
                None => Message::new("column-unknown-hint").with("column", cell.value.trim()),
            };
            let message = Message::new("column-unknown").with("column", cell.value.trim());
            sink.report(definition(cell.span, message, hint));
        }
    }
}

/// Reads the figures, sorted by their codes. Rows of totals and groups are not among them; see `stated`.
pub(super) fn read(file: FileId, table: &Table, parts: Parts, sink: &mut Sink) -> Option<Vec<Row>> {
    let columns = Columns::find(file, table, parts, sink)?;
    let before = sink.found().len();
    let mut rows: Vec<Row> = Vec::with_capacity(table.rows.len());
    for cells in &table.rows {
        let Some(levels) = levels(cells, &columns, parts.dimensions, sink) else { continue };
        let codes = levels.iter().map(|level| match level {
            Member::Code(code) => Some(*code),
            _ => None,
        });
        let Some(at) = codes.collect::<Option<Vec<u32>>>() else { continue };
        let values: Vec<Option<i64>> =
            columns.measures.iter().map(|&column| number(&cells[column], sink)).collect();
        let shares: Vec<Option<Share>> = columns
            .shares
            .iter()
            .zip(&values)
            .map(|(share, value)| match share {
                None => Some(Share::default()),
                Some((number, largest)) => read_share(cells, *number, largest, (*value)?, sink),
            })
            .collect();
        let (Some(values), Some(shares)) = (values.into_iter().collect(), shares.into_iter().collect())
        else {
            continue;
        };
        rows.push(Row { at, values, shares, span: span_of(cells) });
    }
    rows.sort_by(|a, b| a.at.cmp(&b.at).then(a.span.start.cmp(&b.span.start)));
    for pair in rows.windows(2).filter(|pair| pair[0].at == pair[1].at) {
        let message = Message::new("row-twice");
        sink.report(
            definition(pair[1].span, message, Message::new("row-twice-hint"))
                .related(pair[0].span, Message::new("first-here")),
        );
    }
    (sink.found().len() == before).then_some(rows)
}

/// What the codes of a row mean.
pub(super) fn levels(
    cells: &[Spanned<String>],
    columns: &Columns,
    dimensions: &[Dimension],
    sink: &mut Sink,
) -> Option<Vec<Member>> {
    let mut sound = true;
    let levels: Vec<Member> = dimensions
        .iter()
        .zip(&columns.dimensions)
        .filter_map(|(dimension, &column)| {
            let cell = &cells[column];
            let level = dimension.level(&cell.value);
            if level.is_none() {
                sink.report(unknown_category(cell, dimension));
                sound = false;
            }
            level
        })
        .collect();
    sound.then_some(levels)
}

fn read_share(
    cells: &[Spanned<String>],
    number_column: usize,
    largest: &[usize],
    value: i64,
    sink: &mut Sink,
) -> Option<Share> {
    let count = number(&cells[number_column], sink)?;
    let blank = |column: &&usize| cells[**column].value.trim().is_empty();
    let given: Vec<&usize> = largest.iter().take_while(|column| !blank(column)).collect();
    let largest: Vec<i64> =
        given.iter().map(|&&column| number(&cells[column], sink)).collect::<Option<_>>()?;
    let largest: Vec<i64> = largest.into_iter().filter(|one| *one > 0).collect();
    let sum: i64 = largest.iter().sum();
    let descending = largest.windows(2).all(|pair| pair[0] >= pair[1]);
    let all = i64::try_from(largest.len()).expect("few columns");
    // Whoever is not among the largest gave no more than the last of them.
    let rest = value - sum;
    let fits = match largest.last() {
        Some(least) => all <= count && (0..=least.saturating_mul(count - all)).contains(&rest),
        None => value == 0,
    };
    if !descending || !fits {
        let hint = Message::new("contributors-disagree-hint");
        sink.report(finding(
            codes::BAD_COUNT,
            cells[number_column].span,
            Message::new("contributors-disagree"),
            hint,
        ));
        return None;
    }
    Some(Share { number: u32::try_from(count).unwrap_or(u32::MAX), largest })
}

/// A whole number that counts something; a finding for anything else.
pub(super) fn number(cell: &Spanned<String>, sink: &mut Sink) -> Option<i64> {
    match whole(&cell.value) {
        Ok(number) => Some(number),
        Err(hint) => {
            let message = match cell.value.trim() {
                "" => Message::new("no-count"),
                written => Message::new("bad-count").with("written", written),
            };
            sink.report(finding(codes::BAD_COUNT, cell.span, message, Message::new(hint)));
            None
        }
    }
}

/// The most that a cell may hold: a million million, so that sums stay exact everywhere.
const MOST: i64 = 1_000_000_000_000;

/// A number as staff write it, or the id of the mend.
fn whole(text: &str) -> Result<i64, &'static str> {
    let plain: String = text
        .trim()
        .chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
            '，' => ',',
            '－' | '−' => '-',
            '．' => '.',
            c => c,
        })
        .collect();
    if plain.is_empty() {
        return Err("no-count-hint");
    }
    let digits = match plain.split_once(',') {
        None => plain.clone(),
        Some((first, rest)) => {
            let groups = rest.split(',').all(|group| group.len() == 3) && (1..=3).contains(&first.len());
            if !groups {
                return Err("bad-count-hint");
            }
            plain.replace(',', "")
        }
    };
    if digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return match digits.parse::<i64>() {
            Ok(number) if number <= MOST => Ok(number),
            _ => Err("count-too-large-hint"),
        };
    }
    Err(match digits.as_str() {
        text if text.starts_with('-') && text[1..].parse::<f64>().is_ok() => "negative-count-hint",
        text if text.parse::<f64>().is_ok() => "fractional-count-hint",
        text if text.contains(['约', '多', '余', '近']) => "vague-count-hint",
        _ => "bad-count-hint",
    })
}

pub(super) fn span_of(cells: &[Spanned<String>]) -> Span {
    let (first, last) = (cells.first().map(|cell| cell.span), cells.last().map(|cell| cell.span));
    match first.zip(last) {
        Some((first, last)) => Span { end: last.end, ..first },
        None => Span::new(FileId(0), 0..0),
    }
}

/// Sums over rows.
pub struct Sums<'d> {
    dimensions: &'d [Dimension],
    rows: &'d [Row],
    by_codes: BTreeMap<&'d [u32], usize>,
}

impl<'d> Sums<'d> {
    /// For these rows.
    pub fn new(dimensions: &'d [Dimension], rows: &'d [Row]) -> Self {
        let by_codes = rows.iter().enumerate().map(|(at, row)| (row.at.as_slice(), at)).collect();
        Self { dimensions, rows, by_codes }
    }

    /// The sum of a measure over what these restrict.
    pub fn of(&self, measure: usize, at: &[(usize, Member)]) -> i64 {
        let mut levels = vec![Member::Total; self.dimensions.len()];
        at.iter().for_each(|(dimension, level)| levels[*dimension] = *level);
        let sets: Vec<Vec<u32>> =
            self.dimensions.iter().zip(&levels).map(|(dimension, level)| dimension.leaves(*level)).collect();
        let cells = sets.iter().fold(1usize, |product, set| product.saturating_mul(set.len()));
        if cells > self.rows.len() {
            let holds = |row: &&Row| {
                row.at
                    .iter()
                    .zip(self.dimensions)
                    .zip(&levels)
                    .all(|((code, dimension), level)| dimension.holds(*level, *code))
            };
            return self.rows.iter().filter(holds).map(|row| row.values[measure]).sum();
        }
        let mut place = vec![0; sets.len()];
        let mut sum = 0;
        loop {
            let codes: Vec<u32> = sets.iter().zip(&place).map(|(set, at)| set[*at]).collect();
            if let Some(&row) = self.by_codes.get(codes.as_slice()) {
                sum += self.rows[row].values[measure];
            }
            // The next combination, the last dimension turning fastest.
            let Some(turn) = (0..place.len()).rev().find(|&at| place[at] + 1 < sets[at].len()) else {
                return sum;
            };
            place[turn] += 1;
            place[turn + 1..].iter_mut().for_each(|at| *at = 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_staff_write_them() {
        for (text, wanted) in
            [("30", 30), (" 0 ", 0), ("1,234", 1234), ("１２", 12), ("1，234，567", 1_234_567)]
        {
            assert_eq!(whole(text), Ok(wanted), "{text}");
        }
        for (text, hint) in [
            ("约30", "vague-count-hint"),
            ("30余", "vague-count-hint"),
            ("-1", "negative-count-hint"),
            ("2.5", "fractional-count-hint"),
            ("", "no-count-hint"),
            ("12,34", "bad-count-hint"),
            ("三", "bad-count-hint"),
            ("99999999999999999999", "count-too-large-hint"),
        ] {
            assert_eq!(whole(text), Err(hint), "{text}");
        }
    }
}
