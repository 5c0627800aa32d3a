//! Feeds of the site and of each section: Atom for most readers, JSON Feed for the rest.
//!
//! Refuses: markup that only our own style sheet makes sense of, scripts, frames, relative addresses.
//! Invariant: `updated` is the newest item's, so that a feed changes only when something in it does.

use super::{ALERTS, Times, cap_address, categories, filled, meeting_address, never, publisher};
use crate::diag::Diagnostic;
use crate::model::Model;
use crate::model::entry::EntryIx;
use crate::model::lists::ListKey;
use crate::output::addressing::Addressing;
use crate::output::body;
use crate::output::card::{Cover, marked_title};
use crate::output::feed_documents::{Alternate, Feed, Item, alert, atom, json_feed};
use crate::output::interface::Interface;
use crate::output::{Output, Plan, Rank, Reader, Subject, Target};
use crate::source::{address, raw_html};
use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use url::Url;

/// The feeds.
pub struct Feeds;

/// How many bulletins a feed holds.
const NEWEST: usize = 20;
const ATOM: &str = "atom.xml";
const JSON: &str = "feed.json";

impl Output for Feeds {
    fn name(&self) -> &'static str {
        "feed"
    }

    fn plan(&self, model: &Model, plan: &mut Plan) {
        for (key, list) in &model.lists {
            let Some(folder) = folder(key, &list.address) else { continue };
            for file in [ATOM, JSON] {
                let address = format!("{folder}{file}");
                // A section that is itself called alerts has its notices in the index of alerts.
                if address != ALERTS {
                    plan.add(&address, Rank::List, Subject::List(key.clone(), 0));
                }
            }
        }
    }

    fn render(&self, target: &Target, site: &Reader) -> Result<Vec<u8>, Box<Diagnostic>> {
        let Subject::List(key, _) = &target.subject else { unreachable!("planned above") };
        let feed = feed(key, site);
        Ok(if target.path.ends_with(JSON) { json_feed::document(&feed) } else { atom::document(&feed) })
    }
}

/// The folder in which the feeds of a list stand, if it has feeds.
fn folder<'a>(key: &ListKey, address: &'a str) -> Option<&'a str> {
    match key {
        ListKey::All => Some("/"),
        ListKey::Section(_) => Some(address),
        _ => None,
    }
}

fn feed(key: &ListKey, site: &Reader) -> Feed {
    let config = site.config();
    let list = site.list(key).expect("planned lists are in the model");
    let folder = folder(key, list.address).expect("only lists with feeds are planned");
    let (title, subtitle) = match key {
        ListKey::Section(dir) => {
            let section = site.section(dir).expect("lists of sections have one");
            (format!("{} - {}", section.title(), config.title), filled(section.summary()))
        }
        _ => (config.title.clone(), filled(&config.description)),
    };
    let items: Vec<Item> = list.entries.iter().filter_map(|&ix| item(ix, site)).take(NEWEST).collect();
    Feed {
        id: site.url(folder),
        title,
        subtitle,
        home_url: site.url(folder),
        atom_url: site.url(&format!("{folder}{ATOM}")),
        json_url: Some(site.url(&format!("{folder}{JSON}"))),
        language: config.language.clone(),
        publisher: publisher(config),
        icon: None,
        updated: items.iter().map(|item| item.updated.clone()).max().unwrap_or_else(|| never(&config.zone)),
        items,
    }
}

/// A bulletin as an item, unless feeds leave it out.
fn item(ix: EntryIx, site: &Reader) -> Option<Item> {
    let entry = site.entry(ix);
    let Times { published, updated } = Times::of(entry, &site.config().zone).filter(|_| !entry.draft())?;
    let url = site.url(entry.address());
    let other = |address: String, media_type: &str| Alternate {
        url: site.url(&address),
        media_type: media_type.to_owned(),
    };
    let cap = cap_address(entry).map(|address| other(address, alert::MEDIA_TYPE));
    let calendar = meeting_address(entry).map(|address| other(address, "text/calendar"));
    Some(Item {
        id: url.clone(),
        title: marked_title(entry, site.config(), &Interface::of(site)),
        summary: filled(entry.summary()),
        content_html: site.portable(&body::of_entry(site, ix, Addressing::Away), &url, portable),
        published,
        updated,
        authors: entry.meta().author.iter().cloned().collect(),
        categories: categories(entry, site),
        image: Cover::url(entry, site),
        alternates: cap.into_iter().chain(calendar).collect(),
        url,
    })
}

