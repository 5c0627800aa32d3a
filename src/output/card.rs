//! What lists show of an entry, and the small parts that several pages share.
//!
//! Refuses: bodies. A card is made of front matter only.
//! Invariant: every address in a card is ready for `href`; every text is plain, and templates escape it.

use super::interface::{Interface, Moment};
use super::trace::{Bulletin, Destination, Reader};
use crate::model::config::{Config, Officer};
use crate::model::kind::Kind;
use crate::model::own::{NoticeLevel, Own};
use crate::model::picture::Picture;
use serde::Serialize;

/// An entry in a list.
#[derive(Debug, Serialize)]
pub struct Card {
    href: String,
    title: String,
    summary: String,
    kind: &'static str,
    kind_label: String,
    date: Option<Moment>,
    level: Option<LevelBadge>,
    cover: Option<Cover>,
    note: Option<String>,
    sample: Option<String>,
}

impl Card {
    /// The card of an entry.
    pub fn new(bulletin: Bulletin, site: &Reader, interface: &Interface) -> Self {
        let kind = bulletin.kind();
        let (date, note) = match &bulletin.meta().own {
            Own::Meeting { start: Some(start), place, .. } => {
                (Some(interface.moment(start.value)), place.clone())
            }
            _ => (bulletin.meta().date.map(|when| interface.day(when)), None),
        };
        Self {
            href: site.href(bulletin.address()),
            title: bulletin.title().to_owned(),
            summary: bulletin.summary().to_owned(),
            kind: kind.name(),
            kind_label: kind_label(kind, interface),
            date,
            level: bulletin.notice().map(|notice| LevelBadge::new(notice.level, interface)),
            cover: Cover::of(bulletin, site),
            note,
            sample: invented(bulletin, site.config(), interface),
        }
    }
}

/// The name of a kind in the site's language.
pub fn kind_label(kind: Kind, interface: &Interface) -> String {
    interface.named("kind_", kind.name())
}

/// The mark of what the sample site invents and readers could take for true: stories, meetings and notices. It goes by itself once
/// the site bears another office's name.
pub fn invented(entry: Bulletin, config: &Config, interface: &Interface) -> Option<String> {
    let told_as_true = matches!(entry.kind(), Kind::Story | Kind::Meeting | Kind::Notice);
    (told_as_true && config.is_sample()).then(|| interface.text("sample").to_owned())
}

/// A title that stands alone, as in feeds and calendars: with the mark of what is invented before it.
pub fn marked_title(entry: Bulletin, config: &Config, interface: &Interface) -> String {
    match invented(entry, config, interface) {
        Some(mark) => format!("【{mark}】{}", entry.title()),
        None => entry.title().to_owned(),
    }
}

/// A link.
#[derive(Clone, Debug, Serialize)]
pub struct Link {
    /// Its words.
    pub label: String,
    /// Its address.
    pub href: String,
}

impl Link {
    /// A link.
    pub fn new(label: impl Into<String>, href: String) -> Self {
        Self { label: label.into(), href }
    }

    /// A link to an entry.
    pub fn to(bulletin: Bulletin, site: &Reader) -> Self {
        Self::new(bulletin.title(), site.href(bulletin.address()))
    }
}

/// The level of a notice: a name for styles and a word for people.
#[derive(Debug, Serialize)]
pub struct LevelBadge {
    name: &'static str,
    label: String,
}

impl LevelBadge {
    /// A level.
    pub fn new(level: NoticeLevel, interface: &Interface) -> Self {
        Self { name: level.name(), label: interface.named("level_", level.name()) }
    }
}

/// A cover in its sizes.
#[derive(Debug, Serialize)]
pub struct Cover {
    src: String,
    srcset: String,
    width: u32,
    height: u32,
}

impl Cover {
    /// The cover of a bulletin, if it has one that can be shown.
    pub fn of(bulletin: Bulletin, site: &Reader) -> Option<Self> {
        let picture = picture(bulletin, site)?;
        let (first, last) = (picture.variants.first()?, picture.variants.last()?);
        let sources: Vec<String> = picture
            .variants
            .iter()
            .map(|variant| format!("{} {}w", site.href(&Picture::address(variant)), variant.width))
            .collect();
        Some(Self {
            src: site.href(&Picture::address(first)),
            srcset: sources.join(", "),
            width: last.width,
            height: last.height,
        })
    }

    /// The full address of a bulletin's cover in its largest size, for meta tags.
    pub fn url(bulletin: Bulletin, site: &Reader) -> Option<String> {
        picture(bulletin, site)?.variants.last().map(|variant| site.url(&Picture::address(variant)))
    }
}

fn picture<'m>(bulletin: Bulletin<'m>, site: &Reader<'m>) -> Option<&'m Picture> {
    let cover = bulletin.meta().cover.as_ref()?;
    let Destination::File(file) = site.link(bulletin, &cover.value) else { return None };
    site.picture(&file)
}

/// A telephone number: as written, and as a telephone dials it where it is one number.
#[derive(Clone, Debug, Serialize)]
pub struct Phone {
    text: String,
    href: Option<String>,
}

impl Phone {
    /// A number as staff wrote it.
    pub fn new(text: &str) -> Self {
        let dialled: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let one = text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '－' | '（' | '）'));
        Self {
            text: text.to_owned(),
            href: (one && (3..=15).contains(&dialled.len())).then(|| format!("tel:{dialled}")),
        }
    }

    /// Its address, if it can be dialled.
    pub fn href(&self) -> Option<&str> {
        self.href.as_deref()
    }
}

/// Somebody to ask.
#[derive(Debug, Serialize)]
pub struct Contact {
    name: String,
    area: Option<String>,
    duty: Option<String>,
    phone: Option<Phone>,
}

impl Contact {
    /// A village's officer.
    pub fn officer(officer: &Officer, config: &Config) -> Self {
        Self {
            name: officer.name.clone(),
            area: config.area(&officer.area.value).map(|area| area.name.clone()),
            duty: officer.duty.clone(),
            phone: officer.phone.as_deref().map(Phone::new),
        }
    }

    /// The office itself, if it says how to reach it.
    pub fn office(config: &Config) -> Option<Self> {
        let phone = config.unit.phone.as_deref()?;
        let name = config.unit.name.clone().unwrap_or_else(|| config.title.clone());
        Some(Self { name, area: None, duty: None, phone: Some(Phone::new(phone)) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_can_be_dialled_and_two_cannot() {
        assert_eq!(Phone::new("0000-7110110").href(), Some("tel:00007110110"));
        assert_eq!(Phone::new("+86 (10) 0000 0000").href(), Some("tel:+861000000000"));
        assert_eq!(Phone::new("0000-7110110、0000-7110111").href(), None);
        assert_eq!(Phone::new("110\"><script>").href(), None);
    }
}
