//! All findings of one run, in the order that people read them.
//!
//! Refuses: what was allowed, and the same finding twice.
//! Invariant: the order depends on paths and texts alone, never on which thread reported first.

use super::{Code, Diagnostic, Files, Label, Level, Span};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Findings: errors before warnings, each by path, place and code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    /// Sorts what was found. Findings without a place come first; they concern the whole run.
    pub fn new(mut found: Vec<Diagnostic>, files: &dyn Files) -> Self {
        found.retain(|finding| finding.level > Level::Allow);
        found.sort_by(|a, b| order(a, b, files));
        found.dedup();
        Self { findings: found }
    }

    /// The findings in order.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.findings.is_empty()
    }

    /// How many findings refuse publication.
    pub fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.level >= Level::Deny).count()
    }

    /// How many findings do not.
    pub fn warnings(&self) -> usize {
        self.findings.len() - self.errors()
    }

    /// The most severe level; [`Level::Allow`] where nothing was found.
    pub fn worst(&self) -> Level {
        self.findings.iter().map(|finding| finding.level).max().unwrap_or(Level::Allow)
    }

    /// Each code that occurs, by id.
    pub fn codes(&self) -> BTreeSet<Code> {
        self.findings.iter().map(|finding| finding.code).collect()
    }
}

fn order(a: &Diagnostic, b: &Diagnostic, files: &dyn Files) -> Ordering {
    let place = |span: Span| (files.path(span.file), span.start, span.end);
    let label = |label: &Label| {
        (place(label.span).0.to_owned(), label.span.start, label.span.end, label.message.clone())
    };
    // What has to be mended is read first, on a page that shows a dozen findings and in a window that scrolls.
    let warns = |finding: &Diagnostic| finding.level < Level::Deny;
    (warns(a).cmp(&warns(b)))
        .then_with(|| a.primary.map(place).cmp(&b.primary.map(place)))
        .then_with(|| a.code.cmp(&b.code))
        .then_with(|| a.kind.cmp(&b.kind))
        .then_with(|| (&a.message, &a.label, &a.hint, a.level).cmp(&(&b.message, &b.label, &b.hint, b.level)))
        .then_with(|| a.related.iter().map(label).cmp(b.related.iter().map(label)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Shelf, finding};
    use super::*;
    use crate::diag::{FileId, Message, codes};

    #[test]
    fn errors_first_then_by_path_place_and_code_and_each_once() {
        let files = Shelf::new(&[("b.md", "二"), ("a.md", "一二三")]);
        let one = finding(codes::BROKEN_LINK, 0, 0..3);
        let found = vec![
            one.clone(),
            finding(codes::MISSING_ALT, 1, 3..6),
            finding(codes::STRAY_EMPHASIS, 1, 3..6),
            finding(codes::BROKEN_LINK, 1, 0..3),
            Diagnostic::new(codes::LOCKED, Message::new("locked")),
            one.clone(),
        ];
        let report = Report::new(found.clone(), &files);
        let ids: Vec<_> = report.findings().iter().map(|f| (f.primary.map(|s| s.file), f.code.id)).collect();
        let (a, b) = (Some(FileId(1)), Some(FileId(0)));
        assert_eq!(ids, [(None, "F424"), (a, "L301"), (a, "L302"), (b, "L301"), (a, "W204")]);
        let mut backwards = found;
        backwards.reverse();
        assert_eq!(Report::new(backwards, &files), report);
    }

    #[test]
    fn the_same_twice_among_near_equals_is_still_dropped() {
        let files = Shelf::new(&[("a.md", "一二三")]);
        let plain = finding(codes::BROKEN_LINK, 0, 0..3);
        let hinted = plain.clone().hint(Message::new("x"));
        let report = Report::new(vec![plain.clone(), hinted.clone(), plain, hinted], &files);
        assert_eq!(report.findings().len(), 2);
    }

    #[test]
    fn counts_and_worst() {
        let files = Shelf::new(&[("a.md", "一二三")]);
        assert_eq!(Report::default().worst(), Level::Allow);
        let mut allowed = finding(codes::BROKEN_LINK, 0, 0..3);
        allowed.level = Level::Allow;
        assert!(Report::new(vec![allowed.clone()], &files).is_empty());
        let warned = Report::new(vec![allowed, finding(codes::STRAY_EMPHASIS, 0, 0..1)], &files);
        assert_eq!((warned.errors(), warned.warnings(), warned.worst()), (0, 1, Level::Warn));
        let worse = Report::new(
            vec![finding(codes::PERSONAL_DATA, 0, 0..3), finding(codes::STRAY_EMPHASIS, 0, 0..1)],
            &files,
        );
        assert_eq!((worse.errors(), worse.warnings(), worse.worst()), (1, 1, Level::Forbid));
        assert_eq!(worse.codes().into_iter().map(|code| code.id).collect::<Vec<_>>(), ["P101", "W204"]);
    }
}
