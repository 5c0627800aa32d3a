//! Groups of categories, and other ways to write one.
//!
//! Refuses: groups that hold themselves or nothing, and words that mean two things.
//! Invariant: a word that leads to a level leads to no other.

use super::super::fields::{Fields, Key, divided, key};
use super::dimension::{Dimension, Group, Member, Time};
use super::findings::{definition, plain, unknown_category};
use super::period::Month;
use crate::diag::{Message, Sink, Spanned};
use crate::source::node::{Node, NodeKind};
use std::collections::{BTreeMap, BTreeSet};

const GROUP: &[Key] = &[key("label", &["名称"]), key("members", &["成员"])];

impl Dimension {
    /// A month that is divided is a group as well: `2026-03:all`, 3月.
    pub(super) fn join_months(&mut self) {
        for at in 1..self.codes.len() {
            let (first, rest) = (&self.codes[at - 1], &self.codes[at]);
            if self.time == Some(Time::Month) && rest.code.starts_with(&format!("{}+", first.code)) {
                let at = u32::try_from(at).expect("no more than MOST_CODES");
                let label = first.label.split('（').next().unwrap_or_default().to_owned();
                self.groups.push(Group {
                    code: format!("{}:all", first.code),
                    label,
                    members: vec![at - 1, at],
                });
            }
        }
    }

    /// Groups and the total get their words, then labels where no code has them.
    pub(super) fn name_groups(&mut self, sink: &mut Sink) -> bool {
        let mut sound = true;
        let groups = self.groups.iter().map(|group| &group.code).zip((0..).map(Member::Group));
        let named: Vec<(String, Member)> = groups
            .chain([(&self.total.0, Member::Total)])
            .map(|(code, level)| (code.clone(), level))
            .collect();
        for (code, level) in named {
            if self.words.insert(code.clone(), level).is_some() {
                let message = Message::new("group-taken").with("code", code);
                sink.report(definition(self.span, message, Message::new("group-taken-hint")));
                sound = false;
            }
        }
        let labels: Vec<(String, Member)> = (0..self.len())
            .map(Member::Code)
            .chain((0..).map(Member::Group).take(self.groups.len()))
            .chain([Member::Total])
            .map(|level| (self.label(level).to_owned(), level))
            .collect();
        for (label, level) in labels {
            self.words.entry(label).or_insert(level);
        }
        sound
    }

    pub(super) fn read_groups(&mut self, node: &Node, sink: &mut Sink) -> bool {
        let NodeKind::Map(entries) = &node.kind else {
            sink.report(plain(node.span, "groups-form", "groups-form-hint"));
            return false;
        };
        let mut sound = true;
        // Labels may name members too; no label may shadow a code.
        let labels: BTreeMap<&str, u32> =
            self.codes.iter().zip(0..).map(|(one, at)| (one.label.as_str(), at)).collect();
        let mut pending = Vec::new();
        for (name, value) in entries {
            let (label, members) = read_group(name, value, sink);
            if members.is_empty() {
                sink.report(plain(name.span, "group-empty", "groups-form-hint"));
                sound = false;
            }
            pending.push((name, label, members));
        }
        let known: BTreeMap<String, usize> =
            pending.iter().enumerate().map(|(at, (name, ..))| (name.value.trim().to_owned(), at)).collect();
        let mut resolved: Vec<Option<BTreeSet<u32>>> = vec![None; pending.len()];
        // Each round settles the groups whose groups are settled; what is left holds itself.
        for _ in 0..pending.len() {
            for at in 0..pending.len() {
                if resolved[at].is_some() {
                    continue;
                }
                let members = pending[at].2.iter().map(|word| {
                    let word = word.value.trim();
                    match (self.words.get(word), known.get(word), labels.get(word)) {
                        (Some(Member::Code(code)), ..) => Some(BTreeSet::from([*code])),
                        (_, Some(&group), _) => resolved[group].clone(),
                        (_, _, Some(code)) => Some(BTreeSet::from([*code])),
                        _ => Some(BTreeSet::new()),
                    }
                });
                resolved[at] =
                    members.collect::<Option<Vec<_>>>().map(|sets| sets.into_iter().flatten().collect());
            }
        }
        for ((name, label, members), set) in pending.iter().zip(resolved) {
            for word in members {
                let text = word.value.trim();
                let is_code = matches!(self.words.get(text), Some(Member::Code(_)));
                if !is_code && !known.contains_key(text) && !labels.contains_key(text) {
                    sink.report(unknown_category(word, self));
                    sound = false;
                }
            }
            match set {
                Some(set) => self.groups.push(Group {
                    code: name.value.trim().to_owned(),
                    label: label.clone(),
                    members: set.into_iter().collect(),
                }),
                None => {
                    sink.report(plain(name.span, "group-in-itself", "group-in-itself-hint"));
                    sound = false;
                }
            }
        }
        sound
    }

