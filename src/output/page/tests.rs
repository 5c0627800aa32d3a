//! Whole pages of a small site in memory: what readers, inspectors and machines must find on them.

use crate::build;
use crate::diag::Sink;
use crate::model::collect::Options;
use crate::source::Memo;
use crate::world::{MemoryWorld, NoCache, OutPath};
use std::collections::BTreeMap;

const SITE: &str = "title: 清水院坝
description: 防骗、普法、办事
base_url: https://a.example.cn/part
unit: {name: 派出所, organiser: 公安局, operator: 社区队, address: 正街, phone: 0000-7110110, email: a@example.cn, \
icp: 备0号, police_record: 公网安备0号, site_id: '0000000000', error_report: /pages/wrong/}
hotlines: [{number: '96110', label: 反诈预警}, {number: '110', label: 报警求助}]
menus: {main: [{label: 找错, link: /pages/wrong/}], footer: [{label: 地图, link: /sitemap/}]}
areas: [{code: longtan, name: 龙潭村, group: 村}]
officers: [{name: 李警官, area: longtan, phone: 0000-7110123}]
";

/// Builds a site of these files on top of the settings; gives the pages.
fn pages(files: &[(&str, &str)]) -> BTreeMap<OutPath, String> {
    let noon = "2026-11-24T12:00:00+08:00".parse().expect("a moment");
    let wrong = "---\ntitle: 找错\nkind: page\n---\n写信\n";
    let mut world =
        MemoryWorld::new(noon).with("content/site.yaml", SITE).with("content/pages/wrong.md", wrong);
    for (path, text) in files {
        world.put(path, text);
    }
    let mut sink = Sink::new();
    let prepared = build::prepare(&world, &Memo::off(), &Options::default(), &NoCache, &mut sink);
    let checked = build::check(&prepared, &mut sink).unwrap_or_else(|_| panic!("{:#?}", sink.found()));
    let made = prepared.targets.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, target)| {
        let made = build::render(&prepared, checked, &world, &NoCache, target);
        let bytes = made.bytes.unwrap_or_else(|finding| panic!("{path}: {finding:#?}"));
        (path.clone(), String::from_utf8(bytes).expect("pages are UTF-8"))
    });
    made.collect()
}

fn page<'p>(pages: &'p BTreeMap<OutPath, String>, path: &str) -> &'p str {
    &pages[&OutPath::new(path).expect("a sound path")]
}

fn has(page: &str, wanted: &[&str]) {
    for want in wanted {
        assert!(page.contains(want), "no {want} in\n{page}");
    }
}

#[test]
fn every_page_names_its_site_and_its_office() {
    let pages = pages(&[
        ("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\nsummary: 骗术\ntags: [防骗]\n---\n"),
        (
            "content/tips/a.md",
            "---\ntitle: 别信\ndate: 2026-11-01\ntags: [老人]\nscam: 刷单\nremember: [不转账]\n---\n正文\n",
        ),
    ]);
    for (path, page) in &pages {
        let sound = page.contains("<h1") && page.matches("<h1").count() == 1;
        assert!(sound, "{path} has not one h1");
        has(
            page,
            &[
                "<html lang=\"zh-CN\">",
                "<meta name=\"SiteName\" content=\"清水院坝\">",
                "<meta name=\"SiteDomain\" content=\"a.example.cn\">",
                "<meta name=\"SiteIDCode\" content=\"0000000000\">",
                "class=\"skip\" href=\"#main\"",
                "公安局",
                "社区队",
                "href=\"tel:00007110110\"",
                "href=\"https://beian.miit.gov.cn/\"",
                "href=\"https://beian.mps.gov.cn/\"",
                "href=\"/part/pages/wrong/\"",
                "href=\"/part/sitemap/\"",
            ],
        );
    }
    has(
        page(&pages, "tips/index.html"),
        &[
            "<meta name=\"ColumnName\" content=\"反诈\">",
            "<meta name=\"ColumnDescription\" content=\"骗术\">",
            "<meta name=\"ColumnKeywords\" content=\"防骗\">",
            "<meta name=\"ColumnType\" content=\"安全提示\">",
        ],
    );
    has(
        page(&pages, "tips/a/index.html"),
        &[
            "<meta name=\"ArticleTitle\" content=\"别信\">",
            "<meta name=\"PubDate\" content=\"2026-11-01 00:00\">",
            "<meta name=\"ContentSource\" content=\"派出所\">",
            "<meta name=\"Keywords\" content=\"老人\">",
            "<meta name=\"Author\" content=\"派出所\">",
            "<meta name=\"Description\"",
            "<meta name=\"Url\" content=\"https://a.example.cn/part/tips/a/\">",
            "<link rel=\"canonical\" href=\"https://a.example.cn/part/tips/a/\">",
            "<li><span>不转账</span></li>",
            "application/ld+json",
        ],
    );
}

