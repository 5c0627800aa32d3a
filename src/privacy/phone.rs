//! Telephone numbers. Here mobile ones of the mainland: 1, then 3 to 9, then nine digits, in any of the ways people write them;
//! fixed lines and foreign numbers are in [`landline`].
//!
//! Refuses: parts of longer numbers, amounts of money, numbers that are named as those of orders and documents, and
//! hidden numbers (`138****1234`), which have too few digits left.
//! Invariant: a number found has eleven digits behind its `+86`.

use super::normalise::{Folded, Script};
use super::number::{self, Mark, Number};
use super::{Context, Detector, landline};
use std::ops::Range;

/// The detector.
pub struct Phone;

/// The kind.
pub const KIND: &str = "phone";

/// Words that say a number is to be rung. Uncommon ways of dividing a number count only near one of them.
const CUES: [&str; 20] = [
    "电话",
    "手机",
    "联系",
    "拨打",
    "致电",
    "来电",
    "号码",
    "微信",
    "热线",
    "电联",
    "短信",
    "tel",
    "phone",
    "mobile",
    "call",
    "mob",
    "☎",
    "📞",
    "📱",
    "支付宝",
];
/// Words of Latin letters that may touch a number.
const NAMES: [&str; 24] = [
    "tel", "phone", "mobile", "mob", "call", "sms", "t", "m", "p", "wx", "v", "vx", "weixin", "wechat",
    "whatsapp", "qq", "to", "no", "number", "contact", "hp", "cell", "alipay", "n",
];
/// How far before a number a cue may stand.
const REACH: usize = 14;

impl Detector for Phone {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let mut found = mobiles(text);
        let mobile = |signs: &Range<usize>, found: &[Range<usize>]| {
            found.iter().any(|one| one.start < signs.end && signs.start < one.end)
        };
        for signs in landline::find(text) {
            if !mobile(&signs, &found) {
                found.push(signs);
            }
        }
        found.sort_by_key(|one| one.start);
        found
    }
}

fn mobiles(text: &Folded) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for run in text.runs() {
        let spoken = run.iter().any(|group| group.script == Script::Chinese);
        number::each(text, run, &mut |number| {
            if found.last().is_some_and(|last| last.end > number.signs.start) {
                return true;
            }
            let Some(signs) = mobile(text, number, spoken) else { return false };
            found.push(signs);
            true
        });
    }
    found
}

fn mobile(text: &Folded, number: &Number, spoken: bool) -> Option<Range<usize>> {
    let digits = number.digits();
    let prefix = match digits {
        [0, 0, 8, 6, rest @ ..] if rest.len() == 11 => 4,
        [8, 6, rest @ ..] if rest.len() == 11 => 2,
        [0, rest @ ..] if rest.len() == 11 => 1,
        rest if rest.len() == 11 => 0,
        _ => return None,
    };
    if !matches!(digits[prefix..], [1, 3..=9, ..]) {
        return None;
    }
    let mut shape = number.shape().to_vec();
    let mut left = u8::try_from(prefix).unwrap_or(u8::MAX);
    while left > 0 {
        let first = shape.first_mut()?;
        if *first > left {
            *first -= left;
            left = 0;
        } else {
            left -= *first;
            shape.remove(0);
        }
    }
    let cued = has_cue(text, number.signs.start);
    if !is_usual(&shape, number, spoken, cued) || prefix == 1 && !cued {
        return None;
    }
    if number.is_amount() || number.is_part_of_code(&NAMES) || number::names_a_thing(&number.name()) {
        return None;
    }
    Some(with_country(text, number.signs.clone(), prefix))
}

/// Whether people divide mobile numbers so.
fn is_usual(shape: &[u8], number: &Number, spoken: bool, cued: bool) -> bool {
    let mark = number.mark;
    // Cells of a table are numbers of their own, unless the row says what they are together.
    if mark == Mark::Sign('|') {
        return cued && shape == [3, 4, 4];
    }
    let joined =
        matches!(mark, Mark::Sign(sign @ ('-' | '.' | '_')) if shape.len() > 1 && number.goes_on_with(sign));
    // Numbers between commas are many numbers (`170、171、16212 号段`), unless they are read out.
    if mark == Mark::Sign(',') {
        return spoken && shape == [3, 4, 4];
    }
    match shape {
        [11] => true,
        [3, 4, 4] => !joined,
        _ if joined => false,
        // A decimal number, such as a coordinate, has one point.
        [_, _] if mark == Mark::Sign('.') => false,
        [3, 8] => cued || spoken || matches!(mark, Mark::Sign('-' | '*') | Mark::Space),
        [7, 4] | [3, 6, 2] => cued || spoken || mark == Mark::Sign('*'),
        [1, rest @ ..] if rest.len() == 10 && rest.iter().all(|len| *len == 1) => mark != Mark::Mixed,
        _ => cued || spoken && shape.len() < 6,
    }
}

pub(super) fn has_cue(text: &Folded, at: usize) -> bool {
    let before = text.before(at, REACH);
    CUES.iter().any(|cue| before.contains(cue))
}

/// Takes `+86`, with its brackets, into the number.
fn with_country(text: &Folded, signs: Range<usize>, prefix: usize) -> Range<usize> {
    let mut start = signs.start;
    let before = |at: usize| at.checked_sub(1).and_then(|at| text.sign(at));
    if prefix < 2 {
        let mut at = start;
        while before(at).is_some_and(|sign| matches!(sign, ' ' | ')' | '-')) && start - at < 3 {
            at -= 1;
        }
        let code = ["+86", "0086", "(86"].into_iter().find(|code| text.before(at, code.len()) == **code);
        match code {
            Some(code) if at < start => start = at - code.len() + usize::from(code == "(86"),
            _ => return signs,
        }
    } else if before(start) == Some('+') {
        start -= 1;
    }
    if before(start) == Some('(') && (start..signs.end).any(|at| text.sign(at) == Some(')')) {
        start -= 1;
    }
    start..signs.end
}
