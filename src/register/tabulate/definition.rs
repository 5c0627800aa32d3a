//! What a dataset's own file says about its register: which columns, which codes, what may be merged.
//!
//! The whole of the file is judged when the site is built; here only what tabulation needs is picked.
//! Invariant: keys are understood in English and in Chinese alike.

use super::time::{Period, Unit};
use crate::diag::{FileId, Sink};
use crate::source::node::{Node, NodeKind};
use crate::source::yaml;
use jiff::civil::Date;

/// The picked parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Definition {
    /// Dimensions in order.
    pub dimensions: Vec<DefinedDimension>,
    /// Measures in order.
    pub measures: Vec<Measure>,
    /// The table's name, where it is not that of the definition.
    pub file: Option<String>,
    /// The time it covers.
    pub period: Option<Period>,
    /// Days on which earlier releases ended within a month.
    pub cuts: Vec<Date>,
}

/// A dimension as the dataset's own file defines it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DefinedDimension {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: Option<String>,
    /// Headers in the register.
    pub columns: Vec<String>,
    /// Codes with their labels; empty where the register decides.
    pub codes: Vec<(String, String)>,
    /// Other ways to write a code.
    pub merge: Vec<(String, Vec<String>)>,
    /// Its unit of time.
    pub time: Option<Unit>,
}

/// A measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Measure {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: Option<String>,
    /// Headers in the register.
    pub columns: Vec<String>,
    /// Whether it is a sum of money.
    pub amount: bool,
    /// Columns of the number of contributors, and of the largest contributions.
    pub contributors: Option<(String, Vec<String>)>,
}

impl DefinedDimension {
    /// Where bands begin, where its codes are those of bands, with names of their own: `0-17: 不满18岁`, `18+: 18岁以上`.
    pub fn cuts(&self) -> Option<Vec<i64>> {
        if self.codes.iter().any(|(code, label)| code == label) {
            return None;
        }
        let (last, others) = self.codes.split_last()?;
        let mut next = 0_i64;
        let mut cuts = Vec::new();
        for (code, _) in others {
            let (from, to) = code.split_once('-')?;
            if from.parse() != Ok(next) {
                return None;
            }
            next = to.parse::<i64>().ok()?.checked_add(1)?;
            cuts.push(next);
        }
        let ascending =
            cuts.first().is_some_and(|first| *first > 0) && cuts.windows(2).all(|pair| pair[0] < pair[1]);
        (ascending && last.0.strip_suffix('+')?.parse() == Ok(next)).then_some(cuts)
    }
}

impl Definition {
    /// Picks from a text; none where it cannot be read.
    pub fn read(text: &str) -> Option<Self> {
        let mut sink = Sink::new();
        let root = yaml::parse_yaml(FileId(0), text, &mut sink);
        if sink.verdict().is_err() {
            return None;
        }
        let entries = |names: &[&str]| root.get(names).map(map).unwrap_or_default();
        let period = root.get(&["period", "期间"]).and_then(|node| match node.text() {
            Some(text) => Period::parse(text),
            None => {
                let part = |names: &[&str]| node.get(names).and_then(Node::text);
                Period::parse(&format!("{}..{}", part(&["from", "从"])?, part(&["to", "到"])?))
            }
        });
        let period_node = root.get(&["period", "期间"]);
        let cuts = period_node.and_then(|node| node.get(&["cut", "分界"])).map(texts).unwrap_or_default();
        let cuts = cuts.iter().filter_map(|text| Period::parse(text)).map(|day| day.to).collect();
        Some(Self {
            cuts,
            dimensions: entries(&["dimensions", "维度"])
                .into_iter()
                .map(|(key, node)| dimension(key, node))
                .collect(),
            measures: entries(&["measures", "指标"])
                .into_iter()
                .map(|(key, node)| measure(key, node))
                .collect(),
            file: root.get(&["file", "文件"]).and_then(Node::text).map(str::to_owned),
            period,
        })
    }
}

