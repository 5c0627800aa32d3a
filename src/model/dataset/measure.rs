//! What is counted or summed, and shares of one in another.
//!
//! Refuses: rates of what nobody counts.
//! Invariant: a dataset has at least one measure.

use super::super::fields::{Fields, Key, key};
use super::dimension::{Dimension, Member, Restriction};
use super::findings::{plain, unknown_category, unknown_name};
use crate::diag::{Sink, Span, Spanned};
use crate::source::node::{Node, NodeKind};

/// A measure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its column in the figures.
    pub key: String,
    /// Its name.
    pub label: String,
    /// What sort of number it is.
    pub kind: Kind,
    /// Its unit.
    pub unit: Option<String>,
    /// Where it is defined.
    pub span: Span,
}

/// Sorts of measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number of cases or people.
    Count,
    /// A sum of what each contributes.
    Amount {
        /// Column with the number of contributors.
        number: String,
        /// Columns with the largest contributions, the largest first; none where the usual ones are looked for.
        largest: Vec<String>,
    },
}

/// A share of one count in another, in per cent.
#[derive(Clone, Debug)]
pub struct Rate {
    /// Its key.
    pub key: String,
    /// Its name.
    pub label: String,
    /// The measure of the numerator.
    pub measure: usize,
    /// The measure of the denominator.
    pub per: usize,
    /// What the numerator restricts beyond the place where the rate is shown.
    pub numerator: Restriction,
    /// What the denominator restricts.
    pub denominator: Restriction,
    /// Why the numerator's measure is no part of the denominator's, where somebody said so.
    pub separate: Option<String>,
    /// Digits behind the point.
    pub decimals: u8,
    /// Column with the rate as it was given, to be checked.
    pub column: Option<Spanned<String>>,
    /// Rates as they were told elsewhere, to be checked: where, and the number as written.
    pub stated: Vec<(Restriction, Spanned<String>)>,
}

const MEASURE: &[Key] = &[
    key("label", &["名称"]),
    // Only `tabulate` needs it: the header that the amount has in the register.
    key("column", &["列"]),
    key("type", &["类型"]),
    key("unit", &["单位"]),
    key("contributors", &["贡献"]),
];
const CONTRIBUTORS: &[Key] = &[key("number", &["个数"]), key("largest", &["最大"])];
const RATE: &[Key] = &[
    key("label", &["名称"]),
    key("measure", &["指标"]),
    key("per", &["分母指标"]),
    key("numerator", &["分子"]),
    key("denominator", &["分母"]),
    key("separate", &["互不包含"]),
    key("decimals", &["小数"]),
    key("column", &["列"]),
    key("stated", &["已公布"]),
];

/// The measure of a dataset that names none.
pub fn usual(span: Span) -> Measure {
    Measure {
        key: "cases".to_owned(),
        label: "件数".to_owned(),
        kind: Kind::Count,
        unit: Some("件".to_owned()),
        span,
    }
}

/// Reads the measures.
pub fn read_measures(node: &Node, sink: &mut Sink) -> Option<Vec<Measure>> {
    let NodeKind::Map(entries) = &node.kind else {
        sink.report(plain(node.span, "measures-form", "measures-form-hint"));
        return None;
    };
    let measures = entries.iter().map(|(name, value)| read_measure(name, value, sink)).collect::<Vec<_>>();
    (!measures.is_empty()).then_some(measures).or_else(|| Some(vec![usual(node.span)]))
}

fn read_measure(name: &Spanned<String>, node: &Node, sink: &mut Sink) -> Measure {
    let key = name.value.trim().to_owned();
    let mut fields = Fields::open(node, &[MEASURE], sink);
    let amount = fields
        .choice("type", &[("count", false), ("计数", false), ("amount", true), ("金额", true)])
        .unwrap_or(false);
    let label = fields.plain("label").unwrap_or_else(|| key.clone());
    let unit = fields.plain("unit").or_else(|| Some(if amount { "元" } else { "件" }.to_owned()));
    let contributors = fields.node("contributors");
    let kind = if amount {
        let (mut number, mut largest) = (format!("{key}.n"), Vec::new());
        if let Some(node) = contributors {
            let mut fields = Fields::open(node, &[CONTRIBUTORS], sink);
            number = fields.plain("number").unwrap_or(number);
            largest = fields.texts("largest").into_iter().map(|text| text.value).collect();
        }
        Kind::Amount { number, largest }
    } else {
        Kind::Count
    };
    Measure { key, label, kind, unit, span: name.span }
}

