//! Names of private persons: surname and given name beside a word that says whose name it is.
//!
//! Known by: a role before (`村民罗正贵来所`), sex, age or a form of address behind (`高兴国，男`), a number beside it, the names
//! that it stands in a row with, and whoever was named before in the same text.
//! Refuses: hidden names (罗某, 李某甲, 王×), surnames with a title (陈警官, 李大爷), persons of public life, pen names (化名),
//! and words that only begin like names (安全, 方便, 高兴).
//! Invariant: no name is found by its characters alone.

mod candidate;
mod foreign;
mod row;
pub mod words;

use super::lexicon::is_han;
use super::marks;
use super::normalise::Folded;
use super::{Context, Detector, Found};
use candidate::{Candidate, begins_at, best, ends_at, hides};
use std::ops::Range;
use words::{ADDRESSED, DOES, FOLLOWING, GIVEN, ROLES, TRAITS};

/// The detector.
pub struct Name;

/// The kind.
pub const KIND: &str = "name";

/// The least score of a name right behind a role.
const BESIDE_ROLE: i32 = 4;
/// The least behind a role and a colon.
const LABELLED: i32 = 2;

impl Detector for Name {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn find(&self, text: &Folded, context: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        if signs.len() < 2 || says_pen_names(signs) {
            return Vec::new();
        }
        let mut search = Search { signs, marks: text.marks(), found: Vec::new() };
        search.walk();
        search.beside_numbers(context.found);
        search.lists();
        search.rows();
        search.again();
        search.found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        let mut kept: Vec<Range<usize>> = Vec::new();
        for range in search.found {
            if kept.last().is_none_or(|last| last.end <= range.start) && !is_pen_name(signs, &range) {
                kept.push(range);
            }
        }
        kept
    }
}

/// Whether a text says that its names are not those of persons: `均为化名`.
pub fn says_pen_names(signs: &[char]) -> bool {
    let at =
        |word: &str| signs.windows(word.chars().count()).any(|part| part.iter().copied().eq(word.chars()));
    signs.contains(&'化')
        && (at("均为化名")
            || at("均系化名")
            || at("都是化名")
            || at("皆为化名")
            || at("为化名")
            || at("是化名"))
}

/// Where a name that is known stands in a text: bare, without anything that says so.
pub fn mentions(text: &Folded, name: &[char]) -> Vec<Range<usize>> {
    let signs = text.plain();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = signs[at..]
        .iter()
        .position(|sign| *sign == name[0])
        .map(|next| at + next)
        .filter(|_| !name.is_empty())
    {
        at = start + 1;
        let end = start + name.len();
        if !signs[start..].starts_with(name) {
            continue;
        }
        // A short name may be a part of another word.
        if name.len() > 2 || ends_at(signs, end) > 0 && begins_at(signs, start) > 0 {
            found.push(start..end);
            at = end;
        }
    }
    found
}

/// `罗正贵（化名）`, `化名罗正贵`.
fn is_pen_name(signs: &[char], range: &Range<usize>) -> bool {
    let behind = &signs[range.end..(range.end + 4).min(signs.len())];
    let before = &signs[range.start.saturating_sub(4)..range.start];
    behind.windows(2).any(|pair| pair == ['化', '名']) || before.windows(2).any(|pair| pair == ['化', '名'])
}

/// The search in one text.
struct Search<'t> {
    signs: &'t [char],
    marks: &'t [u16],
    found: Vec<Range<usize>>,
}

