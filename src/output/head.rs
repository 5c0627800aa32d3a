//! What a page says of itself to machines: meta tags, Open Graph, feeds, linked data.
//!
//! Refuses: two tags of one name. HTML compares names of meta tags without case, so the government's `Description`
//! serves as the web's `description` too.
//! Invariant: every page names its site as the rules for Chinese government websites ask (国办发〔2017〕47号,
//! 政府网站页面标签规范); every address in it is absolute.

use super::card::Cover;
use super::documents;
use super::feed_documents::alert;
use super::interface::Interface;
use super::trace::{Bulletin, Reader, SectionHead};
use crate::model::kind::Kind;
use crate::model::when::When;
use serde::Serialize;

/// What templates call `head`.
#[derive(Debug, Serialize)]
pub struct Head {
    title: String,
    canonical: Option<String>,
    hidden: bool,
    links: Vec<Rel>,
    names: Vec<Tag>,
    properties: Vec<Tag>,
    json_ld: Option<String>,
}

/// A `<link>` to another form of the page.
#[derive(Debug, Serialize)]
struct Rel {
    title: String,
    kind: &'static str,
    href: String,
}

#[derive(Debug, Serialize)]
struct Tag {
    name: &'static str,
    content: String,
}

impl Head {
    /// The head of a page with this title at this address.
    pub fn new(site: &Reader, title: &str, address: &str) -> Self {
        let config = site.config();
        let whole =
            if title == config.title { title.to_owned() } else { format!("{title} - {}", config.title) };
        let url = site.url(address);
        let mut head = Self {
            title: whole,
            canonical: Some(url.clone()),
            hidden: false,
            links: Vec::new(),
            names: Vec::new(),
            properties: Vec::new(),
            json_ld: None,
        };
        head.name("SiteName", &config.title);
        head.name("SiteDomain", host(&config.base_url));
        head.name("SiteIDCode", config.unit.site_id.as_deref().unwrap_or_default());
        head.property("og:site_name", &config.title);
        head.property("og:title", title);
        head.property("og:type", "website");
        head.property("og:url", &url);
        head.property("og:locale", &config.language.replace("zh-CN", "zh_CN"));
        head.feeds("/", &config.title, site);
        head
    }

    /// The head of a page that has no address of its own and belongs in no index.
    pub fn hidden(site: &Reader, title: &str) -> Self {
        let mut head = Self::new(site, title, "/");
        head.canonical = None;
        head.hidden = true;
        head.properties.clear();
        head
    }

    /// Says in a sentence what the page is about.
    #[must_use]
    pub fn describe(mut self, text: &str) -> Self {
        if !self.names.iter().any(|tag| tag.name == "Description") {
            self.name("Description", text);
            self.property("og:description", text);
        }
        self
    }

    /// The tags of a section's list.
    #[must_use]
    pub fn section(mut self, section: SectionHead, site: &Reader) -> Self {
        let interface = Interface::of(site);
        self.name("ColumnName", section.title());
        self.name("ColumnDescription", section.summary());
        let keywords =
            if section.tags().is_empty() { section.title().to_owned() } else { section.tags().join(",") };
        self.name("ColumnKeywords", &keywords);
        self.name("ColumnType", &interface.named("column_", section.kind().name()));
        self.feeds(section.address(), section.title(), site);
        match section.kind() {
            Kind::Notice => self.alerts(site),
            Kind::Meeting => self.meetings(site),
            _ => self,
        }
        .describe(section.summary())
    }