/// A measure by its key, else by its label.
pub fn find(measures: &[Measure], word: &str) -> Option<usize> {
    let by = |wanted: &dyn Fn(&Measure) -> bool| measures.iter().position(wanted);
    by(&|one| one.key == word).or_else(|| by(&|one| one.label == word))
}

/// The measure that a word names; a finding where there is none.
pub fn named(measures: &[Measure], word: &Spanned<String>, sink: &mut Sink) -> Option<usize> {
    find(measures, &word.value).or_else(|| {
        let names = measures.iter().map(|measure| measure.key.as_str());
        sink.report(unknown_name(word, "unknown-measure", names));
        None
    })
}

/// Reads a rate.
///
/// # Panics
/// Never: a rate of more than three decimals is refused.
pub fn read_rate(
    name: &Spanned<String>,
    node: &Node,
    dimensions: &[Dimension],
    measures: &[Measure],
    sink: &mut Sink,
) -> Option<Rate> {
    let key = name.value.trim().to_owned();
    let mut fields = Fields::open(node, &[RATE], sink);
    let label = fields.plain("label").unwrap_or_else(|| key.clone());
    let (measure, per) = (fields.text("measure"), fields.text("per"));
    let nodes = ["numerator", "denominator"].map(|name| fields.node(name));
    let separate = fields.plain("separate");
    let decimals = fields.number("decimals").unwrap_or(1);
    let column = fields.text("column");
    let stated = fields.items("stated");
    let span = fields.span();
    let measure = match measure {
        Some(word) => named(measures, &word, sink)?,
        None => 0,
    };
    let per = match per {
        Some(word) => named(measures, &word, sink)?,
        None => measure,
    };
    let numerator = nodes[0].map_or(Some(Vec::new()), |node| read_filter(node, dimensions, &[], sink))?;
    let denominator = nodes[1].map_or(Some(Vec::new()), |node| read_filter(node, dimensions, &[], sink))?;
    if measure == per && numerator == denominator {
        sink.report(plain(span, "rate-of-itself", "rate-of-itself-hint"));
        return None;
    }
    if decimals > 3 {
        sink.report(plain(span, "rate-decimals", "rate-decimals-hint"));
        return None;
    }
    let decimals = u8::try_from(decimals).expect("no more than three");
    let stated = stated.iter().map(|one| read_stated(one, dimensions, sink)).collect::<Option<Vec<_>>>()?;
    Some(Rate { key, label, measure, per, numerator, denominator, separate, decimals, column, stated })
}

/// `{village: V1, value: 91.2}`
fn read_stated(
    node: &Node,
    dimensions: &[Dimension],
    sink: &mut Sink,
) -> Option<(Restriction, Spanned<String>)> {
    let value = match &node.kind {
        NodeKind::Map(entries) => entries
            .iter()
            .find(|(key, _)| matches!(key.value.trim(), "value" | "数值"))
            .and_then(|(_, value)| Some(Spanned::new(value.text()?.trim().to_owned(), value.span))),
        _ => None,
    };
    let Some(value) = value else {
        sink.report(plain(node.span, "stated-form", "stated-form-hint"));
        return None;
    };
    Some((read_filter(node, dimensions, &["value", "数值"], sink)?, value))
}

/// `{outcome: ok, month: YTD-05}`: dimension → one of its codes or groups. Keys in `others` are somebody else's.
pub fn read_filter(
    node: &Node,
    dimensions: &[Dimension],
    others: &[&str],
    sink: &mut Sink,
) -> Option<Restriction> {
    let entries = match &node.kind {
        NodeKind::Map(entries) => entries.as_slice(),
        NodeKind::Null => &[],
        _ => {
            sink.report(plain(node.span, "filter-form", "filter-form-hint"));
            return None;
        }
    };
    let mut filter = Vec::new();
    let mut sound = true;
    for (name, value) in entries.iter().filter(|(name, _)| !others.contains(&name.value.trim())) {
        let Some(at) = super::dimension::find(dimensions, name.value.trim()) else {
            let names = dimensions.iter().map(|dimension| dimension.key.as_str());
            sink.report(unknown_name(name, "unknown-dimension", names));
            sound = false;
            continue;
        };
        let Some(text) = value.text() else {
            sink.report(plain(value.span, "filter-form", "filter-form-hint"));
            sound = false;
            continue;
        };
        match dimensions[at].level(text) {
            // The total restricts nothing.
            Some(Member::Total) => {}
            Some(level) => filter.push((at, level)),
            None => {
                sink.report(unknown_category(&Spanned::new(text.to_owned(), value.span), &dimensions[at]));
                sound = false;
            }
        }
    }
    filter.sort();
    sound.then_some(filter)
}
