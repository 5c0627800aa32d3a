//! Runs of digits read as numbers: which groups belong together, and what stands around them.
//!
//! Refuses: numbers that begin or end inside a group, for those are parts of longer ones.
//! Invariant: a [`Number`] has at most [`MAX`] digits and consists of whole groups that follow each other.

use super::normalise::{Folded, Group};
use std::ops::Range;

/// The most digits that are looked at: no number that we know has more.
pub const MAX: usize = 21;

/// Some groups of a run, read as one number.
#[derive(Clone, Debug)]
pub struct Number<'f> {
    folded: &'f Folded,
    digits: [u8; MAX],
    len: usize,
    shape: [u8; MAX],
    shapes: usize,
    /// The signs from the first digit to behind the last.
    pub signs: Range<usize>,
    /// Whether every separator inside is one of space and line break, or one and the same other sign.
    pub mark: Mark,
}

/// What divides the groups of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Nothing.
    None,
    /// White space.
    Space,
    /// One sign between all groups, white space beside it or not.
    Sign(char),
    /// Several signs.
    Mixed,
}

/// Shows every number that begins with one of the run's groups, shorter ones first; `see` says whether it is settled:
/// then longer ones from the same beginning are left out.
pub fn each(folded: &Folded, run: &[Group], see: &mut dyn FnMut(&Number) -> bool) {
    for first in 0..run.len() {
        let begin = run[first].signs.start;
        let mut number = Number {
            folded,
            digits: [0; MAX],
            len: 0,
            shape: [0; MAX],
            shapes: 0,
            signs: begin..begin,
            mark: Mark::None,
        };
        for group in &run[first..] {
            if !number.push(group) || see(&number) {
                break;
            }
        }
    }
}

