//! What a message, an excerpt or a mended text may show of something found.
//!
//! Invariant: no mask holds enough to tell who it is.

use super::name::words::COMPOUND;
use super::normalise::Folded;
use super::{Personal, allowed};

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
            [] => "某".to_owned(),
            _ => format!("{}某", surname(&found.key)),
        },
        "email" => {
            let at = signs.iter().position(|sign| *sign == '@').unwrap_or(len);
            stars(1.min(at), at)
        }
        "id_card" if len < 9 => stars(0, len),
        "plate" => stars(2.min(len), len).to_uppercase(),
        "address" | "minor_identity" => stars(2.min(len), len),
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

/// A datum as it is written in a text, as its kind's mask shows it.
pub fn mask_written(written: &str, kind: &'static str) -> String {
    let folded = Folded::new(written);
    let signs = 0..folded.plain().len();
    mask(&Personal { range: 0..written.len(), kind, key: allowed::key(&folded, &signs, kind) })
}

/// The surname of a name as a hidden name keeps it: of two characters where it has two, the first character of a name of another people.
pub fn surname(name: &str) -> String {
    let signs: Vec<char> = name.chars().filter(|sign| sign.is_alphanumeric()).collect();
    let compound = COMPOUND.at(&signs, 0);
    let len = if compound > 0 && signs.len() > compound && !name.contains('·') { compound } else { 1 };
    signs.iter().take(len).collect()
}
