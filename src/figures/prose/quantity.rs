//! Numbers with their units in running text: 57件, 1,234件, １２起, 三十二件, 12.3万元, 91.2%.
//!
//! Refuses: ordinals (第3件), parts of longer numbers and words, and 一件, which is seldom a count.
//! Invariant: a quantity's bytes are those of the number and its unit.

use std::ops::Range;

/// A number with its unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where it stands.
    pub range: Range<usize>,
    /// Its value times ten to the `decimals`.
    pub value: i64,
    /// How many digits stand after the point.
    pub decimals: u8,
    /// 万 is `10_000`.
    pub times: i64,
    /// Its unit; `%` for per cent.
    pub unit: String,
    /// Said to be no exact number: 约, 近, 多, 以上.
    pub vague: bool,
}

const COUNTED: [&str; 5] = ["件", "起", "宗", "例", "桩"];

/// Whether two units count the same: cases are 件 or 起.
pub fn same_unit(a: &str, b: &str) -> bool {
    a == b || (COUNTED.contains(&a) && COUNTED.contains(&b))
}

/// The quantities in a text whose units are among `units` (or count the same).
pub fn find(text: &str, units: &[&str]) -> Vec<Quantity> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let Some((number, next)) = read(&chars, at) else {
            at += 1;
            continue;
        };
        if let Some(quantity) = with_unit(text, &chars, at, next, number, units) {
            found.push(quantity);
        }
        at = next;
    }
    found
}

/// Value, digits after the point, and whether it was written in Chinese.
type Number = (i64, u8, bool);

fn digit(c: char) -> Option<i64> {
    match c {
        '0'..='9' => Some(i64::from(u32::from(c) - u32::from('0'))),
        '０'..='９' => Some(i64::from(u32::from(c) - u32::from('０'))),
        _ => None,
    }
}

/// The number that begins here, and where it ends.
fn read(chars: &[(usize, char)], at: usize) -> Option<(Number, usize)> {
    let c = |index: usize| chars.get(index).map(|&(_, c)| c);
    if digit(c(at)?).is_none() {
        return chinese(chars, at);
    }
    let (mut value, mut decimals, mut next) = (0_i64, 0_u8, at);
    let mut point = false;
    while let Some(sign) = c(next) {
        if let Some(digit) = digit(sign) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            decimals += u8::from(point);
        } else if matches!(sign, ',' | '，') && !point && grouped(chars, next) {
            // A comma before exactly three digits groups them.
        } else if matches!(sign, '.' | '．') && !point && c(next + 1).and_then(digit).is_some() {
            point = true;
        } else {
            break;
        }
        next += 1;
    }
    Some(((value, decimals, false), next))
}

fn grouped(chars: &[(usize, char)], comma: usize) -> bool {
    let is = |index: usize| chars.get(index).is_some_and(|&(_, c)| digit(c).is_some());
    chars[comma].1 == ',' && is(comma + 1) && is(comma + 2) && is(comma + 3) && !is(comma + 4)
}

/// 三十二, 一百零五, 两千.
fn chinese(chars: &[(usize, char)], at: usize) -> Option<(Number, usize)> {
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None::<i64>);
    let mut next = at;
    while let Some(&(_, c)) = chars.get(next) {
        if let Some(digit) = "零一二三四五六七八九".chars().position(|one| one == c) {
            last = Some(i64::try_from(digit).expect("below ten"));
        } else if c == '两' || c == '〇' {
            last = Some(if c == '两' { 2 } else { 0 });
        } else {
            let unit = match c {
                '十' => 10,
                '百' => 100,
                '千' => 1000,
                _ => break,
            };
            section += last.take().unwrap_or(1) * unit;
            total += section;
            section = 0;
        }
        next += 1;
    }
    (next > at).then(|| ((total + section + last.unwrap_or(0), 0, true), next))
}

fn with_unit(
    text: &str,
    chars: &[(usize, char)],
    at: usize,
    next: usize,
    (value, decimals, in_chinese): Number,
    units: &[&str],
) -> Option<Quantity> {
    let start = chars[at].0;
    let before = &text[..start];
    // A part of a longer number, a code, a date, or an ordinal.
    let glued =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '/' | ':' | '第' | '—' | '～' | '~');
    if before.chars().next_back().is_some_and(glued) || (in_chinese && value == 1) {
        return None;
    }
    let mut rest = chars.get(next).map_or("", |&(byte, _)| &text[byte..]);
    let mut vague = ["约", "近", "超过", "超", "不到", "不足", "将近", "接近", "至少", "上"]
        .iter()
        .any(|word| before.ends_with(word));
    let mut times = 1;
    loop {
        let trimmed = rest.trim_start_matches(' ');
        if let Some(after) = trimmed.strip_prefix(['多', '余', '来', '几']) {
            vague = true;
            rest = after;
        } else if let Some(after) = trimmed.strip_prefix('万') {
            times *= 10_000;
            rest = after;
        } else if let Some(after) = trimmed.strip_prefix('亿') {
            times *= 100_000_000;
            rest = after;
        } else {
            rest = trimmed;
            break;
        }
    }
    let unit = if rest.starts_with('%') || rest.starts_with('％') {
        "%"
    } else {
        let known = units.iter().copied().chain(COUNTED);
        let fits = known.filter(|unit| *unit != "%" && !unit.is_empty() && rest.starts_with(unit));
        fits.filter(|unit| units.iter().any(|known| same_unit(known, unit))).max_by_key(|unit| unit.len())?
    };
    let shown = if unit == "%" { rest.chars().next().map_or(1, char::len_utf8) } else { unit.len() };
    let after = &rest[shown..];
    vague |= ["以上", "以下", "以内", "左右", "上下", "多"].iter().any(|word| after.starts_with(word));
    // 三件套, 两起火: Chinese numerals count only where the unit ends the phrase.
    if in_chinese && after.chars().next().is_some_and(|c| !"，。；、！？：）,.;!?)的 \n”".contains(c))
    {
        return None;
    }
    let end = text.len() - after.len();
    Some(Quantity { range: start..end, value, decimals, times, unit: unit.to_owned(), vague })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(i64, u8, i64, bool)> {
        let found = find(text, &["件", "元", "%"]);
        found.into_iter().map(|one| (one.value, one.decimals, one.times, one.vague)).collect()
    }

    #[test]
    fn numbers_as_people_write_them() {
        assert_eq!(values("调解57件"), [(57, 0, 1, false)]);
        assert_eq!(values("调解 1,234 件"), [(1234, 0, 1, false)]);
        assert_eq!(values("调解１２起，另有三十二件。"), [(12, 0, 1, false), (32, 0, 1, false)]);
        assert_eq!(values("损失12.3万元"), [(123, 1, 10_000, false)]);
        assert_eq!(values("占91.2%，占８％"), [(912, 1, 1, false), (8, 0, 1, false)]);
        assert_eq!(values("一百零五件。两件，"), [(105, 0, 1, false), (2, 0, 1, false)]);
        assert_eq!(
            values("约30件、50多件、60件以上"),
            [(30, 0, 1, true), (50, 0, 1, true), (60, 0, 1, true)]
        );
    }

    #[test]
    fn what_is_no_count() {
        for text in [
            "第3件",
            "2026年9月5日",
            "打110",
            "0000-7110110",
            "第五十七条",
            "一件一件办",
            "三件套",
            "12人",
            "A3件",
        ] {
            assert_eq!(values(text), [], "{text}");
        }
    }
}
