//! `content/site.yaml`: who publishes, and how.
//!
//! Refuses: unknown keys and settings that cannot be.
//! Invariant: a [`Config`] is complete; what staff left out has the default that its field's documentation names.

use super::brand::{self, Brand};
use super::fields::{Fields, Key, key};
use super::handouts::{self, Handouts};
use super::publishing::Destination;
use super::review::ReviewSettings;
use super::settings;
use crate::diag::{Diagnostic, Level, Message, Sink, Span, Spanned, codes};
use crate::source::node::Node;
use crate::text::rhyme::{Merger, Scheme};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// Something of a person's that may be published, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excepted {
    /// The number, name or address.
    pub text: String,
    /// Why; its lack is a finding.
    pub reason: Option<String>,
}

/// A linked file that the program cannot read and that may be published all the same.
#[derive(Clone, Debug)]
pub struct ExceptedFile {
    /// Its path below `content/`, or its name.
    pub file: Spanned<String>,
    /// Who looked at it, and why it may be published.
    pub reason: String,
}

impl ExceptedFile {
    /// Whether it means this file.
    pub fn names(&self, path: &str) -> bool {
        let wanted = self.file.value.trim().trim_start_matches('/');
        let below = path.strip_prefix("content/").unwrap_or(path);
        [path, below].contains(&wanted) || !wanted.contains('/') && below.rsplit('/').next() == Some(wanted)
    }
}

/// The site's settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// Title of the site.
    pub title: String,
    /// A shorter one for narrow places; default: the title.
    pub short_title: String,
    /// What the site is for, in a sentence.
    pub description: String,
    /// Address of the site without the last slash.
    pub base_url: String,
    /// Path part of the address: empty or `/part`.
    pub base_path: String,
    /// Language of the pages, `zh-CN` or `en`.
    pub language: String,
    /// Time zone of all dates.
    pub zone: TimeZone,
    /// Name of the theme.
    pub theme: String,
    /// The station's own face.
    pub brand: Brand,
    /// Who publishes.
    pub unit: Unit,
    /// Numbers to ring.
    pub hotlines: Vec<Hotline>,
    /// Links of the page's head.
    pub menu: Vec<MenuLink>,
    /// Further links of the page's foot.
    pub footer_menu: Vec<MenuLink>,
    /// Villages and communities, in the order written.
    pub areas: Vec<Area>,
    /// The police contacts of the villages.
    pub officers: Vec<Officer>,
    /// Which handouts are made.
    pub handouts: Handouts,
    /// Levels of lints by code or name.
    pub lints: BTreeMap<String, Spanned<Level>>,
    /// Texts that the privacy lints let pass, besides what this file itself publishes.
    pub privacy_allow: Vec<Excepted>,
    /// Words that are personal data here, whatever they look like: nicknames, a shop that all know.
    pub privacy_disallow: Vec<String>,
    /// Linked files that the program cannot read and that staff have looked at.
    pub attachments: Vec<ExceptedFile>,
    /// What holds for all datasets.
    pub statistics: StatisticsSettings,
    /// How verse is judged.
    pub verse: VerseSettings,
    /// How plain words and sentences are to be.
    pub wording: WordingSettings,
    /// Who has to sign what is published.
    pub review: ReviewSettings,
    /// Whether the server counts how often pages are read, which the page on privacy then tells.
    pub count_visits: bool,
    /// Where the site is sent.
    pub destinations: Vec<Destination>,
    /// Where the file's mapping stands.
    pub span: Span,
}

/// How plain words and sentences are to be.
#[derive(Clone, Debug)]
pub struct WordingSettings {
    /// The most characters of a sentence; default 40.
    pub max_sentence: usize,
    /// The most characters of a paragraph; default 150.
    pub max_paragraph: usize,
    /// Bulletins of an earlier date are let be; default: those of more than a year ago.
    pub since: Option<Date>,
}

/// How verse is judged.
#[derive(Clone, Debug, Default)]
pub struct VerseSettings {
    /// The division into groups; default 十三辙.
    pub scheme: Scheme,
    /// Sounds that the speech of the region does not tell apart; default none.
    pub mergers: Vec<Merger>,
}

/// The office of the sample site, which is invented; its name is known here alone.
pub const SAMPLE_UNIT: &str = "清水镇派出所";

