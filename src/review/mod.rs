//! Reviews (三审, 先审后发): who has to sign what before it is published, what a signature binds, and the log of all of them.
//!
//! ```text
//! content/reviews/*.log ──log::Log (proved)──┐
//! Model, SafeData ──bound::Binder──▶ Parts ──┴──judge──▶ Standing of each bulletin ──▶ plan: published, substituted, withheld
//! ```
//!
//! A bulletin is published as it stands if every level has signed exactly that. One that was edited since is published as it was approved last, from
//! what is kept of that ([`kept`], [`ApprovedWorld`]); where that cannot be, it is held back, and the reason is told. The model is then read again
//! as those decisions have it, and judged again, until all that is left in it is approved. The gate looks once more.
//!
//! Refuses: to publish what nobody has signed, whatever made it differ from what was signed.
//! Invariant: writes nothing; `build::signing` writes.

pub mod approved_world;
pub mod bound;
pub mod difference;
pub mod figures;
pub mod judge;
pub mod kept;
pub mod log;
pub mod plan;

use crate::diag::{Files as _, Message};
use crate::model::Model;
use crate::model::entry::Entry;
use crate::model::review::{Before, Changed, ChangedLines, ChangedText, Standing, Stands};
use crate::privacy;
use crate::statistics::safe::SafeData;
use crate::world::{VPath, World};
pub use approved_world::ApprovedWorld;
use blake3::Hash;
use bound::{Binder, Parts};
use jiff::civil::Date;
use judge::{Court, Judged, judge, last_approved};
use log::{Act, Log};
pub use plan::Plan;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The log with what is looked up in it.
pub struct Book {
    /// The log.
    pub log: Log,
    by_path: BTreeMap<String, Vec<usize>>,
    /// For each content the path at which it was signed first.
    by_bound: HashMap<String, String>,
}

impl Book {
    /// Reads the log.
    pub fn read(world: &dyn World) -> Self {
        let log = Log::read(world);
        let by_path = log.by_path().into_iter().map(|(path, at)| (path.to_owned(), at)).collect();
        let mut by_bound = HashMap::new();
        for (_, record) in &log.records {
            if record.act != Act::Reject {
                by_bound.entry(record.bound.clone()).or_insert_with(|| record.path.clone());
            }
        }
        Self { log, by_path, by_bound }
    }

    /// The records of a path.
    pub fn records(&self, path: &str) -> &[usize] {
        self.by_path.get(path).map_or(&[], Vec::as_slice)
    }

    fn court<'c>(&'c self, model: &'c Model) -> Court<'c> {
        let config = &model.config;
        Court { log: &self.log, settings: &config.review, now: &model.now, zone: &config.zone }
    }

    /// The place of the last approved version of a path, other than one.
    fn approved(&self, model: &Model, path: &str, other_than: Option<&str>) -> Option<usize> {
        last_approved(self.court(model), self.records(path), other_than)
    }
}

/// The names of the levels that a bulletin needs by the settings.
pub fn needed(model: &Model, entry: &Entry) -> Vec<String> {
    model.config.review.needed(entry.meta.heavy).into_iter().map(|level| level.name.clone()).collect()
}

/// Judges a bulletin with these parts.
pub fn judged(book: &Book, model: &Model, entry: &Entry, parts: &Parts) -> Judged {
    judge(book.court(model), book.records(&entry.path), &parts.hash(), &needed(model, entry))
}

/// What is known of a bulletin as it stands.
fn standing(book: &Book, world: &dyn World, model: &Model, entry: &Entry, parts: &Parts) -> Standing {
    let bound = parts.hash();
    let Judged { stands, signed, missing } = judged(book, model, entry, parts);
    let mut standing =
        Standing { stands, signed, missing, before: None, title: entry.title().to_owned(), moved_from: None };
    if standing.is_approved() {
        return standing;
    }
    if let Some(at) = book.approved(model, &entry.path, Some(&bound)) {
        let record = &book.log.records[at].1;
        let text = if parts.text == record.parts.text {
            Earlier::Same
        } else {
            kept::text(world, &record.parts.text).map_or(Earlier::Unkept, Earlier::Text)
        };
        let (changed, place) =
            changed(&record.parts, parts, text, model.sources.text(entry.file), model.now.date());
        standing.before = Some(Before {
            at: judge::written(&record.at),
            by: record.name.clone(),
            changed,
            place,
            published: Ok(()),
        });
    } else {
        standing.moved_from = book.by_bound.get(&bound).filter(|path| **path != *entry.path).cloned();
    }
    standing
}

