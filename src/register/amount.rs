//! Sums as staff type them: `1,234`, `１２３４`, `1.2万`, `￥3,000元`, `无`.
//!
//! Refuses: `约30`, `30多`, `不详` and every number that says it is none; commas that do not part thousands.
//! Invariant: an amount is exact to a ten-thousandth of a yuan, and never negative.

use super::Value;

/// Ten-thousandths of a yuan: `1.2万` and a 分 are whole numbers of them.
pub type Amount = i64;
/// A yuan.
pub const YUAN: Amount = 10_000;
/// Larger sums are slips of the keyboard, or numbers of cards.
pub const LARGEST: Amount = 100_000_000_000 * YUAN;

/// Why something is no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// `约30`, `30多`, `不详`.
    Vague,
    /// `-30`.
    Negative,
    /// `12,34`.
    Commas,
    /// More than a hundred thousand million yuan.
    TooLarge,
    /// Anything else.
    NoNumber,
}

const VAGUE: &[&str] = &[
    "约", "左右", "多", "余", "近", "几", "不足", "以上", "以下", "不详", "未知", "不明", "待", "上下", "至",
    "~", "可能", "估", "数",
];

/// Reads a cell. `unit` is what a plain number counts: [`YUAN`], or ten thousand of them below a header that says 万元.
///
/// # Errors
/// Why it is no sum.
pub fn read(value: Value<'_>, unit: Amount) -> Result<Amount, Slip> {
    match value {
        Value::Number(number) => exact(number, unit),
        Value::Text(text) => typed(text, unit),
        _ => Err(Slip::NoNumber),
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "bounded by LARGEST, below 2^53"
)]
fn exact(number: f64, unit: Amount) -> Result<Amount, Slip> {
    let scaled = number * unit as f64;
    if number.is_nan() {
        Err(Slip::NoNumber)
    } else if number < 0.0 {
        Err(Slip::Negative)
    } else if scaled > LARGEST as f64 {
        Err(Slip::TooLarge)
    } else {
        Ok(scaled.round() as Amount)
    }
}

fn typed(text: &str, unit: Amount) -> Result<Amount, Slip> {
    let folded = super::compact(text);
    if matches!(folded.as_str(), "无" | "没有" | "无损失" | "零") {
        return Ok(0);
    }
    let vague = VAGUE.iter().any(|word| folded.contains(word));
    let mut rest = folded.trim_start_matches("人民币").trim_start_matches(['¥', '+']);
    rest = rest.trim_end_matches("人民币").trim_end_matches('整');
    let said = rest.ends_with(['元', '圆', '块']);
    rest = rest.trim_end_matches(['元', '圆', '块']).trim_end_matches("人民币").trim_start_matches("RMB");
    let (number, factor) = match rest.chars().next_back() {
        Some('万') => (&rest[..rest.len() - '万'.len_utf8()], 10_000 * YUAN),
        Some('亿') => (&rest[..rest.len() - '亿'.len_utf8()], 100_000_000 * YUAN),
        Some('千') => (&rest[..rest.len() - '千'.len_utf8()], 1_000 * YUAN),
        Some('百') => (&rest[..rest.len() - '百'.len_utf8()], 100 * YUAN),
        _ if said => (rest, YUAN),
        _ => (rest, unit),
    };
    match decimal(number, factor) {
        Err(Slip::NoNumber | Slip::Commas) if vague => Err(Slip::Vague),
        read => read,
    }
}

