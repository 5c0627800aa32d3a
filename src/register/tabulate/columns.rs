//! Which column is meant: by its header, by what the dataset's file says, or by what such columns are usually called.
//!
//! Refuses: a word that fits no column or several, and a column whose header tells who somebody is.
//! Invariant: a plan names every column that will be read; no other cell decides a count.

use super::definition;
use super::search::{Search, base, usual_key};
use super::time::Unit;
use super::{By, Problems, Request};
use crate::diag::Message;
use crate::register::amount::{Amount, YUAN};
use crate::register::header::Header;
use crate::register::identity::{self, Sort};
use crate::register::{Kept, letters};

/// Dimensions at most: a table of five is a list of persons.
pub const MOST: usize = 4;

/// What will be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Dimensions.
    pub dimensions: Vec<PlannedDimension>,
    /// Sums.
    pub sums: Vec<Sum>,
    /// The column of numbers of cases, where a row is not one case.
    pub counts: Option<usize>,
    /// The column of dates that the period is told by.
    pub dates: Option<usize>,
    /// Columns that are not read, and what they tell of a person.
    pub unread: Vec<(String, Option<Sort>)>,
}

/// A dimension as it will be read: which column, and how cells become codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDimension {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The column, from 0.
    pub column: usize,
    /// Its header.
    pub header: String,
    /// How cells become codes.
    pub kind: Kind,
    /// What the dataset's file says of its codes.
    pub defined: definition::DefinedDimension,
}

/// How cells become codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text is a category.
    Category,
    /// A date is a period.
    Time(Unit),
    /// A number is a band; where bands begin, and what a plain number counts (none where it is no money).
    Bands(Vec<i64>, Option<Amount>),
}

/// A column to add up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sum {
    /// Its key.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The column, from 0.
    pub column: usize,
    /// Its header.
    pub header: String,
    /// What a plain number counts.
    pub unit: Amount,
    /// Columns of the number of contributors and of the largest contributions.
    pub contributors: (String, Vec<String>),
}

/// Makes the plan. `sample` are the first cases. What stands in the way goes to `problems`.
pub fn plan(
    request: &Request,
    header: &Header,
    sample: &[(u32, Vec<Kept>)],
    late: bool,
    problems: &mut Problems,
) -> Option<Plan> {
    let search = Search { header, sample, late, year: request.year };
    let before = problems.count;
    let mut dimensions = dimensions(request, &search, problems);
    let sums = sums(request, &search, problems);
    let counts = super::counted::column(request, &search, &sums, problems);
    let timed = dimensions.iter().find(|one| matches!(one.kind, Kind::Time(_))).map(|one| one.column);
    let dates = match (timed, request.period) {
        (Some(column), _) => Some(column),
        (None, None) => None,
        (None, Some(_)) => search.only_date(problems),
    };
    for (key, column) in dimensions
        .iter()
        .map(|one| (&one.key, one.column))
        .chain(sums.iter().map(|sum| (&sum.key, sum.column)))
    {
        let name = &header.names[column];
        let banded = dimensions.iter().any(|one| &one.key == key && matches!(one.kind, Kind::Bands(..)));
        if let Some(sort) = identity::by_header(name).filter(|_| !banded) {
            let message = Message::new("register-identifies")
                .with("column", place(column, name))
                .with("sort", sort.key());
            problems.add_with(message, Some(Message::new("register-identifies-hint")));
        }
    }
    if problems.count > before {
        return None;
    }
    same_keys(&mut dimensions);
    let used: Vec<usize> = dimensions
        .iter()
        .map(|one| one.column)
        .chain(sums.iter().map(|sum| sum.column))
        .chain(dates)
        .chain(counts)
        .collect();
    let unread = (0..header.names.len())
        .filter(|column| !used.contains(column) && !header.names[*column].is_empty())
        .map(|column| (header.names[column].clone(), identity::by_header(&header.names[column])))
        .collect();
    Some(Plan { dimensions, sums, counts, dates, unread })
}

/// How a column is named to staff: `C列“所属村”`.
pub fn place(column: usize, name: &str) -> String {
    format!("{}“{name}”", letters(column))
}

fn dimensions(request: &Request, search: &Search<'_>, problems: &mut Problems) -> Vec<PlannedDimension> {
    let asked: Vec<(By, definition::DefinedDimension)> = match &request.defined {
        Some(defined) if !defined.dimensions.is_empty() => {
            of_definition(request, &defined.dimensions, problems)
        }
        _ => request.by.iter().map(|by| (by.clone(), definition::DefinedDimension::default())).collect(),
    };
    if asked.is_empty() && problems.count == 0 {
        problems.add(Message::new("register-no-by").with("headers", search.headers()));
    }
    if asked.len() > MOST {
        problems.add(Message::new("register-too-many-by").with("most", MOST));
        return Vec::new();
    }
    asked.into_iter().filter_map(|(by, defined)| dimension(by, defined, search, problems)).collect()
}

