//! Notices for alerting systems: a CAP 1.2 document beside each notice, and an Atom index of them all.
//!
//! Refuses: guessing what a notice does not say: neither instructions nor certainty are read out of its text.
//! Invariant: a message's identifier changes whenever its notice says that it changed, and references name messages by
//! the identifiers that these have in the same build.

use super::{ALERTS, Times, cap_address, categories, filled, never, publisher};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::config::Config;
use crate::model::kind::Kind;
use crate::model::own::{Notice, NoticeLevel, NoticeStatus};
use crate::output::card::{Cover, invented, kind_label, marked_title};
use crate::output::feed_documents::alert::{self, Alert, AlertLevel, Area, Category, Reference, Status};
use crate::output::feed_documents::{Alternate, Feed, Item, atom};
use crate::output::interface::Interface;
use crate::output::trace::Bulletin;
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use crate::source::plain;

/// The alerts.
pub struct Alerts;

/// How many earlier messages an alert refers to; a chain this long says nothing more by another link.
const REFERENCES: usize = 16;

impl Output for Alerts {
    fn name(&self) -> &'static str {
        "alert"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        plan.add(ALERTS, Rank::List, Subject::Site);
        for (ix, entry) in model.entries() {
            if let Some(address) = cap_address(Bulletin::planned(ix, entry)) {
                plan.add(&address, Rank::Page, Subject::Entry(ix));
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        Ok(match target.subject {
            Subject::Entry(ix) => alert::document(&message(site.entry(ix), site)),
            _ => atom::document(&index(site)),
        })
    }
}

fn index(site: &Reader) -> Feed {
    let (config, interface) = (site.config(), Interface::of(site));
    let section = site.sections().find(|section| section.kind() == Kind::Notice);
    let items: Vec<Item> = site.notices().filter_map(|entry| item(entry, site)).collect();
    Feed {
        id: site.url(ALERTS),
        title: format!("{} - {}", kind_label(Kind::Notice, &interface), config.title),
        subtitle: section.and_then(|section| filled(section.summary())),
        home_url: site.url(section.map_or("/", |section| section.address())),
        atom_url: site.url(ALERTS),
        json_url: None,
        language: config.language.clone(),
        publisher: publisher(config),
        icon: None,
        updated: items.iter().map(|item| item.updated.clone()).max().unwrap_or_else(|| never(&config.zone)),
        items,
    }
}

/// A notice in the index. The index leads to the documents; it does not repeat them.
fn item(entry: Bulletin, site: &Reader) -> Option<Item> {
    let cap = cap_address(entry)?;
    let Times { published, updated } = Times::of(entry, &site.config().zone)?;
    let url = site.url(entry.address());
    Some(Item {
        id: url.clone(),
        title: marked_title(entry, site.config(), &Interface::of(site)),
        summary: filled(entry.summary()),
        content_html: format!("<p>{}</p>", ammonia::clean_text(entry.summary())),
        published,
        updated,
        authors: entry.meta().author.iter().cloned().collect(),
        categories: categories(entry, site),
        image: Cover::url(entry, site),
        alternates: vec![Alternate { url: site.url(&cap), media_type: alert::MEDIA_TYPE.to_owned() }],
        url,
    })
}

fn message<'m>(entry: Bulletin<'m>, site: &Reader<'m>) -> Alert {
    let (config, interface) = (site.config(), Interface::of(site));
    let notice = entry.notice().expect("only notices are planned");
    let mut references = references(entry, site);
    let mut status = status(notice);
    // What was changed since it was sent follows its former self, so that receivers do not sound the alarm twice.
    if status != Status::Cancel
        && let Some(former) = former(entry, config)
    {
        references.insert(0, former);
        status = Status::Update;
    }
    let (category, word) = field(entry);
    Alert {
        message: reference(entry, config).expect("only notices with a time are planned"),
        status,
        test: invented(entry, config, &interface).is_some(),
        references,
        level: level(notice.level),
        category,
        event: word.map_or_else(|| kind_label(Kind::Notice, &interface), str::to_owned),
        headline: marked_title(entry, config, &interface),
        description: description(entry, site),
        instruction: None,
        sender_name: publisher(config),
        web: site.url(entry.address()),
        contact: config.unit.phone.clone(),
        language: config.language.clone(),
        effective: notice.effective.as_ref().map(|when| when.value.zoned(&config.zone)),
        expires: entry.meta().expires.as_ref().map(|when| when.value.zoned_end(&config.zone)),
        areas: areas(entry, config, &interface),
    }
}

/// What the author says in short, then the whole text.
fn description(entry: Bulletin, site: &Reader) -> String {
    let body = filled(&plain::plain(site.body(entry.ix()).doc()));
    let parts: Vec<String> = entry.meta().summary.clone().into_iter().chain(body).collect();
    if parts.is_empty() { entry.title().to_owned() } else { parts.join("\n\n") }
}

/// A notice that names the one it replaces follows it, even where its `status` was forgotten.
fn status(notice: &Notice) -> Status {
    match notice.status {
        NoticeStatus::Cancel => Status::Cancel,
        NoticeStatus::Actual if notice.replaces.is_none() => Status::Actual,
        NoticeStatus::Actual | NoticeStatus::Update => Status::Update,
    }
}