/// How the boxes of a list to tick begin in a body.
const CHECKED: &str = "<input type=\"checkbox\" disabled checked";
const UNCHECKED: &str = "<input type=\"checkbox\" disabled aria-label";
/// Elements that go with all that is in them.
const DROPPED: &[&str] = &[
    "button", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea",
    "title",
];
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href"]),
    ("img", &["src", "alt", "width", "height"]),
    ("li", &["value"]),
    ("ol", &["start"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("time", &["datetime"]),
];
static TAGS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| raw_html::ELEMENTS.iter().copied().chain(["aside", "h1", "img", "section"]).collect());
static TAG_ATTRIBUTES: LazyLock<HashMap<&'static str, HashSet<&'static str>>> =
    LazyLock::new(|| ATTRIBUTES.iter().map(|(tag, names)| (*tag, names.iter().copied().collect())).collect());

/// A page's body for readers elsewhere: without styles and sizes of pictures, and with absolute links. The body was
/// made safe before; here that is done once more, since readers differ in what they let run.
fn portable(html: &str, page: &str) -> String {
    let relative = Url::parse(page).map_or(UrlRelative::Deny, UrlRelative::RewriteWithBase);
    // Forms are dropped, so a list to tick shows its boxes as signs. Only our own markup has such boxes.
    let html = html.replace(CHECKED, &format!("☑ {CHECKED}")).replace(UNCHECKED, &format!("☐ {UNCHECKED}"));
    Builder::empty()
        .tags(TAGS.clone())
        .clean_content_tags(DROPPED.iter().copied().collect())
        .tag_attributes(TAG_ATTRIBUTES.clone())
        .generic_attributes(HashSet::from(["lang", "dir", "title"]))
        .url_schemes(address::SCHEMES.iter().copied().collect())
        .url_relative(relative)
        .link_rel(None)
        .strip_comments(true)
        .clean(&html)
        .to_string()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::portable;

    const PAGE: &str = "https://example.cn/part/tips/a/";

    #[test]
    fn links_become_absolute() {
        for (body, want) in [
            (r#"<a href="/part/law/">法</a>"#, r#"<a href="https://example.cn/part/law/">法</a>"#),
            ("<a href='#fn1'>1</a>", r#"<a href="https://example.cn/part/tips/a/#fn1">1</a>"#),
            (r#"<a href="../b/">b</a>"#, r#"<a href="https://example.cn/part/tips/b/">b</a>"#),
            (r#"<a href="tel:110">110</a>"#, r#"<a href="tel:110">110</a>"#),
            (
                r#"<img src="/part/p/a.jpg" srcset="/part/p/b.jpg 960w" sizes="9em" alt="灯" width="480" height="320" loading="lazy">"#,
                r#"<img src="https://example.cn/part/p/a.jpg" alt="灯" width="480" height="320">"#,
            ),
            (
                r#"<ul><li><input type="checkbox" disabled aria-label="未办：证">证</li><li><input type="checkbox" disabled checked aria-label="x">表</li></ul>"#,
                "<ul><li>☐ 证</li><li>☑ 表</li></ul>",
            ),
        ] {
            assert_eq!(portable(body, PAGE), want);
        }
    }

    #[test]
    fn nothing_runs() {
        for body in [
            "<script>alert(1)</script>",
            "<svg><a xlink:href='javascript:alert(1)'><title>x</title></a></svg>",
            "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
            "<style>*{background:url(javascript:alert(1))}</style>",
            "<button onclick=alert(1)>x</button>",
            "<!--<script>-->",
        ] {
            assert_eq!(portable(body, PAGE), "", "{body}");
        }
        for body in [
            "<a href=' java\nscript:alert(1)' onclick='alert(1)'>x</a>",
            "<p style='x' onload=alert(1)>x</p>",
        ] {
            let safe = portable(body, PAGE);
            assert!(!safe.contains("script") && !safe.contains("alert") && !safe.contains("style"), "{safe}");
        }
    }
}
