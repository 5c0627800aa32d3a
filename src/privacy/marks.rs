//! What each character may begin, looked up once when a text is folded, so that a detector passes over the rest.
//!
//! Invariant: a bit is set for every character that could matter to the search that asks for it.

use super::lexicon::{Lexicon, Signs};
use super::name::words;
use super::{minor_identity, plate};
use std::sync::LazyLock;

/// A role begins here.
pub const ROLE: u16 = 1;
/// A form of address begins here.
pub const ADDRESSED: u16 = 1 << 1;
/// A surname of one character.
pub const SURNAME: u16 = 1 << 2;
/// A character of given names.
pub const GIVEN: u16 = 1 << 3;
/// A part of a name of another people of China begins here.
pub const PART: u16 = 1 << 4;
/// A sign that hides a part of a name, or a dot, a comma or a bracket that may stand beside one.
pub const SIGN: u16 = 1 << 5;
/// A numeral, Chinese or not.
pub const NUMERAL: u16 = 1 << 6;
/// A school, or the unit of a village group.
pub const SCHOOL: u16 = 1 << 7;
/// A province, as number plates begin.
pub const PROVINCE: u16 = 1 << 8;
/// What may follow a name in a clause of its own.
pub const DOES: u16 = 1 << 9;

static MARKS: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut marks = vec![0; 0x1_0000];
    let mut set = |is: &dyn Fn(char) -> bool, bit: u16| {
        for (at, slot) in marks.iter_mut().enumerate() {
            if u32::try_from(at).ok().and_then(char::from_u32).is_some_and(is) {
                *slot |= bit;
            }
        }
    };
    let begins = |lexicon: &'static Lexicon| move |sign| lexicon.begins(sign);
    let has = |signs: &'static Signs| move |sign| signs.has(sign);
    set(&begins(&words::ROLES), ROLE);
    set(&begins(&words::ADDRESSED), ADDRESSED);
    set(&has(&words::SURE), SURNAME);
    set(&has(&words::WEAK), SURNAME);
    set(&begins(&words::COMPOUND), SURNAME);
    set(&has(&words::GIVEN), GIVEN);
    set(&begins(&words::PARTS), PART);
    set(
        &|sign| {
            matches!(
                sign,
                ',' | '(' | ' ' | '.' | '*' | '×' | '□' | '○' | '，' | '（' | '　' | '·' | '、' | '＊' | '某'
            )
        },
        SIGN,
    );
    set(&|sign| super::address::is_numeral(sign), NUMERAL);
    set(&begins(&minor_identity::SCHOOLS), SCHOOL);
    set(&|sign| matches!(sign, '组' | '队'), SCHOOL);
    set(&has(&plate::PROVINCES), PROVINCE);
    set(&begins(&words::DOES), DOES);
    marks
});

/// All marks, by character.
pub fn all() -> &'static [u16] {
    &MARKS
}
