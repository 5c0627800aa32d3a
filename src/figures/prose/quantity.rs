//! Numbers in running text, with what they count: 57件, 三十二起, 12.3万元, 占14.8%, 三分之一, 翻了一番, 双数.
//!
//! Refuses: ordinals (第3件), parts of longer numbers, things that are counted in 件 and are no cases (5件材料), and 一起
//! where it means together. Invariant: a quantity's bytes are those of the number and its unit.

use super::numeral::{self, Numeral};
use super::words::{
    ALL_THERE_IS, BOUNDS, CASES, COUNTED, GOES_ON, HANDLED, LOOSE, NONE, PARITY, RATIOS, THINGS, TOLD, WHO,
    begins, ends,
};
use std::ops::Range;

/// What a quantity tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// How many.
    Count,
    /// So many per cent.
    Percent,
    /// A third of, twice, one more time as many.
    Ratio,
    /// That it is even, or odd.
    Parity,
}

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its value times ten to the `decimals`.
    pub value: i64,
    /// How many digits stand after the point.
    pub decimals: u8,
    /// 万 is `10_000`.
    pub times: i64,
    /// Its unit; `%` for per cent; none where it stands alone.
    pub unit: String,
    /// Said to be no exact number: 约, 近, 多, 以上.
    pub vague: bool,
    /// What it tells.
    pub what: What,
    /// In a unit that counts cases by those who have them, 户, or in none at all.
    pub loose: bool,
    /// 一起 before what it counts, which is hardly more than “a”.
    pub article: bool,
}

/// Whether two units count the same: cases are 件 or 起.
pub fn same_unit(a: &str, b: &str) -> bool {
    a == b || (COUNTED.contains(&a) && COUNTED.contains(&b))
}

/// What is known of a text when its numbers are read.
#[derive(Clone, Copy)]
pub struct Known<'k> {
    /// The units of the figures.
    pub units: &'k [String],
    /// What the figures are about, pairs of signs: 调解, 纠纷.
    pub topics: &'k [String],
    /// Names and times that stand in the text, in order.
    pub taken: &'k [Range<usize>],
    /// Where names stand.
    pub names: &'k [Range<usize>],
}

/// The quantities in a folded text.
pub fn find(text: &str, known: Known) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(taken) = known.taken.iter().find(|taken| taken.contains(&at)) {
            at = taken.end;
            continue;
        }
        if let Some(quantity) = word(text, at).or_else(|| known.none_of(text, at)) {
            at = quantity.range.end;
            found.push(quantity);
            continue;
        }
        let Some(number) = numeral::read(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let read = fraction(text, at, number).or_else(|| known.with_unit(text, at, number));
        at = read.as_ref().map_or(number.end, |quantity| quantity.range.end).max(number.end);
        found.extend(read);
    }
    found
}

fn said(range: Range<usize>, what: What, value: i64) -> Quantity {
    let unit = String::new();
    Quantity { range, value, decimals: 0, times: 1, unit, vague: true, what, loose: false, article: false }
}

/// 一半, 翻了一番, 双数, 一件也没有.
fn word(text: &str, at: usize) -> Option<Quantity> {
    let rest = &text[at..];
    if let Some(word) = begins(rest, &NONE) {
        return Some(said(at..at + word.len(), What::Count, 0));
    }
    if let Some(word) = begins(rest, &RATIOS) {
        return Some(said(at..at + word.len(), What::Ratio, 0));
    }
    begins(rest, &PARITY).map(|word| said(at..at + word.len(), What::Parity, 0))
}

/// 三分之一, 百分之十四点八, 四成, 两倍.
fn fraction(text: &str, at: usize, number: Numeral) -> Option<Quantity> {
    let rest = &text[number.end..];
    if let Some(after) = rest.strip_prefix("分之") {
        let above = numeral::read(text, text.len() - after.len())?;
        let mut quantity = said(at..above.end, What::Ratio, above.value);
        if number.value == 100 {
            quantity.what = What::Percent;
            quantity.decimals = above.decimals;
        }
        return Some(quantity);
    }
    if let Some(after) = rest.strip_prefix('成') {
        let stop = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
        let on = begins(after, &["是", "都", "以上", "左右", "多", "来自", "在", "为", "属", "的"]).is_some();
        return (stop || on).then(|| said(at..number.end + '成'.len_utf8(), What::Ratio, number.value));
    }
    let times = rest.trim_start_matches(['多', '余']);
    times.strip_prefix('倍').map(|after| said(at..text.len() - after.len(), What::Ratio, number.value))
}

/// What follows a number and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// A mark, or nothing.
    End,
    /// A name of the figures, or a word for cases.
    Case,
    /// A word that goes on.
    On,
    /// What is counted, and is no case.
    Thing,
    /// Another word.
    Unknown,
}

