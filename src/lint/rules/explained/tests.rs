use super::*;
use std::collections::BTreeSet;

const NO_EXAMPLE: [&str; 2] =
    ["（没有例子：这一条说的不是文章里的文字。）", "(No example: this is not about the text of a bulletin.)"];

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    assert_eq!(EXPLAINED.iter().map(|(code, _)| *code).collect::<Vec<_>>(), codes::ALL);
    assert!(codes::ALL.is_sorted_by_key(|code| code.id), "by id");
    for (code, page) in EXPLAINED {
        assert!(page.starts_with(&format!("# {} {}：", code.id, code.name)), "{code}: the Chinese title");
        assert!(
            page.contains(&format!("\n---\n\n# {} {}: ", code.id, code.name)),
            "{code}: the English title"
        );
    }
}

#[test]
fn ids_and_names_are_unique_and_well_formed() {
    let mut seen = BTreeSet::new();
    for code in codes::ALL {
        assert!(seen.insert(code.id) && seen.insert(code.name), "{code} comes twice");
        let (group, number) = code.id.split_at(1);
        assert!("PWLFRS".contains(group) && number.len() == 3 && number.parse::<u16>().is_ok(), "{code}");
        let kebab = |char: char| char.is_ascii_lowercase() || char == '-';
        assert!(
            code.name.chars().all(kebab) && !code.name.starts_with('-') && !code.name.ends_with('-'),
            "{}",
            code.name
        );
        assert!(!code.name.contains("--"), "{}", code.name);
    }
}

#[test]
fn pages_are_short_and_say_all_three_things() {
    for (code, page) in EXPLAINED {
        assert!(page.lines().count() <= 40, "{code} is long: {}", page.lines().count());
        assert!(page.ends_with('\n') && !page.contains('\r'), "{code}");
        for part in ["是什么", "为什么", "怎么改", "What it means", "Why it matters", "How to mend it"]
        {
            assert_eq!(page.matches(&format!("**{part}**")).count(), 1, "{code}: {part}");
        }
    }
}

#[test]
fn pages_have_both_examples_or_say_why_not() {
    for (code, page) in EXPLAINED {
        let has = |verdict: &str| {
            page.lines().any(|line| {
                line.starts_with("```") && line.split(' ').nth(1).is_some_and(|word| word == verdict)
            })
        };
        let excused = NO_EXAMPLE.map(|line| page.lines().any(|found| found == line));
        match excused {
            [true, true] => {
                assert!(!has("bad") && !has("good"), "{code} has examples and says that it has none");
            }
            [false, false] => assert!(has("bad") && has("good"), "{code} needs an example of either sort"),
            _ => panic!("{code}: one language says that there is no example"),
        }
    }
}
