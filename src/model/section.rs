//! The front matter of a section's `_index.md`.
//!
//! Refuses: unknown keys.
//! Invariant: what is returned was written.

use super::entry::{Section, SectionIx};
use super::fields::{Fields, Key, key};
use super::kind::Kind;
use crate::diag::{Diagnostic, Message, Sink, codes};
use crate::source::node::Node;
use crate::world::VPath;

/// What a section's `_index.md` says.
pub struct SectionMeta {
    /// 标题
    pub title: Option<String>,
    /// The kind of its bulletins.
    pub kind: Option<Kind>,
    /// 摘要
    pub summary: Option<String>,
    /// 标签
    pub tags: Vec<String>,
    /// Its place among the sections.
    pub order: Option<u32>,
}

const KEYS: &[Key] = &[
    key("title", &["标题"]),
    key("kind", &["类型"]),
    key("summary", &["摘要"]),
    key("tags", &["标签"]),
    key("order", &["次序", "排序"]),
];

/// Reads it; the root's title may be missing, since the site has one.
pub fn read(node: &Node, dir: &str, sink: &mut Sink) -> SectionMeta {
    let kinds: Vec<(&str, Kind)> =
        Kind::BULLETINS.iter().flat_map(|kind| [(kind.name(), *kind), (kind.chinese(), *kind)]).collect();
    let mut fields = Fields::open(node, &[KEYS], sink);
    let title = fields.plain("title");
    if title.is_none() && !dir.is_empty() {
        fields.sink().report(
            Diagnostic::new(codes::MISSING_TITLE, Message::new("missing-title"))
                .at(node.span)
                .hint(Message::new("missing-title-hint")),
        );
    }
    SectionMeta {
        title: title.or_else(|| (!dir.is_empty()).then(|| dir.to_owned())),
        kind: fields.choice("kind", &kinds),
        summary: fields.plain("summary"),
        tags: fields.texts("tags").into_iter().map(|text| text.value).collect(),
        order: fields.number("order"),
    }
}

/// The nearest section at or above a file.
pub(super) fn nearest(sections: &[Section], path: &VPath) -> SectionIx {
    let mut dir = super::files::below_content(path).rsplit_once('/').map_or("", |(dir, _)| dir);
    loop {
        if let Ok(found) = sections.binary_search_by(|section| section.dir.as_str().cmp(dir)) {
            return SectionIx(u32::try_from(found).expect("fewer than 2^32 sections"));
        }
        dir = dir.rsplit_once('/').map_or("", |(above, _)| above);
    }
}
