//! What was published before, in the numbers of a study.
//!
//! Refuses: releases whose codes no category has any more; nobody could say what they give away today.
//! Invariant: a cell of a release has the leaves that it had then; what came since is not among them.

use super::draft::Draft;
use super::family::Families;
use super::joint::{Claim, Released};
use super::ledger::{Release, ReleasedCell};
use super::problem::Pin;
use super::promise::MarkPromise;
use super::space::Space;
use crate::diag::{Diagnostic, Message, Sink, Span, codes};
use crate::model::dataset::Dataset;

/// Reading releases in the numbers of a study.
pub(super) struct Past<'p, 'm> {
    pub(super) datasets: &'p [&'m Dataset],
    pub(super) spaces: &'p mut Vec<Space>,
    pub(super) sink: &'p mut Sink,
}

/// Something of a release before its cells have numbers.
pub(super) struct PastCell<'m> {
    release: &'m Release,
    cell: &'m ReleasedCell,
    measure: usize,
    groups: Vec<u32>,
    /// Denominator, digits and decimals, where it is a rate.
    rate: Option<(usize, Vec<u32>, i64, u8)>,
}

impl<'m> PastCell<'m> {
    /// Gives it its numbers.
    pub(super) fn add_to(self, families: &Families, draft: &mut Draft, released: &mut Vec<Released<'m>>) {
        let cell = families.cell(draft, self.measure, &self.groups);
        let policy = self.release.policy(&self.cell.figures);
        let promise = MarkPromise::preferred(policy.zeros_sensitive);
        let rule = (draft.rule(policy), promise);
        let claim = match (self.rate, self.cell.value) {
            (Some((measure, groups, digits, decimals)), _) => {
                let below = families.cell(draft, measure, &groups);
                draft.pin(below, Pin::Printed);
                draft.pin(cell, Pin::Printed);
                Claim::Rate(cell, below, digits, decimals)
            }
            (None, Some(value)) => {
                draft.pin(cell, Pin::Printed);
                families.beside(draft, cell, Some(rule.0), self.measure, &self.groups);
                Claim::Number(cell, value)
            }
            (None, None) => {
                draft.pin(cell, Pin::Hidden);
                Claim::Hidden(cell)
            }
        };
        released.push(Released { release: self.release, cell: self.cell, claim, rule });
    }
}

impl<'m> Past<'_, 'm> {
    /// All that concerns these datasets; none where something is gone, and the sink says what.
    pub(super) fn cells(&mut self, releases: &'m [Release]) -> Option<Vec<PastCell<'m>>> {
        let before = self.sink.found().len();
        let mut found = Vec::new();
        for release in releases {
            for cell in &release.cells {
                if let Some((measure, groups)) = self.place(release, cell) {
                    found.push(PastCell { release, cell, measure, groups, rate: None });
                }
            }
            for rate in &release.rates {
                let sides = self.place(release, &rate.numerator).zip(self.place(release, &rate.denominator));
                if let Some(((measure, groups), (per, below))) = sides {
                    let rest = Some((per, below, rate.digits, rate.decimals));
                    found.push(PastCell { release, cell: &rate.numerator, measure, groups, rate: rest });
                }
            }
        }
        (self.sink.found().len() == before).then_some(found)
    }

    /// Where a cell of a release is now; none where it is of another study, or gone.
    fn place(&mut self, release: &Release, cell: &ReleasedCell) -> Option<(usize, Vec<u32>)> {
        // Datasets of one file agree about measures and codes.
        let dataset = *self.datasets.iter().find(|dataset| dataset.figures_name() == cell.figures)?;
        let Some(measure) = dataset.measures.iter().position(|measure| measure.key == cell.measure) else {
            self.gone(release, dataset, &cell.measure);
            return None;
        };
        let mut groups = Vec::with_capacity(self.spaces.len());
        for at in 0..self.spaces.len() {
            let key = self.spaces[at].key.clone();
            let Some(then) = release.dimensions.get(&(cell.figures.clone(), key.clone())) else {
                let all = self.spaces[at].all();
                groups.push(self.spaces[at].number(all));
                continue;
            };
            let code = cell.at.get(&key).unwrap_or(&then.total);
            let Some(members) = then.of(code) else {
                self.gone(release, dataset, code);
                return None;
            };
            let mut set = Vec::with_capacity(members.len());
            for member in members {
                match self.spaces[at].codes.get(member) {
                    Some(leaf) => set.push(*leaf),
                    None => {
                        self.gone(release, dataset, member);
                        return None;
                    }
                }
            }
            groups.push(self.spaces[at].number(set));
        }
        // A dimension that was given up restricted nothing only where it was shown as a whole.
        let own: Vec<String> = self.spaces.iter().map(|space| space.key.clone()).collect();
        for (key, code) in cell.at.iter().filter(|(key, _)| !own.contains(key)) {
            let then = release.dimensions.get(&(cell.figures.clone(), key.clone()));
            if then.is_none_or(|then| then.of(code).is_none_or(|set| set.len() != then.leaves.len())) {
                self.gone(release, dataset, key);
                return None;
            }
        }
        Some((measure, groups))
    }

    fn gone(&mut self, release: &Release, dataset: &Dataset, name: &str) {
        let message = Message::new("release-code-gone").with("name", name).with("release", &release.name);
        let known =
            |finding: &Diagnostic| finding.message == message && finding.primary == Some(dataset.title.span);
        if self.sink.found().iter().any(known) {
            return;
        }
        self.sink.report(
            Diagnostic::new(codes::RELEASED_FIGURE, message.clone())
                .at(dataset.title.span)
                .hint(Message::new("release-code-gone-hint").with("name", name))
                .related(Span::new(release.file, 0..0), Message::new("release-here")),
        );
    }
}
