//! `allow:` in front matter: staff let a finding pass, with a reason.
//!
//! Refuses: lowering what is forbidden, and an `allow` that silences nothing.
//! Invariant: an `allow` reaches only findings in its own file.

use crate::diag::{Code, Diagnostic, FileId, Level, Message, Sink, codes};
use crate::model::Model;
use crate::model::meta::Allow;
use std::collections::BTreeMap;

/// One exception, and what became of it.
struct Exception<'m> {
    allow: &'m Allow,
    /// The rule that it names, if there is one.
    code: Option<Code>,
    used: bool,
    forbidden: bool,
}

/// Codes of findings that are made after the gate; an `allow` of one may be of use then.
const LATE: &[Code] = &[codes::HANDOUT_OVERFLOW, codes::MISSING_GLYPH, codes::LONG_SCRIPT];

/// Removes the findings that front matter allows, and reports every `allow` that does nothing.
pub fn apply(model: &Model, sink: &mut Sink) {
    let mut exceptions = exceptions(model);
    if exceptions.is_empty() {
        return;
    }
    remove(&mut exceptions, sink);
    // Lints do not look into bulletins that are held back, so their exceptions may be of use later.
    for held in &model.held {
        exceptions.remove(&held.file);
    }
    let late = |exception: &Exception| exception.code.is_some_and(|code| LATE.contains(&code));
    for exception in exceptions.into_values().flatten().filter(|one| !one.used && !late(one)) {
        sink.report(idle(&exception));
    }
}

/// Removes the findings that front matter allows.
pub fn silence(model: &Model, sink: &mut Sink) {
    let mut exceptions = exceptions(model);
    remove(&mut exceptions, sink);
}

fn exceptions(model: &Model) -> BTreeMap<FileId, Vec<Exception<'_>>> {
    let mut exceptions: BTreeMap<FileId, Vec<Exception>> = BTreeMap::new();
    let entries = model.entries.iter().map(|entry| (entry.file, &entry.meta.allow));
    let held = model.held.iter().map(|held| (held.file, &held.allow));
    for (file, allows) in entries.chain(held).filter(|(_, allows)| !allows.is_empty()) {
        exceptions.insert(file, allows.iter().map(exception).collect());
    }
    exceptions
}

fn remove(exceptions: &mut BTreeMap<FileId, Vec<Exception>>, sink: &mut Sink) {
    for finding in sink.take() {
        let list = finding.primary.and_then(|span| exceptions.get_mut(&span.file));
        let matching =
            list.and_then(|list| list.iter_mut().find(|exception| exception.code == Some(finding.code)));
        match matching {
            Some(exception) if finding.level < Level::Forbid => exception.used = true,
            Some(exception) => {
                exception.forbidden = true;
                sink.report(finding);
            }
            None => sink.report(finding),
        }
    }
}

fn exception(allow: &Allow) -> Exception<'_> {
    let word = allow.code.value.as_str();
    let code =
        super::rules::codes().iter().find(|code| code.id.eq_ignore_ascii_case(word) || code.name == word);
    Exception { allow, code: code.copied(), used: false, forbidden: false }
}

fn idle(exception: &Exception) -> Diagnostic {
    let forbidden = exception.forbidden || exception.code.is_some_and(|code| code.level == Level::Forbid);
    let (id, hint) = match exception.code {
        None => ("unknown-lint", "unknown-lint-hint"),
        Some(_) if forbidden => ("allow-forbidden", "allow-forbidden-hint"),
        Some(_) => ("allow-unused", "allow-unused-hint"),
    };
    Diagnostic::new(codes::UNUSED_ALLOW, Message::new(id).with("code", &exception.allow.code.value))
        .at(exception.allow.code.span)
        .hint(Message::new(hint))
}
