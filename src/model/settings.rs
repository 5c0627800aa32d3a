//! The parts of `site.yaml`, each read into its type.
//!
//! Refuses: what `fields` refuses, and values that cannot be.
//! Invariant: a part that was wrong leaves a finding and is left out.

use super::config::{
    Area, Excepted, ExceptedFile, Hotline, MenuLink, Officer, StatisticsSettings, Unit, VerseSettings,
    WordingSettings,
};
use super::fields::{Fields, Key, key};
use crate::diag::{Diagnostic, Level, Message, Span, Spanned, codes};
use crate::source::node::{Node, NodeKind};
use crate::text::rhyme::{Merger, Scheme};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

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

pub(super) fn read_unit(fields: &mut Fields) -> Unit {
    let Some(node) = fields.node("unit") else { return Unit::default() };
    let mut unit = Fields::open(node, &[UNIT_KEYS], fields.sink());
    let mut absent = BTreeSet::new();
    let mut read = |name: &'static str| {
        let text = unit.plain(name)?;
        if matches!(text.as_str(), "无" | "没有" | "none") {
            absent.insert(name);
            return None;
        }
        Some(text)
    };
    Unit {
        name: read("name"),
        organiser: read("organiser"),
        operator: read("operator"),
        address: read("address"),
        phone: read("phone"),
        email: read("email"),
        icp: read("icp"),
        police_record: read("police_record"),
        site_id: read("site_id"),
        error_report: read("error_report"),
        none: absent,
        span: Some(node.span),
    }
}

