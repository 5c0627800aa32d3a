//! Numerals: 1,234, 14.8, 三十二, 十四点八, 廿一, 三四, 二零二六.
//!
//! Refuses: signs and units. Invariant: what is read is the longest numeral that begins at the place.

/// A numeral.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numeral {
    /// Its value times ten to the `decimals`.
    pub value: i64,
    /// How many digits stand after the point.
    pub decimals: u8,
    /// Whether it is written in Chinese signs.
    pub chinese: bool,
    /// 三四, 十几: no exact number.
    pub vague: bool,
    /// Its last byte, and one.
    pub end: usize,
}

/// The numeral that begins at a byte of a folded text.
pub fn read(text: &str, at: usize) -> Option<Numeral> {
    let first = text[at..].chars().next()?;
    if first.is_ascii_digit() { arabic(text, at) } else { chinese(text, at) }
}

fn arabic(text: &str, at: usize) -> Option<Numeral> {
    let bytes = text.as_bytes();
    let digit = |index: usize| bytes.get(index).filter(|byte| byte.is_ascii_digit());
    let (mut value, mut decimals, mut point, mut next) = (0_i64, 0_u8, false, at);
    loop {
        if let Some(byte) = digit(next) {
            value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
            decimals = decimals.checked_add(u8::from(point)).filter(|decimals| *decimals <= 9)?;
            next += 1;
            continue;
        }
        let threes =
            |from: usize| (0..3).all(|more| digit(from + more).is_some()) && digit(from + 3).is_none();
        match bytes.get(next) {
            // A comma before exactly three digits groups them.
            Some(b',') if !point && threes(next + 1) => next += 1,
            Some(b'.') if !point && digit(next + 1).is_some() => {
                point = true;
                next += 1;
            }
            _ => break,
        }
    }
    Some(Numeral { value, decimals, chinese: false, vague: false, end: next })
}

/// The value of a sign from 零 to 九.
fn digit(sign: char) -> Option<i64> {
    let at = "零一二三四五六七八九".chars().position(|one| one == sign);
    match sign {
        '两' => Some(2),
        _ => at.and_then(|at| i64::try_from(at).ok()),
    }
}

fn power(sign: char) -> Option<i64> {
    Some(match sign {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        _ => return None,
    })
}

fn chinese(text: &str, at: usize) -> Option<Numeral> {
    let mut signs: Vec<char> = Vec::new();
    let mut end = at;
    let mut vague = false;
    for sign in text[at..].chars() {
        match sign {
            '廿' => signs.extend(['二', '十']),
            '卅' => signs.extend(['三', '十']),
            '几' if !signs.is_empty() => vague = true,
            _ if digit(sign).is_some() || power(sign).is_some() => signs.push(sign),
            _ => break,
        }
        end += sign.len_utf8();
    }
    if signs.is_empty() || signs.len() > 12 {
        return None;
    }
    let plain = signs.iter().all(|&sign| digit(sign).is_some());
    let value = if plain && signs.len() == 2 && signs[0] != '零' {
        // 三四件, 两三件: between the two.
        vague = true;
        digit(signs[1])?
    } else if plain && signs.len() > 1 {
        signs.iter().try_fold(0_i64, |sum, &sign| Some(sum * 10 + digit(sign)?))?
    } else {
        let (mut total, mut last) = (0_i64, None::<i64>);
        for &sign in &signs {
            match (digit(sign), power(sign)) {
                (Some(0), _) => {}
                (Some(value), _) => last = Some(value),
                (None, Some(power)) => total += last.take().unwrap_or(1) * power,
                (None, None) => return None,
            }
        }
        total + last.unwrap_or(0)
    };
    let mut numeral = Numeral { value, decimals: 0, chinese: true, vague, end };
    if let Some(rest) = text[end..].strip_prefix('点') {
        let digits: Vec<i64> = rest.chars().map_while(digit).take(4).collect();
        for &digit in &digits {
            numeral.value = numeral.value * 10 + digit;
            numeral.decimals += 1;
        }
        if !digits.is_empty() {
            numeral.end = end + '点'.len_utf8() + digits.len() * '一'.len_utf8();
        }
    }
    Some(numeral)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_as_people_write_them() {
        for (text, value, decimals, vague) in [
            ("1,234件", 1234, 0, false),
            ("14.8%", 148, 1, false),
            ("三十二起", 32, 0, false),
            ("一百零五件", 105, 0, false),
            ("两千件", 2000, 0, false),
            ("十四点八", 148, 1, false),
            ("廿一件", 21, 0, false),
            ("三四件", 4, 0, true),
            ("十几件", 10, 0, true),
            ("二零二六年", 2026, 0, false),
            ("4,10件", 4, 0, false),
        ] {
            let read = read(text, 0).expect(text);
            assert_eq!((read.value, read.decimals, read.vague), (value, decimals, vague), "{text}");
        }
        assert_eq!(read("件", 0), None);
    }
}
