//! How far a bulletin is: which signatures count for it as it stands now.
//!
//! A signature counts for the content that it was given for. It counts no more once somebody who did not know of it, or came after it, sent that
//! content back; nor where its giver signed another level or wrote the text, unless the settings let that pass. Two copies of a site that were
//! signed apart may bring such a pair together, so it is judged here and not only when a signature is given.
//!
//! Invariant: what is judged depends on the records, the settings of review and, for urgent bulletins alone, on the moment.

use super::log::{Act, Log};
use crate::model::now::Now;
use crate::model::review::{ReviewSettings, Signature, Stands};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

/// For so many hours an urgent bulletin may be out before every level has signed.
pub const URGENT_HOURS: i64 = 24;

/// What the records of one path say of one content.
#[derive(Clone, Debug)]
pub struct Judged {
    /// How far it is.
    pub stands: Stands,
    /// The signatures that count.
    pub signed: Vec<Signature>,
    /// The levels that have still to sign.
    pub missing: Vec<String>,
}

/// What judging needs besides a bulletin.
#[derive(Clone, Copy)]
pub struct Court<'c> {
    /// The log.
    pub log: &'c Log,
    /// The settings.
    pub settings: &'c ReviewSettings,
    /// The moment.
    pub now: &'c Now,
    /// The site's time zone.
    pub zone: &'c TimeZone,
}

/// Judges a content, by its hash. `records` are those of its path, by their places in the log; `needed` are the levels by today's settings.
pub fn judge(court: Court, records: &[usize], bound: &str, needed: &[String]) -> Judged {
    let (mut judged, urgent) = count(court, records, bound, needed);
    if urgent && matches!(judged.stands, Stands::Pending) {
        judged.stands = hours(court, urgent_since(court, records, bound));
    }
    judged
}

/// When the hours of an urgent bulletin began: with the first urgent signature since it was approved last. An edit that is signed in haste as well
/// does not lengthen them.
fn urgent_since<'c>(court: Court<'c>, records: &[usize], bound: &str) -> &'c str {
    let approved = last_approved(court, records, Some(bound));
    let later = records.iter().filter(|at| approved.is_none_or(|approved| **at > approved));
    let mut urgent = later.map(|at| &court.log.records[*at].1).filter(|record| record.urgent);
    urgent.find(|record| record.act == Act::Approve).map_or("", |record| &record.at)
}

/// The signatures of a content, and whether one of them was given in haste.
fn count(court: Court, records: &[usize], bound: &str, needed: &[String]) -> (Judged, bool) {
    let Court { log, settings, .. } = court;
    let of_it = || records.iter().copied().filter(|at| log.records[*at].1.bound == bound);
    let rejections: Vec<usize> = of_it().filter(|at| log.records[*at].1.act == Act::Reject).collect();
    // Only who knew of a rejection can overrule it.
    let stands_against = |at: usize| rejections.iter().all(|rejection| log.follows(at, *rejection));
    let mut signed: Vec<Signature> = Vec::new();
    let mut of: Option<&[String]> = None;
    let mut baseline = false;
    let mut urgent = false;
    for at in of_it().filter(|at| log.records[*at].1.act != Act::Reject).filter(|at| stands_against(*at)) {
        let record = &log.records[at].1;
        if record.act == Act::Baseline {
            baseline = true;
            continue;
        }
        let Some(level) = &record.level else { continue };
        let twice = signed.iter().any(|one| one.level == *level || same_name(&one.name, &record.name));
        let again = signed.iter().any(|one| one.level == *level);
        let own = record.author.as_deref().is_some_and(|author| wrote(author, &record.name));
        if again || (twice && !settings.same_person) || (own && !settings.own_text) {
            continue;
        }
        of = Some(&record.of);
        urgent |= record.urgent;
        signed.push(Signature {
            level: level.clone(),
            name: record.name.clone(),
            at: record.at.clone(),
            note: record.note.clone(),
        });
    }
    // A change of the settings takes no approval back: what was needed when the last one signed is what counts.
    let of = of.unwrap_or(needed);
    let order = |level: &str| of.iter().position(|name| name == level).unwrap_or(usize::MAX);
    signed.sort_by_key(|one| order(&one.level));
    let missing: Vec<String> =
        of.iter().filter(|level| signed.iter().all(|one| one.level != **level)).cloned().collect();
    let stands = if baseline {
        Stands::Baseline
    } else if missing.is_empty() && !signed.is_empty() {
        Stands::Approved
    } else if !signed.is_empty() {
        Stands::Pending
    } else if let Some(last) = rejections.last() {
        let record = &log.records[*last].1;
        Stands::Rejected(record.name.clone(), record.note.clone().unwrap_or_default())
    } else {
        Stands::Unsigned
    };
    (Judged { stands, signed, missing }, urgent)
}

