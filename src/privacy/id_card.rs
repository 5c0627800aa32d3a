//! Numbers of identity cards: 18 signs (GB 11643-1999), and 15 digits as before 1999.
//!
//! Refuses: what fails the check digit, names no province, or has a day of birth that cannot be. The old form has no
//! check digit, so it needs a word beside it that says what it is.
//! Invariant: a number found names a day between 1900 and today.

use super::normalise::{Folded, Group};
use super::number::{self, Number};
use super::{Context, Detector};
use jiff::civil::Date;
use std::ops::Range;

/// The detector.
pub struct IdCard;

/// The kind of both forms, and of the last digits where they are named.
pub const KIND: &str = "id_card";
/// How far a word may stand from the old form.
const REACH: usize = 10;

impl Detector for IdCard {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn find(&self, text: &Folded, context: &Context) -> Vec<Range<usize>> {
        let today = context.today;
        let mut found = Vec::new();
        for run in text.runs() {
            number::each(text, run, &mut |number| match number.digits().len() {
                15 if is_old_form(text, number, run) => {
                    found.push(number.signs.clone());
                    true
                }
                17 => match tail(text, number.signs.end) {
                    Some(end) if is_new_form(number.digits(), 10, today) => {
                        found.push(number.signs.start..end);
                        true
                    }
                    _ => false,
                },
                18 => {
                    let digits = number.digits();
                    let is = is_new_form(&digits[..17], digits[17], today) && !is_credit_code(number);
                    if is {
                        found.push(number.signs.clone());
                    }
                    is
                }
                len => len > 18,
            });
        }
        tails(text, &mut found);
        found.sort_by_key(|one| one.start);
        found
    }
}

/// `身份证尾号5123`, `身份证后六位12123X`: with a name that is hidden, the last digits tell who it is.
fn tails(text: &Folded, found: &mut Vec<Range<usize>>) {
    const NAMES: [&str; 6] = ["尾号", "后四位", "后六位", "末四位", "末六位", "后4位"];
    const MORE: [&str; 3] = ["后6位", "末4位", "末6位"];
    let signs = text.folded();
    for at in 0..signs.len() {
        if !matches!(signs[at], '尾' | '后' | '末') {
            continue;
        }
        let Some(name) = NAMES.iter().chain(&MORE).find(|name| {
            let mut name = name.chars().map(|sign| match sign {
                '四' => '4',
                '六' => '6',
                other => other,
            });
            let len = name.clone().count();
            signs.get(at..at + len).is_some_and(|part| part.iter().all(|sign| Some(*sign) == name.next()))
        }) else {
            continue;
        };
        let before = text.before(at, 12);
        if !["身份证", "证件", "公民身份"].iter().any(|word| before.contains(word)) {
            continue;
        }
        let mut start = at + name.chars().count();
        while matches!(
            signs.get(start),
            Some(':' | '为' | '是' | '(' | ' ' | '"' | '“' | '数' | '字' | '号' | '码')
        ) {
            start += 1;
        }
        let digits =
            signs[start.min(signs.len())..].iter().take(8).take_while(|sign| sign.is_ascii_digit()).count();
        let end = start + digits + usize::from(matches!(signs.get(start + digits), Some('x' | '叉')));
        let whole = signs.get(end).is_none_or(|next| !next.is_ascii_alphanumeric());
        if (3..=8).contains(&(end - start)) && whole && !matches!(signs.get(end), Some('位' | '个')) {
            found.push(start..end);
        }
    }
}

/// The end of a final `X`, which may stand apart as the groups do; letters and digits behind it make it another word.
fn tail(text: &Folded, mut at: usize) -> Option<usize> {
    for _ in 0..3 {
        if text.separates(at) {
            at += 1;
        }
    }
    let is_x = matches!(text.sign(at), Some('x' | '叉'));
    let ends = !text.sign(at + 1).is_some_and(|sign| sign.is_ascii_alphanumeric());
    (is_x && ends).then_some(at + 1)
}

/// Codes of provinces, GB/T 2260.
fn is_province(digits: &[u8]) -> bool {
    matches!(digits[0] * 10 + digits[1], 11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83 | 91)
}

fn value(digits: &[u8]) -> i16 {
    digits.iter().fold(0, |sum, digit| sum * 10 + i16::from(*digit))
}

fn day(year: i16, month: &[u8], day: &[u8]) -> Option<Date> {
    Date::new(year, i8::try_from(value(month)).ok()?, i8::try_from(value(day)).ok()?).ok()
}

fn is_new_form(digits: &[u8], check: u8, today: Date) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let year = value(&digits[6..10]);
    u32::from(check) == (12 - sum % 11) % 11
        && is_province(digits)
        && year >= 1900
        && day(year, &digits[10..12], &digits[12..14]).is_some_and(|born| born <= today)
}

/// A unified social credit code (GB 32100-2015) of digits only can look like an identity card's number.
fn is_credit_code(number: &Number) -> bool {
    const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    let digits = number.digits();
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    (31 - sum % 31) % 31 == u32::from(digits[17]) && number.name().ends_with("代码")
}

fn is_old_form(text: &Folded, number: &Number, run: &[Group]) -> bool {
    let digits = number.digits();
    let alone = run.len() == 1 || number.shape() == [15] || matches!(number.shape(), [6, 6, 3]);
    if !alone
        || !is_province(digits)
        || day(1900 + value(&digits[6..8]), &digits[8..10], &digits[10..12]).is_none()
        || number::names_a_thing(&number.name())
        || number.is_amount()
        || number.is_part_of_code(&[])
    {
        return false;
    }
    let around = [text.before(number.signs.start, REACH), text.after(number.signs.end, REACH)];
    ["证", "身份", "号码"].iter().any(|word| around.iter().any(|part| part.contains(word)))
        && !around[0].contains("执照")
}
