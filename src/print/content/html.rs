//! The words of raw HTML. Paper shows them without the markup.
//!
//! Refuses: what the page refuses too (scripts, styles), with its content.
//! Invariant: no tag is left; entities are the characters that they stand for.

use crate::source::raw_html;

/// The text of a block of HTML; lines where its markup broke it.
pub(super) fn text(html: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for tag in raw_html::tags(html) {
        out.push_str(&html[at..tag.range.start]);
        if !INSIDE_WORDS.iter().any(|name| tag.name.eq_ignore_ascii_case(name)) {
            out.push(' ');
        }
        at = tag.range.end;
    }
    out.push_str(&html[at..]);
    raw_html::decoded(&out).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a tag, in lower case; empty for what is none or closes one.
pub(super) fn tag_name(html: &str) -> String {
    match raw_html::tags(html).first() {
        Some(tag) if !tag.closes => tag.name.to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Elements that do not part words.
const INSIDE_WORDS: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr", "",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_and_markup_goes() {
        assert_eq!(
            text("<p>不<b>轻信</b>&amp;不转账</p>\n<!-- 内部 --><p>打 96110</p>"),
            "不轻信&不转账 打 96110"
        );
        assert_eq!(text("<script>alert(1)</script><style>p{}</style>"), "");
        assert_eq!(text("<details><summary>怎么办</summary>报警</details>"), "怎么办 报警");
    }

    #[test]
    fn a_break_is_told() {
        assert_eq!(tag_name("<BR/>"), "br");
        assert_eq!(tag_name("</u>"), "");
    }
}
