//! One sentence: which number is said of which names, and of which time.
//!
//! Refuses: names of before where the sentence speaks of another matter.
//! Invariant: a number takes the names that stand nearest to it, and a list of numbers with 分别 takes them one by one.

use super::group::{self, Group};
use super::quantity::{self, Known, Quantity, What};
use super::saying::{
    Mode, Saying, Slot, Slots, Tier, codes_of, inside, lend_units, lower, others_counted, plain, take,
    without_brackets,
};
use super::time::{self, Time, When};
use super::words::{BOUNDS, DIFFERENCES, EACH, FOREIGN, OF_ALL, SUMS, WHO, begins, ends};
use super::{Reading, Settled};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Reads a sentence.
pub struct Sentence<'s> {
    text: &'s str,
    groups: Vec<Group>,
    times: Vec<Time>,
    quantities: Vec<Quantity>,
    /// By quantity: names right behind it that are its own.
    behind: Vec<Option<usize>>,
    topics: &'s [String],
}

const PARTS: [char; 10] = ['，', ',', '；', ';', '：', ':', '（', '(', '）', ')'];
/// What may stand between a number and the names behind it.
const LINKS: [&str; 26] = [
    "",
    "的",
    "是",
    "为",
    "闹",
    "有",
    "出",
    "发生",
    "属于",
    "属",
    "系",
    "涉及",
    "都是",
    "均为",
    "均是",
    "全是",
    "来自",
    "发生在",
    "在",
    "出在",
    "是关于",
    "关于",
    "因",
    "因为",
    "是因",
    "出自",
];

impl<'s> Sentence<'s> {
    /// Finds what stands in it.
    pub fn new(reading: &'s Reading, text: &'s str) -> Self {
        let mentions = reading.names.find(text);
        let mut times = time::find(text, reading.judge.year());
        times.retain(|time| {
            mentions.iter().all(|one| one.range.end <= time.range.start || time.range.end <= one.range.start)
        });
        let names: Vec<Range<usize>> = mentions.iter().map(|mention| mention.range.clone()).collect();
        let mut taken: Vec<Range<usize>> =
            names.iter().cloned().chain(times.iter().map(|time| time.range.clone())).collect();
        taken.sort_by_key(|range| range.start);
        let known = Known { units: &reading.units, topics: &reading.topics, taken: &taken, names: &names };
        let mut quantities = quantity::find(text, known);
        lend_units(text, &mut quantities);
        let groups = group::of(text, &mentions);
        let mut sentence =
            Self { text, groups, times, quantities, behind: Vec::new(), topics: &reading.topics };
        for at in 0..sentence.quantities.len() {
            let behind = sentence.group_behind(at);
            sentence.behind.push(behind);
        }
        sentence
    }

    /// What it names, for sentences that follow.
    pub fn remember(&self, settled: &mut Settled) {
        let mut seen: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        for group in &self.groups {
            for (dimension, codes) in codes_of(group) {
                seen.insert(dimension, codes);
            }
        }
        settled.names.extend(seen);
        if let Some(time) = self.times.iter().rfind(|time| !self.compared(time) && time.when != When::Day) {
            settled.when = Some(time.when.clone());
        }
    }

    /// A number in a table below this head, with what the head and what stands around say; none where the head speaks of
    /// another matter (电话, 人口).
    pub fn head(&self, quantity: Quantity, around: &Settled) -> Option<Saying> {
        let bare = self.bare(0..self.text.len());
        let slots = around.names.iter();
        let slots =
            slots.map(|(dimension, codes)| (*dimension, Slot { codes: codes.clone(), tier: Tier::Own }));
        let what = quantity.what;
        (plain(&bare) && !others_counted(&bare, "")).then(|| Saying {
            quantity,
            of: vec![slots.collect()],
            mode: if what == What::Count { Mode::Together } else { Mode::Compared },
            when: around.when.clone(),
            with: Vec::new(),
            strict: true,
            beside: true,
            foreign: false,
            near: String::new(),
            torn: false,
            whole: false,
            after: String::new(),
        })
    }

