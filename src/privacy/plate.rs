//! Number plates, GA 36: a province, a letter and five or six signs; those of police, training, trailers, embassies and the forces.
//!
//! Refuses: roads (G76), classes (5A), filing numbers (黔ICP备…), and provinces in words (贵州5A级).

use super::lexicon::Signs;
use super::marks;
use super::normalise::Folded;
use super::{Context, Detector};
use std::ops::Range;
use std::sync::LazyLock;

/// The detector.
pub struct Plate;

/// What plates begin with.
pub static PROVINCES: LazyLock<Signs> =
    LazyLock::new(|| Signs::new("京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领"));
/// What a plate may end with in place of its last sign.
const LAST: &str = "学警挂港澳领使试超";

impl Detector for Plate {
    fn kind(&self) -> &'static str {
        "plate"
    }

    fn may_find(&self, text: &Folded) -> bool {
        text.has_digits() && text.has_latin()
    }

    fn find(&self, text: &Folded, _: &Context) -> Vec<Range<usize>> {
        let signs = text.plain();
        let mut found: Vec<Range<usize>> = Vec::new();
        for at in 0..signs.len() {
            if found.last().is_some_and(|last| last.end > at) {
                continue;
            }
            let range = if text.marks()[at] & marks::PROVINCE != 0 {
                civil(text, at)
            } else if signs[at] == 'w' && signs.get(at + 1) == Some(&'j') {
                police_force(text, at)
            } else if is_force(signs, at) {
                force(text, at)
            } else {
                None
            };
            found.extend(range);
        }
        found
    }
}

/// At most one separator: a dot, a dash or blanks.
fn gap(text: &Folded, mut at: usize) -> usize {
    let begin = at;
    while at - begin < 2 && matches!(text.sign(at), Some('.' | '-' | ' ' | '*' | '_')) {
        at += 1;
    }
    at
}

/// The signs of a serial number: how many digits and letters, and where they end. Digits may be spoken.
fn serial(text: &Folded, start: usize, most: usize) -> (String, usize) {
    let signs = text.folded();
    let mut serial = String::new();
    let mut at = start;
    while serial.len() < most {
        match signs.get(at) {
            Some(sign) if sign.is_ascii_alphanumeric() => {
                serial.push(*sign);
                at += 1;
            }
            // One blank or dot inside: 贵F 00 Z09.
            Some(' ' | '.' | '-' | '*') if !serial.is_empty() && at - start < 8 => {
                if signs.get(at + 1).is_some_and(char::is_ascii_alphanumeric) { at += 1 } else { break }
            }
            _ => break,
        }
    }
    (serial, at)
}

fn ends(text: &Folded, at: usize) -> bool {
    !text.sign(at).is_some_and(|sign| sign.is_ascii_alphanumeric())
}

fn civil(text: &Folded, at: usize) -> Option<Range<usize>> {
    let signs = text.plain();
    let province = signs[at];
    if matches!(province, '使' | '领') {
        // 使014578: an embassy's; 沪A0023领 is read by its province.
        let (serial, end) = serial(text, at + 1, 6);
        let cued = ["车", "牌", "驾"].iter().any(|word| text.before(at, 10).contains(word));
        return (serial.len() == 6 && serial.bytes().all(|b| b.is_ascii_digit()) && ends(text, end) && cued)
            .then_some(at..end);
    }
    let letter_at = gap(text, at + 1);
    let letter = signs.get(letter_at).filter(|sign| sign.is_ascii_lowercase())?;
    let mut start = gap(text, letter_at + 1);
    if *letter == 'i' || (province == '新' && letter_at > at + 1) {
        return None;
    }
    // 临 stands on temporary plates.
    if signs.get(start) == Some(&'临') {
        start = gap(text, start + 1);
    }
    // The longest serial that fits: six signs with new energies, else five, the last of which may be a character.
    for most in [6, 5, 4] {
        let (serial, end) = serial(text, start, most);
        if serial.len() != most || serial.contains('i') {
            continue;
        }
        let digits = serial.bytes().filter(u8::is_ascii_digit).count();
        let end = match most {
            6 => {
                let bytes = serial.as_bytes();
                let small = bytes[0].is_ascii_alphabetic() && bytes[2..].iter().all(u8::is_ascii_digit);
                let large = bytes[5].is_ascii_alphabetic() && bytes[..5].iter().all(u8::is_ascii_digit);
                (ends(text, end) && (small || large)).then_some(end)
            }
            5 => (ends(text, end) && digits >= 3).then_some(end),
            _ => {
                let last = signs.get(end).is_some_and(|sign| LAST.contains(*sign));
                (last && digits >= 3).then_some(end + 1)
            }
        };
        if let Some(end) = end.filter(|end| !is_other(text, at, *end)) {
            return Some(at..end);
        }
    }
    None
}

/// `粤B股12345` and the like never come so far; `新A12345元` does.
fn is_other(text: &Folded, at: usize, end: usize) -> bool {
    let before = text.before(at, 2);
    let after = text.after(end, 3);
    ["元", "万元", "号文", "号公告", "号令"].iter().any(|unit| after.starts_with(unit))
        || before.ends_with("最")
        || before.ends_with("更")
}

/// WJ贵12345, WJ01·12345: the armed police.
fn police_force(text: &Folded, at: usize) -> Option<Range<usize>> {
    let signs = text.plain();
    if at > 0 && signs[at - 1].is_ascii_alphanumeric() {
        return None;
    }
    let mut start = gap(text, at + 2);
    if signs.get(start).is_some_and(|sign| PROVINCES.has(*sign)) {
        start = gap(text, start + 1);
    }
    let (serial, end) = serial(text, start, 7);
    let digits = serial.bytes().filter(u8::is_ascii_digit).count();
    ((5..=7).contains(&serial.len()) && digits >= 4 && ends(text, end)).then_some(at..end)
}

fn is_force(signs: &[char], at: usize) -> bool {
    let bounded = at == 0 || !signs[at - 1].is_ascii_alphanumeric();
    bounded
        && (matches!(signs[at], '军' | '海' | '空' | '北' | '南' | '兰' | '济' | '成' | '广')
            || matches!(signs[at], 'v' | 'k' | 'h' | 'b' | 's' | 'l' | 'j' | 'n' | 'g' | 'c' | 'e'))
        && signs.get(at + 1).is_some_and(char::is_ascii_lowercase)
}

/// VA·12345, 军A12345: the forces; only where a word says that it is a plate.
fn force(text: &Folded, at: usize) -> Option<Range<usize>> {
    let start = gap(text, at + 2);
    let (serial, end) = serial(text, start, 5);
    let around = text.before(at, 10) + &text.after(end, 6);
    let cued = ["牌", "车", "驾"].iter().any(|word| around.contains(word));
    (serial.len() == 5 && serial.bytes().filter(u8::is_ascii_digit).count() >= 4 && ends(text, end) && cued)
        .then_some(at..end)
}
