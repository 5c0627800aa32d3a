//! Where a register's header is, what its columns are called, and which rows below it are no cases.
//!
//! Refuses: a first row with figures in it for a header.
//! Invariant: names are compact (half width, no blanks); a name of two rows is joined by `/`: `当事人/姓名`.

use super::{Cells, Kept, Value, compact};
use std::collections::BTreeSet;

/// How many rows are looked at for the header.
pub const LOOKED_AT: usize = 40;
/// A header is short; longer texts are explanations.
const LONGEST_NAME: usize = 30;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its first row among those looked at.
    pub first: usize,
    /// How many rows it has, 1 or 2.
    pub rows: usize,
    /// The columns' names; empty where there is none.
    pub names: Vec<String>,
}

/// Words that stand in the headers of registers.
const WORDS: &[&str] = &[
    "序号",
    "编号",
    "日期",
    "时间",
    "姓名",
    "类型",
    "类别",
    "村",
    "社区",
    "地址",
    "住址",
    "电话",
    "金额",
    "损失",
    "结果",
    "备注",
    "年龄",
    "性别",
    "当事人",
    "案由",
    "单位",
    "民警",
    "证",
    "情况",
    "案件",
    "月",
    "人数",
    "登记",
    "户",
];

/// Finds the header: below titles and notes, above cases.
pub fn find(rows: &[(u32, Vec<Kept>)]) -> Option<Header> {
    let width = rows.iter().map(|(_, row)| filled(row)).max()?;
    let least = 2.min(width).max(width.div_ceil(2));
    let found = (0..rows.len()).find(|&at| {
        let second = rows.get(at + 1).is_some_and(|(_, below)| is_second(&rows[at].1, below));
        let count = if second {
            joined(&rows[at].1, &rows[at + 1].1).iter().filter(|name| !name.is_empty()).count()
        } else {
            filled(&rows[at].1)
        };
        count >= least && is_header(&rows[at].1)
    })?;
    let top = &rows[found].1;
    let below = rows.get(found + 1).map(|(_, row)| row).filter(|below| is_second(top, below));
    let mut names = match below {
        Some(below) => joined(top, below),
        None => (0..top.len()).map(|column| name(top, column)).collect(),
    };
    while names.last().is_some_and(String::is_empty) {
        names.pop();
    }
    Some(Header { first: found, rows: if below.is_some() { 2 } else { 1 }, names })
}

fn filled(row: &[Kept]) -> usize {
    (0..row.len()).filter(|&column| !is_empty(row.at(column))).count()
}

/// Whether a cell shows nothing.
pub fn is_empty(value: Value<'_>) -> bool {
    match value {
        Value::Empty => true,
        Value::Text(text) => text.chars().all(super::is_blank),
        _ => false,
    }
}

/// A row of names: short texts, hardly any of them twice, at least one of them a word of headers, none of them a figure.
fn is_header(row: &[Kept]) -> bool {
    let mut names = BTreeSet::new();
    let (mut known, mut twice) = (false, 0);
    for column in 0..row.len() {
        match row.at(column) {
            value if is_empty(value) => {}
            Value::Text(text) => {
                let text = compact(text);
                if text.chars().count() > LONGEST_NAME || looks_like_data(&text) {
                    return false;
                }
                twice += usize::from(!names.insert(text.clone()));
                known |= WORDS.iter().any(|word| text.contains(word)) || text.is_ascii();
            }
            _ => return false,
        }
    }
    known && twice * 3 <= names.len()
}

/// A date, a number, a code: what stands below headers.
fn looks_like_data(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    digits * 2 >= text.chars().count() && digits > 0
}

/// Whether a row goes on with the header above it: it names parts of merged columns, and leaves those alone that have their
/// name above.
fn is_second(top: &[Kept], below: &[Kept]) -> bool {
    let (mut parts, mut whole) = (0, 0);
    for column in 0..top.len().max(below.len()) {
        match (is_empty(top.at(column)), below.at(column)) {
            (true, value) if is_empty(value) => {}
            (false, value) if is_empty(value) => whole += 1,
            (above, Value::Text(text)) => {
                let text = compact(text);
                if text.chars().count() > 12 || looks_like_data(&text) {
                    return false;
                }
                parts += usize::from(above);
            }
            _ => return false,
        }
    }
    parts > 0 && whole > 0
}

fn joined(top: &[Kept], below: &[Kept]) -> Vec<String> {
    let mut over = String::new();
    (0..top.len().max(below.len()))
        .map(|column| {
            let (above, part) = (name(top, column), name(below, column));
            if !above.is_empty() {
                over.clone_from(&above);
            }
            match (above.is_empty(), part.is_empty()) {
                (_, true) => above,
                (true, false) if over.is_empty() => part,
                _ => format!("{over}/{part}"),
            }
        })
        .collect()
}

fn name(row: &[Kept], column: usize) -> String {
    match row.at(column) {
        Value::Text(text) => compact(text),
        _ => String::new(),
    }
}

/// What a row is that is no case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoCase {
    /// Nothing in it.
    Blank,
    /// `合计`, `小计`: the sum of others.
    Sum,
    /// The header once more, as on every printed page.
    Header,
}