    /// Its numbers with what they are said of.
    pub fn sayings(&self, around: &Settled) -> Vec<Saying> {
        let mut sayings = Vec::new();
        let mut current: Slots = around
            .names
            .iter()
            .map(|(dimension, codes)| (*dimension, Slot { codes: codes.clone(), tier: Tier::Around }))
            .collect();
        // 竹溪村6件，云岭社区4件，都是债务纠纷: what stands last is said of all before.
        let last = self.groups.last().filter(|group| {
            let before = self.text[..group.range.start].trim_end();
            ends(before, &["都是", "均为", "均是", "全是", "都属于", "均属", "全属", "都属", "都为"])
                .is_some()
        });
        for (dimension, codes) in last.map(codes_of).into_iter().flatten() {
            current.insert(dimension, Slot { codes, tier: Tier::Sentence });
        }
        let mut from = 0;
        let mut told: Vec<Slots> = Vec::new();
        let mut at = 0;
        while at < self.quantities.len() {
            let list = self.list(at);
            let own = from..self.quantities[at].range.start;
            let groups: Vec<&Group> = self.groups.iter().filter(|one| inside(&one.range, &own)).collect();
            if let Some(items) = self.one_by_one(&list, &groups) {
                for (quantity, item) in list.clone().zip(items) {
                    let mut slots = current.clone();
                    groups.iter().for_each(|group| take(&mut slots, codes_of(group)));
                    take(
                        &mut slots,
                        item.codes
                            .iter()
                            .map(|(dimension, code)| (*dimension, BTreeSet::from([code.clone()]))),
                    );
                    sayings.push(self.saying(
                        quantity,
                        &own,
                        vec![slots.clone()],
                        Mode::Together,
                        around,
                        false,
                    ));
                    told.push(slots);
                }
                lower(&mut current, told.last());
                from = self.quantities[list.end - 1].range.end;
                if let Some(group) =
                    self.groups.iter().find(|group| group.range.start >= from && list.len() > 1)
                    && self.behind_list(&list).is_some()
                {
                    from = group.range.end;
                }
                at = list.end;
                continue;
            }
            let saying = self.one(at, &own, &groups, &current, &told, around);
            lower(&mut current, saying.of.last());
            told.extend(saying.of.last().cloned());
            sayings.push(saying);
            from = self.quantities[at].range.end;
            if let Some(behind) = self.behind[at] {
                from = self.groups[behind].range.end;
            }
            at += 1;
        }
        sayings
    }

    fn one(
        &self,
        at: usize,
        own: &Range<usize>,
        groups: &[&Group],
        current: &Slots,
        told: &[Slots],
        around: &Settled,
    ) -> Saying {
        let before = &self.text[own.clone()];
        let last = groups.last().map_or(own.start, |group| group.range.end);
        let since = &self.text[last..own.end];
        let mut slots = current.clone();
        // 全镇38件, 共27件: names of before do not restrict it.
        let all = OF_ALL.iter().any(|word| {
            since.contains(word) && (!told.is_empty() || word.starts_with('全') || *word == "辖区")
        });
        if all {
            slots.clear();
        }
        let mut steps: Vec<Slots> = Vec::new();
        let mut torn = false;
        let mut seen: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
        let behind = self.behind[at].map(|behind| &self.groups[behind]);
        for group in groups.iter().copied().chain(behind) {
            for (dimension, codes) in codes_of(group) {
                torn |= seen.get(&dimension).is_some_and(|other| *other != codes);
                seen.insert(dimension, codes);
            }
            take(&mut slots, codes_of(group));
            steps.push(slots.clone());
        }
        let plural = slots.values().any(|slot| slot.codes.len() > 1);
        let near = before.rsplit(['，', ',', '；', ';', '：', '、', '（']).next().unwrap_or(before);
        let rest = ["其余", "其他", "剩下", "另外", "余下"].iter().any(|word| near.contains(word));
        let mode = if self.compares(at) {
            Mode::Compared
        } else if rest && seen.is_empty() && told.len() > 1 {
            Mode::Rest
        } else if plural && EACH.iter().any(|word| since.contains(word)) {
            Mode::Each
        } else if plural && SUMS.iter().any(|word| since.contains(word)) {
            Mode::Sum
        } else {
            Mode::Together
        };
        let of = match mode {
            Mode::Compared if steps.is_empty() => vec![slots],
            Mode::Compared => steps,
            Mode::Rest => told.to_vec(),
            _ => vec![slots],
        };
        self.saying(at, own, of, mode, around, torn)
    }

