//! What the tables say to a number that is said of names.
//!
//! Refuses: to contradict where the number is rough, is of a part of the time, or may be said of two cells.
//! Invariant: to give away what is hidden is worse than to contradict what is not, and is looked for first.

use super::judge::{Codes, NamedCell, agrees};
use super::quantity::{self, Known, Quantity, What};
use super::saying::{Mode, Saying, Slots, Tier, each, single};
use super::time::When;
use super::words::NOT_OF_A_CELL;
use super::{Claim, Reading, Wrong};
use crate::figures::number;
use crate::figures::shown;
use crate::statistics::safe::{Role, SafeCell, SafeTable};
use std::collections::BTreeSet;

/// Rates that tell nothing of how many there were.
const OF_ITSELF: [&str; 8] = ["满意", "知晓", "覆盖", "见面", "到场", "上门", "参与", "回访"];

/// What is wrong with a saying.
pub fn of(reading: &Reading, saying: &Saying, on_topic: bool) -> Option<Claim> {
    let verdict = Verdict { reading, saying, on_topic };
    match saying.mode {
        Mode::Compared => verdict.compared(),
        Mode::Rest => verdict.rest(),
        Mode::Each => {
            let of = saying.of.last()?;
            each(of).iter().find_map(|codes| verdict.one(codes, of))
        }
        Mode::Together | Mode::Sum => {
            let of = saying.of.last()?;
            match single(of, Tier::Around) {
                Some(codes) => verdict.one(&codes, of),
                None => verdict.sum(of),
            }
        }
    }
}

/// The number that a cell of a table holds and nothing else.
pub fn alone(text: &str, reading: &Reading) -> Option<Quantity> {
    let known = Known { units: &reading.units, topics: &reading.topics, taken: &[], names: &[] };
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let bare = trimmed.split(['（', '(']).next().unwrap_or(trimmed).trim_end();
    let mut found = quantity::find(bare, known).into_iter();
    let mut one = found.next().filter(|one| one.range == (0..bare.len()))?;
    one.range = start..start + bare.len();
    one.article = false;
    // 4户 in a column of 件 is a number of cases as well; what the column's head says decides.
    one.loose &= !one.unit.is_empty();
    Some(one)
}

struct Verdict<'v, 'd> {
    reading: &'v Reading<'d>,
    saying: &'v Saying,
    on_topic: bool,
}

