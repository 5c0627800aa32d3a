//! How much is found and how often wrongly, kind by kind, over the cases in `tests/data/privacy/`.
//!
//! `cases.jsonl` was written by others before the detectors were, `own.jsonl` by us. Whoever wants to measure with cases of their own
//! names a file in `YUANBA_PRIVACY_CASES`, a case a line: `{"id": …, "text": …, "spans": [{"start": …, "end": …, "kind": …}]}`,
//! where places are counted in characters. The goal is the same, and the figures are printed (`--nocapture`).
#![expect(clippy::disallowed_methods, reason = "a file of cases may stand outside")]

use super::TODAY;
use crate::privacy::find;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// What was counted for a kind.
#[derive(Clone, Copy, Default)]
struct Count {
    wanted: usize,
    hit: usize,
    found: usize,
    right: usize,
}

/// What was counted in all.
#[derive(Default)]
struct Counts {
    kinds: BTreeMap<String, Count>,
    harmless: usize,
    alarms: usize,
    wrong: String,
}

impl Count {
    fn precision(self) -> f64 {
        share(self.right, self.found)
    }

    fn recall(self) -> f64 {
        share(self.hit, self.wanted)
    }
}

#[expect(clippy::cast_precision_loss, reason = "some hundred cases")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The kinds of findings that the finer kinds of cases belong to.
fn kind(name: &str) -> &str {
    match name {
        "mobile" | "landline" => "phone",
        "id_card15" | "id_tail" => "id_card",
        "hk_permit" => "passport",
        "school_class" => "minor_identity",
        other => other,
    }
}

/// Whether two places are the same by half of the longer one.
fn same(one: &Range<usize>, other: &Range<usize>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    shared * 2 >= one.len().max(other.len())
}

fn count(cases: &str) -> Counts {
    let mut counts = Counts::default();
    for line in cases.lines().filter(|line| !line.trim().is_empty()) {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case a line");
        let text = case["text"].as_str().expect("a text");
        let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let place = |span: &serde_json::Value, key: &str| {
            at[usize::try_from(span[key].as_u64().expect("a place")).expect("a place in the text")]
        };
        let spans = case["spans"].as_array().map_or(&[][..], Vec::as_slice);
        let wanted: Vec<(&str, Range<usize>)> = spans
            .iter()
            .map(|span| {
                (kind(span["kind"].as_str().expect("a kind")), place(span, "start")..place(span, "end"))
            })
            .collect();
        let found: Vec<(&str, Range<usize>)> =
            find(text, TODAY).into_iter().map(|one| (one.kind, one.range)).collect();
        let within = |one: &(&str, Range<usize>), all: &[(&str, Range<usize>)]| {
            all.iter().any(|other| other.0 == one.0 && same(&other.1, &one.1))
        };
        for one in &wanted {
            let hit = within(one, &found);
            let entry = counts.kinds.entry(one.0.to_owned()).or_default();
            entry.wanted += 1;
            entry.hit += usize::from(hit);
            if !hit {
                let _ = writeln!(counts.wrong, "missed {} {} in {text:?}", one.0, case["id"]);
            }
        }
        for one in &found {
            let right = within(one, &wanted);
            let entry = counts.kinds.entry(one.0.to_owned()).or_default();
            entry.found += 1;
            entry.right += usize::from(right);
            if !right {
                let _ = writeln!(counts.wrong, "false {} {} in {text:?}", one.0, case["id"]);
            }
        }
        counts.harmless += usize::from(wanted.is_empty());
        counts.alarms += usize::from(wanted.is_empty() && !found.is_empty());
    }
    counts
}

/// Holds what was counted to the goal; `precision` and `recall` are the least of every kind.
fn hold(name: &str, counts: &Counts, precision: f64, recall: f64) {
    let mut all = Count::default();
    println!("{name}");
    for (kind, one) in &counts.kinds {
        println!("  {kind:15} precision {:.3} recall {:.3} of {}", one.precision(), one.recall(), one.wanted);
        all.wanted += one.wanted;
        all.hit += one.hit;
        all.found += one.found;
        all.right += one.right;
    }
    println!("  {:15} precision {:.3} recall {:.3} of {}", "all", all.precision(), all.recall(), all.wanted);
    println!("  {} alarms in {} harmless texts\n{}", counts.alarms, counts.harmless, counts.wrong);
    for (kind, one) in &counts.kinds {
        assert!(
            one.precision() >= precision && one.recall() >= recall,
            "{name}: {kind} misses the goal\n{}",
            counts.wrong
        );
    }
    assert!(all.precision() >= 0.97 && all.recall() >= 0.97, "{name}: all\n{}", counts.wrong);
    assert!(counts.alarms * 123 <= counts.harmless * 4, "{name}: alarms\n{}", counts.wrong);
}

#[test]
fn all_kinds_are_found_in_the_cases_of_others() {
    let counts = count(include_str!("../../../tests/data/privacy/cases.jsonl"));
    assert!(counts.kinds.len() == 12 && counts.harmless == 60, "the cases are all there");
    hold("cases.jsonl", &counts, 0.98, 0.97);
}

#[test]
fn all_kinds_are_found_in_our_own_cases() {
    let counts = count(include_str!("../../../tests/data/privacy/own.jsonl"));
    let wanted: usize = counts.kinds.values().map(|one| one.wanted).sum();
    assert!(counts.kinds.len() == 12 && wanted >= 200 && counts.harmless >= 100, "the cases are all there");
    hold("own.jsonl", &counts, 0.98, 0.97);
}

/// `YUANBA_PRIVACY_CASES=FILE cargo test --lib privacy::tests::cases -- --nocapture` holds the cases of a file to the goal.
#[test]
fn all_kinds_are_found_in_the_cases_that_are_named() {
    let Some(path) = std::env::var_os("YUANBA_PRIVACY_CASES") else { return };
    let text = std::fs::read_to_string(&path).expect("the file of cases can be read");
    hold(&path.to_string_lossy(), &count(&text), 0.95, 0.95);
}
