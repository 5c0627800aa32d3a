//! Tables that are counted already: `月份,村,类型,件数`, where a row is as many cases as its last column says.
//!
//! Refuses: taking such a row for one case without being told.
//! Invariant: a column that may be numbers of cases is asked about, whichever column was named for the rest.

use super::columns::{Sum, place};
use super::search::Search;
use super::{Count, Problems, Request};
use crate::diag::Message;
use crate::register::identity::{self, Sort};
use crate::register::{Cells, Value, compact, header};

/// How the headers of numbers of cases end, without brackets.
const ENDS: &[&str] = &[
    "件数",
    "起数",
    "宗数",
    "案件数",
    "案数",
    "警情数",
    "纠纷数",
    "事件数",
    "发案数",
    "立案数",
    "受理数",
    "接警数",
    "出警数",
    "调解数",
    "登记数",
];
/// Headers that are all of this.
const WHOLE: &[&str] = &["数量", "合计", "小计", "总数", "总计", "个数", "count", "cases", "number", "total"];

/// The column of numbers of cases, as it is asked for, or as the dataset's file says; what looks like one and was not named is a problem.
pub(super) fn column(
    request: &Request,
    search: &Search<'_>,
    sums: &[Sum],
    problems: &mut Problems,
) -> Option<usize> {
    let column = match &request.count {
        Count::Rows => None,
        Count::Column(word) => Some(search.find(word, problems)?),
        Count::Ask => {
            let measures = request.defined.iter().flat_map(|defined| &defined.measures);
            let kept = measures.filter(|measure| !measure.amount).find_map(|measure| measure.columns.first());
            match kept {
                Some(word) => Some(search.find(word, problems)?),
                None => {
                    let found = (0..search.header.names.len())
                        .find(|at| sums.iter().all(|sum| sum.column != *at) && is_counts(search, *at))?;
                    let name = &search.header.names[found];
                    problems.add_with(
                        Message::new("register-counted").with("column", place(found, name)),
                        Some(Message::new("register-counted-hint").with("name", name)),
                    );
                    return None;
                }
            }
        }
    }?;
    if !sums.is_empty() {
        let name = &search.header.names[column];
        problems.add(Message::new("register-counted-sum").with("column", place(column, name)));
    }
    Some(column)
}

/// Whether a column is called like numbers of cases and holds whole numbers, of which some is more than one.
fn is_counts(search: &Search<'_>, column: usize) -> bool {
    let name = search.header.names[column].to_ascii_lowercase();
    let bare = name.rsplit('/').next().and_then(|name| name.split('(').next()).unwrap_or(&name);
    if !WHOLE.contains(&bare) && !ENDS.iter().any(|end| bare.ends_with(end)) {
        return false;
    }
    // Where rows name people, each is a case.
    let persons =
        |name: &String| matches!(identity::by_header(name), Some(Sort::Name | Sort::Paper | Sort::Contact));
    if search.header.names.iter().any(persons) {
        return false;
    }
    let values: Vec<_> = search.sample.iter().map(|(_, row)| row.as_slice().at(column)).collect();
    let numbers: Option<Vec<u64>> =
        values.iter().filter(|value| !header::is_empty(**value)).map(|value| number(*value)).collect();
    numbers.is_some_and(|numbers| numbers.iter().any(|number| *number > 1))
}

/// A whole number of cases: `12`, `12件`, `1,200`.
pub(super) fn number(value: Value<'_>) -> Option<u64> {
    match value {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, and below 2^53")]
        Value::Number(number) => {
            (number >= 0.0 && number.fract() == 0.0 && number < 9e15).then_some(number as u64)
        }
        Value::Text(text) => {
            let text = compact(text);
            let bare = text.trim_end_matches(['件', '起', '宗', '次', '例']).replace(',', "");
            bare.parse().ok().filter(|number| *number < 9_000_000_000_000_000)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_cases_are_whole() {
        for (value, expected) in [
            (Value::Text("12"), Some(12)),
            (Value::Text(" １２件"), Some(12)),
            (Value::Text("1,200"), Some(1200)),
            (Value::Number(7.0), Some(7)),
            (Value::Number(7.5), None),
            (Value::Number(-1.0), None),
            (Value::Text("约12"), None),
            (Value::Text("-3"), None),
            (Value::Empty, None),
        ] {
            assert_eq!(number(value), expected, "{value:?}");
        }
    }
}
