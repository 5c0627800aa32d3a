//! The files of a dataset: its table of counts, and a definition to complete.
//!
//! Refuses: writing; the texts are made here, `cli/` puts them on the disk.
//! Invariant: the same counts give the same bytes; the table holds counts and sums alone.

use super::definition::Definition;
use super::result::{Cell, Code, Counted, Dimension, Total};
use super::time::Unit;
use crate::register::amount::in_yuan;
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
        for (code, _) in counted.dimensions[at].codes.iter().enumerate().filter(|(_, code)| code.count == 0) {
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
    lines
        .iter()
        .map(|line| line.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",") + "\n")
        .collect()
}

fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
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

/// A definition to complete.
pub fn definition(counted: &Counted, name: &str) -> String {
    let mut out = String::new();
    let period = counted.period.map(|period| format!("期间。{} 到 {} 的登记", period.from, period.to));
    out.push_str("# 这是数据说明。冒号用英文的“:”，后面空一格；以“#”开头的行是说明，程序不看。\n");
    let _ = writeln!(out, "# 数字在旁边的 {name}.csv 里，由 yuanba tabulate 生成，请不要手改。\n");
    out.push_str(
        "# 标题和来源会印在表格下面，请写上\ntitle: 请写标题\nsource: 请写来源，例如：本所调解登记\n",
    );
    if let Some(period) = counted.period {
        // What was asked for ends where it was asked to; what was found covers its months.
        let unit = if counted.asked && period.within_months() { Unit::Day } else { Unit::Month };
        let (from, to) = (unit.code(period.from), unit.code(period.to));
        let _ = writeln!(
            out,
            "# {}\nperiod: {{from: {from}, to: {to}}}",
            period_note(counted).unwrap_or_else(|| "期间".to_owned())
        );
    }
    let _ = period;
    let _ = writeln!(out, "file: {}\n", scalar(&format!("{name}.csv")));
    out.push_str("# 按什么分。column 是登记表里的列名；codes 左边是代码，右边是显示的名称，先后就是表里的先后\ndimensions:\n");
    for one in &counted.dimensions {
        dimension(&mut out, one);
    }
    out.push_str("\n# 数什么\nmeasures:\n");
    let _ = writeln!(out, "  {CASES}: {{label: 件数, type: count, unit: 件}}");
    for sum in &counted.sums {
        out.push_str(
            "  # number 是有金额的件数，largest 是最大的几笔：只用来判断会不会露出一家的数，不会发布\n",
        );
        let largest: Vec<String> = sum.contributors.1.iter().map(|one| scalar(one)).collect();
        let _ = writeln!(out, "  {}:", scalar(&sum.key));
        let _ = writeln!(out, "    label: {}", scalar(&sum.label));
        let _ = writeln!(out, "    column: {}", scalar(&sum.header));
        let _ = writeln!(out, "    type: amount\n    unit: 元");
        let _ = writeln!(
            out,
            "    contributors: {{number: {}, largest: [{}]}}",
            scalar(&sum.contributors.0),
            largest.join(", ")
        );
    }
    out.push_str(
        "\n# 少于几件的格子不发布（连同能推算出它的格子）。可以改大，不要改小\npolicy:\n  threshold: 5\n\n# 要发布的表。rows 是行，columns 是列\ntables:\n",
    );
    let plain: Vec<&Dimension> = counted.dimensions.iter().filter(|one| one.time.is_none()).collect();
    let time = counted.dimensions.iter().find(|one| one.time.is_some());
    let rows = plain.first().copied().or(time);
    if let Some(rows) = rows {
        let _ = writeln!(
            out,
            "  by-{}:\n    title: 请写表的标题\n    rows: {}",
            plain_name(&rows.key),
            scalar(&rows.key)
        );
        if let Some(columns) = plain.get(1).copied().or(time.filter(|_| !plain.is_empty())) {
            let _ = writeln!(out, "    columns: {}", scalar(&columns.key));
        }
    }
    out.push_str("\n# 要发布的图。form 可以是 bar（条形）、line（折线）、stacked（堆叠）、dot（点）、tiles（方格）\ncharts:\n");
    if let Some(one) = time.or(rows) {
        let form = if one.time.is_some() { "line" } else { "bar" };
        let _ = writeln!(
            out,
            "  chart-{}: {{title: 请写图的标题, form: {form}, rows: {}}}",
            plain_name(&one.key),
            scalar(&one.key)
        );
    }
    out
}

