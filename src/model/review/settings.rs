//! What `review:` in `site.yaml` says: the levels, and who may sign each.
//!
//! Refuses: a level without a name, two levels of one name.
//! Invariant: without `review:` there is no level, and nobody has to sign anything.

use crate::model::fields::{Fields, Key, key};
use crate::source::node::{Node, NodeKind};

/// The levels of an office that names none.
pub const LEVELS: [&str; 3] = ["初审", "复审", "终审"];
/// The further level of what is declared as of great weight.
pub const HEAVY_LEVEL: &str = "领导签发";

/// A level of review, and who may sign it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLevel {
    /// Its name, e.g. 初审.
    pub name: String,
    /// Who may sign; anybody where nobody is named.
    pub who: Vec<String>,
}

/// What `review:` in `site.yaml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewSettings {
    /// The levels, first to last; none where nothing is reviewed.
    pub levels: Vec<ReviewLevel>,
    /// The further level of what is of great weight.
    pub heavy: Option<ReviewLevel>,
    /// Whether one person may sign several levels of one bulletin.
    pub same_person: bool,
    /// Whether authors may sign what they wrote.
    pub own_text: bool,
    /// Whether pages and sheets print who signed.
    pub show: bool,
}

const KEYS: &[Key] = &[
    key("levels", &["级别", "审级", "层级"]),
    key("who", &["人员", "审核人", "signers"]),
    key("heavy", &["重大", "major"]),
    key("same_person", &["允许同一人"]),
    key("own_text", &["允许审自己写的"]),
    key("show", &["公布", "显示"]),
];

impl ReviewSettings {
    /// Whether bulletins are reviewed at all.
    pub fn on(&self) -> bool {
        !self.levels.is_empty()
    }

    /// Reads `review:`; a text alone switches it on or off, or shows who signed.
    pub fn read(fields: &mut Fields) -> Self {
        let mut settings = Self::default();
        let Some(node) = fields.node("review") else {
            // The word alone is how messages tell to switch it on.
            if fields.is_blank("review") {
                settings.levels = default_levels();
                settings.heavy = Some(default_heavy());
            }
            return settings;
        };
        if let NodeKind::Scalar(text) = &node.kind {
            match text.trim() {
                "none" | "off" | "false" | "no" | "无" | "否" | "不审" => return settings,
                "on" | "true" | "yes" | "是" | "有" => {}
                "show" | "公布" | "显示" => settings.show = true,
                _ => fields.wrong(node.span, "expected-review"),
            }
            settings.levels = default_levels();
            settings.heavy = Some(default_heavy());
            return settings;
        }
        let mut own = Fields::open_like(node, &[KEYS], Some("expected-review"), fields.sink());
        settings.levels = match own.node("levels") {
            None => default_levels(),
            Some(Node { kind: NodeKind::Scalar(text), .. })
                if matches!(text.trim(), "none" | "无" | "不审" | "off" | "false" | "否") =>
            {
                return settings;
            }
            Some(node) => levels(&mut own, node),
        };
        settings.heavy = match own.node("heavy") {
            None => Some(default_heavy()),
            Some(Node { kind: NodeKind::Scalar(text), .. }) if matches!(text.trim(), "none" | "无") => None,
            Some(node) => levels(&mut own, node).into_iter().next(),
        };
        match own.node("who") {
            Some(Node { kind: NodeKind::Map(entries), .. }) => {
                for (level, node) in entries {
                    let people = names(&mut own, node);
                    let known = settings.levels.iter_mut().chain(&mut settings.heavy);
                    match known.into_iter().find(|one| one.name == level.value.trim()) {
                        Some(one) => one.who = people,
                        None => own.wrong(level.span, "expected-review-level"),
                    }
                }
            }
            Some(node) => {
                let people = names(&mut own, node);
                settings.levels.iter_mut().for_each(|level| level.who.clone_from(&people));
            }
            None => {}
        }
        settings.same_person = own.flag("same_person").unwrap_or(false);
        settings.own_text = own.flag("own_text").unwrap_or(false);
        settings.show = own.flag("show").unwrap_or(false);
        settings
    }

    /// The levels that a bulletin needs, first to last.
    pub fn needed(&self, heavy: bool) -> Vec<&ReviewLevel> {
        self.levels.iter().chain(self.heavy.iter().filter(|_| heavy)).collect()
    }

    /// The names of all who may sign something.
    pub fn people(&self) -> impl Iterator<Item = &str> {
        self.levels.iter().chain(&self.heavy).flat_map(|level| level.who.iter().map(String::as_str))
    }
}

fn default_heavy() -> ReviewLevel {
    ReviewLevel { name: HEAVY_LEVEL.to_owned(), who: Vec::new() }
}

fn default_levels() -> Vec<ReviewLevel> {
    LEVELS.iter().map(|name| ReviewLevel { name: (*name).to_owned(), who: Vec::new() }).collect()
}

/// Levels as a list of names, a list of `{name, who}`, or names with who may sign behind.
fn levels(fields: &mut Fields, node: &Node) -> Vec<ReviewLevel> {
    let items = match &node.kind {
        NodeKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut found: Vec<ReviewLevel> = Vec::new();
    let told = fields.sink().found().len();
    for item in items {
        for level in level(fields, item) {
            if level.name.is_empty() || found.iter().any(|known| known.name == level.name) {
                fields.wrong(item.span, "expected-review-level");
            } else {
                found.push(level);
            }
        }
    }
    if found.is_empty() && fields.sink().found().len() == told {
        // Who wants no level says so; an empty list is no such word.
        fields.wrong(node.span, "expected-review");
    }
    found
}

/// The levels that one item of a list names.
fn level(fields: &mut Fields, item: &Node) -> Vec<ReviewLevel> {
    const ONE: &[Key] = &[
        key("name", &["名称", "级别"]),
        key("who", &["人员", "审核人", "signers", "by", "people", "names"]),
    ];
    let named = |name: &str, who| ReviewLevel { name: name.trim().to_owned(), who };
    match &item.kind {
        NodeKind::Scalar(text) => {
            let names = text.split(['、', '，', ',', ' ']).filter(|name| !name.trim().is_empty());
            names.map(|name| named(name, Vec::new())).collect()
        }
        NodeKind::Map(entries) if is_one_level(entries) => {
            let mut one = Fields::open_like(item, &[ONE], Some("expected-review-level"), fields.sink());
            let name = one.plain("name").unwrap_or_default();
            let who = one.node("who").map_or_else(Vec::new, |who| names(&mut one, who));
            vec![named(&name, who)]
        }
        NodeKind::Map(entries) => {
            entries.iter().map(|(name, who)| named(&name.value, names(fields, who))).collect()
        }
        NodeKind::List(_) | NodeKind::Null => {
            fields.wrong(item.span, "expected-review-level");
            Vec::new()
        }
    }
}

fn is_one_level(entries: &[(crate::diag::Spanned<String>, Node)]) -> bool {
    entries.iter().any(|(key, _)| matches!(key.value.trim(), "name" | "名称" | "级别"))
}

fn names(fields: &mut Fields, node: &Node) -> Vec<String> {
    let divided = |text: &str| {
        let parts = text.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|name| !name.is_empty());
        parts.map(str::to_owned).collect::<Vec<String>>()
    };
    match &node.kind {
        NodeKind::Scalar(text) => divided(text),
        NodeKind::List(items) => items.iter().filter_map(Node::text).flat_map(divided).collect(),
        NodeKind::Null => Vec::new(),
        NodeKind::Map(_) => {
            fields.wrong(node.span, "expected-texts");
            Vec::new()
        }
    }
}
