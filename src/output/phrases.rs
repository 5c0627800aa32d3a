//! A title in phrases, so that lines end where a speaker would pause: 快递丢了、会员扣费、航班取消：|三通电话一个套路.
//!
//! Browsers break Chinese between any two characters. Each phrase of a title is a box of its own, which goes to the next line
//! whole where it fits there, and breaks as text does where it is longer than a line. A list joined by 、 is one phrase.

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
        push_text(title, &mut out);
        return out;
    }
    for phrase in phrases {
        let inner = phrase.trim_start();
        // Between two boxes a space counts, inside at the edge it does not.
        out.push_str(&phrase[..phrase.len() - inner.len()]);
        out.push_str("<span class=\"ph\">");
        push_text(inner, &mut out);
        out.push_str("</span>");
    }
    out
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
    fn text_stays_text() {
        assert_eq!(of("<b>甲</b>"), "&lt;b&gt;甲&lt;/b&gt;");
        assert_eq!(of("Stop, <b>"), "<span class=\"ph\">Stop,</span> <span class=\"ph\">&lt;b&gt;</span>");
    }
}