    fn saying(
        &self,
        at: usize,
        own: &Range<usize>,
        of: Vec<Slots>,
        mode: Mode,
        around: &Settled,
        torn: bool,
    ) -> Saying {
        let quantity = self.quantities[at].clone();
        // 婚姻家庭：4 and 婚姻家庭（4件）: what stands before the sign names the number.
        let upto = self.text[..own.end].trim_end_matches(['：', ':', '（', '(', ' ']);
        let parts: &[char] = if upto.len() < own.end { &['，', ',', '；', ';'] } else { &PARTS };
        let clause = upto.rfind(parts).map_or(0, |byte| byte + self.sign(byte)).max(own.start);
        let beside = self.bare(clause..own.end);
        let last = self.groups.iter().filter(|one| one.range.end <= own.end).map(|one| one.range.end).max();
        let since = self.bare(clause.max(last.unwrap_or(0))..own.end);
        let foreign = FOREIGN.iter().any(|word| {
            since.contains(word) && !self.topics.iter().any(|topic| word.contains(topic.as_str()))
        });
        let near = self.text[own.clone()]
            .rsplit(['，', ',', '；', ';', '：', '、', '（'])
            .next()
            .unwrap_or_default();
        let start = own.end - near.len();
        let near = self.bare(start..own.end);
        let when = self.times.iter().filter(|time| time.range.end <= own.end && !self.compared(time));
        let when = when.max_by_key(|time| time.range.end).map(|time| time.when.clone());
        let others = self.times.iter().filter(|time| inside(&time.range, own) && self.compared(time));
        let after = &self.text[quantity.range.end..];
        let whole = near.contains('占') && after.starts_with('的') && quantity.what == What::Count;
        Saying {
            after: after.chars().take(4).collect(),
            whole,
            strict: plain(&beside),
            beside: plain(&since) && !others_counted(&since, &quantity.unit),
            foreign,
            near,
            with: others.map(|time| time.when.clone()).collect(),
            when: when.or_else(|| around.when.clone()),
            quantity,
            of,
            mode,
            torn,
        }
    }

    /// A part of the text without its names and times.
    fn bare(&self, part: Range<usize>) -> String {
        let mut out = String::new();
        let mut at = part.start;
        let names = self.groups.iter().flat_map(|group| group.items.iter().map(|item| item.range.clone()));
        let mut cuts: Vec<Range<usize>> =
            names.chain(self.times.iter().map(|time| time.range.clone())).collect();
        cuts.sort_by_key(|range| range.start);
        for cut in cuts.into_iter().filter(|cut| cut.start < part.end && part.start < cut.end) {
            out.push_str(&self.text[at..cut.start.max(at)]);
            out.push(' ');
            at = cut.end.max(at).min(part.end);
        }
        out.push_str(&self.text[at..part.end]);
        out
    }

    fn sign(&self, byte: usize) -> usize {
        self.text[byte..].chars().next().map_or(1, char::len_utf8)
    }

