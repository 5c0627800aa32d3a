//! What a report counts: a period of a table, which its page shows as key figures beside those before.
//!
//! Refuses: a table or period that is not named.
//! Invariant: names are as written; whether they exist is for a lint, which sees the protected tables.

use crate::diag::Spanned;
use crate::model::fields::{Fields, Key, key};
use crate::source::node::{Node, NodeKind};

/// A period of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// The table, `DATASET/TABLE` or as blocks name it.
    pub table: Spanned<String>,
    /// The code of the period, e.g. `2026-09`.
    pub period: Spanned<String>,
}

const KEYS: &[Key] = &[key("dataset", &["数据集"]), key("table", &["表"]), key("period", &["期间", "月份"])];

/// Reads `report: {table, period}`, or a list of such.
pub(super) fn read(fields: &mut Fields) -> Vec<Reported> {
    let nodes: Vec<&Node> = match fields.node("report") {
        Some(node) if matches!(node.kind, NodeKind::Map(_)) => vec![node],
        Some(_) => fields.items("report").iter().collect(),
        None => Vec::new(),
    };
    let mut reported = Vec::new();
    for node in nodes {
        let mut one = Fields::open(node, &[KEYS], fields.sink());
        let (dataset, table, period) = (one.text("dataset"), one.text("table"), one.text("period"));
        let table = match (dataset, table) {
            (Some(dataset), Some(table)) => {
                Some(Spanned::new(format!("{}/{}", dataset.value, table.value), table.span))
            }
            (one, other) => one.or(other),
        };
        match (table, period) {
            (Some(table), Some(period)) => {
                let written = period.value.trim();
                let code = code(written).unwrap_or_else(|| written.to_owned());
                reported.push(Reported { table, period: Spanned::new(code, period.span) });
            }
            _ => one.wrong(node.span, "expected-report"),
        }
    }
    reported
}

/// The code of a month or year as staff write it: `2026年9月`, `2026/9`, `2026.09`, `2026年`.
fn code(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let mut numbers = text.trim_end_matches(['月', '年']).split(['年', '-', '/', '.']);
    let year: u16 = numbers.next().filter(|year| year.len() == 4)?.parse().ok()?;
    match (numbers.next(), numbers.next()) {
        (None, _) => Some(year.to_string()),
        (Some(month), None) => {
            let month: u8 = month.parse().ok().filter(|month| (1..=12).contains(month))?;
            Some(format!("{year}-{month:02}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn months_and_years_as_staff_write_them() {
        for text in ["2026-09", "2026年9月", "2026/9", "2026.09", "2026 年 9 月"] {
            assert_eq!(code(text).as_deref(), Some("2026-09"), "{text}");
        }
        assert_eq!(code("2026年").as_deref(), Some("2026"));
        for text in ["2026-13", "9月", "YTD-09", "2026-09-01", ""] {
            assert_eq!(code(text), None, "{text}");
        }
    }
}
