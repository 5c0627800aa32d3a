//! What each command does, and the number it ends with.

use crate::bulletin;
use crate::site::{Site, files, ran};

#[test]
fn endings() {
    let site = Site::new();
    assert_eq!(site.run(&["build"]).code, Some(0));
    site.put("content/tips/a.md", "---\n---\n");
    assert_eq!(site.run(&["build"]).code, Some(1), "the site has errors");
    assert_eq!(site.run(&["check"]).code, Some(1));
    assert_eq!(site.run(&["biuld"]).code, Some(2), "no such command");
    assert_eq!(site.run(&["build", "--output"]).code, Some(2));
    assert_eq!(site.run(&["build", "--base-url", "qingshui"]).code, Some(2));
    assert_eq!(site.run(&["build", "--site", "nowhere"]).code, Some(2), "no site there");
    let file = site.run(&["build", "--output", "content/site.yaml"]);
    assert_eq!(file.code, Some(3), "the disk cannot: {}", file.err);
}

#[test]
fn the_site_is_found_from_below() {
    let site = Site::new();
    let ran = ran(site.command(&["build"]).current_dir(site.at("content/tips")));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(site.at("public/index.html").is_file());
}

#[test]
fn quiet_says_nothing_of_what_went_well() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("草稿", "draft: true\n", "正文。"));
    let ran = site.run(&["build", "--quiet"]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
}

#[test]
fn why_names_what_changed() {
    let site = Site::new();
    let first = site.run(&["build", "--why"]);
    assert!(first.out.contains("index.html\t新的"), "{}", first.out);
    assert_eq!(site.run(&["build", "--why"]).out, "");
    site.put("content/tips/good.md", bulletin("不轻信，不转账", "", "打110问。"));
    let changed = site.run(&["build", "--why"]);
    let page = changed
        .out
        .lines()
        .find(|line| line.starts_with("tips/good/index.html\t"))
        .expect("its page is made anew");
    assert!(page.contains("content/tips/good.md"), "{page}");
    assert!(!changed.out.contains("404.html"), "{}", changed.out);
}

#[test]
fn another_place_and_another_address() {
    let site = Site::new();
    let ran = site.run(&["build", "--output", "out", "--base-url", "https://example.org/sub/"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(!site.at("public").exists());
    let home = std::fs::read_to_string(site.at("out/index.html")).expect("a home page");
    assert!(home.contains("href=\"/sub/tips/good/\"") && !home.contains("qingshui.example.cn"));
    let map = std::fs::read_to_string(site.at("out/sitemap.xml")).expect("a site map");
    assert!(map.contains("https://example.org/sub/tips/good/"));
}

#[test]
fn drafts_are_stamped_and_kept_from_programs() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("未定稿", "draft: true\n", "正文。"));
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert!(!site.at("public/tips/a").exists());
    assert_eq!(site.run(&["build", "--drafts"]).code, Some(0));
    let files = site.public();
    let text = |path: &str| String::from_utf8_lossy(&files[path]).into_owned();
    assert!(text("tips/a/index.html").contains("草稿"));
    assert!(!text("tips/good/index.html").contains("草稿"));
    assert!(!text("atom.xml").contains("未定稿") && !text("sitemap.xml").contains("/tips/a/"));
    assert_eq!(site.run(&["build"]).code, Some(0));
    assert!(!site.at("public/tips/a").exists(), "a draft that was shown is withdrawn");
}

#[test]
fn a_new_site_builds_as_it_is() {
    let site = Site::new();
    assert_eq!(site.run(&["new", "my-site"]).code, Some(0));
    let again = site.run(&["new", "my-site"]);
    assert_eq!(again.code, Some(2), "nothing is written over");
    let built = site.run(&["build", "--site", "my-site", "--deny-warnings"]);
    assert_eq!((built.code, built.out.as_str()), (Some(0), ""), "{}", built.err);
    assert!(!built.err.contains('['), "no findings: {}", built.err);
    assert!(site.at("my-site/public/index.html").is_file());
}

