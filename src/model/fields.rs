//! Reading typed fields out of a mapping, with findings that staff can act on.
//!
//! Refuses: unknown keys (naming the nearest known one), a key given twice under two names, values of another shape.
//! Invariant: a field that is returned was written so; a field that was wrong has left a finding behind.

use super::when::{When, WhenError};
use crate::diag::{Diagnostic, Message, Sink, Span, Spanned, codes};
use crate::source::node::{Node, NodeKind};
use crate::source::unclean::is_invisible;
use jiff::tz::TimeZone;

/// A key with its Chinese names.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The name used in code.
    pub name: &'static str,
    /// Other names that staff may write.
    pub also: &'static [&'static str],
}

/// Shorthand for tables of keys.
pub const fn key(name: &'static str, also: &'static [&'static str]) -> Key {
    Key { name, also }
}

/// The fields of one mapping.
pub struct Fields<'n, 's> {
    found: Vec<(&'static str, &'n Spanned<String>, &'n Node)>,
    span: Span,
    /// The message that says what belongs here; none where a general one must do.
    sample: Option<&'static str>,
    sink: &'s mut Sink,
}

impl<'n, 's> Fields<'n, 's> {
    /// Opens a mapping whose keys must be among `known`. Anything else than a mapping is reported and read as empty.
    pub fn open(node: &'n Node, known: &[&[Key]], sink: &'s mut Sink) -> Self {
        Self::open_like(node, known, None, sink)
    }

    /// Opens a mapping like [`Self::open`]; whoever writes something else is shown this sample.
    pub fn open_like(
        node: &'n Node,
        known: &[&[Key]],
        sample: Option<&'static str>,
        sink: &'s mut Sink,
    ) -> Self {
        let mut fields = Self { found: Vec::new(), span: node.span, sample, sink };
        match &node.kind {
            NodeKind::Map(entries) => {
                for (written, value) in entries {
                    fields.admit(written, value, known);
                }
            }
            NodeKind::Null => {}
            _ => fields.wrong(node.span, sample.unwrap_or("expected-mapping")),
        }
        fields
    }

    fn admit(&mut self, written: &'n Spanned<String>, value: &'n Node, known: &[&[Key]]) {
        let name = written.value.trim();
        let all = || known.iter().flat_map(|keys| keys.iter());
        let Some(key) = all().find(|key| key.name == name || key.also.contains(&name)) else {
            let names = all().flat_map(|key| std::iter::once(key.name).chain(key.also.iter().copied()));
            let mut finding =
                Diagnostic::new(codes::UNKNOWN_KEY, Message::new("unknown-key").with("key", name))
                    .at(written.span);
            let meant =
                synonym(name).filter(|word| all().any(|key| key.name == *word || key.also.contains(word)));
            finding = match meant.or_else(|| nearest(name, names)) {
                Some(near) => finding.hint(Message::new("unknown-key-hint").with("nearest", near)),
                None => finding.hint(Message::new(self.sample.unwrap_or("unknown-key-none-hint"))),
            };
            self.sink.report(finding);
            return;
        };
        if let Some((_, first, _)) = self.found.iter().find(|(found, ..)| *found == key.name) {
            let finding =
                Diagnostic::new(codes::DUPLICATE_KEY, Message::new("same-key-twice").with("key", name))
                    .at(written.span)
                    .hint(
                        Message::new("same-key-twice-hint").with("first", &first.value).with("second", name),
                    )
                    .related(first.span, Message::new("first-here"));
            self.sink.report(finding);
            return;
        }
        self.found.push((key.name, written, value));
    }

    /// Where the mapping stands.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The sink that findings go to.
    pub fn sink(&mut self) -> &mut Sink {
        self.sink
    }

    /// The value of a field, if it was given and is not empty.
    pub fn node(&self, name: &str) -> Option<&'n Node> {
        self.found
            .iter()
            .find(|(found, ..)| *found == name)
            .map(|(.., node)| *node)
            .filter(|node| node.kind != NodeKind::Null)
    }

    /// Whether a field was given without anything behind it.
    pub fn is_blank(&self, name: &str) -> bool {
        self.found.iter().any(|(found, _, node)| *found == name && node.kind == NodeKind::Null)
    }

    /// Reports a value of the wrong shape; `expected` is a message that says what belongs there.
    pub fn wrong(&mut self, span: Span, expected: &'static str) {
        self.sink.report(
            Diagnostic::new(codes::WRONG_VALUE, Message::new("wrong-value"))
                .at(span)
                .hint(Message::new(expected)),
        );
    }

    /// A text; blank ones count as absent.
    pub fn text(&mut self, name: &str) -> Option<Spanned<String>> {
        let node = self.node(name)?;
        match node.text() {
            Some(text) => {
                let text = text.trim();
                (!is_invisible(text)).then(|| Spanned::new(text.to_owned(), node.span))
            }
            None => {
                self.wrong(node.span, "expected-text");
                None
            }
        }
    }

    /// A text without its place.
    pub fn plain(&mut self, name: &str) -> Option<String> {
        self.text(name).map(|text| text.value)
    }

    /// A list of texts; one text alone is read as a list divided by `、`, `，`, `,`, `；` or `;`.
    pub fn texts(&mut self, name: &str) -> Vec<Spanned<String>> {
        let Some(node) = self.node(name) else { return Vec::new() };
        match &node.kind {
            NodeKind::Scalar(text) => divided(text, node.span),
            NodeKind::List(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    match item.text().map(str::trim) {
                        Some(text) if is_invisible(text) => {}
                        Some(text) => texts.push(Spanned::new(text.to_owned(), item.span)),
                        None => self.wrong(item.span, "expected-text"),
                    }
                }
                texts
            }
            _ => {
                self.wrong(node.span, "expected-texts");
                Vec::new()
            }
        }
    }

    /// A list of lines, one text or several; unlike [`Self::texts`] a single text is not divided.
    pub fn lines(&mut self, name: &str) -> Vec<String> {
        match self.node(name) {
            Some(Node { kind: NodeKind::Scalar(text), .. }) => {
                text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
            }
            _ => self.texts(name).into_iter().map(|text| text.value).collect(),
        }
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        let node = self.node(name)?;
        match node.text().map(str::trim) {
            Some("true" | "True" | "yes" | "是" | "有" | "√") => Some(true),
            Some("false" | "False" | "no" | "否" | "无" | "不" | "×") => Some(false),
            _ => {
                self.wrong(node.span, "expected-flag");
                None
            }
        }
    }

    /// A whole number.
    pub fn number(&mut self, name: &str) -> Option<u32> {
        let node = self.node(name)?;
        let number = node.text().and_then(|text| text.trim().parse().ok());
        if number.is_none() {
            self.wrong(node.span, "expected-number");
        }
        number
    }

    /// A date.
    pub fn when(&mut self, name: &str, zone: &TimeZone) -> Option<Spanned<When>> {
        let text = self.text(name)?;
        match When::parse(&text.value, zone) {
            Ok(when) => Some(Spanned::new(when, text.span)),
            Err(error) => {
                self.sink.report(impossible_date(&text, error));
                None
            }
        }
    }

    /// The items of a list.
    pub fn items(&mut self, name: &str) -> &'n [Node] {
        match self.node(name) {
            None => &[],
            Some(Node { kind: NodeKind::List(items), .. }) => items,
            Some(other) => {
                self.wrong(other.span, "expected-list");
                &[]
            }
        }
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &str, choices: &[(&str, T)]) -> Option<T> {
        let text = self.text(name)?;
        if let Some((_, value)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let words: Vec<&str> = choices.iter().map(|(word, _)| *word).collect();
        self.sink.report(
            Diagnostic::new(codes::WRONG_VALUE, Message::new("wrong-choice").with("value", &text.value))
                .at(text.span)
                .hint(Message::new("wrong-choice-hint").with("choices", words.join("、"))),
        );
        None
    }
}

