//! `content/site.yaml`: who publishes, and how.
//!
//! Refuses: unknown keys and settings that cannot be.
//! Invariant: a [`Config`] is complete; what staff left out has the default that its field's documentation names.

use super::fields::{Fields, Key, key};
use crate::diag::{Diagnostic, Level, Message, Sink, Span, Spanned, codes};
use crate::source::node::{Node, NodeKind};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

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
    /// Levels of lints by code or name.
    pub lints: BTreeMap<String, Spanned<Level>>,
    /// Texts that the privacy lints let pass, besides what this file itself publishes.
    pub privacy_allow: Vec<String>,
    /// Where the file's mapping stands.
    pub span: Span,
}

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
    /// Code of the village.
    pub area: Spanned<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// What for and when.
    pub duty: Option<String>,
}

const KEYS: &[Key] = &[
    key("title", &["标题", "名称"]),
    key("short_title", &["简称"]),
    key("description", &["简介", "说明"]),
    key("base_url", &["网址"]),
    key("language", &["语言"]),
    key("time_zone", &["时区"]),
    key("theme", &["主题"]),
    key("unit", &["单位"]),
    key("hotlines", &["热线"]),
    key("menus", &["菜单"]),
    key("areas", &["村社区"]),
    key("officers", &["民警"]),
    key("lints", &["检查"]),
    key("privacy", &["隐私"]),
];

/// Settings that PRODUCT names and a later version will obey.
const LATER: &[Key] = &[
    key("handouts", &["印品"]),
    key("review", &["审核"]),
    key("statistics", &["统计"]),
    key("search", &["搜索"]),
    key("feeds", &["订阅"]),
    key("wording", &["用语"]),
    key("publish", &["发布"]),
    key("host", &["服务"]),
];

const UNIT_KEYS: &[Key] = &[
    key("name", &["名称"]),
    key("organiser", &["主办"]),
    key("operator", &["承办"]),
    key("address", &["地址"]),
    key("phone", &["电话"]),
    key("email", &["邮箱"]),
    key("icp", &["备案号"]),
    key("police_record", &["公安备案号"]),
    key("site_id", &["网站标识码"]),
    key("error_report", &["找错"]),
];

impl Config {
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
                let mut finding = Diagnostic::new(codes::NOT_YET, Message::new("setting-not-yet").with("key", later.name))
                    .at(node.span)
                    .hint(Message::new("setting-not-yet-hint"));
                // Unlike a block that cannot be shown, a setting that is not obeyed yet does no harm.
                finding.level = Level::Warn;
                fields.sink().report(finding);
            }
        }
        let (menu, footer_menu) = read_menus(&mut fields);
        let config = Self {
            short_title: fields.plain("short_title").unwrap_or_else(|| title.clone()),
            title,
            description: fields.plain("description").unwrap_or_default(),
            base_url,
            base_path,
            language: language.to_owned(),
            zone,
            theme: fields.plain("theme").unwrap_or_else(|| "default".to_owned()),
            unit: read_unit(&mut fields),
            hotlines: read_hotlines(&mut fields),
            menu,
            footer_menu,
            areas: read_areas(&mut fields),
            officers: read_officers(&mut fields),
            lints: read_levels(&mut fields),
            privacy_allow: read_privacy(&mut fields),
            span: node.span,
        };
        config.check_officers(sink);
        config
    }

    /// The area of a code or a name.
    pub fn area(&self, word: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.code == word || area.name == word)
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
    Diagnostic::new(codes::UNKNOWN_AREA, Message::new("unknown-area").with("area", &area.value)).at(area.span).hint(hint)
}

fn read_base_url(fields: &mut Fields) -> (String, String) {
    let Some(text) = fields.text("base_url") else { return ("http://localhost".to_owned(), String::new()) };
    match parse_base_url(&text.value) {
        Some(pair) => pair,
        None => {
            fields.wrong(text.span, "expected-base-url");
            ("http://localhost".to_owned(), String::new())
        }
    }
}

