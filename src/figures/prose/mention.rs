//! Names of villages, types and months in running text.
//!
//! Refuses: a name inside a longer name, a month that is a part of a span (1—3月) or of another year.
//! Invariant: mentions do not overlap, and longer names win.

use super::super::chart::month;
use crate::statistics::safe::SafeDataset;
use std::ops::Range;

/// A name that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub range: Range<usize>,
    /// Index of its dimension.
    pub dimension: usize,
    /// Its code; none where it is something that the dimension does not have, such as a month of another year.
    pub code: Option<String>,
}

/// The names of one dataset.
pub struct Names {
    /// Name, dimension, code; longest names first.
    names: Vec<(String, usize, String)>,
    time: Option<usize>,
}

impl Names {
    /// Those of a dataset.
    pub fn of(dataset: &SafeDataset) -> Self {
        let mut names: Vec<(String, usize, String)> = Vec::new();
        let mut time = None;
        for (index, dimension) in dataset.dimensions().iter().enumerate() {
            if dimension.time {
                time = Some(index);
            }
            for (code, label) in &dimension.entries {
                if let Some((year, of_year)) = month(code) {
                    let twins = dimension
                        .entries
                        .iter()
                        .filter(|(other, _)| month(other).is_some_and(|(_, other)| other == of_year));
                    names.push((format!("{year}年{of_year}月"), index, code.clone()));
                    // Where two years have this month, its number alone names neither.
                    if twins.count() == 1 {
                        names.push((format!("{of_year}月"), index, code.clone()));
                    }
                    continue;
                }
                // The name of all is no name of one.
                if label.chars().count() >= 2 && label != "合计" && label != "总计" {
                    names.push((label.clone(), index, code.clone()));
                    if let Some((short, _)) =
                        label.split_once('（').filter(|(short, _)| short.chars().count() >= 2)
                    {
                        names.push((short.to_owned(), index, code.clone()));
                    }
                }
            }
        }
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        // Two things of one name: nobody knows which is meant.
        let twice: Vec<String> = names
            .windows(2)
            .filter(|pair| pair[0].0 == pair[1].0 && (pair[0].1, &pair[0].2) != (pair[1].1, &pair[1].2))
            .map(|pair| pair[0].0.clone())
            .collect();
        names.retain(|(name, ..)| !twice.contains(name));
        Self { names, time }
    }

    /// The names in a text, in order.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for (name, dimension, code) in &self.names {
            for (start, _) in text.match_indices(name.as_str()) {
                let range = start..start + name.len();
                if found.iter().any(|other| other.range.start < range.end && range.start < other.range.end) {
                    continue;
                }
                let stranger =
                    Some(*dimension) == self.time && strange(&text[..start], name, &text[range.end..]);
                let code = (!stranger).then(|| code.clone());
                found.push(Mention { range, dimension: *dimension, code });
            }
        }
        if let Some(time) = self.time {
            for word in ["去年", "上年", "前年", "上个月", "上月", "同期", "往年", "季度", "半年"]
            {
                for (start, _) in text.match_indices(word) {
                    found.push(Mention { range: start..start + word.len(), dimension: time, code: None });
                }
            }
        }
        found.sort_by_key(|mention| (mention.range.start, mention.range.end));
        found
    }
}

/// Whether a month's name is of a span, of another year, or of a date.
fn strange(before: &str, name: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    let dated =
        after.trim_start().chars().next().is_some_and(|c| c.is_ascii_digit()) && name.ends_with('月') && {
            let digits = after.trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
            digits.starts_with('日') || digits.starts_with('号')
        };
    let span = after.starts_with(['至', '到', '—', '-', '－', '～', '~']) || after.starts_with("以来");
    let joined = last.is_some_and(|c| c.is_ascii_digit() || "年至到—-－～~".contains(c));
    dated
        || span
        || (joined && !name.contains('年'))
        || (name.contains('年') && last.is_some_and(|c| c.is_ascii_digit()))
}
