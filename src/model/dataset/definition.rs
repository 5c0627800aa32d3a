//! Reading a definition with its figures.
//!
//! Refuses: half a dataset.
//! Invariant: where nothing is read, the sink says why.

use super::super::config::StatisticsSettings;
use super::super::fields::{Fields, Key, key};
use super::dimension::{self, Dimension};
use super::findings::{definition, plain};
use super::measure::{self, Measure, Rate};
use super::period::Period;
use super::view::{Chart, Parts, View};
use super::{Dataset, FOLDER, policy, rows, stated};
use crate::diag::{FileId, Message, Sink, Span, Spanned};
use crate::source::node::{Node, NodeKind};
use crate::source::table::Table;
use crate::world::VPath;
use std::collections::BTreeMap;

/// The figures by path; none where a file could not be read as a whole.
pub(super) type Tables = BTreeMap<VPath, (FileId, Option<Table>)>;

/// Whether nothing stands where the policy says that nothing can.
fn zeros_hold(dataset: &Dataset, sink: &mut Sink) -> bool {
    let before = sink.found().len();
    for row in dataset.rows.iter().filter(|row| row.values.iter().any(|value| *value != 0)) {
        let holds = |zero: &&dimension::Restriction| {
            zero.iter().all(|(at, level)| dataset.dimensions[*at].holds(*level, row.at[*at]))
        };
        if dataset.policy.structural_zeros.iter().any(|zero| holds(&zero)) {
            sink.report(plain(row.span, "zero-contradicted", "zero-contradicted-hint"));
        }
    }
    sink.found().len() == before
}

/// Reads one definition.
pub(super) struct Reader<'r> {
    pub(super) name: &'r str,
    pub(super) file: FileId,
    pub(super) settings: &'r StatisticsSettings,
    pub(super) tables: &'r Tables,
    pub(super) sink: &'r mut Sink,
}

const KEYS: &[Key] = &[
    key("title", &["标题"]),
    key("source", &["来源"]),
    key("licence", &["许可", "license"]),
    key("period", &["期间"]),
    key("file", &["文件"]),
    key("dimensions", &["维度"]),
    key("measures", &["指标"]),
    key("rates", &["比率"]),
    key("policy", &["规则"]),
    key("tables", &["表"]),
    key("charts", &["图"]),
];

impl<'r> Reader<'r> {
    /// The dataset, and the path of its figures.
    pub(super) fn read(&mut self, node: &Node) -> (Option<Dataset>, Option<VPath>) {
        let mut fields = Fields::open(node, &[KEYS], self.sink);
        let [title, source, licence] = ["title", "source", "licence"].map(|name| fields.text(name));
        let file = fields.text("file");
        let names = ["period", "dimensions", "measures", "rates", "policy", "tables", "charts"];
        let [period, dimensions, measures, rates, policy, tables, charts] =
            names.map(|name| fields.node(name));
        let span = fields.span();
        let figures = self.figures(file.as_ref());
        let mut sound = true;
        for (value, what) in [(&title, "title"), (&source, "source")] {
            if value.is_none() {
                let message = Message::new("dataset-lacks").with("key", what);
                let hint = Message::new("dataset-lacks-hint").with("key", what);
                self.sink.report(definition(Span::new(self.file, 0..0), message, hint));
                sound = false;
            }
        }
        let period = period.map(|node| Period::read(node, self.sink));
        sound &= !matches!(period, Some(None));
        let period = period.flatten();
        let read = self.dimensions(dimensions, span, period.as_ref());
        let measures = match measures {
            Some(node) => measure::read_measures(node, self.sink),
            None => Some(vec![measure::usual(span)]),
        };
        let read = read.zip(measures).and_then(|(dimensions, measures)| {
            let rates = self.rates(rates, &dimensions, &measures)?;
            Some((dimensions, measures, rates))
        });
        let Some((dimensions, measures, rates)) = read else { return (None, figures) };
        let empty = Node::empty(span);
        let policy = policy::read(policy.unwrap_or(&empty), self.settings, &dimensions, self.sink);
        let parts = Parts { dimensions: &dimensions, measures: &measures, rates: &rates };
        let tables = self.named(tables, |name, node, sink| View::read(name, node, parts, sink));
        let charts = self.named(charts, |name, node, sink| Chart::read(name, node, parts, sink));
        let Some((path, id, table)) = self.table(figures.as_ref(), file.as_ref()) else {
            return (None, figures);
        };
        let rows = rows::read(id, table, parts, self.sink);
        let read = (title, source, policy, tables, charts, rows);
        let (Some(title), Some(source), Some(policy), Some(tables), Some(charts), Some(rows)) = read else {
            return (None, figures);
        };
        let dataset = Dataset {
            name: self.name.to_owned(),
            file: self.file,
            figures: path,
            title,
            source: source.value,
            licence: licence.map(|text| text.value).or_else(|| self.settings.licence.clone()),
            period,
            dimensions,
            measures,
            rates,
            policy,
            tables,
            charts,
            rows,
        };
        stated::check(&dataset, table, self.sink);
        sound &= zeros_hold(&dataset, self.sink);
        (sound.then_some(dataset), figures)
    }

