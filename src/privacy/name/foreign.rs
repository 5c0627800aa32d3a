//! Names of other peoples of China: with a dot (阿布都热合曼·买买提), or made of known parts (扎西顿珠).

use super::candidate::sounds_foreign;
use super::words::{PARTS, ROLES};
use crate::privacy::lexicon::is_han;
use std::ops::Range;

/// The longest half of a name.
const HALF: usize = 8;

/// Whether a name stands around the dot at an index: behind a role, or where it sounds like one.
pub fn around_dot(signs: &[char], dot: usize) -> Option<Range<usize>> {
    let (before, after) = (half_before(signs, dot), half_after(signs, dot + 1));
    if before.len() < 2 || after.len() < 2 {
        return None;
    }
    let role = before.clone().find(|at| ROLES.ends(signs, *at));
    match role {
        Some(at) if dot - at >= 2 => Some(at..after.end),
        _ => {
            let start = before.clone().find(|at| sounds_foreign(&signs[*at..dot]) && dot - at <= 6)?;
            (dot - start >= 2 && sounds_foreign(&signs[after.clone()])).then_some(start..after.end)
        }
    }
}

/// A name with a dot or of known parts right behind a role.
pub fn behind_role(signs: &[char], at: usize) -> Option<Range<usize>> {
    let end = half_after(signs, at).end;
    if signs.get(end) == Some(&'.') && end >= at + 2 {
        let after = half_after(signs, end + 1);
        return (after.len() >= 2).then_some(at..after.end);
    }
    let one = PARTS.at(signs, at);
    if one == 0 {
        return None;
    }
    let two = PARTS.at(signs, at + one);
    Some(at..at + one + two)
}

/// Two known parts side by side.
pub fn parts(signs: &[char], at: usize) -> Option<Range<usize>> {
    let one = PARTS.at(signs, at);
    let two = if one == 0 { 0 } else { PARTS.at(signs, at + one) };
    (two > 0).then_some(at..at + one + two)
}

fn half_before(signs: &[char], end: usize) -> Range<usize> {
    let len = signs[..end].iter().rev().take(HALF + 6).take_while(|sign| is_han(**sign)).count();
    end - len..end
}

/// Up to where a half of a name goes on: characters that names of other languages are written with.
fn half_after(signs: &[char], at: usize) -> Range<usize> {
    let at = at.min(signs.len());
    let len = signs[at..]
        .iter()
        .take(HALF)
        .take_while(|sign| is_han(**sign) && super::words::SOUNDS.has(**sign))
        .count();
    at..at + len
}
