//! Units that are written in letters: 500ml 五百毫升, 40km/h 每小时四十公里.
//!
//! Refuses: letters that are no unit of the list, or the beginning of a longer word.

use super::{digits, plain};

/// Units and what they are called; longer ones first where one begins another.
const UNITS: &[(&str, &str)] = &[
    ("km²", "平方公里"),
    ("mmHg", "毫米汞柱"),
    ("kWh", "度"),
    ("kW·h", "度"),
    ("km", "公里"),
    ("kg", "公斤"),
    ("kW", "千瓦"),
    ("kV", "千伏"),
    ("cm", "厘米"),
    ("mm", "毫米"),
    ("mg", "毫克"),
    ("ml", "毫升"),
    ("mL", "毫升"),
    ("ML", "毫升"),
    ("m²", "平方米"),
    ("m³", "立方米"),
    ("㎡", "平方米"),
    ("㎏", "公斤"),
    ("㎝", "厘米"),
    ("㎜", "毫米"),
    ("㎞", "公里"),
    ("min", "分钟"),
    ("°C", "摄氏度"),
    ("m", "米"),
    ("g", "克"),
    ("t", "吨"),
    ("h", "小时"),
    ("L", "升"),
    ("l", "升"),
    ("V", "伏"),
    ("W", "瓦"),
];

/// Words behind a slash that say for each of what.
const EACH: &[&str] = &[
    "公里",
    "小时",
    "分钟",
    "平方米",
    "人次",
    "毫升",
    "天",
    "日",
    "月",
    "年",
    "人",
    "户",
    "次",
    "吨",
    "亩",
    "斤",
    "度",
    "秒",
    "只",
    "头",
    "张",
    "件",
];

/// The unit at a place, and the place behind it.
pub(super) fn name(text: &[char], at: usize) -> Option<(&'static str, usize)> {
    let (end, name) = UNITS.iter().find_map(|(sign, name)| {
        let length = sign.chars().count();
        let stands = text.get(at..at + length).is_some_and(|part| part.iter().copied().eq(sign.chars()));
        stands.then_some((at + length, *name))
    })?;
    let goes_on = text.get(end).is_some_and(char::is_ascii_alphanumeric);
    (!goes_on).then_some((name, end))
}

/// `40km/h` 每小时四十公里, `80mg/100ml` 每一百毫升八十毫克, `80公里/小时`.
pub(super) fn rate(text: &[char], at: usize) -> Option<(String, usize)> {
    let (said, end) = plain(text, at);
    let (unit, slash) = match name(text, end) {
        Some((unit, behind)) => (unit.to_owned(), behind),
        None => {
            let length = text[end..].iter().take_while(|c| ('一'..='龥').contains(*c)).take(4).count();
            (text[end..end + length].iter().collect(), end + length)
        }
    };
    if unit.is_empty() || text.get(slash) != Some(&'/') {
        return None;
    }
    let each_at = slash + 1;
    let (many, each_at) =
        if digits(text, each_at) > 0 { plain(text, each_at) } else { (String::new(), each_at) };
    let (each, behind) = name(text, each_at).or_else(|| {
        let word = EACH.iter().find(|word| {
            let length = word.chars().count();
            text.get(each_at..each_at + length).is_some_and(|part| part.iter().copied().eq(word.chars()))
        })?;
        Some((*word, each_at + word.chars().count()))
    })?;
    Some((format!("每{many}{each}{said}{unit}"), behind))
}
