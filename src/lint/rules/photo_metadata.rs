//! P103: what photographs tell besides their pictures. The site leaves it out; the files themselves still carry it.
//!
//! It is a warning, for people send on the file that they have. Photographs come in dozens, so a folder is one finding; only a bulletin
//! that lets its own pass (`allow:`) has one of its own.
//! Invariant: every photograph is counted in one finding, with everything that was found in any of them.

use crate::diag::{Code, Diagnostic, FileId, Message, Sink, Span, codes};
use crate::lint::{Lint, Site};
use crate::picture::MetadataKind;
use std::collections::{BTreeMap, BTreeSet};

/// The lint.
pub struct PhotoMetadata;

/// The photographs of a folder: name, what it carries, and the bulletin that shows it.
type Photographs<'m> = Vec<(&'m str, &'m [MetadataKind], FileId)>;

/// How many photographs are named.
const NAMED: usize = 3;

impl Lint for PhotoMetadata {
    fn code(&self) -> Code {
        codes::PHOTO_METADATA
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let allows = |code: &str| code == codes::PHOTO_METADATA.id || code == codes::PHOTO_METADATA.name;
        let entries = site.model.entries.iter();
        let let_pass: BTreeSet<FileId> = entries
            .filter(|entry| entry.meta.allow.iter().any(|one| allows(&one.code.value)))
            .map(|entry| entry.file)
            .collect();
        let mut folders: BTreeMap<(String, Option<FileId>), Photographs> = BTreeMap::new();
        for (path, picture) in &site.model.pictures {
            let Ok(info) = &picture.info else { continue };
            if info.metadata().iter().any(|kind| kind.private()) {
                let file = picture.used_at.file;
                let own = let_pass.contains(&file).then_some(file);
                let folder = folders.entry((path.parent().to_string(), own)).or_default();
                folder.push((path.file_name(), info.metadata(), file));
            }
        }
        for ((folder, _), photographs) in folders {
            let has = |kind: MetadataKind| photographs.iter().any(|(_, kinds, _)| kinds.contains(&kind));
            let names: Vec<&str> = photographs.iter().map(|(name, ..)| *name).take(NAMED).collect();
            let mut message = Message::new("photo-metadata")
                .with("folder", folder)
                .with("name", names.join("、"))
                .with("count", photographs.len());
            let private = || MetadataKind::ALL.into_iter().filter(|kind| kind.private());
            for kind in private() {
                message = message.with(kind.name(), if has(kind) { "yes" } else { "no" });
            }
            let gravest = private().find(|kind| has(*kind)).map_or("", |kind| kind.name());
            let finding = Diagnostic::new(codes::PHOTO_METADATA, message).kind(gravest);
            sink.report(finding.at(Span::whole(photographs[0].2)));
        }
    }
}
