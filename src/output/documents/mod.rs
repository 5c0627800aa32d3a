//! The documents that programs read, as outputs: feeds, calendars, alerts, the site map and `robots.txt`.
//!
//! What they say is taken from the model here; how it is written is [`super::feed_documents`]' matter.
//! Refuses: drafts, even where a build shows them, for what a program has once fetched it keeps. Bulletins without any
//! date, where the format orders by time.
//! Invariant: every address in a document is absolute, and no document depends on the clock.

mod alerts;
mod calendar;
mod feeds;
mod robots;
mod sitemap;
#[cfg(test)]
mod tests;

pub use alerts::Alerts;
pub use calendar::Calendar;
pub use feeds::Feeds;
pub use robots::Robots;
pub use sitemap::SiteMap;

use super::trace::{Bulletin, Reader};
use crate::model::config::Config;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

/// Where the index of alerts stands.
pub const ALERTS: &str = "/alerts/atom.xml";
/// Where the calendar of all meetings stands.
pub const MEETINGS: &str = "/meetings.ics";

/// The address of a notice as a CAP document; none for drafts and where it cannot be said when the notice was sent.
pub fn cap_address(entry: Bulletin) -> Option<String> {
    let sent = entry.notice().is_some()
        && !entry.draft()
        && !entry.expired()
        && Times::of(entry, &TimeZone::UTC).is_some();
    sent.then(|| format!("{}cap.xml", entry.address()))
}

/// The address of a meeting as a calendar of one event; none for drafts and where it has no beginning.
pub fn meeting_address(entry: Bulletin) -> Option<String> {
    let held = entry.meeting_start().is_some() && !entry.draft() && !entry.expired();
    held.then(|| format!("{}meeting.ics", entry.address()))
}

/// When a bulletin was published and when it last changed.
struct Times {
    published: Zoned,
    updated: Zoned,
}

impl Times {
    /// As the front matter says. A bulletin that gives no date is dated by when it was to be published or in force.
    fn of(entry: Bulletin, zone: &TimeZone) -> Option<Self> {
        let meta = entry.meta();
        let effective = || entry.notice().and_then(|notice| notice.effective.as_ref()).map(|when| when.value);
        let first = meta.date.or_else(|| meta.publish.as_ref().map(|when| when.value)).or_else(effective);
        let published = first.or(meta.updated)?.zoned(zone);
        // A bulletin cannot change before it was there; a slip in one date must not put feeds out of order.
        let updated = meta.updated.map_or(published.clone(), |when| when.zoned(zone)).max(published.clone());
        Some(Self { published, updated })
    }
}

/// The time of a feed without items: it must have one, and this one never changes.
fn never(zone: &TimeZone) -> Zoned {
    Timestamp::UNIX_EPOCH.to_zoned(zone.clone())
}

/// Who publishes.
fn publisher(config: &Config) -> String {
    config.unit.name.clone().unwrap_or_else(|| config.title.clone())
}

/// The words under which programs file a bulletin: its tags and villages.
fn categories(entry: Bulletin, site: &Reader) -> Vec<String> {
    let tags = entry.meta().tags.iter().map(|tag| tag.value.clone());
    tags.chain(entry.area_names(site.config()).into_iter().map(str::to_owned)).collect()
}

/// A text, unless there is nothing in it.
fn filled(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}
