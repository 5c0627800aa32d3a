//! The files of a dataset: its table of counts, and a definition to complete.
//!
//! Refuses: writing to the disk; the texts are made here, whoever asked for them puts them there.
//! Invariant: the same counts give the same bytes; the table holds counts and sums alone; `model::dataset` reads both
//! without a finding.

use super::definition::Definition;
use super::result::{Cell, Code, Counted, CountedDimension, Total};
use super::time::Unit;
use crate::register::amount::in_yuan;
use crate::source::written::{self, LineEnd, indented, pair, remarked};
use serde::Serialize;
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Key of the number of cases where no definition gives another.
pub const CASES: &str = "cases";

/// The key of the number of cases.
pub fn cases_key(defined: Option<&Definition>) -> &str {
    defined
        .and_then(|defined| defined.measures.iter().find(|one| !one.amount))
        .map_or(CASES, |one| one.key.as_str())
}

/// The table: a row for each combination with cases, and one for each period without any.
///
/// # Panics
/// Never: what `csv` writes of texts is text.
pub fn table(counted: &Counted, defined: Option<&Definition>) -> String {
    let mut head: Vec<String> = counted.dimensions.iter().map(|one| one.key.clone()).collect();
    head.push(cases_key(defined).to_owned());
    head.extend(counted.sums.iter().map(|sum| sum.key.clone()));
    for sum in &counted.sums {
        head.push(sum.contributors.0.clone());
        head.extend(sum.contributors.1.iter().cloned());
    }
    let mut lines = vec![head];
    let none = Cell { count: 0, sums: counted.sums.iter().map(|_| Total::default()).collect() };
    let mut cells: Vec<(Vec<usize>, &Cell)> =
        counted.cells.iter().map(|(place, cell)| (place.clone(), cell)).collect();
    if let Some(at) = counted.dimensions.iter().position(|one| one.time.is_some()) {
        let named: BTreeSet<usize> = counted.cells.keys().map(|place| place[at]).collect();
        for code in (0..counted.dimensions[at].codes.len()).filter(|code| !named.contains(code)) {
            let place = (0..counted.dimensions.len()).map(|one| if one == at { code } else { 0 });
            cells.push((place.collect(), &none));
        }
        cells.sort_by(|a, b| a.0.cmp(&b.0));
    }
    for (place, cell) in cells {
        let mut line: Vec<String> =
            place.iter().zip(&counted.dimensions).map(|(code, one)| one.codes[*code].code.clone()).collect();
        line.push(cell.count.to_string());
        line.extend(cell.sums.iter().map(|sum| in_yuan(sum.total).to_string()));
        for (sum, column) in cell.sums.iter().zip(&counted.sums) {
            line.push(sum.contributors.to_string());
            let largest = sum.largest.iter().copied().chain(std::iter::repeat(0));
            line.extend(largest.take(column.contributors.1.len()).map(|amount| in_yuan(amount).to_string()));
        }
        lines.push(line);
    }
    String::from_utf8(written::csv(lines, LineEnd::Lf)).expect("texts are UTF-8")
}

/// All cases of a table that was written before.
pub fn total_of(table: &str, cases: &str) -> Option<i64> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let at = reader.headers().ok()?.iter().position(|name| name == cases)?;
    let mut total = 0_i64;
    for record in reader.records() {
        total = total.checked_add(record.ok()?.get(at)?.trim().replace(',', "").parse().ok()?)?;
    }
    Some(total)
}