/// The latest content of a path that was approved, other than `bound`: the place of its last record in the log.
pub fn last_approved(court: Court, records: &[usize], bound: Option<&str>) -> Option<usize> {
    records.iter().rev().copied().find(|at| {
        let record = &court.log.records[*at].1;
        Some(record.bound.as_str()) != bound
            && record.act != Act::Reject
            && matches!(
                count(court, records, &record.bound, &record.of).0.stands,
                Stands::Approved | Stands::Baseline
            )
    })
}

/// Whether the hours of an urgent bulletin are running.
fn hours(court: Court, since: &str) -> Stands {
    let Court { now, zone, .. } = court;
    let Some(begin) = moment(since) else { return Stands::Overdue(since.to_owned()) };
    let local = |moment: Timestamp| moment.to_zoned(zone.clone()).datetime();
    let end = begin.saturating_add(URGENT_HOURS.hours()).unwrap_or(begin);
    // A clock that was set back does not lengthen them.
    let begun = now.has_come(local(begin.saturating_sub(1.hours()).unwrap_or(begin)));
    if begun && !now.is_after(local(end)) {
        Stands::Urgent(local(end).strftime("%Y-%m-%d %H:%M").to_string())
    } else {
        Stands::Overdue(local(end).strftime("%Y-%m-%d %H:%M").to_string())
    }
}

/// The moment of a record.
pub fn moment(at: &str) -> Option<Timestamp> {
    at.parse().ok()
}

/// The day and minute of a record, as people write it.
pub fn written(at: &str) -> String {
    at.get(..16).map_or_else(|| at.to_owned(), |start| start.replace('T', " "))
}

/// Whether two names are one person's; blanks, points and what cannot be seen do not make another.
pub fn same_name(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    plain(one) == plain(other)
}

/// Whether a name stands among those who wrote a text: `王敏`, `王敏、李强`, `王敏 李强`, `清水镇派出所王敏（供稿）`.
pub fn wrote(author: &str, name: &str) -> bool {
    let parted = |text: &str| {
        text.split(['、', '，', ',', '；', ';', '/', ' ', '\u{3000}'])
            .any(|part| !part.is_empty() && same_name(part, name))
    };
    // Behind the name of an office, and not the beginning of a longer name.
    let name = name.trim();
    let ends = |at: usize| !author[at + name.len()..].starts_with(char::is_alphanumeric);
    let behind = !name.is_empty() && author.match_indices(name).any(|(at, _)| ends(at));
    same_name(author, name) || parted(author) || behind
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_it_is_written() {
        assert!(
            same_name("王敏", "王 敏") && same_name("王敏", "王\u{200b}敏") && !same_name("王敏", "王敏慧")
        );
        assert!(
            wrote("清水镇派出所王敏（供稿）", "王敏")
                && wrote("李强，王敏", "王敏")
                && wrote("王 敏", "王敏")
        );
        assert!(!wrote("王敏慧", "王敏") && !wrote("清水镇派出所 社区警务队", "王敏") && !wrote("王敏", " "));
    }
}