fn dimension(key: &str, node: &Node) -> DefinedDimension {
    DefinedDimension {
        key: key.to_owned(),
        label: text(node, &["label", "名称"]),
        columns: node.get(&["column", "列"]).map(texts).unwrap_or_default(),
        codes: node.get(&["codes", "代码"]).map(codes).unwrap_or_default(),
        merge: node
            .get(&["merge", "合并"])
            .map(map)
            .unwrap_or_default()
            .into_iter()
            .map(|(code, node)| (code.to_owned(), texts(node)))
            .collect(),
        time: text(node, &["time", "时间"]).and_then(|unit| Unit::named(&unit)),
    }
}

fn measure(key: &str, node: &Node) -> Measure {
    let contributors = node.get(&["contributors", "贡献"]).and_then(|node| {
        Some((
            text(node, &["number", "个数"])?,
            node.get(&["largest", "最大"]).map(texts).unwrap_or_default(),
        ))
    });
    Measure {
        key: key.to_owned(),
        label: text(node, &["label", "名称"]),
        columns: node.get(&["column", "列"]).map(texts).unwrap_or_default(),
        amount: matches!(text(node, &["type", "类型"]).as_deref(), Some("amount" | "金额")),
        contributors,
    }
}

/// Codes with labels, or codes that are their own label.
fn codes(node: &Node) -> Vec<(String, String)> {
    match &node.kind {
        NodeKind::Map(entries) => entries
            .iter()
            .map(|(key, node)| {
                (
                    key.value.clone(),
                    node.text().map_or_else(
                        || text(node, &["label", "名称"]).unwrap_or_else(|| key.value.clone()),
                        str::to_owned,
                    ),
                )
            })
            .collect(),
        _ => texts(node).into_iter().map(|code| (code.clone(), code)).collect(),
    }
}

fn map(node: &Node) -> Vec<(&str, &Node)> {
    match &node.kind {
        NodeKind::Map(entries) => entries.iter().map(|(key, value)| (key.value.as_str(), value)).collect(),
        _ => Vec::new(),
    }
}

fn text(node: &Node, names: &[&str]) -> Option<String> {
    node.get(names).and_then(Node::text).map(str::to_owned)
}

fn texts(node: &Node) -> Vec<String> {
    match &node.kind {
        NodeKind::List(list) => list.iter().filter_map(Node::text).map(str::to_owned).collect(),
        _ => node.text().map(str::to_owned).into_iter().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same() {
        let english = "period: {from: 2026-01, to: 2026-12}\ndimensions:\n  village:\n    label: 村\n    column: 所属村\n    codes: {V1: 石桥村, V2: {label: 河湾村}}\n    merge: {V1: [石桥, \"\"]}\n  month: {time: month}\nmeasures:\n  loss: {type: amount, contributors: {number: n, largest: [a, b]}}\n";
        let chinese = "期间: 2026-01 至 2026-12\n维度:\n  village:\n    名称: 村\n    列: [所属村]\n    代码: {V1: 石桥村, V2: {名称: 河湾村}}\n    合并: {V1: [石桥, \"\"]}\n  month: {时间: 月}\n指标:\n  loss: {类型: 金额, 贡献: {个数: n, 最大: [a, b]}}\n";
        let read = Definition::read(english).expect("it reads");
        assert_eq!(Some(&read), Definition::read(chinese).as_ref());
        assert_eq!(
            read.dimensions[0].codes,
            [("V1".to_owned(), "石桥村".to_owned()), ("V2".to_owned(), "河湾村".to_owned())]
        );
        assert_eq!(read.dimensions[0].merge, [("V1".to_owned(), vec!["石桥".to_owned(), String::new()])]);
        assert_eq!(read.dimensions[1].time, Some(Unit::Month));
        assert_eq!(
            read.measures[0].contributors,
            Some(("n".to_owned(), vec!["a".to_owned(), "b".to_owned()]))
        );
        assert_eq!(Definition::read("a: [b"), None);
    }
}