impl Search<'_> {
    /// What stands beside each place says whether a name does.
    fn walk(&mut self) {
        let signs = self.signs;
        let mut at = 0;
        while at < signs.len() {
            let marks = self.marks[at];
            if marks & (marks::ROLE | marks::ADDRESSED | marks::SURNAME | marks::PART | marks::SIGN) == 0 {
                at += 1;
                continue;
            }
            if marks & marks::ADDRESSED != 0 && at > 1 && ADDRESSED.at(signs, at) > 0 {
                self.ending(at, 3);
            }
            let role = if marks & marks::ROLE == 0 { 0 } else { ROLES.at(signs, at) };
            if role > 0 {
                at += role;
                self.behind_role(at);
                continue;
            }
            let sign = signs[at];
            if matches!(sign, ',' | '，' | '(' | ' ')
                && at > 1
                && is_han(signs[at - 1])
                && has_trait(signs, at + 1)
            {
                self.ending(at, 2);
            } else if sign == '.' && at > 0 {
                self.found.extend(foreign::around_dot(signs, at));
            } else if hides(sign) {
                self.found.extend(half_hidden(signs, at));
            } else if self.may_act(at) && begins_at(signs, at) > 0 {
                self.acting(at);
            }
            if marks & marks::PART != 0
                && let Some(range) = foreign::parts(signs, at)
            {
                at = range.end;
                self.found.push(range);
                continue;
            }
            at += 1;
        }
    }

    /// `村民罗正贵来所`, `户名：韦承志`, `失主是石兰`.
    fn behind_role(&mut self, role_end: usize) {
        let signs = self.signs;
        let mut at = role_end;
        let mut labelled = false;
        for _ in 0..4 {
            let Some(sign) = signs.get(at) else { return };
            match sign {
                ':' | '(' | '"' | '“' | '”' | '\'' | '「' | '|' | '=' => labelled = true,
                ' ' | '\n' | '*' | '_' | '>' => {}
                '为' | '是' | '系' | '叫' if candidate::all(signs, at + 1).next().is_some() => {
                    labelled = true;
                }
                _ => break,
            }
            at += 1;
        }
        // Nothing but white space divides the role from another line.
        if signs[role_end..at].contains(&'\n') && !labelled {
            return;
        }
        // A name that begins behind the role may be a role itself: 学生家长.
        if ROLES.at(signs, at) > 0 && best(signs, at, 8).is_none() {
            return;
        }
        if let Some(range) = foreign::behind_role(signs, at) {
            self.found.push(range);
            return;
        }
        if let Some(one) = best(signs, at, if labelled { LABELLED } else { BESIDE_ROLE }) {
            // 被告人：应当如实供述 ends in no mark.
            if !labelled || one.score() >= 5 || one.ends >= 4 && one.fit >= -2 {
                self.push(at, one);
                self.row_of_names(at + one.len);
            }
        }
    }

    /// Whether a surname and two characters of given names stand at an index.
    fn may_act(&self, at: usize) -> bool {
        let mark = |at: usize, mark: u16| self.marks.get(at).is_some_and(|marks| marks & mark != 0);
        mark(at, marks::SURNAME) && mark(at + 1, marks::GIVEN) && mark(at + 2, marks::GIVEN)
    }

    /// A name that ends at an index.
    fn ending(&mut self, end: usize, least: i32) {
        let signs = self.signs;
        if hides(signs[end - 1]) {
            return;
        }
        if let Some((at, one)) = candidate::before(signs, end, least) {
            self.push(at, one);
        }
    }

    /// `罗正贵来所报案称`: nobody is introduced, but somebody acts.
    fn acting(&mut self, at: usize) {
        let Some(one) = candidate::all(self.signs, at).find(|one| one.fit >= 5 && one.len >= 3) else {
            return;
        };
        if one.stop || candidate::is_figure(self.signs, at, one.len) {
            return;
        }
        let end = at + one.len;
        let next = self.signs.get(end).copied();
        let joined = matches!(next, Some('与' | '和' | '及' | '、' | ','))
            && candidate::all(self.signs, end + 1).any(|other| other.fit >= 5 && !other.stop);
        // 将简桂香扶上车: what is done to somebody.
        let done_to = at > 0
            && "将把向被找".contains(self.signs[at - 1])
            && !one.weak
            && one.ends >= 2
            && next.is_some_and(is_han);
        if DOES.at(self.signs, end) > 0 || joined && next != Some(',') || done_to {
            self.push(at, one);
            self.row_of_names(end);
        }
    }

    /// A name right before or behind a number that belongs to a person.
    fn beside_numbers(&mut self, numbers: &[Found]) {
        for number in numbers.iter().filter(|one| matches!(one.kind, "phone" | "id_card" | "bank_card")) {
            let signs = self.signs;
            let mut end = number.signs.start;
            for _ in 0..3 {
                let word = LABELS.iter().find(|label| {
                    let label: Vec<char> = label.chars().collect();
                    signs[..end].ends_with(&label)
                });
                if let Some(word) = word {
                    end -= word.chars().count();
                }
                while end > 0
                    && matches!(signs[end - 1], ' ' | ':' | ',' | '，' | '(' | '|' | '*' | '-' | '/')
                {
                    end -= 1;
                }
            }
            if end > 1
                && !hides(signs[end - 1])
                && let Some((at, one)) = candidate::before(signs, end, 2)
                && begins_at(signs, at) > 0
                && !one.stop
            {
                self.push(at, one);
            }
            let mut at = number.signs.end;
            let begin = at;
            while at < begin + 3 && matches!(signs.get(at), Some(' ' | ',' | '(' | '|' | '/')) {
                at += 1;
            }
            if at > begin
                && let Some(one) = best(signs, at, 6)
                && signs.get(at + one.len).is_none_or(|next| !is_han(*next))
            {
                self.push(at, one);
            }
        }
    }

    fn push(&mut self, at: usize, one: Candidate) {
        self.found.push(at..at + one.len);
    }
}

