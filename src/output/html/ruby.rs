//! Verse with pinyin above its characters, folded away until somebody wants it.
//!
//! The verse stands a second time: copied text and what a screen reader says must be the words alone. So the readings are hidden from
//! both (`aria-hidden`, and no selection by the style), and who wants the plain verse has it above. It works without scripts.
//!
//! Refuses: readings above what is neither a Chinese character nor a number.
//! Invariant: the words are those of the verse, in order; all text is escaped.

use super::escape::push_text;
use super::fenced::{push_aside, push_role, stanzas};
use crate::print::content::{Part, spelled_line};
use crate::source::doc::Verse;
use std::collections::BTreeMap;

/// The folded part of a page: the verse with a reading above each character.
pub(super) fn spelled(verse: &Verse, own: &BTreeMap<String, String>, summary: &str) -> String {
    let mut out = String::from("<details class=\"pinyin\"><summary>");
    push_text(summary, &mut out);
    out.push_str("</summary>\n");
    stanzas(verse, &mut out, |line, out| {
        spelled_line(line, own).iter().for_each(|part| push_part(part, out));
    });
    out.push_str("</details>\n");
    out
}

fn push_part(part: &Part, out: &mut String) {
    match part {
        Part::Role { s } => push_role(s, out),
        Part::Aside { s } => push_aside(s, out),
        Part::Chars { c } => {
            for syllable in c {
                let Some(pinyin) = &syllable.p else {
                    push_text(&syllable.s, out);
                    continue;
                };
                out.push_str("<ruby>");
                push_text(&syllable.s, out);
                out.push_str("<rt aria-hidden=\"true\">");
                push_text(pinyin, out);
                out.push_str("</rt></ruby>");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{FileId, Sink};
    use crate::source::doc::BlockKind;
    use crate::source::markdown::{MarkdownOptions, parse};

    #[test]
    fn every_character_has_its_reading_and_the_words_stay() {
        let text = "```verse\n【银<行】\n银行不能（白）借\n重{chóng}来\n```\n";
        let doc = parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut Sink::new());
        let BlockKind::Verse(verse) = &doc.blocks[0].kind else { panic!("a verse") };
        let html = spelled(verse, &BTreeMap::new(), "看拼音");
        assert!(html.contains("<ruby>行<rt aria-hidden=\"true\">háng</rt></ruby>"), "{html}");
        assert!(html.contains("<ruby>重<rt aria-hidden=\"true\">chóng</rt></ruby>"), "{html}");
        assert!(html.contains("银&lt;行") && html.contains("<span class=\"aside\">（白）</span>"), "{html}");
        assert_eq!(html.matches("<ruby>").count(), 7);
    }

    #[test]
    fn numbers_have_the_reading_of_what_is_said() {
        let text = "```verse\n拨打96110，\n骗走50元A4纸。\n```\n";
        let doc = parse(FileId(0), text, 0..text.len(), &MarkdownOptions::default(), &mut Sink::new());
        let BlockKind::Verse(verse) = &doc.blocks[0].kind else { panic!("a verse") };
        let html = spelled(verse, &BTreeMap::new(), "看拼音");
        for ruby in
            [">96110<rt aria-hidden=\"true\">jiǔ liù yāo yāo líng<", ">50<rt aria-hidden=\"true\">wǔ shí<"]
        {
            assert!(html.contains(ruby), "{html}");
        }
        assert!(!html.contains("<ruby>A4"), "{html}");
    }
}
