//! The examples on the pages of explanation run: what a page calls bad raises its code, what it calls good raises
//! nothing at all.
//!
//! An example is a fence of three or more backticks whose info string is a language, `bad` or `good`, and perhaps a
//! file: `markdown bad`, `yaml good content/site.yaml`. It stands at that file (a bulletin, where none is named) of a
//! small site that has a bulletin to link to, a picture and a village. A text without front matter is a body.

use jiff::civil::date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};
use yuanba::diag::{Code, Diagnostic, Sink};
use yuanba::lint::rules::EXPLAINED;
use yuanba::world::MemoryWorld;

/// Where an example stands that names no file.
const BULLETIN: &str = "content/tips/example.md";

/// The dataset of the small site.
const DEFINITION: &str = "title: 2026年矛盾纠纷调解\n\
    source: 清水镇派出所调解登记\n\
    period: 2026-01 至 2026-02\n\
    dimensions:\n\
    \x20 village: {label: 村社区, codes: {longtan: 龙潭村, shiqiao: 石桥村}}\n\
    \x20 month: {label: 月份, time: month}\n\
    tables:\n\
    \x20 by-village: {title: 各村纠纷, rows: village, columns: month}\n";
const FIGURES: &str =
    "village,month,cases\nlongtan,2026-01,31\nlongtan,2026-02,28\nshiqiao,2026-01,44\nshiqiao,2026-02,39\n";

/// Another one, in which two of four figures are small and must not be published.
const SMALL: &str = "title: 2026年电信网络诈骗\n\
    source: 清水镇派出所接警登记\n\
    dimensions:\n\
    \x20 scam: {label: 诈骗类型, codes: {brush: 刷单返利, service: 冒充客服, invest: 虚假投资, loan: 网络贷款}}\n\
    measures:\n\
    \x20 cases: {label: 起数, type: count, unit: 起}\n\
    tables:\n\
    \x20 scams: {title: 各类诈骗, rows: scam}\n";
const SMALL_FIGURES: &str = "scam,cases\nbrush,12\nservice,3\ninvest,2\nloan,9\n";

#[derive(Debug, PartialEq, Eq)]
struct Example {
    /// Line of the page that opens it.
    line: usize,
    good: bool,
    path: String,
    text: String,
}

/// The examples of a page.
fn examples(page: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() < 3 {
            continue;
        }
        let inside: Vec<&str> =
            lines.by_ref().map(|(_, line)| line).take_while(|line| *line != fence).collect();
        let words: Vec<&str> = info.split(' ').collect();
        let (good, path) = match words[..] {
            ["markdown", "good"] => (true, BULLETIN),
            ["markdown", "bad"] => (false, BULLETIN),
            [_, "good", path] => (true, path),
            [_, "bad", path] => (false, path),
            _ => panic!("line {}: a fence is `markdown bad` or `markdown good`, not `{info}`", at + 1),
        };
        let text = inside.iter().flat_map(|line| [line, "\n"]).collect();
        found.push(Example { line: at + 1, good, path: path.to_owned(), text });
    }
    found
}

/// The site that an example stands in.
fn site(example: &Example) -> BTreeMap<String, Vec<u8>> {
    let mut picture = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(64, 48)
        .write_to(&mut picture, image::ImageFormat::Png)
        .expect("memory takes what is written");
    let settings = "title: 清水镇派出所\nbase_url: https://www.example.gov.cn/\n\
        areas:\n  - {code: longtan, name: 龙潭村, group: 村}\n\
        unit: {name: 清水镇派出所, organiser: 清水县公安局, operator: 清水镇派出所, address: 正街1号, phone: 0000-7110110, \
        email: 无, icp: 无, police_record: 无, site_id: 无, error_report: 无}\n";
    let mut files = BTreeMap::from([
        ("content/site.yaml".to_owned(), settings.into()),
        ("content/tips/_index.md".to_owned(), "---\ntitle: 反诈提示\nkind: tip\n---\n".into()),
        (
            "content/tips/neighbour.md".to_owned(),
            "---\ntitle: 电话表\nkind: story\ndate: 2026-11-01\n---\n\n报警打110。\n".into(),
        ),
        ("content/data/mediation.yaml".to_owned(), DEFINITION.into()),
        ("content/data/mediation.csv".to_owned(), FIGURES.into()),
        ("content/data/fraud.yaml".to_owned(), SMALL.into()),
        ("content/data/fraud.csv".to_owned(), SMALL_FIGURES.into()),
        ("content/tips/photo.png".to_owned(), picture.into_inner()),
        ("content/tips/form.rar".to_owned(), b"Rar!".to_vec()),
        ("content/tips/talk.mp3".to_owned(), b"sound".to_vec()),
    ]);
    let text = if example.path != BULLETIN || example.text.starts_with("---\n") {
        example.text.clone()
    } else {
        format!("---\ntitle: 例子\ndate: 2026-11-20\n---\n\n{}", example.text)
    };
    files.insert(example.path.clone(), text.into());
    files
}

