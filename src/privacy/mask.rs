//! What a message, an excerpt or a mended text may show of something found.
//!
//! Invariant: no mask holds enough to tell who it is.

use super::Personal;

/// As a message may show it: `138****5678`, `520***************`, `罗某`.
pub fn mask(found: &Personal) -> String {
    let signs: Vec<char> = found.key.chars().collect();
    let stars = |from: usize, to: usize| -> String {
        signs.iter().enumerate().map(|(at, sign)| if at >= from && at < to { '*' } else { *sign }).collect()
    };
    let len = signs.len();
    match found.kind {
        "phone" if len == 11 && signs[0] == '1' => stars(3, 7),
        "phone" => stars(len.min(4).min(len / 2), len.saturating_sub(2).max(len / 2)),
        "name" => match signs.as_slice() {
            ['*' | '×' | '□' | '○', ..] => "*某".to_owned(),
            [first, ..] => format!("{first}某"),
            [] => "某".to_owned(),
        },
        "email" => {
            let at = signs.iter().position(|sign| *sign == '@').unwrap_or(len);
            stars(1.min(at), at)
        }
        "id_card" if len < 9 => stars(0, len),
        "address" | "minor_identity" | "plate" => stars(2.min(len), len),
        "wechat" | "qq" | "passport" => stars(1, len),
        _ => stars(3, len),
    }
}

/// A text of which nothing is known but that somebody wants it hidden: its first sign, and stars.
pub fn mask_unknown(text: &str) -> String {
    text.chars()
        .enumerate()
        .map(|(at, sign)| if at > 0 && sign.is_alphanumeric() { '*' } else { sign })
        .collect()
}
