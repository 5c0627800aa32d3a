//! The front matter of a bulletin, read and typed.
//!
//! Refuses: unknown keys, dates that do not exist, a bulletin without a title.
//! Invariant: what a [`Meta`] holds was written in the front matter or follows from the section.

use super::fields::{Fields, Key, key};
use super::handouts;
use super::kind::Kind;
use super::own::{self, Own};
use super::when::When;
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::source::node::{Node, NodeKind};
use jiff::tz::TimeZone;

/// The front matter of a bulletin.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a line of front matter")]
pub struct Meta {
    /// 标题
    pub title: Spanned<String>,
    /// 类型
    pub kind: Kind,
    /// 日期
    pub date: Option<When>,
    /// Where it stands.
    pub date_span: Option<Span>,
    /// 更新
    pub updated: Option<When>,
    /// Where it stands.
    pub updated_span: Option<Span>,
    /// 发布: not before this moment.
    pub publish: Option<Spanned<When>>,
    /// 到期: not after this moment.
    pub expires: Option<Spanned<When>>,
    /// 摘要
    pub summary: Option<String>,
    /// 标签
    pub tags: Vec<Spanned<String>>,
    /// 村社区, codes or names as written.
    pub areas: Vec<Spanned<String>>,
    /// 撰稿
    pub author: Option<String>,
    /// 编辑
    pub editor: Option<String>,
    /// 编审
    pub reviewer: Option<String>,
    /// 来源
    pub source: Option<Spanned<String>>,
    /// 原文网址: where what was taken from others stands.
    pub source_url: Option<String>,
    /// 涉密
    pub secret: Option<Span>,
    /// Whether its 重要程度 is 重大, which asks for one more signature.
    pub heavy: bool,
    /// 急发: it may go out before every level has signed.
    pub urgent: bool,
    /// 封面: a picture beside the bulletin.
    pub cover: Option<Spanned<String>>,
    /// 置顶
    pub pinned: bool,
    /// 草稿
    pub draft: bool,
    /// 网址
    pub slug: Option<Spanned<String>>,
    /// 旧网址
    pub aliases: Vec<Spanned<String>>,
    /// 印品: layouts, as written; none where the settings decide.
    pub handouts: Option<Vec<Spanned<String>>>,
    /// 例外
    pub allow: Vec<Allow>,
    /// The kind's own fields.
    pub own: Own,
    /// Where the front matter stands.
    pub span: Span,
}

/// A finding that staff decided to let pass, with their reason.
#[derive(Clone, Debug)]
pub struct Allow {
    /// Code or name of the lint.
    pub code: Spanned<String>,
    /// Why.
    pub reason: String,
}

/// Keys of all kinds.
const KEYS: &[Key] = &[
    key("title", &["标题"]),
    key("kind", &["类型"]),
    key("date", &["日期"]),
    key("updated", &["更新"]),
    key("publish", &["发布"]),
    key("expires", &["到期"]),
    key("summary", &["摘要"]),
    key("tags", &["标签"]),
    key("areas", &["村社区"]),
    key("author", &["撰稿"]),
    key("editor", &["编辑"]),
    key("reviewer", &["编审"]),
    key("source", &["来源"]),
    key("source_url", &["原文网址", "原文链接", "来源网址"]),
    key("secret", &["涉密", "是否涉密"]),
    key("weight", &["重要程度", "分量"]),
    key("urgent", &["急发", "紧急"]),
    key("cover", &["封面"]),
    key("pinned", &["置顶"]),
    key("draft", &["草稿"]),
    key("slug", &["网址"]),
    key("aliases", &["旧网址"]),
    key("handouts", &["印品"]),
    key("allow", &["例外"]),
];

const KINDS: &[(&str, Kind)] = &[
    ("tip", Kind::Tip),
    ("反诈提示", Kind::Tip),
    ("law", Kind::Law),
    ("普法", Kind::Law),
    ("verse", Kind::Verse),
    ("快板", Kind::Verse),
    ("notice", Kind::Notice),
    ("通告", Kind::Notice),
    ("guide", Kind::Guide),
    ("办事指南", Kind::Guide),
    ("meeting", Kind::Meeting),
    ("院坝会", Kind::Meeting),
    ("story", Kind::Story),
    ("工作动态", Kind::Story),
    ("report", Kind::Report),
    ("数据通报", Kind::Report),
    ("page", Kind::Page),
    ("页面", Kind::Page),
];

