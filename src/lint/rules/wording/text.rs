//! One text of a bulletin, as readers meet it: its sentences, what is quoted in it, its marks and characters.
//!
//! Invariant: places are bytes of the text; what stands in quotation marks is somebody else's word and is not judged.

use std::ops::Range;

/// The parts of a text that are not quoted.
pub fn unquoted(text: &str) -> Vec<Range<usize>> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0_usize);
    for (at, sign) in text.char_indices() {
        match sign {
            '“' | '「' | '『' | '《' | '‘' => {
                if depth == 0 && at > from {
                    parts.push(from..at);
                }
                depth += 1;
            }
            '”' | '」' | '』' | '》' | '’' if depth > 0 => {
                depth -= 1;
                from = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    if depth == 0 && from < text.len() {
        parts.push(from..text.len());
    }
    parts
}

/// The sentences of a text, each with its length. Titles in 《》 count as one word, quoted words not at all: nobody can make them shorter. A number, a
/// word of Latin letters and an article of a law count as one; marks do not count.
pub fn sentences(text: &str) -> Vec<(Range<usize>, usize)> {
    let (mut sentences, mut from, mut length) = (Vec::new(), 0, 0_usize);
    let (mut titled, mut quoted, mut word) = (false, false, false);
    let mut article = 0;
    for (at, sign) in text.char_indices() {
        let end = at + sign.len_utf8();
        match sign {
            '《' => {
                titled = true;
                length += 1;
            }
            '》' => titled = false,
            '“' => quoted = true,
            '”' => quoted = false,
            _ if titled || quoted => {}
            '。' | '！' | '？' | '；' | '：' | '…' | '\n' | '|' => {
                sentences.push((from..at, length));
                (from, length, article) = (end, 0, 0);
            }
            '第' => {
                article = length + 1;
                length += 1;
            }
            '条' if article > 0 && length - article < 9 => {
                length = article;
                article = 0;
            }
            _ if is_han(sign) => length += 1,
            _ => {}
        }
        let latin = sign.is_ascii_alphanumeric() || sign == '.' && word;
        length += usize::from(latin && !word && !titled && !quoted);
        word = latin;
    }
    sentences.push((from..text.len(), length));
    sentences.retain(|(_, length)| *length > 0);
    sentences
}

/// Half-width marks that stand in Chinese, each with the mark that belongs there.
pub fn half_width(text: &str) -> Vec<(Range<usize>, char)> {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let mut found = Vec::new();
    for (index, (at, sign)) in signs.iter().enumerate() {
        let full = match sign {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '?' => '？',
            '!' => '！',
            _ => continue,
        };
        let before = index.checked_sub(1).map(|before| signs[before].1);
        let after = signs[index + 1..].iter().map(|(_, sign)| *sign).find(|sign| *sign != ' ');
        if before.is_some_and(is_han) && after.is_none_or(|sign| is_han(sign) || sign == '“') {
            found.push((*at..at + 1, full));
        }
    }
    found
}

/// Whether a sign is a Chinese character.
pub fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{2_0000}'..='\u{3_ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_those_of_what_is_read() {
        let lengths = |text: &str| sentences(text).into_iter().map(|(_, length)| length).collect::<Vec<_>>();
        assert_eq!(lengths("一二三。四五！六"), [3, 2, 1]);
        assert_eq!(
            lengths("按《道路交通安全法》第九十条，罚"),
            [4],
            "a title and an article are a word each"
        );
        assert_eq!(lengths("他说“一二三四五”就走"), [4]);
        assert_eq!(lengths("打 96110，用App"), [4]);
        assert_eq!(lengths("第一次来的时候，人很多，后来第二条路修好了，条件也好"), [21], "第二条 is a word");
    }

    #[test]
    fn quotations_are_left_out() {
        let text = "甲“乙”丙《丁》戊";
        let kept: Vec<&str> = unquoted(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(kept, ["甲", "丙", "戊"]);
        assert_eq!(unquoted("甲”乙").first(), Some(&(0..9)));
    }

    #[test]
    fn marks_of_the_other_width() {
        let marks = |text: &str| half_width(text).into_iter().map(|(_, full)| full).collect::<String>();
        assert_eq!(marks("你好,世界!这里:请看;对吗?"), "，！：；？");
        assert_eq!(marks("时间12:30, 见a,b:c。https://a.cn"), "");
    }
}
