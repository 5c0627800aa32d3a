//! The ledger: what was published before, as `content/data/releases/*.json` tells it.
//!
//! A release is what `yuanba audit --json` writes, with a policy for each file of figures: what was hidden under it stays
//! hidden as it was promised then, whatever the policy of today. Releases of before that (`sdc-audit/1`) had one policy for
//! all files, and said nothing of contributors.
//!
//! Refuses: files of another form.
//! Invariant: a cell of a release means what it meant then: its codes and its policy are those of the release, not today's.

use super::draft::Policy;
use super::promise::MarkPromise;
use super::safe::SafeData;
use super::{digests, published};
use crate::diag::{Diagnostic, FileId, Files, Message, Sink, Span, codes};
use crate::model::Collected;
use crate::model::dataset::Dataset;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The name of the neutral form.
pub const FORMAT: &str = "sdc-audit/1";
/// The name of a release's form, which is the neutral form with policies.
pub const RELEASE_FORMAT: &str = "yuanba-release/2";
/// Releases of that form before it had a name of its own.
const OLD_FORMAT: &str = FORMAT;

/// A release.
#[derive(Clone, Debug)]
pub struct Release {
    /// Its name.
    pub name: String,
    /// Its file.
    pub file: FileId,
    /// Its dimensions by figures and key.
    pub dimensions: BTreeMap<(String, String), ReleasedDimension>,
    /// What its tables showed.
    pub cells: Vec<ReleasedCell>,
    /// Its rates.
    pub rates: Vec<ReleasedRate>,
    /// By figures: how they were protected.
    policies: BTreeMap<String, ReleasedPolicy>,
    /// How those that it does not name were.
    otherwise: Policy,
}

/// How figures were protected, and what their mark said.
#[derive(Clone, Debug)]
struct ReleasedPolicy {
    policy: Policy,
    promise: MarkPromise,
}

impl Release {
    /// How figures were protected.
    pub fn policy(&self, figures: &str) -> Policy {
        self.policies.get(figures).map_or_else(|| self.otherwise.clone(), |own| own.policy.clone())
    }

    /// What the mark said of figures, where that is known.
    pub fn promise(&self, figures: &str) -> Option<MarkPromise> {
        self.policies.get(figures).map(|own| own.promise)
    }
}

/// A dimension as it was then.
#[derive(Clone, Debug, Default)]
pub struct ReleasedDimension {
    /// Its codes.
    pub leaves: Vec<String>,
    /// Its groups.
    pub groups: BTreeMap<String, Vec<String>>,
    /// Code of the total.
    pub total: String,
}

/// A cell of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleasedCell {
    /// Of which file of figures.
    pub figures: String,
    /// In which table.
    pub table: String,
    /// What it counts.
    pub measure: String,
    /// Where, by dimension.
    pub at: BTreeMap<String, String>,
    /// What was printed; none: hidden.
    pub value: Option<i64>,
}

/// A rate of a release.
#[derive(Clone, Debug)]
pub struct ReleasedRate {
    /// Its numerator; the value is unused.
    pub numerator: ReleasedCell,
    /// Its denominator.
    pub denominator: ReleasedCell,
    /// What was printed, as digits.
    pub digits: i64,
    /// How many of them stand behind the point.
    pub decimals: u8,
}

impl ReleasedDimension {
    /// The codes that a code stood for.
    pub fn of(&self, code: &str) -> Option<BTreeSet<&str>> {
        if let Some(members) = self.groups.get(code) {
            return Some(members.iter().map(String::as_str).collect());
        }
        if let Some(leaf) = self.leaves.iter().find(|leaf| *leaf == code) {
            return Some(BTreeSet::from([leaf.as_str()]));
        }
        (code == self.total).then(|| self.leaves.iter().map(String::as_str).collect())
    }
}

/// What is published now, as a release.
pub fn current(safe: &SafeData) -> Option<Release> {
    read(&published::release(safe, ""), "", FileId(0), None)
}

/// Reads all releases, by name.
pub fn read_all(model: &Collected, sink: &mut Sink) -> Vec<Release> {
    digests::check(model, sink);
    let mut files: BTreeSet<String> = model.datasets().values().map(Dataset::figures_name).collect();
    let only = if files.len() == 1 { files.first().cloned() } else { None };
    // What cannot be read is told already.
    files.extend(model.data.broken.iter().cloned());
    let mut releases = Vec::new();
    for (path, file) in &model.data.releases {
        let text = model.sources.text(*file);
        let stem = path.file_name().trim_end_matches(".json");
        let read = serde_json::from_str(text).ok().and_then(|json| read(&json, stem, *file, only.as_deref()));
        match read {
            Some(release) => {
                for gone in release.dimensions.keys().map(|(figures, _)| figures).collect::<BTreeSet<_>>() {
                    if model.data.broken.is_empty() && !files.contains(gone) {
                        let message = Message::new("release-data-gone").with("name", gone);
                        sink.report(
                            Diagnostic::new(codes::RELEASED_FIGURE, message)
                                .at(Span::new(*file, 0..0))
                                .hint(Message::new("release-data-gone-hint").with("name", gone)),
                        );
                    }
                }
                releases.push(release);
            }
            None => sink.report(
                Diagnostic::new(codes::DATASET_DEFINITION, Message::new("release-form"))
                    .at(Span::new(*file, 0..0))
                    .hint(Message::new("release-form-hint")),
            ),
        }
    }
    releases
}