/// The earlier messages, the latest first: what a notice replaces, what that one replaced, and so on.
fn references<'m>(notice: Bulletin<'m>, site: &Reader<'m>) -> Vec<Reference> {
    let config = site.config();
    let (mut seen, mut found) = (vec![notice.ix()], Vec::new());
    let mut here = notice;
    while let Some(earlier) = site.neighbours(here).replaces() {
        // Two notices may, by a slip, name each other.
        if seen.contains(&earlier.ix()) || seen.len() > REFERENCES {
            break;
        }
        seen.push(earlier.ix());
        if cap_address(earlier).is_some() {
            found.extend(reference(earlier, config));
        }
        here = earlier;
    }
    found
}

fn reference(entry: Bulletin, config: &Config) -> Option<Reference> {
    let sent = Times::of(entry, &config.zone)?.updated;
    Some(Reference { sender: sender(config), identifier: alert::identifier(entry.address(), &sent), sent })
}

/// A notice as it was first sent, where it was changed since.
fn former(entry: Bulletin, config: &Config) -> Option<Reference> {
    let Times { published, updated } = Times::of(entry, &config.zone)?;
    let identifier = alert::identifier(entry.address(), &published);
    (updated > published).then(|| Reference { sender: sender(config), identifier, sent: published })
}

/// The office's mailbox, else the site's host: nobody else has it.
fn sender(config: &Config) -> String {
    let host = || url::Url::parse(&config.base_url).ok().and_then(|url| url.host_str().map(str::to_owned));
    config.unit.email.clone().or_else(host).unwrap_or_else(|| config.base_url.clone())
}

fn level(level: NoticeLevel) -> AlertLevel {
    match level {
        NoticeLevel::Info => AlertLevel::Info,
        NoticeLevel::Blue => AlertLevel::Blue,
        NoticeLevel::Yellow => AlertLevel::Yellow,
        NoticeLevel::Orange => AlertLevel::Orange,
        NoticeLevel::Red => AlertLevel::Red,
    }
}

/// The notice's villages; all of the site's where it names none; where the site has none, its whole area in a word.
fn areas(entry: Bulletin, config: &Config, interface: &Interface) -> Vec<Area> {
    let concerned =
        config.areas.iter().filter(|area| entry.areas().is_empty() || entry.areas().contains(&area.code));
    let areas: Vec<Area> = concerned
        .map(|area| Area {
            name: area.name.clone(),
            codes: vec![(code_system(&area.code).to_owned(), area.code.clone())],
        })
        .collect();
    if areas.is_empty() {
        return vec![Area { name: interface.everywhere(config), codes: Vec::new() }];
    }
    areas
}

/// What a village's code is: one of the state's (6, 9 or 12 digits, GB/T 2260 and GB/T 10114), or the site's own.
fn code_system(code: &str) -> &'static str {
    let official = matches!(code.len(), 6 | 9 | 12) && code.bytes().all(|byte| byte.is_ascii_digit());
    if official { "行政区划代码" } else { "村社区代码" }
}

/// Words by which a notice's title or tags tell its field; the more telling ones first.
const FIELDS: &[(Category, &[&str])] = &[
    (Category::Geo, &["地震", "滑坡", "泥石流", "地质灾害", "山体", "落石"]),
    (Category::Cbrne, &["危险化学品", "危化品", "毒气", "辐射"]),
    (
        Category::Met,
        &[
            "冰雹",
            "暴雨",
            "雷电",
            "大风",
            "强对流",
            "洪水",
            "山洪",
            "防汛",
            "暴雪",
            "凝冻",
            "寒潮",
            "低温",
            "高温",
            "大雾",
            "干旱",
            "天气",
        ],
    ),
    (Category::Fire, &["火灾", "山火", "防火", "消防", "火险"]),
    (Category::Health, &["疫情", "传染病", "食物中毒", "疫苗", "健康"]),
    (Category::Infra, &["停水", "停电", "停气", "断网", "供水", "供电"]),
    (Category::Env, &["污染", "环境", "秸秆", "垃圾"]),
    (Category::Transport, &["修路", "封路", "交通", "绕行", "道路", "出行"]),
    (Category::Rescue, &["救援", "走失", "寻人", "搜救"]),
    (Category::Security, &["诈骗", "反诈", "盗窃", "治安", "悬赏", "通缉"]),
];

/// The field of a notice and the word that tells it. What tells none is a matter of daily safety.
fn field(entry: Bulletin) -> (Category, Option<&'static str>) {
    let told = |text: &str| {
        let words =
            FIELDS.iter().flat_map(|(category, words)| words.iter().map(move |word| (*category, *word)));
        words.into_iter().find(|(_, word)| text.contains(word))
    };
    let by_title = told(entry.title());
    let found = by_title.or_else(|| entry.meta().tags.iter().find_map(|tag| told(&tag.value)));
    found.map_or((Category::Safety, None), |(category, word)| (category, Some(word)))
}