/// What the program finds in a site.
fn check_site(files: &BTreeMap<String, Vec<u8>>) -> Vec<Diagnostic> {
    let now =
        date(2026, 11, 24).at(9, 0, 0, 0).to_zoned(TimeZone::UTC).expect("UTC has every moment").timestamp();
    let world = files.iter().fold(MemoryWorld::new(now), |world, (path, bytes)| world.with(path, bytes));
    let mut sink = Sink::new();
    let memo = yuanba::source::Memo::off();
    let options = yuanba::model::collect::Options::default();
    let prepared = yuanba::build::prepare(&world, &memo, &options, &yuanba::world::NoCache, &mut sink);
    let _ = yuanba::build::check(&prepared, &mut sink);
    sink.take()
}

/// What is wrong with an example, if anything.
fn judge(code: Code, example: &Example, found: &[Diagnostic]) -> Option<String> {
    let raised: BTreeSet<&str> = found.iter().map(|finding| finding.code.id).collect();
    let place = format!("src/lint/rules/{}.md:{}", code.name.replace('-', "_"), example.line);
    match example.good {
        true if !raised.is_empty() => Some(format!("{place}: the good example raises {raised:?}")),
        false if !raised.contains(code.id) => {
            Some(format!("{place}: the bad example does not raise {code}, but {raised:?}"))
        }
        _ => None,
    }
}

#[test]
fn every_example_does_what_its_page_says() {
    let mut wrong = Vec::new();
    for (code, page) in EXPLAINED {
        for example in examples(page) {
            wrong.extend(judge(*code, &example, &check_site(&site(&example))));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fences_of_any_length_with_fences_inside() {
    let page = "# 题\n\n```markdown bad\n甲\n\n乙\n```\n\n````markdown good\n```qr\nx\n```\n````\n\n```yaml bad content/site.yaml\na: 1\n```\n";
    let example = |line, good, path: &str, text: &str| Example {
        line,
        good,
        path: path.to_owned(),
        text: text.to_owned(),
    };
    assert_eq!(
        examples(page),
        [
            example(3, false, BULLETIN, "甲\n\n乙\n"),
            example(9, true, BULLETIN, "```qr\nx\n```\n"),
            example(15, false, "content/site.yaml", "a: 1\n"),
        ]
    );
}

#[test]
#[should_panic(expected = "line 2: a fence is")]
fn a_fence_says_what_it_is() {
    examples("\n```markdown\nx\n```\n");
}

#[test]
fn a_body_gets_front_matter_and_a_whole_file_does_not() {
    let text = |page: &str| {
        let example = examples(page).remove(0);
        String::from_utf8(site(&example).remove(&example.path).expect("the example is in the site"))
            .expect("text")
    };
    assert!(text("```markdown bad\n正文\n```").starts_with("---\ntitle: 例子\n"));
    assert_eq!(text("```markdown bad\n---\ntitle: 甲\n---\n```"), "---\ntitle: 甲\n---\n");
    assert_eq!(text("```yaml bad content/site.yaml\na: 1\n```"), "a: 1\n");
}

#[test]
fn examples_are_judged() {
    let code = yuanba::diag::codes::BROKEN_LINK;
    let finding = || Diagnostic::new(code, yuanba::diag::Message::new("broken-link"));
    let example = |good| Example { line: 7, good, path: BULLETIN.to_owned(), text: String::new() };
    assert_eq!(judge(code, &example(true), &[]), None);
    assert_eq!(judge(code, &example(false), &[finding()]), None);
    assert!(judge(code, &example(true), &[finding()]).is_some());
    assert!(judge(code, &example(false), &[]).is_some_and(|text| text.contains("broken_link.md:7")));
}
