//! What figures are divided by: villages, types, months; with groups of them.
//!
//! Refuses: codes that come twice, groups that hold themselves, months that do not exist.
//! Invariant: groups are sets of codes, not empty; every word leads to one level.

use super::super::fields::{Fields, Key, key};
use super::findings::{definition, plain, unknown_category};
use super::period::{Month, Period};
use crate::diag::{Message, Sink, Span, Spanned};
use crate::source::node::{Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

/// A dimension.
#[derive(Clone, Debug)]
pub struct Dimension {
    /// Its column in the figures.
    pub key: String,
    /// Its name.
    pub label: String,
    /// Where it is defined.
    pub span: Span,
    /// Headers that it may have in a register.
    pub columns: Vec<String>,
    /// The categories in order.
    pub codes: Vec<Category>,
    /// Sets of them.
    pub groups: Vec<Group>,
    /// All of them.
    pub total: (String, String),
    /// What sort of time it is, if it is.
    pub time: Option<Time>,
    /// Other ways to write a code: as written, and which code.
    pub merge: Vec<(String, u32)>,
    /// Whether its codes are those that stood in a register, so that one that is there tells of a case.
    pub from_register: bool,
    /// Codes that are said to have no figures.
    pub none: BTreeSet<u32>,
    pub(super) words: BTreeMap<String, Member>,
}

/// A category.
#[derive(Clone, Debug)]
pub struct Category {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Where it stands.
    pub span: Span,
}

/// Some categories together.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Its name.
    pub label: String,
    /// Its categories, ascending.
    pub members: Vec<u32>,
}

/// Sorts of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Time {
    /// Months.
    Month,
    /// Years.
    Year,
}

/// A category, a group, or all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Member {
    /// A category.
    Code(u32),
    /// A group.
    Group(u32),
    /// All.
    Total,
}

const KEYS: &[Key] = &[
    key("label", &["名称"]),
    key("column", &["列"]),
    key("codes", &["代码"]),
    key("groups", &["分组"]),
    key("merge", &["合并"]),
    key("total", &["合计"]),
    key("time", &["时间"]),
    key("cumulative", &["累计"]),
    key("none", &["无数据"]),
    key("names", &["名目"]),
];
const TOTAL: &[Key] = &[key("code", &["代码"]), key("label", &["名称"])];

/// What restricts a figure: levels of dimensions by their numbers. A dimension that is left out is not restricted.
pub type Restriction = Vec<(usize, Member)>;

/// The most categories of a dimension.
pub const MOST_CODES: usize = 5_000;

/// A dimension by its key, else by its label.
pub fn find(dimensions: &[Dimension], word: &str) -> Option<usize> {
    let by = |wanted: &dyn Fn(&Dimension) -> bool| dimensions.iter().position(wanted);
    by(&|one| one.key == word).or_else(|| by(&|one| one.label == word))
}

/// Reads a dimension. What keeps it from being used is in the sink.
pub fn read(
    name: &Spanned<String>,
    node: &Node,
    period: Option<&Period>,
    sink: &mut Sink,
) -> Option<Dimension> {
    let mut fields = Fields::open(node, &[KEYS], sink);
    let time = fields.choice(
        "time",
        &[("month", Time::Month), ("月", Time::Month), ("year", Time::Year), ("年", Time::Year)],
    );
    let cumulative = fields.flag("cumulative").unwrap_or(false);
    let names = [("register", true), ("登记表", true), ("list", false), ("清单", false)];
    let from_register = fields.choice("names", &names).unwrap_or(false);
    let key = name.value.trim().to_owned();
    let label = fields.plain("label").unwrap_or_else(|| key.clone());
    let columns = fields.texts("column").into_iter().map(|text| text.value).collect();
    let silent = fields.texts("none");
    let nodes = ["codes", "groups", "merge", "total"].map(|name| fields.node(name));
    let total = read_total(nodes[3], sink);
    let codes = match nodes[0] {
        Some(node) => read_codes(node, time, sink)?,
        None => from_period(name, time, period, sink)?,
    };
    let mut dimension = Dimension {
        key,
        label,
        span: name.span,
        columns,
        codes,
        groups: Vec::new(),
        total,
        time,
        merge: Vec::new(),
        from_register,
        none: BTreeSet::new(),
        words: BTreeMap::new(),
    };
    let mut sound = dimension.name_codes(sink);
    dimension.join_months();
    if let Some(node) = nodes[1] {
        sound &= dimension.read_groups(node, sink);
    }
    if cumulative {
        sound &= dimension.cumulate(sink);
    }
    sound &= dimension.name_groups(sink);
    if let Some(node) = nodes[2] {
        sound &= dimension.read_merge(node, sink);
    }
    for word in silent {
        match dimension.level(&word.value) {
            Some(Member::Code(code)) => {
                dimension.none.insert(code);
            }
            _ => {
                sink.report(unknown_category(&word, &dimension));
                sound = false;
            }
        }
    }
    sound.then_some(dimension)
}