#[test]
fn a_replaced_notice_says_what_replaced_it_and_leaves_the_banner() {
    let pages = pages(&[
        ("content/notices/_index.md", "---\ntitle: 通告\nkind: notice\n---\n"),
        ("content/notices/a.md", "---\ntitle: 旧的\ndate: 2026-11-01\nlevel: red\n---\n一\n"),
        (
            "content/notices/b.md",
            "---\ntitle: 新的\ndate: 2026-11-02\nlevel: orange\nstatus: update\nreplaces: a.md\n---\n二\n",
        ),
        ("content/notices/c.md", "---\ntitle: 以后\ndate: 2026-11-02\neffective: 2027-01-01\n---\n三\n"),
        ("content/notices/d.md", "---\ntitle: 限时\ndate: 2026-11-03\nexpires: 2027-01-01\n---\n四\n"),
        ("content/notices/e.md", "---\ntitle: 长期\ndate: 2026-11-03\n---\n五\n"),
    ]);
    has(
        page(&pages, "notices/a/index.html"),
        &["换成新的", "<a href=\"/part/notices/b/\">新的</a>", "level l-red"],
    );
    has(
        page(&pages, "notices/c/index.html"),
        &["<p class=\"state calm\">2027年1月1日起生效，目前尚未生效。</p>"],
    );
    let about = page(&pages, "sitemap/index.html");
    let banner =
        about.split("class=\"alerts\"").nth(1).expect("a banner").split("</aside>").next().expect("its end");
    assert!(banner.contains("新的") && !banner.contains("旧的"), "{banner}");
    assert!(
        banner.contains("限时") && !banner.contains("长期"),
        "information without an end stands in its list: {banner}"
    );
}

#[test]
fn a_bulletin_names_the_officer_of_its_village_and_else_the_office() {
    let pages = pages(&[
        ("content/meetings/_index.md", "---\ntitle: 院坝会\nkind: meeting\n---\n"),
        (
            "content/meetings/a.md",
            "---\ntitle: 坐坐\ndate: 2026-11-01\nareas: [longtan]\nstart: 2026-12-12 14:00\nend: 2026-12-12 16:00\nplace: 坝子\n\
             agenda: [听一听]\n---\n来\n",
        ),
        ("content/meetings/b.md", "---\ntitle: 开过了\ndate: 2026-10-01\nstart: 2026-10-02 14:00\n---\n来\n"),
    ]);
    let coming = page(&pages, "meetings/a/index.html");
    has(
        coming,
        &[
            "李警官",
            "href=\"tel:00007110123\"",
            "12月",
            "周六",
            ">16:00<",
            "听一听",
            "href=\"/part/meetings/a/meeting.ics\"",
        ],
    );
    let over = page(&pages, "meetings/b/index.html");
    has(over, &["<p class=\"state calm\">", "已经开过", "<p class=\"n\">派出所</p>"]);
    assert!(!over.contains("记到手机日历"), "what is over is not put into a calendar");
    let home = page(&pages, "index.html");
    has(home, &["坐坐", "李警官", "id=\"officers\""]);
    assert_eq!(home.matches("class=\"day\"").count(), 1, "one meeting is coming");
    assert_eq!(home.matches("坐坐").count(), 1, "what is coming is not told again among the newest");
    assert!(home.contains("开过了"), "what is over still stands among the newest");
}