/// How sums are called, whatever of: `石桥村小计`, `1月合计`.
const SUMS: &[&str] = &["合计", "总计", "小计", "共计", "累计", "总数"];
/// Longer texts tell of a case.
const LONGEST_SUM: usize = 12;

/// What a row is, if it is no case. `names` are the columns' names.
pub fn no_case(cells: &dyn Cells, names: &[String]) -> Option<NoCase> {
    let mut seen = 0;
    for column in 0..cells.width() {
        let Value::Text(text) = cells.at(column) else {
            seen += usize::from(!is_empty(cells.at(column)));
            continue;
        };
        if is_empty(cells.at(column)) {
            continue;
        }
        // The sum's name stands before the figures, among the first texts.
        if seen < 3 && text.len() < 40 && may_be_sum(text) {
            let text = compact(text);
            let text = text.trim_end_matches([':', '(', ')']);
            if SUMS.iter().any(|sum| text.ends_with(sum)) && text.chars().count() <= LONGEST_SUM {
                return Some(NoCase::Sum);
            }
        }
        seen += 1;
    }
    if seen == 0 {
        return Some(NoCase::Blank);
    }
    is_again(cells, names).then_some(NoCase::Header)
}

/// Without this, every text of a million rows would be copied.
fn may_be_sum(text: &str) -> bool {
    text.contains('计') || text.contains("总数")
}

fn is_again(cells: &dyn Cells, names: &[String]) -> bool {
    let mut same = 0;
    for column in 0..cells.width() {
        match cells.at(column) {
            value if is_empty(value) => {}
            Value::Text(text) => {
                let Some(name) = names.get(column).filter(|name| !name.is_empty()) else { return false };
                let last = name.rsplit('/').next().unwrap_or(name);
                if text.len() > 120
                    || !name.contains(text.trim())
                        && !{
                            let text = compact(text);
                            text == *name || text == last || name.starts_with(&format!("{text}/"))
                        }
                {
                    return false;
                }
                same += 1;
            }
            _ => return false,
        }
    }
    same >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<(u32, Vec<Kept>)> {
        let cell = |text: &str| match text.parse::<f64>() {
            _ if text.is_empty() => Kept::Other(Value::Empty),
            Ok(number) => Kept::Other(Value::Number(number)),
            Err(_) => Kept::Text(text.into()),
        };
        (1..).zip(lines).map(|(number, line)| (number, line.split('|').map(cell).collect())).collect()
    }

    fn found(lines: &[&str]) -> Option<(usize, usize, String)> {
        find(&rows(lines)).map(|header| (header.first, header.rows, header.names.join(" ")))
    }

    #[test]
    fn below_titles() {
        let lines = [
            "某派出所登记表||||",
            "单位：某所||||登记人：陈",
            "序号|日期|所属 村|纠纷\n类型|损失（元）",
            "1|46145|石桥村|邻里|30",
        ];
        assert_eq!(found(&lines), Some((2, 1, "序号 日期 所属村 纠纷类型 损失(元)".to_owned())));
        assert_eq!(
            found(&["village|type|date", "a|b|2026-05-03"]),
            Some((0, 1, "village type date".to_owned()))
        );
        assert_eq!(found(&["1|石桥村|46145", "2|河湾村|46146"]), None);
        assert_eq!(found(&[]), None);
    }

    #[test]
    fn of_two_rows() {
        let lines = ["表||||", "序号|村|当事人||结果", "||姓名|年龄|", "1|石桥村|罗某|50|成"];
        assert_eq!(found(&lines), Some((1, 2, "序号 村 当事人/姓名 当事人/年龄 结果".to_owned())));
        // Every column has two rows of names, under one span each.
        let lines = ["时间|案件||人员|", "|村|类型|姓名|年龄", "2026-05-03|石桥村|邻里|罗某|50"];
        assert_eq!(found(&lines), Some((0, 2, "时间 案件/村 案件/类型 人员/姓名 人员/年龄".to_owned())));
    }

    #[test]
    fn a_case_with_a_gap_is_no_second_row() {
        let lines = ["序号|日期|村||类型", "1|2026-05-03|石桥村|x|", "2|2026-05-03|河湾村||邻里"];
        assert_eq!(found(&lines).map(|found| found.1), Some(1));
    }

    #[test]
    fn rows_that_are_no_cases() {
        let names: Vec<String> = ["序号", "村", "当事人/姓名"].map(str::to_owned).into();
        let what = |line: &str| no_case(&rows(&[line])[0].1, &names);
        assert_eq!(what("||"), Some(NoCase::Blank));
        assert_eq!(what(" |　|"), Some(NoCase::Blank));
        assert_eq!(what("合 计||30"), Some(NoCase::Sum));
        assert_eq!(what("|小计：|30"), Some(NoCase::Sum));
        assert_eq!(what("序 号|村|"), Some(NoCase::Header));
        assert_eq!(what("||姓名"), None);
        assert_eq!(what("1|石桥村|罗某"), None);
        assert_eq!(what("石桥村小计||13"), Some(NoCase::Sum));
        assert_eq!(what("1|石桥村|合计不清"), None);
    }
}