pub(super) fn read_hotlines(fields: &mut Fields) -> Vec<Hotline> {
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

pub(super) fn read_menus(fields: &mut Fields) -> (Vec<MenuLink>, Vec<MenuLink>) {
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

pub(super) fn read_areas(fields: &mut Fields) -> Vec<Area> {
    const KEYS: &[Key] = &[key("code", &["代码"]), key("name", &["名称"]), key("group", &["分组"])];
    let mut areas: Vec<Area> = Vec::new();
    for item in fields.items("areas") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        let (code, name, group) = (one.text("code"), one.plain("name"), one.plain("group"));
        match (code, name) {
            (Some(code), Some(name))
                if is_code(&code.value) && areas.iter().all(|a| a.code != code.value) =>
            {
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

pub(super) fn read_officers(fields: &mut Fields) -> Vec<Officer> {
    const KEYS: &[Key] = &[
        key("name", &["姓名", "称呼"]),
        key("area", &["村社区"]),
        key("phone", &["电话"]),
        key("duty", &["职责"]),
    ];
    let mut officers = Vec::new();
    for item in fields.items("officers") {
        let mut one = Fields::open(item, &[KEYS], fields.sink());
        match (one.text("name"), one.text("area")) {
            (Some(name), Some(area)) => officers.push(Officer {
                name: name.value,
                named: name.span,
                area,
                phone: one.plain("phone"),
                duty: one.plain("duty"),
            }),
            _ => one.wrong(item.span, "expected-officer"),
        }
    }
    officers
}

pub(super) fn read_levels(fields: &mut Fields) -> BTreeMap<String, Spanned<Level>> {
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

pub(super) fn read_statistics(fields: &mut Fields) -> StatisticsSettings {
    const KEYS: &[Key] = &[
        key("threshold", &["阈值"]),
        key("reason", &["理由"]),
        key("mark", &["符号"]),
        key("licence", &["许可", "license"]),
    ];
    let Some(node) = fields.node("statistics") else { return StatisticsSettings::default() };
    let mut own = Fields::open(node, &[KEYS], fields.sink());
    let threshold = own.number("threshold");
    let place = own.node("threshold").map_or(node.span, |node| node.span);
    StatisticsSettings {
        threshold: threshold.map(|threshold| Spanned::new(threshold, place)),
        reason: own.plain("reason"),
        mark: own.plain("mark"),
        licence: own.plain("licence"),
    }
}

pub(super) fn read_verse(fields: &mut Fields) -> VerseSettings {
    const KEYS: &[Key] = &[key("rhyme", &["韵部"]), key("merges", &["不分"])];
    let Some(node) = fields.node("verse") else { return VerseSettings::default() };
    let mut own = Fields::open(node, &[KEYS], fields.sink());
    let scheme = own.choice("rhyme", Scheme::NAMES).unwrap_or_default();
    let mut mergers = Vec::new();
    for text in own.texts("merges") {
        match Merger::NAMES.iter().find(|(name, _)| *name == text.value) {
            Some((_, merger)) => mergers.push(*merger),
            None => own.wrong(text.span, "expected-merger"),
        }
    }
    VerseSettings { scheme, mergers }
}

pub(super) fn read_wording(fields: &mut Fields, zone: &TimeZone) -> WordingSettings {
    const KEYS: &[Key] =
        &[key("max_sentence", &["句长"]), key("max_paragraph", &["段长"]), key("since", &["起始"])];
    let mut wording = WordingSettings { max_sentence: 40, max_paragraph: 150, since: None };
    let Some(node) = fields.node("wording") else { return wording };
    let mut own = Fields::open(node, &[KEYS], fields.sink());
    let read = |number: Option<u32>| number.and_then(|number| usize::try_from(number).ok());
    wording.max_sentence = read(own.number("max_sentence")).unwrap_or(wording.max_sentence);
    wording.max_paragraph = read(own.number("max_paragraph")).unwrap_or(wording.max_paragraph);
    wording.since = own.when("since", zone).map(|when| when.value.date);
    wording
}

pub(super) fn read_host(fields: &mut Fields) -> bool {
    const KEYS: &[Key] = &[key("count_visits", &["数访问"])];
    let Some(node) = fields.node("host") else { return false };
    Fields::open(node, &[KEYS], fields.sink()).flag("count_visits").unwrap_or(false)
}

/// What `privacy:` lets pass, what it forbids besides, and the files that it lets pass unread.
pub(super) fn read_privacy(fields: &mut Fields) -> (Vec<Excepted>, Vec<String>, Vec<ExceptedFile>) {
    const KEYS: &[Key] =
        &[key("allow", &["允许"]), key("disallow", &["禁止"]), key("attachments", &["附件"])];
    const ONE: &[Key] = &[key("text", &["内容"]), key("reason", &["理由"])];
    let Some(node) = fields.node("privacy") else { return Default::default() };
    let mut privacy = Fields::open(node, &[KEYS], fields.sink());
    let disallowed = privacy.texts("disallow").into_iter().map(|text| text.value).collect();
    let attachments = read_attachments(&mut privacy);
    let unreasoned = |span: Span| {
        Diagnostic::new(codes::WRONG_VALUE, Message::new("privacy-allow-reason"))
            .at(span)
            .hint(Message::new("privacy-allow-reason-hint"))
            .warn()
    };
    let Some(Node { kind: NodeKind::List(items), .. }) = privacy.node("allow") else {
        let texts = privacy.texts("allow");
        texts.iter().for_each(|text| privacy.sink().report(unreasoned(text.span)));
        let excepted = texts.into_iter().map(|text| Excepted { text: text.value, reason: None });
        return (excepted.collect(), disallowed, attachments);
    };
    let mut excepted = Vec::new();
    for item in items {
        if let Some(text) = item.text() {
            privacy.sink().report(unreasoned(item.span));
            excepted.push(Excepted { text: text.to_owned(), reason: None });
            continue;
        }
        let mut one = Fields::open(item, &[ONE], privacy.sink());
        let reason = one.plain("reason").filter(|reason| !reason.trim().is_empty());
        let text = one.plain("text");
        if reason.is_none() {
            privacy.sink().report(unreasoned(item.span));
        }
        excepted.extend(text.map(|text| Excepted { text, reason }));
    }
    (excepted, disallowed, attachments)
}

/// `attachments: allow:`, a list of files with reasons. A file without a reason is not let pass.
fn read_attachments(privacy: &mut Fields) -> Vec<ExceptedFile> {
    const KEYS: &[Key] = &[key("allow", &["允许"])];
    const ONE: &[Key] = &[key("file", &["文件"]), key("reason", &["理由"])];
    let Some(node) = privacy.node("attachments") else { return Vec::new() };
    let mut attachments = Fields::open(node, &[KEYS], privacy.sink());
    let mut excepted = Vec::new();
    for item in attachments.items("allow") {
        let mut one = Fields::open(item, &[ONE], attachments.sink());
        let reason = one.plain("reason").filter(|reason| !reason.trim().is_empty());
        match (one.text("file"), reason) {
            (Some(file), Some(reason)) => excepted.push(ExceptedFile { file, reason }),
            _ => attachments.sink().report(
                Diagnostic::new(codes::WRONG_VALUE, Message::new("attachments-allow"))
                    .at(item.span)
                    .hint(Message::new("attachments-allow-hint")),
            ),
        }
    }
    excepted
}
