//! Stars that hide part of a name or a number: `张*三`, `138****0000`, `李**`.
//!
//! To `CommonMark` two of them are a pair of emphasis, which vanishes: `张*三、李*四` becomes 张三、李四, and names somebody. Here it is
//! told which stars hide something, so that they stay.
//! Refuses: to take emphasis for a mask where the text shows no name and no number; for what could be both see [`is_doubtful`].
//! Invariant: a pure function of the text around a pair of stars.

use super::surname::{Surname, ends_with_surname};

/// Stars in a row that are more than any emphasis has.
pub const TOO_MANY: usize = 4;
/// Between two masks of names in a row there is no more than this.
const SHORT: usize = 4;
/// How far a sign that divides names is looked for.
const FAR: usize = 200;

/// What a pair of stars is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pair {
    /// Emphasis.
    Emphasis,
    /// The first hides something.
    First,
    /// The second hides something.
    Second,
    /// Both do.
    Both,
}

/// Whether a pair of single stars may be emphasis as well as a mask: it is glued to letters or digits on both sides.
pub fn is_doubtful(before: &str, after: &str) -> bool {
    last(before).is_some_and(char::is_alphanumeric) && first(after).is_some_and(char::is_alphanumeric)
}

/// What a pair of stars is, by the text of its line before it, inside and behind. `stars` is how many each has.
pub fn judge(before: &str, inside: &str, after: &str, stars: u32) -> Pair {
    let (opens, closes) = (hides_digits(before, inside), hides_digits(inside, after));
    match (opens, closes) {
        (true, true) => return Pair::Both,
        (true, false) => return Pair::First,
        (false, true) => return Pair::Second,
        (false, false) => {}
    }
    let digit = |c: Option<char>| c.is_some_and(is_digit);
    // `138***、139***`, `**1234、**5678`.
    let in_a_row = digit(last(before)) && digit(last(inside)) && first(inside).is_some_and(divides);
    let tails = digit(first(inside)) && digit(first(after)) && last(inside).is_some_and(divides);
    if in_a_row || tails {
        return Pair::Both;
    }
    let (name, next) = (ends_with_surname(before), ends_with_surname(inside));
    if stars > 1 {
        // Two stars are how Chinese is made bold: only a name on either side tells otherwise.
        let sure = name == Some(Surname::Surely) && next == Some(Surname::Surely);
        let bare = name.is_some() && next.is_some() && inside_is_bare(inside);
        return if sure || bare { Pair::Both } else { Pair::Emphasis };
    }
    if inside.starts_with(char::is_whitespace) || inside.ends_with(char::is_whitespace) {
        return Pair::Emphasis;
    }
    if name == Some(Surname::Surely) {
        return Pair::First;
    }
    let (left, right) =
        (last(before).is_some_and(char::is_alphanumeric), first(after).is_some_and(char::is_alphanumeric));
    let divided = inside.chars().take(FAR).any(divides);
    let listed = last(inside) == Some('、') && inside.chars().nth(SHORT).is_none();
    if right && (listed || left && divided || next == Some(Surname::Surely) && (left || divided)) {
        return Pair::Both;
    }
    Pair::Emphasis
}

/// Whether stars between these stand in a number or a code: `3*4`, `5113**1234`, `A**12`.
fn hides_digits(before: &str, after: &str) -> bool {
    let (Some(left), Some(right)) = (last(before), first(after)) else { return false };
    let code = |c: char| is_digit(c) || c.is_ascii_alphabetic();
    is_digit(left) && code(right) || code(left) && is_digit(right)
}

/// Whether there is no more inside than what divides two names, before the surname of the second.
fn inside_is_bare(inside: &str) -> bool {
    let mut signs = inside.chars().rev();
    signs.next();
    let mut rest = signs.take(SHORT).filter(|c| !c.is_whitespace());
    let divider = rest.next();
    rest.next().is_none()
        && divider.is_none_or(|c| divides(c) || matches!(c, '和' | '与' | '及' | '跟' | '同' | '或'))
}

fn divides(c: char) -> bool {
    matches!(c, '、' | '，' | ',' | '；' | ';' | '。' | '：' | ':' | '/' | '（' | '）') || c.is_whitespace()
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

fn first(text: &str) -> Option<char> {
    text.chars().next()
}

fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges the first pair of stars in a text.
    fn of(text: &str, stars: u32) -> Pair {
        let run = "*".repeat(stars as usize);
        let mut parts = text.splitn(3, &run);
        let mut next = || parts.next().expect("two runs");
        judge(next(), next(), next(), stars)
    }

    #[test]
    fn masks_and_emphasis() {
        for (text, stars, wanted) in [
            ("张*三、李*四领取", 1, Pair::First),
            ("冼*三、逯*四领取", 1, Pair::First),
            ("逯*三、逯*四领取", 1, Pair::Both),
            ("*三、*四领取", 1, Pair::Both),
            ("棚子3*4*5米", 1, Pair::Both),
            ("王**、刘**在场", 2, Pair::Both),
            ("村民周**与马**", 2, Pair::Both),
            ("138***、139***", 3, Pair::Both),
            ("尾号**1234、**5678", 2, Pair::Both),
            ("提高*警惕*，", 1, Pair::Emphasis),
            ("提高**警惕**，", 2, Pair::Emphasis),
            ("警方**提醒：钱**要看好", 2, Pair::Emphasis),
            ("拨打**110**或", 2, Pair::Emphasis),
            ("**注意：**请", 2, Pair::Emphasis),
            ("请找**老张**办", 2, Pair::Emphasis),
            ("姓名：**张**、", 2, Pair::Emphasis),
            ("*老王*说", 1, Pair::Emphasis),
        ] {
            assert_eq!(of(text, stars), wanted, "{text}");
        }
        assert!(is_doubtful("这是", "文字") && !is_doubtful("（", "文字") && !is_doubtful("", "文字"));
    }
}
