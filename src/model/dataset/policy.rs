//! What counts as small, and what everybody knows anyway.
//!
//! Refuses: a threshold under 3, and one under the usual without a reason.
//! Invariant: the width is at least 1.

use super::super::config::StatisticsSettings;
use super::super::fields::{Fields, Key, key};
use super::dimension::{Dimension, Restriction};
use super::findings::{definition, plain};
use super::measure::read_filter;
use crate::diag::{Message, Sink, Span};
use crate::source::node::{Node, NodeKind};

/// The policy of a dataset.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Counts from 1 up to one below are sensitive.
    pub threshold: u32,
    /// How many values must stay possible for a hidden one, less one.
    pub width: u32,
    /// Whether zeros are sensitive too.
    pub zeros_sensitive: bool,
    /// The p of the p% rule.
    pub p: u32,
    /// The n largest contributors of an amount may not have more than so many per cent.
    pub dominance: Option<(u32, u32)>,
    /// Fewest contributors of an amount.
    pub contributors: u32,
    /// What everybody knows to be empty.
    pub structural_zeros: Vec<Restriction>,
    /// What must be printed wherever that is possible; an empty one means everything together.
    pub must_print: Vec<Restriction>,
    /// Whether the one person behind a count of 1 must learn nothing.
    pub insiders: bool,
    /// Why what earlier releases give away together is taken as known, and only the rest is protected.
    pub already_public: Option<String>,
    /// What is softer than usual, and why; every build says it.
    pub soft: Vec<Message>,
}

/// The usual threshold.
const USUAL: u32 = 5;
/// That of minors, sexual and domestic cases.
const GRAVE: u32 = 10;
/// No reason allows less.
const LEAST: u32 = 3;
/// The usual p of the p% rule, and the least that a reason allows.
const P: (u32, u32) = (10, 5);
/// Beyond it no table of a village would show anything; a slip of the keyboard.
const MOST: u32 = 1000;

const KEYS: &[Key] = &[
    key("threshold", &["阈值"]),
    key("reason", &["理由"]),
    key("about", &["涉及"]),
    key("width", &["宽度"]),
    key("zeros", &["零"]),
    key("p", &[]),
    key("dominance", &["支配"]),
    key("contributors", &["最少人数"]),
    key("structural_zeros", &["必为零"]),
    key("must_print", &["必须公布"]),
    key("insiders", &["当事人"]),
    key("already_public", &["已公开"]),
    // What it asked for is done for all figures now.
    key("unlisted", &["未列"]),
];
const GRAVE_SUBJECTS: &[&str] = &["minors", "sexual", "domestic", "未成年人", "性侵", "家庭暴力"];

