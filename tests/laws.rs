//! Every citation of a law in the site's words stands in `tests/data/laws.md`, with what it is used for and where it was looked up;
//! and nothing stands there that no text cites.
//!
//! A citation is a law in `《》` and an article, or an article alone, which belongs to the law that was named last before it in the
//! same file (front matter counts as before). A law that is named without an article is a citation of the whole.

#![expect(clippy::disallowed_methods, reason = "the test reads the repository's own texts")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the site's words stand: bulletins, the theme, and the pages of `yuanba explain`.
const PLACES: &[(&str, &[&str])] = &[
    ("content", &["md", "yaml"]),
    ("themes/default", &["yaml", "html", "typ"]),
    ("src/lint/rules", &["md"]),
];

/// A law, an article of it or nothing for the whole, and the file that cites it.
type Citation = (String, String, String);

#[test]
fn every_citation_is_in_the_register() {
    let register = register(&read(Path::new("tests/data/laws.md")));
    let cited: BTreeSet<Citation> = texts().iter().flat_map(|(name, text)| citations(name, text)).collect();
    let listed: BTreeSet<Citation> = register.keys().cloned().collect();
    let missing: Vec<_> = cited.difference(&listed).collect();
    let idle: Vec<_> = listed.difference(&cited).collect();
    assert!(missing.is_empty() && idle.is_empty(), "not in the register: {missing:#?}\nnot cited: {idle:#?}");
    assert!(cited.len() > 100, "citations are found: {}", cited.len());
    for (citation, told) in &register {
        assert!(
            told.iter().all(|words| !words.is_empty()),
            "{citation:?} tells its use, source and date: {told:?}"
        );
    }
}

/// Words that quote a law in front matter (`text:`) are of an article that is named beside them.
#[test]
fn every_quoted_article_is_named() {
    for (name, text) in texts().iter().filter(|(name, _)| name.starts_with("content/law/")) {
        let quoted = text.matches("\n    text:").count();
        let named = text.matches("\n    article: 第").count();
        assert!(named >= quoted, "{name}: {quoted} quotations, {named} articles");
    }
}

#[test]
fn citations_are_found() {
    let found = |text: &str| -> Vec<(String, String)> {
        citations("a.md", text).into_iter().map(|(law, article, _)| (law, article)).collect()
    };
    let pair = |law: &str, article: &str| (law.to_owned(), article.to_owned());
    assert_eq!(
        found("按《中华人民共和国刑法》第二百八十七条之二，第三百一十二条第一款。《外婆念菜价》第三条"),
        [
            pair("刑法", ""),
            pair("刑法", "第二百八十七条之二"),
            pair("刑法", "第三百一十二条"),
            pair("刑法", "第三条")
        ]
    );
    assert_eq!(
        found("---\nlaws:\n  - name: 民法典\n    article: 第十条、第十一条\n---\n第十二条"),
        [pair("民法典", "第十条"), pair("民法典", "第十一条"), pair("民法典", "第十二条")]
    );
    assert_eq!(found("第一条路、第三步，条条第"), []);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(root().join(path)).expect("the repository's texts are UTF-8")
}

/// The texts that may cite, by path.
fn texts() -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for (place, endings) in PLACES {
        for entry in walkdir::WalkDir::new(root().join(place)).into_iter().flatten() {
            let ending = entry.path().extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if endings.contains(&ending) {
                let path = entry.path().strip_prefix(root()).expect("walked from there");
                found.insert(path.to_string_lossy().replace('\\', "/"), read(path));
            }
        }
    }
    found
}

/// The citations of a file, in its order.
fn citations(name: &str, text: &str) -> Vec<Citation> {
    let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let (front, body) = parts.unwrap_or(("", text));
    let mut found = Vec::new();
    let mut current = None;
    let mut first = None;
    for line in front.lines() {
        let line = line.trim_start();
        if let Some(law) = line.strip_prefix("- name: ") {
            current = law_of(law);
            first = first.or_else(|| current.clone());
        } else if let Some(articles) = line.strip_prefix("article: ") {
            cite(articles, &mut current, &mut found);
        }
    }
    current = first;
    cite(body, &mut current, &mut found);
    found.into_iter().map(|(law, article)| (law, article, name.to_owned())).collect()
}

/// Adds what a piece of text cites.
fn cite(text: &str, current: &mut Option<String>, found: &mut Vec<(String, String)>) {
    let mut rest = text;
    while let Some(at) = rest.find(['《', '第']) {
        rest = &rest[at..];
        if let Some(inside) = rest.strip_prefix('《') {
            let Some((name, after)) = inside.split_once('》') else { return };
            if let Some(law) = law_of(name) {
                found.push((law.clone(), String::new()));
                *current = Some(law);
            }
            rest = after;
        } else {
            let article = article(rest);
            if let (Some(law), Some(article)) = (current.as_ref(), article) {
                found.push((law.clone(), article.to_owned()));
            }
            rest = &rest[article.map_or('第'.len_utf8(), str::len)..];
        }
    }
}

/// The name of a law as it is short for, or nothing if a title is none.
fn law_of(name: &str) -> Option<String> {
    let short = name.trim().trim_start_matches("中华人民共和国");
    ["法", "条例", "法典", "办法", "规定"].iter().any(|end| short.ends_with(end)).then(|| short.to_owned())
}

/// The article that a text begins with: `第二百八十七条之二`.
fn article(text: &str) -> Option<&str> {
    let numeral = |c: char| "一二三四五六七八九十百千零".contains(c);
    let digits = |text: &str| text.chars().take_while(|&c| numeral(c)).map(char::len_utf8).sum::<usize>();
    let number = digits(text.strip_prefix('第')?);
    let end = '第'.len_utf8() + number;
    if number == 0 || !text[end..].starts_with('条') {
        return None;
    }
    let end = end + '条'.len_utf8();
    let more = text[end..].strip_prefix('之').and_then(|rest| rest.chars().next().filter(|&c| numeral(c)));
    // 第一条路 and the like are no articles.
    let plain = more.is_none() && text[end..].starts_with(['路', '件', '线']);
    (!plain).then(|| &text[..end + more.map_or(0, |c| '之'.len_utf8() + c.len_utf8())])
}

/// The register's rows: law, article and file; then what for, source and date.
fn register(text: &str) -> BTreeMap<Citation, [String; 3]> {
    let rows = text.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| 法律"));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [law, article, file, used, source, date] = cells[..] else { panic!("six cells: {row}") };
        let article = if article == "全文" { "" } else { article };
        ((law.to_owned(), article.to_owned(), file.to_owned()), [used, source, date].map(str::to_owned))
    })
    .collect()
}
