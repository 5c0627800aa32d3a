//! Numbers in running text that are said of a cell of a table: do they agree with it, and is it published at all?
//!
//! Refuses: to guess. Where two cells could be meant, where a number is a difference, an average or a rest, or where no
//! name says which cell it is, nothing is claimed.
//! Invariant: a claim rests on names of the dataset that stand in the same sentence as the number, and on its unit.

mod mention;
mod quantity;

use super::number;
use super::shown;
use crate::statistics::safe::{AxisEntry, Role, SafeCell, SafeDataset, SafeTable};
use mention::{Mention, Names};
use quantity::{Quantity, same_unit};
use std::ops::Range;

/// A number that is said of a cell.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Claim {
    /// Where the number stands.
    pub range: Range<usize>,
    /// What it is said of, e.g. 石桥村 邻里纠纷.
    pub of: String,
    /// The title of the table.
    pub table: String,
    /// What is wrong with it.
    pub wrong: Wrong,
}

/// What is wrong with a claim.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Wrong {
    /// The table prints another number.
    Differs {
        /// The number that it prints.
        printed: String,
    },
    /// The table hides it.
    Hidden,
}

/// What a reader of one dataset's tables looks for.
pub struct Reading<'d> {
    dataset: &'d SafeDataset,
    names: Names,
    units: Vec<String>,
    /// Whether the text shows these tables itself, so that it is known to speak of them.
    shown: bool,
    topics: Vec<String>,
}

/// The marks that end a sentence.
const STOPS: [char; 6] = ['。', '！', '？', '!', '?', '\n'];
/// Words after which a number is no figure of a cell: differences, averages, rests.
const NOT_OF_A_CELL: [&str; 16] =
    ["多", "少", "增", "减", "升", "降", "比", "其他", "其余", "另", "剩", "平均", "每", "翻", "还有", "倍"];
/// Words that begin a count of another scope.
const OF_ALL: [&str; 12] =
    ["全镇", "全部", "一共", "总共", "共计", "合计", "总计", "全年", "累计", "共", "全所", "各"];

impl<'d> Reading<'d> {
    /// For one dataset; `shown` where the text shows one of its tables or charts.
    pub fn new(dataset: &'d SafeDataset, shown: bool) -> Self {
        let mut units = Vec::new();
        for table in tables(dataset) {
            let columns = &table.columns().entries;
            units.extend(table.unit().map(str::to_owned));
            units.extend(columns.iter().chain(&table.rows().entries).filter_map(|entry| entry.unit.clone()));
        }
        units.sort();
        units.dedup();
        Self { dataset, names: Names::of(dataset), units, shown, topics: topics(dataset) }
    }

    /// What is wrong in a passage.
    pub fn claims(&self, text: &str) -> Vec<Claim> {
        let mut claims = Vec::new();
        let mut start = 0;
        for sentence in text.split_inclusive(STOPS) {
            self.sentence(sentence, start, &mut claims);
            start += sentence.len();
        }
        claims
    }

    fn sentence(&self, text: &str, start: usize, claims: &mut Vec<Claim>) {
        let units: Vec<&str> = self.units.iter().map(String::as_str).chain(["%"]).collect();
        let quantities = quantity::find(text, &units);
        if quantities.is_empty() {
            return;
        }
        let mentions = self.names.find(text);
        let on_topic = self.shown || self.topics.iter().any(|topic| text.contains(topic.as_str()));
        if mentions.is_empty() || !on_topic {
            return;
        }
        let mut from = 0;
        for quantity in &quantities {
            let segment = from..tail(text, quantity.range.end, &quantities);
            from = quantity.range.end;
            let before = &text[segment.start..quantity.range.start];
            let Some(named) = self.named(text, &segment, &mentions, before) else { continue };
            let Some(mut claim) = self.judge(quantity, &named) else { continue };
            // 石桥村邻里纠纷12件，河湾村30件: the second number may be of 邻里纠纷 or of all. Either may be right.
            let own = Named {
                codes: named.codes.iter().filter(|one| !named.earlier.contains(one)).cloned().collect(),
                earlier: Vec::new(),
            };
            if !named.earlier.is_empty() && !own.codes.is_empty() && self.agreed(quantity, &own) {
                continue;
            }
            claim.range = claim.range.start + start..claim.range.end + start;
            claims.push(claim);
        }
    }

