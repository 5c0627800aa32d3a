//! Numbers as they are said: 96110 九六幺幺零, 50% 百分之五十, 第38条 第三十八条, 14:30 十四点三十分.
//!
//! Refuses: to touch what is no number; letters, marks and Chinese numerals stay.
//! Invariant: a text without digits comes out as it went in.

mod context;
#[cfg(test)]
mod tests;
mod units;

/// A text with all numbers as they are said.
pub fn said(text: &str) -> String {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while at < folded.len() {
        if let Some((said, end)) = context::word(&folded, at) {
            out.push_str(&said);
            at = end;
        } else if folded[at].is_ascii_digit() {
            at = number(&folded, at, &mut out);
        } else {
            at = sign(&folded, at, &mut out);
        }
    }
    out
}

/// Whether a text tells a number to ring.
pub fn tells_a_number(text: &str) -> bool {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let begins = |at: usize| folded[at].is_ascii_digit() && (at == 0 || !folded[at - 1].is_ascii_digit());
    (0..folded.len()).any(|at| {
        begins(at)
            && context::word(&folded, at).is_none()
            && date(&folded, at).is_none()
            && ring(&folded, at).is_some()
    })
}

/// Whether a text tells a day (12月5日, 5日, 2026-12-05) or a time of day (9:00, 9点半).
pub fn tells_a_time(text: &str) -> bool {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let begins = |at: usize| folded[at].is_ascii_digit() && (at == 0 || !folded[at - 1].is_ascii_digit());
    (0..folded.len())
        .any(|at| begins(at) && context::word(&folded, at).is_none() && context::is_moment(&folded, at))
}