/// Who publishes.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Name of the office.
    pub name: Option<String>,
    /// 主办
    pub organiser: Option<String>,
    /// 承办
    pub operator: Option<String>,
    /// Address.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Mailbox.
    pub email: Option<String>,
    /// ICP 备案号
    pub icp: Option<String>,
    /// 公安备案号
    pub police_record: Option<String>,
    /// 网站标识码
    pub site_id: Option<String>,
    /// Where errors are reported (找错): an address or a path of the site.
    pub error_report: Option<String>,
    /// What staff say the office does not have (`icp: 无`): not shown, and not missed.
    pub none: BTreeSet<&'static str>,
    /// Where the mapping stands.
    pub span: Option<Span>,
}

/// A number to ring.
#[derive(Clone, Debug)]
pub struct Hotline {
    /// The number.
    pub number: String,
    /// What it is for.
    pub label: String,
}

/// A link of a menu.
#[derive(Clone, Debug)]
pub struct MenuLink {
    /// Its words.
    pub label: String,
    /// Its address, with its place for the link lint.
    pub link: Spanned<String>,
}

/// A village or community.
#[derive(Clone, Debug)]
pub struct Area {
    /// Code used in front matter and addresses.
    pub code: String,
    /// Name.
    pub name: String,
    /// Group, e.g. 社区 or 村.
    pub group: Option<String>,
}

/// A village's police contact.
#[derive(Clone, Debug)]
pub struct Officer {
    /// Name as published, e.g. 陈警官.
    pub name: String,
    /// Where the name stands.
    pub named: Span,
    /// Code of the village.
    pub area: Spanned<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What for and when.
    pub duty: Option<String>,
}

/// What holds for all datasets unless they say otherwise.
#[derive(Clone, Debug, Default)]
pub struct StatisticsSettings {
    /// Smaller counts are hidden; default 5.
    pub threshold: Option<Spanned<u32>>,
    /// Why it is lower than the usual, where it is.
    pub reason: Option<String>,
    /// What stands in place of a hidden figure; default `*`.
    pub mark: Option<String>,
    /// Under which terms figures may be used.
    pub licence: Option<String>,
}

const KEYS: &[Key] = &[
    key("title", &["标题", "名称"]),
    key("short_title", &["简称"]),
    key("description", &["简介", "说明"]),
    key("base_url", &["网址"]),
    key("language", &["语言"]),
    key("time_zone", &["时区"]),
    key("theme", &["主题"]),
    key("brand", &["形象", "品牌", "标识"]),
    key("unit", &["单位"]),
    key("hotlines", &["热线"]),
    key("menus", &["菜单"]),
    key("areas", &["村社区"]),
    key("officers", &["民警"]),
    key("handouts", &["印品"]),
    key("lints", &["检查"]),
    key("privacy", &["隐私"]),
    key("statistics", &["统计"]),
    key("verse", &["韵文"]),
    key("wording", &["用语"]),
    key("host", &["服务"]),
    key("review", &["审核"]),
    key("publish", &["发布"]),
];

/// Settings that PRODUCT names and a later version will obey.
const LATER: &[Key] = &[key("search", &["搜索"]), key("feeds", &["订阅"])];

impl Config {
    /// Whether this is still the sample site, whose villages, officers and news are invented.
    pub fn is_sample(&self) -> bool {
        self.unit.name.as_deref().is_some_and(|name| name.trim() == SAMPLE_UNIT)
    }

