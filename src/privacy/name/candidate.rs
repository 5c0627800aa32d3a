//! Whether a name stands at a place of a text, judged by its characters and by what follows.
//!
//! Refuses: to find a name alone. A candidate is a finding only where something beside it says that it is a name.

use super::words::{
    COMMON, COMPOUND, FIGURES, FOLLOWING, GIVEN, GOING_ON, MAY_GO_ON, NEVER, SOUNDS, STOP, SURE, TAILS,
    TITLES, WEAK,
};
use crate::privacy::lexicon::is_han;

/// What may be a name.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    /// How many characters it has.
    pub len: usize,
    /// How well its characters fit a name.
    pub fit: i32,
    /// How well what follows ends a name.
    pub ends: i32,
    /// Whether its surname often begins other words.
    pub weak: bool,
    /// Whether its first two characters are a word.
    pub stop: bool,
}

impl Candidate {
    /// How well all of it fits.
    pub fn score(&self) -> i32 {
        self.fit + self.ends
    }
}

/// Surnames that are mostly words of grammar.
const FUNCTION: &str = "向和于应时全任都连单关成许从相当";

/// What hides a part of a name.
pub fn hides(sign: char) -> bool {
    matches!(sign, '某' | '*' | 'x' | '×' | '□' | '○' | '■' | '●' | '_' | '〇' | '△' | '＊')
}

/// How well a name could end at an index.
pub fn ends_at(text: &[char], at: usize) -> i32 {
    let Some(next) = text.get(at) else { return 4 };
    if hides(*next) && *next != '*' && *next != '_'
        || *next == '.' && text.get(at + 1).is_some_and(|c| is_han(*c))
    {
        return -20;
    }
    if !is_han(*next) {
        return 4;
    }
    match FOLLOWING.at(text, at) {
        0 if GOING_ON.has(*next) => 4,
        0 if MAY_GO_ON.has(*next) => 2,
        0 if NEVER.has(*next) => 1,
        0 => -1,
        _ => 6,
    }
}

/// Every way in which a name may begin at an index, at most four.
pub fn all(text: &[char], at: usize) -> impl Iterator<Item = Candidate> + '_ {
    let compound = COMPOUND.at(text, at);
    let single = text.get(at).is_some_and(|sign| SURE.has(*sign) || WEAK.has(*sign));
    let weak = compound == 0 && text.get(at).is_some_and(|sign| !SURE.has(*sign));
    let compounds =
        (1..=2).filter(move |_| compound > 0).filter_map(move |given| one(text, at, compound, given, false));
    let singles = (1..=2)
        .filter(move |_| single && compound == 0)
        .filter_map(move |given| one(text, at, 1, given, weak));
    compounds.chain(singles)
}

fn one(text: &[char], at: usize, surname: usize, given: usize, weak: bool) -> Option<Candidate> {
    let behind = at + surname;
    let end = behind + given;
    let signs = text.get(behind..end)?;
    if signs.iter().any(|sign| !is_han(*sign) || hides(*sign) || NEVER.has(*sign)) {
        return None;
    }
    let title = TITLES.at(text, behind);
    // 罗大爷, 罗老师: whole titles; a single character such as 总 is one only where the word ends.
    if title >= 2 || title == 1 && given == 1 {
        return None;
    }
    // 街坊邻居来宣传, 家家户户保平安: a verb and what is done.
    if weak && given == 2 && COMMON.at(text, behind) >= 2 {
        return None;
    }
    let typical = signs.iter().filter(|sign| GIVEN.has(**sign)).count();
    let fit = match (given, typical) {
        (1, 1) => 2,
        (1, _) => -2,
        (_, 2) => 5,
        (_, 1) => 2,
        _ => -1,
    } + if surname > 1 { 3 } else { 0 };
    let stop = surname == 1 && STOP.at(text, at) >= 2;
    Some(Candidate { len: surname + given, fit, ends: ends_at(text, end), weak, stop })
}

/// The best name at an index that reaches `least`, a word that begins like it apart.
pub fn best(text: &[char], at: usize, least: i32) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    for one in all(text, at) {
        let least = match text[at] {
            sign if one.weak && FUNCTION.contains(sign) => least + 4,
            _ if one.weak => least + 2,
            _ => least,
        };
        // 高兴 and the like are names in front of a comma and behind a colon at most, and then of three characters.
        let stopped = one.stop && !(one.len >= 3 && one.fit >= 5 && one.ends >= 6 && !one.weak);
        if stopped || one.score() < least || is_figure(text, at, one.len) {
            continue;
        }
        if best.is_none_or(|best| one.score() >= best.score()) {
            best = Some(one);
        }
    }
    best
}

/// The best name that ends at an index and reaches `least` by its characters.
pub fn before(text: &[char], end: usize, least: i32) -> Option<(usize, Candidate)> {
    let starts = (end.saturating_sub(4)..end.saturating_sub(1)).rev();
    let mut best: Option<(usize, Candidate, i32)> = None;
    for at in starts {
        for one in all(text, at).filter(|one| at + one.len == end && one.fit >= least) {
            if is_figure(text, at, one.len) {
                continue;
            }
            // 和平里罗女士: the surname stands right before the form of address, and nothing of what is before it is a name.
            if one.weak && SURE.has(text[end - 1]) {
                continue;
            }
            // 和平里马女士: a place, and a surname of the sort that is a word as well.
            if one.len == 3
                && WEAK.has(text[end - 1])
                && "里村镇乡路街巷组区院园城坝湾".contains(text[at + 1])
            {
                continue;
            }
            let head = begins_at(text, at);
            if head < 0 && (one.fit < 5 || one.weak || one.stop) {
                continue;
            }
            // 消费维权 户籍: the surname ends a word.
            if head < 0 && at > 0 && TAILS.at(text, at - 1) >= 2 {
                continue;
            }
            let score = one.fit + head * 2;
            if best.is_none_or(|(.., other)| score > other) {
                best = Some((at, one, score));
            }
        }
    }
    best.map(|(at, one, _)| (at, one))
}

/// Whether a name could begin at an index: 1 behind the end of a clause or a word that names follow, else −1.
pub fn begins_at(text: &[char], at: usize) -> i32 {
    let Some(last) = at.checked_sub(1).map(|at| text[at]) else { return 1 };
    if !is_han(last)
        || "与和及向对将把被由系为是叫跟找给替同让使令名称经即于的".contains(last)
        || super::words::ROLES.ends(text, at)
    {
        1
    } else {
        -1
    }
}

/// Whether some characters are the name of a person of public life, or a part of one.
pub fn is_figure(text: &[char], at: usize, len: usize) -> bool {
    let longest = FIGURES.at(text, at);
    // 向雷锋 is a preposition and a name.
    let inner = at + 1 < text.len() && FIGURES.at(text, at + 1) + 1 == len && len > 2;
    inner || longest >= len || longest >= 3 || longest == 2 && len == 3 && FOLLOWING.at(text, at + 2) >= 2
}

/// Whether all signs are such as names of other languages are written with.
pub fn sounds_foreign(text: &[char]) -> bool {
    let sounds = text.iter().filter(|sign| SOUNDS.has(**sign)).count();
    sounds * 10 >= text.len() * 6
}
