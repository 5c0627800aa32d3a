//! The second net for personal data: over the bytes of finished files, before any of them is put in place.
//!
//! The lint of P101 reads sources. What a template adds, what two fields come to side by side, what a rule of the first net passes over, is
//! seen here: pages, feeds, calendars, data and scripts as they are, and the text of sheets, each taken apart by means of its own.
//! The detectors and what `site.yaml` lets pass are all that it shares with the first.
//!
//! Refuses: a site of which any finished file holds what the first net has not let pass.
//! Invariant: only files that are made are looked at, and a passage that many of them share is looked at once.

mod hypertext;
mod quoted;

#[cfg(test)]
mod tests;

use super::Prepared;
use crate::attachment;
use crate::diag::{Diagnostic, Message, Span, codes};
use crate::lint::rules::{allowed, passed_names};
use crate::model::entry::EntryIx;
use crate::output::{Subject, Target};
use crate::privacy::{self, Allowed, Personal};
use std::collections::{BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

/// The net of one build.
pub struct Net<'p> {
    prepared: &'p Prepared,
    allowed: OnceLock<Allowed>,
    /// Names that the first net knows as those of authors, or as pen names.
    names: OnceLock<BTreeSet<String>>,
    /// Hashes of passages that hold nothing.
    clean: Mutex<HashSet<u64>>,
}

impl<'p> Net<'p> {
    /// A net for this site.
    pub fn new(prepared: &'p Prepared) -> Self {
        Self { prepared, allowed: OnceLock::new(), names: OnceLock::new(), clean: Mutex::default() }
    }

    /// What a finished file must not hold, if it holds any; the first is told.
    pub fn look(&self, target: &Target, bytes: &[u8]) -> Option<Box<Diagnostic>> {
        let entry = match &target.subject {
            // Pictures and documents of the site are no texts of ours; the first net reads the documents.
            Subject::Picture(..) | Subject::Document(_) => return None,
            Subject::Entry(ix) | Subject::Alias(_, ix) => Some(*ix),
            Subject::Handout(handout, _) => handout.bulletin(),
            _ => None,
        };
        self.look_at(&target.path, entry, bytes)
    }

    /// The same of a file by its name, which may be made of a bulletin.
    pub fn look_at(&self, path: &str, entry: Option<EntryIx>, bytes: &[u8]) -> Option<Box<Diagnostic>> {
        let found = passages(path, bytes).into_iter().find_map(|passage| self.first(&passage))?;
        let told = |id| {
            Message::new(id).with("kind", found.kind).with("masked", privacy::mask(&found)).with("path", path)
        };
        let finding = Diagnostic::new(codes::PERSONAL_DATA, told("personal-data-in-output")).kind(found.kind);
        let finding = finding.hint(told("personal-data-in-output-hint"));
        let model = &self.prepared.model;
        Some(Box::new(match entry {
            Some(ix) => finding.at(Span::whole(model.entry(ix).file)),
            None => finding,
        }))
    }

    fn first(&self, passage: &str) -> Option<Personal> {
        let mut hasher = DefaultHasher::new();
        passage.hash(&mut hasher);
        let hash = hasher.finish();
        if self.clean().contains(&hash) {
            return None;
        }
        let model = &self.prepared.model;
        let today = model.now.date();
        let allowed = self.allowed.get_or_init(|| allowed(model, today));
        let found = privacy::find(passage, today);
        let disallowed = model.config.privacy_disallow.iter().map(String::as_str);
        let forbidden = privacy::mentions(passage, disallowed);
        let mut found = found.into_iter().chain(forbidden).filter(|found| !allowed.allows(found)).peekable();
        if found.peek().is_some() && !privacy::says_pen_names(passage) {
            let names = || self.names.get_or_init(|| passed_names(model));
            let known = |found: &Personal| {
                found.kind == "name" && names().iter().any(|name| name.contains(&found.key))
            };
            if let Some(found) = found.find(|found| !known(found)) {
                return Some(found);
            }
        }
        self.clean().insert(hash);
        None
    }

    fn clean(&self) -> std::sync::MutexGuard<'_, HashSet<u64>> {
        self.clean.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The texts of a finished file.
fn passages(path: &str, bytes: &[u8]) -> Vec<String> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let text = || String::from_utf8_lossy(bytes);
    match ending {
        "xml" => hypertext::passages(&without_names(text().into_owned())),
        "html" | "svg" => hypertext::passages(&text()),
        "json" | "webmanifest" => quoted::passages(&text()),
        "ics" => text()
            .replace("\r\n ", "")
            .replace("\\n", "\n")
            .replace('\\', "")
            .lines()
            .map(str::to_owned)
            .collect(),
        "csv" => cells(&text()),
        "txt" => text().split("\n\n").map(str::to_owned).collect(),
        "pdf" => attachment::read(ending, bytes).parts.into_iter().map(|part| part.text).collect(),
        _ => Vec::new(),
    }
}

/// An alert without its name and those of the alerts that it replaces: they are put together of an address and a moment, which stand elsewhere, too, and together look
/// like a number (`tg-008625` and a date like one with the code of China before it).
fn without_names(mut text: String) -> String {
    for (begin, end) in [("<identifier>", "</identifier>"), ("<references>", "</references>")] {
        while let Some(from) = text.find(begin) {
            let to = text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
            text.replace_range(from..to, " ");
        }
    }
    text
}

/// The cells of a table, each alone, and the words of each row: counts that stand beside each other are no number of anybody.
fn cells(text: &str) -> Vec<String> {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut all = Vec::new();
    for row in rows.records().flatten() {
        let words = row.iter().filter(|cell| cell.chars().any(char::is_alphabetic));
        all.push(words.collect::<Vec<_>>().join(" | "));
        all.extend(row.iter().map(str::to_owned));
    }
    all.retain(|passage| !passage.is_empty());
    all
}