fn read_total(node: Option<&Node>, sink: &mut Sink) -> (String, String) {
    let usual = || ("ALL".to_owned(), "合计".to_owned());
    match node {
        None => usual(),
        Some(Node { kind: NodeKind::Scalar(label), .. }) => ("ALL".to_owned(), label.trim().to_owned()),
        Some(node) => {
            let mut fields = Fields::open(node, &[TOTAL], sink);
            let code = fields.plain("code").unwrap_or_else(|| usual().0);
            (code, fields.plain("label").unwrap_or_else(|| usual().1))
        }
    }
}

fn read_codes(node: &Node, time: Option<Time>, sink: &mut Sink) -> Option<Vec<Category>> {
    let mut codes = Vec::new();
    let mut sound = true;
    let mut add = |code: &str, label: Option<&str>, span: Span, sink: &mut Sink| {
        let mut code = code.trim().to_owned();
        if time == Some(Time::Month) {
            match Month::parse(&code) {
                Some(month) => code = month.code(),
                None => {
                    sink.report(plain(span, "not-a-month", "not-a-month-hint"));
                    sound = false;
                }
            }
        }
        if code.is_empty() || code.contains(char::is_control) {
            sink.report(plain(span, "bad-code", "bad-code-hint"));
            sound = false;
        }
        let label = label.map(str::trim).filter(|label| !label.is_empty());
        let label = label.map_or_else(|| code.clone(), str::to_owned);
        codes.push(Category { code, label, span });
    };
    match &node.kind {
        NodeKind::Map(entries) => {
            for (code, label) in entries {
                add(&code.value, label.text(), code.span, sink);
            }
        }
        NodeKind::List(items) => {
            for item in items {
                match item.text() {
                    Some(code) => add(code, None, item.span, sink),
                    None => {
                        sink.report(plain(item.span, "bad-code", "bad-code-hint"));
                        return None;
                    }
                }
            }
        }
        _ => {
            sink.report(plain(node.span, "codes-form", "codes-form-hint"));
            return None;
        }
    }
    if codes.is_empty() || codes.len() > MOST_CODES {
        let hint = Message::new("codes-number-hint").with("limit", MOST_CODES);
        sink.report(definition(node.span, Message::new("codes-number").with("number", codes.len()), hint));
        return None;
    }
    if sound && time == Some(Time::Month) {
        label_months(&mut codes);
    }
    sound.then_some(codes)
}

/// The months of the period, where a dimension of time names none.
fn from_period(
    name: &Spanned<String>,
    time: Option<Time>,
    period: Option<&Period>,
    sink: &mut Sink,
) -> Option<Vec<Category>> {
    let months = period.and_then(|period| period.months);
    let (Some(time), Some((from, to))) = (time, months) else {
        let hint = if time.is_some() { "no-period-hint" } else { "no-codes-hint" };
        let message = Message::new("no-codes").with("name", &name.value);
        sink.report(definition(name.span, message, Message::new(hint).with("name", &name.value)));
        return None;
    };
    let category = |code: String| Category { label: code.clone(), code, span: name.span };
    let mut codes: Vec<Category> = match time {
        Time::Month => from.until(to).map(|month| category(month.code())).collect(),
        Time::Year => (from.year..=to.year).map(|year| category(year.to_string())).collect(),
    };
    match time {
        Time::Month => {
            label_months(&mut codes);
            // 3月（1日至30日） is no 3月.
            for category in &mut codes {
                let part = Month::parse(&category.code)
                    .and_then(|month| period.and_then(|period| period.part(month)));
                category.label.extend(part);
            }
            divide(&mut codes, period);
        }
        Time::Year => codes.iter_mut().for_each(|year| year.label = format!("{}年", year.code)),
    }
    Some(codes)
}