    /// The names right behind a number that are its own: 4件婚姻家庭纠纷.
    fn group_behind(&self, at: usize) -> Option<usize> {
        let quantity = &self.quantities[at];
        let found = self.groups.iter().position(|group| group.range.start >= quantity.range.end)?;
        let group = &self.groups[found];
        // 六分之一的纠纷是债务纠纷
        let between = self.text[quantity.range.end..group.range.start].trim();
        let of_all = between.trim_start_matches('的');
        let of_all = begins(of_all, &WHO).map_or(of_all, |word| &of_all[word.len()..]);
        let of_all = begins(of_all, &["矛盾纠纷", "纠纷", "矛盾", "案件", "案子", "案"])
            .map_or(of_all, |word| &of_all[word.len()..]);
        if !LINKS.contains(&between) && !LINKS.contains(&of_all) {
            return None;
        }
        // 婚姻家庭4件债务纠纷10件: the first number has its name before it.
        let from = at.checked_sub(1).map_or(0, |before| match self.behind[before] {
            Some(behind) => self.groups[behind].range.end,
            None => self.quantities[before].range.end,
        });
        let own = self.text[from..quantity.range.start].rfind(PARTS).map_or(from, |byte| from + byte);
        let before =
            self.groups.iter().filter(|one| own <= one.range.start && one.range.end <= quantity.range.start);
        let mut dimensions = before.flat_map(|one| one.items.iter().flat_map(|item| item.codes.keys()));
        let taken =
            dimensions.any(|dimension| group.items.iter().any(|item| item.codes.contains_key(dimension)));
        (!taken).then_some(found)
    }

    /// The numbers from one on that stand in a list: 4、10件.
    fn list(&self, at: usize) -> Range<usize> {
        let mut end = at + 1;
        while end < self.quantities.len() {
            let (last, next) = (&self.quantities[end - 1], &self.quantities[end]);
            let between = without_brackets(&self.text[last.range.end..next.range.start]);
            let joined =
                ["、", "和", "，", ",", "与", "及", "、和", "，和", "/", "以及"].contains(&between.trim());
            if !joined || next.what != last.what {
                break;
            }
            end += 1;
        }
        at..end
    }

    /// As many names as numbers, and a word that gives each its own.
    fn one_by_one(&self, list: &Range<usize>, groups: &[&Group]) -> Option<Vec<group::Item>> {
        if list.len() < 2 {
            return None;
        }
        if let Some(group) = groups.last().filter(|group| group.items.len() == list.len()) {
            let between = &self.text[group.range.end..self.quantities[list.start].range.start];
            let told = EACH.iter().any(|word| between.contains(word));
            let plain = plain(between) && between.chars().count() <= 8;
            return (told || plain).then(|| group.items.clone());
        }
        self.behind_list(list)
    }

    /// 4件、10件分别是婚姻家庭和债务纠纷
    fn behind_list(&self, list: &Range<usize>) -> Option<Vec<group::Item>> {
        let end = self.quantities[list.end - 1].range.end;
        let group = self.groups.iter().find(|group| group.range.start >= end)?;
        let between = &self.text[end..group.range.start];
        let told = EACH.iter().any(|word| between.contains(word)) && between.chars().count() <= 8;
        (told && group.items.len() == list.len()).then(|| group.items.clone())
    }

    /// Whether a time is one that something is compared with: 与去年同期相比, 比上月.
    fn compared(&self, time: &Time) -> bool {
        let before = self.text[..time.range.start].trim_end_matches("的");
        let after = &self.text[time.range.end..];
        ends(before, &["比", "较", "同比", "环比", "相比"]).is_some()
            || begins(after, &["相比", "比较", "比，"]).is_some()
    }

    /// Whether a number tells how two differ, or is a part of one.
    fn compares(&self, at: usize) -> bool {
        let quantity = &self.quantities[at];
        if quantity.what != What::Count {
            return true;
        }
        let before = self.text[..quantity.range.start].trim_end_matches(['了', '出', '整', ' ']);
        ends(before, &BOUNDS).is_none() && ends(before, &DIFFERENCES).is_some()
    }
}
