//! Why statistics are not published, in words that staff can act on.
//!
//! Refuses: a refusal without a way out.
//! Invariant: a finding stands at the dataset, or at the row of the figures that it is about.

use super::joint::{Claim, Released, Study};
use super::problem::{CellId, Problem};
use super::propose::propose;
use super::suppress::{Refusal, given_away_by};
use crate::diag::{Diagnostic, Message, Span, codes};
use crate::model::dataset::Dataset;
use crate::model::dataset::dimension::Member;

/// The most cells that are named.
pub(super) const NAMED: usize = 5;
/// The most categories of a set, and sets of a dimension, that it names.
const SHOWN: usize = 6;

/// S606 by a message alone.
pub(super) fn plain(study: &Study, id: &'static str) -> Diagnostic {
    let hint = match id {
        "study-too-large" => "study-too-large-hint",
        "study-number" => "study-number-hint",
        _ => "study-coarser-hint",
    };
    unprotectable(study, Message::new(id), Message::new(hint))
}

fn unprotectable(study: &Study, message: Message, hint: Message) -> Diagnostic {
    let dataset = study.shown[0].dataset;
    Diagnostic::new(codes::NOT_PROTECTABLE, message.with("dataset", &dataset.title.value))
        .at(dataset.title.span)
        .hint(hint)
}

/// What the search says.
pub(super) fn refusal(study: &Study, problem: &Problem, refusal: &Refusal) -> Diagnostic {
    match refusal {
        Refusal::Pinned { cells } => given_away(study, problem, cells),
        Refusal::Sparse { hidden, figures } => {
            let message = Message::new("study-sparse").with("hidden", hidden).with("figures", figures);
            unprotectable(study, message, proposal(study))
        }
        Refusal::NotFound { cells } => {
            let listed: Vec<CellId> =
                cells.iter().copied().filter(|cell| problem.cells[*cell].listed).collect();
            let message = match names(study, &listed) {
                places if places.is_empty() => Message::new("study-not-found-between"),
                places => Message::new("study-not-found").with("places", places),
            };
            unprotectable(study, message, proposal(study))
        }
    }
}

/// S607: earlier releases give away together what they hid. They are told by the names under which readers know them.
fn given_away(study: &Study, problem: &Problem, cells: &[CellId]) -> Diagnostic {
    let dataset = study.shown[0].dataset;
    let mut reasons: Vec<CellId> =
        cells.iter().take(NAMED).flat_map(|cell| given_away_by(problem, *cell)).collect();
    reasons.sort_unstable();
    reasons.dedup();
    // The figures that give it away, and the releases that printed them; where these cannot be told, all of them.
    let mut printed: Vec<&Released> = Vec::new();
    for released in &study.released {
        if !matches!(released.claim, Claim::Hidden(_))
            && (reasons.is_empty() || reasons.contains(&released.claim.cell()))
            && !printed.iter().any(|other| other.claim.cell() == released.claim.cell())
        {
            printed.push(released);
        }
    }
    let mut releases: Vec<&str> = printed.iter().map(|one| one.release.name.as_str()).collect();
    releases.sort_unstable();
    releases.dedup();
    let figure = |released: &&Released| format!("{} {}", released.release.name, place(dataset, released));
    let mut figures: Vec<String> = printed.iter().take(NAMED).map(figure).collect();
    if printed.len() > NAMED {
        figures.push("…".to_owned());
    }
    let hidden =
        study.released.iter().filter(|one| matches!(one.claim, Claim::Hidden(cell) if cells.contains(&cell)));
    let mut hidden: Vec<String> = hidden.map(|one| figure(&one)).collect();
    hidden.dedup();
    hidden.truncate(NAMED);
    let id = if hidden.is_empty() { "released-between" } else { "released-together" };
    let message = Message::new(id)
        .with("releases", releases.join("、"))
        .with("places", hidden.join("；"))
        .with("figures", figures.join("；"));
    let finding = Diagnostic::new(codes::RELEASED_FIGURE, message)
        .at(dataset.title.span)
        .hint(Message::new("released-together-hint"));
    let mut files: Vec<_> = printed.iter().map(|one| one.release.file).collect();
    files.dedup();
    files
        .into_iter()
        .take(NAMED)
        .fold(finding, |finding, file| finding.related(Span::new(file, 0..0), Message::new("release-here")))
}

