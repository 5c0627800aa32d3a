//! What stands around a number and says how it is read: names of letters, codes, ratios, addresses, moments.

use super::{dashes, date, digits, one_by_one, text_of, time, value};

/// A name of letters with its digits, at its first sign: A4 and 5G stay, G60 is told digit by digit, and so are the numbers of an address
/// of the web. None where no such name begins here.
pub(super) fn word(text: &[char], at: usize) -> Option<(String, usize)> {
    let latin = |c: char| c.is_ascii_alphanumeric();
    if !latin(text[at]) || (at > 0 && latin(text[at - 1])) {
        return None;
    }
    let in_address = |c: &char| latin(*c) || "./:_-@?=&%#~".contains(*c);
    let length = text[at..].iter().take_while(|c| in_address(c)).count();
    let whole = text_of(text, at, at + length);
    let whole = whole.trim_end_matches(['.', ':', '-', '/', '?', '#']);
    let has_letters = whole.chars().filter(char::is_ascii_alphabetic).count() >= 2;
    let is_address = has_letters
        && (whole.contains("://") || whole.contains('@') || whole.starts_with("www.") || domain(whole));
    if is_address {
        return Some((by_digits(whole, 1), at + whole.len()));
    }
    let length = text[at..].iter().take_while(|c| latin(**c)).count();
    let name = text_of(text, at, at + length);
    let letters = name.chars().take_while(char::is_ascii_alphabetic).count();
    let (first, rest) = name.split_at(letters);
    if letters == 0 {
        // 5G, 4K, 3D; 500ml is a count with its unit.
        let number = name.chars().take_while(char::is_ascii_digit).count();
        let behind = &name[number..];
        let stays = number <= 2 && !behind.is_empty() && behind.chars().all(|c| c.is_ascii_uppercase());
        let is_unit = super::units::name(text, at + number).is_some();
        return (stays && !is_unit).then(|| (name.clone(), at + name.len()));
    }
    if rest.is_empty() || !rest.chars().all(|c| c.is_ascii_digit()) {
        return Some((by_digits(&name, 2), at + name.len()));
    }
    // PM2.5 has a number; A4 is a name; G1234, K1234 and X201 are told digit by digit.
    let end = at + name.len();
    if rest.len() <= 2 && text.get(end) == Some(&'.') && digits(text, end + 1) > 0 {
        return Some((first.to_owned(), at + letters));
    }
    let said = if rest.len() == 1 { name.clone() } else { format!("{first}{}", one_by_one(rest, true)) };
    Some((said, end))
}

/// Whether a word ends like an address of the web.
fn domain(word: &str) -> bool {
    let host = word.split('/').next().unwrap_or_default();
    [".cn", ".com", ".net", ".org", ".gov", ".top", ".cc", ".xyz", ".vip"]
        .iter()
        .any(|end| host.ends_with(end))
}

/// A word with each run of at least so many digits told digit by digit.
fn by_digits(word: &str, least: usize) -> String {
    let mut out = String::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let number = rest.chars().take_while(char::is_ascii_digit).count();
        let piece = if number == 0 { c.len_utf8() } else { number };
        if number >= least && number > 0 {
            out.push_str(&one_by_one(&rest[..number], true));
        } else {
            out.push_str(&rest[..piece]);
        }
        rest = &rest[piece..];
    }
    out
}

