//! The tables and charts that a dataset is shown by.
//!
//! Refuses: a dimension on both sides, names that no address could hold, tables that no page could show.
//! Invariant: a view has at least one row, one column and one series.

use super::super::fields::{Fields, Key, key};
use super::axis::Axis;
use super::dimension::{Dimension, Restriction};
use super::findings::{definition, plain, unknown_name};
use super::measure::{self, Measure, Rate, read_filter};
use crate::diag::{Message, Sink, Span, Spanned};
use crate::source::node::Node;

/// A table, or what a chart draws.
#[derive(Clone, Debug)]
pub struct View {
    /// Its name in the dataset.
    pub name: String,
    /// Where it is defined.
    pub span: Span,
    /// Its caption.
    pub title: String,
    /// Its rows.
    pub rows: Axis,
    /// Its columns, before each is divided by series.
    pub columns: Axis,
    /// What restricts it as a whole.
    pub filter: Restriction,
    /// What is shown in each column.
    pub series: Vec<Series>,
    /// The release that it belongs to; none: the current one.
    pub release: Option<String>,
}

/// What a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    /// A measure.
    Measure(usize),
    /// A rate.
    Rate(usize),
}

/// A chart.
#[derive(Clone, Debug)]
pub struct Chart {
    /// Its form.
    pub form: Form,
    /// What it draws: rows are categories, columns are series.
    pub view: View,
}

/// Forms of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Horizontal bars.
    Bar,
    /// Bars side by side.
    Grouped,
    /// Bars on top of each other.
    Stacked,
    /// A line by month.
    Line,
    /// Dots on a common scale.
    Dot,
    /// One tile a village.
    Tiles,
}

/// What the parts of a dataset are called, for reading its views.
#[derive(Clone, Copy)]
pub struct Parts<'d> {
    /// The dimensions.
    pub dimensions: &'d [Dimension],
    /// The measures.
    pub measures: &'d [Measure],
    /// The rates.
    pub rates: &'d [Rate],
}

/// The most cells of a table. The paper of a table with more would cover a wall.
pub const MOST_CELLS: usize = 50_000;

const KEYS: &[Key] = &[
    key("title", &["标题"]),
    key("rows", &["行"]),
    key("columns", &["列"]),
    key("where", &["筛选"]),
    key("totals", &["合计"]),
    key("measure", &["指标"]),
    key("measures", &[]),
    key("rates", &["比率"]),
    key("rate", &[]),
    key("release", &["发布"]),
];
const CHART: &[Key] = &[key("form", &["形式"])];
const TOTALS: &[(&str, (bool, bool))] = &[
    ("both", (true, true)),
    ("两边", (true, true)),
    ("rows", (true, false)),
    ("行", (true, false)),
    ("columns", (false, true)),
    ("列", (false, true)),
    ("none", (false, false)),
    ("不要", (false, false)),
];
const FORMS: &[(&str, Form)] = &[
    ("bar", Form::Bar),
    ("条形", Form::Bar),
    ("grouped", Form::Grouped),
    ("分组条形", Form::Grouped),
    ("stacked", Form::Stacked),
    ("堆叠条形", Form::Stacked),
    ("line", Form::Line),
    ("折线", Form::Line),
    ("dot", Form::Dot),
    ("点", Form::Dot),
    ("tiles", Form::Tiles),
    ("方格", Form::Tiles),
];

impl View {
    /// Reads a table.
    pub fn read(name: &Spanned<String>, node: &Node, parts: Parts, sink: &mut Sink) -> Option<Self> {
        let fields = Fields::open(node, &[KEYS], sink);
        read(name, fields, parts, (true, true))
    }
}

impl Chart {
    /// Reads a chart.
    pub fn read(name: &Spanned<String>, node: &Node, parts: Parts, sink: &mut Sink) -> Option<Self> {
        let mut fields = Fields::open(node, &[KEYS, CHART], sink);
        let form = fields.choice("form", FORMS);
        if form.is_none() && fields.node("form").is_none() {
            let span = fields.span();
            fields.sink().report(plain(span, "chart-without-form", "chart-without-form-hint"));
        }
        let view = read(name, fields, parts, (false, false))?;
        Some(Self { form: form?, view })
    }
}

