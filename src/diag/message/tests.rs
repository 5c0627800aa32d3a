#![expect(clippy::disallowed_methods, reason = "reads the program's own sources")]

use super::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Messages of a catalogue with the variables that they name.
fn messages(text: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut current = None;
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(|char: char| char.is_ascii_lowercase())
            && let Some((id, _)) = line.split_once('=')
        {
            assert!(found.insert(id.trim(), BTreeSet::new()).is_none(), "{id} comes twice in one file");
            current = Some(id.trim());
        }
        for (at, _) in line.match_indices('$') {
            let name = line[at + 1..]
                .split(|char: char| !(char.is_ascii_alphanumeric() || "-_".contains(char)))
                .next();
            let variables = current.and_then(|id| found.get_mut(id)).expect("variables stand in a message");
            variables.extend(name);
        }
    }
    found
}

fn all(language: Language) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let mut whole = BTreeMap::new();
    for &(area, zh, en) in AREAS {
        for (id, variables) in messages(if language == Language::Zh { zh } else { en }) {
            assert!(whole.insert(id, variables).is_none(), "{area}: {id} comes in two areas");
        }
    }
    whole
}

/// The program's sources without their tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            let named = |name: &str| path.file_name().is_some_and(|file| file == name);
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs")
                && !named("tests.rs")
                && !named("testing.rs")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let end = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
                found.push((path, text[..end].to_owned()));
            }
        }
    }
    found
}

/// The string literals that follow each occurrence of `before`, white space aside.
fn literals<'t>(text: &'t str, before: &str) -> BTreeSet<&'t str> {
    text.match_indices(before)
        .filter_map(|(at, _)| text[at + before.len()..].trim_start().strip_prefix('"')?.split('"').next())
        .collect()
}

#[test]
fn every_file_parses() {
    for &(area, zh, en) in AREAS {
        for text in [zh, en] {
            if let Err((_, errors)) = FluentResource::try_new(text.to_owned()) {
                panic!("{area}: {errors:?}");
            }
        }
    }
}

#[test]
fn every_file_is_wired() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diag/messages");
    for language in ["zh", "en"] {
        let files: BTreeSet<String> = std::fs::read_dir(folder.join(language))
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(files, AREAS.iter().map(|(area, ..)| (*area).to_owned()).collect());
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let (zh, en) = (all(Language::Zh), all(Language::En));
    let ids = |of: &BTreeMap<&'static str, _>| of.keys().copied().collect::<BTreeSet<_>>();
    let only: Vec<_> = ids(&zh).symmetric_difference(&ids(&en)).copied().collect();
    assert!(only.is_empty(), "in one language only: {only:?}");
    for (id, variables) in &zh {
        assert_eq!(variables, &en[id], "variables of {id}");
    }
}

#[test]
fn every_message_in_the_source_is_in_the_catalogues() {
    let known = all(Language::Zh);
    let mut missing = Vec::new();
    for (path, text) in sources() {
        let given = literals(&text, ".with(");
        // Where a loop gives the names, what they are cannot be read from here.
        let computed = text.split(".with(").skip(1).any(|after| !after.trim_start().starts_with('"'));
        for id in literals(&text, "Message::new(") {
            match known.get(id) {
                None => missing.push(format!("{}: no message {id}", path.display())),
                Some(_) if computed => {}
                Some(wanted) => missing.extend(wanted.difference(&given).map(|name| {
                    format!("{}: {id} needs ${name}, which no .with() there gives", path.display())
                })),
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_message_in_the_catalogues_is_used() {
    let sources = sources();
    let unused: Vec<_> = all(Language::Zh)
        .into_keys()
        .filter(|id| *id != "diag-verbatim")
        .filter(|id| !sources.iter().any(|(_, text)| text.contains(&format!("\"{id}\""))))
        .collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

#[test]
fn counts_are_singular_or_plural_and_other_digits_stay() {
    let en = Catalogue::of(Language::En);
    let count = |n: &str| en.format(&Message::new("diag-summary-errors").with("errors", n));
    assert_eq!(count("1"), "1 error");
    assert_eq!(count("0"), "0 errors");
    assert_eq!(count("12000"), "12000 errors");
    let verbatim =
        |text: &str| Catalogue::of(Language::Zh).format(&Message::new("diag-verbatim").with("text", text));
    for text in ["007", "+5", "110101199003070000", "1.50", "-0", "", "{ $x }", "日期"] {
        assert_eq!(verbatim(text), text);
    }
}

#[test]
fn no_isolation_marks() {
    let text = Catalogue::of(Language::Zh)
        .format(&Message::new("diag-page-line").with("line", 3).with("column", "x"));
    assert_eq!(text, "第 3 行第 x 个字");
}

#[test]
fn many_threads_share_a_catalogue() {
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for n in 0..200 {
                    let message = Message::new("diag-summary-errors").with("errors", n);
                    let _ = Catalogue::of(Language::En).format(&message);
                    assert_eq!(Catalogue::of(Language::Zh).format(&message), format!("共 {n} 处错误"));
                }
            });
        }
    });
}

#[test]
fn tags_of_languages() {
    assert_eq!(Language::of_tag("zh-CN"), Some(Language::Zh));
    assert_eq!(Language::of_tag("en_GB.UTF-8"), Some(Language::En));
    assert_eq!(Language::of_tag("ZH"), Some(Language::Zh));
    assert_eq!(Language::of_tag("fr"), None);
}
