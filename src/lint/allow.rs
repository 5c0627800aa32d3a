//! `allow:` in front matter: staff let a finding pass, with a reason.
//!
//! Refuses: lowering what is forbidden, and an `allow` that silences nothing.
//! Invariant: an `allow` reaches only findings in its own file.

use crate::diag::{Diagnostic, Level, Message, Sink, codes};
use crate::model::Model;
use std::collections::BTreeMap;

/// Removes the findings that front matter allows, and reports every `allow` that does nothing.
pub fn apply(model: &Model, sink: &mut Sink) {
    let mut allows = BTreeMap::new();
    for entry in &model.entries {
        for allow in &entry.meta.allow {
            allows.entry(entry.file).or_insert_with(Vec::new).push((allow, false, false));
        }
    }
    if allows.is_empty() {
        return;
    }
    for finding in sink.take() {
        let matching = finding.primary.and_then(|span| allows.get_mut(&span.file)).and_then(|list| {
            list.iter_mut().find(|(allow, ..)| [finding.code.id, finding.code.name].contains(&allow.code.value.as_str()))
        });
        match matching {
            Some((_, used, _)) if finding.level < Level::Forbid => *used = true,
            Some((_, _, forbidden)) => {
                *forbidden = true;
                sink.report(finding);
            }
            None => sink.report(finding),
        }
    }
    for (allow, used, forbidden) in allows.into_values().flatten() {
        if used {
            continue;
        }
        let (id, hint) = match forbidden {
            true => ("allow-forbidden", "allow-forbidden-hint"),
            false => ("allow-unused", "allow-unused-hint"),
        };
        sink.report(
            Diagnostic::new(codes::UNUSED_ALLOW, Message::new(id).with("code", &allow.code.value))
                .at(allow.code.span)
                .hint(Message::new(hint)),
        );
    }
}