/// Reads the policy; what is left out is as `site.yaml` says, else as usual.
pub fn read(
    node: &Node,
    settings: &StatisticsSettings,
    dimensions: &[Dimension],
    sink: &mut Sink,
) -> Option<Policy> {
    let mut fields = Fields::open(node, &[KEYS], sink);
    let given = fields.number("threshold");
    let reason = fields.plain("reason").or_else(|| settings.reason.clone());
    let about = fields.texts("about");
    let width = fields.number("width");
    let zeros =
        fields.choice("zeros", &[("public", false), ("公开", false), ("sensitive", true), ("敏感", true)]);
    let p = fields.number("p").unwrap_or(P.0);
    let contributors = fields.number("contributors");
    let insiders = fields.flag("insiders").unwrap_or(false);
    let already_public = fields.plain("already_public");
    let zero_nodes = fields.items("structural_zeros");
    let print_nodes = fields.items("must_print");
    let dominance = fields.node("dominance");
    let whole = fields.span();
    let [place, place_p, place_contributors] =
        ["threshold", "p", "contributors"].map(|name| fields.node(name).map_or(whole, |node| node.span));
    let mut sound = true;
    for subject in about.iter().filter(|subject| !GRAVE_SUBJECTS.contains(&subject.value.as_str())) {
        sink.report(plain(subject.span, "policy-about", "policy-about-hint"));
        sound = false;
    }
    let usual = if about.is_empty() { USUAL } else { GRAVE };
    let threshold = given.unwrap_or_else(|| match &settings.threshold {
        Some(site) if about.is_empty() => site.value,
        Some(site) => site.value.max(GRAVE),
        None => usual,
    });
    sound &= judge(threshold, usual, reason.is_some(), place, sink);
    let width = width.unwrap_or(threshold);
    if let Some(given) = contributors {
        let rule = Rule { what: "contributors", given, usual: threshold, least: LEAST };
        sound &= rule.judge(reason.is_some(), place_contributors, sink);
    }
    let contributors = contributors.unwrap_or(threshold);
    sound &= Rule { what: "p", given: p, usual: P.0, least: P.1 }.judge(reason.is_some(), place_p, sink);
    if width < LEAST.min(threshold) || (width < threshold && reason.is_none()) {
        sink.report(plain(place, "policy-width", "policy-width-hint"));
        sound = false;
    }
    let dominance = match dominance {
        None => None,
        Some(node) => {
            let read = read_dominance(node);
            if read.is_none() {
                sink.report(plain(node.span, "policy-dominance", "policy-dominance-hint"));
                sound = false;
            }
            read
        }
    };
    let mut structural_zeros = Vec::new();
    for node in zero_nodes {
        match read_filter(node, dimensions, &[], sink) {
            Some(filter) if !filter.is_empty() => structural_zeros.push(filter),
            Some(_) => {
                sink.report(plain(node.span, "filter-form", "filter-form-hint"));
                sound = false;
            }
            None => sound = false,
        }
    }
    let must_print: Vec<_> =
        print_nodes.iter().map(|node| read_filter(node, dimensions, &[], sink)).collect();
    let must_print: Option<Vec<_>> = must_print.into_iter().collect();
    sound &= must_print.is_some();
    let soft = soft(
        reason.as_deref(),
        [(threshold, usual), (width, threshold), (contributors, threshold), (p, P.0)],
    );
    sound.then_some(Policy {
        soft,
        threshold,
        width,
        zeros_sensitive: zeros.unwrap_or(false),
        p: p.min(MOST),
        dominance,
        contributors,
        structural_zeros,
        must_print: must_print.unwrap_or_default(),
        insiders,
        already_public,
    })
}

/// A number of the policy that protects less, the smaller it is.
struct Rule {
    what: &'static str,
    given: u32,
    usual: u32,
    least: u32,
}

impl Rule {
    /// Whether it may be so.
    fn judge(&self, reasoned: bool, span: Span, sink: &mut Sink) -> bool {
        let id = if self.given < self.least {
            "policy-too-soft"
        } else if self.given < self.usual && !reasoned {
            "policy-without-reason"
        } else {
            return true;
        };
        let hint =
            if id == "policy-too-soft" { "policy-too-soft-hint" } else { "policy-without-reason-hint" };
        let told = |id| {
            let message = Message::new(id).with("what", self.what).with("given", self.given);
            message.with("usual", self.usual).with("least", self.least)
        };
        sink.report(definition(span, told(id), told(hint)));
        false
    }
}

/// What is told at each build: threshold, width, contributors and p where they are less than usual.
fn soft(reason: Option<&str>, rules: [(u32, u32); 4]) -> Vec<Message> {
    const TOLD: [&str; 4] = ["soft-threshold", "soft-width", "soft-contributors", "soft-p"];
    let softer = TOLD.into_iter().zip(rules).filter(|(_, (given, usual))| given < usual);
    softer
        .map(|(id, (given, usual))| {
            Message::new(id).with("given", given).with("usual", usual).with("reason", reason.unwrap_or("–"))
        })
        .collect()
}

/// Whether a threshold may be used.
pub fn judge(threshold: u32, usual: u32, reasoned: bool, span: Span, sink: &mut Sink) -> bool {
    let (message, hint) = if threshold < LEAST {
        ("threshold-too-low", "threshold-too-low-hint")
    } else if threshold < usual && !reasoned {
        ("threshold-without-reason", "threshold-without-reason-hint")
    } else if threshold > MOST {
        ("threshold-too-high", "threshold-too-high-hint")
    } else {
        return true;
    };
    let numbers =
        |id| Message::new(id).with("threshold", threshold).with("usual", usual).with("least", LEAST);
    sink.report(definition(span, numbers(message), numbers(hint)));
    false
}

/// `[2, 85]`
fn read_dominance(node: &Node) -> Option<(u32, u32)> {
    let numbers: Vec<u32> = match &node.kind {
        NodeKind::List(items) => items
            .iter()
            .map(|item| item.text()?.trim().trim_end_matches('%').parse().ok())
            .collect::<Option<_>>()?,
        _ => return None,
    };
    match numbers[..] {
        [n @ 1..=9, percent @ 1..=99] => Some((n, percent)),
        _ => None,
    }
}
