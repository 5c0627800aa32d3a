//! Names of villages, types and groups in running text, in full and as people shorten them.
//!
//! Refuses: a name inside a longer name; a short name that could be two things, or that begins the name of a place
//! (龙潭小学). Invariant: mentions do not overlap, and longer names win.

use super::super::chart::month;
use super::fold::Folded;
use super::time;
use crate::statistics::safe::SafeDataset;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// A name that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where.
    pub range: Range<usize>,
    /// Index of its dimension.
    pub dimension: usize,
    /// Its code.
    pub code: String,
}

/// A way to name a code.
#[derive(Debug)]
struct Name {
    text: String,
    dimension: usize,
    code: String,
    /// Made of a longer one: what may not follow is looked at.
    short: bool,
}

/// The names of one dataset, longest first.
#[derive(Debug)]
pub struct Names(Vec<Name>);

/// What a name of a type may end with, and be named without.
const SORTS: [&str; 12] =
    ["矛盾纠纷", "纠纷", "矛盾", "案件", "诈骗", "类案件", "事件", "问题", "警情", "类", "案", "方面"];
/// What a name of a place may end with.
const PLACES: [&str; 4] = ["村民委员会", "社区", "村", "居委会"];
/// What makes another place of it.
const OTHER_PLACES: &str = "湖路桥河山水库街镇乡小学校中卫所坝沟口站场大道景公园派寺庙医幼电茶水厂";

impl Names {
    /// Those of a dataset.
    pub fn of(dataset: &SafeDataset) -> Self {
        let mut names: Vec<Name> = Vec::new();
        for (dimension, about) in dataset.dimensions().iter().enumerate() {
            for (code, label) in &about.entries {
                let label = Folded::new(label).text;
                // The name of all is no name of one; times are read as times.
                let all = ["合计", "总计", "全部", "小计"].contains(&label.as_str()) || *code == about.total;
                let timed = about.time
                    && (month(code).is_some()
                        || time::find(&label, None)
                            .first()
                            .is_some_and(|time| time.range == (0..label.len())));
                if all || timed || label.chars().count() < 2 {
                    continue;
                }
                for (text, short) in writings(&label) {
                    names.push(Name { text, dimension, code: code.clone(), short });
                }
            }
        }
        // Two things of one name: nobody knows which is meant. A full name wins over one that is made of another.
        let mut owners: BTreeMap<(String, bool), Vec<(usize, String)>> = BTreeMap::new();
        for name in &names {
            let owners = owners.entry((name.text.clone(), name.short)).or_default();
            let owner = (name.dimension, name.code.clone());
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        names.retain(|name| {
            let full = owners.contains_key(&(name.text.clone(), false));
            owners[&(name.text.clone(), name.short)].len() == 1 && !(name.short && full)
        });
        names.sort_by(|a, b| b.text.len().cmp(&a.text.len()).then_with(|| a.text.cmp(&b.text)));
        names.dedup_by(|a, b| a.text == b.text && a.dimension == b.dimension && a.code == b.code);
        Self(names)
    }

    /// Of how many dimensions a text has names.
    pub fn dimensions(&self, text: &str) -> usize {
        let mut found = BTreeSet::new();
        for name in &self.0 {
            if !found.contains(&name.dimension) && text.contains(name.text.as_str()) {
                found.insert(name.dimension);
            }
        }
        found.len()
    }

    /// The names in a folded text, in order.
    pub fn find(&self, text: &str) -> Vec<Mention> {
        let mut found: Vec<Mention> = Vec::new();
        for name in &self.0 {
            for (start, _) in text.match_indices(name.text.as_str()) {
                let range = start..start + name.text.len();
                let taken =
                    found.iter().any(|other| other.range.start < range.end && range.start < other.range.end);
                let other_place = name.short
                    && text[range.end..].chars().next().is_some_and(|next| OTHER_PLACES.contains(next));
                // 18岁以下 is not a part of 118岁以下.
                let cut = name.text.starts_with(|c: char| c.is_ascii_digit())
                    && text[..start].ends_with(|c: char| c.is_ascii_digit());
                if !taken && !other_place && !cut {
                    found.push(Mention { range, dimension: name.dimension, code: name.code.clone() });
                }
            }
        }
        found.sort_by_key(|mention| (mention.range.start, mention.range.end));
        found
    }
}

/// How a label may be written, and whether that is shorter than it.
fn writings(label: &str) -> Vec<(String, bool)> {
    let mut all = vec![(label.to_owned(), false)];
    let long = |text: &str| text.chars().count() >= 2;
    if let Some((short, _)) = label.split_once('（').filter(|(short, _)| long(short)) {
        all.push((short.to_owned(), false));
    }
    for end in SORTS.iter().chain(&PLACES) {
        if let Some(short) = label.strip_suffix(end).filter(|short| long(short)) {
            all.push((short.to_owned(), true));
            break;
        }
    }
    // 婚姻家庭: 婚姻纠纷, 家庭纠纷.
    let signs: Vec<char> = label.chars().collect();
    if signs.len() == 4 && !label.is_ascii() && !PLACES.iter().chain(&SORTS).any(|end| label.ends_with(end)) {
        for half in signs.chunks(2) {
            all.push((format!("{}纠纷", half.iter().collect::<String>()), true));
        }
    }
    all
}