#[test]
fn a_link_to_a_document_says_what_it_opens() {
    let pages = pages(&[
        ("content/tips/_index.md", "---\ntitle: 提示\nkind: tip\n---\n"),
        ("content/tips/a.md", "---\ntitle: 甲\ndate: 2026-11-01\n---\n看[申请表](表.txt)和[村里](/)。\n"),
        ("content/tips/表.txt", &"字".repeat(600)),
    ]);
    let html = page(&pages, "tips/a/index.html");
    has(html, &[">申请表</a>（TXT，2 KB）和<a href=\"/part/\">村里</a>。"]);
}

#[test]
fn a_notice_for_everyone_is_for_the_place_of_its_office() {
    for (unit, everyone) in [
        ("高坡乡派出所", "全乡"),
        ("城关街道办事处", "全街道"),
        ("幸福社区居委会", "全社区"),
        ("平安办", "全辖区"),
    ] {
        let settings = format!("title: 站\nbase_url: https://a.example.cn/part\nunit: {{name: {unit}}}\n");
        let pages = pages(&[
            ("content/site.yaml", settings.as_str()),
            ("content/notices/_index.md", "---\ntitle: 通告\nkind: notice\n---\n"),
            ("content/notices/a.md", "---\ntitle: 甲\ndate: 2026-11-01\n---\n一\n"),
        ]);
        has(page(&pages, "notices/a/index.html"), &[everyone]);
    }
}

#[test]
fn a_contact_card_names_the_villages_that_are_written_by_code() {
    let pages = pages(&[
        ("content/tips/_index.md", "---\ntitle: 提示\nkind: tip\n---\n"),
        (
            "content/tips/a.md",
            "---\ntitle: 甲\ndate: 2026-11-01\n---\n```contact\nname: 李警官\nareas: [longtan, 外村]\n```\n",
        ),
    ]);
    has(page(&pages, "tips/a/index.html"), &["<dd>龙潭村、外村</dd>"]);
}

#[test]
fn old_addresses_lead_on() {
    let pages = pages(&[
        ("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n"),
        ("content/tips/a.md", "---\ntitle: 别信\ndate: 2026-11-01\naliases: [/old/]\n---\n正文\n"),
    ]);
    has(
        page(&pages, "old/index.html"),
        &["url=/part/tips/a/", "<a href=\"/part/tips/a/\">别信</a>", "noindex"],
    );
}

#[test]
fn nothing_that_staff_write_becomes_markup() {
    let evil = "\\\"><script>alert(1)</script>{{ frame }}{% if";
    let text = format!(
        "---\ntitle: \"{evil}\"\ndate: 2026-11-01\nsummary: \"{evil}\"\ntags: [\"{evil}\"]\nauthor: \"{evil}\"\nsource: \"{evil}\"\n\
         remember: [\"{evil}\"]\n---\n{{{{ frame }}}} {{% if\n"
    );
    let pages = pages(&[
        ("content/tips/_index.md", "---\ntitle: 反诈\nkind: tip\n---\n"),
        ("content/tips/a.md", &text),
    ]);
    for (path, page) in &pages {
        assert!(!page.contains("<script>alert"), "{path}");
    }
    has(page(&pages, "tips/a/index.html"), &["{{ frame }} {% if"]);
}

#[test]
fn both_languages_have_every_text() {
    let keys = |language: &str| -> Vec<String> {
        let path = format!("themes/default/text.{language}.yaml");
        let found = crate::world::embedded_theme()
            .iter()
            .find(|(known, _)| ***known == *path)
            .expect("it is embedded");
        let text = std::str::from_utf8(found.1).expect("UTF-8");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        // A form for one sort of unit (`areas.urban`) stands where a language needs it.
        let plain = |key: &&str| {
            key.rsplit_once('.').is_none_or(|(_, form)| !["civil", "urban", "civil_urban"].contains(&form))
        };
        let keys = lines.filter_map(|line| Some(line.split_once(": ")?.0)).filter(plain);
        let mut keys: Vec<String> = keys.map(str::to_owned).collect();
        keys.sort();
        keys
    };
    assert_eq!(keys("zh-CN"), keys("en"));
    assert!(keys("en").windows(2).all(|pair| pair[0] != pair[1]), "no text is given twice");
}