/// Words between a name and its number.
const LABELS: [&str; 16] = [
    "联系电话",
    "联系方式",
    "手机号码",
    "电话号码",
    "身份证号码",
    "身份证号",
    "身份证",
    "手机号",
    "电话",
    "手机",
    "号码",
    "卡号",
    "账号",
    "银行卡号",
    "tel",
    "微信",
];

/// `男，1975年出生`, `9岁`, `1980年`.
fn has_trait(signs: &[char], at: usize) -> bool {
    if TRAITS.at(signs, at) > 0 {
        return true;
    }
    // A full-width comma is folded to an ASCII one: both are in the list; the end of the text ends too.
    if matches!(signs.get(at), Some('男' | '女')) {
        return signs.get(at + 1).is_none_or(|next| !is_han(*next));
    }
    let digits = signs[at.min(signs.len())..]
        .iter()
        .take_while(|sign| sign.is_ascii_digit() || "一二三四五六七八九十".contains(**sign))
        .count();
    let behind = at + digits;
    (1..=4).contains(&digits)
        && (signs.get(behind) == Some(&'岁')
            || digits == 4
                && signs.get(behind) == Some(&'年')
                && signs[behind..(behind + 10).min(signs.len())].contains(&'生'))
}

/// `*晓芳`: the surname is hidden, and the given name tells all the same.
fn half_hidden(signs: &[char], at: usize) -> Option<Range<usize>> {
    let glued = at.checked_sub(1).is_some_and(|last| {
        is_han(signs[last]) && !ROLES.ends(signs, at)
            || signs[last].is_ascii_alphanumeric()
            || hides(signs[last])
    });
    if glued || !matches!(signs[at], '*' | '×' | '□' | '○') {
        return None;
    }
    let given = signs[at + 1..].iter().take(3).take_while(|sign| is_han(**sign)).count();
    let end = at + 1 + given;
    let typical = signs[at + 1..end].iter().filter(|sign| GIVEN.has(**sign)).count();
    let bounded = signs.get(end).is_none_or(|next| matches!(next, ')' | ',' | '。' | ' ' | '\n' | '|' | ';'));
    let cue = signs[at.saturating_sub(24)..at].iter().collect::<String>();
    let cued = ["账", "户名", "支付宝", "微信", "收款", "转账", "实名", "卡", "款", "昵称", "姓名", "名"]
        .iter()
        .any(|word| cue.contains(word));
    ((1..=2).contains(&given)
        && typical == given
        && bounded
        && cued
        && FOLLOWING.at(signs, at + 1) < given.max(2))
    .then_some(at..end)
}
