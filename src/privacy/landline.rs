//! Numbers of fixed lines, with area code and extension, local numbers that are named so, and numbers abroad with their `+`.
//!
//! Refuses: lines of an office, which are there to be rung: a station's, a committee's, a hotline's. Numbers for all (400, 95xxx) have
//! no area code. Dates, amounts and numbers of documents.
//! Invariant: what is found has an area code of China's numbering plan, or a word beside it that says that it is rung.

use super::normalise::Folded;
use super::number::{self, Mark, Number};
use std::ops::Range;

/// Words that tell an office's line, in the clause before the number or right behind it.
const OFFICE: [&str; 72] = [
    "派出所",
    "公安",
    "警务",
    "值班",
    "值守",
    "办公",
    "村委",
    "居委",
    "社区服务",
    "服务中心",
    "政务",
    "大厅",
    "窗口",
    "街道办",
    "镇政府",
    "乡政府",
    "区政府",
    "县政府",
    "市政府",
    "人民政府",
    "法院",
    "检察院",
    "司法所",
    "司法局",
    "调委会",
    "调解室",
    "调解中心",
    "综治",
    "信访",
    "热线",
    "客服",
    "监督",
    "举报",
    "咨询",
    "投诉",
    "报名",
    "预约",
    "传真",
    "医院",
    "卫生院",
    "学校",
    "小学",
    "中学",
    "幼儿园",
    "银行",
    "支行",
    "公司",
    "营业",
    "酒店",
    "宾馆",
    "车站",
    "民政",
    "交警",
    "消防",
    "急救",
    "社保",
    "医保",
    "税务",
    "供电",
    "供水",
    "燃气",
    "物业",
    "居民委员会",
    "村民委员会",
    "指挥中心",
    "大队",
    "支队",
    "中队",
    "办事处",
    "本所",
    "我所",
    "我局",
];
/// Words that a private line is named by.
const HOME: [&str; 14] = [
    "家中",
    "家里",
    "宅电",
    "住宅",
    "家庭",
    "家属",
    "本人",
    "联系人",
    "失主",
    "当事人",
    "受害人",
    "报警人",
    "报案人",
    "嫌疑人",
];
/// Words behind which a number without an area code is a telephone number.
const RUNG: [&str; 12] = [
    "电话",
    "座机",
    "固话",
    "宅电",
    "固定电话",
    "家庭电话",
    "住宅电话",
    "联系电话",
    "tel",
    "phone",
    "致电",
    "拨打",
];

/// All of them, in order.
pub fn find(text: &Folded) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for run in text.runs() {
        number::each(text, run, &mut |number| {
            if found.last().is_some_and(|last| last.end > number.signs.start) {
                return true;
            }
            let found_here = abroad(text, number).or_else(|| fixed(text, number));
            let found_here = found_here.or_else(|| behind_area(text, number)).or_else(|| local(text, number));
            let Some(signs) = found_here else {
                return number.digits().len() > 14;
            };
            found.push(signs);
            true
        });
    }
    found
}

/// `0857-9234567`, `（0857）9234567转803`, `+86 857 9234567`.
fn fixed(text: &Folded, number: &Number) -> Option<Range<usize>> {
    let digits = number.digits();
    let (country, rest) = match digits {
        [0, 0, 8, 6, rest @ ..] => (4, rest),
        [8, 6, rest @ ..] if text.sign(number.signs.start.wrapping_sub(1)) == Some('+') => (2, rest),
        rest => (0, rest),
    };
    let (area, local) = match rest {
        [0, 1, 0, local @ ..] | [0, 2, _, local @ ..] => (3, local),
        [0, 3..=9, _, _, local @ ..] => (4, local),
        [1, 0, local @ ..] | [2, _, local @ ..] if country > 0 => (2, local),
        [3..=9, _, _, local @ ..] if country > 0 => (3, local),
        _ => return None,
    };
    if !matches!(local.len(), 7 | 8) || !matches!(local[0], 2..=9) || area == 3 && local.len() != 8 {
        return None;
    }
    let shape = number.shape();
    let cued = super::phone::has_cue(text, number.signs.start)
        || before_has(text, number.signs.start, &["座机", "固话", "固定"]);
    // Without a mark behind the area code the digits alone could be anything.
    let divided = shape.len() > 1 && usize::from(shape[0]) == country + area || country > 0;
    if !(divided && shape.len() <= 4 || cued) || is_among_groups(text, number) || refused(text, number) {
        return None;
    }
    let start = match text.sign(number.signs.start.wrapping_sub(1)) {
        Some('(' | '+') => number.signs.start - 1,
        _ => number.signs.start,
    };
    Some(start..extension(text, number.signs.end))
}

/// Whether a number in groups of four stands among other such groups: a part of a longer number, `2026 1103 0900 3007 0001`.
fn is_among_groups(text: &Folded, number: &Number) -> bool {
    let signs = text.folded();
    let Range { start, end } = number.signs;
    let spaced = signs[start..end].iter().all(|sign| sign.is_ascii_digit() || *sign == ' ');
    let digits =
        |part: &mut dyn Iterator<Item = &char>| part.take_while(|sign| sign.is_ascii_digit()).count();
    let before = start > 1 && signs[start - 1] == ' ' && digits(&mut signs[..start - 1].iter().rev()) == 4;
    let after = signs.get(end) == Some(&' ') && digits(&mut signs[end + 1..].iter()) == 4;
    spaced && (before || after)
}