    /// Reads the settings.
    pub fn read(node: &Node, sink: &mut Sink) -> Self {
        let mut fields = Fields::open(node, &[KEYS, LATER], sink);
        let title = fields.plain("title");
        let title = title.unwrap_or_else(|| {
            let span = fields.span();
            fields.sink().report(
                Diagnostic::new(codes::MISSING_SETTING, Message::new("missing-setting").with("key", "title"))
                    .at(span)
                    .hint(Message::new("missing-setting-hint").with("key", "title")),
            );
            String::new()
        });
        let (base_url, base_path) = read_base_url(&mut fields);
        let language = fields
            .choice("language", &[("zh-CN", "zh-CN"), ("zh", "zh-CN"), ("中文", "zh-CN"), ("en", "en")])
            .unwrap_or("zh-CN");
        let zone = read_zone(&mut fields);
        for later in LATER {
            if let Some(node) = fields.node(later.name) {
                fields.sink().report(
                    Diagnostic::new(codes::NOT_YET, Message::new("setting-not-yet").with("key", later.name))
                        .warn()
                        .at(node.span)
                        .hint(Message::new("setting-not-yet-hint")),
                );
            }
        }
        let (menu, footer_menu) = settings::read_menus(&mut fields);
        let (privacy_allow, privacy_disallow, attachments) = settings::read_privacy(&mut fields);
        let zone_of_dates = zone.clone();
        let config = Self {
            short_title: fields.plain("short_title").unwrap_or_else(|| title.clone()),
            title,
            description: fields.plain("description").unwrap_or_default(),
            base_url,
            base_path,
            language: language.to_owned(),
            zone,
            theme: fields.plain("theme").unwrap_or_else(|| "default".to_owned()),
            brand: brand::read(&mut fields),
            unit: settings::read_unit(&mut fields),
            hotlines: settings::read_hotlines(&mut fields),
            menu,
            footer_menu,
            areas: settings::read_areas(&mut fields),
            officers: settings::read_officers(&mut fields),
            handouts: handouts::read(&mut fields),
            lints: settings::read_levels(&mut fields),
            privacy_allow,
            privacy_disallow,
            attachments,
            statistics: settings::read_statistics(&mut fields),
            verse: settings::read_verse(&mut fields),
            wording: settings::read_wording(&mut fields, &zone_of_dates),
            review: ReviewSettings::read(&mut fields),
            count_visits: settings::read_host(&mut fields),
            destinations: super::publishing::read(&mut fields),
            span: node.span,
        };
        config.check_officers(sink);
        config
    }

    /// The area of a code or a name.
    pub fn area(&self, word: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == word || area.name == word)
    }

    /// The name of an area that is written by its code; another word stays as it is.
    pub fn area_name<'c>(&'c self, word: &'c str) -> &'c str {
        self.area(word).map_or(word, |area| &area.name)
    }

    /// The contact of an area.
    pub fn officer(&self, area: &str) -> Option<&Officer> {
        self.officers.iter().find(|officer| officer.area.value == area)
    }

    fn check_officers(&self, sink: &mut Sink) {
        for officer in &self.officers {
            if self.area(&officer.area.value).is_none() {
                sink.report(unknown_area(&officer.area, self));
            }
        }
    }
}

/// The finding for a village that `site.yaml` does not have.
pub fn unknown_area(area: &Spanned<String>, config: &Config) -> Diagnostic {
    let names = config.areas.iter().flat_map(|known| [known.code.as_str(), known.name.as_str()]);
    let hint = match super::fields::nearest(&area.value, names) {
        Some(near) => Message::new("unknown-area-hint").with("nearest", near),
        None => Message::new("unknown-area-none-hint"),
    };
    Diagnostic::new(codes::UNKNOWN_AREA, Message::new("unknown-area").with("area", &area.value))
        .at(area.span)
        .hint(hint)
}

fn read_base_url(fields: &mut Fields) -> (String, String) {
    let Some(text) = fields.text("base_url") else { return ("http://localhost".to_owned(), String::new()) };
    match parse_base_url(&text.value) {
        Some(pair) => pair,
        None => {
            let secret = url::Url::parse(&text.value)
                .is_ok_and(|url| !url.username().is_empty() || url.password().is_some());
            fields.wrong(text.span, if secret { "base-url-with-password" } else { "expected-base-url" });
            ("http://localhost".to_owned(), String::new())
        }
    }
}

/// Splits a site's address into the whole without its last slash, and its path.
pub fn parse_base_url(text: &str) -> Option<(String, String)> {
    let url = url::Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https")
        || url.host_str().is_none()
        || !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return None;
    }
    let path = url.path().trim_end_matches('/').to_owned();
    Some((url.as_str().trim_end_matches('/').to_owned(), path))
}

fn read_zone(fields: &mut Fields) -> TimeZone {
    let shanghai = || TimeZone::get("Asia/Shanghai").expect("the time zone database is bundled");
    let Some(text) = fields.text("time_zone") else { return shanghai() };
    TimeZone::get(&text.value).unwrap_or_else(|_| {
        fields.wrong(text.span, "expected-time-zone");
        shanghai()
    })
}