impl<'d> Verdict<'_, 'd> {
    fn places(&self, codes: &Codes) -> Vec<NamedCell<'d>> {
        self.places_at(codes, self.saying.when.as_ref())
    }

    fn places_at(&self, codes: &Codes, when: Option<&When>) -> Vec<NamedCell<'d>> {
        let quantity = &self.saying.quantity;
        let loose = quantity.loose || quantity.what != What::Count || quantity.unit == "%";
        let unit = if loose { "" } else { quantity.unit.as_str() };
        self.known(self.reading.judge.places(codes, unit, when))
    }

    /// Those places that the text can be known to speak of.
    fn known(&self, mut places: Vec<NamedCell<'d>>) -> Vec<NamedCell<'d>> {
        if !self.reading.standing.shown {
            // Without the table on its page, a number needs a name on both sides to be known as the table's.
            places.retain(|place| place.both && self.on_topic);
        }
        places
    }

    /// Whether names so far away can be those of the number.
    fn reaches(&self, slots: &Slots) -> bool {
        let farthest = slots.values().map(|slot| slot.tier).max().unwrap_or(Tier::Own);
        let saying = self.saying;
        let near = if saying.quantity.loose { saying.beside } else { !saying.foreign };
        near && (farthest < Tier::Around || (saying.strict && !saying.foreign))
    }

    fn hidden(&self, places: &[NamedCell<'d>]) -> Option<Claim> {
        let place = places.iter().find(|place| place.cell() == SafeCell::Hidden)?;
        // One case of a part of the time tells no more than that there was one.
        let more = self.saying.quantity.value > 1 || self.saying.quantity.what != What::Count;
        (!place.part || more).then(|| place.claim(self.saying.quantity.range.clone(), Wrong::Hidden))
    }

    fn one(&self, codes: &Codes, slots: &Slots) -> Option<Claim> {
        let (saying, quantity) = (self.saying, &self.saying.quantity);
        if codes.is_empty() && saying.when.is_none() || saying.whole || !self.reaches(slots) {
            return None;
        }
        // 调解了一起婚姻家庭纠纷 tells a story; with a time it is all there was.
        if quantity.article && saying.when.is_none() {
            return None;
        }
        let mut places = self.places(codes);
        for tier in [Tier::Sentence, Tier::Own] {
            let Some(near) = single(slots, tier).filter(|near| near != codes && !near.is_empty()) else {
                continue;
            };
            let nearer = self.places(&near);
            // 石桥村邻里纠纷12件，河湾村30件: the second may be of 邻里纠纷 or of all. Either may be right.
            if nearer.iter().any(|place| self.right(place)) {
                return None;
            }
            if places.is_empty() {
                places = nearer;
            }
        }
        if places.iter().any(|place| self.right(place)) {
            return None;
        }
        self.hidden(&places).or_else(|| self.differs(&places, slots))
    }

    fn right(&self, place: &NamedCell) -> bool {
        let cell = place.cell();
        let printed = !matches!(cell, SafeCell::Hidden | SafeCell::Empty);
        printed && !place.part && (self.saying.quantity.vague || agrees(&self.saying.quantity, cell))
    }

    fn differs(&self, places: &[NamedCell<'d>], slots: &Slots) -> Option<Claim> {
        if !self.exact(slots) {
            return None;
        }
        let place = places
            .iter()
            .find(|place| !place.part && !matches!(place.cell(), SafeCell::Hidden | SafeCell::Empty))?;
        // A number alone is no more than a guess, unless both sides of the table are named.
        if self.saying.quantity.unit.is_empty() && !place.both {
            return None;
        }
        Some(place.claim(self.saying.quantity.range.clone(), Wrong::Differs { printed: place.printed() }))
    }

    /// Whether a number is told as that of a cell, so that it can be contradicted.
    fn exact(&self, slots: &Slots) -> bool {
        let (saying, quantity) = (self.saying, &self.saying.quantity);
        let near = saying.near.replace("最多", "").replace("最少", "").replace("不少于", "");
        let farthest = slots.values().map(|slot| slot.tier).max();
        let own = slots.values().any(|slot| slot.tier == Tier::Own);
        let around = farthest == Some(Tier::Around);
        !quantity.vague
            && !quantity.article
            && (!quantity.loose || quantity.unit.is_empty())
            && !saying.torn
            && !NOT_OF_A_CELL.iter().any(|word| near.contains(word))
            // 6件债务纠纷，5件调成了: what has no name of its own is a part of what was told.
            && (own || slots.is_empty())
            && (!around || self.reading.standing.shown)
    }

    /// A difference, a share, a ratio: whatever it is compared with, it gives away a cell that is hidden.
    fn compared(&self) -> Option<Claim> {
        let (saying, quantity) = (self.saying, &self.saying.quantity);
        if quantity.what == What::Percent {
            let slots = saying.of.last()?;
            let codes = single(slots, Tier::Around)?;
            let rates = self.known(self.reading.judge.places(&codes, "%", saying.when.as_ref()));
            let share = ["占", "比重", "比例"].iter().any(|word| saying.near.contains(word));
            if !rates.is_empty() && !share {
                if rates.iter().any(|place| self.right(place)) || !self.reaches(slots) {
                    return None;
                }
                return self.hidden(&rates).or_else(|| self.differs(&rates, slots));
            }
            let all = quantity.value == 100 && quantity.decimals == 0;
            if (all && saying.near.contains('率')) || OF_ITSELF.iter().any(|word| saying.near.contains(word))
            {
                return None;
            }
        }
        // 一半的网格员
        let of_others = saying.after.starts_with('的')
            && !["的纠纷", "的案", "的是", "的都", "的数", "的婚", "的矛"]
                .iter()
                .any(|word| saying.after.starts_with(word));
        if quantity.what == What::Ratio && of_others {
            return None;
        }
        let whens: Vec<Option<&When>> =
            [saying.when.as_ref()].into_iter().chain(saying.with.iter().map(Some)).collect();
        saying.of.iter().rev().filter(|slots| self.reaches(slots)).find_map(|slots| {
            each(slots).iter().find_map(|codes| {
                let named = whens.iter().filter(|when| !codes.is_empty() || when.is_some());
                named.copied().find_map(|when| self.hidden(&self.places_at(codes, when)))
            })
        })
    }

    /// 其余4件: of the one code that was not told yet.
    fn rest(&self) -> Option<Claim> {
        let told = &self.saying.of;
        let last = told.last()?;
        for (dimension, slot) in last {
            let counted: BTreeSet<&String> =
                told.iter().filter_map(|slots| slots.get(dimension)).flat_map(|slot| &slot.codes).collect();
            let leaves = &self.reading.dataset.dimensions()[*dimension].leaves;
            let rest: Vec<&String> = leaves.iter().filter(|leaf| !counted.contains(leaf)).collect();
            if counted.len() > 1 && rest.len() == 1 && slot.codes.len() == 1 {
                let mut codes = single(last, Tier::Around)?;
                codes.insert(*dimension, rest[0].clone());
                return self.hidden(&self.places(&codes));
            }
        }
        None
    }

    /// Several together.
    fn sum(&self, slots: &Slots) -> Option<Claim> {
        if !self.reaches(slots) || self.saying.whole {
            return None;
        }
        let all: Vec<Vec<NamedCell>> = each(slots).iter().map(|codes| self.places(codes)).collect();
        let first = all.first()?.iter().filter(|place| !place.part);
        for start in first {
            let of_table = |places: &Vec<NamedCell<'d>>| {
                places.iter().find(|place| std::ptr::eq(place.table, start.table)).copied()
            };
            let Some(places) = all.iter().map(of_table).collect::<Option<Vec<NamedCell>>>() else { continue };
            if let Some(claim) = self.hidden(&places) {
                return (!follows(start.table, &places)).then_some(claim);
            }
            let values = places.iter().map(|place| match place.cell() {
                SafeCell::Number(value) => Some(value),
                _ => None,
            });
            let sum = values.sum::<Option<i64>>()?;
            if self.saying.mode == Mode::Sum
                && self.exact(slots)
                && !agrees(&self.saying.quantity, SafeCell::Number(sum))
            {
                let unit = shown::unit(start.table, start.row, start.column);
                let printed = number::short(sum, unit);
                return Some(start.claim(self.saying.quantity.range.clone(), Wrong::Differs { printed }));
            }
        }
        None
    }
}

/// Whether the sum of some cells of a line follows from what is printed: the total, without the others.
fn follows(table: &SafeTable, places: &[NamedCell]) -> bool {
    let rows: BTreeSet<usize> = places.iter().map(|place| place.row).collect();
    let columns: BTreeSet<usize> = places.iter().map(|place| place.column).collect();
    let (across, down) = (&table.columns().entries, &table.rows().entries);
    let line: Vec<(usize, usize, Role)> = if rows.len() == 1 {
        let row = places[0].row;
        (0..across.len()).map(|column| (row, column, across[column].role)).collect()
    } else if columns.len() == 1 {
        let column = places[0].column;
        (0..down.len()).map(|row| (row, column, down[row].role)).collect()
    } else {
        return false;
    };
    let among =
        |row: usize, column: usize| places.iter().any(|place| (place.row, place.column) == (row, column));
    let mut total = false;
    for (row, column, role) in line {
        let printed = matches!(table.cell(row, column), SafeCell::Number(_));
        match role {
            Role::Total => total = printed,
            Role::Category if !printed && !among(row, column) => return false,
            _ => {}
        }
    }
    total
}