/// Digits that count nothing: what follows 尾号 or 验证码, the year of a document's number, 5201开头.
pub(super) fn code(text: &[char], at: usize) -> Option<(String, usize)> {
    const BEFORE: &[&str] = &[
        "尾号",
        "末四位",
        "后四位",
        "后六位",
        "前六位",
        "验证码",
        "卡号",
        "账号",
        "帐号",
        "证号",
        "学号",
        "工号",
        "编号",
        "车牌",
        "邮编",
        "密码",
        "号段",
        "身份证",
        "代码",
        "订单号",
        "单号",
        "QQ",
        "群号",
    ];
    let length = digits(text, at);
    let end = at + length;
    if length < 2 || (at > 0 && text[at - 1].is_ascii_digit()) {
        return None;
    }
    let number = text_of(text, at, end);
    let before = text_of(text, at.saturating_sub(5), at);
    let before = before.trim_end_matches(['是', '为', '：', ':', '“', ' ']);
    let named = BEFORE.iter().any(|word| before.ends_with(word));
    let counted = text.get(end).is_some_and(|c| "个张位次元人件年月条份".contains(*c));
    if named && length >= 3 && !counted {
        return Some((one_by_one(&number, false), end));
    }
    let rest: String = text[end..text.len().min(end + 2)].iter().collect();
    if length >= 2 && (rest == "开头" || rest == "结尾" || rest == "打头") {
        return Some((one_by_one(&number, true), end));
    }
    let (open, close) = (at.checked_sub(1).map(|at| text[at]), text.get(end));
    let bracketed = matches!(
        (open, close),
        (Some('〔'), Some('〕'))
            | (Some('['), Some(']'))
            | (Some('【'), Some('】'))
            | (Some('（'), Some('）'))
    );
    let is_year = length == 4 && (number.starts_with("19") || number.starts_with("20"));
    (bracketed && is_year).then(|| (one_by_one(&number, false), end))
}

/// A number to ring that is written in groups: `138 0013 8000`, `400-820-8820`.
pub(super) fn grouped(text: &[char], at: usize) -> Option<(String, usize)> {
    if at > 0 && (text[at - 1].is_ascii_digit() || text[at - 1] == '-') {
        return None;
    }
    let mut groups = Vec::new();
    let mut end = at;
    let mut mark = None;
    loop {
        let length = digits(text, end);
        groups.push(text_of(text, end, end + length));
        end += length;
        let next =
            text.get(end).copied().filter(|c| matches!(c, '-' | ' ') && mark.is_none_or(|mark| mark == *c));
        if next.is_none() || digits(text, end + 1) == 0 || groups.len() > 3 {
            break;
        }
        mark = next;
        end += 1;
    }
    let lengths: Vec<usize> = groups.iter().map(String::len).collect();
    let first = groups[0].as_str();
    let rings = match lengths[..] {
        [3, 4, 4] => first.starts_with('1') || first.starts_with('0'),
        [3, 3, 4] | [3, 4, 3] => matches!(first, "400" | "800"),
        [4, 3 | 4, 3 | 4] => first.starts_with('0'),
        _ => false,
    };
    rings.then(|| (groups.iter().map(|group| one_by_one(group, true)).collect::<Vec<_>>().join("，"), end))
}

/// A number of which a part is hidden: `138****5678` 幺三八开头，尾号五六七八.
pub(super) fn masked(text: &[char], at: usize) -> Option<(String, usize)> {
    let is_mark = |c: &&char| matches!(c, '*' | '＊' | '×' | 'X' | 'x' | '●' | '■');
    let first = digits(text, at);
    let marks = text[at + first..].iter().take_while(is_mark).count();
    let last_at = at + first + marks;
    let last = digits(text, last_at);
    if first < 2 || marks < 2 {
        return None;
    }
    let begins = format!("{}开头", one_by_one(&text_of(text, at, at + first), true));
    if last == 0 {
        return Some((begins, last_at));
    }
    // The last sign of an identity number may be X.
    let is_x = text.get(last_at + last).is_some_and(|c| matches!(c, 'X' | 'x'));
    let ends = one_by_one(&text_of(text, last_at, last_at + last), true);
    Some((format!("{begins}，尾号{ends}{}", if is_x { "X" } else { "" }), last_at + last + usize::from(is_x)))
}

