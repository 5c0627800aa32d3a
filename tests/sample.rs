//! What the sample says of itself and of the program, and how it speaks.

#![expect(clippy::disallowed_methods, reason = "the tests read the repository's own texts")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the repository's texts are UTF-8")
}

/// The texts below a folder with this ending, by path.
fn below(folder: &str, ending: &str) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|found| found == ending))
        .map(|entry| {
            let path = entry.path().strip_prefix(root()).expect("walked from there");
            let name = path.to_string_lossy().replace('\\', "/");
            (name.clone(), read(&name))
        })
        .collect()
}

/// The mark 示例·虚构 goes once `unit.name` is another: so the program must know the sample's by the name that it has.
#[test]
fn the_program_knows_the_sample_by_its_name() {
    let settings = read("content/site.yaml");
    let unit = settings.split("\nunit:\n").nth(1).expect("the sample has an office");
    let name = unit.lines().find_map(|line| line.strip_prefix("  name: ")).expect("which has a name");
    assert_eq!(name, yuanba::model::config::SAMPLE_UNIT);
}

/// Types of scams in the sample's figures are those that its list names.
#[test]
fn figures_count_scams_by_their_names() {
    let scams = read("content/words/scams.yaml");
    let named: Vec<&str> = scams.lines().filter_map(|line| line.trim().strip_prefix("- name: ")).collect();
    let data = read("content/data/fraud.yaml");
    let codes =
        data.split("codes: [").nth(1).and_then(|rest| rest.split(']').next()).expect("types of scams");
    for code in codes.split(", ") {
        assert!(named.contains(&code), "{code} is no name of words/scams.yaml");
    }
}