/// Which categories or periods to merge, and what that would be good for.
fn proposal(study: &Study) -> Message {
    let Some(best) = propose(study.draft()).into_iter().next() else {
        return Message::new("study-coarser-hint");
    };
    let dataset = study.shown[0].dataset;
    let merges = best.merges.iter().map(|merge| {
        let key = &study.dimensions[merge.dimension];
        let dimension = dataset.dimensions.iter().find(|dimension| dimension.key == *key);
        let dimension = dimension.expect("the dimensions of a study are those of its datasets");
        // The leaves of a study are the codes of its first dataset.
        let set = |set: &Vec<u32>| {
            let labels: Vec<&str> =
                set.iter().take(SHOWN).map(|code| dimension.label(Member::Code(*code))).collect();
            let more = if set.len() > SHOWN { "…" } else { "" };
            format!("{}{more}", labels.join("+"))
        };
        let sets: Vec<String> = merge.sets.iter().take(SHOWN).map(set).collect();
        let more = if merge.sets.len() > SHOWN { "…" } else { "" };
        format!("{}: {}{more}", dimension.label, sets.join("、"))
    });
    Message::new("study-merge-hint")
        .with("merges", merges.collect::<Vec<_>>().join("；"))
        .with("hidden", best.hidden)
        .with("figures", best.figures)
}

/// Where cells are shown, in the words of the dataset.
fn names(study: &Study, cells: &[CellId]) -> String {
    let mut names: Vec<String> = cells.iter().filter_map(|cell| name(study, *cell)).take(NAMED + 1).collect();
    if names.len() > NAMED {
        names.truncate(NAMED);
        names.push("…".to_owned());
    }
    names.join("；")
}

fn name(study: &Study, cell: CellId) -> Option<String> {
    use super::joint::{Figure, views};
    for shown in &study.shown {
        for (view, places) in views(shown.dataset).zip(&shown.places) {
            let Some(at) = places.iter().position(|place| *place == Figure::Cell(cell)) else { continue };
            let at = at / view.series.len();
            let (row, column) = (at / view.columns.entries.len(), at % view.columns.entries.len());
            let label =
                |(&at, level): (&usize, &Member)| shown.dataset.dimensions[at].label(*level).to_owned();
            let rows = view.rows.dimensions.iter().zip(&view.rows.entries[row]);
            let columns = view.columns.dimensions.iter().zip(&view.columns.entries[column]);
            let labels: Vec<String> = rows.chain(columns).map(label).collect();
            return Some(format!("{} {}", view.title, labels.join(" ")));
        }
    }
    None
}

/// S607: a figure differs from what was published.
pub(super) fn revision(
    study: &Study,
    released: &Released,
    then: Option<i64>,
    now: Option<i64>,
    decimals: u8,
) -> Diagnostic {
    let dataset = study.shown[0].dataset;
    let number = |value: Option<i64>| match (value, decimals) {
        (None, _) => "–".to_owned(),
        (Some(value), 0) => value.to_string(),
        (Some(value), places) => {
            let scale = 10i64.pow(u32::from(places));
            format!("{}.{:0width$}%", value / scale, value % scale, width = usize::from(places))
        }
    };
    let message = Message::new("released-figure")
        .with("place", place(dataset, released))
        .with("release", &released.release.name)
        .with("then", number(then))
        .with("now", number(now));
    Diagnostic::new(codes::RELEASED_FIGURE, message)
        .at(row(dataset, released).unwrap_or(dataset.title.span))
        .hint(Message::new("released-figure-hint").with("release", &released.release.name))
        .related(Span::new(released.release.file, 0..0), Message::new("release-here"))
}

/// S607: more of them.
pub(super) fn revisions(study: &Study, more: usize) -> Diagnostic {
    let dataset = study.shown[0].dataset;
    Diagnostic::new(codes::RELEASED_FIGURE, Message::new("released-figures-more").with("more", more))
        .at(dataset.title.span)
        .hint(Message::new("released-figures-more-hint"))
}

fn place(dataset: &Dataset, released: &Released) -> String {
    let labels: Vec<&str> = released
        .cell
        .at
        .iter()
        .map(|(key, code)| {
            let dimension = dataset.dimensions.iter().find(|dimension| dimension.key == *key);
            let level = dimension.and_then(|dimension| Some((dimension, dimension.level(code)?)));
            level.map_or(code.as_str(), |(dimension, level)| dimension.label(level))
        })
        .collect();
    if labels.is_empty() {
        return dataset.dimensions.first().map_or(String::new(), |dimension| dimension.total.1.clone());
    }
    labels.join("、")
}

/// The row of the figures that a cell is, where it is one.
fn row(dataset: &Dataset, released: &Released) -> Option<Span> {
    let codes: Option<Vec<u32>> = dataset
        .dimensions
        .iter()
        .map(|dimension| match dimension.level(released.cell.at.get(&dimension.key)?)? {
            Member::Code(code) => Some(code),
            _ => None,
        })
        .collect();
    let codes = codes?;
    dataset.rows.iter().find(|row| row.at == codes).map(|row| row.span)
}