fn period_note(counted: &Counted) -> Option<String> {
    let period = counted.period?;
    Some(format!("期间：登记表里 {} 到 {} 的{}件", period.from, period.to, counted.total()))
}

fn dimension(out: &mut String, one: &Dimension) {
    let _ = writeln!(
        out,
        "  {}:\n    label: {}\n    column: {}",
        scalar(&one.key),
        scalar(&one.label),
        scalar(&one.header)
    );
    match one.time {
        Some(unit @ (Unit::Month | Unit::Year)) => {
            let _ = writeln!(out, "    time: {}", unit.key());
            return;
        }
        // The site's villages are known to all; what else stands in a register tells of cases.
        _ if one.areas => out.push_str("    codes:\n"),
        _ => out.push_str("    names: register # 这些名称是登记表里见到的：哪一类的数全打“*”，它的名称也不登。人人都知道有这些类的，改成 list\n    codes:\n"),
    }
    for Code { code, label, .. } in &one.codes {
        let _ = writeln!(out, "      {}: {}", scalar(code), scalar(label));
    }
    if !one.alike.is_empty() {
        out.push_str("    # 下面这些写法像是同一类。是的话，去掉行首的“# ”，再从上面的 codes 里删去并入的那一行，重新运行 yuanba tabulate\n");
        for line in merge_lines(one) {
            let _ = writeln!(out, "    # {line}");
        }
    }
}

/// The lines that merge what looks alike.
pub fn merge_lines(one: &Dimension) -> Vec<String> {
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
    let code_of = |label: &str| {
        one.codes.iter().find(|code| code.label == label).map_or(label.to_owned(), |code| code.code.clone())
    };
    let mut lines = vec!["merge:".to_owned()];
    for (label, others) in groups {
        let others: Vec<String> = others.iter().map(|other| scalar(other)).collect();
        lines.push(format!("  {}: [{}]", scalar(&code_of(label)), others.join(", ")));
    }
    lines
}

/// A name of letters, digits and `-`.
fn plain_name(key: &str) -> String {
    key.chars()
        .map(|sign| if sign.is_alphanumeric() || matches!(sign, '-' | '_') { sign } else { '-' })
        .collect()
}

/// A text as YAML understands it.
fn scalar(text: &str) -> String {
    let safe = |sign: char| sign.is_alphanumeric() || "-_.—（）、/".contains(sign);
    let first = text.chars().next().is_some_and(char::is_alphabetic);
    let word = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        .contains(&text.to_ascii_lowercase().as_str());
    if first && !word && text.chars().all(safe) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_where_they_must_be() {
        for (text, written) in [
            ("石桥村", "石桥村"),
            ("18—39岁", "\"18—39岁\""),
            ("no", "\"no\""),
            ("a: b", "\"a: b\""),
            ("", "\"\""),
            ("他说\"好\"", "\"他说\\\"好\\\"\""),
        ] {
            assert_eq!(scalar(text), written);
        }
        assert_eq!((quoted("a,b"), quoted("a\"b")), ("\"a,b\"".to_owned(), "\"a\"\"b\"".to_owned()));
    }

    #[test]
    fn an_earlier_table_tells_its_total() {
        assert_eq!(total_of("village,cases\na,\"1,200\"\nb,3\n", CASES), Some(1203));
        assert_eq!(
            (total_of("village,n\na,1\n", CASES), total_of("village,cases\na,x\n", CASES)),
            (None, None)
        );
    }
}