impl Meta {
    /// Reads the front matter; `default_kind` is the section's.
    ///
    /// Nothing where the title is missing, for nothing can be made of such a bulletin, or where the file itself
    /// could not be read, which has been reported.
    pub fn read(node: &Node, default_kind: Kind, zone: &TimeZone, sink: &mut Sink) -> Option<Self> {
        if node.kind == NodeKind::Null {
            return None;
        }
        let kind = kind_of(node).unwrap_or(default_kind);
        let mut fields = Fields::open(node, &[KEYS, own::keys(kind)], sink);
        let kind = fields.choice("kind", KINDS).unwrap_or(default_kind);
        let own = own::read(kind, &mut fields, zone);
        let meta = (
            fields.text("title"),
            fields.when("date", zone),
            fields.when("updated", zone),
            fields.when("publish", zone),
            fields.when("expires", zone),
        );
        let (title, date, updated, publish, expires) = meta;
        let rest = Self {
            title: Spanned::new(String::new(), node.span),
            kind,
            date: date.as_ref().map(|when| when.value),
            date_span: date.map(|when| when.span),
            updated: updated.as_ref().map(|when| when.value),
            updated_span: updated.map(|when| when.span),
            publish,
            expires,
            summary: fields.plain("summary"),
            tags: fields.texts("tags"),
            areas: fields.texts("areas"),
            author: fields.plain("author"),
            editor: fields.plain("editor"),
            reviewer: fields.plain("reviewer"),
            source: fields.text("source"),
            source_url: fields.plain("source_url"),
            secret: secret(&mut fields),
            heavy: fields.choice("weight", WEIGHTS).unwrap_or(false),
            urgent: fields.flag("urgent").unwrap_or(false),
            cover: fields.text("cover"),
            pinned: fields.flag("pinned").unwrap_or(false),
            draft: fields.flag("draft").unwrap_or(false),
            slug: fields.text("slug"),
            aliases: fields.texts("aliases"),
            handouts: handouts::layouts(&mut fields, "handouts"),
            allow: read_allow(&mut fields),
            own,
            span: node.span,
        };
        match title {
            Some(title) => Some(Self { title, ..rest }),
            None => {
                sink.report(
                    Diagnostic::new(codes::MISSING_TITLE, Message::new("missing-title"))
                        .at(Span::new(node.span.file, node.span.range().start..node.span.range().start))
                        .hint(Message::new("missing-title-hint")),
                );
                None
            }
        }
    }
}

/// What a bulletin may be said to weigh, and whether that asks for one more signature.
const WEIGHTS: &[(&str, bool)] =
    &[("重大", true), ("major", true), ("heavy", true), ("重要", false), ("一般", false), ("normal", false)];

/// Where a bulletin says that it is secret. What is no plain "no" counts as "yes".
fn secret(fields: &mut Fields) -> Option<Span> {
    let node = fields.node("secret")?;
    let is_plain_no = node.text().is_some_and(|text| {
        matches!(text.trim(), "false" | "False" | "no" | "No" | "否" | "不" | "不涉密" | "无" | "非密" | "×")
    });
    (!is_plain_no).then_some(node.span)
}

/// The kind as written, before the keys are judged: it decides which keys are known.
fn kind_of(node: &Node) -> Option<Kind> {
    let NodeKind::Map(entries) = &node.kind else { return None };
    entries
        .iter()
        .find(|(key, _)| matches!(key.value.trim(), "kind" | "类型"))
        .and_then(|(_, value)| Kind::parse(value.text()?.trim()))
}

fn read_allow(fields: &mut Fields) -> Vec<Allow> {
    const KEYS: &[Key] = &[key("code", &["编号", "代码"]), key("reason", &["理由", "原因"])];
    let mut allows = Vec::new();
    for item in fields.items("allow") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match (one.text("code"), one.plain("reason")) {
            (Some(code), Some(reason)) => allows.push(Allow { code, reason }),
            _ => one.wrong(item.span, "expected-allow"),
        }
    }
    allows
}