    /// The codes that say which cell a number is of, by dimension; none where that cannot be told.
    fn named(&self, text: &str, segment: &Range<usize>, mentions: &[Mention], before: &str) -> Option<Named> {
        // The last part of the sentence before the number decides: 比上月多3件, 平均3件.
        let near = before.rsplit(['，', ',', '；', ';', '：', '、', '（']).next().unwrap_or(before);
        let mut plain = near.to_owned();
        for mention in mentions.iter().rev().filter(|mention| segment.start <= mention.range.start) {
            plain = plain.replace(&text[mention.range.clone()], " ");
        }
        let plain = plain.replace("最多", "").replace("最少", "").replace("不少于", "");
        if NOT_OF_A_CELL.iter().any(|word| plain.contains(word)) {
            return None;
        }
        let inherits = !OF_ALL.iter().any(|word| plain.contains(word));
        let mut named = Named { codes: Vec::new(), earlier: Vec::new() };
        for dimension in 0..self.dataset.dimensions().len() {
            let of_it = |mention: &&Mention| mention.dimension == dimension;
            let inside: Vec<&Mention> = mentions
                .iter()
                .filter(of_it)
                .filter(|mention| segment.start <= mention.range.start && mention.range.end <= segment.end)
                .collect();
            let earlier = mentions.iter().filter(of_it).rfind(|mention| mention.range.end <= segment.start);
            let from_before = inside.is_empty();
            let all: Vec<&Mention> = match (inside.as_slice(), earlier) {
                ([], Some(_)) if !inherits => return None,
                ([], Some(earlier)) => vec![earlier],
                _ => inside,
            };
            let mut codes: Vec<&Option<String>> = all.iter().map(|mention| &mention.code).collect();
            codes.dedup();
            match codes.as_slice() {
                [] => {}
                [Some(code)] => {
                    let one = (self.dataset.dimensions()[dimension].key.clone(), code.clone());
                    if from_before {
                        named.earlier.push(one.clone());
                    }
                    named.codes.push(one);
                }
                _ => return None,
            }
        }
        (!named.codes.is_empty()).then_some(named)
    }

    /// Whether any table prints this number for these names.
    fn agreed(&self, quantity: &Quantity, named: &Named) -> bool {
        tables(self.dataset).any(|table| {
            let cell = place(table, named, &quantity.unit).map(|(row, column)| table.cell(row, column));
            cell.is_some_and(|cell| cell != SafeCell::Hidden && agrees(quantity, cell))
        })
    }

    /// What the tables say to a number. Where any of them agrees, nothing is wrong.
    fn judge(&self, quantity: &Quantity, named: &Named) -> Option<Claim> {
        let mut wrong: Option<Claim> = None;
        for table in tables(self.dataset) {
            let Some((row, column)) = place(table, named, &quantity.unit) else { continue };
            // Without the table on its page, a number needs a name on both sides to be known as the table's.
            let on_both_sides = explicit(&table.rows().entries, row, named)
                && explicit(&table.columns().entries, column, named);
            if !self.shown && !on_both_sides {
                continue;
            }
            let cell = table.cell(row, column);
            let found = match cell {
                SafeCell::Empty => continue,
                SafeCell::Hidden => Wrong::Hidden,
                printed if quantity.vague || agrees(quantity, printed) => return None,
                printed => {
                    let unit = shown::unit(table, row, column);
                    Wrong::Differs { printed: number::cell(printed, unit).unwrap_or_default() }
                }
            };
            let labels = [&table.rows().entries[row], &table.columns().entries[column]];
            let of =
                labels.map(shown::label).into_iter().filter(|label| !label.is_empty()).collect::<Vec<_>>();
            let claim = Claim {
                range: quantity.range.clone(),
                of: of.join(" "),
                table: table.title().to_owned(),
                wrong: found,
            };
            // To give away what is hidden is worse than to contradict what is not.
            if wrong.is_none() || claim.wrong == Wrong::Hidden {
                wrong = Some(claim);
            }
        }
        wrong
    }
}

/// Which cells a sentence names.
struct Named {
    codes: Vec<(String, String)>,
    /// Those of them that stand before the number's own part of the sentence.
    earlier: Vec<(String, String)>,
}

/// Up to the next mark or the next number, but no further: 57件邻里纠纷.
fn tail(text: &str, end: usize, quantities: &[Quantity]) -> usize {
    let rest = &text[end..];
    let mark = rest.find(|c: char| "，,；;、：:。！？（）()\n".contains(c)).unwrap_or(rest.len());
    let next = quantities.iter().map(|quantity| quantity.range.start).find(|&start| start >= end);
    (end + mark).min(next.unwrap_or(text.len()))
}

fn tables(dataset: &SafeDataset) -> impl Iterator<Item = &SafeTable> {
    dataset.tables().iter().chain(dataset.charts().iter().map(crate::statistics::safe::SafeChart::table))
}