fn read(json: &Value, stem: &str, file: FileId, only: Option<&str>) -> Option<Release> {
    let policies = match json["format"].as_str()? {
        RELEASE_FORMAT => read_policies(&json["policies"])?,
        OLD_FORMAT => BTreeMap::new(),
        _ => return None,
    };
    let mut release = Release {
        name: json["release"].as_str().unwrap_or(stem).to_owned(),
        file,
        dimensions: BTreeMap::new(),
        cells: Vec::new(),
        rates: Vec::new(),
        policies,
        otherwise: old_policy(json),
    };
    for (name, dimension) in json["dims"].as_object()? {
        release.dimensions.insert(split(name, only)?, read_dimension(dimension)?);
    }
    for table in json["tables"].as_array()? {
        let measure = table["measure"].as_str().unwrap_or("cases");
        let id = table["id"].as_str().unwrap_or_default();
        for cell in table["cells"].as_array()? {
            let value = match &cell["value"] {
                Value::Null => None,
                value => Some(value.as_i64()?),
            };
            release.cells.push(read_cell(&cell["at"], id, measure, only, value)?);
        }
    }
    for rate in json["rates"].as_array().map_or(&[][..], Vec::as_slice) {
        let side = |name: &str| {
            let side = &rate[name];
            read_cell(&side["at"], "", side["measure"].as_str().unwrap_or("cases"), only, None)
        };
        let decimals = u8::try_from(rate["decimals"].as_u64()?).ok().filter(|decimals| *decimals <= 3)?;
        let digits = digits(rate["value"].as_number()?.to_string().as_str(), decimals)?;
        let (numerator, denominator) = (side("num")?, side("den")?);
        release.rates.push(ReleasedRate { numerator, denominator, digits, decimals });
    }
    Some(release)
}

fn read_policies(json: &Value) -> Option<BTreeMap<String, ReleasedPolicy>> {
    let own = |json: &Value| {
        let number = |key: &str| json[key].as_i64().filter(|number| (0..=1_000_000).contains(number));
        let dominance = match json["dominance"].as_array().map(Vec::as_slice) {
            None => None,
            Some([most, percent]) => Some((u32::try_from(most.as_u64()?).ok()?, percent.as_i64()?)),
            Some(_) => return None,
        };
        let policy = Policy {
            threshold: number("threshold")?,
            width: number("width")?,
            zeros_sensitive: json["zeros_sensitive"].as_bool()?,
            p: number("p")?,
            dominance,
            contributors: u32::try_from(number("contributors")?).ok()?,
            insiders: json["insiders"].as_bool()?,
        };
        Some(ReleasedPolicy { policy, promise: MarkPromise::of_least(number("least")?)? })
    };
    json.as_object()?.iter().map(|(figures, json)| Some((figures.clone(), own(json)?))).collect()
}

/// How a release of before policies had names of figures protected all of them.
fn old_policy(json: &Value) -> Policy {
    let (k, own) = (json["k"].as_i64().unwrap_or(1).clamp(1, 1_000_000), &json["policy"]);
    Policy {
        width: own["min_width"].as_i64().unwrap_or(k).clamp(1, 1_000_000),
        zeros_sensitive: own["zeros_sensitive"] == true,
        p: own["p"].as_i64().unwrap_or(10).clamp(0, 1_000_000),
        insiders: own["insider"] == true,
        // What it printed with fewer contributors than today's policy asks for is known, and was right then.
        contributors: 0,
        ..Policy::new(k)
    }
}

/// `91.2` to so many decimals, without a detour over binary fractions.
fn digits(text: &str, decimals: u8) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let places = usize::from(decimals);
    if part.len() > places && part[places..].bytes().any(|byte| byte != b'0') {
        return None;
    }
    let part: String = part.chars().chain(std::iter::repeat('0')).take(places).collect();
    format!("{whole}{part}").parse().ok()
}

fn read_dimension(json: &Value) -> Option<ReleasedDimension> {
    let texts = |list: &Value| -> Option<Vec<String>> {
        list.as_array()?.iter().map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let leaves = texts(&json["leaves"])?;
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if let Some(all) = json["groups"].as_object() {
        for (code, members) in all {
            groups.insert(code.clone(), texts(members)?);
        }
    }
    let total = json["total"].as_str().unwrap_or("ALL").to_owned();
    Some(ReleasedDimension { leaves, groups, total })
}

fn read_cell(
    at: &Value,
    table: &str,
    measure: &str,
    only: Option<&str>,
    value: Option<i64>,
) -> Option<ReleasedCell> {
    let (figures, measure) = split(measure, only)?;
    let mut places = BTreeMap::new();
    for (name, code) in at.as_object()? {
        places.insert(split(name, only)?.1, code.as_str()?.to_owned());
    }
    Some(ReleasedCell { figures, table: table.to_owned(), measure, at: places, value })
}

/// `FIGURES/NAME`; a name alone belongs to the only file.
fn split(name: &str, only: Option<&str>) -> Option<(String, String)> {
    match name.split_once('/') {
        Some((figures, name)) => Some((figures.to_owned(), name.to_owned())),
        None => only.map(|only| (only.to_owned(), name.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_digit_by_digit() {
        assert_eq!((digits("91.2", 1), digits("90", 1), digits("0.05", 2)), (Some(912), Some(900), Some(5)));
        assert_eq!((digits("91.25", 1), digits("91.20", 1), digits("x", 1)), (None, Some(912), None));
    }

    #[test]
    fn a_code_means_what_it_meant_then() {
        let json = serde_json::json!({"leaves": ["1", "2"], "groups": {"YTD-02": ["1", "2"]}});
        let dimension = read_dimension(&json).expect("a dimension");
        assert_eq!(dimension.of("ALL"), dimension.of("YTD-02"));
        assert_eq!((dimension.of("2").map(|set| set.len()), dimension.of("3")), (Some(1), None));
    }
}