/// The sample in common words: no word of `words/local.yaml` is left, nothing else is changed, and verse keeps its measure.
#[test]
fn a_plain_site_speaks_common_chinese() {
    let site = Site::new();
    assert_eq!(site.run(&["new", "plain", "--plain"]).code, Some(0));
    assert_eq!(site.run(&["new", "local"]).code, Some(0));
    let list =
        std::fs::read_to_string(site.at("local/content/words/local.yaml")).expect("the sample has one");
    let mut pairs: Vec<(&str, &str)> = list
        .lines()
        .filter(|line| line.starts_with("  "))
        .filter_map(|line| line.trim().split_once(": "))
        .collect();
    pairs.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
    assert!(pairs.contains(&("晓得", "知道")), "{pairs:?}");
    let (mut local, plain) = (files(&site.at("local")), files(&site.at("plain")));
    assert!(local.remove("content/words/local.yaml").is_some());
    assert_eq!(local.keys().collect::<Vec<_>>(), plain.keys().collect::<Vec<_>>());
    let mut changed = 0;
    for (name, before) in &local {
        let after = &plain[name];
        if name == "content/addresses.yaml" {
            assert_ne!(before, after, "each site has an identity of its own");
            continue;
        }
        let Some(text) =
            std::str::from_utf8(before).ok().filter(|_| name.ends_with(".md") || name.ends_with(".yaml"))
        else {
            assert_eq!(before, after, "{name}");
            continue;
        };
        let common = pairs.iter().fold(text.to_owned(), |text, (word, common)| text.replace(word, common));
        let after = std::str::from_utf8(after).expect("UTF-8 stays UTF-8");
        assert_eq!(common, after, "{name}");
        for (word, _) in &pairs {
            assert!(!after.contains(word), "{word} in {name}");
        }
        changed += usize::from(common != text);
        if name.starts_with("content/verse/") {
            let verse = |text: &str| -> Vec<usize> {
                text.split("```")
                    .skip(1)
                    .step_by(2)
                    .flat_map(str::lines)
                    .map(|line| line.chars().count())
                    .collect()
            };
            assert_eq!(verse(text), verse(after), "{name}: as many characters a line");
        }
    }
    assert!(changed > 20, "{changed} files have local words");
    let checked = site.run(&["check", "--site", "plain", "--deny-warnings"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert_eq!(site.run(&["new", "bulletin", "tip", "题", "--plain"]).code, Some(2), "it is for whole sites");
}

#[test]
fn new_bulletins_of_all_kinds_pass() {
    let site = Site::new();
    assert_eq!(site.run(&["new", "my-site"]).code, Some(0));
    let kinds = ["tip", "普法", "verse", "通告", "guide", "院坝会", "story", "report"];
    for kind in kinds {
        for title in ["银行\"来电\": 别信", "银行\"来电\": 别信", "<script>", "???"] {
            let made = site.run(&["new", "bulletin", kind, title, "--site", "my-site"]);
            assert_eq!(made.code, Some(0), "{kind}: {}", made.err);
            let name = made.out.trim().rsplit('：').next().expect("it says where");
            assert!(site.at("my-site").join(name).is_file(), "{}", made.out);
        }
    }
    let checked = site.run(&["check", "--site", "my-site", "--deny-warnings"]);
    assert_eq!(checked.code, Some(0), "{}", checked.err);
    assert_eq!(
        site.run(&["list", "--state", "held", "--site", "my-site"]).out.lines().count(),
        4 * kinds.len()
    );
    assert_eq!(site.run(&["new", "bulletin", "poem", "题", "--site", "my-site"]).code, Some(2));
    let shown = site.run(&["build", "--drafts", "--only", "site", "--site", "my-site"]);
    assert_eq!(shown.code, Some(0), "{}", shown.err);
}

#[test]
fn lists_by_state() {
    let site = Site::new();
    site.put("content/tips/a.md", bulletin("草稿", "draft: true\n", "正文。"));
    site.put("content/tips/b.md", bulletin("快到期", "expires: 2026-12-01\n", "正文。"));
    site.put("content/tips/c.md", bulletin("还早", "expires: 2027-12-01\n", "正文。"));
    let paths = |state: &str| -> Vec<String> {
        let ran = site.run(&["list", "--state", state]);
        assert_eq!(ran.code, Some(0));
        ran.out.lines().map(|line| line.split('\t').nth(1).expect("four columns").to_owned()).collect()
    };
    assert_eq!(paths("held"), ["content/tips/a.md"]);
    assert_eq!(paths("expiring"), ["content/tips/b.md"]);
    assert_eq!(paths("published").len(), 3);
    assert_eq!(site.run(&["list"]).out.lines().count(), 4);
}

#[test]
fn words_that_rhyme() {
    let site = Site::new();
    let ran = site.run(&[
        "rhyme",
        "反诈",
        "--group",
        "言前",
        "--tone",
        "level",
        "--syllables",
        "2",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let first: serde_json::Value =
        serde_json::from_str(ran.out.lines().next().expect("a word")).expect("JSON");
    assert_eq!((&first["topic"], &first["group"]), (&"反诈".into(), &"言前".into()), "{first}");
    let word = site.run(&["rhyme", "银行"]);
    assert!(word.err.contains("江阳") && !word.out.is_empty(), "{} {}", word.err, word.out);
    assert_eq!(site.run(&["rhyme", "--group", "言后"]).code, Some(2));
    assert_eq!(site.run(&["rhyme"]).code, Some(2));
}

#[test]
fn a_verse_that_does_not_rhyme_is_told_with_words_that_would() {
    let site = Site::new();
    let verse = "```verse\n竹板打，响连天，\n宣传法治到田间。\n陌生链接不要点，\n家里老人来帮忙。\n```";
    site.put("content/tips/v.md", bulletin("快板", "kind: verse\nform: 快板\n", verse));
    let ran = site.run(&["check", "--format", "json", "content/tips/v.md"]);
    let found: serde_json::Value =
        serde_json::from_str(ran.out.lines().next().expect("a finding")).expect("JSON");
    assert_eq!(
        (&found["code"], &found["line"], &found["column"]),
        (&"W201".into(), &12.into(), &7.into()),
        "{found}"
    );
    let (message, hint) = (found["message"].to_string(), found["hint"].to_string());
    assert!(message.contains("máng") && message.contains("江阳") && message.contains("言前"), "{message}");
    assert!(hint.contains("例如"), "{hint}");
}