/// The one cell of a table that has these names, and no other restriction than they say.
fn place(table: &SafeTable, named: &Named, unit: &str) -> Option<(usize, usize)> {
    let (rows, columns) = (&table.rows().entries, &table.columns().entries);
    // A dimension that is named must be one that the table tells apart or is restricted by.
    let knows = |dimension: &str| {
        rows.iter().chain(columns).any(|entry| entry.codes.iter().any(|(key, _)| key == dimension))
    };
    if named.codes.iter().any(|(dimension, _)| !knows(dimension)) {
        return None;
    }
    let fits = |entry: &AxisEntry| {
        entry.codes.iter().all(|(dimension, code)| {
            named.codes.iter().find(|(key, _)| key == dimension).is_none_or(|(_, wanted)| wanted == code)
        })
    };
    let right_unit = |row: usize, column: usize| {
        let rate = columns[column].role == Role::Rate
            || rows[row].role == Role::Rate
            || matches!(table.cell(row, column), SafeCell::Rate { .. });
        if unit == "%" || rate {
            return unit == "%" && rate;
        }
        shown::unit(table, row, column).is_some_and(|own| same_unit(own, unit))
    };
    let row = only(rows, named, &fits, &|row| (0..columns.len()).any(|column| right_unit(row, column)))?;
    let column = only(columns, named, &fits, &|column| right_unit(row, column))?;
    // Every name must have been used by the row or the column: not only fitted by the total.
    let used = |(dimension, code): &(String, String)| {
        let has = |entry: &AxisEntry| entry.codes.iter().any(|(key, own)| key == dimension && own == code);
        has(&rows[row]) || has(&columns[column])
    };
    named.codes.iter().all(used).then_some((row, column))
}

/// The one entry of an axis that is meant: that which is named, else the total, else the only one there is.
fn only(
    entries: &[AxisEntry],
    named: &Named,
    fits: &dyn Fn(&AxisEntry) -> bool,
    useful: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let fitting: Vec<usize> =
        (0..entries.len()).filter(|&index| fits(&entries[index]) && useful(index)).collect();
    let names = |&&index: &&usize| {
        let own = own_codes(entries, index);
        !own.is_empty() && own.iter().all(|code| named.codes.contains(code))
    };
    let by_name: Vec<&usize> = fitting.iter().filter(names).collect();
    if let [one] = by_name.as_slice() {
        return Some(**one);
    }
    if !by_name.is_empty() {
        return None;
    }
    let totals: Vec<&usize> = fitting.iter().filter(|&&index| entries[index].role == Role::Total).collect();
    match (totals.as_slice(), fitting.as_slice()) {
        ([one], _) => Some(**one),
        ([], [one]) => Some(*one),
        _ => None,
    }
}

/// The codes that tell an entry from the others of its axis.
fn own_codes(entries: &[AxisEntry], index: usize) -> Vec<(String, String)> {
    let common =
        |code: &(String, String)| entries.len() > 1 && entries.iter().all(|entry| entry.codes.contains(code));
    entries[index].codes.iter().filter(|code| !common(code)).cloned().collect()
}

/// Whether an entry is named by more than being the total or the only one.
fn explicit(entries: &[AxisEntry], index: usize, named: &Named) -> bool {
    let own = own_codes(entries, index);
    !own.is_empty() && own.iter().all(|code| named.codes.contains(code))
}

/// Whether a number is what a cell prints, as rounded as it is written.
fn agrees(quantity: &Quantity, cell: SafeCell) -> bool {
    let scale = |decimals: u8| 10_i128.pow(u32::from(decimals.min(18)));
    // Both as fractions over the same power of ten.
    let (value, decimals) = match cell {
        SafeCell::Number(value) => (i128::from(value), 0),
        SafeCell::Rate { value, decimals } => (i128::from(value), decimals),
        SafeCell::Hidden | SafeCell::Empty => return true,
    };
    let said = i128::from(quantity.value) * i128::from(quantity.times) * scale(decimals);
    let printed = value * scale(quantity.decimals);
    let step = i128::from(quantity.times) * scale(decimals);
    // 12.3万元 is right for 123456元, 91% for 91.2%.
    let rounded = quantity.times > 1 || matches!(cell, SafeCell::Rate { .. });
    if rounded { (said - printed).abs() * 2 <= step } else { said == printed }
}

/// Pairs of characters that tell what a dataset is about: 调解, 纠纷, 诈骗.
fn topics(dataset: &SafeDataset) -> Vec<String> {
    let mut pairs = Vec::new();
    let titles = tables(dataset).map(SafeTable::title).chain([dataset.title()]);
    for title in titles {
        let chars: Vec<char> = title.chars().collect();
        for pair in chars.windows(2) {
            let plain = |c: &char| {
                !c.is_ascii()
                    && !"各每年月村镇数的和与、，—（）：量上下件起情况统计分按类型全社区".contains(*c)
            };
            if pair.iter().all(plain) {
                pairs.push(pair.iter().collect());
            }
        }
    }
    pairs.sort();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests;