impl Number<'_> {
    fn push(&mut self, group: &Group) -> bool {
        if self.len + group.signs.len() > MAX {
            return false;
        }
        let gap = self.signs.end..group.signs.start;
        if gap.is_empty() && self.shapes > 0 {
            self.shape[self.shapes - 1] += u8::try_from(group.signs.len()).unwrap_or(u8::MAX);
        } else {
            self.shape[self.shapes] = u8::try_from(group.signs.len()).unwrap_or(u8::MAX);
            self.shapes += 1;
            if self.len > 0 {
                self.mark = self.mark.joined(mark_of(self.folded, gap));
            }
        }
        for digit in self.folded.digits(group) {
            self.digits[self.len] = digit;
            self.len += 1;
        }
        self.signs.end = group.signs.end;
        true
    }

    /// Its digits.
    pub fn digits(&self) -> &[u8] {
        &self.digits[..self.len]
    }

    /// How many digits stand together, from left to right.
    pub fn shape(&self) -> &[u8] {
        &self.shape[..self.shapes]
    }

    /// The words before it: folded signs, without what only joins a number to its name.
    pub fn name(&self) -> String {
        let before = self.folded.before(self.signs.start, 16);
        let joins = |c: char| {
            c.is_whitespace()
                || matches!(c, ':' | '为' | '是' | '(' | '"' | '“' | '「' | '#' | '№' | '=' | '\'')
        };
        before.trim_end_matches(joins).to_owned()
    }

    /// Whether it counts money or is a part of a decimal number.
    pub fn is_amount(&self) -> bool {
        const UNITS: [&str; 14] = [
            "元",
            "万",
            "亿",
            "块",
            "圆",
            "美元",
            "港元",
            "港币",
            "日元",
            "韩元",
            "欧元",
            "英镑",
            "人民币",
            "rmb",
        ];
        let after = self.folded.after(self.signs.end, 8);
        let tail = match after.strip_prefix('.') {
            // A decimal part of at most four digits.
            Some(rest) => {
                let decimals = rest.chars().take_while(char::is_ascii_digit).count();
                if (1..=4).contains(&decimals) {
                    return true;
                }
                after.as_str()
            }
            None => after.as_str(),
        };
        let tail = tail.trim_start();
        let name = self.name();
        UNITS.iter().any(|unit| tail.starts_with(unit))
            || name.ends_with(['¥', '￥', '$', '€'])
            || name.ends_with("金额")
            || self.is_decimal()
    }

    /// Whether it stands behind a decimal point. `1.` at the head of a line is the number of an item.
    fn is_decimal(&self) -> bool {
        let before = self.folded.before(self.signs.start, 8);
        let Some(whole) = before.strip_suffix('.') else { return false };
        let digits = whole.chars().rev().take_while(char::is_ascii_digit).count();
        let heads_line = whole.len() == digits || whole[..whole.len() - digits].ends_with('\n');
        digits > 0 && !(heads_line && digits <= 2 && !whole.ends_with('0'))
    }

    /// Whether letters touch it, so that it is a part of some code. Words that name a number may touch it.
    pub fn is_part_of_code(&self, names: &[&str]) -> bool {
        let letters = |text: &str, from_end: bool| -> String {
            let is = |c: &char| c.is_ascii_alphabetic();
            if from_end {
                let mut found: Vec<char> = text.chars().rev().take_while(is).collect();
                found.reverse();
                found.into_iter().collect()
            } else {
                text.chars().take_while(is).collect()
            }
        };
        let before = letters(&self.folded.before(self.signs.start, 12), true);
        let after = letters(&self.folded.after(self.signs.end, 12), false);
        [before, after].iter().any(|word| !word.is_empty() && !names.contains(&word.as_str()))
    }

    /// Whether `sign` and a digit stand right before it, or right after it.
    pub fn goes_on_with(&self, sign: char) -> bool {
        let is = |at: Option<usize>, wanted: &dyn Fn(char) -> bool| {
            at.and_then(|at| self.folded.sign(at)).is_some_and(wanted)
        };
        let digit = |c: char| c.is_ascii_digit();
        let (start, end) = (self.signs.start, self.signs.end);
        is(start.checked_sub(1), &|c| c == sign) && is(start.checked_sub(2), &digit)
            || is(Some(end), &|c| c == sign) && is(Some(end + 1), &digit)
    }
}

impl Mark {
    fn joined(self, next: Self) -> Self {
        match (self, next) {
            (Self::None, mark) => mark,
            (mark, next) if mark == next => mark,
            _ => Self::Mixed,
        }
    }
}

fn mark_of(folded: &Folded, gap: Range<usize>) -> Mark {
    gap.filter_map(|at| folded.sign(at)).fold(Mark::None, |mark, sign| match sign {
        ' ' | '\n' if mark == Mark::None => Mark::Space,
        ' ' | '\n' => mark,
        sign if matches!(mark, Mark::None | Mark::Space) || mark == Mark::Sign(sign) => Mark::Sign(sign),
        _ => Mark::Mixed,
    })
}

/// Words that name numbers which belong to things, not to people: a number right behind one of them is let pass.
pub fn names_a_thing(name: &str) -> bool {
    const THINGS: [&str; 43] = [
        "订单",
        "单号",
        "单号码",
        "订单号码",
        "运单号码",
        "编号",
        "流水",
        "流水号",
        "流水号码",
        "序列号",
        "交易号",
        "凭证号",
        "批号",
        "批次",
        "文号",
        "案号",
        "期号",
        "条码",
        "条形码",
        "商品码",
        "代码",
        "标识码",
        "备案号",
        "备案",
        "许可证号",
        "许可证",
        "发票号",
        "发票号码",
        "合同号",
        "货号",
        "版本",
        "版本号",
        "序号",
        "档案号",
        "图号",
        "注册号",
        "坐标",
        "经度",
        "纬度",
        "isbn",
        "issn",
        "imei",
        "时间戳",
    ];
    THINGS.iter().any(|thing| name.ends_with(thing))
}
