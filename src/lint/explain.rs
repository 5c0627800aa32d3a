//! What `yuanba explain` prints: what a code means, why it matters, how to mend it.
//!
//! Refuses: codes that do not exist; [`nearest`] names those that were meant.
//! Invariant: every part of a page is shown in the language asked for; its examples are shown in both.

use super::rules::EXPLAINED;
use crate::diag::{Catalogue, Code, Language, Level, Message};
use std::fmt::Write;

/// The explanation of a code, by its id or its name; upper and lower case are the same, and so are `_` and `-`.
pub fn explain(code_or_name: &str, language: Language) -> Option<String> {
    let wanted = fold(code_or_name);
    let (code, page) =
        EXPLAINED.iter().find(|(code, _)| wanted == code.id.to_ascii_lowercase() || wanted == code.name)?;
    let page = Page::read(page);
    let catalogue = Catalogue::of(language);
    let (title, text) = match language {
        Language::Zh => &page.chinese,
        Language::En => &page.english,
    };
    let colon = language.colon();
    let level = catalogue.format(&Message::new(match code.level {
        Level::Allow => "explain-allow",
        Level::Warn => "explain-warn",
        Level::Deny => "explain-deny",
        Level::Forbid => "explain-forbid",
    }));
    let mut out = String::new();
    let _ = writeln!(out, "{title}");
    let _ = writeln!(out, "{}{colon}{level}", catalogue.format(&Message::new("explain-level")));
    let _ = write!(out, "\n{text}");
    for example in &page.examples {
        let word = Message::new(if example.good { "explain-good" } else { "explain-bad" });
        let file = example.file.map_or_else(String::new, |file| format!(" ({file})"));
        let _ = writeln!(out, "\n{}{file}{}\n", catalogue.format(&word), colon.trim_end());
        for line in &example.lines {
            let _ = writeln!(out, "{}", format!("    {line}").trim_end());
        }
    }
    Some(out)
}

/// Codes whose id or name is like what was asked for, the likest first.
pub fn nearest(code_or_name: &str) -> Vec<Code> {
    let wanted = fold(code_or_name);
    let likeness = |code: &Code| {
        let id = strsim::normalized_damerau_levenshtein(&wanted, &code.id.to_ascii_lowercase());
        let name = strsim::jaro_winkler(&wanted, code.name);
        if code.name.split('-').any(|word| word == wanted) { 1.0 } else { id.max(name) }
    };
    let mut ranked: Vec<(f64, Code)> = EXPLAINED.iter().map(|(code, _)| (likeness(code), *code)).collect();
    ranked.retain(|(likeness, _)| *likeness >= 0.7);
    ranked.sort_by(|(a, one), (b, other)| b.total_cmp(a).then(one.cmp(other)));
    ranked.into_iter().take(3).map(|(_, code)| code).collect()
}

fn fold(text: &str) -> String {
    text.trim().to_ascii_lowercase().replace('_', "-")
}

/// A page taken apart: title and text in each language, and the examples.
#[derive(Default)]
struct Page<'p> {
    chinese: (String, String),
    english: (String, String),
    examples: Vec<Example<'p>>,
}

struct Example<'p> {
    good: bool,
    /// The file that it stands in, where that is no bulletin.
    file: Option<&'p str>,
    lines: Vec<&'p str>,
}

impl<'p> Page<'p> {
    fn read(text: &'p str) -> Self {
        let mut page = Self::default();
        let mut fence: Option<&str> = None;
        let mut english = false;
        for line in text.lines() {
            let part = if english { &mut page.english } else { &mut page.chinese };
            match fence {
                Some(end) if line == end => fence = None,
                Some(_) => page.examples.last_mut().expect("a fence opens an example").lines.push(line),
                None if line.starts_with("```") => {
                    let mut words = line.trim_start_matches('`').split(' ').skip(1);
                    let good = words.next() == Some("good");
                    page.examples.push(Example { good, file: words.next(), lines: Vec::new() });
                    fence = Some(&line[..line.len() - line.trim_start_matches('`').len()]);
                }
                None if line == "---" => english = true,
                None if line.starts_with("# ") => line[2..].clone_into(&mut part.0),
                None if line.is_empty() && (part.1.is_empty() || part.1.ends_with("\n\n")) => {}
                None => part.1 += &(unmarked(line) + "\n"),
            }
        }
        for part in [&mut page.chinese, &mut page.english] {
            part.1 = part.1.trim_end().to_owned() + "\n";
        }
        page
    }
}

/// A line without the asterisks of bold text; those in `code` stay.
fn unmarked(line: &str) -> String {
    let parts = line.split('`').enumerate();
    let parts: Vec<String> =
        parts.map(|(at, part)| if at % 2 == 0 { part.replace("**", "") } else { part.to_owned() }).collect();
    parts.join("`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn in_chinese() {
        let text = explain("f405", Language::Zh).unwrap();
        let mut lines = text.lines();
        assert_eq!(lines.next(), Some("F405 full-width-colon：冒号用了全角"));
        assert_eq!(lines.next(), Some("级别：错误，改好之前不能发布"));
        assert!(text.contains("\n是什么　文件开头"), "{text}");
        assert!(text.contains("\n会被报告的写法：\n\n    ---\n    title：高温天防诈\n"), "{text}");
        assert!(text.contains("\n正确的写法：\n\n    ---\n    title: 高温天防诈"), "{text}");
        assert!(
            !text.contains("What it means") && !text.contains("**是") && !text.contains("\n\n\n"),
            "{text}"
        );
    }

    #[test]
    fn in_english_with_the_same_examples() {
        let text = explain("Full_Width_Colon", Language::En).unwrap();
        assert!(
            text.starts_with("F405 full-width-colon: a full-width colon\nLevel: error; nothing is published"),
            "{text}"
        );
        assert!(text.contains("\nThis is reported:\n\n    ---\n    title：高温天防诈\n"), "{text}");
        assert!(!text.contains("是什么"), "{text}");
    }

    #[test]
    fn examples_keep_their_asterisks_and_name_their_file() {
        assert!(explain("W204", Language::Zh).unwrap().contains("    请牢记：**不转账，**先报警。\n"));
        assert!(explain("W204", Language::En).unwrap().contains("What it means `**` stayed"));
        assert!(explain("F419", Language::En).unwrap().contains("\nThis is reported (content/site.yaml):\n"));
        assert!(explain("F426", Language::Zh).unwrap().contains("    ```联系\n    [陈警官\n    ```\n"));
    }

    #[test]
    fn every_page_in_both_languages() {
        for (code, _) in EXPLAINED {
            for language in [Language::Zh, Language::En] {
                let text = explain(code.name, language).unwrap();
                assert!(text.starts_with(code.id) && text.lines().count() >= 6, "{text}");
            }
        }
    }

    #[test]
    fn unknown_codes_have_neighbours() {
        assert_eq!(explain("L399", Language::Zh), None);
        let ids = |wanted: &str| nearest(wanted).into_iter().map(|code| code.id).collect::<Vec<_>>();
        assert_eq!(ids("broken-lnik")[0], "L301");
        assert!(ids("L331").contains(&"L301"));
        assert!(ids("picture").contains(&"F420") && ids("picture").contains(&"F428"));
        assert_eq!(ids("").len(), 0);
        assert_eq!(ids("完全不相干").len(), 0);
    }
}
