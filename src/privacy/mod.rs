//! What must never be published: what belongs to a person, from numbers to names.
//!
//! Refuses: deciding by the look of a number alone where many harmless numbers look alike; then words around it decide.
//! Invariant: a finding covers exactly the bytes of the original that hold it, however it was written.
//!
//! A detector is one file and one line of [`DETECTORS`].

mod address;
mod allowed;
mod bank_card;
mod code;
mod email;
mod id_card;
mod landline;
mod lexicon;
mod marks;
mod mask;
mod minor_identity;
mod name;
mod normalise;
mod number;
mod passport;
mod phone;
mod plate;
mod qq;
#[cfg(test)]
mod tests;
mod vin;
mod wechat;

pub use crate::source::passage as published;
pub use allowed::Allowed;
use jiff::civil::Date;
pub use mask::{mask, mask_unknown, mask_written, surname};
use normalise::Folded;
use std::ops::Range;

/// What a detector may know besides the text.
pub struct Context<'c> {
    /// Today.
    pub today: Date,
    /// What the detectors before it found.
    pub found: &'c [Found],
}

/// Finds one sort of personal data.
pub trait Detector: Sync {
    /// The kind that it finds; the `kind` of P101 in the JSON form.
    fn kind(&self) -> &'static str;
    /// Whether a text holds what such data are made of; others are passed over.
    fn may_find(&self, _text: &Folded) -> bool {
        true
    }
    /// The signs of each. Of the text's signs each belongs to at most one finding.
    fn find(&self, text: &Folded, context: &Context) -> Vec<Range<usize>>;
}

/// Something found in a folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The signs that it consists of.
    pub signs: Range<usize>,
    /// Its kind.
    pub kind: &'static str,
}

/// All detectors; where two find the same signs, the first is right. Those of numbers come first: a name may stand beside one.
pub static DETECTORS: &[&dyn Detector] = &[
    &id_card::IdCard,
    &bank_card::BankCard,
    &vin::Vin,
    &passport::Passport,
    &phone::Phone,
    &plate::Plate,
    &email::Email,
    &wechat::WeChat,
    &qq::Qq,
    &minor_identity::MinorIdentity,
    &address::Address,
    &name::Name,
];

/// How many of them look for numbers that are known by their digits: identity cards, bank cards, telephones.
static NUMBERS: &[&dyn Detector] = &[&id_card::IdCard, &bank_card::BankCard, &phone::Phone];

/// Personal data in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Personal {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Its kind.
    pub kind: &'static str,
    /// What it says without marks and blanks, by which it is compared with what may be published.
    pub key: String,
}

/// Finds personal data in a text, in its order.
pub fn find(text: &str, today: Date) -> Vec<Personal> {
    found(text, DETECTORS, today)
}

/// Finds the numbers of identity cards, bank cards and telephones alone, as cells of registers hold them.
pub fn numbers(text: &str, today: Date) -> Vec<Personal> {
    if text.chars().filter(|sign| !sign.is_ascii_alphabetic()).count() < 7 {
        Vec::new()
    } else {
        found(text, NUMBERS, today)
    }
}

fn found(text: &str, detectors: &[&dyn Detector], today: Date) -> Vec<Personal> {
    let folded = Folded::new(text);
    let mut found: Vec<Found> = Vec::new();
    for detector in detectors {
        if !detector.may_find(&folded) {
            continue;
        }
        let mut fresh = detector.find(&folded, &Context { today, found: &found });
        if fresh.is_empty() {
            continue;
        }
        fresh.retain(|signs| {
            let next = found.partition_point(|other| other.signs.end <= signs.start);
            found.get(next).is_none_or(|other| signs.end <= other.signs.start)
        });
        found.extend(fresh.into_iter().map(|signs| Found { signs, kind: detector.kind() }));
        found.sort_by_key(|one| one.signs.start);
    }
    found.into_iter().map(|one| personal(&folded, &one.signs, one.kind)).collect()
}

fn personal(folded: &Folded, signs: &Range<usize>, kind: &'static str) -> Personal {
    let range = folded.original(signs.clone());
    Personal { range, kind, key: allowed::key(folded, signs, kind) }
}

/// Where names that were found elsewhere in a bulletin stand bare in a text of it.
pub fn mentions<'n>(text: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<Personal> {
    let mut folded: Option<Folded> = None;
    let mut found = Vec::new();
    for name in names {
        let first = name.chars().next();
        if first.is_none_or(|first| !text.contains(first)) {
            continue;
        }
        let folded = folded.get_or_insert_with(|| Folded::new(text));
        let signs: Vec<char> = name.chars().collect();
        found.extend(name::mentions(folded, &signs).iter().map(|signs| personal(folded, signs, name::KIND)));
    }
    found.sort_by_key(|one: &Personal| one.range.start);
    found
}

/// Whether a text says that its names are not those of persons (均为化名).
pub fn says_pen_names(text: &str) -> bool {
    text.contains("化名") && name::says_pen_names(Folded::new(text).plain())
}