/// Rooms and doors: `302室` 三零二室, `12-3-401` 十二杠三杠四零一; and the number behind the one of an exchange, `转8001`.
pub(super) fn house(text: &[char], at: usize) -> Option<(String, usize)> {
    const ROOMS: &[&str] = &["室", "房", "号房", "会议室", "办公室", "教室", "诊室", "病房", "包间", "包厢"];
    let length = digits(text, at);
    let end = at + length;
    let begins = |words: &[&str]| {
        let rest = text_of(text, end, text.len().min(end + 3));
        words.iter().any(|word| rest.starts_with(word))
            && !["房产", "房间", "房屋", "房子", "房源"].iter().any(|word| rest.starts_with(word))
    };
    let number = text_of(text, at, end);
    if (3..=4).contains(&length) && begins(ROOMS) {
        return Some((one_by_one(&number, true), end));
    }
    let behind_a_number = at >= 2 && text[at - 1] == '转' && text[at - 2].is_ascii_digit();
    let extension = text_of(text, at.saturating_sub(2), at) == "分机";
    if (behind_a_number || extension) && length <= 6 && !begins(&["元", "万", "千"]) {
        return Some((one_by_one(&number, true), end));
    }
    if date(text, at).is_some() || number.starts_with('0') || length > 3 {
        return None;
    }
    let mut parts = vec![number];
    let mut end = end;
    while text.get(end) == Some(&'-') && (1..=4).contains(&digits(text, end + 1)) {
        let next = digits(text, end + 1);
        parts.push(text_of(text, end + 1, end + 1 + next));
        end += 1 + next;
    }
    let say = |part: &String| match part.parse() {
        Ok(number @ 1..=99) => super::count(number),
        _ => one_by_one(part, true),
    };
    (parts.len() == 3 && at.checked_sub(1).is_none_or(|at| text[at] != '-'))
        .then(|| (parts.iter().map(say).collect::<Vec<_>>().join("杠"), end))
}

/// A day that gave something its name: `3·15` 三一五, `9·18` 九一八.
pub(super) fn named_day(text: &[char], at: usize) -> Option<(String, usize)> {
    let month = digits(text, at);
    let day_at = at + month + 1;
    let day = digits(text, day_at);
    let end = day_at + day;
    let is_dot = matches!(text.get(at + month), Some('·' | '•' | '・'));
    if !is_dot || !(1..=2).contains(&month) || !(1..=2).contains(&day) {
        return None;
    }
    let fits = (1..=12).contains(&value(text, at, month)?) && (1..=31).contains(&value(text, day_at, day)?);
    let goes_on = matches!(text.get(end), Some('·' | '•' | '・'));
    fits.then_some(())?;
    (!goes_on).then(|| {
        let both = format!("{}{}", text_of(text, at, at + month), text_of(text, day_at, end));
        (one_by_one(&both, false), end)
    })
}

/// From one year to another: `2020-2025年` 二零二零到二零二五年.
pub(super) fn years(text: &[char], at: usize) -> Option<(String, usize)> {
    let is_year = |at: usize| digits(text, at) == 4 && matches!(text[at], '1' | '2');
    let marks = dashes(text, at + 4);
    let second = at + 4 + marks;
    if !is_year(at) || !(1..=2).contains(&marks) || !is_year(second) {
        return None;
    }
    let end = second + 4;
    let unit = text.get(end).filter(|c| matches!(c, '年' | '届' | '级' | '学'))?;
    let say = |at: usize| one_by_one(&text_of(text, at, at + 4), false);
    let unit = if *unit == '学' { String::new() } else { unit.to_string() };
    Some((format!("{}到{}{unit}", say(at), say(second)), end + unit.chars().count()))
}

/// Numbers that are one sign: ① before a point counts it, Ⅲ is a name.
pub(super) fn numbered(c: char, text: &[char], at: usize) -> String {
    let from = |first: char| super::count(u64::from(u32::from(c) - u32::from(first) + 1));
    let is_point = |c: &char| ('①'..='⑳').contains(c);
    let before = at.checked_sub(1).and_then(|at| text.get(at)).filter(|c| !is_point(c));
    let next = text.get(at + 1);
    match c {
        '①'..='⑳' if before.is_some_and(|c| c.is_alphanumeric()) => from('①'),
        '①'..='⑳' if next.is_some_and(is_point) => format!("第{}、", from('①')),
        '①'..='⑳' if next.is_some_and(|c| c.is_alphanumeric()) => format!("第{}，", from('①')),
        '①'..='⑳' => format!("第{}", from('①')),
        _ => from('Ⅰ'),
    }
}