/// Words of a page, and whether the theme does what they claim.
type Claim = (&'static str, fn(&Theme) -> bool);

/// What the pages about accessibility and privacy may claim, and how the theme shows whether it is so.
const FEATURES: &[Claim] = &[
    ("只用键盘", |theme| {
        theme.templates.contains("class=\"skip\" href=\"#main\"") && theme.css.contains(":focus-visible")
    }),
    ("大字", |theme| theme.templates.contains("data-large") && theme.script.contains("data-large")),
    ("深浅对比", |theme| theme.css.contains("prefers-contrast: more")),
    ("夜间", |theme| theme.css.contains("prefers-color-scheme: dark")),
    ("不用JavaScript", |theme| {
        theme.css.contains("scripting: enabled") && !theme.templates.contains("<noscript")
    }),
    ("读屏软件", |theme| theme.templates.contains("aria-label")),
    ("打印", |theme| theme.templates.contains("data-print") && theme.css.contains("@media print")),
    ("快板", |theme| theme.css.contains("ruby rt") && theme.verse_sheet.contains("\"p\"")),
    ("念给我听", |theme| {
        theme.templates.contains("data-speak") && theme.script.contains("v.localService")
    }),
    ("手语", |theme| theme.templates.contains("<video")),
    ("朗读", |theme| theme.templates.contains("<audio")),
    ("搜索", |theme| {
        theme.templates.contains("role=\"search\"") || theme.templates.contains("type=\"search\"")
    }),
    ("字号、颜色", |theme| theme.templates.contains("data-contrast")),
    ("U盘", |_| read("src/cli/build.rs").contains("portable")),
];

/// What has no place in the theme: said of the texts themselves, or of all that is printed.
const OF_TEXTS: &[&str] = &["折页", "民族语言"];

struct Theme {
    templates: String,
    css: String,
    script: String,
    verse_sheet: String,
}

fn theme() -> Theme {
    let all = |files: BTreeMap<String, String>| files.into_values().collect::<String>();
    Theme {
        templates: all(below("themes/default/templates", "html")),
        css: all(below("themes/default/assets", "css")),
        script: all(below("themes/default/assets", "js")),
        verse_sheet: read("themes/default/print/verse.typ") + &read("themes/default/print/lib.typ"),
    }
}

/// Each thing that the page says is there is there, and what it says is missing is missing; it says nothing that nobody looks after.
#[test]
fn the_page_on_accessibility_says_what_there_is() {
    let page = read("content/pages/accessibility.md");
    let part = |from: &str, to: &str| -> String {
        page.split(from)
            .nth(1)
            .and_then(|rest| rest.split(to).next())
            .expect("the page has its parts")
            .to_owned()
    };
    let (done, missing) = (part("## 已经做到的", "## "), part("## 还没做到的", "## "));
    let theme = theme();
    let lines: Vec<&str> = done.lines().collect();
    let terms: Vec<&str> =
        lines.windows(2).filter(|pair| pair[1].starts_with(": ")).map(|pair| pair[0]).collect();
    assert!(terms.len() >= 5, "{terms:?}");
    for term in terms {
        let (_, there) = FEATURES
            .iter()
            .find(|(word, _)| *word == term)
            .unwrap_or_else(|| panic!("nobody looks after {term}"));
        assert!(there(&theme), "the page claims {term}");
    }
    for line in missing.lines().filter(|line| line.starts_with("- ")) {
        let named: Vec<_> = FEATURES.iter().filter(|(word, _)| line.contains(word)).collect();
        let of_texts = OF_TEXTS.iter().any(|word| line.contains(word));
        assert!(!named.is_empty() || of_texts, "nobody looks after: {line}");
        assert!(
            of_texts || named.iter().any(|(_, there)| !there(&theme)),
            "what this says is missing is there: {line}"
        );
    }
    claims_nothing_absent("accessibility", &done, &theme);
}

/// The page on privacy: nothing is claimed that is not there, and what it denies is not in the theme.
#[test]
fn the_page_on_privacy_says_what_there_is() {
    let page = read("content/pages/privacy.md");
    let theme = theme();
    claims_nothing_absent("privacy", &page, &theme);
    let sent = ["fetch(", "XMLHttpRequest", "sendBeacon", "WebSocket", "document.cookie", "import("];
    assert!(page.contains("不用Cookie") && page.contains("不连别家的网站"));
    for call in sent {
        assert!(
            !theme.script.contains(call),
            "the page says that nothing is sent, and the script has {call}"
        );
    }
    for outside in ["src=\"http", "url(http", "@import", "<form", "<iframe"] {
        assert!(
            !theme.templates.contains(outside) && !theme.css.contains(outside),
            "the theme has {outside}"
        );
    }
    // What the browser keeps: the one choice that the page names.
    let kept = theme.script.matches("setItem(").count();
    assert_eq!((kept, page.contains("“大字版”，只记在您自己的手机里")), (1, true));
}

fn claims_nothing_absent(page: &str, text: &str, theme: &Theme) {
    for (word, there) in FEATURES {
        assert!(!text.contains(word) || there(theme), "{page} speaks of {word}, which is not there");
    }
}

/// Words that the sample and the interface do not use, and why.
const UNFIT: &[(&str, &str)] = &[
    ("做个样子", "means a sham; 仅作示例"),
    ("管用", "有效"),
    ("小饼干", "不用Cookie"),
    ("暂不", "尚未生效"),
    ("你村", "本村"),
    ("哭之前", "别怕，先去喊大人"),
    ("起用", "施行"),
    ("喝口水", "what comes first is 110"),
    ("帮着止付", "the police decide"),
];

#[test]
fn the_sample_speaks_well() {
    let mut texts = below("content", "md");
    texts.extend(below("themes/default", "yaml"));
    texts.extend(below("src/diag/messages/zh", "ftl"));
    for (name, text) in &texts {
        for (word, why) in UNFIT {
            assert!(!text.contains(word), "{name}: {word} ({why})");
        }
    }
}

/// Readers are 您. 你 stands in what is quoted, in verse, and in texts that are a letter or are read to children.
#[test]
fn readers_are_addressed_with_respect() {
    const LETTERS: &[&str] = &["content/tips/sha-zhu-pan.md", "content/law/wei-cheng-nian.md"];
    const TO_CHILDREN: &[&str] = &["content/tips/you-xi.md", "content/law/xue-sheng-qi-ling.md"];
    for (name, text) in below("content", "md") {
        let free = LETTERS.contains(&name.as_str()) || TO_CHILDREN.contains(&name.as_str());
        if free || name.starts_with("content/verse/") {
            continue;
        }
        let unquoted: String = text.split('“').enumerate().fold(String::new(), |mut out, (at, part)| {
            out.push_str(if at == 0 { part } else { part.split_once('”').map_or("", |(_, after)| after) });
            out
        });
        for line in unquoted.lines() {
            let spoken = line.starts_with("**") && line.contains("**：");
            assert!(spoken || !line.contains('你'), "{name}: {line}");
        }
    }
    for (key, line) in read("themes/default/text.zh-CN.yaml").lines().filter_map(|line| line.split_once(": "))
    {
        assert!(!line.contains('你'), "{key}: {line}");
    }
}

/// 通告 is a notice. A bulletin of any kind is 文章.
#[test]
fn messages_say_notice_for_notices_only() {
    for (name, text) in below("src/diag/messages/zh", "ftl") {
        for line in text.lines().filter(|line| line.contains("通告")) {
            let of_notices = ["replaces", "level", "-notice"].iter().any(|sign| line.contains(sign));
            assert!(of_notices, "{name}: {line}");
        }
    }
}

/// Notices of the sample carry no colour of an alert unless they name who issued it.
#[test]
fn colours_of_alerts_name_their_source() {
    for (name, text) in below("content", "md") {
        let coloured = ["blue", "yellow", "orange", "red"]
            .iter()
            .any(|level| text.contains(&format!("\nlevel: {level}\n")));
        assert!(!coloured || text.contains("\nsource: "), "{name} passes on an alert of nobody");
    }
}
