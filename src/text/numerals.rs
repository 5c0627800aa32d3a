//! Numbers as they are said: 96110 九六幺幺零, 50% 百分之五十, 第38条 第三十八条, 14:30 十四点三十分.
//!
//! Refuses: to touch what is no number; letters, marks and Chinese numerals stay.
//! Invariant: a text without digits comes out as it went in.

/// A text with all numbers as they are said.
pub fn said(text: &str) -> String {
    let folded: Vec<char> = text.chars().map(fold).collect();
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    while at < folded.len() {
        if folded[at].is_ascii_digit() && !within_a_word(&folded, at) {
            at = number(&folded, at, &mut out);
        } else {
            at = sign(&folded, at, &mut out);
        }
    }
    out
}

/// Full-width digits and the marks of numbers as plain ones.
fn fold(c: char) -> char {
    match c {
        '０'..='９' | '％' | '．' | '／' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        c => c,
    }
}

/// Whether a digit belongs to a name of letters: A4, 5G.
fn within_a_word(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    let end = at + digits(text, at);
    before.is_some_and(char::is_ascii_alphabetic) || text.get(end).is_some_and(char::is_ascii_uppercase)
}

/// Units that are written as signs.
fn sign(text: &[char], at: usize, out: &mut String) -> usize {
    match text[at] {
        '℃' => out.push_str("摄氏度"),
        '¥' | '￥' => {}
        c => out.push(c),
    }
    at + 1
}

/// How many of the marks that mean “to” stand at a place.
fn dashes(text: &[char], at: usize) -> usize {
    text[at..].iter().take_while(|c| matches!(c, '-' | '—' | '–' | '～' | '~')).count()
}

/// How many digits stand at a place.
fn digits(text: &[char], at: usize) -> usize {
    text[at.min(text.len())..].iter().take_while(|c| c.is_ascii_digit()).count()
}

/// Says the number at a place with what belongs to it; gives the place behind.
fn number(text: &[char], at: usize, out: &mut String) -> usize {
    let special = [date, time, ring, fraction, range].into_iter().find_map(|read| read(text, at));
    let (said, end) = special.unwrap_or_else(|| plain(text, at));
    out.push_str(&said);
    end
}

fn text_of(text: &[char], from: usize, to: usize) -> String {
    text[from..to].iter().collect()
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
    if mark == '年' {
        return Some((format!("{year}年"), at + 5));
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
    let mut said = format!("{}点{minutes}", count_of(hour, text.get(minutes_at)));
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
    let first = digits(text, at);
    let number = text_of(text, at, at + first);
    let end = at + first;
    if matches!(first, 3 | 4) && text[at] == '0' && text.get(end) == Some(&'-') {
        let second = digits(text, end + 1);
        if (7..=8).contains(&second) {
            let both = [number, text_of(text, end + 1, end + 1 + second)].map(|part| one_by_one(&part, true));
            return Some((both.join("，"), end + 1 + second));
        }
    }
    let counted = text
        .get(end)
        .is_some_and(|c| "元人件户起名米公次个岁年月日号万千亿位条只张斤分页家场台辆天小%.".contains(*c));
    let known = matches!(
        &*number,
        "110" | "119" | "120" | "122" | "114" | "12345" | "12348" | "96110" | "12110" | "12337" | "12321"
    ) || (first == 5 && ["95", "96", "100", "123"].iter().any(|start| number.starts_with(start)))
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
    (below > 0).then(|| (format!("{}分之{}", count(below), count(above)), end))
}

/// `3-5天` 三到五天.
fn range(text: &[char], at: usize) -> Option<(String, usize)> {
    let (first, end) = plain(text, at);
    let marks = dashes(text, end);
    if !(1..=2).contains(&marks) || digits(text, end + marks) == 0 || digits(text, at) > 5 {
        return None;
    }
    let (second, behind) = plain(text, end + marks);
    (!matches!(text.get(behind), Some('-' | '—'))).then(|| (format!("{first}到{second}"), behind))
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
    const COUNTED: &str =
        "个名位次件种户只张条天年万千亿家起场台辆块斤米点分层间套遍步人口头亩公小倍本份道度项处把段部:：";
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_said_as_one_counts() {
        for (number, words) in [
            (0, "零"),
            (8, "八"),
            (10, "十"),
            (12, "十二"),
            (20, "二十"),
            (105, "一百零五"),
            (112, "一百一十二"),
            (1005, "一千零五"),
            (1050, "一千零五十"),
            (10_086, "一万零八十六"),
            (50_000, "五万"),
            (123_456, "十二万三千四百五十六"),
            (100_000_001, "一亿零一"),
            (1_000_500, "一百万零五百"),
        ] {
            assert_eq!(count(number), words, "{number}");
        }
    }

    #[test]
    fn numbers_are_said_as_listeners_need_them() {
        for (written, words) in [
            ("拨打96110或110", "拨打九六幺幺零或幺幺零"),
            ("法律援助12348", "法律援助幺二三四八"),
            ("值班电话0857-7110110。", "值班电话零八五七，七幺幺零幺幺零。"),
            ("2026年11月23日14:30", "二零二六年十一月二十三日十四点三十分"),
            ("2026-11-23起", "二零二六年十一月二十三日起"),
            ("9:00—11:05", "九点到十一点零五分"),
            ("50%的人", "百分之五十的人"),
            ("91.2％", "百分之九十一点二"),
            ("第38条", "第三十八条"),
            ("损失50,000元", "损失五万元"),
            ("3.5公里", "三点五公里"),
            ("3-5天", "三到五天"),
            ("1/3的人", "三分之一的人"),
            ("2个人、2月、第2次", "两个人、二月、第二次"),
            ("110米", "一百一十米"),
            ("12345元", "一万二千三百四十五元"),
            ("A4纸、5G", "A4纸、5G"),
            ("零下5℃", "零下五摄氏度"),
            ("没有数", "没有数"),
            ("８月１日", "八月一日"),
        ] {
            assert_eq!(said(written), words, "{written}");
        }
    }
}