/// The days since an earlier release that ended within a month stand behind what it had.
fn divide(codes: &mut Vec<Category>, period: Option<&Period>) {
    for cut in period.into_iter().flat_map(|period| &period.cuts) {
        let month = format!("{:04}-{:02}", cut.year(), cut.month());
        let Some(at) = codes.iter().position(|category| category.code == month) else { continue };
        let to = period.and_then(|period| period.days).map(|(_, to)| to);
        let (code, label) = super::period::rest_of(*cut, to);
        let span = codes[at].span;
        codes.insert(at + 1, Category { code, label, span });
    }
}

/// Months that staff gave no name are called 5月, or 2026年5月 where there are several years.
fn label_months(codes: &mut [Category]) {
    let months: Vec<Option<Month>> = codes.iter().map(|one| Month::parse(&one.code)).collect();
    let years: BTreeSet<u16> = months.iter().flatten().map(|month| month.year).collect();
    for (category, month) in codes.iter_mut().zip(months) {
        if let Some(month) = month.filter(|_| category.label == category.code) {
            let year = if years.len() > 1 { format!("{}年", month.year) } else { String::new() };
            category.label = format!("{year}{}月", month.month);
        }
    }
}

impl Dimension {
    /// The level that a word means: a code before a label, a label before another way to write it.
    pub fn level(&self, word: &str) -> Option<Member> {
        let word = word.trim();
        self.words.get(word).copied().or_else(|| {
            let month = (self.time == Some(Time::Month)).then(|| Month::parse(word)).flatten()?;
            self.words.get(&month.code()).copied()
        })
    }

    /// Every word that means something here.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// The code of a level.
    pub fn code(&self, level: Member) -> &str {
        match level {
            Member::Code(code) => &self.codes[code as usize].code,
            Member::Group(group) => &self.groups[group as usize].code,
            Member::Total => &self.total.0,
        }
    }

    /// The name of a level.
    pub fn label(&self, level: Member) -> &str {
        match level {
            Member::Code(code) => &self.codes[code as usize].label,
            Member::Group(group) => &self.groups[group as usize].label,
            Member::Total => &self.total.1,
        }
    }

    /// How many categories there are.
    ///
    /// # Panics
    /// Never: reading refuses more than `MOST_CODES`.
    pub fn len(&self) -> u32 {
        u32::try_from(self.codes.len()).expect("no more than MOST_CODES")
    }

    /// Never: a dimension has categories.
    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The categories of a level, ascending.
    pub fn leaves(&self, level: Member) -> Vec<u32> {
        match level {
            Member::Code(code) => vec![code],
            Member::Group(group) => self.groups[group as usize].members.clone(),
            Member::Total => (0..self.len()).collect(),
        }
    }

    /// Whether a category belongs to a level.
    pub fn holds(&self, level: Member, code: u32) -> bool {
        match level {
            Member::Code(own) => own == code,
            Member::Group(group) => self.groups[group as usize].members.binary_search(&code).is_ok(),
            Member::Total => true,
        }
    }

    /// All levels, each group behind the last of its categories, smaller groups first; the total last.
    pub fn all(&self) -> Vec<Member> {
        let mut levels: Vec<(u32, usize, Member)> =
            (0..self.len()).map(|code| (code, 0, Member::Code(code))).collect();
        for (group, at) in self.groups.iter().zip(0..) {
            let last = group.members.last().copied().unwrap_or_default();
            levels.push((last, group.members.len(), Member::Group(at)));
        }
        levels.sort();
        levels.into_iter().map(|(.., level)| level).chain([Member::Total]).collect()
    }

    fn name_codes(&mut self, sink: &mut Sink) -> bool {
        let mut sound = true;
        for (category, at) in self.codes.iter().zip(0..) {
            if let Some(Member::Code(first)) = self.words.insert(category.code.clone(), Member::Code(at)) {
                let first = &self.codes[first as usize];
                sink.report(
                    plain(category.span, "code-twice", "code-twice-hint")
                        .related(first.span, Message::new("first-here")),
                );
                sound = false;
            }
        }
        sound
    }
}