fn read(name: &Spanned<String>, mut fields: Fields, parts: Parts, totals: (bool, bool)) -> Option<View> {
    let own = name.value.trim().to_owned();
    let title = fields.plain("title");
    let totals = fields.choice("totals", TOTALS).unwrap_or(totals);
    let release = fields.plain("release");
    let nodes = ["rows", "columns", "where"].map(|name| fields.node(name));
    let words: Vec<Spanned<String>> =
        [fields.texts("measure"), fields.texts("measures")].into_iter().flatten().collect();
    let rates: Vec<Spanned<String>> =
        [fields.texts("rates"), fields.texts("rate")].into_iter().flatten().collect();
    let sink = fields.sink();
    let mut sound = true;
    let fit = |c: char| c.is_alphanumeric() || "-_.".contains(c);
    if own.is_empty() || own.starts_with('.') || !own.chars().all(fit) {
        sink.report(plain(name.span, "view-name", "view-name-hint"));
        sound = false;
    }
    if title.is_none() {
        let message = Message::new("view-without-title").with("name", &own);
        sink.report(definition(name.span, message, Message::new("view-without-title-hint")));
        sound = false;
    }
    let Some(rows) = nodes[0] else {
        let message = Message::new("view-without-rows").with("name", &own);
        sink.report(definition(name.span, message, Message::new("axis-form-hint")));
        return None;
    };
    let (span, rows) = (rows.span, Axis::read(rows, parts.dimensions, totals.0, sink));
    let columns = match nodes[1] {
        Some(node) => Axis::read(node, parts.dimensions, totals.1, sink),
        None => Some(Axis::single()),
    };
    let filter = nodes[2].map_or(Some(Vec::new()), |node| read_filter(node, parts.dimensions, &[], sink));
    let series = read_series(&words, &rates, parts, sink);
    let (rows, columns, filter, series) = (rows?, columns?, filter?, series?);
    let twice = |at: &usize| columns.dimensions.contains(at) || filter.iter().any(|(other, _)| other == at);
    let filtered = |at: &usize| filter.iter().any(|(other, _)| other == at);
    if rows.dimensions.iter().any(twice) || columns.dimensions.iter().any(filtered) {
        sink.report(plain(span, "dimension-twice", "dimension-twice-hint"));
        sound = false;
    }
    if rows.entries.len().saturating_mul(columns.entries.len()).saturating_mul(series.len()) > MOST_CELLS {
        sink.report(plain(span, "view-too-large", "view-too-large-hint"));
        sound = false;
    }
    let title = title.unwrap_or_default();
    sound.then_some(View { name: own, span: name.span, title, rows, columns, filter, series, release })
}

fn read_series(
    words: &[Spanned<String>],
    rates: &[Spanned<String>],
    parts: Parts,
    sink: &mut Sink,
) -> Option<Vec<Series>> {
    let mut series = Vec::new();
    for word in words.iter().filter(|word| !matches!(word.value.as_str(), "none" | "不要")) {
        series.push(Series::Measure(measure::named(parts.measures, word, sink)?));
    }
    if words.is_empty() {
        series.push(Series::Measure(0));
    }
    for word in rates {
        let found = parts.rates.iter().position(|rate| rate.key == word.value || rate.label == word.value);
        let Some(at) = found else {
            let names = parts.rates.iter().map(|rate| rate.key.as_str());
            sink.report(unknown_name(word, "unknown-rate", names));
            return None;
        };
        series.push(Series::Rate(at));
    }
    if series.is_empty() {
        let span = words.first().map(|word| word.span)?;
        sink.report(plain(span, "view-without-series", "view-without-series-hint"));
        return None;
    }
    Some(series)
}