impl Known<'_> {
    /// 没有债务纠纷: none of a name.
    fn none_of(self, text: &str, at: usize) -> Option<Quantity> {
        let word = begins(&text[at..], &["没有", "没", "未", "无"])?;
        let start = at + word.len();
        let seen = begins(&text[start..], &["发生过", "发生", "出现过", "出现", "接到过", "接到", "过"]);
        let name = start + seen.map_or(0, str::len);
        let found = self.names.iter().find(|range| range.start == name)?;
        let rest = text[found.end..].trim_start_matches("纠纷").trim_start_matches("案件");
        let stop = rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != ' ');
        stop.then(|| said(at..name, What::Count, 0))
    }

    fn with_unit(self, text: &str, at: usize, number: Numeral) -> Option<Quantity> {
        if glued(text, at, number.chinese) {
            return None;
        }
        let mut quantity = said(at..number.end, What::Count, number.value);
        quantity.decimals = number.decimals;
        quantity.vague = number.vague || ends(&text[..at], &BOUNDS).is_some();
        let mut end = number.end;
        loop {
            let rest = text[end..].trim_start_matches(' ');
            let here = text.len() - rest.len();
            // 3到5件, 3-5件
            if let Some(dash) = begins(rest, &["到", "至", "-", "—", "～", "~", "、", "或"])
                && !quantity.vague
                && dash != "、"
                && let Some(second) = numeral::read(text, here + dash.len())
                && self.unit(&text[second.end..]).is_some()
            {
                quantity.value = second.value;
                quantity.vague = true;
                end = second.end;
            } else if let Some(word) = begins(rest, &["多", "余", "来", "几"]) {
                quantity.vague = true;
                end = here + word.len();
            } else if let Some(word) = begins(rest, &["万", "亿"]) {
                quantity.times *= if word == "万" { 10_000 } else { 100_000_000 };
                end = here + word.len();
            } else {
                break;
            }
        }
        let rest = &text[end..];
        let Some((shown, unit)) = self.unit(rest) else {
            // A number alone: 婚姻家庭：4.
            let next = rest.chars().next();
            let stop = next.is_none_or(|c| !c.is_alphanumeric() && !"-./:：年月日#号%—～~*×+".contains(c))
                || self.names.iter().any(|name| name.start == end);
            quantity.loose = true;
            quantity.range.end = end;
            return (stop && quantity.times == 1 && quantity.value < 100_000).then_some(quantity);
        };
        end += shown;
        quantity.loose = LOOSE.contains(&unit.as_str()) && !self.units.contains(&unit);
        quantity.unit = unit;
        if quantity.unit == "%" {
            quantity.what = What::Percent;
        } else if !self.counts(text, at, end, number, &mut quantity) {
            return None;
        }
        let after = &text[end..];
        quantity.vague |=
            ["以上", "以下", "以内", "左右", "上下", "多"].iter().any(|word| after.starts_with(word));
        quantity.range = at..end;
        Some(quantity)
    }

    /// The unit that a text begins with, and how long it is.
    fn unit(self, text: &str) -> Option<(usize, String)> {
        let trimmed = text.trim_start_matches(' ');
        let blank = text.len() - trimmed.len();
        if let Some(sign) = begins(trimmed, &["%", "‰", "个百分点"]) {
            return Some((blank + sign.len(), "%".to_owned()));
        }
        let own = self.units.iter().map(String::as_str).filter(|unit| !unit.is_empty() && *unit != "%");
        let counted = self.units.iter().any(|unit| COUNTED.contains(&unit.as_str()));
        let more = COUNTED.into_iter().chain(LOOSE).filter(|_| counted);
        let found = own.chain(more).filter(|unit| trimmed.starts_with(unit)).max_by_key(|unit| unit.len())?;
        Some((blank + found.len(), found.to_owned()))
    }

    /// Whether what stands around a number and its unit lets it count cases.
    fn counts(self, text: &str, at: usize, end: usize, number: Numeral, quantity: &mut Quantity) -> bool {
        let unit = quantity.unit.clone();
        let cases = COUNTED.contains(&unit.as_str());
        if !cases && !quantity.loose {
            // 元, 人: 三人行 is no count.
            let next = text[end..].chars().next();
            return !number.chinese || next.is_none_or(|c| !c.is_alphanumeric());
        }
        let after = self.after(&text[end..], end);
        let before = &text[..at];
        // 3对夫妻, 4户人家: those who have them.
        let who = quantity.loose && begins(&text[end..], &WHO).is_some();
        let after = if who { After::On } else { after };
        let seldom = unit == "件" || quantity.loose || number.chinese;
        if after == After::Thing || (after == After::Unknown && seldom) {
            return false;
        }
        if unit == "件" && after == After::End && ends(before, &HANDLED).is_some() {
            return false;
        }
        if number.chinese && number.value == 1 && !number.vague {
            let told = self.told_of(before);
            let predicate = ends(before, &["纠纷", "案", "：", ":"]).is_some()
                || self.names.iter().any(|name| name.end == before.len());
            quantity.article = after != After::End && !predicate && ends(before, &ALL_THERE_IS).is_none();
            return after == After::Case || told;
        }
        true
    }

    /// Whether a number is said to be all there is, or is said right of a name: 只有一起, 婚姻家庭一件.
    fn told_of(self, before: &str) -> bool {
        let plain = before.trim_end_matches(['约', '近', ' ', '的', '这']);
        ends(plain, &TOLD).is_some() || self.names.iter().any(|name| name.end == plain.len())
    }

    fn after(self, rest: &str, at: usize) -> After {
        let trimmed = rest.trim_start_matches('的').trim_start_matches(' ');
        let begin = at + (rest.len() - trimmed.len());
        let Some(next) = trimmed.chars().next() else { return After::End };
        if rest.starts_with(' ') && !next.is_ascii_digit() {
            return After::End;
        }
        if self.names.iter().any(|name| name.start == begin) {
            return After::Case;
        }
        if !next.is_alphanumeric() || next.is_ascii_digit() {
            return After::End;
        }
        let phrase: String = trimmed.chars().take_while(|c| c.is_alphanumeric()).take(12).collect();
        let topical = CASES.iter().copied().chain(self.topics.iter().map(String::as_str));
        let case = topical.filter_map(|word| phrase.find(word).map(|at| (at, word.len()))).min();
        let thing = THINGS.iter().filter_map(|word| phrase.find(word)).min();
        if begins(trimmed, &THINGS).is_some() {
            return After::Thing;
        }
        match case {
            // 5件调解材料
            Some((at, length)) if at <= 24 && begins(&phrase[at + length..], &THINGS).is_none() => {
                if thing.is_none_or(|thing| thing > at) { After::Case } else { After::Thing }
            }
            Some(_) => After::Thing,
            // 两件调解文书
            None if THINGS.iter().any(|word| word.len() > 3 && phrase.ends_with(word)) => After::Thing,
            None if begins(trimmed, &GOES_ON).is_some() => After::On,
            None => After::Unknown,
        }
    }
}

