//! Figures in all their writings become plain ones: ４, ④, ❹, ㈣, ⁴, 4️⃣ are 4, 贰 is 二.
//!
//! Refuses: a changed meaning. Invariant: every sign leads back to the bytes that it was written as.

use std::ops::Range;

/// A text in plain figures.
#[derive(Debug, Default)]
pub struct Folded {
    /// The text.
    pub text: String,
    /// Where each sign begins here, and where it stands in what was written.
    signs: Vec<(usize, Range<usize>)>,
}

impl Folded {
    /// Folds a text.
    pub fn new(written: &str) -> Self {
        let mut folded = Self::default();
        let signs: Vec<(usize, char)> = written.char_indices().collect();
        for (index, &(at, sign)) in signs.iter().enumerate() {
            let next = signs.get(index + 1).map(|&(_, c)| c);
            let origin = at..at + sign.len_utf8();
            match sign {
                // Marks that are not seen, and the box of a key.
                '\u{200b}'..='\u{200f}'
                | '\u{2060}'
                | '\u{feff}'
                | '\u{ad}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{20e3}' => {}
                // 4 and 件 on two lines.
                '\n' if folded.text.ends_with(|c: char| c.is_ascii_digit())
                    && next.is_some_and(|c| !c.is_ascii() && c.is_alphanumeric()) => {}
                _ => match whole(sign) {
                    Some(number) => folded.push(&number.to_string(), origin),
                    None => folded.push(plain(sign).encode_utf8(&mut [0; 4]), origin),
                },
            }
        }
        folded
    }

    fn push(&mut self, text: &str, origin: Range<usize>) {
        self.signs.push((self.text.len(), origin));
        self.text.push_str(text);
    }

    /// Where some bytes were written.
    pub fn written(&self, range: &Range<usize>) -> Range<usize> {
        let at = |byte: usize| {
            let index = self.signs.partition_point(|(start, _)| *start <= byte).saturating_sub(1);
            self.signs.get(index).map_or(0..0, |(_, origin)| origin.clone())
        };
        at(range.start).start..at(range.end.saturating_sub(1)).end
    }
}

/// The number that one sign stands for.
fn whole(sign: char) -> Option<u32> {
    let from = |first: char, number: u32| u32::from(sign) - u32::from(first) + number;
    Some(match sign {
        '①'..='⑳' => from('①', 1),
        '⑴'..='⒇' => from('⑴', 1),
        '⒈'..='⒛' => from('⒈', 1),
        '❶'..='❿' => from('❶', 1),
        '➀'..='➉' => from('➀', 1),
        '➊'..='➓' => from('➊', 1),
        '⓵'..='⓾' => from('⓵', 1),
        '㈠'..='㈩' => from('㈠', 1),
        '㊀'..='㊉' => from('㊀', 1),
        'Ⅰ'..='Ⅻ' => from('Ⅰ', 1),
        'ⅰ'..='ⅻ' => from('ⅰ', 1),
        '\u{1d7ce}'..='\u{1d7ff}' => from('\u{1d7ce}', 0) % 10,
        '⁴'..='⁹' => from('⁴', 4),
        '₀'..='₉' => from('₀', 0),
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '㉑'..='㉟' => from('㉑', 21),
        _ => return None,
    })
}

/// A sign in its plain form.
fn plain(sign: char) -> char {
    match sign {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '％' | '．' | '／' | '＋' | '＝' | '－' => {
            char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign)
        }
        '壹' | '弌' => '一',
        '贰' | '貳' | '弍' => '二',
        '叁' | '參' | '叄' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' | '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        '佰' => '百',
        '仟' => '千',
        '〇' | '○' => '零',
        '\u{a0}' | '\u{3000}' | '\t' => ' ',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_in_all_writings_are_plain_and_lead_back() {
        let text = "４件④件⁴件4\u{fe0f}\u{20e3}件㈣件贰件⑫件";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "4件4件4件4件4件二件12件");
        let twelve = folded.text.find("12件").expect("it is there");
        assert_eq!(&text[folded.written(&(twelve..twelve + 5))], "⑫件");
        assert_eq!(&text[folded.written(&(0..4))], "４件");
    }
}