/// Full-width digits and the marks of numbers as plain ones.
fn fold(c: char) -> char {
    match c {
        '０'..='９' | '％' | '．' | '／' | '－' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Marks and units that are written as signs.
fn sign(text: &[char], at: usize, out: &mut String) -> usize {
    let next_digit = digits(text, at + 1) > 0;
    match text[at] {
        '℃' => out.push_str("摄氏度"),
        '¥' | '￥' if next_digit => return money(text, at + 1, out),
        // Below nought, and not “to”.
        '-' | '−' | '－' if next_digit && context::is_below_nought(text, at) => out.push_str("零下"),
        '-' | '—' | '–' | '～' | '~' | '－' if context::joins_two(text, at) => out.push('到'),
        // 110/119: one after the other.
        '/' if next_digit && at > 0 && text[at - 1].is_ascii_digit() => out.push('、'),
        '×' if next_digit && at > 0 && text[at - 1].is_ascii_digit() => out.push('乘'),
        c @ ('①'..='⑳' | 'Ⅰ'..='Ⅻ') => out.push_str(&context::numbered(c, text, at)),
        '+' if next_digit && at > 0 && (text[at - 1].is_ascii_digit()) => out.push('加'),
        c => out.push(c),
    }
    at + 1
}

/// `¥500` 五百元, `¥3万` 三万元.
fn money(text: &[char], at: usize, out: &mut String) -> usize {
    let (said, mut end) = plain(text, at);
    out.push_str(&said);
    if let Some(unit) = text.get(end).filter(|c| matches!(c, '千' | '万' | '亿')) {
        out.push(*unit);
        end += 1;
    }
    if text.get(end) != Some(&'元') {
        out.push('元');
    }
    end
}

/// How many of the marks that mean “to” stand at a place.
fn dashes(text: &[char], at: usize) -> usize {
    text[at.min(text.len())..].iter().take_while(|c| matches!(c, '-' | '—' | '–' | '～' | '~')).count()
}

/// How many digits stand at a place.
fn digits(text: &[char], at: usize) -> usize {
    text[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Says the number at a place with what belongs to it; gives the place behind.
fn number(text: &[char], at: usize, out: &mut String) -> usize {
    // 周六19:30: without a rest it is heard as sixty-nine.
    if context::is_behind_a_weekday(text, at) {
        out.push('，');
    }
    let special = [
        context::masked,
        context::code,
        context::named_day,
        context::years,
        context::ratio,
        date,
        time,
        ring,
        context::house,
        fraction,
        units::rate,
        range,
    ]
    .into_iter()
    .find_map(|read| read(text, at));
    let (said, end) = special.unwrap_or_else(|| measured(text, at));
    out.push_str(&said);
    end
}

/// A count with its unit, where that is written in letters: 500ml 五百毫升.
fn measured(text: &[char], at: usize) -> (String, usize) {
    let (said, end) = plain(text, at);
    match units::name(text, end) {
        Some((unit, behind)) => (format!("{said}{unit}"), behind),
        None => (said, end),
    }
}

fn text_of(text: &[char], from: usize, to: usize) -> String {
    text.get(from..to).unwrap_or_default().iter().collect()
}

fn value(text: &[char], at: usize, length: usize) -> Option<u64> {
    text_of(text, at, at + length).parse().ok()
}

/// `2026-11-23`, `2026/11/23`, `2026年…`.
fn date(text: &[char], at: usize) -> Option<(String, usize)> {
    if digits(text, at) != 4 {
        return None;
    }
    let year = one_by_one(&text_of(text, at, at + 4), false);
    let mark = *text.get(at + 4)?;
    // 5000年 is no year: a count.
    let recent = matches!(text_of(text, at, at + 2).as_str(), "19" | "20");
    if (mark == '年' && matches!(text[at], '1' | '2')) || (matches!(mark, '届' | '级') && recent) {
        return Some((format!("{year}{mark}"), at + 5));
    }
    if !matches!(mark, '-' | '/' | '.') {
        return None;
    }
    let month = digits(text, at + 5);
    let day_at = at + 6 + month;
    let day = digits(text, day_at);
    let whole = (1..=2).contains(&month) && text.get(day_at - 1) == Some(&mark) && (1..=2).contains(&day);
    let (month, day_number) = (value(text, at + 5, month), value(text, day_at, day));
    match (whole, month, day_number) {
        (true, Some(month @ 1..=12), Some(number @ 1..=31)) => {
            Some((format!("{year}年{}月{}日", count(month), count(number)), day_at + day))
        }
        _ => None,
    }
}

/// `14:30`, `9：00`.
fn time(text: &[char], at: usize) -> Option<(String, usize)> {
    let hours = digits(text, at);
    if !(1..=2).contains(&hours) || !matches!(text.get(at + hours), Some(':' | '：')) {
        return None;
    }
    let minutes_at = at + hours + 1;
    if digits(text, minutes_at) != 2 {
        return None;
    }
    let (hour, minute) = (value(text, at, hours)?, value(text, minutes_at, 2)?);
    if hour > 24 || minute > 59 {
        return None;
    }
    let minutes = match minute {
        0 => String::new(),
        1..=9 => format!("零{}分", count(minute)),
        _ => format!("{}分", count(minute)),
    };
    let mut said = format!("{}点{minutes}", count_of(hour, text.get(at + hours)));
    let mut end = minutes_at + 2;
    let marks = dashes(text, end);
    if marks > 0
        && let Some((until, behind)) = time(text, end + marks)
    {
        said = format!("{said}到{until}");
        end = behind;
    }
    Some((said, end))
}

/// A number to ring: `96110`, `0857-7110110`.
fn ring(text: &[char], at: usize) -> Option<(String, usize)> {
    if let Some(grouped) = context::grouped(text, at) {
        return Some(grouped);
    }
    let first = digits(text, at);
    let number = text_of(text, at, at + first);
    let end = at + first;
    if matches!(&*number, "400" | "800") && dashes(text, end) == 1 {
        let middle = digits(text, end + 1);
        if middle == 7 {
            let parts = [number, text_of(text, end + 1, end + 1 + middle)];
            return Some((parts.map(|part| one_by_one(&part, true)).join("，"), end + 1 + middle));
        }
    }
    if matches!(first, 3 | 4) && text[at] == '0' && text.get(end) == Some(&'-') {
        let second = digits(text, end + 1);
        if (7..=8).contains(&second) {
            let both = [number, text_of(text, end + 1, end + 1 + second)].map(|part| one_by_one(&part, true));
            return Some((both.join("，"), end + 1 + second));
        }
    }
    let counted = text
        .get(end)
        .is_some_and(|c| "元人件户起名米公次个岁年月日号万千亿位条只张斤分页家场台辆天小%.".contains(*c))
        || units::name(text, end).is_some();
    let known = matches!(
        &*number,
        "110" | "119" | "120" | "122" | "114" | "12345" | "12348" | "96110" | "12110" | "12337" | "12321"
    ) || (first == 5 && ["95", "96", "100", "123"].iter().any(|start| number.starts_with(start)))
        || (first == 11 && text[at] == '1')
        || (first >= 7 && !text[at..end].ends_with(&['0'; 4]));
    let before = text_of(text, at.saturating_sub(6), at);
    let told = ["电话", "拨打", "热线", "号码", "拨"].iter().any(|word| before.contains(word))
        && (3..=12).contains(&first);
    ((known || told) && !counted).then(|| (one_by_one(&number, true), end))
}

/// `1/3` 三分之一.
fn fraction(text: &[char], at: usize) -> Option<(String, usize)> {
    let above = digits(text, at);
    if text.get(at + above) != Some(&'/') {
        return None;
    }
    let below = digits(text, at + above + 1);
    let end = at + above + 1 + below;
    if !(1..=3).contains(&above) || !(1..=3).contains(&below) || text.get(end) == Some(&'/') {
        return None;
    }
    let (above, below) = (value(text, at, above)?, value(text, at + above + 1, below)?);
    // 140/90 is no part of anything: a pressure of the blood, two numbers.
    match below {
        0 => None,
        _ if above >= below => Some((format!("{}、{}", count(above), count(below)), end)),
        _ => Some((format!("{}分之{}", count(below), count(above)), end)),
    }
}

/// `3-5天` 三到五天.
fn range(text: &[char], at: usize) -> Option<(String, usize)> {
    let (first, end) = plain(text, at);
    let marks = dashes(text, end);
    if !(1..=2).contains(&marks) || digits(text, end + marks) == 0 || digits(text, at) > 5 {
        return None;
    }
    let (second, behind) = plain(text, end + marks);
    if matches!(text.get(behind), Some('-' | '—')) {
        return None;
    }
    // 10-20% says the share once: 百分之十到二十.
    let share =
        ["百分之", "千分之"].into_iter().find(|share| second.starts_with(share) && !first.starts_with(share));
    let (first, second) = match share {
        Some(share) => (format!("{share}{first}"), second[share.len()..].to_owned()),
        None => (first, second),
    };
    let (unit, behind) =
        units::name(text, behind).map_or((String::new(), behind), |(unit, end)| (unit.to_owned(), end));
    Some((format!("{first}到{second}{unit}"), behind))
}

/// A count, with thousands and decimals, or a share.
fn plain(text: &[char], at: usize) -> (String, usize) {
    let mut whole = text_of(text, at, at + digits(text, at));
    let mut end = at + whole.len();
    while text.get(end) == Some(&',') && digits(text, end + 1) == 3 && whole.len() <= 12 {
        whole.push_str(&text_of(text, end + 1, end + 4));
        end += 4;
    }
    let decimals = if text.get(end) == Some(&'.') { digits(text, end + 1) } else { 0 };
    let tail = (decimals > 0).then(|| one_by_one(&text_of(text, end + 1, end + 1 + decimals), false));
    if decimals > 0 {
        end += 1 + decimals;
    }
    // 007 and numbers of more digits than anybody counts are told digit by digit.
    let counts = (whole.len() == 1 || !whole.starts_with('0')) && whole.len() <= 12;
    let number = whole.parse::<u64>().ok().filter(|_| counts);
    let said = match number {
        Some(number) if tail.is_none() && before_is_no_order(text, at) => count_of(number, text.get(end)),
        Some(number) => count(number),
        None => one_by_one(&whole, false),
    };
    let said = match tail {
        Some(tail) => format!("{said}点{tail}"),
        None => said,
    };
    match text.get(end) {
        Some('%') => (format!("百分之{said}"), end + 1),
        Some('‰') => (format!("千分之{said}"), end + 1),
        _ => (said, end),
    }
}

/// Whether a number counts: 第2 and 2月 are said 二.
fn before_is_no_order(text: &[char], at: usize) -> bool {
    at == 0 || !matches!(text[at - 1], '第' | '初' | '十')
}

/// A count before the word that is counted: two of something are 两.
fn count_of(number: u64, next: Option<&char>) -> String {
    const COUNTED: &str = "个名位次件种户只张条天年万千亿家起场台辆块斤米点分层间套遍步人口头亩公小倍本份道度项处把段部元吨升克毫厘周:：";
    match (number, next) {
        (2, Some(c)) if COUNTED.contains(*c) => "两".to_owned(),
        _ => count(number),
    }
}

/// Digit by digit; numbers to ring have 幺 for 1.
fn one_by_one(digits: &str, ring: bool) -> String {
    let say = |c: char| match c {
        '1' if ring => '幺',
        c => DIGITS[c.to_digit(10).unwrap_or_default() as usize],
    };
    digits.chars().map(say).collect()
}

const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// A count in words: 10086 一万零八十六.
pub fn count(number: u64) -> String {
    const UNITS: [(u64, char); 2] = [(100_000_000, '亿'), (10_000, '万')];
    if number == 0 {
        return "零".to_owned();
    }
    let mut out = String::new();
    let mut rest = number;
    for (size, unit) in UNITS {
        let many = rest / size;
        rest %= size;
        if many > 0 {
            out.push_str(&count(many));
            out.push(unit);
            if rest > 0 && rest < size / 10 {
                out.push('零');
            }
        }
    }
    out.push_str(&below_ten_thousand(rest));
    // 12 is 十二, 112 is 一百一十二.
    out.strip_prefix("一十").map_or(out.clone(), |rest| format!("十{rest}"))
}

fn below_ten_thousand(number: u64) -> String {
    let mut out = String::new();
    let mut rest = number;
    for (size, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = rest / size;
        rest %= size;
        if digit > 0 {
            out.push(DIGITS[usize::try_from(digit).unwrap_or_default()]);
            out.push_str(unit);
            if rest > 0 && rest < size / 10 {
                out.push('零');
            }
        }
    }
    out
}
