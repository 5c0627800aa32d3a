//! schema.org for a bulletin: an article, an event, a service or an announcement, and the way down to it.
//!
//! Refuses: claims that the front matter does not make; a bulletin without a date is no dated article.
//! Invariant: addresses are absolute, texts are plain; `linked_data` escapes what could end a script.

use crate::model::config::Config;
use crate::model::kind::Kind;
use crate::model::own::Own;
use crate::output::card::Cover;
use crate::output::feed_documents::linked_data::{
    self, Announcement, Article, Event, Office, Service, Thing,
};
use crate::output::interface::Interface;
use crate::output::trace::{Bulletin, Reader, SectionHead};

/// The linked data of a bulletin.
pub fn script<'m>(entry: Bulletin<'m>, section: SectionHead<'m>, site: &Reader<'m>) -> String {
    let interface = Interface::of(site);
    let above = site.way_to(section);
    let steps = std::iter::once((interface.text("home").to_owned(), site.url("/")))
        .chain(above.into_iter().map(|step| (step.title().to_owned(), site.url(step.address()))))
        .chain([(entry.title().to_owned(), site.url(entry.address()))])
        .collect();
    let things: Vec<Thing> =
        thing(entry, section, site).into_iter().chain([Thing::Breadcrumbs(steps)]).collect();
    linked_data::script(&things)
}

fn publisher(config: &Config) -> String {
    config.unit.name.clone().unwrap_or_else(|| config.title.clone())
}

fn thing(entry: Bulletin, section: SectionHead, site: &Reader) -> Option<Thing> {
    let (config, meta) = (site.config(), entry.meta());
    let (url, name) = (site.url(entry.address()), entry.title().to_owned());
    let description = Some(entry.summary().to_owned()).filter(|summary| !summary.is_empty());
    let areas: Vec<String> = entry.area_names(config).into_iter().map(str::to_owned).collect();
    let published = meta.date.map(|when| when.zoned(&config.zone));
    Some(match &meta.own {
        Own::Meeting { start, end, place, .. } => Thing::Event(Event {
            name,
            url,
            description,
            start: start.as_ref()?.value.zoned(&config.zone),
            end: end.as_ref().map(|when| when.value.zoned(&config.zone)),
            place: place.clone(),
            organizer: publisher(config),
            cancelled: false,
        }),
        Own::Guide(guide) => Thing::Service(Service {
            name,
            url,
            description,
            provider: publisher(config),
            place: guide.place.clone(),
            hours: guide.hours.clone(),
            phone: guide.phone.clone(),
            fee: guide.fee.clone(),
            areas,
        }),
        Own::Notice(_) => Thing::Announcement(Announcement {
            name,
            url,
            text: entry.summary().to_owned(),
            published: published?,
            expires: meta.expires.as_ref().map(|when| when.value.zoned_end(&config.zone)),
            areas,
            publisher: publisher(config),
        }),
        _ => Thing::Article(Article {
            news: matches!(meta.kind, Kind::Story | Kind::Report),
            headline: name,
            url,
            description,
            image: Cover::url(entry, site),
            updated: meta.updated.or(meta.date)?.zoned(&config.zone),
            published: published?,
            authors: meta.author.iter().cloned().collect(),
            editor: meta.editor.clone(),
            section: Some(section.title().to_owned()),
            keywords: meta.tags.iter().map(|tag| tag.value.clone()).collect(),
            language: config.language.clone(),
            publisher: publisher(config),
        }),
    })
}

/// The linked data of the office, for the first page.
pub fn office(site: &Reader) -> String {
    let (config, unit) = (site.config(), &site.config().unit);
    linked_data::script(&[Thing::Office(Office {
        name: publisher(config),
        url: site.url("/"),
        parent: unit.organiser.clone().filter(|organiser| Some(organiser) != unit.name.as_ref()),
        address: unit.address.clone(),
        phone: unit.phone.clone(),
        email: unit.email.clone(),
        areas: config.areas.iter().map(|area| area.name.clone()).collect(),
    })])
}