/// The finding for a date that cannot be.
fn impossible_date(text: &Spanned<String>, error: WhenError) -> Diagnostic {
    let hint = match error {
        WhenError::Form => Message::new("date-form-hint"),
        WhenError::Month(month) => Message::new("date-month-hint").with("month", month),
        WhenError::Day { day, last } => Message::new("date-day-hint").with("day", day).with("last", last),
        WhenError::Time(time) => Message::new("date-time-hint").with("time", time),
    };
    Diagnostic::new(codes::IMPOSSIBLE_DATE, Message::new("impossible-date").with("date", &text.value))
        .at(text.span)
        .hint(hint)
}

/// The parts of one text that stands for a list.
pub(super) fn divided(text: &str, span: Span) -> Vec<Spanned<String>> {
    text.split(['、', '，', ',', '；', ';'])
        .map(str::trim)
        .filter(|part| !is_invisible(part))
        .map(|part| Spanned::new(part.to_owned(), span))
        .collect()
}

/// What people call fields, and the name that is known.
const SYNONYMS: &[(&str, &[&str])] = &[
    ("撰稿", &["作者", "署名", "撰写", "撰文", "文", "记者", "通讯员", "供稿", "作者单位", "author name"]),
    ("编审", &["审核", "审稿", "签发", "终审", "审核人", "责任编辑", "审签"]),
    ("编辑", &["编校", "校对", "排版"]),
    ("日期", &["时间", "发布日期", "发布时间", "成文日期", "写作日期", "日子"]),
    ("更新", &["更新日期", "更新时间", "修改", "修改日期"]),
    ("到期", &["截止", "截止日期", "有效期", "失效", "结束日期", "过期", "下架"]),
    ("生效", &["生效日期", "施行", "施行日期", "实施"]),
    ("标签", &["关键词", "关键字", "话题", "主题词"]),
    ("摘要", &["简介", "概要", "提要", "导语", "说明", "内容提要", "一句话"]),
    ("标题", &["题目", "题名", "名称", "文章标题"]),
    ("封面", &["图片", "配图", "题图", "头图", "封面图"]),
    ("村社区", &["村", "社区", "地区", "范围", "辖区", "村居", "村组"]),
    ("网址", &["链接", "地址", "路径"]),
    ("来源", &["出处", "转载", "来自"]),
    ("草稿", &["未完成", "底稿"]),
    ("地点", &["地址", "会场", "在哪里"]),
    ("级别", &["等级", "预警级别"]),
    ("骗术", &["诈骗类型", "类别", "骗局"]),
    ("电话", &["手机", "联系电话", "座机", "联系方式"]),
    ("姓名", &["民警", "名字"]),
];

fn synonym(word: &str) -> Option<&'static str> {
    SYNONYMS.iter().find(|(_, words)| words.contains(&word)).map(|(known, _)| *known)
}

/// The candidate that `word` most likely means, if any is near.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    candidates
        .map(|candidate| (strsim::damerau_levenshtein(&lower, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= (candidate.chars().count().max(2) / 2).min(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