    /// A group for the months of a year up to each but the first.
    pub(super) fn cumulate(&mut self, sink: &mut Sink) -> bool {
        if self.time != Some(Time::Month) {
            sink.report(plain(self.span, "cumulative-without-months", "cumulative-without-months-hint"));
            return false;
        }
        let months: Vec<(Month, u32)> =
            self.codes.iter().zip(0..).filter_map(|(one, at)| Some((Month::parse(&one.code)?, at))).collect();
        let years: BTreeSet<u16> = months.iter().map(|(month, _)| month.year).collect();
        let several = years.len() > 1;
        for year in years {
            let mut own: Vec<(Month, u32)> =
                months.iter().copied().filter(|(month, _)| month.year == year).collect();
            own.sort();
            for end in 2..=own.len() {
                let (first, last) = (own[0].0, own[end - 1].0);
                let (code, before) = if several {
                    (format!("YTD-{}", last.code()), format!("{year}年"))
                } else {
                    (format!("YTD-{:02}", last.month), String::new())
                };
                let mut members: Vec<u32> = own[..end].iter().map(|(_, at)| *at).collect();
                members.sort_unstable();
                // A group that staff wrote themselves stays theirs.
                if self.groups.iter().all(|group| group.code != code) {
                    let label = format!("{before}{}—{}月", first.month, last.month);
                    self.groups.push(Group { code, label, members });
                }
            }
        }
        true
    }

    pub(super) fn read_merge(&mut self, node: &Node, sink: &mut Sink) -> bool {
        let NodeKind::Map(entries) = &node.kind else {
            sink.report(plain(node.span, "merge-form", "merge-form-hint"));
            return false;
        };
        let mut sound = true;
        for (name, value) in entries {
            let Some(Member::Code(code)) = self.level(&name.value) else {
                sink.report(unknown_category(name, self));
                sound = false;
                continue;
            };
            for word in texts(value) {
                let text = word.value.trim();
                match self.words.get(text) {
                    Some(level) if *level != Member::Code(code) => {
                        let message = Message::new("merge-taken").with("word", text);
                        sink.report(definition(word.span, message, Message::new("merge-taken-hint")));
                        sound = false;
                    }
                    _ => {
                        self.words.insert(text.to_owned(), Member::Code(code));
                        self.merge.push((text.to_owned(), code));
                    }
                }
            }
        }
        sound
    }
}

fn read_group(name: &Spanned<String>, value: &Node, sink: &mut Sink) -> (String, Vec<Spanned<String>>) {
    let own = name.value.trim().to_owned();
    match &value.kind {
        NodeKind::Map(_) => {
            let mut fields = Fields::open(value, &[GROUP], sink);
            let label = fields.plain("label").unwrap_or(own);
            (label, fields.texts("members"))
        }
        _ => (own, texts(value)),
    }
}

/// A list of texts, or one text divided by its commas.
fn texts(node: &Node) -> Vec<Spanned<String>> {
    match &node.kind {
        NodeKind::Scalar(text) => divided(text, node.span),
        NodeKind::List(items) => items
            .iter()
            .filter_map(|item| Some(Spanned::new(item.text()?.trim().to_owned(), item.span)))
            .collect(),
        _ => Vec::new(),
    }
}
