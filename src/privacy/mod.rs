//! What must never be published: numbers that belong to a person.
//!
//! Refuses: deciding by the look of a number alone where many harmless numbers look alike; then words around it decide.
//! Invariant: a finding covers exactly the bytes of the original that hold the number, however it was written.
//!
//! A detector is one file and one line of [`DETECTORS`].

mod bank_card;
mod id_card;
mod mobile;
mod normalise;
mod number;
#[cfg(test)]
mod tests;

pub use crate::source::digit::may_hold_number as may_hold;
pub use crate::source::passage as published;
use jiff::civil::Date;
use normalise::Folded;
use std::collections::BTreeSet;
use std::ops::Range;

/// Finds one sort of personal data.
pub trait Detector: Sync {
    /// The kinds that it finds; the `kind` of P101 in the JSON form.
    fn kinds(&self) -> &'static [&'static str];
    /// Finds them. Of the text's signs each belongs to at most one finding.
    fn find(&self, text: &Folded, today: Date) -> Vec<Found>;
}

/// Something found in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The signs that it consists of.
    pub signs: Range<usize>,
    /// Its kind.
    pub kind: &'static str,
}

/// All detectors; where two find the same signs, the first is right.
pub static DETECTORS: &[&dyn Detector] = &[&id_card::IdCard, &bank_card::BankCard, &mobile::Mobile];

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Its kind.
    pub kind: &'static str,
    /// Its digits and letters alone, by which it is compared with what may be published.
    pub key: String,
}

/// Finds personal data in a text, in its order.
pub fn find(text: &str, today: Date) -> Vec<Personal> {
    if !normalise::may_hold_number(text) {
        return Vec::new();
    }
    let folded = Folded::new(text);
    let mut found: Vec<Found> = Vec::new();
    for detector in DETECTORS {
        let mut fresh = detector.find(&folded, today);
        fresh.retain(|one| {
            let next = found.partition_point(|other| other.signs.end <= one.signs.start);
            found.get(next).is_none_or(|other| one.signs.end <= other.signs.start)
        });
        found.append(&mut fresh);
        found.sort_by_key(|one| one.signs.start);
    }
    found
        .into_iter()
        .map(|one| Personal {
            range: folded.original(one.signs.clone()),
            kind: one.kind,
            key: key(&folded.after(one.signs.start, one.signs.len())),
        })
        .collect()
}

/// The digits and the final letter of a number, without the code of the country.
fn key(folded: &str) -> String {
    let plain: String = folded.chars().filter(char::is_ascii_alphanumeric).collect();
    let inner = plain.trim_start_matches("00").strip_prefix("86").filter(|rest| rest.len() == 11);
    inner.map_or_else(|| plain.clone(), str::to_owned)
}

/// Numbers that may be published.
#[derive(Clone, Debug, Default)]
pub struct Allowed(BTreeSet<String>);

impl Allowed {
    /// Lets every number of a text pass, and the text as a whole.
    pub fn add(&mut self, text: &str, today: Date) {
        self.0.extend(find(text, today).into_iter().map(|found| found.key));
        let whole = Folded::new(text);
        let digits: String = key(&whole.after(0, text.len()));
        if digits.chars().any(|sign| sign.is_ascii_digit()) {
            self.0.insert(digits);
        }
    }

    /// What may be published, in order, for a hash of it.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Whether something found may be published.
    pub fn allows(&self, found: &Personal) -> bool {
        self.0.contains(&found.key)
    }
}

/// A number as a message may show it: `138****5678`. Of all others only the beginning stays.
pub fn mask(found: &Personal) -> String {
    let len = found.key.chars().count();
    let tail = if found.kind == "mobile" { 4 } else { 0 };
    let hidden = len.saturating_sub(3 + tail);
    found
        .key
        .chars()
        .enumerate()
        .map(|(at, sign)| if at >= 3 && at < 3 + hidden { '*' } else { sign })
        .collect()
}
