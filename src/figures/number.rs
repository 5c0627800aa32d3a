//! Figures as Chinese readers expect them: 57件, 12.3万元, 91.2%, 1.2个百分点.
//!
//! Refuses: commas between thousands, which Chinese texts do not have; what is too long for one glance is told in 万 or 亿.
//! Invariant: whole numbers only, rounded half away from zero; no floating point takes part.

use crate::statistics::safe::SafeCell;

const WAN: i64 = 10_000;
const YI: i64 = 100_000_000;

/// From which value on a count is told in 万. Amounts are from 1万 on: nobody counts the 元 of 123456元.
const LONG_COUNT: i64 = 100_000;

/// A figure for one glance: in a sentence, at a bar. `unit` is that of the value, none where it is told elsewhere.
pub fn short(value: i64, unit: Option<&str>) -> String {
    let unit = unit.unwrap_or("");
    // Words in Latin letters stand apart: 5 cases.
    let apart = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
    let from = if is_money(unit) { WAN } else { LONG_COUNT };
    let size = value.saturating_abs();
    // What rounds to 10000万 is 1亿.
    if size >= YI - WAN / 20 {
        format!("{}亿{apart}{unit}", tenths(value, YI))
    } else if size >= from {
        format!("{}万{apart}{unit}", tenths(value, WAN))
    } else {
        format!("{value}{apart}{unit}")
    }
}

/// A figure in a table: as it is up to four digits, then in threes with blanks between (GB/T 15835).
pub fn exact(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::from(if value < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            // A blank that does not break.
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// A value in 万, for one glance, without a unit.
pub fn in_wan(value: i64) -> String {
    tenths(value, WAN)
}

/// A rate of `value / 10^decimals` per cent.
pub fn rate(value: i64, decimals: u8) -> String {
    format!("{}%", decimal(value, decimals))
}

/// A decimal number of `value / 10^decimals`.
pub fn decimal(value: i64, decimals: u8) -> String {
    if decimals == 0 {
        return value.to_string();
    }
    let sign = if value < 0 { "-" } else { "" };
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = usize::from(decimals) + 1);
    let (whole, part) = digits.split_at(digits.len() - usize::from(decimals));
    format!("{sign}{whole}.{part}")
}

/// A cell for one glance; none where nothing is printed.
pub fn cell(cell: SafeCell, unit: Option<&str>) -> Option<String> {
    match cell {
        SafeCell::Number(value) => Some(short(value, unit)),
        SafeCell::Rate { value, decimals } => Some(rate(value, decimals)),
        SafeCell::Hidden | SafeCell::Empty => None,
    }
}

/// How far a cell lies from zero, for drawing and for comparing cells of one unit; none where nothing is printed.
#[expect(clippy::cast_precision_loss, reason = "a drawing is not that fine")]
pub fn size(cell: SafeCell) -> Option<f64> {
    match cell {
        SafeCell::Number(value) => Some(value as f64),
        SafeCell::Rate { value, decimals } => Some(value as f64 / 10_f64.powi(i32::from(decimals))),
        SafeCell::Hidden | SafeCell::Empty => None,
    }
}

/// Whether a unit is one of money.
pub fn is_money(unit: &str) -> bool {
    unit == "元" || unit == "人民币元"
}

/// `value / by` with one decimal, which is left out where it is 0 or where the number is long enough without it.
fn tenths(value: i64, by: i64) -> String {
    let rounded = divide(value, by / 10);
    if rounded % 10 == 0 || rounded.abs() >= 10_000 {
        return divide(rounded, 10).to_string();
    }
    decimal(rounded, 1)
}

/// Division that rounds half away from zero.
///
/// # Panics
/// If it is by nothing.
pub fn divide(value: i64, by: i64) -> i64 {
    let (value, by) = (i128::from(value), i128::from(by));
    let half = by / 2 * value.signum();
    i64::try_from((value + half) / by).expect("no larger than the value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_amounts() {
        let shown = |value, unit| short(value, Some(unit));
        assert_eq!(shown(57, "件"), "57件");
        assert_eq!(shown(12_345, "件"), "12345件");
        assert_eq!(shown(123_456, "件"), "12.3万件");
        assert_eq!(shown(9_999, "元"), "9999元");
        assert_eq!(shown(123_456, "元"), "12.3万元");
        assert_eq!(shown(120_000, "元"), "12万元");
        assert_eq!(shown(12_345_678, "元"), "1235万元");
        assert_eq!(shown(99_999_999, "元"), "1亿元");
        assert_eq!(shown(123_456_789, "元"), "1.2亿元");
        assert_eq!(shown(-15_500, "元"), "-1.6万元");
        assert_eq!(shown(i64::MIN, "元"), "-92233720369亿元");
    }

    #[test]
    fn figures_of_a_table() {
        assert_eq!(
            [0, 1234, -12_345, 1_234_567].map(exact),
            ["0", "1234", "-12\u{a0}345", "1\u{a0}234\u{a0}567"]
        );
    }

    #[test]
    fn rates_keep_their_decimals() {
        assert_eq!(rate(912, 1), "91.2%");
        assert_eq!(rate(100, 0), "100%");
        assert_eq!(rate(5, 2), "0.05%");
        assert_eq!(decimal(-5, 1), "-0.5");
    }
}