    /// Where the figures are.
    fn figures(&mut self, file: Option<&Spanned<String>>) -> Option<VPath> {
        let usual = format!("{}.csv", self.name);
        let written = file.map_or(usual.as_str(), |text| text.value.as_str());
        let lower = written.to_lowercase();
        let path = (!written.contains(['/', '\\']) && lower.ends_with(".csv"))
            .then(|| VPath::new(&format!("{FOLDER}/{written}")).ok())
            .flatten();
        if let (None, Some(text)) = (&path, file) {
            self.sink.report(plain(text.span, "figures-path", "figures-path-hint"));
        }
        path
    }

    fn table(
        &mut self,
        path: Option<&VPath>,
        file: Option<&Spanned<String>>,
    ) -> Option<(VPath, FileId, &'r Table)> {
        let path = path?;
        let tables = self.tables;
        match tables.get(path) {
            Some((id, table)) => Some((path.clone(), *id, table.as_ref()?)),
            None => {
                let span = file.map_or(Span::new(self.file, 0..0), |text| text.span);
                let message = Message::new("figures-missing").with("path", path);
                let hint = Message::new("figures-missing-hint").with("name", path.file_name());
                self.sink.report(definition(span, message, hint));
                None
            }
        }
    }

    fn dimensions(
        &mut self,
        node: Option<&Node>,
        span: Span,
        period: Option<&Period>,
    ) -> Option<Vec<Dimension>> {
        let entries = match node.map(|node| &node.kind) {
            Some(NodeKind::Map(entries)) if !entries.is_empty() => entries,
            _ => {
                let span = node.map_or(Span::new(span.file, 0..0), |node| node.span);
                self.sink.report(plain(span, "no-dimensions", "no-dimensions-hint"));
                return None;
            }
        };
        let read: Vec<_> =
            entries.iter().map(|(name, node)| dimension::read(name, node, period, self.sink)).collect();
        read.into_iter().collect()
    }

    fn rates(
        &mut self,
        node: Option<&Node>,
        dimensions: &[Dimension],
        measures: &[Measure],
    ) -> Option<Vec<Rate>> {
        self.named(node, |name, node, sink| measure::read_rate(name, node, dimensions, measures, sink))
    }

    /// The values of a mapping from names.
    fn named<T>(
        &mut self,
        node: Option<&Node>,
        mut read: impl FnMut(&Spanned<String>, &Node, &mut Sink) -> Option<T>,
    ) -> Option<Vec<T>> {
        match node.map(|node| &node.kind) {
            None => Some(Vec::new()),
            Some(NodeKind::Map(entries)) => {
                let read: Vec<_> = entries.iter().map(|(name, node)| read(name, node, self.sink)).collect();
                read.into_iter().collect()
            }
            Some(_) => {
                let span = node.map_or(Span::new(self.file, 0..0), |node| node.span);
                self.sink.report(plain(span, "expected-named", "expected-named-hint"));
                None
            }
        }
    }
}