    /// The tags of a bulletin.
    #[must_use]
    pub fn bulletin<'m>(mut self, entry: Bulletin<'m>, section: SectionHead<'m>, site: &Reader<'m>) -> Self {
        let (config, interface, meta) = (site.config(), Interface::of(site), entry.meta());
        let office = config.unit.name.as_deref().unwrap_or(&config.title);
        self.name("ColumnName", section.title());
        self.name("ColumnType", &interface.named("column_", meta.kind.name()));
        self.name("ArticleTitle", entry.title());
        if let Some(date) = meta.date {
            self.name("PubDate", &pub_date(date));
        }
        self.name("ContentSource", meta.source.as_ref().map_or(office, |source| source.value.as_str()));
        let mut keywords: Vec<&str> = meta.tags.iter().map(|tag| tag.value.as_str()).collect();
        if keywords.is_empty() {
            keywords.push(section.title());
        }
        self.name("Keywords", &keywords.join(","));
        self.name("Author", meta.author.as_deref().unwrap_or(office));
        self = self.describe(entry.summary());
        if let Some(image) = Cover::url(entry, site) {
            self.name("Image", &image);
            self.property("og:image", &image);
        }
        self.name("Url", &site.url(entry.address()));
        if let Some(kind) = self.properties.iter_mut().find(|tag| tag.name == "og:type") {
            "article".clone_into(&mut kind.content);
        }
        for (name, when) in [("article:published_time", meta.date), ("article:modified_time", meta.updated)] {
            if let Some(when) = when {
                self.property(name, &when.zoned(&config.zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
            }
        }
        self.hidden |= entry.draft() || entry.expired();
        self.documents(entry, site)
    }

    /// Leads to the index of alerts.
    #[must_use]
    pub fn alerts(self, site: &Reader) -> Self {
        let title = Interface::of(site).text("feed_alerts").to_owned();
        self.also(&title, "application/atom+xml", site.href(documents::ALERTS))
    }

    /// Leads to the calendar of meetings, where there is one.
    #[must_use]
    pub fn meetings(self, site: &Reader) -> Self {
        if !site.has_calendar() {
            return self;
        }
        let title = Interface::of(site).text("feed_meetings").to_owned();
        self.also(&title, "text/calendar", site.href(documents::MEETINGS))
    }

    /// Leads to the documents that are made of a bulletin.
    fn documents(self, entry: Bulletin, site: &Reader) -> Self {
        let cap = documents::cap_address(entry).map(|address| (alert::MEDIA_TYPE, address));
        let calendar = documents::meeting_address(entry).map(|address| ("text/calendar", address));
        cap.into_iter()
            .chain(calendar)
            .fold(self, |head, (kind, address)| head.also(entry.title(), kind, site.href(&address)))
    }

    fn also(mut self, title: &str, kind: &'static str, href: String) -> Self {
        self.links.push(Rel { title: title.to_owned(), kind, href });
        self
    }

    /// Adds linked data: JSON in which `<` is escaped.
    #[must_use]
    pub fn linked(mut self, json_ld: String) -> Self {
        self.json_ld = Some(json_ld);
        self
    }

    fn feeds(&mut self, address: &str, title: &str, site: &Reader) {
        for (kind, file) in [("application/atom+xml", "atom.xml"), ("application/feed+json", "feed.json")] {
            self.links.push(Rel {
                title: title.to_owned(),
                kind,
                href: site.href(&format!("{address}{file}")),
            });
        }
    }

    /// Adds a tag; one without content says nothing and is left out, except the site's own code, which inspections look for.
    fn name(&mut self, name: &'static str, content: &str) {
        if !content.is_empty() || name == "SiteIDCode" {
            self.names.push(Tag { name, content: content.to_owned() });
        }
    }

    fn property(&mut self, name: &'static str, content: &str) {
        if !content.is_empty() {
            self.properties.push(Tag { name, content: content.to_owned() });
        }
    }
}

/// The host of an address, with its port where it has one.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// `YYYY-MM-DD HH:MM`, as the rules ask; a date without a time begins at midnight.
fn pub_date(when: When) -> String {
    when.start().strftime("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    #[test]
    fn dates_of_publication_have_a_time() {
        for (text, want) in [("2026-11-23", "2026-11-23 00:00"), ("2026年3月1日 8:05", "2026-03-01 08:05")]
        {
            assert_eq!(pub_date(When::parse(text, &TimeZone::UTC).expect("a date")), want);
        }
    }

    #[test]
    fn the_domain_is_the_host() {
        assert_eq!(host("https://qingshui.example.cn/part"), "qingshui.example.cn");
        assert_eq!(host("http://localhost:8000"), "localhost:8000");
    }
}
