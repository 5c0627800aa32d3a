//! Linked documents, which go out as they are: P101 for what they say, P107 where it cannot be read, P105 where there is nothing to read but to hear or see.
//!
//! Refuses: personal data in a document, wherever in it; a document whose text nobody can read, unless `privacy: attachments: allow:`
//! names it with a reason.
//! Invariant: a document is looked through once for its bytes, however many files link to it and however often the site is built.

use super::personal_data::{allowed, inputs};
use crate::attachment::{self, Place, PlaceKind, Unreadable};
use crate::diag::{Code, Diagnostic, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::model::Model;
use crate::model::picture::DocumentUse;
use crate::model::public_file::PublicFile;
use crate::privacy::{self, Allowed, DETECTORS, Personal};
use crate::source::Derived;
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The lint.
pub struct LinkedDocument;

/// Of more places in one document the number is told.
const TOLD: usize = 12;

/// What was found in a document.
#[derive(Default, Serialize, Deserialize)]
struct Looked {
    found: Vec<Spot>,
    unreadable: Option<Unreadable>,
    unseen: bool,
}

/// Something found, as it may be kept: masked.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Spot {
    place: Place,
    kind: String,
    masked: String,
}

impl Lint for LinkedDocument {
    fn code(&self) -> Code {
        codes::UNREAD_DOCUMENT
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        let mut let_pass = BTreeSet::new();
        if !model.document_uses.is_empty() {
            let looked = looked(model);
            for DocumentUse { path, span } in &model.document_uses {
                let Some(looked) = looked.get(path) else { continue };
                let excepted = model.config.attachments.iter().position(|one| one.names(path));
                if looked.unreadable.is_some() || looked.unseen {
                    let_pass.extend(excepted);
                }
                told(path, *span, looked, excepted.is_some(), sink);
            }
        }
        for (at, one) in model.config.attachments.iter().enumerate() {
            if !let_pass.contains(&at) {
                let message = Message::new("attachment-allow-unused").with("name", &one.file.value);
                sink.report(
                    Diagnostic::new(codes::UNUSED_ALLOW, message)
                        .at(one.file.span)
                        .hint(Message::new("attachment-allow-unused-hint")),
                );
            }
        }
    }
}

/// What is in each document that is linked to.
fn looked(model: &Model) -> BTreeMap<&PublicFile, Looked> {
    let today = model.now.date();
    let allowed = allowed(model, today);
    let derived = Derived::new(&model.sources, "attachment", inputs(&allowed, &model.config, today));
    let paths: BTreeSet<&PublicFile> = model.document_uses.iter().map(|used| &used.path).collect();
    let looked = paths.into_par_iter().filter_map(|path| {
        let document = model.documents.get(path)?;
        let ending = path.path().extension().unwrap_or_default().to_ascii_lowercase();
        let look = |bytes: &[u8]| {
            look(&attachment::read(&ending, bytes), &allowed, &model.config.privacy_disallow, today)
        };
        Some((path, derived.of_document(path.path(), &document.hash, ending.as_bytes(), look)?))
    });
    looked.collect()
}

fn look(contents: &attachment::Contents, allowed: &Allowed, disallowed: &[String], today: Date) -> Looked {
    let mut looked = Looked { unreadable: contents.unreadable, unseen: contents.unseen, ..Looked::default() };
    let mut names: BTreeSet<String> = BTreeSet::new();
    let mut spots: BTreeSet<(Place, &'static str, String)> = BTreeSet::new();
    let mut note = |part: &attachment::Part, found: Vec<Personal>, names: &mut BTreeSet<String>| {
        for found in found.into_iter().filter(|found| !allowed.allows(found)) {
            let mut place = part.place;
            if place.kind == PlaceKind::Line {
                let lines = part.text[..found.range.start].matches('\n').count();
                place.number = place.number.saturating_add(u32::try_from(lines).unwrap_or(0));
            }
            spots.insert((place, found.kind, privacy::mask(&found)));
            if found.kind == "name" {
                names.insert(found.key);
            }
        }
    };
    for part in &contents.parts {
        note(part, privacy::find(&part.text, today), &mut names);
        note(
            part,
            privacy::mentions(&part.text, disallowed.iter().map(String::as_str)),
            &mut BTreeSet::new(),
        );
    }
    if !names.is_empty() {
        for part in &contents.parts {
            let found = privacy::mentions(&part.text, names.iter().map(String::as_str));
            note(part, found, &mut BTreeSet::new());
        }
    }
    looked.found = spots
        .into_iter()
        .map(|(place, kind, masked)| Spot { place, kind: kind.to_owned(), masked })
        .collect();
    looked
}

fn told(path: &PublicFile, span: Span, looked: &Looked, excepted: bool, sink: &mut Sink) {
    let name = path.path().file_name();
    for spot in looked.found.iter().take(TOLD) {
        let kind = DETECTORS.iter().map(|detector| detector.kind()).find(|kind| *kind == spot.kind);
        let kind = kind.unwrap_or("name");
        let message = Message::new("personal-data-in-document")
            .with("kind", kind)
            .with("masked", &spot.masked)
            .with("name", name)
            .with("place", spot.place.kind.name())
            .with("number", spot.place.number)
            .with("row", spot.place.row)
            .with("inside", spot.place.file);
        let hint = Message::new("personal-data-in-document-hint");
        sink.report(Diagnostic::new(codes::PERSONAL_DATA, message).kind(kind).at(span).hint(hint));
    }
    if let Some(more) = looked.found.len().checked_sub(TOLD).filter(|more| *more > 0) {
        let message = Message::new("personal-data-in-document-more").with("name", name).with("count", more);
        let hint = Message::new("personal-data-in-document-more-hint");
        sink.report(Diagnostic::new(codes::PERSONAL_DATA, message).at(span).hint(hint));
    }
    if excepted {
        return;
    }
    if let Some(why) = looked.unreadable {
        let file = path.path().strip_prefix("content/").unwrap_or(path.path());
        let message = Message::new("unreadable-document").with("name", name).with("why", why.name());
        let hint = Message::new("unreadable-document-hint").with("why", why.name()).with("file", file);
        let finding = Diagnostic::new(codes::UNREADABLE_DOCUMENT, message);
        sink.report(finding.kind(why.name()).at(span).hint(hint));
    } else if looked.unseen {
        let kind = kind(path.path().extension().unwrap_or_default());
        let message = Message::new("unread-document").with("name", name).with("kind", kind);
        let hint = Message::new("unread-document-hint").with("kind", kind);
        sink.report(Diagnostic::new(codes::UNREAD_DOCUMENT, message).kind(kind).at(span).hint(hint));
    }
}

/// What a document without text is, for people.
fn kind(ending: &str) -> &'static str {
    match ending.to_ascii_lowercase().as_str() {
        "zip" => "archive",
        "mp3" | "m4a" | "aac" | "amr" | "ogg" | "opus" | "wav" | "wma" => "sound",
        "mp4" | "m4v" | "mov" | "webm" | "avi" | "3gp" => "film",
        _ => "other",
    }
}