/// The text of an earlier version.
enum Earlier {
    /// It is the same.
    Same,
    /// It is not kept.
    Unkept,
    /// What it said.
    Text(String),
}

/// What differs between two versions, and where the first difference of the texts stands.
fn changed(
    before: &Parts,
    now: &Parts,
    old: Earlier,
    text: &str,
    today: Date,
) -> (Changed, Option<(u32, u32)>) {
    let mut place = None;
    let words = match old {
        Earlier::Same => ChangedText::Same,
        Earlier::Unkept => ChangedText::Unkept,
        Earlier::Text(old) => {
            let new = bound::plain(text);
            let changes = difference::changes(&old, &new);
            // Places are those of the text as it is decoded.
            if let Some(first) = changes.first().filter(|_| new.len() == text.len()) {
                let line = first.after.first().map_or(0, |line| line.len());
                let start = first.start.min(text.len());
                let fit = |at: usize| u32::try_from(at).unwrap_or(0);
                place = Some((fit(start), fit((start + line).min(text.len()))));
            }
            let told = |lines: &[&str]| safe(&lines.join(" "), today);
            let one = |change: &difference::Change| ChangedLines {
                line: change.line,
                was: told(&change.before),
                is: told(&change.after),
            };
            ChangedText::Places(changes.len(), changes.iter().take(5).map(one).collect())
        }
    };
    let differing = |old: &BTreeMap<String, String>, new: &BTreeMap<String, String>| {
        let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
        let differing = names.into_iter().filter(|name| old.get(*name) != new.get(*name));
        let known = |name: &String| {
            let plain = name.strip_prefix("table ").or_else(|| name.strip_prefix("chart ")).unwrap_or(name);
            plain.rsplit('/').next().unwrap_or(plain).to_owned()
        };
        differing.map(known).collect::<Vec<_>>()
    };
    let changed = Changed {
        text: words,
        kind: before.kind != now.kind,
        files: differing(&before.files, &now.files),
        figures: differing(&before.figures, &now.figures),
    };
    (changed, place)
}

/// So many characters of changed lines are shown.
const SHOWN: usize = 40;

/// A text as a message may show it: short, and what belongs to a person masked.
fn safe(text: &str, today: Date) -> String {
    let mut text = text.trim().to_owned();
    for found in privacy::find(&text, today).iter().rev() {
        text.replace_range(found.range.clone(), &privacy::mask(found));
    }
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// All bulletins of a model with their parts and how they stand.
pub fn look(
    book: &Book,
    world: &dyn World,
    model: &Model,
    statistics: &SafeData,
) -> BTreeMap<VPath, (Parts, Standing)> {
    let binder = Binder::new(model, statistics);
    let one = |entry: &Entry| {
        let parts = binder.parts(entry);
        let standing = standing(book, world, model, entry, &parts);
        (entry.path.clone(), (parts, standing))
    };
    model.entries.par_iter().map(one).collect()
}

/// Why a bulletin is not published, in a few words.
pub fn why(standing: &Standing) -> Message {
    let missing = || standing.missing.join("、");
    match (&standing.before, &standing.stands) {
        (Some(Before { published: Err(reason), .. }), _) => reason.clone(),
        (_, Stands::Rejected(name, reason)) => {
            Message::new("review-why-rejected").with("name", name).with("reason", reason)
        }
        (_, Stands::Overdue(when)) => {
            Message::new("review-why-overdue").with("when", when).with("levels", missing())
        }
        (_, Stands::Pending) => Message::new("review-why-pending").with("levels", missing()),
        _ => match &standing.moved_from {
            Some(path) => Message::new("review-why-moved").with("path", path),
            None => Message::new("review-why-unsigned").with("levels", missing()),
        },
    }
}

/// Hashes of a bulletin's pictures and attachments, for who keeps them.
pub fn files(model: &Model, entry: &Entry) -> BTreeMap<VPath, Hash> {
    bound::files(model, entry)
}