/// A part of a longer number, a code, a date, or an ordinal.
fn glued(text: &str, at: usize, chinese: bool) -> bool {
    let before = &text[..at];
    let mut signs = before.chars().rev();
    let (last, earlier) = (signs.next(), signs.next());
    let joined = |c: char| "-/:.—～~至到".contains(c);
    match last {
        Some('第' | '#' | '&') => true,
        Some(c) if c.is_ascii_alphanumeric() => true,
        Some(c) if chinese && "零一二三四五六七八九十百千万周初期".contains(c) => true,
        Some(c) if joined(c) => earlier.is_some_and(|c| c.is_ascii_digit()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(i64, u8, i64, bool)> {
        let units = ["件".to_owned(), "元".to_owned()];
        let known = Known { units: &units, topics: &[], taken: &[], names: &[] };
        let found = find(text, known).into_iter().filter(|one| !one.loose);
        found.map(|one| (one.value, one.decimals, one.times, one.vague)).collect()
    }

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(values("调解57件"), [(57, 0, 1, false)]);
        assert_eq!(values("调解 1,234 件"), [(1234, 0, 1, false)]);
        assert_eq!(values("调解12起，另有三十二件。"), [(12, 0, 1, false), (32, 0, 1, false)]);
        assert_eq!(values("损失12.3万元"), [(123, 1, 10_000, false)]);
        assert_eq!(values("占91.2%，占8%"), [(912, 1, 1, false), (8, 0, 1, false)]);
        assert_eq!(values("一百零五件。两件，"), [(105, 0, 1, false), (2, 0, 1, false)]);
        assert_eq!(
            values("约30件、50多件、60件以上"),
            [(30, 0, 1, true), (50, 0, 1, true), (60, 0, 1, true)]
        );
        assert_eq!(values("3到5件，三四件"), [(5, 0, 1, true), (4, 0, 1, true)]);
    }

    #[test]
    fn shares_and_ratios() {
        let known = Known { units: &[], topics: &[], taken: &[], names: &[] };
        for (text, what) in [
            ("占百分之十四点八", What::Percent),
            ("三分之一", What::Ratio),
            ("翻了一番", What::Ratio),
            ("两倍", What::Ratio),
            ("四成是", What::Ratio),
            ("是双数", What::Parity),
        ] {
            let found: Vec<What> = find(text, known).into_iter().map(|one| one.what).collect();
            assert_eq!(found, [what], "{text}");
        }
        assert!(find("三成立，四成年人", known).is_empty());
    }

    #[test]
    fn what_is_no_count() {
        for text in [
            "第3件",
            "打110",
            "0000-7110110",
            "第五十七条",
            "一件一件办",
            "三件套",
            "12人",
            "A3件",
            "5件材料带齐",
            "3件事要做",
            "4件好人好事",
            "大家一起来",
            "两件调解文书",
            "带5件。",
            "办了一件好事",
        ] {
            assert_eq!(values(text), [], "{text}");
        }
    }
}