/// `1:10` 一比十, where it is no time of day or what stands before it says so.
pub(super) fn ratio(text: &[char], at: usize) -> Option<(String, usize)> {
    const SAID: &[&str] =
        &["比例", "比分", "比率", "配比", "按", "稀释", "兑", "以", "赔率", "之比", "比为", "比是"];
    let first = digits(text, at);
    if !(1..=4).contains(&first) || !matches!(text.get(at + first), Some(':' | '：')) {
        return None;
    }
    let second = digits(text, at + first + 1);
    let end = at + first + 1 + second;
    if !(1..=5).contains(&second) || matches!(text.get(end), Some(':' | '：')) {
        return None;
    }
    let before = text_of(text, at.saturating_sub(4), at);
    let said = SAID.iter().any(|word| before.contains(word));
    if !said && time(text, at).is_some() {
        return None;
    }
    let (above, below) = (value(text, at, first)?, value(text, at + first + 1, second)?);
    Some((format!("{}比{}", super::count(above), super::count(below)), end))
}

/// Whether a dash before a number means below nought: a temperature, behind no number.
pub(super) fn is_below_nought(text: &[char], at: usize) -> bool {
    let before = at.checked_sub(1).map(|at| text[at]);
    if before.is_some_and(|c| c.is_ascii_alphanumeric() || "℃度日月年号点时分%-—–～~".contains(c))
    {
        return before.is_some_and(|c| matches!(c, '～' | '~')) && is_temperature(text, at + 1);
    }
    is_temperature(text, at + 1)
}

fn is_temperature(text: &[char], at: usize) -> bool {
    let (_, end) = super::plain(text, at);
    let rest: String = text[end..text.len().min(end + 2)].iter().collect();
    rest.starts_with('℃')
        || rest.starts_with('度')
        || rest == "°C"
        || rest.starts_with(['～', '~', '到', '至'])
}

/// Whether a single dash means “to”: between two days, times, articles or units (3日-5日, 第3条-第5条).
pub(super) fn joins_two(text: &[char], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| text[at]) else { return false };
    let next = text.get(at + 1).copied();
    dashes(text, at) == 1
        && "年月日号时点分秒周岁元度℃%％条款章项楼层组期届米里斤万千".contains(before)
        && next.is_some_and(|c| c.is_ascii_digit() || c == '第' || c == '周')
}

/// Whether a number stands behind a day of the week without a rest: 周六19:30.
pub(super) fn is_behind_a_weekday(text: &[char], at: usize) -> bool {
    at >= 2 && "一二三四五六日天".contains(text[at - 1]) && matches!(text[at - 2], '周' | '期' | '拜')
}

/// Whether a day or a time of day begins here: 12月5日, 5日, 5号, 2026-12-05, 9:00, 9点.
pub(super) fn is_moment(text: &[char], at: usize) -> bool {
    if ratio(text, at).is_some() || code(text, at).is_some() {
        return false;
    }
    if date(text, at).is_some_and(|(said, _)| said.ends_with('日')) || time(text, at).is_some() {
        return true;
    }
    let length = digits(text, at);
    let (Some(value), Some(mark)) = (value(text, at, length), text.get(at + length)) else { return false };
    let behind = text.get(at + length + 1);
    let before = at.checked_sub(1).map(|at| text[at]);
    let ordered = before.is_some_and(|c| "第〕]】字．.-—～~".contains(c));
    match mark {
        '月' => (1..=12).contains(&value) && behind.is_some_and(char::is_ascii_digit),
        '日' => (1..=31).contains(&value) && !ordered,
        '号' => {
            (1..=31).contains(&value)
                && !ordered
                && !behind.is_some_and(|c| "楼文令院门房机线口公桌车厅窗栋".contains(*c))
        }
        '点' => {
            value <= 24
                && !ordered
                && !behind.is_some_and(|c| "意建要希注提体思经".contains(*c) || c.is_ascii_digit())
        }
        '时' => value <= 24 && !ordered && behind != Some(&'代'),
        _ => false,
    }
}