/// A definition to complete: what is known stands there, what only staff know is asked for in remarks.
pub fn definition(counted: &Counted, name: &str) -> String {
    let file = format!("{name}.csv");
    let mut out =
        String::from("# 这是数据说明。冒号用英文的“:”，后面空一格；以“#”开头的行是说明，程序不看。\n");
    let _ = writeln!(out, "# 数字在旁边的 {file} 里，由 yuanba tabulate 生成，请不要手改。\n");
    out.push_str("# 标题和来源会印在表格下面，请写上\n");
    out.push_str(&pair("title", &"请写标题"));
    out.push_str(&pair("source", &"请写来源，例如：本所调解登记"));
    if let Some(period) = counted.period {
        // What was asked for ends where it was asked to; what was found covers its months.
        let unit = if counted.asked && period.within_months() { Unit::Day } else { Unit::Month };
        let (from, to) = (unit.code(period.from), unit.code(period.to));
        let _ = writeln!(out, "# 期间：登记表里 {} 到 {} 的{}件", period.from, period.to, counted.total());
        out.push_str(&pair("period", &Span { from, to }));
    }
    out.push_str(&pair("file", &file));
    out.push_str("\n# 按什么分。column 是登记表里的列名；codes 左边是代码，右边是显示的名称，先后就是表里的先后\ndimensions:\n");
    for one in &counted.dimensions {
        out.push_str(&indented(&pair(&one.key, &DimensionLines::of(one)), 2));
        if one.time.is_none() && !one.areas {
            out.push_str("    # names: register 是说这些名称是登记表里见到的：哪一类的数全打“*”，它的名称也不登。人人都知道有这些类的，改成 list\n");
        }
        if !one.alike.is_empty() {
            out.push_str("    # 下面这些写法像是同一类。是的话，去掉行首的“# ”，再从上面的 codes 里删去并入的那一行，重新运行 yuanba tabulate\n");
            out.push_str(&indented(&remarked(&merge_lines(one)), 4));
        }
    }
    out.push_str("\n# 数什么\nmeasures:\n");
    let column = counted.seen.counts.as_ref().map(|(_, name)| name.as_str());
    let cases = MeasureLines { label: "件数", kind: "count", unit: "件", column, contributors: None };
    out.push_str(&indented(&pair(CASES, &cases), 2));
    for sum in &counted.sums {
        out.push_str(
            "  # number 是有金额的件数，largest 是最大的几笔：只用来判断会不会露出一家的数，不会发布\n",
        );
        let measure = MeasureLines {
            label: &sum.label,
            kind: "amount",
            unit: "元",
            column: Some(&sum.header),
            contributors: Some(Contributors { number: &sum.contributors.0, largest: &sum.contributors.1 }),
        };
        out.push_str(&indented(&pair(&sum.key, &measure), 2));
    }
    out.push_str("\n# 少于几件的格子不发布（连同能推算出它的格子）。可以改大，不要改小\n");
    out.push_str(&pair("policy", &BTreeMap::from([("threshold", 5)])));
    out.push_str("\n# 要发布的表。rows 是行，columns 是列\ntables:\n");
    let plain: Vec<&CountedDimension> = counted.dimensions.iter().filter(|one| one.time.is_none()).collect();
    let time = counted.dimensions.iter().find(|one| one.time.is_some());
    let rows = plain.first().copied().or(time);
    if let Some(rows) = rows {
        let columns = plain.get(1).copied().or(time.filter(|_| !plain.is_empty()));
        let columns = columns.map(|one| one.key.as_str());
        let table = ViewLines { title: "请写表的标题", form: None, rows: &rows.key, columns };
        out.push_str(&indented(&pair(&format!("by-{}", plain_name(&rows.key)), &table), 2));
    }
    out.push_str("\n# 要发布的图。form 可以是 bar（条形）、line（折线）、stacked（堆叠）、dot（点）、tiles（方格）\ncharts:\n");
    if let Some(one) = time.or(rows) {
        let form = if one.time.is_some() { "line" } else { "bar" };
        let chart =
            ViewLines { title: "请写图的标题", form: Some(form), rows: &one.key, columns: None };
        out.push_str(&indented(&pair(&format!("chart-{}", plain_name(&one.key)), &chart), 2));
    }
    out
}

#[derive(Serialize)]
struct Span {
    from: String,
    to: String,
}

#[derive(Serialize)]
struct DimensionLines<'c> {
    label: &'c str,
    column: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    names: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    codes: Option<Mapping>,
}

impl<'c> DimensionLines<'c> {
    fn of(one: &'c CountedDimension) -> Self {
        // Months and years follow from the period; other codes are listed.
        let time = one.time.filter(|unit| matches!(unit, Unit::Month | Unit::Year)).map(Unit::key);
        let listed = || {
            one.codes
                .iter()
                .map(|Code { code, label, .. }| (code.as_str().into(), label.as_str().into()))
                .collect()
        };
        let codes = time.is_none().then(listed);
        // The site's villages and times are known to all; what else stands in a register tells of cases.
        let names = (one.time.is_none() && !one.areas).then_some("register");
        Self { label: &one.label, column: &one.header, time, names, codes }
    }
}

#[derive(Serialize)]
struct MeasureLines<'c> {
    label: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<&'c str>,
    #[serde(rename = "type")]
    kind: &'static str,
    unit: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contributors: Option<Contributors<'c>>,
}

#[derive(Serialize)]
struct Contributors<'c> {
    number: &'c str,
    largest: &'c [String],
}

#[derive(Serialize)]
struct ViewLines<'c> {
    title: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    form: Option<&'static str>,
    rows: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    columns: Option<&'c str>,
}

/// The lines that merge what looks alike.
pub fn merge_lines(one: &CountedDimension) -> String {
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for (more, less) in &one.alike {
        let merged = |text: &str| groups.iter().any(|(_, others)| others.contains(&text));
        if merged(less) || merged(more) {
            continue;
        }
        match groups.iter_mut().find(|(code, _)| code == more) {
            Some((_, others)) => others.push(less),
            None => groups.push((more, vec![less])),
        }
    }
    let merged: Mapping = groups
        .into_iter()
        .map(|(label, others)| (code_of(one, label).into(), others.into_iter().collect::<Value>()))
        .collect();
    pair("merge", &merged)
}

/// The code of a label; a label that is no code's stands for itself.
fn code_of<'c>(one: &'c CountedDimension, label: &'c str) -> &'c str {
    one.codes.iter().find(|code| code.label == label).map_or(label, |code| code.code.as_str())
}

/// A name of letters, digits and `-`.
fn plain_name(key: &str) -> String {
    key.chars()
        .map(|sign| if sign.is_alphanumeric() || matches!(sign, '-' | '_') { sign } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_earlier_table_tells_its_total() {
        assert_eq!(total_of("village,cases\na,\"1,200\"\nb,3\n", CASES), Some(1203));
        assert_eq!(
            (total_of("village,n\na,1\n", CASES), total_of("village,cases\na,x\n", CASES)),
            (None, None)
        );
    }
}
