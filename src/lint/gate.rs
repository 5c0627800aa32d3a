//! The gate: what may be published.
//!
//! Refuses: a model with a finding at `Deny` or above.
//! Invariant: [`check`] is the only maker of [`Checked`], and every output takes a `Checked`.

use super::rules::LINTS;
use super::{Site, allow};
use crate::diag::{Code, Diagnostic, FileId, Level, Message, Reported, Sink, codes};
use crate::model::Model;
use crate::statistics::safe::SafeData;
use crate::world::OutPath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A model that passed the gate.
#[derive(Clone, Copy)]
pub struct Checked<'m> {
    model: &'m Model,
    statistics: &'m SafeData,
}

impl<'m> Checked<'m> {
    /// What may be published of its datasets.
    pub fn statistics(&self) -> &'m SafeData {
        self.statistics
    }

    /// What passed.
    pub fn model(&self) -> &'m Model {
        self.model
    }
}

/// `planned` are the paths of all files that would be published, sorted. Runs every lint, settles every finding's level, and opens the gate or not.
///
/// # Errors
/// Where a finding at `Deny` or above remains; it is in the sink.
pub fn check<'m>(
    model: &'m Model,
    planned: &[&OutPath],
    statistics: &'m SafeData,
    sink: &mut Sink,
) -> Result<Checked<'m>, Reported> {
    let site = Site { model, planned, statistics };
    let found: Vec<Sink> = LINTS
        .par_iter()
        .map(|lint| {
            let mut notes = Sink::new();
            lint.check(&site, &mut notes);
            notes
        })
        .collect();
    for notes in found {
        sink.append(notes);
    }
    let levels = levels(model, sink);
    set_levels(&levels, model, sink);
    allow::apply(model, sink);
    // Only now: a file whose findings are all settled need not be read for them.
    model.sources.report_changed(sink);
    // What was reported since then has a level of its own.
    set_levels(&levels, model, sink);
    sink.verdict().map(|()| Checked { model, statistics })
}

/// Settles findings that were made after the gate, as those before it were: levels of `site.yaml`, then `allow`. Files that changed
/// while pages were made are reported here.
pub fn judge_late(model: &Model, sink: &mut Sink) {
    model.sources.report_changed(sink);
    if sink.found().is_empty() {
        return;
    }
    let levels = levels(model, &mut Sink::new());
    set_levels(&levels, model, sink);
    allow::silence(model, sink);
}

/// The levels that `site.yaml` sets, by id. Lowering what is forbidden, or naming no rule, is a finding.
fn levels(model: &Model, sink: &mut Sink) -> BTreeMap<&'static str, Level> {
    let known = super::rules::codes();
    let mut levels = BTreeMap::new();
    for (word, level) in &model.config.lints {
        match known.iter().find(|code| code.id.eq_ignore_ascii_case(word) || code.name == word) {
            Some(code) if code.level == Level::Forbid && level.value < Level::Forbid => {
                sink.report(setting("level-forbidden", "level-forbidden-hint", level.span, code));
            }
            Some(code) => {
                levels.insert(code.id, level.value);
            }
            None => sink.report(
                Diagnostic::new(codes::WRONG_VALUE, Message::new("unknown-lint").with("code", word))
                    .at(level.span)
                    .hint(Message::new("unknown-lint-hint")),
            ),
        }
    }
    levels
}

/// Gives each finding the level that `site.yaml` sets for its code; `Forbid` is never lowered. A bulletin that is held
/// back is nobody's trouble yet: what is wrong with it is said, and does not keep the others from being published.
fn set_levels(levels: &BTreeMap<&'static str, Level>, model: &Model, sink: &mut Sink) {
    let held: BTreeSet<FileId> = model.held.iter().map(|held| held.file).collect();
    for mut finding in sink.take() {
        if finding.level < Level::Forbid {
            if let Some(level) = levels.get(finding.code.id) {
                finding.level = *level;
            }
            if finding.primary.is_some_and(|span| held.contains(&span.file)) {
                finding.level = finding.level.min(Level::Warn);
            }
        }
        if finding.level > Level::Allow {
            sink.report(finding);
        }
    }
}

fn setting(id: &'static str, hint: &'static str, span: crate::diag::Span, code: &Code) -> Diagnostic {
    Diagnostic::new(codes::WRONG_VALUE, Message::new(id).with("code", code.id))
        .at(span)
        .hint(Message::new(hint))
}
