//! A title in phrases, so that lines end where a speaker would pause: 快递丢了、会员扣费、航班取消：|三通电话一个套路.
//!
//! Browsers break Chinese between any two characters. Each phrase of a title is a box of its own, which goes to the next line
//! whole where it fits there, and breaks as text does where it is longer than a line. Short items joined by 、 are boxes
//! inside it: 找谁、|带什么、|别走哪条路. A long item beside short ones would leave a line of one word, so such a list is text, in which
//! no line ends after 、: there nobody pauses, and the item before it would stand there as the last.

use super::html::push_text;

/// The signs after which a speaker pauses.
const PAUSES: [char; 12] = ['，', '。', '！', '？', '；', '：', '…', '—', '!', '?', ';', ','];
/// What closes a quotation, and so belongs to what stands before it.
const CLOSERS: [char; 10] = ['”', '’', '》', '〉', '」', '』', '）', '】', ')', '"'];

/// The title as HTML: text alone where it is one phrase.
pub fn of(title: &str) -> String {
    let phrases = split(title);
    let mut out = String::with_capacity(title.len() + phrases.len() * 24);
    if phrases.len() < 2 {
        list(title, &mut out);
        return out;
    }
    for phrase in phrases {
        let inner = phrase.trim_start();
        // Between two boxes a space counts, inside at the edge it does not.
        out.push_str(&phrase[..phrase.len() - inner.len()]);
        out.push_str("<span class=\"ph\">");
        list(inner, &mut out);
        out.push_str("</span>");
    }
    out
}

/// The longest item of a list that is a box, in characters: two of them fit into a line of a phone.
const ITEM: usize = 6;

/// Forbids a line's end (U+2060 WORD JOINER); nobody sees or hears it.
const JOINER: &str = "\u{2060}";

/// A phrase whose items joined by 、 are boxes where all are short.
fn list(phrase: &str, out: &mut String) {
    let items: Vec<&str> = phrase.split_inclusive('、').collect();
    if items.len() < 2 {
        return push_text(phrase, out);
    }
    if items.iter().any(|item| item.chars().count() > ITEM + 1) {
        return push_text(&items.join(JOINER), out);
    }
    for item in items {
        out.push_str("<span class=\"ph\">");
        push_text(item, out);
        out.push_str("</span>");
    }
}

/// The phrases, which together are the title to the character.
fn split(title: &str) -> Vec<&str> {
    let (mut phrases, mut start, mut paused, mut before) = (Vec::new(), 0, false, None);
    for (at, c) in title.char_indices() {
        let pause = PAUSES.contains(&c);
        if paused && !pause && !CLOSERS.contains(&c) {
            // 1,000 is one number, and no phrase is a sign alone.
            let number = c.is_ascii_digit() && before == Some(',');
            if !number && title[start..at].chars().any(char::is_alphanumeric) {
                phrases.push(&title[start..at]);
                start = at;
            }
            paused = false;
        }
        paused |= pause;
        before = Some(c);
    }
    let rest = &title[start..];
    match phrases.last_mut() {
        // What is left without a word belongs to the phrase before it.
        Some(last) if !rest.chars().any(char::is_alphanumeric) => *last = &title[start - last.len()..],
        _ => phrases.push(rest),
    }
    phrases
}

#[cfg(test)]
mod tests {
    use super::{of, split};

    #[test]
    fn lines_may_end_where_a_speaker_pauses() {
        for (title, phrases) in [
            ("电动车不进屋，电池不上楼", &["电动车不进屋，", "电池不上楼"][..]),
            ("“我是公安局的，你涉案了”：挂了它", &["“我是公安局的，", "你涉案了”：", "挂了它"]),
            ("购房、投靠、务工怎么办（2026年版）", &["购房、投靠、务工怎么办（2026年版）"]),
            ("骗走1,000元，别急", &["骗走1,000元，", "别急"]),
            ("怎么办？！", &["怎么办？！"]),
            ("——听我说", &["——听我说"]),
            ("防骗：……", &["防骗：……"]),
            ("Stop, think", &["Stop,", " think"]),
            ("", &[""]),
        ] {
            assert_eq!(split(title), phrases, "{title}");
            assert_eq!(split(title).concat(), title);
        }
    }

    #[test]
    fn short_items_keep_together() {
        let spans = |title| of(title).matches("<span").count();
        assert_eq!(spans("工钱要不到：找谁、带什么、别走哪条路"), 5);
        assert_eq!(spans("购房、投靠、务工等各类情形下的户口迁入怎么办"), 0, "a long item beside short ones");
        assert_eq!(spans("开证明怎么开"), 0);
        let list = of("购房、投靠、务工等各类情形下的户口迁入");
        assert_eq!(list, "购房、\u{2060}投靠、\u{2060}务工等各类情形下的户口迁入");
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(of("<b>甲</b>"), "&lt;b&gt;甲&lt;/b&gt;");
        assert_eq!(of("Stop, <b>"), "<span class=\"ph\">Stop,</span> <span class=\"ph\">&lt;b&gt;</span>");
    }
}