/// The dimensions that the dataset's file has, each with what was asked for.
fn of_definition(
    request: &Request,
    defined: &[definition::DefinedDimension],
    problems: &mut Problems,
) -> Vec<(By, definition::DefinedDimension)> {
    let fits = |by: &By, one: &definition::DefinedDimension| {
        let word = by.key.as_ref().unwrap_or(&by.word);
        *word == one.key
            || one.label.as_ref() == Some(word)
            || one.columns.contains(word)
            || one.time.is_some() && by.unit == one.time
    };
    for by in request.by.iter().filter(|by| !defined.iter().any(|one| fits(by, one))) {
        let keys: Vec<&str> = defined.iter().map(|one| one.key.as_str()).collect();
        problems.add_with(
            Message::new("register-not-defined").with("word", &by.word).with("keys", keys.join("、")),
            Some(Message::new("register-not-defined-hint")),
        );
    }
    let mut asked = Vec::new();
    for one in defined {
        let by = request.by.iter().find(|by| fits(by, one));
        if by.is_none() && !request.by.is_empty() {
            problems.add(Message::new("register-left-out").with("key", &one.key));
        }
        let word = one.columns.first().or(one.label.as_ref()).unwrap_or(&one.key).clone();
        let plain = By { key: None, word, unit: one.time, cuts: Vec::new() };
        let mut by = by.cloned().filter(|by| by.key.is_some() || !by.cuts.is_empty()).unwrap_or(plain);
        if by.cuts.is_empty() && one.time.is_none() {
            by.cuts = one.cuts().unwrap_or_default();
        }
        by.key = Some(one.key.clone());
        by.unit = one.time.or(by.unit);
        asked.push((by, one.clone()));
    }
    asked
}

fn dimension(
    by: By,
    defined: definition::DefinedDimension,
    search: &Search<'_>,
    problems: &mut Problems,
) -> Option<PlannedDimension> {
    let timed = by.unit.filter(|_| by.cuts.is_empty());
    let named = !defined.columns.is_empty();
    let word_is_unit =
        timed.is_some() && !named && (Unit::named(&by.word).is_some() || by.key.as_ref() == Some(&by.word));
    let words = if named { defined.columns.clone() } else { vec![by.word.clone()] };
    let extra = defined.label.iter().chain([&defined.key]).filter(|word| !word.is_empty()).cloned();
    let found = match words.iter().cloned().chain(extra).find_map(|word| search.exact(&word)) {
        Some(found) => Some(found),
        None if word_is_unit || timed.is_some() && !defined.key.is_empty() && !named => {
            Some(search.only_date(problems)?)
        }
        None => None,
    };
    let column = match found {
        Some(column) => column,
        None => search.find(&words[0], problems)?,
    };
    let name = &search.header.names[column];
    let kind = match timed {
        Some(unit) => Kind::Time(unit),
        None if !by.cuts.is_empty() => Kind::Bands(by.cuts.clone(), money(name)),
        None => Kind::Category,
    };
    if kind == Kind::Category && search.is_date(column) {
        problems.add(
            Message::new("register-date-unit").with("column", place(column, name)).with("word", &by.word),
        );
        return None;
    }
    let (key, label) = match timed {
        Some(unit) => (unit.key().to_owned(), unit.label().to_owned()),
        None => (usual_key(name).unwrap_or_else(|| base(name)), shown(name)),
    };
    let key = by.key.unwrap_or(key);
    let label = defined.label.clone().unwrap_or(label);
    Some(PlannedDimension { key, label, column, header: name.clone(), kind, defined })
}

fn sums(request: &Request, search: &Search<'_>, problems: &mut Problems) -> Vec<Sum> {
    let defined: Vec<&definition::Measure> =
        request.defined.iter().flat_map(|one| &one.measures).filter(|one| one.amount).collect();
    let mut asked: Vec<(String, Option<&definition::Measure>)> = Vec::new();
    for word in &request.sum {
        let known = defined
            .iter()
            .find(|one| one.key == *word || one.label.as_ref() == Some(word) || one.columns.contains(word));
        if known.is_none() && request.defined.as_ref().is_some_and(|one| !one.measures.is_empty()) {
            let keys: Vec<&str> = defined.iter().map(|one| one.key.as_str()).collect();
            problems.add_with(
                Message::new("register-not-defined").with("word", word).with("keys", keys.join("、")),
                Some(Message::new("register-not-defined-hint")),
            );
        }
        asked.push((word.clone(), known.copied()));
    }
    if request.sum.is_empty() {
        asked.extend(defined.iter().map(|one| (one.key.clone(), Some(*one))));
    }
    let of_one = |(word, defined): (String, Option<&definition::Measure>)| {
        let words = defined
            .map(|one| one.columns.iter().chain(&one.label).cloned().collect::<Vec<_>>())
            .unwrap_or_default();
        let column = match words.iter().chain([&word]).find_map(|word| search.exact(word)) {
            Some(column) => column,
            None => search.find(words.first().unwrap_or(&word), problems)?,
        };
        let name = &search.header.names[column];
        let key =
            defined.map(|one| one.key.clone()).or_else(|| usual_key(name)).unwrap_or_else(|| base(name));
        let usual = (format!("{key}.n"), vec![format!("{key}.1"), format!("{key}.2")]);
        let contributors = defined.and_then(|one| one.contributors.clone()).unwrap_or(usual);
        let label = defined.and_then(|one| one.label.clone()).unwrap_or_else(|| base(name));
        let unit = money(name).unwrap_or(YUAN);
        Some(Sum { key, label, column, header: name.clone(), unit, contributors })
    };
    asked.into_iter().filter_map(of_one).collect()
}

/// What a plain number below a header counts; none where the header tells of no money.
fn money(name: &str) -> Option<Amount> {
    let said = ["元", "金额", "损失", "款"].iter().any(|word| name.contains(word));
    said.then_some(if name.contains("万元") { 10_000 * YUAN } else { YUAN })
}

/// Two dimensions of one key take their headers for keys.
fn same_keys(dimensions: &mut [PlannedDimension]) {
    for at in 1..dimensions.len() {
        if dimensions[..at].iter().any(|one| one.key == dimensions[at].key) {
            dimensions[at].key = base(&dimensions[at].header);
        }
    }
}

/// A header as a label.
fn shown(name: &str) -> String {
    name.rsplit('/').next().unwrap_or(name).replace('(', "（").replace(')', "）")
}