/// `1,234.5` times a factor.
fn decimal(text: &str, factor: Amount) -> Result<Amount, Slip> {
    if let Some(rest) = text.strip_prefix(['-', '−', '–']) {
        return Err(if decimal(rest, factor).is_ok() { Slip::Negative } else { Slip::NoNumber });
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(part) || !digits(&whole.replace(',', "")) || text.ends_with('.') {
        return Err(Slip::NoNumber);
    }
    let mut groups = whole.split(',');
    let head = groups.next().unwrap_or_default();
    let grouped = whole.contains(',');
    if grouped && (head.is_empty() || head.len() > 3 || groups.any(|group| group.len() != 3)) {
        return Err(Slip::Commas);
    }
    let value: i128 = whole.replace(',', "").parse().map_err(|_| Slip::TooLarge)?;
    if value > i128::from(LARGEST) || part.len() > 18 {
        return Err(Slip::TooLarge);
    }
    let mut scaled = value * i128::from(factor);
    if !part.is_empty() {
        let fraction: i128 = part.parse().map_err(|_| Slip::NoNumber)?;
        let base = 10_i128.pow(u32::try_from(part.len()).unwrap_or(18));
        scaled += (fraction * i128::from(factor) + base / 2) / base;
    }
    Amount::try_from(scaled).ok().filter(|amount| *amount <= LARGEST).ok_or(Slip::TooLarge)
}

/// Whole yuan, halves up.
pub fn in_yuan(amount: Amount) -> i64 {
    (amount + YUAN / 2) / YUAN
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Result<f64, Slip> {
        #[expect(clippy::cast_precision_loss, reason = "a small number")]
        read(Value::Text(text), YUAN).map(|amount| amount as f64 / YUAN as f64)
    }

    #[test]
    fn sums_in_every_hand() {
        for (text, yuan) in [
            ("1,234", 1234.0),
            ("１２３４", 1234.0),
            ("1.2万", 12000.0),
            ("￥3,000元", 3000.0),
            ("¥3000.50", 3000.5),
            ("3000元整", 3000.0),
            ("1，234，567", 1_234_567.0),
            ("12万元", 120_000.0),
            (" 3 000 ", 3000.0),
            ("0", 0.0),
            ("无", 0.0),
            ("0.35亿", 35e6),
            ("3千", 3000.0),
            ("人民币500元", 500.0),
            ("12.345678万", 123_456.78),
            ("007", 7.0),
        ] {
            assert_eq!(typed(text), Ok(yuan), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_says_why() {
        for (text, slip) in [
            ("约30", Slip::Vague),
            ("30多", Slip::Vague),
            ("3万余元", Slip::Vague),
            ("不详", Slip::Vague),
            ("3000-5000元左右", Slip::Vague),
            ("几千", Slip::Vague),
            ("-30", Slip::Negative),
            ("12,34", Slip::Commas),
            (",123", Slip::Commas),
            ("1234,567", Slip::Commas),
            ("三千元", Slip::NoNumber),
            ("", Slip::NoNumber),
            ("3.", Slip::NoNumber),
            ("1.2.3", Slip::NoNumber),
            ("3万5", Slip::NoNumber),
            ("3000-5000", Slip::NoNumber),
            ("6222020200112233445", Slip::TooLarge),
            ("9999999999999999999999999999999999999999", Slip::TooLarge),
        ] {
            assert_eq!(typed(text), Err(slip), "{text}");
        }
    }

    #[test]
    fn a_header_may_say_ten_thousands_and_a_cell_may_say_otherwise() {
        let read = |value| read(value, 10_000 * YUAN).map(in_yuan);
        assert_eq!(read(Value::Number(1.25)), Ok(12500));
        assert_eq!(read(Value::Text("1.25")), Ok(12500));
        assert_eq!(read(Value::Text("3000元")), Ok(3000));
        assert_eq!(read(Value::Text("1.2万元")), Ok(12000));
    }

    #[test]
    fn numbers_of_a_sheet() {
        let read = |number| read(Value::Number(number), YUAN).map(in_yuan);
        assert_eq!((read(0.1 + 0.2), read(1234.5), read(0.0)), (Ok(0), Ok(1235), Ok(0)));
        assert_eq!(read(-0.01), Err(Slip::Negative));
        assert_eq!(read(f64::NAN), Err(Slip::NoNumber));
        assert_eq!(read(f64::INFINITY), Err(Slip::TooLarge));
        assert_eq!(read(6.222e18), Err(Slip::TooLarge));
    }
}
