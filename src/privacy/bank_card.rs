//! Numbers of bank cards: 13 to 19 digits that pass Luhn's check (ISO/IEC 7812).
//!
//! Refuses: numbers named as those of orders and documents, and amounts. One number in ten passes the check by chance,
//! so only the cards of 银联 (62) are known by their digits alone; others need a word near them.
//! Invariant: a number found passes the check and begins as an issuer's numbers do.

use super::normalise::Folded;
use super::number::{self, Mark, Number};
use super::{Context, Detector};
use std::ops::Range;

/// The detector.
pub struct BankCard;

/// Words near a card's number.
const CUES: [&str; 24] = [
    "卡号",
    "银行",
    "储蓄",
    "信用卡",
    "借记",
    "账号",
    "账户",
    "帐号",
    "帐户",
    "收款",
    "转账",
    "打款",
    "汇款",
    "户名",
    "存折",
    "银联",
    "card",
    "bank",
    "visa",
    "新号",
    "账 号",
    "提现",
    "涉案卡",
    "工资卡",
];
/// How far before and behind a number such a word may stand.
const REACH: (usize, usize) = (20, 12);

impl Detector for BankCard {
    fn kind(&self) -> &'static str {
        "bank_card"
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for run in text.runs() {
            number::each(text, run, &mut |number| {
                if is_card(text, number) {
                    // A longer number from the same beginning takes the shorter one's place.
                    while found.pop_if(|other| other.end > number.signs.start).is_some() {}
                    found.push(number.signs.clone());
                }
                number.digits().len() > 19
            });
        }
        found
    }
}

fn is_card(text: &Folded, number: &Number) -> bool {
    let digits = number.digits();
    if !(13..=19).contains(&digits.len()) || !passes_luhn(digits) || !is_grouped_as_cards_are(number) {
        return false;
    }
    let name = number.name();
    if number::names_a_thing(&name)
        || number.is_amount()
        || number.is_part_of_code(&["card", "no", "visa", "unionpay"])
    {
        return false;
    }
    let cued = || {
        let (before, after) =
            (text.before(number.signs.start, REACH.0), text.after(number.signs.end, REACH.1));
        CUES.iter().any(|cue| before.contains(cue) || after.contains(cue))
    };
    let len = digits.len();
    match digits {
        [6, 2, ..] if len >= 16 => true,
        [3, 4 | 7, ..] => len == 15 && cued(),
        [3, 5, ..] | [5, 1..=5, ..] | [2, 2..=7, ..] => len == 16 && cued(),
        [4, ..] => matches!(len, 13 | 16 | 18 | 19) && cued(),
        [6, ..] | [9, 0 | 4 | 5 | 8, ..] | [8, 4 | 7, ..] => len >= 16 && cued(),
        _ => false,
    }
}

/// ISO/IEC 7812-1, annex B.
fn passes_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let doubled = u32::from(*digit) * if at % 2 == 1 { 2 } else { 1 };
            doubled / 10 + doubled % 10
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|digit| *digit != 0)
}

/// Together, in fours, or as `622848 0000000000000`.
fn is_grouped_as_cards_are(number: &Number) -> bool {
    let shape = number.shape();
    if shape.len() == 1 {
        return true;
    }
    if matches!(number.mark, Mark::Mixed | Mark::Sign(',' | '|'))
        || matches!(number.mark, Mark::Sign(sign) if number.goes_on_with(sign))
    {
        return false;
    }
    let (last, fours) = shape.split_last().expect("more than one group");
    let in_fours = fours.iter().all(|len| *len == 4) && (1..=4).contains(last);
    let amex = shape == [4, 6, 5];
    let issuer_first = shape[0] == 6 && shape.len() <= 3;
    let split_by_markup = number.mark == Mark::Sign('*');
    in_fours || amex || issuer_first || split_by_markup
}