/// `（0857）9234567转803`, `区号0857，电话9234567`: the area code stands apart.
fn behind_area(text: &Folded, number: &Number) -> Option<Range<usize>> {
    let digits = number.digits();
    if !matches!(digits.len(), 7 | 8)
        || !matches!(digits[0], 2..=9)
        || number.shape().len() > 2
        || refused(text, number)
    {
        return None;
    }
    let signs = text.folded();
    let mut at = number.signs.start;
    let back = |at: usize, is: &dyn Fn(char) -> bool, most: usize| {
        at - signs[..at].iter().rev().take(most).take_while(|sign| is(**sign)).count()
    };
    at = back(
        at,
        &|sign| matches!(sign, ' ' | '-' | ',' | ':' | '话' | '电' | '码' | '号' | '座' | '机' | '本' | '地'),
        8,
    );
    let bracket = at.checked_sub(1).is_some_and(|last| matches!(signs[last], ')' | ']'));
    let code_end = at - usize::from(bracket);
    let code = back(code_end, &|sign| sign.is_ascii_digit(), 5);
    let area = &signs[code..code_end];
    let known = matches!(area, ['0', '1', '0'] | ['0', '2', _] | ['0', '3'..='9', _, _]);
    let named =
        bracket && code > 0 && matches!(signs[code - 1], '(' | '[') || text.before(code, 4).contains("区号");
    if !known || !named {
        return None;
    }
    let start = if bracket { code - 1 } else { code };
    Some(start..extension(text, number.signs.end))
}

/// `家里电话4222110`: a local number.
fn local(text: &Folded, number: &Number) -> Option<Range<usize>> {
    let digits = number.digits();
    // 拨打96110、110: a list of numbers and no number in groups.
    if number.mark == Mark::Sign(',') {
        return None;
    }
    if !matches!(digits.len(), 7 | 8) || !matches!(digits[0], 2..=9) || number.shape().len() > 2 {
        return None;
    }
    let name = number.name();
    let named = RUNG.iter().any(|word| name.ends_with(word));
    let date = digits.len() == 8 && matches!(digits[..2], [2, 0] | [1, 9]);
    if !named || date || refused(text, number) || number.goes_on_with('-') {
        return None;
    }
    Some(number.signs.start..extension(text, number.signs.end))
}

/// `+852 9123 4567`.
fn abroad(text: &Folded, number: &Number) -> Option<Range<usize>> {
    let digits = number.digits();
    let plus = number.signs.start.checked_sub(1).filter(|at| text.sign(*at) == Some('+'))?;
    let code: &[&[u8]] = &[&[8, 5, 2], &[8, 5, 3], &[8, 8, 6]];
    let greater_china = code.iter().any(|code| digits.starts_with(code)) && (11..=12).contains(&digits.len());
    let cued = super::phone::has_cue(text, plus);
    let other = cued && (10..=14).contains(&digits.len()) && !digits.starts_with(&[8, 6]) && digits[0] != 0;
    let whole = !text.is_figure(number.signs.end);
    (whole && (greater_china || other) && !refused(text, number)).then_some(plus..number.signs.end)
}

fn refused(text: &Folded, number: &Number) -> bool {
    number.is_amount()
        || number.is_part_of_code(&["tel", "phone", "t", "fax"])
        || number::names_a_thing(&number.name())
        || is_office(text, number.signs.start, number.signs.end)
}

/// Whether the clause says that the number is an office's, and not that it is somebody's at home.
pub fn is_office(text: &Folded, start: usize, end: usize) -> bool {
    let before = text.before(start, 24);
    let clause = before.rsplit(['。', '\n', '；', ';', '!', '?']).next().unwrap_or(&before);
    let after = text.after(end, 8);
    let after = after.split(['。', '\n', ',', ';']).next().unwrap_or_default();
    let has = |words: &[&str], part: &str| words.iter().any(|word| part.contains(word));
    !has(&HOME, clause) && (has(&OFFICE, clause) || has(&["值班", "热线", "客服", "办公"], after))
}

fn before_has(text: &Folded, at: usize, words: &[&str]) -> bool {
    let before = text.before(at, 8);
    words.iter().any(|word| before.contains(word))
}

/// `转803`, `分机803`, `-803`, `ext 803`.
fn extension(text: &Folded, end: usize) -> usize {
    let signs = text.folded();
    let mut at = end;
    while matches!(signs.get(at), Some(' ' | ',' | '(')) && at - end < 2 {
        at += 1;
    }
    let words = ["转分机", "分机号", "分机", "转", "-", "ext.", "ext", "x"];
    let rest = text.after(at, 4);
    let Some(word) = words.iter().find(|word| rest.starts_with(**word)) else { return end };
    at += word.chars().count();
    while matches!(signs.get(at), Some(' ' | ':')) {
        at += 1;
    }
    let digits = signs[at.min(signs.len())..].iter().take(7).take_while(|sign| sign.is_ascii_digit()).count();
    if !(1..=6).contains(&digits) || *word == "-" && digits < 3 {
        return end;
    }
    at + digits
        + usize::from(rest.len() > 1 && text.sign(end) == Some('(') && text.sign(at + digits) == Some(')'))
}
