//! P105: a linked document that nobody has looked into; and P101 in those that are plain text.
//!
//! Tables, Word files, archives and the like go out as they are. What is in them is not read yet, so each is told, with its kind,
//! wherever it is linked to; `allow` with a reason says that somebody has looked.
//! Refuses: numbers that belong to a person in a document that can be read as text.
//! Invariant: one finding for each document and each file that links to it.

use super::personal_data::allowed;
use crate::diag::{Code, Diagnostic, Message, Sink, codes};
use crate::lint::{Lint, Site};
use crate::model::picture::DocumentUse;
use crate::privacy;

/// The lint.
pub struct LinkedDocument;

impl Lint for LinkedDocument {
    fn code(&self) -> Code {
        codes::UNREAD_DOCUMENT
    }

    fn check(&self, site: &Site, sink: &mut Sink) {
        let model = site.model;
        if model.document_uses.is_empty() {
            return;
        }
        let today = model.now.date();
        let allowed = allowed(model, today);
        for DocumentUse { path, span, text } in &model.document_uses {
            let name = path.path().file_name();
            for found in text.iter().flat_map(|text| {
                let line = |at: usize| text[..at].matches('\n').count() + 1;
                privacy::find(text, today).into_iter().map(move |found| (line(found.range.start), found))
            }) {
                let (line, found) = found;
                if allowed.allows(&found) {
                    continue;
                }
                let message = Message::new("personal-data-in-document")
                    .with("kind", found.kind)
                    .with("masked", privacy::mask(&found))
                    .with("name", name)
                    .with("line", line);
                let hint = Message::new("personal-data-in-document-hint");
                sink.report(
                    Diagnostic::new(codes::PERSONAL_DATA, message).kind(found.kind).at(*span).hint(hint),
                );
            }
            if let Some(kind) = kind(path.path().extension().unwrap_or_default()) {
                let message = Message::new("unread-document").with("name", name).with("kind", kind);
                let hint = Message::new("unread-document-hint").with("kind", kind);
                sink.report(Diagnostic::new(codes::UNREAD_DOCUMENT, message).kind(kind).at(*span).hint(hint));
            }
        }
    }
}

/// What a document is, for people; none of those that hold plain text, which has been read.
fn kind(ending: &str) -> Option<&'static str> {
    Some(match ending.to_ascii_lowercase().as_str() {
        "txt" | "ics" => return None,
        "xls" | "xlsx" | "xlsm" | "et" | "ett" | "ods" | "csv" | "tsv" => "table",
        "doc" | "docx" | "docm" | "dot" | "dotx" | "wps" | "wpt" | "rtf" | "odt" => "text",
        "ppt" | "pptx" | "dps" | "odp" => "slides",
        "pdf" | "ofd" | "epub" => "pages",
        "zip" | "rar" | "7z" => "archive",
        "mp3" | "m4a" | "aac" | "amr" | "ogg" | "opus" | "wav" | "wma" => "sound",
        "mp4" | "m4v" | "mov" | "webm" | "avi" | "3gp" => "film",
        "vcf" => "card",
        _ => "other",
    })
}
