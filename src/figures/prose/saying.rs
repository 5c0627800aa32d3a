//! What a number in a sentence is said of, and how sure that is.
//!
//! Refuses: to look at tables. Invariant: a slot has at least one code.

use super::group::{Group, Item};
use super::judge::Codes;
use super::quantity::{Quantity, What};
use super::time::When;
use super::words::PASSED;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Whom a number alone, or one of 个 and 户, may count.
const PEOPLE: [&str; 7] = ["员", "人", "室", "所", "干部", "民警", "电话"];

/// How near a name stands to its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// Beside it.
    Own,
    /// Earlier in the sentence.
    Sentence,
    /// In a heading, or in a sentence before.
    Around,
}

/// The codes of a dimension that are meant.
#[derive(Clone, Debug)]
pub struct Slot {
    /// One, or those of a list.
    pub codes: BTreeSet<String>,
    /// How near.
    pub tier: Tier,
}

/// What is meant, by dimension.
pub type Slots = BTreeMap<usize, Slot>;

/// How a number is said of several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Of one, or of them together.
    Together,
    /// As [`Mode::Together`], and in so many words.
    Sum,
    /// Of each.
    Each,
    /// Of what is left when those are taken away.
    Rest,
    /// A difference, a share, a ratio: of each of these, one way or another.
    Compared,
}

/// A number with what it is said of.
#[expect(clippy::struct_excessive_bools, reason = "each is a thing that a sentence may say or not")]
#[derive(Clone, Debug)]
pub struct Saying {
    /// The number.
    pub quantity: Quantity,
    /// What it may be said of; the last is the likeliest.
    pub of: Vec<Slots>,
    /// How.
    pub mode: Mode,
    /// Of which time.
    pub when: Option<When>,
    /// Times that it is compared with.
    pub with: Vec<When>,
    /// Whether nothing but names and plain words stands in its part of the sentence.
    pub strict: bool,
    /// Whether nothing but plain words, none of them for people, stands between the last name and it.
    pub beside: bool,
    /// Whether another matter is named between its names and it.
    pub foreign: bool,
    /// What stands right before it.
    pub near: String,
    /// Whether several names of one dimension stand beside it.
    pub torn: bool,
    /// Whether it names the whole that a share is of: 占34件的61.8%.
    pub whole: bool,
    /// What stands right behind it.
    pub after: String,
}

/// 4、10件: the first number has the unit of the last.
pub fn lend_units(text: &str, quantities: &mut [Quantity]) {
    for at in (1..quantities.len()).rev() {
        let (before, after) = quantities.split_at_mut(at);
        let (one, next) = (&mut before[at - 1], &after[0]);
        let between = &text[one.range.end..next.range.start];
        if one.unit.is_empty()
            && one.what == What::Count
            && !next.unit.is_empty()
            && ["、", "和", ",", "，", "与", "及", "/"].contains(&between)
        {
            one.unit.clone_from(&next.unit);
            one.what = next.what;
            one.loose = next.loose;
            one.vague = next.vague;
        }
    }
}

/// The text without what stands in brackets.
pub fn without_brackets(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for sign in text.chars() {
        match sign {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(sign),
            _ => {}
        }
    }
    out
}

pub fn inside(one: &Range<usize>, other: &Range<usize>) -> bool {
    other.start <= one.start && one.end <= other.end
}

/// The codes of a group, by dimension.
pub fn codes_of(group: &Group) -> BTreeMap<usize, BTreeSet<String>> {
    let mut codes: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for (dimension, code) in group.items.iter().flat_map(|item: &Item| &item.codes) {
        codes.entry(*dimension).or_default().insert(code.clone());
    }
    codes
}

pub fn take(slots: &mut Slots, codes: impl IntoIterator<Item = (usize, BTreeSet<String>)>) {
    for (dimension, codes) in codes {
        slots.insert(dimension, Slot { codes, tier: Tier::Own });
    }
}

/// What was said of a number is known for those that follow in the sentence.
pub fn lower(current: &mut Slots, told: Option<&Slots>) {
    for (dimension, slot) in told.into_iter().flatten() {
        let tier = slot.tier.max(Tier::Sentence);
        current.insert(*dimension, Slot { codes: slot.codes.clone(), tier });
    }
}

/// Whether a number of these may be one of people, or of what was done: 调解员2个, 调解4次.
pub fn others_counted(text: &str, unit: &str) -> bool {
    let people = PEOPLE.iter().any(|word| text.contains(word));
    people
        || (["次", "回"].contains(&unit) && text.contains(['调', '处', '办', '排', '报', '说', '记', '接']))
}

/// Whether a text holds nothing but words that are passed over.
pub fn plain(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return true;
        }
        match PASSED.iter().filter(|word| rest.starts_with(**word)).map(|word| word.len()).max() {
            Some(length) => rest = &rest[length..],
            None => return false,
        }
    }
}

/// The codes of slots where each dimension has one.
pub fn single(slots: &Slots, farthest: Tier) -> Option<Codes> {
    let near = slots.iter().filter(|(_, slot)| slot.tier <= farthest);
    near.map(|(dimension, slot)| {
        let code = slot.codes.first().filter(|_| slot.codes.len() == 1)?;
        Some((*dimension, code.clone()))
    })
    .collect()
}

/// All combinations of the codes of slots.
pub fn each(slots: &Slots) -> Vec<Codes> {
    let mut all = vec![Codes::new()];
    for (dimension, slot) in slots {
        all = all
            .into_iter()
            .flat_map(|codes| {
                slot.codes.iter().map(move |code| {
                    let mut codes = codes.clone();
                    codes.insert(*dimension, code.clone());
                    codes
                })
            })
            .take(64)
            .collect();
    }
    all
}
