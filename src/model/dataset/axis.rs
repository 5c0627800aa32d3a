//! The rows or columns of a table as the definition gives them.
//!
//! Refuses: dimensions and codes that do not exist, and a dimension twice.
//! Invariant: every entry names a level of every dimension of the axis, in their order.

use super::super::fields::nearest;
use super::dimension::{Dimension, Member};
use super::findings::{plain, unknown_category, unknown_name};
use crate::diag::{Message, Sink, Spanned};
use crate::source::node::{Node, NodeKind};

/// Rows or columns.
#[derive(Clone, Debug, Default)]
pub struct Axis {
    /// The dimensions, outermost first.
    pub dimensions: Vec<usize>,
    /// The entries in the order shown; one without levels where there is no dimension.
    pub entries: Vec<Vec<Member>>,
}

/// One dimension of an axis.
struct Part {
    dimension: usize,
    levels: Vec<Member>,
}

impl Axis {
    /// That of a side without dimensions.
    pub fn single() -> Self {
        Self { dimensions: Vec::new(), entries: vec![Vec::new()] }
    }

    /// Reads `village`, `[village, type]`, `{village: [V1, ALL]}`, `{village: all}` and mixtures. Dimensions without
    /// a list of their own get their total where `total` says so.
    pub fn read(node: &Node, dimensions: &[Dimension], total: bool, sink: &mut Sink) -> Option<Self> {
        let mut parts = Vec::new();
        let sound = match &node.kind {
            NodeKind::List(items) => {
                items.iter().all(|item| read_parts(item, dimensions, total, &mut parts, sink))
            }
            _ => read_parts(node, dimensions, total, &mut parts, sink),
        };
        if !sound {
            return None;
        }
        for (at, part) in parts.iter().enumerate() {
            if parts[..at].iter().any(|other| other.dimension == part.dimension) {
                sink.report(plain(node.span, "dimension-twice", "dimension-twice-hint"));
                return None;
            }
        }
        if parts.is_empty() {
            return Some(Self::single());
        }
        let mut entries = vec![Vec::new()];
        for part in &parts {
            // So that a slip cannot ask for more than a page could show.
            if entries.len().saturating_mul(part.levels.len()) > super::view::MOST_CELLS {
                sink.report(plain(node.span, "view-too-large", "view-too-large-hint"));
                return None;
            }
            entries = entries
                .iter()
                .flat_map(|entry: &Vec<Member>| {
                    part.levels.iter().map(move |level| entry.iter().copied().chain([*level]).collect())
                })
                .collect();
        }
        Some(Self { dimensions: parts.iter().map(|part| part.dimension).collect(), entries })
    }
}

fn read_parts(
    node: &Node,
    dimensions: &[Dimension],
    total: bool,
    parts: &mut Vec<Part>,
    sink: &mut Sink,
) -> bool {
    match &node.kind {
        NodeKind::Scalar(text) => {
            let word = Spanned::new(text.trim().to_owned(), node.span);
            let Some(at) = named(&word, dimensions, sink) else { return false };
            let dimension = &dimensions[at];
            let codes = (0..dimension.len()).map(Member::Code);
            let levels = codes.chain(total.then_some(Member::Total)).collect();
            parts.push(Part { dimension: at, levels });
            true
        }
        NodeKind::Map(entries) => entries.iter().all(|(name, value)| {
            let Some(at) = named(name, dimensions, sink) else { return false };
            let Some(levels) = read_levels(value, &dimensions[at], total, sink) else { return false };
            parts.push(Part { dimension: at, levels });
            true
        }),
        _ => {
            sink.report(plain(node.span, "axis-form", "axis-form-hint"));
            false
        }
    }
}

fn named(word: &Spanned<String>, dimensions: &[Dimension], sink: &mut Sink) -> Option<usize> {
    super::dimension::find(dimensions, word.value.trim()).or_else(|| {
        let names = dimensions.iter().map(|dimension| dimension.key.as_str());
        sink.report(unknown_name(word, "unknown-dimension", names));
        None
    })
}

fn read_levels(node: &Node, dimension: &Dimension, total: bool, sink: &mut Sink) -> Option<Vec<Member>> {
    let groups = || (0..).map(Member::Group).take(dimension.groups.len());
    let behind = |total: bool| total.then_some(Member::Total);
    match &node.kind {
        NodeKind::List(items) => {
            let mut levels = Vec::with_capacity(items.len());
            for item in items {
                let text = item.text().unwrap_or_default();
                let Some(level) = dimension.level(text) else {
                    sink.report(unknown_category(&Spanned::new(text.to_owned(), item.span), dimension));
                    return None;
                };
                if levels.contains(&level) {
                    sink.report(plain(item.span, "level-twice", "level-twice-hint"));
                    return None;
                }
                levels.push(level);
            }
            if levels.is_empty() {
                sink.report(plain(node.span, "axis-form", "axis-form-hint"));
                return None;
            }
            Some(levels)
        }
        NodeKind::Scalar(text) => match text.trim() {
            "all" | "全部" => Some(dimension.all()),
            "groups" | "分组" if !dimension.groups.is_empty() => {
                Some(groups().chain(behind(total)).collect())
            }
            "codes" | "代码" => Some((0..dimension.len()).map(Member::Code).chain(behind(total)).collect()),
            word => match dimension.level(word) {
                Some(level) => Some(vec![level]),
                None => {
                    let mut finding = unknown_category(&Spanned::new(word.to_owned(), node.span), dimension);
                    if nearest(word, dimension.words()).is_none() {
                        finding = finding.hint(Message::new("axis-form-hint"));
                    }
                    sink.report(finding);
                    None
                }
            },
        },
        _ => {
            sink.report(plain(node.span, "axis-form", "axis-form-hint"));
            None
        }
    }
}