/// Splits a site's address into the whole without its last slash, and its path.
pub fn parse_base_url(text: &str) -> Option<(String, String)> {
    let url = url::Url::parse(text).ok()?;
    if !matches!(url.scheme(), "http" | "https") || url.host_str().is_none() || url.query().is_some() || url.fragment().is_some() {
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

fn read_unit(fields: &mut Fields) -> Unit {
    let Some(node) = fields.node("unit") else { return Unit::default() };
    let mut unit = Fields::open(node, &[UNIT_KEYS], fields.sink());
    Unit {
        name: unit.plain("name"),
        organiser: unit.plain("organiser"),
        operator: unit.plain("operator"),
        address: unit.plain("address"),
        phone: unit.plain("phone"),
        email: unit.plain("email"),
        icp: unit.plain("icp"),
        police_record: unit.plain("police_record"),
        site_id: unit.plain("site_id"),
        error_report: unit.plain("error_report"),
        span: Some(node.span),
    }
}

fn read_hotlines(fields: &mut Fields) -> Vec<Hotline> {
    const KEYS: &[Key] = &[key("number", &["号码"]), key("label", &["说明", "名称"])];
    let mut hotlines = Vec::new();
    for item in fields.items("hotlines") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match one.plain("number") {
            Some(number) => hotlines.push(Hotline { number, label: one.plain("label").unwrap_or_default() }),
            None => one.wrong(item.span, "expected-hotline"),
        }
    }
    hotlines
}

fn read_menus(fields: &mut Fields) -> (Vec<MenuLink>, Vec<MenuLink>) {
    const MENUS: &[Key] = &[key("main", &["主菜单"]), key("footer", &["页脚"])];
    const LINK: &[Key] = &[key("label", &["名称", "文字"]), key("link", &["链接", "网址"])];
    let Some(node) = fields.node("menus") else { return (Vec::new(), Vec::new()) };
    let mut menus = Fields::open(node, &[MENUS], fields.sink());
    let mut read = |name: &str| {
        let mut links = Vec::new();
        for item in menus.items(name) {
            let mut one = Fields::open(item, &[LINK], menus.sink());
            match (one.plain("label"), one.text("link")) {
                (Some(label), Some(link)) => links.push(MenuLink { label, link }),
                _ => one.wrong(item.span, "expected-menu-link"),
            }
        }
        links
    };
    (read("main"), read("footer"))
}

fn read_areas(fields: &mut Fields) -> Vec<Area> {
    const KEYS: &[Key] = &[key("code", &["代码"]), key("name", &["名称"]), key("group", &["分组"])];
    let mut areas: Vec<Area> = Vec::new();
    for item in fields.items("areas") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        let (code, name, group) = (one.text("code"), one.plain("name"), one.plain("group"));
        match (code, name) {
            (Some(code), Some(name)) if is_code(&code.value) && areas.iter().all(|a| a.code != code.value) => {
                areas.push(Area { code: code.value, name, group });
            }
            (Some(code), Some(_)) => one.wrong(code.span, "expected-area-code"),
            _ => one.wrong(item.span, "expected-area"),
        }
    }
    areas
}

/// Codes become part of addresses, so they are plain.
fn is_code(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_')
}

fn read_officers(fields: &mut Fields) -> Vec<Officer> {
    const KEYS: &[Key] =
        &[key("name", &["姓名", "称呼"]), key("area", &["村社区"]), key("phone", &["电话"]), key("duty", &["职责"])];
    let mut officers = Vec::new();
    for item in fields.items("officers") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match (one.plain("name"), one.text("area")) {
            (Some(name), Some(area)) => {
                officers.push(Officer { name, area, phone: one.plain("phone"), duty: one.plain("duty") });
            }
            _ => one.wrong(item.span, "expected-officer"),
        }
    }
    officers
}

fn read_levels(fields: &mut Fields) -> BTreeMap<String, Spanned<Level>> {
    let mut levels = BTreeMap::new();
    let Some(node) = fields.node("lints") else { return levels };
    let NodeKind::Map(entries) = &node.kind else {
        fields.wrong(node.span, "expected-mapping");
        return levels;
    };
    for (code, value) in entries {
        let level = match value.text() {
            Some("allow" | "允许") => Level::Allow,
            Some("warn" | "警告") => Level::Warn,
            Some("deny" | "拒绝") => Level::Deny,
            Some("forbid" | "禁止") => Level::Forbid,
            _ => {
                fields.wrong(value.span, "expected-level");
                continue;
            }
        };
        levels.insert(code.value.clone(), Spanned::new(level, code.span));
    }
    levels
}

fn read_privacy(fields: &mut Fields) -> Vec<String> {
    const KEYS: &[Key] = &[key("allow", &["允许"])];
    let Some(node) = fields.node("privacy") else { return Vec::new() };
    let mut privacy = Fields::open(node, &[KEYS], fields.sink());
    privacy.texts("allow").into_iter().map(|text| text.value).collect()
}
