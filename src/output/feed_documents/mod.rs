//! Documents for machines: feeds, calendars, alerts, the site map, and what search engines read inside pages.
//!
//! Refuses: addresses that a reader could not follow safely (`javascript:` and its kin), and characters that the
//! document's format does not know. Both are left out; the document stays well-formed whatever a bulletin says.
//! Invariant: each document is a pure function of its struct. No clock is read: every time comes from the bulletin, so
//! that an unchanged site keeps its bytes.
//!
//! HTML that is handed in has been sanitised already, and its links are absolute.

pub mod alert;
pub mod atom;
pub mod calendar;
pub mod json_feed;
pub mod linked_data;
pub mod sitemap;
#[cfg(test)]
mod tests;
mod text;
mod xml;

use jiff::Zoned;

/// A list of bulletins that programs subscribe to: the whole site's, a section's, or the index of alerts.
#[derive(Clone, Debug)]
pub struct Feed {
    /// What never changes about it; its first permanent address.
    pub id: String,
    /// Its title.
    pub title: String,
    /// One line about it.
    pub subtitle: Option<String>,
    /// The page that shows the same to people.
    pub home_url: String,
    /// Where the Atom document stands.
    pub atom_url: String,
    /// Where the JSON document stands; none for the index of alerts.
    pub json_url: Option<String>,
    /// Its language, e.g. `zh-CN`.
    pub language: String,
    /// Who publishes it; stands for the author of items that name none.
    pub publisher: String,
    /// Address of a square picture.
    pub icon: Option<String>,
    /// When anything in it last changed: the newest item's time, or for an empty feed one that never changes.
    pub updated: Zoned,
    /// Newest first.
    pub items: Vec<Item>,
}

/// One bulletin in a [`Feed`].
#[derive(Clone, Debug)]
pub struct Item {
    /// What never changes about it; its permanent address.
    pub id: String,
    /// Its page.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Plain text.
    pub summary: Option<String>,
    /// Sanitised HTML with absolute links.
    pub content_html: String,
    /// When it was first published.
    pub published: Zoned,
    /// When it last changed.
    pub updated: Zoned,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Tags and villages.
    pub categories: Vec<String>,
    /// Address of its picture.
    pub image: Option<String>,
    /// The same in other forms, e.g. a CAP document.
    pub alternates: Vec<Alternate>,
}

/// The same thing in another form.
#[derive(Clone, Debug)]
pub struct Alternate {
    /// Where.
    pub url: String,
    /// Its media type.
    pub media_type: String,
}
