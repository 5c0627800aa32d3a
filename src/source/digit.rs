//! Digits as people write them.
//!
//! Refuses: guessing. What a run of digits means is for the detectors of `privacy`.
//! Invariant: a pure function of the signs, one after the other.

/// How a digit was written. A number seldom changes its script, so a change is where a number may begin or end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// `0`–`9`.
    Ascii,
    /// Full-width and other decorated forms.
    Decorated,
    /// 〇一二三, 零, 幺, 拐, 洞, 两, 勾 and the forms of cheques.
    Chinese,
}

/// What a sign is to a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A digit, by its value and how it was written.
    Digit(u8, Script),
    /// What may stand between the digits of one number.
    Separator,
    /// What nobody sees.
    Invisible,
    /// Anything else; a number ends there.
    Other,
}

/// What a sign is to a number.
pub fn class(sign: char) -> Class {
    use Script::{Ascii, Chinese, Decorated};
    let digit = |zero: u32| u8::try_from((u32::from(sign) - zero) % 10).unwrap_or(0);
    match sign {
        '0'..='9' => Class::Digit(digit('0'.into()), Ascii),
        '\u{4e00}'..='\u{9fff}' => match chinese(sign) {
            Some(value) => Class::Digit(value, Chinese),
            None => Class::Other,
        },
        '〇' | '○' | '◯' => Class::Digit(0, Chinese),
        '０'..='９' => Class::Digit(digit('０'.into()), Decorated),
        '\u{1d7ce}'..='\u{1d7ff}' => Class::Digit(digit(0x1d7ce), Decorated),
        '\u{2070}' | '\u{24ea}' | '\u{24ff}' => Class::Digit(0, Decorated),
        '¹' => Class::Digit(1, Decorated),
        '²' | '³' => Class::Digit(digit(0xb0), Decorated),
        '\u{2074}'..='\u{2079}' => Class::Digit(digit(0x2070), Decorated),
        '\u{2080}'..='\u{2089}' => Class::Digit(digit(0x2080), Decorated),
        // In circles and brackets: ① ⑴ ⒈ ❶ ➀ ➊ ⓵ ㊀.
        '\u{2460}'..='\u{2468}' => Class::Digit(digit(0x245f), Decorated),
        '\u{2474}'..='\u{247c}' => Class::Digit(digit(0x2473), Decorated),
        '\u{2488}'..='\u{2490}' => Class::Digit(digit(0x2487), Decorated),
        '\u{24f5}'..='\u{24fd}' => Class::Digit(digit(0x24f4), Decorated),
        '\u{2776}'..='\u{277e}' => Class::Digit(digit(0x2775), Decorated),
        '\u{2780}'..='\u{2788}' => Class::Digit(digit(0x277f), Decorated),
        '\u{278a}'..='\u{2792}' => Class::Digit(digit(0x2789), Decorated),
        '\u{3280}'..='\u{3288}' => Class::Digit(digit(0x327f), Decorated),
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{180e}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        // The frame of a keycap, as in 1️⃣.
        | '\u{20e3}' => Class::Invisible,
        ' ' | '-' | '.' | '\n' | '\r' | '\t' | ',' | '*' | '_' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{2028}'
        | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '－' | '﹣' | '─'
        | '～' | '·' | '•' | '・' | '．' | '，' | '、' | '|' | '｜' => Class::Separator,
        _ => Class::Other,
    }
}

/// 幺 (1), 拐 (7), 洞 (0), 勾 (9) and 两 (2) are how numbers are read out over radio and telephone.
fn chinese(sign: char) -> Option<u8> {
    Some(match sign {
        '零' | '洞' => 0,
        '一' | '幺' | '壹' | '弌' => 1,
        '二' | '两' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '拐' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '勾' | '玖' => 9,
        _ => return None,
    })
}
